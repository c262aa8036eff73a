package score

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// standing says whether a measure has a value, best first. A measure of several
// others has the worst of theirs.
type standing uint8

const (
	reported standing = iota // value or choice holds it
	waiting                  // another target is not due yet
	empty                    // a denominator is 0
	absent                   // a figure is missing
	unusable                 // a figure is there and cannot be used
)

// measured is the value of a measure, or the reason why it has none.
type measured struct {
	standing standing
	value    number.Exact
	choice   string
	most     *number.Exact // of a count of met targets that is not known: value is the least it can be
	units    lang.Text     // of a mean of the units below: which they are
	instead  bool          // such a mean is taken though the measure has a value, which is that of sums
	why      []lang.Text   // unless reported: one for each figure that is at fault
}

func (m measured) reason() lang.Text { return lang.Join(m.why, "; ") }

func fault(s standing, why lang.Text) measured {
	return measured{standing: s, why: []lang.Text{why}}
}

// measure evaluates a measure on the unit's facts.
func (e *evaluation) measure(m plan.Measure) measured {
	if m.Op == plan.ValueOf {
		return e.value(m.Fact)
	}
	switch m.Op {
	case plan.ShareOf:
		return e.share(m.Part, m.Whole)
	case plan.ConstantOf:
		return measured{value: m.Value}
	case plan.ParamOf:
		return e.param(m.Param)
	case plan.MetOf:
		return e.met(m)
	case plan.FirstOf:
		_, found := e.first(m)
		return found
	case plan.ValueOf, plan.ChangeOf, plan.GrowthOf, plan.OneMinus, plan.MinOf, plan.MaxOf, plan.SumOf, plan.MeanOf, plan.ProductOf,
		plan.QuotientOf, plan.FractionOf, plan.RatioOf:
	}
	var all []measured
	for _, arg := range m.Args {
		all = append(all, e.measure(arg))
	}
	if bad := merge(all); bad.standing != reported {
		return bad
	}
	x := all[0].value
	combined := func(with func(x, y number.Exact) number.Exact) number.Exact {
		for _, y := range all[1:] {
			x = with(x, y.value)
		}
		return x
	}
	switch m.Op {
	case plan.ValueOf, plan.ShareOf, plan.ConstantOf, plan.ParamOf, plan.FirstOf, plan.MetOf: // above
	case plan.ProductOf:
		return measured{value: combined(number.Exact.Mul)}
	case plan.QuotientOf, plan.RatioOf, plan.FractionOf:
		return e.divided(m, x, all[1].value)
	case plan.GrowthOf:
		return e.growth(m, x, all[1].value)
	case plan.OneMinus:
		return measured{value: number.Int(1).Sub(x)}
	case plan.ChangeOf:
		return measured{value: combined(number.Exact.Sub)}
	case plan.MinOf:
		return measured{value: combined(number.Min)}
	case plan.MaxOf:
		return measured{value: combined(number.Max)}
	case plan.SumOf:
		return measured{value: combined(number.Exact.Add)}
	case plan.MeanOf:
		return measured{value: combined(number.Exact.Add).Quo(number.Int(int64(len(all))))}
	}
	return fault(unusable, lang.Text{})
}

// param is the value of a param.
func (e *evaluation) param(id string) measured {
	var unknown []string
	x, ok := e.amount(plan.Amount{Op: plan.ParamValue, Param: id}, &unknown)
	if !ok {
		return fault(absent, e.needsParams(unknown))
	}
	return measured{value: x}
}

// first is the first of several measures that is known and not 0, and its
// index. An invalid one is never skipped. It is 0 where all known ones are 0.
func (e *evaluation) first(m plan.Measure) (taken int, found measured) {
	var all []measured
	zero := -1
	for i, arg := range m.Args {
		x := e.measure(arg)
		switch {
		case x.standing == unusable || x.standing == reported && !x.value.IsZero():
			return i, x
		case x.standing == reported && zero < 0:
			zero = i
		}
		all = append(all, x)
	}
	if zero >= 0 {
		return zero, all[zero]
	}
	return 0, merge(all)
}

// divided is one number by another: a share, whose part must not exceed its
// whole, or a quotient without an upper end.
func (e *evaluation) divided(m plan.Measure, part, whole number.Exact) measured {
	of := e.wording(m.Args[1])
	switch {
	case m.Op == plan.FractionOf:
		p, w := e.quantityOf(m.Args[0]).bound(part).Shown, e.quantityOf(m.Args[1]).bound(whole).Shown
		if bad := unfit(part, whole, e.wording(m.Args[0]), of, p, w); bad.standing != reported {
			return bad
		}
	case whole.IsZero():
		return fault(empty, lang.F("%s is 0: there is nothing to measure", "%s bằng 0: không có gì để đo", of))
	}
	x := part.Quo(whole)
	if m.Per != nil {
		x = x.Mul(*m.Per)
	}
	return measured{value: x}
}

// wording names a measure by the facts that it is made of.
func (j *Judge) wording(m plan.Measure) lang.Text {
	var titles []lang.Text
	for _, id := range m.Facts() {
		titles = append(titles, lang.F("“%s”", "“%s”", j.titleOf(id)))
	}
	if len(m.Others()) > 0 {
		titles = append(titles, lang.T("the number of targets met", "số chỉ tiêu đạt"))
	}
	return lang.Join(titles, ", ")
}

