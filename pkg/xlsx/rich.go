package xlsx

import (
	"bytes"

	"github.com/parcheck/parcheck/pkg/cell"
)

// richText reads the content of <si> and <is> (CT_Rst): one <t>, or runs <r>
// with a <t> each; phonetic runs <rPh> are how to pronounce it, and left out.
type richText struct {
	keep bool // white space around texts is kept unless an element says otherwise
	font font // a legacy font of a run of the last text, and how its parts differ

	runs   int    // of the last text that show something
	look   []byte // of the run that is read
	first  []byte // of the first of them
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
	r.font, r.runs, r.above, r.pieces = font{}, 0, 0, r.pieces[:0]
	keep := x.keepsSpace(r.keep)
	start, texts := len(dst), 0
	for {
		switch x.next() {
		case tokenError:
			return dst, false
		case tokenEnd:
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
					x.fail(wrong("a text in %q has two parts that are no runs", "một đoạn chữ trong %q có hai phần mà không phải đoạn định dạng", x.src.part.name))
					return dst, false
				}
				from := len(dst)
				dst, ok = x.readText(dst, keep)
				r.look, r.raised = r.look[:0], onLine
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
	r.look, r.raised = r.look[:0], onLine
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
	if r.runs == 0 {
		r.first = append(r.first[:0], r.look...)
	} else if !bytes.Equal(r.first, r.look) {
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

// looks are the properties of a run that show, and lookValues the attributes
// that give them.
var (
	looks      = []string{"rFont", "b", "i", "u", "sz", "color", "vertAlign", "strike"}
	lookValues = []string{"val", "rgb", "theme", "tint", "indexed", "auto"}
)

// properties reads the font of a run.
func (r *richText) properties(x *xmlReader) (struck, ok bool) {
	ok = x.eachOf(looks, func(x *xmlReader) {
		value, _ := x.get("val")
		switch string(x.name) {
		case "rFont":
			if code := fontCode(string(value)); r.font.code == cell.UnicodeFont {
				r.font.code = code
			}
		case "vertAlign":
			switch string(value) {
			case "superscript":
				r.raised = superscript
			case "subscript":
				r.raised = subscript
			}
		case "strike":
			struck = x.switched()
			return
		case "b", "i":
			if !x.switched() {
				return
			}
		}
		r.look = append(append(r.look, x.name...), ' ')
		for _, name := range lookValues {
			value, _ := x.get(name)
			r.look = append(append(r.look, value...), ' ')
		}
	})
	return struck, ok
}
