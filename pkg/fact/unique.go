package fact

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/maphash"
	"slices"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
)

// idSet finds values that occur twice among a million without keeping their
// texts: it keeps 48-bit hashes, and what it suspects is compared letter by
// letter in a second pass. So a collision of hashes never reaches a result.
type idSet struct {
	seed   maphash.Seed
	buf    [64]byte
	chunks [][]byte // of hashes: one long slice would leave garbage behind as it grows
}

const (
	hashBytes = 6
	hashChunk = hashBytes << 14 // bytes of a chunk
)

// hash is that of the id as foldID has it.
func (s *idSet) hash(id []byte) uint64 {
	return maphash.Bytes(s.seed, foldID(s.buf[:0], id)) >> (64 - 8*hashBytes)
}

// add notes an id.
func (s *idSet) add(id []byte) {
	last := len(s.chunks) - 1
	if last < 0 || len(s.chunks[last]) == hashChunk {
		var chunk []byte
		if last++; last > 0 { // a small list has one chunk, of its size
			chunk = make([]byte, 0, hashChunk)
		}
		s.chunks = append(s.chunks, chunk)
	}
	h := s.hash(id)
	s.chunks[last] = append(s.chunks[last], byte(h), byte(h>>8), byte(h>>16), byte(h>>24), byte(h>>32), byte(h>>40))
}

// suspect finds the hashes that occur twice. Sorting them costs a third of what
// a hash table costs that is too large for the processor's cache; of many, a
// part is sorted at a time, which takes that much less memory.
func suspect(chunks [][]byte) map[uint64]bool {
	const bits = 4
	parts, n := 1, 0
	for _, c := range chunks {
		n += len(c) / hashBytes
	}
	if len(chunks) > 1 {
		parts = 1 << bits
	}
	out := map[uint64]bool{}
	sorted := make([]uint64, 0, n/parts+n/parts/8)
	for part := range parts {
		sorted = sorted[:0]
		for _, c := range chunks {
			for ; len(c) > 0; c = c[hashBytes:] {
				h := uint64(binary.LittleEndian.Uint32(c)) | uint64(binary.LittleEndian.Uint16(c[4:]))<<32
				if parts == 1 || h>>(8*hashBytes-bits) == uint64(part) {
					sorted = append(sorted, h)
				}
			}
		}
		slices.Sort(sorted)
		for i := 1; i < len(sorted); i++ {
			if sorted[i] == sorted[i-1] {
				out[sorted[i]] = true
			}
		}
	}
	return out
}

// rowPlace is where a record has a value.
type rowPlace struct {
	table    *located
	row, col int
}

// checkLists looks at all sheets that a list stands in: whether each has the
// columns that facts need, and whether values that should be unique are, in one
// sheet and between two.
func (c *collector) checkLists(ctx context.Context) error {
	for i := range c.plan.Tables {
		t := &c.plan.Tables[i]
		if t.Shape != plan.List {
			continue
		}
		var lists []*located
		for _, l := range c.tables {
			if l.Table == t {
				lists = append(lists, l)
			}
		}
		c.reportUneven(lists)
		for j := range t.Columns {
			if err := c.reportColumnTwice(ctx, lists, &t.Columns[j]); err != nil {
				return err
			}
		}
	}
	return nil
}

// reportUneven reports the columns that facts need and that one sheet of a list
// has and another lacks.
func (c *collector) reportUneven(lists []*located) {
	lists = slices.DeleteFunc(slices.Clone(lists), func(t *located) bool { return t.list.records == 0 })
	if len(lists) < 2 {
		return
	}
	for _, t := range lists {
		for _, id := range c.lacking(t) {
			has := slices.IndexFunc(lists, func(o *located) bool { _, f := o.column(id); return f.Col > 0 })
			if has < 0 {
				continue
			}
			c.diags.Add(diag.MissingColumn, c.headerAt(t), lang.F(
				"%s has no column %s here, and has one in %s: its records cannot be counted by it; add it",
				"bảng %s ở đây không có cột %s, còn ở %s thì có: không tính được hồ sơ theo cột này; hãy bổ sung",
				t.Title, quoted(ColumnNames(t.FindColumn(id), c.period)), diag.QuoteSheet(lists[has].sheet.Name)))
		}
	}
}

