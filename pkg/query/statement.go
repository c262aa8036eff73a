package query

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
	"github.com/parcheck/parcheck/pkg/table"
)

// Statement asks a server for everything that the facts of a plan count in one
// bound list.
type Statement struct {
	Text string

	list     *List
	types    map[string]Type // of the columns by their ids; that of the unit is under its own
	columns  []string        // ids of the columns that are asked for
	distinct []string        // those of columns whose different values are counted
	answers  []answer        // what is said of a group
	packs    [][]int         // indexes of the answers on days, of which several make one number
	cubes    [][]int         // of each cube of the list: the indexes of its answers
}

// Hash returns the SHA-256 of the statement's text, in hexadecimal.
func (s *Statement) Hash() string {
	sum := sha256.Sum256([]byte(s.Text))
	return hex.EncodeToString(sum[:])
}

// answerKind is what a column of the answer says of a group.
type answerKind uint8

const (
	spelling answerKind = iota // the text of a cell, letter by letter
	filled                     // "1" for an ordinary text, or the text where pkg/records must judge it
	dayState                   // where a day lies beside the period
	later                      // whether one day is after another
	sum                        // of numbers
	least                      // of numbers
	most                       // of numbers
	figures                    // how many numbers there are
	misfits                    // how many values are no number: NaN, infinity
	misfit                     // one of those
)

// adds reports whether the answer is made of all records of a group, and does
// not tell groups apart.
func (k answerKind) adds() bool { return k >= sum }

// of reports whether an answer on numbers is asked for by a facet.
func (k answerKind) of(f records.Facet) bool {
	switch k {
	case sum:
		return f.Sum
	case least:
		return f.Least
	case most:
		return f.Most
	case figures, misfits, misfit:
		return f.Numbers()
	case spelling, filled, dayState, later:
	}
	return false
}

// answer is a column of the answer.
type answer struct {
	kind  answerKind
	id    string // of the column
	other string // of the column that is compared with
}

// onDays reports whether the answer is a few bits on days.
func (k answerKind) onDays() bool { return k == dayState || k == later }

// bits is how many bits an answer on days takes.
func (k answerKind) bits() int {
	if k == later {
		return 1
	}
	return 3
}

// name is how statements, and the groups as they are written out, call an
// answer: no id has a space.
func (a answer) name() string {
	switch a.kind {
	case later:
		return a.id + " > " + a.other
	case sum:
		return "sum of " + a.id
	case least:
		return "least of " + a.id
	case most:
		return "most of " + a.id
	case figures:
		return "numbers in " + a.id
	case misfits:
		return "no numbers in " + a.id
	case misfit:
		return "no number in " + a.id
	case spelling, filled, dayState:
	}
	return a.id
}

// What a state of days says, and by which number a server says it.
const (
	inPeriod     = "in"
	beforePeriod = "before"
	afterPeriod  = "after"
)

var dayStates = [...]string{0: "", 1: inPeriod, 2: beforePeriod, 3: afterPeriod, 4: "infinity", 5: "-infinity"}

// Compile makes the statement that counts a bound list on a server where its
// columns have these types. It gives at most maxGroups rows, and one more where
// there are more.
func (l *List) Compile(types map[string]Type, maxGroups int64) (*Statement, error) {
	s := &Statement{list: l, types: types}
	for i := range l.cubes {
		for _, src := range l.cubes[i].sources {
			if src.Op.OfNumbers() && l.Table.FindColumn(src.Column).Type == plan.Share {
				return nil, mistake(src.Pos, "shares in a database have no %% sign, by which cells are read: give the list as a file, or bind the column as one of type number",
					"tỷ lệ trong cơ sở dữ liệu không có dấu %% để đọc như trong ô: hãy nộp danh sách bằng tệp, hoặc khai cột theo kiểu number")
			}
			if slices.ContainsFunc(src.Where, plan.Condition.Literal) {
				return nil, mistake(src.Pos, "records of a database are not compared with a day or a number of the plan: give the list as a file",
					"không so hồ sơ trong cơ sở dữ liệu với ngày hoặc số ghi trong kế hoạch: hãy nộp danh sách bằng tệp")
			}
		}
		var cube []int
		if l.cubes[i].ids {
			s.cubes = append(s.cubes, nil)
			continue
		}
		counted := l.cubes[i].counter(l)
		for _, f := range counted.Facets() {
			cube = append(cube, s.facet(f)...)
		}
		for _, p := range counted.Pairs() {
			cube = append(cube, s.answer(answer{kind: later, id: p.A.ID, other: p.B.ID}))
		}
		s.cubes = append(s.cubes, cube)
	}
	s.pack()
	return s, s.write(maxGroups)
}

