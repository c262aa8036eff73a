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

// plainID is what ids look like in whose characters nothing is hidden, as a
// regular expression; those of them with a digit are plain: no placeholder and no
// error has one without a #. lostDigits is what those look like that are none.
const (
	plainID    = "^[!\"$-~Đ]+( [!\"$-~Đ]+)*$"
	lostDigits = "E[+][0-9][0-9]$"
)

func isPlain(v string) string {
	return fmt.Sprintf("%[1]s ~ '%[2]s' AND %[1]s ~ '[0-9]' AND %[1]s !~ '%[3]s'", v, plainID, lostDigits)
}

// ids are the ids of a column, as a relation of one column.
func (l *List) ids(col *plan.Column) (string, error) {
	from, err := From(l.Binding)
	if err != nil {
		return "", err
	}
	sql, err := boundSQL(*l.bound(col.ID))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("(SELECT %s::text COLLATE \"C\" AS id FROM %s) AS record", sql, from), nil
}

// Odd asks for the ids that are not plain, and for none, with how many records
// have each.
func (l *List) Odd(col *plan.Column, most int64) (string, error) {
	ids, err := l.ids(col)
	return fmt.Sprintf("SELECT id, count(*)::text FROM %s\nWHERE id IS NULL OR NOT (%s) GROUP BY id LIMIT %d", ids, isPlain("id"), most+1), err
}

// Keys asks for the plain ids without regard to capitals: how many records have
// each, and its first and last spelling. Of several servers each gives all of
// them in order; one alone gives those that several records have.
func (l *List) Keys(col *plan.Column, alone bool) (string, error) {
	ids, err := l.ids(col)
	text := fmt.Sprintf("SELECT upper(id) AS key, count(*)::text, min(id), max(id) FROM %s\nWHERE %s GROUP BY upper(id)", ids, isPlain("id"))
	if alone {
		return text + " HAVING count(*) > 1", err
	}
	return text + " ORDER BY 1", err
}

// Spelled asks how the ids of some keys are written; the keys are its parameter,
// an array.
func (l *List) Spelled(col *plan.Column) (string, error) {
	ids, err := l.ids(col)
	return fmt.Sprintf("SELECT id, count(*)::text FROM %s\nWHERE %s AND upper(id) = ANY ($1::text[]) GROUP BY id", ids, isPlain("id")), err
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
	odd     map[string]map[string]int64 // records, by the folded and the visible form
	unclear map[string]bool             // keys of which spellings are to be asked for
}

// NewRepeatCount begins a count.
func NewRepeatCount() *RepeatCount {
	return &RepeatCount{odd: map[string]map[string]int64{}, unclear: map[string]bool{}}
}

// AddOdd takes an id that is not plain, which n records have.
func (c *RepeatCount) AddOdd(id string, null bool, n int64) {
	c.found.odd = append(c.found.odd, oddID{id, null, n})
	if !null {
		c.Add(id, n)
	}
}

// Add takes an id that n records have, letter by letter.
func (c *RepeatCount) Add(id string, n int64) {
	visible, folded, ok := records.IDForms(id)
	if !ok {
		return
	}
	if records.LosesDigits(id) {
		c.found.Exponent += n
	}
	if c.odd[folded] == nil {
		c.odd[folded] = map[string]int64{}
	}
	c.odd[folded][visible] += n
}

// AddKey takes a plain id without regard to capitals, once all odd ones are
// there. It refuses more than most ids that are not alike.
func (c *RepeatCount) AddKey(key string, n int64, first, last string, most int64) error {
	switch {
	case c.odd[key] != nil: // asked for anyway
	case n > 1 && first != last:
		if c.unclear[key] = true; int64(len(c.unclear)) > most {
			return lang.Errorf("more than %d ids differ only by capitals, or by what cannot be seen: is this the column of ids?",
				"hơn %d mã chỉ khác nhau ở chữ hoa hoặc ký tự không nhìn thấy: đây có phải cột mã không?", most)
		}
	case n > 1:
		if _, _, ok := records.IDForms(key); ok {
			c.found.Again += n - 1
		}
	}
	return nil
}

// Unclear lists the keys whose spellings are to be asked for: those that differ
// by capitals, and those that plain ids may share with odd ones.
func (c *RepeatCount) Unclear() []string {
	for key := range c.odd {
		c.unclear[key] = true
	}
	return slices.Sorted(maps.Keys(c.unclear))
}

// Repeats counts them, once the spellings of what was unclear are there.
func (c *RepeatCount) Repeats() Repeats {
	out := c.found
	slices.SortFunc(out.odd, func(a, b oddID) int { return cmp.Compare(a.text, b.text) })
	for _, spellings := range c.odd {
		n := int64(0)
		for _, alike := range spellings {
			n += alike
		}
		out.Again += n - int64(len(spellings))
		out.Cased += int64(len(spellings)) - 1
	}
	return out
}
