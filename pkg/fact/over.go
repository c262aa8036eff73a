package fact

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
)

// A source of a form may cover a longer time than one column or sheet: the year
// to date of a form with a column for each quarter, the mean of twelve months.
// Each part of the time is read as if it were reported on alone; if one part
// has no figure, the whole has none.

// timePart is a part of a source's time, with the tables that hold its figure.
type timePart struct {
	time   plan.Period
	tables []*body
}

// timeOf returns the time of a source; why says where it has none.
func (r *reader) timeOf(src *plan.Source) (time plan.Period, why sourced, ok bool) {
	if time, ok = src.Time(r.period); !ok {
		why = missing(diag.MissingRow, lang.F("%s lies in two years: there is no one year to its end", "%s nằm trong hai năm: không xác định được số từ đầu năm", r.period.Words()))
	}
	return time, why, ok
}

// overTime reads a source in each of the ways in which columns make up its
// time; they must agree.
func (r *reader) overTime(pf *plan.Fact, src *plan.Source) []sourced {
	time, why, ok := r.timeOf(src)
	if !ok {
		return []sourced{why}
	}
	tables := r.tablesFor(src.Table)
	if len(tables) == 0 {
		return []sourced{r.noTable(src.Table)}
	}
	if tables[0].isMonth() {
		parts, why := r.sheetsOver(tables, time)
		if parts == nil {
			return []sourced{why}
		}
		return []sourced{r.combined(pf, src, parts)}
	}
	var out []sourced
	for _, keys := range src.Parts(r.plan.FindTable(src.Table).FindColumn(src.Column), time) {
		var parts []timePart
		for _, key := range keys {
			p := timePart{}
			p.time, _ = time.Part(key)
			for _, t := range tables {
				p.tables = append(p.tables, r.columnsOf(t, p.time))
			}
			parts = append(parts, p)
		}
		out = append(out, r.combined(pf, src, parts))
	}
	if out == nil {
		return []sourced{missing(diag.MissingColumn, lang.F("%s has no columns for %s", "bảng %s không có cột cho %s", tables[0].Title, time.Words()))}
	}
	return out
}

// combined makes one figure of those of the parts of a time.
func (r *reader) combined(pf *plan.Fact, src *plan.Source, parts []timePart) sourced {
	out := sourced{state: Reported}
	for i, p := range parts {
		r.only = p.tables
		s := r.sourceOf(pf, src)
		r.only = nil
		if s.state != Reported {
			s.reason = lang.F("%s: %s", "%s: %s", p.time.Words(), s.reason)
			return s
		}
		out.How = s.How
		out.Evidence = append(out.Evidence, s.Evidence...)
		switch {
		case i == 0:
			out.Value = s.Value
		case src.Combine == plan.PartsLeast:
			out.Value = number.Min(out.Value, s.Value)
		case src.Combine == plan.PartsMost:
			out.Value = number.Max(out.Value, s.Value)
		default:
			out.Value = out.Value.Add(s.Value)
		}
	}
	if n := int64(len(parts)); n > 1 {
		how := lang.F("%d figures added up", "cộng %d số liệu", n)
		switch src.Combine {
		case plan.PartsAdded:
		case plan.PartsMean:
			out.Value = out.Value.Quo(number.Int(n))
			how = lang.F("mean of %d figures", "trung bình của %d số liệu", n)
		case plan.PartsLeast:
			how = lang.F("the least of %d figures", "số nhỏ nhất trong %d số liệu", n)
		case plan.PartsMost:
			how = lang.F("the most of %d figures", "số lớn nhất trong %d số liệu", n)
		}
		out.How = lang.F("%s, %s to %s", "%s, từ %s đến %s", how, parts[0].time.Words(), parts[n-1].time.Words())
	}
	return out
}

// sheetsOver returns the sheets of the months of a time or, of running totals,
// that of its last month. why names what is missing.
func (r *reader) sheetsOver(tables []*body, time plan.Period) (parts []timePart, why sourced) {
	first := tables[0]
	if unnamed := slices.IndexFunc(tables, func(t *body) bool { return t.month == 0 }); unnamed >= 0 {
		return nil, invalid(tellsNoMonth(tables[unnamed]), lang.Text{})
	}
	if first.meaning() == plan.SheetsGrow {
		if time.From.Month > 1 || first.month != time.To.Month {
			return nil, missing(diag.MissingRow, lang.F("the last sheet of %q has the figures up to month %d: they are not those of %s",
				"trang tính cuối của %q là lũy kế đến tháng %d: không phải số liệu của %s", first.Title, first.month, time.Words()))
		}
		return []timePart{{time, tables}}, why
	}
	for month := time.From.Month; month <= time.To.Month; month++ {
		p := timePart{}
		p.time, _ = plan.Months(time.From.Year, month, month)
		for _, t := range tables {
			if t.month == month {
				p.tables = append(p.tables, t)
			}
		}
		switch n := len(p.tables); {
		case n == 0:
			return nil, missing(diag.MissingRow, lang.F("no sheet of month %d holds %q", "không có trang tính tháng %d của %q", month, first.Title))
		case p.tables[0].sheet != p.tables[n-1].sheet:
			return nil, invalid(twoSheets(p.tables[0], p.tables[n-1]), lang.Text{})
		}
		parts = append(parts, p)
	}
	return parts, why
}

// columnsOf is a table as it is read for a part of the year, of which it has columns
// of its own.
func (c *content) columnsOf(t *body, time plan.Period) *body {
	if time == c.period {
		return t
	}
	if again := t.ofTime[time]; again != nil {
		return again
	}
	first := t // of several blocks the one with the header that was found
	for _, o := range c.tables {
		if o.Table == t.Table && o.sheet == t.sheet && o.header.Top < first.header.Top {
			first = o
		}
	}
	again := &body{located: t.headedBy(t.header, t.complete)}
	again.time, again.spec = time, newSpec(t.Table, time.Key())
	again.spec.Totals = t.spec.Totals
	again.header.Columns = table.NewHead(&t.sheet.grid, c.names).Again(again.spec, first.header).Columns
	c.tellSubcolumns(again.located, time)
	said := len(c.diags)
	c.findScales(again)
	c.findMoney(again)
	again.rows, _ = table.Body(&t.sheet.grid, again.header, again.spec, again.end)
	c.takeAccount(again)
	_ = c.noteUnits(again)   // the names are known, and not too many
	c.diags = c.diags[:said] // what is wrong with the table was told
	if t.ofTime == nil {
		t.ofTime = map[plan.Period]*body{}
	}
	t.ofTime[time] = again
	return again
}
