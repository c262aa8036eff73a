package fact

import (
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
	"github.com/parcheck/parcheck/pkg/term"
)

// The unit of money (đơn vị tính) of an amount stands in a line above its
// table, in or below the header of its column, or in a column of units beside
// it. These places must agree. A table without one uses the nearest line above.

// scale is the value of one unit of an amount, or the reason why it is unknown.
type scale struct {
	times number.Exact
	said  bool // some text names the unit
	why   lang.Text
}

// known reports whether the unit is known.
func (s scale) known() bool { return s.why.IsZero() }

// scaleOf returns the scale of a column's amounts.
func (t *body) scaleOf(column string) scale {
	if s, ok := t.scales[column]; ok {
		return s
	}
	return scale{times: number.Int(1)}
}

// findScales reads the units of money of a table.
func (c *content) findScales(t *body) {
	if len(t.Scale) == 0 {
		return
	}
	t.scales = map[string]scale{}
	above, at, said := c.scaleAbove(t)
	above, at, said = c.scaleOfRows(t, above, at, said)
	above, at, said = c.scaleOfMapping(t, above, at, said)
	unsaid := !said
	var amounts, silent []string
	for i := range t.Columns {
		col, f := &t.Columns[i], t.header.Columns[i]
		if col.Type != plan.Number || f.Col == 0 {
			continue
		}
		t.scales[col.ID] = scale{times: number.Int(1)}
		if said {
			t.scales[col.ID] = above
		}
		own, text, ok := c.scaleOfHeader(t, f)
		pos := c.at(t.sheet, t.header.Top, f.Col)
		switch {
		case !ok:
		case !own.known():
			c.diags.Add(diag.NotNumber, pos, own.why)
			t.scales[col.ID] = own
		case said && above.known() && !above.times.Equal(own.times):
			why := lang.F("the column %q is in %q, and the line above the table gives another unit of money: which one holds cannot be told; mend one of them",
				"cột %q ghi đơn vị %q, còn dòng phía trên bảng ghi đơn vị tính khác: không xác định được đơn vị đúng; hãy sửa lại", clip(f.Path), clip(text))
			c.diags.Add(diag.NotNumber, pos, why, diag.Related{Pos: at, Message: lang.T("the unit of the table", "đơn vị tính của bảng")})
			t.scales[col.ID] = scale{why: why}
		default:
			t.scales[col.ID] = own
		}
		if c.isAmount(t.Table, col.ID) {
			amounts = append(amounts, col.ID)
			if !ok && unsaid {
				silent = append(silent, f.Path)
			}
		}
	}
	c.reportUnscaled(t, amounts, silent, unsaid)
}

// reportUnscaled reports amounts without a unit of money.
func (c *content) reportUnscaled(t *body, amounts, silent []string, unsaid bool) {
	if !unsaid || len(amounts) > 0 && len(silent) == 0 {
		return
	}
	what := lang.F("%s does", "%s", t.Title)
	if len(silent) < len(amounts) {
		what = lang.F("%s in its column %s does", "%s ở cột %s", t.Title, quoted(silent))
	}
	d := diag.New(diag.NotNumber, c.headerAt(t.located), lang.F(
		`%s not say its unit of money: its figures are taken as they stand; write the unit above the table, such as "ĐVT: %s"`,
		`%s không ghi đơn vị tính: số liệu được lấy nguyên như đã ghi; hãy ghi phía trên bảng, ví dụ "ĐVT: %s"`, what, scaleNames(t.Table)[0]))
	d.Severity = diag.Warning
	c.diags = append(c.diags, d)
}

// isAmount reports whether a fact is an amount that stands in a column.
func (c *job) isAmount(t *plan.Table, column string) bool {
	return slices.ContainsFunc(c.plan.Facts, func(f plan.Fact) bool { return f.Kind == plan.AmountFact && readsColumn(f, t.ID, column) })
}

// readsColumn reports whether a source of a fact is a column of a table.
func readsColumn(f plan.Fact, table, column string) bool {
	return slices.ContainsFunc(f.From, func(s plan.Source) bool { return s.Table == table && s.Column == column })
}

