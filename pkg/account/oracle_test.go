package account

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// The oracle of the account: tables that are written from a tree of figures
// whose sum is known. What the account gives is that sum, or nothing, or it
// tells of a doubt; it is never another figure in silence.

var tables = flag.Int("account.tables", 20_000, "how many tables TestOracle writes")

// style is how a table is written.
type style struct {
	marks    []string // by level: "I", "1", "1.1", "a", "-", "" or "indent"
	inLabel  bool     // the numbering stands before the label
	heads    string   // what a group's row holds: "blank", "sum"
	closes   bool     // "Cộng" stands below each group
	total    string   // "", "first", "last"
	words    string   // of the total
	parts    string   // below some details: "", "dash", "some", "trong đó", "plain", "open"
	below    string   // below the total: "", "mean", "last year", "note", "star"
	blank    bool     // some details have no figure in some column
	mistaken bool     // one stated sum is wrong
}

var (
	markings = [][]string{
		{""}, {"1"}, {"I", "1"}, {"A", "I", "1"}, {"1", "1.1"}, {"I", "1", "a"}, {"1", "a"}, {"", "1"}, {"A", "1"}, {"I", "1", "1.1"},
		{"indent", "indent"}, {"indent", "indent", "indent"}, {"1", "-"}, {"", ""}, {"", ""}, {"I/", "1/"}, {"Mục I", "1"}, {"A", "a"},
	}
	totalWords = []string{
		"Tổng cộng", "TỔNG SỐ", "Cộng", "Tổng cộng toàn tỉnh", "Tổng cộng (I+II)", "Cộng I + II", "Tổng hợp", "Lũy kế", "Σ", "Total", "Tổng số:", "Toàn huyện",
		"Ngân sách", "Chung", "Các đơn vị", "Tổng chung", "TỔNG CỘNG = I + II", "Tổng cộng: 5 dự án", "Tổng các dự án", "Cộng dồn", "Tổng cộng (*)",
	}
)

