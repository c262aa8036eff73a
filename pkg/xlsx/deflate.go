package xlsx

import (
	"errors"
	"io"
)

// inflater inflates a deflate stream (RFC 1951) straight into the caller's
// blocks. It does what compress/flate does in a third of the time (see
// BenchmarkInflate): what it has written is its window, so that nothing is
// copied twice, and while both ends are far it does not look for them.
type inflater struct {
	src  io.Reader
	in   []byte // read from src and not looked at: in[pos:]
	pos  int
	room [32 << 10]byte // what in lies in
	bits uint64         // the next bits, the lowest first
	n    uint           // how many of them count

	out  []byte // what is written to: out[from:w] has been
	from int
	w    int
	back int    // bytes before from that a match may reach
	last []byte // those bytes, where they were written

	state  deflateState
	final  bool // the block is the last one
	stored int  // bytes left of a stored block
	length int  // bytes left of a match
	dist   int  // where that match comes from

	literals  [literalTable]entry
	distances [distanceTable]entry
}

const (
	windowSize = 32 << 10
	maxMatch   = 258
	maxCode    = 15 // bits of the longest code

	literalBits   = 11 // of a code, looked up at once
	distanceBits  = 9
	literalTable  = 1<<literalBits + maxLiterals/2<<(maxCode-literalBits)
	distanceTable = 1<<distanceBits + maxDistances/2<<(maxCode-distanceBits)
	maxLiterals   = 288
	maxDistances  = 32
)

// deflateState is what comes next in a stream.
type deflateState uint8

const (
	blockHeader deflateState = iota
	storedBlock
	codedBlock
	streamEnd
)

var errCorrupt = errors.New("corrupt deflate stream")

// entry is what a code means: in its lowest six bits how many bits it takes
// with the extra bits behind it, then how many of them are the code, a kind,
// and a value from bit 16 on. The zero entry is no code.
type entry uint32

const (
	allBits    = 1<<6 - 1
	codeShift  = 6
	codeMask   = 1<<4 - 1
	codeBit    = 1<<codeShift | 1 // of both numbers
	valueShift = 16

	literal  entry = 1 << 10 // the value is a byte
	blockEnd entry = 1 << 11
	longCode entry = 1 << 12 // the value is where the table of longer codes begins
)

// codeLength is how many bits the code itself takes.
func (e entry) codeLength() uint { return uint(e >> codeShift & codeMask) }

// with returns the value and the extra bits that follow the code in bits.
func (e entry) with(bits uint64) int {
	return int(e>>valueShift) + int(bits&(1<<(e&allBits)-1)>>e.codeLength())
}

// reset begins a new stream.
func (z *inflater) reset(src io.Reader) {
	z.src, z.in, z.pos, z.bits, z.n = src, nil, 0, 0, 0
	z.last, z.state, z.final, z.length = nil, blockHeader, false, 0
}

// inflate writes the next bytes to out, which has room for a window before
// from, and returns how many there are. All of out is filled unless there is an
// error: io.EOF at the end of the stream, io.ErrUnexpectedEOF when it is cut
// off, errCorrupt, or that of the source. Until it is called again, nothing may
// change the bytes that it has written.
func (z *inflater) inflate(out []byte, from int) (int, error) {
	z.out, z.from, z.w = out, from, from
	z.back = copy(out[from-len(z.last):from], z.last)
	var err error
	for err == nil && z.w < len(out) {
		switch z.state {
		case blockHeader:
			err = z.header()
		case storedBlock:
			err = z.copyStored()
		case codedBlock:
			err = z.decode()
		case streamEnd:
			err = io.EOF
		}
	}
	n := z.w - from
	z.last = out[z.w-min(z.back+n, windowSize) : z.w]
	z.out = nil
	return n, err
}

// more reads from the source when nothing is left; false at its end.
func (z *inflater) more() (bool, error) {
	for tries := 0; z.pos == len(z.in); tries++ {
		n, err := z.src.Read(z.room[:])
		z.in, z.pos = z.room[:n], 0
		if n == 0 && err != nil {
			if err == io.EOF {
				err = nil
			}
			return false, err
		}
		if tries == 100 {
			return false, io.ErrNoProgress
		}
	}
	return true, nil
}

