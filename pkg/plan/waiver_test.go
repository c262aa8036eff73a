package plan

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
)

func TestWaivers(t *testing.T) {
	got, list := ParseWaivers("w.yaml", []byte(`waivers:
  - {target: share, unit: so-noi-vu, reason: Mất điện, approver: Chánh Văn phòng, issued: 2023-06-01, expires: 2023-12-31}
  - {target: share, unit: "*", reason: Lũ lụt, approver: Chủ tịch, issued: 2023-10-01, expires: 2023-10-01}
`))
	if len(list) > 0 {
		t.Fatal(inBoth(list))
	}
	day := func(m, d int) date.Date { return date.Date{Year: 2023, Month: m, Day: d} }
	want := []Waiver{
		{"share", "so-noi-vu", "Mất điện", "Chánh Văn phòng", day(6, 1), day(12, 31), diag.Pos{File: "w.yaml", Line: 2, Col: 5}},
		{"share", "*", "Lũ lụt", "Chủ tịch", day(10, 1), day(10, 1), diag.Pos{File: "w.yaml", Line: 3, Col: 5}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWaiverMistakes(t *testing.T) {
	for _, test := range []struct{ name, yaml, want string }{
		{"ends before it begins", `waivers:
  - {target: a, unit: b, reason: c, approver: d, issued: 2023-12-31, expires: 2023-06-01}
`, `w.yaml:2:79: the last day "2023-06-01" is before the first, "2023-12-31" [plan-range]
    ngày cuối "2023-06-01" trước ngày đầu "2023-12-31"
`},
		{"given twice", `waivers:
  - {target: a, unit: b, reason: c, approver: d, issued: 2023-01-01, expires: 2023-06-01}
  - {target: a, unit: b, reason: c, approver: d, issued: 2023-06-01, expires: 2023-12-31}
`, `w.yaml:3:5: a second waiver of "a" for "b" on the same days [plan-name]
    miễn trừ thứ hai của "a" cho "b" trong cùng thời gian
    w.yaml:2:5: first here / lần đầu ở đây
`},
		{"nobody approved it", `waivers:
  - {target: a, unit: b, reason: "", issued: 2023-01-01, expires: 2023-06-01}
`, `w.yaml:2:5: the waiver has no "approver": who granted it [plan-key]
    miễn trừ thiếu khóa "approver": người cho phép
w.yaml:2:34: the text is empty [plan-value]
    chữ để trống
`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, list := ParseWaivers("w.yaml", []byte(test.yaml))
			if diff := cmp.Diff(test.want, inBoth(list)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
