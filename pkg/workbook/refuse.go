package workbook

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/term"
)

// headSize is how many bytes at the beginning of a file are examined to detect
// its kind.
const headSize = 64 << 10

// The remedies that a refusal ends with.
var (
	typeIntoSheet = lang.T("put the figures into a spreadsheet and save it as .xlsx",
		"hãy đưa số liệu vào bảng tính và lưu dạng .xlsx")
	askForSheet = lang.T("ask the sender for the spreadsheet that it was made from",
		"đề nghị đơn vị gửi bảng tính gốc")
	unpack = lang.T("unpack it and give the workbooks inside",
		"hãy giải nén và dùng các tệp bảng tính bên trong")
	exportAgain = lang.T("export the figures again, as .xlsx or as CSV in UTF-8",
		"hãy xuất lại số liệu dạng .xlsx hoặc CSV mã UTF-8")
)

// signatures are the first bytes of what is refused by name.
var signatures = []struct {
	magic  string
	what   lang.Text
	remedy lang.Text
}{
	{"%PDF-", lang.T("this is a PDF document", "đây là tệp PDF"), askForSheet},
	{"{\\rtf", lang.T("this is a Rich Text document (.rtf)", "đây là văn bản Rich Text (.rtf)"), typeIntoSheet},
	{"\x89PNG\r\n\x1a\n", picture("PNG"), askForSheet},
	{"\xff\xd8\xff", picture("JPEG"), askForSheet},
	{"GIF8", picture("GIF"), askForSheet},
	{"II*\x00", picture("TIFF"), askForSheet},
	{"MM\x00*", picture("TIFF"), askForSheet},
	{"PK\x05\x06", lang.T("this is an empty zip archive", "đây là tệp nén zip rỗng"), term.AskSender},
	{"Rar!\x1a\x07", archive("RAR"), unpack},
	{"7z\xbc\xaf\x27\x1c", archive("7-Zip"), unpack},
	{"\x1f\x8b", archive("gzip"), unpack},
	{"\xfd7zXZ\x00", archive("xz"), unpack},
	{"\x09\x00\x04\x00", oldExcel, diag.SaveAsXLSX}, // BIFF 2 to 4
	{"\x09\x02\x06\x00", oldExcel, diag.SaveAsXLSX},
	{"\x09\x04\x06\x00", oldExcel, diag.SaveAsXLSX},
	{"MIME-Version:", lang.T("this is a single-file web page (.mht)", "đây là trang web một tệp (.mht)"), diag.SaveAsXLSX},
}

var oldExcel = lang.T("this is a workbook of Excel 4.0 or older (.xls)", "đây là sổ bảng tính Excel 4.0 trở về trước (.xls)")

func picture(kind string) lang.Text {
	return lang.F("this is a picture (%s)", "đây là tệp ảnh (%s)", kind)
}

func archive(kind string) lang.Text {
	return lang.F("this is a %s archive", "đây là tệp nén %s", kind)
}

// content is the bytes of a file that is no .xlsx workbook.
type content struct {
	name string
	r    io.ReaderAt
	size int64
	opt  Options
	done int64 // bytes that have been read
}

// refuse refuses the whole file for a reason, with the remedy.
func (c *content) refuse(what, remedy lang.Text) error {
	return refuseAt(diag.InFile(c.name), what, remedy)
}

func refuseAt(pos diag.Pos, what, remedy lang.Text) error {
	return diag.Refuse(&diag.Fault{What: what, Remedy: remedy}, pos)
}

// openOther opens what is no .xlsx workbook, or refuses it by name. It goes by
// the content and not by the extension.
func openOther(ctx context.Context, name string, r io.ReaderAt, size int64, opt Options) (*Workbook, error) {
	c := &content{name: name, r: r, size: size, opt: opt}
	if most := opt.Limits.FileBytes; size > most {
		return nil, c.refuse(lang.F("the file has %d bytes; at most %d are read", "tệp có %d byte; chỉ đọc tối đa %d", size, most),
			lang.T("remove what is not needed or split it", "hãy bỏ phần không cần thiết hoặc tách tệp"))
	}
	head, err := c.head()
	if err != nil {
		return nil, err
	}
	if err := c.refuseBinary(head); err != nil {
		return nil, err
	}
	if decoded, err := c.decode(head); decoded != nil || err != nil {
		if err != nil {
			return nil, err
		}
		return decoded.open(ctx)
	}
	return c.openText(ctx)
}

