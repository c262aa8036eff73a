package xls

import (
	"bytes"
	"context"
	"math"
	"slices"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// survey is what the first reading of a sheet finds.
type survey struct {
	f     *File
	sheet *Sheet
	r     *records
	end   int64 // where another sheet begins, at the latest

	hidden, named rowSet // rows that are hidden, rows that a record ROW is about
	defaultHidden bool   // rows without a record are hidden
	hiddenColumns []diag.Area
	merges        []diag.Area
	manual        bool // formulas are calculated when somebody asks for it
	uncalculated  bool // and somebody did not before saving
	formulas      int
	results       int             // formulas that have a result
	onLoad        bool            // a formula is to be calculated when the file is opened
	subtotals     map[uint32]bool // the places of shared formulas that leave hidden rows out
	lastRow       int             // the last cell
	lastCol       int
	shuffled      bool     // a cell stands before the one that comes before it
	collect       bool     // note where each cell stands
	order         []uint64 // of each cell: its row, column and place; with a bit for blank ones
	cells         int64
	at            diag.Area // the cell or row that is read
}

// rowSet is a set of rows.
type rowSet [maxRow8 / 64]uint64

func (s *rowSet) add(row int)      { s[row/64] |= 1 << (row % 64) }
func (s *rowSet) has(row int) bool { return s[row/64]&(1<<(row%64)) != 0 }

var (
	aCell       = lang.T("a cell", "ô")
	aRow        = lang.T("a row (ROW)", "hàng (ROW)")
	someColumns = lang.T("columns (COLINFO)", "cột (COLINFO)")
	merged      = lang.T("merged cells (MERGEDCELLS)", "ô gộp (MERGEDCELLS)")
	aFormula    = lang.T("a formula (FORMULA)", "công thức (FORMULA)")
)

// survey reads a sheet for what lies where. It decodes no cell.
func (f *File) survey(ctx context.Context, sheet *Sheet, r *records) (*survey, error) {
	s := &survey{f: f, sheet: sheet, r: r, end: f.endOf(sheet)}
	if err := s.read(ctx); err != nil || !s.shuffled {
		return s, err
	}
	s = &survey{f: f, sheet: sheet, r: r, end: s.end, collect: true}
	if err := s.read(ctx); err != nil {
		return s, err
	}
	slices.Sort(s.order)
	return s, s.dropBlanks()
}

// endOf returns where the next sheet begins.
func (f *File) endOf(sheet *Sheet) int64 {
	end := f.size
	for _, s := range f.Sheets {
		if s.at > sheet.at {
			end = min(end, s.at)
		}
	}
	return end
}

// read passes over the group of a sheet; charts inside it are groups too.
func (s *survey) read(ctx context.Context) error {
	r := s.r
	r.at = s.sheet.at
	next, err := r.peek()
	if err == nil && next != recBOF {
		err = diag.Damaged("no sheet begins at byte %d, where the workbook says that it does", "ở byte %d không có trang tính như sổ bảng tính ghi", s.sheet.at)
	}
	if err != nil {
		return err
	}
	for n, depth := 0, 0; ; n++ {
		if n%betweenLook == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if r.at >= s.end && s.end < r.size {
			return diag.Damaged("the sheet has no end before the next one begins, at byte %d", "trang tính chưa kết thúc mà trang sau đã bắt đầu, ở byte %d", s.end)
		}
		s.at = diag.Area{}
		if err := r.next(); err != nil {
			return err
		}
		switch {
		case r.kind == recBOF:
			if depth++; depth > maxNesting {
				return diag.TooMuch("charts lie more than %d deep inside each other", "biểu đồ lồng nhau quá %d lớp", maxNesting)
			}
			if depth == 1 {
				err = s.begin()
			}
		case r.kind == recEOF:
			if depth--; depth == 0 {
				return nil
			}
		case depth == 1:
			err = s.record()
		}
		if err != nil {
			return err
		}
	}
}

// begin looks at the record BOF of the sheet. Which version it says is no
// matter: Excel 97 says its own in workbooks for Excel 95.
func (s *survey) begin() error {
	if err := s.r.need(4, theBeginning); err != nil {
		return err
	}
	if s.r.u16(2) != sheetGroup {
		return diag.Wrong("the workbook calls this a sheet of cells, and it holds a chart or macros", "sổ bảng tính ghi đây là trang tính nhưng nội dung là biểu đồ hoặc macro")
	}
	return nil
}

// record looks at one record of the sheet.
func (s *survey) record() error {
	r := s.r
	switch r.kind {
	case recNumber, recRK, recLabel, recRString, recLabelSST, recBoolErr, recFormula, recBlank:
		if err := r.need(6, aCell); err != nil {
			return err
		}
		if r.kind == recFormula {
			if err := s.formula(); err != nil {
				return err
			}
		}
		return s.place(r.u16(0), r.u16(2), r.u16(2))
	case recMulRK, recMulBlank:
		width := 2
		if r.kind == recMulRK {
			width = 6
		}
		if err := r.need(6+width, aCell); err != nil {
			return err
		}
		first, last := r.u16(2), r.u16(len(r.body)-2)
		if len(r.body) != 6+width*(last-first+1) {
			s.cell(r.u16(0), first)
			return diag.Damaged("a record of %d bytes cannot hold the cells from column %d to %d", "bản ghi %d byte không thể chứa các ô từ cột %d đến %d",
				len(r.body), first+1, last+1)
		}
		return s.place(r.u16(0), first, last)
	case recBlank2, recInteger2, recNumber2, recLabel2, recBoolErr2, recString2, recInteger3, recFormula3, recFormula4:
		return diag.Wrong("the sheet holds a cell as Excel 4.0 and older wrote it (record 0x%04x)", "trang tính có ô theo kiểu Excel 4.0 trở về trước (bản ghi 0x%04x)", int(r.kind))
	}
	return s.aside()
}

// aside looks at a record that is no cell.
func (s *survey) aside() error {
	r := s.r
	switch r.kind {
	case recRow:
		return s.row()
	case recColInfo:
		return s.column()
	case recMergeCells:
		return s.merge()
	case recShared, recArray:
		if len(r.body) > 10 && leavesOut(r.body[10:]) {
			if s.subtotals == nil {
				s.subtotals = map[uint32]bool{}
			}
			s.subtotals[placeKey(r.u16(0), int(r.body[4]))] = true
		}
	case recDefaultRow:
		const hidden = 2
		s.defaultHidden = len(r.body) >= 2 && r.u16(0)&hidden != 0
	case recCalcMode:
		s.manual = len(r.body) >= 2 && r.u16(0) == 0
	case recUncalced:
		s.uncalculated = true
	case recFilePass:
		return errPassword()
	default:
	}
	return nil
}

func placeKey(row, col int) uint32 { return uint32(row)<<8 | uint32(col)&0xff }

// cell notes which cell is read, for messages.
func (s *survey) cell(row, col int) { s.at = diag.Cell(row+1, col+1) }

// place notes that cells stand in a row from a column to another.
func (s *survey) place(row, first, last int) error {
	s.cell(row, min(first, maxCol-1))
	rows := maxRow8
	if !s.f.biff8 {
		rows = maxRow5
	}
	switch {
	case row >= rows:
		return diag.Wrong("a cell in row %d; a sheet of this kind has %d rows", "có ô ở hàng %d trong khi loại trang tính này chỉ có %d hàng", row+1, rows)
	case last >= maxCol:
		return diag.Wrong("a cell in column %d; a sheet of this kind has %d columns", "có ô ở cột %d trong khi loại trang tính này chỉ có %d cột", last+1, maxCol)
	case row < s.lastRow, row == s.lastRow && first <= s.lastCol && s.cells > 0:
		s.shuffled = true
	}
	s.lastRow, s.lastCol = row, last
	s.cells += int64(last - first + 1)
	if !s.collect {
		return nil
	}
	if len(s.order)+last-first+1 > maxShuffled {
		return diag.TooMuch("the cells of the sheet are not in order, and there are more than %d", "các ô của trang tính không theo thứ tự và có hơn %d ô", maxShuffled)
	}
	blank := uint64(0)
	if s.r.kind == recBlank || s.r.kind == recMulBlank {
		blank = 1
	}
	for col := first; col <= last; col++ {
		s.order = append(s.order, uint64(placeKey(row, col))<<32|uint64(s.r.place)<<1|blank)
	}
	return nil
}

// dropBlanks leaves the cells that hold something. A cell that stands twice is
// what it was last, if it was blank before or the same; else nobody can tell
// which is meant.
func (s *survey) dropBlanks() error {
	kept := s.order[:0]
	for i, spot := range s.order {
		again := i+1 < len(s.order) && s.order[i+1]>>32 == spot>>32
		if again && spot&1 == 0 {
			same, err := s.same(spot, s.order[i+1])
			if err != nil {
				return err
			}
			if !same {
				s.cell(int(spot>>40), int(spot>>32&0xff))
				return diag.Wrong("the cell stands twice in the file, and not with the same content", "ô này xuất hiện hai lần trong tệp với nội dung khác nhau")
			}
		}
		if spot&1 == 0 && !again {
			kept = append(kept, spot)
		}
	}
	s.order = kept
	return nil
}

// same reports whether two records of one cell are the same, byte by byte. The
// text that a formula results in is not looked at: such records are not.
func (s *survey) same(a, b uint64) (bool, error) {
	s.r.jump(placeOf(a))
	if err := s.r.next(); err != nil || s.r.kind == recFormula {
		return false, err
	}
	kind, body := s.r.kind, bytes.Clone(s.r.body)
	s.r.jump(placeOf(b))
	err := s.r.next()
	return err == nil && s.r.kind == kind && bytes.Equal(s.r.body, body), err
}

// placeOf is where the record of a cell lies, by its place in the order.
func placeOf(spot uint64) int64 { return int64(spot & math.MaxUint32 >> 1) }

// row reads ROW ([MS-XLS] 2.4.221). A row is hidden by its flag or by a height
// of 0 that somebody chose.
func (s *survey) row() error {
	r := s.r
	if err := r.need(14, aRow); err != nil {
		return err
	}
	const hidden, chosen = 0x20, 0x40
	n, flags := r.u16(0), r.u16(12)
	s.named.add(n)
	if flags&hidden != 0 || flags&chosen != 0 && r.u16(6)&0x7fff == 0 {
		s.hidden.add(n)
	}
	return nil
}

// rowHidden reports whether a row is not shown.
func (s *survey) rowHidden(row int) bool {
	return s.hidden.has(row) || s.defaultHidden && !s.named.has(row)
}

// column reads COLINFO ([MS-XLS] 2.4.53).
func (s *survey) column() error {
	r := s.r
	if err := r.need(10, someColumns); err != nil {
		return err
	}
	const hidden = 1
	first, last := r.u16(0), min(r.u16(2), maxCol-1)
	if r.u16(8)&hidden == 0 && r.u16(4) != 0 || first >= maxCol {
		return nil
	}
	if first > last {
		return diag.Wrong("the hidden columns from %d to %d are no columns", "các cột ẩn từ %d đến %d không phải là cột", first+1, last+1)
	}
	if len(s.hiddenColumns) < maxCol {
		s.hiddenColumns = append(s.hiddenColumns, diag.Area{Col: first + 1, ToCol: last + 1})
	}
	return nil
}

// merge reads MERGEDCELLS ([MS-XLS] 2.4.168).
func (s *survey) merge() error {
	r := s.r
	if err := r.need(2, merged); err != nil {
		return err
	}
	n := r.u16(0)
	if err := r.need(2+8*n, merged); err != nil {
		return err
	}
	if len(s.merges)+n > maxMerges {
		return diag.TooMuch("the sheet has more than %d merged cells", "trang tính có hơn %d ô gộp", maxMerges)
	}
	for at := 2; at < 2+8*n; at += 8 {
		row, toRow, col, toCol := r.u16(at), r.u16(at+2), r.u16(at+4), r.u16(at+6)
		toCol = min(toCol, maxCol-1)
		if row > toRow || col > toCol {
			return diag.Wrong("the merged cells from row %d, column %d to row %d, column %d are no range",
				"vùng ô gộp từ hàng %d, cột %d đến hàng %d, cột %d không phải một vùng", row+1, col+1, toRow+1, toCol+1)
		}
		s.merges = append(s.merges, diag.Area{Row: row + 1, Col: col + 1, ToRow: toRow + 1, ToCol: toCol + 1})
	}
	return nil
}

// formula looks at whether a formula has a result: a library that writes a file
// and calculates nothing leaves an empty text or 0 in its place.
func (s *survey) formula() error {
	r := s.r
	if err := r.need(22, aFormula); err != nil {
		return err
	}
	const onLoad = 2
	calculateOnLoad := r.u16(14)&onLoad != 0 && !s.f.calc
	s.formulas++
	s.onLoad = s.onLoad || calculateOnLoad
	empty := r.u16(12) == 0xffff && r.body[6] == emptyResult
	zero := calculateOnLoad && math.Float64bits(double(r.body[6:])) == 0
	if !empty && !zero {
		s.results++
	}
	return nil
}

// noResults reports whether the results of the sheet's formulas stand for
// nothing: no formula has one, and the file was not written by a program that
// calculates.
func (s *survey) noResults() bool {
	return s.formulas > 0 && s.results == 0 && !s.f.calc && (s.onLoad || !s.f.recalcID)
}

// stale says why the results of the sheet's formulas may be old.
func (s *survey) stale() cell.Stale {
	switch {
	case s.formulas == 0:
		return cell.Fresh
	case s.uncalculated:
		return cell.RecalcUnfinished
	case s.manual:
		return cell.ManualRecalc
	case s.onLoad:
		return cell.RecalcOnLoad
	}
	return cell.Fresh
}

// leavesOut reports whether a formula calls SUBTOTAL, which leaves out rows
// that a filter hides: a call of a function with several arguments (tFuncVar)
// by its number. No reference of Excel 97 looks the same: its last row would
// come before its first.
func leavesOut(tokens []byte) bool {
	for {
		i := bytes.Index(tokens, []byte{subtotal & 0xff, subtotal >> 8})
		if i < 0 {
			return false
		}
		if i >= 2 && tokens[i-1] >= 2 && tokens[i-1] <= 30 && slices.Contains([]byte{0x22, 0x42, 0x62}, tokens[i-2]) {
			return true
		}
		tokens = tokens[i+1:]
	}
}

const subtotal = 344
