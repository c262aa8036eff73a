// Package draft writes a first draft of a plan: the tables of a submitted
// workbook, a fact for each figure in them, and the targets of a list that is
// kept in a spreadsheet. What only a person can know is written as TODO. TODO is
// not a valid date, number or fact, so `targets lint` reports each such place
// and says what belongs there.
package draft

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
)

// TODO marks a place that a person must fill in.
const TODO = "TODO"

// Plan is the draft of a plan.
type Plan struct {
	ID      string
	From    []string // the files that it is made from
	Tables  []Table
	Targets []Target
}

// Table is a table as it was found in a workbook.
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

// maxOfForm is the largest number of numeric columns that a form has: this
// year's figure, last year's, the goal and the rate. A table with more is a
// cross-table.
const maxOfForm = 4

// Tables drafts a table for each header block of a workbook: a record list if
// the rows below have dates or no labels, a form if each row is a figure of its
// own, and a cross-table if rows are added up.
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

// columns names the columns of a block and determines its shape.
func (t *Table) columns(b *fact.Block) {
	columns := ids{}
	dates, numbers := 0, 0
	for i, heading := range b.Layout {
		c := Column{Heading: strings.TrimSpace(strings.ReplaceAll(heading, "*", ""))} // "*" would be a pattern
		lowest := c.Heading[strings.LastIndex(c.Heading, "/")+1:]
		c.ID = columns.id(lowest, "column")
		switch {
		case records.IsNumbering(lowest):
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

// words returns the first column that holds words, or -1.
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

// ids are the ids in use, so that each is assigned once.
type ids map[string]bool

// id makes an id from the words of a title.
func (s ids) id(title, otherwise string) string {
	id := cmp.Or(plan.IDOf(title), otherwise)
	for n, first := 2, id; s[id]; n++ {
		id = first + "-" + strconv.Itoa(n)
	}
	s[id] = true
	return id
}
