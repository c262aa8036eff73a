package mapping

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// lookAt reads a table of lines of cells, and says what its header may be: the
// table, and of each heading the column.
func lookAt(t *testing.T, text string) string {
	t.Helper()
	p, roster := builtIn(t)
	data := strings.ReplaceAll(text, " | ", ";")
	w, err := workbook.Open(context.Background(), "f.csv", strings.NewReader(data), int64(len(data)), workbook.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	r, err := fact.Collect(context.Background(), p, roster, w, fact.Input{File: w.Name}, fact.Options{Blocks: true})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, k := range Look(p, roster, []File{{"f.csv", r}}, nil).Kinds {
		if out.WriteString(k.Form.Table.To); len(k.Rivals) > 0 {
			out.WriteString("one of " + strings.Join(k.Rivals, ", "))
		}
		for _, c := range k.Form.Columns {
			out.WriteString(" | " + c.To)
		}
		out.WriteString("\n")
	}
	return out.String()
}

func TestSuggestionsOfHeaders(t *testing.T) {
	for _, test := range []struct{ name, file, want string }{
		{"columns of numbers are no header", "" +
			"TT | Nội dung thống kê | Kết quả\n(1) | (2) | (3)\nI | THỦ TỤC | \n1 | Tổng số HS TTHC đã giải quyết xong | 5\n2 | HS giải quyết theo DVCTT một phần | 4\n",
			"statistics | code | label | value\n"},
		{"what is of the whole year is meant, and no comparison", "" +
			"TT | Danh mục | Quý IV năm 2023 | Lũy kế năm 2023 | So cùng kỳ (%)\n1 | Tổng số HS TTHC đã giải quyết xong | 5 | 50 | 101\n2 | HS giải quyết theo DVCTT một phần | 4 | 40 | 99\n",
			"statistics | code | label |  | value | \n"},
		{"those who sign are no rows", "" +
			"TT | Danh mục | Kết quả\n1 | Tổng số HS TTHC đã giải quyết xong | 5\n2 | HS giải quyết theo DVCTT một phần | 4\nNơi nhận: |  | Giám đốc\n- Như trên | | \n- Lưu | | Trần B\n",
			"statistics | code | label | value\n"},
		{"a heading that only counts is told by the one above", "" +
			"TT | Lĩnh vực lấy ý kiến | Tổng số phiếu hợp lệ thu về | Rất không hài lòng |  | Không hài lòng |  | Bình thường |  | Hài lòng |  | Rất hài lòng | \n" +
			" |  |  | Số phiếu | Tỷ lệ % | Số phiếu | Tỷ lệ % | Số phiếu | Tỷ lệ % | Số phiếu | Tỷ lệ % | Số phiếu | Tỷ lệ %\n" +
			"1 | Đất đai | 10 | 0 | 0 | 1 | 10 | 1 | 10 | 4 | 40 | 4 | 40\n2 | Xây dựng | 10 | 0 | 0 | 1 | 10 | 1 | 10 | 4 | 40 | 4 | 40\n",
			"survey | code | field | valid | very-dissatisfied |  | dissatisfied |  | neutral |  | satisfied |  | very-satisfied | \n"},
		{"06a with headings of 07a: a person has to choose", "" +
			"STT | Lĩnh vực | Số hồ sơ nhận giải quyết |  |  |  | Kết quả giải quyết |  |  |  | Hồ sơ đang giải quyết |  | \n" +
			" |  | Tổng số | Mới tiếp nhận trực tuyến | Mới tiếp nhận trực tiếp | Kỳ trước chuyển qua | Tổng số đã giải quyết | Trả trước hạn | Trả đúng hạn | Trả quá hạn | Tổng số | Chưa đến hạn | Quá hạn\n" +
			"1 | Đất đai | 10 | 5 | 4 | 1 | 8 | 4 | 3 | 1 | 2 | 1 | 1\n2 | Xây dựng | 10 | 5 | 4 | 1 | 8 | 4 | 3 | 1 | 2 | 1 | 1\n",
			"one of handling, handling-07a" + strings.Repeat(" | ", 13) + "\n"},
	} {
		if d := cmp.Diff(test.want, lookAt(t, test.file)); d != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, d)
		}
	}
}
