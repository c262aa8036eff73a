package ods

import (
	"bytes"
	"cmp"
	"strconv"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/xlsx"
)

// paragraphs reads the text of a cell: <text:p>, one a line, with its spans and
// its fields (ODF 1.3 part 3, 6.1). Notes and drawings are no text of it.
type paragraphs struct {
	r    *reader
	look look // of the cell
	from int  // where the text begins in the values of the row

	lines        int
	blank        bool // a blank is due before the next character
	begun        bool // the line has characters
	spans        []look
	links        int  // open links
	linked, free bool // a digit stands in a link, outside of links

	mark cell.Mark
	font cell.FontCode

	runs   int    // texts that can be seen
	first  string // how the first of them looks
	pieces []piece
}

// piece is a superscript or subscript part of a text, by the places of its bytes
// in the values of the row.
type piece struct {
	from, to int
	raised   vertical
}

// read reads up to the end of the cell.
func (p *paragraphs) read() bool {
	x := p.r.x
	for {
		switch x.Next() {
		case xlsx.Failed, xlsx.EOF:
			return false
		case xlsx.Chars:
			if !x.IsBlank() {
				return p.r.stray()
			}
		case xlsx.End:
			if p.linked && p.free {
				p.mark = max(p.mark, cell.Linked)
			}
			p.raise()
			return true
		case xlsx.Start:
			if !p.child() {
				return false
			}
		}
	}
}

// child reads an element inside of the cell.
func (p *paragraphs) child() bool {
	x := p.r.x
	switch {
	case x.Is(xlsx.ODFText, "p"), x.Is(xlsx.ODFText, "h"):
		if p.lines++; p.lines > 1 {
			p.r.values = append(p.r.values, '\n')
		}
		p.blank, p.begun = false, false
		ok := p.line()
		p.settle() // a blank at the end is kept, as LibreOffice does
		return ok
	case x.Is(xlsx.ODFText, "list"), x.Is(xlsx.ODFText, "list-item"), x.Is(xlsx.ODFText, "list-header"):
		return each(x, p.child)
	case x.Is(xlsx.ODFTable, "table"):
		return p.r.fail(diag.Wrong("a table stands inside of the cell", "có bảng nằm trong ô"))
	case isNote(x), x.Space() == xlsx.ODFTable, x.Space() == xlsx.ODFOffice:
		return x.Skip()
	}
	return p.r.aside() // no other element makes a text disappear
}

// isNote reports whether the present element is a note or a drawing.
func isNote(x *xlsx.XML) bool {
	return x.Space() == xlsx.ODFDrawing || x.Is(xlsx.ODFOffice, "annotation") || x.Is(xlsx.ODFOffice, "annotation-end")
}

// line reads what is inside of a paragraph, a span or a field.
func (p *paragraphs) line() bool {
	x := p.r.x
	for {
		switch x.Next() {
		case xlsx.Failed, xlsx.EOF:
			return false
		case xlsx.End:
			return true
		case xlsx.Chars:
			if !p.chars() {
				return false
			}
		case xlsx.Start:
			if !p.inline() {
				return false
			}
		}
	}
}

// inline reads an element inside of a paragraph.
func (p *paragraphs) inline() bool {
	x := p.r.x
	switch {
	case isNote(x):
		return x.Skip()
	case x.Space() != xlsx.ODFText:
		return p.line()
	}
	switch string(x.Name()) {
	case "s":
		n := 1
		if c, ok := x.Get(xlsx.ODFText, "c"); ok {
			var err error
			if n, err = strconv.Atoi(string(c)); err != nil || n < 0 || n > maxText {
				return p.r.fail(diag.Wrong("%q is no number of blanks", "%q không phải số khoảng trắng", xlsx.Shorten(c)))
			}
		}
		if p.r.f.spaces += n; p.r.f.spaces > maxSpaces {
			return p.r.fail(diag.TooMuch("the texts hold more than %d blanks", "các đoạn chữ chứa hơn %d khoảng trắng", maxSpaces))
		}
		p.settle()
		for range n {
			p.r.values = append(p.r.values, ' ')
		}
		p.begun = p.begun || n > 0
		return p.fits() && x.Skip()
	case "tab":
		p.put('\t')
		return x.Skip()
	case "line-break":
		p.put('\n')
		return x.Skip()
	case "span":
		name, _ := x.Get(xlsx.ODFText, "style-name")
		p.spans = append(p.spans, p.r.f.styles.look(textFamily, string(name)))
		ok := p.line()
		p.spans = p.spans[:len(p.spans)-1]
		return ok
	case "a":
		p.links++
		ok := p.line()
		p.links--
		return ok
	case "note", "ruby-text", "bookmark", "bookmark-start", "bookmark-end", "soft-page-break":
		return x.Skip()
	}
	return p.line() // a field
}

