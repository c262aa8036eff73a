package summary_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/summary"
)

const rollupPlan = `plan: rolled
title: Ba cấp
document: {number: 1/KH, date: 2023-01-01}
period: {from: 2023-01-01, to: 2023-12-31}
levels: {province: {title: Tỉnh}, district: {title: Huyện}, commune: {title: Xã}}
areas: {a: {title: A}}
facts:
  a: {title: A, unit: hồ sơ, from: [{cell: form, row: {label: [A]}, column: value}]}
  b: {title: B, unit: hồ sơ, from: [{cell: form, row: {label: [B]}, column: value}]}
tables:
  form: {shape: form, columns: {label: {headers: [Tên], role: label}, value: {headers: [Số], type: number}}}
defaults: {levels: [province, district, commune], rollup: pooled}
targets:
  - {id: share, area: a, title: S, source: {clause: "1", quote: q}, measure: {share: a, of: b}, goal: {at_least: 70%}, points: 5, credit: proportional}
  - {id: mean-share, area: a, title: M, source: {clause: "2", quote: q}, measure: {share: a, of: b}, goal: {at_least: 70%}, points: 5, credit: proportional, rollup: mean}
  - {id: sum, area: a, title: N, source: {clause: "3", quote: q}, measure: a, goal: {at_least: 20}, points: 3}
  - {id: mean, area: a, title: O, source: {clause: "4", quote: q}, measure: a, goal: {at_least: 6}, points: 3, rollup: mean}
`

// rolledUp is 6 communes of 2 districts of a province, of which one handed in
// nothing and one lacks a figure; a district handed in one figure itself.
func rolledUp(t *testing.T, targets ...string) summary.Input {
	t.Helper()
	p, list := plan.Parse("rolled.yaml", []byte(rollupPlan+strings.Join(targets, "")))
	if list.HasErrors() {
		t.Fatal(list)
	}
	roster := &plan.Roster{File: "roster.yaml"}
	add := func(id, level, parent string) {
		roster.Units = append(roster.Units, plan.Unit{ID: id, Name: lang.Same("Đơn vị " + id), Level: level, Parent: parent})
	}
	add("p", "province", "")
	add("d0", "district", "p")
	add("d1", "district", "p")
	in := summary.Input{Plan: p, Roster: roster, Program: "parcheck 1.0.0"}
	card := func(id, level, figures string) {
		set := betweenSet(p, 0, figures)
		set.Unit = fact.Unit{ID: id, Name: lang.Same("Đơn vị " + id), Level: level}
		set.Input = fact.Input{File: id + ".csv", SHA256: id}
		in.Cards = append(in.Cards, score.Evaluate(p, set, p.Period.To))
	}
	for i, figures := range []string{"6 9", "7 8", "- 5", "9 10", "3 9", ""} {
		id := fmt.Sprintf("c%d", i)
		add(id, "commune", fmt.Sprintf("d%d", i%2))
		if figures != "" {
			card(id, "commune", figures)
		}
	}
	card("d1", "district", "20 -")
	in.Cards = score.RollUp(p, roster, in.Cards, p.Period.To)
	return in
}

func TestCalculatingARollUpChangesNothing(t *testing.T) {
	data := written(t, rolledUp(t))
	list, cells := differences(t, opened(t, data), recalculated(t, data)[0])
	if len(list) > 0 || cells < 50 {
		t.Errorf("%d of %d cells differ, among them\n%s", len(list), cells, strings.Join(list[:min(len(list), 12)], "\n"))
	}
}

// All units together, and a group that holds a district and its communes, count
// the communes alone; a level, or a group of districts alone, counts each district.
func TestNothingCountsTwice(t *testing.T) {
	in := rolledUp(t)
	figures := func(in summary.Input) string {
		t.Helper()
		s, _ := summary.Build(in)
		var out []string
		for _, c := range s.Scopes {
			out = append(out, fmt.Sprintf("%s: %d units, %s of %s points, %d met, %s/%s", c.Title.In(lang.VI), c.Units,
				number.Short(c.Total.Points, 4).In(lang.EN), number.Short(c.Total.Max, 4).In(lang.EN), c.Total.Met, c.Pools[0].Numerator, c.Pools[0].Denominator))
		}
		last := s.Trend[len(s.Trend)-1]
		if all := s.Scopes[0]; last.Units != all.Units || !last.Mean.Equal(*all.Mean) || !last.Total.Points.Equal(all.Total.Points) {
			t.Errorf("the trend is of %d units with %s points", last.Units, last.Total.Points)
		}
		return strings.Join(out, "\n")
	}
	grouped := func(group func(plan.Unit) string) summary.Input {
		in, roster := in, *in.Roster
		roster.Groups = []plan.Area{{ID: "one", Title: lang.Same("Một")}, {ID: "two", Title: lang.Same("Hai")}}
		roster.Units = slices.Clone(roster.Units)
		for i := range roster.Units {
			roster.Units[i].Group = group(roster.Units[i])
		}
		in.Roster = &roster
		return in
	}
	const levels = `tất cả đơn vị: 5 units, 43.2857 of 80 points, 7 met, 25/36
Tỉnh: 1 units, 15.9554 of 16 points, 3 met, 29/41
Huyện: 2 units, 17.3665 of 32 points, 3 met, 9/23
Xã: 5 units, 43.2857 of 80 points, 7 met, 25/36`
	for _, c := range []struct {
		of   string
		in   summary.Input
		want string
	}{
		{"levels", in, levels},
		{"districts with their communes", grouped(func(u plan.Unit) string {
			if strings.HasSuffix(u.ID, "1") || u.Parent == "d1" {
				return "one"
			}
			return "two"
		}), levels + `
Một: 2 units, 26 of 32 points, 6 met, 16/18
Hai: 3 units, 17.2857 of 48 points, 1 met, 9/18`},
		{"districts alone", grouped(func(u plan.Unit) string {
			return map[string]string{"d0": "one", "d1": "two"}[u.ID]
		}), `tất cả đơn vị: 2 units, 17.3665 of 32 points, 3 met, 9/23
Một: 1 units, 6.3665 of 16 points, 0 met, 9/23
Hai: 1 units, 11 of 16 points, 3 met, 0/0`},
	} {
		if got := figures(c.in); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.of, got, c.want)
		}
		if !strings.Contains(c.of, "with") {
			continue // one workbook has all three kinds of scopes
		}
		data := written(t, c.in)
		if list, _ := differences(t, opened(t, data), recalculated(t, data)[0]); len(list) > 0 {
			t.Errorf("%s: %d cells differ, among them\n%s", c.of, len(list), strings.Join(list[:min(len(list), 12)], "\n"))
		}
	}
}

// A target that no unit below has counts in all units together, too.
func TestTargetOfDistrictsAloneCountsInAll(t *testing.T) {
	in := rolledUp(t, `  - {id: own, area: a, title: P, levels: [district], source: {clause: "5", quote: q}, measure: a, goal: {at_least: 20}, points: 3, rollup: none}
`)
	s, _ := summary.Build(in)
	if p := s.Scopes[0].Pools[4]; p.Units != 2 || p.Met != 1 || p.Missed != 1 || p.Numerator.String() != "29" {
		t.Errorf("%d units, %d met, %d missed, sum %s", p.Units, p.Met, p.Missed, p.Numerator)
	}
	data := written(t, in)
	if list, _ := differences(t, opened(t, data), recalculated(t, data)[0]); len(list) > 0 {
		t.Errorf("%d cells differ, among them\n%s", len(list), strings.Join(list[:min(len(list), 12)], "\n"))
	}
}
