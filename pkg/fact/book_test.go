package fact

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// The text form of a workbook, for tests:
//
//	== Sheet name            a sheet; "== Name (hidden)" hides it
//	a | 12 | '12 | 65%       a row: text, number, text of digits, number shown as a percentage
//	a\nb | ^12.50            a line break; text as it stands, whatever it looks like
//	2023-05-31 | =1+2 -> 3   a date; a formula with its stored result, or with none
//	0.945{0%} | #REF! | TRUE a number with a number format; an error; a boolean
//	@12                      the next row is row 12
//	merge A1:C1              merged cells
//	hide 7                   a hidden row
//	hide C:D                 hidden columns
//	64<sup>1</sup>           a text in runs: sup, sub, s, b
//	1904                     days are counted from 1904
//	calc a="1"               attributes of calcPr
//	                         (an empty line is an empty row)

// book is a workbook made by a test.
type book struct {
	epoch1904 bool
	calc      string
	sheets    []page
}

// page is one sheet of a book; rows are numbered from 1, nil is an empty one.
type page struct {
	name       string
	hidden     bool
	rows       [][]string
	merges     []string
	hiddenRows map[int]bool
	hiddenCols []string
}

// parseBook reads the text form.
func parseBook(t testing.TB, text string) book {
	t.Helper()
	var b book
	for _, line := range strings.Split(strings.Trim(text, "\n"), "\n") {
		if name, ok := strings.CutPrefix(line, "== "); ok {
			name, hidden := strings.CutSuffix(name, " (hidden)")
			b.sheets = append(b.sheets, page{name: name, hidden: hidden, hiddenRows: map[int]bool{}})
			continue
		}
		if line == "1904" {
			b.epoch1904 = true
			continue
		}
		if calc, ok := strings.CutPrefix(line, "calc "); ok {
			b.calc = "<calcPr " + calc + "/>"
			continue
		}
		if len(b.sheets) == 0 {
			b.sheets = []page{{name: "S", hiddenRows: map[int]bool{}}}
		}
		if err := b.sheets[len(b.sheets)-1].line(line); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
	}
	return b
}

func (p *page) line(line string) error {
	verb, arg, _ := strings.Cut(line, " ")
	switch {
	case strings.HasPrefix(line, "@"):
		n, err := strconv.Atoi(line[1:])
		if err != nil {
			return err
		}
		p.rows = append(p.rows, make([][]string, n-1-len(p.rows))...)
	case verb == "merge":
		p.merges = append(p.merges, arg)
	case verb == "hide" && strings.Contains(arg, ":"):
		p.hiddenCols = append(p.hiddenCols, arg)
	case verb == "hide":
		n, err := strconv.Atoi(arg)
		p.hiddenRows[n] = true
		return err
	default:
		p.rows = append(p.rows, cellsOf(line))
	}
	return nil
}

func cellsOf(line string) []string {
	if strings.TrimSpace(line) == "" {
		return nil
	}
	row := strings.Split(line, "|")
	for i := range row {
		row[i] = strings.ReplaceAll(strings.TrimSpace(row[i]), `\n`, "\n")
	}
	return row
}

var (
	isNumber = regexp.MustCompile(`^-?\d+(\.\d+)?([eE][+-]?\d+)?$`)
	isShare  = regexp.MustCompile(`^\d+(\.\d+)?%$`)
	isDay    = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	isError  = regexp.MustCompile(`^#(REF!|N/A|DIV/0!|VALUE!|NAME\?)$`)
	isFormat = regexp.MustCompile(`(?s)^(.*)\{(.*)\}$`)
)

// writer writes a book as an .xlsx file. It is ours and not a library's, so
// that values under merges, formulas without results and odd formats come out
// as they are meant.
type writer struct {
	book
	formats []string // custom number formats; style 1+i has format 164+i
}

