package mapping

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/sheets"
	"github.com/parcheck/parcheck/pkg/term"
)

// The workbook face. Its first sheet says what to do. Each form has a sheet,
// with its header as it looks in the file and a list above each column; a
// choice that begins with "?" is a suggestion and is not used.

var look = sheets.Theme{Font: "Times New Roman", Size: 11, Ink: "1F2933", Line: "8C8C8C", Title: "1F2933", Narrow: 1.08, Leading: 15, Row: 18}

var (
	title   = sheets.Style{Bold: true, Size: 14, Wrap: true}
	running = sheets.Style{Wrap: true, Top: true}
	caption = sheets.Style{Bold: true, Wrap: true, Boxed: true, Fill: "DCE6F1"}
	headed  = sheets.Style{Bold: true, Center: true, Wrap: true, Boxed: true, Fill: "EFEFEF"}
	asFound = sheets.Style{Wrap: true, Boxed: true}
	read    = sheets.Style{Wrap: true, Boxed: true, Size: 9, Color: "4B5563"}
	exact   = sheets.Style{Wrap: true, Boxed: true, Size: 8, Color: "6B7280"}
	picked  = sheets.Style{Wrap: true, Boxed: true}
	settled = sheets.Style{Fill: "D8F0DC"}
	doubted = sheets.Style{Fill: "FFF2B3", Italic: true}
	lacking = sheets.Style{Fill: "FBDAD7"}
	ignored = sheets.Style{Fill: "E5E7EB", Color: "6B7280"}
)

// WriteWorkbook writes the workbook face; ParseWorkbook reads the same back. What
// is seen in files stands on the sheet of files, for people to look at.
func (m *Mapping) WriteWorkbook(w io.Writer, p *plan.Plan, roster *plan.Roster, l lang.Lang, seen ...FileSeen) error {
	b := &bookWriter{Book: sheets.New(l, look), mapping: m, plan: p, names: newDictionary(p, roster, l), seen: seen}
	b.listName = b.Say("Lists", "Danh mục")
	b.rowsName = b.Say("Lists of rows", "Danh mục dòng")
	b.choicesName = b.Say("Lists of choices", "Danh mục lựa chọn")
	for _, name := range []string{b.listName, b.rowsName, b.choicesName} {
		b.Take(name)
	}
	b.guide()
	for i := range m.Forms {
		b.form(i, &m.Forms[i])
	}
	b.unitNames()
	b.files()
	b.lists()
	return b.Write(w, sheets.Properties{Title: b.Say("Mapping", "Bảng đối chiếu") + ": " + p.Title.In(l), Creator: "parcheck", Day: date.Date{}})
}

type bookWriter struct {
	*sheets.Book
	mapping            *Mapping
	plan               *plan.Plan
	names              *dictionary
	listName, rowsName string
	choicesName        string
	seen               []FileSeen
}

func (b *bookWriter) word(t lang.Text) string { return t.In(b.Lang) }

