package query

import (
	"fmt"
	"math/bits"
	"slices"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
)

// codeKind is what a code says of a record.
type codeKind uint8

const (
	spelled codeKind = iota // the text of a cell, by its class
	filled                  // whether a text is there
	amount                  // whether a number is there, and on which side of the bounds of conditions
	dayCode                 // where a day lies beside the period and the days of conditions
	later                   // whether one day is after another, to which some may be added
)

// code is a small number that the server makes of a column, or of two: the index
// of a class. Several codes make one word.
type code struct {
	kind    codeKind
	id      string    // of the column
	other   string    // of the column that is compared with
	plus    plan.Days // added to the days of that
	orOn    bool      // the day that comes out is after, too
	classes []class
	order   []string       // the texts of all classes of a spelled code, as they are compared
	bounds  []number.Exact // of an amount, in order
	cuts    []date.Date    // of a day, in order: the last days before the next range
	ranges  []int          // of a day: the classes of the days up to each cut, and after the last

	key         bool // its classes make groups; those of others are counted in cells
	word, shift int
}

// class is the records that a code does not tell apart.
type class struct {
	name  string   // as the groups are written out
	texts []string // that are of this class, of a spelled code
	blank bool     // what is blank is of this class, of a spelled code
	cell  records.GroupCell
}

// odd reports whether a record can be of no class: the server sends what such a
// record holds, and pkg/records reads that.
func (c *code) odd() bool { return c.kind <= amount }

// bits is how many bits the code takes. The first says that a record is of no
// class.
func (c *code) bits() int {
	n := bits.Len(uint(max(len(c.classes)-1, 0)))
	if c.odd() {
		n++
	}
	return n
}

// oddBit is the code of a record that is of no class.
func (c *code) oddBit() int { return 1 << (c.bits() - 1) }

// mask has the bits of the code in its word.
func (c *code) mask() int { return (1<<c.bits() - 1) << c.shift }

// name is how the groups that are written out call the code: no id has a space.
func (c *code) name() string {
	if c.kind != later {
		return c.id
	}
	name := c.id + " > " + c.other
	if c.orOn {
		name = c.id + " >= " + c.other
	}
	switch less := (plan.Days{N: -c.plus.N, Working: c.plus.Working}); {
	case c.plus.N < 0:
		name += " - " + less.String()
	case !c.plus.IsZero():
		name += " + " + c.plus.String()
	}
	return name
}

// Bounds of the classes of a code.
const (
	maxClasses   = 60
	maxSpellings = 60 // in the statement, of a column
	maxUnknown   = 4  // of them, that mean no choice: each is a class of its own
	recurs       = 2  // records of a sample, from which on its spelling is not rare
)

// classify finds the classes of a code.
func (s *Statement) classify(c *code, all *records.List, sample *Sample) error {
	switch c.kind {
	case spelled:
		s.spellings(c, all, sample)
	case filled:
		c.classes = []class{{}, {name: "filled", cell: records.GroupCell{State: records.Readable}}}
	case amount:
		return c.amounts(facetOf(all, c.id))
	case dayCode:
		c.days(s.list.Period, all, facetOf(all, c.id))
	case later:
		c.classes = []class{{name: "no"}, {name: "yes"}}
	}
	return nil
}

// facetOf returns the facet of a column.
func facetOf(l *records.List, id string) records.Facet {
	facets := l.Facets()
	i := slices.IndexFunc(facets, func(f records.Facet) bool { return f.Column.ID == id })
	if i < 0 {
		return records.Facet{}
	}
	return facets[i]
}

// spellings makes classes of the texts of a column that pkg/records reads as
// choices of the plan, or as texts that it names: those of a sample, the most
// frequent first, and the plan's own. A text that is neither is a class of its own
// if it recurs in the sample: asking for it apart would read the relation once more.
// A column without a required value has a class of what is blank, too, as has one
// that is blank in the sample.
func (s *Statement) spellings(c *code, all *records.List, sample *Sample) {
	col := s.list.Table.FindColumn(c.id)
	f := facetOf(all, c.id)
	index := map[string]int{}
	find := func(key string) *class {
		i, ok := index[key]
		if !ok {
			i = len(c.classes)
			index[key], c.classes = i, append(c.classes, class{})
		}
		return &c.classes[i]
	}
	blank := all.Blank(f)
	if sample.blank(c.id) || !col.Required {
		find(blank).blank = true
	}
	n, unknown := 0, 0
	for _, text := range append(sample.texts(c.id), planTexts(col, s.list)...) {
		if n == maxSpellings || !harmless(text) {
			continue
		}
		shown := text
		if s.types[c.id] == NumericType {
			shown = canonical(text)
		}
		key, ok := all.Class(f, []byte(shown))
		isBlank := key == records.BlankClass
		if isBlank {
			key = blank
		}
		if !ok && col.Type == plan.Choice && unknown < maxUnknown && sample.seen[c.id][text] >= recurs {
			key, ok = "unknown "+shown, true
			unknown++
		}
		_, known := index[key]
		if !ok || !known && len(c.classes) == maxClasses {
			continue
		}
		cl := find(key)
		if slices.Contains(cl.texts, text) {
			continue
		}
		n++
		cl.texts, c.order = append(cl.texts, text), append(c.order, text)
		if !isBlank && cl.cell.Text == nil {
			cl.cell.Text = []byte(shown)
		}
		cl.call(col, shown)
	}
	for i := range c.classes {
		if cl := &c.classes[i]; cl.blank && cl.name != "" {
			cl.name = "(blank) | " + cl.name
		}
	}
}

// call adds a text to the name of a class, unless it is another spelling of one
// that is there.
func (c *class) call(col *plan.Column, text string) {
	switch {
	case c.cell.Text == nil: // blank
	case c.name == "":
		c.name = text
	case col.Type == plan.Choice && !slices.ContainsFunc(c.texts[:len(c.texts)-1], func(t string) bool { return sameChoice(col, t, text) }):
		c.name += " | " + text
	}
}

// amounts makes classes of numbers: what is blank, and what lies on one side of
// all bounds.
func (c *code) amounts(f records.Facet) error {
	c.bounds = slices.Clone(f.Bounds)
	slices.SortFunc(c.bounds, number.Exact.Cmp)
	c.classes = []class{{}}
	add := func(name string, x number.Exact) {
		c.classes = append(c.classes, class{name: name, cell: records.GroupCell{State: records.Readable, Number: x}})
	}
	if len(c.bounds) == 0 {
		add("filled", number.Exact{})
		return nil
	}
	for i, b := range c.bounds {
		text, ok := digits(b)
		if !ok {
			return fmt.Errorf("query: the bound %s has no end", b)
		}
		if i == 0 {
			add("< "+text, b.Sub(number.Int(1)))
		} else {
			add("< "+text, b.Add(c.bounds[i-1]).Quo(number.Int(2)))
		}
		add(text, b)
	}
	last := c.bounds[len(c.bounds)-1]
	text, _ := digits(last)
	add("> "+text, last.Add(number.Int(1)))
	return nil
}

// digits writes a number as SQL does.
func digits(x number.Exact) (string, bool) {
	n, ok := number.Decimals(x, maxDigits)
	return string(number.AppendDigits(nil, x, n)), ok
}
