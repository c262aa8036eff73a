package fact

import (
	"errors"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// A value that holds the separator, or a lost one, shifts those behind it: the
// file is refused at that line. What shifts nothing is read.
func TestRecordsOfTextHaveTheFieldsOfTheirHeader(t *testing.T) {
	const (
		refused = "; put a value that contains the separator in quotes, or export the figures again as .xlsx [unreadable]"
		list    = "Mã,Ngày nhận,Hạn,Ngày trả,Mức,Ghi chú,Phí\n"
		record  = "H1,02/01/2023,,,Toàn trình,,10\n"
	)
	for _, c := range []struct{ what, fact, data, want string }{
		{"as many", "fees", list + record, "fees = 10 in 'f'!G2"},
		{"one more", "fees", list + record + "H2,02/01/2023,,,Toàn trình,,1,000\n",
			"f.csv:3: the record has 8 fields, and the header has 7: its values may stand in the wrong columns" + refused},
		{"one less", "fees", list + record + "\nH2,02/01/2023,,Toàn trình,,10\n",
			"f.csv:4: the record has 6 fields, and the header has 7: its values may stand in the wrong columns" + refused},
		{"behind a record of two lines", "fees", list + "H1,02/01/2023,,,Toàn trình,\"a\nb\",10\n" + "H2,02/01/2023,,,Toàn trình,,1,000\n",
			"f.csv:4: the record has 8 fields, and the header has 7: its values may stand in the wrong columns" + refused},
		{"separators at the ends of records", "fees", list + strings.ReplaceAll(record+"H2"+record[2:], "\n", ",,\n"), "fees = 20 in 'f'!G2:G3"},
		{"a separator at the end of the header", "fees", strings.ReplaceAll(list, "\n", ",\n") + record + "H2" + record[2:], "fees = 20 in 'f'!G2:G3"},
		{"a column without a header", "fees", strings.ReplaceAll(list, "\n", ",\n") + strings.ReplaceAll(record, "\n", ",x\n"), "fees = 10 in 'f'!G2"},
		{"title lines", "fees", "BÁO CÁO\nĐơn vị:,Sở Nội vụ\n\n" + list + record, "fees = 10 in 'f'!G5"},
		{"blank lines", "fees", list + "\n" + record + "\n\n", "fees = 10 in 'f'!G3"},
		{"a heading in the list", "fees", list + ",Lĩnh vực đất đai\n" + record, "fees = 10 in 'f'!G3"},
		{"signatures", "fees", list + record + "\n,Người lập biểu,,Thủ trưởng\n", "fees = 10 in 'f'!G2"},
		{"a form", "label", "STT,Chỉ tiêu,Loại,Số liệu\n1,Số hồ sơ,,5\n", "label = 5 in 'f'!D2"},
		{"a form, one more", "label", "STT,Chỉ tiêu,Loại,Số liệu\n1,Số hồ sơ,,5\n2,Số đơn, thư,,7\n",
			"f.csv:3: the record has 5 fields, and the header has 4: its values may stand in the wrong columns" + refused},
		{"a form, a figure is lost", "label", "STT,Chỉ tiêu,Loại,Số liệu,Năm trước\n1,Số đơn,,7,8\n2,Số hồ sơ,,5\n",
			"f.csv:3: the record has 4 fields, and the header has 5: its values may stand in the wrong columns" + refused},
		{"a form, headings and signatures", "label", "STT,Chỉ tiêu,Loại,Số liệu\nI,Tiếp nhận\n1,Số hồ sơ,,5\n2,Số đơn,,7\nGhi chú: đến 31/12\n\nNgười lập,Thủ trưởng\n", "label = 5 in 'f'!D3"},
	} {
		text := rowPlan
		if c.fact == "fees" {
			text = listPlan
		}
		r, err := request{plan: parsePlan(t, text), name: "f.csv", file: []byte(c.data)}.collect(t)
		var got string
		var refusal *diag.Refusal
		switch {
		case errors.As(err, &refusal):
			got = refusal.Diagnostic.In(lang.EN)
		case err != nil:
			t.Fatal(err)
		default:
			got = strings.TrimSpace(factsOf(r, c.fact))
		}
		if got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.what, got, c.want)
		}
	}
}
