package fact

import (
	"slices"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/account"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
	"github.com/parcheck/parcheck/pkg/table"
)

// chooseSubcolumns tells the columns below a merged header apart that have
// headings of their own (Kế hoạch and Thực hiện, Quý I and Cả năm, Số phiếu and
// Tỷ lệ): by the period that is reported on, or by what a column of that type
// holds. Where neither tells, the header is that of each of them, and none is
// read; never the one that happens to be filled.
func (c *found) chooseSubcolumns() {
	for _, t := range c.tables {
		c.tellSubcolumns(t, c.period)
	}
}

func (c *found) tellSubcolumns(t *located, period plan.Period) {
	for i := range t.header.Columns {
		f := &t.header.Columns[i]
		if len(f.Subs) == 0 {
			continue
		}
		if k, ok := c.subcolumn(&t.Columns[i], f.Subs, period); ok {
			chosen := table.Found{Col: f.Col + k, Path: f.Path + " / " + f.Subs[k]}
			for other := range f.Subs {
				if other != k {
					chosen.Beside = append(chosen.Beside, f.Col+other)
				}
			}
			*f = chosen
			continue
		}
		for k := 1; k <= f.Span; k++ {
			f.Also = append(f.Also, f.Col+k)
		}
		f.Span, f.Subs = 0, nil
	}
}

// subcolumn returns which of the columns below a header a column of the plan
// means.
func (c *found) subcolumn(col *plan.Column, subs []string, period plan.Period) (int, bool) {
	keys := make([]string, len(subs))
	for i, s := range subs {
		keys[i] = label.Key(s)
	}
	if col.Role != plan.NoRole || slices.Contains(keys, "") {
		return 0, false
	}
	if k, ok := c.ofPeriod(keys, period); ok {
		return k, true
	}
	another := func(key string) bool {
		return saysShare(key) != (col.Type == plan.Share) || key == "ghi chú" || strings.HasPrefix(key, "trong đó")
	}
	return only(keys, func(key string) bool { return !another(key) && !slices.Contains(planned, key) }, another)
}

// planned are headings of figures that are aimed at, and not reported.
var planned = []string{"kế hoạch", "chỉ tiêu", "mục tiêu", "dự toán"}

// ofPeriod returns the only heading that names a period, where
// all of them name periods.
func (c *found) ofPeriod(keys []string, period plan.Period) (int, bool) {
	year := c.plan.Period.From.Year
	periods := make([]plan.Period, len(keys))
	for i, key := range keys {
		p, ok := headingPeriod(key, year)
		if !ok {
			return 0, false
		}
		periods[i] = p
	}
	found := -1
	for i, p := range periods {
		if p == period {
			if found >= 0 {
				return 0, false
			}
			found = i
		}
	}
	return max(found, 0), found >= 0
}

// headingPeriod reads a heading that names a period, without a year that of the
// plan.
func headingPeriod(key string, year int) (plan.Period, bool) {
	switch key {
	case "cả năm", "năm", "12 tháng", "tổng cả năm", "lũy kế cả năm", "tổng năm":
		return plan.Months(year, 1, 12)
	}
	if p, ok := readPeriod(key); ok {
		return p, true
	}
	for _, tail := range []string{" năm ", " "} {
		if p, ok := readPeriod(key + tail + strconv.Itoa(year)); ok {
			return p, true
		}
	}
	return plan.Period{}, false
}

// only returns the index of the only key that fits, where all others are the
// opposite.
func only(keys []string, fits, opposite func(string) bool) (int, bool) {
	found := -1
	for i, key := range keys {
		switch {
		case fits(key):
			if found >= 0 {
				return 0, false
			}
			found = i
		case !opposite(key):
			return 0, false
		}
	}
	return max(found, 0), found >= 0
}

// saysShare reports whether a heading is that of shares.
func saysShare(key string) bool {
	return strings.Contains(key, "%") || strings.HasPrefix(key, "tỷ lệ") || strings.HasPrefix(key, "tỷ trọng")
}

// checkBeside tells of rows whose cell in the column that is read is blank while
// another one below the same header is filled.
func (c *checker) checkBeside(t *body) {
	for _, f := range t.header.Columns {
		var blank records.Span
		for i := range t.rows {
			r := &t.rows[i]
			if len(f.Beside) == 0 || r.Role != account.Detail && r.Role != account.Total || table.Text(r.At(f.Col)) != "" {
				continue
			}
			if slices.ContainsFunc(f.Beside, func(col int) bool { return table.Text(r.At(col)) != "" }) {
				blank.Add(r.Number)
			}
		}
		if blank.N == 0 {
			continue
		}
		d := diag.New(diag.BlankCell, diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: blank.Area(f.Col)}, lang.F(
			"%s with nothing in the column %q and a figure beside it under the same header, the first in row %d: only this column is read; fill it in",
			"%s để trống cột %q trong khi cột bên cạnh cùng tiêu đề có số liệu, đầu tiên ở hàng %d: chỉ cột này được đọc; hãy điền", rowCount(blank.N), f.Path, blank.First))
		d.Severity = diag.Warning
		c.diags = append(c.diags, d)
	}
}
