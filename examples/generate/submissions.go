package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/sheets"
)

// submission is the form of one unit: what it resolved, and what of it in time.
type submission struct {
	unit             string
	resolved, inTime int
}

// submissions lists a folder as it comes in, by path below the examples' folder:
// one form in every kind of file, and files that are no submission.
func submissions() map[string]func() ([]byte, error) {
	out := map[string]func() ([]byte, error){}
	for name, write := range map[string]func() ([]byte, error){
		"so-noi-vu.xlsx":         submission{"Sở Nội vụ", 200, 198}.xlsx,
		"so-tai-chinh.csv":       submission{"Sở Tài chính", 150, 135}.csv,
		"so-giao-duc.xls":        submission{"Sở Giáo dục và Đào tạo", 320, 312}.page,
		"so-van-hoa.xls":         submission{"Sở Văn hóa", 110, 101}.xls,
		"so-khoa-hoc.ods":        submission{"Sở Khoa học và Công nghệ", 60, 57}.ods,
		"so-du-lich.tsv":         submission{"Sở Du lịch", 75, 75}.tsv,
		"BC So Y te.csv":         submission{"Sở Y tế", 900, 891}.csv,
		"so-xay-dung.csv":        submission{"Sở Xây dựng", 400, 380}.csv,
		"so-xay-dung-ban-2.xlsx": submission{"Sở Xây dựng", 400, 384}.xlsx,
		"xa-binh-hai.csv":        submission{"UBND xã Bình Hải", 80, 76}.csv,
		"so-cong-thuong.xlsx":    literal("PK: the upload broke off here\n"),
		"SoTuPhap_2023.pdf":      literal("%PDF-1.4\n% a scanned report has no cells\n%%EOF\n"),
	} {
		out["submissions/nop/"+name] = write
	}
	return out
}

func literal(text string) func() ([]byte, error) {
	return func() ([]byte, error) { return []byte(text), nil }
}

// rows are the lines of the form; the last three have a second column.
func (s submission) rows() [][2]string {
	return [][2]string{
		{"Đơn vị báo cáo: " + s.unit, ""},
		{"Kỳ báo cáo: Năm 2023", ""},
		{"Chỉ tiêu", "Số liệu"},
		{"Tổng số hồ sơ đã giải quyết", strconv.Itoa(s.resolved)},
		{"Hồ sơ giải quyết đúng hạn", strconv.Itoa(s.inTime)},
	}
}

func (s submission) csv() ([]byte, error) { return s.separated(","), nil }

func (s submission) tsv() ([]byte, error) { return s.separated("\t"), nil }

func (s submission) separated(mark string) []byte {
	var b bytes.Buffer
	for _, r := range s.rows() {
		fmt.Fprintf(&b, "%s%s%s\n", r[0], mark, r[1])
	}
	return b.Bytes()
}

func (s submission) xlsx() ([]byte, error) { return s.book().finish() }

func (s submission) xls() ([]byte, error) { return s.book().xls() }

func (s submission) book() *book {
	b := newBook("Báo cáo cải cách hành chính năm 2023 - " + s.unit + " (số liệu giả định)")
	page := b.sheet("Báo cáo", 40, 14)
	page.line(s.rows()[0][0], sheets.Style{})
	page.line(s.rows()[1][0], sheets.Style{})
	page.columns("Chỉ tiêu", "Số liệu")
	page.detail("Tổng số hồ sơ đã giải quyết", s.resolved)
	page.detail("Hồ sơ giải quyết đúng hạn", s.inTime)
	return b
}

// page writes the form as web systems export it: a page that is called .xls.
func (s submission) page() ([]byte, error) {
	var b strings.Builder
	b.WriteString("<html><head><meta charset=\"utf-8\"></head><body><table>\n")
	for _, r := range s.rows() {
		fmt.Fprintf(&b, "<tr><td>%s</td><td>%s</td></tr>\n", html.EscapeString(r[0]), html.EscapeString(r[1]))
	}
	b.WriteString("</table></body></html>\n")
	return []byte(b.String()), nil
}

const (
	odsType     = "application/vnd.oasis.opendocument.spreadsheet"
	odsManifest = `<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="` + odsType + `"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
`
	odsHead = `<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="Báo cáo">
`
	odsFoot = "</table:table></office:spreadsheet></office:body></office:document-content>\n"
)

// ods writes the form as LibreOffice stores it, without looks. The archive
// holds no time.
func (s submission) ods() ([]byte, error) {
	var content strings.Builder
	content.WriteString(odsHead)
	for _, r := range s.rows() {
		fmt.Fprintf(&content, "<table:table-row>%s%s</table:table-row>\n", odsCell(r[0]), odsCell(r[1]))
	}
	content.WriteString(odsFoot)
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, p := range []struct {
		name, text string
		method     uint16
	}{
		{"mimetype", odsType, zip.Store},
		{"content.xml", content.String(), zip.Deflate},
		{"META-INF/manifest.xml", odsManifest, zip.Deflate},
	} {
		w, err := archive.CreateHeader(&zip.FileHeader{Name: p.name, Method: p.method})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(p.text)); err != nil {
			return nil, err
		}
	}
	err := archive.Close()
	return out.Bytes(), err
}

func odsCell(text string) string {
	if text == "" {
		return "<table:table-cell/>"
	}
	paragraph := "<text:p>" + html.EscapeString(text) + "</text:p>"
	if _, err := strconv.Atoi(text); err == nil {
		return `<table:table-cell office:value-type="float" office:value="` + text + `">` + paragraph + "</table:table-cell>"
	}
	return `<table:table-cell office:value-type="string">` + paragraph + "</table:table-cell>"
}
