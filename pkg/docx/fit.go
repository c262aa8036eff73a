package docx

import (
	"slices"
	"strings"
)

// fitted returns the widths of the columns such that words are not broken, as far
// as others have room to give: first those whose rows leave some empty, then all.
func (t *Table) fitted() []int {
	least, easy := make([]int, len(t.Widths)), make([]int, len(t.Widths))
	for i, row := range t.Rows {
		at := 0
		for _, c := range row {
			if c.Span <= 1 {
				least[at] = max(least[at], c.least(" \n"))
				if i >= t.Header {
					easy[at] = max(easy[at], c.least("\n"))
				}
			}
			at += max(c.Span, 1)
		}
	}
	out, wanted := slices.Clone(t.Widths), 0
	for i, w := range t.Widths {
		least[i] = min(least[i], sum(t.Widths)/4) // a word longer than that is broken anywhere
		easy[i] = max(easy[i], least[i])
		wanted += max(least[i]-w, 0)
		out[i] = max(least[i], w)
	}
	if take(out, least, take(out, easy, wanted)) > 0 {
		return t.Widths // there is no room for all of them
	}
	return out
}

// take takes room from columns that are wider than they must be, of each in
// proportion to what it can spare, and returns what it did not get.
func take(widths, least []int, wanted int) int {
	spare := 0
	for i, w := range widths {
		spare += max(w-least[i], 0)
	}
	for i, w := range widths {
		if can := max(w-least[i], 0); can > 0 {
			gives := min(can, wanted*can/spare)
			widths[i], spare, wanted = w-gives, spare-can, wanted-gives
		}
	}
	return wanted
}

// cellMargins are those at both sides of a cell.
const cellMargins = 2 * 70

// least is how wide a cell is at least for the longest part of its text between
// separators.
func (c *Cell) least(separators string) int {
	most := 0
	for _, line := range c.Lines {
		for part := range strings.FieldsFuncSeq(line, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
			most = max(most, textWidth(part))
		}
	}
	if c.Style.Bold {
		most += most / 10
	}
	size := c.Style.Size
	if size == 0 {
		size = 13
	}
	return most*size*20/1000 + cellMargins
}

// textWidth is about how wide a text is in Times New Roman, in thousandths of the
// size of the letters: on the safe side.
func textWidth(text string) (width int) {
	for _, r := range text {
		switch {
		case strings.ContainsRune("ijltIíìỉĩị.,:;'|()/- ", r):
			width += 340
		case r == 'm' || r == 'w' || r == 'M' || r == 'W' || r == '%' || r == '≥' || r == '≤':
			width += 840
		case r >= 'A' && r <= 'Z' || strings.ContainsRune("ĐÁÀẢÃẠÂÊÔƠƯ", r):
			width += 740
		default:
			width += 540
		}
	}
	return width
}
