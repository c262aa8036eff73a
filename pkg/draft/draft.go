// Package draft writes the beginning of a plan: the tables of a workbook that
// somebody hands in, a fact for each figure in them, and the targets of a list
// that somebody keeps in a spreadsheet. What only a person can know stands as
// TODO, which is no date, number or name of a fact: `targets lint` then says at
// each place what is wanted there.
package draft

import (
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/plan"
)

// TODO is what stands where a person must write something.
const TODO = "TODO"

// Plan is a plan that is begun.
type Plan struct {
	ID      string
	From    []string // the files that it is made from
	Tables  []Table
	Targets []Target
}

// Table is a table as a file has it.
type Table struct {
	ID      string
	Title   string
	Shape   string // "form", "cross" or "list"
	Columns []Column
	Facts   []Fact
}

// Column is a column of a table.
type Column struct {
	ID      string
	Heading string
	Role    string // "label", "code"; empty: none
	Type    string // "number", "date"; empty: text
}

// Fact is a figure of a table.
type Fact struct {
	ID     string
	Title  string
	Source string // as the plan writes it
}

// maxOfForm is how many columns of numbers a form has at most: this year's, last
// year's, the goal, the rate.
const maxOfForm = 4

// Tables are what the header blocks of a workbook say: a record list where
// dates or no labels stand below, a form where each row is a figure of its own,
// and a cross-table where rows are added up.
func Tables(blocks []fact.Block) []Table {
	var out []Table
	tables, facts := ids{}, ids{}
	for i := range blocks {
		b := &blocks[i]
		t := Table{ID: tables.id(b.Sheet, "table"), Title: b.Sheet}
		t.columns(b)
		switch label := t.role("label"); {
		case t.Shape == "list":
			f := Fact{Title: b.Sheet, ID: facts.id(b.Sheet, "records")}
			f.Source = "{count: " + t.ID + "}"
			t.Facts = append(t.Facts, f)
		case t.Shape == "form":
			value := t.numbers()[0]
			for _, row := range distinct(b.Labels) {
				f := Fact{ID: facts.id(row, "fact"), Title: row}
				f.Source = "{cell: " + t.ID + ", row: {" + label + ": [" + plan.Quote(row) + "]}, column: " + value.ID + "}"
				t.Facts = append(t.Facts, f)
			}
		default:
			for _, c := range t.numbers() {
				f := Fact{ID: facts.id(c.Heading, "fact"), Title: c.Heading}
				f.Source = "{total: " + t.ID + ", column: " + c.ID + "}"
				t.Facts = append(t.Facts, f)
			}
		}
		out = append(out, t)
	}
	return out
}

// columns names the columns of a block and tells its shape.
func (t *Table) columns(b *fact.Block) {
	columns := ids{}
	dates, numbers := 0, 0
	for i, heading := range b.Layout {
		c := Column{Heading: strings.TrimSpace(strings.ReplaceAll(heading, "*", ""))} // "*" would be a pattern
		lowest := c.Heading[strings.LastIndex(c.Heading, "/")+1:]
		c.ID = columns.id(lowest, "column")
		switch {
		case isCode(lowest):
			c.Role = "code"
		case b.Contents[i] == fact.DateContent:
			c.Type = "date"
			dates++
		case b.Contents[i] == fact.NumberContent:
			c.Type = "number"
			numbers++
		}
		t.Columns = append(t.Columns, c)
	}
	words := t.words()
	switch {
	case dates > 0 || len(b.Labels) == 0 || words < 0 || numbers == 0:
		t.Shape = "list"
		return
	case len(b.Totals) == 0 && numbers <= maxOfForm:
		t.Shape = "form"
	default:
		t.Shape = "cross"
	}
	t.Columns[words].Role = "label"
}

// words is the first column with words, or -1.
func (t *Table) words() int {
	for i, c := range t.Columns {
		if c.Role == "" && c.Type == "" {
			return i
		}
	}
	return -1
}

func (t *Table) role(role string) string {
	for _, c := range t.Columns {
		if c.Role == role {
			return c.ID
		}
	}
	return ""
}

func (t *Table) numbers() []Column {
	var out []Column
	for _, c := range t.Columns {
		if c.Type == "number" {
			out = append(out, c)
		}
	}
	return out
}

// isCode reports whether a heading is that of the numbers of rows.
func isCode(heading string) bool {
	switch label.Bare(heading) {
	case "stt", "tt", "so tt", "so thu tu", "no", "number":
		return true
	}
	return false
}

func distinct(names []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, n := range names {
		if key := label.Key(n); !seen[key] && key != "" {
			seen[key] = true
			out = append(out, n)
		}
	}
	return out
}

// ids are the ids that are given away, so that each is given once.
type ids map[string]bool

// maxID bounds an id that is made from a title.
const maxID = 40

// id makes an id of a title: its words without marks, "ho-so-tiep-nhan".
func (s ids) id(title, otherwise string) string {
	words := strings.FieldsFunc(label.Bare(title), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	id := ""
	for _, w := range words {
		if next := strings.TrimPrefix(id+"-"+w, "-"); len(next) <= maxID {
			id = next
		}
	}
	if id == "" || id == "null" { // which is no id in YAML
		id = otherwise
	}
	for n, first := 2, id; s[id]; n++ {
		id = first + "-" + strconv.Itoa(n)
	}
	s[id] = true
	return id
}
