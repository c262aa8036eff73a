package query

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
)

// Counted is a list that databases have counted: the counters of all facts, and
// what is wrong with the records.
type Counted struct {
	*List
	Records int64
	Groups  int
	Repeats map[string]Repeats // by the id of a column in which no two records have the same
	Answers []Evidence         // what each database was asked, and from what state it answered

	parts []*records.List // one for each cube
}

// Repeats is how many records have an id that another one has.
type Repeats struct {
	records.Doubles       // letter by letter, or but for what cannot be seen
	Cased           int64 // whose id differs from another one's by capitals alone
	Exponent        int64 // whose id has lost digits: 1.23457E+11

	odd []oddID // those that are not plain, in order
}

// oddID is an id that is not plain, or NULL.
type oddID struct {
	text    string
	null    bool
	records int64
}

// Evidence is what a database was asked for a list, and from what state of its data
// it answered, so that a figure can be counted again.
type Evidence struct {
	Table     string `json:"table"`
	Source    string `json:"source"` // "env:NAME"
	Server    string `json:"server"` // its version, in its own words
	Snapshot  string `json:"snapshot,omitempty"`
	Statement string `json:"statement"`
	SHA256    string `json:"sha256"` // of the statement, in hexadecimal
	Records   int64  `json:"records"`
	Groups    int    `json:"groups"`

	Odd *Asked  `json:"odd,omitempty"` // what it was asked on records that hold texts unlike those of the statement
	IDs []Asked `json:"ids,omitempty"` // what it was asked on ids that several records have
}

// Asked is one more statement.
type Asked struct {
	Index     string `json:"index,omitempty"`  // the unique index that proves that no two ids are alike letter by letter
	Column    string `json:"column,omitempty"` // the id of the column of ids
	Statement string `json:"statement"`
	SHA256    string `json:"sha256"`
}

// Counter returns the counter of a source, with its list; nil where the relation
// lacks a column that it needs.
func (c *Counted) Counter(src *plan.Source) (*records.List, *records.Counter) {
	for _, l := range c.parts {
		if counter := l.Counter(src); counter != nil {
			return l, counter
		}
	}
	return nil, nil
}

// Columns are the columns with what is wrong in them, in the order of the plan.
func (c *Counted) Columns() []*records.Column {
	var out []*records.Column
	for i := range c.Table.Columns {
		id := c.Table.Columns[i].ID
		for _, l := range c.parts {
			at := slices.IndexFunc(l.Columns, func(col *records.Column) bool { return col.ID == id })
			if at >= 0 {
				out = append(out, l.Columns[at])
				break
			}
			if l.Units != nil && l.Units.ID == id {
				out = append(out, l.Units.Column)
				break
			}
		}
	}
	return out
}

// Orders are the days that should not be before others.
func (c *Counted) Orders() []records.Order {
	var out []records.Order
	for _, l := range c.parts {
		for _, o := range l.Orders {
			if !slices.ContainsFunc(out, func(p records.Order) bool { return p.Earlier.ID == o.Earlier.ID && p.Later.ID == o.Later.ID }) {
				out = append(out, o)
			}
		}
	}
	return out
}

// Outside counts the records with a day outside the period, and reports whether
// some record has one within it.
func (c *Counted) Outside() (outside records.Span, within bool) {
	for i, l := range c.parts {
		if c.cubes[i].period {
			return l.Outside, l.Within
		}
	}
	return records.Span{}, false
}

// Units returns the units that records name, and counts the records that name none;
// nil where the binding names no column of units.
func (c *Counted) Units() (u *records.Units, unitless records.Span) {
	for _, l := range c.parts {
		if l.Units != nil {
			return l.Units, l.Unitless
		}
	}
	return nil, records.Span{}
}

// Place returns what a column is bound to, with its place in the bindings.
func (l *List) Place(id string) plan.Bound {
	if b := l.bound(id); b != nil {
		return *b
	}
	return plan.Bound{Pos: l.Binding.Source}
}

// Source names what the list is read from.
func (l *List) Source() string {
	if l.Binding.Relation != "" {
		return l.Binding.Relation
	}
	return "query of " + l.Binding.Table
}
