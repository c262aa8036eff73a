package query

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
)

// Statement asks a server for everything that the facts of a plan count in one
// bound list.
type Statement struct {
	Text string // groups of all records

	list     *List
	types    map[string]Type // of the columns by their ids; that of the unit is under its own
	columns  []string        // ids of the columns that are read
	distinct []string        // those of columns whose different values are counted
	codes    []code
	keyWords int       // the words of the codes that make groups: the first ones
	words    int       // all words
	odd      []int     // indexes of the codes that can be odd
	measures []measure // that are taken of the columns
	cubes    []counted // one for each cube of the list
	sets     []cells
}

// counted is how a cube of the list is read off the answer.
type counted struct {
	ids      bool  // it is not: its ids are asked for apart
	unit     bool  // it tells units apart
	facets   []int // of each facet of the cube: the index of its code, or -1
	pairs    []int // of each pair of days: the index of its code
	told     []int // indexes of the codes whose classes it tells apart
	measures []int
	set      int // index of the cells that count it
}

// cells are all combinations of the classes of some codes. Each of them is counted
// within each group.
type cells struct {
	codes    []int
	measures []int
	n        int
	counts   int // index of its first count in a row; the last cell has none: it has what the others leave
	values   int // index of its first value in a row
}

// Hash returns the SHA-256 of a statement, in hexadecimal.
func Hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// measureKind is what is taken of the numbers of a column.
type measureKind uint8

const (
	sum measureKind = iota
	least
	most
	figures // how many there are
)

// measure is something that is taken of the numbers of a column.
type measure struct {
	kind measureKind
	id   string
}

// function is the aggregate of SQL. The one that takes values of any type is named
// with its schema: another user's of the very type would be taken before it.
func (k measureKind) function() string {
	switch k {
	case sum:
		return "sum"
	case least:
		return "min"
	case most:
		return "max"
	case figures:
		return "pg_catalog.count"
	}
	return ""
}

// again is the aggregate that makes one of several.
func (k measureKind) again() string {
	if k == figures {
		return "sum"
	}
	return k.function()
}

// name is how the groups that are written out call the measure.
func (m measure) name() string {
	switch m.kind {
	case sum:
		return "sum of " + m.id
	case least:
		return "least of " + m.id
	case most:
		return "most of " + m.id
	case figures:
	}
	return "numbers in " + m.id
}

// of reports whether a facet asks for a measure.
func (k measureKind) of(f records.Facet) bool {
	switch k {
	case sum:
		return f.Sum
	case least:
		return f.Least
	case most:
		return f.Most
	case figures:
		return f.Numbers()
	}
	return false
}

// Compile makes the statement that counts a bound list on a server where its
// columns have these types. It gives at most maxGroups rows, and one more where
// there are more. Statements of one sample give rows that can be merged.
func (l *List) Compile(types map[string]Type, sample *Sample, maxGroups int64) (*Statement, error) {
	s := &Statement{list: l, types: types}
	for i := range l.cubes {
		for _, src := range l.cubes[i].sources {
			if err := l.refuse(src); err != nil {
				return nil, err
			}
		}
		s.addCube(&l.cubes[i])
	}
	all := l.all()
	for i := range s.codes {
		if err := s.classify(&s.codes[i], all, sample); err != nil {
			return nil, err
		}
	}
	s.layOut()
	s.pack()
	return s, s.write(maxGroups)
}

// refuse refuses a source that no groups can answer: one that looks at the numbers
// of a column of shares.
func (l *List) refuse(src *plan.Source) error {
	some := func(is func(plan.Condition) bool) bool {
		var any func(where []plan.Condition) bool
		any = func(where []plan.Condition) bool {
			return slices.ContainsFunc(where, func(w plan.Condition) bool { return is(w) || slices.ContainsFunc(w.Any, any) })
		}
		return any(src.Where)
	}
	shares := func(id string) bool { return l.Table.FindColumn(id).Type == plan.Share }
	switch {
	case src.Op.OfNumbers() && shares(src.Column), some(func(w plan.Condition) bool { return w.Op == plan.Compares && shares(w.Column) }):
		return mistake(src.Pos, "shares in a database have no %% sign, by which cells are read: give the list as a file, or declare the column as one of type number in the plan",
			"tỷ lệ trong cơ sở dữ liệu không có dấu %% để đọc như trong ô: hãy nộp danh sách bằng tệp, hoặc khai báo cột theo kiểu number trong kế hoạch")
	}
	return nil
}

