package fact

import (
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// gatherTyped makes one note of the numbers that are typed as text in one
// column: forms that are typed by hand have them in every row. How each one was
// read is in its evidence.
func gatherTyped(list diag.List) diag.List {
	type column struct {
		file, sheet string
		col         int
	}
	index := map[column]int{} // into out
	count := map[column]int64{}
	var out diag.List
	for _, d := range list {
		at := column{d.Pos.File, d.Pos.Sheet, d.Pos.Area.Col}
		i, again := index[at]
		switch {
		case d.Check != diag.TextNumber || d.Pos.Area.Row != d.Pos.Area.ToRow:
			out = append(out, d)
			continue
		case !again:
			index[at] = len(out)
			out = append(out, d)
		default:
			a := &out[i].Pos.Area
			if d.Pos.Area.Row < a.Row { // the first of them is the example
				out[i].Message = d.Message
			}
			a.Row, a.ToRow = min(a.Row, d.Pos.Area.Row), max(a.ToRow, d.Pos.Area.ToRow)
		}
		count[at]++
	}
	for at, i := range index {
		if n := count[at]; n > 1 {
			out[i].Message = lang.F("%s typed as text; the first: %s", "%s gõ dạng chữ; đầu tiên: %s",
				number.Count(n, "number", "numbers", "số"), out[i].Message)
		}
	}
	return out
}
