package query

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/records"
)

// No two records may have the same id, on whichever server they stand. Ids are
// too many to be grouped like spellings, and may be those of persons. So the
// server compares the plain ones, in whose characters nothing is hidden, and
// sends the others, which pkg/records folds as it does in sheets:
//
//	Odd      the ids that are not plain
//	Keys     the plain ids without regard to capitals, that several records have
//	Spelled  how those are written that differ by capitals, or are like odd ones

// Unique lists the bound columns in which no two records have the same.
func (l *List) Unique() []*plan.Column {
	var out []*plan.Column
	for i := range l.Table.Columns {
		if col := &l.Table.Columns[i]; col.Unique && l.bound(col.ID) != nil {
			out = append(out, col)
		}
	}
	return out
}

// plainID matches ids in whose characters nothing is hidden. Those with a digit are
// plain: a placeholder has none, nor has an error without a #. lostDigits matches
// ids that have lost digits, such as 1.23E+11, which are not plain.
const (
	plainID    = "^[!\"$-~Đ]+( [!\"$-~Đ]+)*$"
	lostDigits = "E[+][0-9][0-9]$"
)

func isPlain(v string) string {
	return fmt.Sprintf("%[1]s ~ '%[2]s' AND %[1]s ~ '[0-9]' AND %[1]s !~ '%[3]s'", v, plainID, lostDigits)
}

// ids writes the ids of a column with the units of their records as a relation of
// two columns.
func (l *List) ids(col *plan.Column) (string, error) {
	from, err := From(l.Binding)
	if err != nil {
		return "", err
	}
	sql, err := boundSQL(*l.bound(col.ID))
	if err != nil {
		return "", err
	}
	unit := "''"
	if l.unit != "" {
		of, err := boundSQL(l.Binding.Unit)
		if err != nil {
			return "", err
		}
		unit = fmt.Sprintf("coalesce(%s::text, '')", of)
	}
	return fmt.Sprintf("(SELECT %s::text COLLATE \"C\" AS id, %s COLLATE \"C\" AS unit FROM %s) AS record", sql, unit, from), nil
}

// Odd writes the statement that reads the ids that are not plain, and NULL, with the
// number of records of each unit.
func (l *List) Odd(col *plan.Column, most int64) (string, error) {
	ids, err := l.ids(col)
	return fmt.Sprintf("SELECT id, count(*)::text, unit FROM %s\nWHERE id IS NULL OR NOT (%s) GROUP BY id, unit LIMIT %d", ids, isPlain("id"), most+1), err
}

// Keys writes the statement that reads the plain ids without regard to capitals: the
// number of records, and the first and last spelling and unit of each. Each of
// several servers gives all ids in order; a server alone gives those that several
// records have.
func (l *List) Keys(col *plan.Column, alone bool) (string, error) {
	ids, err := l.ids(col)
	text := fmt.Sprintf("SELECT upper(id) AS key, count(*)::text, min(unit), max(unit), min(id), max(id) FROM %s\nWHERE %s GROUP BY upper(id)", ids, isPlain("id"))
	if alone {
		return text + " HAVING count(*) > 1", err
	}
	return text + " ORDER BY 1", err
}

// Small asks for the keys of ids that capitals would change, at most so many and
// one more. Where an index proves that no two ids are alike letter by letter, only
// records with such keys can have ids that differ by capitals.
func (l *List) Small(col *plan.Column, most int64) (string, error) {
	ids, err := l.ids(col)
	return fmt.Sprintf("SELECT DISTINCT upper(id) AS key FROM %s\nWHERE id <> upper(id) LIMIT %d", ids, most+1), err
}

// ProofText asks for a unique index of a column alone, by its name; "" where the
// binding names none. Indexes of a relation say nothing of those that inherit it.
func (l *List) ProofText(col *plan.Column) (string, error) {
	bound := l.bound(col.ID)
	if l.Binding.Relation == "" || bound.Name == "" {
		return "", nil
	}
	relation, err := relationName(l.Binding.Relation)
	return fmt.Sprintf(`SELECT min(n.relname::text) FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_class AS r ON r.oid = i.indrelid JOIN pg_catalog.pg_class AS n ON n.oid = i.indexrelid
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
WHERE i.indrelid = to_regclass(%s) AND a.attname = %s AND (r.relkind = 'p' OR NOT r.relhassubclass)
AND i.indisunique AND i.indisvalid AND i.indimmediate AND i.indnkeyatts = 1 AND i.indpred IS NULL AND i.indexprs IS NULL`,
		quoteText(relation), quoteText(bound.Name)), err
}

