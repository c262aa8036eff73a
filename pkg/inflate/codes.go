package inflate

import "math/bits"

// The meanings of symbols (RFC 1951, 3.2.5): entries for codes of no bits. A
// symbol without a meaning, which no stream may have, gets no code.
var literalMeanings = func() (m [maxLiterals]entry) {
	for i := range 256 {
		m[i] = literal | entry(i)<<valueShift
	}
	m[256] = blockEnd
	length := 3
	for i := 257; i < 285; i++ {
		extra := max(0, (i-261)/4)
		m[i] = entry(length)<<valueShift | entry(extra)
		length += 1 << extra
	}
	m[285] = maxMatch << valueShift
	return m
}()

var distanceMeanings = func() (m [maxDistances]entry) {
	dist := 1
	for i := range 30 {
		extra := max(0, i/2-1)
		m[i] = entry(dist)<<valueShift | entry(extra)
		dist += 1 << extra
	}
	return m
}()

// fixedCodes makes the codes of a block that has none of its own.
func (z *Reader) fixedCodes() error {
	var lengths [maxLiterals]uint8
	for i := range lengths {
		switch {
		case i < 144, i >= 280:
			lengths[i] = 8
		case i < 256:
			lengths[i] = 9
		default:
			lengths[i] = 7
		}
	}
	if err := makeCodes(z.literals[:], literalBits, lengths[:], literalMeanings[:]); err != nil {
		return err
	}
	for i := range maxDistances {
		lengths[i] = 5
	}
	return makeCodes(z.distances[:], distanceBits, lengths[:maxDistances], distanceMeanings[:])
}

// dynamicCodes reads the codes of a block: the lengths of the codes, which are
// themselves coded.
func (z *Reader) dynamicCodes() error {
	if err := z.need(14); err != nil {
		return err
	}
	literals, distances, n := z.take(5)+257, z.take(5)+1, z.take(4)+4
	if literals > 286 || distances > 30 {
		return ErrCorrupt
	}
	var lengths [maxLiterals + maxDistances]uint8
	for _, i := range []byte{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}[:n] {
		if err := z.need(3); err != nil {
			return err
		}
		lengths[i] = uint8(z.take(3))
	}
	var table [1 << 7]entry
	if err := makeCodes(table[:], 7, lengths[:19], literalMeanings[:]); err != nil {
		return err
	}
	if err := z.codeLengths(table[:], lengths[:literals+distances]); err != nil {
		return err
	}
	if err := makeCodes(z.literals[:], literalBits, lengths[:literals], literalMeanings[:]); err != nil {
		return err
	}
	return makeCodes(z.distances[:], distanceBits, lengths[literals:literals+distances], distanceMeanings[:])
}

// codeLengths reads the lengths of codes (RFC 1951, 3.2.7).
func (z *Reader) codeLengths(table []entry, lengths []uint8) error {
	for i := 0; i < len(lengths); {
		e, err := z.code(table, 7)
		if err != nil {
			return err
		}
		z.take(e.codeLength())
		length, times, bits := uint8(e>>valueShift), 1, uint(0)
		switch length {
		case 16:
			if i == 0 {
				return ErrCorrupt
			}
			length, times, bits = lengths[i-1], 3, 2
		case 17:
			length, times, bits = 0, 3, 3
		case 18:
			length, times, bits = 0, 11, 7
		}
		if err := z.need(bits); err != nil {
			return err
		}
		if times += z.take(bits); times > len(lengths)-i {
			return ErrCorrupt
		}
		for range times {
			lengths[i] = length
			i++
		}
	}
	return nil
}

// makeCodes fills a table by the lengths of the symbols' codes. Codes longer
// than primary bits continue in tables behind the first.
func makeCodes(table []entry, primary uint, lengths []uint8, meanings []entry) error {
	var count, first [maxCode + 2]int // of the codes of a length; where they begin among all
	for _, l := range lengths {
		count[l]++
	}
	count[0] = 0
	used := 0
	for l := 1; l <= maxCode; l++ {
		first[l+1] = first[l] + count[l]
		used += count[l] << (maxCode - l)
	}
	// All codes there can be, or none, or a single one of one bit.
	if used != 1<<maxCode {
		if used != 0 && (used != 1<<(maxCode-1) || count[1] != 1) {
			return ErrCorrupt
		}
		clear(table[:1<<primary])
	}
	var sorted [maxLiterals]uint16 // the symbols by the lengths of their codes
	next := first
	for symbol, l := range lengths {
		if l > 0 {
			sorted[next[l]] = uint16(symbol)
			next[l]++
		}
	}
	// The first bits of a code are its lowest: a table for one bit more is the
	// table so far, twice, with the codes that have that bit.
	code := uint(0)
	for l := uint(1); l <= primary; l++ {
		copy(table[1<<(l-1):1<<l], table)
		for _, symbol := range sorted[first[l]:first[l+1]] {
			table[reversed(code, l)] = coded(meanings[symbol], l)
			code++
		}
		code <<= 1
	}
	makeLongCodes(table, primary, code, sorted[:], first[:], meanings)
	return nil
}

// makeLongCodes fills the tables of the codes longer than primary bits, of
// which code is the first. All codes with the same first bits come one after
// the other.
func makeLongCodes(table []entry, primary, code uint, sorted []uint16, first []int, meanings []entry) {
	from, free, begun := -1, 1<<primary, -1
	for l := primary + 1; l <= maxCode; l++ {
		for _, symbol := range sorted[first[l]:first[l+1]] {
			bits := reversed(code, l)
			code++
			if begin := bits & (1<<primary - 1); begin != begun {
				begun, from = begin, free
				table[begin] = longCode | entry(free)<<valueShift
				free += 1 << (maxCode - primary)
			}
			e := coded(meanings[symbol], l)
			for i := bits >> primary; i < 1<<(maxCode-primary); i += 1 << (l - primary) {
				table[from+i] = e
			}
		}
		code <<= 1
	}
}

// reversed turns the bits of a code around, as they come in a stream.
func reversed(code, length uint) int { return int(bits.Reverse16(uint16(code)) >> (16 - length)) }

// coded is what a code of a length means.
func coded(meaning entry, length uint) entry {
	if meaning == 0 {
		return 0
	}
	return meaning + entry(length)*codeBit
}
