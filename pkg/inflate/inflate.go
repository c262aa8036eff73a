// Package inflate reads deflate streams (RFC 1951) into blocks that the caller
// gives, as readers of zip containers need them: strict, in memory that does not
// grow with the stream, and in about half the time of compress/flate or less,
// which its tests hold it against. It does no other input or output.
//
//	out:  | window of 32 KiB | bytes that were asked for |
//	      ^                  ^ from                      ^ len(out)
//
// What has been written is the window that matches reach back into, so that no
// byte is copied twice. klauspost/compress in its place costs 1.1 to 1.2 times
// the time of scoring a list.
package inflate

import (
	"encoding/binary"
	"errors"
	"io"
)

// Reader inflates one deflate stream after another straight into the caller's
// blocks. While both ends of a block and of the input are far it does not look
// for them. It may not be used concurrently; begin with Reset.
type Reader struct {
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

// Window is how many bytes a match may reach back (RFC 1951, 2).
const Window = 32 << 10

const maxMatch = 258 // bytes

// Spare is how many bytes more than the stream holds a block should have room
// for, so that the whole stream is read the fast way.
const Spare = maxMatch + usualMatch

const (
	maxCode = 15 // bits of the longest code

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

// ErrCorrupt is a stream that breaks the rules of RFC 1951.
var ErrCorrupt = errors.New("corrupt deflate stream")

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

// Reset begins a new stream. A nil source lets go of the last one.
func (z *Reader) Reset(src io.Reader) {
	z.src, z.in, z.pos, z.bits, z.n = src, nil, 0, 0, 0
	z.last, z.state, z.final, z.length = nil, blockHeader, false, 0
}

// Inflate writes the next bytes to out, which has room for a Window before
// from, and returns how many there are. All of out is filled unless there is an
// error: io.EOF at the end of the stream, io.ErrUnexpectedEOF when it is cut
// off, ErrCorrupt, or that of the source. Until it is called again, nothing may
// change the bytes that it has written.
func (z *Reader) Inflate(out []byte, from int) (int, error) {
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
	z.last = out[z.w-min(z.back+n, Window) : z.w]
	z.out = nil
	return n, err
}

// more reads from the source when nothing is left; false at its end.
func (z *Reader) more() (bool, error) {
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
func (z *Reader) need(n uint) error {
	if z.n < n && len(z.in)-z.pos >= 8 {
		z.bits |= binary.LittleEndian.Uint64(z.in[z.pos:]) << z.n
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
func (z *Reader) take(n uint) int {
	v := int(z.bits & (1<<n - 1))
	z.bits >>= n
	z.n -= n
	return v
}

// header reads how the next block is compressed.
func (z *Reader) header() error {
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
	return ErrCorrupt
}

func (z *Reader) storedHeader() error {
	z.take(z.n & 7) // up to a whole byte
	if err := z.need(32); err != nil {
		return err
	}
	size, check := z.take(16), z.take(16)
	if size != check^0xffff {
		return ErrCorrupt
	}
	z.state, z.stored = storedBlock, size
	return nil
}

// copyStored copies what is left of a stored block, the bytes that are in bits
// first.
func (z *Reader) copyStored() error {
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
func (z *Reader) decode() error {
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
func (z *Reader) symbol() error {
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
		return ErrCorrupt
	}
	z.length = length
	return nil
}

// code looks at a code that may end with the stream. It is left in bits.
func (z *Reader) code(table []entry, bits uint) (entry, error) {
	for {
		e := table[z.bits&(1<<bits-1)]
		if e&longCode != 0 {
			e = table[uint64(e>>valueShift)+z.bits>>bits&(1<<(maxCode-bits)-1)]
		}
		if n := e.codeLength(); n > 0 && n <= z.n {
			return e, nil
		}
		if z.n >= maxCode {
			return 0, ErrCorrupt
		}
		if err := z.need(z.n + 1); err != nil {
			return 0, err
		}
	}
}

// value reads a code, which code has looked at, with its extra bits.
func (z *Reader) value(e entry) (int, error) {
	n := uint(e & allBits)
	if err := z.need(n); err != nil {
		return 0, err
	}
	v := e.with(z.bits)
	z.take(n)
	return v, nil
}

// match copies what is left of a match, as far as there is room.
func (z *Reader) match() {
	for z.length > 0 && z.w < len(z.out) {
		n := min(z.length, z.dist, len(z.out)-z.w)
		copy(z.out[z.w:z.w+n], z.out[z.w-z.dist:])
		z.w += n
		z.length -= n
	}
}

// decodeFast reads symbols as long as both the next two symbols and the longest
// match, with what may be written behind it, are in the buffers for sure.
func (z *Reader) decodeFast() (err error) {
	in, out := z.in, z.out
	pos, w, b, n := z.pos, z.w, z.bits, z.n
	lits, dists := &z.literals, &z.distances
	before := z.back - z.from // w + before bytes can be reached
	lastIn, lastOut := len(in)-16, len(out)-maxMatch-8
	for pos <= lastIn && w <= lastOut {
		b |= binary.LittleEndian.Uint64(in[pos:]) << (n & 63)
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
			b |= binary.LittleEndian.Uint64(in[pos:]) << (n & 63)
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
			err = ErrCorrupt
			break
		}
		if dist < 8 || length > usualMatch {
			copyMatch(out, w, dist, length)
			w += length
			continue
		}
		// Word after word, as what is written may be what is read next.
		to, of := (*[usualMatch]byte)(out[w:]), (*[usualMatch]byte)(out[w-dist:])
		binary.LittleEndian.PutUint64(to[0:], binary.LittleEndian.Uint64(of[0:]))
		binary.LittleEndian.PutUint64(to[8:], binary.LittleEndian.Uint64(of[8:]))
		binary.LittleEndian.PutUint64(to[16:], binary.LittleEndian.Uint64(of[16:]))
		binary.LittleEndian.PutUint64(to[24:], binary.LittleEndian.Uint64(of[24:]))
		binary.LittleEndian.PutUint64(to[32:], binary.LittleEndian.Uint64(of[32:]))
		binary.LittleEndian.PutUint64(to[40:], binary.LittleEndian.Uint64(of[40:]))
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
		binary.LittleEndian.PutUint64(out[w:], binary.LittleEndian.Uint64(out[from:]))
		from += 8
	}
}
