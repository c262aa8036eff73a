package sheets

import (
	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/diag"
)

// rows is where the rows of a sheet go: a stream, or a sheet that is held in
// memory. It is no interface, for a linker keeps every exported method of what
// an interface may hold, and a stream holds the file: that is much of excelize.
type rows struct {
	SetColWidth func(from, to int, width float64) error
	SetColStyle func(from, to, style int) error
	SetPanes    func(*excelize.Panes) error
	SetRow      func(cell string, values []any, opts ...excelize.RowOpts) error
	MergeCell   func(from, to string) error
	Flush       func() error
}

func (b *Book) rows(sheet string, shared bool) (*rows, error) {
	if shared {
		h := held{b.f, sheet}
		return &rows{h.SetColWidth, h.SetColStyle, h.SetPanes, h.SetRow, h.MergeCell, h.Flush}, nil
	}
	w, err := b.f.NewStreamWriter(sheet)
	if err != nil {
		return nil, err
	}
	return &rows{w.SetColWidth, w.SetColStyle, w.SetPanes, w.SetRow, w.MergeCell, w.Flush}, nil
}

// held is a sheet in memory. Its texts stand in the workbook's table of
// strings, which streamed rows do without.
type held struct {
	f     *excelize.File
	sheet string
}

func (h held) SetColWidth(from, to int, width float64) error {
	return h.f.SetColWidth(h.sheet, diag.ColumnName(from), diag.ColumnName(to), width)
}

func (h held) SetColStyle(from, to, style int) error {
	return h.f.SetColStyle(h.sheet, diag.ColumnName(from)+":"+diag.ColumnName(to), style)
}

func (h held) SetPanes(p *excelize.Panes) error { return h.f.SetPanes(h.sheet, p) }

func (h held) MergeCell(from, to string) error { return h.f.MergeCell(h.sheet, from, to) }

func (held) Flush() error { return nil }

func (h held) SetRow(cell string, values []any, opts ...excelize.RowOpts) error {
	_, row, err := excelize.CellNameToCoordinates(cell)
	if err != nil {
		return err
	}
	for _, o := range opts {
		if o.Height > 0 {
			if err := h.f.SetRowHeight(h.sheet, row, o.Height); err != nil {
				return err
			}
		}
	}
	for i, v := range values {
		c, at := v.(*excelize.Cell), diag.A1(row, i+1)
		if c.Value != nil {
			if err := h.f.SetCellValue(h.sheet, at, c.Value); err != nil {
				return err
			}
		}
		if c.Formula != "" {
			if err := h.f.SetCellFormula(h.sheet, at, c.Formula); err != nil {
				return err
			}
		}
		if err := h.f.SetCellStyle(h.sheet, at, at, c.StyleID); err != nil {
			return err
		}
	}
	return nil
}
