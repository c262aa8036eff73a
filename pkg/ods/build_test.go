package ods_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/ods"
)

const spaces = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" ` +
	`xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" ` +
	`xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" ` +
	`xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" ` +
	`xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" xmlns:foreign="urn:foreign"`

const spreadsheet = "application/vnd.oasis.opendocument.spreadsheet"

// document returns content.xml: styles may be "".
func document(styles, body string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>` + "\n<office:document-content " + spaces + `><office:automatic-styles>` + styles +
		`</office:automatic-styles><office:body><office:spreadsheet>` + body + `</office:spreadsheet></office:body></office:document-content>`
}

// sheet returns a table of rows.
func sheet(name, rows string) string {
	return `<table:table table:name="` + name + `">` + rows + `</table:table>`
}

// one returns content.xml with one sheet.
func one(rows string) string { return document("", sheet("S", rows)) }

func row(cells string) string { return "<table:table-row>" + cells + "</table:table-row>" }

func num(v string) string {
	return `<table:table-cell office:value-type="float" office:value="` + v + `"><text:p>` + v + `</text:p></table:table-cell>`
}

func str(v string) string {
	return `<table:table-cell office:value-type="string"><text:p>` + v + `</text:p></table:table-cell>`
}

// pack makes a spreadsheet of parts, each "NAME", "TEXT".
func pack(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: parts[i], Method: zip.Deflate})
		if err == nil {
			_, err = io.WriteString(w, parts[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func file(t testing.TB, content string) []byte {
	return pack(t, "mimetype", spreadsheet, "content.xml", content)
}

func open(data []byte, limits cell.Limits) (*ods.File, error) {
	return ods.Open(context.Background(), "f.ods", bytes.NewReader(data), int64(len(data)), limits, nil)
}

func describe(err error) string {
	var r *diag.Refusal
	if errors.As(err, &r) {
		return r.Diagnostic.In(lang.EN)
	}
	return err.Error()
}

// dump prints all that is read of a file.
func dump(data []byte, limits cell.Limits) string {
	f, err := open(data, limits)
	if err != nil {
		return describe(err) + "\n"
	}
	defer f.Close()
	var b strings.Builder
	if f.Epoch1904 {
		b.WriteString("1904\n")
	}
	for i, s := range f.Sheets {
		fmt.Fprintf(&b, "[%s]%s\n", s.Name, map[bool]string{true: " hidden"}[s.Hidden])
		dumpSheet(&b, f, i)
	}
	for _, w := range f.Warnings {
		b.WriteString(w.In(lang.EN) + "\n")
	}
	return b.String()
}

func dumpSheet(b *strings.Builder, f *ods.File, i int) {
	r, err := f.Scan(context.Background(), i)
	if err != nil {
		b.WriteString(describe(err) + "\n")
		return
	}
	defer r.Close()
	for r.Next() {
		var cells []string
		for _, c := range r.Row().Cells {
			cells = append(cells, dumpCell(r.Row().Number, c))
		}
		b.WriteString(strings.Join(cells, " | "))
		if r.Row().Hidden {
			b.WriteString(" (hidden)")
		}
		b.WriteByte('\n')
	}
	if r.Err() != nil {
		b.WriteString(describe(r.Err()) + "\n")
		return
	}
	for _, m := range r.Tail().Merges {
		fmt.Fprintf(b, "merge %s\n", m)
	}
	for _, h := range r.Tail().HiddenColumns {
		fmt.Fprintf(b, "hidden %s\n", h)
	}
}

func dumpCell(row int, c cell.Cell) string {
	text := strings.NewReplacer("\n", "⏎", "\t", "⇥").Replace(string(c.Raw))
	if c.Kind != cell.Text {
		text += " " + map[cell.Kind]string{cell.Blank: "blank", cell.Number: "#", cell.Date: "date", cell.Bool: "bool", cell.Error: "error"}[c.Kind]
	}
	switch c.Formula {
	case cell.NoFormula:
	case cell.Calculated:
		text = "=" + text
	case cell.VisibleOnly:
		text = "=visible " + text
	case cell.Uncalculated:
		text = "=? " + text
	}
	if c.Format != nil {
		text += " {" + c.Format.Code() + "}"
	}
	if c.Mark != cell.Plain {
		text += " ~" + []string{"", "white", "parts", "link", "raised", "options", "hidden", "struck"}[c.Mark]
	}
	if c.Font != cell.UnicodeFont {
		text += " font" + fmt.Sprint(c.Font)
	}
	return diag.A1(row, c.Col) + "=" + text
}