// scaleAbove reads the lines above a table: those between it and the table
// above must agree; if there are none, the nearest one further up applies.
func (c *content) scaleAbove(t *body) (out scale, at diag.Pos, said bool) {
	from := c.above(t)
	for i := len(c.captionLines) - 1; i >= 0; i-- {
		s := &c.captionLines[i]
		if s.at.Sheet != t.sheet.Name || s.at.Area.Row > t.header.Bottom || !s.money && !slices.Contains(scaleCaptions, s.name) && !slices.Contains(scaleWords, s.name) {
			continue
		}
		if s.money && s.at.Area.Row >= t.header.Top {
			continue // it heads a column
		}
		unit := s.value
		if unit == "" && s.next != nil {
			unit = s.next.value
		}
		own := s.at.Area.Row > from
		if said && !own {
			break
		}
		found := readScale(t.Table, unit)
		sure := s.colon && slices.Contains(scaleCaptions, s.name) && own && s.at.Area.Row < t.header.Top
		switch {
		case !found.known() && !sure && !namesMoney(unit), unit == "":
		case !said:
			out, at, said = found, s.at, true
			if !found.known() {
				c.diags.Add(diag.NotNumber, s.at, found.why)
				return out, at, true
			}
		case found.known() && !found.times.Equal(out.times):
			out = scale{why: lang.F("the unit of money is %q here, and another one in %s: which one holds cannot be told; keep one",
				"đơn vị tính ở đây là %q, còn ở %s là đơn vị khác: không xác định được đơn vị đúng; hãy giữ một", clip(unit), at.InSheet())}
			c.diags.Add(diag.NotNumber, s.at, out.why, diag.Related{Pos: at, Message: term.OtherUnit})
			return out, at, true
		}
	}
	return out, at, said
}

// namesMoney reports whether a text names units of money, and several or those
// of another currency are among them.
func namesMoney(unit string) bool {
	powers, foreign := label.Money(unit)
	return len(powers) > 0 || foreign
}

// above returns the row at which the next table above begins in its sheet, or
// 0: captions below it are the table's own.
func (c *content) above(t *body) int {
	row := 0
	for _, o := range c.tables {
		if o.sheet == t.sheet && o.header.Bottom < t.header.Top {
			row = max(row, o.header.Bottom)
		}
	}
	return row
}

// scaleOfHeader reads the unit of money that the header of a column names, or a
// cell below it that still belongs to the header.
func (c *content) scaleOfHeader(t *body, f table.Found) (out scale, text string, ok bool) {
	var texts []string
	for _, part := range strings.Split(f.Path, " / ") {
		key := c.keys.Key(part)
		if name, cut := label.CutMoney(key); cut {
			part = strings.TrimLeft(key[len(name):], " :*.,;-")
		}
		texts = append(texts, part)
	}
	for n := t.header.Top; n <= max(t.header.Bottom, t.header.Numbers)+1; n++ {
		if under := table.Text(t.headerCell(n, f.Col)); label.IsMoney(under) {
			texts = append(texts, under)
		}
	}
	for _, unit := range texts {
		if !namesMoney(unit) {
			continue
		}
		found := readScale(t.Table, unit)
		switch {
		case !found.known():
			return found, unit, true
		case ok && !found.times.Equal(out.times):
			return scale{why: lang.F("the header %q names two units of money, %q and %q: keep one",
				"tiêu đề %q ghi hai đơn vị tính, %q và %q: hãy giữ một", clip(f.Path), clip(text), clip(unit))}, unit, true
		}
		out, text, ok = found, unit, true
	}
	return out, text, ok
}

// scaleOfRows reads the units of money in a column of their own ("ĐVT" over "tỷ
// đồng"), and compares them with the line above the table. All rows must have
// one unit, because amounts are added up.
func (c *content) scaleOfRows(t *body, above scale, at diag.Pos, said bool) (out scale, where diag.Pos, found bool) {
	col := t.columnOfUnits()
	if col == 0 || said && !above.known() {
		return above, at, said
	}
	for i := range t.sheet.grid.Rows {
		r := &t.sheet.grid.Rows[i]
		if r.Number <= max(t.header.Bottom, t.header.Numbers) || t.end > 0 && r.Number >= t.end {
			continue
		}
		unit := table.Text(r.At(col))
		if !label.IsMoney(unit) {
			continue
		}
		pos, own := c.at(t.sheet, r.Number, col), readScale(t.Table, unit)
		switch {
		case !own.known():
			c.diags.Add(diag.NotNumber, pos, own.why)
			return own, pos, true
		case !said && t.Shape == plan.List:
			return above, at, false // its later rows are not known yet
		case !said:
			above, at, said = own, pos, true
		case !own.times.Equal(above.times):
			why := lang.F("the unit of money is %q here, and another one in %s: amounts of several units are not added up; write all in one unit",
				"đơn vị tính ở đây là %q, còn ở %s là đơn vị khác: không cộng số tiền khác đơn vị tính; hãy ghi theo một đơn vị", clip(unit), at.InSheet())
			c.diags.Add(diag.NotNumber, pos, why, diag.Related{Pos: at, Message: term.OtherUnit})
			return scale{why: why}, pos, true
		}
	}
	return above, at, said
}

