package fact

import (
	"github.com/parcheck/parcheck/pkg/account"
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
)

// What is missing is reported with the most similar thing that exists. A thing
// with the right name that is still not the one looked for is never suggested;
// the message explains what makes it different.

// noRow names the missing row, and the most similar one.
func (r *reader) noRow(tables []*body, src *plan.Source) sourced {
	t := tables[0]
	if len(src.Row) == 0 {
		return missing(diag.MissingRow, lang.F("no row of %q in %s", "không có dòng của %q trong bảng %s", r.unit.Name, diag.QuoteSheet(t.sheet.Name)))
	}
	var want []string
	for _, m := range src.Row {
		want = append(want, m.Names[0])
	}
	for _, t := range tables {
		if i, why := r.nearRow(t, src); !why.IsZero() {
			return missing(diag.MissingRow, lang.F("no row %s in %s: row %d has this name, and %s", "không có dòng %s trong %s: hàng %d có tên này nhưng %s",
				quoted(want), diag.QuoteSheet(t.sheet.Name), t.rows[i].Number, why))
		}
	}
	near := &nearestName{r.labels(t), want[len(want)-1]}
	if !r.all(t) {
		return missing(diag.MissingRow, lang.F("no row %s of %q in %s%s", "không có dòng %s của %q trong %s%s", quoted(want), r.unit.Name, diag.QuoteSheet(t.sheet.Name), near))
	}
	return missing(diag.MissingRow, lang.F("no row %s in %s%s", "không có dòng %s trong %s%s", quoted(want), diag.QuoteSheet(t.sheet.Name), near))
}

// nearRow returns the first row of a table that has the wanted name but does
// not match, and the reason.
func (r *reader) nearRow(t *body, src *plan.Source) (row int, why lang.Text) {
	last := &src.Row[len(src.Row)-1]
	if _, f := t.column(last.Column); f.Col == 0 {
		return 0, lang.Text{}
	}
	x, m := r.index(t, last.Column), r.matches[last]
	rows := x.rows(m.names)
	const most = 100 // rows that are looked at
	for _, i := range rows[:min(len(rows), most)] {
		if !x.keys[i].fit(m.names) {
			continue
		}
		if why := r.whyNot(t, src, i); !why.IsZero() {
			return i, why
		}
	}
	return 0, lang.Text{}
}

// whyNot explains why a row with the wanted name does not match.
func (r *reader) whyNot(t *body, src *plan.Source, row int) lang.Text {
	for i := range src.Row {
		m := &src.Row[i]
		if _, f := t.column(m.Column); f.Col == 0 {
			return lang.F("the table has no column to find %q in", "bảng không có cột để tìm %q", m.Names[0])
		}
		match := r.matches[m]
		switch x := r.index(t, m.Column); {
		case !x.keys[row].fit(match.names):
			return lang.F("does not say %q", "không ghi %q", m.Names[0])
		case !r.fits(x, t, row, match):
			return lang.F("does not stand under %q", "không nằm dưới %q", m.Under[0])
		}
	}
	switch t.rows[row].Role {
	case account.Beyond:
		return lang.T("stands below the end of the table", "nằm dưới phần kết thúc của bảng")
	case account.Nothing:
		return lang.T("is read as no row of figures", "không được đọc là dòng số liệu")
	case account.Detail, account.Heading, account.Subtotal, account.Total, account.Part, account.Aside, account.Note, account.Unnamed:
	}
	if !r.all(t) && !slices.Contains(r.unit.keys, t.unitOf[row]) {
		return lang.T("is a row of another unit", "là dòng của đơn vị khác")
	}
	if _, f := t.column(src.Column); f.Col == 0 {
		return lang.T("its table has no such column", "bảng đó không có cột này")
	}
	return lang.Text{}
}

// labels are the names of a table's rows.
func (c *content) labels(t *body) *label.Candidates {
	if t.labelled == nil {
		var names []string
		last := ""
		for i := range t.rows {
			if l := t.rows[i].Label; l != "" && l != last {
				names = append(names, l)
				last = l
			}
		}
		t.labelled = c.speller.Candidates(names)
	}
	return t.labelled
}

// headers are the texts of a table's header that belong to no column of the
// plan.
func (c *found) headers(t *located) *label.Candidates {
	if t.headed == nil {
		var names []string
		for n := t.header.Top; n <= t.header.Bottom; n++ {
			for _, cl := range t.sheet.grid.Row(n).Cells {
				taken := slices.ContainsFunc(t.header.Columns, func(f table.Found) bool { return f.Col == cl.Col })
				if text := table.Text(cl); text != "" && !taken {
					names = append(names, text)
				}
			}
		}
		t.headed = c.speller.Candidates(names)
	}
	return t.headed
}

// nearest returns the header that is most similar to one of the wanted names,
// and that name.
func (c *found) nearest(t *located, wanted []string) (header, name string) {
	for _, w := range wanted {
		if n := c.headers(t).Nearest(w); n != "" {
			return n, w
		}
	}
	return "", ""
}

// nearestHeader suggests the header that is most similar to the wanted names.
func (c *found) nearestHeader(t *located, wanted []string) lang.Text {
	near, name := c.nearest(t, wanted)
	if near != "" && label.Key(near) == label.Key(name) {
		return lang.F("; %q is there, and heads no column of figures of its own", "; có %q nhưng không phải tiêu đề của riêng một cột số liệu", clip(near))
	}
	return suggest(near, name)
}

// nearestName suggests a name for a missing one. It searches when it is
// printed, because few missing figures are.
type nearestName struct {
	names *label.Candidates
	name  string
}

// In returns the suggestion; "" where no name is similar.
func (n *nearestName) In(l lang.Lang) string {
	return suggest(n.names.Nearest(n.name), n.name).In(l)
}

// suggest words a suggestion. Where both names look the same, it explains the
// difference.
func suggest(near, name string) lang.Text {
	if near == "" {
		return lang.Text{}
	}
	if has, wants, ok := label.Lookalike(near, name); ok {
		return lang.F("; %q is there with the letter %q (U+%04X), which only looks like %q: type it again",
			"; có %q nhưng chữ %q (U+%04X) chỉ trông giống %q: hãy gõ lại", clip(near), string(has), has, string(wants))
	}
	if label.Key(near) == label.Key(name) {
		return lang.Text{}
	}
	return lang.F("; the nearest is %q", "; gần nhất là %q", clip(near))
}
