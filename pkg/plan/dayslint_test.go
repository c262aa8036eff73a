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
		{"another source has the same day", []string{"from: [{count: register, during: due}]",
			"from: [{count: register, during: answered}, {count: register, during: due}]"}, ""},
	})
}
