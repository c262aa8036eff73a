package fact

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/diag"
)

// ods returns the book as an .ods file.
func (b book) ods(t testing.TB) []byte {
	t.Helper()
	var body strings.Builder
	if b.epoch1904 {
		body.WriteString(`<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>`)
	}
	for _, p := range b.sheets {
		style := ""
		if p.hidden {
			style = ` table:style-name="hidden"`
		}
		fmt.Fprintf(&body, `<table:table table:name="%s"%s>`, escape(p.name), style)
		p.ods(&body)
		body.WriteString("</table:table>")
	}
	const space = "urn:oasis:names:tc:opendocument:xmlns:"
	content := `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<office:document-content xmlns:office="` + space + `office:1.0" xmlns:table="` + space + `table:1.0" xmlns:text="` + space +
		`text:1.0" xmlns:style="` + space + `style:1.0" xmlns:number="` + space + `datastyle:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"><office:automatic-styles>` +
		`<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>` +
		`<number:percentage-style style:name="N1"><number:number number:decimal-places="2" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>` +
		`<number:date-style style:name="N2"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>` +
		`<style:style style:name="share" style:family="table-cell" style:data-style-name="N1"/><style:style style:name="day" style:family="table-cell" style:data-style-name="N2"/>` +
		`</office:automatic-styles><office:body><office:spreadsheet>` + body.String() + `</office:spreadsheet></office:body></office:document-content>`
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range [][2]string{{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", content}} {
		w, err := z.Create(part[0])
		if err == nil {
			_, err = io.WriteString(w, part[1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// ods writes the columns and rows of a sheet. Blank rows are written once, with
// a count.
func (p page) ods(out *strings.Builder) {
	hidden := map[int]bool{}
	last := 0
	for _, c := range p.hiddenCols {
		a, _ := diag.ParseArea(c)
		for col := a.Col; col <= a.ToCol; col++ {
			hidden[col] = true
			last = max(last, col)
		}
	}
	for col := 1; col <= last; col++ {
		fmt.Fprintf(out, `<table:table-column%s/>`, map[bool]string{true: ` table:visibility="collapse"`}[hidden[col]])
	}
	spans, covered := map[string]diag.Area{}, map[string]bool{}
	rows := len(p.rows)
	for _, m := range p.merges {
		a, _ := diag.ParseArea(m)
		for row := a.Row; row <= a.ToRow; row++ {
			for col := a.Col; col <= a.ToCol; col++ {
				covered[diag.A1(row, col)] = true
			}
		}
		delete(covered, diag.A1(a.Row, a.Col))
		spans[diag.A1(a.Row, a.Col)] = a
		rows = max(rows, a.ToRow)
	}
	blanks := 0
	for i := range rows {
		var row []string
		if i < len(p.rows) {
			row = p.rows[i]
		}
		if row == nil && len(p.merges) == 0 {
			blanks++
			continue
		}
		if blanks > 0 {
			fmt.Fprintf(out, `<table:table-row table:number-rows-repeated="%d"><table:table-cell/></table:table-row>`, blanks)
			blanks = 0
		}
		visibility := ""
		if p.hiddenRows[i+1] {
			visibility = ` table:visibility="filter"`
		}
		fmt.Fprintf(out, `<table:table-row%s>`, visibility)
		width := len(row)
		for at := range spans {
			if a, _ := diag.ParseArea(at); a.Row == i+1 {
				width = max(width, a.Col)
			}
		}
		for j := range width {
			text := ""
			if j < len(row) {
				text = row[j]
			}
			at := diag.A1(i+1, j+1)
			name, attributes := "table:table-cell", ""
			if covered[at] {
				name = "table:covered-table-cell"
			} else if a, ok := spans[at]; ok {
				attributes = fmt.Sprintf(` table:number-columns-spanned="%d" table:number-rows-spanned="%d"`, a.ToCol-a.Col+1, a.ToRow-a.Row+1)
			}
			value, content := odsValue(text)
			fmt.Fprintf(out, "<%s%s%s>%s</%[1]s>", name, attributes, value, content)
		}
		out.WriteString("</table:table-row>")
	}
	out.WriteString(`<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`)
}

// odsValue returns the attributes and the content of a cell.
func odsValue(text string) (attributes, content string) {
	if text == "" {
		return "", ""
	}
	formula := ""
	if f, ok := strings.CutPrefix(text, "="); ok {
		f, stored, calculated := strings.Cut(f, " -> ")
		formula = ` table:formula="of:=` + escape(f) + `"`
		if !calculated {
			return formula, ""
		}
		text = stored
	}
	value := func(kind, attribute, v string) (string, string) {
		return formula + fmt.Sprintf(` office:value-type="%s" office:%s="%s"`, kind, attribute, v), "<text:p>" + escape(onPaper(text)) + "</text:p>"
	}
	switch {
	case text[0] == '\'' || text[0] == '^':
		text = text[1:]
	case isNumber.MatchString(text):
		return value("float", "value", text)
	case isShare.MatchString(text):
		a, c := value("percentage", "value", shiftPoint(strings.TrimSuffix(text, "%")))
		return a + ` table:style-name="share"`, c
	case isDay.MatchString(text):
		a, c := value("date", "date-value", text)
		return a + ` table:style-name="day"`, c
	case isError.MatchString(text):
		return formula + ` office:value-type="string" office:string-value="" calcext:value-type="error"`, "<text:p>" + text + "</text:p>"
	case text == "TRUE" || text == "FALSE":
		return value("boolean", "boolean-value", strings.ToLower(text))
	}
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		runes := strings.Split(escape(line), "")
		for i, c := range runes { // no blank is joined with another
			if c == " " {
				runes[i] = "<text:s/>"
			}
		}
		lines = append(lines, "<text:p>"+strings.Join(runes, "")+"</text:p>")
	}
	return formula + ` office:value-type="string"`, strings.Join(lines, "")
}
