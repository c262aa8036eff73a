package plan

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/diag"
)

// bindable is a plan with a list that can be bound, and a form that cannot.
func bindable() *Plan {
	return &Plan{Tables: []Table{
		{ID: "dossiers", Shape: List, Columns: []Column{
			{ID: "id", Role: KeyRole}, {ID: "agency", Role: UnitRole, Optional: true},
			{ID: "received", Type: Date}, {ID: "note", Optional: true},
		}},
		{ID: "annex", Shape: Form},
	}}
}

func TestBindings(t *testing.T) {
	got, list := ParseBindings("b.yaml", []byte(`bindings:
  dossiers:
    relation: mcdt.ho_so
    unit: ten_don_vi
    time_zone: Asia/Ho_Chi_Minh
    columns:
      id: ma
      received: {expression: "coalesce(a, b)"}
`), bindable())
	if len(list) > 0 {
		t.Fatal(inBoth(list))
	}
	at := func(line, col int) diag.Pos { return diag.Pos{File: "b.yaml", Line: line, Col: col} }
	want := []Binding{{
		Table: "dossiers", Relation: "mcdt.ho_so", Zone: "Asia/Ho_Chi_Minh", Source: at(3, 15), Pos: at(2, 3),
		Unit: Bound{Name: "ten_don_vi", Pos: at(4, 11)},
		Columns: []BoundColumn{
			{"id", Bound{Name: "ma", Pos: at(7, 11)}},
			{"received", Bound{Expression: "coalesce(a, b)", Pos: at(8, 17)}},
		},
	}}
	if diff := cmp.Diff(want, got.Lists); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestBindingMistakes(t *testing.T) {
	for _, test := range []struct{ name, yaml, want string }{
		{"no such list", `bindings: {dosiers: {relation: a, columns: {id: b}}}
`, `b.yaml:1:12: there is no list "dosiers": did you mean "dossiers"? [plan-name]
    không có danh sách "dosiers": có phải "dossiers" không?
`},
		{"a form is no list", `bindings: {annex: {relation: a, columns: {id: b}}}
`, `b.yaml:1:12: there is no list "annex": want "dossiers" [plan-name]
    không có danh sách "annex": cần "dossiers"
`},
		{"neither relation nor query", `bindings: {dossiers: {columns: {id: a, received: b}}}
`, `b.yaml:1:12: the binding has neither "relation" nor "query": say where the records stand [plan-key]
    liên kết chưa có "relation" hoặc "query": hãy ghi nơi lưu hồ sơ
`},
		{"both", `bindings: {dossiers: {relation: a, query: select 1, columns: {id: a, received: b}}}
`, `b.yaml:1:43: the binding has both "relation" and "query": want only one [plan-key]
    liên kết có cả "relation" và "query": chỉ chọn một
`},
		{"a column is left out, another misspelt", `bindings: {dossiers: {relation: a, columns: {id: a, recieved: b}}}
`, `b.yaml:1:12: the column "received" of the list is not bound: add it to columns [plan-key]
    cột "received" của danh sách chưa được liên kết: hãy thêm vào columns
b.yaml:1:53: there is no column of table "dossiers" named "recieved": did you mean "received"? ("id", "received" or "note") [plan-name]
    không có cột nào của bảng "dossiers" tên "recieved": có phải "received" không? ("id", "received" hoặc "note")
`},
		{"the unit among the columns", `bindings: {dossiers: {relation: a, columns: {id: a, received: b, agency: c}}}
`, `b.yaml:1:74: the column "agency" names the unit: write it as "unit", beside "columns" [plan-key]
    cột "agency" là cột đơn vị: hãy ghi bằng khóa "unit", bên cạnh "columns"
`},
		{"no time zone", `bindings: {dossiers: {relation: a, time_zone: "x'; --", columns: {id: a, received: b}}}
`, `b.yaml:1:47: "x'; --" is no region whose time zone is meant: want one such as Asia/Ho_Chi_Minh [plan-value]
    "x'; --" không phải tên vùng của múi giờ: cần tên như Asia/Ho_Chi_Minh
`},
		{"hours for a time zone, which servers count the other way", `bindings: {dossiers: {relation: a, time_zone: UTC+7, columns: {id: a, received: b}}}
`, `b.yaml:1:47: "UTC+7" is no region whose time zone is meant: want one such as Asia/Ho_Chi_Minh [plan-value]
    "UTC+7" không phải tên vùng của múi giờ: cần tên như Asia/Ho_Chi_Minh
`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, list := ParseBindings("b.yaml", []byte(test.yaml), bindable())
			if diff := cmp.Diff(test.want, inBoth(list)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
