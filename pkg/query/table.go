package query

import (
	"strconv"

	"github.com/parcheck/parcheck/pkg/number"
)

// Table is the groups as a table, by which every figure can be added up again
// without the database: list, cube, what the records of a group have in common,
// how many they are, and their sums. What a cube does not tell apart is "*", what
// is blank in all records of a group is "".
func (r *Result) Table() (columns []string, rows [][]string) {
	columns = []string{"list", "cube"}
	for _, a := range r.answers {
		columns = append(columns, a.name())
	}
	columns = append(columns, "records")
	asked := make([][]bool, len(r.list.cubes))
	for _, g := range r.sorted() {
		if asked[g.cube] == nil {
			asked[g.cube] = r.asked(g.cube)
		}
		row := []string{r.list.Binding.Table, strconv.Itoa(g.cube + 1)}
		for i, v := range g.said {
			row = append(row, r.cell(i, v, asked[g.cube][i]))
		}
		rows = append(rows, append(row, strconv.FormatInt(g.records, 10)))
	}
	return columns, rows
}

// asked tells which answers a cube has.
func (r *Result) asked(cube int) []bool {
	out := make([]bool, len(r.answers))
	l := r.list.cubes[cube].counter(r.list)
	has := func(a answer) {
		for i := range r.answers {
			out[i] = out[i] || r.answers[i] == a
		}
	}
	for _, f := range l.Facets() {
		for _, k := range []answerKind{spelling, filled, dayState, sum, least, most, figures, misfits, misfit} {
			if !k.adds() || k.of(f) {
				has(answer{kind: k, id: f.Column.ID})
			}
		}
	}
	for _, p := range l.Pairs() {
		has(answer{kind: later, id: p.A.ID, other: p.B.ID})
	}
	return out
}

// cell is what an answer says of a group, as text.
func (r *Result) cell(i int, v said, asked bool) string {
	switch k := r.answers[i].kind; {
	case !asked:
		return "*"
	case v.null:
		return ""
	case k == sum || k == least || k == most || k == figures || k == misfits:
		n, _ := number.Decimals(v.number, maxDigits)
		return string(number.AppendDigits(nil, v.number, n))
	case k == filled && v.text == "1":
		return "filled"
	}
	return v.text
}