// xlsx returns the book as an .xlsx file.
func (b book) xlsx() []byte {
	w := &writer{book: b, formats: []string{"dd/mm/yyyy", "0.00%"}}
	const (
		main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
		rel  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
		pack = "http://schemas.openxmlformats.org/package/2006/"
	)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	part := func(name, format string, args ...any) {
		p, err := z.Create(name)
		if err == nil {
			_, err = fmt.Fprintf(p, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+format, args...)
		}
		if err != nil {
			panic(err) // a bytes.Buffer takes everything
		}
	}
	var types, sheets, rels strings.Builder
	for i, p := range b.sheets {
		state := ""
		if p.hidden {
			state = ` state="hidden"`
		}
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i+1)
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>`, escape(p.name), i+1, state, i+1)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, rel, i+1)
		var body strings.Builder
		w.page(&body, p)
		part(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), `<worksheet xmlns="%s">%s</worksheet>`, main, body.String())
	}
	var formats, xfs strings.Builder
	for i, f := range w.formats {
		fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="%s"/>`, 164+i, escape(f))
		fmt.Fprintf(&xfs, `<xf numFmtId="%d" fontId="0" applyNumberFormat="1"/>`, 164+i)
	}
	epoch := ""
	if b.epoch1904 {
		epoch = `<workbookPr date1904="1"/>`
	}
	part("xl/styles.xml", `<styleSheet xmlns="%s"><numFmts>%s</numFmts><fonts><font/></fonts><cellXfs><xf numFmtId="0" fontId="0"/>%s</cellXfs></styleSheet>`, main, formats.String(), xfs.String())
	part("xl/workbook.xml", `<workbook xmlns="%s" xmlns:r="%s">%s<sheets>%s</sheets>%s</workbook>`, main, rel, epoch, sheets.String(), b.calc)
	part("xl/_rels/workbook.xml.rels", `<Relationships xmlns="%srelationships">%s<Relationship Id="rIdS" Type="%s/styles" Target="styles.xml"/></Relationships>`, pack, rels.String(), rel)
	part("_rels/.rels", `<Relationships xmlns="%srelationships"><Relationship Id="rId1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>`, pack, rel)
	part("[Content_Types].xml", `<Types xmlns="%scontent-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>%s</Types>`, pack, types.String())
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#10;")

func escape(s string) string { return escaper.Replace(s) }

func (w *writer) page(out *strings.Builder, p page) {
	if len(p.hiddenCols) > 0 {
		out.WriteString("<cols>")
		for _, c := range p.hiddenCols {
			a, ok := diag.ParseArea(c)
			if !ok {
				panic(c)
			}
			fmt.Fprintf(out, `<col min="%d" max="%d" hidden="1"/>`, a.Col, a.ToCol)
		}
		out.WriteString("</cols>")
	}
	out.WriteString("<sheetData>")
	for i, row := range p.rows {
		if row == nil {
			continue
		}
		hidden := ""
		if p.hiddenRows[i+1] {
			hidden = ` hidden="1"`
		}
		fmt.Fprintf(out, `<row r="%d"%s>`, i+1, hidden)
		for j, text := range row {
			if text != "" {
				w.cell(out, diag.A1(i+1, j+1), text)
			}
		}
		out.WriteString("</row>")
	}
	out.WriteString("</sheetData>")
	if len(p.merges) > 0 {
		out.WriteString("<mergeCells>")
		for _, m := range p.merges {
			fmt.Fprintf(out, `<mergeCell ref="%s"/>`, m)
		}
		out.WriteString("</mergeCells>")
	}
}

// style returns the style of a number format.
func (w *writer) style(format string) int {
	for i, f := range w.formats {
		if f == format {
			return i + 1
		}
	}
	w.formats = append(w.formats, format)
	return len(w.formats)
}

func (w *writer) cell(out *strings.Builder, at, text string) {
	style, formula := 0, ""
	if m := isFormat.FindStringSubmatch(text); m != nil && text[0] != '^' && text[0] != '\'' {
		text, style = m[1], w.style(m[2])
	}
	if f, ok := strings.CutPrefix(text, "="); ok {
		f, stored, calculated := strings.Cut(f, " -> ")
		formula = "<f>" + escape(f) + "</f>"
		if !calculated {
			fmt.Fprintf(out, `<c r="%s" s="%d">%s</c>`, at, style, formula)
			return
		}
		text = stored
	}
	value := func(kind, v string) {
		fmt.Fprintf(out, `<c r="%s" s="%d"%s>%s<v>%s</v></c>`, at, style, kind, formula, escape(v))
	}
	switch {
	case text[0] == '\'' || text[0] == '^':
		text = text[1:]
	case isNumber.MatchString(text):
		value("", text)
		return
	case isShare.MatchString(text):
		style = cmp.Or(style, w.style("0.00%"))
		value("", shiftPoint(strings.TrimSuffix(text, "%")))
		return
	case isDay.MatchString(text):
		style = cmp.Or(style, w.style("dd/mm/yyyy"))
		value("", strconv.Itoa(w.serial(text)))
		return
	case isError.MatchString(text):
		value(` t="e"`, text)
		return
	case text == "TRUE" || text == "FALSE":
		value(` t="b"`, map[string]string{"TRUE": "1", "FALSE": "0"}[text])
		return
	}
	if formula != "" {
		value(` t="str"`, text)
		return
	}
	fmt.Fprintf(out, `<c r="%s" s="%d" t="inlineStr"><is>%s</is></c>`, at, style, runs(text))
}

