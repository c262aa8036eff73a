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

func wordName(i int) string           { return quoteName(fmt.Sprintf("codes %d", i+1)) }
func oddMeasureName(i int) string     { return quoteName(fmt.Sprintf("odd %d", i+1)) }
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
// The groups are made in one pass over the relation, and are told apart by numbers
// alone beside the unit: one text more makes the pass a third slower.
func (s *Statement) write(maxGroups int64) error {
	coded, err := s.coded(false)
	if err != nil {
		return err
	}
	row := append(s.keys(), s.counts()...)
	if s.hasUnit() {
		row[0] = short(row[0])
	}
	s.Text = fmt.Sprintf("SELECT %s\nFROM %s%s\nLIMIT %d", strings.Join(row, ",\n  "), coded, groupBy(s.keys()), maxGroups+1)
	return nil
}

// OddText is the statement that groups the records of no class by their texts. It
// is asked where there are such records, reads the relation once more, and adds
// the groups up by what each cube tells apart.
func (s *Statement) OddText(maxGroups int64) (string, error) {
	coded, err := s.coded(true)
	if err != nil {
		return "", err
	}
	row := append(s.keys(), "count(*) AS "+recordsName)
	for i, m := range s.measures {
		row = append(row, fmt.Sprintf("%s(%s)%s AS %s", m.kind.function(), s.argument(m), s.oddNumbers(m), oddMeasureName(i)))
	}
	row = append(row, s.oddTexts()+" AS "+oddName)
	return fmt.Sprintf("WITH odd AS (\n  SELECT %s\n  FROM %s\n  WHERE %s%s\n)\n%s\nLIMIT %d",
		strings.Join(row, ",\n    "), coded, s.isOdd(), groupBy(append(s.keys(), oddName)), s.oddSQL(), maxGroups+1), nil
}

// coded is the relation, with the records coded.
func (s *Statement) coded(texts bool) (string, error) {
	from, err := From(s.list.Binding)
	if err != nil {
		return "", err
	}
	values, err := s.values()
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("(SELECT %s\n    FROM (SELECT %s\n      FROM %s) AS record\n    OFFSET '0') AS record",
		strings.Join(s.codeColumns(texts), ",\n      "), strings.Join(values, ",\n        "), from), nil
}

// groupBy groups by columns, or makes one group of all.
func groupBy(columns []string) string {
	if len(columns) == 0 {
		return ""
	}
	return "\nGROUP BY " + list(columns)
}

// short bounds a text.
func short(sql string) string { return fmt.Sprintf("left(%s, %d)", sql, maxText) }

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

// codeColumns are the unit, the words, what is measured and, if they are wanted,
// the texts of records of no class.
func (s *Statement) codeColumns(texts bool) []string {
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
	if texts {
		for _, i := range s.odd {
			keep(s.codes[i].id)
		}
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
			if cl.blank {
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

// oddMask has the bits of a word that say that a record is of no class.
func (s *Statement) oddMask(w int) int {
	mask := 0
	for _, i := range s.odd {
		if c := &s.codes[i]; c.word == w {
			mask |= c.oddBit() << c.shift
		}
	}
	return mask
}

// isOdd tests whether a record is of no class in some code.
func (s *Statement) isOdd() string {
	var tests []string
	for w := range s.words {
		if mask := s.oddMask(w); mask != 0 {
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
	return "ARRAY[" + list(out) + "]"
}

// keys are the columns that tell groups apart: the unit and the words of keys.
func (s *Statement) keys() []string {
	var columns []string
	if s.hasUnit() {
		columns = append(columns, s.unitName())
	}
	for w := range s.keyWords {
		columns = append(columns, wordName(w))
	}
	return columns
}

// counts are what is counted in a group: all records, those of some class in each
// code, and these by cells.
func (s *Statement) counts() []string {
	row := []string{"count(*)"}
	if len(s.odd) > 0 {
		row = append(row, "count(*)"+s.inCell(nil, 0))
	}
	for i := range s.sets {
		set := &s.sets[i]
		for n := range set.n {
			where := s.inCell(set.codes, n)
			if n < set.n-1 {
				row = append(row, "count(*)"+where)
			}
			for _, m := range set.measures {
				row = append(row, fmt.Sprintf("%s(%s)%s", s.measures[m].kind.function(), s.argument(s.measures[m]), where))
			}
		}
	}
	return row
}

// inCell lets an aggregate take the records in one cell of some codes that are of
// some class in all codes.
func (s *Statement) inCell(codes []int, n int) string {
	var tests []string
	for w := range s.words {
		mask, value, rest := s.oddMask(w), 0, n
		for _, i := range codes {
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
	if len(tests) == 0 {
		return ""
	}
	return " FILTER (WHERE " + strings.Join(tests, " AND ") + ")"
}

// oddNumbers lets an aggregate take the numbers that are of some class.
func (s *Statement) oddNumbers(m measure) string {
	if s.ofDays(m) {
		return ""
	}
	i := s.code(code{kind: amount, id: m.id})
	return fmt.Sprintf(" FILTER (WHERE (%s & %d) = 0)", wordName(s.codes[i].word), s.codes[i].oddBit()<<s.codes[i].shift)
}

// oddSQL adds the groups of records that are of no class up by what each cube
// tells apart: every group is taken once for each cube.
func (s *Statement) oddSQL() string {
	row := []string{"cube.n"}
	if s.hasUnit() {
		row = append(row, s.inCubes(func(c *counted) bool { return c.unit }, short(s.unitName())))
	}
	for w := range s.keyWords {
		row = append(row, s.oddKeys(w))
	}
	for n, i := range s.odd {
		row = append(row, s.inCubes(func(c *counted) bool { return slices.Contains(c.facets, i) }, short(fmt.Sprintf("%s[%d]", oddName, n+1))))
	}
	by := make([]string, len(row))
	for i := range row {
		by[i] = fmt.Sprint(i + 1)
	}
	row = append(row, "sum("+recordsName+")::bigint")
	for i, m := range s.measures {
		row = append(row, fmt.Sprintf("%s(%s)", m.kind.again(), oddMeasureName(i)))
	}
	var cubes []string
	for i := range s.cubes {
		if !s.cubes[i].ids {
			cubes = append(cubes, fmt.Sprintf("(%d)", i+1))
		}
	}
	return fmt.Sprintf("SELECT %s\nFROM odd CROSS JOIN (VALUES %s) AS cube (n)%s", list(row), list(cubes), groupBy(by))
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
