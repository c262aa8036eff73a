package fact

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
)

// dice makes every decision by the bytes of a fuzzer; when they are used up,
// each is the first one.
type dice []byte

func (d *dice) roll(n int) int {
	if len(*d) == 0 {
		return 0
	}
	b := (*d)[0]
	*d = (*d)[1:]
	return int(b) % n
}

func (d *dice) once(in int) bool { return d.roll(in) == in-1 }

func pick[T any](d *dice, from []T) T { return from[d.roll(len(from))] }

func rat(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return r
}

// What the cells of each kind of column say. The first of each is what a clean
// list holds.
var (
	voidCells   = []meaning{{void: true}, {text: "-", void: true}, {text: "…", void: true}, {text: "'", void: true}, {text: "\u200b", void: true}}
	brokenCells = []meaning{{text: "#N/A", bad: diag.ErrorCell, open: true}, {text: "#REF!", bad: diag.ErrorCell, open: true}, {text: "=Z1", bad: diag.NotCalculated, open: true}, {text: "=Z1 -> #N/A", bad: diag.ErrorCell, open: true}}

	dayCells = slices.Concat([]meaning{
		{text: "2023-05-31", day: 20230531}, {text: "2023-01-01", day: 20230101}, {text: "2023-12-31", day: 20231231},
		{text: "2022-12-31", day: 20221231}, {text: "2024-01-01", day: 20240101}, {text: "31/05/2023", day: 20230531},
		{text: "1-2-2023", day: 20230201}, {text: "2023-03-31 23:59", day: 20230331}, {text: "=Z1 -> 2023-04-01", day: 20230401},
		{text: "30/12/1899", day: 18991230}, {text: "01.07.2023", day: 20230701}, {text: "^ 30/06/2023 08:30", day: 20230630},
		{text: "31/02/2023", bad: diag.NotDate}, {text: "45077", bad: diag.NotDate}, {text: "31/12/23", bad: diag.NotDate}, {text: "TRUE", bad: diag.NotDate},
		{text: "hôm qua", bad: diag.NotDate}, {text: "-1{dd/mm/yyyy}", bad: diag.NotDate}, {text: "2023", bad: diag.NotDate},
	}, voidCells, brokenCells)

	choiceCells = slices.Concat([]meaning{
		{text: "Toàn trình", word: "f"}, {text: "Một phần", word: "p"}, {text: "MỨC  3", word: "p"}, {text: "toàn\u00a0trình:", word: "f"},
		{text: "x", word: "n"}, {text: "Không.", word: "n"}, {text: "=Z1 -> Một phần", word: "p"},
		{text: "mot phan", bad: diag.UnknownChoice}, {text: "3", bad: diag.UnknownChoice}, {text: "TRUE", bad: diag.UnknownChoice}, {text: "*", bad: diag.UnknownChoice}, {text: ":", bad: diag.UnknownChoice},
		{text: "Một phần, toàn trình", bad: diag.UnknownChoice},
	}, voidCells, brokenCells)

	textCells = slices.Concat([]meaning{
		{text: "khác", word: "khác"}, {text: "Hủy", word: "hủy"}, {text: "HUỶ", word: "hủy"}, {text: "trả  lại.", word: "trả lại"},
		{text: "x", word: "x"}, {text: "0", word: "0"}, {text: "'12", word: "12"}, {text: "không", word: "không"}, {text: "TRUE", word: "TRUE"},
		{text: "=Z1 -> Hủy", word: "hủy"}, {text: "*", word: "*"},
	}, voidCells, brokenCells)

	receiptCells = []meaning{{void: true}, {text: "R1", word: "r1"}, {text: "^ R1", word: "r1"}, {text: "R2", word: "r2"}, {text: "-", void: true}, {text: "7", word: "7"}, {text: "'7", word: "7"}}

	unitCells = []meaning{{text: "Sở A", word: "sở a"}, {text: "SỞ  A", word: "sở a"}, {text: "Sở B", word: "sở b"}, {void: true}, {text: "-", void: true}, {text: "#N/A", bad: diag.ErrorCell, open: true}}
)

