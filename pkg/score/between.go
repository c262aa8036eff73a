package score

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/term"
)

// Related is another target of the same unit that a result depends on.
type Related struct {
	Target  string    `json:"target"`
	Title   lang.Text `json:"title"`
	Outcome Outcome   `json:"outcome"`
}

// related looks the targets of some ids up; those that a result depends on are
// evaluated before it.
func related(find func(id string) *Result, ids []string) []Related {
	var list []Related
	for _, id := range ids {
		if r := find(id); r != nil {
			list = append(list, Related{id, r.Title, r.Outcome})
		}
	}
	return list
}

func (e *evaluation) find(id string) *Result { return e.results[id] }

// census counts the outcomes of the targets that a measure counts.
type census struct {
	of      []Related
	met     int
	apply   int // those that apply, whatever their outcome
	unknown int // of these, neither met nor missed
}

func (e *evaluation) census(m plan.Measure) census {
	c := census{of: related(e.find, m.Targets)}
	for _, r := range c.of {
		switch r.Outcome {
		case Met:
			c.met++
		case Missed, NotApplicable, Tracked:
		case Missing, Invalid, Pending:
			c.unknown++
		}
		if r.Outcome != NotApplicable {
			c.apply++
		}
	}
	return c
}

// met is how many targets are met. While some are neither met nor missed, the
// number lies between value and most.
func (e *evaluation) met(m plan.Measure) measured {
	c := e.census(m)
	whole := number.Int(1)
	if m.Of == plan.Applicable {
		if c.apply == 0 {
			return fault(empty, lang.T("none of the targets that are counted applies: there is nothing to measure", "không chỉ tiêu nào được đếm có áp dụng: không có gì để đo"))
		}
		whole = number.Int(int64(c.apply))
	}
	counted := measured{value: number.Int(int64(c.met)).Quo(whole)}
	var faults []measured
	for _, r := range c.of {
		why := lang.F("“%s” is %s", "“%s” %s", r.Title, r.Outcome.Title())
		switch r.Outcome {
		case Pending:
			faults = append(faults, fault(waiting, why))
		case Missing:
			faults = append(faults, fault(absent, why))
		case Invalid:
			faults = append(faults, fault(unusable, why))
		case Met, Missed, NotApplicable, Tracked:
		}
	}
	if bad := merge(faults); bad.standing != reported {
		most := number.Int(int64(c.met + c.unknown)).Quo(whole)
		bad.value, bad.most = counted.value, &most
		return bad
	}
	return counted
}

// settle takes a count as known where the outcome is the same whatever becomes
// of the targets that are still open.
func (a aim) settle(m measured) measured {
	if m.most == nil || a.blocked || len(a.bounds) == 0 {
		return m
	}
	low, high := a.limits()
	reachedByAll := a.cmp.Holds(m.value, a.bounds) && a.cmp.Holds(*m.most, a.bounds)
	reachedByNone := low != nil && low.above(*m.most) || high != nil && high.below(m.value)
	if reachedByAll || reachedByNone {
		return measured{value: m.value}
	}
	return m
}

// above and below report whether an end excludes a number on its side.
func (l *limit) above(x number.Exact) bool { c := x.Cmp(l.at); return c < 0 || c == 0 && l.open }

func (l *limit) below(x number.Exact) bool { c := x.Cmp(l.at); return c > 0 || c == 0 && l.open }

// mostNamed is how many targets a sentence names.
const mostNamed = 5

// titled lists the titles of targets in a sentence.
func titled(list []Related) lang.Text {
	var names []lang.Text
	for i, r := range list {
		if i == mostNamed {
			names = append(names, lang.F("%d more", "%d chỉ tiêu khác", len(list)-i))
			break
		}
		names = append(names, lang.F("“%s”", "“%s”", r.Title))
	}
	return lang.Join(names, ", ")
}

// counting writes a count of met targets: "1 of 3 targets met (not met: “A”; does
// not apply: “B”)".
func (e *evaluation) counting(m plan.Measure) lang.Text {
	c := e.census(m)
	whole := len(c.of)
	if m.Of == plan.Applicable {
		whole = c.apply
	}
	var besides []lang.Text
	for _, group := range []struct {
		outcomes []Outcome
		what     lang.Text
	}{
		{[]Outcome{Missed}, term.NotMet},
		{[]Outcome{Missing, Invalid, Pending}, term.NotKnown},
		{[]Outcome{NotApplicable}, term.NotApplicable},
	} {
		list := slices.DeleteFunc(slices.Clone(c.of), func(r Related) bool { return !slices.Contains(group.outcomes, r.Outcome) })
		if len(list) > 0 {
			besides = append(besides, lang.F("%s: %s", "%s: %s", group.what, titled(list)))
		}
	}
	words := lang.F("%d of %d targets met", "đạt %d trên %d chỉ tiêu", c.met, whole)
	if len(besides) == 0 {
		return words
	}
	return lang.F("%s (%s)", "%s (%s)", words, lang.Join(besides, "; "))
}

