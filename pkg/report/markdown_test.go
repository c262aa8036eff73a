package report

import (
	"regexp"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/lang"
)

func TestMD(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"Sở Nội vụ (64,95%)", "Sở Nội vụ (64,95%)"},
		{"a|b", "a&#124;b"},
		{"`x` *y* _z_ ~w~ $v$", "\\`x\\` \\*y\\* \\_z\\_ \\~w\\~ \\$v\\$"},
		{"<b>&amp;", "&lt;b&gt;&amp;amp;"},
		{"[a](b) ![c](d)", `\[a\](b) !\[c\](d)`},
		{"# h", `\# h`},
		{"a\n- b\n# c", `a - b \# c`},
		{"- item", `\- item`},
		{"+ item", `\+ item`},
		{"1. item", `1\. item`},
		{"12) item", `12\) item`},
		{"=== x", `\=== x`},
		{"1.299", "1.299"},
		{"2.", `2\.`},
		{"---", `\---`},
		{"@all, https://a.b, WWW.a.b", "@<!-- -->all, https:<!-- -->//a.b, www<!-- -->.a.b"},
		{`\|`, `\\&#124;`},
		{`end\`, `end\\`},
	}
	for _, test := range tests {
		if got := md(test.in); got != test.want {
			t.Errorf("md(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

// Rows keep their columns and no input opens an element, a link, a mention or
// a block of its own.
func TestMarkdownHostile(t *testing.T) {
	ours := regexp.MustCompile(`^</?(details|summary)( open)?>|^<br>|^<!-- -->`)
	for _, l := range []lang.Lang{lang.VI, lang.EN} {
		got := string(written(t, Markdown, hostile(t), Options{Lang: l, Verbose: true}))
		columns := 0
		for n, line := range strings.Split(got, "\n") {
			if rest, ok := strings.CutPrefix(line, "|"); ok {
				c := strings.Count(rest, "|")
				if columns > 0 && c != columns {
					t.Errorf("line %d has %d columns, want %d: %.200s", n+1, c, columns, line)
				}
				columns = c
			} else {
				columns = 0
			}
			for i := range line {
				if line[i] == '<' && !ours.MatchString(line[i:]) {
					t.Errorf("line %d opens an element: %.60s", n+1, line[i:])
				}
			}
			for _, bad := range []string{"://", "www.", "@e", "](", "\x1b", "\u202e"} {
				for at := strings.Index(line, bad); at >= 0; at = -1 {
					if bad == "](" && at > 0 && line[at-1] == '\\' {
						continue
					}
					t.Errorf("line %d holds %q: %.200s", n+1, bad, line[at:])
				}
			}
		}
	}
}
