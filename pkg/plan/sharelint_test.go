package plan

import "testing"

func TestPartAndWholeOfDifferentDays(t *testing.T) {
	some := "during: due, where"
	testRule(t, []ruleTest{
		{"two days", []string{some, "during: answered, where"}, `p.yaml:27:14: the target "first" counts "some" by the day "answered" and "all" by the day "due": the part may hold records that are not of the whole [plan-share]
    chỉ tiêu "first" đếm "some" theo ngày "answered" còn "all" theo ngày "due": tử số có thể gồm hồ sơ không thuộc mẫu số
`},
		{"within one minus", []string{some, "during: answered, where", "MEASURE", "{one_minus: {share: some, of: all}}"}, `p.yaml:27:26: the target "first" counts "some" by the day "answered" and "all" by the day "due": the part may hold records that are not of the whole [plan-share]
    chỉ tiêu "first" đếm "some" theo ngày "answered" còn "all" theo ngày "due": tử số có thể gồm hồ sơ không thuộc mẫu số
`},
		{"only the part has days", []string{"from: [{count: register, during: due}]", "from: [{count: register}]"}, ""},
		{"only the whole has days", []string{some, "where"}, `p.yaml:27:14: the target "first" counts "some" of all days and "all" within the period: give the first one "during", too [plan-share]
    chỉ tiêu "first" đếm "some" của mọi ngày còn "all" chỉ trong kỳ: hãy ghi "during" cho cả số thứ nhất
`},
		{"exchanged", []string{"MEASURE", "{share: all, of: some}"}, `p.yaml:27:14: the target "first" divides all records, "all", by some of them, "some": are they exchanged? [plan-share]
    chỉ tiêu "first" chia toàn bộ hồ sơ, "all", cho một phần, "some": có phải bị đảo ngược không?
`},
		{"a fact by itself", []string{"MEASURE", "{one_minus: {share: some, of: some}}"}, `p.yaml:19:3: the fact "all" is never used [plan-unused]
    số liệu "all" không được dùng đến
p.yaml:27:26: the target "first" divides "some" by itself: the share is always 100% [plan-share]
    chỉ tiêu "first" chia "some" cho chính nó: tỷ lệ luôn là 100%
`},
		{"another source has the same day", []string{"from: [{count: register, during: due}]",
			"from: [{count: register, during: answered}, {count: register, during: due}]"}, ""},
	})
}
