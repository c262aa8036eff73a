package plan

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// sound is a small plan without a mistake; the table puts mistakes in.
const mended = `plan: petitions-2024 # keep this
title: {vi: Đơn thư, en: Petitions}
document: {number: 7/KH, date: 2024-01-02}
period: {from: 2024-01-01, to: 2024-12-31}
severities: {plan-unit: note}
levels: {office: {title: Office}}
areas: {all: {title: Everything}}
tables:
  form: {shape: form, columns: {label: {headers: [Name], role: label}, value: {headers: [Number], type: number}}}
facts:
  due: {title: Due, unit: petitions, from: [{cell: form, row: {label: [Due]}, column: value}]}
  answered: {title: Answered, unit: petitions, from: [{cell: form, row: {label: [Answered]}, column: value}]}
targets:
  - id: in-time
    area: all
    title: {vi: Đúng hạn, en: In time}
    source: {clause: "1", quote: ít nhất 80% số đơn}
    levels: [office]
    when_empty: missed
    measure: {share: answered, of: due}
    goal: {at_least: 80%}
    points: 2
    remedy: {vi: Nhắc, en: Remind}
`

func TestMend(t *testing.T) {
	for _, tt := range []struct{ name, was, is, want string }{
		{"nothing", "points: 2", "points: 2", ""},
		{"a no-break space before the percent sign", "80%}", "80\u00a0%}", "21:22: 80\u00a0% -> 80%"},
		{"a blank before the percent sign", "at_least: 80%}", "at_least: 80 %}", "21:22: 80 % -> 80%"},
		{"a decimal comma", "points: 2", "points: 2,5", "22:13: 2,5 -> 2.5"},
		{"a decimal comma within braces", "80%}", "0,5}", ""}, // what is meant needs a percent sign
		{"a decimal comma of points within braces", "points: 2\n", "credit: {bands: [{at_least: 80%, points: 2}, {at_least: 50%, points: 0,5}, {less_than: 50%, points: 0}]}\n    points: 2\n",
			"22:74: 0,5 -> 0.5"},
		{"points with two groups", "points: 2", "points: 1.000.000", "22:13: 1.000.000 -> 1000000"},
		{"1.000 may be 1", "points: 2", "points: 1.000", ""},
		{"1,000 may be 1", "points: 2", "points: 1,000", ""},
		{"the thirty-first", "to: 2024-12-31", "to: 31/12/2024", "4:32: 31/12/2024 -> 2024-12-31"},
		{"one digit", "from: 2024-01-01", "from: 2024-1-1", "4:16: 2024-1-1 -> 2024-01-01"},
		{"a day that may be a month", "date: 2024-01-02", "date: 2/1/2024", ""},
		{"day and month alike", "date: 2024-01-02", "date: 02/02/2024", "3:32: 02/02/2024 -> 2024-02-02"},
		{"no such day", "to: 2024-12-31", "to: 31/02/2024", ""},
		{"curly quotes around a text", "quote: ít nhất 80% số đơn", "quote: “ít nhất 80% số đơn”", `17:34: “ít nhất 80% số đơn” -> "ít nhất 80% số đơn"`},
		{"curly and straight", "quote: ít nhất 80% số đơn", `quote: “ít nhất 80% số đơn"`, `17:34: “ít nhất 80% số đơn" -> "ít nhất 80% số đơn"`},
		{"one curly quote alone", "quote: ít nhất 80% số đơn", "quote: “ít nhất 80% số đơn", ""},
		{"curly quotes within a text", "quote: ít nhất 80% số đơn", "quote: đạt “ít nhất 80%”", ""},
		{"curly quotes with a colon inside", "title: {vi: Đơn thư, en: Petitions}", "title: “Đơn: thư”", `2:8: “Đơn: thư” -> "Đơn: thư"`},
		{"a comma within braces", "{vi: Đơn thư, en: Petitions}", "{vi: Đơn, thư, hỏi, en: Petitions}", `2:13: Đơn, thư, hỏi -> "Đơn, thư, hỏi"`},
		{"a comma between curly quotes", "{vi: Đơn thư, en: Petitions}", "{vi: “Đơn, thư”, en: Petitions}",
			`2:13: “Đơn, thư” -> "Đơn, thư"`},
		{"a goal with a sign", "goal: {at_least: 80%}", "goal: ≥ 80%", `21:11: ≥ 80% -> {at_least: 80%}`},
		{"a goal without one", "goal: {at_least: 80%}", "goal: 80%", ``},
		{"a decimal comma within brackets", "{at_least: 80%}", "{between: [79,5%, 90%]}", `21:22: 79,5% -> 79.5%`},
		{"a comma that cuts no text", "area: all", "area: all", ""},
		{"an invisible end", "[Due]", "[Due\u200b]", "11:72: Due\u200b -> Due"},
		{"a mark of direction", "title: Everything", "title: Every\u202ething", "7:27: \u202e -> "},
		{"a vertical tab", "title: Everything", "title: Every\vthing", "7:27: \v ->  "},
		{"a no-break space as indentation", "    area: all", "\u00a0\u00a0 \u00a0area: all", "15:1: \u00a0 ->  ; 15:2: \u00a0 ->  ; 15:4: \u00a0 ->  "},
		{"a no-break space behind a key", "points: 2", "points:\u00a02", "22:12: \u00a0 ->  "},
		{"a key in capitals", "at_least: 80%", "At_Least: 80%", "21:12: At_Least -> at_least"},
		{"a key with a dash", "when_empty: missed", "when-empty: missed", "19:5: when-empty -> when_empty"},
		{"a word in capitals", "when_empty: missed", "when_empty: Missed", "19:17: Missed -> missed"},
		{"an id with a point, and where it is used", "id: in-time", "id: in.time", "14:9: in.time -> in-time"},
		{"a name with another dash", "share: answered, of: due", "share: Answered, of: due", "20:22: Answered -> answered"},
		{"an unknown key", "remedy:", "cure:", ""},
		{"a likely key", "remedy:", "remeddy:", ""},
		{"rules of the version before", "{plan-unit: note}", "{plan-lint: note}", "5:14: plan-lint: note -> PLAN"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if !strings.Contains(mended, tt.was) {
				t.Fatalf("the plan has no %q", tt.was)
			}
			text := []byte(strings.Replace(mended, tt.was, tt.is, 1))
			got, changes := Mend(PlanFile, "p.yaml", text, nil, Against{})
			var said []string
			for _, c := range changes {
				now := c.Now
				if strings.HasPrefix(now, "plan-") {
					now = "PLAN"
				}
				said = append(said, fmt.Sprintf("%d:%d: %s -> %s", c.Pos.Line, c.Pos.Col, c.Was, now))
			}
			if diff := cmp.Diff(tt.want, strings.Join(said, "; ")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if tt.want == "" && !bytes.Equal(got, text) {
				t.Errorf("changed without a word:\n%s", got)
			}
			if _, list := Parse("p.yaml", got); tt.want != "" && list.HasErrors() {
				t.Errorf("still wrong: %s", inBoth(list))
			}
			mendedOnce(t, PlanFile, got)
		})
	}
}

