package report

import (
	"bufio"
	"bytes"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// csvColumns are the names in the first line. Programs rely on them: new ones
// go to the end.
var csvColumns = []string{
	"file", "unit_id", "unit", "level", "plan", "period_from", "period_to", "as_of",
	"target", "area", "title", "clause", "commitment", "outcome",
	"numerator", "denominator", "value", "value_shown", "comparator", "goal", "goal_to", "goal_shown",
	"gap", "gap_shown", "points", "max_points", "readings_disagree", "waived_until", "reason", "evidence",
	"grade",
}

// CSV writes one row a unit and target. Texts are in opt.Lang, names in no
// language. Numbers have no group separators. numerator and denominator are
// exact; a value that no decimal shows exactly has 15 decimals.
// A file that gave no card has a row whose outcome is the check that refused
// it, so that no file is missing from the list.
//
// Fields are parted by the comma of RFC 4180, and decimals by a point. In
// Vietnamese it is the semicolon and the comma: so Excel expects them under
// Windows' Vietnamese regional settings, and everything else ends up in one
// column. The byte-order mark is there because Excel reads UTF-8 without it as
// the system's code page and breaks every Vietnamese word. A text that a
// spreadsheet program would run as a formula begins with an apostrophe.
func CSV(w io.Writer, doc *Document, opt Options) error {
	out := &csvWriter{w: bufio.NewWriterSize(w, 1<<16), lang: opt.Lang, comma: ',', quoted: "\",\r\n"}
	if opt.Lang == lang.VI {
		out.comma, out.quoted = ';', "\";\r\n"
	}
	out.w.WriteString("\ufeff") // the buffer keeps its first error
	for _, name := range csvColumns {
		out.name(name)
	}
	out.endRow()
	for i := range doc.Cards {
		c := &doc.Cards[i]
		out.card(c)
		for j := range c.Results {
			out.row = append(out.row, out.about...)
			out.result(c, &c.Results[j])
			out.endRow()
		}
	}
	for _, d := range doc.Diagnostics {
		if d.Severity == diag.Error {
			out.refused(d)
		}
	}
	return out.w.Flush()
}

// csvWriter writes rows, field by field.
type csvWriter struct {
	w      *bufio.Writer
	lang   lang.Lang
	comma  byte   // between fields
	quoted string // characters of fields that need quotes
	row    []byte // the row so far, each field with the comma behind it
	about  []byte // the fields that all rows of a card begin with
	text   []byte // the text that is being worded
}

func (x *csvWriter) endRow() {
	x.row[len(x.row)-1] = '\n' // instead of the comma
	x.w.Write(x.row)
	x.row = x.row[:0]
}

// card makes the fields that tell whose card it is.
func (x *csvWriter) card(c *score.Card) {
	x.name(c.Input.File)
	x.name(c.Unit.ID)
	x.say(unitName(c))
	x.name(c.Unit.Level)
	x.name(c.Plan.ID)
	for _, day := range []date.Date{c.Period.From, c.Period.To, c.AsOf} {
		x.put(day.String())
	}
	x.about = append(x.about[:0], x.row...)
	x.row = x.row[:0]
}

// result makes the other fields, those of one target.
func (x *csvWriter) result(c *score.Card, r *score.Result) {
	x.name(r.Target)
	x.name(r.Area)
	x.say(r.Title)
	x.name(r.Clause)
	x.put(r.Commitment.String())
	x.put(r.Outcome.String())
	x.part(r.Numerator)
	x.part(r.Denominator)
	switch {
	case r.Choice != "":
		x.name(r.Choice)
	case r.Value != nil:
		x.valueOf(r.Kind, r.Value)
	default:
		x.put("")
	}
	x.say(valueOf(r))
	x.goal(r.Kind, &r.Goal)
	x.figure(r.Gap)
	x.say(figure(r.Gap))
	x.number(r.Points.Exact)
	x.number(r.Max.Exact)
	x.put(strconv.FormatBool(r.Disagree))
	if r.Waiver != nil {
		x.put(r.Waiver.Expires.String())
	} else {
		x.put("")
	}
	x.say(r.Reason)
	x.evidence(c, r)
	if c.Grade != nil {
		x.name(c.Grade.ID)
	} else {
		x.put("")
	}
}

func (x *csvWriter) goal(kind plan.ValueKind, g *score.Goal) {
	if len(g.Bounds) == 0 && g.Choice == "" && g.Shown.IsZero() { // the target has none
		x.put("")
	} else {
		x.put(g.Comparator.String())
	}
	for i := range 2 {
		switch {
		case i < len(g.Bounds):
			x.valueOf(kind, &g.Bounds[i])
		case i == 0:
			x.name(g.Choice)
		default:
			x.put("")
		}
	}
	x.say(g.Shown)
}

// evidence tells where the figures of a result stand.
func (x *csvWriter) evidence(c *score.Card, r *score.Result) {
	var parts []lang.Text
	for _, f := range factsOf(c, r.Facts) {
		parts = append(parts, standsAt(f, tells(r, f)))
	}
	x.say(lang.Join(parts, " | "))
}

// refused is the row of a file that gave no card.
func (x *csvWriter) refused(d diag.Diagnostic) {
	for _, name := range csvColumns {
		switch name {
		case "file":
			x.name(d.Pos.File)
		case "unit":
			x.name(d.Unit)
		case "outcome":
			x.name(string(d.Check))
		case "reason":
			x.say(d.Message)
		default:
			x.put("")
		}
	}
	x.endRow()
}

// say adds a text.
func (x *csvWriter) say(t lang.Text) {
	x.text = t.AppendIn(x.text[:0], x.lang)
	if !isPlain(x.text) || isFormula(x.text) {
		x.name(string(x.text))
		return
	}
	x.field(x.text)
}

// name adds a text that is alike in both languages.
func (x *csvWriter) name(s string) {
	x.text = append(x.text[:0], Inert(s)...)
	x.field(x.text)
}

// field adds a text, in quotes where it needs them: where encoding/csv has
// them too, for a reader might trim a first space or take \. for the end.
func (x *csvWriter) field(s []byte) {
	first, _ := utf8.DecodeRune(s)
	if !bytes.ContainsAny(s, x.quoted) && !unicode.IsSpace(first) && string(s) != `\.` {
		x.row = append(append(x.row, s...), x.comma)
		return
	}
	x.row = append(x.row, '"')
	for {
		i := bytes.IndexByte(s, '"') + 1
		if i == 0 {
			break
		}
		x.row = append(append(x.row, s[:i]...), '"')
		s = s[i:]
	}
	x.row = append(append(x.row, s...), '"', x.comma)
}

// put adds what needs no quotes.
func (x *csvWriter) put(s string) { x.row = append(append(x.row, s...), x.comma) }

// valueOf adds a value or a bound, a day as year-month-day.
func (x *csvWriter) valueOf(kind plan.ValueKind, f *score.Figure) {
	if day, ok := plan.DayOf(f.Exact); ok && kind == plan.DateKind {
		x.put(day.String())
		return
	}
	x.number(f.Exact)
}

func (x *csvWriter) figure(f *score.Figure) {
	if f == nil {
		x.put("")
		return
	}
	x.number(f.Exact)
}

// part adds a part's number; a part that was not reported has none.
func (x *csvWriter) part(p *score.Part) {
	if p == nil || p.Shown.IsZero() {
		x.put("")
		return
	}
	x.number(p.Exact)
}

func (x *csvWriter) number(n number.Exact) {
	from := len(x.row)
	x.row = appendDecimal(x.row, n)
	if point := bytes.IndexByte(x.row[from:], '.'); point >= 0 && x.lang == lang.VI {
		x.row[from+point] = ','
	}
	x.row = append(x.row, x.comma)
}

// Inert makes a text one that no spreadsheet program takes for a formula.
func Inert(s string) string {
	if s = plain(s); isFormula(s) {
		return "'" + s
	}
	return s
}

// isFormula reports whether a spreadsheet program would run a text.
func isFormula[S string | []byte](s S) bool {
	r, _ := utf8.DecodeRuneInString(string(s[:min(len(s), utf8.UTFMax)]))
	return strings.ContainsRune("=+-@＝＋－＠", r)
}

// csvDecimals is how many decimals a number has that needs more.
const csvDecimals = 15

// appendDecimal adds a number for programs: "1299", "0.6495".
func appendDecimal(b []byte, x number.Exact) []byte {
	decimals, exact := number.Decimals(x, csvDecimals)
	b = number.AppendDigits(b, x, decimals)
	if !exact {
		b = bytes.TrimRight(b, "0")
		b = bytes.TrimSuffix(b, []byte("."))
	}
	return b
}
