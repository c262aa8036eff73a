package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/date"
)

// listParts is a list of a few kinds of cells, with its texts shared.
func listParts(rows int) parts {
	var b strings.Builder
	var texts []string
	for r := 1; r <= rows; r++ {
		fmt.Fprintf(&b, `<row r="%d"><c r="A%d" t="s"><v>%d</v></c><c r="B%d" s="1"><v>%d</v></c><c r="D%d" s="2"><v>0.%d</v></c><c r="E%d"><f>D%d</f><v>%d</v></c></row>`,
			r, r, len(texts), r, 44927+r, r, r, r, r, r*7)
		texts = append(texts, fmt.Sprintf("Hồ sơ số %d &amp; phụ lục", r))
	}
	return soundParts(b.String(), texts...)
}

// TestTruncation cuts a sound file at every hundredth: none of the pieces is
// read.
func TestTruncation(t *testing.T) {
	for _, method := range []uint16{zip.Deflate, zip.Store} {
		b := listParts(300).zipWith(t, method)
		if _, err := read(b); err != nil {
			t.Fatal(err)
		}
		for i := range 100 {
			n := len(b) * i / 100
			if out, err := read(b[:n]); err == nil {
				t.Errorf("the first %d of %d bytes are read:\n%.200s", n, len(b), out)
			}
		}
		for n := len(b) - 30; n < len(b); n++ {
			if _, err := read(b[:n]); err == nil {
				t.Errorf("the first %d of %d bytes are read", n, len(b))
			}
		}
	}
}

// TestFlippedBytes changes each byte of a file in turn: it is refused, or
// reads the same.
func TestFlippedBytes(t *testing.T) {
	for _, method := range []uint16{zip.Deflate, zip.Store} {
		b := listParts(4).zipWith(t, method)
		want, err := read(b)
		if err != nil {
			t.Fatal(err)
		}
		refused := 0
		for i := range b {
			for _, flip := range []byte{0x01, 0xff} {
				b[i] ^= flip
				got, err := read(b)
				b[i] ^= flip
				if err != nil {
					refused++
				} else if got != want {
					t.Fatalf("with byte %d changed:\n%s", i, cmp.Diff(want, got))
				}
			}
		}
		if refused < len(b) {
			t.Errorf("only %d of %d changed files are refused", refused, 2*len(b))
		}
	}
}

// TestSameCells writes one list, of many blocks, in many ways, which must all
// read the same.
func TestSameCells(t *testing.T) {
	p := listParts(8000)
	if len(p[sheetPart]) < aheadFrom {
		t.Fatal("the sheet is too small")
	}
	b := p.zip(t)
	want, err := readSlowly(b)
	if err != nil {
		t.Fatal(err)
	}
	inline := maps.Clone(p)
	inline[sheetPart] = inlineStrings(p)
	prefixed := maps.Clone(p)
	prefixed[sheetPart] = addPrefix(p[sheetPart])
	prefixed[stringsPart] = addPrefix(p[stringsPart])
	implied := maps.Clone(p)
	implied[sheetPart] = strings.NewReplacer(` r="A`, ` x="A`, ` r="B`, ` x="B`).Replace(p[sheetPart])
	spaced := maps.Clone(p)
	spaced[sheetPart] = strings.NewReplacer("<row", "\n  <row", "<c ", "\n    <c  ", "</row>", "\n  </row >").Replace(p[sheetPart])
	commented := maps.Clone(p)
	commented[sheetPart] = strings.NewReplacer("<v>", "<!-- v --><v>", "</v>", "<!-- end --></v>").Replace(p[sheetPart])
	for _, tt := range []struct {
		name  string
		bytes []byte
	}{
		{"as it is", b},
		{"stored", p.zipWith(t, zip.Store)},
		{"shuffled", shuffled(t, p)},
		{"inline", inline.zip(t)},
		{"prefixed", prefixed.zip(t)},
		{"implied places", implied.zip(t)},
		{"spaced", spaced.zip(t)},
		{"commented", commented.zip(t)},
	} {
		got, err := read(tt.bytes)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		} else if got != want {
			t.Errorf("%s: -want +got:\n%s", tt.name, cmp.Diff(want, got))
		}
	}
}

