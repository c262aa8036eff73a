package report

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
)

// homepage is where SARIF says that the program is described.
const homepage = "https://github.com/parcheck/parcheck"

// SARIF writes SARIF 2.1.0: one run, a rule for every target and every check
// that found something, a result for every target that fails and every diagnostic. A result's line is
// the row of its sheet, its column the column's number, and its logical
// location the cell; what concerns a whole file stands at its first line. A
// waived result is suppressed, with the waiver as justification.
func SARIF(w io.Writer, doc *Document, opt Options) error {
	s := &sarifRun{run: sarif.NewRun(), lang: opt.Lang, rules: map[string]int{}}
	s.run.WithLanguage(opt.Lang.String())
	list := findings(doc)
	s.tool(doc, list)
	s.artifacts(doc)
	for i := range list {
		s.run.AddResult(s.result(&list[i]))
	}
	report := sarif.NewReport().AddRun(s.run)
	report.Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	return writeSARIF(w, report)
}

// sarifRun is the run being built.
type sarifRun struct {
	run   *sarif.Run
	lang  lang.Lang
	rules map[string]int // index by id
}

// tool names the program and its rules: the checks that found something, then
// the targets in the plan's order.
func (s *sarifRun) tool(doc *Document, list []finding) {
	driver := sarif.NewToolComponent().WithName("parcheck").WithInformationURI(homepage).WithLanguage(s.lang.String())
	if _, version, ok := strings.Cut(doc.Program, " "); ok {
		driver.WithVersion(plain(version))
	}
	s.run.WithTool(sarif.NewTool().WithDriver(driver))
	for _, c := range diag.Checks() {
		if slices.ContainsFunc(list, func(f finding) bool { return f.rule == string(c.ID) }) {
			s.rule(string(c.ID), c.Severity, c.Meaning, c.Meaning, wordAllChecks)
		}
	}
	for i := range doc.Cards {
		c := &doc.Cards[i]
		for k := range c.Results {
			s.target(c, &c.Results[k])
		}
	}
	s.run.AddInvocation(sarif.NewInvocation().WithExecutionSuccessful(!unread(doc)))
}

var wordAllChecks = lang.T("“parcheck help checks” lists every check.", "“parcheck help checks” liệt kê mọi kiểm tra.")

// target adds the rule of a target: its clause quoted, and the remedy or else
// the goal as help.
func (s *sarifRun) target(c *score.Card, r *score.Result) {
	clause := lang.F("%s, %s %s", "%s, %s %s", document(c.Plan), wordClause, r.Clause)
	if r.Quote != "" {
		clause = lang.F("%s: “%s”", "%s: “%s”", clause, r.Quote)
	}
	help := r.Remedy
	if help.IsZero() {
		help = lang.F("%s: %s", "%s: %s", wordGoal, r.Goal.Shown)
	}
	s.rule(targetRule(c, r), failureSeverity(r), r.Title, clause, help)
}

// rule adds a rule, unless it is there. GitHub wants every text of it.
func (s *sarifRun) rule(id string, severity diag.Severity, title, description, help lang.Text) {
	if _, ok := s.rules[id]; ok {
		return
	}
	s.rules[id] = len(s.rules)
	s.run.Tool.Driver.AddRule(sarif.NewRule(plain(id)).
		WithShortDescription(s.multiformat(title)).
		WithFullDescription(s.multiformat(description)).
		WithHelp(s.multiformat(help)).
		WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(severity.String())))
}

func (s *sarifRun) multiformat(x lang.Text) *sarif.MultiformatMessageString {
	return sarif.NewMultiformatMessageString().WithText(s.text(x))
}

// unread reports whether an input could not be read.
func unread(doc *Document) bool {
	for _, d := range doc.Diagnostics {
		if d.Check == diag.Unreadable && d.Severity == diag.Error {
			return true
		}
	}
	return false
}

// artifacts lists the files that were read, each once.
func (s *sarifRun) artifacts(doc *Document) {
	seen := map[string]bool{}
	for i := range doc.Cards {
		in := &doc.Cards[i].Input
		if seen[in.File] {
			continue
		}
		seen[in.File] = true
		s.run.AddArtifact(sarif.NewArtifact().WithLocation(sarif.NewSimpleArtifactLocation(fileURI(in.File))).
			WithLength(int(in.Bytes)).WithHashes(map[string]string{"sha-256": plain(in.SHA256)}))
	}
}

