package report

import (
	"cmp"
	"encoding/json"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/term"
)

// homepage is where SARIF says that the program is described.
const homepage = "https://github.com/parcheck/parcheck"

// SARIF writes SARIF 2.1.0: one run, a rule for every target and every check
// that found something, a result for every target that fails and every diagnostic. A result's line is
// the row of its sheet, its column the column's number, and its logical
// location the cell; what concerns a whole file stands at its first line. A
// waived result is suppressed, with the waiver as justification. Results stand
// worst first, and those beyond maxResults are left out.
func SARIF(w io.Writer, doc *Document, opt Options) error {
	s := &sarifWriter{opt: opt, lang: opt.Lang, rules: map[string]int{}}
	s.run.Language, s.run.NewlineSequences = opt.Lang.String(), []string{"\r\n", "\n"}
	list, left := worst(findings(doc), maxResults)
	s.tool(doc, list)
	s.invocation(doc, left)
	s.artifacts(doc)
	s.run.Results = make([]sarifResult, len(list))
	for i := range list {
		s.run.Results[i] = s.result(&list[i])
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Runs:    []sarifRun{s.run},
		Version: "2.1.0",
	})
}

// maxResults is how many results of one run GitHub takes; it refuses a file
// with more.
const maxResults = 25_000

// worst sorts findings by weight and place, and keeps at most limit of them.
// left counts the others.
func worst(list []finding, limit int) (kept []finding, left int) {
	slices.SortStableFunc(list, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.weight(), b.weight()), a.pos.Compare(b.pos))
	})
	kept = list[:min(len(list), limit)]
	return kept, len(list) - len(kept)
}

// sarifWriter builds the run.
type sarifWriter struct {
	run   sarifRun
	opt   Options
	lang  lang.Lang
	rules map[string]int // index by id
}

// The parts of SARIF 2.1.0 that are written, their members in alphabetical
// order.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Runs    []sarifRun `json:"runs"`
		Version string     `json:"version"`
	}
	sarifRun struct {
		Artifacts        []sarifArtifact   `json:"artifacts,omitempty"`
		Invocations      []sarifInvocation `json:"invocations"`
		Language         string            `json:"language"`
		NewlineSequences []string          `json:"newlineSequences"`
		Results          []sarifResult     `json:"results"` // an empty list says that there are none
		Tool             sarifTool         `json:"tool"`
	}
	sarifArtifact struct {
		Hashes   map[string]string `json:"hashes"`
		Length   int64             `json:"length"`
		Location sarifURI          `json:"location"`
	}
	sarifURI struct {
		URI string `json:"uri"`
	}
	sarifInvocation struct {
		ExecutionSuccessful        bool                `json:"executionSuccessful"`
		ToolExecutionNotifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level   string    `json:"level"`
		Message sarifText `json:"message"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Contents        []string    `json:"contents"`
		InformationURI  string      `json:"informationUri"`
		IsComprehensive bool        `json:"isComprehensive"`
		Language        string      `json:"language"`
		Name            string      `json:"name"`
		Rules           []sarifRule `json:"rules,omitempty"`
		Version         string      `json:"version,omitempty"`
	}
	sarifRule struct {
		DefaultConfiguration sarifConfiguration `json:"defaultConfiguration"`
		FullDescription      sarifText          `json:"fullDescription"`
		Help                 sarifText          `json:"help"`
		ID                   string             `json:"id"`
		ShortDescription     sarifText          `json:"shortDescription"`
	}
	sarifConfiguration struct {
		Enabled bool   `json:"enabled"`
		Level   string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		Kind                string             `json:"kind"`
		Level               string             `json:"level"`
		Locations           []sarifLocation    `json:"locations"`
		Message             sarifText          `json:"message"`
		PartialFingerprints map[string]string  `json:"partialFingerprints"`
		RelatedLocations    []sarifLocation    `json:"relatedLocations,omitempty"`
		RuleID              string             `json:"ruleId"`
		RuleIndex           *int               `json:"ruleIndex,omitempty"`
		Suppressions        []sarifSuppression `json:"suppressions,omitempty"`
	}
	sarifLocation struct {
		ID               int           `json:"id,omitempty"`
		LogicalLocations []sarifName   `json:"logicalLocations,omitempty"`
		Message          *sarifText    `json:"message,omitempty"`
		PhysicalLocation sarifPhysical `json:"physicalLocation"`
	}
	sarifName struct {
		FullyQualifiedName string `json:"fullyQualifiedName"`
	}
	sarifPhysical struct {
		ArtifactLocation sarifURI    `json:"artifactLocation"`
		Region           sarifRegion `json:"region"`
	}
	sarifRegion struct {
		EndColumn   int `json:"endColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		StartColumn int `json:"startColumn,omitempty"`
		StartLine   int `json:"startLine"`
	}
	sarifSuppression struct {
		Justification string `json:"justification"`
		Kind          string `json:"kind"`
		Status        string `json:"status"`
	}
)

// tool names the program and its rules: the checks that found something, then
// the targets in the plan's order.
func (s *sarifWriter) tool(doc *Document, list []finding) {
	driver := &s.run.Tool.Driver
	*driver = sarifDriver{
		Contents: []string{"localizedData", "nonLocalizedData"}, InformationURI: homepage, Language: s.lang.String(), Name: "parcheck",
	}
	if _, version, ok := strings.Cut(doc.Program, " "); ok {
		driver.Version = plain(version)
	}
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
}

