package score

import (
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/term"
)

// FailOn is a set of things that a gate does not let pass. The zero value
// lets everything pass.
type FailOn uint8

// The members of a FailOn.
const (
	FailOnMissed          FailOn = 1 << iota // a missed target, mandatory or aspirational
	FailOnMissedMandatory                    // a missed mandatory target
	FailOnMissing                            // a target whose figure is missing
	FailOnInvalid                            // a target whose figure cannot be used
	FailOnWarning                            // a diagnostic of severity warning or error
	FailOnError                              // a diagnostic of severity error
	FailOnNever                              // nothing: the gate always holds, whatever else is set
)

var failOnNames = [...]string{"missed", "missed-mandatory", "missing", "invalid", "warning", "error", "never"}

// ParseFailOn reads names as --fail-on takes them; "never" stands alone.
func ParseFailOn(names []string) (FailOn, error) {
	var set FailOn
	for _, name := range names {
		i := slices.Index(failOnNames[:], name)
		if i < 0 {
			return 0, lang.Errorf("unknown gate %q: want %s", "không có điều kiện %q: cần một trong %s", name, strings.Join(failOnNames[:], ", "))
		}
		set |= 1 << i
	}
	if set&FailOnNever != 0 && set != FailOnNever {
		return 0, lang.Errorf("the gate %q stands alone: take the others out", "điều kiện %q chỉ dùng một mình: hãy bỏ các điều kiện khác", "never")
	}
	return set, nil
}

// Gate decides whether a run is good enough. The zero value always holds.
// Waived results never fail a gate, and pending and not applicable ones
// neither.
type Gate struct {
	FailOn      FailOn
	MinScore    *number.Exact // of each card, 0..1, waived targets left out; a card without a score fails. nil: no such gate
	MinCoverage *number.Exact // of each card, as MinScore
	FailOnNew   bool          // a target fails that did not fail in the baseline: see Change.FailsAnew
}

// Check reports whether the gate holds. Otherwise it lists the conditions that
// fail, each with how often and with the first case in the order of the cards
// and targets. diagnostics are those that belong to no card; changes are those
// against the baseline.
func (g Gate) Check(cards []Card, diagnostics diag.List, changes []Change) (ok bool, why lang.Text) {
	if g.FailOn&FailOnNever != 0 {
		return true, lang.T("the gate holds: nothing fails it (never)", "đạt điều kiện đặt ra: không xét gì (never)")
	}
	var failed []lang.Text
	for _, c := range g.conditions() {
		if n, first := c.offenders(cards, diagnostics, changes); n > 0 {
			failed = append(failed, lang.F("%s: %d, the first %s", "%s: %d, đầu tiên là %s", c.name, n, first))
		}
	}
	if len(failed) > 0 {
		return false, lang.F("the gate does not hold: %s", "không đạt điều kiện đặt ra: %s", lang.Join(failed, "; "))
	}
	return true, lang.F("the gate holds (%s)", "đạt điều kiện đặt ra: %s", g.names())
}

// names lists the gate's conditions as the command line spells them; in
// Vietnamese with their meaning, because the command line is English.
func (g Gate) names() lang.Text {
	var names []lang.Text
	for _, c := range g.conditions() {
		names = append(names, c.name)
	}
	if len(names) == 0 {
		return lang.T("nothing is asked for", "không đặt điều kiện nào")
	}
	return lang.F("%s", "không có %s", lang.Join(names, ", "))
}

// condition is one condition of a gate: how many cases violate it, and the
// first of them.
type condition struct {
	name      lang.Text
	offenders func(cards []Card, rest diag.List, changes []Change) (n int, first lang.Text)
}

