package table

import (
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
)

// Block is what looks like a header, of whatever table.
type Block struct {
	Area  diag.Area
	Texts []string // what stands above its columns: "Tiếp nhận / Trong kỳ"
	Fits  []Fit    // the specs of the vocabulary of which it has headers, in order
}

// Fit tells how much of a spec's header a block has.
type Fit struct {
	Spec    int      // index in the vocabulary
	Found   int      // of the required columns
	Of      int      // required columns
	Missing []Column // the others
}

// Bounds of Blocks.
const (
	maxBlocks = 5  // of a sheet
	maxTexts  = 40 // of a block
)

// Blocks lists what looks like headers in the first rows of a sheet: rows of
// texts above rows that hold figures, or the first of many rows of texts.
// further is how many more there are than are listed.
func (h *Head) Blocks() (blocks []Block, further int) {
	for _, run := range h.runs() {
		if len(blocks) == maxBlocks {
			further++
			continue
		}
		if b := h.newBlock(h.window(run)); len(b.Texts) > 1 {
			blocks = append(blocks, b)
		}
	}
	return blocks, further
}

// run is rows of texts, by index, in which a header stands.
type run struct{ first, last int }

// runs finds the rows of texts that stand right above figures, and not among
// them, and long runs of texts.
func (h *Head) runs() []run {
	const many = 4 // rows of a list of words, with its header
	var out []run
	first, last := -1, -1 // of the run
	numbered := false     // the columns were numbered below the run: what follows is its body
	among := false        // figures stand right above
	end := func() {
		if first >= 0 && !among && last-first+1 >= many && h.texts(first) > 2 {
			out = append(out, run{first, first})
		}
		first, numbered = -1, false
	}
	for i := range h.rows {
		if i > 0 && h.rows[i].Number > h.rows[i-1].Number+1 {
			end()
			among = false
		}
		switch texts := h.texts(i); {
		case h.isNumbers(i):
			numbered = first >= 0
		case texts < 0:
			if first >= 0 && !among {
				out = append(out, run{first, last})
			}
			first, among, numbered = -1, true, false
		case texts < 2:
			end()
			among = among && texts == 1
		case first < 0:
			first, last = i, i
		case !numbered:
			last = i
		}
	}
	end()
	return out
}

// window chooses the rows of a run that head the most columns, and of these the
// fewest rows.
func (h *Head) window(r run) (top, bottom int) {
	const most = 8 // rows that are looked at
	best := 0
	top, bottom = r.first, r.first
	for depth := 1; depth <= MaxDepth; depth++ {
		for i := r.first; i+depth-1 <= min(r.last, r.first+most-1); i++ {
			if n := h.distinct(i, i+depth-1); n > best {
				best, top, bottom = n, i, i+depth-1
			}
		}
	}
	return top, bottom
}

// distinct counts the lowest headers of some rows; one that is merged over
// several columns is one.
func (h *Head) distinct(top, bottom int) int {
	headings := h.headings(top, bottom)
	n := 0
	for i := range headings {
		if i == 0 || headings[i].at != headings[i-1].at {
			n++
		}
	}
	return n
}

// texts counts the texts of a row; -1 where it holds figures. A year is a text.
func (h *Head) texts(row int) int {
	n := 0
	for i := range h.rows[row].Cells {
		c := &h.rows[row].Cells[i]
		switch {
		case c.Col > MaxColumns:
			return n
		case c.Kind == cell.Text && isFigure(h.grid.key(*c)):
			return -1
		case c.Kind == cell.Text && h.grid.key(*c) != "":
			n++
		case c.Kind == cell.Number && !isYear(c.Raw), c.Kind == cell.Date, c.Kind == cell.Error, c.Kind == cell.Bool:
			return -1
		case c.Kind == cell.Number:
			n++
		}
	}
	return n
}

// isFigure reports whether a text is a number that is no year, as files of text
// have them.
func isFigure(key string) bool {
	return key != "" && beginsWithDigit(key) && strings.Trim(key, "0123456789.,% ") == "" && !isYear([]byte(key))
}

func isYear(raw []byte) bool {
	n, err := strconv.Atoi(string(raw))
	return err == nil && n > 1900 && n < 2200
}

// isNumbers reports whether a row numbers columns: 1, 2, 3; (A), (B), (1).
func (h *Head) isNumbers(row int) bool {
	var seen []columnNumber
	for _, c := range h.rows[row].Cells {
		text := Text(c)
		if text == "" {
			continue
		}
		n, ok := readColumnNumber(text)
		if !ok {
			return false
		}
		seen = append(seen, n)
	}
	return len(seen) > 1 && ascend(seen, 3)
}

func (h *Head) newBlock(top, bottom int) Block {
	headings := h.headings(top, bottom)
	b := Block{Area: diag.Area{Row: h.rows[top].Number, ToRow: h.rows[bottom].Number}}
	for i := range headings {
		hd := &headings[i]
		if b.Area.Col == 0 {
			b.Area.Col = hd.col
		}
		b.Area.ToCol = hd.col
		if len(b.Texts) < maxTexts {
			b.Texts = append(b.Texts, hd.path())
		}
	}
	for i, spec := range h.names.specs {
		f := Fit{Spec: i}
		for j, found := range h.names.names[i].find(h, top, bottom) {
			switch {
			case spec.Columns[j].Optional:
				continue
			case found.Col > 0:
				f.Found++
			default:
				f.Missing = append(f.Missing, spec.Columns[j])
			}
			f.Of++
		}
		if f.Found > 0 {
			b.Fits = append(b.Fits, f)
		}
	}
	return b
}
