package plan

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/diag"
)

// ruled is a plan without anything doubtful, in which a test changes one thing.
const ruled = `plan: ruled
title: {vi: Kế hoạch, en: Plan}
document: {number: 1/QĐ-UBND, date: 2022-12-23}
period: {from: 2023-01-01, to: 2023-12-31}
levels:
  commune: {title: {vi: Xã, en: Commune}}
areas:
  letters: {title: {vi: Đơn thư, en: Letters}}
tables:
  register:
    shape: list
    columns:
      id: {headers: [Mã], role: key}
      doc: {headers: [Văn bản]}
      due: {headers: [Ngày hẹn], type: date}
      answered: {headers: [Ngày trả lời], type: date}
      result: {headers: [Kết quả], type: choice, values: {done: [Đạt], not-done: [Không]}}
facts:
  all: {title: {vi: Đơn, en: Letters}, unit: {vi: đơn, en: letters}, from: [{count: register, during: due}]}
  some: {title: {vi: Đúng hạn, en: In time}, unit: {vi: đơn, en: letters}, from: [{count: register, during: due, where: {doc: [Công văn]}}]}
targets:
  - id: first
    area: letters
    title: {vi: Trả lời, en: Answers}
    source: {clause: "1", quote: QUOTE}
    levels: [commune]
    measure: MEASURE
    goal: GOAL
    points: 1
    credit: all_or_nothing
    remedy: {vi: Làm., en: Do.}
`

// lintRuled is what Parse and Lint say of the plan with some texts changed.
func lintRuled(t *testing.T, changes ...string) string {
	t.Helper()
	defaults := []string{"QUOTE", "kịp thời", "MEASURE", "{share: some, of: all}", "GOAL", "{at_least: 80%}"}
	text := ruled
	for _, pairs := range [][]string{changes, defaults} {
		for i := 0; i < len(pairs); i += 2 {
			if !strings.Contains(text, pairs[i]) && len(changes) > 0 && &pairs[0] == &changes[0] {
				t.Fatalf("the plan has no %q", pairs[i])
			}
			text = strings.Replace(text, pairs[i], pairs[i+1], 1)
		}
	}
	p, list := Parse("p.yaml", []byte(text))
	if list.HasErrors() {
		t.Fatal(inBoth(list))
	}
	list = append(list, Lint(p)...)
	for _, d := range list {
		if d.Severity != diag.Warning || d.Check.OfPlan() || !strings.HasPrefix(string(d.Check), "plan-") {
			t.Errorf("%s is a %v of %s", d.Pos, d.Severity, d.Check)
		}
	}
	return inBoth(list)
}

// ruleTest changes the plan, and has the exact findings in both languages.
type ruleTest struct {
	name    string
	changes []string
	want    string
}

func testRule(t *testing.T, tests []ruleTest) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, lintRuled(t, tt.changes...)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestThePlanOfTheRulesIsNotDoubtful(t *testing.T) {
	testRule(t, []ruleTest{{"unchanged", nil, ""}})
}

func TestScaleOfMoneyMultipliesPointsToo(t *testing.T) {
	testRule(t, []ruleTest{{
		"a mean beside fees",
		[]string{
			"    shape: list\n", "    shape: list\n    scale: {triệu đồng: 1000000}\n",
			"      doc:", "      fee: {headers: [Phí], type: number}\n      mark: {headers: [Điểm], type: number}\n      doc:",
			"facts:\n", `facts:
  fees: {title: {vi: Phí, en: Fees}, unit: {vi: đồng, en: VND}, kind: amount, from: {sum: register, column: fee}}
  mark: {title: {vi: Điểm, en: Mark}, unit: {vi: điểm, en: points}, from: {mean: register, column: mark}}
`,
			"    points: 1\n", "    points: 1\n    also: [fees, mark]\n",
		},
		`p.yaml:23:3: the scale of the table "register" multiplies "mark" as well, which counts "points" and not "VND": let it stand in a table of its own, without a scale [plan-unit]
    hệ số đơn vị tính của bảng "register" nhân cả "mark", vốn tính bằng "điểm" chứ không phải "đồng": hãy đặt số liệu này ở bảng riêng, không có scale
`,
	}})
}
