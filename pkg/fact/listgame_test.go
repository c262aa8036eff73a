package fact

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
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

	idCells = []meaning{{void: true}, {text: "-", void: true}, {text: "#N/A", bad: diag.ErrorCell, word: "#N/A"}, {text: "H1", word: "H1"}, {text: "=Z1", bad: diag.NotCalculated}}

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

var columnOrder = []string{"id", "unit", "in", "due", "out", "level", "note", "fee", "receipt"}

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
	f := naiveFact{id: "f" + strconv.Itoa(i), op: pick(&g.dice, []string{"count", "count", "sum", "distinct", "mean", "least", "most"})}
	switch f.op {
	case "count":
	case "distinct":
		f.of = pick(&g.dice, []string{"level", "note"})
	default:
		f.of, f.amount = "fee", f.op == "mean" || !g.once(3)
	}
	if g.once(2) {
		f.during = pick(&g.dice, []string{"in", "out", "due"})
		f.year = g.from/10000 == g.to/10000 && g.once(3)
	}
	f.where = g.conditions(3)
	for _, op := range []string{"any_of", "none_of"} {
		if g.once(5) {
			w := naiveCondition{op: op}
			for range 1 + g.roll(2) {
				if all := g.conditions(2); len(all) > 0 {
					w.any = append(w.any, all)
				}
			}
			if len(w.any) > 0 {
				f.where = append(f.where, w)
			}
		}
	}
	return f
}

// conditions draws conditions on columns, each column with one chance in so many.
func (g *listGame) conditions(in int) []naiveCondition {
	var out []naiveCondition
	for _, column := range []string{"level", "note", "out", "due", "fee"} {
		if g.once(in) {
			out = append(out, g.condition(column))
		}
	}
	return out
}

func (g *listGame) condition(column string) naiveCondition {
	w := naiveCondition{column: column, op: pick(&g.dice, []string{"is", "not", "filled", "blank"})}
	switch {
	case w.op == "filled" || w.op == "blank":
	case column == "level":
		w.words = pick(&g.dice, [][]string{{"p"}, {"f"}, {"p", "n"}})
	case column == "note":
		w.words = pick(&g.dice, [][]string{{"hủy"}, {"hủy", "trả lại"}, {"x", "12"}, {"không"}})
	case column == "fee":
		w.op = pick(&g.dice, []string{"at_least", "more_than", "at_most", "less_than", "between"})
		w.bounds = []*big.Rat{rat(pick(&g.dice, []string{"0", "2.5", "12", "1000"}))}
		if w.op == "between" {
			w.bounds = append(w.bounds, rat("1234.5"))
		}
	default:
		w.op = pick(&g.dice, []string{"after", "not_after"})
		if w.other = pick(&g.dice, []string{"in", "due", ""}); w.other == column {
			w.other = "in"
		}
		if w.other == "" {
			w.day = pick(&g.dice, []int{20230531, 20230401, 20221231})
		}
	}
	return w
}

// columnText is what the plan says of each column.
var columnText = map[string]string{
	"id": "role: key", "unit": "role: unit, optional: true", "in": "type: date", "due": "type: date", "out": "type: date",
	"level": "type: choice, values: {p: [Một phần, Mức 3], f: [Toàn trình], n: [Không, x]}",
	"note":  "optional: true", "fee": "type: number, optional: true", "receipt": "optional: true",
}

// planText writes the plan.
func (g *listGame) planText() string {
	var b strings.Builder
	b.WriteString("tables:\n  list:\n    shape: list\n    title: List\n    columns:\n")
	for _, id := range columnOrder {
		if id == "id" && !g.keyed {
			continue
		}
		keys := columnText[id]
		if id == "fee" && g.style != "" {
			keys += ", style: " + g.style
		}
		if slices.Contains(g.unique, id) {
			keys += ", unique: true"
		}
		if slices.Contains(g.required, id) {
			keys += ", required: true"
		}
		if earlier, ok := g.ordered[id]; ok {
			keys += ", not_before: " + earlier
		}
		fmt.Fprintf(&b, "      %s: {headers: [%s], %s}\n", id, headings[id], keys)
	}
	b.WriteString("facts:\n")
	for _, f := range g.facts {
		b.WriteString(f.planText())
	}
	return b.String()
}

func (f *naiveFact) planText() string {
	source, kind := f.op+": list", "count"
	if f.of != "" {
		source += ", column: " + f.of
	}
	if f.amount {
		kind = "amount"
	}
	if f.during != "" {
		source += ", during: " + f.during
		if f.year {
			source += ", over: year_to_date"
		}
	}
	if len(f.where) > 0 {
		source += ", where: " + whereText(f.where)
	}
	return fmt.Sprintf("  %s: {title: F, kind: %s, from: [{%s}]}\n", f.id, kind, source)
}