// maxBits bounds the bits of one number.
const maxBits = 30

// pack puts the answers on days together. As keys of groups one number costs a
// server less than many states, and lets it count side by side: of ten states it
// would expect more groups than records.
func (s *Statement) pack() {
	used := maxBits
	for i, a := range s.answers {
		if !a.kind.onDays() {
			continue
		}
		if used+a.kind.bits() > maxBits {
			s.packs, used = append(s.packs, nil), 0
		}
		last := len(s.packs) - 1
		s.packs[last], used = append(s.packs[last], i), used+a.kind.bits()
	}
}

// packName is how statements call a number that says several things on days.
func packName(i int) string { return quoteName(fmt.Sprintf("days %d", i+1)) }

// packSQL is such a number as an expression over the values.
func (s *Statement) packSQL(pack []int) string {
	var parts []string
	shift := 0
	for _, i := range pack {
		parts = append(parts, fmt.Sprintf("%d * (%s)", 1<<shift, s.answerSQL(s.answers[i])))
		shift += s.answers[i].kind.bits()
	}
	return strings.Join(parts, " + ")
}

// mask has the bits that a cube asks for.
func (s *Statement) mask(pack, cube []int) int {
	mask, shift := 0, 0
	for _, i := range pack {
		bits := s.answers[i].kind.bits()
		if slices.Contains(cube, i) {
			mask |= (1<<bits - 1) << shift
		}
		shift += bits
	}
	return mask
}

// facet returns the indexes of the answers that a facet is made of.
func (s *Statement) facet(f records.Facet) []int {
	id := f.Column.ID
	if !slices.Contains(s.columns, id) {
		s.columns = append(s.columns, id)
	}
	if f.Distinct {
		s.distinct = append(s.distinct, id)
	}
	var kinds []answerKind
	switch {
	case f.Spelling:
		kinds = append(kinds, spelling)
	case f.Period:
		kinds = append(kinds, dayState)
	case f.Filled:
		kinds = append(kinds, filled)
	}
	for _, k := range []answerKind{sum, least, most} {
		if k.of(f) {
			kinds = append(kinds, k)
		}
	}
	if f.Numbers() {
		kinds = append(kinds, figures)
		if s.types[id] == NumericType {
			kinds = append(kinds, misfits, misfit)
		}
	}
	var out []int
	for _, k := range kinds {
		out = append(out, s.answer(answer{kind: k, id: id}))
	}
	return out
}

// answer returns the index of a column of the answer.
func (s *Statement) answer(a answer) int {
	i := slices.Index(s.answers, a)
	if i < 0 {
		i = len(s.answers)
		s.answers = append(s.answers, a)
	}
	return i
}