// mendedOnce holds that a file that was mended does not change again.
func mendedOnce(t *testing.T, kind FileKind, data []byte) {
	t.Helper()
	again, changes := Mend(kind, "p.yaml", data, nil, Against{})
	if !bytes.Equal(again, data) || len(changes) > 0 {
		t.Errorf("mended again: %+v", changes)
	}
}

// Line ends and the mark at the beginning stay as they were.
func TestMendKeepsLineEnds(t *testing.T) {
	dos := "\uFEFF" + strings.ReplaceAll(mended, "\n", "\r\n")
	got, changes := Mend(PlanFile, "p.yaml", []byte(strings.Replace(dos, "points: 2", "points: 2,5", 1)), nil, Against{})
	if want := strings.Replace(dos, "points: 2", "points: 2.5", 1); string(got) != want || len(changes) != 1 {
		t.Errorf("%d changes\n%q", len(changes), got)
	}
}

// Tabs that alone indent a file are taken for two blanks each.
func TestMendTabs(t *testing.T) {
	text := "waivers:\n\t- target: a\n\t  unit: b\n"
	if got, changes := Mend(WaiverFile, "w.yaml", []byte(text), nil, Against{}); string(got) != text || changes != nil {
		t.Errorf("tabs beside blanks were changed: %q", got)
	}
	text = "plan: p\nlevels:\n\toffice:\n\t\ttitle: Office\n"
	want := strings.ReplaceAll(text, "\t", "  ")
	if got, changes := Mend(PlanFile, "p.yaml", []byte(text), nil, Against{}); string(got) != want || len(changes) != 2 {
		t.Errorf("%d changes: %q", len(changes), got)
	}
}

