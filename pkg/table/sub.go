package table

import (
	"slices"
	"strings"
	"unicode"

	"github.com/parcheck/parcheck/pkg/cell"
)

// subHeadings notes for each header that is merged over several columns what
// stands below it over each of them: "Kế hoạch" and "Thực hiện" below "Số liệu
// năm 2023". A row of such words that no merge ties to the header is taken into
// it.
func (h *Head) subHeadings(found *Header, spec Spec) {
	if h.restsOnWords(found) {
		found.Bottom++
	}
	h.widen(found, spec)
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
		if !isSubHeading(c) {
			return false
		}
		i := slices.IndexFunc(found.Columns, func(f Found) bool { return f.Col > 0 && c.Col >= f.Col && c.Col <= f.Col+f.Span })
		switch {
		case i < 0:
		case found.Columns[i].Span == 0:
			return false
		default:
			under++
		}
	}
	return under >= 2
}

// isSubHeading reports whether a cell may head a column below another header:
// words, or a year.
func isSubHeading(c cell.Cell) bool {
	text := Text(c)
	if c.Kind == cell.Text && strings.ContainsFunc(text, unicode.IsLetter) || text == "%" {
		return true
	}
	return (c.Kind == cell.Text || c.Kind == cell.Number) && isYear([]byte(text))
}

// widen takes a header over the blank cells at its right, as if it were merged
// with them, where the row below says what each of these columns is: writers
// that do not merge leave such blanks.
func (h *Head) widen(found *Header, spec Spec) {
	if spec.Label < 0 {
		return
	}
	bottom := found.Bottom
	for n := found.Top + 1; n <= min(found.Bottom+1, found.Top+MaxDepth-1); n++ {
		index := h.index(n)
		if index < 0 || n > found.Bottom && !h.isSubRow(index, found, spec) {
			continue
		}
		wider := false
		for _, i := range spec.Values {
			f := &found.Columns[i]
			if f.Col == 0 || f.Span > 0 && n <= bottom {
				continue
			}
			if more := h.blanks(found, *f, index, bottom); more > 0 {
				f.Span += more
				wider = true
			}
		}
		if wider && n > found.Bottom {
			found.Bottom = n
		}
	}
}

// isSubRow reports whether the row below a header has words or years only, and
// neither a label nor a number.
func (h *Head) isSubRow(index int, found *Header, spec Spec) bool {
	r := &h.rows[index]
	if spec.Code >= 0 && found.Columns[spec.Code].text(r) != "" || found.Columns[spec.Label].text(r) != "" {
		return false
	}
	return !slices.ContainsFunc(r.Cells, func(c cell.Cell) bool { return !isBlank(c) && !isSubHeading(c) })
}

// blanks counts the further columns at the right of a header that have none
// down to its bottom, and words or a year in a row below it, as it has itself.
func (h *Head) blanks(found *Header, f Found, below, bottom int) int {
	number := h.rows[below].Number
	last := f.Col + f.Span // heads of their own are known up to here
	if f.Span == 0 {
		if text, own := h.own(number, f.Col); !own || text == f.lowest() || !isSubHeading(h.rows[below].At(f.Col)) {
			return 0
		}
	} else if !slices.ContainsFunc(h.rows[below].Cells, func(c cell.Cell) bool { return c.Col >= f.Col && c.Col <= last && !isBlank(c) }) {
		return 0
	}
	n := 0
	for col := last + 1; col <= MaxColumns; col++ {
		taken := slices.ContainsFunc(found.Columns, func(o Found) bool { return o.Col == col })
		if taken || !isSubHeading(h.rows[below].At(col)) || !h.isFree(found.Top, min(number-1, bottom), col) {
			break
		}
		n++
	}
	return n
}

// isFree reports whether a column has neither text nor merge from one row to
// another.
func (h *Head) isFree(top, bottom, col int) bool {
	for number := top; number <= bottom; number++ {
		index := h.index(number)
		if index < 0 {
			continue
		}
		_, merged := h.merge(index, col)
		if _, ok := h.cell(index, col); ok || merged {
			return false
		}
	}
	return true
}
