package mapping

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// Bounds of the workbook face.
const (
	maxSheets = 600
	maxCells  = 400_000
)

// Parse reads either face of a mapping: YAML where the file's name says so, and
// otherwise a workbook. It may not be used where the mistakes are errors.
func Parse(file string, data []byte, p *plan.Plan, roster *plan.Roster) (*Mapping, diag.List) {
	switch strings.ToLower(path.Ext(file)) {
	case ".yaml", ".yml":
		return ParseYAML(file, data)
	}
	return ParseWorkbook(file, data, p, roster)
}

// ParseWorkbook reads the workbook face of a mapping, in whatever language it
// was written. It may not be used where the mistakes are errors.
func ParseWorkbook(file string, data []byte, p *plan.Plan, roster *plan.Roster) (*Mapping, diag.List) {
	r := &bookReader{file: file, mapping: &Mapping{}}
	for _, l := range []lang.Lang{lang.VI, lang.EN} {
		r.names = append(r.names, newDictionary(p, roster, l))
	}
	if err := r.read(data); err != nil {
		var refusal *diag.Refusal
		if errors.As(err, &refusal) {
			return nil, diag.List{refusal.Diagnostic}
		}
		r.list.Add(diag.Unreadable, diag.InFile(file), lang.F("cannot be read: %v", "không đọc được: %v", err))
		return nil, r.list
	}
	if r.mapping.Plan != "" && r.mapping.Plan != p.ID {
		return r.mapping, diag.List{r.mapping.wrongPlan(p)} // its names are those of the other plan
	}
	if r.mapping.PlanPos.Sheet == "" || r.mapping.Plan == "" && len(r.list) == 0 {
		r.list = nil // a cell of something else is no mistake in a mapping
		r.list.Add(diag.PlanKey, diag.InFile(file), lang.F("no cell is headed %q: this is no mapping that parcheck wrote",
			"không có ô nào ghi %q: đây không phải bảng đối chiếu do parcheck lập", wordPlan))
	}
	r.list.Sort()
	return r.mapping, r.list
}

// headRows is within how many rows the guide of a mapping names the plan.
const headRows = 10

// IsWorkbook reports whether a workbook is the face of a mapping, by its guide.
// It reads no further than the first rows of the sheets that are called like it.
func IsWorkbook(ctx context.Context, book *workbook.Workbook) bool {
	for i := range book.Sheets {
		if says(book.Sheets[i].Name, wordGuide) && isGuide(ctx, book, i) {
			return true
		}
	}
	return false
}

func isGuide(ctx context.Context, book *workbook.Workbook, index int) bool {
	sc, err := book.Scan(ctx, index)
	if err != nil {
		return false
	}
	defer sc.Close()
	titled, planned := false, false
	for sc.Next() {
		row := sc.Row()
		if row.Number > headRows {
			break
		}
		if len(row.Cells) > 0 && row.Cells[0].Col == 1 {
			text := table.Text(row.Cells[0])
			titled = titled || says(text, wordTitle)
			planned = planned || says(text, wordPlan)
		}
	}
	return titled && planned
}

// bookReader reads the sheets of a mapping.
type bookReader struct {
	file    string
	names   []*dictionary // in each language
	mapping *Mapping
	list    diag.List
	cells   int
}

// page is a sheet of a mapping, as texts.
type page struct {
	name   string
	rows   map[int]map[int]string
	filled []int // rows, from the top
}

func (p *page) at(row, col int) string { return p.rows[row][col] }

func (r *bookReader) pos(p *page, row, col int) diag.Pos { return diag.At(r.file, p.name, row, col) }

// maxMistakes bounds the mistakes that are listed of a workbook.
const maxMistakes = 100

func (r *bookReader) fail(p *page, row, col int, text lang.Text) {
	if len(r.list) < maxMistakes {
		r.list.Add(diag.PlanValue, r.pos(p, row, col), text)
	}
}