// feeCells are the cells of a column of numbers that are typed in a style.
func feeCells(style string) []meaning {
	typed := func(text, vi, en, undeclared string) meaning {
		s := map[string]string{"vi": vi, "en": en, "": undeclared}[style]
		switch s {
		case "":
			return meaning{text: "'" + text, bad: diag.NotNumber}
		case "?":
			return meaning{text: "'" + text, bad: diag.AmbiguousText}
		}
		return meaning{text: "'" + text, num: rat(s)}
	}
	stored := func(text, value string) meaning { return meaning{text: text, num: rat(value)} }
	return slices.Concat([]meaning{
		stored("1000.5", "2001/2"), stored("1000", "1000"), stored("0", "0"), stored("2.5", "5/2"), stored("0.1", "1/10"), stored("12.75", "51/4"), stored("7.125", "57/8"), stored("-500", "-500"),
		stored("9e18", "9000000000000000000"), stored("0.30000000000000004", "3/10"), stored("=1+1 -> 2", "2"),
		typed("1.234,5", "12345/10", "", "12345/10"), typed("1.234", "1234", "1234/1000", "?"), typed("12", "12", "12", "12"), typed("1,234.5", "", "12345/10", "12345/10"),
		typed("0,5", "1/2", "", "1/2"),
		{text: "50%", bad: diag.NotNumber}, {text: "'50%", bad: diag.NotNumber}, {text: "2023-05-31", bad: diag.NotNumber}, {text: "mười", bad: diag.NotNumber}, {text: "TRUE", bad: diag.NotNumber},
		{text: "x", void: true},
	}, voidCells, brokenCells)
}

// listGame makes a list and the plan that reads it.
type listGame struct {
	dice
	naiveList
	style string
	ids   int
	doubt int // records that are not firm
	text  strings.Builder

	shared bool // texts stand in the workbook's string table
	epoch  bool // days are counted from 1904
	long   bool // the sheets are longer than what is read of every sheet
}

var headings = map[string]string{
	"id": "Mã", "unit": "Đơn vị", "in": "Ngày nhận", "due": "Hạn", "out": "Ngày trả",
	"level": "Mức", "note": "Ghi chú", "fee": "Phí", "receipt": "Biên lai",
}

func newListGame(data []byte) *listGame {
	g := &listGame{dice: data}
	g.keyed = !g.once(4)
	g.style = pick(&g.dice, []string{"vi", "en", ""})
	g.shared, g.epoch, g.long = g.once(2), g.once(4), g.once(8)
	period := pick(&g.dice, [][2]int{{20230101, 20231231}, {20230401, 20230630}, {20230531, 20230531}})
	g.from, g.to = period[0], period[1]
	g.required = []string{"in", "level"} // so that they are read, and tell records
	for _, id := range []string{"note", "fee", "receipt"} {
		if g.once(3) {
			g.required = append(g.required, id)
		}
	}
	if g.keyed && g.once(2) {
		g.unique = append(g.unique, "id")
	}
	if g.once(3) {
		g.unique = append(g.unique, "receipt")
	}
	g.ordered = map[string]string{}
	for _, id := range []string{"due", "out"} {
		if g.once(2) {
			g.ordered[id] = "in"
		}
	}
	for i := range 1 + g.roll(4) {
		g.facts = append(g.facts, g.fact(i))
	}
	g.fill()
	return g
}

func (g *listGame) fact(i int) naiveFact {
	f := naiveFact{id: "f" + strconv.Itoa(i)}
	if g.once(3) {
		f.sum, f.amount = "fee", !g.once(3)
	}
	if g.once(2) {
		f.during = pick(&g.dice, []string{"in", "out", "due"})
	}
	for _, column := range []string{"level", "note", "out", "due", "fee"} {
		if !g.once(3) {
			continue
		}
		w := naiveCondition{column: column, op: pick(&g.dice, []string{"is", "not", "filled", "blank"})}
		switch {
		case w.op == "filled" || w.op == "blank":
		case column == "level":
			w.words = pick(&g.dice, [][]string{{"p"}, {"f"}, {"p", "n"}})
		case column == "note":
			w.words = pick(&g.dice, [][]string{{"hủy"}, {"hủy", "trả lại"}, {"x", "12"}, {"không"}})
		case column == "fee":
			continue // is asked only whether it is filled
		default:
			w.op, w.other = pick(&g.dice, []string{"after", "not_after"}), pick(&g.dice, []string{"in", "due"})
			if w.other == column {
				w.other = "in"
			}
		}
		f.where = append(f.where, w)
	}
	return f
}

