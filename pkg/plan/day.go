package plan

import (
	"regexp"
	"slices"
	"strconv"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// Days in goals, amounts and facts are stored as numbers, those of
// date.Date.Serial, so that figures and days are compared by the same code.

// Days is a number of days, or of working days; below 0 they count backwards.
type Days struct {
	N       int
	Working bool
}

// IsZero reports whether there is nothing to add.
func (d Days) IsZero() bool { return d == Days{} }

// String returns the number as plans write it: "5 working days".
func (d Days) String() string {
	words := " days"
	if d.Working {
		words = " working days"
	}
	if d.N == 1 {
		words = words[:len(words)-1]
	}
	return strconv.Itoa(d.N) + words
}

// Words is the number as reports say it.
func (d Days) Words() lang.Text {
	if d.Working {
		return number.Count(int64(d.N), "working day", "working days", "ngày làm việc")
	}
	return number.Count(int64(d.N), "day", "days", "ngày")
}

// maxDays bounds how many days are added to a day: ten years.
const maxDays = 3660

var daysPattern = regexp.MustCompile(`^(-?[0-9]{1,9}) (working )?days?$`)

// yaml reads a number of days: "5 days", "5 working days".
func (d *Days) yaml() value {
	return scalar(d, schema{"type": "string", "pattern": daysPattern.String()}, func(raw string) (Days, *mistake) {
		m := daysPattern.FindStringSubmatch(raw)
		if m == nil {
			return Days{}, wrong("%s is no number of days: want one such as 5 days or 5 working days",
				"%s không phải số ngày: cần dạng 5 days (ngày) hoặc 5 working days (ngày làm việc)", quoted(raw))
		}
		n, _ := strconv.Atoi(m[1])
		if n < -maxDays || n > maxDays {
			return Days{}, &mistake{check: diag.PlanRange, message: lang.F("%s: want at most %d days", "%s: tối đa %d ngày", quoted(raw), maxDays)}
		}
		return Days{n, m[2] != ""}, nil
	})
}

// DayOf returns the day with a number; false where there is none.
func DayOf(x number.Exact) (date.Date, bool) {
	n, ok := x.Int64()
	if !ok {
		return date.Date{}, false
	}
	return date.OfSerial(n)
}

// OfDay returns the number of a day.
func OfDay(d date.Date) number.Exact { return number.Int(d.Serial()) }

// DayAt returns the day with a number for display; nil where there is none.
func DayAt(x number.Exact) *date.Date {
	if d, ok := DayOf(x); ok {
		return &d
	}
	return nil
}

// ShownDay prints the number of a day as reports show days.
func ShownDay(x number.Exact) lang.Text {
	d, ok := DayOf(x)
	if !ok {
		return number.Short(x, 0)
	}
	return d.Shown()
}

// After returns the day that lies so many days after another one; false beyond
// the calendar.
func (d Days) After(day date.Date, working *date.Calendar) (date.Date, bool) {
	if d.Working {
		return working.Add(day, d.N)
	}
	return day.Add(d.N)
}

// added is the day that lies so many days after another one, by the plan's
// calendar; false where no calendar reaches it.
func (p *Plan) added(x number.Exact, days Days) (number.Exact, bool) {
	d, ok := DayOf(x)
	if ok {
		d, ok = days.After(d, p.WorkingDays())
	}
	return OfDay(d), ok
}

// WorkingDays is the plan's calendar: without holidays, Monday to Friday.
func (p *Plan) WorkingDays() *date.Calendar {
	if p.Calendar == nil {
		return &date.Calendar{}
	}
	return p.Calendar
}

// Holiday is a range of days that are not worked.
type Holiday struct {
	Period
	Pos diag.Pos
}

// String returns the holiday as plans write it.
func (h *Holiday) String() string {
	if h.From == h.To {
		return h.From.String()
	}
	return group("from", h.From.String(), "to", h.To.String())
}

// MaxHolidays bounds the days of all holidays of a plan, and maxHoliday those of
// one.
const (
	MaxHolidays = 10_000
	maxHoliday  = 366
)

func (h *Holiday) yaml() value {
	one := day(&h.From)
	alone := value{&h.Period,
		func(r *reader, n *yaml.Node) bool {
			ok := one.read(r, n)
			h.To = h.From
			return ok
		},
		one.schema,
	}
	return placed(&h.Pos, named("holiday", byKind(h, map[yaml.Kind]value{
		yaml.ScalarNode:  alone,
		yaml.MappingNode: h.Period.yaml(),
	})))
}

// calendar checks the holidays and makes the calendar of the plan.
func (c *checker) calendar() {
	p := c.plan
	if len(p.Holidays)+len(p.Worked) == 0 {
		return
	}
	var off []date.Date
	for i := range p.Holidays {
		h := &p.Holidays[i]
		if !c.sound(h, &h.From, &h.To, &h.Period) {
			continue
		}
		c.ordered(&h.From, &h.To)
		n := h.From.Days(h.To) + 1
		if n > maxHoliday || len(off)+n > MaxHolidays {
			c.fail(diag.PlanRange, h.Pos, lang.F("%d days: want at most %d in one range, and %d in all", "%d ngày: tối đa %d ngày mỗi khoảng, và %d ngày tất cả",
				n, maxHoliday, MaxHolidays))
			continue
		}
		for d := h.From; !h.To.Before(d); d, _ = d.Add(1) {
			off = append(off, d)
		}
	}
	for i := range p.Worked {
		d := &p.Worked[i]
		switch {
		case !c.sound(d) || d.IsZero():
		case !d.Weekend():
			c.fail(diag.PlanValue, c.at(d), lang.F("%s is no Saturday or Sunday: working_days are those that are worked in place of a holiday",
				"%s không phải thứ Bảy hay Chủ nhật: working_days là các ngày làm bù", quoted(d.String())))
		case slices.Contains(off, *d):
			c.fail(diag.PlanValue, c.at(d), lang.F("%s is both a holiday and a working day", "%s vừa là ngày nghỉ vừa là ngày làm bù", quoted(d.String())))
		}
	}
	p.Calendar = date.NewCalendar(off, p.Worked)
	for i := range p.Holidays {
		h := &p.Holidays[i]
		if next, ok := p.Calendar.Add(h.From, 0); ok && h.From.Days(next) > maxHoliday {
			c.fail(diag.PlanRange, h.Pos, lang.F("from %s on there is no working day for more than a year", "từ %s không có ngày làm việc nào trong hơn một năm", h.From.Shown()))
			return
		}
	}
}

// Comparators of days, by the key that leads them.
var dayComparators = names[Comparator]{AtLeast: "not_before", MoreThan: "after", AtMost: "not_after", LessThan: "before", Between: "", Is: ""}

// ofDays returns the key by which a comparison of days is written.
func (c Comparator) ofDays() string {
	if c == Between || c == Is {
		return c.String()
	}
	return dayComparators.of(c)
}

// key returns the key by which a comparison is written.
func (c Comparator) key(days bool) string {
	if days {
		return c.ofDays()
	}
	return c.String()
}

// dayComparisons are the keys that compare with a day.
func dayComparisons(cmp *Comparator, days *bool, bounds *[]Amount) []key {
	lead := func(c Comparator, en, vi string) key {
		return required(c.ofDays(), setting(cmp, c, setting(days, true, single(bounds))), en, vi)
	}
	return []key{
		lead(AtMost, "on this day or before it", "vào ngày này hoặc sớm hơn"),
		lead(LessThan, "before this day", "trước ngày này"),
		lead(MoreThan, "after this day", "sau ngày này"),
		lead(AtLeast, "on this day or after it", "vào ngày này hoặc muộn hơn"),
	}
}

// base reads the day that days are added to: a day, the id of a fact or a
// param, or an amount.
func (a *Amount) base() value {
	amount := single(&a.Args)
	return value{&a.Args,
		func(r *reader, n *yaml.Node) bool {
			if n.Kind == yaml.ScalarNode && !dayLike.MatchString(n.Value) {
				a.Args = []Amount{{Op: FactAmount, Pos: r.pos(n)}}
				r.places[&a.Args[0]] = n
				return factID(&a.Args[0].Fact).read(r, n)
			}
			return amount.parse(r, n)
		},
		func(d definitions) schema { return schema{"anyOf": []schema{idSchema, amount.schema(d)}} },
	}
}

// dayBase turns the name of a base into a param where it is no fact.
func (c *checker) dayBase(a *Amount) {
	if a.Op != ShiftedDay || len(a.Args) != 1 || a.Args[0].Op != FactAmount {
		return
	}
	b := &a.Args[0]
	if c.plan.FindParam(b.Fact) != nil && !slices.Contains(c.facts, b.Fact) {
		b.Op, b.Param, b.Fact = ParamValue, b.Fact, ""
	}
}

// dayGoal checks that a goal compares days where the measure is a day, and only
// there.
func (c *checker) dayGoal(cmp Comparator, days bool, pos diag.Pos, q quantity) bool {
	isDay := q.kind == DateKind
	if isDay == days || cmp == Is || cmp == Between {
		return true
	}
	if isDay {
		c.fail(diag.PlanValue, pos, lang.F("%q compares figures, and the measure is a day: want %q", "%q so sánh số, còn đại lượng là ngày: cần %q", cmp, cmp.ofDays()))
	} else {
		c.fail(diag.PlanValue, pos, lang.F("%q compares days, and the measure is of kind %q: want %q", "%q so sánh ngày, còn đại lượng thuộc loại %q: cần %q", cmp.ofDays(), q.kind, cmp))
	}
	return false
}

// Adds reports whether values of a kind of several units can be added up: those
// of ranks, choices and days cannot.
func (k ValueKind) Adds() bool { return quantity{kind: k}.addable() }

// form is how a figure is written.
type form uint8

// The forms.
const (
	plainForm form = iota
	percentForm
	dayForm
)

func formOf(percent, day bool) form {
	switch {
	case day:
		return dayForm
	case percent:
		return percentForm
	}
	return plainForm
}

// form is how the values of a quantity are written.
func (q quantity) form() form { return formOf(q.share, q.kind == DateKind) }

// write returns a number as plans write it.
func (f form) write(x number.Exact) string {
	if f == dayForm {
		if d, ok := DayOf(x); ok {
			return d.String()
		}
	}
	return decimal(x, f == percentForm)
}

// Shown prints a literal as reports do.
func (a Amount) Shown() lang.Text { return formOf(a.Percent, a.Day).shown(a.Value) }

// IsDay reports whether an amount is a day.
func (p *Plan) IsDay(a Amount) bool { return p.inForm(a, dayForm) && !p.inForm(a, plainForm) }

// shown prints a number as reports do: a percentage, a day, or a plain number.
func (f form) shown(x number.Exact) lang.Text {
	if f == dayForm {
		return ShownDay(x)
	}
	return number.Shown(x, f == percentForm)
}

// anyFigure reads a figure or a day.
func anyFigure(raw string) (number.Exact, form, *mistake) {
	if dayLike.MatchString(raw) {
		var d date.Date
		got, m := readDay(raw)
		if d = got; m != nil {
			return number.Exact{}, dayForm, m
		}
		return OfDay(d), dayForm, nil
	}
	x, percent, m := figure(raw)
	return x, formOf(percent, false), m
}

// figureSchema is of figures and days.
var figureSchema = schema{"type": []string{"number", "string"}, "pattern": `^(-?[0-9]+(\.[0-9]+)?%?|[0-9]{4}-[0-9]{2}-[0-9]{2})$`}
