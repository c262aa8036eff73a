package plan

import "testing"

func TestTargetsThatAreAlike(t *testing.T) {
	second := `  - id: second
    area: letters
    title: {vi: Trả lời, en: Answers}
    source: {clause: "1", quote: kịp thời}
    levels: [commune]
    measure: {share: some, of: all}
    goal: {at_least: 90%}
    remedy: {vi: Làm., en: Do.}
`
	remedy := "    remedy: {vi: Làm., en: Do.}\n"
	add := []string{remedy, remedy + second}
	testRule(t, []ruleTest{
		{"alike", add, `p.yaml:32:5: the target "second" has the measure, the clause and the quote of "first": they count the same twice [plan-alike]
    chỉ tiêu "second" có cùng đại lượng, điều khoản và nguyên văn với "first": cùng một việc bị tính hai lần
    p.yaml:22:5: first here / lần đầu ở đây
`},
		{"another clause", append(add, `clause: "1", quote: kịp`, `clause: "2", quote: kịp`), ""},
		{"another measure", append(add, "measure: {share: some, of: all}", "measure: {one_minus: {share: some, of: all}}"), ""},
		{"aspirational", append(add, "    goal: {at_least: 90%}", "    commitment: aspirational\n    goal: {at_least: 90%}"), ""},
		{"other units", append(add, "    levels: [commune]\n    measure: {share", "    units: [xa-a]\n    measure: {share"), ""},
	})
}