// need makes at least n bits ready, n at most 56.
func (z *inflater) need(n uint) error {
	if z.n < n && len(z.in)-z.pos >= 8 {
		z.bits |= le.Uint64(z.in[z.pos:]) << z.n
		z.pos += int((63 - z.n) >> 3)
		z.n |= 56
		z.bits &= 1<<z.n - 1
	}
	for z.n < n {
		ok, err := z.more()
		if err != nil {
			return err
		}
		if !ok {
			return io.ErrUnexpectedEOF
		}
		z.bits |= uint64(z.in[z.pos]) << z.n
		z.pos++
		z.n += 8
	}
	return nil
}

// take returns the next n bits, which are ready.
func (z *inflater) take(n uint) int {
	v := int(z.bits & (1<<n - 1))
	z.bits >>= n
	z.n -= n
	return v
}

// header reads how the next block is compressed.
func (z *inflater) header() error {
	if z.final {
		z.state = streamEnd
		return nil
	}
	if err := z.need(3); err != nil {
		return err
	}
	z.final = z.take(1) == 1
	switch z.take(2) {
	case 0:
		return z.storedHeader()
	case 1:
		z.state = codedBlock
		return z.fixedCodes()
	case 2:
		z.state = codedBlock
		return z.dynamicCodes()
	}
	return errCorrupt
}

func (z *inflater) storedHeader() error {
	z.take(z.n & 7) // up to a whole byte
	if err := z.need(32); err != nil {
		return err
	}
	size, check := z.take(16), z.take(16)
	if size != check^0xffff {
		return errCorrupt
	}
	z.state, z.stored = storedBlock, size
	return nil
}

// copyStored copies what is left of a stored block, the bytes that are in bits
// first.
func (z *inflater) copyStored() error {
	for z.stored > 0 && z.w < len(z.out) {
		if z.n >= 8 {
			z.out[z.w] = byte(z.take(8))
			z.w++
			z.stored--
			continue
		}
		if ok, err := z.more(); !ok {
			if err == nil {
				err = io.ErrUnexpectedEOF
			}
			return err
		}
		n := copy(z.out[z.w:], z.in[z.pos:min(len(z.in), z.pos+z.stored)])
		z.w += n
		z.pos += n
		z.stored -= n
	}
	if z.stored == 0 {
		z.state = blockHeader
	}
	return nil
}

// decode reads symbols until the block ends or out is full.
func (z *inflater) decode() error {
	for z.w < len(z.out) {
		if z.length > 0 {
			z.match()
			continue
		}
		if err := z.decodeFast(); err != nil || z.state != codedBlock {
			return err
		}
		if z.w == len(z.out) || z.length > 0 {
			continue
		}
		if err := z.symbol(); err != nil || z.state != codedBlock {
			return err
		}
	}
	return nil
}

// symbol reads one symbol where little is left to read or to write.
func (z *inflater) symbol() error {
	e, err := z.code(z.literals[:], literalBits)
	if err != nil {
		return err
	}
	switch {
	case e&literal != 0:
		z.take(e.codeLength())
		z.out[z.w] = byte(e >> valueShift)
		z.w++
		return nil
	case e&blockEnd != 0:
		z.take(e.codeLength())
		z.state = blockHeader
		return nil
	}
	length, err := z.value(e)
	if err != nil {
		return err
	}
	if e, err = z.code(z.distances[:], distanceBits); err != nil {
		return err
	}
	if z.dist, err = z.value(e); err != nil {
		return err
	}
	if z.dist > z.back+z.w-z.from {
		return errCorrupt
	}
	z.length = length
	return nil
}

// code looks at a code that may end with the stream. It is left in bits.
func (z *inflater) code(table []entry, bits uint) (entry, error) {
	for {
		e := table[z.bits&(1<<bits-1)]
		if e&longCode != 0 {
			e = table[uint64(e>>valueShift)+z.bits>>bits&(1<<(maxCode-bits)-1)]
		}
		if n := e.codeLength(); n > 0 && n <= z.n {
			return e, nil
		}
		if z.n >= maxCode {
			return 0, errCorrupt
		}
		if err := z.need(z.n + 1); err != nil {
			return 0, err
		}
	}
}

