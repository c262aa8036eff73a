package query

import (
	"encoding/binary"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/records"
)

// Result is what a server answered to a statement, or what several did: groups
// that several of them have are one.
type Result struct {
	list    *List
	answers []answer
	groups  map[string]*group
	size    int64
}

// group is records that are alike, as far as one cube tells them apart.
type group struct {
	cube    int
	said    []said // by column of the answer
	records int64
}

// said is what a column of the answer says of a group.
type said struct {
	text   string
	null   bool // nothing is there, or the cube does not ask
	number number.Exact
}

// Bounds of an answer.
const (
	MaxGroups = 100_000  // unless --limit says otherwise
	maxSize   = 24 << 20 // bytes of its texts
	maxDigits = 1000     // of a sum
)

// Answer begins the answer to a statement.
func (s *Statement) Answer() *Result {
	return &Result{list: s.list, answers: s.answers, groups: map[string]*group{}}
}

// Add reads one row of the answer to a statement: its columns as text, nil where
// they are null.
func (r *Result) Add(s *Statement, row [][]byte) error {
	if len(row) != s.width() {
		return lang.Errorf("the server answers with %d columns, %d are wanted", "máy chủ trả về %d cột, cần %d cột", len(row), s.width())
	}
	cube, err := count(row[0])
	if err != nil || cube >= int64(len(s.cubes)) {
		return unexpected(row[0])
	}
	g := &group{cube: int(cube), said: make([]said, len(s.answers))}
	if g.records, err = count(row[len(row)-1]); err != nil {
		return err
	}
	var key []byte
	key = appendKey(key, row[0])
	next := 1
	for i, a := range s.answers {
		if a.kind.onDays() {
			continue
		}
		v := row[next]
		next++
		one := said{text: string(v), null: v == nil}
		switch a.kind {
		case sum, least, most, figures, misfits:
			if one, err = exactly(v); err != nil {
				return err
			}
		case spelling:
			if s.types[a.id] == NumericType {
				one.text = canonical(one.text)
			}
			if utf8.RuneCountInString(one.text) >= maxText && slices.Contains(s.distinct, a.id) {
				return lang.Errorf("the column %q holds texts of %d characters and more: different values are counted of shorter ones",
					"cột %q chứa văn bản từ %d ký tự trở lên: chỉ đếm giá trị khác nhau của văn bản ngắn hơn", a.id, maxText)
			}
			key = appendKey(key, v)
		case filled:
			key = appendKey(key, v)
		case dayState, later, misfit:
		}
		g.said[i] = one
	}
	for i, pack := range s.packs {
		v := row[next+i]
		key = appendKey(key, v)
		if err := s.unpack(g, pack, v); err != nil {
			return err
		}
	}
	return r.merge(string(key), g)
}

// width is how many columns the rows of the answer have: the cube, what is said
// but for days, what is said on days, and how many records there are.
func (s *Statement) width() int {
	n := 2 + len(s.packs)
	for _, a := range s.answers {
		if !a.kind.onDays() {
			n++
		}
	}
	return n
}

// unpack reads what one number says on days.
func (s *Statement) unpack(g *group, pack []int, v []byte) error {
	bits := int64(0)
	if v != nil {
		var err error
		if bits, err = count(v); err != nil {
			return err
		}
	}
	for _, i := range pack {
		kind := s.answers[i].kind
		code := bits & (1<<kind.bits() - 1)
		bits >>= kind.bits()
		switch {
		case kind == later && code == 1:
			g.said[i] = said{text: "yes"}
		case kind == later:
			g.said[i] = said{text: "no"}
		case code >= int64(len(dayStates)):
			return unexpected(v)
		default:
			g.said[i] = said{text: dayStates[code], null: code == 0}
		}
	}
	return nil
}

// count reads how many there are of something.
func count(v []byte) (int64, error) {
	n, err := strconv.ParseInt(string(v), 10, 64)
	if err != nil || n < 0 {
		return 0, unexpected(v)
	}
	return n, nil
}

// exactly reads a sum.
func exactly(v []byte) (said, error) {
	if v == nil {
		return said{null: true}, nil
	}
	if len(v) > maxDigits || strings.ContainsAny(string(v), "eE/xX_") {
		return said{}, unexpected(v)
	}
	rat, ok := new(big.Rat).SetString(string(v))
	if !ok {
		return said{}, unexpected(v)
	}
	return said{number: number.FromRat(rat)}, nil
}

