package xlsx

import (
	"context"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// Sheet is one sheet, in the order of the tabs.
type Sheet struct {
	Name  string
	State cell.State

	part  *part
	cells bool // a worksheet; charts, dialogs and macro sheets have no cells to read
}

// File is an open workbook. Its methods may not be called concurrently.
type File struct {
	Kind      string // "xlsx" or "xlsm"
	Epoch1904 bool
	Stale     cell.Stale
	Sheets    []Sheet
	// Warnings are oddities that do not stop reading. More may come while sheets are read.
	Warnings diag.List

	name        string
	archive     *archive
	limits      cell.Limits
	progress    func(int64)
	taken       int64 // compressed bytes read
	inflated    int64 // bytes of all parts read
	cells       int64
	styles      []style
	unstyled    bool   // the styles are named and not there
	stringsName string // the part of the string table, "" without one
	table       *stringTable
	odd         oddities
}

// Open reads the directory of a workbook of size bytes. name is used in
// diagnostics only; progress is told how many compressed bytes have been read,
// all readings together, and may be nil. An error is a *diag.Refusal, the context's
// error, or ErrNotWorkbook.
func Open(ctx context.Context, name string, r io.ReaderAt, size int64, limits cell.Limits, progress func(int64)) (*File, error) {
	f := &File{name: name, limits: limits, progress: progress}
	if err := f.openFile(ctx, r, size); err != nil {
		return nil, Refuse(err, diag.InFile(name))
	}
	return f, nil
}

func (f *File) openFile(ctx context.Context, r io.ReaderAt, size int64) (err error) {
	if most := f.limits.FileBytes; most > 0 && size > most {
		return diag.TooMuch("the file has %d bytes; at most %d are read", "tệp có %d byte; chỉ đọc tối đa %d", size, most)
	}
	if f.archive, err = openArchive(r, size); err != nil {
		return err
	}
	if f.Kind, err = f.kind(ctx); err != nil {
		return err
	}
	for _, p := range f.archive.parts {
		if p.encrypted {
			return Password()
		}
	}
	f.noteArchive()
	roots, err := f.relations(ctx, "")
	if err != nil {
		return err
	}
	main := ""
	for _, rel := range roots {
		if rel.kind != "officeDocument" || rel.external {
			continue
		}
		if main != "" {
			return diag.Wrong("the file has two main parts, %q and %q", "tệp có hai thành phần chính, %q và %q",
				min(main, rel.target), max(main, rel.target))
		}
		main = rel.target
	}
	if main == "" {
		return diag.Damaged("the file does not say which of its parts is the workbook", "tệp không ghi thành phần nào là sổ bảng tính")
	}
	p, err := f.need(main, lang.T("the workbook", "sổ bảng tính"))
	if err != nil {
		return err
	}
	return f.readWorkbook(ctx, p)
}

// need finds a part that must be there.
func (f *File) need(name string, what lang.Text) (*part, error) {
	p := f.archive.part(name)
	if p == nil {
		return nil, diag.Damaged("the part %q with %s is not in the file", "tệp thiếu thành phần %q chứa %s", name, what)
	}
	return p, nil
}

// open starts to inflate a part and counts its bytes.
func (f *File) open(p *part) (*stream, error) {
	s, err := f.archive.open(p)
	if err != nil || p.inflated {
		return s, err
	}
	p.inflated = true
	f.inflated += p.size
	if most := f.limits.InflatedBytes; most > 0 && f.inflated > most {
		s.close()
		return nil, diag.TooMuch("the parts of the file that are needed have %d bytes or more; at most %d are read",
			"các thành phần cần đọc của tệp có từ %d byte trở lên; chỉ đọc tối đa %d", f.inflated, most)
	}
	return s, nil
}

// read is told of compressed bytes that have been read.
func (f *File) read(n int64) {
	f.taken += n
	if f.progress != nil {
		f.progress(f.taken)
	}
}

// warn adds something odd.
func (f *File) warn(check diag.CheckID, pos diag.Pos, en, vi string, args ...any) {
	f.Warnings.Add(check, pos, lang.F(en, vi, args...))
}

func (f *File) noteArchive() {
	if n := f.archive.trailing; n > 0 {
		f.warn(diag.OddFile, diag.InFile(f.name), "%d bytes stand behind the end of the workbook; they are not read",
			"có %d byte nằm sau phần kết thúc của tệp; phần này không được đọc", n)
	}
	if f.archive.slashes {
		f.warn(diag.OddFile, diag.InFile(f.name), "the names of the parts are not written as the standard says; they are read all the same",
			"tên các thành phần không ghi đúng chuẩn; vẫn đọc được")
	}
}

// oddity is something odd that is a warning once a file.
type oddity uint

// oddities are those that have been reported.
type oddities uint

const (
	oddVersions oddity = iota
	oddAddress
	oddStyle
	oddFont
	oddString
	oddInline
)

// oddly warns of something odd, where it shows first.
func (f *File) oddly(o oddity, pos diag.Pos, en, vi string, args ...any) {
	if f.odd>>o&1 == 0 {
		f.odd |= 1 << o
		f.warn(diag.OddFile, pos, en, vi, args...)
	}
}

// workbook is what the main part says, before its relationships are known.
type workbook struct {
	names, states, ids []string
	empty              []bool // the id is there and empty
}

// readWorkbook reads the main part and what it refers to.
func (f *File) readWorkbook(ctx context.Context, p *part) error {
	var w workbook
	if err := f.children(ctx, p, spaceMain, "workbook", func(x *xmlReader) bool {
		switch {
		case x.is("workbookPr"):
			f.Epoch1904 = x.flag("date1904")
		case x.is("calcPr"):
			f.Stale = x.staleness()
		case x.is("sheets"):
			return f.listSheets(x, &w)
		default:
			return x.pass("sheets", "workbookPr", "calcPr")
		}
		return x.err == nil && x.skip()
	}); err != nil {
		return err
	}
	relations, err := f.relations(ctx, p.name)
	if err != nil {
		return err
	}
	if err := f.placeSheets(&w, relations); err != nil {
		return err
	}
	return f.readRelated(ctx, relations)
}

// staleness reads <calcPr>.
func (x *xmlReader) staleness() cell.Stale {
	mode, _ := x.get("calcMode")
	completed, ok := x.get("calcCompleted")
	switch {
	case x.flag("fullCalcOnLoad"):
		return cell.RecalcOnLoad
	case ok && !isTrue(completed):
		return cell.RecalcUnfinished
	case string(mode) == "manual" && !x.flag("calcOnSave"):
		return cell.ManualRecalc
	}
	return cell.Fresh
}

// isTrue reports whether an attribute is true on which no figure depends.
func isTrue(b []byte) bool {
	on, _ := parseBool(b)
	return on
}

// listSheets reads <sheets>.
func (f *File) listSheets(x *xmlReader, w *workbook) bool {
	return x.eachOf([]string{"sheet"}, func(x *xmlReader) {
		name, _ := x.get("name")
		state, _ := x.get("state")
		id, ok := x.getIn(spaceOffice, "id")
		w.names = append(w.names, string(resolveEscapes(slices.Clone(name))))
		w.states = append(w.states, string(state))
		w.ids = append(w.ids, string(id))
		w.empty = append(w.empty, ok && len(id) == 0)
		if most := f.limits.Sheets; most > 0 && len(w.names) > most {
			x.fail(diag.TooMuch("the workbook has more than %d sheets", "sổ bảng tính có hơn %d trang tính", most))
		}
	})
}

var theSheet = lang.T("the sheet", "trang tính")

// placeSheets finds the part of each sheet.
func (f *File) placeSheets(w *workbook, relations map[string]relation) error {
	states := map[string]cell.State{"": cell.Visible, "visible": cell.Visible, "hidden": cell.Hidden, "veryHidden": cell.VeryHidden}
	used := map[*part]string{}
	seen := map[string]bool{}
	for i, name := range w.names {
		pos := diag.Pos{File: f.name, Sheet: name}
		state, ok := states[w.states[i]]
		folded := strings.ToLower(name)
		switch {
		case name == "" || !utf8.ValidString(name):
			return diag.Wrong("sheet %d has no name", "trang tính thứ %d không có tên", i+1)
		case seen[folded]:
			return Refuse(diag.Wrong("two sheets have the name %q", "hai trang tính trùng tên %q", name), pos)
		case !ok:
			return Refuse(diag.Wrong("the state of the sheet is %q, and should be visible, hidden or veryHidden",
				"trạng thái của trang tính là %q, đúng ra phải là visible, hidden hoặc veryHidden", w.states[i]), pos)
		}
		seen[folded] = true
		if w.empty[i] {
			f.warn(diag.OddFile, pos, "the workbook lists the sheet without any content, as it does macro modules: nothing is read of it",
				"sổ bảng tính liệt kê trang tính này mà không có nội dung, như với mô-đun macro: không đọc được gì từ đó")
			f.Sheets = append(f.Sheets, Sheet{Name: name, State: state})
			continue
		}
		rel, ok := relations[w.ids[i]]
		if !ok || rel.external {
			return Refuse(diag.Damaged("the workbook lists the sheet and does not say where it is",
				"sổ bảng tính liệt kê trang tính này nhưng không ghi nó nằm ở đâu"), pos)
		}
		p, err := f.need(rel.target, theSheet)
		if err != nil {
			return Refuse(err, pos)
		}
		if other, twice := used[p]; twice {
			return Refuse(diag.Wrong("the sheet has the same part as the sheet %q", "trang tính này dùng chung thành phần với trang tính %q", other), pos)
		}
		used[p] = name
		f.Sheets = append(f.Sheets, Sheet{name, state, p, rel.kind == "worksheet"})
	}
	if len(f.Sheets) == 0 {
		return diag.Damaged("the workbook has no sheets", "sổ bảng tính không có trang tính nào")
	}
	return nil
}

// readRelated reads the styles, finds the string table and notes what is
// linked.
func (f *File) readRelated(ctx context.Context, relations map[string]relation) error {
	stylesName := ""
	links := 0
	for _, rel := range relations {
		switch {
		case rel.kind == "externalLink" || rel.kind == "externalLinkPath" || rel.kind == "connections":
			links++
		case rel.external:
		case rel.kind == "sharedStrings" && f.stringsName != "", rel.kind == "styles" && stylesName != "":
			return diag.Wrong("the workbook has two parts of one kind, where one is %q",
				"sổ bảng tính có hai thành phần cùng loại, một trong đó là %q", path.Base(rel.target))
		case rel.kind == "sharedStrings":
			f.stringsName = rel.target
		case rel.kind == "styles":
			stylesName = rel.target
		}
	}
	if links > 0 {
		f.warn(diag.ExternalLink, diag.InFile(f.name),
			"the workbook links to %d other workbooks, programs (DDE) or data sources; no link is followed, the stored values are read",
			"sổ bảng tính liên kết tới %d tệp, chương trình (DDE) hoặc nguồn dữ liệu khác; parcheck không mở liên kết mà đọc giá trị đã lưu", links)
	}
	if stylesName == "" {
		return nil
	}
	p := f.archive.part(stylesName)
	if p == nil {
		f.warn(diag.OddFile, diag.InFile(f.name), "the part %q with the styles is not in the file: cells are read as without a format",
			"tệp thiếu thành phần %q chứa các kiểu định dạng: các ô được đọc như không có định dạng", stylesName)
		f.unstyled = true
		return nil
	}
	return f.readStyles(ctx, p)
}