func pick[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

func (s style) String() string {
	return fmt.Sprintf("%+v", struct {
		Marks                      []string
		InLabel                    bool
		Heads                      string
		Closes                     bool
		Total, Words, Parts, Below string
		Blank, Mistaken            bool
	}{s.marks, s.inLabel, s.heads, s.closes, s.total, s.words, s.parts, s.below, s.blank, s.mistaken})
}

func newStyle(r *rand.Rand) style {
	s := style{marks: pick(r, markings), heads: pick(r, []string{"blank", "sum", "sum"}), words: pick(r, totalWords)}
	s.inLabel = r.IntN(4) == 0 && s.marks[0] != "" && s.marks[0] != "indent"
	s.closes = s.heads == "blank" && len(s.marks) > 1 && r.IntN(3) == 0
	s.total = pick(r, []string{"", "first", "last", "last"})
	s.parts = pick(r, []string{"", "", "", "dash", "some", "trong đó", "plain", "open"})
	if last := s.marks[len(s.marks)-1]; last == "-" || last == "indent" || last == "" && s.parts != "open" && s.parts != "dash" {
		s.parts = ""
	}
	if s.parts == "open" && s.marks[len(s.marks)-1] != "" || s.parts == "plain" && s.marks[len(s.marks)-1] == "" {
		s.parts = ""
	}
	if s.total == "last" && r.IntN(3) == 0 {
		s.below = pick(r, []string{"mean", "last year", "note", "star"})
	}
	s.blank = r.IntN(5) == 0
	s.mistaken = r.IntN(5) == 0 && !s.blank // of a blank nobody knows whether a sum beside it is wrong
	return s
}

// written is a table, and what is true of it.
type written struct {
	style
	rows    []Row
	truth   []int64 // by column
	r       *rand.Rand
	columns int
	low, by int64 // figures are from 0 or low up, in multiples of by
	counts  map[int]int
	span    int64
	stated  []int // rows that hold a sum of others
	leaves  int64
}

func write(r *rand.Rand) *written {
	w := &written{style: newStyle(r), r: r, columns: 1 + r.IntN(3), counts: map[int]int{}}
	size := r.IntN(4)
	if len(w.marks) == 2 && w.marks[1] == "" { // only figures tell groups from details: they must be telling
		w.heads, w.closes, size = "sum", false, 3
		w.columns = 2 + r.IntN(2)
	}
	if w.untold() && size == 0 { // small figures agree by chance
		size = 1
	}
	switch size {
	case 0:
		w.low, w.span, w.by = 0, 9, 1
	case 1:
		w.low, w.span, w.by = 1, 400, 1
	case 2:
		w.low, w.span, w.by = 1, 90, 100
	default:
		w.low, w.span, w.by = 1000, 90_000, 1
	}
	w.truth = make([]int64, w.columns)
	at := -1
	if w.total == "first" {
		at = len(w.rows)
		w.row("", w.words, nil)
	}
	w.level(0, "")
	if w.total == "first" {
		w.set(at, w.truth)
	}
	if w.total == "last" {
		at = len(w.rows)
		w.row("", w.words, w.truth)
	}
	if at >= 0 {
		w.stated = append(w.stated, at)
	}
	w.tail()
	if w.mistaken && w.untold() && w.columns == 1 { // words tell nothing, and the figures do not agree
		w.mistaken = false
	}
	if w.mistaken && len(w.stated) > 0 {
		f := &w.rows[pick(r, w.stated)].Figures[r.IntN(w.columns)]
		f.N += w.by * (1 + r.Int64N(9))
	} else {
		w.mistaken = false
	}
	return w
}

func (w *written) tail() {
	switch w.below {
	case "mean":
		mean := make([]int64, w.columns)
		for c := range mean {
			mean[c] = w.truth[c] / max(w.leaves, 1)
		}
		w.row("", "Bình quân", mean)
	case "last year":
		w.row("", pick(w.r, []string{"Năm trước", "Cùng kỳ năm trước", "So với cùng kỳ"}), w.figures())
	case "note":
		w.row("", "Ghi chú: số liệu đến 31/12", nil)
	case "star":
		w.row("*", "điều chỉnh giảm", w.figures())
	}
}

// level writes the rows of one level, and returns their sum.
func (w *written) level(depth int, prefix string) []int64 {
	sum := make([]int64, w.columns)
	n := 2 + w.r.IntN(3)
	for i := 1; i <= n; i++ {
		code := numberOf(w.marks[depth], i, prefix)
		label := fmt.Sprintf("%s %c%d", pick(w.r, []string{"Dự án", "Lĩnh vực", "Công trình", "Chương trình"}), 'A'+depth, len(w.rows))
		at := len(w.rows)
		w.labelled(depth, code, label)
		var own []int64
		if depth+1 < len(w.marks) {
			own = w.level(depth+1, code)
			if w.heads == "sum" {
				w.set(at, own)
				w.stated = append(w.stated, at)
			}
			if w.closes {
				w.row("", "Cộng", own)
				w.stated = append(w.stated, len(w.rows)-1)
			}
		} else {
			own = w.figures()
			w.set(at, own)
			w.leaves++
			if c := w.r.IntN(w.columns); w.blank && w.columns > 1 && w.r.IntN(3) == 0 {
				own[c] = 0
				w.rows[at].Figures[c] = Figure{}
			}
			w.divide(own)
			for c := range own {
				w.truth[c] += own[c]
			}
		}
		for c := range own {
			sum[c] += own[c]
		}
	}
	return sum
}

// divide writes the parts of a detail.
func (w *written) divide(whole []int64) {
	if w.parts == "" || w.r.IntN(2) == 0 {
		return
	}
	a, b := make([]int64, w.columns), make([]int64, w.columns)
	for c := range whole {
		a[c] = whole[c] / w.by * int64(1+w.r.IntN(3)) / 4 * w.by
		b[c] = whole[c] - a[c]
	}
	switch w.parts {
	case "dash":
		w.row("", "- vốn trung ương", a)
		w.row("", "- vốn địa phương", b)
	case "some":
		w.row("", "- trong đó vốn vay", a)
	case "trong đó":
		w.row("", "Trong đó: vốn vay", a)
	case "plain":
		w.row("", "vốn trung ương", a)
		w.row("", "vốn địa phương", b)
	case "open":
		w.row("", "Trong đó:", nil)
		w.row("", "vốn trung ương", a)
		w.row("", "vốn địa phương", b)
	}
}

func (w *written) figures() []int64 {
	out := make([]int64, w.columns)
	for c := range out {
		out[c] = (w.low + w.r.Int64N(w.span+1)) * w.by
	}
	return out
}

func numberOf(mark string, i int, prefix string) string {
	switch mark {
	case "I", "I/", "Mục I":
		return strings.Replace(mark, "I", [...]string{"", "I", "II", "III", "IV", "V"}[i], 1)
	case "A", "a":
		return string(mark[0] + byte(i-1))
	case "1", "1/":
		return strings.Replace(mark, "1", strconv.Itoa(i), 1)
	case "1.1":
		return prefix + "." + strconv.Itoa(i)
	case "-":
		return "-"
	}
	return ""
}

func (w *written) labelled(depth int, code, label string) {
	w.row(code, label, nil)
	last := &w.rows[len(w.rows)-1]
	if w.marks[depth] == "indent" {
		last.Indent = 3 * depth
	}
	if w.inLabel && code != "" {
		last.Code, last.Label = "", strings.TrimRight(code, ".")+". "+label
		if code == "-" {
			last.Label = "- " + label
		}
	}
}

func (w *written) row(code, label string, figures []int64) {
	w.rows = append(w.rows, Row{Role: Heading, Code: code, Label: label, Figures: make([]Figure, w.columns)})
	if figures != nil {
		w.set(len(w.rows)-1, figures)
	}
}

func (w *written) set(i int, figures []int64) {
	w.rows[i].Role = Detail
	for c, n := range figures {
		w.rows[i].Figures[c] = Figure{State: Known, N: n}
	}
}

// verdict is how an account did on a table.
type verdict string

const (
	right    verdict = "right"
	told     verdict = "told" // another figure, and a doubt
	withheld verdict = "not given"
	silently verdict = "SILENT"
)

// untold reports whether the words of some sum do not say that it is one.
func (w *written) untold() bool {
	neutral := w.total != "" && (w.words == "Ngân sách" || w.words == "Các đơn vị")
	return neutral || len(w.marks) == 2 && w.marks[1] == ""
}

// judge holds an account against the truth, and counts doubts on sound tables.
func (w *written) judge(a *Account) (v verdict, alarm bool) {
	v = right
	for c := range w.columns {
		switch got := given(a, w.rows, c); {
		case got == "= undecided" || got == "= blank":
			if v == right {
				v = withheld
			}
		case got == fmt.Sprintf("= %d", w.truth[c]) || got == fmt.Sprintf("= %d stated", w.truth[c]):
		case len(a.Doubts) > 0 || a.Total < 0 && len(a.Missing(c)) > 0: // the caller tells of blanks
			if v != silently {
				v = told
			}
		default:
			v = silently
		}
	}
	return v, !w.mistaken && !w.untold() && len(a.Doubts) > 0
}

func (w *written) dump(a *Account) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%v\ntruth %v\n", w.style, w.truth)
	for i, r := range w.rows {
		fmt.Fprintf(&b, "%-6s| %s%-30s", r.Code, strings.Repeat(" ", r.Indent), r.Label)
		for _, f := range r.Figures {
			if f.State == Known {
				fmt.Fprintf(&b, "| %d ", f.N)
			} else {
				b.WriteString("|   ")
			}
		}
		fmt.Fprintf(&b, "  %s\n", roleNames[a.Entries[i].Role])
	}
	b.WriteString(show(a, w.rows, make([]Column, w.columns)))
	return b.String()
}