// addCube adds the codes and measures of a cube.
func (s *Statement) addCube(c *cube) {
	out := counted{ids: c.ids}
	if c.ids {
		s.cubes = append(s.cubes, out)
		return
	}
	l := c.counter(s.list)
	for _, f := range l.Facets() {
		s.read(f.Column.ID)
		if f.Unit {
			out.unit, out.facets = true, append(out.facets, -1)
			continue
		}
		if f.Distinct {
			s.distinct = append(s.distinct, f.Column.ID)
		}
		kind, id := codeOf(f, s.types[f.Column.ID]), f.Column.ID
		at := s.code(code{kind: kind, id: id})
		if out.facets = append(out.facets, at); kind != amount || f.Filled { // numbers that are only added up need not be told from none
			out.told = append(out.told, at)
		}
		for _, k := range []measureKind{sum, least, most, figures} {
			if k.of(f) {
				out.measures = append(out.measures, s.measure(measure{k, id}))
			}
		}
	}
	for _, p := range l.Pairs() {
		s.read(p.A.ID)
		s.read(p.B.ID)
		out.pairs = append(out.pairs, s.code(code{kind: later, id: p.A.ID, other: p.B.ID, plus: p.Plus, orOn: p.OrOn}))
	}
	out.told = append(out.told, out.pairs...)
	s.cubes = append(s.cubes, out)
}

// codeOf is the kind of code that a facet asks for.
func codeOf(f records.Facet, t Type) codeKind {
	switch {
	case f.Spelling:
		return spelled
	case f.Period:
		return dayCode
	case f.Column.Type == plan.Number || f.Column.Type == plan.Share:
		return amount
	}
	return filled
}

// read notes a column that is read.
func (s *Statement) read(id string) {
	if !slices.Contains(s.columns, id) {
		s.columns = append(s.columns, id)
	}
}

// code returns the index of a code.
func (s *Statement) code(c code) int {
	i := slices.IndexFunc(s.codes, func(o code) bool {
		return o.kind == c.kind && o.id == c.id && o.other == c.other && o.plus == c.plus && o.orOn == c.orOn
	})
	if i < 0 {
		i = len(s.codes)
		if s.codes = append(s.codes, c); c.odd() {
			s.odd = append(s.odd, i)
		}
	}
	return i
}

// measure returns the index of a measure.
func (s *Statement) measure(m measure) int {
	i := slices.Index(s.measures, m)
	if i < 0 {
		i = len(s.measures)
		s.measures = append(s.measures, m)
	}
	return i
}

// maxCells bounds the cells that are counted in each group.
const maxCells = 300

// layOut decides what tells groups apart, and what is counted in cells within
// them. States of days go together, and have few combinations that occur: they
// are keys. Choices are independent, and their combinations are many: they are
// counted in cells, those of each cube by themselves. While there are too many
// cells, the code with the most classes becomes a key.
func (s *Statement) layOut() {
	for i := range s.codes {
		s.codes[i].key = !s.codes[i].odd()
	}
	for {
		s.sets = nil
		n, largest := 0, -1
		for i := range s.cubes {
			s.cellsOf(&s.cubes[i])
		}
		for _, set := range s.sets {
			n += set.n
			for _, i := range set.codes {
				if largest < 0 || len(s.codes[i].classes) > len(s.codes[largest].classes) {
					largest = i
				}
			}
		}
		if n <= maxCells || largest < 0 {
			break
		}
		s.codes[largest].key = true
	}
	counts, values := 1, 0 // the first count is that of all records
	for i := range s.sets {
		set := &s.sets[i]
		set.counts, set.values = counts, values
		counts += max(set.n-1, 0)
		values += set.n * len(set.measures)
	}
}

// cellsOf finds the cells of a cube: all combinations of its codes that are no
// keys.
func (s *Statement) cellsOf(c *counted) {
	if c.ids {
		return
	}
	set := cells{n: 1}
	for _, i := range c.told {
		if !s.codes[i].key {
			set.codes = append(set.codes, i)
		}
	}
	slices.Sort(set.codes)
	for _, i := range set.codes {
		set.n = min(set.n*len(s.codes[i].classes), 1<<20)
	}
	c.set = slices.IndexFunc(s.sets, func(o cells) bool { return slices.Equal(o.codes, set.codes) })
	if c.set < 0 {
		c.set = len(s.sets)
		s.sets = append(s.sets, set)
	}
	have := &s.sets[c.set].measures
	for _, m := range c.measures {
		if !slices.Contains(*have, m) {
			*have = append(*have, m)
		}
	}
}

// maxBits bounds the bits of a word.
const maxBits = 30

// pack puts codes together as words: first those that make groups. As keys of
// groups one number costs a server less than many.
func (s *Statement) pack() {
	for _, key := range []bool{true, false} {
		used := maxBits
		for i := range s.codes {
			c := &s.codes[i]
			if c.key != key {
				continue
			}
			if used+c.bits() > maxBits {
				s.words++
				used = 0
			}
			c.word, c.shift = s.words-1, used
			used += c.bits()
		}
		if key {
			s.keyWords = s.words
		}
	}
}