// canonical writes a number as sheets do: 4.00 is 4.
func canonical(text string) string {
	if !strings.Contains(text, ".") {
		return text
	}
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

func unexpected(v []byte) error {
	return lang.Errorf("the server answers %q where a number is wanted", "máy chủ trả về %q ở chỗ cần số", clip(string(v)))
}

// appendKey adds a value to what tells groups apart.
func appendKey(key, v []byte) []byte {
	if v == nil {
		return append(key, 0)
	}
	key = binary.BigEndian.AppendUint32(append(key, 1), uint32(len(v)))
	return append(key, v...)
}

func (r *Result) merge(key string, g *group) error {
	known := r.groups[key]
	if known == nil {
		if r.size += int64(len(key)); r.size > maxSize {
			return lang.Errorf("the texts of the groups take more than %d bytes: a column holds free text where a choice is wanted",
				"nội dung các nhóm vượt quá %d byte: có cột chứa văn bản tự do thay vì giá trị lựa chọn", maxSize)
		}
		r.groups[key] = g
		return nil
	}
	known.records += g.records
	for i := range g.said {
		a, b := &known.said[i], g.said[i]
		switch r.answers[i].kind {
		case sum, figures, misfits:
			a.null, a.number = a.null && b.null, a.number.Add(b.number)
		case least:
			a.number, a.null = nearer(*a, b, number.Min), a.null && b.null
		case most:
			a.number, a.null = nearer(*a, b, number.Max), a.null && b.null
		case misfit:
			a.null, a.text = a.null && b.null, max(a.text, b.text)
		case spelling, filled, dayState, later:
		}
	}
	return nil
}

// nearer is the least or the most of two numbers, either of which may be none.
func nearer(a, b said, of func(x, y number.Exact) number.Exact) number.Exact {
	switch {
	case a.null:
		return b.number
	case b.null:
		return a.number
	}
	return of(a.number, b.number)
}

// Merge adds the answer of another server to the same question.
func (r *Result) Merge(other *Result) error {
	at := make([]int, len(r.answers)) // servers may hold numbers as other types
	for i, a := range r.answers {
		at[i] = slices.Index(other.answers, a)
	}
	for _, key := range slices.Sorted(maps.Keys(other.groups)) {
		from := other.groups[key]
		g := &group{cube: from.cube, records: from.records}
		for _, i := range at {
			one := said{null: true}
			if i >= 0 {
				one = from.said[i]
			}
			g.said = append(g.said, one)
		}
		if err := r.merge(key, g); err != nil {
			return err
		}
	}
	return nil
}

// sorted are the groups in an order that does not depend on the servers.
func (r *Result) sorted() []*group {
	out := make([]*group, 0, len(r.groups))
	for _, key := range slices.Sorted(maps.Keys(r.groups)) {
		out = append(out, r.groups[key])
	}
	return out
}

// Len is how many groups there are.
func (r *Result) Len() int { return len(r.groups) }

// Records is how many records the list holds.
func (r *Result) Records() int64 {
	n := int64(0)
	for _, g := range r.groups {
		if g.cube == 0 {
			n += g.records
		}
	}
	return n
}

// Count counts the groups as pkg/records counts rows. repeats are those of each
// column in which no two records have the same.
func (r *Result) Count(repeats map[string]Repeats) *Counted {
	out := &Counted{List: r.list, Records: r.Records(), Groups: r.Len(), Repeats: repeats}
	for i := range r.list.cubes {
		out.parts = append(out.parts, r.list.cubes[i].counter(r.list))
	}
	for _, g := range r.sorted() {
		if g.records > 0 {
			l := out.parts[g.cube]
			l.CountGroup(r.group(l, g))
		}
	}
	for i, c := range r.list.cubes {
		if c.ids {
			countIDs(out.parts[i], repeats[c.columns[0]])
		}
	}
	return out
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

// group is a group as pkg/records takes it.
func (r *Result) group(l *records.List, g *group) *records.Group {
	out := &records.Group{N: g.records}
	for _, f := range l.Facets() {
		id := f.Column.ID
		var c records.GroupCell
		switch {
		case f.Spelling:
			if v := r.said(g, answer{kind: spelling, id: id}); !v.null {
				c.Text = []byte(v.text)
			}
		case f.Period:
			c = dayCell(r.said(g, answer{kind: dayState, id: id}))
		case f.Filled:
			c = filledCell(r.said(g, answer{kind: filled, id: id}))
		}
		if f.Numbers() {
			c.Sum = r.said(g, answer{kind: sum, id: id}).number
			c.Least = r.said(g, answer{kind: least, id: id}).number
			c.Most = r.said(g, answer{kind: most, id: id}).number
			c.Figures, _ = r.said(g, answer{kind: figures, id: id}).number.Int64()
			c.Bad, _ = r.said(g, answer{kind: misfits, id: id}).number.Int64()
			c.Check, c.Shown = diag.NotNumber, []byte(r.said(g, answer{kind: misfit, id: id}).text)
		}
		out.Cells = append(out.Cells, c)
	}
	for _, p := range l.Pairs() {
		out.After = append(out.After, r.said(g, answer{kind: later, id: p.A.ID, other: p.B.ID}).text == "yes")
	}
	return out
}

// said is what an answer says of a group.
func (r *Result) said(g *group, a answer) said {
	i := slices.Index(r.answers, a)
	if i < 0 {
		return said{null: true}
	}
	return g.said[i]
}

// dayCell reads where a day lies; an infinite one is none.
func dayCell(v said) records.GroupCell {
	switch {
	case v.null:
		return records.GroupCell{}
	case v.text == inPeriod:
		return records.GroupCell{State: records.Readable, Day: records.InPeriod}
	case v.text == beforePeriod:
		return records.GroupCell{State: records.Readable, Day: records.BeforePeriod}
	case v.text == afterPeriod:
		return records.GroupCell{State: records.Readable, Day: records.AfterPeriod}
	}
	return records.GroupCell{State: records.Unreadable, Check: diag.NotDate, Shown: []byte(v.text)}
}

// filledCell reads whether a text is there.
func filledCell(v said) records.GroupCell {
	switch {
	case v.null:
		return records.GroupCell{}
	case v.text == "1":
		return records.GroupCell{State: records.Readable}
	}
	return records.GroupCell{Text: []byte(v.text)}
}

// clip cuts a text that a message quotes.
func clip(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