// FuzzOracle tries the tables of any seed.
func FuzzOracle(f *testing.F) {
	f.Add(uint64(1), uint64(2))
	f.Fuzz(func(t *testing.T, a, b uint64) {
		w := write(rand.New(rand.NewPCG(a, b)))
		took := Take(w.rows, make([]Column, w.columns), Options{Added: true})
		if v, _ := w.judge(took); v == silently {
			t.Errorf("a wrong figure in silence:\n%s", w.dump(took))
		}
	})
}

func TestOracle(t *testing.T) {
	counts, alarms, failures := map[verdict]int{}, map[string]int{}, 0
	for seed := range *tables {
		w := write(rand.New(rand.NewPCG(7, uint64(seed))))
		a := Take(w.rows, make([]Column, w.columns), Options{Added: true})
		v, alarm := w.judge(a)
		counts[v]++
		if alarm {
			alarms[kindNames[a.Doubts[0].Kind]]++
		}
		if v == silently || alarm && testing.Verbose() && (a.Doubts[0].Kind == Outside || a.Doubts[0].Kind == Unsaid && !w.untold()) {
			if failures++; failures <= 6 {
				t.Logf("seed %d: %s\n%s", seed, v, w.dump(a))
			}
		}
	}
	t.Logf("%d tables: %v; doubts on sound tables: %v", *tables, counts, alarms)
	if counts[silently] > 0 {
		t.Errorf("%d tables give a wrong figure in silence", counts[silently])
	}
}
