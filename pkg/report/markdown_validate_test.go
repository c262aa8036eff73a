package report

import (
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

func TestMarkdownOfValidation(t *testing.T) {
	for _, l := range []lang.Lang{lang.VI, lang.EN} {
		golden(t, "validated-"+l.String()+".md", written(t, Markdown, validated(), Options{Lang: l}))
	}
}

// Submissions with errors come first, in the input's order.
func TestMarkdownOfValidationOrder(t *testing.T) {
	d := validated()
	d.Cards[2].Diagnostics.Add(diag.Negative, diag.InFile(d.Cards[2].Input.File), lang.T("-1", "-1"))
	var got []string
	for _, c := range worstFirst(d.Cards) {
		got = append(got, c.Input.File)
	}
	if want := "agency.xlsx submissions/nui-thanh.csv submissions/tinh.xlsx"; strings.Join(got, " ") != want {
		t.Errorf("the order is %v, want %s", got, want)
	}
}

// No text adds a line, a column or an element.
func TestMarkdownOfValidationHostile(t *testing.T) {
	shape := func(doc *Document) []string {
		var lines []string
		for line := range strings.Lines(string(written(t, Markdown, doc, Options{}))) {
			kind := "text"
			switch line[0] {
			case '|', '#', '\n':
				kind = line[:1]
			}
			lines = append(lines, strings.Repeat(kind, 1+strings.Count(line, "|"))+strings.Repeat(" <br>", strings.Count(line, "<br>")))
		}
		return lines
	}
	want := shape(validated())
	got := shape(besieged(t, validated()))
	if len(got) != len(want) {
		t.Fatalf("%d lines, want %d", len(got), len(want))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("line %d has the shape %q, want %q", i+1, got[i], want[i])
		}
	}
}
