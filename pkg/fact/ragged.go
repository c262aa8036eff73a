package fact

import (
	"github.com/parcheck/parcheck/pkg/account"
	"slices"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
)

// fields is the number of fields in the header of a table in a text file. Blank
// ones at its end are optional.
type fields struct{ named, given int }

// fieldsOf counts the fields of a header, the widest of its lines; in files
// that are no text there are none.
func fieldsOf(g *table.Grid, h table.Header) fields {
	var f fields
	for n := h.Top; n <= h.Bottom; n++ {
		r := g.Row(n).Record
		f.named, f.given = max(f.named, r.Filled), max(f.given, r.Fields)
	}
	return f
}

// check refuses a record whose number of fields differs from that of the
// header: a value contains a separator or one is lost, and the values behind it
// are in the wrong columns. Blank fields behind the last column shift nothing.
func (f fields) check(file string, r cell.Record) error {
	if r.Line == 0 || r.Fields >= f.named && r.Filled <= f.given {
		return nil
	}
	return &diag.Refusal{Diagnostic: diag.New(diag.Unreadable, diag.Pos{File: file, Line: r.Line}, lang.F(
		"the record has %d fields, and the header has %d: its values may stand in the wrong columns; put a value that contains the separator in quotes, or export the figures again as .xlsx",
		"bản ghi có %d trường, còn tiêu đề có %d: giá trị có thể nằm sai cột; hãy đặt giá trị có chứa dấu phân cách trong nháy kép, hoặc xuất lại số liệu dạng .xlsx",
		r.Fields, f.named))}
}

// checkRecords checks the rows of a form or a cross-table in a text file. A
// short line without a figure, such as a heading or a signature, is no record.
func (t *body) checkRecords(file string) error {
	f := fieldsOf(&t.sheet.grid, t.header)
	if f.given == 0 {
		return nil
	}
	for i := range t.rows {
		r := &t.rows[i]
		if r.Role == account.Nothing || r.Role == account.Beyond || r.Record.Fields < f.named && !t.holdsFigure(r.Row) {
			continue
		}
		if err := f.check(file, r.Record); err != nil {
			return err
		}
	}
	return nil
}

// holdsFigure reports whether a row has something in a column that is neither
// its label nor its numbering.
func (t *located) holdsFigure(row *cell.Row) bool {
	return slices.ContainsFunc(row.Cells, func(c cell.Cell) bool {
		i := slices.IndexFunc(t.header.Columns, func(f table.Found) bool { return f.Col == c.Col })
		return i >= 0 && t.Columns[i].Role == plan.NoRole
	})
}
