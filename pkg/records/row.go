package records

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/account"
	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Take reads a row below the header, and reports whether it is a record.
func (l *List) Take(row *cell.Row) bool {
	if l.cover != nil {
		l.uncover(row)
	}
	if row.Number == l.numbers || !l.isRecord(row, l.read(row)) {
		return false
	}
	l.Records++
	l.last = row.Number
	if l.below.N+l.Signed.N > 0 {
		l.Loose.join(l.below)
		l.Texts.join(l.Signed)
		l.below, l.Signed = Span{}, Span{}
	}
	return true
}

// Count adds the record that was read last to all counters, and counts its
// mistakes.
func (l *List) Count(row *cell.Row) {
	if row.Hidden {
		l.Hidden.Add(row.Number)
	}
	if l.isOdd() {
		l.Odd.Add(row.Number)
	}
	for _, col := range l.Columns {
		if col.ids != nil && col.state != Blank {
			col.ids.add(col.raw)
		}
		if col.oddity != Sound {
			col.Odd[col.oddity].Add(row.Number)
		}
	}
	if l.Key != nil && l.Key.merged {
		l.Key.problem(diag.UnderMerge, row.Number, 1, nil)
	}
	unit := 0
	if l.Units != nil {
		unit = l.Units.of(row.At(l.Units.At))
	}
	l.note(row.Number, 1, unit)
}

// note counts n equal records and their mistakes.
func (l *List) note(row int, n int64, unit int) {
	for _, col := range l.Columns {
		col.tell(row, n)
	}
	for i := range l.Orders {
		o := &l.Orders[i]
		if o.Earlier.state == Readable && o.Later.state == Readable && o.pair.isAfter() {
			o.Bad.add(row, n)
		}
	}
	if l.Units != nil {
		switch l.Units.state {
		case Readable:
		case Unreadable:
			l.Units.tell(row, n)
		case Blank:
			l.Unitless.add(row, n)
		}
	}
	l.count(row, n, unit)
}

// read decodes the columns of a row, and returns how many are filled; the
// number of the row does not count as one.
func (l *List) read(row *cell.Row) int {
	filled := 0
	for _, col := range l.Columns {
		col.clear()
	}
	next := 0
	for _, col := range l.Columns {
		// columns are mostly in the order of the sheet: go on where we are
		if next >= len(row.Cells) || row.Cells[next].Col > col.At {
			next = 0
		}
		for next < len(row.Cells) && row.Cells[next].Col < col.At {
			next++
		}
		if next < len(row.Cells) && row.Cells[next].Col == col.At {
			col.read(&row.Cells[next])
			if row.Cells[next].Formula != cell.NoFormula {
				col.Formulas.Add(row.Number)
			}
			if col.state != Blank && !col.numbering {
				filled++
			}
		}
	}
	if l.cover != nil {
		l.readMerged()
	}
	return filled
}

// readMerged reads cells that are merged with one above them. A unit belongs to
// all the records; a day, a choice or a text is undecided for each of them. An
// amount belongs to all of them together and counts once.
func (l *List) readMerged() {
	for _, col := range l.Columns {
		switch {
		case !col.merged || col.numbering || col == l.Key || col.Type == plan.Number || col.Type == plan.Share:
		case l.Units != nil && col.At == l.Units.At:
			col.clear()
			col.read(&cell.Cell{Kind: cell.Text, Raw: []byte(l.Units.above)})
		default:
			col.bad(diag.UnderMerge, nil)
		}
	}
}

// isRecord tells records from group, total and signature rows, and from a
// header that is printed again. Without ids, a record has two filled cells.
func (l *List) isRecord(row *cell.Row, filled int) bool {
	switch {
	case filled == 0:
		return false
	case l.repeats():
		l.repeatedAt = row.Number
		return false
	case l.repeatedAt > 0 && l.repeatedAt == row.Number-1 && l.isNumbered():
		return false
	case l.isTotal():
		return false
	}
	if l.Key == nil {
		if filled == 1 || l.adds() {
			l.setAside(row, filled)
			return false
		}
		return !l.isSignature(row)
	}
	if l.Key.state == Blank {
		if !l.decides() {
			l.setAside(row, filled)
			return false
		}
		return true
	}
	if l.counts() {
		l.setAside(row, filled)
		return false
	}
	if filled == 1 && len(l.Columns) > 2 && (l.Units == nil || row.At(l.Units.At).Kind == cell.Blank) {
		l.KeyOnly.Add(row.Number)
		return false
	}
	return !l.isSignature(row)
}

// repeats reports whether the row repeats the header, as printed pages do:
// every filled column holds a text of the header above it.
func (l *List) repeats() bool {
	for _, col := range l.Columns {
		if col.raw != nil && !slices.ContainsFunc(col.headings, func(h string) bool { return sameText(col.raw, h) }) {
			return false
		}
	}
	return true
}

