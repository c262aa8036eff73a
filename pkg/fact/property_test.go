package fact

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
)

// propertyPlan has a table of each shape; its facts have a source of each kind.
const propertyPlan = `
tables:
  list:
    shape: list
    title: List
    columns:
      id: {headers: [Mã hồ sơ], role: key, unique: true}
      in: {headers: [Ngày nhận], type: date}
      due: {headers: [Hạn], type: date, not_before: in}
      out: {headers: [Ngày trả], type: date, not_before: in}
      level: {headers: [Mức], type: choice, values: {p: [Một phần, Mức 3], f: [Toàn trình], n: [Không, x]}}
      note: {headers: [Ghi chú]}
      fee: {headers: [Phí], type: number, style: vi}
      unit: {headers: [Đơn vị], role: unit, optional: true}
  cross:
    shape: cross
    title: Cross
    columns:
      code: {headers: [TT], role: code}
      field: {headers: [Lĩnh vực], role: label}
      received: {headers: [Tiếp nhận], type: number, style: vi}
      rate: {headers: [Tỷ lệ], type: share, style: vi, scale: percents}
  form:
    shape: form
    title: Form
    columns:
      code: {headers: [STT], role: code}
      label: {headers: [Chỉ tiêu], role: label}
      value: {headers: [Số liệu], type: number, style: vi}
facts:
  all: {title: All, from: [{count: list}]}
  in: {title: In, from: [{count: list, during: in}]}
  p: {title: P, from: [{count: list, during: out, where: {level: [p]}}]}
  late: {title: Late, from: [{count: list, where: {out: {after: due}}}]}
  open: {title: Open, from: [{count: list, where: {out: blank}}]}
  void: {title: Void, from: [{count: list, where: {note: [Hủy, Trả lại]}}]}
  fees: {title: Fees, kind: amount, from: [{sum: list, column: fee}]}
  received: {title: Received, from: [{total: cross, column: received}]}
  land: {title: Land, from: [{cell: cross, row: {field: [Đất đai]}, column: received}]}
  rate: {title: Rate, kind: share, from: [{cell: cross, row: {field: [Đất đai]}, column: rate}]}
  staff: {title: Staff, from: [{cell: form, row: {label: [Biên chế]}, column: value}]}
  third: {title: Third, from: [{cell: form, row: {code: ["3"]}, column: value}]}
`

// writing is what a workbook of the tests says, apart from how it is written.
type writing struct {
	list, cross, form [][]string // with their headers
}

// newContent makes up a workbook; one that is not clean has cells that cannot
// be read, and that every kind of file can hold.
func newContent(r *rand.Rand, clean bool) writing {
	draw := func(from []meaning) string {
		for {
			m := from[r.IntN(len(from))]
			if r.IntN(3) == 0 {
				m = from[0]
			}
			if formula := strings.HasPrefix(m.text, "=") || strings.Contains(m.text, "{"); !formula && (!clean || m.bad == "" && !m.void) {
				return m.text
			}
		}
	}
	c := writing{
		list:  [][]string{{"Mã hồ sơ", "Tên", "Ngày nhận", "Hạn", "Ngày trả", "Mức", "Ghi chú", "Phí"}},
		cross: [][]string{{"TT", "Lĩnh vực", "Tiếp nhận", "Tỷ lệ"}},
		form:  [][]string{{"STT", "Chỉ tiêu", "Số liệu"}},
	}
	for i := range 1 + r.IntN(12) {
		row := []string{"H" + strconv.Itoa(i+1), "An", draw(dayCells), draw(dayCells), draw(dayCells), draw(choiceCells), draw(textCells), draw(plainFees)}
		if r.IntN(2) == 0 {
			row[4], row[6] = "", ""
		}
		c.list = append(c.list, row)
	}
	for i, field := range []string{"Đất đai", "Xây dựng", "Đầu tư"} {
		c.cross = append(c.cross, []string{strconv.Itoa(i + 1), field, strconv.Itoa(r.IntN(100)), strconv.Itoa(r.IntN(101)) + "%"})
	}
	for i, label := range []string{"Đơn vị trực thuộc", "Biên chế", "Người làm việc"} {
		c.form = append(c.form, []string{strconv.Itoa(i + 1), label, strconv.Itoa(r.IntN(1000))})
	}
	if r.IntN(2) == 0 {
		c.list[0] = append(c.list[0], "Đơn vị")
		for i := range c.list[1:] {
			c.list[i+1] = append(c.list[i+1], draw(unitCells))
		}
	}
	if !clean {
		c.cross[2][2], c.form[2][2] = draw(plainFees), draw(plainFees)
	}
	return c
}

