package fact

import (
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// findScale reads the unit of money (đơn vị tính) of a table from the nearest
// caption above it.
func (c *collector) findScale(t *located) {
	t.scale = number.Int(1)
	if len(t.Scale) == 0 {
		return
	}
	from := c.above(t)
	for i := len(c.said) - 1; i >= 0; i-- {
		s := &c.said[i]
		if s.at.Sheet != t.sheet.Name || s.at.Area.Row > t.header.Bottom || !slices.Contains(scaleCaptions, s.name) && !slices.Contains(scaleWords, s.name) {
			continue
		}
		unit := s.value
		if unit == "" && s.next != nil {
			unit = s.next.value
		}
		if times, ok := scaleOf(t.Table, unit); ok {
			t.scale = times
			return
		}
		if unit != "" && s.colon && slices.Contains(scaleCaptions, s.name) && s.at.Area.Row > from {
			t.unscaled = lang.F("the unit of money %q is not known: want one of %s", "đơn vị tính %q chưa được biết: cần một trong %s",
				clip(unit), quoted(scaleNames(t.Table)))
			c.diags.Add(diag.NotNumber, s.at, t.unscaled)
			return
		}
	}
	d := diag.New(diag.NotNumber, c.headerAt(t), lang.F(
		`%s does not say its unit of money: its figures are taken as they stand; write the unit above the table, such as "ĐVT: %s"`,
		`%s không ghi đơn vị tính: số liệu được lấy nguyên như đã ghi; hãy ghi phía trên bảng, ví dụ "ĐVT: %s"`, t.Title, scaleNames(t.Table)[0]))
	d.Severity = diag.Warning
	c.diags = append(c.diags, d)
}

// above returns the row at which the next table above begins in its sheet, or
// 0: captions below it are the table's own.
func (c *collector) above(t *located) int {
	row := 0
	for _, o := range c.tables {
		if o.sheet == t.sheet && o.header.Bottom < t.header.Top {
			row = max(row, o.header.Bottom)
		}
	}
	return row
}

// scaleOf returns how much a unit is. More may follow its name: "triệu đồng,
// %".
func scaleOf(t *plan.Table, unit string) (times number.Exact, ok bool) {
	key, longest := label.Key(unit), -1
	for _, s := range t.Scale {
		for _, n := range s.Names {
			name := label.Key(n)
			rest, begins := strings.CutPrefix(key, name)
			if begins && len(name) > longest && (rest == "" || strings.ContainsRune(" ,;/(", rune(rest[0]))) {
				times, ok, longest = s.Times, true, len(name)
			}
		}
	}
	return times, ok
}

func scaleNames(t *plan.Table) []string {
	var names []string
	for _, s := range t.Scale {
		names = append(names, s.Names...)
	}
	return names
}