// verdict says whether a condition on facts holds, or why that is undecided.
type verdict struct {
	measured           // reported: it can be told
	holds    bool      // whether it holds
	because  lang.Text // what of it does not hold
}

// applies reports whether all conditions hold. A condition that does not hold
// decides, whatever the others are.
func (e *evaluation) applies(all []plan.Condition) verdict {
	var unknown []measured
	for _, w := range all {
		v := e.holds(w)
		switch {
		case v.standing != reported:
			unknown = append(unknown, v.measured)
		case !v.holds:
			return v
		}
	}
	if bad := merge(unknown); bad.standing != reported {
		return verdict{measured: bad}
	}
	return verdict{holds: true}
}

// holds evaluates one condition.
func (e *evaluation) holds(w plan.Condition) verdict {
	switch w.Op {
	case plan.AnyOf, plan.NoneOf:
		return e.alternatives(w)
	case plan.IsFilled, plan.IsBlank:
		f := e.figures[w.Column]
		filled := f != nil && f.State != fact.Missing
		v := verdict{holds: filled == (w.Op == plan.IsFilled), because: lang.F("%s is reported", "có số liệu %s", e.titleOf(w.Column))}
		if !filled {
			v.because = lang.F("%s is not reported", "không có số liệu %s", e.titleOf(w.Column))
		}
		return v
	case plan.IsOneOf, plan.IsNotOneOf, plan.Compares, plan.NotAfter, plan.After, plan.Before, plan.NotBefore:
	}
	got := e.value(w.Column)
	if got.standing != reported {
		return verdict{measured: got}
	}
	v := verdict{}
	switch w.Op {
	case plan.IsOneOf, plan.IsNotOneOf:
		v.holds = slices.Contains(w.Values, got.choice) == (w.Op == plan.IsOneOf)
		v.because = lang.F("%s: “%s”", "%s: “%s”", e.titleOf(w.Column), e.choiceTitle(w.Column, got.choice))
	case plan.Compares, plan.NotAfter, plan.After, plan.Before, plan.NotBefore:
		cmp, bounds := w.Comparison()
		a, q := e.aim(plan.Goal{Cmp: cmp, Bounds: bounds}), e.quantityOfFact(w.Column)
		if a.blocked {
			return verdict{measured: fault(absent, e.needsParams(a.unknown))}
		}
		v.holds = a.cmp.Holds(got.value, a.bounds)
		v.because = lang.F("%s: %s, and it applies only if that is %s", "%s: %s, chỉ áp dụng khi %s", e.titleOf(w.Column),
			number.WithUnit(got.value, e.shown(w.Column), q.unit), e.goal(a, q, "").Shown)
	case plan.AnyOf, plan.NoneOf, plan.IsFilled, plan.IsBlank: // above
	}
	return v
}

// alternatives evaluates any_of and none_of. One alternative that holds
// decides.
func (e *evaluation) alternatives(w plan.Condition) verdict {
	var unknown []measured
	var because []lang.Text
	for _, all := range w.Any {
		v := e.applies(all)
		switch {
		case v.standing != reported:
			unknown = append(unknown, v.measured)
		case v.holds && w.Op == plan.NoneOf:
			return verdict{because: lang.F("%s", "%s", e.conditionsHold(all))}
		case v.holds:
			return verdict{holds: true}
		default:
			because = append(because, v.because)
		}
	}
	if bad := merge(unknown); bad.standing != reported {
		return verdict{measured: bad}
	}
	return verdict{holds: w.Op == plan.NoneOf, because: lang.Join(because, "; ")}
}

// conditionsHold names the facts of conditions that hold although they must
// not.
func (e *evaluation) conditionsHold(all []plan.Condition) lang.Text {
	var words []lang.Text
	for _, w := range all {
		for _, id := range w.Columns() {
			shown := lang.T("not reported", "không có số liệu")
			if part := e.part(id); part.State == fact.Reported {
				shown = number.WithUnit(part.Exact, part.Shown, part.Unit)
			}
			words = append(words, lang.F("%s: %s", "%s: %s", e.titleOf(id), shown))
		}
	}
	return lang.Join(words, "; ")
}

