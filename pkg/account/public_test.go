package account

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// annotated is a public table whose sums somebody marked.
type annotated struct {
	Numbers    string     `json:"numbers"` // "Comma Point" writes 1,234.5
	Cells      [][]string `json:"cells"`
	Kinds      [][]string `json:"kinds"`
	Aggregates []struct {
		Op string   `json:"op"`
		At [2]int   `json:"at"`
		Of [][2]int `json:"of"`
	} `json:"aggregates"`
}

// BenchmarkPublicTables tries the account on public tables with annotated sums:
// PARCHECK_AGGREGATIONS names a file of JSON lines, packed with gzip, as the
// validation set of AggreCol (Aggregation Detection in Verbose CSV Files) has
// them. It reports of how many rows that are sums along a column it says so, how
// many it adds as details without a word, and how many others it takes for sums.
func BenchmarkPublicTables(b *testing.B) {
	path := os.Getenv("PARCHECK_AGGREGATIONS")
	if path == "" {
		b.Skip("PARCHECK_AGGREGATIONS names no file")
	}
	tables := readAnnotated(b, path)
	var count struct{ tables, sums, found, told, silent, others, taken int }
	for range b.N {
		count.tables, count.sums, count.found, count.told, count.silent, count.others, count.taken = 0, 0, 0, 0, 0, 0, 0
		for _, t := range tables {
			rows, columns, sums := t.rows()
			if len(columns) == 0 || len(rows) < 3 {
				continue
			}
			count.tables++
			a := Take(rows, columns, Options{Added: true})
			undecided := slices.ContainsFunc(a.Doubts, func(d Doubt) bool { return d.Kind.Undecides() })
			for i := range rows {
				if !rows[i].has() {
					continue
				}
				role := a.Entries[i].Role
				isSum := role == Subtotal || role == Total
				switch {
				case !sums[i] && isSum:
					count.others++
					count.taken++
				case !sums[i]:
					count.others++
				case isSum:
					count.sums++
					count.found++
				case role != Detail || undecided || len(a.Doubts) > 0:
					count.sums++
					count.told++
				default:
					count.sums++
					count.silent++
				}
			}
		}
	}
	b.ReportMetric(float64(count.tables), "tables")
	b.ReportMetric(float64(count.sums), "sums")
	b.ReportMetric(float64(count.found), "found")
	b.ReportMetric(float64(count.told), "told")
	b.ReportMetric(float64(count.silent), "silent")
	b.ReportMetric(float64(count.others), "others")
	b.ReportMetric(float64(count.taken), "taken-for-sums")
}

func readAnnotated(b *testing.B, path string) []annotated {
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	var out []annotated
	s := bufio.NewScanner(z)
	s.Buffer(nil, 64<<20)
	for s.Scan() {
		var t annotated
		if err := json.Unmarshal(s.Bytes(), &t); err != nil {
			b.Fatal(err)
		}
		out = append(out, t)
	}
	if s.Err() != nil {
		b.Fatal(s.Err())
	}
	return out
}

var plainNumber = regexp.MustCompile(`^-?\d+(\.\d+)?$`)

// number reads a cell in thousandths.
func (t *annotated) number(cell string) Figure {
	s := strings.TrimSpace(strings.ReplaceAll(cell, "\u00a0", " "))
	switch group, decimal, _ := strings.Cut(t.Numbers, " "); {
	case group == "Comma":
		s = strings.ReplaceAll(s, ",", "")
	case group == "Space":
		s = strings.ReplaceAll(s, " ", "")
		fallthrough
	case decimal == "Comma":
		s = strings.ReplaceAll(s, ",", ".")
	}
	if !plainNumber.MatchString(s) {
		return Figure{}
	}
	whole, decimals, _ := strings.Cut(s, ".")
	decimals = (decimals + "000")[:3]
	n, err := strconv.ParseInt(whole+decimals, 10, 64)
	if err != nil {
		return Figure{State: Unreadable}
	}
	last := int64(1000)
	for range len(strings.TrimRight(decimals, "0")) {
		last /= 10
	}
	return Figure{State: Known, N: n, Last: last}
}

// rows are the rows of the table with the columns in which somebody marked sums
// of rows and nothing else, and which of the rows are such sums.
func (t *annotated) rows() (rows []Row, columns []Column, sums map[int]bool) {
	marked := map[int]map[int]bool{} // by column: rows
	mixed := map[int]bool{}
	for _, a := range t.Aggregates {
		along := a.Op == "Sum" && !slices.ContainsFunc(a.Of, func(of [2]int) bool { return of[1] != a.At[1] })
		switch {
		case a.Op != "Sum":
			mixed[a.At[1]] = true
		case along && a.At[1] > 0:
			if marked[a.At[1]] == nil {
				marked[a.At[1]] = map[int]bool{}
			}
			marked[a.At[1]][a.At[0]] = true
		}
	}
	var cols []int
	for c := range marked {
		if !mixed[c] {
			cols = append(cols, c)
		}
	}
	slices.Sort(cols)
	sums = map[int]bool{}
	for i, cells := range t.Cells {
		r := Row{Role: Nothing, Figures: make([]Figure, len(cols))}
		label := strings.TrimRight(cells[0], " ")
		r.Label = strings.TrimLeft(label, " ")
		r.Indent = len(label) - len(r.Label)
		header := i < len(t.Kinds) && slices.Contains(t.Kinds[i], "header")
		for k, c := range cols {
			if c < len(cells) && !header {
				r.Figures[k] = t.number(cells[c])
			}
		}
		switch {
		case header:
		case r.has():
			r.Role = Detail
		case r.Label != "":
			r.Role = Heading
		}
		rows = append(rows, r)
		for _, c := range cols {
			sums[i] = sums[i] || marked[c][i]
		}
	}
	for range cols {
		columns = append(columns, Column{Rounded: true})
	}
	return rows, columns, sums
}
