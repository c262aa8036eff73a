package fact

import (
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/account"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
	"github.com/parcheck/parcheck/pkg/table"
)

// added is a column of a table whose figures are added up.
type added struct {
	column   *plan.Column
	found    table.Found
	money    *money
	decimals int      // of the figure that has the most
	sums     []addend // of each row, once it was asked for
}

// addend is the role of a row in the sum of a column.
type addend uint8

const (
	anOther addend = iota // it has none
	anAddend
	aPart  // of an addend
	aBlank // a detail without a figure in the column
)

// summed returns the role of each row in the sum of a column that is added up.
func (t *body) summed(column int) []addend {
	a := &t.added[column]
	if a.sums == nil {
		a.sums = make([]addend, len(t.rows))
		for i := range t.rows {
			if t.rows[i].Role == account.Part {
				a.sums[i] = aPart
			}
		}
		for _, i := range t.account.Missing(column) {
			a.sums[i] = aBlank
		}
		for _, i := range t.account.Addends(column) {
			a.sums[i] = anAddend
		}
	}
	return a.sums
}

// maxDecimals bounds the decimals by which sums are compared.
const maxDecimals = 9

// takeAccount classifies the rows of a form or a cross-table by their words and
// their figures.
func (c *content) takeAccount(t *body) {
	if t.Shape == plan.Cross {
		c.nameless(t)
	}
	rows := make([]account.Row, len(t.rows))
	for i := range t.rows {
		r := &t.rows[i]
		rows[i] = account.Row{Role: r.Role, Label: r.Label, Key: c.keys.Key(r.Label), Code: r.Code, Indent: r.Indent, Owned: r.Owned, Known: c.isUnit(t, r)}
	}
	opt := account.Options{Totals: t.spec.Totals, Added: t.Shape == plan.Cross}
	var columns []account.Column
	if opt.Added {
		columns = c.addColumns(t, rows)
	}
	t.account = account.Take(rows, columns, opt)
	for i := range t.rows {
		r := &t.rows[i]
		r.Role = t.account.Entries[i].Role
		for _, above := range t.account.Above(i) {
			r.Above = append(r.Above, t.rows[above].Label)
		}
	}
}

// nameless accepts the rows without a name where they are most of a table; only
// their figures then say what they are.
func (c *content) nameless(t *body) {
	var unnamed records.Span
	named := int64(0)
	for i := range t.rows {
		switch t.rows[i].Role {
		case account.Detail:
			named++
		case account.Unnamed:
			unnamed.Add(t.rows[i].Number)
		case account.Nothing, account.Heading, account.Subtotal, account.Total, account.Part, account.Aside, account.Note, account.Beyond:
		}
	}
	if unnamed.N <= named {
		return
	}
	for i := range t.rows {
		if t.rows[i].Role == account.Unnamed {
			t.rows[i].Role = account.Detail
		}
	}
	d := diag.New(diag.BlankCell, c.rowsAt(t, unnamed), lang.F(
		"%s of %s have no name: what they are is told by their figures alone; name them",
		"%s của bảng %s không có tên: chỉ dựa vào số liệu để biết là dòng gì; hãy ghi tên các dòng", rowCount(unnamed.N), t.Title))
	d.Severity = diag.Warning
	c.diags = append(c.diags, d)
}

// isAdded reports whether the rows of a table are added up: a fact totals one
// of its columns, or its rows are agencies, none of which is a total. Of other
// tables single cells are read, and such a table may list only some of the
// parts that its first row sums.
func (c *content) isAdded(t *body) bool {
	return t.unitColumn().Col > 0 || slices.ContainsFunc(t.Columns, func(col plan.Column) bool {
		totalled, _ := c.totals(t.Table, col.ID)
		return totalled
	})
}

// isUnit reports whether a row is that of an agency of the roster.
func (c *content) isUnit(t *body, r *table.Row) bool {
	if c.roster == nil || t.unitColumn().Col == 0 || r.Label == "" {
		return false
	}
	return c.roster.Find(r.Label) != nil
}

