package plan

import "testing"

func TestStarWhereItIsNoPattern(t *testing.T) {
	testRule(t, []ruleTest{
		{"text of a condition", []string{"[Công văn]", `["*/KH-UBND"]`}, `p.yaml:20:122: "*/KH-UBND" in "where" of the fact "some" is compared as it stands: "*" is no pattern there; write the texts in full [plan-pattern]
    "*/KH-UBND" trong "where" của số liệu "some" được so khớp nguyên văn: "*" không phải mẫu ở đây; hãy ghi đủ từng nội dung
`},
		{"text that is not to be", []string{"[Công văn]", `{not: ["Công văn *"]}`}, `p.yaml:20:122: "Công văn *" in "where" of the fact "some" is compared as it stands: "*" is no pattern there; write the texts in full [plan-pattern]
    "Công văn *" trong "where" của số liệu "some" được so khớp nguyên văn: "*" không phải mẫu ở đây; hãy ghi đủ từng nội dung
`},
		{"name of a choice", []string{"[Đạt]", `["Đạt *"]`}, `p.yaml:17:7: "Đạt *" of the choice "done" is compared as it stands: "*" is no pattern in names of choices; write each spelling in full [plan-pattern]
    "Đạt *" của lựa chọn "done" được so khớp nguyên văn: "*" không phải mẫu trong tên lựa chọn; hãy ghi đủ từng cách viết
`},
		{"header", []string{"[Văn bản]", `["Văn bản *"]`}, ""},
	})
}