func (s *sarifRun) result(f *finding) *sarif.Result {
	r := sarif.NewRuleResult(plain(f.rule)).
		WithLevel(f.severity.String()).
		WithMessage(sarif.NewTextMessage(s.text(f.full(f.message)))).
		// GitHub knows a result again by this one of all partial fingerprints.
		WithPartialFingerprints(map[string]string{"parcheck/v1": f.print, "primaryLocationLineHash": f.print}).
		AddLocation(s.location(f.pos))
	r.RuleIndex = -1
	if i, ok := s.rules[f.rule]; ok {
		r.RuleIndex = i
	}
	for i, rel := range f.related {
		r.AddRelatedLocation(s.location(rel.Pos).WithID(i + 1).WithMessage(sarif.NewTextMessage(s.text(rel.Message))))
	}
	if f.waiver != nil {
		r.AddSuppression(sarif.NewSuppression().WithKind("external").WithStatus("accepted").WithJustification(s.text(waived(f.waiver))))
	}
	return r
}

// location is a place; what is at no file is at the folder that was read.
func (s *sarifRun) location(p diag.Pos) *sarif.Location {
	line, col := lineOf(p)
	region := sarif.NewRegion().WithStartLine(line)
	if col > 0 {
		region.WithStartColumn(col)
	}
	if a := p.Area; p.Line == 0 && !a.IsZero() {
		region.WithEndLine(max(a.ToRow, line))
		if col > 0 {
			region.WithEndColumn(max(a.ToCol, col) + 1) // behind the last
		}
	}
	loc := sarif.NewLocationWithPhysicalLocation(sarif.NewPhysicalLocation().
		WithArtifactLocation(sarif.NewSimpleArtifactLocation(fileURI(p.File))).WithRegion(region))
	if at := p.InSheet(); at != "" {
		loc.AddLogicalLocation(sarif.NewLogicalLocation().WithFullyQualifiedName(plain(at)))
	}
	return loc
}

// text is a message in SARIF's plain text, in which braces are placeholders
// and `[text](target)` is a link (SARIF 2.1.0, 3.11.5 and 3.11.6).
func (s *sarifRun) text(x lang.Text) string {
	t := sarifBraces.Replace(plain(x.In(s.lang)))
	if strings.Contains(t, "](") {
		t = sarifLinks.Replace(t)
	}
	return t
}

var (
	sarifBraces = strings.NewReplacer("{", "{{", "}", "}}")
	sarifLinks  = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`)
)

// fileURI is a file's path as a URI: relative as the path is, or file:///...
// for an absolute one. Everything but letters, digits and -._~/ is encoded.
func fileURI(path string) string {
	if path == "" {
		return "."
	}
	parts := strings.Split(path, "/")
	for i, p := range parts {
		parts[i] = strings.ReplaceAll(url.QueryEscape(p), "+", "%20")
	}
	drive := len(path) > 2 && path[1] == ':' && path[2] == '/'
	switch {
	case drive:
		parts[0] = path[:2]
		return "file:///" + strings.Join(parts, "/")
	case path[0] == '/':
		return "file://" + strings.Join(parts, "/")
	}
	return strings.Join(parts, "/")
}

// writeSARIF writes a report without what the library spells out though it is
// the schema's default: empty lists, and indexes and ranks of -1.
func writeSARIF(w io.Writer, report *sarif.Report) error {
	var all bytes.Buffer
	if err := report.Write(&all); err != nil {
		return err
	}
	d := json.NewDecoder(&all)
	d.UseNumber()
	var tree any
	if err := d.Decode(&tree); err != nil {
		return err
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(withoutDefaults(tree))
}

// withoutDefaults drops from a tree of JSON the members that say nothing. An
// empty list of results says that there are none, and stays.
func withoutDefaults(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			if x = withoutDefaults(x); k != "results" && isDefault(x) {
				delete(v, k)
			}
		}
	case []any:
		for _, x := range v {
			withoutDefaults(x)
		}
	}
	return v
}

func isDefault(v any) bool {
	switch v := v.(type) {
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	case json.Number:
		return v == "-1"
	}
	return v == nil
}
