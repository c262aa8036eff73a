package plan

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// wellFormed is a file without a mistake of syntax; each test puts one in.
const wellFormed = `plan: p
title: {vi: Kế hoạch, en: Plan}
levels:
  commune:
    title: Xã
    names: [Xã *, "Phường *"]
areas: {letters: {title: Thư}}
facts:
  all:
    title: "Tổng số"
    kind: count
targets:
  - id: first
    area: letters
    goal: {at_least: 80%}
  - id: second
    area: letters
    goal: {between: [1,
      2]}
    points: 1
`

func TestPlaceOfMalformedYAML(t *testing.T) {
	for _, tt := range []struct{ name, from, to, want string }{
		{"no closing brace", "en: Plan}", "en: Plan", `2:31: a group in braces lacks a "," or its "}"`},
		{"no closing bracket", `"Phường *"]`, `"Phường *"`, `6:29: a list in brackets lacks a "," or its "]"`},
		{"no comma", "vi: Kế hoạch, en", "vi: Kế hoạch en", `2:24: a ":" within a text: put the text in quotes, or write the "," that is missing before the key`},
		{"a line break in a text", "names: [Xã *,", "names: [Xã *\n     , phường", ``},
		{"a quote too many", `"Tổng số"`, `"Tổng "số""`, `10:19: a text in quotes ends here, and goes on: for a quotation mark within it write \"`},
		{"a brace too many", "80%}", "80%}}", `15:26: the lines of one group are not indented alike, or a quote or bracket ends too early`},
		{"a quote that is not closed", `title: "Tổng số"`, `title: "Tổng số`, `10:12: a quote is not closed`},
		{"a colon in a text", "title: Xã", "title: Xã: phường", `5:14: a ":" where none can stand: put a text that holds ": " in quotes, and check the indentation`},
		{"no colon", "  commune:", "  commune", `4:10: a ":" is missing after "commune"`},
		{"too far right", "    kind: count", "     kind: count", `11:6: the line is indented by 5 spaces: the groups above it are by 4, 2, 0`},
		{"too far left", "    kind: count", "   kind: count", `11:4: the line is indented by 3 spaces: the groups above it are by 4, 2, 0`},
		{"an item too far right", "  - id: second", "   - id: second", `16:4: the line is indented by 3 spaces: the groups above it are by 4, 2, 0`},
		{"an item too far left", "  - id: second", " - id: second", `16:2: the line is indented by 1 space: the groups above it are by 4, 2, 0`},
		{"a text that begins with @", "title: Xã", "title: @xa", `5:12: a text begins with "@": put it in quotes`},
		{"words without a colon", "    kind: count", "    kind count", `11:9: a ":" is missing after "kind"`},
		{"a key that is glued to its value", "    kind: count", "    kind:count", `11:10: a space is missing after ":"`},
		{"an item that is glued to its dash", "  - id: second", "  -id: second", `16:4: a space is missing after "-"`},
		{"a long dash", "  - id: second", "  – id: second", `16:3: "–" begins the line: an item of a list begins with "- "`},
		{"a no-break space", "    kind: count", "  \u00a0 kind: count", "11:3: a no-break space of a word processor where a plain one must stand: `parcheck targets lint --fix` replaces it"},
		{"a comment in a text", "vi: Kế hoạch", "vi: Kế hoạch #1", `2:22: "#" begins a comment, which ends the text: put the text in quotes`},
		{"a sign for a key", "{at_least: 80%}", "{>=: 80%}", `15:12: ">" cannot begin a text here: for “≥” write at_least, for “>” more_than`},
		{"a key in a list", "    goal: {at_least: 80%}", "  goal: {at_least: 80%}", `15:3: the items of one list are not indented alike, or one lacks its "- "`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if !strings.Contains(wellFormed, tt.from) {
				t.Fatalf("the file has no %q", tt.from)
			}
			r := newReader("p.yaml")
			r.document([]byte(strings.Replace(wellFormed, tt.from, tt.to, 1)))
			got := ""
			for _, d := range r.list {
				if d.Check != diag.PlanSyntax {
					t.Errorf("%s is of %s", d.Pos, d.Check)
				}
				got += strings.Replace(strings.TrimPrefix(d.Pos.String(), "p.yaml:")+": "+d.Message.In(lang.EN), "not well-formed YAML: ", "", 1)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
