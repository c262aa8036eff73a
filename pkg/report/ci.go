package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
)

// finding is one thing that a CI system shows at a place: a target that fails,
// or a diagnostic.
type finding struct {
	rule     string // the check's id, or targetRule
	severity diag.Severity
	pos      diag.Pos
	unit     lang.Text // the agency's name; none for what concerns no agency
	target   lang.Text // the target's title; none for a diagnostic
	message  lang.Text
	related  []diag.Related
	waiver   *score.Waiver // under which it does not count; nil: it counts
	print    string        // its fingerprint
}

// findings lists what a document has to say: card by card the targets that
// fail, then the diagnostics by place; last what belongs to no card.
//
// A fingerprint tells the same finding in two runs, wherever its file lies and
// whatever rows stand before it: a target's is of unit and target, a
// diagnostic's of unit, check, sheet and message without addresses, and among
// equals of its number. The period is part of it where one run holds several
// of a unit.
func findings(doc *Document) []finding {
	var out []finding
	key := unitKeys(doc.Cards)
	for i := range doc.Cards {
		c := &doc.Cards[i]
		for _, r := range pick(c, needsWork) {
			out = append(out, failedTarget(c, r, key(c)))
		}
		for _, d := range sorted(c.Diagnostics) {
			out = append(out, diagnosed(d, unitName(c), c.Input.File, key(c)))
		}
	}
	for _, d := range sorted(doc.Diagnostics) {
		out = append(out, diagnosed(d, lang.Text{}, "", cmp.Or(d.Unit, d.Pos.File)))
	}
	numberPrints(out)
	return out
}

func failedTarget(c *score.Card, r *score.Result, unit string) finding {
	at, related := placeOf(c, r)
	message := r.Outcome.Title()
	if !r.Reason.IsZero() {
		message = lang.F("%s: %s", "%s: %s", message, r.Reason)
	}
	if !r.Remedy.IsZero() {
		message = lang.F("%s → %s", "%s → %s", message, r.Remedy)
	}
	return finding{
		rule:     targetRule(c, r),
		severity: failureSeverity(r),
		pos:      at,
		unit:     unitName(c),
		target:   r.Title,
		message:  message,
		related:  related,
		waiver:   r.Waiver,
		print:    fingerprint("target", unit, r.Target),
	}
}

func diagnosed(d diag.Diagnostic, unit lang.Text, file, key string) finding {
	at := d.Pos
	at.File = cmp.Or(at.File, file)
	return finding{
		rule:     string(d.Check),
		severity: d.Severity,
		pos:      at,
		unit:     unit,
		message:  d.Message,
		related:  d.Related,
		print:    fingerprint("check", key, string(d.Check), d.Pos.Sheet, withoutRows(d.Message.In(lang.EN))),
	}
}

// targetRule names a target among those of other plans and the checks.
func targetRule(c *score.Card, r *score.Result) string {
	if c.Plan.ID == "" {
		return r.Target
	}
	return c.Plan.ID + "/" + r.Target
}

// failureSeverity weighs a failing target: what the plan only aspires to is a
// warning, and so is one that only lacks its points.
func failureSeverity(r *score.Result) diag.Severity {
	if aspired(r) || r.Closed() && !r.Outcome.Failing() {
		return diag.Warning
	}
	return diag.Error
}

// placeOf chooses the cells that a failing target is shown at, and lists those
// of its other figures: where a figure is missing or cannot be used its own
// cells are shown, or the whole file if it has none.
func placeOf(c *score.Card, r *score.Result) (at diag.Pos, related []diag.Related) {
	at = diag.InFile(c.Input.File)
	found := false
	for _, f := range factsOf(c, r.Facts) {
		for i := range f.Sources {
			s := &f.Sources[i]
			shown := factShown(f)
			if !agrees(f, s) {
				shown = sourceShown(f, s)
			}
			for k := range s.Evidence {
				p := position(&s.Evidence[k])
				if !found && blames(r.Outcome, f.State) {
					at, found = p, true
					continue
				}
				related = append(related, diag.Related{Pos: p, Message: lang.F("%s: %s", "%s: %s", f.Title, shown)})
			}
		}
	}
	return at, related
}

// blames reports whether an outcome is due to a figure of that state.
func blames(o score.Outcome, s fact.State) bool {
	switch o {
	case score.Missing:
		return s == fact.Missing
	case score.Invalid:
		return s == fact.Invalid
	case score.Missed, score.Met, score.Pending, score.NotApplicable, score.Tracked:
	}
	return true
}