// write makes the text: the records, the groups by all answers at once, which
// is the only pass over the relation, and the cubes, which add those groups up.
func (s *Statement) write(maxGroups int64) error {
	from, err := From(s.list.Binding)
	if err != nil {
		return err
	}
	values, err := s.values()
	if err != nil {
		return err
	}
	var columns, groups []string
	add := func(sql, name string, tells bool) {
		columns = append(columns, sql+" AS "+name)
		if tells {
			groups = append(groups, fmt.Sprint(len(columns)))
		}
	}
	for _, a := range s.answers {
		if !a.kind.onDays() {
			add(s.answerSQL(a), quoteName(a.name()), !a.kind.adds())
		}
	}
	for i, pack := range s.packs {
		add(s.packSQL(pack), packName(i), true)
	}
	columns = append(columns, "count(*) AS records")
	var b strings.Builder
	fmt.Fprintf(&b, "WITH counted AS (\n  SELECT %s\n  FROM (SELECT %s\n    FROM %s) AS record", strings.Join(columns, ",\n    "), strings.Join(values, ",\n    "), from)
	if len(groups) > 0 {
		fmt.Fprintf(&b, "\n  GROUP BY %s", list(groups))
	}
	b.WriteString("\n)\n")
	first := true
	for i, cube := range s.cubes {
		if s.list.cubes[i].ids {
			continue
		}
		if !first {
			b.WriteString("UNION ALL ")
		}
		b.WriteString(s.cubeSQL(i, cube))
		first = false
	}
	fmt.Fprintf(&b, "LIMIT %d", maxGroups+1)
	s.Text = b.String()
	return nil
}

// values are what the columns of the list are, as expressions over the relation.
func (s *Statement) values() ([]string, error) {
	var out []string
	for _, id := range s.columns {
		sql, err := boundSQL(*s.list.bound(id))
		if err != nil {
			return nil, err
		}
		out = append(out, s.value(id, sql)+" AS "+quoteName(id))
	}
	if len(out) == 0 {
		out = append(out, "1 AS one")
	}
	return out, nil
}

// value is what a column holds, as a text, a day or a number.
func (s *Statement) value(id, sql string) string {
	switch s.list.Table.FindColumn(id).Type {
	case plan.Number, plan.Share:
		return sql
	case plan.Date:
		switch s.types[id] {
		case MomentType:
			return fmt.Sprintf("(%s AT TIME ZONE %s)::date", sql, quoteText(s.list.Binding.Zone))
		case TimestampType:
			return sql + "::date"
		case Unfit, TextType, WholeType, NumericType, BoolType, DayType, FloatType:
		}
		return sql
	case plan.Text, plan.Choice:
	}
	return sql + `::text COLLATE "C"`
}

// answerSQL is an answer as an expression over the values.
func (s *Statement) answerSQL(a answer) string {
	v := quoteName(a.id)
	isNumber := fmt.Sprintf("%[1]s - %[1]s = 0", v)
	if s.types[a.id] == WholeType {
		isNumber = v + " IS NOT NULL"
	}
	switch a.kind {
	case spelling:
		return v
	case filled:
		return s.filledSQL(a.id)
	case dayState:
		return fmt.Sprintf("CASE WHEN %[1]s >= %[2]s THEN CASE WHEN %[1]s <= %[3]s THEN 1 WHEN %[1]s = 'infinity' THEN 4 ELSE 3 END "+
			"WHEN %[1]s IS NULL THEN 0 WHEN %[1]s = '-infinity' THEN 5 ELSE 2 END",
			v, quoteDay(s.list.Period.From), quoteDay(s.list.Period.To))
	case later:
		return fmt.Sprintf("CASE WHEN %s > %s THEN 1 ELSE 0 END", v, quoteName(a.other))
	case sum:
		return fmt.Sprintf("sum(CASE WHEN %s THEN %s END)", isNumber, v)
	case least:
		return fmt.Sprintf("min(CASE WHEN %s THEN %s END)", isNumber, v)
	case most:
		return fmt.Sprintf("max(CASE WHEN %s THEN %s END)", isNumber, v)
	case figures:
		return fmt.Sprintf("count(CASE WHEN %s THEN 1 END)", isNumber)
	case misfits:
		return fmt.Sprintf("count(CASE WHEN NOT %s THEN 1 END)", isNumber)
	case misfit:
		return fmt.Sprintf("max(CASE WHEN NOT %s THEN %s::text END)", isNumber, v)
	}
	return "NULL"
}

