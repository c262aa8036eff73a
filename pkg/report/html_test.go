package report

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// The policy names the style and the script by the hashes of the bytes that
// are in the page, and allows nothing else.
func TestHTMLPolicy(t *testing.T) {
	got := string(written(t, HTML, one(), Options{}))
	hash := func(element string) string {
		_, rest, _ := strings.Cut(got, "<"+element+">")
		body, _, ok := strings.Cut(rest, "</"+element+">")
		if !ok {
			t.Fatalf("no element %s", element)
		}
		sum := sha256.Sum256([]byte(body))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	want := fmt.Sprintf(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action 'none'">`,
		hash("style"), hash("script"))
	want = strings.NewReplacer("'", "&#39;", "+", "&#43;").Replace(want)
	if !strings.Contains(got, want) {
		t.Errorf("no %s in %.600s", want, got)
	}
	if at, policy := strings.Index(got, "<style>"), strings.Index(got, "Content-Security-Policy"); policy > at {
		t.Error("the policy stands after the style")
	}
}

// Nothing in the page points outside it or needs what the policy refuses,
// whatever the workbooks hold.
func TestHTMLStandsAlone(t *testing.T) {
	tags := regexp.MustCompile(`<[a-zA-Z!/][^>]*>`)
	values := regexp.MustCompile(`"[^"#][^"]*"`) // what a quoted value holds is no attribute
	bad := regexp.MustCompile(`(?i)\s(style|src|srcset|on[a-z]+|xlink:href|action)=|\shref=""|<(link|iframe|object|embed|base|form|img|image|use)\b`)
	for _, doc := range []*Document{one(), many(), hostile(t), {}} {
		got := string(written(t, HTML, doc, Options{Lang: lang.EN}))
		for _, tag := range tags.FindAllString(got, -1) {
			if bad.MatchString(values.ReplaceAllString(tag, `""`)) {
				t.Errorf("the page has %.200s", tag)
			}
		}
		for _, word := range []string{"@import", "url("} {
			if strings.Contains(htmlStyle, word) {
				t.Errorf("the style has %q", word)
			}
		}
		if n := strings.Count(got, "<script"); n != 1 {
			t.Errorf("the page has %d scripts, want 1", n)
		}
		if strings.ContainsAny(got, "\x00\x1b\u202e\u2028") {
			t.Error("the page holds control characters")
		}
	}
}

// Every word of the page exists in both languages, and is used.
func TestHTMLTexts(t *testing.T) {
	used := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?:word|title) "([^"]+)"`).FindAllStringSubmatch(htmlPage+htmlCards+htmlMany, -1) {
		used[m[1]] = true
		if x, ok := htmlTexts[m[1]]; !ok || x.Written(lang.VI) == "" || x.Written(lang.EN) == "" {
			t.Errorf("the word %q is %+v, want it in both languages", m[1], x)
		}
	}
	for name := range htmlTexts {
		if !used[name] {
			t.Errorf("the word %q is not used", name)
		}
	}
}

// Text is as readable as WCAG 2.2 asks at level AA (4.5 : 1), by day and by
// night, on the page and on its panels.
func TestHTMLContrast(t *testing.T) {
	_, day, _ := strings.Cut(htmlStyle, ":root{")
	_, night, _ := strings.Cut(htmlStyle, "(prefers-color-scheme:dark){:root{")
	for name, rules := range map[string]string{"light": day, "dark": night} {
		rules, _, _ = strings.Cut(rules, "}")
		colors := map[string]string{}
		for _, m := range regexp.MustCompile(`--([a-z]+):(#[0-9a-f]{6})`).FindAllStringSubmatch(rules, -1) {
			colors[m[1]] = m[2]
		}
		for _, text := range []string{"ink", "soft", "brand", "met", "missed", "missing", "pending", "na", "invalid"} {
			for _, ground := range []string{"paper", "panel"} {
				if got := contrast(t, colors[text], colors[ground]); got < 4.5 {
					t.Errorf("%s: %s on %s has a contrast of %.2f, want 4.5", name, text, ground, got)
				}
			}
		}
	}
}

