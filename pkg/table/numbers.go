package table

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/account"
	"github.com/parcheck/parcheck/pkg/cell"
)

// numbering is the number of a column: "3", "(3)", "B", "IV", "3a", "3=4+5+6",
// "(5)=(4)/(3)x100%", "4(=2*100/3)", "Cột 3", and "_" or "-" for none. Cells
// that were typed with an apostrophe before the number may show it.
var numbering = regexp.MustCompile(`^(?:(?i:cột|cot|col|column) ?)?[(\[{<]?(?:(\d{1,3})([a-z]?)|([IVX]{1,5})|([A-Za-z])|[_–-])[)\]}>.]?( *\(? *=[ 0-9A-Za-z()\[\]+\-−–*/:%×.,]*\)?)?$`)

// columnNumber is a column's number as it is read.
type columnNumber struct {
	number, roman, letter int  // one of them is not 0, or none is: a dash
	again                 bool // "3a": the number of the column before, once more
	bracketed             bool
}

func readColumnNumber(text string) (columnNumber, bool) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "'", ""))
	m := numbering.FindStringSubmatch(text)
	if m == nil {
		return columnNumber{}, false
	}
	n := columnNumber{again: m[2] != "", bracketed: text != "" && strings.IndexByte("([{<", text[0]) >= 0}
	switch {
	case m[1] != "":
		n.number, _ = strconv.Atoi(m[1])
	case m[3] != "":
		n.roman = account.Roman(m[3])
	case m[4] != "":
		n.letter = int(strings.ToUpper(m[4])[0]-'A') + 1
	}
	return n, true
}

// maxAbove is how many rows may stand between a header and the row of its
// column numbers: blank ones, and one that names units.
const maxAbove = 3

// NumberRow returns the row below a header that numbers its columns, or 0.
func NumberRow(g *Grid, h Header, spec Spec) int {
	for n := h.Bottom + 1; n <= h.Bottom+1+maxAbove; n++ {
		r := g.Row(n)
		switch {
		case isBlankRow(r) || namesUnits(r, h, spec):
		case numbersColumns(g, r, h, spec):
			return n
		default:
			return 0
		}
	}
	return 0
}

func isBlankRow(r *cell.Row) bool {
	for _, c := range r.Cells {
		if !isBlank(c) {
			return false
		}
	}
	return true
}

// namesUnits reports whether a row holds words over figures and no label, as
// "Triệu đồng" below each header.
func namesUnits(r *cell.Row, h Header, spec Spec) bool {
	if spec.Label >= 0 && h.Columns[spec.Label].text(r) != "" || spec.Code >= 0 && h.Columns[spec.Code].text(r) != "" {
		return false
	}
	for _, c := range r.Cells {
		if _, ok := readColumnNumber(Text(c)); c.Kind != cell.Text || ok {
			return false
		}
	}
	return true
}

// numbersColumns reports whether a row is that of the column numbers: each cell
// holds one, and they go up one by one from 1, I, A or "A, B, 1, 2". With gaps,
// where columns were taken out, the label must be a number too and those below
// it none, or all stand in brackets. In a table of two columns the label itself
// must be one.
func numbersColumns(g *Grid, r *cell.Row, h Header, spec Spec) bool {
	var seen []columnNumber
	bracketed := true
	for _, c := range r.Cells {
		text := Text(c)
		if text == "" {
			continue
		}
		n, ok := readColumnNumber(text)
		if !ok {
			return false
		}
		bracketed = bracketed && n.bracketed
		seen = append(seen, n)
	}
	label := ""
	if spec.Label >= 0 {
		label = h.Columns[spec.Label].text(r)
	}
	_, labelled := readColumnNumber(label)
	labelled = labelled && label != ""
	switch {
	case len(seen) == 2:
		return labelled && ascend(seen, 1) && (seen[0].letter == 1 || seen[0].number == 1) && (seen[1].number > 0)
	case len(seen) < 2:
		return false
	case ascend(seen, 1):
		return true
	}
	return ascend(seen, 3) && (bracketed || labelled && namesFollow(g, r.Number, h, spec))
}

// namesFollow reports whether the next label is a name.
func namesFollow(g *Grid, row int, h Header, spec Spec) bool {
	for i := range g.Rows {
		if r := &g.Rows[i]; r.Number > row {
			if text := h.Columns[spec.Label].text(r); text != "" {
				_, err := strconv.Atoi(text)
				return err != nil
			}
		}
	}
	return false
}

// ascend reports whether column numbers go up, by at most so much each:
// letters, then numbers, from the first of each; or Roman numerals.
func ascend(seen []columnNumber, step int) bool {
	letter, number, roman, numbers := 0, 0, 0, 0
	for i, n := range seen {
		switch {
		case n.roman > 0 && roman+1 <= n.roman && n.roman <= roman+step && number == 0 && (i > 0 || n.roman == 1) && letter == 0:
			roman, numbers = n.roman, numbers+1
		case n.number > 0 && n.again && n.number == number:
		case n.number > 0 && number+1 <= n.number && n.number <= number+step && (number > 0 || n.number == 1) && roman == 0:
			number, numbers = n.number, numbers+1
		case n.number == 0 && n.roman == 0 && n.letter == 0:
		case n.asLetter() == letter+1 && number == 0 && roman == 0:
			letter = n.asLetter()
		default:
			return false
		}
	}
	return numbers >= 2 || numbers == 1 && len(seen) == 2 || letter >= 4
}

// asLetter is the number's place in the alphabet; "I" is a letter, too.
func (n columnNumber) asLetter() int {
	if n.letter > 0 {
		return n.letter
	}
	return map[int]int{1: 9, 5: 22, 10: 24}[n.roman] // I, V, X
}
