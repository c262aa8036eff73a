package xlsx

import (
	"bytes"
	"context"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/numfmt"
)

// style is what a cell's style says about its value.
type style struct {
	format *numfmt.Format
	font
	indent uint8 // steps
}

// font is what a font says about a text: how its letters are coded, and
// whether it strikes them out.
type font struct {
	code   cell.FontCode
	mark   cell.Mark
	colour string
	look   string // of a cell: how its font shows; of a text: the look of those of its parts that have one, where the others have that of their cell
}

// markIn returns the mark that a text has in a cell of a style.
func (f *font) markIn(s *style) cell.Mark {
	if f.mark == cell.Parts && f.look != "" && f.look == s.look {
		return cell.Plain
	}
	return f.mark
}

// styleSheet is <styleSheet> while it is read.
type styleSheet struct {
	codes   map[string]string   // the format codes that the file defines, by id; the last of several
	twice   map[string][]string // the others, and how many they are
	others  int
	formats map[string]*numfmt.Format // those that cells use, by code
	room    int                       // bytes of codes that may still be compiled
	fonts   []font
	fills   []string // the colours of cells
	xfs     []cellXf
}

// cellXf is a cell format before fonts and number formats are known.
type cellXf struct {
	format     string
	font, fill int
	indent     uint8
}

// maxIndent is the most steps that a cell is indented by (ECMA-376 part 1,
// 18.8.1); more is taken as that.
const maxIndent = 250

// noFont stands for a font index that is none.
const noFont = -1

// readStyles reads the styles that cells refer to.
func (f *File) readStyles(ctx context.Context, p *part) error {
	s := styleSheet{codes: map[string]string{}, twice: map[string][]string{}, formats: map[string]*numfmt.Format{}, room: maxFormats}
	err := f.children(ctx, p, spaceMain, "styleSheet", func(x *xmlReader) bool {
		switch {
		case x.is("numFmts"):
			return x.eachOf([]string{"numFmt"}, s.numFmt)
		case x.is("fonts"):
			return x.eachOf([]string{"font"}, s.font)
		case x.is("fills"):
			return x.eachOf([]string{"fill"}, s.fill)
		case x.is("cellXfs"):
			return x.eachOf([]string{"xf"}, s.xf)
		}
		return x.pass("numFmts", "fonts", "fills", "cellXfs")
	})
	if err != nil {
		return err
	}
	for _, xf := range s.xfs {
		format, err := s.format(xf.format)
		if err != nil {
			return err
		}
		st := style{format: format, indent: xf.indent}
		switch {
		case xf.font >= 0 && xf.font < len(s.fonts):
			st.font = s.fonts[xf.font]
		case xf.font != 0:
			f.oddly(oddFont, diag.InFile(f.name), "the part %q refers to a font that it does not hold: cells are read as without one",
				"thành phần %q tham chiếu phông chữ không có trong tệp: ô được đọc như không có phông chữ riêng", p.name)
		}
		background := white
		if xf.fill < len(s.fills) {
			background = s.fills[xf.fill]
		}
		if st.colour == background && background != "" {
			st.mark = max(st.mark, cell.Unseen)
		}
		f.styles = append(f.styles, st)
	}
	return nil
}

// room fails when there are most of something already.
func (x *xmlReader) room(n, most int, name string) bool {
	if n == most {
		x.fail(diag.TooMuch("the part %q has more than %d <%s>", "thành phần %q có hơn %d <%s>", x.src.part.name, most, name))
	}
	return n < most
}

// numFmt reads a number format that the file defines.
func (s *styleSheet) numFmt(x *xmlReader) {
	id, _ := x.get("numFmtId")
	code, _ := x.get("formatCode")
	key := strings.TrimLeft(string(id), "0")
	old, again := s.codes[key]
	switch {
	case again && old == string(code), !x.room(len(s.codes)+s.others, maxStyles, "numFmt"):
		return
	case again:
		s.twice[key] = append(s.twice[key], old)
		s.others++
	}
	s.codes[key] = string(code)
}