// guide is the first sheet.
func (b *bookWriter) guide() {
	s := b.Sheet(b.Name(b.word(wordGuide)), sheets.Page{Widths: []float64{24, 90}, HideGrid: true, Portrait: true})
	s.Across(title, b.word(wordTitle), 2)
	s.EndRow(0)
	s.Text(caption, b.word(wordPlan))
	s.Text(asFound, b.mapping.Plan)
	s.EndRow(0)
	s.Text(caption, b.Say("Plan", "Kế hoạch"))
	s.Text(asFound, b.plan.Title.In(b.Lang))
	s.EndRow(0)
	s.Text(caption, b.Say("To be confirmed", "Chờ xác nhận"))
	s.Text(asFound, b.mapping.Counted().In(b.Lang))
	s.EndRow(0)
	s.Skip(1)
	for i, step := range []lang.Text{
		lang.T("Each numbered sheet is one kind of form, with its header as it looks in the file. What is settled there holds for all files of that form.",
			"Mỗi trang đánh số là một loại biểu, tiêu đề đúng như trong tệp. Xác nhận một lần là dùng cho mọi tệp cùng loại biểu đó."),
		lang.T("A choice that begins with “?” is a suggestion and is not used. Choose the right entry of the cell's list to confirm it; “(not used)” where the plan has nothing of the kind.",
			"Ô bắt đầu bằng dấu “?” là gợi ý, chưa được dùng. Bấm vào ô, chọn mục đúng trong danh sách thả xuống để xác nhận; chọn “(không dùng)” nếu kế hoạch không cần."),
		lang.T("First the table of the plan, then the columns in the row above the header, then the rows below it. Or write “yes” beside “Confirm all suggestions of this sheet”.",
			"Chọn bảng của kế hoạch trước, rồi đến cột ở hàng phía trên tiêu đề, rồi đến các dòng ở dưới. Nếu mọi gợi ý đều đúng, chọn “đồng ý” ở dòng “Xác nhận mọi gợi ý của trang này”."),
		lang.T("Below the rows stand spellings of choices that the plan does not know. Where a form stands in several sheets of a file, “Each sheet is” says what each of them is.",
			"Phía dưới các dòng là những cách ghi lựa chọn mà kế hoạch chưa biết. Nếu biểu có ở nhiều trang tính của một tệp, chọn ở “Mỗi trang tính là”."),
		lang.T("The sheets of names and of files say which unit is meant, where a file calls it otherwise or does not name it. Beside each file stands what it says itself.",
			"Trang “Tên đơn vị” và trang “Tệp” cho biết đơn vị nào được nói đến, khi tệp ghi tên khác hoặc không ghi tên. Bên cạnh mỗi tệp là những gì tệp tự ghi."),
		lang.T("Save the workbook and give it to the program: parcheck summary FOLDER --mapping THIS.xlsx -o SUMMARY.xlsx",
			"Lưu tệp rồi chạy: parcheck summary THƯ_MỤC --mapping TỆP_NÀY.xlsx -o TỔNG_HỢP.xlsx"),
		lang.T("Only names are set here. No figure is changed, and every check stays as it is.",
			"Ở đây chỉ đối chiếu tên gọi. Không số liệu nào bị thay đổi, mọi phép kiểm tra vẫn giữ nguyên."),
	} {
		s.Text(running.With(func(st *sheets.Style) { st.Bold = true }), fmt.Sprintf("%d.", i+1))
		s.Text(running, step.In(b.Lang))
		s.EndRow(0)
	}
	s.Skip(1)
	for _, c := range []struct {
		st   sheets.Style
		text lang.Text
	}{
		{settled, lang.T("settled: the plan's own name, or confirmed", "đã rõ: đúng tên của kế hoạch, hoặc đã xác nhận")},
		{doubted, lang.T("? suggested: look, and choose", "? gợi ý: hãy xem và chọn lại")},
		{lacking, lang.T("nothing chosen", "chưa chọn")},
		{ignored, term.Unused},
	} {
		s.Text(c.st.With(func(st *sheets.Style) { st.Boxed = true }), "")
		s.Text(running, c.text.In(b.Lang))
		s.EndRow(0)
	}
	s.End()
}

// firstColumn is where the columns of a form begin on its sheet.
const firstColumn = 2

// form writes the sheet of a form.
func (b *bookWriter) form(index int, f *Form) {
	widths := []float64{44, 34}
	for range f.Columns {
		widths = append(widths, 22)
	}
	name := fmt.Sprintf("%d. %s", index+1, strings.TrimSuffix(f.Seen.File[strings.LastIndexByte(f.Seen.File, '/')+1:], ".xlsx"))
	s := b.Sheet(b.Name(name), sheets.Page{Widths: widths, FreezeCol: 1, Shared: true, Footer: f.Seen.File})
	s.Text(title, fmt.Sprintf(b.Say("Form %d", "Biểu %d"), index+1))
	s.EndRow(0)
	s.Text(caption, b.word(wordSeen))
	for _, text := range []string{f.Seen.File, f.Seen.Sheet, f.Seen.Area, count(f.Seen.Files)} {
		s.Text(asFound, text)
	}
	s.EndRow(0)
	at := s.Next()
	s.Text(caption, b.word(wordTable))
	b.choice(s, f.Table, b.names.tables.name(f.Table.To))
	s.EndRow(0)
	b.pick(s, at, firstColumn, at, firstColumn, b.listOf(b.listName, b.names.tables.names))
	b.captioned(s, wordMoney, f.Money, []string{"đồng", "nghìn đồng", "triệu đồng", "tỷ đồng"})
	each := b.word(sheetWords[f.Each])
	if f.Guessed {
		each = nearSign + each
	}
	b.captioned(s, wordSheets, each, []string{
		b.word(sheetWords[plan.SheetsAreUnits]), b.word(sheetWords[plan.SheetsAreMonths]), b.word(sheetWords[plan.SheetsGrow]), b.word(sheetWords[plan.SheetsAreCopies]),
	})
	b.captioned(s, wordAgree, "", []string{b.word(wordYes)})
	s.Skip(1)
	b.header(s, at, f)
	s.Skip(1)
	b.rows(s, at, f)
	b.values(s, f)
	s.End()
}