// addColumns reads the figures of the columns that are added up: those that a
// fact totals or, where none does, all that hold numbers.
func (c *content) addColumns(t *body, rows []account.Row) []account.Column {
	t.added = t.added[:0]
	for _, all := range []bool{false, true} {
		for i := range t.Columns {
			col, f := &t.Columns[i], t.header.Columns[i]
			if totalled, _ := c.totals(t.Table, col.ID); col.Type == plan.Number && f.Col > 0 && len(f.Also) == 0 && (all || totalled) {
				t.added = append(t.added, added{column: col, found: f, money: t.money[col.ID]})
			}
		}
		if len(t.added) > 0 {
			break
		}
	}
	out := make([]account.Column, len(t.added))
	values := make([]value, len(rows))
	for i := range rows {
		rows[i].Figures = make([]account.Figure, len(t.added))
	}
	for k := range t.added {
		a := &t.added[k]
		_, counted := c.totals(t.Table, a.column.ID)
		out[k].Rounded = !counted
		for i := range rows {
			values[i] = a.read(&t.rows[i])
			if values[i].state == Reported {
				n, _ := number.Decimals(values[i].number, maxDecimals)
				a.decimals = max(a.decimals, n)
			}
		}
		scale := power(a.decimals)
		for i, v := range values {
			rows[i].Figures[k] = scaled(v, a.decimals, scale, int64(len(rows)))
		}
	}
	return out
}

// read reads the figure of a row in the column.
func (a *added) read(r *table.Row) value {
	switch r.Role {
	case account.Nothing, account.Beyond:
		return value{state: Missing}
	case account.Detail, account.Heading, account.Subtotal, account.Total, account.Part, account.Aside, account.Note, account.Unnamed:
	}
	c, crowded := a.found.Cell(r.Row)
	if crowded {
		return value{state: Invalid}
	}
	return readCell(c, a.column, a.money)
}

// scaled is a value in units of the last decimal, as the account adds it up.
func scaled(v value, decimals int, scale number.Exact, rows int64) account.Figure {
	switch v.state {
	case Missing:
		return account.Figure{}
	case Invalid:
		return account.Figure{State: account.Unreadable}
	case Reported:
	}
	const most = 1 << 62
	n, ok := v.number.Mul(scale).Floor().Int64()
	if !ok || n > most/max(rows, 1) || n < -most/max(rows, 1) {
		return account.Figure{State: account.Unreadable}
	}
	own, _ := number.Decimals(v.number, maxDecimals)
	last, _ := power(decimals - own).Int64()
	return account.Figure{State: account.Known, N: n, Last: last}
}

// power returns ten to the power of n.
func power(n int) number.Exact {
	x := number.Int(1)
	for range n {
		x = x.Mul(number.Int(10))
	}
	return x
}

// totals reports whether a fact totals a column of a table, and whether one
// that counts things does.
func (c *job) totals(t *plan.Table, column string) (some, counted bool) {
	for i := range c.plan.Facts {
		f := &c.plan.Facts[i]
		for j := range f.From {
			if s := &f.From[j]; s.Op == plan.TotalSource && s.Table == t.ID && s.Column == column {
				some, counted = true, counted || f.Kind == plan.CountFact
			}
		}
	}
	return some, counted
}

// addedColumn returns the index of a column among those that are added up, or -1.
func (t *body) addedColumn(id string) int {
	return slices.IndexFunc(t.added, func(a added) bool { return a.column.ID == id })
}

// reportAccount reports what the account could not decide, and what it decided
// by the words or the figures alone.
func (c *checker) reportAccount(t *body) {
	if t.account == nil {
		return
	}
	doubts := t.account.Doubts
	if !c.isAdded(t) {
		doubts = slices.DeleteFunc(slices.Clone(doubts), func(d account.Doubt) bool {
			return d.Kind != account.Mismatch || !account.IsTotal(t.rows[d.Row].Label, t.spec.Totals)
		})
	}
	for len(doubts) > 0 {
		n := 1
		for n < len(doubts) && alike(doubts[0], doubts[n]) {
			n++
		}
		c.diags = append(c.diags, c.doubt(t, doubts[:n]))
		doubts = doubts[n:]
	}
}