// letters are those of a text that says something, as a class of a regular
// expression: digits, Latin letters, those of Vietnamese among them.
const letters = "0-9A-Za-zÀ-ɏḀ-ỿ"

// filledSQL is "1" for a text of which it is certain that pkg/records takes it
// as one; any other is the text itself. Most texts are decided by their first
// character.
func (s *Statement) filledSQL(id string) string {
	v := quoteName(id)
	if t := s.types[id]; t != TextType {
		return fmt.Sprintf("CASE WHEN %s IS NOT NULL THEN '1' END", v)
	}
	const doubtful = "^[^" + letters + "]*(n/?a|null|no data|not |kh.{0,4}ng|ch.{0,4}a)"
	var first []string
	for _, r := range []string{"0:", "AC", "DK", "LN", "O[", "ac", "dk", "ln", "o{"} {
		first = append(first, fmt.Sprintf("%[1]s >= '%[2]c' AND %[1]s < '%[3]c'", v, r[0], r[1]))
	}
	return fmt.Sprintf("CASE WHEN %[2]s THEN '1' WHEN %[1]s IS NULL THEN NULL "+
		"WHEN %[1]s ~ '[%[3]s]' AND %[1]s !~* '%[4]s' AND strpos(%[1]s, '#') = 0 THEN '1' ELSE %[1]s END",
		v, strings.Join(first, " OR "), letters, doubtful)
}

// maxText bounds the characters of a text that are sent.
const maxText = 300

// cubeSQL adds the groups up by the answers of a cube.
func (s *Statement) cubeSQL(index int, cube []int) string {
	row := []string{fmt.Sprintf("'%d'", index)}
	var by []string
	for i, a := range s.answers {
		name := quoteName(a.name())
		if a.kind.onDays() {
			continue
		}
		if !slices.Contains(cube, i) {
			row = append(row, "NULL")
			continue
		}
		switch a.kind {
		case spelling, filled:
			row = append(row, fmt.Sprintf("left(%s, %d)", name, maxText))
		case dayState, later: // below
		case sum, figures, misfits:
			row = append(row, fmt.Sprintf("sum(%s)::text", name))
		case least:
			row = append(row, fmt.Sprintf("min(%s)::text", name))
		case most:
			row = append(row, fmt.Sprintf("max(%s)::text", name))
		case misfit:
			row = append(row, fmt.Sprintf("max(%s)", name))
		}
		if !a.kind.adds() {
			by = append(by, name)
		}
	}
	for i, pack := range s.packs {
		mask := s.mask(pack, cube)
		if mask == 0 {
			row = append(row, "NULL")
			continue
		}
		masked := fmt.Sprintf("%s & %d", packName(i), mask)
		row, by = append(row, "("+masked+")::text"), append(by, masked)
	}
	text := "SELECT " + list(append(row, "sum(records)::text")) + " FROM counted"
	if len(by) > 0 {
		text += " GROUP BY " + list(by)
	}
	return text + "\n"
}

// List is a list of a plan that is bound to a relation, cut into cubes. Counting
// its records by everything that is asked for at once would multiply groups; a
// cube has the columns that belong together.
type List struct {
	Plan    *plan.Plan
	Table   *plan.Table // with a column for the unit, where one is bound
	Binding *plan.Binding
	Period  plan.Period

	unit  string // id of the column of the unit; ""
	cubes []cube
}

// cube is some columns of a list, and the sources that count by them.
type cube struct {
	columns []string
	sources []*plan.Source
	period  bool // it counts the records outside the period by every day that counts
	ids     bool // it has the ids alone, which are asked for apart
}

// unitID is the id of the column of the unit, where the plan's list has none.
const unitID = "of unit"

