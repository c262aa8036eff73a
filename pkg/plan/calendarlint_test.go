package plan

import "testing"

func TestWorkingDaysWithoutHolidays(t *testing.T) {
	const (
		facts = "facts:\n"
		dated = "facts:\n  came: {title: {vi: Ngày nộp, en: Day of receipt}, from: [{submission: received}]}\n"
		also  = "    points: 1\n"
		shown = "    points: 1\n    also: [all, some]\n"
	)
	day := []string{facts, dated, "MEASURE", "came", also, shown}
	goal := func(more ...string) []string { return append(append([]string{}, day...), more...) }
	testRule(t, []ruleTest{
		{"no holiday at all", goal("GOAL", "{not_after: {day: 2023-03-01, plus: 5 working days}}"),
			"p.yaml:29:23: working days are counted here, and the plan lists no holiday of 2023: its days off would count as working days; write them in \"holidays\" [plan-days]\n" +
				"    ở đây tính ngày làm việc nhưng kế hoạch chưa ghi ngày nghỉ lễ nào của năm 2023: các ngày nghỉ sẽ bị tính là ngày làm việc; hãy ghi vào \"holidays\"\n"},
		{"holidays of last year", goal("GOAL", "{not_after: {day: 2023-03-01, plus: 5 working days}}", "levels:\n", "holidays: [2022-09-02]\nlevels:\n"),
			"p.yaml:30:23: working days are counted here, and the plan lists no holiday of 2023: its days off would count as working days; write them in \"holidays\" [plan-days]\n" +
				"    ở đây tính ngày làm việc nhưng kế hoạch chưa ghi ngày nghỉ lễ nào của năm 2023: các ngày nghỉ sẽ bị tính là ngày làm việc; hãy ghi vào \"holidays\"\n"},
		{"holidays of the year", goal("GOAL", "{not_after: {day: 2023-03-01, plus: 5 working days}}", "levels:\n", "holidays: [2023-09-02]\nlevels:\n"), ""},
		{"days that are not working days", goal("GOAL", "{not_after: {day: 2023-03-01, plus: 5 days}}"), ""},
		{"working days of a condition", []string{"doc: [Công văn]", "answered: {not_after: {day: due, plus: 5 working days}}"},
			"p.yaml:20:122: working days are counted here, and the plan lists no holiday of 2023: its days off would count as working days; write them in \"holidays\" [plan-days]\n" +
				"    ở đây tính ngày làm việc nhưng kế hoạch chưa ghi ngày nghỉ lễ nào của năm 2023: các ngày nghỉ sẽ bị tính là ngày làm việc; hãy ghi vào \"holidays\"\n"},
		{"holidays that nothing counts", []string{"levels:\n", "holidays: [2023-09-02]\nlevels:\n"},
			"p.yaml:5:12: the holidays have no effect: nothing in the plan counts working days [plan-no-effect]\n" +
				"    các ngày nghỉ không có tác dụng: kế hoạch không tính ngày làm việc ở đâu\n"},
		{"another day than the quote's", goal("GOAL", "{not_after: 2023-03-25}", "QUOTE", "trước ngày 15/3/2023"),
			"p.yaml:29:11: the quote of \"first\" says 15/3/2023, and the goal is {not_after: 2023-03-25}: correct one of them, or say in \"adopted\" why they differ [plan-quote]\n" +
				"    nguyên văn của \"first\" ghi 15/3/2023, còn mục tiêu là {not_after: 2023-03-25}: hãy sửa một trong hai, hoặc ghi lý do khác nhau ở \"adopted\"\n"},
		{"the day of the quote in words", goal("GOAL", "{not_after: 2023-03-14}", "QUOTE", "trước ngày 15 tháng 3 năm 2023"), ""},
	})
}