// isNumbered reports whether the row repeats the row of column numbers.
func (l *List) isNumbered() bool {
	for _, col := range l.Columns {
		if string(bytes.TrimSpace(col.raw)) != col.numbered {
			return false
		}
	}
	return true
}

// sameText reports whether the text of a cell equals that of a header, apart
// from white space and line breaks.
func sameText(raw []byte, header string) bool {
	raw = bytes.TrimSpace(raw)
	if len(raw) < len(header) || len(raw) == 0 || raw[0] != header[0] {
		return false
	}
	return string(raw) == header || strings.Join(strings.Fields(string(raw)), " ") == header
}

// isTotal reports whether the row is a total row: its label stands among the
// ids or, in a list without ids, in any column of text.
func (l *List) isTotal() bool {
	if l.Key != nil {
		return l.Key.state != Blank && mayBeTotal(l.Key.raw) && account.IsTotal(string(l.Key.raw), l.totals)
	}
	return l.namesTotal()
}

// namesTotal reports whether a column of text holds the label of a total.
func (l *List) namesTotal() bool {
	return slices.ContainsFunc(l.Columns, func(c *Column) bool {
		return c.Type == plan.Text && c.state != Blank && account.IsTotal(string(c.raw), l.totals)
	})
}

// mayBeTotal rules most texts out as the label of a total without folding them,
// which matters for a million ids: a total's label has no digits, or has them
// behind a colon or in parentheses.
func mayBeTotal(raw []byte) bool {
	return !hasDigit(raw) || bytes.ContainsAny(raw, ":(")
}

// decides reports whether the row has a readable date or choice: a total row
// has neither.
func (l *List) decides() bool {
	return slices.ContainsFunc(l.Columns, func(c *Column) bool {
		return c.state == Readable && (c.Type == plan.Date || c.Type == plan.Choice)
	})
}

// counts reports whether a row is a total with its count among the ids: it has
// no day and no choice although the list has such columns, and its id equals
// the number of records above it.
func (l *List) counts() bool {
	if l.Records < 2 || l.decides() || !slices.ContainsFunc(l.Columns, func(c *Column) bool { return c.Type == plan.Date || c.Type == plan.Choice }) {
		return false
	}
	n, err := strconv.ParseInt(string(bytes.TrimSpace(l.Key.raw)), 10, 64)
	return err == nil && n == l.Records
}

// isOdd reports whether a record has neither a number of its own, in its id or
// elsewhere, nor a date or choice: it may be a heading or a total.
func (l *List) isOdd() bool {
	if l.Key != nil && hasDigit(l.Key.raw) {
		return false
	}
	return !l.decides() && !slices.ContainsFunc(l.Columns, func(c *Column) bool { return c.numbering && hasDigit(c.raw) })
}

// adds reports whether a row holds only numbers, without a row number, in a
// list that has other columns: it is a total.
func (l *List) adds() bool {
	varied := false
	for _, c := range l.Columns {
		number := c.Type == plan.Number || c.Type == plan.Share
		if c.state == Unreadable || c.state == Readable && !number {
			return false
		}
		varied = varied || !number && !c.numbering
	}
	return varied
}

// setAside counts a row that is not taken as a record although it may be one: a
// total has only numbers, a heading one text. Texts set apart below the records
// are signatures.
func (l *List) setAside(row *cell.Row, filled int) {
	words, misfits := true, false
	for _, c := range l.Columns {
		if c.state != Blank && !c.numbering {
			words = words && row.At(c.At).Kind == cell.Text && (c.state == Unreadable || c.Type == plan.Text)
			misfits = misfits || c.state == Unreadable
		}
	}
	switch {
	case l.Key != nil && (l.adds() || l.Key.state != Blank) || l.namesTotal():
	case words && filled == 1 && !misfits:
	case words && row.Number > max(l.last, l.Loose.Last)+1:
		l.below.Add(row.Number)
	default:
		l.Loose.Add(row.Number)
	}
}

// isSignature reports whether the row holds the offices or names of
// signatories: it is set apart from the records and has no digit in its id,
// date, choice or number, although every record has one of these.
func (l *List) isSignature(row *cell.Row) bool {
	strong := l.Key != nil && hasDigit(l.Key.raw) || slices.ContainsFunc(l.Columns, func(c *Column) bool {
		return c.state == Readable && c.Type != plan.Text
	})
	switch {
	case strong:
		return false
	case l.Records > 0 && !l.plain && row.Number > l.last+1:
		l.Signed.Add(row.Number)
		return true
	}
	l.plain = true
	return false
}

func hasDigit(raw []byte) bool {
	for _, b := range raw {
		if b >= '0' && b <= '9' {
			return true
		}
	}
	return false
}