// growth is how much larger a number is than before, as a share of the earlier
// number.
func (e *evaluation) growth(m plan.Measure, now, before number.Exact) measured {
	if before.IsZero() {
		q := e.quantityOf(m.Args[1])
		return fault(empty, lang.F("it was %s before: from nothing, growth cannot be told",
			"trước đó là %s: không tính được mức tăng từ số 0", q.beside(before)))
	}
	return measured{value: now.Quo(before).Sub(number.Int(1))}
}

// merge is the worst standing of several measures, with the reasons of all that
// have it.
func merge(all []measured) measured {
	var worst measured
	for _, m := range all {
		switch {
		case m.standing > worst.standing:
			worst = m
			worst.most = nil // a count inside another measure is no bound of that
		case m.standing == worst.standing && m.standing != reported:
			for _, why := range m.why {
				if !slices.ContainsFunc(worst.why, why.Equal) {
					worst.why = append(slices.Clip(worst.why), why)
				}
			}
		}
	}
	return worst
}

// value is the value of a fact.
func (e *evaluation) value(id string) measured {
	f := e.figures[id]
	if f == nil {
		return fault(absent, lang.F("%s: not in the file", "%s: không có trong tệp", e.titleOf(id)))
	}
	switch f.State {
	case fact.Reported:
		return measured{value: f.Value, choice: f.Choice}
	case fact.Invalid:
		return fault(unusable, because(f, lang.T("cannot be used", "không dùng được")))
	case fact.Missing:
	}
	return fault(absent, because(f, lang.T("not in the file", "không có trong tệp")))
}

func because(f *fact.Fact, otherwise lang.Text) lang.Text {
	why := f.Reason
	if why.IsZero() {
		why = otherwise
	}
	return lang.F("%s: %s", "%s: %s", f.Title, why)
}

// share is one fact of another. A part of more than its whole, or below 0, is
// no share.
func (e *evaluation) share(part, whole string) measured {
	p, w := e.value(part), e.value(whole)
	if bad := merge([]measured{p, w}); bad.standing != reported {
		return bad
	}
	quoted := func(id string) lang.Text { return lang.F("“%s”", "“%s”", e.titleOf(id)) }
	if bad := unfit(p.value, w.value, quoted(part), quoted(whole), e.shown(part), e.shown(whole)); bad.standing != reported {
		return bad
	}
	return measured{value: p.value.Quo(w.value)}
}

// unfit explains why one number is no share of another.
func unfit(part, whole number.Exact, title, of, shown, ofShown lang.Text) measured {
	switch {
	case part.Sign() < 0 || whole.Sign() < 0:
		return fault(unusable, lang.F("%s is %s and %s is %s: neither may be below 0",
			"%s là %s và %s là %s: không số nào được âm", title, shown, of, ofShown))
	case part.Cmp(whole) > 0:
		return fault(unusable, lang.F("%s is %s, more than %s, which is %s: a part cannot be larger than its whole",
			"%s là %s, lớn hơn %s là %s: tử số không được lớn hơn mẫu số", title, shown, of, ofShown))
	case whole.IsZero():
		return fault(empty, lang.F("%s is 0: there is nothing to measure", "%s bằng 0: không có gì để đo", of))
	}
	return measured{}
}

// titleOf names a fact as the plan does.
func (j *Judge) titleOf(id string) lang.Text {
	if f := j.facts[id]; f != nil && !f.Title.IsZero() {
		return f.Title
	}
	return lang.Same(id)
}

// shown prints a reported fact's figure as it is printed everywhere.
func (e *evaluation) shown(id string) lang.Text {
	f := e.figures[id]
	if !f.Shown.IsZero() {
		return f.Shown
	}
	return e.quantityOfFact(id).bound(f.Value).Shown
}

// part is a fact shown beside a result; missing if the file does not hold it.
func (e *evaluation) part(id string) *Part {
	part := Part{Fact: id, Title: e.titleOf(id), Unit: e.quantityOfFact(id).unit}
	f := e.figures[id]
	if f == nil {
		return &part
	}
	part.State = f.State
	if f.State == fact.Reported {
		part.Figure = Figure{Exact: f.Value, Shown: e.shown(id)}
		if f.Choice != "" {
			part.Figure = Figure{Shown: e.choiceTitle(id, f.Choice)}
		}
	}
	return &part
}

// choiceTitle is the title of a choice's value.
func (j *Judge) choiceTitle(factID, choice string) lang.Text {
	f := j.facts[factID]
	if f == nil {
		return lang.Same(choice)
	}
	for _, v := range f.Values {
		if v.ID == choice {
			return v.Name()
		}
	}
	return lang.Same(choice)
}

// taken names the alternatives of a measure that were used, where that was not
// the first one.
func (e *evaluation) taken(m plan.Measure) lang.Text {
	var notes []lang.Text
	if m.Op == plan.FirstOf {
		if i, found := e.first(m); i > 0 && found.standing == reported {
			notes = append(notes, lang.F("%s is taken, for %s is 0 or not known", "lấy %s, vì %s bằng 0 hoặc chưa có số liệu",
				e.formulaOf(m.Args[i]), e.wording(plan.Measure{Args: m.Args[:i]})))
		}
	}
	for _, a := range m.Args {
		notes = append(notes, e.taken(a))
	}
	return joinNotes(notes...)
}

// formulaOf words how a measure is computed, with its figures.
func (e *evaluation) formulaOf(m plan.Measure) lang.Text {
	titles, shown := e.wording(m), e.term(m, nil)
	if titles.IsZero() {
		return shown
	}
	return lang.F("%s (%s)", "%s (%s)", titles, shown)
}
