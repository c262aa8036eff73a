package plan

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/lang"
)

func TestLimits(t *testing.T) {
	for _, test := range []struct{ name, data, want string }{
		{"too large", strings.Repeat("#", MaxBytes+1),
			"p.yaml: the file has 1048577 bytes: at most 1048576 are read [plan-syntax]"},
		{"too many values", "plan: [" + strings.Repeat("a, ", MaxNodes) + "a]",
			"p.yaml:1:196607: more than 65536 keys and values: this is no plan [plan-syntax]"},
		{"too deep", "plan: " + strings.Repeat("[", MaxDepth+1) + strings.Repeat("]", MaxDepth+1),
			"p.yaml:1:39: nested more than 32 deep [plan-syntax]"},
		{"deeper than the library reads", strings.Repeat("[", MaxBytes),
			"p.yaml:1:10001: not well-formed YAML: exceeded max depth of 10000 [plan-syntax]"},
		{"not UTF-8", "plan: a\ntitle: K\xffhoach",
			"p.yaml:2:9: byte 0xFF is not UTF-8: save the file as UTF-8 [plan-syntax]"},
		{"UTF-16", "\xff\xfep\x00l\x00",
			"p.yaml:1:1: byte 0xFF is not UTF-8: save the file as UTF-8 [plan-syntax]"},
		{"zero byte", "plan: \x00", "p.yaml:1:7: the control character U+0000: remove it [plan-syntax]"},
		{"a line break that editors do not show", "plan: a\u2028title: b",
			"p.yaml:1:8: the control character U+2028: remove it [plan-syntax]"},
		{"null", "~", "p.yaml:1:1: no value is given [plan-value]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, list := Parse("p.yaml", []byte(test.data))
			if len(list) == 0 || list[0].In(lang.EN) != test.want {
				t.Errorf("got %s, want %s", inBoth(list), test.want)
			}
		})
	}
}

func TestMistakesAreListedUpToALimit(t *testing.T) {
	_, list := Parse("p.yaml", []byte("plan: "+strings.Repeat("\n k: 1\n k: 1", 500)))
	if len(list) != MaxMistakes+1 {
		t.Errorf("%d mistakes are listed, want %d", len(list), MaxMistakes+1)
	}
	if got, want := list[0].In(lang.EN), "p.yaml: more than 200 mistakes: only these are shown [plan-syntax]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestOtherWaysToWrite reads the same plan as other programs store it.
func TestOtherWaysToWrite(t *testing.T) {
	want, data := whole(t)
	for name, other := range map[string]string{
		"byte order mark":     "\uFEFF" + string(data),
		"Windows line breaks": strings.ReplaceAll(string(data), "\n", "\r\n"),
		"document start":      "---\n" + strings.TrimPrefix(string(data), "# A plan of no province: it uses every key of the language once at least.\n"),
		"document end":        string(data) + "...\n",
	} {
		t.Run(name, func(t *testing.T) {
			got, list := Parse("whole.yaml", []byte(other))
			if len(list) > 0 {
				t.Fatal(inBoth(list))
			}
			got.SHA256 = want.SHA256
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestTextStaysAsWritten checks that nothing but null is read as something else
// than the text that stands there.
func TestTextStaysAsWritten(t *testing.T) {
	data, err := os.ReadFile("testdata/whole.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ written, want string }{
		{"012", "012"},
		{"0x1F", "0x1F"},
		{"1_000", "1_000"},
		{"1e3", "1e3"},
		{"1.0", "1.0"},
		{"no", "no"},
		{"Yes", "Yes"},
		{"true", "true"},
		{"2023-01-01", "2023-01-01"},
		{"12:30:45", "12:30:45"},
		{".inf", ".inf"},
		{`"null"`, "null"},
		{`"  hai   "`, "hai"},
		{"I.2", "I.2"},
	} {
		p, list := Parse("p.yaml", []byte(strings.Replace(string(data), "clause: I.2", "clause: "+test.written, 1)))
		if list.HasErrors() {
			t.Errorf("%s:\n%s", test.written, inBoth(list))
			continue
		}
		if got := p.Targets[0].Clause; got != test.want {
			t.Errorf("%s is read as %q, want %q", test.written, got, test.want)
		}
	}
}

func TestBinds(t *testing.T) {
	p, _ := whole(t)
	target := p.FindTarget("partial-share")
	for _, test := range []struct {
		level, unit string
		want        bool
	}{
		{"province", "", true},
		{"department", "so-noi-vu", true},
		{"district", "", false},
		{"district", "so-xay-dung", true},
		{"", "", false},
	} {
		if got := target.Binds(test.level, test.unit); got != test.want {
			t.Errorf("binds %q of level %q: %v, want %v", test.unit, test.level, got, test.want)
		}
	}
	if got := target.GoalFor("province").String(); got != "{more_than: {max: [60%, {param: assigned}, {param: floor}]}}" {
		t.Errorf("the goal for the province is %s", got)
	}
	if got := target.GoalFor("department").String(); got != "{at_least: 65%}" {
		t.Errorf("the goal for departments is %s", got)
	}
}
