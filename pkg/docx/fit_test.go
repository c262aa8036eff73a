package docx

import (
	"slices"
	"testing"
)

// A column that would break a word takes room from those that have some to spare,
// and the table stays as wide.
func TestColumnsFitTheirWords(t *testing.T) {
	row := func(texts ...string) (cells []Cell) {
		for _, s := range texts {
			cells = append(cells, Text(Style{Size: 11}, s))
		}
		return cells
	}
	for name, c := range map[string]struct {
		widths []int
		rows   [][]Cell
		want   []int
	}{
		"all fit":                  {[]int{3000, 700}, [][]Cell{row("one two", "Met")}, []int{3000, 700}},
		"from the roomy column":    {[]int{6000, 700}, [][]Cell{row("one two", "appreciable")}, []int{5342, 1358}},
		"from the emptiest first":  {[]int{2000, 1200, 500}, [][]Cell{row("h", "h", "Missed"), row("a name of many short words", "1", "2")}, []int{2000, 826, 874}},
		"no room at all":           {[]int{700, 700}, [][]Cell{row("applicable", "applicable")}, []int{700, 700}},
		"what spans sets no width": {[]int{3000, 700}, [][]Cell{{{Lines: []string{"incomprehensibilities"}, Style: Style{Size: 11}, Span: 2}}}, []int{3000, 700}},
	} {
		table := Table{Widths: c.widths, Header: len(c.rows) - 1, Rows: c.rows}
		if got := table.fitted(); !slices.Equal(got, c.want) || sum(got) != sum(c.widths) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