func (r *bookReader) read(data []byte) error {
	ctx := context.Background()
	book, err := workbook.Open(ctx, r.file, bytes.NewReader(data), int64(len(data)), workbook.Options{})
	if err != nil {
		return err
	}
	defer book.Close()
	if len(book.Sheets) > maxSheets {
		return lang.Errorf("it has more than %d sheets", "tệp có hơn %d trang tính", maxSheets)
	}
	for i := range book.Sheets {
		p, err := r.page(ctx, book, i)
		if err != nil {
			return err
		}
		if kind := p.kind(); kind != nil && book.Sheets[i].State != cell.Visible {
			r.fail(p, 1, 1, lang.T("the sheet is hidden, and what is chosen on it would be used unseen: show it, or delete it",
				"trang tính này bị ẩn, các lựa chọn trên đó sẽ được dùng mà không ai thấy: hãy hiện trang tính, hoặc xóa đi"))
		} else if kind != nil {
			kind(r, p)
		}
	}
	return nil
}

func (r *bookReader) page(ctx context.Context, book *workbook.Workbook, index int) (*page, error) {
	p := &page{name: book.Sheets[index].Name, rows: map[int]map[int]string{}}
	sc, err := book.Scan(ctx, index)
	if err != nil {
		return nil, err
	}
	defer sc.Close()
	for sc.Next() {
		row := sc.Row()
		for _, c := range row.Cells {
			text := r.text(p, row.Number, c, book.Sheets[index].Epoch1904)
			if text == "" {
				continue
			}
			if r.cells++; r.cells > maxCells {
				return nil, lang.Errorf("it has more than %d filled cells: this is no mapping", "tệp có hơn %d ô có nội dung: đây không phải bảng đối chiếu", maxCells)
			}
			if p.rows[row.Number] == nil {
				p.rows[row.Number] = map[int]string{}
				p.filled = append(p.filled, row.Number)
			}
			p.rows[row.Number][c.Col] = text
		}
	}
	return p, sc.Err()
}

// text is what a cell says. What a formula gives is not taken: nobody confirmed
// it.
func (r *bookReader) text(p *page, row int, c cell.Cell, epoch1904 bool) string {
	if c.Formula != cell.NoFormula {
		r.fail(p, row, c.Col, lang.T("a formula stands here: choose an entry of the list, or type the text", "ở đây là công thức: hãy chọn trong danh sách hoặc gõ chữ"))
		return ""
	}
	if c.Kind == cell.Date {
		if days, err := strconv.ParseInt(strings.SplitN(string(c.Raw), ".", 2)[0], 10, 64); err == nil {
			if d, ok := date.FromSerial(days, epoch1904); ok {
				return d.String()
			}
		}
	}
	return plan.OneLine(table.Text(c))
}

// kind tells by the captions of a sheet how it is read; nil where it is none of a
// mapping's.
func (p *page) kind() func(*bookReader, *page) {
	switch {
	case says(p.at(1, 1), wordUnitName):
		return (*bookReader).unitNames
	case says(p.at(1, 1), wordFile) && says(p.at(1, 2), wordUnit):
		return (*bookReader).files
	case p.row(wordWhole) > 0, p.row(wordSeen) > 0 && p.row(wordTable) > 0:
		return (*bookReader).form
	case p.row(wordPlan) > 0:
		return (*bookReader).guide
	}
	return nil
}

// guide reads which plan the mapping is for.
func (r *bookReader) guide(p *page) {
	row := p.row(wordPlan)
	if id := p.at(row, 2); r.mapping.PlanPos.Sheet != "" && id != r.mapping.Plan {
		r.fail(p, row, 2, lang.F("a second sheet names the plan, %q, and the first one %q: keep one",
			"có hai trang tính ghi mã kế hoạch, ở đây là %q, trang đầu là %q: hãy giữ một", id, r.mapping.Plan))
		return
	}
	r.mapping.Plan, r.mapping.PlanPos = p.at(row, 2), r.pos(p, row, 2)
}

// row is the row that a caption heads, or 0.
func (p *page) row(word lang.Text) int {
	for _, row := range p.filled {
		if says(p.at(row, 1), word) {
			return row
		}
	}
	return 0
}

// naming chooses the names of one kind out of a dictionary.
type namingOf func(*dictionary) *naming

