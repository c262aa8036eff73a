package plan

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// Over is the time for which a source gives its figure.
type Over uint8

// The times. Without one, the column of the period reported on is read as it
// is, and sheets as the table declares them.
const (
	Unsaid     Over = iota
	OverPeriod      // the period reported on, whatever columns or sheets make it up
	YearToDate      // from the first of January to the end of that period
)

// Combine is how the figures of months or quarters make one figure.
type Combine uint8

// The ways.
const (
	PartsAdded Combine = iota
	PartsMean
	PartsLeast
	PartsMost
)

// over is an optional key of sources in tables.
func (s *Source) over() key {
	return optional("over", option(&s.Over, overNames), "for which time: the period reported on, or the year to its end", "thời gian tính: kỳ báo cáo, hoặc từ đầu năm đến hết kỳ")
}

// combine is an optional key of sources in forms and cross-tables.
func (s *Source) combine() key {
	return optional("combine", option(&s.Combine, combineNames), "how the figures of its months or quarters make one; sum when left out", "cách gộp số liệu các tháng, quý; không ghi là sum (cộng)")
}

// Time is the time for which a source gives its figure when a period is
// reported on. ok is false where it is undefined: the year to date of a period
// in two years.
func (s *Source) Time(period Period) (time Period, ok bool) {
	if s.Over != YearToDate {
		return period, true
	}
	return Period{date.Date{Year: period.To.Year, Month: 1, Day: 1}, period.To}, period.From.Year == period.To.Year
}

// Parts lists the ways to make up a time from columns, by their periods: the
// whole of it, or its halves, quarters or months. Where figures are not added,
// only the way with the shortest parts is left.
func (s *Source) Parts(col *Column, time Period) [][]string {
	var ways [][]string
	for _, keys := range time.parts() {
		if !slices.ContainsFunc(keys, func(key string) bool { return len(col.Periods[key]) == 0 }) {
			ways = append(ways, keys)
		}
	}
	if s.Combine != PartsAdded && len(ways) > 1 {
		ways = ways[len(ways)-1:]
	}
	return ways
}

// Columns lists the periods of the columns that a source reads for the period
// reported on: the first of Parts, or that period itself; none where the column
// lacks them.
func (s *Source) Columns(col *Column, period Period) []Period {
	if len(col.Periods) == 0 {
		return []Period{period}
	}
	time, ok := s.Time(period)
	ways := s.Parts(col, time)
	if !ok || len(ways) == 0 || s.Over == Unsaid && len(ways[0]) > 1 {
		return nil
	}
	var out []Period
	for _, key := range ways[0] {
		p, _ := time.Part(key)
		out = append(out, p)
	}
	return out
}

// timeWords name the time of a source, in English as the plan file has it.
func (s *Source) timeWords() lang.Text {
	if s.Over == Unsaid {
		return lang.Text{}
	}
	en, vi := ", ", ", "
	switch s.Combine {
	case PartsAdded:
	case PartsMean:
		en, vi = ", mean ", ", trung bình "
	case PartsLeast:
		en, vi = ", least ", ", nhỏ nhất "
	case PartsMost:
		en, vi = ", most ", ", lớn nhất "
	}
	if s.Over == YearToDate {
		vi += "từ đầu năm đến hết kỳ"
	} else {
		vi += "trong kỳ"
	}
	return lang.T(en+"over "+s.Over.String(), vi)
}

// overTime checks that a source can be of the time that it names.
func (c *checker) overTime(f *Fact, s *Source, t *Table) {
	col := t.FindColumn(s.Column)
	switch {
	case !c.sound(&s.Over, &s.Combine, &t.Each):
	case s.Over == Unsaid && s.Combine != PartsAdded:
		c.fail(diag.PlanKey, c.at(&s.Combine), lang.T(`"combine" needs "over": say of which time`, `"combine" cần có "over": hãy ghi thời gian tính`))
	case s.Over == Unsaid:
	case s.Op.OfRecords():
		if s.During == "" {
			c.fail(diag.PlanKey, c.at(&s.Over), lang.T(`"over" needs "during": say which day of a record tells its time`, `"over" cần có "during": hãy ghi cột ngày dùng để xác định thời gian của hồ sơ`))
		}
	case t.Each == SheetsGrow && (s.Over != YearToDate || s.Combine != PartsAdded):
		c.fail(diag.PlanValue, c.at(&s.Over), lang.F(`each sheet of the table %q has the figures up to its month: want "over: year_to_date" without "combine"`,
			`mỗi trang tính của bảng %q là lũy kế đến tháng đó: cần "over: year_to_date", không ghi "combine"`, t.ID))
	case !c.combines(f, s) || t.Each == SheetsAreMonths || t.Each == SheetsGrow || col == nil || !c.sound(&col.Periods):
	case len(col.Periods) == 0:
		c.fail(diag.PlanKey, c.at(&s.Over), lang.F(`"over" needs a column with "periods", or a table with "each_sheet: month": the column %q has one header`,
			`"over" cần cột có "periods", hoặc bảng có "each_sheet: month": cột %q chỉ có một tiêu đề`, col.ID))
	case s.Over == YearToDate:
		c.yearInColumns(s, col)
	}
}

// combines checks that the figures of months or quarters can be combined.
func (c *checker) combines(f *Fact, s *Source) bool {
	var kinds []FactKind
	switch s.Combine {
	case PartsAdded:
		kinds = []FactKind{CountFact, AmountFact}
	case PartsMean:
		kinds = []FactKind{AmountFact, ShareFact}
	case PartsLeast, PartsMost:
		kinds = []FactKind{CountFact, AmountFact, ShareFact}
	}
	if slices.Contains(kinds, f.Kind) {
		return true
	}
	written := make([]string, len(kinds))
	for i, k := range kinds {
		written[i] = k.String()
	}
	c.fail(diag.PlanValue, c.at(&s.Over), lang.F("figures of months or quarters of kind %q are not combined by %q: want kind %s",
		"số liệu tháng, quý loại %q không gộp được bằng %q: cần loại %s", f.Kind, s.Combine, either(written)))
	return false
}

// yearInColumns checks that for each period of a column the year to its end can
// be made up of columns, too.
func (c *checker) yearInColumns(s *Source, col *Column) {
	for _, key := range periodKeys {
		if len(col.Periods[key]) == 0 {
			continue
		}
		period, _ := c.plan.Period.Part(key)
		if time, ok := s.Time(period); ok && len(s.Parts(col, time)) == 0 {
			c.fail(diag.PlanKey, c.at(&s.Over), lang.F(`the column %q has %q, and not all of the year before it: name the headers of the periods before it under "periods" as well`,
				`cột %q có %q nhưng thiếu phần đầu năm trước đó: hãy ghi thêm tiêu đề các kỳ trước vào "periods"`, col.ID, key))
			return
		}
	}
}
