package fact

import (
	"cmp"
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// A file with one mistake in every row has one mistake. The first findings of a
// kind are listed; one more stands for the rest and counts them.

// Bounds of the findings of one file.
const (
	maxAlike   = 20  // of one check in one column of a sheet
	maxOfCheck = 100 // of one check
)

// checked is a column of a sheet in which a check finds something.
type checked struct {
	check diag.CheckID
	sheet string
	col   int
}

func newChecked(d *diag.Diagnostic) checked {
	return checked{d.Check, d.Pos.Sheet, d.Pos.Area.Col}
}

// findings is a list of findings that may occur in every row.
type findings struct {
	list diag.List
	seen map[checked][]int // where those of a column are in the list
}

// add adds a finding, or counts it with the last one listed for its column;
// findings come in the order of the rows.
func (f *findings) add(d diag.Diagnostic) {
	if f.seen == nil {
		f.seen = map[checked][]int{}
	}
	at := newChecked(&d)
	if seen := f.seen[at]; len(seen) > maxAlike {
		last := &f.list[seen[maxAlike]]
		last.More += 1 + d.More
		last.Severity = min(last.Severity, d.Severity)
		last.Pos.Area.Row = min(last.Pos.Area.Row, d.Pos.Area.Row)
		last.Pos.Area.ToRow = max(last.Pos.Area.ToRow, d.Pos.Area.ToRow)
		return
	}
	f.seen[at] = append(f.seen[at], len(f.list))
	f.list = append(f.list, d)
}

// gatherTyped merges the notes on numbers typed as text into one for each
// column: forms typed by hand have them in every row. The evidence of each
// figure says how it was read.
func gatherTyped(list diag.List) diag.List {
	index := map[checked]int{} // into out
	var out diag.List
	for _, d := range list {
		at := newChecked(&d)
		i, again := index[at]
		switch {
		case d.Check != diag.TextNumber || d.Pos.Area.Row != d.Pos.Area.ToRow && d.More == 0:
			out = append(out, d)
		case !again:
			index[at] = len(out)
			out = append(out, d)
		default:
			a := &out[i].Pos.Area
			if d.Pos.Area.Row < a.Row { // the first of them is the example
				out[i].Message = d.Message
			}
			a.Row, a.ToRow = min(a.Row, d.Pos.Area.Row), max(a.ToRow, d.Pos.Area.ToRow)
			out[i].More += 1 + d.More
		}
	}
	for _, i := range index {
		d := &out[i]
		if d.More > 0 {
			d.Message = lang.F("%s typed as text; the first: %s", "%s gõ dạng chữ; đầu tiên: %s",
				number.Count(1+d.More, "number", "numbers", "số"), d.Message)
		}
		d.More = 0 // one note
	}
	return out
}

// gatherAlike merges the findings of a check beyond the first ones into one.
// The list is sorted.
func gatherAlike(list diag.List) diag.List {
	alike, ofCheck := map[checked]int{}, map[diag.CheckID]int{}
	rest := map[diag.CheckID]int{} // where the finding is that stands for the rest
	last := map[diag.CheckID]diag.Pos{}
	var out diag.List
	for _, d := range list {
		at := newChecked(&d)
		if d.More == 0 && alike[at] < maxAlike && ofCheck[d.Check] < maxOfCheck {
			alike[at]++
			ofCheck[d.Check]++
			out = append(out, d)
			continue
		}
		last[d.Check] = d.Pos
		i, again := rest[d.Check]
		if !again {
			rest[d.Check] = len(out)
			out = append(out, d)
			continue
		}
		out[i].More += 1 + d.More
		out[i].Severity = min(out[i].Severity, d.Severity)
	}
	for check, i := range rest {
		d := &out[i]
		if d.More == 0 {
			continue
		}
		end := last[check]
		end.Area = diag.Area{Row: end.Area.ToRow, Col: end.Area.ToCol, ToRow: end.Area.ToRow, ToCol: end.Area.ToCol}
		if end.Sheet != d.Pos.Sheet {
			d.Pos.Area = diag.Area{}
		}
		d.Related = nil
		d.Message = lang.F(
			"%s of this kind here and below, the last at %s: mend the first ones and check again; the first of them: %s",
			"%s cùng loại từ đây trở xuống, cuối cùng ở %s: hãy sửa các lỗi đầu rồi kiểm tra lại; đầu tiên trong số đó: %s",
			number.Count(1+d.More, "more finding", "more findings", "phát hiện khác"), cmp.Or(end.InSheet(), end.File), d.Message)
	}
	return slices.Clip(out)
}
