package fact

import (
	"cmp"

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

// Bounds of the findings of one file.
const (
	maxAlike   = 20  // of one check in one column of a sheet
	maxOfCheck = 100 // of one check
)

// gatherAlike makes one finding a check of those beyond the first ones: a file
// with a mistake in each of its rows has one mistake. The list is in order.
func gatherAlike(list diag.List) diag.List {
	type column struct {
		check diag.CheckID
		sheet string
		col   int
	}
	alike, ofCheck := map[column]int{}, map[diag.CheckID]int{}
	more := map[diag.CheckID]*further{}
	var out diag.List
	for _, d := range list {
		at := column{d.Check, d.Pos.Sheet, d.Pos.Area.Col}
		if alike[at] < maxAlike && ofCheck[d.Check] < maxOfCheck {
			alike[at]++
			ofCheck[d.Check]++
			out = append(out, d)
			continue
		}
		m := more[d.Check]
		if m == nil {
			m = &further{at: len(out)}
			more[d.Check] = m
			out = append(out, d)
		}
		m.n++
		m.last = d.Pos
		out[m.at].Severity = min(out[m.at].Severity, d.Severity)
	}
	for _, m := range more {
		if m.n == 1 {
			continue // as it is
		}
		out[m.at].Message = lang.F(
			"%s more of this kind, the last at %s: mend the first ones and check again; the first of these: %s",
			"còn %s cùng loại, cuối cùng ở %s: hãy sửa các lỗi đầu rồi kiểm tra lại; lỗi đầu tiên trong số đó: %s",
			number.Count(m.n, "finding", "findings", "phát hiện"), cmp.Or(m.last.InSheet(), m.last.File), out[m.at].Message)
		out[m.at].Related = nil
	}
	return out
}

// further are findings beyond the first ones.
type further struct {
	at   int // of the first of them in the list
	n    int64
	last diag.Pos
}
