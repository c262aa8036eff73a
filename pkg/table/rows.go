package table

import (
	"regexp"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/label"
)

// Class is what a row of a table's body is.
type Class uint8

// The classes. The zero value counts for nothing.
const (
	Other  Class = iota // blank, a repeated header, column numbers, a signature
	Detail              // figures of one thing
	Group               // heads the details below it, with or without their subtotal
	Total               // the sum of the whole table
	Part                // a part of the row above it ("trong đó"), which no sum counts twice
)

// Row is one row of a table's body.
type Row struct {
	*cell.Row
	Class Class
	Label string   // as the sheet has it
	Code  string   // the numbering: "1.1", "I"
	Above []string // labels of the rows that head this one, the outermost first
}

// usualTotals are the labels of total rows, folded.
var usualTotals = []string{
	"tổng số", "tổng cộng", "tổng", "cộng", "toàn tỉnh", "toàn huyện", "toàn xã", "toàn ngành", "total", "grand total",
}

// IsTotal reports whether a label heads a total row: one of the usual words or
// of more, alone or followed by a formula in parentheses, "Tổng cộng (I+II)",
// or by how many they are, "Tổng cộng: 25 hồ sơ".
func IsTotal(text string, more []string) bool { return isTotal(label.Key(text), more) }

func isTotal(key string, more []string) bool {
	if i := strings.IndexAny(key, "(0123456789"); i > 0 {
		key = strings.TrimRight(key[:i], " :-")
	}
	return slices.Contains(usualTotals, key) ||
		slices.ContainsFunc(more, func(t string) bool { return label.Key(t) == key })
}

var (
	roman     = regexp.MustCompile(`^[IVXL]+$`)
	letter    = regexp.MustCompile(`^[A-Z]$`)
	dotted    = regexp.MustCompile(`^\d+(\.\d+)*$`)
	numbering = regexp.MustCompile(`^[(\[]?(\d{1,3}|[A-Za-z])[)\]]?([ ]*=[ 0-9()+\-*/:%]*)?$`)
)

// depth orders numberings: a letter heads Roman numerals, those head numbers,
// and 1 heads 1.1. A row without a numbering is below all.
func depth(code string) int {
	code = strings.TrimRight(code, ".) ")
	switch {
	case code == "":
		return 99
	case roman.MatchString(code):
		return 1
	case letter.MatchString(code):
		return 0
	case dotted.MatchString(code):
		return 2 + strings.Count(code, ".")
	}
	return 98
}

// Body classifies the rows below a header, down to the row before end (0: to
// the end of the grid).
func Body(g *Grid, h Header, spec Spec, end int) []Row {
	var out []Row
	ended := false
	for i := range g.Rows {
		r := &g.Rows[i]
		if r.Number <= h.Bottom || end > 0 && r.Number >= end {
			continue
		}
		row := newRow(g, r, h, spec)
		ended = ended || row.Class == Total
		if ended && row.Class == Detail && !hasFigure(r, h, spec, false) {
			row.Class = Other // below the total stand the names and offices of signers
		}
		out = append(out, row)
	}
	group(out)
	return out
}

func newRow(g *Grid, r *cell.Row, h Header, spec Spec) Row {
	row := Row{Row: r}
	if spec.Label >= 0 {
		row.Label = Text(r.At(h.Columns[spec.Label].Col))
	}
	if spec.Code >= 0 {
		row.Code = Text(r.At(h.Columns[spec.Code].Col))
	}
	key := g.Keys.Key(row.Label)
	switch {
	case r.Number == h.Numbers || repeats(g, r, h):
		return row
	case isTotal(key, spec.Totals):
		row.Class = Total
	case row.Label == "" && isTotal(g.Keys.Key(row.Code), spec.Totals):
		// the label is merged over the numbering: the text stands at the left
		row.Label, row.Code, row.Class = row.Code, "", Total
	case isPart(key):
		row.Class = Part
	case hasFigure(r, h, spec, row.Label != "" || row.Code != ""):
		row.Class = Detail
	case row.Label != "" || row.Code != "":
		row.Class = Group
	}
	if row.Label == "" && row.Class == Group && depth(row.Code) == 98 {
		row.Label, row.Code = row.Code, "" // a heading merged over the whole width
	}
	return row
}

