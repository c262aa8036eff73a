package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/docx"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/term"
)

// DOCX writes the official report of one unit, or of a group of units, in the
// form of Decree 30/2020/NĐ-CP: letterhead, number, place and date, subject, the
// results in words and in tables, recipients and signature, and the evidence as
// an appendix. What only its signer knows is left open, as dots.
func DOCX(w io.Writer, doc *Document, opt Options) error {
	o := &official{lang: opt.Lang}
	title := o.say("Report on the results of targets", "Báo cáo kết quả thực hiện chỉ tiêu")
	language := "vi-VN"
	if opt.Lang == lang.EN {
		language = "en-GB"
	}
	o.d = docx.New(title, language)
	if c, ok := alone(doc); ok {
		o.unit(c)
	} else {
		o.group(doc)
	}
	o.asked(doc.Queries)
	return o.d.Write(w)
}

// alone returns the card of a document over one unit, with all findings. Those on
// other files make it one over a group.
func alone(doc *Document) (c *score.Card, ok bool) {
	if len(doc.Cards) != 1 || doc.Ledger != nil {
		return nil, false
	}
	one := doc.Cards[0]
	for _, d := range doc.Diagnostics {
		if d.Pos.File != one.Input.File {
			return nil, false
		}
	}
	one.Diagnostics = append(slices.Clone(one.Diagnostics), doc.Diagnostics...)
	return &one, true
}

// official is a report that is being written.
type official struct {
	d      *docx.Document
	lang   lang.Lang
	tables int // so far, for their numbers
}

func (o *official) in(t lang.Text) string { return plain(t.In(o.lang)) }

func (o *official) say(en, vi string) string { return lang.T(en, vi).In(o.lang) }

// title is a text with a capital letter.
func (o *official) title(t lang.Text) string { return lang.Sentence(o.in(t)) }

var (
	paperBody   = docx.Style{Align: docx.Justify, Indented: true, Before: 6}
	paperHead   = docx.Style{Align: docx.Justify, Indented: true, Before: 9, Bold: true, Keep: true, Level: 1}
	paperTitle  = docx.Style{Align: docx.Center, Bold: true, Size: 14}
	paperLabel  = docx.Style{Align: docx.Center, Bold: true, Before: 9, Keep: true}
	paperMiddle = docx.Style{Align: docx.Center}
	cellHead    = docx.Style{Align: docx.Center, Bold: true, Size: 11}
	cellLeft    = docx.Style{Size: 11}
	cellMiddle  = docx.Style{Align: docx.Center, Size: 11}
	cellRight   = docx.Style{Align: docx.Right, Size: 11}
	cellStrong  = docx.Style{Size: 11, Bold: true}
)

const headFill = "E7EDF5"

func (o *official) para(t lang.Text) { o.d.Paragraph(paperBody, o.in(t)) }

func (o *official) heading(number, en, vi string) {
	o.d.Paragraph(paperHead, number+". "+o.say(en, vi))
}

// letterhead writes the agency and the state, number, place and date. The
// agency's line is left open where it is empty.
func (o *official) letterhead(issuer, agency string) {
	bold := docx.Style{Align: docx.Center, Bold: true}
	small := func(st docx.Style) docx.Style { st.Size = 12; return st }
	slanted := docx.Style{Align: docx.Center, Italic: true, Before: 3}
	if agency == "" {
		agency = "……………………"
	}
	agencies := []docx.Line{{Style: small(bold), Text: strings.ToUpper(agency)}}
	if issuer != "" && !strings.EqualFold(issuer, agency) {
		agencies = append([]docx.Line{{Style: small(paperMiddle), Text: strings.ToUpper(issuer)}}, agencies...)
	}
	o.d.Letterhead(
		docx.Side{Width: 3500, Rule: 1000, Lines: agencies,
			Below: []docx.Line{{Style: docx.Style{Align: docx.Center, Before: 3}, Text: o.say("No.: ……/BC-……", "Số: ……/BC-……")}}},
		docx.Side{Width: 5800, Rule: 3300,
			Lines: []docx.Line{
				{Style: small(bold), Text: o.in(term.State)},
				{Style: bold, Text: o.in(term.Motto)},
			},
			Below: []docx.Line{{Style: slanted, Text: o.in(term.PlaceDay)}}})
}

// subject writes the kind of document and what it is about.
func (o *official) subject(lines ...string) {
	first := paperTitle
	first.Before = 12
	o.d.Paragraph(first, o.say("REPORT", "BÁO CÁO"))
	for _, l := range lines {
		o.d.Paragraph(paperTitle, l)
	}
	o.d.Rule(2400)
}

