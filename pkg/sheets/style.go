package sheets

import (
	"cmp"

	"github.com/xuri/excelize/v2"
)

// Theme is what all cells of a workbook share. Colours are RRGGBB.
type Theme struct {
	Font  string
	Size  float64 // in points
	Ink   string  // of letters
	Line  string  // of the lines around boxed cells
	Title string  // of the line below ruled cells, and of the titles of charts

	Narrow  float64 // characters of running text on a unit of a column's width, which is a digit's
	Leading float64 // points from a line to the next
	Row     float64 // least height of a row in points; 0: the program's own
}

// Style is how a cell looks. The zero value is plain text. Styles are compared:
// each distinct one is stored once.
type Style struct {
	Num                 string // number format; "": as it is
	Bold, Italic        bool
	Underlined          bool
	Wrap, Center, Right bool
	Shrunk              bool // letters as small as the cell asks for
	Top                 bool // at the top of its row; otherwise in the middle
	Size                float64
	Color, Fill         string
	Boxed               bool // thin lines around
	Ruled               bool // a line below
	Rotated             bool
}

// With returns the style with a change.
func (st Style) With(change func(*Style)) Style {
	change(&st)
	return st
}

// Format returns the style with a number format.
func (st Style) Format(num string) Style {
	st.Num = num
	return st
}

// style is the number under which the workbook stores a style.
func (b *Book) style(st Style) int {
	id, ok := b.styles[st]
	if !ok {
		var err error
		id, err = b.f.NewStyle(b.excel(st))
		b.Fail(err)
		b.styles[st] = id
	}
	return id
}

// dxf is the part of a style that a conditional format changes.
func (b *Book) dxf(st Style) int {
	id, ok := b.dxfs[st]
	if !ok {
		x := &excelize.Style{}
		if st.Color != "" || st.Bold || st.Italic {
			x.Font = &excelize.Font{Bold: st.Bold, Italic: st.Italic, Color: cmp.Or(st.Color, b.theme.Ink)}
		}
		if st.Fill != "" {
			x.Fill = solid(st.Fill) // a conditional fill's colour is the background of a solid pattern
		}
		var err error
		id, err = b.f.NewConditionalStyle(x)
		b.Fail(err)
		b.dxfs[st] = id
	}
	return id
}

func (b *Book) excel(st Style) *excelize.Style {
	th := &b.theme
	x := &excelize.Style{
		Font:      &excelize.Font{Family: th.Font, Size: cmp.Or(st.Size, th.Size), Bold: st.Bold, Italic: st.Italic, Color: cmp.Or(st.Color, th.Ink)},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: st.Wrap, ShrinkToFit: st.Shrunk},
	}
	if st.Underlined {
		x.Font.Underline = "single"
	}
	if st.Top {
		x.Alignment.Vertical = "top"
	}
	switch {
	case st.Center:
		x.Alignment.Horizontal = "center"
	case st.Right:
		x.Alignment.Horizontal = "right"
	}
	if st.Rotated {
		x.Alignment.TextRotation = 90
	}
	if st.Fill != "" {
		x.Fill = solid(st.Fill)
	}
	if st.Num != "" {
		x.CustomNumFmt = &st.Num
	}
	if st.Boxed {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			x.Border = append(x.Border, excelize.Border{Type: side, Color: th.Line, Style: 1})
		}
	} else if st.Ruled {
		x.Border = []excelize.Border{{Type: "bottom", Color: th.Title, Style: 2}}
	}
	return x
}

func solid(color string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}
