package query

import (
	"encoding/binary"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// Result is what a server answered to a statement, or what several did: groups
// that several of them have are one.
type Result struct {
	statement *Statement
	groups    map[string]*group
	known     map[string]*string // texts that recur
	size      int64
	odd       int64 // records of no class, by the groups of all
}

// group is records that are alike: of some class in each code, with counts by
// cells; or of no class in some, as far as one cube tells them apart.
type group struct {
	cube   int // its index, or regular
	unit   *string
	keys   []int64   // the words that tell it apart; -1 where the cube does not
	odd    []*string // by Statement.odd: what the records hold
	counts []int64   // first that of all
	values []value   // of a regular group those of the cells, of another one by Statement.measures
}

// regular is the cube of groups of which each record is of some class.
const regular = -1

// value is what is taken of numbers.
type value struct {
	null   bool
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
	return &Result{statement: s, groups: map[string]*group{}, known: map[string]*string{}}
}

// Empty begins an answer that others are merged into.
func (r *Result) Empty() *Result { return r.statement.Answer() }

// cursor reads the columns of a row one after another.
type cursor struct {
	row [][]byte
	err error
}

func (c *cursor) next() []byte {
	if len(c.row) == 0 {
		if c.err == nil {
			c.err = lang.Errorf("the server answers with fewer columns than are wanted", "máy chủ trả về ít cột hơn cần thiết")
		}
		return nil
	}
	v := c.row[0]
	c.row = c.row[1:]
	return v
}

// count reads how many there are of something.
func (c *cursor) count() int64 {
	v := c.next()
	n, err := strconv.ParseInt(string(v), 10, 64)
	if (err != nil || n < 0) && c.err == nil {
		c.err = unexpected(v)
	}
	return n
}

// value reads what is taken of numbers.
func (c *cursor) value() value {
	v := c.next()
	if v == nil {
		return value{null: true}
	}
	rat, ok := new(big.Rat), false
	if len(v) > maxDigits && c.err == nil {
		c.err = lang.Errorf("a number of more than %d digits: is this the column that is meant?", "có số dài hơn %d chữ số: đây có phải cột cần lấy không?", maxDigits)
	}
	if len(v) <= maxDigits && !strings.ContainsAny(string(v), "eE/xX_") {
		rat, ok = rat.SetString(string(v))
	}
	if !ok {
		if c.err == nil {
			c.err = unexpected(v)
		}
		return value{null: true}
	}
	return value{number: number.FromRat(rat)}
}

func unexpected(v []byte) error {
	return lang.Errorf("the server answers %q where a number is wanted", "máy chủ trả về %q ở chỗ cần số", clip(string(v)))
}

// intern keeps one copy of a text that recurs.
func (r *Result) intern(v []byte) *string {
	if v == nil {
		return nil
	}
	if text := r.known[string(v)]; text != nil {
		return text
	}
	text := string(v)
	r.known[text] = &text
	return &text
}

// Odd is how many records are of no class in some code. They are not in the groups
// of all records, and are asked for by Statement.OddText.
func (r *Result) Odd() int64 { return r.odd }

// Add reads one row of the answer to a statement: its columns as text, nil where
// they are null.
func (r *Result) Add(row [][]byte) error {
	s := r.statement
	c := cursor{row: row}
	g := &group{cube: regular}
	r.readKeys(&c, g)
	n := c.count()
	if len(s.odd) > 0 {
		all := n
		n = c.count()
		if r.odd += all - n; c.err == nil && all < n {
			return unexpected([]byte(strconv.FormatInt(all, 10)))
		}
	}
	g.counts = append(g.counts, n)
	s.readCells(&c, g)
	if c.err != nil || n == 0 {
		return c.err
	}
	return r.merge(g.key(), g)
}

// AddOdd reads one row of the answer to Statement.OddText.
func (r *Result) AddOdd(row [][]byte) error {
	s := r.statement
	c := cursor{row: row}
	g := &group{cube: int(c.count()) - 1}
	if c.err == nil && (g.cube < 0 || g.cube >= len(s.cubes)) {
		return unexpected(row[0])
	}
	r.readKeys(&c, g)
	for _, i := range s.odd {
		text := c.next()
		if slices.Contains(s.distinct, s.codes[i].id) && utf8.RuneCount(text) >= maxText {
			return lang.Errorf("the column %q holds texts of %d characters and more: different values are counted of shorter ones",
				"cột %q chứa văn bản từ %d ký tự trở lên: chỉ đếm giá trị khác nhau của văn bản ngắn hơn", s.codes[i].id, maxText)
		}
		g.odd = append(g.odd, r.intern(text))
	}
	g.counts = append(g.counts, c.count())
	for range s.measures {
		g.values = append(g.values, c.value())
	}
	if c.err != nil || g.counts[0] == 0 {
		return c.err
	}
	return r.merge(g.key(), g)
}

// readKeys reads what tells a group apart.
func (r *Result) readKeys(c *cursor, g *group) {
	if r.statement.hasUnit() {
		g.unit = r.intern(c.next())
	}
	for range r.statement.keyWords {
		g.keys = append(g.keys, -1)
		if len(c.row) > 0 && c.row[0] == nil {
			c.next()
			continue
		}
		g.keys[len(g.keys)-1] = c.count()
	}
}

// readCells reads the counts and values of the cells of a group.
func (s *Statement) readCells(c *cursor, g *group) {
	for i := range s.sets {
		set := &s.sets[i]
		for n := range set.n {
			if n < set.n-1 {
				g.counts = append(g.counts, c.count())
			}
			for range set.measures {
				g.values = append(g.values, c.value())
			}
		}
	}
}

// key tells groups apart. Groups are in the order of their keys.
func (g *group) key() string {
	key := binary.BigEndian.AppendUint32(nil, uint32(g.cube-regular))
	for _, text := range append([]*string{g.unit}, g.odd...) {
		if text == nil {
			key = append(key, 0)
			continue
		}
		key = append(append(key, 1), *text...)
		key = append(key, 0)
	}
	for _, word := range g.keys {
		key = binary.BigEndian.AppendUint64(key, uint64(word))
	}
	return string(key)
}

// merge adds a group to those that are there.
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
	for i, n := range g.counts {
		known.counts[i] += n
	}
	for i, v := range g.values {
		known.values[i].add(r.kind(g, i), v)
	}
	return nil
}