// NewList cuts a bound list into cubes: one for each source that counts it, and
// for each column, order of days and period in which something may be wrong.
func NewList(p *plan.Plan, b *plan.Binding, period plan.Period) *List {
	l := &List{Plan: p, Table: p.FindTable(b.Table), Binding: b, Period: period}
	if !b.Unit.IsZero() {
		l.addUnit()
	}
	outside := cube{}
	for i := range p.Facts {
		for j := range p.Facts[i].From {
			src := &p.Facts[i].From[j]
			needs := records.Needs(src)
			if src.Table != l.Table.ID || !src.Op.OfRecords() || slices.ContainsFunc(needs, func(id string) bool { return l.bound(id) == nil }) {
				continue
			}
			if src.During != "" && !slices.Contains(outside.columns, src.During) {
				outside.columns, outside.period = append(outside.columns, src.During), true
				outside.sources = append(outside.sources, &plan.Source{Op: plan.CountSource, Table: src.Table, During: src.During})
			}
			if l.unit != "" {
				needs = append(needs, l.unit)
			}
			l.cubes = append(l.cubes, cube{columns: needs, sources: []*plan.Source{src}})
		}
	}
	l.cubes = append(l.cubes, outside)
	var ids []cube
	for i := range l.Table.Columns {
		col := &l.Table.Columns[i]
		if l.bound(col.ID) == nil {
			continue
		}
		if col.Unique {
			ids = append(ids, cube{columns: []string{col.ID}, ids: true})
			continue
		}
		l.cubes = append(l.cubes, cube{columns: []string{col.ID}})
		if col.NotBefore != "" && l.bound(col.NotBefore) != nil {
			l.cubes = append(l.cubes, cube{columns: []string{col.ID, col.NotBefore}})
		}
	}
	l.merge()
	l.cubes = append(l.cubes, ids...)
	return l
}

// addUnit notes the column of the unit, or adds one to the list.
func (l *List) addUnit() {
	for i := range l.Table.Columns {
		if l.Table.Columns[i].Role == plan.UnitRole {
			l.unit = l.Table.Columns[i].ID
			return
		}
	}
	l.unit = unitID
	t := *l.Table
	t.Columns = append(slices.Clone(t.Columns), plan.Column{ID: unitID, Headers: []string{"unit"}, Role: plan.UnitRole})
	l.Table = &t
}

// bound returns what a column is bound to; nil where it is not.
func (l *List) bound(id string) *plan.Bound {
	if id == l.unit && id != "" {
		return &l.Binding.Unit
	}
	return l.Binding.Find(id)
}

// merge leaves the cubes whose columns are not all in another one.
func (l *List) merge() {
	for i := range l.cubes {
		slices.Sort(l.cubes[i].columns)
		l.cubes[i].columns = slices.Compact(l.cubes[i].columns)
	}
	slices.SortStableFunc(l.cubes, func(a, b cube) int { return cmp.Compare(len(b.columns), len(a.columns)) })
	var out []cube
	for _, c := range l.cubes {
		i := slices.IndexFunc(out, func(o cube) bool {
			return !slices.ContainsFunc(c.columns, func(id string) bool { return !slices.Contains(o.columns, id) })
		})
		if i < 0 {
			out = append(out, c)
			continue
		}
		out[i].sources = append(out[i].sources, c.sources...)
		out[i].period = out[i].period || c.period
	}
	l.cubes = out
}

// counter makes what counts the groups of a cube: to pkg/records a list that has
// the cube's columns alone.
func (c *cube) counter(l *List) *records.List {
	h := table.Header{Columns: make([]table.Found, len(l.Table.Columns))}
	for i := range l.Table.Columns {
		col := &l.Table.Columns[i]
		if slices.Contains(c.columns, col.ID) {
			h.Columns[i] = table.Found{Col: i + 1, Path: header(col)}
		}
	}
	return records.New(records.Spec{Table: l.Table, Sources: c.sources, Period: l.Period, Header: h})
}

// header is how messages call a column: as sheets do.
func header(col *plan.Column) string {
	if len(col.Headers) > 0 {
		return col.Headers[0]
	}
	return col.ID
}