// contrast is the contrast ratio of two colours (WCAG 2.2, relative luminance).
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	luminance := func(color string) float64 {
		n, err := strconv.ParseUint(strings.TrimPrefix(color, "#"), 16, 32)
		if err != nil {
			t.Fatalf("%q is no colour", color)
		}
		channel := func(v uint64) float64 {
			c := float64(v&0xff) / 255
			if c <= 0.04045 {
				return c / 12.92
			}
			return math.Pow((c+0.055)/1.055, 2.4)
		}
		return 0.2126*channel(n>>16) + 0.7152*channel(n>>8) + 0.0722*channel(n)
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestBar(t *testing.T) {
	result := func(kind plan.ValueKind, value string, bounds ...string) *score.Result {
		r := &score.Result{Kind: kind, Value: &score.Figure{Exact: exact(value)}}
		for _, b := range bounds {
			r.Goal.Bounds = append(r.Goal.Bounds, score.Figure{Exact: exact(b)})
		}
		return r
	}
	tests := []struct {
		name string
		r    *score.Result
		want *htmlBar
	}{
		{"a share just below", result(plan.ShareKind, "1299/2000", "13/20"), &htmlBar{649, []int{650}}},
		{"a share that is reached", result(plan.ShareKind, "13/20", "13/20"), &htmlBar{650, []int{650}}},
		{"a share all but whole", result(plan.ShareKind, "24999/25000", "1"), &htmlBar{999, []int{994}}},
		{"a whole share", result(plan.ShareKind, "1", "1"), &htmlBar{1000, []int{994}}},
		{"nothing", result(plan.ShareKind, "0", "3/5"), &htmlBar{0, []int{600}}},
		{"a range", result(plan.ShareKind, "1/2", "2/5", "3/5"), &htmlBar{500, []int{400, 600}}},
		{"a count below", result(plan.CountKind, "1", "2"), &htmlBar{450, []int{900}}},
		{"a count far above", result(plan.CountKind, "8", "2"), &htmlBar{1000, []int{250}}},
		{"no count at all", result(plan.CountKind, "0", "0"), nil},
		{"a rank", result(plan.RankKind, "33", "20"), nil},
		{"a change", result(plan.ChangeKind, "1/10", "0"), nil},
		{"a choice", result(plan.ChoiceKind, "0"), nil},
		{"no value", &score.Result{Kind: plan.ShareKind, Goal: score.Goal{Bounds: []score.Figure{{Exact: number.Int(1)}}}}, nil},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, barOf(test.r)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestNearest(t *testing.T) {
	c := department()
	tests := []struct{ targets, en, vi string }{
		{"", "", ""},
		{"online-partial-dossiers", "1 target misses by 1 dossier: 3.5/9 points become 4.5/9 = 50%", "1 chỉ tiêu chênh lệch 1 hồ sơ so với mục tiêu: từ 3,5/9 điểm lên 4,5/9 = 50%"},
		{"online-partial-dossiers result-sync", "2 targets miss by 1 each: 3.5/9 points become 5/9 = 55.56%", "2 chỉ tiêu cùng chênh lệch 1 đơn vị đếm so với mục tiêu: từ 3,5/9 điểm lên 5/9 = 55,56%"},
	}
	for _, test := range tests {
		card := c
		card.Results = nil
		for _, r := range c.Results {
			if !slices.Contains(strings.Fields(test.targets), r.Target) {
				r.Gap = nil // no win
			}
			card.Results = append(card.Results, r)
		}
		got := nearest(&card, score.Wins(&card))
		if got.In(lang.EN) != test.en || got.In(lang.VI) != test.vi {
			t.Errorf("%q: %q, %q, want %q, %q", test.targets, got.In(lang.EN), got.In(lang.VI), test.en, test.vi)
		}
	}
}