// scaleOfMapping takes the unit of money that a mapping gives a form, and
// compares it with the one that the form states.
func (c *content) scaleOfMapping(t *body, above scale, at diag.Pos, said bool) (out scale, where diag.Pos, found bool) {
	if t.form == nil || t.form.Money == "" {
		return above, at, said
	}
	own := readScale(t.Table, t.form.Money)
	switch {
	case !said:
		t.moneyMapped = own.known()
		return own, t.form.Place, true
	case above.known() && own.known() && !own.times.Equal(above.times):
		why := lang.F("the unit of money is %q by the mapping, and another one here: which one holds cannot be told; mend the mapping or the form",
			"đơn vị tính theo bảng đối chiếu là %q, còn ở đây là đơn vị khác: không xác định được đơn vị đúng; hãy sửa bảng đối chiếu hoặc biểu", t.form.Money)
		c.diags.Add(diag.MappingContradicts, at, why, diag.Related{Pos: t.form.Place, Message: term.MappingHas})
		return scale{why: why}, at, true
	}
	return above, at, said
}

// columnOfUnits returns the column of a sheet whose header is "ĐVT", or 0.
func (t *located) columnOfUnits() int {
	for n := t.header.Top; n <= t.header.Bottom; n++ {
		for _, cl := range t.sheet.grid.Row(n).Cells {
			if key := label.Key(table.Text(cl)); slices.Contains(scaleCaptions, key) || slices.Contains(scaleWords, key) {
				return cl.Col
			}
		}
	}
	return 0
}

// headerCell returns the text of a header row above a column; under a merge,
// that of the merge.
func (t *located) headerCell(row, col int) cell.Cell {
	for _, m := range t.sheet.grid.Merges {
		if row >= m.Row && row <= m.ToRow && col >= m.Col && col <= m.ToCol {
			row, col = m.Row, m.Col
			break
		}
	}
	return t.sheet.grid.Row(row).At(col)
}

// readScale returns the value of a unit, by its parts or by the plan's name of
// it. Other text may follow the name: "triệu đồng, %".
func readScale(t *plan.Table, unit string) scale {
	powers, foreign := label.Money(unit)
	if len(powers) == 1 && !foreign {
		if one, ok := oneDong(t); ok {
			return scale{times: one.Mul(tenTo(powers[0])), said: true}
		}
	}
	if len(powers) <= 1 {
		if times, ok := scaleNamed(t, unit); ok {
			return scale{times: times, said: true}
		}
	}
	if len(powers) > 1 || len(powers) == 1 && foreign {
		return scale{why: lang.F("%q names several units of money: which one holds cannot be told; keep one",
			"%q ghi nhiều đơn vị tính: không xác định được đơn vị đúng; hãy giữ một", clip(unit))}
	}
	return scale{why: lang.F("the unit of money %q is not known: want one of %s", "đơn vị tính %q chưa được biết: cần một trong %s",
		clip(unit), quoted(scaleNames(t)))}
}

// oneDong returns how much one đồng is in a table: by the first of the plan's
// names that is a unit of money.
func oneDong(t *plan.Table) (number.Exact, bool) {
	for _, s := range t.Scale {
		for _, n := range s.Names {
			if powers, foreign := label.Money(n); len(powers) == 1 && !foreign {
				return s.Times.Quo(tenTo(powers[0])), true
			}
		}
	}
	return number.Exact{}, false
}

func tenTo(power int) number.Exact {
	out := number.Int(1)
	for range power {
		out = out.Mul(number.Int(10))
	}
	return out
}

// scaleNamed returns how much a unit is by the longest of the plan's names that
// it begins with.
func scaleNamed(t *plan.Table, unit string) (times number.Exact, ok bool) {
	key, longest := label.Key(unit), -1
	for _, s := range t.Scale {
		for _, n := range s.Names {
			name := label.Key(n)
			rest, begins := strings.CutPrefix(key, name)
			if begins && len(name) > longest && (rest == "" || strings.ContainsRune(" ,;/(", rune(rest[0]))) {
				times, ok, longest = s.Times, true, len(name)
			}
		}
	}
	return times, ok
}

func scaleNames(t *plan.Table) []string {
	var names []string
	for _, s := range t.Scale {
		names = append(names, s.Names...)
	}
	return names
}
