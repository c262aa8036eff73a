package xlsx

import (
	"context"
	"hash/crc32"
	"io"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/inflate"
)

const (
	// headroom is kept free before the bytes of a block: for the inflater's
	// window while the block is filled, then for what is left of the block
	// before, so that the new bytes need not be moved.
	headroom  = inflate.Window
	blockSize = 256 << 10 // at least a window

	// spare is what the block of a small part has more than the part: a byte to
	// see that it is longer than declared, and what makes decodeFast read on to
	// the last byte.
	spare = inflate.Spare

	// aheadFrom is the size from which a part is inflated by a goroutine of
	// its own; aheadBlocks are shared by it and the scanner.
	aheadFrom   = 1 << 20
	aheadBlocks = 4
)

// block is a stretch of an inflated part.
type block struct {
	data  []byte // filled from headroom to headroom+n
	n     int
	bad   int   // where the first byte is that is no character of XML; n when there is none
	taken int64 // compressed bytes that it was made of
	err   error // what ended the part; io.EOF when it is whole and sound
}

// stream inflates one part and checks its length, its CRC-32 and that it is
// made of characters.
type stream struct {
	part     *part
	data     io.SectionReader // the compressed bytes
	inflater *inflate.Reader
	size     int   // of a block, with its headroom
	done     int64 // bytes given so far
	crc      uint32
	cut      []byte // the character that the end of the last block cuts off

	full, free chan *block   // nil when there is no second goroutine
	quit       chan struct{} // closed to stop it
	ended      bool          // the last block has been given
}

// open starts to inflate a part.
func (a *archive) open(p *part) (*stream, error) {
	start, err := a.start(p)
	if err != nil {
		return nil, err
	}
	s := streams.Get().(*stream)
	*s = stream{part: p, data: *io.NewSectionReader(a.r, start, p.compressed), inflater: inflaters.Get().(*inflate.Reader), cut: s.cut[:0]}
	s.inflater.Reset(&s.data)
	s.size = headroom + int(min(blockSize, p.size+spare)) // the end of a small part is in its only block
	if p.size >= aheadFrom {
		s.full, s.free, s.quit = make(chan *block, aheadBlocks), make(chan *block, aheadBlocks), make(chan struct{})
		for range aheadBlocks {
			s.free <- takeBlock(s.size)
		}
		go s.ahead()
	}
	return s, nil
}

// ahead fills blocks until the part ends or the scanner does. Once it has given
// the last block, both may already be in use for another part.
func (s *stream) ahead() {
	for {
		select {
		case b := <-s.free:
			s.fill(b)
			last := b.err != nil
			s.full <- b // never waits: there are no more blocks than it holds
			if last {
				return
			}
		case <-s.quit:
			return
		}
	}
}

// fill inflates the next bytes into b.
func (s *stream) fill(b *block) {
	before := s.taken()
	if s.part.method == methodStored {
		b.n, b.err = fillStored(&s.data, b.data[headroom:])
	} else {
		b.n, b.err = s.inflater.Inflate(b.data, headroom)
	}
	b.taken = s.taken() - before
	s.done += int64(b.n)
	s.crc = crc32.Update(s.crc, crc32.IEEETable, b.data[headroom:headroom+b.n])
	if b.err != nil || s.done > s.part.size {
		b.err = s.verdict(b.err)
	}
	s.checkChars(b)
}

// checkChars finds the first byte of b that is no character of XML in UTF-8. A
// character that the end of a block cuts off is looked at with the next block,
// whose first byte may so lie before it.
func (s *stream) checkChars(b *block) {
	from := headroom - len(s.cut)
	copy(b.data[from:], s.cut)
	text := b.data[from : headroom+b.n]
	n, ok := validChars(text, b.err == io.EOF)
	if !ok {
		b.bad = from + n - headroom
		return
	}
	b.bad = b.n
	s.cut = append(s.cut[:0], text[n:]...)
}

// fillStored reads until b is full; io.EOF says that the part ends before.
func fillStored(r io.Reader, b []byte) (int, error) {
	n, err := io.ReadFull(r, b)
	if err == io.ErrUnexpectedEOF {
		err = io.EOF
	}
	return n, err
}

// taken is the number of compressed bytes that have been read.
func (s *stream) taken() int64 {
	at, _ := s.data.Seek(0, io.SeekCurrent) // a section reader only counts
	return at
}

// verdict says what the end of a part, by err, means.
func (s *stream) verdict(err error) error {
	switch p := s.part; {
	case s.done > p.size:
		return diag.Damaged("the part %q is longer than the %d bytes that the zip directory says",
			"thành phần %q dài hơn %d byte ghi trong mục lục zip", p.name, p.size)
	case err == inflate.ErrCorrupt:
		return diag.Damaged("the compressed data of the part %q is damaged", "dữ liệu nén của thành phần %q bị hỏng", p.name)
	case err == io.ErrUnexpectedEOF || err == io.EOF && s.done < p.size:
		return diag.Damaged("the part %q is cut off after %d of %d bytes",
			"thành phần %q bị cắt sau %d trên %d byte", p.name, s.done, p.size)
	case err == io.EOF && s.crc != p.crc:
		return diag.Damaged("the part %q is not as it was written: its checksum is %08x and should be %08x",
			"thành phần %q không còn như lúc ghi: mã kiểm tra là %08x, đúng ra phải là %08x", p.name, s.crc, p.crc)
	}
	return err
}

// next returns the following block. It is given back by release.
func (s *stream) next(ctx context.Context) (*block, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if s.full == nil {
		b := takeBlock(s.size)
		s.fill(b)
		return b, nil
	}
	select {
	case b := <-s.full:
		s.ended = b.err != nil
		return b, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// release gives a block back to be filled again.
func (s *stream) release(b *block) {
	switch {
	case b == nil:
	case s.free != nil:
		s.free <- b
	default:
		blocks.Put(b)
	}
}

// close stops inflating and gives back what can be used for the next part; s
// must not be used any more. All blocks have been released.
func (s *stream) close() {
	if s.full != nil && !s.ended {
		close(s.quit) // the goroutine still holds the stream, the inflater and some blocks
		return
	}
	s.inflater.Reset(nil)
	inflaters.Put(s.inflater)
	for len(s.free) > 0 {
		blocks.Put(<-s.free)
	}
	streams.Put(s)
}