// head returns the beginning of the content.
func (c *content) head() ([]byte, error) {
	head := make([]byte, min(c.size, headSize))
	n, err := c.r.ReadAt(head, 0)
	if n < len(head) {
		return nil, cannotRead(c.name, err)
	}
	return head, nil
}

// refuseBinary refuses what its first bytes give away.
func (c *content) refuseBinary(head []byte) error {
	if len(head) == 0 {
		return c.refuse(term.EmptyFile, term.AskSender)
	}
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.magic)) {
			return c.refuse(s.what, s.remedy)
		}
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return c.refuseZip()
	case len(head) > 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP":
		return c.refuse(picture("WebP"), askForSheet)
	case len(head) > 26 && string(head[:2]) == "BM" && string(head[6:10]) == "\x00\x00\x00\x00":
		return c.refuse(picture("BMP"), askForSheet)
	case len(head) > 12 && string(head[4:8]) == "ftyp":
		return c.refuse(picture("HEIC/MP4"), askForSheet)
	}
	return nil
}

// refuseZip names what a sound zip file without a workbook holds. The
// directory has been checked and bounded by the reader of .xlsx files.
func (c *content) refuseZip() error {
	plain := c.refuse(term.ZipFile, unpack)
	z, err := zip.NewReader(c.r, c.size)
	if err != nil {
		return plain
	}
	for _, f := range z.File {
		switch name := strings.ToLower(f.Name); {
		case name == "xl/workbook.bin":
			return c.refuse(lang.T("this is an Excel binary workbook (.xlsb)", "đây là sổ bảng tính nhị phân Excel (.xlsb)"), diag.SaveAsXLSX)
		case name == "word/document.xml":
			return c.refuse(lang.T("this is a Word document (.docx)", "đây là văn bản Word (.docx)"), typeIntoSheet)
		case name == "ppt/presentation.xml":
			return c.refuse(lang.T("this is a PowerPoint presentation (.pptx)", "đây là bài trình chiếu PowerPoint (.pptx)"), typeIntoSheet)
		case name == "index/document.iwa":
			return c.refuse(lang.T("this is an Apple iWork document", "đây là tài liệu Apple iWork"),
				lang.T("open it in Numbers and export it as .xlsx", "hãy mở bằng Numbers và xuất dạng .xlsx"))
		case name == "mimetype":
			return c.refuseOpenDocument(f)
		}
	}
	return plain
}

// refuseOpenDocument names an OpenDocument file that is no spreadsheet by its
// part "mimetype" (ODF 1.3 part 2, 3.3).
func (c *content) refuseOpenDocument(f *zip.File) error {
	const prefix = "application/vnd.oasis.opendocument."
	var mime [len(prefix) + 16]byte
	n := 0
	if r, err := f.Open(); err == nil {
		n, _ = io.ReadFull(r, mime[:])
		r.Close()
	}
	if bytes.HasPrefix(mime[:n], []byte(prefix)) {
		return c.refuse(lang.T("this is an OpenDocument file that is no spreadsheet",
			"đây là tệp OpenDocument, không phải bảng tính"), typeIntoSheet)
	}
	return c.refuse(term.ZipFile, unpack)
}

