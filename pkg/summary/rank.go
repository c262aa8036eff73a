package summary

import (
	"cmp"
	"slices"

	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// rank orders the units by score, and gives equal scores equal ranks by the
// plan's rule: over all, within their group, and within their level.
func (s *Summary) rank() {
	var ranked []*Unit
	for i := range s.Units {
		u := &s.Units[i]
		u.Ranked = u.Card != nil && !u.GroupTitle.Equal(unranked)
		if u.Ranked {
			ranked = append(ranked, u)
		}
	}
	s.Counts.Ranked = len(ranked)
	slices.SortStableFunc(ranked, func(a, b *Unit) int {
		return cmp.Or(b.Total.Score().Cmp(*a.Total.Score()), cmp.Compare(a.No, b.No))
	})
	s.place(ranked, func(*Unit) string { return "" }, func(u *Unit) *int { return &u.Rank })
	s.place(ranked, func(u *Unit) string { return u.Group }, func(u *Unit) *int { return &u.GroupRank })
	s.place(ranked, func(u *Unit) string { return u.Level }, func(u *Unit) *int { return &u.LevelRank })

	for i := range s.Units {
		s.ranking = append(s.ranking, i)
	}
	slices.SortStableFunc(s.ranking, func(i, j int) int {
		a, b := &s.Units[i], &s.Units[j]
		return cmp.Or(cmp.Compare(last(a), last(b)), cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.No, b.No))
	})
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

// place gives ranks within each part; the units come best first.
func (s *Summary) place(sorted []*Unit, part func(*Unit) string, rank func(*Unit) *int) {
	type best struct {
		seen, distinct, rank int
		score                number.Exact
	}
	parts := map[string]*best{}
	for _, u := range sorted {
		b := parts[part(u)]
		if b == nil {
			b = &best{}
			parts[part(u)] = b
		}
		score := *u.Total.Score()
		if b.seen++; b.seen == 1 || !score.Equal(b.score) {
			b.distinct++
			b.score, b.rank = score, b.seen
			if s.in.Plan.Ties == plan.TieDense {
				b.rank = b.distinct
			}
		}
		*rank(u) = b.rank
	}
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
// exact ones do: two that differ, differ in the first eleven decimals, for the
// workbook rounds a score to twelve before it ranks it; and none is so near to
// the middle between two roundings that its last bits decide.
func (s *Summary) separable() bool {
	var before *number.Exact
	scale, edge := number.Int(1_000_000_000_000), number.Frac(1, 1000)
	for _, i := range s.ranking {
		u := &s.Units[i]
		if !u.Ranked {
			break
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
