package plan

import "testing"

func TestMetGoalEarnsLessThanAllPoints(t *testing.T) {
	credit := "    credit: all_or_nothing\n"
	bands := func(list string) []string { return []string{credit, "    credit: {bands: [" + list + "]}\n"} }
	choice := "facts:\n  choice: {title: {vi: Kết quả, en: Result}, kind: choice, from: [{cell: form, row: {label: [A]}, column: result}]}\n"
	table := "tables:\n  form:\n    shape: form\n    columns:\n      label: {headers: [Nội dung], role: label}\n      result: {headers: [Mức], type: choice, values: {done: [Đạt], not-done: [Không]}}\n"
	also := "    points: 1\n"
	testRule(t, []ruleTest{
		{"full band above the goal", bands("{at_least: 95%, points: 1}, {at_least: 70%, points: 0.5}, {less_than: 70%, points: 0}"), `p.yaml:30:50: the band {at_least: 70%, points: 0.5} of "first" earns less than all 1 points, and the goal {at_least: 80%} is met there for values from 80% to below 95% [plan-points]
    khung điểm {at_least: 70%, points: 0.5} của "first" chưa đủ 1 điểm, trong khi mục tiêu {at_least: 80%} đã đạt ở giá trị từ 80% đến dưới 95%
`},
		{"full band at the goal", bands("{at_least: 80%, points: 1}, {at_least: 70%, points: 0.5}, {less_than: 70%, points: 0}"), ""},
		{"full band below the goal", bands("{at_least: 75%, points: 1}, {less_than: 75%, points: 0}"), ""},
		{"a goal of less", append(bands("{at_most: 5%, points: 1}, {more_than: 5%, points: 0}"), "GOAL", "{at_most: 10%}"), `p.yaml:30:48: the band {more_than: 5%, points: 0} of "first" earns less than all 1 points, and the goal {at_most: 10%} is met there for values above 5% up to 10% [plan-points]
    khung điểm {more_than: 5%, points: 0} của "first" chưa đủ 1 điểm, trong khi mục tiêu {at_most: 10%} đã đạt ở giá trị trên 5% đến 10%
`},
		{"half at the goal, rising", bands("{at_least: 95%, points: 1}, {between: [70%, 95%], points: [0.5, 1]}, {less_than: 70%, points: 0}"), `p.yaml:30:50: the band {between: [70%, 95%], points: [0.5, 1]} of "first" earns less than all 1 points, and the goal {at_least: 80%} is met there for values from 80% to below 95% [plan-points]
    khung điểm {between: [70%, 95%], points: [0.5, 1]} của "first" chưa đủ 1 điểm, trong khi mục tiêu {at_least: 80%} đã đạt ở giá trị từ 80% đến dưới 95%
`},
		{"rising to all at the goal", bands("{between: [70%, 80%], points: [0.5, 1]}, {more_than: 80%, points: 1}, {less_than: 70%, points: 0}"), ""},
		{"in proportion to the goal", bands("{at_least: 70%, points: proportional}, {less_than: 70%, points: 0}"), ""},
		{"choice", []string{"tables:\n", table, "facts:\n", choice, "MEASURE", "choice", "GOAL", "{is: done}",
			credit, "    credit: {choices: {done: 0.5, not-done: 1}}\n", also, also + "    also: [some, all]\n"}, `p.yaml:37:13: the choice "done" meets the target "first" and earns 0.5 of its 1 points [plan-points]
    lựa chọn "done" là đạt chỉ tiêu "first" nhưng chỉ được 0.5 trên 1 điểm
`},
	})
}
