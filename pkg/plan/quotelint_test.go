package plan

import "testing"

func TestGoalDiffersFromItsQuote(t *testing.T) {
	count := []string{"MEASURE", "some", "points: 1", "also: [all]"}
	testRule(t, []ruleTest{
		{"number", []string{"QUOTE", "Trả lời đạt ít nhất 80% số đơn", "GOAL", "{at_least: 90%}"}, `p.yaml:28:11: the quote of "first" says 80%, and the goal is {at_least: 90%}: correct one of them, or say in "adopted" why they differ [plan-quote]
    nguyên văn của "first" ghi 80%, còn mục tiêu là {at_least: 90%}: hãy sửa một trong hai, hoặc ghi lý do khác nhau ở "adopted"
`},
		{"number with decimals", []string{"QUOTE", `"ít nhất là 82,5 % số đơn"`, "GOAL", "{at_least: 82%}"}, `p.yaml:28:11: the quote of "first" says 82,5 %, and the goal is {at_least: 82%}: correct one of them, or say in "adopted" why they differ [plan-quote]
    nguyên văn của "first" ghi 82,5 %, còn mục tiêu là {at_least: 82%}: hãy sửa một trong hai, hoặc ghi lý do khác nhau ở "adopted"
`},
		{"no direction", []string{"QUOTE", "đạt 85% theo Quyết định 12/QĐ-UBND", "GOAL", "{at_least: 58%}"}, `p.yaml:28:11: the quote of "first" says 85%, and the goal is {at_least: 58%}: correct one of them, or say in "adopted" why they differ [plan-quote]
    nguyên văn của "first" ghi 85%, còn mục tiêu là {at_least: 58%}: hãy sửa một trong hai, hoặc ghi lý do khác nhau ở "adopted"
`},
		{"direction", []string{"QUOTE", "Ít nhất 80% số đơn", "GOAL", "{at_most: 80%}"}, `p.yaml:28:11: the quote of "first" says "ít nhất 80%", and the goal is {at_most: 80%}: the two point in opposite directions [plan-quote]
    nguyên văn của "first" ghi "ít nhất 80%", còn mục tiêu là {at_most: 80%}: hai bên ngược chiều nhau
`},
		{"direction behind", []string{"QUOTE", "đạt 80% trở lên", "GOAL", "{less_than: 80%}"}, `p.yaml:28:11: the quote of "first" says "80% trở lên", and the goal is {less_than: 80%}: the two point in opposite directions [plan-quote]
    nguyên văn của "first" ghi "80% trở lên", còn mục tiêu là {less_than: 80%}: hai bên ngược chiều nhau
`},
		{"both", []string{"QUOTE", "không quá 5% số đơn", "GOAL", "{at_least: 15%}"}, `p.yaml:28:11: the quote of "first" says "không quá 5%", and the goal is {at_least: 15%}: the two point in opposite directions [plan-quote]
    nguyên văn của "first" ghi "không quá 5%", còn mục tiêu là {at_least: 15%}: hai bên ngược chiều nhau
p.yaml:28:11: the quote of "first" says 5%, and the goal is {at_least: 15%}: correct one of them, or say in "adopted" why they differ [plan-quote]
    nguyên văn của "first" ghi 5%, còn mục tiêu là {at_least: 15%}: hãy sửa một trong hai, hoặc ghi lý do khác nhau ở "adopted"
`},
		{"a count", append([]string{"QUOTE", "tối thiểu 05 cuộc đối thoại", "GOAL", "{at_least: 6}"}, count...), `p.yaml:28:11: the quote of "first" says 05, and the goal is {at_least: 6}: correct one of them, or say in "adopted" why they differ [plan-quote]
    nguyên văn của "first" ghi 05, còn mục tiêu là {at_least: 6}: hãy sửa một trong hai, hoặc ghi lý do khác nhau ở "adopted"
`},
		{"a count of thousands", append([]string{"QUOTE", "tối thiểu 1.200 đơn", "GOAL", "{at_least: 1300}"}, count...), `p.yaml:28:11: the quote of "first" says 1.200, and the goal is {at_least: 1300}: correct one of them, or say in "adopted" why they differ [plan-quote]
    nguyên văn của "first" ghi 1.200, còn mục tiêu là {at_least: 1300}: hãy sửa một trong hai, hoặc ghi lý do khác nhau ở "adopted"
`},
		{"a count downward", append([]string{"QUOTE", "không vượt quá 3 đơn", "GOAL", "{more_than: 3}"}, count...), `p.yaml:28:11: the quote of "first" says "không vượt quá 3", and the goal is {more_than: 3}: the two point in opposite directions [plan-quote]
    nguyên văn của "first" ghi "không vượt quá 3", còn mục tiêu là {more_than: 3}: hai bên ngược chiều nhau
`},
	})
}

func TestGoalThatItsQuoteMayMean(t *testing.T) {
	count := []string{"MEASURE", "some", "points: 1", "also: [all]"}
	remedy := "    remedy: {vi: Làm., en: Do.}\n"
	testRule(t, []ruleTest{
		{"alike", []string{"QUOTE", "ít nhất 80%"}, ""},
		{"alike in words", []string{"QUOTE", "từ 80 phần trăm trở lên"}, ""},
		{"not below", []string{"QUOTE", "không dưới 80%"}, ""},
		{"not larger", []string{"QUOTE", "không lớn hơn 80%", "GOAL", "{at_most: 80%}"}, ""},
		{"two percentages", []string{"QUOTE", `"ít nhất 60%, phấn đấu 70%"`}, ""},
		{"a change", []string{"QUOTE", "tăng ít nhất 20% so với năm trước"}, ""},
		{"the opposite is counted", []string{"QUOTE", "không quá 20% trễ hạn"}, ""},
		{"exactly", []string{"QUOTE", "ít nhất 80%", "GOAL", "{is: 80%}"}, ""},
		{"another reading", []string{"QUOTE", "ít nhất 70%", remedy,
			remedy + "    readings: [{id: other, note: {vi: Khác, en: Other}, goal: {at_least: 70%}}]\n"}, ""},
		{"adopted", []string{"QUOTE", "ít nhất 70%", remedy, remedy + "    adopted: {vi: Nâng lên., en: Raised.}\n"}, ""},
		{"a goal for a level", []string{"QUOTE", "ít nhất 70%", remedy, remedy + "    level_goals: {commune: {at_least: 70%}}\n"}, ""},
		{"each quarter", append([]string{"QUOTE", "ít nhất 1 cuộc mỗi quý", "GOAL", "{at_least: 4}"}, count...), ""},
		{"a quarter with a stroke", append([]string{"QUOTE", "ít nhất 1 cuộc/quý", "GOAL", "{at_least: 4}"}, count...), ""},
		{"days", append([]string{"QUOTE", "không quá 5 ngày", "GOAL", "{at_least: 4}"}, count...), ""},
		{"money", append([]string{"QUOTE", "ít nhất 5 tỷ đồng", "GOAL", "{at_least: 4}"}, count...), ""},
		{"a count without direction", append([]string{"QUOTE", "thuộc nhóm 20 xã", "GOAL", "{at_least: 4}"}, count...), ""},
		{"a number of a document", append([]string{"QUOTE", "theo Quyết định 2208/QĐ-UBND", "GOAL", "{at_least: 4}"}, count...), ""},
	})
}
