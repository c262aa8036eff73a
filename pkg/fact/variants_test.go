package fact

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
)

// The same content in other kinds of file.

var (
	inlineString = regexp.MustCompile(`(?s) t="inlineStr"><is>(<t .*?</t>)</is></c>`)
	typesEnd     = `</Types>`
	relsEnd      = `</Relationships>`
)

// shared returns the book as an .xlsx file whose texts stand in the workbook's
// string table, as Excel writes them.
func (b book) shared(t testing.TB) []byte {
	t.Helper()
	file := b.xlsx()
	in, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	put := func(name, text string) {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var table []string
	index := map[string]int{}
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		text := string(raw)
		switch {
		case strings.HasPrefix(f.Name, "xl/worksheets/"):
			text = inlineString.ReplaceAllStringFunc(text, func(cell string) string {
				item := inlineString.FindStringSubmatch(cell)[1]
				if _, ok := index[item]; !ok {
					index[item] = len(table)
					table = append(table, item)
				}
				return fmt.Sprintf(` t="s"><v>%d</v></c>`, index[item])
			})
		case f.Name == "[Content_Types].xml":
			text = strings.Replace(text, typesEnd, `<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>`+typesEnd, 1)
		case f.Name == "xl/_rels/workbook.xml.rels":
			text = strings.Replace(text, relsEnd, `<Relationship Id="rIdT" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>`+relsEnd, 1)
		}
		put(f.Name, text)
	}
	put("xl/sharedStrings.xml", fmt.Sprintf(`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="%d" uniqueCount="%[1]d"><si>%s</si></sst>`,
		len(table), strings.Join(table, "</si><si>")))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// onPaper is what a cell shows on paper where Vietnamese is spoken.
func onPaper(text string) string {
	if f, ok := strings.CutPrefix(text, "="); ok {
		_, text, _ = strings.Cut(f, " -> ")
	}
	switch {
	case text == "":
	case text[0] == '\'' || text[0] == '^':
		return text[1:]
	case isDay.MatchString(text):
		return text[8:] + "/" + text[5:7] + "/" + text[:4]
	case isNumber.MatchString(text) || isShare.MatchString(text):
		return strings.Replace(text, ".", ",", 1)
	}
	return text
}

// csv returns a book of one sheet as a table of text.
func (b book) csv(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Comma = ';'
	for _, row := range b.sheets[0].rows {
		fields := make([]string, max(len(row), 2))
		for i, text := range row {
			fields[i] = onPaper(text)
		}
		if err := w.Write(fields); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	return out.Bytes()
}

// html returns the book as a web page with one table for each sheet.
func (b book) html() []byte {
	var out strings.Builder
	out.WriteString("<html><head><meta charset=utf-8></head><body>\n")
	for _, p := range b.sheets {
		out.WriteString("<table>\n")
		for _, row := range p.rows {
			out.WriteString("<tr>")
			for _, text := range row {
				out.WriteString("<td>" + escape(onPaper(text)) + "</td>")
			}
			out.WriteString("</tr>\n")
		}
		out.WriteString("</table>\n")
	}
	out.WriteString("</body></html>\n")
	return []byte(out.String())
}
