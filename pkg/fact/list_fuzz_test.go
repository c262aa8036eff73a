package fact

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// FuzzList holds what the list engine says of a list against the naive
// reading. Where it cannot be told whether a row is a record, the engine may
// leave it out if it says so.
func FuzzList(f *testing.F) {
	f.Add([]byte{})
	for seed := range uint64(250) {
		f.Add(randomBytes(seed, 200))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 600 {
			t.Skip("the first bytes decide everything")
		}
		g := newListGame(data)
		r := g.collect(t)
		var best string
		for _, l := range g.readings(r) {
			diff := cmp.Diff(l.expected(), said(r, l))
			if diff == "" {
				return
			}
			if best == "" || len(diff) < len(best) {
				best = diff
			}
		}
		t.Errorf("%s\nplan:\n%s\nworkbook:\n%s\nfacts:\n%s\nfindings:\n%s", best, g.planText(), g.text.String(), printFacts(r), printFindings(r))
	})
}

func randomBytes(seed uint64, n int) []byte {
	out, r := make([]byte, n), rand.New(rand.NewPCG(seed, 1))
	for i := range out {
		out[i] = byte(r.Uint32())
	}
	return out
}

// readings lists the ways in which the list may be read: with each of the
// doubtful records or without it, where a diagnostic says so. Totals and words
// below the records need none.
func (g *listGame) readings(r *Reading) []*naiveList {
	type place struct {
		sheet string
		row   int
	}
	var leave []place
	for _, s := range g.sheets {
		for _, record := range s.records {
			signs := record.words && !slices.ContainsFunc(s.records, func(o naiveRecord) bool { return o.row > record.row && !o.words })
			if !record.firm && (signs || record.sums || toldAsNone(r, s.name, record.row)) {
				leave = append(leave, place{s.name, record.row})
			}
		}
	}
	var out []*naiveList
	for set := range 1 << len(leave) {
		out = append(out, g.without(func(sheet string, r naiveRecord) bool {
			i := slices.Index(leave, place{sheet, r.row})
			return i >= 0 && set>>i&1 == 1
		}))
	}
	return out
}

// toldAsNone reports whether a diagnostic says that a row is no record.
func toldAsNone(r *Reading, sheet string, row int) bool {
	return slices.ContainsFunc(allDiagnostics(r), func(d diag.Diagnostic) bool {
		return d.Pos.Sheet == sheet && d.Pos.Area.Row <= row && row <= d.Pos.Area.ToRow && strings.Contains(d.Message.In(lang.EN), "not as records")
	})
}

func allDiagnostics(r *Reading) diag.List {
	out := slices.Clone(r.Diagnostics)
	for _, s := range r.Sets {
		out = append(out, s.Diagnostics...)
	}
	return out
}

// outcome is what can be compared of a reading.
type outcome struct {
	Facts map[string]string // by unit and id
	Told  []string
	Twice map[string]int
}

func (l *naiveList) expected() outcome {
	out := outcome{Facts: map[string]string{}, Twice: map[string]int{}}
	named := l.unitsNamed()
	if len(named) == 0 {
		named = []string{""}
	}
	for _, u := range named {
		for i := range l.facts {
			out.Facts[u+"/"+l.facts[i].id] = l.answer(&l.facts[i], u)
		}
	}
	for _, t := range l.findings() {
		out.Told = append(out.Told, t.String())
	}
	for _, id := range l.unique {
		if n := l.repeats(id); n > 0 {
			out.Twice[id] = n
		}
	}
	return out
}

// said is the same of what the engine says.
func said(r *Reading, l *naiveList) outcome {
	out := outcome{Facts: figures(r), Twice: map[string]int{}}
	if len(l.unitsNamed()) == 0 { // all facts are those of the unit that reports
		out.Facts = map[string]string{}
		for id, figure := range figures(r) {
			_, id, _ = strings.Cut(id, "/")
			out.Facts["/"+id] = figure
		}
	}
	by := map[string]*told{}
	wanted := l.wanted()
	for _, d := range allDiagnostics(r) {
		if d.Check == diag.NotUnique {
			out.Twice[l.columnAt(d.Pos)] += countOf(d, andMore, 1)
			continue
		}
		n := countOf(d, leadingCount, 0)
		if n == 0 || d.Check == diag.TextNumber || d.Check == diag.DoubtfulNumber || d.Check == diag.OutsidePeriod || !slices.Contains(wanted, l.columnAt(d.Pos)) {
			continue // of no column, or of one that bears witness only
		}
		key := fmt.Sprint(d.Check, d.Pos.Sheet, d.Pos.Area.Col)
		if by[key] == nil {
			by[key] = &told{d.Check, d.Pos.Sheet, d.Pos.Area.Col, 0, d.Pos.Area.Row, d.Pos.Area.ToRow}
		}
		t := by[key]
		t.n, t.first, t.last = t.n+n, min(t.first, d.Pos.Area.Row), max(t.last, d.Pos.Area.ToRow)
	}
	for _, t := range by {
		out.Told = append(out.Told, t.String())
	}
	slices.Sort(out.Told)
	return out
}

var (
	leadingCount = regexp.MustCompile(`^(\d+) (?:records?|cells?|formulas?) (?:with|in) `)
	andMore      = regexp.MustCompile(`^and (\d+) record`)
)

// countOf returns the number that a diagnostic begins with, or the other one.
func countOf(d diag.Diagnostic, re *regexp.Regexp, other int) int {
	m := re.FindStringSubmatch(d.Message.In(lang.EN))
	if m == nil {
		return other
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		panic(err)
	}
	return n
}

// columnAt returns the column of the plan that stands at a place.
func (l *naiveList) columnAt(pos diag.Pos) string {
	i := slices.IndexFunc(l.sheets, func(s naiveSheet) bool { return s.name == pos.Sheet })
	if i < 0 || pos.Area.Col == 0 {
		return ""
	}
	return l.sheets[i].columns[pos.Area.Col-1]
}