// alike reports whether two doubts make one message.
func alike(a, b account.Doubt) bool {
	return a.Kind == b.Kind && (a.Kind == account.Unnumbered || a.Kind == account.Outside)
}

func (c *checker) doubt(t *body, doubts []account.Doubt) diag.Diagnostic {
	d := doubts[0]
	at := c.rowAt(t, d.Row, d.Column)
	text := t.doubtText(doubts)
	check := diag.UnclearRow
	switch d.Kind {
	case account.Mismatch, account.Exceeding:
		check = diag.TotalMismatch
	case account.Contrary, account.Unclear, account.Uncovered, account.OpenParts:
	case account.Unsaid, account.Short, account.AsParts, account.Unchecked, account.Unnumbered, account.Outside:
		check = diag.AssumedRow
	}
	out := diag.New(check, at, text)
	if d.Kind == account.Mismatch || d.Kind == account.Exceeding {
		out.Related = []diag.Related{{Pos: c.rowAt(t, d.First, d.Column), Message: lang.T("the first of the rows", "dòng đầu tiên trong số đó")}}
	}
	return out
}

// rowAt is the place of a row, or of its cell in a column that is added up.
func (c *content) rowAt(t *body, row, column int) diag.Pos {
	r := &t.rows[row]
	if column >= 0 {
		cl, _ := t.added[column].found.Cell(r.Row)
		return c.at(t.sheet, r.Number, max(cl.Col, t.added[column].found.Col))
	}
	return diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: diag.Area{Row: r.Number, ToRow: r.Number}}
}

