package summary

import (
	"cmp"
	"slices"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// rank gives the units their standing. The ranking lists one group after the
// other, in the order of their first units, each from the best unit on.
func (s *Summary) rank() {
	var units []*Unit
	var cards []*score.Card
	for i := range s.Units {
		if u := &s.Units[i]; u.Card != nil {
			units, cards = append(units, u), append(cards, u.Card)
		}
	}
	groups := map[string]int{}
	for i, standing := range score.Rank(s.in.Plan, s.in.Roster, cards) {
		u := units[i]
		u.Rank, u.Ranked, u.why = standing.Rank, standing.Rank > 0, standing.Why
		if !u.Ranked {
			u.GroupTitle = unranked
			continue
		}
		s.Counts.Ranked++
		if _, ok := groups[u.GroupTitle.In(lang.VI)]; !ok {
			groups[u.GroupTitle.In(lang.VI)] = len(groups)
		}
	}
	for i := range s.Units {
		s.ranking = append(s.ranking, i)
	}
	group := func(u *Unit) int { return groups[u.GroupTitle.In(lang.VI)] }
	slices.SortStableFunc(s.ranking, func(i, j int) int {
		a, b := &s.Units[i], &s.Units[j]
		if c := cmp.Compare(last(a), last(b)); c != 0 || !a.Ranked {
			return cmp.Or(c, cmp.Compare(a.No, b.No))
		}
		return cmp.Or(cmp.Compare(group(a), group(b)), cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.No, b.No))
	})
}

// block is the run of rows of the ranking that one group of ranked units takes.
type block struct {
	title       lang.Text
	first, rows int // from the first row of the data
}

// blocks are the ranked groups in the order of the ranking.
func (s *Summary) blocks() []block {
	var out []block
	for row, i := range s.ranking[:s.Counts.Ranked] {
		title := s.Units[i].GroupTitle
		if len(out) == 0 || !out[len(out)-1].title.Equal(title) {
			out = append(out, block{title: title, first: row})
		}
		out[len(out)-1].rows++
	}
	return out
}

// last puts units without a rank below the others, and those without a card at
// the end.
func last(u *Unit) int {
	switch {
	case u.Ranked:
		return 0
	case u.Card != nil:
		return 1
	}
	return 2
}

// levels and groups are the parts that ranked units fall into, in the order of
// the plan and of the roster.
func (s *Summary) levels() []plan.Area {
	var all []plan.Area
	for _, l := range s.in.Plan.Levels {
		all = append(all, plan.Area{ID: l.ID, Title: l.Title})
	}
	return s.present(all, func(u *Unit) string { return u.Level })
}

func (s *Summary) groups() []plan.Area {
	if s.in.Roster == nil {
		return nil
	}
	return s.present(s.in.Roster.Groups, func(u *Unit) string { return u.Group })
}

func (s *Summary) present(all []plan.Area, part func(*Unit) string) []plan.Area {
	return slices.DeleteFunc(all, func(a plan.Area) bool {
		return !slices.ContainsFunc(s.Units, func(u Unit) bool { return u.Ranked && part(&u) == a.ID })
	})
}

// separable reports whether the scores that spreadsheets calculate rank as the
// exact ones do: two of a group that differ, differ in the first eleven decimals, for the
// workbook rounds a score to twelve before it ranks it; and none is so near to
// the middle between two roundings that its last bits decide.
func (s *Summary) separable() bool {
	var before *number.Exact
	var group lang.Text
	scale, edge := number.Int(1_000_000_000_000), number.Frac(1, 1000)
	for _, i := range s.ranking {
		u := &s.Units[i]
		if !u.Ranked {
			break
		}
		if !u.GroupTitle.Equal(group) {
			group, before = u.GroupTitle, nil
		}
		score := u.Total.Score()
		if before != nil && !before.Equal(*score) &&
			before.Sub(*score).Mul(number.Int(100_000_000_000)).Cmp(number.Int(1)) < 0 {
			return false
		}
		if rest := score.Mul(scale).Sub(score.Mul(scale).Floor()).Sub(number.Frac(1, 2)); number.Max(rest, rest.Neg()).Cmp(edge) < 0 {
			return false
		}
		before = score
	}
	return true
}