// planText writes the plan.
func (g *listGame) planText() string {
	var b strings.Builder
	b.WriteString("tables:\n  list:\n    shape: list\n    title: List\n    columns:\n")
	for _, id := range []string{"id", "unit", "in", "due", "out", "level", "note", "fee", "receipt"} {
		if id == "id" && !g.keyed {
			continue
		}
		extra := map[string]string{
			"id": ", role: key", "unit": ", role: unit, optional: true", "in": ", type: date", "due": ", type: date", "out": ", type: date",
			"level": ", type: choice, values: {p: [Một phần, Mức 3], f: [Toàn trình], n: [Không, x]}",
			"note":  ", optional: true", "fee": ", type: number, optional: true", "receipt": ", optional: true",
		}[id]
		if id == "fee" && g.style != "" {
			extra += ", style: " + g.style
		}
		if slices.Contains(g.unique, id) {
			extra += ", unique: true"
		}
		if slices.Contains(g.required, id) {
			extra += ", required: true"
		}
		if e, ok := g.ordered[id]; ok {
			extra += ", not_before: " + e
		}
		fmt.Fprintf(&b, "      %s: {headers: [%s]%s}\n", id, headings[id], extra)
	}
	b.WriteString("facts:\n")
	for _, f := range g.facts {
		source := "count: list"
		kind := "count"
		if f.sum != "" {
			source = "sum: list, column: " + f.sum
		}
		if f.amount {
			kind = "amount"
		}
		if f.during != "" {
			source += ", during: " + f.during
		}
		var where []string
		for _, w := range f.where {
			words := "[" + strings.Join(w.words, ", ") + "]"
			where = append(where, w.column+": "+map[string]string{
				"filled": "filled", "blank": "blank", "is": words, "not": "{not: " + words + "}",
				"after": "{after: " + w.other + "}", "not_after": "{not_after: " + w.other + "}",
			}[w.op])
		}
		if len(where) > 0 {
			source += ", where: {" + strings.Join(where, ", ") + "}"
		}
		fmt.Fprintf(&b, "  %s: {title: F, kind: %s, from: [{%s}]}\n", f.id, kind, source)
	}
	return strings.ReplaceAll(strings.ReplaceAll(b.String(), "[12", `["12"`), ", 12]", `, "12"]`)
}

// fill makes the sheets of the list.
func (g *listGame) fill() {
	if g.epoch {
		g.text.WriteString("1904\n")
	}
	withUnits := g.once(4)
	for _, name := range []string{"A", "B"}[:1+g.roll(2)] {
		columns := []string{"id", "unit", "in", "due", "out", "level", "note", "fee", "receipt"}
		columns = slices.DeleteFunc(columns, func(id string) bool {
			return id == "id" && !g.keyed || id == "unit" && !withUnits || (id == "note" || id == "fee" || id == "receipt") && g.once(6)
		})
		for i := range columns {
			if j := g.roll(len(columns)); g.once(8) {
				columns[i], columns[j] = columns[j], columns[i]
			}
		}
		g.sheets = append(g.sheets, naiveSheet{name: name, columns: columns})
		g.fillSheet(&g.sheets[len(g.sheets)-1])
	}
}

func (g *listGame) fillSheet(s *naiveSheet) {
	row := 0
	line := func(cells []string) {
		row++
		g.text.WriteString(strings.Join(cells, " | ") + "\n")
	}
	labels := func(label func(id string) string) []string {
		var out []string
		for _, id := range s.columns {
			out = append(out, label(id))
		}
		return out
	}
	header := labels(func(id string) string { return headings[id] })
	g.text.WriteString("== " + s.name + "\n")
	line(header)
	if g.once(4) {
		n := 0
		line(labels(func(string) string { n++; return strconv.Itoa(n) }))
	}
	if g.long {
		for range 200 {
			r := g.record(s, true)
			line(labels(func(id string) string { return r.cells[id].text }))
			r.row = row
			s.records = append(s.records, r)
		}
	}
	apart := false
	for range g.roll(10) {
		above := len(s.records)
		switch g.roll(12) {
		case 8:
			line(nil)
		case 9:
			line(header)
		case 10:
			if g.keyed {
				line(labels(func(id string) string { return map[string]string{"id": "Tổng cộng:", "fee": "1000"}[id] }))
			}
		case 11:
			if g.keyed {
				line(labels(func(id string) string { return map[string]string{"id": "Lĩnh vực đất đai"}[id] }))
			}
		default:
			r := g.record(s, false)
			line(labels(func(id string) string { return r.cells[id].text }))
			r.row, r.words = row, apart && r.hasWordsOnly()
			s.records = append(s.records, r)
		}
		apart = len(s.records) == above
	}
}

// hasWordsOnly reports whether a record without an id holds texts and nothing
// else.
func (r *naiveRecord) hasWordsOnly() bool {
	for id, c := range r.cells {
		typed := strings.TrimLeft(c.text, "' ") != c.text || !strings.ContainsAny(c.text, "=#{%") && c.text != "TRUE" && !isNumber.MatchString(c.text) && !isDay.MatchString(c.text)
		if !c.void && (id == "id" || id != "unit" && (!typed || c.num != nil)) {
			return false
		}
	}
	return true
}

// mostDoubts is how many records of a game may be doubtful.
const mostDoubts = 3

