package xls

import (
	"context"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/numfmt"
	"github.com/parcheck/parcheck/pkg/term"
)

// What a group of records is for, by its BOF.
const (
	bookGroup  = 0x0005
	sheetGroup = 0x0010
)

// What a sheet is, by its BOUNDSHEET.
const (
	worksheet  = 0
	macroSheet = 1
)

var (
	theBeginning = lang.T("the beginning (BOF)", "mở đầu (BOF)")
	aSheet       = lang.T("a sheet (BOUNDSHEET)", "trang tính (BOUNDSHEET)")
	aFont        = lang.T("a font (FONT)", "phông chữ (FONT)")
	aFormat      = lang.T("a number format (FORMAT)", "định dạng số (FORMAT)")
	aStyle       = lang.T("a cell format (XF)", "kiểu ô (XF)")
	aSetting     = lang.T("a setting", "thiết lập")
	theStrings   = lang.T("the string table (SST)", "bảng chuỗi dùng chung (SST)")
)

// readWorkbook reads the group of records that is about the whole workbook.
func (f *File) readWorkbook(ctx context.Context) error {
	r := f.records(0)
	defer f.release(r)
	group, err := f.begin(r)
	if err != nil {
		return err
	}
	if group == sheetGroup { // a sheet and no workbook round it
		f.Sheets = []Sheet{{Name: f.onlyName(), cells: true}}
		return nil
	}
	if group != bookGroup {
		return &diag.Fault{What: lang.T("the file holds a chart or macros and no sheet", "tệp chứa biểu đồ hoặc macro, không có trang tính"), Remedy: diag.SaveAsXLSX}
	}
	for n := 0; ; n++ {
		if n%betweenLook == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := r.next(); err != nil {
			return err
		}
		if r.kind == recEOF {
			break
		}
		if err := f.global(r); err != nil {
			return err
		}
	}
	if len(f.Sheets) == 0 {
		return diag.Damaged("the workbook has no sheets", "sổ bảng tính không có trang tính nào")
	}
	if err := f.checkPlaces(); err != nil {
		return err
	}
	if err := f.compileStyles(); err != nil {
		return err
	}
	if f.links > 0 {
		f.warn(diag.ExternalLink, diag.InFile(f.name),
			"the workbook links to %d other workbooks, programs (DDE) or data sources; no link is followed, the stored values are read",
			"sổ bảng tính liên kết tới %d tệp, chương trình (DDE) hoặc nguồn dữ liệu khác; parcheck không mở liên kết mà đọc giá trị đã lưu", f.links)
	}
	return f.readStrings(ctx, r)
}

// begin reads the record BOF at the beginning of the stream and returns what
// its group is for.
func (f *File) begin(r *records) (group int, err error) {
	if r.size == 0 {
		return 0, diag.Damaged("the workbook inside the file is empty", "phần sổ bảng tính trong tệp rỗng")
	}
	if err := r.next(); err != nil {
		return 0, err
	}
	switch r.kind {
	case recBOF2, recBOF3, recBOF4:
		return 0, errOld()
	case recBOF:
	default:
		return 0, diag.Damaged("the workbook inside the file does not begin as one", "phần sổ bảng tính trong tệp không có mở đầu hợp lệ")
	}
	if err := r.need(4, theBeginning); err != nil {
		return 0, err
	}
	switch version := r.u16(0); version {
	case 0x0600:
		f.biff8 = true
	case 0x0500, 0x0000: // some programs leave it open
	case 0x0002, 0x0003, 0x0004, 0x0200, 0x0300, 0x0400:
		return 0, errOld()
	default:
		return 0, diag.Wrong("the workbook is of the unknown version 0x%04x", "sổ bảng tính có phiên bản không rõ 0x%04x", version)
	}
	return r.u16(2), nil
}

func errOld() error {
	return &diag.Fault{What: lang.T("this is a workbook of Excel 4.0 or older (.xls)", "đây là sổ bảng tính Excel 4.0 trở về trước (.xls)"), Remedy: diag.SaveAsXLSX}
}

func errPassword() error {
	return &diag.Fault{What: term.Protected, Remedy: diag.Unlock}
}