func count(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// captioned writes a caption and a cell with a list of its own.
func (b *bookWriter) captioned(s *sheets.Sheet, word lang.Text, value string, choices []string) {
	row := s.Next()
	s.Text(caption, b.word(word))
	s.Text(picked, value)
	s.EndRow(0)
	s.Accept(sheets.Accept{Kind: sheets.AcceptChoice, Choices: choices, Refusal: b.refusal()}, diag.Cell(row, firstColumn))
	s.Rules(row, firstColumn, row, firstColumn, sheets.When(`LEFT(`+diag.A1(row, firstColumn)+`,2)="`+nearSign+`"`, doubted))
}

func (b *bookWriter) refusal() string {
	return b.Say("Choose an entry of the list.", "Hãy chọn một mục trong danh sách.")
}

// choice writes what something is in the plan.
func (b *bookWriter) choice(s *sheets.Sheet, c Choice, name string) {
	switch c.State {
	case Near:
		name = nearSign + name
	case Unused:
		name = b.word(wordNotUsed)
	case Unknown:
		name = ""
	case Confirmed:
	}
	s.Text(picked, name)
}

// pick gives cells of choices their list and their colours.
func (b *bookWriter) pick(s *sheets.Sheet, row, col, toRow, toCol int, list string) {
	b.pickWhere(s, diag.Area{Row: row, Col: col, ToRow: toRow, ToCol: toCol}, list, `LEN(`+diag.A1(row, col)+`)=0`)
}

// pickWhere is pick; lacks is the condition on which the first of the cells lacks
// a choice.
func (b *bookWriter) pickWhere(s *sheets.Sheet, area diag.Area, list, lacks string) {
	s.Accept(sheets.Accept{Kind: sheets.AcceptChoice, Choices: []string{"x"}, List: list, Refusal: b.refusal()}, area)
	cell := diag.A1(area.Row, area.Col)
	s.Rules(area.Row, area.Col, area.ToRow, area.ToCol,
		sheets.When(lacks, lacking),
		sheets.When(`LEFT(`+cell+`,2)="`+nearSign+`"`, doubted),
		sheets.When(cell+`="`+b.word(wordNotUsed)+`"`, ignored),
		sheets.When(`LEN(`+cell+`)>0`, settled))
}

// header writes the columns of a form: what each is, and its heading as it
// looks in the file and in full.
func (b *bookWriter) header(s *sheets.Sheet, tableRow int, f *Form) {
	row := s.Next()
	s.Text(caption, b.word(wordColumn))
	for i := range f.Columns {
		b.choice(s, f.Columns[i].Choice, b.columns(f).name(f.Columns[i].To))
	}
	s.EndRow(0)
	b.pick(s, row, firstColumn, row, firstColumn+len(f.Columns)-1, b.following(b.listName, tableRow))
	parts := make([][]string, len(f.Columns))
	depth := 0
	for i := range f.Columns {
		parts[i] = strings.Split(f.Columns[i].Heading, " / ")
		depth = max(depth, len(parts[i]))
	}
	top := s.Next()
	for level := range depth {
		s.Text(caption, b.word(wordHeading))
		for i := range parts {
			text := ""
			if level < len(parts[i]) && (i == 0 || !shares(parts[i-1], parts[i], level)) {
				text = parts[i][level]
			}
			s.Text(headed, text)
		}
		s.EndRow(0)
	}
	if depth > 1 {
		s.Merge(top, 1, top+depth-1, 1)
	}
	mergeHeadings(s, parts, top, depth)
	s.Text(caption, b.word(wordWhole))
	for i := range f.Columns {
		s.Text(exact, f.Columns[i].Heading)
	}
	s.EndRow(0)
	s.Text(exact, b.word(wordCheck))
	s.Text(exact, f.check())
	s.EndRow(0)
}

// shares reports whether two neighbours stand under one heading down to a
// level, and have others below it.
func shares(a, b []string, level int) bool {
	return len(a) > level+1 && len(b) > level+1 && slices.Equal(a[:level+1], b[:level+1])
}

func mergeHeadings(s *sheets.Sheet, parts [][]string, top, depth int) {
	for level := range depth {
		for i := 0; i < len(parts); {
			last := i
			for last+1 < len(parts) && shares(parts[last], parts[last+1], level) {
				last++
			}
			switch {
			case last > i:
				s.Merge(top+level, firstColumn+i, top+level, firstColumn+last)
			case level == len(parts[i])-1:
				s.Merge(top+level, firstColumn+i, top+depth-1, firstColumn+i)
			}
			i = last + 1
		}
	}
}

func (b *bookWriter) columns(f *Form) *naming {
	if n := b.names.columns[f.Table.To]; n != nil {
		return n
	}
	return newNaming()
}

// rows writes the labels of a form's rows, and what each is.
func (b *bookWriter) rows(s *sheets.Sheet, tableRow int, f *Form) {
	if len(f.Rows) == 0 {
		return
	}
	for _, w := range []lang.Text{wordRow, wordLabel, wordTotal} {
		s.Text(headed, b.word(w))
	}
	s.EndRow(0)
	first := s.Next()
	for i := range f.Rows {
		r := &f.Rows[i]
		name := r.To
		if n := b.names.rows[f.Table.To]; n != nil {
			name = n.name(r.To)
		}
		b.choice(s, r.Choice, name)
		s.Text(asFound, r.Label)
		total := ""
		if r.Total {
			total = "x"
		}
		s.Text(picked, total)
		s.EndRow(0)
	}
	b.pick(s, first, 1, s.Next()-1, 1, b.following(b.rowsName, tableRow))
	s.Accept(sheets.Accept{Kind: sheets.AcceptChoice, Choices: []string{"x"}, Refusal: b.refusal()}, diag.Area{Row: first, Col: 3, ToRow: s.Next() - 1, ToCol: 3})
}

// values writes how cells spell choices, and what each is.
func (b *bookWriter) values(s *sheets.Sheet, f *Form) {
	if len(f.Values) == 0 {
		return
	}
	s.Skip(1)
	for _, w := range []lang.Text{wordChoice, wordValue, wordOfColumn, wordTimes} {
		s.Text(headed, b.word(w))
	}
	s.EndRow(0)
	for i := range f.Values {
		v := &f.Values[i]
		name, row := v.To, s.Next()
		choices := b.names.choices[f.Table.To+"."+v.Column]
		if choices != nil {
			name = choices.name(v.To)
		}
		b.choice(s, v.Choice, name)
		s.Text(asFound, v.Text)
		s.Text(exact, b.columns(f).name(v.Column))
		s.Text(exact, count(v.Times))
		s.EndRow(0)
		if choices != nil {
			b.pick(s, row, 1, row, 1, b.listOfChoices(f.Table.To+"."+v.Column, choices))
		}
	}
}

// listOfChoices is where the choices of a column are listed.
func (b *bookWriter) listOfChoices(column string, choices *naming) string {
	at := slices.Index(b.choiceColumns(), column) + 1
	return diag.QuoteSheet(b.choicesName) + "!" + sheets.Range(2, at, 2+len(choices.names), at)
}

// choiceColumns are the columns of choices of the plan, in order of their names.
func (b *bookWriter) choiceColumns() []string { return slices.Sorted(maps.Keys(b.names.choices)) }

// unitNames writes the names of units that the roster does not know.
func (b *bookWriter) unitNames() {
	s := b.Sheet(b.Name(b.Say("Names of units", "Tên đơn vị")), sheets.Page{Widths: []float64{50, 50}, FreezeRow: 1, Portrait: true, Shared: true})
	s.Text(headed, b.word(wordUnitName))
	s.Text(headed, b.word(wordUnit))
	s.EndRow(0)
	for i := range b.mapping.Units {
		u := &b.mapping.Units[i]
		s.Text(asFound, u.Name)
		b.choice(s, u.Choice, b.names.units.name(u.To))
		s.EndRow(0)
	}
	b.blank(s, 2)
	b.pick(s, 2, 2, s.Next()-1, 2, b.unitList())
	s.End()
}

// spare is how many further rows there are for names and files that people add.
const spare = 10

func (b *bookWriter) blank(s *sheets.Sheet, cols int) {
	for range spare {
		for range cols {
			s.Text(picked, "")
		}
		s.EndRow(0)
	}
}

// files writes whose files are: first those of which the mapping says something,
// then all others that were read.
func (b *bookWriter) files() {
	s := b.Sheet(b.Name(b.Say("Files", "Tệp")), sheets.Page{Widths: []float64{44, 36, 14, 14, 36, 24, 24, 24, 20, 14}, FreezeRow: 1, FreezeCol: 1, Shared: true})
	for _, w := range []lang.Text{wordFile, wordUnit, wordPeriod, wordReceived, wordReadUnit, wordFrom, wordReadPeriod, wordFrom, wordMoney, wordForms} {
		s.Text(headed, b.word(w))
	}
	s.EndRow(0)
	told := map[string]bool{}
	for i := range b.mapping.Files {
		f := &b.mapping.Files[i]
		told[f.File] = true
		s.Text(asFound, f.File)
		b.choice(s, f.Unit, b.names.units.name(f.Unit.To))
		s.Text(picked, f.Period)
		day := ""
		if f.Received != (date.Date{}) {
			day = f.Received.String()
		}
		s.Text(picked, day)
		at := slices.IndexFunc(b.seen, func(o FileSeen) bool { return plan.OneLine(o.Name) == f.File })
		if at >= 0 && !b.seen[at].Known {
			b.whatIsSeen(s, &b.seen[at])
		}
		s.EndRow(0)
	}
	for i := range b.seen {
		f := &b.seen[i]
		if name := plan.OneLine(f.Name); !told[name] && (f.Known || len(f.Sheets) > 0) {
			s.Text(asFound, name)
			for range 3 {
				s.Text(picked, "")
			}
			b.whatIsSeen(s, f)
			s.EndRow(0)
		}
	}
	b.blank(s, 4)
	b.pickWhere(s, diag.Area{Row: 2, Col: 2, ToRow: s.Next() - 1, ToCol: 2}, b.unitList(), `AND(LEN(A2)>0,LEN(B2)=0,LEN(E2)=0)`)
	s.Accept(sheets.Accept{Kind: sheets.AcceptChoice, List: b.periodList(), Choices: []string{"x"}, Refusal: b.refusal()}, diag.Area{Row: 2, Col: 3, ToRow: s.Next() - 1, ToCol: 3})
	s.End()
}

// whatIsSeen writes what a file says itself, and by what.
func (b *bookWriter) whatIsSeen(s *sheets.Sheet, f *FileSeen) {
	unit := ""
	switch {
	case len(f.Sheets) > 0:
		unit = b.Say("a unit each sheet: ", "mỗi trang tính một đơn vị: ") + strings.Join(f.Sheets, ", ")
	case f.Known:
		unit = f.Unit.Name.In(b.Lang)
	}
	var money, forms []string
	money = append(money, f.Money.Units...)
	if f.Money.Silent || f.Money.Unclear {
		money = append(money, b.Say("not stated everywhere", "có chỗ chưa rõ"))
	}
	for _, kind := range f.kinds {
		if at := slices.IndexFunc(b.mapping.Forms, func(o Form) bool { return o.Layout().Kind() == kind }); at >= 0 {
			forms = append(forms, fmt.Sprint(at+1))
		}
	}
	for _, text := range []string{unit, f.Unit.From.In(b.Lang), f.Period.Words().In(b.Lang), f.From.In(b.Lang), strings.Join(money, "; "), strings.Join(forms, ", ")} {
		s.Text(read, plan.OneLine(text))
	}
}

// periods lists the periods within the plan's own.
func (b *bookWriter) periods() []string {
	year := b.plan.Period.From.Year
	out := []string{fmt.Sprint(year)}
	for _, part := range []string{"H1", "H2", "Q1", "Q2", "Q3", "Q4"} {
		out = append(out, fmt.Sprintf("%d-%s", year, part))
	}
	for m := 1; m <= 12; m++ {
		out = append(out, fmt.Sprintf("%d-%02d", year, m))
	}
	return out
}

// The sheet of lists: tables, units and periods in its first columns, then a
// column for each table, headed by its name.
const (
	tablesColumn = 1 + iota
	unitsColumn
	periodsColumn
	ownColumn
)

func (b *bookWriter) listOf(sheet string, names []string) string {
	return diag.QuoteSheet(sheet) + "!" + sheets.Range(2, tablesColumn, 2+len(names), tablesColumn)
}

func (b *bookWriter) unitList() string {
	return diag.QuoteSheet(b.listName) + "!" + sheets.Range(2, unitsColumn, 2+len(b.names.units.names), unitsColumn)
}

func (b *bookWriter) periodList() string {
	return diag.QuoteSheet(b.listName) + "!" + sheets.Range(2, periodsColumn, 1+len(b.periods()), periodsColumn)
}

// following is the list below the table that is chosen on a sheet, whether or
// not it is confirmed.
func (b *bookWriter) following(sheet string, tableRow int) string {
	ref := diag.QuoteSheet(sheet) + "!"
	last := ownColumn + len(b.names.tables.ids) - 1
	found := fmt.Sprintf(`MATCH(SUBSTITUTE($B$%d,"%s",""),%s,0)`, tableRow, nearSign, ref+sheets.Range(1, ownColumn, 1, last))
	start := ref + fmt.Sprintf("$%s$1", diag.ColumnName(ownColumn))
	return fmt.Sprintf("OFFSET(%s,1,%s-1,COUNTA(OFFSET(%s,1,%s-1,%d,1)),1)", start, found, start, found, maxListed)
}

const maxListed = 400

// lists writes the sheets of lists.
func (b *bookWriter) lists() {
	none := b.word(wordNotUsed)
	columns := [][]string{slices.Concat(b.names.tables.names, []string{none}), slices.Concat(b.names.units.names, []string{none}), b.periods()}
	heads := []string{b.Say("Tables", "Bảng"), b.Say("Units", "Đơn vị"), b.Say("Periods", "Các kỳ báo cáo")}
	rows := [][]string{nil, nil, nil}
	for _, id := range b.names.tables.ids {
		heads = append(heads, b.names.tables.name(id))
		columns = append(columns, slices.Concat(b.names.columns[id].names, []string{none}))
		rows = append(rows, slices.Concat(b.names.rows[id].names, []string{none}))
	}
	b.list(b.listName, heads, columns)
	b.list(b.rowsName, slices.Concat([]string{"", "", ""}, heads[3:]), rows)
	var choices [][]string
	for _, column := range b.choiceColumns() {
		choices = append(choices, slices.Concat(b.names.choices[column].names, []string{none}))
	}
	if len(choices) > 0 {
		b.list(b.choicesName, b.choiceColumns(), choices)
	}
}

func (b *bookWriter) list(name string, heads []string, columns [][]string) {
	widths := make([]float64, len(heads))
	longest := 0
	for i := range columns {
		widths[i] = 30
		longest = max(longest, len(columns[i]))
	}
	s := b.Sheet(name, sheets.Page{Widths: widths, FreezeRow: 1, Shared: true})
	for _, h := range heads {
		s.Text(headed, h)
	}
	s.EndRow(0)
	for row := range longest {
		for _, c := range columns {
			if row < len(c) {
				s.Text(sheets.Style{}, c[row])
			} else {
				s.Blank(sheets.Style{}, 1)
			}
		}
		s.EndRow(look.Row)
	}
	s.End()
}