// about says what the report is about, and for which period.
func (o *official) about(c *score.Card) []string {
	lines := []string{o.in(lang.F("Results of the targets of the %s", "Kết quả thực hiện các chỉ tiêu của %s", c.Plan.Title))}
	if p := c.Period.Days(); !p.IsZero() {
		lines = append(lines, o.in(lang.F("(period: %s)", "(kỳ báo cáo: %s)", p)))
	}
	return lines
}

// table writes a numbered table over the whole width.
func (o *official) table(title lang.Text, widths []int, head []lang.Text, rows [][]docx.Cell) {
	o.tables++
	o.d.Paragraph(paperLabel, fmt.Sprintf("%s %d. %s", o.title(term.Table), o.tables, o.title(title)))
	top := make([]docx.Cell, len(head))
	for i, h := range head {
		top[i] = docx.Text(cellHead, o.title(h))
		top[i].Fill = headFill
	}
	o.d.Table(docx.Table{Widths: widths, Header: 1, Rows: append([][]docx.Cell{top}, rows...)})
}

// band is a row of a table that names what stands below it.
func band(text string, columns int) []docx.Cell {
	st := cellStrong
	st.Keep = true
	return []docx.Cell{{Lines: []string{text}, Style: st, Span: columns}}
}

func (o *official) cell(st docx.Style, t lang.Text) docx.Cell {
	text := o.in(t)
	if text == "" {
		text = "–"
	}
	return docx.Text(st, text)
}

func (o *official) number(n int) docx.Cell { return o.cell(cellRight, count(int64(n))) }

// signature writes the recipients and the place of the signature. The last row
// of what an official document says stands above it.
func (o *official) signature(recipients ...string) {
	who := docx.Cell{Style: docx.Style{Size: 11}, Lines: recipients}
	label := docx.Cell{Style: docx.Style{Size: 12, Bold: true, Italic: true, Keep: true}, Lines: []string{o.in(term.Recipients)}}
	sign := docx.Text(docx.Style{Align: docx.Center, Bold: true, Size: 13, Keep: true}, o.in(term.Head))
	hint := docx.Cell{Style: docx.Style{Align: docx.Center, Italic: true}, Lines: []string{
		o.in(term.SignHere), "", "", "", "……………………"}}
	o.d.Paragraph(docx.Style{Size: 8, Keep: true}, "")
	o.d.Table(docx.Table{Plain: true, Widths: []int{4600, 4700}, Rows: [][]docx.Cell{{label, sign}, {who, hint}}})
}

// appendix starts a page of its own.
func (o *official) appendix(en, vi string) {
	first := paperTitle
	first.Page, first.Level = true, 1
	o.d.Paragraph(first, o.say("Appendix", "PHỤ LỤC"))
	o.d.Paragraph(paperTitle, o.say(en, vi))
	o.d.Paragraph(docx.Style{Align: docx.Center, Italic: true}, o.say("(Attached to Report No. ……/BC-…… of ……)", "(Kèm theo Báo cáo số ……/BC-…… ngày ……/……/………)"))
	o.d.Rule(2400)
}

// basis says by which document, for which period and as of which day.
func (o *official) basis(c *score.Card, who lang.Text) lang.Text {
	when := c.Period.Days()
	if when.IsZero() {
		when = lang.T("the period of the plan", "kỳ của kế hoạch")
	}
	return lang.F("On the basis of %s (%s), %s reports the results of its targets for %s, judged as of %s, as follows:",
		"Căn cứ %s (văn bản số %s), %s báo cáo kết quả thực hiện các chỉ tiêu trong kỳ từ %s, đánh giá tại ngày %s, như sau:",
		c.Plan.Title, document(c.Plan), who, when, c.AsOf.Shown())
}

// findings is a table of what is wrong with files.
func (o *official) findings(list diag.List, file string) {
	var rows [][]docx.Cell
	for _, part := range bySeverity(list) {
		for _, d := range part {
			rows = append(rows, []docx.Cell{
				docx.Text(cellMiddle, fmt.Sprint(len(rows)+1)),
				docx.Text(cellLeft, plain(paperPlace(d.Pos, file))),
				docx.Text(cellMiddle, o.title(d.Severity.Title())),
				o.cell(cellLeft, d.Message),
			})
		}
	}
	o.table(lang.T("What is wrong with the figures that were submitted", "Sai sót, lưu ý về số liệu đã nộp"), []int{500, 2300, 1154, 5400},
		[]lang.Text{term.Ordinal, term.Place, term.Severity, term.Finding}, rows)
}

// paperPlace is where a finding is, without the folders of its file.
func paperPlace(p diag.Pos, file string) string {
	text := place(p, file)
	if p.File != "" {
		text = strings.Replace(text, p.File, baseName(p.File), 1)
	}
	return text
}