// value reads a code, which code has looked at, with its extra bits.
func (z *inflater) value(e entry) (int, error) {
	n := uint(e & allBits)
	if err := z.need(n); err != nil {
		return 0, err
	}
	v := e.with(z.bits)
	z.take(n)
	return v, nil
}

// match copies what is left of a match, as far as there is room.
func (z *inflater) match() {
	for z.length > 0 && z.w < len(z.out) {
		n := min(z.length, z.dist, len(z.out)-z.w)
		copy(z.out[z.w:z.w+n], z.out[z.w-z.dist:])
		z.w += n
		z.length -= n
	}
}

// decodeFast reads symbols as long as both the next two symbols and the longest
// match, with what may be written behind it, are in the buffers for sure.
func (z *inflater) decodeFast() (err error) {
	in, out := z.in, z.out
	pos, w, b, n := z.pos, z.w, z.bits, z.n
	lits, dists := &z.literals, &z.distances
	before := z.back - z.from // w + before bytes can be reached
	lastIn, lastOut := len(in)-16, len(out)-maxMatch-8
	for pos <= lastIn && w <= lastOut {
		b |= le.Uint64(in[pos:]) << (n & 63)
		pos += int((63 - n) >> 3)
		n |= 56
		e := lits[b&(1<<literalBits-1)]
		if e&literal != 0 {
			b >>= e & allBits
			n -= uint(e & allBits)
			out[w] = byte(e >> valueShift)
			w++
			e = lits[b&(1<<literalBits-1)]
			if e&literal != 0 {
				b >>= e & allBits
				n -= uint(e & allBits)
				out[w] = byte(e >> valueShift)
				w++
				continue
			}
			b |= le.Uint64(in[pos:]) << (n & 63)
			pos += int((63 - n) >> 3)
			n |= 56
		}
		if e&longCode != 0 {
			e = lits[uint64(e>>valueShift)+b>>literalBits&(1<<(maxCode-literalBits)-1)]
			if e&literal != 0 {
				b >>= e & allBits
				n -= uint(e & allBits)
				out[w] = byte(e >> valueShift)
				w++
				continue
			}
		}
		length := e.with(b)
		b >>= e & allBits
		n -= uint(e & allBits)
		if e&blockEnd != 0 {
			z.state = blockHeader
			break
		}

		d := dists[b&(1<<distanceBits-1)]
		if d&longCode != 0 {
			d = dists[uint64(d>>valueShift)+b>>distanceBits&(1<<(maxCode-distanceBits)-1)]
		}
		dist := d.with(b)
		b >>= d & allBits
		n -= uint(d & allBits)
		if e == 0 || d == 0 || dist > w+before {
			err = errCorrupt
			break
		}
		if dist < 8 || length > usualMatch {
			copyMatch(out, w, dist, length)
			w += length
			continue
		}
		// Word after word, as what is written may be what is read next.
		to, of := (*[usualMatch]byte)(out[w:]), (*[usualMatch]byte)(out[w-dist:])
		le.PutUint64(to[0:], le.Uint64(of[0:]))
		le.PutUint64(to[8:], le.Uint64(of[8:]))
		le.PutUint64(to[16:], le.Uint64(of[16:]))
		le.PutUint64(to[24:], le.Uint64(of[24:]))
		le.PutUint64(to[32:], le.Uint64(of[32:]))
		le.PutUint64(to[40:], le.Uint64(of[40:]))
		w += length
	}
	z.pos, z.w, z.n, z.bits = pos, w, n, b&(1<<n-1)
	return err
}

// usualMatch is the length that most matches in XML do not exceed: as many
// bytes are copied whether they count or not.
const usualMatch = 48

// copyMatch copies length bytes from dist bytes before w to w; up to seven
// more may be written.
func copyMatch(out []byte, w, dist, length int) {
	end, from := w+length, w-dist
	if dist < 8 {
		for ; w < end; w++ {
			out[w] = out[from]
			from++
		}
		return
	}
	for ; w < end; w += 8 {
		le.PutUint64(out[w:], le.Uint64(out[from:]))
		from += 8
	}
}