var isRun = regexp.MustCompile(`<(sup|sub|s|b)>(.*?)</(?:sup|sub|s|b)>`)

// runs writes a text, in runs where it is marked up.
func runs(text string) string {
	const plain = `<t xml:space="preserve">%s</t>`
	if !isRun.MatchString(text) {
		return fmt.Sprintf(plain, escape(text))
	}
	var out strings.Builder
	run := func(properties, text string) {
		if text != "" {
			fmt.Fprintf(&out, "<r><rPr>%s</rPr>"+plain+"</r>", properties, escape(text))
		}
	}
	for text != "" {
		m := isRun.FindStringSubmatchIndex(text)
		if m == nil {
			run("", text)
			break
		}
		run("", text[:m[0]])
		run(map[string]string{"sup": `<vertAlign val="superscript"/>`, "sub": `<vertAlign val="subscript"/>`, "s": "<strike/>", "b": "<b/>"}[text[m[2]:m[3]]], text[m[4]:m[5]])
		text = text[m[1]:]
	}
	return out.String()
}

// shiftPoint divides the digits of a number by 100.
func shiftPoint(s string) string {
	whole, decimals, _ := strings.Cut(s, ".")
	whole = "00" + whole
	hundredths := strings.TrimRight(whole[len(whole)-2:]+decimals, "0")
	return strings.TrimRight(cmp.Or(strings.TrimLeft(whole[:len(whole)-2], "0"), "0")+"."+hundredths, ".")
}

