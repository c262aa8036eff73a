package xls

import (
	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
)

// How a formula's result is told that is no number: the first of its eight
// bytes, when the last two are 0xffff ([MS-XLS] 2.5.133).
const (
	textResult  = 0 // the text follows in STRING
	boolResult  = 1
	errorResult = 2
	emptyResult = 3 // an empty text
)

// errorNames are what errors are shown as ([MS-XLS] 2.5.10).
var errorNames = map[byte]string{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0f: "#VALUE!", 0x17: "#REF!", 0x1d: "#NAME?",
	0x24: "#NUM!", 0x2a: "#N/A", 0x2b: "#GETTING_DATA"}

// read reads the cells of the present record.
func (r *Rows) read() error {
	b := r.r
	if b.kind != recMulRK {
		return r.readCell(b.u16(2), b.u16(4))
	}
	for i := range (len(b.body) - 6) / 6 {
		col, at := b.u16(2)+i, 4+6*i
		if r.survey.shuffled && col != r.only {
			continue
		}
		if err := r.count(col); err != nil {
			return err
		}
		if !r.wants(col) {
			continue
		}
		c, err := r.cell(col, b.u16(at))
		if err == nil {
			err = r.number(c, unpackRK(b.u32(at+2)))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// wants reports whether a column (0-based) has been asked for.
func (r *Rows) wants(col int) bool { return r.wanted == nil || r.wanted[col] }

// count counts a cell that holds something.
func (r *Rows) count(col int) error {
	r.at = diag.Cell(r.row.Number, col+1)
	if r.f.cells++; r.f.cells > r.mostCells {
		return diag.TooMuch("the workbook has more than %d cells", "sổ bảng tính có hơn %d ô", r.mostCells)
	}
	return nil
}

// cell adds a cell with a style and no content to the row. Style 0 always is
// there: it is what a cell has in a workbook without styles.
func (r *Rows) cell(col, n int) (*cell.Cell, error) {
	f := r.f
	if n >= len(f.styles) && n > 0 {
		return nil, diag.Wrong("the cell has the style %d, and the workbook has %d styles",
			"ô có kiểu định dạng %d trong khi sổ bảng tính chỉ có %d kiểu", n, len(f.styles))
	}
	r.row.Cells = append(r.row.Cells, cell.Cell{Col: col + 1})
	c := &r.row.Cells[len(r.row.Cells)-1]
	if n < len(f.styles) {
		s := &f.styles[n]
		c.Format, c.Font, c.Mark, c.Indent = s.format, f.fontAt(s.font).code, s.mark, s.indent
	}
	return c, nil
}

// styleFont is the font of a style.
func (f *File) styleFont(n int) *font {
	if n >= len(f.styles) {
		return &font{}
	}
	return f.fontAt(f.styles[n].font)
}

// readCell reads the record of one cell.
func (r *Rows) readCell(col, style int) error {
	if err := r.count(col); err != nil || !r.wants(col) {
		return err
	}
	c, err := r.cell(col, style)
	if err != nil {
		return err
	}
	b := r.r
	switch b.kind {
	case recNumber:
		if err := b.need(14, aCell); err != nil {
			return err
		}
		return r.number(c, double(b.body[6:]))
	case recRK:
		if err := b.need(10, aCell); err != nil {
			return err
		}
		return r.number(c, unpackRK(b.u32(6)))
	case recLabelSST:
		if err := b.need(10, aCell); err != nil {
			return err
		}
		return r.shared(c, b.u32(6), style)
	case recLabel, recRString:
		return r.text(c, &segments{b, b.body[6:]}, style, b.kind == recRString)
	case recBoolErr:
		if err := b.need(8, aCell); err != nil {
			return err
		}
		return boolOrError(c, b.body[6], b.body[7] != 0)
	default:
		return r.formula(c, style)
	}
}

// number makes a cell that of a number.
func (r *Rows) number(c *cell.Cell, x float64) error {
	start := len(r.values)
	var ok bool
	if r.values, ok = appendNumber(r.values, x); !ok {
		return diag.Wrong("the cell holds what is no number that a spreadsheet can show (%v)", "ô chứa giá trị không phải số mà bảng tính hiển thị được (%v)", x)
	}
	c.Raw = r.values[start:len(r.values):len(r.values)]
	c.Kind = cell.NumberKind(c.Format, c.Raw)
	return nil
}

// shared makes a cell that of a text of the string table.
func (r *Rows) shared(c *cell.Cell, i uint32, style int) error {
	t := &r.f.table
	if int64(i) >= int64(len(t.refs)) {
		return diag.Wrong("the cell refers to text %d of the string table, which holds %d",
			"ô tham chiếu tới đoạn chữ %d trong khi bảng chuỗi dùng chung chỉ có %d", int64(i)+1, len(t.refs))
	}
	c.Kind, c.Raw, c.Shared = cell.Text, t.at(int(i)), int(i)+1
	r.f.mark(c, t.rich[int(i)], style)
	return nil
}

// mark adds what the parts of a text look like.
func (f *File) mark(c *cell.Cell, rich richness, style int) {
	c.Mark = max(c.Mark, rich.mark)
	if rich.first != nil && rich.first.look != f.styleFont(style).look {
		c.Mark = max(c.Mark, cell.Parts)
	}
	if rich.code != cell.UnicodeFont {
		c.Font = rich.code
	}
}

// text makes a cell that of a text of its own, with runs of fonts or without.
func (r *Rows) text(c *cell.Cell, s *segments, style int, runs bool) error {
	n, err := s.uint(2)
	if err != nil {
		return err
	}
	start := len(r.values)
	size, rich := 1, richness{}
	if r.f.biff8 {
		size = 2
	}
	if r.values, err = r.f.chars(r.values, s, int(n), r.f.page(r.f.styleFont(style))); err != nil {
		return err
	}
	if runs {
		count, err := s.uint(size)
		if err != nil {
			return err
		}
		list, err := r.f.runs(s, int(n), int(count), size)
		if err != nil {
			return err
		}
		r.values, rich = enrich(r.values, start, list, r.f.biff8 || isASCII(r.values[start:]))
	}
	c.Kind, c.Raw = cell.Text, r.values[start:len(r.values):len(r.values)]
	r.f.mark(c, rich, style)
	return nil
}

var (
	noRaw  = []byte("0")
	yesRaw = []byte("1")
)

// boolOrError makes a cell that of a boolean or an error.
func boolOrError(c *cell.Cell, value byte, isError bool) error {
	name, known := errorNames[value]
	switch {
	case isError && known:
		c.Kind, c.Raw = cell.Error, []byte(name)
	case isError:
		return diag.Wrong("the cell holds the unknown error %d", "ô chứa lỗi không rõ %d", value)
	case value > 1:
		return diag.Wrong("the cell holds %d as a boolean (0 or 1)", "ô chứa %d ở chỗ giá trị đúng/sai (0 hoặc 1)", value)
	case value == 1:
		c.Kind, c.Raw = cell.Bool, yesRaw
	default:
		c.Kind, c.Raw = cell.Bool, noRaw
	}
	return nil
}

// formula makes a cell that of a formula's result ([MS-XLS] 2.4.127).
func (r *Rows) formula(c *cell.Cell, style int) error {
	b := r.r // its length has been looked at
	c.Formula = cell.Calculated
	if r.survey.noResults() {
		c.Formula = cell.Uncalculated
		return nil
	}
	if r.leavesOut(b.body[20:]) {
		c.Formula = cell.VisibleOnly
	}
	result := b.body[6:14]
	if result[6] != 0xff || result[7] != 0xff {
		return r.number(c, double(result))
	}
	switch result[0] {
	case textResult:
		return r.resultText(c, style)
	case boolResult, errorResult:
		return boolOrError(c, result[2], result[0] == errorResult)
	case emptyResult:
		c.Kind, c.Raw = cell.Text, nil
		return nil
	}
	return diag.Wrong("the formula's result is of the unknown kind %d", "kết quả công thức thuộc loại không rõ %d", result[0])
}

// leavesOut reports whether a formula leaves out hidden rows. A shared formula
// stands where its first cell does, and the cell names the place (tExp).
func (r *Rows) leavesOut(formula []byte) bool {
	const atPlace = 1
	if len(formula) >= 7 && formula[2] == atPlace {
		return r.survey.subtotals[placeKey(int(formula[3])|int(formula[4])<<8, int(formula[5]))]
	}
	return leavesOut(formula)
}

// resultText reads the text that follows a formula. What is shared by several
// formulas may stand between.
func (r *Rows) resultText(c *cell.Cell, style int) error {
	for {
		next, err := r.r.peek()
		if err != nil {
			return err
		}
		switch next {
		case recShared, recArray, recTable, recContinue:
			if err := r.r.next(); err != nil {
				return err
			}
		case recString:
			if err := r.r.next(); err != nil {
				return err
			}
			return r.text(c, &segments{r.r, r.r.body}, style, false)
		default:
			return diag.Damaged("the text that the formula results in is not there", "thiếu đoạn chữ kết quả của công thức")
		}
	}
}
