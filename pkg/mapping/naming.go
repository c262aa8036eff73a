package mapping

import (
	"cmp"
	"strings"

	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/term"
)

// naming calls ids by names that people read, each of which means one id.
type naming struct {
	ids   []string
	names []string
	byKey map[string]string
}

func newNaming() *naming { return &naming{byKey: map[string]string{}} }

// add names an id; a name that is taken gets the id behind it.
func (n *naming) add(id, name string) {
	name = plan.OneLine(name)
	if _, taken := n.byKey[label.Key(name)]; taken || name == "" {
		name = strings.TrimSpace(name + " [" + id + "]")
	}
	n.byKey[label.Key(name)] = id
	n.ids, n.names = append(n.ids, id), append(n.names, name)
}

// name is what an id is called; one that is not known is called by itself.
func (n *naming) name(id string) string {
	for i, known := range n.ids {
		if known == id {
			return n.names[i]
		}
	}
	return id
}

// id is what a name means.
func (n *naming) id(name string) (string, bool) {
	id, ok := n.byKey[label.Key(name)]
	return id, ok
}

// dictionary is the names of a plan and a roster, in one language.
type dictionary struct {
	tables  *naming
	columns map[string]*naming // by table
	rows    map[string]*naming // by table; an id is the plan's name of a row
	choices map[string]*naming // by table and column: "checklist.status"
	units   *naming
}

func newDictionary(p *plan.Plan, roster *plan.Roster, l lang.Lang) *dictionary {
	d := &dictionary{tables: newNaming(), units: newNaming(), columns: map[string]*naming{}, rows: map[string]*naming{}, choices: map[string]*naming{}}
	for i := range p.Tables {
		t := &p.Tables[i]
		d.tables.add(t.ID, t.Title.In(l))
		columns, rows := newNaming(), newNaming()
		for j := range t.Columns {
			c := &t.Columns[j]
			name := columnName(c, "")
			if all := namesOfColumn(c); name == "" && len(all) > 0 {
				name = all[0]
			}
			columns.add(c.ID, strings.ReplaceAll(name, "*", "…"))
			if c.Type != plan.Choice {
				continue
			}
			choices := newNaming()
			for _, v := range c.Values {
				choices.add(v.ID, cmp.Or(v.Title.In(l), v.Names[0]))
			}
			d.choices[t.ID+"."+c.ID] = choices
		}
		for _, w := range WantedRows(p, t) {
			rows.add(w.Names[0], w.Names[0])
			for _, n := range w.Names[1:] {
				rows.byKey[label.Key(n)] = n
			}
		}
		d.columns[t.ID], d.rows[t.ID] = columns, rows
	}
	if roster != nil {
		for i := range roster.Units {
			d.units.add(roster.Units[i].ID, roster.Units[i].Name.In(l))
		}
	}
	return d
}

// Words of the workbook face, in both languages: it is read back whatever
// language it was written in.
var (
	wordGuide      = lang.T("Instructions", "Hướng dẫn")
	wordTitle      = lang.T("How other people's forms answer to the plan", "Bảng đối chiếu biểu của đơn vị với kế hoạch")
	wordPlan       = lang.T("Id of the plan", "Mã kế hoạch")
	wordSeen       = lang.T("Found in (file, sheet, cells, files)", "Tìm thấy ở (tệp, trang tính, ô, số tệp)")
	wordTable      = lang.T("Table of the plan", "Bảng của kế hoạch")
	wordMoney      = lang.T("Unit of money", "Đơn vị tính tiền")
	wordSheets     = lang.T("Each sheet is", "Mỗi trang tính là")
	wordCheck      = lang.T("Sum of the headings (do not change)", "Mã kiểm tra tiêu đề (không sửa)")
	wordAgree      = lang.T("Confirm all suggestions of this sheet", "Xác nhận mọi gợi ý của trang này")
	wordYes        = lang.T("yes", "đồng ý")
	wordColumn     = lang.T("Column of the plan", "Cột của kế hoạch")
	wordHeading    = lang.T("Heading in the form", "Tiêu đề trong biểu")
	wordWhole      = lang.T("Heading in full (do not change)", "Tiêu đề đầy đủ (không sửa)")
	wordRow        = lang.T("Row of the plan", "Dòng của kế hoạch")
	wordLabel      = lang.T("Row in the form", "Dòng trong biểu")
	wordTotal      = lang.T("Total row (x)", "Dòng tổng (x)")
	wordChoice     = lang.T("Choice of the plan", "Lựa chọn của kế hoạch")
	wordValue      = lang.T("Value in the form", "Giá trị trong biểu")
	wordOfColumn   = lang.T("Column (do not change)", "Cột (không sửa)")
	wordTimes      = lang.T("How many cells", "Số ô")
	wordNotUsed    = term.Unused
	wordUnitName   = lang.T("Name in the files", "Tên ghi trong tệp")
	wordUnit       = term.Unit.Capital()
	wordFile       = term.File.Capital()
	wordPeriod     = term.Period.Capital()
	wordReadUnit   = lang.T("The file says", "Đơn vị ghi trong tệp")
	wordFrom       = lang.T("From", "Ghi ở")
	wordReadPeriod = lang.T("Its period", "Kỳ ghi trong tệp")
	wordForms      = lang.T("Forms", "Biểu số")
	wordReceived   = lang.T("Received", "Ngày nhận")
)

// sheetWords spell what the sheets of a file stand for.
var sheetWords = []lang.Text{
	{}, lang.T("one unit", "một đơn vị"), lang.T("one month, months are added up", "một tháng, cộng các tháng"),
	lang.T("one month, figures grow, the last counts", "một tháng, số lũy kế, lấy tháng cuối"),
	lang.T("a copy of the first", "bản sao của trang đầu"),
}

// says reports whether a text is a word of the workbook, in either language.
func says(text string, word lang.Text) bool {
	key := label.Key(text)
	return key == label.Key(word.In(lang.VI)) || key == label.Key(word.In(lang.EN))
}

// nearSign stands before what is only suggested.
const nearSign = "? "

// choiceName is what people call a choice of a column.
func choiceName(col *plan.Column, id string) lang.Text {
	if col != nil {
		for _, v := range col.Values {
			if v.ID == id && !v.Title.IsZero() {
				return v.Title
			}
			if v.ID == id {
				return lang.Same(v.Names[0])
			}
		}
	}
	return lang.Same(id)
}