// inlineStrings puts the shared strings of a list, which come in order, into
// its cells.
func inlineStrings(p parts) string {
	texts := strings.Split(p[stringsPart], "<si>")
	var out strings.Builder
	for i, piece := range strings.Split(p[sheetPart], `t="s"><v>`) {
		if i > 0 {
			text, _, _ := strings.Cut(texts[i], "</si>")
			_, piece, _ = strings.Cut(piece, "</v>")
			out.WriteString(`t="inlineStr"><is>` + text + `</is>`)
		}
		out.WriteString(piece)
	}
	return out.String()
}

func addPrefix(s string) string {
	s = strings.NewReplacer("</", "</x:", "<?", "<?", "<", "<x:").Replace(s)
	return strings.Replace(s, "xmlns=", "xmlns:x=", 1)
}

// shuffled writes the parts in another order.
func shuffled(t *testing.T, p parts) []byte {
	names := slices.Sorted(maps.Keys(p))
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		f, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(f, p[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestEpochs reads the same days with both epochs.
func TestEpochs(t *testing.T) {
	days := func(epoch1904 bool) (out []date.Date) {
		p := soundParts("")
		shift := 0
		if epoch1904 {
			shift = 1462
			p[bookPart] = strings.Replace(p[bookPart], "<sheets>", `<workbookPr date1904="1"/><sheets>`, 1)
		}
		var rows strings.Builder
		for i := range 400 {
			fmt.Fprintf(&rows, `<row><c s="1"><v>%d</v></c></row>`, 44927+i-shift)
		}
		p[sheetPart] = sheet(rows.String())
		f, err := openBytes(p.zip(t))
		if err != nil {
			t.Fatal(err)
		}
		if f.Epoch1904 != epoch1904 {
			t.Fatalf("epoch 1904 is %v", f.Epoch1904)
		}
		rr, err := f.Scan(t.Context(), 0)
		if err != nil {
			t.Fatal(err)
		}
		defer rr.Close()
		for rr.Next() {
			n, ok := parseIndex(rr.Row().Cells[0].Raw)
			d, ok2 := date.FromSerial(int64(n), f.Epoch1904)
			if !ok || !ok2 {
				t.Fatalf("%s is no day", rr.Row().Cells[0].Raw)
			}
			out = append(out, d)
		}
		return out
	}
	if diff := cmp.Diff(days(false), days(true)); diff != "" {
		t.Errorf("-1900 +1904:\n%s", diff)
	}
	if first := days(false)[0].String(); first != "2023-01-01" {
		t.Errorf("the first day is %s", first)
	}
}

// TestOnly leaves columns out: what remains is the same, and places are still
// checked.
func TestOnly(t *testing.T) {
	f, err := openBytes(listParts(3).zip(t))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := readSheet(&out, f, 0, 4, 2, 99999, -1); err != nil {
		t.Fatal(err)
	}
	want := `sheet "Sheet1"
B1 date "44928" as dd/mm/yyyy
D1 number "0.1" as 0.00%
B2 date "44929" as dd/mm/yyyy
D2 number "0.2" as 0.00%
B3 date "44930" as dd/mm/yyyy
D3 number "0.3" as 0.00%
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if f.table != nil {
		t.Error("the string table has been read for columns without texts")
	}
	f, err = openBytes(soundParts(`<row r="1"><c r="A1"/><c r="C1"/><c r="B1"/></row>`).zip(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := readSheet(&out, f, 0, 1); err == nil || !strings.Contains(err.Error(), "the cell B1 comes after column C") {
		t.Errorf("cells out of order in columns left out: %v", err)
	}
}
