package score

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// ChangeKind is how a result compares with an earlier one. The zero value
// claims nothing.
type ChangeKind uint8

// The kinds of change.
const (
	Incomparable ChangeKind = iota // the target's definition or goal is another one
	New                            // fails now, and did not
	Resolved                       // failed, and does not any more
	Worse                          // judged less well, or further from the goal
	Better                         // judged better, or nearer to the goal
	Unchanged                      // the same outcome, as near to the goal
	Appeared                       // the unit or the target is only in the new cards
	Gone                           // the unit or the target is only in the old cards
)

var changeNames = [...]string{
	Incomparable: "incomparable",
	New:          "new",
	Resolved:     "resolved",
	Worse:        "worse",
	Better:       "better",
	Unchanged:    "unchanged",
	Appeared:     "appeared",
	Gone:         "gone",
}

var changeTitles = [...]lang.Text{
	Incomparable: lang.T("incomparable", "không so sánh được"),
	New:          lang.T("new failure", "mới phát sinh"),
	Resolved:     lang.T("resolved", "đã khắc phục"),
	Worse:        lang.T("worse", "kém hơn"),
	Better:       lang.T("better", "tốt hơn"),
	Unchanged:    lang.T("unchanged", "không đổi"),
	Appeared:     lang.T("appeared", "mới có"),
	Gone:         lang.T("gone", "không còn"),
}

// String returns "incomparable", "new", "resolved", "worse", "better",
// "unchanged", "appeared" or "gone".
func (k ChangeKind) String() string { return changeNames[k] }

// Title names the kind as a report does.
func (k ChangeKind) Title() lang.Text { return changeTitles[k] }