// conditions lists the conditions of the gate, in the order of reports.
func (g Gate) conditions() []condition {
	var all []condition
	add := func(on FailOn, name, meaning string, offenders func([]Card, diag.List, []Change) (int, lang.Text)) {
		if g.FailOn&on != 0 {
			all = append(all, condition{lang.T(name, meaning+" ("+name+")"), offenders})
		}
	}
	add(FailOnError, "error", "lỗi", diagnosed(diag.Error))
	add(FailOnWarning, "warning", "lỗi hoặc cảnh báo", diagnosed(diag.Warning))
	add(FailOnInvalid, "invalid", "số liệu không dùng được", results(func(r *Result) bool { return r.Outcome == Invalid }))
	add(FailOnMissing, "missing", "chỉ tiêu thiếu số liệu", results(func(r *Result) bool { return r.Outcome == Missing }))
	add(FailOnMissed, "missed", "chỉ tiêu không đạt", results(func(r *Result) bool { return r.Outcome == Missed }))
	add(FailOnMissedMandatory, "missed-mandatory", "chỉ tiêu bắt buộc không đạt", results(func(r *Result) bool {
		return r.Outcome == Missed && r.Commitment == plan.Mandatory
	}))
	if g.MinCoverage != nil {
		all = append(all, atLeast("min-coverage", "độ phủ", *g.MinCoverage, func(t *Tally) *Figure { return t.Coverage }))
	}
	if g.MinScore != nil {
		all = append(all, atLeast("min-score", "điểm số", *g.MinScore, func(t *Tally) *Figure { return t.Score }))
	}
	if g.FailOnNew {
		all = append(all, condition{lang.T("fail-on-new", "chỉ tiêu mới không đạt (fail-on-new)"), newFailures})
	}
	return all
}

// results counts unwaived results.
func results(offends func(*Result) bool) func([]Card, diag.List, []Change) (int, lang.Text) {
	return func(cards []Card, _ diag.List, _ []Change) (n int, first lang.Text) {
		for i := range cards {
			for k := range cards[i].Results {
				r := &cards[i].Results[k]
				if r.Waiver != nil || !offends(r) {
					continue
				}
				if n++; n == 1 {
					first = named(r.Target, cards[i].Unit.Name, r.Reason)
				}
			}
		}
		return n, first
	}
}

// named names a target of a unit and the reason.
func named(target string, unit, why lang.Text) lang.Text {
	if unit.IsZero() {
		return lang.F("%s (%s)", "%s (%s)", target, why)
	}
	return lang.F("%s of %s (%s)", "%s của %s (%s)", target, unit, why)
}

// diagnosed counts diagnostics of a severity or a worse one.
func diagnosed(least diag.Severity) func([]Card, diag.List, []Change) (int, lang.Text) {
	return func(cards []Card, rest diag.List, _ []Change) (n int, first lang.Text) {
		count := func(list diag.List) {
			for _, d := range list {
				if d.Severity > least { // the severities stand worst first
					continue
				}
				if n++; n == 1 {
					first = lang.F("%s", "%s", d)
				}
			}
		}
		for i := range cards {
			count(cards[i].Diagnostics)
		}
		count(rest)
		return n, first
	}
}

// atLeast counts cards whose figure is below a bound.
func atLeast(name, figure string, bound number.Exact, of func(*Tally) *Figure) condition {
	shown := quantity{kind: plan.ShareFact}.bound(bound).Shown
	offenders := func(cards []Card, _ diag.List, _ []Change) (n int, first lang.Text) {
		for i := range cards {
			f := of(cards[i].gated())
			if f != nil && f.Exact.Cmp(bound) >= 0 {
				continue
			}
			if n++; n > 1 {
				continue
			}
			has := term.None
			if f != nil {
				has = number.Beside(f.Exact, []number.Exact{bound}, leastDecimals, number.AsPercent)
			}
			first = lang.F("%s (%s)", "%s (%s)", cards[i].Unit.Name, has)
		}
		return n, first
	}
	return condition{lang.F("%[1]s %[3]s", "%[2]s dưới %[3]s (%[1]s)", name, figure, shown), offenders}
}

// gated is the tally that a gate checks.
func (c *Card) gated() *Tally {
	if c.Waived != nil {
		return c.Waived
	}
	return &c.Total
}

func newFailures(_ []Card, _ diag.List, changes []Change) (n int, first lang.Text) {
	for _, c := range changes {
		if !c.FailsAnew() {
			continue
		}
		if n++; n == 1 {
			first = named(c.Target, c.Unit, c.New.Reason)
		}
	}
	return n, first
}
