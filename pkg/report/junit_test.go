package report

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// parsedSuite is a suite as a reader of its own sees it.
type parsedSuite struct {
	Name     string `xml:"name,attr"`
	Tests    int    `xml:"tests,attr"`
	Failures int    `xml:"failures,attr"`
	Errors   int    `xml:"errors,attr"`
	Skipped  int    `xml:"skipped,attr"`
	Out      string `xml:"system-out"`
	Cases    []struct {
		Class   string         `xml:"classname,attr"`
		Name    string         `xml:"name,attr"`
		File    string         `xml:"file,attr"`
		Skipped *parsedProblem `xml:"skipped"`
		Failure *parsedProblem `xml:"failure"`
		Error   *parsedProblem `xml:"error"`
		Out     string         `xml:"system-out"`
	} `xml:"testcase"`
}

type parsedProblem struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

// junitSuitesOf reads a document's JUnit report back.
func junitSuitesOf(t *testing.T, doc *Document, l lang.Lang) []parsedSuite {
	t.Helper()
	var all struct {
		XMLName xml.Name      `xml:"testsuites"`
		Suites  []parsedSuite `xml:"testsuite"`
	}
	if err := xml.Unmarshal(written(t, JUnit, doc, Options{Lang: l}), &all); err != nil {
		t.Fatal(err)
	}
	return all.Suites
}

// outcomes lists what became of a suite's cases.
func outcomes(s parsedSuite) []string {
	var out []string
	for _, c := range s.Cases {
		what := "passed"
		switch {
		case c.Skipped != nil:
			what = "skipped: " + c.Skipped.Message
		case c.Failure != nil:
			what = "failure " + c.Failure.Type + ": " + c.Failure.Message
		case c.Error != nil:
			what = "error " + c.Error.Type + ": " + c.Error.Message
		}
		out = append(out, c.Name+" "+what)
	}
	return out
}

func TestJUnitOfScore(t *testing.T) {
	suites := junitSuitesOf(t, many(), lang.EN)
	want := []string{
		"digitised-dossiers passed",
		"digitised-results failure missing: Valid results digitised: missing",
		"disbursement skipped: waived until 2024-03-31 by Giám đốc Sở Nội vụ: đang chờ quyết toán công trình (missed by 87.5 VND million)",
		"online-partial-dossiers failure missed: Dossiers handled through partial online services: missed by 1 dossier",
		"online-payment-transactions passed",
		"position-rotation error invalid: Officials rotated as planned: invalid",
		"rank-par-index skipped: not applicable: binds the province only.",
		"result-sync failure missed: Results synchronised with the National Portal: missed by 1 result",
		"satisfaction-construction failure missed: Satisfaction with procedures in the field of construction: missed by 1 answer",
		"signed-documents passed",
	}
	if diff := cmp.Diff(want, outcomes(suites[0])); diff != "" {
		t.Errorf("cases (-want +got):\n%s", diff)
	}
	if s := suites[0]; s.Tests != 10 || s.Failures != 4 || s.Errors != 1 || s.Skipped != 2 {
		t.Errorf("counts %d %d %d %d", s.Tests, s.Failures, s.Errors, s.Skipped)
	}
	last := suites[len(suites)-1]
	if diff := cmp.Diff([]string{"unreadable error unreadable: this is an Excel 97-2003 workbook: save it as .xlsx"}, outcomes(last)); diff != "" || last.Name != "submissions/so-y-te.xls" {
		t.Errorf("the file that cannot be read, as %s (-want +got):\n%s", last.Name, diff)
	}
}

func TestJUnitOfValidation(t *testing.T) {
	suites := junitSuitesOf(t, validated(), lang.EN)
	var failed []string
	for _, o := range outcomes(suites[0]) {
		if !strings.HasSuffix(o, " passed") {
			failed = append(failed, o)
		}
	}
	if diff := cmp.Diff([]string{"error-cell failure error-cell: the cell holds “#REF!”: want a number"}, failed); diff != "" {
		t.Errorf("cases that fail (-want +got):\n%s", diff)
	}
	for _, c := range suites[0].Cases {
		if c.Name == string(diag.SourcesDisagree) && !strings.Contains(c.Out, "'Hồ sơ'!K14:K2013: the list") {
			t.Errorf("a warning is not in the output: %q", c.Out)
		}
	}
	for _, s := range suites[:3] {
		var names []string
		for _, c := range s.Cases {
			names = append(names, c.Name)
		}
		var want []string
		for _, id := range submissionChecks() {
			want = append(want, string(id))
		}
		slices.Sort(want)
		if diff := cmp.Diff(want, names); diff != "" {
			t.Errorf("%s: cases are not the sorted checks (-want +got):\n%s", s.Name, diff)
		}
	}
}

// The names of cases are what a CI system follows from run to run: no
// language, outcome or order of the plan changes them.
func TestJUnitNamesAreConstant(t *testing.T) {
	names := func(doc *Document, l lang.Lang) []string {
		var out []string
		for _, s := range junitSuitesOf(t, doc, l) {
			for _, c := range s.Cases {
				out = append(out, c.Class+" "+c.Name)
			}
		}
		return out
	}
	for _, doc := range []func() *Document{many, validated} {
		want := names(doc(), lang.VI)
		if diff := cmp.Diff(want, names(doc(), lang.EN)); diff != "" {
			t.Errorf("in English (-want +got):\n%s", diff)
		}
		other := doc()
		for i := range other.Cards {
			c := &other.Cards[i]
			slices.Reverse(c.Results)
			for k := range c.Results {
				c.Results[k].Outcome = 0
			}
			c.Diagnostics = nil
		}
		if diff := cmp.Diff(want, names(other, lang.VI)); diff != "" {
			t.Errorf("with other outcomes (-want +got):\n%s", diff)
		}
	}
}

func TestJUnitHostile(t *testing.T) {
	for _, doc := range []func() *Document{many, validated} {
		for _, l := range []lang.Lang{lang.VI, lang.EN} {
			clean := written(t, JUnit, doc(), Options{Lang: l})
			bad := besieged(t, doc())
			got := written(t, JUnit, bad, Options{Lang: l})
			invisible(t, "JUnit", string(got))
			// An unknown check id is a case of its own: elements are compared
			// for scored documents only.
			if len(doc().Cards[0].Results) > 0 {
				if diff := cmp.Diff(elements(t, clean), elements(t, got)); diff != "" {
					t.Errorf("the texts have changed the elements (-clean +hostile):\n%s", diff)
				}
			}
			if want := `</script>`; !strings.Contains(string(got), want) && !strings.Contains(string(got), "&lt;/script&gt;") {
				t.Errorf("the text itself is lost: no %q", want)
			}
			for _, s := range junitSuitesOf(t, bad, l) {
				if !strings.Contains(s.Name, "]]>") || !strings.Contains(s.Name, "<script>") {
					t.Errorf("a name is not read back whole: %q", s.Name)
				}
			}
		}
	}
}

// elements lists the names of the elements of an XML document.
func elements(t *testing.T, text []byte) []string {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(string(text)))
	var out []string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok {
			out = append(out, e.Name.Local)
		}
	}
}
