package summary

import (
	"cmp"

	"github.com/xuri/excelize/v2"
)

// The colours. Blue and orange are told apart by readers with any kind of
// colour vision, and a word or a weight always says the same.
const (
	ink      = "1F2933"
	navy     = "1F3864"
	white    = "FFFFFF"
	paleBlue = "DDEBF7"
	deepBlue = "2E75B6"
	amber    = "FCE4D6"
	orange   = "F4B183"
	rust     = "C55A11"
	darkRust = "833C0B"
	grey     = "F2F2F2"
	midGrey  = "767676"
	hairline = "BFBFBF"
	yellow   = "FFF2CC"
	brown    = "7F6000"
	input    = "1F4E9E" // ink of figures that may be changed: the formulas follow them
)

// style is how a cell looks. The zero value is plain text.
type style struct {
	num                 string // number format; "": as it is
	bold, italic, link  bool
	wrap, center, right bool
	shrunk              bool // letters as small as the cell asks for
	top                 bool // at the top of its row; otherwise in the middle
	size                float64
	color, fill         string
	boxed               bool // thin lines around
	rule                bool // a line below
	rotated             bool
}

// Styles that all sheets share.
var (
	plain      = style{}
	titleStyle = style{bold: true, size: 16, color: navy}
	subtitle   = style{color: midGrey}
	linkStyle  = style{link: true, color: deepBlue}
	section    = style{bold: true, size: 12, color: navy, rule: true}
	head       = style{bold: true, color: white, fill: navy, wrap: true, center: true, boxed: true}
	headLeft   = style{bold: true, color: white, fill: navy, wrap: true, boxed: true}
	body       = style{boxed: true}
	wrapped    = style{boxed: true, wrap: true, top: true}
	folded     = style{boxed: true, wrap: true}
	centered   = style{boxed: true, center: true}
	key        = style{boxed: true, color: midGrey, size: 8, center: true}
	whole      = style{boxed: true, num: "#,##0", right: true}
	percent    = style{boxed: true, num: "0.00%", right: true}
	points     = style{boxed: true, num: "0.00", right: true}
	bigFigure  = style{bold: true, size: 20, color: navy, fill: grey, center: true}
	tileLabel  = style{size: 9, color: midGrey, fill: grey, center: true, wrap: true}
)

func (st style) with(change func(*style)) style {
	change(&st)
	return st
}

func shrink(st *style) { st.shrunk = true }

func (st style) format(num string) style {
	st.num = num
	return st
}

func (b *book) style(st style) int {
	id, ok := b.styles[st]
	if !ok {
		var err error
		id, err = b.f.NewStyle(st.excel())
		b.fail(err)
		b.styles[st] = id
	}
	return id
}

// dxf is the part of a style that a conditional format changes.
func (b *book) dxf(st style) int {
	id, ok := b.dxfs[st]
	if !ok {
		x := &excelize.Style{}
		if st.color != "" || st.bold || st.italic {
			x.Font = &excelize.Font{Bold: st.bold, Italic: st.italic, Color: cmp.Or(st.color, ink)}
		}
		if st.fill != "" {
			// A conditional fill's colour is the background of a solid pattern.
			x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{st.fill}}
		}
		var err error
		id, err = b.f.NewConditionalStyle(x)
		b.fail(err)
		b.dxfs[st] = id
	}
	return id
}

func (st style) excel() *excelize.Style {
	x := &excelize.Style{
		Font:      &excelize.Font{Family: "Calibri", Size: cmp.Or(st.size, 10), Bold: st.bold, Italic: st.italic, Color: cmp.Or(st.color, ink)},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: st.wrap, ShrinkToFit: st.shrunk},
	}
	if st.link {
		x.Font.Underline = "single"
	}
	if st.top {
		x.Alignment.Vertical = "top"
	}
	switch {
	case st.center:
		x.Alignment.Horizontal = "center"
	case st.right:
		x.Alignment.Horizontal = "right"
	}
	if st.rotated {
		x.Alignment.TextRotation = 90
	}
	if st.fill != "" {
		x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{st.fill}}
	}
	if st.num != "" {
		x.CustomNumFmt = &st.num
	}
	if st.boxed {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			x.Border = append(x.Border, excelize.Border{Type: side, Color: hairline, Style: 1})
		}
	} else if st.rule {
		x.Border = []excelize.Border{{Type: "bottom", Color: navy, Style: 2}}
	}
	return x
}