// fallAway words what becomes of the points of a target that does not apply.
func (r *Result) fallAway(rule plan.Fallen) {
	if r.Outcome != NotApplicable || r.Max.Exact.IsZero() {
		return
	}
	switch r.Fallen = rule; rule {
	case plan.Dropped:
	case plan.Shared:
		r.Reason = lang.F("%s; its points are shared over the other targets", "%s; điểm được chia cho các chỉ tiêu khác", r.Reason)
	case plan.Given:
		r.Points = r.Max
		r.Reason = lang.F("%s; its points are given in full", "%s; được tính đủ điểm", r.Reason)
	}
}

// gate withholds the points of a target until those that it requires are met. A
// required target that does not apply is ignored; one that is not due yet
// leaves the target pending.
func gate(find func(id string) *Result, r *Result, t *plan.Target) {
	if len(t.Requires) == 0 || r.Outcome == NotApplicable {
		return
	}
	r.Requires, r.Withheld = related(find, t.Requires), nil
	if r.Alone != nil && r.Outcome == Pending {
		return // its points are not worked out yet
	}
	var closed, waits []lang.Text
	for _, o := range r.Requires {
		words := lang.F("“%s” is %s", "“%s” %s", o.Title, o.Outcome.Title())
		switch o.Outcome {
		case Missed, Missing, Invalid, Tracked:
			closed = append(closed, words)
		case Pending:
			waits = append(waits, words)
		case Met, NotApplicable:
		}
	}
	switch {
	case len(closed) > 0:
		r.withhold(lang.F("no points: %s", "không được tính điểm: %s", lang.Join(closed, "; ")))
	case len(waits) > 0:
		why := lang.F("its points wait: %s", "chưa tính điểm: %s", lang.Join(waits, "; "))
		r.withhold(why)
		if r.Outcome.Judged() {
			r.Outcome, r.Gap, r.Withheld = Pending, nil, nil
		}
	}
}

func (r *Result) withhold(why lang.Text) {
	r.Reason = lang.F("%s; %s", "%s; %s", r.Reason, why)
	if r.Outcome != Pending {
		r.Withheld = new(r.Points)
	}
	r.Points = pointsFigure(number.Exact{}, r.Max.Exact)
}

// Closed reports whether targets that a result requires keep it from earning
// points.
func (r *Result) Closed() bool { return r.Withheld != nil }

// follow evaluates again what depends on other results after some of them were
// changed hypothetically: counts of met targets that then reach their goals,
// and gates that then open. The points of a count below its goal stay.
func (c *Card) follow() {
	for range c.Results { // no chain is longer
		changed := false
		for i := range c.Results {
			changed = c.Results[i].follow(c) || changed
		}
		if !changed {
			return
		}
	}
}

func (r *Result) follow(c *Card) (changed bool) {
	if r.Outcome == Missed && len(r.Counts) > 0 && r.countReached(c) {
		r.Outcome, r.Gap, changed = Met, nil, true
		if r.Closed() {
			r.Withheld = new(r.Max)
		} else {
			r.Points = r.Max
		}
	}
	if !r.Closed() {
		return changed
	}
	for _, o := range r.Requires {
		if other := c.Find(o.Target); other != nil && other.Outcome != Met && other.Outcome != NotApplicable {
			return changed
		}
	}
	r.Points, r.Withheld = *r.Withheld, nil
	return true
}

// countReached reports whether a count of met targets reaches the goal of a
// result that has nothing else in its measure.
func (r *Result) countReached(c *Card) bool {
	met, apply := 0, 0
	for _, o := range r.Counts {
		other := c.Find(o.Target)
		if other == nil || other.Outcome == NotApplicable {
			continue
		}
		if apply++; other.Outcome == Met {
			met++
		}
	}
	value := number.Int(int64(met))
	if r.Kind == plan.ShareKind && apply > 0 {
		value = value.Quo(number.Int(int64(apply)))
	}
	var bounds []number.Exact
	for _, b := range r.Goal.Bounds {
		bounds = append(bounds, b.Exact)
	}
	return len(bounds) > 0 && r.Goal.Comparator.Holds(value, bounds)
}

// after totals the card as if some results were met with all points.
func (c *Card) after(results ...int) Tally {
	then := *c
	then.Results = slices.Clone(c.Results)
	for _, i := range results {
		then.Results[i].reach()
	}
	then.follow()
	then.tally()
	return then.Total
}

// full reports whether a result has all of its points. A target without points
// never has: others may depend on it.
func (r *Result) full() bool {
	return r.Max.Exact.Sign() > 0 && r.Points.Exact.Cmp(r.Max.Exact) >= 0
}

// reach marks a result as met with all points, hypothetically.
func (r *Result) reach() {
	r.Outcome, r.Gap = Met, nil
	if r.Closed() {
		r.Withheld = new(r.Max)
		return
	}
	r.Points = r.Max
}