// doubtText explains a doubt about a row and its remedy. Of several doubts of
// one kind it explains the first and counts them.
func (t *body) doubtText(doubts []account.Doubt) lang.Text {
	d := doubts[0]
	name := t.rowName(d.Row)
	run := t.run(d.First, d.Last)
	switch d.Kind {
	case account.Mismatch, account.Exceeding:
		a := &t.added[d.Column]
		sum := number.Int(d.Sum).Quo(power(a.decimals))
		stated := a.read(&t.rows[d.Row]).number
		if d.Kind == account.Exceeding {
			return lang.F("%s is %s, and its parts in %s add up to %s: parts cannot be more than the whole; mend the figures",
				"%s là %s, nhưng các phần của dòng này ở %s cộng lại là %s: phần không thể lớn hơn tổng; hãy sửa số liệu",
				name, number.Short(stated, 6), run, number.Short(sum, 6))
		}
		difference := number.Short(distance(stated, sum), 6)
		if d.Addends == 1 {
			return lang.F("%s is %s, and the figure in %s is %s, a difference of %s: mend the sum or its rows",
				"%s là %s, nhưng số liệu ở %s là %s, chênh lệch %s: hãy sửa dòng cộng hoặc dòng thành phần",
				name, number.Short(stated, 6), run, number.Short(sum, 6), difference)
		}
		return lang.F("%s is %s, and the %d figures in %s add up to %s, a difference of %s: mend the sum or its rows",
			"%s là %s, nhưng %d số liệu ở %s cộng lại là %s, chênh lệch %s: hãy sửa dòng cộng hoặc các dòng thành phần",
			name, number.Short(stated, 6), d.Addends, run, number.Short(sum, 6), difference)
	case account.Contrary:
		return lang.F("%s is numbered as one of the rows beside it, and its figures are the sums of %s: it cannot be told whether it counts; take its number away or name it as a total",
			"%s được đánh số như các dòng khác, nhưng số liệu bằng tổng của %s: không xác định được dòng này có được cộng không; hãy bỏ số thứ tự hoặc ghi rõ là dòng tổng", name, run)
	case account.Unclear:
		return lang.F("%s may be the sum of %s, which its words do not say: it cannot be told whether it counts; name it as a total, or number the rows",
			"%s có thể là tổng của %s, nhưng tên dòng không cho biết: không xác định được dòng này có được cộng không; hãy ghi rõ là dòng tổng, hoặc đánh số các dòng", name, run)
	case account.Uncovered:
		return lang.F("%s is in none of the totals of the table, and none of them is that of all rows: it cannot be told what is added up; add a total of the whole table",
			"%s không thuộc dòng tổng nào của bảng, và không có dòng tổng của cả bảng: không xác định được những dòng nào được cộng; hãy thêm dòng tổng của cả bảng", name)
	case account.Short:
		a := &t.added[d.Column]
		return lang.F("%s is %s, and its parts in %s add up to %s, where the parts of other rows are all of them: look whether a figure is wrong",
			"%s là %s, nhưng các phần ở %s cộng lại là %s, trong khi các dòng khác đều bằng tổng các phần: hãy kiểm tra có số nào sai không",
			name, number.Short(a.read(&t.rows[d.Row]).number, 6), run, number.Short(number.Int(d.Sum).Quo(power(a.decimals)), 6))
	case account.AsParts:
		return lang.F("%s is not the sum of %s below it, and the total of the table counts it and not them: they are taken as its parts",
			"%s không bằng tổng của %s nằm dưới, và dòng tổng của bảng tính dòng này chứ không tính các dòng đó: được coi là các phần của dòng này", name, run)
	case account.Unchecked:
		return lang.F("%s is used and could not be checked: %s has no figure that can be read in this column",
			"%s được dùng nhưng không kiểm tra được: %s không có số liệu đọc được ở cột này", name, t.rowName(d.First))
	case account.OpenParts:
		return lang.F("it cannot be told which of the rows below %s are parts of %s: put a dash before their names, or number the others",
			"không xác định được những dòng nào dưới %s là một phần của %s: hãy ghi dấu gạch trước tên các dòng đó, hoặc đánh số các dòng khác", name, t.rowName(d.First))
	case account.Unsaid:
		return lang.F("%s is the sum of %s, and its words do not say so: it is taken as their sum and not added to them; name it as a total",
			"%s bằng tổng của %s, nhưng tên dòng không cho biết: được coi là dòng cộng và không cộng thêm; hãy ghi rõ là dòng tổng", name, run)
	case account.Unnumbered:
		return lang.F("%s without a number where others have one, the first %s: counted as the others; number them, or put a dash before the names of parts",
			"%s không có số thứ tự trong khi các dòng khác có, đầu tiên là %s: được tính như các dòng khác; hãy đánh số, hoặc ghi dấu gạch trước tên nếu là một phần của dòng trên", rowCount(int64(len(doubts))), name)
	case account.Outside:
		return lang.F("%s with figures outside the total, the first %s: not counted; move it into the table or say what it is",
			"%s có số liệu nằm ngoài dòng tổng, đầu tiên là %s: không được tính; hãy đưa vào bảng hoặc ghi rõ nội dung", rowCount(int64(len(doubts))), name)
	}
	return lang.Text{}
}

// rowName names a row in a message: row 12 "Cấp tỉnh".
func (t *body) rowName(i int) lang.Text {
	r := &t.rows[i]
	label := strings.TrimSpace(r.Label)
	if label == "" {
		return lang.F("row %d", "hàng %d", r.Number)
	}
	return lang.F("row %d %q", "hàng %d %q", r.Number, clip(label))
}

// run names the rows from one to another: rows 5 to 9.
func (t *body) run(first, last int) lang.Text {
	a, b := t.rows[first].Number, t.rows[last].Number
	if a == b {
		return lang.F("row %d", "hàng %d", a)
	}
	return lang.F("rows %d to %d", "các hàng %d đến %d", a, b)
}

// undecided says why the sum of a column cannot be given; false where it can.
func (t *body) undecided(column int) (lang.Text, bool) {
	d, ok := t.account.Undecided(column)
	if !ok {
		return lang.Text{}, false
	}
	return t.doubtText([]account.Doubt{d}), true
}