// choice reads a cell of choices: the names of both languages are known, and
// ids.
func (r *bookReader) choice(p *page, row, col int, of namingOf) Choice {
	text := p.at(row, col)
	state := Confirmed
	if near, ok := strings.CutPrefix(text, strings.TrimSpace(nearSign)); ok {
		state, text = Near, strings.TrimSpace(near)
	}
	switch {
	case text == "":
		return Choice{}
	case says(text, wordNotUsed):
		return Choice{State: Unused}
	}
	if len(r.list) >= maxMistakes {
		return Choice{}
	}
	var known []string
	for _, d := range r.names {
		n := of(d)
		if n == nil {
			continue
		}
		if id, ok := n.id(text); ok {
			return Choice{id, state}
		}
		if slices.Contains(n.ids, text) {
			return Choice{text, state}
		}
		known = append(known, n.names...)
	}
	near := lang.Text{}
	if n := label.Nearest(text, known); n != "" {
		near = lang.F("; did you mean %q?", "; có phải là %q?", n)
	}
	r.fail(p, row, col, lang.F("%q is no entry of the list%s", "%q không có trong danh sách%s", text, near))
	return Choice{}
}

func (r *bookReader) form(p *page) {
	if p.row(wordWhole) == 0 {
		r.fail(p, p.row(wordSeen), 1, lang.F("the row %q is gone, by which the form is told: make the mapping anew",
			"mất hàng %q, là hàng để nhận ra biểu: hãy lập lại bảng đối chiếu", wordWhole))
		return
	}
	f := Form{Pos: r.pos(p, p.row(wordWhole), firstColumn)}
	if row := p.row(wordSeen); row > 0 {
		files, _ := strconv.Atoi(p.at(row, 5))
		f.Seen = Seen{p.at(row, 2), p.at(row, 3), p.at(row, 4), max(files, 0)}
	}
	if row := p.row(wordTable); row > 0 {
		f.Table = r.choice(p, row, firstColumn, func(d *dictionary) *naming { return d.tables })
		if f.Table.To == "" && p.at(row, firstColumn) != "" && f.Table.State != Unused {
			return // its columns are those of a table that is not known
		}
	}
	if row := p.row(wordMoney); row > 0 {
		f.Money = p.at(row, firstColumn)
	}
	f.Each, f.Guessed = r.meaning(p, p.row(wordSheets))
	r.columns(p, &f)
	r.checkHeadings(p, &f)
	r.formRows(p, &f)
	r.formValues(p, &f)
	if row := p.row(wordAgree); row > 0 && p.at(row, firstColumn) != "" {
		if !says(p.at(row, firstColumn), wordYes) {
			r.fail(p, row, firstColumn, lang.F("%q stands here: want %q, or nothing", "ở đây là %q: cần %q, hoặc để trống", p.at(row, firstColumn), wordYes))
		} else {
			m := Mapping{Forms: []Form{f}}
			m.AcceptNear()
			f = m.Forms[0]
		}
	}
	r.mapping.Forms = append(r.mapping.Forms, f)
}

// meaning reads what each sheet is; guessed is a suggestion.
func (r *bookReader) meaning(p *page, row int) (each plan.SheetMeaning, guessed bool) {
	if row == 0 || p.at(row, firstColumn) == "" {
		return plan.SheetsAlike, false
	}
	text, guessed := strings.CutPrefix(p.at(row, firstColumn), strings.TrimSpace(nearSign))
	for i, word := range sheetWords {
		if i > 0 && says(strings.TrimSpace(text), word) {
			return plan.SheetMeaning(i), guessed
		}
	}
	r.fail(p, row, firstColumn, lang.F("%q stands here: want one of %q, %q, %q and %q", "ở đây là %q: cần một trong %q, %q, %q và %q",
		p.at(row, firstColumn), sheetWords[1], sheetWords[2], sheetWords[3], sheetWords[4]))
	return plan.SheetsAlike, false
}

func (r *bookReader) columns(p *page, f *Form) {
	whole, chosen := p.row(wordWhole), p.row(wordColumn)
	of := func(d *dictionary) *naming { return d.columns[f.Table.To] }
	last := 0
	for col := range p.rows[whole] {
		last = max(last, col)
	}
	for col := firstColumn; col <= last; col++ {
		c := Column{Heading: p.at(whole, col), Pos: r.pos(p, max(chosen, 1), col)}
		if c.Heading == "" {
			r.fail(p, whole, col, lang.T("the heading is gone: make the mapping anew", "mất tiêu đề đầy đủ của cột: hãy lập lại bảng đối chiếu"))
			return
		}
		if chosen > 0 {
			c.Choice = r.choice(p, chosen, col, of)
		}
		f.Columns = append(f.Columns, c)
	}
}