var plainFees = []meaning{{text: "10"}, {text: "2.5"}, {text: "0"}, {text: "'1.234,5"}, {text: "'12"}, {text: "-", void: true}, {void: true}, {text: "mười", bad: diag.NotNumber}, {text: "50%", bad: diag.NotNumber}}

// book writes the content with one table a sheet.
func (c writing) book() book {
	return book{sheets: []page{
		{name: "Danh sách", rows: c.list}, {name: "Biểu", rows: c.cross}, {name: "Phụ lục", rows: c.form},
	}}
}

// copyOf returns a book whose rows may be changed.
func copyOf(b book) book {
	b.sheets = slices.Clone(b.sheets)
	for i := range b.sheets {
		p := &b.sheets[i]
		p.rows = slices.Clone(p.rows)
		for j := range p.rows {
			p.rows[j] = slices.Clone(p.rows[j])
		}
	}
	return b
}

// variations are ways to write the same content.
var variations = map[string]func(r *rand.Rand, b book) book{
	"records shuffled": func(r *rand.Rand, b book) book {
		records := b.sheets[0].rows[1:]
		r.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
		return b
	},
	"columns shuffled": func(r *rand.Rand, b book) book {
		for _, p := range b.sheets {
			order := r.Perm(len(p.rows[0]))
			for i, row := range p.rows {
				p.rows[i] = make([]string, len(row))
				for to, from := range order {
					p.rows[i][to] = row[from]
				}
			}
		}
		return b
	},
	"sheets shuffled": func(r *rand.Rand, b book) book {
		r.Shuffle(len(b.sheets), func(i, j int) { b.sheets[i], b.sheets[j] = b.sheets[j], b.sheets[i] })
		return b
	},
	"blank rows": func(r *rand.Rand, b book) book {
		for i := range b.sheets {
			for range 3 {
				b.sheets[i].insert(1+r.IntN(len(b.sheets[i].rows)), nil)
			}
		}
		return b
	},
	"a title": func(_ *rand.Rand, b book) book {
		for i := range b.sheets {
			b.sheets[i].insert(0, []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"}, []string{"", "BIỂU TỔNG HỢP"}, nil)
		}
		return b
	},
	"a row of column numbers": func(_ *rand.Rand, b book) book {
		for i := range b.sheets {
			var numbers []string
			for n := range b.sheets[i].rows[0] {
				numbers = append(numbers, strconv.Itoa(n+1))
			}
			b.sheets[i].insert(1, numbers)
		}
		return b
	},
	"signatures": func(_ *rand.Rand, b book) book {
		for i := range b.sheets {
			b.sheets[i].rows = append(b.sheets[i].rows, nil, []string{"", "Người lập biểu", "", "Thủ trưởng"}, nil, []string{"", "Trần Thị B", "", "Nguyễn Văn A"})
		}
		return b
	},
	"signatures among the ids": func(_ *rand.Rand, b book) book {
		b.sheets[0].rows = append(b.sheets[0].rows, nil, []string{"Người lập biểu", "", "Thủ trưởng"}, []string{"Trần Thị B", "", "Nguyễn Văn A"})
		return b
	},
	"a group": func(r *rand.Rand, b book) book {
		b.sheets[0].insert(1+r.IntN(len(b.sheets[0].rows)), []string{"", "Lĩnh vực đất đai"})
		return b
	},
	"a group among the ids": func(r *rand.Rand, b book) book {
		b.sheets[0].insert(1+r.IntN(len(b.sheets[0].rows)), []string{"Lĩnh vực đất đai"})
		return b
	},
	"a total of the list": func(_ *rand.Rand, b book) book {
		b.sheets[0].rows = append(b.sheets[0].rows, []string{"Tổng cộng", "", "", "", "", "", "", "1000"})
		return b
	},
	"the header again": func(r *rand.Rand, b book) book {
		for i := range b.sheets {
			b.sheets[i].insert(1+r.IntN(len(b.sheets[i].rows)), b.sheets[i].rows[0])
		}
		return b
	},
	"a numbering of the records": func(_ *rand.Rand, b book) book {
		for i, row := range b.sheets[0].rows {
			b.sheets[0].rows[i] = append([]string{strconv.Itoa(i)}, row...)
		}
		b.sheets[0].rows[0][0] = "STT"
		return b
	},
	"an upper header": func(_ *rand.Rand, b book) book {
		b.sheets[0].insert(0, []string{"Hồ sơ", "", "Thời gian"})
		b.sheets[0].merges = []string{"A1:B1", "C1:E1"}
		return b
	},
	"two sheets": func(r *rand.Rand, b book) book {
		list := b.sheets[0]
		cut := 1 + r.IntN(len(list.rows))
		second := page{name: "Danh sách (2)", rows: append([][]string{slices.Clone(list.rows[0])}, list.rows[cut:]...)}
		b.sheets[0].rows = list.rows[:cut:cut]
		b.sheets = append(b.sheets, second)
		return b
	},
	"days from 1904": func(_ *rand.Rand, b book) book {
		b.epoch1904 = true
		return b
	},
	"other columns between": func(r *rand.Rand, b book) book {
		for i := range b.sheets {
			at := r.IntN(len(b.sheets[i].rows[0]) + 1)
			for j, row := range b.sheets[i].rows {
				b.sheets[i].rows[j] = slices.Insert(row, at, []string{"Địa chỉ", "Tam Kỳ", "7", "2023-05-31"}[min(j, 3)])
			}
		}
		return b
	},
	"headers spelt otherwise": func(_ *rand.Rand, b book) book {
		for i := range b.sheets {
			for j, text := range b.sheets[i].rows[0] {
				b.sheets[i].rows[0][j] = []string{
					norm.NFD.String(text), strings.ToUpper(text), strings.ReplaceAll(text, " ", "\n"), strings.ReplaceAll(text, " ", "\u00a0") + " *",
				}[(i+j)%4]
			}
		}
		return b
	},
	"texts spelt otherwise": func(_ *rand.Rand, b book) book {
		for _, row := range b.sheets[0].rows[1:] {
			for j, text := range row {
				if !isNumber.MatchString(text) && !isDay.MatchString(text) && !isShare.MatchString(text) && !isError.MatchString(text) && text != "" && text[0] != '\'' && text[0] != '^' && text != "TRUE" {
					row[j] = "^\u00a0" + norm.NFD.String(text) + "  "
				}
			}
		}
		return b
	},
	"far below": func(_ *rand.Rand, b book) book {
		for i := range b.sheets {
			for n := range headRows - 2 { // the header is among the rows that are read of every sheet, the body is not
				b.sheets[i].insert(n, []string{"Căn cứ số " + strconv.Itoa(n)})
			}
		}
		return b
	},
	"far below, merged": func(_ *rand.Rand, b book) book {
		b.sheets[0].insert(0, []string{"Hồ sơ", "", "Thời gian"})
		b.sheets[0].merges = []string{fmt.Sprintf("A%d:B%[1]d", headRows-2), fmt.Sprintf("C%d:E%[1]d", headRows-2)}
		for n := range headRows - 3 {
			b.sheets[0].insert(n, []string{"Căn cứ số " + strconv.Itoa(n)})
		}
		return b
	},
	"the list below the others in one sheet": func(_ *rand.Rand, b book) book {
		return stacked(b, 2, 1, 0)
	},
	"the list above the others in one sheet": func(_ *rand.Rand, b book) book {
		return stacked(b, 0, 2, 1)
	},
	"the list between the others in one sheet": func(_ *rand.Rand, b book) book {
		return stacked(b, 1, 0, 2)
	},
	"hidden rows": func(_ *rand.Rand, b book) book {
		for i := range b.sheets {
			b.sheets[i].hiddenRows = map[int]bool{2: true}
		}
		return b
	},
}

// stacked puts the tables of the sheets below each other in one sheet.
func stacked(b book, order ...int) book {
	one := page{name: "S"}
	for _, i := range order {
		one.rows = append(append(one.rows, b.sheets[i].rows...), nil, nil)
	}
	b.sheets = []page{one}
	return b
}

func (p *page) insert(at int, rows ...[]string) { p.rows = slices.Insert(p.rows, at, rows...) }

// figures prints the facts of each unit, by value and by how many cells are
// behind them.
func figures(r *Reading) map[string]string {
	out := map[string]string{}
	for _, s := range r.Sets {
		for _, f := range s.Facts {
			if f.ID != "dummy" {
				out[label.Key(s.Unit.Name.In(lang.VI))+"/"+f.ID] = figureText(&f)
			}
		}
	}
	return out
}

func figureText(f *Fact) string {
	switch f.State {
	case Missing:
		return "missing"
	case Invalid:
		return "invalid"
	}
	n := int64(0)
	for _, e := range f.Sources[0].Evidence {
		n += e.Count
	}
	return fmt.Sprintf("%s by %d", f.Value, n)
}

// Content says the same however it is written.
func TestWritingChangesNoFigure(t *testing.T) {
	p := parsePlan(t, propertyPlan)
	for seed := range uint64(24) {
		for name, vary := range variations {
			r := rand.New(rand.NewPCG(seed, 7))
			clean := seed%2 == 0
			b := newContent(r, clean).book()
			before := request{plan: p, file: b.xlsx()}.mustCollect(t)
			varied := vary(r, copyOf(b))
			after := request{plan: p, file: varied.xlsx()}.mustCollect(t)
			if diff := cmp.Diff(figures(before), figures(after)); diff != "" {
				t.Errorf("%s, seed %d: %s\nbefore:\n%s\nafter:\n%s\n%v", name, seed, diff, printFindings(before), printFindings(after), varied.sheets)
			}
		}
	}
}

// together are variations that may be made one after the other, in this order.
var together = []string{
	"records shuffled", "texts spelt otherwise", "headers spelt otherwise", "a numbering of the records", "other columns between",
	"a group among the ids", "a group", "the header again", "blank rows", "hidden rows", "a total of the list", "signatures",
	"a row of column numbers", "a title", "days from 1904", "sheets shuffled",
}

// Nor do several of these at once.
func TestWritingInManyWays(t *testing.T) {
	p := parsePlan(t, propertyPlan)
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 9))
		b := newContent(r, seed%2 == 0).book()
		before := request{plan: p, file: b.xlsx()}.mustCollect(t)
		varied := copyOf(b)
		var names []string
		for _, name := range together {
			if r.IntN(2) == 0 {
				varied = variations[name](r, varied)
				names = append(names, name)
			}
		}
		file := varied.xlsx()
		if r.IntN(2) == 0 {
			file = varied.shared(t)
		}
		after := request{plan: p, file: file}.mustCollect(t)
		if diff := cmp.Diff(figures(before), figures(after)); diff != "" {
			t.Errorf("%q, seed %d: %s\nbefore:\n%s\nafter:\n%s\n%v", names, seed, diff, printFindings(before), printFindings(after), varied.sheets)
		}
	}
}

