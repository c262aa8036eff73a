package diag_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

func TestPosString(t *testing.T) {
	for _, tt := range []struct {
		pos               diag.Pos
		want, wantInSheet string
	}{
		{diag.Pos{}, "", ""},
		{diag.InFile("agency.xlsx"), "agency.xlsx", ""},
		{diag.Pos{File: "plan.yaml", Line: 12, Col: 5}, "plan.yaml:12:5", ""},
		{diag.Pos{File: "plan.yaml", Line: 12}, "plan.yaml:12", ""},
		{diag.Pos{File: "plan.yaml", Col: 5}, "plan.yaml", ""},
		{diag.At("agency.xlsx", "Quý 3", 17, 4), "agency.xlsx:'Quý 3'!D17", "'Quý 3'!D17"},
		{diag.Pos{File: "agency.xlsx", Sheet: "Quý 3"}, "agency.xlsx:'Quý 3'", "'Quý 3'"},
		{diag.Pos{Sheet: "it's", Area: diag.Area{Row: 14, Col: 11, ToRow: 1312, ToCol: 11}}, "'it''s'!K14:K1312", "'it''s'!K14:K1312"},
		{diag.Pos{File: "list.csv", Area: diag.Cell(3, 2)}, "list.csv:B3", "B3"},
	} {
		if got := tt.pos.String(); got != tt.want {
			t.Errorf("String() = %q, want %q", got, tt.want)
		}
		if got := tt.pos.InSheet(); got != tt.wantInSheet {
			t.Errorf("InSheet() = %q, want %q", got, tt.wantInSheet)
		}
	}
}

func TestSeverity(t *testing.T) {
	var zero diag.Severity
	if zero != diag.Error {
		t.Errorf("the zero severity is %v: what nobody weighed must be an error", zero)
	}
	for _, tt := range []struct {
		name string
		want diag.Severity
		ok   bool
	}{
		{"error", diag.Error, true},
		{"warning", diag.Warning, true},
		{"note", diag.Note, true},
		{"Error", diag.Error, false},
		{"", diag.Error, false},
	} {
		got, ok := diag.ParseSeverity(tt.name)
		if got != tt.want || ok != tt.ok {
			t.Errorf("ParseSeverity(%q) = %v, %v", tt.name, got, ok)
		}
		if ok && got.String() != tt.name {
			t.Errorf("%q prints as %q", tt.name, got)
		}
	}
	var s diag.Severity
	err := s.UnmarshalText([]byte("fatal"))
	if err == nil || err.Error() != `unknown severity "fatal"` {
		t.Errorf("got %v", err)
	}
}

func TestDiagnosticIn(t *testing.T) {
	message := lang.T(`"12,x" is no number: want digits`, `"12,x" không phải là số: cần chữ số`)
	for _, tt := range []struct {
		pos    diag.Pos
		en, vi string
	}{
		{
			diag.At("agency.xlsx", "Phụ lục", 17, 4),
			`agency.xlsx:'Phụ lục'!D17: "12,x" is no number: want digits [not-a-number]`,
			`agency.xlsx:'Phụ lục'!D17: "12,x" không phải là số: cần chữ số [not-a-number]`,
		},
		{
			diag.Pos{},
			`"12,x" is no number: want digits [not-a-number]`,
			`"12,x" không phải là số: cần chữ số [not-a-number]`,
		},
	} {
		d := diag.New(diag.NotNumber, tt.pos, message)
		if got := d.In(lang.EN); got != tt.en {
			t.Errorf("got  %s\nwant %s", got, tt.en)
		}
		if got := d.In(lang.VI); got != tt.vi {
			t.Errorf("got  %s\nwant %s", got, tt.vi)
		}
	}
}

// sample is a list in the order in which Sort must put it.
func sample() diag.List {
	at := func(row, col int) diag.Pos { return diag.At("b.xlsx", "S", row, col) }
	return diag.List{
		diag.New(diag.Duplicate, diag.InFile("a.xlsx"), lang.Same("one unit")),
		diag.New(diag.Unreadable, diag.InFile("b.xlsx"), lang.Same("x")),
		diag.New(diag.NotNumber, at(2, 3), lang.Same("x")),
		diag.New(diag.NotNumber, at(10, 1), lang.Same("a")),
		diag.New(diag.NotNumber, at(10, 1), lang.Same("b")),
		diag.New(diag.NotUnique, at(10, 1), lang.Same("a")),
		diag.New(diag.Arithmetic, at(10, 1), lang.Same("a")),
		diag.New(diag.TextNumber, at(10, 1), lang.Same("a")),
		diag.New(diag.NotNumber, at(10, 2), lang.Same("a")),
		diag.New(diag.PlanKey, diag.Pos{File: "plan.yaml", Line: 3, Col: 9}, lang.Same("x")),
		diag.New(diag.PlanKey, diag.Pos{File: "plan.yaml", Line: 12, Col: 1}, lang.Same("x")),
	}
}

func TestListSortForgetsTheOrder(t *testing.T) {
	want := sample()
	random := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		got := sample()
		random.Shuffle(len(got), func(i, k int) { got[i], got[k] = got[k], got[i] })
		got.Sort()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("sorted in another order:\n%s", diff)
		}
	}
}

func TestListCount(t *testing.T) {
	list := sample()
	if e, w, n := list.Count(diag.Error), list.Count(diag.Warning), list.Count(diag.Note); e != 9 || w != 1 || n != 1 {
		t.Errorf("counted %d errors, %d warnings and %d notes; want 9, 1 and 1", e, w, n)
	}
	if !list.HasErrors() {
		t.Error("the errors are not seen")
	}
	if (diag.List{list[6]}).HasErrors() {
		t.Error("a warning is taken for an error")
	}
}

func TestListAdd(t *testing.T) {
	var list diag.List
	other := diag.Related{Pos: diag.At("a.xlsx", "S", 1, 1), Message: lang.Same("the form")}
	list.Add(diag.SourcesDisagree, diag.InFile("a.xlsx"), lang.Same("x"), other)
	want := diag.List{{
		Check:    diag.SourcesDisagree,
		Severity: diag.Warning,
		Pos:      diag.InFile("a.xlsx"),
		Message:  lang.Same("x"),
		Related:  []diag.Related{other},
	}}
	if diff := cmp.Diff(want, list); diff != "" {
		t.Error(diff)
	}
}

func TestListJSON(t *testing.T) {
	want := sample()
	want[3].Related = []diag.Related{{Pos: diag.Pos{Sheet: "S", Area: diag.Area{Row: 1, Col: 1, ToRow: 9, ToCol: 3}}, Message: lang.T("there", "tại đó")}}
	want[4].Unit = "Sở Nội vụ"
	b, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got diag.List
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the list came back as another one:\n%s", diff)
	}
}
