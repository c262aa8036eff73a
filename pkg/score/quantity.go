package score

import (
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

const (
	leastDecimals = 2  // up to which a figure is rounded that no bound is near
	mostDecimals  = 12 // up to which a bound is printed in full
)

// quantity is the kind of a measure's numbers, which decides how they are
// printed. A share is a percentage; a count, an amount and a rank never are.
type quantity struct {
	kind   plan.FactKind
	change bool      // a difference of two such numbers
	growth bool      // a growth, in percents of what was before
	ratio  bool      // a percentage without an upper end
	unit   lang.Text // what is counted; none for shares, ranks and choices
}

// quantityOf returns the quantity of a measure of a sound plan.
func (j *Judge) quantityOf(m plan.Measure) quantity {
	switch m.Op {
	case plan.ValueOf:
		return j.quantityOfFact(m.Fact)
	case plan.ShareOf, plan.OneMinus, plan.FractionOf:
		return quantity{kind: plan.ShareFact}
	case plan.ConstantOf, plan.ParamOf:
		return j.plainNumber(m)
	case plan.RatioOf:
		if m.Unit.IsZero() {
			return quantity{kind: plan.ShareFact, ratio: true}
		}
		return quantity{kind: plan.AmountFact, unit: m.Unit}
	case plan.MetOf:
		if m.Of == plan.Applicable {
			return quantity{kind: plan.ShareFact}
		}
		return quantity{kind: plan.CountFact, unit: lang.T("targets", "chỉ tiêu")}
	case plan.ProductOf, plan.QuotientOf:
		return j.calculated(m)
	case plan.GrowthOf:
		return quantity{kind: plan.ShareFact, growth: true}
	case plan.ChangeOf:
		q := j.quantityOf(m.Args[0])
		q.change = true
		return q
	case plan.MeanOf:
		q := j.quantityOf(m.Args[0])
		if q.kind == plan.CountFact {
			q.kind = plan.AmountFact // two and a half dossiers are possible
		}
		return q
	case plan.MinOf, plan.MaxOf, plan.SumOf, plan.FirstOf:
		return j.oneOf(m.Args)
	}
	return quantity{}
}

// plainNumber is the quantity of a number in the plan.
func (j *Judge) plainNumber(m plan.Measure) quantity {
	percent := m.Percent
	if q := j.plan.FindParam(m.Param); q != nil {
		percent = q.Percent
		if q.Day {
			return quantity{kind: plan.DateFact}
		}
	}
	if percent {
		return quantity{kind: plan.ShareFact}
	}
	return quantity{kind: plan.AmountFact}
}

// oneOf is the quantity of several numbers that are compared with each other:
// counts only where all of them are.
func (j *Judge) oneOf(args []plan.Measure) quantity {
	var q quantity
	known := false
	for _, a := range args {
		if a.Op == plan.ConstantOf || a.Op == plan.ParamOf {
			continue
		}
		x := j.quantityOf(a)
		if !known {
			q, known = x, true
		}
		if x.kind == plan.AmountFact && q.kind == plan.CountFact {
			q.kind = plan.AmountFact
		}
		if q.unit.IsZero() {
			q.unit = x.unit
		}
	}
	for _, a := range args {
		whole := a.Op != plan.ConstantOf && a.Op != plan.ParamOf || a.Op == plan.ConstantOf && a.Value.IsInt()
		if q.kind == plan.CountFact && !whole {
			q.kind = plan.AmountFact
		}
	}
	if !known && len(args) > 0 {
		return j.quantityOf(args[0])
	}
	return q
}

// calculated is the quantity of a product or a quotient: a percentage of
// percentages, or else a number, in the unit of its only factor that has one.
func (j *Judge) calculated(m plan.Measure) quantity {
	q, shares, units := quantity{kind: plan.AmountFact}, 0, 0
	for _, a := range m.Args {
		x := j.quantityOf(a)
		if x.kind == plan.ShareFact {
			shares++
		}
		if !x.unit.IsZero() {
			q.unit = x.unit
			units++
		}
	}
	if units != 1 || m.Op == plan.QuotientOf && j.quantityOf(m.Args[0]).unit.IsZero() {
		q.unit = lang.Text{}
	}
	if shares == len(m.Args) && m.Op == plan.ProductOf || m.Op == plan.QuotientOf && shares == 1 && j.quantityOf(m.Args[0]).kind == plan.ShareFact {
		return quantity{kind: plan.ShareFact, ratio: true}
	}
	return q
}

func (j *Judge) quantityOfFact(id string) quantity {
	f := j.facts[id]
	if f == nil {
		return quantity{}
	}
	q := quantity{kind: f.Kind}
	if f.Kind == plan.CountFact || f.Kind == plan.AmountFact {
		q.unit = f.Unit
	}
	return q
}

// whole reports whether the numbers are integers.
func (q quantity) whole() bool {
	return q.kind == plan.CountFact || q.kind == plan.RankFact || q.kind == plan.DateFact
}

// rank reports whether the numbers are places in a ranking, 1 the best.
func (q quantity) rank() bool { return q.kind == plan.RankFact && !q.change }

// day reports whether the numbers are days.
func (q quantity) day() bool { return q.kind == plan.DateFact }

// points reports whether the numbers are percentage points.
func (q quantity) points() bool { return q.change && q.kind == plan.ShareFact }

// beside prints x with enough digits to show on which side of the bounds it
// lies.
func (q quantity) beside(x number.Exact, bounds ...number.Exact) lang.Text {
	return q.figure(x, bounds...).Shown
}

// figure is a number with its printed form, which shows on which side of the
// bounds it lies.
func (q quantity) figure(x number.Exact, bounds ...number.Exact) Figure {
	if q.day() {
		return Figure{Exact: x, Shown: plan.ShownDay(x), Day: plan.DayAt(x)}
	}
	scaled := make([]number.Exact, len(bounds))
	for i, b := range bounds {
		scaled[i] = q.scaled(b)
	}
	digits, form := q.scaled(x), q.form()
	decimals, ok := form.DecimalsBeside(digits, scaled, leastDecimals)
	return Figure{
		Exact:  x,
		Shown:  q.dress(x, form.PrintWith(digits, decimals, ok)),
		Format: Format{Decimals: decimals, Percent: q.growth || q.ratio, Points: q.points(), Fraction: !ok},
	}
}

// bound is a number that others are compared with. It is printed in full: with
// its fraction, where no decimals show it.
func (q quantity) bound(x number.Exact) Figure {
	f := q.figure(x)
	if q.day() {
		return f
	}
	if _, exact := number.Decimals(x, mostDecimals); !exact {
		f.Shown, f.Format.Fraction = lang.F("%s (%s)", "%s (%s)", f.Shown, x), true
		return f
	}
	digits, form := q.scaled(x), q.form()
	f.Shown, f.Format.Decimals = q.dress(x, form.Print(digits, mostDecimals)), form.Decimals(digits, mostDecimals)
	return f
}

// scaled is x as its digits say it: a difference of shares is counted in
// points, so that no percent sign makes it look like a share.
func (q quantity) scaled(x number.Exact) number.Exact {
	if q.points() {
		return x.Mul(number.Int(100))
	}
	return x
}

func (q quantity) form() number.Form {
	if q.kind == plan.ShareFact && !q.change {
		return number.AsPercent
	}
	return number.AsDigits
}

// dress adds what the digits of a change or a growth leave out: the sign and
// the points.
func (q quantity) dress(x number.Exact, digits lang.Text) lang.Text {
	if q.points() {
		digits = lang.F("%s pp", "%s điểm %%", digits)
	}
	if (q.change || q.growth) && x.Sign() > 0 {
		digits = lang.F("+%s", "+%s", digits)
	}
	return digits
}

var (
	days          = lang.T("days", "ngày")
	places        = lang.T("places", "bậc")
	shortPoints   = lang.T("pp", "điểm %")
	spelledPoints = lang.T("percentage points", "điểm phần trăm")
)

// distance prints how far a value is from its goal, in a unit that is not the
// value's own for ranks and shares.
func (q quantity) distance(x number.Exact, points lang.Text) lang.Text {
	unit := q.unit
	switch q.kind {
	case plan.RankFact:
		unit = places
	case plan.ShareFact:
		unit, x = points, x.Mul(number.Int(100))
	case plan.DateFact:
		unit = days
	case plan.CountFact, plan.AmountFact, plan.ChoiceFact:
	}
	digits := number.Beside(x, []number.Exact{{}}, leastDecimals, number.AsDigits)
	return number.WithUnit(x, digits, unit)
}
