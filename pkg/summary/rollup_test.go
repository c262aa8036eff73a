package summary_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
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
func rolledUp(t *testing.T) summary.Input {
	t.Helper()
	p, list := plan.Parse("rolled.yaml", []byte(rollupPlan))
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

// Figures of all units together would count those of communes three times.
func TestFiguresOfGroupsAddNothingUpTwice(t *testing.T) {
	var scopes []string
	for i, row := range grid(t, opened(t, written(t, rolledUp(t))), "Số liệu theo nhóm") {
		if i >= 5 && len(row) > 3 && !slices.Contains(scopes, row[3]) {
			scopes = append(scopes, row[3])
		}
	}
	if want := []string{"Tỉnh", "Huyện", "Xã"}; !slices.Equal(scopes, want) {
		t.Errorf("%q, want %q", scopes, want)
	}
}