// Files of other kinds are mended, too.
func TestMendOtherKinds(t *testing.T) {
	waivers := "waivers:\n  - {target: a, unit: b, reason: Chuyển đổi, nâng cấp, approver: X, issued: 2024-1-2, expires: 31/12/2024}\n"
	got, _ := Mend(WaiverFile, "w.yaml", []byte(waivers), nil, Against{})
	want := "waivers:\n  - {target: a, unit: b, reason: \"Chuyển đổi, nâng cấp\", approver: X, issued: 2024-01-02, expires: 2024-12-31}\n"
	if string(got) != want {
		t.Errorf("%s", got)
	}
	mendedOnce(t, WaiverFile, got)
}

// A plan without a finding is left alone, to the byte, and what is mended of a
// plan with mistakes does not change when it is mended again.
func TestMendLeavesSoundPlansAlone(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob("../../examples/*/plan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	builtIn, err := filepath.Glob("../../targets/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	sound := 0
	for _, path := range append(append(append(files, more...), builtIn...), "testdata/whole.yaml") {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		kind := KindOf(data)
		got, changes := Mend(kind, "p.yaml", data, nil, Against{})
		if _, list := Parse("p.yaml", data); kind == PlanFile && len(list) == 0 {
			sound++
			if !bytes.Equal(got, data) || len(changes) > 0 {
				t.Errorf("%s is sound, and was changed: %+v", path, changes)
			}
		}
		mendedOnce(t, kind, got)
	}
	if sound < 8 {
		t.Errorf("only %d sound plans were tried", sound)
	}
}

// Accidents at random places are mended once and for all, and never make a file
// worse.
func TestMendAccidents(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 13))
	accidents := []string{"\u00a0", "“", "”", "\u200b", "\v", "\t", " %", ",5", ", ", "_", ".000", "\u202e", ": ", "X", "\r\n", "#"}
	for range 300 {
		data := mended
		for range 1 + random.IntN(3) {
			i := random.IntN(len(data))
			for !utf8.RuneStart(data[i]) {
				i--
			}
			data = data[:i] + accidents[random.IntN(len(accidents))] + data[i:]
		}
		mendsOnce(t, []byte(data))
	}
}

// mendsOnce holds what is true of every file.
func mendsOnce(t *testing.T, data []byte) {
	t.Helper()
	_, before := Parse("p.yaml", data)
	got, changes := Mend(PlanFile, "p.yaml", data, nil, Against{})
	if len(before) == 0 && !bytes.Equal(got, data) {
		t.Errorf("a sound plan was changed: %+v", changes)
	}
	if (len(changes) == 0) != bytes.Equal(got, data) {
		t.Errorf("%d changes are told of\n%q", len(changes), data)
	}
	if again, _ := Mend(PlanFile, "p.yaml", got, nil, Against{}); !bytes.Equal(again, got) {
		t.Errorf("mended twice:\n%q\n%q\n%q", data, got, again)
	}
}

// FuzzMend holds that mending never makes a file worse, never touches a sound
// one, and is done at once.
func FuzzMend(f *testing.F) {
	f.Add([]byte(mended))
	f.Add([]byte(strings.Replace(mended, "Đơn thư", "“Đơn, thư”", 1)))
	f.Add([]byte(strings.Replace(mended, "80%}", "80 %}", 1)))
	f.Add([]byte("plan: “a: b”\n\u00a0title: x\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		mendsOnce(t, data)
	})
}