// invocation says whether every input was read, and how many results are left
// out.
func (s *sarifWriter) invocation(doc *Document, left int) {
	run := sarifInvocation{ExecutionSuccessful: !unread(doc)}
	if left > 0 {
		run.ToolExecutionNotifications = []sarifNotification{{diag.Warning.String(), s.text(leftOut(left))}}
	}
	s.run.Invocations = []sarifInvocation{run}
}

// leftOut tells how many findings are no results.
func leftOut(n int) lang.Text {
	are := "findings are"
	if n == 1 {
		are = "finding is"
	}
	return lang.F("%s %s left out: a SARIF run holds the worst %s. --report json=PATH writes all of them.",
		"%s %s bị lược bớt: SARIF chỉ ghi %s phát hiện nghiêm trọng nhất. Dùng --report json=TỆP để ghi đầy đủ.",
		count(int64(n)), lang.T(are, "phát hiện"), count(maxResults))
}

var wordAllChecks = lang.T("“parcheck help checks” lists every check.", "“parcheck help checks” liệt kê mọi kiểm tra.")

// target adds the rule of a target: its clause quoted, and the remedy or else
// the goal as help.
func (s *sarifWriter) target(c *score.Card, r *score.Result) {
	clause := lang.F("%s, %s %s", "%s, %s %s", document(c.Plan), term.Clause, r.Clause)
	if r.Quote != "" {
		clause = lang.F("%s: “%s”", "%s: “%s”", clause, r.Quote)
	}
	help := r.Remedy
	if help.IsZero() {
		help = lang.F("%s: %s", "%s: %s", term.Goal, r.Goal.Shown)
	}
	s.rule(targetRule(c, r), failureSeverity(r), r.Title, clause, help)
}

// rule adds a rule, unless it is there. GitHub wants every text of it.
func (s *sarifWriter) rule(id string, severity diag.Severity, title, description, help lang.Text) {
	if _, ok := s.rules[id]; ok {
		return
	}
	s.rules[id] = len(s.rules)
	s.run.Tool.Driver.Rules = append(s.run.Tool.Driver.Rules, sarifRule{
		DefaultConfiguration: sarifConfiguration{true, severity.String()},
		FullDescription:      s.text(description),
		Help:                 s.text(help),
		ID:                   plain(id),
		ShortDescription:     s.text(title),
	})
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
func (s *sarifWriter) artifacts(doc *Document) {
	seen := map[string]bool{}
	for i := range doc.Cards {
		in := &doc.Cards[i].Input
		if seen[in.File] {
			continue
		}
		seen[in.File] = true
		s.run.Artifacts = append(s.run.Artifacts, sarifArtifact{
			Hashes: map[string]string{"sha-256": plain(in.SHA256)}, Length: in.Bytes, Location: sarifURI{s.uri(in.File)},
		})
	}
}

func (s *sarifWriter) result(f *finding) sarifResult {
	r := sarifResult{
		Kind:      "fail",
		Level:     f.severity.String(),
		Locations: []sarifLocation{s.location(f.pos)},
		Message:   s.text(f.full(f.message)),
		// GitHub knows a result again by this one of all partial fingerprints.
		PartialFingerprints: map[string]string{"parcheck/v2": f.print, "primaryLocationLineHash": f.print},
		RuleID:              plain(f.rule),
	}
	if i, ok := s.rules[f.rule]; ok {
		r.RuleIndex = &i
	}
	for i, rel := range f.related {
		at := s.location(rel.Pos)
		at.ID, at.Message = i+1, new(s.text(rel.Message))
		r.RelatedLocations = append(r.RelatedLocations, at)
	}
	if f.waiver != nil {
		r.Suppressions = []sarifSuppression{{s.text(waived(f.waiver)).Text, "external", "accepted"}}
	}
	return r
}

// location is a place; what is at no file is at the folder that was read.
func (s *sarifWriter) location(p diag.Pos) sarifLocation {
	line, col := lineOf(p)
	region := sarifRegion{StartLine: line, StartColumn: col}
	if a := p.Area; p.Line == 0 && !a.IsZero() {
		region.EndLine = max(a.ToRow, line)
		if col > 0 {
			region.EndColumn = max(a.ToCol, col) + 1 // behind the last
		}
	}
	loc := sarifLocation{PhysicalLocation: sarifPhysical{sarifURI{s.uri(p.File)}, region}}
	if at := p.InSheet(); at != "" {
		loc.LogicalLocations = []sarifName{{plain(at)}}
	}
	return loc
}

func (s *sarifWriter) uri(file string) string { return fileURI(s.opt.inRepository(file)) }

// text is a message in SARIF's plain text, in which braces are placeholders
// and `[text](target)` is a link (SARIF 2.1.0, 3.11.5 and 3.11.6).
func (s *sarifWriter) text(x lang.Text) sarifText {
	t := sarifBraces.Replace(plain(x.In(s.lang)))
	if strings.Contains(t, "](") {
		t = sarifLinks.Replace(t)
	}
	return sarifText{t}
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
	switch {
	case onDrive(path):
		parts[0] = path[:2]
		return "file:///" + strings.Join(parts, "/")
	case path[0] == '/':
		return "file://" + strings.Join(parts, "/")
	}
	return strings.Join(parts, "/")
}
