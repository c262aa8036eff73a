package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/score"
)

// csvColumns are the names in the first line. Programs rely on them: new ones
// go to the end.
var csvColumns = []string{
	"file", "unit_id", "unit", "level", "plan", "period_from", "period_to", "as_of",
	"target", "area", "title", "clause", "commitment", "outcome",
	"numerator", "denominator", "value", "value_shown", "comparator", "goal", "goal_to", "goal_shown",
	"gap", "gap_shown", "points", "max_points", "readings_disagree", "waived_until", "reason", "evidence",
}

// CSV writes one row a unit and target. Texts are in opt.Lang, names and
// numbers in no language: a decimal point, no group separators. numerator and
// denominator are exact; a value that no decimal shows exactly has 15 decimals.
// A file that gave no card has a row whose outcome is the check that refused
// it, so that no file is missing from the list.
//
// The separator is the comma of RFC 4180, which every program that reads CSV
// takes without being told; which one Excel expects depends on each computer's
// regional settings. The byte-order mark is there because Excel reads UTF-8
// without it as the system's code page and breaks every Vietnamese word. A text
// that a spreadsheet program would run as a formula begins with an apostrophe.
func CSV(w io.Writer, doc *Document, opt Options) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Write(csvColumns) // the writer keeps its first error
	for i := range doc.Cards {
		c := &doc.Cards[i]
		for j := range c.Results {
			out.Write(csvResult(c, &c.Results[j], opt.Lang))
		}
	}
	for _, d := range doc.Diagnostics {
		if d.Severity == diag.Error {
			out.Write(csvRefused(d, opt.Lang))
		}
	}
	out.Flush()
	return out.Error()
}

func csvResult(c *score.Card, r *score.Result, l lang.Lang) []string {
	goal, goalTo := "", ""
	if b := r.Goal.Bounds; len(b) > 0 {
		goal = decimal(b[0].Exact)
		if len(b) > 1 {
			goalTo = decimal(b[1].Exact)
		}
	} else if r.Goal.Choice != "" {
		goal = inert(r.Goal.Choice)
	}
	value := decimalOf(r.Value)
	if r.Choice != "" {
		value = inert(r.Choice)
	}
	waivedUntil := ""
	if r.Waiver != nil {
		waivedUntil = r.Waiver.Expires.String()
	}
	return []string{
		inert(c.Input.File), inert(c.Unit.ID), inert(unitName(c).In(l)), inert(c.Unit.Level), inert(c.Plan.ID),
		c.Period.From.String(), c.Period.To.String(), c.AsOf.String(),
		inert(r.Target), inert(r.Area), inert(r.Title.In(l)), inert(r.Clause), inert(r.Commitment), r.Outcome.String(),
		decimalOfPart(r.Numerator), decimalOfPart(r.Denominator),
		value, inert(valueOf(r).In(l)), inert(r.Goal.Comparator), goal, goalTo, inert(r.Goal.Shown.In(l)),
		decimalOf(r.Gap), inert(figure(r.Gap).In(l)), decimal(r.Points.Exact), decimal(r.Max.Exact),
		strconv.FormatBool(r.Disagree), waivedUntil, inert(r.Reason.In(l)), inert(csvEvidence(c, r).In(l)),
	}
}

// csvEvidence tells where the figures of a result stand.
func csvEvidence(c *score.Card, r *score.Result) lang.Text {
	var parts []lang.Text
	for _, f := range factsOf(c, r.Facts) {
		parts = append(parts, standsAt(f, r))
	}
	return lang.Join(parts, " | ")
}

func csvRefused(d diag.Diagnostic, l lang.Lang) []string {
	row := make([]string, len(csvColumns))
	set := func(column, text string) {
		for i, name := range csvColumns {
			if name == column {
				row[i] = inert(text)
			}
		}
	}
	set("file", d.Pos.File)
	set("unit", d.Unit)
	set("outcome", string(d.Check))
	set("reason", d.Message.In(l))
	return row
}

// inert is a text that no spreadsheet program takes for a formula.
func inert(s string) string {
	s = plain(s)
	if s != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(s)[0]) {
		return "'" + s
	}
	return s
}

// csvDecimals is how many decimals a number has that needs more.
const csvDecimals = 15

// decimal prints a number for programs: "1299", "0.6495".
func decimal(x number.Exact) string {
	r := x.Rat()
	if n, exact := r.FloatPrec(); exact && n <= csvDecimals {
		return r.FloatString(n)
	}
	return strings.TrimRight(strings.TrimRight(r.FloatString(csvDecimals), "0"), ".")
}

func decimalOf(f *score.Figure) string {
	if f == nil {
		return ""
	}
	return decimal(f.Exact)
}

// decimalOfPart prints a part's number; a part that was not reported has none.
func decimalOfPart(p *score.Part) string {
	if p == nil || p.Shown.IsZero() {
		return ""
	}
	return decimal(p.Exact)
}
