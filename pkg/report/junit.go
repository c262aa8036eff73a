package report

import (
	"cmp"
	"encoding/xml"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/term"
)

type junitSuites struct {
	XMLName struct{} `xml:"testsuites"`
	Name    string   `xml:"name,attr"`
	junitCounts
	Suites []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name string `xml:"name,attr"`
	junitCounts
	Properties *junitProperties `xml:"properties"`
	Cases      []junitCase      `xml:"testcase"`
	Out        *junitText       `xml:"system-out"`
}

type junitCounts struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
	Skipped  int `xml:"skipped,attr"`
}

type junitProperties struct {
	List []junitProperty `xml:"property"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	File    string        `xml:"file,attr,omitempty"`
	Skipped *junitSkipped `xml:"skipped"`
	Failure *junitProblem `xml:"failure"`
	Error   *junitProblem `xml:"error"`
	Out     *junitText    `xml:"system-out"`
}

type junitSkipped struct {
	Message string `xml:"message,attr"`
}

type junitProblem struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",cdata"`
}

type junitText struct {
	Text string `xml:",cdata"`
}

// JUnit writes XML as JUnit's tools read it: a suite for every unit, in it a
// case for every target or, where nothing was scored, for every check; cases
// are sorted by name, and their names are the same in every run and language.
// Missed and missing targets, and checks that found errors, are failures;
// figures that cannot be used are errors; what does not apply, is not due or
// is waived is skipped with its reason. Warnings fail nothing and are in the
// output. A file that gave no card has a suite of its own.
func JUnit(w io.Writer, doc *Document, opt Options) error {
	j := &junit{lang: opt.Lang}
	out := junitSuites{Name: "parcheck"}
	for i := range doc.Cards {
		out.Suites = append(out.Suites, j.unit(&doc.Cards[i]))
	}
	out.Suites = append(out.Suites, j.rest(doc.Diagnostics)...)
	return out.write(w)
}

type junit struct{ lang lang.Lang }

func (j *junit) in(x lang.Text) string { return plain(x.In(j.lang)) }

// unit is the suite of one card.
func (j *junit) unit(c *score.Card) junitSuite {
	class := plain(cmp.Or(c.Plan.ID, "parcheck")) + "." + plain(cmp.Or(c.Unit.ID, c.Unit.Name.In(lang.VI), c.Input.File))
	s := junitSuite{Name: j.in(unitName(c)), Properties: j.properties(c)}
	if len(c.Results) == 0 {
		s.Cases = j.checks(c, class)
		return s
	}
	for i := range c.Results {
		k := j.target(c, &c.Results[i])
		k.Class, k.File = class, plainPath(c.Input.File)
		s.Cases = append(s.Cases, k)
	}
	s.sort()
	s.Out = output(j.lines(sorted(c.Diagnostics), c.Input.File))
	return s
}

// properties tells what a card is of; empty ones are left out.
func (j *junit) properties(c *score.Card) *junitProperties {
	var out junitProperties
	for _, p := range []struct {
		name  string
		value lang.Text
	}{
		{"unit", lang.Same(c.Unit.ID)},
		{"level", lang.Same(c.Unit.Level)},
		{"plan", lang.Same(c.Plan.ID)},
		{"document", document(c.Plan)},
		{"period", c.Period.Days()},
		{"as-of", c.AsOf.Shown()},
		{"file", lang.Same(c.Input.File)},
		{"sha256", lang.Same(c.Input.SHA256)},
		{"score", figure(c.Total.Score)},
		{"coverage", figure(c.Total.Coverage)},
	} {
		if v := j.in(p.value); v != "" {
			out.List = append(out.List, junitProperty{p.name, v})
		}
	}
	return &out
}

// target is the case of one target.
func (j *junit) target(c *score.Card, r *score.Result) junitCase {
	k := junitCase{Name: plain(r.Target)}
	switch {
	case r.Waiver != nil:
		k.Skipped = &junitSkipped{j.in(lang.F("%s (%s)", "%s (%s)", waived(r.Waiver), verdict(r)))}
	case r.Outcome == score.NotApplicable, r.Outcome == score.Pending:
		k.Skipped = &junitSkipped{j.in(lang.F("%s: %s", "%s: %s", r.Outcome.Title(), r.Reason))}
	case r.Outcome == score.Met, r.Outcome == score.Tracked:
		k.Out = output(j.in(lang.Join(nonEmpty(r.Title, r.Reason), ": ")))
	default:
		p := &junitProblem{Message: j.in(lang.F("%s: %s", "%s: %s", r.Title, verdict(r))), Type: r.Outcome.String(), Text: j.why(c, r)}
		if r.Outcome == score.Invalid {
			k.Error = p
		} else {
			k.Failure = p
		}
	}
	return k
}

// why tells a failing target's reason, figures, clause and remedy, one a line.
func (j *junit) why(c *score.Card, r *score.Result) string {
	lines := []string{j.in(r.Reason)}
	for _, f := range factsOf(c, r.Facts) {
		lines = append(lines, j.in(standsAt(f, tells(r, f))))
	}
	if r.Quote != "" {
		lines = append(lines, j.in(lang.F("%s %s: “%s”", "%s %s: “%s”", term.Clause, r.Clause, r.Quote)))
	}
	if !r.Remedy.IsZero() {
		lines = append(lines, "→ "+j.in(r.Remedy))
	}
	return strings.Join(slices.DeleteFunc(lines, func(s string) bool { return s == "" }), "\n")
}

