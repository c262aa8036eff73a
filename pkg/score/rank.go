package score

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/term"
)

// Standing is a card's place among the units that it is compared with.
type Standing struct {
	Group lang.Text `json:"group,omitzero"` // what it is ranked among; none: nothing
	Rank  int       `json:"rank,omitempty"` // 1 is best; 0: not ranked
	Why   lang.Text `json:"why,omitzero"`   // it is not ranked
}

// Rank returns the standing of each card under one plan: by exact score, among
// the units of its roster group, or of its level where the roster has no groups
// or there is no roster, and of its period. Equal scores are ranked by the
// plan's rule. A unit off the roster, one in no group, one without a score, and
// one whose submissions differ have no rank; of identical submissions the first
// has it.
func Rank(p *plan.Plan, roster *plan.Roster, cards []*Card) []Standing {
	standings, leagues := compared(p, roster, cards)
	for _, list := range leagues {
		list = slices.DeleteFunc(list, func(i int) bool {
			unscored := cards[i].Total.Score == nil
			if unscored {
				standings[i].Why = lang.T("no target applies", "không có chỉ tiêu áp dụng")
			}
			return unscored
		})
		scores := make([]number.Exact, len(list))
		for k, i := range list {
			scores[k] = cards[i].Total.Score.Exact
		}
		for k, rank := range Places(scores, p.Ties) {
			standings[list[k]].Rank = rank
		}
	}
	return standings
}

// compared returns with whom each card is compared, and lists those who are
// compared with one another, in their order: the units of one group and period.
func compared(p *plan.Plan, roster *plan.Roster, cards []*Card) (standings []Standing, leagues [][]int) {
	standings = make([]Standing, len(cards))
	type league struct {
		group  string
		period plan.Period
	}
	places := map[league]int{}
	repeated := repetitions(roster, cards)
	for i, c := range cards {
		s := &standings[i]
		unit, level := OnRoster(roster, c), c.Unit.Level
		if unit != nil {
			level = unit.Level
		}
		s.Group, s.Why = GroupTitle(p, roster, unit, level)
		switch {
		case !s.Why.IsZero():
			continue
		case !repeated[i].IsZero():
			s.Why = repeated[i]
			continue
		}
		l := league{s.Group.In(lang.VI), c.Period}
		at, there := places[l]
		if !there {
			at = len(leagues)
			places[l] = at
			leagues = append(leagues, nil)
		}
		leagues[at] = append(leagues[at], i)
	}
	return standings, leagues
}

// Places ranks figures, the largest first: 1, 2, 2, 4 or 1, 2, 2, 3.
func Places(figures []number.Exact, ties plan.TieRule) []int {
	order := make([]int, len(figures))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return figures[j].Cmp(figures[i]) })
	places := make([]int, len(figures))
	distinct := 0
	for k, i := range order {
		if k > 0 && figures[order[k-1]].Equal(figures[i]) {
			places[i] = places[order[k-1]]
			continue
		}
		distinct++
		switch ties {
		case plan.TieShare:
			places[i] = k + 1
		case plan.TieDense:
			places[i] = distinct
		}
	}
	return places
}

// GroupTitle names what a unit is ranked among, or says why it is in nothing
// that is ranked. unit is the roster's; nil: it is not on it.
func GroupTitle(p *plan.Plan, roster *plan.Roster, unit *plan.Unit, level string) (title, why lang.Text) {
	grouped := roster != nil && len(roster.Groups) > 0
	switch {
	case roster != nil && unit == nil:
		return lang.Text{}, term.NotOnRoster
	case grouped && unit.Group == "":
		return lang.Text{}, lang.T("in no group that is ranked", "không thuộc nhóm xếp hạng")
	case grouped:
		return plan.TitleOf(roster.Groups, unit.Group), lang.Text{}
	case level == "":
		return term.AllUnits, lang.Text{}
	}
	return p.LevelTitle(level), lang.Text{}
}

// OnRoster returns the unit of the roster that a card is of, or nil.
func OnRoster(r *plan.Roster, c *Card) *plan.Unit {
	if r == nil {
		return nil
	}
	if i := slices.IndexFunc(r.Units, func(u plan.Unit) bool { return u.ID == c.Unit.ID }); i >= 0 {
		return &r.Units[i]
	}
	for _, name := range []string{c.Unit.Name.In(lang.VI), c.Unit.Name.In(lang.EN)} {
		if u := r.Find(name); u != nil {
			return u
		}
	}
	return nil
}

// UnitKey tells the units of cards apart: by the roster's id, else by the
// folded name, else by the file.
func UnitKey(r *plan.Roster, c *Card) string {
	if u := OnRoster(r, c); u != nil {
		return "id:" + u.ID
	}
	if name := label.Key(c.Unit.Name.In(lang.VI)); name != "" {
		return "name:" + name
	}
	return "file:" + c.Input.File
}

// Copies reports whether two submissions are the same bytes.
func Copies(a, b *Card) bool { return a.Input.SHA256 != "" && a.Input.SHA256 == b.Input.SHA256 }

// repetitions says of each card why it does not count beside another card of
// its unit and period; nothing where it counts.
func repetitions(roster *plan.Roster, cards []*Card) []lang.Text {
	type submission struct {
		unit   string
		period plan.Period
	}
	why := make([]lang.Text, len(cards))
	all := map[submission][]int{}
	for i, c := range cards {
		k := submission{UnitKey(roster, c), c.Period}
		all[k] = append(all[k], i)
	}
	for _, same := range all {
		first := cards[same[0]]
		differ := slices.ContainsFunc(same[1:], func(i int) bool { return !Copies(first, cards[i]) })
		for k, i := range same {
			switch {
			case differ:
				why[i] = lang.T("several submissions that differ", "nộp nhiều bản khác nhau")
			case k > 0:
				why[i] = lang.F("a copy of %s", "bản sao của %s", first.Input.File)
			}
		}
	}
	return why
}
