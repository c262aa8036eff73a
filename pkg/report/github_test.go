package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
)

// annotation is a workflow command as the runner understands it.
type annotation struct {
	Level   string
	Keys    map[string]string
	Message string
}

// readAnnotation does what the runner does with a line of a step's output: a
// line that begins with "::" after its white space is a command up to the next
// "::", properties are parted at commas, and escapes are undone.
func readAnnotation(line string) (annotation, bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(line), "::")
	if !ok {
		return annotation{}, false
	}
	head, data, ok := strings.Cut(rest, "::")
	if !ok {
		return annotation{}, false
	}
	level, properties, _ := strings.Cut(head, " ")
	a := annotation{level, map[string]string{}, strings.NewReplacer("%0D", "\r", "%0A", "\n", "%25", "%").Replace(data)}
	for _, p := range strings.Split(properties, ",") {
		key, value, _ := strings.Cut(p, "=")
		a.Keys[key] = strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%").Replace(value)
	}
	return a, true
}

func TestGitHubAnnotations(t *testing.T) {
	d := one()
	d.Cards[0].Results = d.Cards[0].Results[:1]
	d.Cards[0].Input.File = "bài, nộp: 100%.xlsx"
	d.Cards[0].Diagnostics = diag.List{diag.New(diag.ErrorCell, diag.At("bài, nộp: 100%.xlsx", "Phụ lục", 36, 4), lang.T("100%: “a,b”\nc", ""))}
	d.Cards[0].Facts = nil
	var got []annotation
	for line := range strings.Lines(string(written(t, GitHub, d, Options{Lang: lang.EN}))) {
		a, ok := readAnnotation(line)
		if !ok {
			t.Errorf("no annotation: %q", line)
		}
		got = append(got, a)
	}
	want := []annotation{
		{"error", map[string]string{"file": "bài, nộp: 100%.xlsx", "line": "1", "title": "Department of Construction: Dossiers handled through partial online services"},
			"missed: 1,299 of 2,000 dossiers = 64.95%, goal at least 65%: 1 dossier short (1,300 needed) → Guide applicants to the National Public Service Portal at the one-stop counter."},
		{"error", map[string]string{"file": "bài, nộp: 100%.xlsx", "line": "36", "col": "4", "title": "Department of Construction: error-cell"},
			"'Phụ lục'!D36: 100%: “a,b” c"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestGitHubShowsTenOfALevel(t *testing.T) {
	d := &Document{Cards: []score.Card{district()}}
	for i := range 25 {
		d.Cards[0].Diagnostics.Add(diag.NotNumber, diag.At("f.csv", "", i+1, 1), lang.T("x", ""))
	}
	for i := range 11 {
		d.Diagnostics.Add(diag.Late, diag.InFile(fmt.Sprintf("%d.xlsx", i)), lang.T("late", ""))
	}
	for i := range 10 {
		d.Diagnostics.Add(diag.SkippedLink, diag.InFile(fmt.Sprintf("link-%d.xlsx", i)), lang.T("a link", ""))
	}
	count := map[string]int{}
	var rest []string
	for line := range strings.Lines(string(written(t, GitHub, d, Options{Lang: lang.EN}))) {
		if a, ok := readAnnotation(line); ok {
			count[a.Level]++
		} else {
			rest = append(rest, line)
		}
	}
	if diff := cmp.Diff(map[string]int{"error": 10, "warning": 10, "notice": 10}, count); diff != "" {
		t.Errorf("annotations (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"+15 more errors\n", "+1 more warning\n"}, rest); diff != "" {
		t.Errorf("other lines (-want +got):\n%s", diff)
	}
}

func TestMoreFindings(t *testing.T) {
	for _, test := range []struct {
		n    int64
		s    diag.Severity
		want lang.Text
	}{
		{1, diag.Error, lang.T("1 more error", "1 lỗi nữa")},
		{1234, diag.Warning, lang.T("1,234 more warnings", "1.234 cảnh báo nữa")},
		{2, diag.Note, lang.T("2 more notes", "2 ghi chú nữa")},
	} {
		if got := moreFindings(test.n, test.s); !got.Equal(test.want) {
			t.Errorf("moreFindings(%d, %s) = %v, want %v", test.n, test.s, got, test.want)
		}
	}
}

// Every line is the command that is meant, with the properties that are meant.
func TestGitHubHostile(t *testing.T) {
	for _, doc := range []func() *Document{many, validated} {
		for _, l := range []lang.Lang{lang.VI, lang.EN} {
			clean := strings.Split(string(written(t, GitHub, doc(), Options{Lang: l})), "\n")
			got := string(written(t, GitHub, besieged(t, doc()), Options{Lang: l}))
			invisible(t, "an annotation", got)
			lines := strings.Split(got, "\n")
			if len(lines) != len(clean) {
				t.Fatalf("%d lines, want %d", len(lines), len(clean))
			}
			for i, line := range lines[:len(lines)-1] {
				was, _ := readAnnotation(clean[i])
				a, ok := readAnnotation(line)
				if !ok {
					t.Fatalf("no annotation: %q", line)
				}
				if a.Level != was.Level || len(a.Keys) != len(was.Keys) || a.Keys["line"] != was.Keys["line"] || a.Keys["col"] != was.Keys["col"] {
					t.Errorf("another annotation: %v, want %v", a, was)
				}
				if !strings.Contains(a.Message, "::error::owned") {
					t.Errorf("the text itself is lost: %q", a.Message)
				}
			}
		}
	}
}

func TestGitHubSummary(t *testing.T) {
	opt := Options{Lang: lang.EN}
	want := written(t, Markdown, many(), opt)
	opt.Verbose = true
	if diff := cmp.Diff(string(want), string(written(t, GitHubSummary, many(), opt))); diff != "" {
		t.Errorf("a short summary is not the Markdown report (-want +got):\n%s", diff)
	}
}

func TestGitHubSummaryIsBounded(t *testing.T) {
	d := &Document{Program: "parcheck"}
	for range 300 {
		d.Cards = append(d.Cards, department())
	}
	rank(d.Cards)
	all := string(written(t, Markdown, d, Options{Lang: lang.EN}))
	if len(all) < 1<<20 {
		t.Fatalf("the whole report has only %d bytes: the test shows nothing", len(all))
	}
	got := string(written(t, GitHubSummary, d, Options{Lang: lang.EN}))
	if len(got) >= 1<<20 || len(got) < 1<<19 {
		t.Errorf("the summary has %d bytes", len(got))
	}
	kept, note, _ := strings.Cut(got, "\n\nThe rest is left out: ")
	if !strings.HasPrefix(all, kept+"\n#") {
		t.Errorf("it ends inside a section: %q", kept[len(kept)-100:])
	}
	if !strings.Contains(note, "--report markdown=PATH") {
		t.Errorf("it does not say where the rest is: %q", note)
	}
	if !strings.Contains(kept, "Ranking") {
		t.Error("the ranking is left out")
	}
}