// checkHeadings reports headings that were changed since the mapping was written:
// no file would have them, and the choices would be used for none.
func (r *bookReader) checkHeadings(p *page, f *Form) {
	row := p.row(wordCheck)
	if row == 0 || p.at(row, firstColumn) == "" || p.at(row, firstColumn) == f.check() {
		return
	}
	at := p.row(wordWhole)
	r.fail(p, at, 1, lang.F("the headings in the row %q were changed, by which the form is told: put them back, or make the mapping anew",
		"hàng %q đã bị sửa, là hàng để nhận ra biểu: hãy khôi phục, hoặc lập lại bảng đối chiếu", wordWhole))
}

// check is a sum of the form's headings, by which a change is noticed.
func (f *Form) check() string {
	sum := sha256.Sum256([]byte(strings.Join(f.Layout(), "\n")))
	return hex.EncodeToString(sum[:4])
}

func (r *bookReader) formRows(p *page, f *Form) {
	first := p.row(wordRow)
	if first == 0 {
		return
	}
	of := func(d *dictionary) *naming { return d.rows[f.Table.To] }
	last := p.row(wordChoice) // or none
	for _, row := range p.filled {
		if row <= first || last > 0 && row >= last {
			continue
		}
		text := p.at(row, 2)
		if text == "" {
			if p.at(row, 1) != "" {
				r.fail(p, row, 2, lang.T("the label of the row is gone", "mất tên dòng trong biểu"))
			}
			continue
		}
		f.Rows = append(f.Rows, Row{
			Label: text, Choice: r.choice(p, row, 1, of), Total: strings.EqualFold(p.at(row, 3), "x"), Pos: r.pos(p, row, 1),
		})
	}
}

// formValues reads how cells of the form spell choices.
func (r *bookReader) formValues(p *page, f *Form) {
	first := p.row(wordChoice)
	if first == 0 {
		return
	}
	columns := func(d *dictionary) *naming { return d.columns[f.Table.To] }
	for _, row := range p.filled {
		if row <= first {
			continue
		}
		v := Value{Text: p.at(row, 2), Pos: r.pos(p, row, 1)}
		if v.Text == "" {
			r.fail(p, row, 2, lang.T("the value in the form is gone", "mất giá trị trong biểu"))
			continue
		}
		v.Column = r.choice(p, row, 3, columns).To
		v.Choice = r.choice(p, row, 1, func(d *dictionary) *naming { return d.choices[f.Table.To+"."+v.Column] })
		v.Times, _ = strconv.Atoi(p.at(row, 4))
		v.Times = max(v.Times, 0)
		f.Values = append(f.Values, v)
	}
}

func units(d *dictionary) *naming { return d.units }

func (r *bookReader) unitNames(p *page) {
	for _, row := range p.filled {
		if name := p.at(row, 1); name != "" && row > 1 {
			r.mapping.Units = append(r.mapping.Units, UnitName{Name: name, Choice: r.choice(p, row, 2, units), Pos: r.pos(p, row, 1)})
		}
	}
}

func (r *bookReader) files(p *page) {
	for _, row := range p.filled {
		name := p.at(row, 1)
		if name == "" || row == 1 {
			continue
		}
		if p.at(row, 5) != "" && p.at(row, 2)+p.at(row, 3)+p.at(row, 4) == "" {
			continue // listed, and as the file says
		}
		f := FileRule{File: name, Unit: r.choice(p, row, 2, units), Period: p.at(row, 3), Pos: r.pos(p, row, 1)}
		if day := p.at(row, 4); day != "" {
			d, err := date.ParseText(day)
			if err != nil {
				r.fail(p, row, 4, lang.F("%v", "%v", err))
			}
			f.Received = d
		}
		r.mapping.Files = append(r.mapping.Files, f)
	}
}