// font reads a font.
func (s *styleSheet) font(x *xmlReader) {
	var f font
	var l look
	x.eachOf([]string{"name", "strike", "color", "sz", "b", "i", "u", "vertAlign"}, func(x *xmlReader) {
		l.note(x)
		switch {
		case x.is("name"):
			name, _ := x.get("val")
			f.code = cell.FontCodeOf(string(name))
		case x.is("color"):
			f.colour = x.colour()
		case x.is("strike"):
			f.mark = cell.Plain
			if x.switched() {
				f.mark = cell.StruckOut
			}
		}
	})
	f.look = l.String()
	if x.err == nil && x.room(len(s.fonts), maxStyles, "font") {
		s.fonts = append(s.fonts, f)
	}
}

// white is the colour of a cell that is not filled.
const white = "ffffff"

// fill reads how cells are filled: the colour where it is one, "" of patterns.
func (s *styleSheet) fill(x *xmlReader) {
	colour := white
	x.eachOf([]string{"patternFill", "gradientFill"}, func(x *xmlReader) {
		pattern, _ := x.get("patternType")
		colour = ""
		switch {
		case x.is("patternFill") && (len(pattern) == 0 || string(pattern) == "none"):
			colour = white
		case string(pattern) == "solid":
			x.eachOf([]string{"fgColor"}, func(x *xmlReader) { colour = x.colour() })
		}
	})
	if x.err == nil && x.room(len(s.fills), maxStyles, "fill") {
		s.fills = append(s.fills, colour)
	}
}

// colour names the colour of the present element, so that equal names are equal
// colours: white has one name, as such, of the old palette and as the
// background of the theme. "" is a colour that is not known.
func (x *xmlReader) colour() string {
	rgb, _ := x.get("rgb")
	indexed, _ := x.get("indexed")
	theme, _ := x.get("theme")
	tint, _ := x.get("tint")
	switch {
	case len(rgb) == 6 || len(rgb) == 8:
		return strings.ToLower(string(rgb[len(rgb)-6:]))
	case string(indexed) == "9" || string(indexed) == "1" || string(theme) == "0" && len(bytes.Trim(tint, "0.-")) == 0:
		return white
	case len(theme) > 0:
		return "theme " + shorten(theme) + " " + shorten(tint)
	case len(indexed) > 0 && string(indexed) != "64" && string(indexed) != "65": // those of the screen
		return "indexed " + shorten(indexed)
	}
	return ""
}

// switched reports whether the present element switches a property on: <strike/>
// does, and <strike val="0"/> does not.
func (x *xmlReader) switched() bool {
	value, ok := x.get("val")
	on, known := parseBool(value)
	return !ok || on || !known
}

// xf reads a cell format.
func (s *styleSheet) xf(x *xmlReader) {
	id, _ := x.get("numFmtId")
	font, ok := x.get("fontId")
	n := 0
	if ok {
		if n, ok = parseIndex(font); !ok {
			n = noFont
		}
	}
	if x.room(len(s.xfs), maxStyles, "xf") {
		fill, _ := x.get("fillId")
		at, _ := parseIndex(fill)
		s.xfs = append(s.xfs, cellXf{format: strings.TrimLeft(string(id), "0"), font: n, fill: at})
		x.eachOf([]string{"alignment"}, func(x *xmlReader) {
			indent, _ := x.get("indent")
			steps, _ := parseIndex(indent)
			s.xfs[len(s.xfs)-1].indent = uint8(min(max(steps, 0), maxIndent))
		})
	}
}

// format finds a number format by its id, without leading zeros. One that is
// defined in several ways must show figures as they are in all of them.
func (s *styleSheet) format(id string) (*numfmt.Format, error) {
	code, own := s.codes[id]
	if !own {
		n, _ := strconv.Atoi(id)
		return numfmt.Builtin(n), nil
	}
	f, err := s.compile(code)
	for _, other := range s.twice[id] {
		g, bad := s.compile(other)
		if err == nil {
			err = bad
		}
		if err == nil && !(f.Plain() && g.Plain()) {
			return nil, diag.Wrong("the number format %s is defined twice, in two ways", "định dạng số %s được định nghĩa hai lần khác nhau", shorten([]byte(id)))
		}
	}
	return f, err
}

// compile compiles a format code once.
func (s *styleSheet) compile(code string) (*numfmt.Format, error) {
	f, ok := s.formats[code]
	if !ok {
		if s.room -= len(code); s.room < 0 {
			return nil, diag.TooMuch("the number formats of cells are longer than %d bytes", "định dạng số của các ô dài hơn %d byte", maxFormats)
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
