package plan

import "testing"

// more adds targets to the plan of the rules.
func more(targets string) []string {
	return []string{"    remedy: {vi: Làm., en: Do.}\n", "    remedy: {vi: Làm., en: Do.}\n" + targets}
}

const second = `  - {id: second, area: letters, title: {vi: Hai, en: Two}, source: {clause: "2", quote: hai}, levels: [commune], measure: all, goal: {at_least: 2}, remedy: {vi: x, en: x}KEYS}
`

func TestLintOfTargetsThatDependOnOthers(t *testing.T) {
	with := func(keys string, changes ...string) []string {
		return append(append(more(second), "KEYS", keys), changes...)
	}
	testRule(t, []ruleTest{
		{"a gate, a count and a condition", with(", requires: [first], applies_if: {all: {at_least: 1}}"), ""},
		{"a gate without points", with(", points: 0, requires: [first]"),
			`p.yaml:32:5: "requires" of the target "second" has no effect: it earns no points [plan-no-effect]
    "requires" của chỉ tiêu "second" không có tác dụng: chỉ tiêu không tính điểm
`},
		{"a gate of another level", with(", requires: [first]", "levels: [commune], measure: all", "levels: [district], measure: all", "  commune: {title: {vi: Xã, en: Commune}}", "  commune: {title: {vi: Xã, en: Commune}}\n  district: {title: {vi: Huyện, en: District}}"),
			`p.yaml:33:5: the target "second" depends on "first", which binds none of its levels [plan-no-effect]
    chỉ tiêu "second" phụ thuộc vào "first", nhưng chỉ tiêu này không áp dụng cho cấp nào của nó
`},
		{"a gate that is not due in the period", with(", requires: [first]", "    credit: all_or_nothing\n", "    credit: all_or_nothing\n    published: 2024-04-01\n"),
			`p.yaml:33:5: the target "second" depends on "first", which is not due before 2024-04-01: until then it is pending, too [plan-goal]
    chỉ tiêu "second" phụ thuộc vào "first", chỉ tiêu này đến ngày 01/04/2024 mới đến hạn: trước ngày đó cũng chưa đến hạn
`},
		{"a count that a level cannot reach", append(more(second+`  - {id: third, area: letters, title: {vi: Ba, en: Three}, source: {clause: "3", quote: ba}, levels: [commune, district], measure: {met: [first, second]}, goal: {at_least: 2}, remedy: {vi: x, en: x}}
`), "KEYS", "", "levels: [commune], measure: all", "levels: [commune, district], measure: all", "  commune: {title: {vi: Xã, en: Commune}}", "  commune: {title: {vi: Xã, en: Commune}}\n  district: {title: {vi: Huyện, en: District}}"),
			`p.yaml:34:162: the target "third" can never be met at the level "district": only 1 of the targets that it counts bind that level [plan-goal]
    chỉ tiêu "third" không thể đạt ở cấp "district": chỉ có 1 chỉ tiêu được đếm áp dụng cho cấp này
`},
		{"a condition that always holds", with(", applies_if: {all: {at_least: 0}}"),
			`p.yaml:32:186: the condition on "all" always holds: it has values from 0 [plan-no-effect]
    điều kiện về "all" luôn thỏa mãn: giá trị từ 0
`},
		{"a condition on what the level does not report", with(", applies_if: {some: {at_least: 1}}", "    shape: list\n", "    shape: list\n    levels: [district]\n", "  commune: {title: {vi: Xã, en: Commune}}", "  commune: {title: {vi: Xã, en: Commune}}\n  district: {title: {vi: Huyện, en: District}}", "MEASURE", "all", "GOAL", "{at_least: 1}", "measure: all, goal: {at_least: 2}", "measure: all, goal: {at_least: 2}"),
			`p.yaml:7:3: the level "district" is never used [plan-unused]
    cấp "district" không được dùng đến
p.yaml:34:186: whether "second" applies is told by "some", which none of the levels that it binds report [plan-no-effect]
    "second" có áp dụng hay không phụ thuộc "some", nhưng không cấp nào phải thực hiện báo cáo số liệu này
`},
		{"points that never fall away", []string{"areas:\n", "fallen: shared\nareas:\n"},
			`p.yaml: "fallen" has no effect: every target applies to whom it binds [plan-no-effect]
    "fallen" không có tác dụng: chỉ tiêu nào cũng áp dụng cho đơn vị phải thực hiện
`},
		{"points that never fall away in an area", []string{"en: Letters}}", "en: Letters}, fallen: given}"},
			`p.yaml:8:3: "fallen" of the area "letters" has no effect: each of its targets applies to whom it binds [plan-no-effect]
    "fallen" của lĩnh vực "letters" không có tác dụng: chỉ tiêu nào cũng áp dụng cho đơn vị phải thực hiện
`},
		{"points shared beside a weight", with(", applies_if: {all: {at_least: 1}}", "en: Letters}}", "en: Letters}, fallen: shared, weight: 5}"),
			`p.yaml:8:3: "fallen: shared" of the area "letters" has no effect: its "weight" shares the points already [plan-no-effect]
    "fallen: shared" của lĩnh vực "letters" không có tác dụng: "weight" đã quy đổi điểm
`},
	})
}
