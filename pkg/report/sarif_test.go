package report

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
)

// sarifSchema is the official schema: sarif-schema-2.1.0.json of OASIS's SARIF
// 2.1.0 plus Errata 01.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile("testdata/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", schema); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSARIFFitsTheSchema(t *testing.T) {
	schema := sarifSchema(t)
	for name, doc := range map[string]*Document{
		"many": many(), "validated": validated(), "hostile": hostile(t), "empty": {Program: "parcheck"},
		"nowhere": {Diagnostics: diag.List{diag.New(diag.NotSubmitted, diag.Pos{}, lang.T("not there", "chưa nộp"))}},
	} {
		for _, l := range []lang.Lang{lang.VI, lang.EN} {
			got := written(t, SARIF, doc, Options{Lang: l})
			value, err := jsonschema.UnmarshalJSON(bytes.NewReader(got))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(value); err != nil {
				t.Errorf("%s in %s: %v", name, l, err)
			}
		}
	}
}

func TestSARIFSchemaRefuses(t *testing.T) {
	schema := sarifSchema(t)
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(`{"version": "2.1.0", "runs": [{"results": []}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if schema.Validate(value) == nil {
		t.Error("a run without a tool fits: the schema checks nothing")
	}
}

// parsedLog is the part of SARIF that CI systems read.
type parsedLog struct {
	Runs []struct {
		Tool struct {
			Driver struct {
				Rules []struct{ ID string }
			}
		}
		Invocations []struct {
			ToolExecutionNotifications []struct {
				Level   string
				Message struct{ Text string }
			}
		}
		Results []parsedResult
	}
}

type parsedResult struct {
	RuleID    string
	RuleIndex int
	Level     string
	Message   struct{ Text string }
	Locations []struct {
		PhysicalLocation struct {
			ArtifactLocation struct{ URI string }
			Region           struct{ StartLine, StartColumn, EndLine, EndColumn int }
		}
		LogicalLocations []struct{ FullyQualifiedName string }
	}
	PartialFingerprints map[string]string
	Suppressions        []struct{ Kind, Justification string }
}

func sarifOf(t *testing.T, doc *Document, l lang.Lang) parsedLog {
	t.Helper()
	var log parsedLog
	if err := json.Unmarshal(written(t, SARIF, doc, Options{Lang: l}), &log); err != nil {
		t.Fatal(err)
	}
	if len(log.Runs) != 1 {
		t.Fatalf("%d runs, want one", len(log.Runs))
	}
	return log
}

func TestSARIFResults(t *testing.T) {
	log := sarifOf(t, many(), lang.EN)
	rules := log.Runs[0].Tool.Driver.Rules
	byRule := map[string]parsedResult{}
	for _, r := range log.Runs[0].Results {
		if len(r.Locations) != 1 || r.Locations[0].PhysicalLocation.Region.StartLine < 1 || r.Locations[0].PhysicalLocation.ArtifactLocation.URI == "" {
			t.Errorf("%s has no physical location", r.RuleID)
		}
		if rules[r.RuleIndex].ID != r.RuleID {
			t.Errorf("%s points at the rule %s", r.RuleID, rules[r.RuleIndex].ID)
		}
		if r.PartialFingerprints["parcheck/v2"] == "" || r.PartialFingerprints["primaryLocationLineHash"] == "" {
			t.Errorf("%s has no fingerprint", r.RuleID)
		}
		byRule[r.RuleID] = r
	}
	missed := byRule["quang-nam-2023/online-partial-dossiers"]
	region := missed.Locations[0].PhysicalLocation.Region
	if region.StartLine != 14 || region.StartColumn != 11 || region.EndLine != 1312 || region.EndColumn != 12 {
		t.Errorf("K14:K1312 is the region %+v", region)
	}
	if got := missed.Locations[0].LogicalLocations[0].FullyQualifiedName; got != "'Hồ sơ'!K14:K1312" {
		t.Errorf("logical location %s", got)
	}
	levels := map[string]string{
		"quang-nam-2023/online-partial-dossiers": "error",
		"quang-nam-2023/disbursement":            "warning", // aspirational
		"quang-nam-2023/digitised-results":       "error",
		"error-cell":                             "error",
		"sources-disagree":                       "warning",
		"text-number":                            "note",
	}
	for rule, want := range levels {
		if got := byRule[rule].Level; got != want {
			t.Errorf("%s has level %q, want %q", rule, got, want)
		}
	}
	waived := byRule["quang-nam-2023/disbursement"].Suppressions
	if len(waived) != 1 || waived[0].Kind != "external" || !strings.Contains(waived[0].Justification, "đang chờ quyết toán công trình") {
		t.Errorf("the waived result is suppressed as %+v", waived)
	}
	if len(missed.Suppressions) != 0 {
		t.Error("a result that nobody waived is suppressed")
	}
}

func TestWorst(t *testing.T) {
	at := func(file string, row int) diag.Pos { return diag.At(file, "Biểu", row, 1) }
	list := []finding{
		{rule: "note", severity: diag.Note, pos: at("a.xlsx", 1)},
		{rule: "late error", severity: diag.Error, pos: at("b.xlsx", 9)},
		{rule: "waived error", severity: diag.Error, pos: at("a.xlsx", 2), waiver: &score.Waiver{}},
		{rule: "warning", severity: diag.Warning, pos: at("a.xlsx", 1)},
		{rule: "early error", severity: diag.Error, pos: at("b.xlsx", 2)},
		{rule: "error of another file", severity: diag.Error, pos: at("a.xlsx", 30)},
	}
	order := []string{"error of another file", "early error", "late error", "warning", "note", "waived error"}
	for limit, left := range map[int]int{0: 6, 1: 5, 4: 2, 6: 0, 7: 0} {
		kept, got := worst(slices.Clone(list), limit)
		var rules []string
		for _, f := range kept {
			rules = append(rules, f.rule)
		}
		if want := order[:min(limit, len(order))]; !slices.Equal(rules, want) || got != left {
			t.Errorf("at most %d: %q and %d left out, want %q and %d", limit, rules, got, want, left)
		}
	}
}

// A run of many submissions holds what GitHub takes, and says what it leaves
// out.
func TestSARIFLimit(t *testing.T) {
	notes := func(n int) *Document {
		d := &Document{}
		for i := range n {
			d.Diagnostics.Add(diag.TextNumber, diag.At(agencyFile, "Biểu", i+1, 1), lang.T("typed as text", "kiểu chữ"))
		}
		d.Diagnostics.Add(diag.Negative, diag.At(agencyFile, "Biểu", n+1, 1), lang.T("-1", "-1"))
		return d
	}
	for _, test := range []struct {
		notes int
		lang  lang.Lang
		want  string
	}{
		{maxResults - 1, lang.EN, ""},
		{maxResults, lang.EN, "1 finding is left out: a SARIF run holds the worst 25,000. --report json=PATH writes all of them."},
		{maxResults + 2345, lang.VI, "2.346 phát hiện bị lược bớt: SARIF chỉ ghi 25.000 phát hiện nghiêm trọng nhất. Dùng --report json=TỆP để ghi đầy đủ."},
	} {
		run := sarifOf(t, notes(test.notes), test.lang).Runs[0]
		if len(run.Results) != maxResults || run.Results[0].Level != "error" {
			t.Errorf("%d notes and an error: %d results, the first is a %s", test.notes, len(run.Results), run.Results[0].Level)
		}
		got := ""
		for _, n := range run.Invocations[0].ToolExecutionNotifications {
			got += n.Message.Text
		}
		if got != test.want {
			t.Errorf("%d notes and an error: told %q, want %q", test.notes, got, test.want)
		}
	}
}

// SARIF reads `[text](target)` in a message as a link, and {0} as an argument.
func TestSARIFText(t *testing.T) {
	s := &sarifWriter{lang: lang.EN}
	for _, test := range []struct{ in, want string }{
		{"plain", "plain"},
		{"the cell [1] holds “x”", "the cell [1] holds “x”"},
		{"[here](https://evil.example/)", `\[here\](https://evil.example/)`},
		{`[here\](1)`, `\[here\\\](1)`},
		{"{0} of {1}", "{{0}} of {{1}}"},
		{"a\r\n::error::b\u202e", "a ::error::b"},
	} {
		if got := s.text(lang.Same(test.in)).Text; got != test.want {
			t.Errorf("text(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

func TestFileURI(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"agency.xlsx", "agency.xlsx"},
		{"bài nộp/Sở Nội vụ.xlsx", "b%C3%A0i%20n%E1%BB%99p/S%E1%BB%9F%20N%E1%BB%99i%20v%E1%BB%A5.xlsx"},
		{"../a+b.xlsx", "../a%2Bb.xlsx"},
		{"a:b.xlsx", "a%3Ab.xlsx"},
		{"//host/a.xlsx", "file:////host/a.xlsx"},
		{"/srv/a.xlsx", "file:///srv/a.xlsx"},
		{"C:/bài/a.xlsx", "file:///C:/b%C3%A0i/a.xlsx"},
		{"a?b#c%20.xlsx", "a%3Fb%23c%2520.xlsx"},
		{"a\\b\n\u202e.xlsx", "a%5Cb%0A%E2%80%AE.xlsx"},
		{"", "."},
	} {
		got := fileURI(test.in)
		if got != test.want {
			t.Errorf("fileURI(%q) = %q, want %q", test.in, got, test.want)
		}
		u, err := url.Parse(got)
		if err != nil {
			t.Errorf("%q is no URI: %v", got, err)
		} else if test.in != "" && path.Base(u.Path) != path.Base(test.in) {
			t.Errorf("%q leads to %q", got, u.Path)
		}
	}
}

func TestSARIFHostile(t *testing.T) {
	for _, doc := range []func() *Document{many, validated} {
		for _, l := range []lang.Lang{lang.VI, lang.EN} {
			clean, bad := sarifOf(t, doc(), l), sarifOf(t, besieged(t, doc()), l)
			if a, b := len(clean.Runs[0].Results), len(bad.Runs[0].Results); a != b {
				t.Errorf("%d results, want %d", b, a)
			}
			for i, r := range bad.Runs[0].Results {
				invisible(t, "a message", r.Message.Text)
				if i := strings.Index(r.Message.Text, "]("); i > 0 && r.Message.Text[i-1] != '\\' {
					t.Errorf("a message holds a link: %q", r.Message.Text)
				}
				was := clean.Runs[0].Results[i].Locations[0].PhysicalLocation
				if diff := cmp.Diff(was.Region, r.Locations[0].PhysicalLocation.Region); diff != "" {
					t.Errorf("%s is somewhere else:\n%s", r.RuleID, diff)
				}
			}
			invisible(t, "SARIF", string(written(t, SARIF, besieged(t, doc()), Options{Lang: l})))
		}
	}
}

// A target and a check with one name, and the target of another plan, are
// rules of their own.
func TestSARIFRulesAreTold(t *testing.T) {
	c := department()
	c.Results[0].Target = string(diag.Negative)
	d := department()
	d.Plan.ID = "another"
	c.Diagnostics.Add(diag.Negative, diag.InFile(agencyFile), lang.T("-1: want 0 or more", ""))
	log := sarifOf(t, &Document{Cards: []score.Card{c, d}}, lang.EN)
	seen := map[string]int{}
	for _, r := range log.Runs[0].Tool.Driver.Rules {
		seen[r.ID]++
	}
	for _, id := range []string{"negative", "quang-nam-2023/negative", "another/online-partial-dossiers"} {
		if seen[id] != 1 {
			t.Errorf("%d rules %s, want one", seen[id], id)
		}
	}
}