// Spelled writes the statement that reads how the ids of some keys are written, and
// the units of their records. The keys are its parameter, an array.
func (l *List) Spelled(col *plan.Column) (string, error) {
	ids, err := l.ids(col)
	return fmt.Sprintf("SELECT id, count(*)::text, unit FROM %s\nWHERE %s AND upper(id) = ANY ($1::text[]) GROUP BY id, unit", ids, isPlain("id")), err
}

// Array writes texts as the text of an array.
func Array(texts []string) []byte {
	quoted := make([]string, len(texts))
	for i, t := range texts {
		quoted[i] = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(t) + `"`
	}
	return []byte("{" + strings.Join(quoted, ",") + "}")
}

// RepeatCount finds the ids that several records have.
type RepeatCount struct {
	found   Repeats
	odd     map[string]map[string]map[string]int64 // records, by the folded and the visible form and the unit
	unclear map[string]bool                        // keys of which spellings and units are to be asked for
}

// NewRepeatCount begins a count.
func NewRepeatCount() *RepeatCount {
	return &RepeatCount{odd: map[string]map[string]map[string]int64{}, unclear: map[string]bool{}}
}

// AddOdd takes an id that is not plain, which n records of a unit have.
func (c *RepeatCount) AddOdd(id string, null bool, unit string, n int64) {
	c.found.odd = append(c.found.odd, oddID{id, null, n})
	if !null {
		c.Add(id, unit, n)
	}
}

// Add takes an id that n records of a unit have, letter by letter.
func (c *RepeatCount) Add(id, unit string, n int64) {
	visible, folded, ok := records.IDForms(id)
	if !ok {
		return
	}
	if records.LosesDigits(id) {
		c.found.Exponent += n
	}
	if c.odd[folded] == nil {
		c.odd[folded] = map[string]map[string]int64{}
	}
	if c.odd[folded][visible] == nil {
		c.odd[folded][visible] = map[string]int64{}
	}
	c.odd[folded][visible][records.OwnerNamed(unit)] += n
}

// Key is a plain id without regard to capitals, with how many records have it.
type Key struct {
	Key                 string
	Records             int64
	First, Last         string // of its spellings
	FirstUnit, LastUnit string // of the units of its records
}

// AddKey takes a plain id, after all odd ones. It refuses more than most ids that
// differ by capitals. Beyond most ids that records of several units have, it does
// not ask which units those are, and takes them for any.
func (c *RepeatCount) AddKey(k Key, most int64) error {
	key, n := k.Key, k.Records
	switch {
	case c.odd[key] != nil: // asked for anyway
	case n > 1 && k.First == k.Last && k.FirstUnit != k.LastUnit:
		if int64(len(c.unclear)) < most {
			c.unclear[key] = true
		} else {
			c.found.OfAnybody(n - 1)
		}
	case n > 1 && k.First != k.Last:
		if c.unclear[key] = true; int64(len(c.unclear)) > most {
			return lang.Errorf("more than %d ids differ only by capitals, or by what cannot be seen: is this the column of ids?",
				"hơn %d mã chỉ khác nhau ở chữ hoa hoặc ký tự không nhìn thấy: đây có phải cột mã không?", most)
		}
	case n > 1:
		if _, _, ok := records.IDForms(key); ok {
			c.found.AddID(map[string]int64{records.OwnerNamed(k.FirstUnit): n})
		}
	}
	return nil
}

// AddSmall takes a key that ids may share but for capitals.
func (c *RepeatCount) AddSmall(key string) { c.unclear[key] = true }

// Unclear lists the keys whose spellings and units must still be read: ids that
// differ by capitals, ids of records of several units, and plain ids that may be
// like odd ones.
func (c *RepeatCount) Unclear() []string {
	for key := range c.odd {
		c.unclear[key] = true
	}
	return slices.Sorted(maps.Keys(c.unclear))
}

// Repeats returns the count, after the spellings of what was unclear are added.
func (c *RepeatCount) Repeats() Repeats {
	out := c.found
	slices.SortFunc(out.odd, func(a, b oddID) int { return cmp.Compare(a.text, b.text) })
	for _, spellings := range c.odd {
		for _, byUnit := range spellings {
			out.AddID(byUnit)
		}
		out.Cased += int64(len(spellings)) - 1
	}
	return out
}