func (w *writer) serial(day string) int {
	d, err := time.Parse("2006-01-02", day)
	if err != nil {
		panic(err)
	}
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if w.epoch1904 {
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return int(d.Sub(first).Hours() / 24)
}

// planHead is what every plan of these tests begins with.
const planHead = `
plan: p
title: Plan
issuer: Issuer
document: {number: "1", date: 2022-12-01}
period: {from: 2023-01-01, to: 2023-12-31}
levels:
  office: {title: {vi: Sở, en: Office}, names: ["Sở *"]}
  district: {title: {vi: Huyện, en: District}, names: ["UBND huyện *"]}
areas: {a: {title: A}}
`

// planTail is a target that shows all facts beside a fact of its own.
const planTail = `
  dummy: {title: D, from: [{cell: dummy, row: {label: [L]}, column: value}]}
targets:
  - {id: t, area: a, title: T, source: {clause: c, quote: q}, levels: [office, district], measure: {value: dummy}, goal: {at_least: 1}, also: [%s]}
`

const dummyTable = `
  dummy: {shape: form, title: Dummy, sheets: [no such sheet], columns: {label: {headers: [L], role: label}, value: {headers: [V], type: number}}}
facts:`

var factID = regexp.MustCompile(`(?m)^  ([a-z0-9-]+):`)

// parsePlan makes a plan of tables and facts; it asks for all facts.
func parsePlan(t testing.TB, tablesAndFacts string) *plan.Plan {
	t.Helper()
	tables, facts, ok := strings.Cut(tablesAndFacts, "\nfacts:")
	if !ok {
		t.Fatal("the plan has no facts")
	}
	var ids []string
	for _, m := range factID.FindAllStringSubmatch(facts, -1) {
		ids = append(ids, m[1])
	}
	text := planHead + strings.Trim(tables, "\n") + dummyTable + strings.TrimRight(facts, "\n") + fmt.Sprintf(planTail, strings.Join(ids, ", "))
	p, mistakes := plan.Parse("plan.yaml", []byte(text))
	if mistakes.HasErrors() {
		for _, m := range mistakes {
			t.Error(m.In(lang.EN))
		}
		t.FailNow()
	}
	return p
}

func parseRoster(t testing.TB, text string) *plan.Roster {
	t.Helper()
	r, mistakes := plan.ParseRoster("roster.yaml", []byte(text), nil)
	for _, m := range mistakes {
		t.Fatal(m.In(lang.EN))
	}
	return r
}

// request is one reading of a file.
type request struct {
	plan   *plan.Plan
	roster *plan.Roster
	name   string
	file   []byte
	opt    Options
}

func (r request) collect(t testing.TB) (*Reading, error) {
	t.Helper()
	ctx := context.Background()
	w, err := workbook.Open(ctx, cmp.Or(r.name, "f.xlsx"), bytes.NewReader(r.file), int64(len(r.file)), workbook.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	return Collect(ctx, r.plan, r.roster, w, Input{File: w.Name}, r.opt)
}

// mustCollect reads a file that can be read.
func (r request) mustCollect(t testing.TB) *Reading {
	t.Helper()
	reading, err := r.collect(t)
	if err != nil {
		t.Fatal(err)
	}
	eachText(reading, func(text lang.Text) {
		if text.Written(lang.VI) == "" || text.Written(lang.EN) == "" || strings.Contains(text.Written(lang.VI)+text.Written(lang.EN), "%!") {
			t.Errorf("badly made text: %q, %q", text.Written(lang.EN), text.Written(lang.VI))
		}
	})
	return reading
}

// eachText calls fn for every text that a reading shows to people.
func eachText(r *Reading, fn func(lang.Text)) {
	lists := []diag.List{r.Diagnostics}
	for _, s := range r.Sets {
		lists = append(lists, s.Diagnostics)
		for _, f := range s.Facts {
			if f.State != Reported {
				fn(f.Reason)
			}
			for _, src := range f.Sources {
				if f.State == Reported {
					fn(src.How)
				}
				for _, e := range src.Evidence {
					if f.State == Reported {
						fn(e.Read)
					}
				}
			}
		}
	}
	for _, l := range lists {
		for _, d := range l {
			fn(d.Message)
			for _, rel := range d.Related {
				fn(rel.Message)
			}
		}
	}
}

// read collects the facts of a plan from a workbook in text form.
func read(t testing.TB, planText, bookText string) *Reading {
	t.Helper()
	return request{plan: parsePlan(t, planText), file: parseBook(t, bookText).xlsx()}.mustCollect(t)
}

// printFacts prints the facts of a reading, one a line.
func printFacts(r *Reading) string {
	var b strings.Builder
	for _, s := range r.Sets {
		if len(r.Sets) > 1 {
			fmt.Fprintf(&b, "%s:\n", s.Unit.Name.In(lang.EN))
		}
		for _, f := range s.Facts {
			if f.ID != "dummy" {
				b.WriteString(printFact(&f) + "\n")
			}
		}
	}
	return b.String()
}

func printFact(f *Fact) string {
	switch f.State {
	case Missing:
		return fmt.Sprintf("%s missing (%s): %s", f.ID, f.Lacks, f.Reason.In(lang.EN))
	case Invalid:
		return fmt.Sprintf("%s invalid: %s", f.ID, f.Reason.In(lang.EN))
	}
	value := f.Choice
	if f.Kind != plan.ChoiceFact {
		value = f.Value.String()
	}
	var places []string
	for _, e := range f.Sources[0].Evidence {
		places = append(places, e.Where())
	}
	return fmt.Sprintf("%s = %s in %s", f.ID, value, strings.Join(places, ", "))
}

// printFindings prints the diagnostics of a reading, but for those that say
// that a test's workbook names no unit and no period.
func printFindings(r *Reading) string {
	var b strings.Builder
	lists := []diag.List{r.Diagnostics}
	for _, s := range r.Sets {
		lists = append(lists, s.Diagnostics)
	}
	for _, l := range lists {
		for _, d := range l {
			if whole := d.Pos == diag.InFile(d.Pos.File); whole && (d.Check == diag.NoUnit || d.Check == diag.NoPeriod) {
				continue
			}
			fmt.Fprintf(&b, "%s %s\n", d.Severity, strings.TrimLeft(strings.TrimLeft(strings.TrimPrefix(d.In(lang.EN), "f.xlsx:"), " "), " "))
		}
	}
	return b.String()
}

// wantText compares a printed result with the one that is wanted.
func wantText(t testing.TB, got, want string) {
	t.Helper()
	got, want = strings.TrimSpace(got), strings.TrimSpace(want)
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