// checks are the cases of a card that was not scored: every check that looks at
// submissions, and those that nobody has declared.
func (j *junit) checks(c *score.Card, class string) []junitCase {
	s := junitSuite{}
	found := byCheck(c.Diagnostics)
	for _, id := range submissionChecks() {
		if _, ok := found[id]; !ok {
			found[id] = nil // a case also where it found nothing
		}
	}
	for id, l := range found {
		s.Cases = append(s.Cases, j.check(id, l, c.Input.File))
	}
	for i := range s.Cases {
		s.Cases[i].Class = class
	}
	s.sort()
	return s.Cases
}

// check is the case of one check: it fails where the check found errors.
func (j *junit) check(id diag.CheckID, l diag.List, file string) junitCase {
	k := junitCase{Name: plain(string(id)), File: plainPath(file)}
	l = sorted(l)
	if !l.HasErrors() {
		k.Out = output(j.lines(l, file))
		return k
	}
	worst := slices.MinFunc(l, func(a, b diag.Diagnostic) int { return cmp.Compare(a.Severity, b.Severity) })
	k.Failure = &junitProblem{Message: j.in(worst.Message), Type: k.Name, Text: j.lines(l, file)}
	return k
}

// rest are the suites of what belongs to no card: one for each file that it
// speaks of. A file that could not be read is an error.
func (j *junit) rest(l diag.List) []junitSuite {
	var suites []junitSuite
	byFile := map[string]diag.List{}
	for _, d := range l {
		file := cmp.Or(d.Pos.File, "parcheck")
		byFile[file] = append(byFile[file], d)
	}
	for _, file := range slices.Sorted(maps.Keys(byFile)) {
		s := junitSuite{Name: plain(file)}
		for id, found := range byCheck(byFile[file]) {
			k := j.check(id, found, file)
			k.Class = "parcheck." + plain(file)
			k.Failure, k.Error = nil, k.Failure
			s.Cases = append(s.Cases, k)
		}
		s.sort()
		suites = append(suites, s)
	}
	return suites
}

// lines prints findings, one a line: `error: 'Sheet'!D17: message [check]`.
func (j *junit) lines(l diag.List, file string) string {
	var lines []string
	for _, d := range l {
		line := lang.Join(nonEmpty(d.Severity.Title(), lang.Same(within(d.Pos, file)), d.Message), ": ")
		for _, r := range d.Related {
			line = lang.F("%s; %s: %s", "%s; %s: %s", line, within(r.Pos, file), r.Message)
		}
		lines = append(lines, j.in(lang.F("%s [%s]", "%s [%s]", line, string(d.Check))))
	}
	return strings.Join(lines, "\n")
}

// output is a text for the element of that name, or none.
func output(text string) *junitText {
	if text == "" {
		return nil
	}
	return &junitText{text}
}

func (s *junitSuite) sort() {
	slices.SortStableFunc(s.Cases, func(a, b junitCase) int { return cmp.Compare(a.Name, b.Name) })
}

func (s *junitSuite) count() {
	s.Tests = len(s.Cases)
	for i := range s.Cases {
		switch k := &s.Cases[i]; {
		case k.Failure != nil:
			s.Failures++
		case k.Error != nil:
			s.Errors++
		case k.Skipped != nil:
			s.Skipped++
		}
	}
}

func (n *junitCounts) add(m junitCounts) {
	n.Tests += m.Tests
	n.Failures += m.Failures
	n.Errors += m.Errors
	n.Skipped += m.Skipped
}

// submissionChecks lists the checks that look at submissions, not at plans,
// waivers or the folder that files lie in.
func submissionChecks() []diag.CheckID {
	var ids []diag.CheckID
	for _, c := range diag.Checks() {
		id := string(c.ID)
		if !strings.HasPrefix(id, "plan-") && !strings.HasPrefix(id, "waiver-") && c.ID != diag.SkippedLink && c.ID != diag.OwnPage && c.ID != diag.OwnMapping && c.ID != diag.WrongFormat {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

func byCheck(l diag.List) map[diag.CheckID]diag.List {
	out := map[diag.CheckID]diag.List{}
	for _, d := range l {
		out[d.Check] = append(out[d.Check], d)
	}
	return out
}

// Case is one test of a plan that was tried.
type Case struct {
	Plan     string // its id
	Name     string
	Pos      diag.Pos
	Failures []lang.Text // empty: it passes
}

// JUnitCases writes tests of plans as JUnit's tools read them: a suite for each
// file of tests, a case for each test, in their order.
func JUnitCases(w io.Writer, cases []Case, l lang.Lang) error {
	out := junitSuites{Name: "parcheck targets test"}
	for _, c := range cases {
		if n := len(out.Suites); n == 0 || out.Suites[n-1].Name != plainPath(c.Pos.File) {
			out.Suites = append(out.Suites, junitSuite{Name: plainPath(c.Pos.File)})
		}
		k := junitCase{Class: plain(c.Plan), Name: plain(c.Name), File: plainPath(c.Pos.File)}
		if len(c.Failures) > 0 {
			told := make([]string, len(c.Failures))
			for i, f := range c.Failures {
				told[i] = plain(f.In(l))
			}
			k.Failure = &junitProblem{Message: told[0], Type: "unexpected", Text: strings.Join(told, "\n")}
		}
		last := &out.Suites[len(out.Suites)-1]
		last.Cases = append(last.Cases, k)
	}
	return out.write(w)
}

// write counts the cases and writes the document.
func (out *junitSuites) write(w io.Writer) error {
	for i := range out.Suites {
		s := &out.Suites[i]
		s.count()
		out.add(s.junitCounts)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(out); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
