package query

import (
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/lang"
)

func TestFragmentStaysInItsParentheses(t *testing.T) {
	for _, test := range []struct{ sql, want, wrong string }{
		{sql: "le_phi::numeric", want: "le_phi::numeric"},
		{sql: "coalesce(a, 'x'';--')", want: "coalesce(a, 'x'';--')"},
		{sql: `"a;b"" c"`, want: `"a;b"" c"`},
		{sql: "a -- the fee\n + b", want: "a \n + b"},
		{sql: "a /* of /* two */ kinds */ + b", want: "a   + b"},
		{sql: "tags[1]", want: "tags[1]"},
		{sql: "1) FROM secret --", wrong: ") closes nothing"},
		{sql: "1) , (2", wrong: ") closes nothing"},
		{sql: "(1]", wrong: "] closes nothing"},
		{sql: "(1", wrong: "( is not closed"},
		{sql: "1; drop table a", wrong: `a ";": want one expression or SELECT alone`},
		{sql: "'open", wrong: "the quote ' is not closed"},
		{sql: `"open`, wrong: `the quote " is not closed`},
		{sql: `E'\'' || x`, wrong: "an E'...' text: write it without backslashes, as '...'"},
		{sql: `name'x'`, wrong: ""},
		{sql: "a /* open", wrong: "a comment is not closed"},
		{sql: "$1", wrong: "the character $ outside quotes"},
		{sql: "$$x$$", wrong: "the character $ outside quotes"},
		{sql: `a \g`, wrong: `the character \ outside quotes`},
		{sql: " -- nothing", wrong: "nothing stands there but comments"},
	} {
		got, err := fragment(test.sql)
		switch {
		case test.wrong != "" && (err == nil || err.(*lang.Error).In(lang.EN) != test.wrong):
			t.Errorf("fragment(%q): %v, want %q", test.sql, err, test.wrong)
		case test.want != "" && (err != nil || got != test.want):
			t.Errorf("fragment(%q) = %q, %v, want %q", test.sql, got, err, test.want)
		}
	}
}

func TestRelationNames(t *testing.T) {
	for name, want := range map[string]string{
		"ho_so":                    `"ho_so"`,
		"mcdt.HoSo":                `"mcdt"."HoSo"`,
		`mcdt."hồ.sơ"`:             `"mcdt"."hồ.sơ"`,
		`"a""b".c`:                 `"a""b"."c"`,
		`a"; drop table b; --`:     `"a""; drop table b; --"`,
		`mcdt.`:                    "",
		`"open`:                    "",
		`"a"b`:                     "",
		`pg_catalog.pg_shadow --x`: `"pg_catalog"."pg_shadow --x"`,
	} {
		got, err := relationName(name)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("relationName(%q) = %q, %v, want %q", name, got, err, want)
		}
	}
}

// FuzzFragment holds fragment against a naive reading: what it lets through
// leaves no bracket and no quote open, wherever one stops reading.
func FuzzFragment(f *testing.F) {
	for _, seed := range []string{"a", "a'b'", "(a)", "a -- b\n", "/* a */ b", `"a"`, "e'a'", "a)(b", "'''", "--\n", "''e'x\\'"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, sql string) {
		got, err := fragment(sql)
		if err != nil {
			return
		}
		depth, quote := 0, byte(0)
		for i := 0; i < len(got); i++ {
			switch c := got[i]; {
			case quote != 0:
				if c == quote {
					quote = 0 // a doubled quote opens again at once
				}
			case c == '\'' || c == '"':
				quote = c
			case c == '(':
				depth++
			case c == ')':
				depth--
			case c == ';' || c == '$' || c == '\\' || strings.HasPrefix(got[i:], "--") || strings.HasPrefix(got[i:], "/*"):
				t.Fatalf("fragment(%q) = %q", sql, got)
			}
			if depth < 0 {
				t.Fatalf("fragment(%q) = %q closes more than it opens", sql, got)
			}
		}
		if depth != 0 || quote != 0 {
			t.Fatalf("fragment(%q) = %q leaves something open", sql, got)
		}
	})
}
