package xlsx

import (
	"context"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/numfmt"
)

// style is what a cell's style says about its value.
type style struct {
	format *numfmt.Format
	font   cell.FontCode
}

// styleSheet is <styleSheet> while it is read.
type styleSheet struct {
	codes   map[string]string         // the format codes that the file defines, by id
	formats map[string]*numfmt.Format // those that cells use, by code
	room    int                       // bytes of codes that may still be compiled
	fonts   []cell.FontCode
	xfs     []cellXf
}

// cellXf is a cell format before fonts and number formats are known.
type cellXf struct {
	format string
	font   int
}

// readStyles reads the styles that cells refer to.
func (f *File) readStyles(ctx context.Context, p *part) error {
	s := styleSheet{codes: map[string]string{}, formats: map[string]*numfmt.Format{}, room: maxFormats}
	err := f.children(ctx, p, spaceMain, "styleSheet", func(x *xmlReader) bool {
		switch {
		case x.is("numFmts"):
			return x.each("numFmt", s.numFmt)
		case x.is("fonts"):
			return x.each("font", s.font)
		case x.is("cellXfs"):
			return x.each("xf", s.xf)
		}
		return x.skip()
	})
	if err != nil {
		return err
	}
	for _, xf := range s.xfs {
		if xf.font >= len(s.fonts) && xf.font > 0 {
			return wrong("the part %q refers to font %d of %d", "thành phần %q tham chiếu phông chữ %d trong khi chỉ có %d",
				p.name, xf.font, len(s.fonts))
		}
		format, err := s.format(xf.format)
		if err != nil {
			return err
		}
		st := style{format: format}
		if xf.font < len(s.fonts) {
			st.font = s.fonts[xf.font]
		}
		f.styles = append(f.styles, st)
	}
	return nil
}

// each calls visit for each child of the present element that has a name and
// passes over the others; visit need not leave the child.
func (x *xmlReader) each(name string, visit func(*xmlReader)) bool {
	for {
		switch x.next() {
		case tokenError:
			return false
		case tokenEnd:
			return true
		case tokenStart:
			depth := x.depth()
			if x.is(name) {
				visit(x)
			}
			if x.err != nil || x.depth() >= depth && !x.skip() {
				return false
			}
		}
	}
}

// room fails when there are most of something already.
func (x *xmlReader) room(n, most int, name string) bool {
	if n == most {
		x.fail(tooMuch("the part %q has more than %d <%s>", "thành phần %q có hơn %d <%s>", x.src.part.name, most, name))
	}
	return n < most
}

// numFmt reads a number format that the file defines.
func (s *styleSheet) numFmt(x *xmlReader) {
	id, _ := x.get("numFmtId")
	code, _ := x.get("formatCode")
	key := strings.TrimLeft(string(id), "0")
	if old, twice := s.codes[key]; twice && old != string(code) {
		x.fail(wrong("the number format %s is defined twice, in two ways", "định dạng số %s được định nghĩa hai lần khác nhau", shorten(id)))
		return
	}
	if x.room(len(s.codes), maxStyles, "numFmt") {
		s.codes[key] = string(code)
	}
}

// font reads a font's name.
func (s *styleSheet) font(x *xmlReader) {
	code := cell.UnicodeFont
	for depth := x.depth(); x.depth() >= depth; {
		switch x.next() {
		case tokenError:
			return
		case tokenStart:
			if x.is("name") && x.depth() == depth+1 {
				name, _ := x.get("val")
				code = fontCode(string(name))
			}
		}
	}
	if x.room(len(s.fonts), maxStyles, "font") {
		s.fonts = append(s.fonts, code)
	}
}

// fontCode tells the legacy Vietnamese fonts by their names.
func fontCode(name string) cell.FontCode {
	name = strings.ToLower(strings.TrimSpace(name))
	switch {
	case strings.HasPrefix(name, ".vn"):
		return cell.TCVN3Font
	case strings.HasPrefix(name, "vni-"), strings.HasPrefix(name, "vni "):
		return cell.VNIFont
	}
	return cell.UnicodeFont
}

// xf reads a cell format.
func (s *styleSheet) xf(x *xmlReader) {
	id, _ := x.get("numFmtId")
	font, ok := x.get("fontId")
	n := 0
	if ok {
		if n, ok = parseIndex(font); !ok {
			x.fail(wrong("the font %q of a cell format is no index", "phông chữ %q của một kiểu ô không phải chỉ số", shorten(font)))
			return
		}
	}
	if x.room(len(s.xfs), maxStyles, "xf") {
		s.xfs = append(s.xfs, cellXf{strings.TrimLeft(string(id), "0"), n})
	}
}

// format finds a number format by its id, without leading zeros.
func (s *styleSheet) format(id string) (*numfmt.Format, error) {
	code, own := s.codes[id]
	if !own {
		n, _ := strconv.Atoi(id)
		return numfmt.Builtin(n), nil
	}
	f, ok := s.formats[code]
	if !ok {
		if s.room -= len(code); s.room < 0 {
			return nil, tooMuch("the number formats of cells are longer than %d bytes", "định dạng số của các ô dài hơn %d byte", maxFormats)
		}
		f = numfmt.Parse(code)
		s.formats[code] = f
	}
	return f, nil
}

// parseIndex reads an index: digits and nothing else, white space around them
// apart.
func parseIndex(b []byte) (n int, ok bool) {
	b = trim(b)
	if len(b) == 0 || len(b) > 9 {
		return 0, false
	}
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}
