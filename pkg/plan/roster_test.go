package plan

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

const soundRoster = `roster: test
title: {vi: Các đơn vị, en: Units}
deadline: 2024-01-15
groups:
  departments: {title: {vi: Các sở, en: Departments}}
units:
  - {id: so-noi-vu, name: {vi: Sở Nội vụ, en: Department of Home Affairs}, level: department, group: departments, code: H47.01, aliases: [SNV]}
  - id: hoi-an
    name: UBND thành phố Hội An
    level: district
    deadline: 2024-01-20
    aliases: [Thành phố Hội An, Hội An]
`

func TestRoster(t *testing.T) {
	got, list := ParseRoster("r.yaml", []byte(soundRoster), []string{"department", "district"})
	if len(list) > 0 {
		t.Fatal(inBoth(list))
	}
	want := &Roster{
		ID: "test", File: "r.yaml", Title: in("Các đơn vị", "Units"), Deadline: date.Date{Year: 2024, Month: 1, Day: 15},
		Groups: []Area{{ID: "departments", Title: in("Các sở", "Departments"), Pos: diag.Pos{File: "r.yaml", Line: 5, Col: 3}}},
		Units: []Unit{
			{ID: "so-noi-vu", Name: in("Sở Nội vụ", "Department of Home Affairs"), Level: "department", Group: "departments",
				Code: "H47.01", Aliases: []string{"SNV"}, Pos: diag.Pos{File: "r.yaml", Line: 7, Col: 5}},
			{ID: "hoi-an", Name: lang.Same("UBND thành phố Hội An"), Level: "district", Deadline: date.Date{Year: 2024, Month: 1, Day: 20},
				Aliases: []string{"Thành phố Hội An", "Hội An"}, Pos: diag.Pos{File: "r.yaml", Line: 8, Col: 5}},
		},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Roster{}, "SHA256", "index")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFind(t *testing.T) {
	parsed, _ := ParseRoster("r.yaml", []byte(soundRoster), nil)
	built := &Roster{Units: parsed.Units}
	for _, test := range []struct{ name, id string }{
		{"Sở Nội vụ", "so-noi-vu"},
		{"SỞ NỘI VỤ", "so-noi-vu"},
		{"  sở nội  vụ ", "so-noi-vu"},
		{"Department of Home Affairs", "so-noi-vu"},
		{"snv", "so-noi-vu"},
		{"h47.01", "so-noi-vu"},
		{"so-noi-vu", "so-noi-vu"},
		{"Hội An", "hoi-an"},
		{"Sở Nội", ""},
		{"", ""},
		{" ", ""},
	} {
		for _, r := range []*Roster{parsed, built, nil} {
			got, want := "", test.id
			if u := r.Find(test.name); u != nil {
				got = u.ID
			}
			if r == nil {
				want = ""
			}
			if got != want {
				t.Errorf("%q is the unit %q, want %q", test.name, got, want)
			}
		}
	}
}

func TestRosterMistakes(t *testing.T) {
	const head = "roster: test\ntitle: Các đơn vị\n"
	for _, test := range []struct{ name, yaml, want string }{
		{"two units of one name", head + `units:
  - {id: a, name: Sở Nội vụ, level: department}
  - {id: b, name: Ban Dân tộc, level: department, aliases: [sở nội vụ]}
`, `r.yaml:5:61: "sở nội vụ" also means the unit "a": one name means one unit [plan-name]
    "sở nội vụ" cũng là tên của đơn vị "a": mỗi tên chỉ được chỉ một đơn vị
    r.yaml:4:5: the other unit / đơn vị kia
`},
		{"two units of one id", head + `units:
  - {id: a, name: Sở Nội vụ, level: department}
  - {id: a, name: Ban Dân tộc, level: department}
`, `r.yaml:5:10: "a" also means the unit "a": one name means one unit [plan-name]
    "a" cũng là tên của đơn vị "a": mỗi tên chỉ được chỉ một đơn vị
    r.yaml:4:5: the other unit / đơn vị kia
`},
		{"unknown level and group", head + `units:
  - {id: a, name: Sở Nội vụ, level: departments, group: big}
`, `r.yaml:4:37: there is no level "departments": did you mean "department"? ("department" or "district") [plan-name]
    không có cấp "departments": có phải "department" không? ("department" hoặc "district")
r.yaml:4:57: there is no group "big": none is defined [plan-name]
    không có nhóm "big": chưa khai báo mục nào
`},
		{"an unknown parent", head + `units:
  - {id: tinh, name: UBND tỉnh, level: district}
  - {id: a, name: Sở Nội vụ, level: department, parent: tính}
`, `r.yaml:5:57: there is no unit "tính": did you mean "tinh"? ("tinh" or "a") [plan-name]
    không có đơn vị "tính": có phải "tinh" không? ("tinh" hoặc "a")
`},
		{"a unit above itself", head + `units:
  - {id: a, name: Sở Nội vụ, level: department, parent: b}
  - {id: b, name: Sở Y tế, level: department, parent: c}
  - {id: c, name: Sở Xây dựng, level: department, parent: b}
  - {id: d, name: Sở Công Thương, level: department, parent: d}
`, `r.yaml:6:59: the unit "b" stands above itself: b → c → b [plan-name]
    đơn vị "b" là cấp trên của chính nó: b → c → b
r.yaml:7:62: the unit "d" stands above itself: d → d [plan-name]
    đơn vị "d" là cấp trên của chính nó: d → d
`},
		{"no units", head, `r.yaml:1:1: the roster has no "units": the units that owe a submission [plan-key]
    danh sách đơn vị thiếu khóa "units": các đơn vị phải nộp
`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, list := ParseRoster("r.yaml", []byte(test.yaml), []string{"department", "district"})
			if diff := cmp.Diff(test.want, inBoth(list)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	if _, list := ParseRoster("r.yaml", []byte(strings.Replace(soundRoster, "district", "ward", 1)), nil); len(list) > 0 {
		t.Errorf("levels are checked where none are given:\n%s", inBoth(list))
	}
}
