package batch

import (
	"bytes"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// Role is what a file in a folder is, by its name.
type Role int

// The roles.
const (
	OtherKind  Role = iota // of a kind that is not read
	Submission             // it is read
	Aside                  // hidden, or put there by a program: nobody handed it in
)

// RoleOf tells the role of a file by its name, without its folder. A file that
// somebody names, and not its folder, is read whatever it is called.
func RoleOf(name string) Role {
	switch {
	case strings.HasPrefix(name, "."),
		strings.HasPrefix(name, "~$"), // the lock of a file that is open in Excel
		slices.Contains(systemFiles, strings.ToLower(name)):
		return Aside
	case slices.Contains(workbook.Extensions(), strings.ToLower(path.Ext(name))):
		return Submission
	}
	return OtherKind
}

// Wanted says what files are wanted, and how others become such.
func Wanted() lang.Text {
	types := slices.DeleteFunc(workbook.Extensions(), func(e string) bool { return e == ".xlsb" })
	return lang.F("want %s; save what is in another kind of file, such as a PDF or a scan, as .xlsx",
		"cần tệp %s; số liệu ở loại tệp khác, như PDF hay bản quét, thì lưu lại dạng .xlsx", strings.Join(types, ", "))
}

// systemFiles are put into folders by Windows, and hidden there.
var systemFiles = []string{"thumbs.db", "desktop.ini"}

// NotRead is the finding that a file in a folder is of a kind that is not read.
func NotRead(file string) diag.Diagnostic {
	return diag.New(diag.WrongFormat, diag.InFile(file), lang.F(
		"a file of a kind that is not read: %s", "tệp thuộc loại không đọc được: %s", Wanted()))
}

// MayBeOwnPage reports whether a file's name is that of a page, which IsOwnPage
// tells from a submission.
func MayBeOwnPage(name string) bool {
	return slices.Contains([]string{".html", ".htm"}, strings.ToLower(path.Ext(name)))
}

// IsOwnPage reports whether a page is one that parcheck wrote, which lies beside
// the submissions that it tells of. Its head says so.
func IsOwnPage(content io.ReaderAt) bool {
	head := make([]byte, 2048)
	n, _ := content.ReadAt(head, 0)
	return bytes.Contains(head[:n], []byte(`<meta name="generator" content="parcheck `))
}

// SkippedPage is the finding that a file is such a page.
func SkippedPage(file string) diag.Diagnostic {
	return diag.New(diag.OwnPage, diag.InFile(file), lang.T(
		"a page that parcheck wrote, which is no submission: it is skipped",
		"trang kết quả do parcheck ghi, không phải tệp số liệu: bị bỏ qua"))
}
