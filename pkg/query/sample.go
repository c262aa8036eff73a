package query

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Sample holds how some records of a list spell its choices. The statement counts
// these spellings fastest; the figures do not depend on them.
type Sample struct {
	columns []string // ids
	seen    map[string]map[string]int64
	blanks  map[string]int64
}

// sampled is the number of records of a sample.
const sampled = 2000

// NewSample begins a sample of a list. ok is false where there is nothing to
// sample.
func (l *List) NewSample() (s *Sample, ok bool) {
	s = &Sample{seen: map[string]map[string]int64{}, blanks: map[string]int64{}}
	for _, f := range l.all().Facets() {
		if f.Spelling && !f.Unit {
			s.columns = append(s.columns, f.Column.ID)
			s.seen[f.Column.ID] = map[string]int64{}
		}
	}
	return s, len(s.columns) > 0
}

// SampleText writes the statement that reads a sample.
func (l *List) SampleText(s *Sample) (string, error) {
	from, err := From(l.Binding)
	if err != nil {
		return "", err
	}
	var columns []string
	for _, id := range s.columns {
		sql, err := boundSQL(*l.bound(id))
		if err != nil {
			return "", err
		}
		columns = append(columns, fmt.Sprintf("left(%s::text, %d)", sql, maxText))
	}
	return fmt.Sprintf("SELECT %s FROM %s LIMIT %d", list(columns), from, sampled), nil
}

// Add takes a record.
func (s *Sample) Add(row [][]byte) {
	for i, id := range s.columns {
		switch {
		case i >= len(row):
		case row[i] == nil:
			s.blanks[id]++
		default:
			s.seen[id][string(row[i])]++
		}
	}
}

// Merge takes the sample of another server.
func (s *Sample) Merge(other *Sample) {
	for id, texts := range other.seen {
		for text, n := range texts {
			s.seen[id][text] += n
		}
		s.blanks[id] += other.blanks[id]
	}
}

func (s *Sample) blank(id string) bool { return s.blanks[id] > 0 }

// texts are the spellings of a column, the most frequent first.
func (s *Sample) texts(id string) []string {
	seen := s.seen[id]
	return slices.SortedFunc(maps.Keys(seen), func(a, b string) int {
		return cmp.Or(cmp.Compare(seen[b], seen[a]), cmp.Compare(a, b))
	})
}

// planTexts are the names of a column's choices in the plan, or the texts that
// its conditions name.
func planTexts(col *plan.Column, l *List) []string {
	var out []string
	for _, v := range col.Values {
		out = append(out, v.Names...)
	}
	if col.Type == plan.Choice {
		return out
	}
	var named func(where []plan.Condition)
	named = func(where []plan.Condition) {
		for _, w := range where {
			if w.Column == col.ID {
				out = append(out, w.Values...)
			}
			for _, all := range w.Any {
				named(all)
			}
		}
	}
	for i := range l.cubes {
		for _, src := range l.cubes[i].sources {
			named(src.Where)
		}
	}
	return out
}

// sameChoice reports whether two texts mean one choice of a column.
func sameChoice(col *plan.Column, a, b string) bool {
	return col.Choices[label.Key(a)] == col.Choices[label.Key(b)]
}

// harmless reports whether a spelling may stand in a statement, which reports
// show: letters, digits and little else.
func harmless(text string) bool {
	const most = 100 // bytes
	return len(text) <= most && !strings.Contains(text, "--") && !strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.In(r, unicode.Letter, unicode.Mn, unicode.Nd) && !strings.ContainsRune(" .,()-", r)
	})
}
