package xlsx

import (
	"bytes"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
)

// richText reads the content of <si> and <is> (CT_Rst): one <t>, or runs <r>
// with a <t> each; phonetic runs <rPh> are how to pronounce it, and left out.
type richText struct {
	keep bool // white space around texts is kept unless an element says otherwise
	font font // a legacy font of a run of the last text, and how its parts differ

	runs   int    // of the last text that show something
	look   look   // of the run that is read
	bare   bool   // some of them have the font of their cell
	first  string // the look of the first of the others
	parted bool   // and another one has another look
	raised vertical
	above  int     // of the runs: raised or lowered
	pieces []piece // the texts of those
}

// vertical is where a run stands on its line.
type vertical uint8

const (
	onLine vertical = iota
	superscript
	subscript
)

// piece is a part of a text, by the places of its bytes.
type piece struct {
	from, to int
	raised   vertical
}

// read appends the text of the present element, which it leaves.
func (r *richText) read(x *xmlReader, dst []byte) ([]byte, bool) {
	r.font, r.runs, r.bare, r.parted, r.first, r.above, r.pieces = font{}, 0, false, false, "", 0, r.pieces[:0]
	keep := x.keepsSpace(r.keep)
	start, texts := len(dst), 0
	for {
		switch x.next() {
		case tokenError:
			return dst, false
		case tokenEnd:
			if r.font.mark == cell.Parts && !r.parted {
				r.font.look = r.first
			}
			return r.mark(dst), true
		case tokenText:
			if !blank(x.text) {
				return dst, x.stray()
			}
		case tokenStart:
			ok := true
			switch {
			case x.is("t"):
				if texts++; texts > 1 {
					x.fail(diag.Wrong("a text in %q has two parts that are no runs", "một đoạn chữ trong %q có hai phần mà không phải đoạn định dạng", x.src.part.name))
					return dst, false
				}
				from := len(dst)
				dst, ok = x.readText(dst, keep)
				r.look, r.raised = look{}, onLine
				r.note(dst, from)
			case x.is("r"):
				dst, ok = r.run(x, dst, x.keepsSpace(keep))
			case x.is("rPh"), x.is("phoneticPr"):
				ok = x.skip()
			default:
				ok = x.pass("t", "r")
			}
			if ok && len(dst)-start > maxText {
				x.fail(errLongText())
				ok = false
			}
			if !ok {
				return dst, false
			}
		}
	}
}

// run reads <r>.
func (r *richText) run(x *xmlReader, dst []byte, keep bool) ([]byte, bool) {
	from := len(dst)
	r.look, r.raised = look{}, onLine
	struck := false
	for {
		switch x.next() {
		case tokenError:
			return dst, false
		case tokenEnd:
			if struck && !blank(dst[from:]) {
				r.font.mark = cell.StruckOut
			}
			r.note(dst, from)
			return dst, true
		case tokenText:
			if !blank(x.text) {
				return dst, x.stray()
			}
		case tokenStart:
			ok := true
			switch {
			case x.is("t"):
				dst, ok = x.readText(dst, keep)
			case x.is("rPr"):
				struck, ok = r.properties(x)
			default:
				ok = x.pass("t", "rPr")
			}
			if !ok {
				return dst, false
			}
		}
	}
}

// note takes a run whose text begins at from.
func (r *richText) note(dst []byte, from int) {
	if blank(dst[from:]) {
		return
	}
	switch shown := r.look.String(); {
	case shown == "":
		r.bare = true
	case r.first == "":
		r.first = shown
	case shown != r.first:
		r.font.mark, r.parted = max(r.font.mark, cell.Parts), true
	}
	if r.bare && r.first != "" {
		r.font.mark = max(r.font.mark, cell.Parts)
	}
	r.runs++
	if r.raised != onLine {
		r.above++
		r.pieces = append(r.pieces, piece{from, len(dst), r.raised})
	}
}

// mark notes raised parts of a text, and writes their digits as such.
func (r *richText) mark(dst []byte) []byte {
	if r.above == 0 || r.above == r.runs {
		return dst
	}
	r.font.mark = max(r.font.mark, cell.Raised)
	start := r.pieces[0].from
	text := bytes.Clone(dst[start:])
	dst = dst[:start]
	done := 0
	for _, p := range r.pieces {
		dst = append(dst, text[done:p.from-start]...)
		dst = cell.AppendRaised(dst, text[p.from-start:p.to-start], p.raised == subscript)
		done = p.to - start
	}
	return append(dst, text[done:]...)
}

// look is how a font shows: the values of its properties that can be seen, "" of
// those that it does not have. Equal looks are written alike.
type look [7]string

// looks are the properties of the fonts of runs and of cells that make a look,
// and where each stands in it.
var looks = map[string]int{"rFont": 0, "name": 0, "sz": 1, "b": 2, "i": 3, "u": 4, "color": 5, "vertAlign": 6}

// note takes the property that the present element is.
func (l *look) note(x *xmlReader) {
	i, ok := looks[string(x.name)]
	if !ok {
		return
	}
	raw, given := x.get("val")
	value := shorten(raw)
	switch string(x.name) {
	case "sz":
		if strings.Contains(value, ".") {
			value = strings.TrimRight(strings.TrimRight(value, "0"), ".")
		}
	case "b", "i":
		if value = ""; x.switched() {
			value = "1"
		}
	case "u":
		if !given {
			value = "single"
		}
		value = strings.TrimPrefix(value, "none")
	case "color":
		value = x.colour()
		if value == "000000" || value == "indexed 8" || value == "theme 1 " {
			value = "" // black, as without one
		}
	case "vertAlign":
		value = strings.TrimPrefix(value, "baseline")
	}
	l[i] = value
}

func (l *look) String() string {
	if *l == (look{}) {
		return ""
	}
	return strings.Join(l[:], "\x00")
}

// runProperties are the elements of a run's font that are read.
var runProperties = []string{"rFont", "b", "i", "u", "sz", "color", "vertAlign", "strike"}

// properties reads the font of a run.
func (r *richText) properties(x *xmlReader) (struck, ok bool) {
	ok = x.eachOf(runProperties, func(x *xmlReader) {
		r.look.note(x)
		value, _ := x.get("val")
		switch string(x.name) {
		case "rFont":
			if code := cell.FontCodeOf(string(value)); r.font.code == cell.UnicodeFont {
				r.font.code = code
			}
		case "vertAlign":
			switch string(value) {
			case "superscript":
				r.raised = superscript
			case "subscript":
				r.raised = subscript
			case "baseline":
				r.raised = onLine
			}
		case "strike":
			struck = x.switched()
		}
	})
	return struck, ok
}
