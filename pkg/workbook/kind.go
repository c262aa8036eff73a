package workbook

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/lang"
)

// Kind is the kind of a file, detected by its content; reports print it as it
// is.
type Kind string

// The kinds.
const (
	XLSX Kind = "xlsx"
	XLSM Kind = "xlsm" // with macros, which are never run
	XLS  Kind = "xls"  // of Excel 5.0 to 2003
	ODS  Kind = "ods"
	HTML Kind = "html"
	CSV  Kind = "csv"
	TSV  Kind = "tsv"
)

// kinds has a row for each kind: all that is known of it beside how it is read.
// The row without a kind is of files that are looked for and refused by name.
var kinds = []kindRow{
	{XLSX, lang.T("an .xlsx workbook", "sổ bảng tính .xlsx"), []string{".xlsx"}, true},
	{XLSM, lang.T("a workbook with macros (.xlsm)", "tệp có macro (.xlsm)"), []string{".xlsm"}, true},
	{XLS, lang.T("a workbook of Excel 2003 or older (.xls)", "sổ bảng tính Excel 2003 trở về trước (.xls)"), []string{".xls"}, true},
	{CSV, lang.T("a csv file", "tệp csv"), []string{".csv"}, false},
	{TSV, lang.T("a tsv file", "tệp tsv"), []string{".tsv"}, false},
	{HTML, lang.T("an html file", "tệp html"), []string{".htm", ".html"}, false},
	{"", lang.Text{}, []string{".xlsb"}, false},
	{ODS, lang.T("an OpenDocument spreadsheet (.ods)", "bảng tính OpenDocument (.ods)"), []string{".ods"}, true},
}

type kindRow struct {
	Kind
	title      lang.Text // as a message calls such a file
	extensions []string  // by which it is found in folders
	sheets     bool      // somebody chose the names of its sheets
}

func (k Kind) row() kindRow {
	i := slices.IndexFunc(kinds, func(r kindRow) bool { return r.Kind == k })
	return kinds[max(i, 0)]
}

// Title is what a message calls a file of the kind.
func (k Kind) Title() lang.Text { return k.row().title }

// NamesSheets reports whether somebody chose the names of the sheets: web pages
// and text files have none.
func (k Kind) NamesSheets() bool { return k.row().sheets }

// Extensions lists the extensions of the files that are read in folders.
func Extensions() []string {
	var out []string
	for _, k := range kinds {
		out = append(out, k.extensions...)
	}
	return out
}
