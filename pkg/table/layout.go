package table

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/label"
)

// Layout is the headings of a header block from the left to the right, each as
// the sheet has it: "Tiếp nhận / Trong kỳ". Columns without a heading are none
// of it.
type Layout []string

// Kind tells the header blocks of one form from all others. Of the years and
// days that its headings name only their order counts, and how far the years
// lie apart: next year's form is of the same kind, and one with two years
// exchanged is not.
func (l Layout) Kind() string {
	keys := make([]string, len(l))
	for i, heading := range l {
		keys[i] = label.Key(heading)
	}
	years, days := datesOf(keys)
	for i, key := range keys {
		key = dayInName.ReplaceAllStringFunc(key, func(day string) string {
			return fmt.Sprintf("{day%d}", slices.Index(days, sortableDay(day)))
		})
		keys[i] = yearInName.ReplaceAllStringFunc(key, func(year string) string {
			return fmt.Sprintf("{year-%d}", number(years[0])-number(year))
		})
	}
	return strings.Join(keys, "\n")
}

var (
	dayInName  = regexp.MustCompile(`\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d\b`)
	yearInName = regexp.MustCompile(`\b(?:19|20)\d\d\b`)
)

// datesOf lists the years and days that headings name, the latest first.
func datesOf(keys []string) (years, days []string) {
	for _, key := range keys {
		for _, day := range dayInName.FindAllString(key, -1) {
			days = append(days, sortableDay(day))
		}
		years = append(years, yearInName.FindAllString(dayInName.ReplaceAllString(key, ""), -1)...)
	}
	latest := func(a, b string) int { return cmp.Compare(b, a) }
	slices.SortFunc(days, latest)
	slices.SortFunc(years, latest)
	return slices.Compact(years), slices.Compact(days)
}

// sortableDay writes a day so that a later one is greater: "2023-09-30".
func sortableDay(day string) string {
	parts := strings.FieldsFunc(day, func(r rune) bool { return r < '0' || r > '9' })
	return fmt.Sprintf("%s-%02d-%02d", parts[2], number(parts[1]), number(parts[0]))
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// LayoutVocabulary makes a vocabulary by which whole header blocks are found
// instead of tables: its i-th spec is the i-th layout.
func LayoutVocabulary(layouts []Layout) *Vocabulary {
	specs := make([]Spec, len(layouts))
	kinds := make([]string, len(layouts))
	for i, l := range layouts {
		for _, heading := range l {
			specs[i].Columns = append(specs[i].Columns, Column{Headers: []string{heading}})
		}
		kinds[i] = l.Kind()
	}
	v := NewVocabulary(specs...)
	v.kinds = kinds
	return v
}

// Headings are the headings of the rows of a header, and the column of each.
func (h *Head) Headings(top, bottom int) (l Layout, columns []int) {
	first, last := h.index(top), h.index(bottom)
	if first < 0 || last < 0 {
		return nil, nil
	}
	for _, hd := range h.headings(first, last) {
		l = append(l, hd.path())
		columns = append(columns, hd.col)
	}
	return l, columns
}

// FindLayout returns the rows of the first header block that is the
// vocabulary's i-th layout.
func (h *Head) FindLayout(i int) (top, bottom int, ok bool) {
	want := len(h.names.specs[i].Columns)
	hits := h.hits(i)
	for depth := 1; depth <= MaxDepth; depth++ {
		for at := range h.tops(hits, depth) {
			headings := h.headings(at, at+depth-1)
			if len(headings) != want {
				continue
			}
			l := make(Layout, want)
			for j := range headings {
				l[j] = headings[j].path()
			}
			if l.Kind() == h.names.kinds[i] {
				return h.rows[at].Number, h.rows[at+depth-1].Number, true
			}
		}
	}
	return 0, 0, false
}

// Place gives the columns of a spec those of a header block by their position
// in its layout; -1 where a column has none.
func (h *Head) Place(spec Spec, top, bottom int, positions []int) Header {
	found := Header{Top: top, Bottom: bottom, Columns: make([]Found, len(spec.Columns))}
	headings := h.headings(h.index(top), h.index(bottom))
	for i, at := range positions {
		if at < 0 {
			continue
		}
		hd := &headings[at]
		f := Found{Col: hd.col, Path: hd.path()}
		for next := at + 1; next < len(headings) && headings[next].at == hd.at && !slices.Contains(positions, next); next++ {
			f.Span = headings[next].col - f.Col
		}
		found.Columns[i] = f
	}
	h.lower(&found)
	found.Numbers = NumberRow(h.grid, found, spec)
	return found
}