// global reads one record of the workbook's group.
func (f *File) global(r *records) error {
	switch r.kind {
	case recFilePass:
		return errPassword()
	case recBOF:
		return diag.Damaged("the end of the workbook's settings is not marked", "phần thiết lập của sổ bảng tính không có dấu kết thúc")
	case recBoundSheet:
		return f.readSheet(r)
	case recFont:
		return f.readFont(r)
	case recFormat:
		return f.readFormat(r)
	case recXF:
		return f.readXF(r)
	case recCodePage, recDateMode:
		if err := r.need(2, aSetting); err != nil {
			return err
		}
		if r.kind == recDateMode {
			f.Epoch1904 = r.u16(0) != 0
		} else {
			f.codePage = r.u16(0)
		}
	case recSST:
		if f.stringsAt > 0 {
			return diag.Wrong("the workbook has two string tables (SST)", "sổ bảng tính có hai bảng chuỗi dùng chung (SST)")
		}
		f.stringsAt = r.place
	case recSupBook:
		// Its own sheets and the functions of add-ins are no links.
		const own, addIn = 0x0401, 0x3a01
		if len(r.body) >= 4 && r.u16(2) != own && r.u16(2) != addIn {
			f.links++
		}
	case recExternSheet:
		// In Excel 5.0 the first letter says what the name is of: 2, 3 and 4 the
		// workbook itself, 0x3a the functions of add-ins.
		if !f.biff8 && len(r.body) >= 2 && (r.body[1] < 2 || r.body[1] > 4) && r.body[1] != 0x3a {
			f.links++
		}
	case recPalette:
		if err := r.need(2, aSetting); err != nil {
			return err
		}
		f.palette = f.palette[:0]
		for at := 2; at+4 <= len(r.body) && len(f.palette) < r.u16(0); at += 4 {
			f.palette = append(f.palette, r.u32(at)&0xffffff)
		}
	case recRecalcID:
		f.recalcID = true
	case recWriteAccess: // who wrote the file; OpenOffice gives its own name
		if f.biff8 {
			name, err := f.shortText(&segments{r, r.body}, 2, f.codePage)
			f.calc = err == nil && strings.TrimSpace(name) == "Calc"
		}
	default:
	}
	return nil
}

// readSheet reads BOUNDSHEET ([MS-XLS] 2.4.28).
func (f *File) readSheet(r *records) error {
	if err := r.need(7, aSheet); err != nil {
		return err
	}
	if most := f.limits.Sheets; most > 0 && len(f.Sheets) == most {
		return diag.TooMuch("the workbook has more than %d sheets", "sổ bảng tính có hơn %d trang tính", most)
	}
	at, state, what := int64(r.u32(0)), r.body[4]&3, r.body[5]
	name, err := f.shortText(&segments{r, r.body[6:]}, 1, f.codePage)
	if err != nil {
		return err
	}
	pos := diag.Pos{File: f.name, Sheet: name}
	if name == "" {
		return diag.Wrong("sheet %d has no name", "trang tính thứ %d không có tên", len(f.Sheets)+1)
	}
	for _, s := range f.Sheets {
		if strings.EqualFold(s.Name, name) {
			return refuse(diag.Wrong("two sheets have the name %q", "hai trang tính trùng tên %q", name), pos)
		}
	}
	if state > 2 {
		return refuse(diag.Wrong("the state of the sheet is %d, and should be 0, 1 or 2", "trạng thái của trang tính là %d, đúng ra phải là 0, 1 hoặc 2", state), pos)
	}
	if what == macroSheet {
		f.warn(diag.OddFile, pos, "this is a sheet of macros: its cells are not read", "đây là trang macro: các ô ở đây không được đọc")
	}
	f.Sheets = append(f.Sheets, Sheet{name, cell.State(state), at, what == worksheet})
	return nil
}

// checkPlaces finds that no two sheets begin at one place.
func (f *File) checkPlaces() error {
	begins := map[int64]string{}
	for _, s := range f.Sheets {
		if other, twice := begins[s.at]; twice && s.cells {
			return refuse(diag.Wrong("this sheet begins where the sheet %q does", "trang tính này bắt đầu cùng chỗ với trang tính %q", other),
				diag.Pos{File: f.name, Sheet: s.Name})
		}
		begins[s.at] = s.Name
	}
	return nil
}

// font is what a font says about text.
type font struct {
	code    cell.FontCode
	charset byte
	struck  bool
	raised  int    // superscript or subscript
	colour  int    // its number
	look    string // all that is seen of it: not which letters it has
}

// style is what a cell's style says about its value.
type style struct {
	format *numfmt.Format
	number int // of the format
	font   int
	fill   int // the number of its cells' colour; noFill or pattern
	mark   cell.Mark
	indent uint8 // steps
}

