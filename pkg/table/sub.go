package table

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/cell"
)

// subHeadings notes for each header that is merged over several columns what
// stands below it over each of them: "Kế hoạch" and "Thực hiện" below "Số liệu
// năm 2023". A row of such words that no merge ties to the header is taken into
// it.
func (h *Head) subHeadings(found *Header) {
	if h.restsOnWords(found) {
		found.Bottom++
	}
	for i := range found.Columns {
		f := &found.Columns[i]
		if f.Span == 0 {
			continue
		}
		subs := make([]string, f.Span+1)
		for k := range subs {
			for n := found.Top + 1; n <= found.Bottom; n++ {
				if text, own := h.own(n, f.Col+k); own && text != f.lowest() {
					subs[k] = text
				}
			}
		}
		if slices.ContainsFunc(subs, func(s string) bool { return s != "" && s != subs[0] || s == "" && subs[0] != "" }) {
			f.Subs = subs
		}
	}
}

// lowest is the lowest part of the header's path.
func (f Found) lowest() string {
	const between = " / "
	for i := len(f.Path) - len(between); i >= 0; i-- {
		if f.Path[i:i+len(between)] == between {
			return f.Path[i+len(between):]
		}
	}
	return f.Path
}

// own returns the text of a cell that no merge over several columns holds.
func (h *Head) own(number, col int) (string, bool) {
	index := h.index(number)
	if index < 0 {
		return "", false
	}
	if m, merged := h.merge(index, col); merged && (m.ToCol > m.Col || m.Row != number) {
		return "", false
	}
	c, ok := h.cell(index, col)
	return c.text, ok
}

// restsOnWords reports whether the row below a header says what each of the
// columns is over which one of its cells is merged, and nothing of other
// columns that were found.
func (h *Head) restsOnWords(found *Header) bool {
	if found.Bottom >= found.Top+MaxDepth-1 {
		return false
	}
	r := h.grid.Row(found.Bottom + 1)
	under := 0
	for _, c := range r.Cells {
		if isBlank(c) {
			continue
		}
		if c.Kind != cell.Text {
			return false
		}
		i := slices.IndexFunc(found.Columns, func(f Found) bool { return f.Col > 0 && c.Col >= f.Col && c.Col <= f.Col+f.Span })
		switch {
		case i < 0:
		case found.Columns[i].Span == 0:
			return false
		default:
			if text := Text(c); text == "" || beginsWithDigit(text) && len(text) != len("2023") {
				return false
			}
			under++
		}
	}
	return under >= 2
}
