package docx

import (
	"encoding/xml"
	"strings"
)

// xmlWriter writes the body of a document. The children of each element stand
// in the order of the schema, which Word insists on.
type xmlWriter struct{ strings.Builder }

func (x *xmlWriter) add(parts ...string) {
	for _, p := range parts {
		x.WriteString(p)
	}
}

// escape adds a text. EscapeText replaces what XML cannot hold.
func (x *xmlWriter) escape(text string) {
	_ = xml.EscapeText(&x.Builder, []byte(text)) // a Builder never fails
}

func (x *xmlWriter) paragraph(st Style, text string) {
	x.add("<w:p>")
	x.paragraphProperties(st)
	for i, line := range strings.Split(text, "\n") {
		x.add("<w:r>")
		x.runProperties(st)
		if i > 0 {
			x.add("<w:br/>")
		}
		x.add(`<w:t xml:space="preserve">`)
		x.escape(line)
		x.add("</w:t></w:r>")
	}
	x.add("</w:p>")
}

func (x *xmlWriter) paragraphProperties(st Style) {
	x.add("<w:pPr>")
	if st.Keep {
		x.add("<w:keepNext/>")
	}
	if st.Page {
		x.add("<w:pageBreakBefore/>")
	}
	x.add(`<w:spacing w:before="`, itoa(st.Before*20), `" w:after="0"/>`)
	if st.Indented {
		x.add(`<w:ind w:firstLine="567"/>`)
	}
	x.add(`<w:jc w:val="`, st.Align.word(), `"/>`)
	if st.Level > 0 {
		x.add(`<w:outlineLvl w:val="`, itoa(st.Level-1), `"/>`)
	}
	x.add("</w:pPr>")
}

func (x *xmlWriter) runProperties(st Style) {
	x.add("<w:rPr>")
	if st.Bold {
		x.add("<w:b/>")
	}
	if st.Italic {
		x.add("<w:i/>")
	}
	if st.Size > 0 {
		x.add(`<w:sz w:val="`, itoa(2*st.Size), `"/><w:szCs w:val="`, itoa(2*st.Size), `"/>`)
	}
	x.add("</w:rPr>")
}

// rule is an empty paragraph of one point with a line above it, indented from
// both sides.
func (x *xmlWriter) rule(indent int) {
	x.add(`<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>`,
		`<w:spacing w:before="40" w:after="0" w:line="120" w:lineRule="exact"/>`,
		`<w:ind w:left="`, itoa(indent), `" w:right="`, itoa(indent), `"/></w:pPr></w:p>`)
}

func (x *xmlWriter) letterhead(left, right Side) {
	x.tableStart(true, []int{left.Width, right.Width})
	x.add("<w:tr>")
	for _, s := range []Side{left, right} {
		x.cellStart(s.Width, 1, "")
		x.lines(s.Lines)
		x.rule((s.Width - s.Rule) / 2)
		x.add("</w:tc>")
	}
	x.add("</w:tr><w:tr>")
	for _, s := range []Side{left, right} {
		x.cellStart(s.Width, 1, "")
		x.lines(s.Below)
		x.add("</w:tc>")
	}
	x.add("</w:tr></w:tbl>")
}

// lines adds at least one paragraph: a cell without one is damaged.
func (x *xmlWriter) lines(lines []Line) {
	for _, l := range lines {
		x.paragraph(l.Style, l.Text)
	}
	if len(lines) == 0 {
		x.paragraph(Style{}, "")
	}
}

func (x *xmlWriter) table(t *Table) {
	x.tableStart(t.Plain, t.Widths)
	for i, row := range t.Rows {
		x.add("<w:tr><w:trPr><w:cantSplit/>")
		if i < t.Header {
			x.add("<w:tblHeader/>")
		}
		x.add("</w:trPr>")
		at := 0
		for _, c := range row {
			span := max(c.Span, 1)
			x.cellStart(sum(t.Widths[at:at+span]), span, c.Fill)
			at += span
			lines := make([]Line, len(c.Lines))
			for i, text := range c.Lines {
				lines[i] = Line{c.Style, text}
			}
			x.lines(lines)
			x.add("</w:tc>")
		}
		x.add("</w:tr>")
	}
	x.add("</w:tbl>")
}

func (x *xmlWriter) tableStart(plain bool, widths []int) {
	x.add(`<w:tbl><w:tblPr><w:tblW w:w="`, itoa(sum(widths)), `" w:type="dxa"/><w:jc w:val="center"/>`)
	if !plain {
		x.add("<w:tblBorders>")
		for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
			x.add("<w:", side, ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
		}
		x.add("</w:tblBorders>")
	}
	x.add(`<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		x.add(`<w:gridCol w:w="`, itoa(w), `"/>`)
	}
	x.add("</w:tblGrid>")
}

func sum(widths []int) (total int) {
	for _, w := range widths {
		total += w
	}
	return total
}

func (x *xmlWriter) cellStart(width, span int, fill string) {
	x.add(`<w:tc><w:tcPr><w:tcW w:w="`, itoa(width), `" w:type="dxa"/>`)
	if span > 1 {
		x.add(`<w:gridSpan w:val="`, itoa(span), `"/>`)
	}
	if fill != "" {
		x.add(`<w:shd w:val="clear" w:color="auto" w:fill="`, fill, `"/>`)
	}
	x.add("</w:tcPr>")
}
