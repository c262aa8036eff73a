package workbook

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// zipped makes a zip file of names and contents in turn.
func zipped(t testing.TB, parts ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func utf16LE(s string) string {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

func utf16BE(s string) string {
	b := []byte{0xfe, 0xff}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return string(b)
}

const (
	contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>`
	save         = ": open it in a spreadsheet program and save it as .xlsx [unreadable]"
	saveVI       = ": hãy mở bằng phần mềm bảng tính và lưu lại dạng .xlsx [unreadable]"
	export       = ": export the figures again, as .xlsx or as CSV in UTF-8 [unreadable]"
	exportVI     = ": hãy xuất lại số liệu dạng .xlsx hoặc CSV mã UTF-8 [unreadable]"
	intoSheet    = ": put the figures into a spreadsheet and save it as .xlsx [unreadable]"
	intoSheetVI  = ": hãy đưa số liệu vào bảng tính và lưu dạng .xlsx [unreadable]"
	original     = ": ask the sender for the spreadsheet that it was made from [unreadable]"
	originalVI   = ": đề nghị đơn vị gửi bảng tính gốc [unreadable]"
	resend       = ": ask the sender for it again [unreadable]"
	resendVI     = ": đề nghị đơn vị gửi lại [unreadable]"
	hurt         = ": the file is damaged: ask the sender for it again [unreadable]"
	hurtVI       = ": tệp bị hỏng: đề nghị đơn vị gửi lại [unreadable]"
	unzip        = ": unpack it and give the workbooks inside [unreadable]"
	unzipVI      = ": hãy giải nén và dùng các tệp bảng tính bên trong [unreadable]"
)

// Each kind of file is refused by name and with the remedy, whatever its
// extension says.
func TestRefusedByName(t *testing.T) {
	for _, c := range []struct{ what, data, en, vi string }{
		{"empty", "", "the file is empty" + resend, "tệp rỗng" + resendVI},
		{"white space", "\ufeff \r\n\t", "the file holds white space only" + resend, "tệp chỉ có khoảng trắng" + resendVI},
		{"xls", compound("Workbook", "\x05SummaryInformation", "\x05DocumentSummaryInformation"), "the workbook inside the file is empty" + hurt,
			"phần sổ bảng tính trong tệp rỗng" + hurtVI},
		{"xls 5.0", compound("Book"), "the workbook inside the file is empty" + hurt, "phần sổ bảng tính trong tệp rỗng" + hurtVI},
		{"xls far behind", compound("a", "b", "c", "d", "e", "f", "g", "h", "Workbook"), "the workbook inside the file is empty" + hurt,
			"phần sổ bảng tính trong tệp rỗng" + hurtVI},
		{"encrypted xlsx", compound("\x06DataSpaces", "EncryptionInfo", "EncryptedPackage"),
			"the workbook is protected with a password: open it with the password and save it as .xlsx without one [unreadable]",
			"sổ bảng tính được bảo vệ bằng mật khẩu: hãy mở bằng mật khẩu rồi lưu lại dạng .xlsx không đặt mật khẩu [unreadable]"},
		{"doc", compound("1Table", "WordDocument"), "this is a Word 97-2003 document (.doc)" + intoSheet, "đây là văn bản Word 97-2003 (.doc)" + intoSheetVI},
		{"ppt", compound("PowerPoint Document"), "this is a PowerPoint 97-2003 presentation (.ppt)" + intoSheet,
			"đây là bài trình chiếu PowerPoint 97-2003 (.ppt)" + intoSheetVI},
		{"msg", compound("__properties_version1.0"), "this is an Outlook message (.msg): save its attachments and give the workbooks among them [unreadable]",
			"đây là thư Outlook (.msg): hãy lưu các tệp đính kèm và dùng tệp bảng tính trong đó [unreadable]"},
		{"another compound file", compound("Contents"), "this is an Office 97-2003 file that is no workbook" + save,
			"đây là tệp Office 97-2003, không phải sổ bảng tính" + saveVI},
		{"a compound file cut off", compound("Workbook")[:700], "this is an Office 97-2003 or password-protected file, and it is damaged (it is cut off)" + resend,
			"đây là tệp Office 97-2003 hoặc tệp có mật khẩu, và đã bị hỏng (bị cắt ngắn)" + resendVI},
		{"a compound file's first bytes", oleMagic, "this is an Office 97-2003 or password-protected file, and it is damaged (it is cut off)" + resend,
			"đây là tệp Office 97-2003 hoặc tệp có mật khẩu, và đã bị hỏng (bị cắt ngắn)" + resendVI},
		{"BIFF 4 alone", "\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00", "this is a workbook of Excel 4.0 or older (.xls)" + save,
			"đây là sổ bảng tính Excel 4.0 trở về trước (.xls)" + saveVI},

		{"xlsb", zipped(t, "[Content_Types].xml", contentTypes, "xl/workbook.bin", ""),
			"this is an Excel binary workbook (.xlsb)" + save, "đây là sổ bảng tính nhị phân Excel (.xlsb)" + saveVI},
		{"docx", zipped(t, "[Content_Types].xml", contentTypes, "word/document.xml", ""),
			"this is a Word document (.docx)" + intoSheet, "đây là văn bản Word (.docx)" + intoSheetVI},
		{"pptx", zipped(t, "[Content_Types].xml", contentTypes, "ppt/presentation.xml", ""),
			"this is a PowerPoint presentation (.pptx)" + intoSheet, "đây là bài trình chiếu PowerPoint (.pptx)" + intoSheetVI},
		{"fods", `<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>`,
			"this is an OpenDocument file of one part (.fods)" + save, "đây là tệp OpenDocument dạng phẳng (.fods)" + saveVI},
		{"odt", zipped(t, "mimetype", "application/vnd.oasis.opendocument.text"),
			"this is an OpenDocument file that is no spreadsheet" + intoSheet, "đây là tệp OpenDocument, không phải bảng tính" + intoSheetVI},
		{"epub", zipped(t, "mimetype", "application/epub+zip"),
			"this is a zip archive and no workbook" + unzip, "đây là tệp nén zip, không phải sổ bảng tính" + unzipVI},
		{"numbers", zipped(t, "Index/Document.iwa", ""), "this is an Apple iWork document: open it in Numbers and export it as .xlsx [unreadable]",
			"đây là tài liệu Apple iWork: hãy mở bằng Numbers và xuất dạng .xlsx [unreadable]"},
		{"zip", zipped(t, "a.xlsx", "x", "b.xlsx", "y"), "this is a zip archive and no workbook" + unzip,
			"đây là tệp nén zip, không phải sổ bảng tính" + unzipVI},
		{"empty zip", zipped(t), "this is an empty zip archive" + resend, "đây là tệp nén zip rỗng" + resendVI},
		{"rar", "Rar!\x1a\x07\x01\x00", "this is a RAR archive" + unzip, "đây là tệp nén RAR" + unzipVI},
		{"7z", "7z\xbc\xaf\x27\x1c\x00", "this is a 7-Zip archive" + unzip, "đây là tệp nén 7-Zip" + unzipVI},
		{"gzip", "\x1f\x8b\x08", "this is a gzip archive" + unzip, "đây là tệp nén gzip" + unzipVI},

		{"pdf", "%PDF-1.7\n%\xe2\xe3", "this is a PDF document" + original, "đây là tệp PDF" + originalVI},
		{"png", "\x89PNG\r\n\x1a\n\x00", "this is a picture (PNG)" + original, "đây là tệp ảnh (PNG)" + originalVI},
		{"jpeg", "\xff\xd8\xff\xe0", "this is a picture (JPEG)" + original, "đây là tệp ảnh (JPEG)" + originalVI},
		{"gif", "GIF89a", "this is a picture (GIF)" + original, "đây là tệp ảnh (GIF)" + originalVI},
		{"tiff", "II*\x00", "this is a picture (TIFF)" + original, "đây là tệp ảnh (TIFF)" + originalVI},
		{"webp", "RIFF\x00\x00\x00\x00WEBPVP8 ", "this is a picture (WebP)" + original, "đây là tệp ảnh (WebP)" + originalVI},
		{"heic", "\x00\x00\x00\x18ftypheic\x00", "this is a picture (HEIC/MP4)" + original, "đây là tệp ảnh (HEIC/MP4)" + originalVI},
		{"bmp", "BM\x36\x00\x0c\x00\x00\x00\x00\x00" + strings.Repeat("\x00", 20), "this is a picture (BMP)" + original, "đây là tệp ảnh (BMP)" + originalVI},
		{"rtf", `{\rtf1\ansi}`, "this is a Rich Text document (.rtf)" + intoSheet, "đây là văn bản Rich Text (.rtf)" + intoSheetVI},
		{"mht", "MIME-Version: 1.0\r\n", "this is a single-file web page (.mht)" + save, "đây là trang web một tệp (.mht)" + saveVI},

		{"XML 2003", `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>` + "\n" + `<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`,
			"this is an XML Spreadsheet 2003" + save, "đây là bảng tính XML 2003 (XML Spreadsheet)" + saveVI},
		{"XML 2003 with a prefix", `<!-- made by hand --><ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">`,
			"this is an XML Spreadsheet 2003" + save, "đây là bảng tính XML 2003 (XML Spreadsheet)" + saveVI},
		{"XML", `<?xml version="1.0"?><report><table/></report>`, "this is an XML file that is no spreadsheet" + export,
			"đây là tệp XML, không phải bảng tính" + exportVI},
		{"SVG", `<svg xmlns="http://www.w3.org/2000/svg"/>`, "this is an XML file that is no spreadsheet" + export,
			"đây là tệp XML, không phải bảng tính" + exportVI},
		{"JSON object", "\ufeff{\n \"a\": 1}", "this is a JSON file" + export, "đây là tệp JSON" + exportVI},
		{"JSON array", `[{"a": 1}]`, "this is a JSON file" + export, "đây là tệp JSON" + exportVI},
		{"login page", "<!DOCTYPE html><html><body><form>Đăng nhập</form></body></html>",
			"this is a web page (HTML) without a table" + export, "đây là trang web (HTML) không có bảng" + exportVI},

		{"binary", "\x00\x01\x02\x03", "this is no workbook that parcheck reads" + save, "parcheck không đọc được loại tệp này" + saveVI},
		{"prose", "Kính gửi Sở Nội vụ\n\nĐề nghị xem xét.\n", "this is a text without columns" + export, "đây là văn bản không có cột" + exportVI},
		{"prose with commas", "Kính gửi, các sở\n\nĐề nghị xem xét.\n", "this is a text without columns" + export, "đây là văn bản không có cột" + exportVI},
		{"UTF-32", "\xff\xfe\x00\x00a\x00\x00\x00", "the text is in UTF-32" + export, "văn bản ở mã UTF-32" + exportVI},
		{"half a UTF-16 unit", utf16LE("a;b\r\n") + "x", "the text is no sound UTF-16" + export, "văn bản UTF-16 bị hỏng" + exportVI},
		{"a lone surrogate", "\xfe\xff\xd8\x00\x00a", "the text is no sound UTF-16" + export, "văn bản UTF-16 bị hỏng" + exportVI},
		{"a data URI cut off", "data:application/vnd.ms-excel;base64,PHRhYmxlP=", "this is a data URI that is cut off or damaged" + export,
			"đây là data URI bị cắt hoặc hỏng" + exportVI},
		{"a data URI in a data URI", "data:text/html,data:text/html,x", "this is a data URI that is cut off or damaged" + export,
			"đây là data URI bị cắt hoặc hỏng" + exportVI},
	} {
		_, err := openBytes("f.xlsx", c.data, cell.Limits{})
		var r *diag.Refusal
		if !errors.As(err, &r) {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		if got, want := r.Diagnostic.In(lang.EN), "f.xlsx: "+c.en; got != want {
			t.Errorf("%s:\n got %s\nwant %s", c.what, got, want)
		}
		if got, want := r.Diagnostic.In(lang.VI), "f.xlsx: "+c.vi; got != want {
			t.Errorf("%s:\n got %s\nwant %s", c.what, got, want)
		}
		if d := r.Diagnostic; d.Check != diag.Unreadable || d.Severity != diag.Error {
			t.Errorf("%s: check %s, severity %s", c.what, d.Check, d.Severity)
		}
	}
}

func TestFileTooLarge(t *testing.T) {
	_, err := openBytes("f.csv", "a;b\nc;d\n", cell.Limits{FileBytes: 5})
	if got, want := describe(err), "f.csv: the file has 8 bytes; at most 5 are read: remove what is not needed or split it [unreadable]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// What is wrapped is taken out: UTF-16 with a byte order mark, data URIs.
func TestUnwrapped(t *testing.T) {
	table := "<table><tr><td>Số liệu</td></tr></table>"
	want := lines("html", "[Bảng 1]", "A1=Số liệu")
	for what, data := range map[string]string{
		"plain":         table,
		"BOM":           "\ufeff" + table,
		"UTF-16 LE":     utf16LE(table),
		"UTF-16 BE":     utf16BE(table),
		"base64":        "data:application/vnd.ms-excel;base64," + base64.StdEncoding.EncodeToString([]byte(table)),
		"base64 lines":  "DATA:application/vnd.ms-excel;charset=utf-8;base64,\r\n" + base64.StdEncoding.EncodeToString([]byte(table))[:16] + "\r\n" + base64.StdEncoding.EncodeToString([]byte(table))[16:],
		"percent":       "data:application/vnd.ms-excel,%3Ctable%3E%3Ctr%3E%3Ctd%3ES%E1%BB%91 li%E1%BB%87u",
		"base64 BOM":    "data:text/html;base64," + base64.StdEncoding.EncodeToString([]byte("\ufeff"+table)),
		"base64 UTF-16": "data:text/html;base64," + base64.StdEncoding.EncodeToString([]byte(utf16LE(table))),
	} {
		if what == "percent" {
			data += "%3C/td%3E%3C/tr%3E%3C/table%3E"
		}
		if got := dump("f.xls", data); got != want {
			t.Errorf("%s:\n%s", what, got)
		}
	}
	got := dump("f.xls", "data:x/y;base64,"+base64.StdEncoding.EncodeToString([]byte("%PDF-1.7")))
	if want := "f.xls: this is a PDF document" + original; got != want {
		t.Errorf("a PDF in a data URI: %s", got)
	}
	got = dump("f.txt", utf16LE("Mã\tSố\r\nA\t😀\r\n"))
	if want := lines("tsv", "[f]", "A1=Mã | B1=Số", "A2=A | B2=😀"); got != want {
		t.Errorf("Unicode text:\n%s", got)
	}
}

// brokenFile fails where a disk would.
type brokenFile struct{ after int64 }

func (f brokenFile) ReadAt(b []byte, at int64) (int, error) {
	if at+int64(len(b)) > f.after {
		return 0, errors.New("bad sector")
	}
	for i := range b {
		b[i] = "a;b\n"[(at+int64(i))%4]
	}
	return len(b), nil
}

func TestReadErrors(t *testing.T) {
	const want = "f.csv: the file cannot be read (bad sector): check the disk or copy the file again [unreadable]"
	_, err := Open(context.Background(), "f.csv", brokenFile{10}, 100, Options{})
	if got := describe(err); got != want {
		t.Errorf("the head: %s", got)
	}
	w, err := Open(context.Background(), "f.csv", brokenFile{headSize}, 4*headSize, Options{})
	if err != nil {
		t.Fatal(err)
	}
	sc, err := w.Scan(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for sc.Next() {
	}
	if got := describe(sc.Err()); got != want {
		t.Errorf("a later part: %s", got)
	}
}

// Nothing that looks at the first bytes can be made to panic.
func FuzzOther(f *testing.F) {
	f.Add([]byte(compound("Workbook")))
	f.Add([]byte(compound("a", "b", "c", "d", "EncryptedPackage")))
	f.Add([]byte(zipped(f, "mimetype", "application/vnd.oasis.opendocument.spreadsheet")))
	f.Add([]byte(utf16LE("a\tb\r\n")))
	f.Add([]byte("data:text/html;base64,PHRhYmxlPg=="))
	f.Add([]byte(`<?xml version="1.0"?><ss:Workbook>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		w, err := openBytes("f", string(data), cell.Limits{})
		if err != nil {
			if describe(err) == "" {
				t.Error("an error says nothing")
			}
			return
		}
		for i := range w.Sheets {
			sc, err := w.Scan(context.Background(), i)
			if err != nil {
				continue
			}
			for sc.Next() {
			}
			if err := sc.Err(); err != nil && describe(err) == "" {
				t.Error("an error says nothing")
			}
		}
	})
}