// fontAt finds a font by what styles and runs call it: no font is called 4.
func (f *File) fontAt(n int) *font {
	const missing = 4
	if n > missing {
		n--
	}
	if n >= len(f.fonts) {
		return &font{} // costs the font only
	}
	return &f.fonts[n]
}

// readFont reads FONT ([MS-XLS] 2.4.122).
func (f *File) readFont(r *records) error {
	if err := r.need(15, aFont); err != nil {
		return err
	}
	if len(f.fonts) == maxStyles {
		return diag.TooMuch("the workbook has more than %d fonts", "sổ bảng tính có hơn %d phông chữ", maxStyles)
	}
	const struckOut = 8
	ft := font{charset: r.body[12], struck: r.u16(2)&struckOut != 0, raised: r.u16(8), colour: r.u16(4), look: string(r.body[:11])}
	name, err := f.shortText(&segments{r, r.body[14:]}, 1, f.page(&ft))
	if err != nil && f.biff8 {
		return err
	}
	ft.code = cell.FontCodeOf(name) // the names of the legacy fonts are ASCII
	ft.look += name
	f.fonts = append(f.fonts, ft)
	return nil
}

// readFormat reads FORMAT, a number format by its number.
func (f *File) readFormat(r *records) error {
	if err := r.need(3, aFormat); err != nil {
		return err
	}
	if f.formats == maxStyles {
		return diag.TooMuch("the workbook has more than %d number formats", "sổ bảng tính có hơn %d định dạng số", maxStyles)
	}
	id, size := r.u16(0), 1
	if f.biff8 {
		size = 2
	}
	body := r.body[2:]
	code, err := f.shortText(&segments{r, body}, size, f.codePage)
	if err != nil && !f.biff8 { // its letters are fixed text round the number
		code, err = f.shortText(&segments{r, body}, size, western)
	}
	if err != nil {
		return err
	}
	if old := f.codes[id]; len(old) == 0 || old[len(old)-1] != code {
		f.codes[id] = append(old, code)
		f.formats++
	}
	return nil
}

// readXF reads XF, a cell format: its font and its number format.
func (f *File) readXF(r *records) error {
	if err := r.need(4, aStyle); err != nil {
		return err
	}
	if len(f.styles) == maxStyles {
		return diag.TooMuch("the workbook has more than %d cell formats", "sổ bảng tính có hơn %d kiểu ô", maxStyles)
	}
	f.styles = append(f.styles, style{font: r.u16(0), number: r.u16(2), fill: f.fill(r), indent: f.indent(r)})
	return nil
}

// indent reads by how many steps a style indents texts ([MS-XLS] 2.5.20, of
// Excel 97 and later).
func (f *File) indent(r *records) uint8 {
	if !f.biff8 || len(r.body) < 9 {
		return 0
	}
	return r.body[8] & 0x0f
}

// compileStyles finds the number format of each style, and whether its text has
// the colour of its cells.
func (f *File) compileStyles() error {
	compiled := map[int]*numfmt.Format{}
	room := maxFormats
	for i := range f.styles {
		s := &f.styles[i]
		s.mark = f.fontAt(s.font).mark()
		if text := f.colour(f.fontAt(s.font).colour); text != unknownColour && text == f.colour(s.fill) {
			s.mark = max(s.mark, cell.Unseen)
		}
		format, ok := compiled[s.number]
		if !ok {
			var err error
			if format, err = f.compile(s.number, &room); err != nil {
				return err
			}
			compiled[s.number] = format
		}
		s.format = format
	}
	return nil
}

// compile finds a number format by its number. One that is defined in several
// ways must show figures as they are in all of them. room is how many bytes of
// codes may still be compiled.
func (f *File) compile(n int, room *int) (format *numfmt.Format, err error) {
	codes, plain := f.codes[n], true
	if len(codes) == 0 {
		return numfmt.Builtin(n), nil
	}
	for _, code := range codes {
		if *room -= len(code); *room < 0 {
			return nil, diag.TooMuch("the number formats of cells are longer than %d bytes", "định dạng số của các ô dài hơn %d byte", maxFormats)
		}
		format = numfmt.Parse(code)
		plain = plain && format.Plain()
	}
	if len(codes) > 1 && !plain {
		return nil, diag.Wrong("the number format %d is defined twice, in two ways", "định dạng số %d được định nghĩa hai lần khác nhau", n)
	}
	return format, nil
}