// whereText writes conditions as plans do.
func whereText(where []naiveCondition) string {
	var out []string
	for _, w := range where {
		column, text := w.column, ""
		switch w.op {
		case "filled", "blank":
			text = w.op
		case "is", "not":
			text = strings.ReplaceAll(fmt.Sprintf("%q", w.words), `" "`, `", "`)
			if w.op == "not" {
				text = "{not: " + text + "}"
			}
		case "after", "not_after":
			text = "{" + w.op + ": " + w.other + "}"
			if w.other == "" {
				text = "{" + w.op + ": " + dayOf(w.day).String() + "}"
			}
		case "any_of", "none_of":
			var groups []string
			for _, all := range w.any {
				groups = append(groups, whereText(all))
			}
			column, text = w.op, "["+strings.Join(groups, ", ")+"]"
		default:
			var bounds []string
			for _, b := range w.bounds {
				bounds = append(bounds, strings.TrimSuffix(b.FloatString(1), ".0"))
			}
			if text = bounds[0]; len(bounds) > 1 {
				text = "[" + strings.Join(bounds, ", ") + "]"
			}
			text = "{" + w.op + ": " + text + "}"
		}
		out = append(out, column+": "+text)
	}
	return "{" + strings.Join(out, ", ") + "}"
}

// fill makes the sheets of the list.
func (g *listGame) fill() {
	if g.epoch {
		g.text.WriteString("1904\n")
	}
	withUnits := g.once(4)
	for _, name := range []string{"A", "B"}[:1+g.roll(2)] {
		columns := slices.DeleteFunc(slices.Clone(columnOrder), func(id string) bool {
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
	line := func(text func(id string) string) {
		var cells []string
		for _, id := range s.columns {
			cells = append(cells, text(id))
		}
		row++
		g.text.WriteString(strings.Join(cells, " | ") + "\n")
	}
	record := func(clean, apart bool) {
		r := g.record(s, clean)
		line(func(id string) string { return r.cells[id].text })
		r.row, r.words, r.sums = row, apart && r.hasWordsOnly(), g.keyed && r.hasSumsOnly()
		s.records = append(s.records, r)
	}
	g.text.WriteString("== " + s.name + "\n")
	line(func(id string) string { return headings[id] })
	if g.once(4) {
		line(func(id string) string { return strconv.Itoa(slices.Index(s.columns, id) + 1) })
	}
	if g.long {
		for range headRows {
			record(true, false)
		}
	}
	apart := false
	for range g.roll(10) {
		kind := g.roll(13)
		between, ok := betweenRecords[kind]
		switch {
		case kind == countsIDs && g.keyed && s.allFirm():
			// a total whose count stands among the ids
			total := map[string]string{"id": strconv.Itoa(len(s.records)), "fee": "1000"}
			line(func(id string) string { return total[id] })
			apart = true
		case !ok:
			record(false, apart)
			apart = false
		case g.keyed || kind < needsIDs:
			line(func(id string) string { return between[id] })
			apart = true
		}
	}
}

// betweenRecords are rows that are no records, by column: a blank one, the
// header again, and, in a list with ids, a total and a heading.
var betweenRecords = map[int]map[string]string{
	8: {}, 9: headings, needsIDs: {"id": "Tổng cộng:", "fee": "1000"}, 11: {"id": "Lĩnh vực đất đai"},
}

const (
	needsIDs  = 10
	countsIDs = 12
)

// allFirm reports whether nobody can doubt how many records there are so far,
// and they are several.
func (s *naiveSheet) allFirm() bool {
	return len(s.records) >= 2 && !slices.ContainsFunc(s.records, func(r naiveRecord) bool { return !r.firm })
}

// hasWordsOnly reports whether a record without an id holds texts and nothing
// else.
func (r *naiveRecord) hasWordsOnly() bool {
	for id, c := range r.cells {
		stored := strings.ContainsAny(c.text, "=#{%") || c.text == "TRUE" || isNumber.MatchString(c.text) || isDay.MatchString(c.text)
		words := c.num == nil && (!stored || c.text[0] == '\'')
		if !c.void && (id == "id" || id != "unit" && !words) {
			return false
		}
	}
	return true
}

// hasSumsOnly reports whether a record holds a fee and nothing else.
func (r *naiveRecord) hasSumsOnly() bool {
	for id, c := range r.cells {
		if !c.void && id != "unit" && c.num == nil {
			return false
		}
	}
	return true
}

// mostDoubts is how many records of a game may be doubtful.
const mostDoubts = 3

// record makes a record; a clean one has the first cell of each kind.
func (g *listGame) record(s *naiveSheet, clean bool) naiveRecord {
	r := naiveRecord{cells: map[string]meaning{}}
	draw := func(id string, from []meaning) {
		if slices.Contains(s.columns, id) {
			r.cells[id] = from[0]
			if !clean && g.once(2) {
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
			ids = append(ids, idCells...)
		}
		draw("id", ids)
	}
	r.firm = g.isFirm(r)
	if !r.firm && g.doubt == mostDoubts {
		r.cells["in"], r.cells["level"] = dayCells[0], choiceCells[0]
		r.firm = true
	}
	if !r.firm {
		g.doubt++
	}
	return r
}

// isFirm reports whether nobody can doubt that a row is a record: it has an id
// and more or, without ids, a date and a choice.
func (g *listGame) isFirm(r naiveRecord) bool {
	id, in, level := r.cells["id"], r.cells["in"], r.cells["level"]
	if in.void || level.void {
		return false
	}
	if g.keyed {
		return !id.void && id.bad == ""
	}
	return in.bad+level.bad == ""
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
