package table

import (
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/label"
)

// Vocabulary is the names of the columns of several tables, folded once. It
// tells by one look at each text of a sheet which of the tables may stand
// there. It may be used concurrently.
type Vocabulary struct {
	specs    []Spec
	names    []names // of each spec
	literal  map[string][]column
	patterns []pattern
	years    bool     // some column may be headed by digits alone: "2023"
	kinds    []string // of the layouts that it was made of, where whole header blocks are looked for
}

// column is a column of one of the specs.
type column struct{ spec, index int }

// pattern is a lowest header with a "*".
type pattern struct {
	label.Pattern
	column
}

// names are a spec's columns: the paths that head each.
type names [][]path

// path is one name of a column: folded, from the top down.
type path []label.Pattern

// NewVocabulary folds the names of tables.
func NewVocabulary(specs ...Spec) *Vocabulary {
	v := &Vocabulary{specs: specs, literal: map[string][]column{}}
	for i, s := range specs {
		n := compile(s)
		v.names = append(v.names, n)
		for j, paths := range n {
			for _, p := range paths {
				v.add(p[len(p)-1], column{i, j})
			}
			v.years = v.years || slices.ContainsFunc(s.Columns[j].Headers, endsInYear)
		}
	}
	return v
}

// endsInYear reports whether the lowest part of a name is a number or a pattern
// of one.
func endsInYear(header string) bool {
	parts := strings.Split(header, " / ")
	return strings.Trim(parts[len(parts)-1], " 0123456789*") == ""
}

func (v *Vocabulary) add(lowest label.Pattern, c column) {
	if key, ok := lowest.Literal(); ok {
		v.literal[key] = append(v.literal[key], c)
		return
	}
	v.patterns = append(v.patterns, pattern{lowest, c})
}

func compile(spec Spec) names {
	out := make(names, len(spec.Columns))
	for i, c := range spec.Columns {
		for _, h := range c.Headers {
			var p path
			for _, part := range strings.Split(h, " / ") {
				p = append(p, label.Compile(part))
			}
			out[i] = append(out[i], p)
		}
	}
	return out
}