// kind is what the value of a group at an index is.
func (r *Result) kind(g *group, i int) measureKind {
	s := r.statement
	if g.cube != regular {
		return s.measures[i].kind
	}
	for k := range s.sets {
		set := &s.sets[k]
		if n := len(set.measures); n > 0 && i >= set.values && i < set.values+n*set.n {
			return s.measures[set.measures[(i-set.values)%n]].kind
		}
	}
	return figures
}

func (v *value) add(k measureKind, o value) {
	switch {
	case o.null:
	case v.null:
		*v = o
	case k == least:
		v.number = number.Min(v.number, o.number)
	case k == most:
		v.number = number.Max(v.number, o.number)
	default:
		v.number = v.number.Add(o.number)
	}
}

// Merge adds the answer of another server to the same question. Their statements
// are of one sample.
func (r *Result) Merge(other *Result) error {
	for _, key := range slices.Sorted(maps.Keys(other.groups)) {
		g := *other.groups[key]
		g.counts, g.values = slices.Clone(g.counts), slices.Clone(g.values)
		if err := r.merge(key, &g); err != nil {
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
		if g.cube == regular || g.cube == 0 {
			n += g.counts[0]
		}
	}
	return n
}

// canonical writes a number as sheets do: 4.00 is 4.
func canonical(text string) string {
	if !strings.Contains(text, ".") {
		return text
	}
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// clip cuts a text that a message quotes.
func clip(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
