package score

import (
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Waive marks the failing results that waivers take out of the gate, and sums
// the cards up again. It hides nothing: outcome, points and Total stay, and
// Card.Waived tells the score without the waived targets. The first waiver
// that fits a result is the one marked.
//
// A waiver holds from the day of its issue to the day it expires, both
// included. The list says which waivers were not used, and why: expired, not
// yet issued, of a target that no card has, of a unit that is not in this run
// (a note: it may be in another), or of a target that does not fail.
func Waive(cards []Card, waivers []plan.Waiver, asOf date.Date) diag.List {
	var list diag.List
	for i := range waivers {
		w := &waivers[i]
		if d := problem(cards, w, asOf); d != nil {
			list = append(list, *d)
			continue
		}
		if !mark(cards, w) {
			list.Add(diag.WaiverUnused, w.Pos, lang.F("the waiver of %q for %q is not used: the target does not fail, or another waiver covers it",
				"miễn trừ %q cho %q không được dùng: chỉ tiêu đã đạt, chưa đến hạn, không áp dụng hoặc đã có miễn trừ khác",
				w.Target, w.Unit))
		}
	}
	for i := range cards {
		cards[i].tally()
	}
	list.Sort()
	return list
}

// problem says why a waiver cannot be applied, or nothing.
func problem(cards []Card, w *plan.Waiver, asOf date.Date) *diag.Diagnostic {
	var d diag.Diagnostic
	target, unit := known(cards, w)
	switch {
	case !target:
		d = diag.New(diag.WaiverUnknown, w.Pos, lang.F("no plan of this run has a target %q: take the waiver out, or mend the target's id",
			"không kế hoạch nào trong lần chạy này có chỉ tiêu %q: bỏ miễn trừ hoặc sửa mã chỉ tiêu", w.Target))
	case w.Expires.Before(asOf):
		d = diag.New(diag.WaiverExpired, w.Pos, lang.F("the waiver of %q for %q expired on %s and is not applied",
			"miễn trừ %q cho %q đã hết hạn ngày %s nên không được áp dụng", w.Target, w.Unit, w.Expires.Shown()))
	case asOf.Before(w.Issued):
		d = diag.New(diag.WaiverUnused, w.Pos, lang.F("the waiver of %q for %q holds from %s only and is not applied on %s",
			"miễn trừ %q cho %q chỉ có hiệu lực từ ngày %s nên chưa được áp dụng ngày %s", w.Target, w.Unit, w.Issued.Shown(), asOf.Shown()))
	case !unit:
		d = diag.New(diag.WaiverUnused, w.Pos, lang.F("the waiver of %q is not used: no unit %q is in this run",
			"miễn trừ %q không được dùng: lần chạy này không có đơn vị %q", w.Target, w.Unit))
		d.Severity = diag.Note
	default:
		return nil
	}
	return &d
}

// known reports whether a card has the waiver's target, and whether one is of
// its unit.
func known(cards []Card, w *plan.Waiver) (target, unit bool) {
	for i := range cards {
		target = target || cards[i].Find(w.Target) != nil
		unit = unit || fits(w, cards[i].Unit)
	}
	return target, unit
}

// mark puts the waiver on the failing results that it fits and that have none
// yet, and reports whether there were any.
func mark(cards []Card, w *plan.Waiver) bool {
	used := false
	for i := range cards {
		r := cards[i].Find(w.Target)
		if r == nil || !r.Outcome.Failing() || r.Waiver != nil || !fits(w, cards[i].Unit) {
			continue
		}
		r.Waiver = &Waiver{Reason: w.Reason, Approver: w.Approver, Issued: w.Issued, Expires: w.Expires}
		used = true
	}
	return used
}

// fits reports whether a waiver is meant for a unit: by its id, by its name
// after folding, or "*" for every unit.
func fits(w *plan.Waiver, u fact.Unit) bool {
	if w.Unit == "*" || w.Unit == u.ID {
		return true
	}
	name := label.Key(w.Unit)
	return name != "" && (name == label.Key(u.Name.In(lang.VI)) || name == label.Key(u.Name.In(lang.EN)))
}
