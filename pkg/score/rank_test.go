package score_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// entry is a card to be ranked: unit, level, file's hash and score in percent;
// a score below 0 is none.
type entry struct {
	id, name, level, sha string
	percent              int64
}

func ranked(p *plan.Plan, r *plan.Roster, entries ...entry) string {
	var cards []*score.Card
	for i, e := range entries {
		c := &score.Card{
			Unit:  fact.Unit{ID: e.id, Name: lang.Same(e.name), Level: e.level},
			Input: fact.Input{File: fmt.Sprintf("%d.xlsx", i), SHA256: e.sha},
		}
		if e.percent >= 0 {
			c.Total.Score = &score.Figure{Exact: number.Frac(e.percent, 100)}
		}
		cards = append(cards, c)
	}
	var out []string
	for _, s := range score.Rank(p, r, cards) {
		word := fmt.Sprintf("%s %d", s.Group.In(lang.EN), s.Rank)
		if s.Rank == 0 {
			word = s.Why.In(lang.EN)
		}
		out = append(out, word)
	}
	return strings.Join(out, "; ")
}

func rankPlan(ties plan.TieRule) *plan.Plan {
	return &plan.Plan{Ties: ties, Levels: []plan.Level{
		{ID: "district", Title: lang.Same("districts")}, {ID: "commune", Title: lang.Same("communes")}}}
}

func rankRoster(groups ...plan.Area) *plan.Roster {
	return &plan.Roster{Groups: groups, Units: []plan.Unit{
		{ID: "a", Name: lang.Same("A"), Level: "district", Group: "d"},
		{ID: "b", Name: lang.Same("B"), Level: "district", Group: "d"},
		{ID: "c", Name: lang.Same("C"), Level: "commune", Group: "c"},
		{ID: "p", Name: lang.Same("Province"), Level: "province"},
	}}
}

func TestUnitsAreRankedWithinTheirGroup(t *testing.T) {
	groups := []plan.Area{{ID: "d", Title: lang.Same("group D")}, {ID: "c", Title: lang.Same("group C")}}
	for _, tt := range []struct {
		name    string
		ties    plan.TieRule
		roster  *plan.Roster
		entries []entry
		want    string
	}{
		{"equal scores share a rank that the next counts", plan.TieShare, nil,
			[]entry{{"", "K", "commune", "1", 50}, {"", "L", "commune", "2", 100}, {"", "M", "commune", "3", 20}, {"", "N", "commune", "4", 50}},
			"communes 2; communes 1; communes 4; communes 2"},
		{"equal scores share a rank, dense", plan.TieDense, nil,
			[]entry{{"", "K", "commune", "1", 50}, {"", "L", "commune", "2", 100}, {"", "M", "commune", "3", 20}, {"", "N", "commune", "4", 50}},
			"communes 2; communes 1; communes 3; communes 2"},
		{"levels are groups without a roster", plan.TieShare, nil,
			[]entry{{"", "K", "commune", "1", 50}, {"", "L", "district", "2", 60}, {"", "M", "", "3", 10}},
			"communes 1; districts 1; all units 1"},
		{"and with one that has no groups", plan.TieShare, rankRoster(),
			[]entry{{"a", "A", "commune", "1", 50}, {"c", "C", "", "2", 60}},
			"districts 1; communes 1"},
		{"groups of the roster", plan.TieShare, rankRoster(groups...),
			[]entry{{"a", "A", "", "1", 50}, {"c", "C", "", "2", 60}, {"", "b", "", "3", 70}},
			"group D 2; group C 1; group D 1"},
		{"nobody off the roster, in no group, or without a score", plan.TieShare, rankRoster(groups...),
			[]entry{{"a", "A", "", "1", -1}, {"p", "Province", "", "2", 60}, {"", "Z", "commune", "3", 70}},
			"no target applies; in no group that is ranked; not on the roster"},
		{"none of two submissions that differ", plan.TieShare, rankRoster(groups...),
			[]entry{{"a", "A", "", "1", 50}, {"b", "B", "", "2", 60}, {"", "a", "", "3", 70}},
			"several submissions that differ; group D 1; several submissions that differ"},
		{"the first of copies", plan.TieShare, rankRoster(groups...),
			[]entry{{"a", "A", "", "1", 50}, {"b", "B", "", "2", 40}, {"a", "A", "", "1", 50}},
			"group D 1; group D 2; a copy of 0.xlsx"},
		{"files without a hash are no copies", plan.TieShare, nil,
			[]entry{{"", "K", "commune", "", 50}, {"", "k", "commune", "", 50}},
			"several submissions that differ; several submissions that differ"},
	} {
		if got := ranked(rankPlan(tt.ties), tt.roster, tt.entries...); got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.want)
		}
	}
}