// put adds a character that is no blank to be joined.
func (p *paragraphs) put(c byte) {
	p.settle()
	p.r.values = append(p.r.values, c)
	p.begun = true
}

// settle writes the blank that is due.
func (p *paragraphs) settle() {
	if p.blank && p.begun {
		p.r.values = append(p.r.values, ' ')
	}
	p.blank = false
}

// chars adds text: blanks that follow each other are one, and those at the
// beginning of a line are none.
func (p *paragraphs) chars() bool {
	r := p.r
	from := len(r.values)
	r.values = r.x.AppendText(r.values)
	to := from
	text := r.values[from:]
	visible, digit := false, false
	var joined []byte
	if p.begun && !p.blank && !hasBlank(text) {
		visible, digit = len(text) > 0, hasDigit(text)
		to = len(r.values)
	} else {
		for _, c := range text {
			switch c {
			case ' ', '\t', '\n', '\r':
				p.blank = true
			default:
				if p.blank && p.begun {
					joined = append(joined, ' ')
				}
				p.blank, p.begun = false, true
				joined = append(joined, c)
				visible, digit = true, digit || c >= '0' && c <= '9'
			}
		}
		r.values = append(r.values[:from], joined...)
		to = len(r.values)
	}
	r.values = r.values[:to]
	if visible {
		p.noteLook(from, digit)
	}
	return p.fits()
}

// raise writes the digits of raised parts as such, unless all is raised.
func (p *paragraphs) raise() {
	if len(p.pieces) == 0 || len(p.pieces) == p.runs {
		return
	}
	p.mark = max(p.mark, cell.Raised)
	start := p.pieces[0].from
	text := bytes.Clone(p.r.values[start:])
	out, done := p.r.values[:start], 0
	for _, piece := range p.pieces {
		out = append(out, text[done:piece.from-start]...)
		out = cell.AppendRaised(out, text[piece.from-start:piece.to-start], piece.raised == subscript)
		done = piece.to - start
	}
	p.r.values = append(out, text[done:]...)
}

// noteLook notes how a text, which begins at a place, is shown.
func (p *paragraphs) noteLook(from int, digit bool) {
	shows, raised := "", onLine
	for _, l := range p.spans {
		p.mark = max(p.mark, l.mark)
		if l.font != cell.UnicodeFont {
			p.font = l.font
		}
		if shows = cmp.Or(l.shows, shows); l.raised != unsaid {
			raised = l.raised
		}
	}
	if p.runs == 0 {
		p.first = shows
	} else if p.first != shows {
		p.mark = max(p.mark, cell.Parts)
	}
	if p.runs++; raised != onLine {
		p.pieces = append(p.pieces, piece{from, len(p.r.values), raised})
	}
	p.linked = p.linked || digit && p.links > 0
	p.free = p.free || digit && p.links == 0
}

// fits fails when the text of the cell is too long.
func (p *paragraphs) fits() bool {
	if len(p.r.values)-p.from > maxText {
		return p.r.fail(diag.TooMuch("a cell holds more than %d bytes of text", "một ô chứa hơn %d byte chữ", maxText))
	}
	return true
}

func hasBlank(text []byte) bool {
	for _, c := range text {
		if c == ' ' || c == '\t' || c == '\n' || c == '\r' {
			return true
		}
	}
	return false
}

func hasDigit(text []byte) bool {
	for _, c := range text {
		if c >= '0' && c <= '9' {
			return true
		}
	}
	return false
}