// repeats reports whether a row is the table's header once more, as on each
// printed page.
func repeats(g *Grid, r *cell.Row, h Header) bool {
	same := 0
	for _, f := range h.Columns {
		if f.Col == 0 {
			continue
		}
		text := Text(r.At(f.Col))
		if text == "" {
			continue
		}
		fits := false
		for n := h.Top; n <= h.Bottom && !fits; n++ {
			fits = g.Keys.Key(Text(g.Row(n).At(f.Col))) == g.Keys.Key(text)
		}
		if !fits {
			return false
		}
		same++
	}
	return same > 1
}

// hasFigure reports whether a row holds a figure. Without a label, text counts
// only when it begins like a number: below tables stand the names of signers.
func hasFigure(r *cell.Row, h Header, spec Spec, labelled bool) bool {
	for _, i := range spec.Values {
		if h.Columns[i].Col == 0 {
			continue
		}
		switch c := r.At(h.Columns[i].Col); {
		case c.Kind == cell.Blank && c.Formula != cell.Uncalculated:
		case c.Kind == cell.Text && len(c.Raw) == 0: // a formula that gives nothing
		case c.Kind != cell.Text || labelled:
			return true
		default:
			if text := Text(c); text != "" && text[0] >= '0' && text[0] <= '9' {
				return true
			}
		}
	}
	return false
}

// isPart reports whether a label's key says that the row is a part of the one
// above.
func isPart(key string) bool {
	key = strings.TrimLeft(key, "-+ ")
	return strings.HasPrefix(key, "trong đó") || strings.HasPrefix(key, "bao gồm")
}

// group fills in the labels above each row, and turns details that head others
// (subtotals: "I" over "1", "1" over "1.1") into groups. A row without
// numbering below a numbered detail is a part of that.
func group(rows []Row) {
	type level struct {
		depth, row int
	}
	var stack []level
	for i := range rows {
		r := &rows[i]
		switch r.Class {
		case Other:
			continue
		case Total:
			stack = nil
			continue
		case Detail, Group, Part:
		}
		d := depth(r.Code)
		if r.Class == Group && d >= 98 {
			d = 1 // a heading without numbering
		}
		for len(stack) > 0 && stack[len(stack)-1].depth >= d {
			stack = stack[:len(stack)-1]
		}
		for _, s := range stack {
			r.Above = append(r.Above, rows[s.row].Label)
		}
		if n := len(stack); n > 0 && r.Class == Detail {
			switch over := &rows[stack[n-1].row]; {
			case d >= 98 && stack[n-1].depth >= 2:
				r.Class = Part
			case over.Class == Detail:
				over.Class = Group
			}
		}
		if d < 98 {
			stack = append(stack, level{d, i})
		}
	}
}

// numberRow returns the row below a header that numbers its columns: at least
// three cells, each a number or letter, "(3)", or "3=4+5+6", and nothing else.
func numberRow(g *Grid, h Header) int {
	r := g.Row(h.Bottom + 1)
	n := 0
	for _, c := range r.Cells {
		text := Text(c)
		if text == "" {
			continue
		}
		if !numbering.MatchString(text) {
			return 0
		}
		n++
	}
	if n < 3 || !ascends(r) {
		return 0
	}
	return r.Number
}

// ascends reports whether the numbers of a row go up one by one, as column
// numbers do and figures hardly ever.
func ascends(r *cell.Row) bool {
	last, seen := 0, 0
	for _, c := range r.Cells {
		text := strings.TrimLeft(Text(c), "([")
		n, digits := 0, 0
		for digits < len(text) && text[digits] >= '0' && text[digits] <= '9' {
			n = n*10 + int(text[digits]-'0')
			digits++
		}
		if digits == 0 {
			continue
		}
		if seen > 0 && n != last+1 {
			return false
		}
		last, seen = n, seen+1
	}
	return seen >= 2
}