// MarshalText writes the kind's name.
func (k ChangeKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the kind's name.
func (k *ChangeKind) UnmarshalText(b []byte) error {
	i := slices.Index(changeNames[:], string(b))
	if i < 0 {
		return fmt.Errorf("unknown kind of change %q", b)
	}
	*k = ChangeKind(i)
	return nil
}

// Change is one target of one unit in two runs. Old and New point into the
// cards that were compared.
type Change struct {
	UnitID string     `json:"unitId,omitempty"` // of the roster
	Unit   lang.Text  `json:"unit"`             // name
	Target string     `json:"target"`
	Title  lang.Text  `json:"title"`
	Kind   ChangeKind `json:"kind"`
	Old    *Result    `json:"old,omitempty"` // nil when it appeared
	New    *Result    `json:"new,omitempty"` // nil when it is gone
}

// FailsAnew reports whether the target fails now, unwaived, and did not fail
// before: whether it passed, was not due, or was not there at all.
func (c Change) FailsAnew() bool {
	return c.New != nil && c.New.Outcome.Failing() && c.New.Waiver == nil &&
		(c.Old == nil || !c.Old.Outcome.Failing())
}

// Compare sets two runs side by side. A unit is the same by its roster id or,
// where one run knows no id, by its folded name; of several cards of one unit
// those of one period belong together. A target is the same by its id. The
// place of a card, or of a target in its plan, plays no part.
//
// The changes come in the order of the new cards and of their targets, each
// unit's gone targets after the others; the units that are gone come last, in
// the order of the old cards.
func Compare(old, new []Card) []Change { return compare(old, new, kindOfChange) }

// Flips lists the results in which two plans judge the same submissions
// otherwise: another outcome or other points, or a target that only one of
// them has. Which rules have changed plays no part.
func Flips(old, new []Card) []Change {
	return slices.DeleteFunc(compare(old, new, kindOfFlip), func(c Change) bool {
		return c.Old != nil && c.New != nil && c.Old.Outcome == c.New.Outcome && c.Old.Points.Exact.Equal(c.New.Points.Exact)
	})
}

func compare(old, new []Card, kind func(old, new *Result) ChangeKind) []Change {
	partner := pair(old, new)
	taken := make([]bool, len(old))
	var changes []Change
	for i := range new {
		before := &Card{}
		if k := partner[i]; k >= 0 {
			before, taken[k] = &old[k], true
		}
		changes = append(changes, compareCards(before, &new[i], kind)...)
	}
	for i := range old {
		if !taken[i] {
			changes = append(changes, compareCards(&old[i], &Card{Unit: old[i].Unit}, kind)...)
		}
	}
	return changes
}

// pair finds for each new card the old one of the same unit: its index, or -1.
func pair(old, new []Card) []int {
	key := unitKeys(old, new)
	before, after := group(old, key), group(new, key)
	partner := make([]int, len(new))
	for i := range new {
		partner[i] = -1
	}
	for k, cards := range after {
		rest := before[k]
		if len(cards) == 1 && len(rest) == 1 {
			partner[cards[0]] = rest[0]
			continue
		}
		for _, i := range cards {
			n := slices.IndexFunc(rest, func(o int) bool { return old[o].Period == new[i].Period })
			if n >= 0 {
				partner[i] = rest[n]
				rest = slices.Delete(slices.Clone(rest), n, n+1)
			}
		}
	}
	return partner
}

// unitKeys returns the keys that identify units: the roster id, shared with
// namesakes on cards without one, or the folded name, or the file of a card
// without a unit.
func unitKeys(runs ...[]Card) func(*Card) string {
	ids := map[string]string{} // by folded name; "" where two units share it
	for _, cards := range runs {
		for i := range cards {
			u := cards[i].Unit
			name := label.Key(u.Name.In(lang.VI))
			if u.ID == "" {
				continue
			}
			if id, seen := ids[name]; seen && id != u.ID {
				ids[name] = ""
			} else {
				ids[name] = u.ID
			}
		}
	}
	return func(c *Card) string {
		name := label.Key(c.Unit.Name.In(lang.VI))
		switch id := cmp.Or(c.Unit.ID, ids[name]); {
		case id != "":
			return "id " + id
		case name != "":
			return "name " + name
		}
		return "file " + c.Input.File
	}
}

// group lists the cards of each unit, in an order that does not depend on the
// run.
func group(cards []Card, key func(*Card) string) map[string][]int {
	units := map[string][]int{}
	for i := range cards {
		k := key(&cards[i])
		units[k] = append(units[k], i)
	}
	for _, list := range units {
		slices.SortStableFunc(list, func(i, k int) int {
			return cmp.Or(cmp.Compare(cards[i].Input.File, cards[k].Input.File),
				cmp.Compare(cards[i].Input.SHA256, cards[k].Input.SHA256))
		})
	}
	return units
}

// compareCards compares the targets of one unit.
func compareCards(old, new *Card, kind func(old, new *Result) ChangeKind) []Change {
	var changes []Change
	add := func(was, is *Result) {
		r := is
		if is == nil {
			r = was
		}
		changes = append(changes, Change{
			UnitID: new.Unit.ID,
			Unit:   new.Unit.Name,
			Target: r.Target,
			Title:  r.Title,
			Kind:   kind(was, is),
			Old:    was,
			New:    is,
		})
	}
	for i := range new.Results {
		add(old.Find(new.Results[i].Target), &new.Results[i])
	}
	for i := range old.Results {
		if new.Find(old.Results[i].Target) == nil {
			add(&old.Results[i], nil)
		}
	}
	return changes
}

func kindOfChange(old, new *Result) ChangeKind {
	if old != nil && new != nil && (old.Definition != new.Definition || old.Kind != new.Kind || !sameGoal(old.Goal, new.Goal)) {
		return Incomparable
	}
	return kindOfFlip(old, new)
}

// kindOfFlip compares results regardless of the rules by which they were
// judged.
func kindOfFlip(old, new *Result) ChangeKind {
	switch {
	case old == nil:
		return Appeared
	case new == nil:
		return Gone
	case new.Outcome.Failing() && !old.Outcome.Failing():
		return New
	case old.Outcome.Failing() && !new.Outcome.Failing():
		return Resolved
	}
	switch d := cmp.Or(
		cmp.Compare(merit[new.Outcome], merit[old.Outcome]),
		new.Points.Exact.Cmp(old.Points.Exact),
		nearer(old, new),
	); {
	case d < 0:
		return Worse
	case d > 0:
		return Better
	}
	return Unchanged
}

// merit orders outcomes: an invalid figure is worse than a missing one, and
// that is worse than a missed goal.
var merit = [...]int{Met: 5, Pending: 4, NotApplicable: 4, Missed: 3, Missing: 2, Invalid: 1, Tracked: 4}

// nearer returns +1 when the new value is better by the goal than the old
// one, -1 when it is worse, and 0 when no value is, or neither is known.
func nearer(old, new *Result) int {
	if old.Value == nil || new.Value == nil {
		return 0
	}
	if len(new.Goal.Bounds) == 0 {
		return 0
	}
	switch d := new.Value.Exact.Cmp(old.Value.Exact); new.Goal.Comparator {
	case plan.AtLeast, plan.MoreThan:
		return d
	case plan.AtMost, plan.LessThan:
		return -d
	case plan.Between, plan.Is:
	}
	if len(old.Goal.Bounds) == 0 {
		return 0
	}
	return off(old).Cmp(off(new))
}

// off is the distance of a value from the bounds of its goal.
func off(r *Result) number.Exact {
	x, low, high := r.Value.Exact, r.Goal.Bounds[0].Exact, r.Goal.Bounds[len(r.Goal.Bounds)-1].Exact
	return number.Max(number.Exact{}, number.Max(low.Sub(x), x.Sub(high)))
}

func sameGoal(a, b Goal) bool {
	return a.Comparator == b.Comparator && a.Choice == b.Choice &&
		slices.EqualFunc(a.Bounds, b.Bounds, func(x, y Figure) bool { return x.Exact.Equal(y.Exact) })
}
