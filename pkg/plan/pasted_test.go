package plan

import "testing"

func TestPastedFromAWordProcessor(t *testing.T) {
	testRule(t, []ruleTest{
		{"quotation marks around a quote", []string{"QUOTE", "“Trả lời kịp thời”"}, `p.yaml:25:34: the quotation marks “ ” in "“Trả lời kịp thời”" are part of the text: for YAML write "..." instead, or leave them out [plan-pasted]
    dấu ngoặc kép “ ” trong "“Trả lời kịp thời”" là một phần của đoạn chữ: hãy thay bằng "..." của YAML, hoặc bỏ đi
`},
		{"around a text of two languages", []string{"{vi: Đơn thư, en: Letters}", "{vi: “Đơn thư”, en: Letters}"}, `p.yaml:8:25: the quotation marks “ ” in "“Đơn thư”" are part of the text: for YAML write "..." instead, or leave them out [plan-pasted]
    dấu ngoặc kép “ ” trong "“Đơn thư”" là một phần của đoạn chữ: hãy thay bằng "..." của YAML, hoặc bỏ đi
`},
		{"around a text alone", []string{"{vi: Đơn thư, en: Letters}", "“Đơn thư”"}, `p.yaml:8:20: the quotation marks “ ” in "“Đơn thư”" are part of the text: for YAML write "..." instead, or leave them out [plan-pasted]
    dấu ngoặc kép “ ” trong "“Đơn thư”" là một phần của đoạn chữ: hãy thay bằng "..." của YAML, hoặc bỏ đi
`},
		{"one alone", []string{"[Mã]", "[“Mã]"}, `p.yaml:13:22: the quotation marks “ ” in "“Mã" are part of the text: for YAML write "..." instead, or leave them out [plan-pasted]
    dấu ngoặc kép “ ” trong "“Mã" là một phần của đoạn chữ: hãy thay bằng "..." của YAML, hoặc bỏ đi
`},
		{"zero width", []string{"[Mã]", "[Mã\u200b]"}, `p.yaml:13:22: the text has the invisible character U+200B at an end: remove it [plan-pasted]
    đoạn chữ có ký tự không nhìn thấy U+200B ở đầu hoặc cuối: hãy xóa đi
`},
		{"quotation marks within", []string{"QUOTE", "đạt chuẩn “xanh sạch”"}, ""},
		{"two pairs", []string{"QUOTE", "“xanh” và “sạch”"}, ""},
		{"no-break spaces are no part of a text", []string{"[Công văn]", "[\u00a0Công văn\u00a0\u202f]"}, ""},
	})
}

func TestNumberThatMayBeThousands(t *testing.T) {
	points := "points: 1\n"
	testRule(t, []ruleTest{
		{"points", []string{points, "points: 1.000\n"}, `p.yaml:29:13: "1.000" is read as 1, not as 1000: write 1000 or 1, so that nobody doubts it [plan-number]
    "1.000" được đọc là 1, không phải 1000: hãy ghi rõ 1000 hoặc 1
`},
		{"decimals", []string{points, "points: 1.125\n"}, `p.yaml:29:13: "1.125" is read as 1.125, not as 1125: write 1125 or 1.1250, so that nobody doubts it [plan-number]
    "1.125" được đọc là 1.125, không phải 1125: hãy ghi rõ 1125 hoặc 1.1250
`},
		{"goal", []string{"GOAL", "{at_least: 5.000}", "MEASURE", "some", points, "also: [all]\n"}, `p.yaml:28:22: "5.000" is read as 5, not as 5000: write 5000 or 5, so that nobody doubts it [plan-number]
    "5.000" được đọc là 5, không phải 5000: hãy ghi rõ 5000 hoặc 5
`},
		{"decimals below one", []string{points, "points: 0.125\n"}, ""},
		{"two decimals", []string{points, "points: 1.25\n"}, ""},
		{"four decimals", []string{points, "points: 1.1250\n"}, ""},
		{"percentage", []string{"GOAL", "{at_least: 62.125%}"}, ""},
	})
}
