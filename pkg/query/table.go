package query

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Table returns the groups as a table, from which every figure can be added up again
// without the database: list, cube, what the records of a group have in common,
// how many they are, and what is made of their numbers. "*" stands for what a cube
// does not tell apart, "" for what is blank in all records of a group.
func (r *Result) Table() (columns []string, rows [][]string, err error) {
	s := r.statement
	columns = []string{"list", "cube"}
	if s.hasUnit() {
		columns = append(columns, s.list.unit)
	}
	for i := range s.codes {
		columns = append(columns, s.codes[i].name())
	}
	for _, m := range s.measures {
		columns = append(columns, m.name())
	}
	columns = append(columns, "records")
	for i := range s.cubes {
		groups := map[string]*tableGroup{}
		for _, g := range r.sorted() {
			if err := s.each(g, i, func(a *alike) { s.addToTable(groups, i, a) }); err != nil {
				return nil, nil, err
			}
		}
		for _, key := range slices.Sorted(maps.Keys(groups)) {
			g := groups[key]
			rows = append(rows, append(append(g.cells, s.valueCells(i, g.values)...), strconv.FormatInt(g.n, 10)))
		}
	}
	return columns, rows, nil
}

// tableGroup is a row of the table.
type tableGroup struct {
	cells  []string // that tell it apart
	n      int64
	values []value
}

// addToTable adds records that are alike to their row.
func (s *Statement) addToTable(groups map[string]*tableGroup, index int, a *alike) {
	c := &s.cubes[index]
	cells := []string{s.list.Binding.Table, strconv.Itoa(index + 1)}
	if s.hasUnit() {
		switch {
		case !c.unit:
			cells = append(cells, "*")
		case a.unit == nil:
			cells = append(cells, "")
		default:
			cells = append(cells, *a.unit)
		}
	}
	for i := range s.codes {
		switch v := a.said[i]; {
		case !v.told:
			cells = append(cells, "*")
		case v.class >= 0:
			cells = append(cells, s.codes[i].classes[v.class].name)
		case v.text == nil:
			cells = append(cells, "")
		default:
			cells = append(cells, *v.text)
		}
	}
	key := strings.Join(cells, "\x00")
	g := groups[key]
	if g == nil {
		g = &tableGroup{cells: cells}
		for range s.measures {
			g.values = append(g.values, value{null: true})
		}
		groups[key] = g
	}
	g.n += a.n
	for _, m := range c.measures {
		g.values[m].add(s.measures[m].kind, a.values[m])
	}
}

// valueCells are what a cube makes of numbers.
func (s *Statement) valueCells(index int, values []value) []string {
	var out []string
	for m, v := range values {
		switch {
		case !slices.Contains(s.cubes[index].measures, m):
			out = append(out, "*")
		case v.null:
			out = append(out, "")
		case s.ofDays(s.measures[m]) && s.measures[m].kind != figures:
			day, _ := plan.DayOf(v.number)
			out = append(out, day.String())
		default:
			n, _ := number.Decimals(v.number, maxDigits)
			out = append(out, string(number.AppendDigits(nil, v.number, n)))
		}
	}
	return out
}
