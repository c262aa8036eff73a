package report

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/score"
)

func TestPlain(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"Sở Nội vụ", "Sở Nội vụ"},
		{"a b", "a b"},
		{"  a \t b\n\r\nc  ", "a b c"},
		{"\x1b[31mred\x1b[0m", "[31mred[0m"},
		{"\x1b]0;title\x07rest", "]0;titlerest"},
		{"a\u202eb\u2066c\u200bd\ufeffe\u00adf", "abcdef"},
		{"line\u2028para\u2029nel\u0085end", "line para nel end"},
		{"≥\u00a065%", "≥\u00a065%"},
		{"1\u202f234", "1\u00a0234"},
		{"bad\xffutf", "bad\ufffdutf"},
		{"del\x7fete\x00", "delete"},
		{"tie\u0302\u0301ng", "tie\u0302\u0301ng"},
		{"e" + strings.Repeat("\u0301", 50), "e" + strings.Repeat("\u0301", maxMarks)},
		{"\U000e0041tag", "tag"},
	}
	for _, test := range tests {
		if got := plain(test.in); got != test.want {
			t.Errorf("plain(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

func FuzzPlain(f *testing.F) {
	f.Add(attack)
	f.Add("Cải cách hành chính")
	f.Add("\u0309 0") // a mark on no letter
	f.Fuzz(func(t *testing.T, s string) {
		if got := cleaned(s); isPlain(s) && got != s {
			t.Errorf("%q looks plain, and is cleaned to %q", s, got)
		}
		p := plain(s)
		if !utf8.ValidString(p) || strings.ContainsFunc(p, unicode.IsControl) || strings.Contains(p, "  ") {
			t.Errorf("plain(%q) = %q", s, p)
		}
		for _, s := range []string{s, p} {
			if got, want := width(s), cells.StringWidth(s); got != want {
				t.Errorf("%q is %d cells wide, want %d", s, got, want)
			}
		}
		if again := plain(p); again != p {
			t.Errorf("plain(%q) = %q, and then %q", s, p, again)
		}
		for _, n := range []int{2, 7, 20} {
			var words string
			for _, l := range wrap(p, n) {
				if width(l) > n {
					t.Errorf("wrap(%q, %d) gives the line %q", p, n, l)
				}
				words += strings.ReplaceAll(l, " ", "")
			}
			if want := strings.ReplaceAll(p, " ", ""); words != want {
				t.Errorf("wrap(%q, %d) has lost something: %q", p, n, words)
			}
		}
	})
}

func TestWrap(t *testing.T) {
	tests := []struct {
		in   string
		n    int
		want []string
	}{
		{"", 10, []string{""}},
		{"một hai ba", 10, []string{"một hai ba"}},
		{"một hai ba", 9, []string{"một hai", "ba"}},
		{"tie\u0302\u0301ng vie\u0323\u0302t", 10, []string{"tie\u0302\u0301ng vie\u0323\u0302t"}}, // NFD is as wide as NFC
		{"submissions/2023/agency.xlsx", 14, []string{"submissions/", "2023/", "agency.xlsx"}},
		{"abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		{"漢字漢字", 5, []string{"漢字", "漢字"}},
		{"≥\u00a065% x", 6, []string{"≥\u00a065%", "x"}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, wrap(test.in, test.n)); diff != "" {
			t.Errorf("wrap(%q, %d) (-want +got):\n%s", test.in, test.n, diff)
		}
	}
}

func TestFilled(t *testing.T) {
	tests := []struct {
		share number.Exact
		want  int
	}{
		{number.Int(-1), 0}, {number.Int(0), 0}, {number.Frac(1, 1000), 1}, {number.Frac(1, 2), 10},
		{number.Frac(999, 1000), 19}, {number.Int(1), 20}, {number.Frac(3, 2), 20},
	}
	for _, test := range tests {
		if got := filled(test.share, 20); got != test.want {
			t.Errorf("filled(%s, 20) = %d, want %d", test.share, got, test.want)
		}
	}
}

// No line is wider than the terminal, and nothing but line breaks controls it,
// whatever the workbooks hold.
func TestTextFits(t *testing.T) {
	docs := map[string]*Document{"one": one(), "many": many(), "hostile": hostile(t), "none": {}}
	for name, doc := range docs {
		for _, w := range []int{minWidth, 80, 100, 160} {
			for _, l := range []lang.Lang{lang.VI, lang.EN} {
				opt := Options{Lang: l, Width: w, Verbose: w != 80}
				for i, line := range strings.Split(string(written(t, Text, doc, opt)), "\n") {
					if got := width(line); got > w {
						t.Errorf("%s, %s, width %d: line %d is %d cells wide: %q", name, l, w, i+1, got, line)
					}
					if strings.ContainsFunc(line, func(r rune) bool { return !unicode.IsGraphic(r) }) {
						t.Errorf("%s, %s, width %d: line %d holds a control character: %q", name, l, w, i+1, line)
					}
					if strings.HasSuffix(line, " ") {
						t.Errorf("%s, %s, width %d: line %d ends in a space: %q", name, l, w, i+1, line)
					}
				}
			}
		}
	}
}

// Colours change nothing but colours.
func TestTextColor(t *testing.T) {
	for _, doc := range []*Document{one(), many(), hostile(t)} {
		for _, w := range []int{80, 160} {
			bare := string(written(t, Text, doc, Options{Width: w, Verbose: true}))
			colored := string(written(t, Text, doc, Options{Width: w, Verbose: true, Color: true}))
			for _, code := range sgr {
				colored = strings.ReplaceAll(colored, fmt.Sprintf("\x1b[%sm", code), "")
			}
			colored = strings.ReplaceAll(colored, "\x1b[0m", "")
			if diff := cmp.Diff(bare, colored); diff != "" {
				t.Errorf("width %d (-bare +colored):\n%s", w, diff)
			}
		}
	}
}

// Every finding is listed, or counted as not listed.
func TestTextManyFindings(t *testing.T) {
	doc := one()
	for range 100 {
		doc.Cards[0].Diagnostics = append(doc.Cards[0].Diagnostics, doc.Cards[0].Diagnostics[0])
	}
	short := string(written(t, Text, doc, Options{Lang: lang.EN}))
	if want := "Errors (101)"; !strings.Contains(short, want) {
		t.Errorf("no %q in\n%s", want, short)
	}
	if want := "  and 61 more\n"; !strings.Contains(short, want) {
		t.Errorf("no %q in\n%s", want, short)
	}
	if got := strings.Count(short, "[error-cell]"); got != maxFindings {
		t.Errorf("%d findings are listed, want %d", got, maxFindings)
	}
	long := string(written(t, Text, doc, Options{Lang: lang.EN, Verbose: true}))
	if got := strings.Count(long, "[error-cell]"); got != 101 {
		t.Errorf("%d findings are listed when verbose, want 101", got)
	}
}

// Cards stand in a table for each plan, period and group, best first; those
// without a rank stand last, and the table of those in no group too.
func TestLeagues(t *testing.T) {
	group := lang.Same("districts")
	card := func(plan string, s *score.Standing) score.Card {
		return score.Card{Plan: score.PlanRef{ID: plan}, Standing: s}
	}
	cards := []score.Card{
		card("a", &score.Standing{Why: lang.Same("off")}),
		card("a", &score.Standing{Group: group, Why: lang.Same("twice")}),
		card("a", &score.Standing{Group: group, Rank: 2}),
		card("a", &score.Standing{Group: group, Rank: 1}),
		card("a", &score.Standing{Group: lang.Same("departments"), Rank: 1}),
		card("b", &score.Standing{Group: group, Rank: 1}),
		card("a", nil),
	}
	got := ""
	for _, l := range leagues(cards) {
		for _, s := range l.Rows {
			got += fmt.Sprintf("%s:%d ", s.Place().In(lang.EN), s.Index)
		}
		got += "| "
	}
	if want := "1:3 2:2 –:1 | 1:4 | 1:5 | –:0 –:6 | "; got != want {
		t.Errorf("ranks and cards are %q, want %q", got, want)
	}
}

// The findings of many files are bounded together, and what is left out is
// counted.
func TestTextBoundsFindingsOfManyFiles(t *testing.T) {
	doc := &Document{}
	const files = 100
	for i := range files {
		c := score.Card{Input: fact.Input{File: fmt.Sprintf("%d.xlsx", i)}}
		for row := range 30 {
			c.Diagnostics.Add(diag.ErrorCell, diag.At(c.Input.File, "S", row+1, 1), lang.Same("wrong"))
		}
		c.Diagnostics[29].More = 1000
		doc.Cards = append(doc.Cards, c)
	}
	var b strings.Builder
	if err := Text(&b, doc, Options{Lang: lang.EN}); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "[error-cell]"); n != maxAllFindings {
		t.Errorf("%d findings are listed, want %d", n, maxAllFindings)
	}
	if n := strings.Count(b.String(), "Errors (1,030)"); n != files {
		t.Errorf("%d of %d files have their count", n, files)
	}
	if n := strings.Count(b.String(), "and 1,030 more"); n != files-maxAllFindings/30-1 {
		t.Errorf("%d files say that nothing of them is listed", n)
	}
}

// No figure is broken in two, however narrow the terminal is, and the percents
// of a column have as many decimals as each other.
func TestTextBreaksNoFigure(t *testing.T) {
	for _, columns := range []int{40, 50, 60, 80, 120} {
		for name, doc := range map[string]*Document{"one": one(), "many": many()} {
			text := string(written(t, Text, doc, Options{Lang: lang.VI, Width: columns}))
			for _, figure := range []string{"38,9%", "77,8%", "100,0%", "3/9"} {
				if name == "one" && figure == "100,0%" {
					figure = "100%"
				}
				if !strings.Contains(text, figure) {
					t.Errorf("%s at %d columns: no %q in\n%s", name, columns, figure, text)
				}
			}
		}
	}
}

// The last line names the reports that were written.
func TestTextNamesReports(t *testing.T) {
	for name, doc := range map[string]*Document{"one": one(), "many": many()} {
		text := string(written(t, Text, doc, Options{Lang: lang.EN, Written: []string{"a.html", "b\x1b.json"}}))
		if lines := strings.Split(strings.TrimSpace(text), "\n"); lines[len(lines)-1] != "Reports: a.html, b.json" {
			t.Errorf("%s: the last line is %q", name, lines[len(lines)-1])
		}
	}
}

func TestPadPercent(t *testing.T) {
	tests := []struct {
		s        string
		decimals int
		want     string
	}{
		{"80%", 2, "80,00%"}, {"87,5%", 2, "87,50%"}, {"97,825%", 2, "97,825%"}, {"-1.234%", 1, "-1.234,0%"},
		{"80%", 0, "80%"}, {"3", 2, "3"}, {"–", 2, "–"}, {"65% (1299/1998)", 2, "65% (1299/1998)"}, {"đã hoàn thành", 2, "đã hoàn thành"},
	}
	for _, test := range tests {
		if got := padPercent(test.s, test.decimals, lang.VI); got != test.want {
			t.Errorf("%q to %d decimals is %q, want %q", test.s, test.decimals, got, test.want)
		}
	}
	if got := evenDecimals([]string{"80%", "97,825%", "7", "87,5%"}, lang.VI); got != 2 {
		t.Errorf("a column has %d decimals, want 2", got)
	}
}
