package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// maxText bounds the characters of a text that are sent.
const maxText = 300

// Names of columns of the statement. No id has a space.
const (
	oddName     = `"odd texts"`
	recordsName = `"all records"`
)

func wordName(i int) string         { return quoteName(fmt.Sprintf("codes %d", i+1)) }
func oddMeasureName(i int) string   { return quoteName(fmt.Sprintf("odd %d", i+1)) }
func cellName(set, cell int) string { return quoteName(fmt.Sprintf("cell %d.%d", set+1, cell+1)) }
func valueName(set, m, n int) string {
	return quoteName(fmt.Sprintf("value %d.%d.%d", set+1, m+1, n+1))
}
func (s *Statement) unitName() string { return quoteName(s.list.unit) }
func (s *Statement) hasUnit() bool {
	return slices.Contains(s.columns, s.list.unit) && s.list.unit != ""
}
func (s *Statement) field(i int) string {
	return "(" + wordName(s.codes[i].word) + fmt.Sprintf(" & %d)", s.codes[i].mask())
}

// write makes the text. Its inner SELECT codes the records; a server that put its
// expressions into those that use them would evaluate them once for each use, and
// OFFSET '0' keeps it from that. (It is a text, for PostgreSQL does not read such
// a SELECT side by side when the offset is an integer that it has to convert.)
// The groups are made in the only pass over the relation. Records of no class
// stand in groups of their own, with their texts, and are added up by cubes.
func (s *Statement) write(maxGroups int64) error {
	from, err := From(s.list.Binding)
	if err != nil {
		return err
	}
	values, err := s.values()
	if err != nil {
		return err
	}
	var b strings.Builder
	columns, by := s.groupColumns()
	fmt.Fprintf(&b, "WITH counted AS (\n  SELECT %s\n  FROM (SELECT %s\n    FROM (SELECT %s\n      FROM %s) AS record\n    OFFSET '0') AS record",
		strings.Join(columns, ",\n    "), strings.Join(s.codeColumns(), ",\n      "), strings.Join(values, ",\n        "), from)
	if by > 0 {
		b.WriteString("\n  GROUP BY 1")
		for i := 2; i <= by; i++ {
			fmt.Fprintf(&b, ", %d", i)
		}
	}
	b.WriteString("\n)\n")
	b.WriteString(s.regularSQL())
	if len(s.odd) > 0 {
		b.WriteString("UNION ALL " + s.oddSQL())
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

// codeColumns are the unit, the words, and what is still needed of the columns.
func (s *Statement) codeColumns() []string {
	var out []string
	keepSQL := func(sql string) {
		if !slices.Contains(out, sql) {
			out = append(out, sql)
		}
	}
	keep := func(id string) { keepSQL(quoteName(id)) }
	if s.hasUnit() {
		keep(s.list.unit)
	}
	for _, i := range s.odd {
		keep(s.codes[i].id)
	}
	for _, m := range s.measures {
		if s.ofDays(m) {
			keepSQL(dayNumberSQL(quoteName(m.id)) + " AS " + s.argument(m))
			continue
		}
		keep(m.id)
	}
	for w := range s.words {
		var parts []string
		for i := range s.codes {
			if c := &s.codes[i]; c.word == w {
				parts = append(parts, s.codeSQL(c))
			}
		}
		out = append(out, strings.Join(parts, "\n        + ")+" AS "+wordName(w))
	}
	if len(out) == 0 {
		out = append(out, "1 AS one")
	}
	return out
}

// codeSQL is a code, at its place in its word.
func (s *Statement) codeSQL(c *code) string {
	v := quoteName(c.id)
	at := func(class int) int { return class << c.shift }
	odd := 0
	if c.odd() {
		odd = at(c.oddBit())
	}
	switch c.kind {
	case spelled:
		var when strings.Builder
		blank := odd
		for i, cl := range c.classes {
			if cl.cell.Text == nil {
				blank = at(i)
			}
		}
		for _, t := range c.inOrder() {
			fmt.Fprintf(&when, " WHEN %s THEN %d", quoteText(t.text), at(t.class))
		}
		if when.Len() == 0 {
			return fmt.Sprintf("CASE WHEN %s IS NULL THEN %d ELSE %d END", v, blank, odd)
		}
		return fmt.Sprintf("CASE %s%s ELSE CASE WHEN %s IS NULL THEN %d ELSE %d END END", v, when.String(), v, blank, odd)
	case filled:
		return s.filledSQL(c.id, at(1), odd)
	case amount:
		return s.amountSQL(c, at, odd)
	case dayCode:
		return c.daySQL(at)
	case later:
		return c.laterSQL(at(1), s.list.Plan.WorkingDays())
	}
	return "0"
}

// spelling is a text and its class.
type spelling struct {
	text  string
	class int
}

// inOrder are the spellings of all classes as they were added: the most frequent
// first.
func (c *code) inOrder() []spelling {
	var out []spelling
	for i, cl := range c.classes {
		for _, t := range cl.texts {
			out = append(out, spelling{t, i})
		}
	}
	slices.SortStableFunc(out, func(a, b spelling) int { return slices.Index(c.order, a.text) - slices.Index(c.order, b.text) })
	return out
}

// letters are those of a text that says something, as a class of a regular
// expression: digits, Latin letters, those of Vietnamese among them.
const letters = "0-9A-Za-zÀ-ɏḀ-ỿ"

// filledSQL codes whether a text is there, where it is certain that pkg/records
// takes it as one. Most texts are decided by their first character.
func (s *Statement) filledSQL(id string, yes, odd int) string {
	v := quoteName(id)
	if t := s.types[id]; t != TextType {
		return fmt.Sprintf("CASE WHEN %s IS NOT NULL THEN %d ELSE 0 END", v, yes)
	}
	const doubtful = "^[^" + letters + "]*(n/?a|null|no data|not |kh.{0,4}ng|ch.{0,4}a)"
	var first []string
	for _, r := range []string{"0:", "AC", "DK", "LN", "O[", "ac", "dk", "ln", "o{"} {
		first = append(first, fmt.Sprintf("%[1]s >= '%[2]c' AND %[1]s < '%[3]c'", v, r[0], r[1]))
	}
	return fmt.Sprintf("CASE WHEN %[2]s THEN %[5]d WHEN %[1]s IS NULL THEN 0 "+
		"WHEN %[1]s ~ '[%[3]s]' AND %[1]s !~* '%[4]s' AND strpos(%[1]s, '#') = 0 THEN %[5]d ELSE %[6]d END",
		v, strings.Join(first, " OR "), letters, doubtful, yes, odd)
}

// amountSQL codes on which side of the bounds a number lies. NaN and infinity are
// none.
func (s *Statement) amountSQL(c *code, at func(class int) int, odd int) string {
	v := quoteName(c.id)
	number := fmt.Sprint(at(1))
	if len(c.bounds) > 0 {
		var b strings.Builder
		x, texts := numerals(v, s.types[c.id], c.bounds)
		for i, text := range texts {
			fmt.Fprintf(&b, " WHEN %s < %s THEN %d WHEN %s = %s THEN %d", x, text, at(2*i+1), x, text, at(2*i+2))
		}
		number = fmt.Sprintf("CASE%s ELSE %d END", b.String(), at(len(c.classes)-1))
	}
	if s.types[c.id] == WholeType {
		return fmt.Sprintf("CASE WHEN %s IS NULL THEN 0 ELSE %s END", v, number)
	}
	return fmt.Sprintf("CASE WHEN %[1]s IS NULL THEN 0 WHEN %[1]s - %[1]s = 0.0 THEN %[2]s ELSE %[3]d END", v, number, odd)
}

// numerals writes numbers that a column is compared with, and the column, all of one
// type: for two types an operator of another user may fit better than that of the
// server.
func numerals(v string, t Type, bounds []number.Exact) (column string, texts []string) {
	const digitsOfWhole = 18
	numeric := t == NumericType
	for _, x := range bounds {
		text, _ := digits(x)
		texts = append(texts, text)
		numeric = numeric || strings.Contains(text, ".") || len(text) > digitsOfWhole
	}
	if !numeric {
		return v, texts
	}
	for i, text := range texts {
		if !strings.Contains(text, ".") {
			texts[i] += ".0"
		}
	}
	if t == WholeType {
		v = "CAST(" + v + " AS numeric)"
	}
	return v, texts
}

// isOdd tests whether a record is of no class in some code.
func (s *Statement) isOdd() string {
	var tests []string
	for w := range s.words {
		mask := 0
		for _, i := range s.odd {
			if c := &s.codes[i]; c.word == w {
				mask |= c.oddBit() << c.shift
			}
		}
		if mask != 0 {
			tests = append(tests, fmt.Sprintf("(%s & %d) <> 0", wordName(w), mask))
		}
	}
	return strings.Join(tests, " OR ")
}

// oddTexts are what a record holds that is of no class: texts as they are, and of
// other codes the class, or the text behind a sign.
func (s *Statement) oddTexts() string {
	var out []string
	for _, i := range s.odd {
		c := &s.codes[i]
		v := quoteName(c.id)
		if c.kind == spelled {
			out = append(out, v)
			continue
		}
		out = append(out, fmt.Sprintf("CASE WHEN (%s & %d) <> 0 THEN '=' || %s::text ELSE (%s >> %d)::text END",
			wordName(c.word), c.oddBit()<<c.shift, v, s.field(i), c.shift))
	}
	return fmt.Sprintf("CASE WHEN %s THEN ARRAY[%s] END", s.isOdd(), list(out))
}

// groupColumns are the columns of the groups, of which the first ones tell them
// apart.
func (s *Statement) groupColumns() (columns []string, by int) {
	add := func(sql, name string) { columns = append(columns, sql+" AS "+name) }
	if s.hasUnit() {
		add(s.unitName(), s.unitName())
	}
	for w := range s.keys {
		add(wordName(w), wordName(w))
	}
	if len(s.odd) > 0 {
		add(s.oddTexts(), oddName)
	}
	by = len(columns)
	add("count(*)", recordsName)
	for i, m := range s.measures {
		if len(s.odd) > 0 {
			add(fmt.Sprintf("%s(%s) FILTER (WHERE %s)", m.kind.function(), s.argument(m), s.oddNumbers(m)), oddMeasureName(i))
		}
	}
	for i := range s.sets {
		set := &s.sets[i]
		for n := range set.n {
			where := s.inCell(set, n)
			if n < set.n-1 {
				add("count(*) FILTER (WHERE "+where+")", cellName(i, n))
			}
			if where != "" {
				where = " FILTER (WHERE " + where + ")"
			}
			for k, m := range set.measures {
				add(fmt.Sprintf("%s(%s)%s", s.measures[m].kind.function(), s.argument(s.measures[m]), where), valueName(i, k, n))
			}
		}
	}
	return columns, by
}

// oddNumbers tests whether a measure of a record of no class takes its number.
func (s *Statement) oddNumbers(m measure) string {
	if s.ofDays(m) {
		return s.isOdd()
	}
	i := s.code(code{kind: amount, id: m.id})
	return fmt.Sprintf("(%s) AND (%s & %d) = 0", s.isOdd(), wordName(s.codes[i].word), s.codes[i].oddBit()<<s.codes[i].shift)
}

// inCell tests whether a record is in a cell.
func (s *Statement) inCell(set *cells, n int) string {
	var tests []string
	for w := range s.words {
		mask, value, rest := 0, 0, n
		for _, i := range set.codes {
			c := &s.codes[i]
			class := rest % len(c.classes)
			rest /= len(c.classes)
			if c.word == w {
				mask, value = mask|c.mask(), value|class<<c.shift
			}
		}
		if mask != 0 {
			tests = append(tests, fmt.Sprintf("(%s & %d) = %d", wordName(w), mask, value))
		}
	}
	return strings.Join(tests, " AND ")
}

// regularSQL gives the groups of the records that are of some class in each code.
func (s *Statement) regularSQL() string {
	row := []string{"0"}
	if s.hasUnit() {
		row = append(row, fmt.Sprintf("left(%s, %d)", s.unitName(), maxText))
	}
	for w := range s.keys {
		row = append(row, wordName(w))
	}
	for range s.odd {
		row = append(row, "NULL")
	}
	row = append(row, recordsName)
	for range s.measures {
		row = append(row, "NULL")
	}
	for i := range s.sets {
		for n := range s.sets[i].n {
			if n < s.sets[i].n-1 {
				row = append(row, cellName(i, n))
			}
			for k := range s.sets[i].measures {
				row = append(row, valueName(i, k, n))
			}
		}
	}
	text := "SELECT " + list(row) + " FROM counted"
	if len(s.odd) > 0 {
		text += " WHERE " + oddName + " IS NULL"
	}
	return text + "\n"
}

// oddSQL adds the groups of records that are of no class up by what each cube
// tells apart: every group is taken once for each cube.
func (s *Statement) oddSQL() string {
	row := []string{"cube.n"}
	if s.hasUnit() {
		row = append(row, s.inCubes(func(c *counted) bool { return c.unit }, fmt.Sprintf("left(%s, %d)", s.unitName(), maxText)))
	}
	for w := range s.keys {
		row = append(row, s.oddKeys(w))
	}
	for n, i := range s.odd {
		row = append(row, s.inCubes(func(c *counted) bool { return slices.Contains(c.facets, i) }, fmt.Sprintf("left(%s[%d], %d)", oddName, n+1, maxText)))
	}
	by := make([]string, len(row))
	for i := range row {
		by[i] = fmt.Sprint(i + 1)
	}
	row = append(row, "sum("+recordsName+")::bigint")
	for i, m := range s.measures {
		row = append(row, fmt.Sprintf("%s(%s)", m.kind.again(), oddMeasureName(i)))
	}
	for i := range s.sets {
		for range max(s.sets[i].n-1, 0) + s.sets[i].n*len(s.sets[i].measures) {
			row = append(row, "NULL")
		}
	}
	var cubes []string
	for i := range s.cubes {
		if !s.cubes[i].ids {
			cubes = append(cubes, fmt.Sprintf("(%d)", i+1))
		}
	}
	return fmt.Sprintf("SELECT %s\nFROM counted CROSS JOIN (VALUES %s) AS cube (n) WHERE %s IS NOT NULL GROUP BY %s\n",
		list(row), list(cubes), oddName, list(by))
}

// inCubes is an expression in some cubes, and NULL in the others.
func (s *Statement) inCubes(in func(*counted) bool, sql string) string {
	var cubes []string
	for i := range s.cubes {
		if !s.cubes[i].ids && in(&s.cubes[i]) {
			cubes = append(cubes, fmt.Sprint(i+1))
		}
	}
	if len(cubes) == 0 {
		return "NULL"
	}
	return fmt.Sprintf("CASE WHEN cube.n IN (%s) THEN %s END", list(cubes), sql)
}

// oddKeys is what each cube tells apart of a word.
func (s *Statement) oddKeys(w int) string {
	var when strings.Builder
	for i := range s.cubes {
		mask := 0
		for _, k := range s.cubes[i].told {
			if c := &s.codes[k]; c.word == w && !c.odd() {
				mask |= c.mask()
			}
		}
		if mask != 0 {
			fmt.Fprintf(&when, " WHEN %d THEN %s & %d", i+1, wordName(w), mask)
		}
	}
	if when.Len() == 0 {
		return "NULL"
	}
	return "CASE cube.n" + when.String() + " END"
}
