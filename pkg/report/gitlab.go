package report

import (
	"encoding/json"
	"io"

	"github.com/parcheck/parcheck/pkg/diag"
)

// gitlabIssue is one entry of a Code Quality report.
type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
}

// GitLab writes a Code Quality report as GitLab reads it: one entry for every
// target that fails and every diagnostic, at its row. What is waived stays in
// the list as information.
func GitLab(w io.Writer, doc *Document, opt Options) error {
	issues := []gitlabIssue{}
	for _, f := range findings(doc) {
		line, _ := lineOf(f.pos)
		issues = append(issues, gitlabIssue{
			Description: plain(f.full(f.told()).In(opt.Lang)),
			CheckName:   plain(f.rule),
			Fingerprint: f.print,
			Severity:    gitlabSeverity(f.weight()),
			Location:    gitlabLocation{plainPath(opt.inRepository(f.pos.File)), gitlabLines{line}},
		})
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(issues)
}

func gitlabSeverity(s diag.Severity) string {
	switch s {
	case diag.Warning:
		return "minor"
	case diag.Note:
		return "info"
	case diag.Error:
	}
	return "major"
}
