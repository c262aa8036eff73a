package xls

import (
	"bytes"
	"unicode/utf8"

	"github.com/parcheck/parcheck/pkg/cell"
)

// richness is what the parts of a text look like.
type richness struct {
	mark  cell.Mark
	code  cell.FontCode // a legacy font of a part
	first *font         // of the part that follows a part in the cell's own font
}

// run is where a part of a text begins, in characters of 16 bits, and its font.
type run struct {
	at   int
	font *font
}

// runs reads the runs of a text of n characters, each as two numbers of size
// bytes. What comes before the first is in the cell's font.
func (f *File) runs(s *segments, n, count, size int) ([]run, error) {
	list := f.runList[:0]
	for range count {
		at, err := s.uint(size)
		if err != nil {
			return nil, err
		}
		index, err := s.uint(size)
		if err != nil {
			return nil, err
		}
		switch last := len(list) - 1; {
		case int(at) >= n: // behind the end
		case last >= 0 && list[last].at >= int(at):
			list[last].font = f.fontAt(int(index))
		default:
			list = append(list, run{int(at), f.fontAt(int(index))})
		}
	}
	f.runList = list
	return list, nil
}

// part is a part of a text that shows something, by the places of its bytes.
type part struct {
	from, to int
	font     *font // nil: that of the cell
}

// enrich says what the runs of the text behind start look like. If some of them
// are raised, and not all, their digits become the raised ones of Unicode, as
// far as it is known where they are.
func enrich(dst []byte, start int, list []run, placed bool) ([]byte, richness) {
	var rich richness
	if len(list) == 0 {
		return dst, rich
	}
	var parts []part
	raised := 0
	for _, p := range split(dst, start, list) {
		if len(bytes.TrimSpace(dst[p.from:p.to])) == 0 {
			continue
		}
		if p.font != nil {
			rich.mark = max(rich.mark, p.font.mark())
			if rich.code == cell.UnicodeFont {
				rich.code = p.font.code
			}
			if p.font.raised != onLine {
				raised++
			}
		}
		if n := len(parts); n > 0 {
			switch first := parts[0].font; {
			case first != nil && first.look != p.font.look:
				rich.mark = max(rich.mark, cell.Parts)
			case first == nil && rich.first == nil:
				rich.first = p.font
			case first == nil && rich.first.look != p.font.look:
				rich.mark = max(rich.mark, cell.Parts)
			}
		}
		parts = append(parts, p)
	}
	if raised == 0 || raised == len(parts) {
		return dst, rich
	}
	rich.mark = max(rich.mark, cell.Raised)
	if placed {
		dst = raise(dst, start, parts)
	}
	return dst, rich
}

// split cuts the text behind start where its runs begin.
func split(dst []byte, start int, list []run) []part {
	parts := []part{{from: start}}
	units := 0
	for i := start; i < len(dst) && len(list) > 0; {
		if units >= list[0].at {
			parts[len(parts)-1].to = i
			parts = append(parts, part{from: i, font: list[0].font})
			list = list[1:]
			continue
		}
		r, size := utf8.DecodeRune(dst[i:])
		i += size
		if units++; r > 0xffff {
			units++
		}
	}
	parts[len(parts)-1].to = len(dst)
	return parts
}

// raise writes the digits of raised parts as such.
func raise(dst []byte, start int, parts []part) []byte {
	text := bytes.Clone(dst[start:])
	dst = dst[:start]
	done := 0
	for _, p := range parts {
		if p.font == nil || p.font.raised == onLine {
			continue
		}
		dst = append(dst, text[done:p.from-start]...)
		dst = cell.AppendRaised(dst, text[p.from-start:p.to-start], p.font.raised == subscript)
		done = p.to - start
	}
	return append(dst, text[done:]...)
}

// Where a font stands on its line, as FONT has it.
const (
	onLine      = 0
	superscript = 1
	subscript   = 2
)

// mark is what a font makes of a text.
func (ft *font) mark() cell.Mark {
	if ft.struck {
		return cell.StruckOut
	}
	return cell.Plain
}