// openText opens a page or a table of text, in UTF-8 from here on.
func (c *content) openText(ctx context.Context) (*Workbook, error) {
	head, err := c.head()
	if err != nil {
		return nil, err
	}
	if bom := []byte("\xef\xbb\xbf"); bytes.HasPrefix(head, bom) {
		head = head[len(bom):]
		c = c.part(int64(len(bom)))
	}
	if i := bytes.IndexFunc(head, isControl); i >= 0 {
		return nil, c.refuse(lang.T("this is no workbook that parcheck reads", "parcheck không đọc được loại tệp này"), diag.SaveAsXLSX)
	}
	text := bytes.TrimSpace(head)
	switch {
	case len(text) == 0:
		return nil, c.refuse(lang.T("the file holds white space only", "tệp chỉ có khoảng trắng"), term.AskSender)
	case looksLikeJSON.Match(text):
		return nil, c.refuse(lang.T("this is a JSON file", "đây là tệp JSON"), exportAgain)
	}
	switch root := findRoot(text); {
	case root == spreadsheetXML:
		return nil, c.refuse(lang.T("this is an XML Spreadsheet 2003", "đây là bảng tính XML 2003 (XML Spreadsheet)"), diag.SaveAsXLSX)
	case root == flatDocument:
		return nil, c.refuse(lang.T("this is an OpenDocument file of one part (.fods)", "đây là tệp OpenDocument dạng phẳng (.fods)"), diag.SaveAsXLSX)
	case root == otherXML:
		return nil, c.refuse(lang.T("this is an XML file that is no spreadsheet", "đây là tệp XML, không phải bảng tính"), exportAgain)
	case root == page || hasTable.Match(text):
		return openHTML(ctx, c)
	}
	return openCSV(ctx, c, head)
}

// part is the content from a place on.
func (c *content) part(from int64) *content {
	return &content{name: c.name, r: io.NewSectionReader(c.r, from, c.size-from), size: c.size - from, opt: c.opt}
}

// isControl reports whether a character is found in no text.
func isControl(r rune) bool {
	return r < ' ' && !strings.ContainsRune("\t\n\v\f\r\x1a\x1b", r)
}

var (
	looksLikeJSON = regexp.MustCompile(`^(\{\s*("|\}$)|\[\s*[\[{"])`)
	hasTable      = regexp.MustCompile(`(?is)<table[\s>].*<t[rhd][\s>]`)
)

// notUTF8 is the refusal of text in another encoding, which is never guessed.
func notUTF8(pos diag.Pos) error {
	return refuseAt(pos, lang.T("the text is not in UTF-8 (it may be in windows-1258, TCVN3 or VNI)",
		"văn bản không phải mã UTF-8 (có thể là windows-1258, TCVN3 hoặc VNI)"), exportAgain)
}

// root is the name of the first tag of a file.
type root uint8

const (
	noRoot root = iota // no markup
	page
	spreadsheetXML
	flatDocument // OpenDocument in one part
	otherXML
)

var (
	prologue = regexp.MustCompile(`(?s)^(\s+|<\?.*?\?>|<!--.*?-->|<![^>]*>)+`)
	firstTag = regexp.MustCompile(`^<([A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)([^>]*)`)
)

// findRoot looks at the first tag behind declarations and comments. A file
// that calls itself XML is a page only when its root is an element of pages.
func findRoot(text []byte) root {
	rest := text[len(prologue.Find(text)):]
	tag := firstTag.FindSubmatch(rest)
	if tag == nil {
		return noRoot
	}
	name := strings.ToLower(string(tag[2]))
	switch {
	case name == "workbook" && bytes.Contains(tag[3], []byte("urn:schemas-microsoft-com:office:spreadsheet")):
		return spreadsheetXML
	case name == "document" && bytes.Contains(tag[3], []byte("urn:oasis:names:tc:opendocument:xmlns:office:1.0")):
		return flatDocument
	case len(tag[1]) > 0, bytes.HasPrefix(text, []byte("<?xml")) && !slices.Contains([]string{"html", "table", "body", "div"}, name),
		name == "svg", name == "workbook":
		return otherXML
	}
	return page
}

// reader reads the content from an offset on, and reports the progress.
func (c *content) reader(from int64) io.Reader {
	return &progressReader{io.NewSectionReader(c.r, from, c.size-from), c}
}

type progressReader struct {
	r io.Reader
	c *content
}

func (p *progressReader) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	p.c.done += int64(n)
	if p.c.opt.Progress != nil {
		p.c.opt.Progress(p.c.done)
	}
	return n, err
}
