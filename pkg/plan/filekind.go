package plan

import (
	"regexp"
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/term"
)

// FileKind is what a YAML file of this package holds.
type FileKind uint8

// The kinds of files. The zero value is a plan.
const (
	PlanFile FileKind = iota
	RosterFile
	WaiverFile
	TestFile
	BindingsFile
)

// fileKindNames are the names of the kinds as commands take them.
var fileKindNames = []string{"plan", "roster", "waivers", "tests", "bindings"}

// FileKinds lists the names of the kinds.
func FileKinds() []string { return slices.Clone(fileKindNames) }

// ParseFileKind finds a kind by its name.
func ParseFileKind(name string) (FileKind, bool) {
	i := slices.Index(fileKindNames, name)
	return FileKind(max(i, 0)), i >= 0
}

// Title names a file of the kind.
func (k FileKind) Title() lang.Text {
	switch k {
	case RosterFile:
		return term.Roster
	case WaiverFile:
		return term.Waivers
	case TestFile:
		return lang.T("file of tests", "tệp ca kiểm thử")
	case BindingsFile:
		return term.Bindings
	case PlanFile:
	}
	return term.Plan
}

// ofKind are keys that only one kind of file has at its top, those of plans
// first: a plan with a key that is out of place is a plan all the same.
var ofKind = []struct {
	kind FileKind
	keys *regexp.Regexp
}{
	{PlanFile, regexp.MustCompile(`(?m)^(?:extends|facts|targets) *:`)},
	{RosterFile, regexp.MustCompile(`(?m)^(?:roster|units) *:`)},
	{WaiverFile, regexp.MustCompile(`(?m)^waivers *:`)},
	{TestFile, regexp.MustCompile(`(?m)^tests *:`)},
	{BindingsFile, regexp.MustCompile(`(?m)^bindings *:`)},
}

// KindOf tells what a file holds, from its keys at the left margin: also of a
// file that is no well-formed YAML. What has none of the keys is a plan.
func KindOf(data []byte) FileKind {
	for _, k := range ofKind {
		if k.keys.Match(data) {
			return k.kind
		}
	}
	return PlanFile
}

// Against is what the names in a file are held against; nil where it is not known.
type Against struct {
	Plan   *Plan
	Roster *Roster
}

// Check returns what is wrong with a file and what is doubtful, sorted by place.
// The severities of a plan hold for its own findings.
func Check(kind FileKind, file string, data []byte, beside Beside, against Against) diag.List {
	r := newReader(file)
	r.beside = beside
	p := r.content(kind, data, against)
	list := r.mistakes()
	if kind == PlanFile && p != nil && !list.HasErrors() {
		list = append(list, Lint(p)...)
		p.Weigh(list)
		list.Sort()
	}
	return list
}

// content reads a file of a kind. It returns the plan that the file is.
func (r *reader) content(kind FileKind, data []byte, against Against) *Plan {
	switch kind {
	case PlanFile:
		p, _ := r.planFile(data)
		return p
	case RosterFile:
		r.rosterFile(data, against.Plan.LevelIDs())
	case WaiverFile:
		r.waiverFile(data, against)
	case TestFile:
		r.testFile(data, against.Plan)
	case BindingsFile:
		r.bindingsFile(data, against.Plan)
	}
	return nil
}