func (g *listGame) record(s *naiveSheet, first bool) naiveRecord {
	r := naiveRecord{cells: map[string]meaning{}}
	draw := func(id string, from []meaning) {
		if slices.Contains(s.columns, id) {
			r.cells[id] = from[0]
			if !first && g.once(2) {
				r.cells[id] = pick(&g.dice, from)
			}
		}
	}
	for _, id := range []string{"in", "due", "out"} {
		draw(id, dayCells)
	}
	draw("level", choiceCells)
	draw("note", textCells)
	draw("fee", feeCells(g.style))
	draw("unit", unitCells)
	draw("receipt", receiptCells)
	if g.keyed {
		g.ids++
		id := "H" + strconv.Itoa(g.ids)
		ids := []meaning{{text: id, word: id}}
		if g.doubt < mostDoubts {
			ids = append(ids, meaning{text: id, word: id}, meaning{void: true}, meaning{text: "-", void: true}, meaning{text: "#N/A", bad: diag.ErrorCell, word: "#N/A"}, meaning{text: "H1", word: "H1"}, meaning{text: "=Z1", bad: diag.NotCalculated})
		}
		draw("id", ids)
	}
	id, in, level := r.cells["id"], r.cells["in"], r.cells["level"]
	r.firm = !in.void && !level.void
	if g.keyed {
		r.firm = r.firm && !id.void && id.bad == ""
	} else {
		r.firm = r.firm && in.bad+level.bad == ""
	}
	if !r.firm && g.doubt == mostDoubts {
		r.cells["in"], r.cells["level"] = dayCells[0], choiceCells[0]
		r.firm = true
	}
	if !r.firm {
		g.doubt++
	}
	return r
}

func dayOf(n int) date.Date { return date.Date{Year: n / 10000, Month: n / 100 % 100, Day: n % 100} }

func (g *listGame) collect(t testing.TB) *Reading {
	b := parseBook(t, g.text.String())
	file := b.xlsx()
	if g.shared {
		file = b.shared(t)
	}
	period := plan.Period{From: dayOf(g.from), To: dayOf(g.to)}
	return request{plan: parsePlan(t, g.planText()), file: file, opt: Options{Period: &period}}.mustCollect(t)
}

// FuzzList holds what the list engine says of a list against the naive
// reading. Where it cannot be told whether a row is a record, the engine may
// leave it out if it says so.
func FuzzList(f *testing.F) {
	f.Add([]byte{})
	for seed := range uint64(150) {
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
// doubtful records or without it, where a diagnostic says so. Words below the
// records are those of who signs, and need none.
func (g *listGame) readings(r *Reading) []*naiveList {
	type place struct {
		sheet string
		row   int
	}
	var leave []place
	for _, s := range g.sheets {
		for _, record := range s.records {
			below := record.words && !slices.ContainsFunc(s.records, func(o naiveRecord) bool { return o.row > record.row && !o.words })
			if !record.firm && (below || toldAsNone(r, s.name, record.row)) {
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

var leadingCount = regexp.MustCompile(`^(\d+) (?:records?|cells?|formulas?) (?:with|in) `)

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
	for _, d := range allDiagnostics(r) {
		m := leadingCount.FindStringSubmatch(d.Message.In(lang.EN))
		if m == nil || d.Check == diag.TextNumber || d.Check == diag.OutsidePeriod {
			continue
		}
		n, _ := strconv.Atoi(m[1])
		key := fmt.Sprint(d.Check, d.Pos.Sheet, d.Pos.Area.Col)
		t := by[key]
		if t == nil {
			t = &told{d.Check, d.Pos.Sheet, d.Pos.Area.Col, 0, d.Pos.Area.Row, d.Pos.Area.ToRow}
			by[key] = t
		}
		t.n, t.first, t.last = t.n+n, min(t.first, d.Pos.Area.Row), max(t.last, d.Pos.Area.ToRow)
	}
	wanted := l.wanted()
	for _, t := range by {
		i := slices.IndexFunc(l.sheets, func(s naiveSheet) bool { return s.name == t.sheet })
		if slices.Contains(wanted, l.sheets[i].columns[t.column-1]) { // others bear witness only
			out.Told = append(out.Told, t.String())
		}
	}
	slices.Sort(out.Told)
	for _, d := range allDiagnostics(r) {
		if d.Check != diag.NotUnique {
			continue
		}
		i := slices.IndexFunc(l.sheets, func(s naiveSheet) bool { return s.name == d.Pos.Sheet })
		n := 1
		if m := regexp.MustCompile(`^and (\d+) record`).FindStringSubmatch(d.Message.In(lang.EN)); m != nil {
			n, _ = strconv.Atoi(m[1])
		}
		out.Twice[l.sheets[i].columns[d.Pos.Area.Col-1]] += n
	}
	return out
}