// lacking lists the columns that facts need and a list does not have.
func (c *collector) lacking(t *located) []string {
	var out []string
	for i := range c.plan.Facts {
		for j := range c.plan.Facts[i].From {
			src := &c.plan.Facts[i].From[j]
			if src.Table != t.ID || t.list.find(src) != nil {
				continue
			}
			if id := t.lacks(src); !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// reportColumnTwice reads the lists once more, where hashes of a column are
// equal, and compares the records that have them.
func (c *collector) reportColumnTwice(ctx context.Context, lists []*located, col *plan.Column) error {
	var hashes [][]byte
	for _, t := range lists {
		if column := t.list.unique(col); column != nil {
			hashes = append(hashes, column.ids.chunks...)
			column.ids.chunks = nil
		}
	}
	suspected := suspect(hashes)
	if len(suspected) == 0 {
		return nil
	}
	first, told := newIDPlaces(), int64(0)
	for _, t := range lists {
		again := c.newList(t)
		column := again.unique(col)
		if column == nil {
			continue
		}
		var more, cased span
		err := c.eachRecord(ctx, t.sheet.Index, t, again, func(row *cell.Row) {
			id := bytes.TrimSpace(column.raw)
			if column.state == blank || len(id) == 0 || !suspected[column.ids.hash(id)] {
				return
			}
			const most = 10 // that are told one by one
			switch at, how := first.note(id, rowPlace{t, row.Number, column.at}); {
			case how == another:
			case how == otherCase:
				cased.add(row.Number)
			case told < most:
				told++
				c.reportAgain(t, column, row.Number, at, how)
			default:
				told++
				more.add(row.Number)
			}
		})
		if err != nil {
			return err
		}
		if cased.n > 0 {
			c.diags.Add(diag.OddID, diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: cased.area(column.at)}, lang.F(
				"%s whose %q differs from that of another one only by capitals, the first in row %d: are they the same? write ids alike",
				"%s có %q chỉ khác hồ sơ khác ở chữ hoa, chữ thường, đầu tiên ở hàng %d: có phải cùng một mã? hãy ghi mã thống nhất",
				records(cased.n), column.path, cased.first))
		}
		if more.n > 0 {
			c.diags.Add(diag.NotUnique, diag.Pos{File: c.file, Sheet: t.sheet.Name, Area: more.area(column.at)}, lang.F(
				"and %s more whose %q occurs above", "và %s nữa có %q đã xuất hiện ở trên", records(more.n), column.path))
		}
	}
	if col.Role == plan.KeyRole {
		for _, t := range lists {
			t.list.twice = told
		}
	}
	return nil
}

// unique returns the column in which no two records have the same, or nil
// where the list lacks it.
func (l *list) unique(col *plan.Column) *column {
	i := slices.IndexFunc(l.columns, func(o *column) bool { return o.Column == col && o.ids != nil })
	if i < 0 {
		return nil
	}
	return l.columns[i]
}

// likeness is how an id is like one that stands before it.
type likeness uint8

const (
	another   likeness = iota // it is not
	same                      // letter by letter
	looksSame                 // but for what cannot be seen
	otherCase                 // but for capitals
)

// idPlaces are the places at which ids stand first: letter by letter, but for
// what cannot be seen, and but for capitals, too.
type idPlaces [otherCase + 1]map[string]rowPlace

func newIDPlaces() *idPlaces {
	p := &idPlaces{}
	for i := same; i <= otherCase; i++ {
		p[i] = map[string]rowPlace{}
	}
	return p
}

// note returns the place of the first id that is most like this one, or notes
// that this is it.
func (p *idPlaces) note(id []byte, at rowPlace) (first rowPlace, how likeness) {
	forms := [...]string{same: string(id), looksSame: string(visibleID(nil, id)), otherCase: string(foldID(nil, id))}
	for how := same; how <= otherCase; how++ {
		if first, ok := p[how][forms[how]]; ok {
			return first, how
		}
		p[how][forms[how]] = at
	}
	return rowPlace{}, another
}

func (c *collector) reportAgain(t *located, col *column, row int, first rowPlace, how likeness) {
	where := lang.F("row %d", "dòng %d", first.row)
	if first.table != t {
		where = lang.F("row %d in %s", "hàng %d ở %s", first.row, diag.QuoteSheet(first.table.sheet.Name))
	}
	message := lang.F("the value in the column %q is that of %s: no two records have the same", "giá trị ở cột %q trùng với %s: mỗi hồ sơ có giá trị riêng", col.path, where)
	if col.Role == plan.KeyRole {
		message = lang.F("the id in the column %q is that of %s: each record has its own", "mã ở cột %q trùng với %s: mỗi hồ sơ có mã riêng", col.path, where)
	}
	if how == looksSame {
		message = lang.F("%s; they differ only by what cannot be seen, such as spaces or zero-width characters: type one of them again",
			"%s; hai giá trị chỉ khác ở ký tự không nhìn thấy, như dấu cách đặc biệt hoặc ký tự rỗng: hãy gõ lại một trong hai", message)
	}
	c.diags.Add(diag.NotUnique, c.at(t.sheet, row, col.at), message,
		diag.Related{Pos: c.at(first.table.sheet, first.row, first.col), Message: lang.T("the first record with it", "hồ sơ đầu tiên có giá trị này")})
}
