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

// Take reads a row of the body, and reports whether it is a record.
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

// Count takes the record that was read last into all counters, and notes what
// is wrong with it.
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

// note counts n records that are alike, and what is wrong with them.
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

// read decodes the columns of a row, and returns how many are filled; a number
// of the row alone does not count.
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

// readMerged reads cells that are merged with one above them. A unit is that of
// all the records; of a day, a choice or a text that cannot be known. An
// amount is that of all together, and counts once.
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

// repeats reports whether the row is the header once more, as on each printed
// page: every filled column holds a text that stands above it.
func (l *List) repeats() bool {
	for _, col := range l.Columns {
		if col.raw != nil && !slices.ContainsFunc(col.headings, func(h string) bool { return sameText(col.raw, h) }) {
			return false
		}
	}
	return true
}

// isNumbered reports whether the row is that of the column numbers once more.
func (l *List) isNumbered() bool {
	for _, col := range l.Columns {
		if string(bytes.TrimSpace(col.raw)) != col.numbered {
			return false
		}
	}
	return true
}

// sameText reports whether a cell's content says what a header says; white
// space and line breaks do not count.
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

// mayBeTotal saves folding a million ids: the label of a total has no digits,
// or they stand behind a colon or in parentheses.
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

// counts reports whether a row is a total whose count stands among the ids: it
// has no day and no choice, where the list has columns of them, and its id is
// how many records stand above it.
func (l *List) counts() bool {
	if l.Records < 2 || l.decides() || !slices.ContainsFunc(l.Columns, func(c *Column) bool { return c.Type == plan.Date || c.Type == plan.Choice }) {
		return false
	}
	n, err := strconv.ParseInt(string(bytes.TrimSpace(l.Key.raw)), 10, 64)
	return err == nil && n == l.Records
}

// isOdd reports whether the record is numbered neither by its id nor otherwise,
// and has no date and no choice: headings and totals may look like that.
func (l *List) isOdd() bool {
	if l.Key != nil && hasDigit(l.Key.raw) {
		return false
	}
	return !l.decides() && !slices.ContainsFunc(l.Columns, func(c *Column) bool { return c.numbering && hasDigit(c.raw) })
}

// adds reports whether the row has numbers and nothing else, not even its own,
// in a list of more than numbers: it is a total.
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

// setAside notes a row that is taken as no record and may be meant as one: a
// total has numbers only, a heading one text. Texts that stand apart below the
// records are of those who sign.
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

// isSignature reports whether the row holds the offices or names of those who
// sign: it stands apart from the records, and while all of those have a digit
// in their ids, a date, a choice or a number, it has none.
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