// position is the first area of the cells that were read.
func position(e *fact.Evidence) diag.Pos {
	p := diag.Pos{File: e.File, Sheet: e.Sheet, Line: e.Line}
	first, _, _ := strings.Cut(e.Cells, ",")
	if a, ok := diag.ParseArea(strings.TrimSpace(first)); ok {
		p.Area = a
	}
	return p
}

// lineOf is a place as CI systems know them: the row of a sheet or the line of
// a text, and the column's number; a whole file is at its first line, column 0.
func lineOf(p diag.Pos) (line, col int) {
	if p.Line > 0 {
		return p.Line, p.Col
	}
	return max(p.Area.Row, 1), p.Area.Col
}

// within is a place as it is told about a file: without that file's name.
func within(p diag.Pos, file string) string {
	if p.File == file && p.Line == 0 {
		return p.InSheet()
	}
	return p.String()
}

func sorted(l diag.List) diag.List {
	l = slices.Clone(l)
	l.Sort()
	return l
}

// unitKeys returns what units are told apart by: the roster's id, or the
// folded name, or the file of a card that names no unit; and the period, where
// a unit has several cards.
func unitKeys(cards []score.Card) func(*score.Card) string {
	name := func(c *score.Card) string {
		return cmp.Or(c.Unit.ID, label.Key(c.Unit.Name.In(lang.VI)), c.Input.File)
	}
	cardsOf := map[string]int{}
	for i := range cards {
		cardsOf[name(&cards[i])]++
	}
	return func(c *score.Card) string {
		n := name(c)
		if cardsOf[n] > 1 {
			n += " " + c.Period.From.String() + " " + c.Period.To.String()
		}
		return n
	}
}

// fingerprint digests what a finding is known by.
func fingerprint(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// rowsTold finds the addresses of cells and the numbers of rows in a message.
var rowsTold = regexp.MustCompile(`\$?\b[A-Z]{1,3}\$?[0-9]{1,7}\b|\b[0-9]{1,7}:[0-9]{1,7}\b|\b[Rr]ows? [0-9]+(?:(?:, | and | to |:)[0-9]+)*`)

// withoutRows is a message without what changes when rows are inserted above
// the cells that it speaks of.
func withoutRows(message string) string { return rowsTold.ReplaceAllString(message, "#") }

// numberPrints makes fingerprints unique: findings that nothing else tells
// apart are counted.
func numberPrints(list []finding) {
	seen := map[string]int{}
	for i := range list {
		f := &list[i]
		seen[f.print]++
		f.print += ":" + strconv.Itoa(seen[f.print])
	}
}

// full is a finding's message with the unit and the target's title, for lists
// that have no other place for them.
func (f *finding) full(message lang.Text) lang.Text {
	return lang.Join(nonEmpty(f.unit, f.target, message), ": ")
}

// told is a finding's message with the cells it speaks of and the waiver, for
// formats that have no other place for them.
func (f *finding) told() lang.Text {
	m := lang.Join(nonEmpty(lang.Same(f.pos.InSheet()), f.message), ": ")
	if f.target.IsZero() { // a target's other cells are its evidence, which is long
		for _, r := range f.related {
			if strings.Contains(f.message.In(lang.EN), r.Pos.InSheet()) {
				continue // told already
			}
			m = lang.F("%s; %s: %s", "%s; %s: %s", m, within(r.Pos, f.pos.File), r.Message)
		}
	}
	if f.waiver != nil {
		m = lang.F("%s [%s]", "%s [%s]", m, waived(f.waiver))
	}
	return m
}

// weight is a finding's severity, where one that is waived is worth a note.
func (f *finding) weight() diag.Severity {
	if f.waiver != nil {
		return diag.Note
	}
	return f.severity
}

// inRepository is a file's path as CI systems look for it: from the root of
// the repository. No file and absolute paths elsewhere stay as they are.
func (o *Options) inRepository(file string) string {
	if below, ok := strings.CutPrefix(file, o.Root+"/"); ok && o.Root != "" {
		return below
	}
	if file == "" || o.PathPrefix == "" || absolute(file) {
		return file
	}
	return path.Join(o.PathPrefix, file)
}

// absolute reports whether a path starts at a root or a drive.
func absolute(file string) bool { return strings.HasPrefix(file, "/") || onDrive(file) }

// onDrive reports whether a path starts at a drive of Windows.
func onDrive(file string) bool { return len(file) > 2 && file[1] == ':' && file[2] == '/' }

// plainPath drops from a path what no path that is meant to be read has:
// control, formatting and unassigned characters. Spaces stay as they are, so
// that the path still finds its file.
func plainPath(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsGraphic(r) || r != ' ' && unicode.IsSpace(r) && r != '\u00a0' {
			return -1
		}
		return r
	}, s)
}
