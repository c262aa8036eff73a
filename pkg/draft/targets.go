package draft

import (
	"cmp"
	"strings"

	"github.com/parcheck/parcheck/pkg/account"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Target is a target as it stands in a list.
type Target struct {
	Title, Area, Clause, Quote, Remedy string
	Points                             string // a number; empty: it is not said
	Measure                            string // as the plan writes it; empty: a person must
	Goal                               string // likewise
	How                                string // the words of how points are earned
	earns                              earning
}

// Row is a row of a sheet: the shown text of its cells, from the left.
type Row []string

// columns are the columns of a list of targets; -1 marks one that is absent.
type columns struct{ title, area, clause, quote, goal, points, how, remedy int }

// headings are the names of the columns of such lists, without diacritics.
var headings = []struct {
	names []string
	of    func(*columns) *int
}{
	{[]string{"chi tieu", "ten chi tieu", "noi dung", "noi dung chi tieu", "tieu chi", "nhiem vu", "target", "title", "name"}, func(c *columns) *int { return &c.title }},
	{[]string{"linh vuc", "nhom", "nhom chi tieu", "area", "group"}, func(c *columns) *int { return &c.area }},
	{[]string{"dieu khoan", "can cu", "muc", "dieu", "clause", "section"}, func(c *columns) *int { return &c.clause }},
	{[]string{"nguyen van", "trich dan", "trich nguyen van", "quote", "wording"}, func(c *columns) *int { return &c.quote }},
	{[]string{"muc tieu", "muc can dat", "muc giao", "chi tieu giao", "ke hoach", "ke hoach giao", "yeu cau", "muc yeu cau", "goal", "threshold"}, func(c *columns) *int { return &c.goal }},
	{[]string{"diem", "diem toi da", "diem chuan", "points", "score"}, func(c *columns) *int { return &c.points }},
	{[]string{"cach tinh", "cach tinh diem", "cach cham diem", "phuong phap tinh", "phuong phap cham diem", "thang diem", "credit", "scoring"}, func(c *columns) *int { return &c.how }},
	{[]string{"huong khac phuc", "khac phuc", "giai phap", "remedy"}, func(c *columns) *int { return &c.remedy }},
}

// maxAbove is the largest number of rows above the headings of a list.
const maxAbove = 40

// Targets reads a list with one target per row. The headings must include a title,
// and a goal or how points are earned. A row that has only a title is a section
// heading for the targets below it, and rows of totals are left out. ok is false
// if there are no such headings.
func Targets(rows []Row) (list []Target, ok bool) {
	for i, row := range rows[:min(len(rows), maxAbove)] {
		c := columnsOf(row)
		if c.title < 0 || c.goal < 0 && c.how < 0 {
			continue
		}
		heading := ""
		for _, r := range rows[i+1:] {
			t, alone := c.target(r)
			switch {
			case t.Title == "" || account.IsTotal(t.Title, nil):
			case alone:
				heading = t.Title
			default:
				if t.Area == "" {
					t.Area = heading
				}
				list = append(list, t)
			}
		}
		return list, len(list) > 0
	}
	return nil, false
}

func columnsOf(row Row) columns {
	c := columns{-1, -1, -1, -1, -1, -1, -1, -1}
	for i, text := range row {
		bare := label.Bare(text)
		for _, h := range headings {
			at := h.of(&c)
			year := strings.TrimRight(bare, "0123456789")
			for _, name := range h.names {
				if *at < 0 && (bare == name || year == name+" nam ") {
					*at = i
				}
			}
		}
	}
	return c
}

// target reads a row; alone reports that it has only a title.
func (c *columns) target(r Row) (t Target, alone bool) {
	at := func(i int) string {
		if i < 0 || i >= len(r) {
			return ""
		}
		return plan.OneLine(r[i])
	}
	t = Target{Title: at(c.title), Area: at(c.area), Clause: at(c.clause), Quote: at(c.quote), Remedy: at(c.remedy)}
	goal := at(c.goal)
	if words, ok := plan.GoalOf(goal); ok {
		t.Goal = words
	}
	t.How = at(c.how)
	t.earn(goal)
	t.Quote = cmp.Or(t.Quote, goal, t.How)
	if x, _, err := number.ParseText(at(c.points), number.Undeclared); err == nil && x.Sign() >= 0 {
		t.Points = string(number.AppendDigits(nil, x, min(6, decimals(x))))
	}
	return t, goal == "" && t.Clause == "" && at(c.points) == "" && t.How == ""
}

// earn reads how points are earned, where the list says it: in a column of its
// own, or in place of a goal.
func (t *Target) earn(goal string) {
	if t.earns = earned(t.How); t.earns.key == "" && t.Goal == "" {
		if t.earns = earned(goal); t.earns.key == "" {
			return
		}
		t.How = goal
	}
	if t.Goal == "" {
		t.Goal = t.earns.goal
	}
	t.Points = t.earns.points
}

func decimals(x number.Exact) int {
	n, _ := number.Decimals(x, 6)
	return n
}
