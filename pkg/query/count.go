package query

import (
	"slices"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/records"
)

// Count counts the groups as pkg/records counts rows. repeats are those of each
// column in which no two records have the same.
func (r *Result) Count(repeats map[string]Repeats) (*Counted, error) {
	s := r.statement
	out := &Counted{List: s.list, Records: r.Records(), Groups: r.Len(), Repeats: repeats}
	for i := range s.list.cubes {
		out.parts = append(out.parts, s.list.cubes[i].counter(s.list))
	}
	for _, g := range r.sorted() {
		for i := range s.cubes {
			if err := s.each(g, i, func(a *alike) { out.parts[i].CountGroup(s.recordsGroup(i, out.parts[i], a)) }); err != nil {
				return nil, err
			}
		}
	}
	for i, c := range s.list.cubes {
		if c.ids {
			countIDs(out.parts[i], repeats[c.columns[0]])
		}
	}
	return out, nil
}

// countIDs counts what is wrong with ids: where they are blank, or errors.
func countIDs(l *records.List, r Repeats) {
	if len(l.Facets()) == 0 {
		return
	}
	for _, id := range r.odd {
		c := records.GroupCell{}
		if !id.null {
			c.Text = []byte(id.text)
		}
		l.CountGroup(&records.Group{N: id.records, Cells: []records.GroupCell{c}})
	}
}

// alike is records that a cube does not tell apart.
type alike struct {
	n      int64
	unit   *string
	said   []said  // by Statement.codes
	values []value // by Statement.measures
}

// said is what a code says of records that are alike.
type said struct {
	told  bool
	class int     // or -1
	text  *string // of records of no class
}

// each calls fn with the records of a group that a cube does not tell apart. What
// it is given is valid until it returns.
func (s *Statement) each(g *group, index int, fn func(*alike)) error {
	c := &s.cubes[index]
	if c.ids || g.cube != regular && g.cube != index {
		return nil
	}
	a := &alike{unit: g.unit, said: make([]said, len(s.codes)), values: make([]value, len(s.measures))}
	for _, i := range c.told {
		if o := &s.codes[i]; o.key && (g.cube == regular || !o.odd()) {
			class := int(g.keys[o.word]) & o.mask() >> o.shift
			if g.keys[o.word] < 0 || class >= len(o.classes) {
				return unexpected([]byte(strconv.FormatInt(g.keys[o.word], 10)))
			}
			a.said[i] = said{told: true, class: class}
		}
	}
	if g.cube == regular {
		return s.eachCell(g, c, a, fn)
	}
	if err := s.readOdd(g, c, a); err != nil {
		return err
	}
	a.n, a.values = g.counts[0], g.values
	fn(a)
	return nil
}

// eachCell calls fn with the records of each cell of a group.
func (s *Statement) eachCell(g *group, c *counted, a *alike, fn func(*alike)) error {
	set := &s.sets[c.set]
	rest := g.counts[0]
	for n := range set.n {
		if a.n = rest; n < set.n-1 {
			a.n = g.counts[set.counts+n]
			rest -= a.n
		}
		switch {
		case a.n < 0:
			return unexpected([]byte(strconv.FormatInt(a.n, 10)))
		case a.n == 0:
			continue
		}
		at := n
		for _, i := range set.codes {
			a.said[i] = said{told: true, class: at % len(s.codes[i].classes)}
			at /= len(s.codes[i].classes)
		}
		for k, m := range set.measures {
			a.values[m] = g.values[set.values+n*len(set.measures)+k]
		}
		fn(a)
	}
	return nil
}

// readOdd reads what the records of a group hold that is of no class.
func (s *Statement) readOdd(g *group, c *counted, a *alike) error {
	for n, i := range s.odd {
		o, text := &s.codes[i], g.odd[n]
		switch {
		case !slices.Contains(c.facets, i):
			continue
		case o.kind == spelled:
			if text != nil && s.types[o.id] == NumericType {
				number := canonical(*text)
				text = &number
			}
			a.said[i] = said{told: true, class: -1, text: text}
			continue
		case text == nil:
			return unexpected(nil)
		}
		if content, odd := strings.CutPrefix(*text, "="); odd {
			a.said[i] = said{told: true, class: -1, text: &content}
			continue
		}
		class, err := strconv.Atoi(*text)
		if err != nil || class < 0 || class >= len(o.classes) {
			return unexpected([]byte(*text))
		}
		a.said[i] = said{told: true, class: class}
	}
	return nil
}

// recordsGroup is records that are alike as pkg/records takes them.
func (s *Statement) recordsGroup(index int, l *records.List, a *alike) *records.Group {
	c := &s.cubes[index]
	out := &records.Group{N: a.n}
	for k, f := range l.Facets() {
		i := c.facets[k]
		if i < 0 {
			cell := records.GroupCell{}
			if a.unit != nil {
				cell.Text = []byte(*a.unit)
			}
			out.Cells = append(out.Cells, cell)
			continue
		}
		cell := s.codes[i].cell(a.said[i])
		for _, m := range c.measures {
			if s.measures[m].id == f.Column.ID {
				s.measures[m].set(&cell, a.values[m])
			}
		}
		if f.Numbers() && cell.State == records.Unreadable {
			cell.Bad = a.n
		}
		out.Cells = append(out.Cells, cell)
	}
	for _, i := range c.pairs {
		out.After = append(out.After, a.said[i].class == 1)
	}
	return out
}

// cell is what records have in the column of the code.
func (c *code) cell(v said) records.GroupCell {
	switch {
	case !v.told:
		return records.GroupCell{}
	case v.class >= 0:
		return c.classes[v.class].cell
	case v.text == nil:
		return records.GroupCell{}
	case c.kind == amount:
		return records.GroupCell{State: records.Unreadable, Check: diag.NotNumber, Shown: []byte(*v.text)}
	}
	return records.GroupCell{Text: []byte(*v.text)}
}

// set notes a value of the measure.
func (m measure) set(cell *records.GroupCell, v value) {
	switch m.kind {
	case sum:
		cell.Sum = v.number
	case least:
		cell.Least = v.number
	case most:
		cell.Most = v.number
	case figures:
		cell.Figures, _ = v.number.Int64()
	}
}