// Nor does the kind of file.
func TestKindsOfFile(t *testing.T) {
	p := parsePlan(t, propertyPlan)
	for seed := range uint64(40) {
		b := newContent(rand.New(rand.NewPCG(seed, 8)), seed%2 == 0).book()
		want := figures(request{plan: p, file: b.xlsx()}.mustCollect(t))
		compare := func(kind string, want map[string]string, got *Reading) {
			if diff := cmp.Diff(want, figures(got)); diff != "" {
				t.Errorf("%s, seed %d: %s\n%s%v", kind, seed, diff, printFindings(got), b.sheets)
			}
		}
		compare("shared strings", want, request{plan: p, file: b.shared(t)}.mustCollect(t))
		compare("ods", want, request{plan: p, name: "f.ods", file: b.ods(t)}.mustCollect(t))
		compare("xls", want, request{plan: p, name: "f.xls", file: b.xls()}.mustCollect(t))
		compare("html", want, request{plan: p, name: "f.xls", file: b.html()}.mustCollect(t))
		for i := range b.sheets {
			one := book{sheets: b.sheets[i : i+1]}
			want := figures(request{plan: p, file: one.xlsx()}.mustCollect(t))
			compare("csv of "+b.sheets[i].name, want, request{plan: p, name: "f.csv", file: one.csv(t)}.mustCollect(t))
		}
	}
}

// In .xls and .ods the same content gives the same facts with the same cells
// behind them, and the same findings, however it is written.
func TestOtherWorkbooksAreReadAsXLSX(t *testing.T) {
	p := parsePlan(t, propertyPlan)
	told := func(kind string, r *Reading) string {
		return printFacts(r) + strings.ReplaceAll(printFindings(r), "f."+kind+":", "")
	}
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 11))
		b := copyOf(newContent(r, seed%2 == 0).book())
		for _, name := range together {
			if r.IntN(3) == 0 {
				b = variations[name](r, b)
			}
		}
		last := []string{"an upper header", "two sheets", "far below, merged", "the list below the others in one sheet", "hidden rows"}
		b = variations[last[r.IntN(len(last))]](r, b)
		want := told("xlsx", request{plan: p, file: b.xlsx()}.mustCollect(t))
		for kind, file := range map[string][]byte{"ods": b.ods(t), "xls": b.xls()} {
			if diff := cmp.Diff(want, told(kind, request{plan: p, name: "f." + kind, file: file}.mustCollect(t))); diff != "" {
				t.Errorf("%s, seed %d (-xlsx +%[1]s):\n%[3]s", kind, seed, diff)
			}
		}
	}
}
