package plan

import (
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// String returns the amount as plans write it: "65%", "{max: [60%, {param: x}]}".
func (a Amount) String() string {
	switch a.Op {
	case Literal:
		return formOf(a.Percent, a.Day).write(a.Value)
	case ParamValue:
		return group(a.Op.String(), a.Param)
	case FactAmount:
		return group(a.Op.String(), a.Fact)
	case ShiftedDay:
		pairs := []string{a.Op.String(), bounds(a.Args)}
		if !a.Plus.IsZero() {
			pairs = append(pairs, "plus", a.Plus.String())
		}
		return group(pairs...)
	case MaxAmount, MinAmount, SumAmount, ProductAmount:
	}
	return group(a.Op.String(), flow(a.Args))
}

// String returns the measure as plans write it: "{share: a, of: b}".
func (m Measure) String() string {
	switch m.Op {
	case ValueOf:
		return group(m.Op.String(), m.Fact)
	case ShareOf:
		return group(m.Op.String(), m.Part, "of", m.Whole)
	case ChangeOf, GrowthOf:
		if len(m.Args) == 2 {
			return group(m.Op.String(), m.Args[0].String(), "from", m.Args[1].String())
		}
	case OneMinus:
		if len(m.Args) == 1 {
			return group(m.Op.String(), m.Args[0].String())
		}
	case FractionOf:
		if len(m.Args) == 2 {
			return group(ShareOf.String(), m.Args[0].String(), "of", m.Args[1].String())
		}
	case RatioOf:
		if len(m.Args) == 2 {
			return m.ratio()
		}
	case ConstantOf:
		return decimal(m.Value, m.Percent)
	case ParamOf:
		return group(m.Op.String(), m.Param)
	case MetOf:
		if m.Of != NoBase {
			return group(m.Op.String(), plainList(m.Targets), "of", m.Of.String())
		}
		return group(m.Op.String(), plainList(m.Targets))
	case MinOf, MaxOf, SumOf, MeanOf, ProductOf, QuotientOf, FirstOf:
	}
	return group(m.Op.String(), flow(m.Args))
}

func (m Measure) ratio() string {
	pairs := []string{m.Op.String(), m.Args[0].String(), "of", m.Args[1].String()}
	if m.Per != nil {
		pairs = append(pairs, "per", decimal(*m.Per, false))
	}
	if !m.Unit.IsZero() {
		pairs = append(pairs, "unit", group("vi", strconv.Quote(m.Unit.In(lang.VI)), "en", strconv.Quote(m.Unit.In(lang.EN))))
	}
	return group(pairs...)
}

// String returns the goal as plans write it: "{at_least: 65%}".
func (g Goal) String() string {
	if g.Choice != "" {
		return group(g.Cmp.String(), g.Choice)
	}
	return group(g.Cmp.key(g.Days), bounds(g.Bounds))
}

// String returns the band as plans write it: "{at_least: 90%, points: 2}".
func (b Band) String() string {
	return group(b.Cmp.key(b.Days), bounds(b.Bounds), "points", b.earns())
}

func (b Band) earns() string {
	switch b.Earns {
	case BandProportional:
		return b.Earns.String()
	case BandSloped:
		return "[" + decimal(b.Ends[0], false) + ", " + decimal(b.Ends[1], false) + "]"
	case BandFixed:
	}
	return decimal(b.Points, false)
}

// String returns the place as plans write it: "{within: 25%, points: 3}".
func (p Place) String() string {
	return group("within", decimal(p.Within, p.Percent), "points", decimal(p.Points, false))
}

// String returns the credit as plans write it: "{linear: {from: 70%}}".
func (c Credit) String() string {
	switch c.Kind {
	case AllOrNothing, Proportional, OfBest, OfSpan:
	case ByPlace:
		return group(c.Kind.String(), flow(c.Places))
	case Linear:
		return group(c.Kind.String(), group("from", c.Floor.String()))
	case EachOf:
		return group(c.Kind.String(), decimal(c.Each, false))
	case Banded:
		return group(c.Kind.String(), flow(c.Bands))
	case ByChoice:
		var pairs []string
		for _, p := range c.Choices {
			pairs = append(pairs, p.Choice, decimal(p.Points, false))
		}
		return group(c.Kind.String(), group(pairs...))
	}
	return c.Kind.String()
}

// String returns the condition as plans write it: "{level: [partial]}".
func (c Condition) String() string {
	switch c.Op {
	case IsOneOf:
		return group(c.Column, texts(c.Values))
	case IsNotOneOf:
		return group(c.Column, group(c.Op.String(), texts(c.Values)))
	case NotAfter, After, Before, NotBefore:
		return group(c.Column, group(c.Op.String(), c.day()))
	case Compares:
		return group(c.Column, group(c.Cmp.String(), bounds(c.Bounds)))
	case AnyOf, NoneOf:
		var any []string
		for _, all := range c.Any {
			any = append(any, where(all))
		}
		return group(c.Op.String(), "["+strings.Join(any, ", ")+"]")
	case IsFilled, IsBlank:
	}
	return group(c.Column, c.Op.String())
}

// day is the right-hand side of a condition on days.
func (c Condition) day() string {
	switch {
	case c.Other != "" && !c.Plus.IsZero():
		return group(ShiftedDay.String(), c.Other, "plus", c.Plus.String())
	case c.Other != "":
		return c.Other
	case len(c.Bounds) > 0:
		return bounds(c.Bounds)
	}
	return c.Day.String()
}

// String returns the source as plans write it: "{count: dossiers, during: due}".
func (s Source) String() string {
	switch kind := &sources[s.Op]; kind.basis {
	case ofFacts:
		return group(kind.name, texts(s.Facts))
	case ofResult:
		return group(kind.name, s.Earlier.String())
	case ofDay:
		return group(kind.name, kind.day)
	case ofDays:
		return group(s.Between.pairs()...)
	case ofTable:
	}
	pairs := []string{s.Op.String(), s.Table}
	if len(s.Row) > 0 {
		var row []string
		for _, m := range s.Row {
			row = append(row, m.Column, texts(m.Names))
		}
		if under := s.Row[0].Under; len(under) > 0 {
			row = append(row, rowGroup, texts(under))
		}
		pairs = append(pairs, "row", group(row...))
	}
	if s.Column != "" {
		pairs = append(pairs, "column", s.Column)
	}
	if s.During != "" {
		pairs = append(pairs, "during", s.During)
	}
	if s.Over != Unsaid {
		pairs = append(pairs, "over", s.Over.String())
	}
	if s.Combine != PartsAdded {
		pairs = append(pairs, "combine", s.Combine.String())
	}
	if len(s.Where) > 0 {
		pairs = append(pairs, "where", where(s.Where))
	}
	return group(pairs...)
}

// where writes conditions that must all hold as one mapping.
func where(all []Condition) string {
	parts := make([]string, len(all))
	for i, c := range all {
		parts[i] = strings.TrimSuffix(strings.TrimPrefix(c.String(), "{"), "}")
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// group writes a mapping of keys and values in turn.
func group(pairs ...string) string {
	var b strings.Builder
	for i := 0; i+1 < len(pairs); i += 2 {
		b.WriteString(", " + pairs[i] + ": " + pairs[i+1])
	}
	return "{" + strings.TrimPrefix(b.String(), ", ") + "}"
}

// flow writes a sequence.
func flow[T interface{ String() string }](list []T) string {
	items := make([]string, len(list))
	for i, x := range list {
		items[i] = x.String()
	}
	return "[" + strings.Join(items, ", ") + "]"
}

func texts(list []string) string {
	items := make([]string, len(list))
	for i, s := range list {
		items[i] = strconv.Quote(s)
	}
	return "[" + strings.Join(items, ", ") + "]"
}

// plainList writes a sequence of ids.
func plainList(ids []string) string { return "[" + strings.Join(ids, ", ") + "]" }

func bounds(list []Amount) string {
	if len(list) == 1 {
		return list[0].String()
	}
	return flow(list)
}

var hundred = number.Int(100)

// decimal writes a number as plans do, with a percent sign when the plan wrote
// one, and as a fraction when no decimals show it exactly.
func decimal(x number.Exact, percent bool) string {
	sign := ""
	if percent {
		x, sign = x.Mul(hundred), "%"
	}
	r := x.Rat()
	digits, exact := r.FloatPrec()
	if !exact {
		return r.RatString() + sign
	}
	return r.FloatString(digits) + sign
}
