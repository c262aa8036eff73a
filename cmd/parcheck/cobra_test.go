package main

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/parcheck/parcheck/pkg/lang"
)

// commandsIn lists every command as it is made in a language, by its path.
func commandsIn(l lang.Lang) map[string]*cobra.Command {
	a := &app{}
	a.lang.Lang = l
	out := map[string]*cobra.Command{}
	var walk func(*cobra.Command)
	walk = func(c *cobra.Command) {
		out[c.CommandPath()] = c
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(a.rootCommand())
	return out
}

// TestHelpIsWrittenInBothLanguages looks at each text of each command and flag:
// what is written in one language only is the same in both.
func TestHelpIsWrittenInBothLanguages(t *testing.T) {
	english, vietnamese := commandsIn(lang.EN), commandsIn(lang.VI)
	if len(english) < 20 || len(english) != len(vietnamese) {
		t.Fatalf("%d commands in English, %d in Vietnamese", len(english), len(vietnamese))
	}
	differ := func(where, en, vi string) {
		t.Helper()
		if (en != "" || vi != "") && en == vi {
			t.Errorf("%s lacks one of the languages: %q", where, en)
		}
	}
	placeholder := regexp.MustCompile(`^\S+ .*[A-Z]{2}`)
	for path, en := range english {
		vi := vietnamese[path]
		differ(path+": Short", en.Short, vi.Short)
		differ(path+": Example", en.Example, vi.Example)
		if shell := strings.HasPrefix(path, "parcheck completion "); !shell { // cobra's, in English
			differ(path+": Long", en.Long, vi.Long)
		}
		if placeholder.MatchString(en.Use) {
			differ(path+": Use", en.Use, vi.Use)
		}
		en.LocalFlags().VisitAll(func(f *pflag.Flag) {
			differ(path+" --"+f.Name, f.Usage, vi.LocalFlags().Lookup(f.Name).Usage)
			name, _ := pflag.UnquoteUsage(f)
			if slices.Contains([]string{"string", "stringArray", "int"}, name) {
				t.Errorf("%s --%s: its value has no name but its type", path, f.Name)
			}
		})
	}
}

// helpOf is what a command prints as its help.
func helpOf(t *testing.T, c *cobra.Command) string {
	t.Helper()
	var b bytes.Buffer
	c.SetOut(&b)
	if err := c.Help(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestEnglishHelpIsThatOfCobra holds our printer of help against cobra's.
func TestEnglishHelpIsThatOfCobra(t *testing.T) {
	theirs := commandsIn(lang.EN)
	theirs["parcheck"].SetUsageFunc(nil)
	for path, c := range commandsIn(lang.EN) {
		if path == "parcheck checks" {
			continue // it has a page of its own
		}
		if d := cmp.Diff(helpOf(t, theirs[path]), helpOf(t, c)); d != "" {
			t.Errorf("%s: -cobra +parcheck\n%s", path, d)
		}
	}
}

// TestVietnameseHelpHasNoEnglishHeadings looks for the words that cobra adds.
func TestVietnameseHelpHasNoEnglishHeadings(t *testing.T) {
	heading := regexp.MustCompile(`(?m)^(Usage|Aliases|Examples|Available Commands|Additional Commands|Flags|Global Flags|Additional help topics):|^Use "|help for |\[flags\]|\[command\]|\(default `)
	for path, c := range commandsIn(lang.VI) {
		if path == "parcheck checks" {
			continue // it has a page of its own
		}
		help := helpOf(t, c)
		if m := heading.FindString(help); m != "" {
			t.Errorf("%s: %q in its Vietnamese help:\n%s", path, m, help)
		}
		if path != "parcheck exit-codes" && !strings.Contains(help, "Cách dùng:\n  "+path) {
			t.Errorf("%s: no usage in its Vietnamese help:\n%s", path, help)
		}
	}
}

// TestExamplesOfHelpAreUnderstood finds the commands and flags that examples
// use, in both languages.
func TestExamplesOfHelpAreUnderstood(t *testing.T) {
	for _, l := range []lang.Lang{lang.EN, lang.VI} {
		commands := commandsIn(l)
		for path, c := range commands {
			for line := range strings.Lines(c.Example) {
				args := shellWord.FindAllString(strings.TrimSpace(line), -1)
				found, rest, err := commands["parcheck"].Find(args[1:])
				if err != nil || args[0] != "parcheck" || found.CommandPath() != path {
					t.Errorf("%s: %q is no example of it", path, line)
					continue
				}
				if err := found.ParseFlags(rest); err != nil {
					t.Errorf("%s: %q: %v", path, line, err)
				}
			}
		}
	}
}

func TestFindLanguage(t *testing.T) {
	for _, tt := range []struct {
		line string
		want lang.Lang
	}{
		{"score agency.xlsx", lang.EN},
		{"--lang vi", lang.VI},
		{"score --help --lang=vi", lang.VI},
		{"help score --lang vi", lang.VI},
		{"--lang vi --lang en", lang.EN},
		{"--lang vi --lang fr", lang.VI},
		{"--lang", lang.EN},
		{"score -- --lang vi", lang.EN},
	} {
		l := langFlag{lang.EN}
		if l.find(strings.Fields(tt.line)); l.Lang != tt.want {
			t.Errorf("%q speaks %v, want %v", tt.line, l, tt.want)
		}
	}
}
