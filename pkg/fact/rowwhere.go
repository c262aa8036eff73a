package fact

import (
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
)

// rowConditions compiles the conditions of a source on the rows of a table; nil
// where the table lacks a column of them.
func (c *content) rowConditions(t *body, src *plan.Source) *records.RowConditions {
	out, ok := t.conditions[src]
	if !ok {
		out = records.NewRowConditions(records.Spec{Table: t.spelled(), Period: c.period, Working: c.plan.WorkingDays(), Header: t.header, Grid: &t.sheet.grid, Numbers: t.numbers}, src)
		if t.conditions == nil {
			t.conditions = map[*plan.Source]*records.RowConditions{}
		}
		t.conditions[src] = out
	}
	return out
}

// counting keeps the rows that meet the conditions of a source. Where none is
// left, or one is undecided, it explains why.
func (r *reader) counting(src *plan.Source, hits []hit) (left []hit, why sourced, ok bool) {
	if len(src.Where) == 0 || len(hits) == 0 {
		return hits, why, true
	}
	if lacks := src.Lacks(); len(lacks) > 0 {
		return nil, missing(diag.BlankCell, lang.F("it cannot be told whether the row counts without %s, which is not known: give it with --param",
			"chưa xác định được dòng có được tính không khi chưa có %s: khai báo bằng --param", r.paramNames(lacks))), false
	}
	for _, h := range hits {
		conditions := r.rowConditions(h.table, src)
		if conditions == nil {
			return nil, r.noColumn(h.table, h.table.lacks(src)), false
		}
		holds, because := conditions.Holds(h.row.Row, func(col int) bool { return h.table.sheet.under(h.row.Number, col) })
		if because != nil {
			return nil, r.undecidable(h, because), false
		}
		if holds {
			left = append(left, h)
		}
	}
	if len(left) == 0 {
		return nil, r.countsNot(src, hits[0], conditionsText(hits[0].table.Table, src)), false
	}
	return left, why, true
}

// countsNot is the reason for a row that does not meet the conditions.
func (r *reader) countsNot(src *plan.Source, h hit, conditions lang.Text) sourced {
	out := missing(diag.BlankCell, lang.F("row %d in %s (%q) does not count: it counts only with %s", "hàng %d ở %s (%q) không được tính: chỉ tính khi có %s",
		h.row.Number, diag.QuoteSheet(h.table.sheet.Name), clip(h.row.Label), conditions))
	if id := src.Where[0].Columns(); len(id) > 0 {
		_, f := h.table.column(id[0])
		c, _ := f.Cell(h.row.Row)
		out.Evidence = []Evidence{r.evidence(h, c, lang.Text{})}
		out.Evidence[0].Cells = diag.A1(h.row.Number, f.Col)
	}
	return out
}

// undecidable is the reason for a row that is undecided because of an
// unreadable column.
func (r *reader) undecidable(h hit, col *records.Column) sourced {
	check, shown := col.Wrong()
	at := reportedAt{check, h.table.sheet, h.row.Number, col.At}
	if !r.reported[at] {
		r.noteReported(at)
		r.diags.Add(check, r.at(h.table.sheet, h.row.Number, col.At), lang.F("it cannot be told whether the row counts: %s", "không xác định được dòng này có được tính không: %s",
			problemText(col, &records.Problem{Check: check, Span: records.Span{N: 1}, Raw: shown, Example: shown})))
	}
	return invalid(lang.F("it cannot be told whether row %d counts: the column %q cannot be read there (see the findings)",
		"không xác định được hàng %d có được tính không: cột %q không đọc được ở đó (xem phần phát hiện)", h.row.Number, col.Path), cellText(h))
}

// cellText says which cell a figure stands in.
func cellText(h hit) lang.Text {
	return lang.F("cell of %q, row %q", "ô của bảng %q, dòng %q", h.table.Title, clip(h.row.Label))
}

// conditionsText words the conditions of a source.
func conditionsText(t *plan.Table, src *plan.Source) lang.Text {
	var conds []lang.Text
	for _, w := range src.Where {
		conds = append(conds, condText(t, w))
	}
	return joinAnd(conds)
}
