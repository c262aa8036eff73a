package xlsx

import (
	"archive/zip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// checkAgainstSlow holds the oracle: an error, or the same cells as a slow
// second reading.
func checkAgainstSlow(t *testing.T, b []byte) {
	t.Helper()
	got, err := read(b)
	if err != nil {
		return
	}
	want, err := readSlowly(b)
	if err != nil {
		t.Fatalf("the second reading fails: %v; the first gives\n%s", err, got)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("-slow +fast:\n%s", diff)
	}
}

// FuzzContainer reads files of any bytes.
func FuzzContainer(f *testing.F) {
	for _, o := range odds {
		f.Add(o.zip(f))
		f.Add(soundParts(o.rows, o.texts...).with(o.parts).zipWith(f, zip.Store))
	}
	f.Fuzz(func(t *testing.T, b []byte) { checkAgainstSlow(t, b) })
}

// FuzzSheet reads workbooks of any sheet and string table.
func FuzzSheet(f *testing.F) {
	add := func(rows string, p parts, texts ...string) {
		all := soundParts(rows, texts...).with(p)
		f.Add(all[sheetPart], all[stringsPart])
	}
	for _, o := range odds {
		add(o.rows, o.parts, o.texts...)
	}
	for _, d := range damages {
		if len(d.rows)+len(d.parts[sheetPart]) < 4096 {
			add(d.rows, d.parts)
		}
	}
	f.Fuzz(func(t *testing.T, sheet, texts string) {
		p := soundParts("")
		// Rows and cells near the end of a part are not read in place.
		p[sheetPart], p[stringsPart] = sheet+"<!--"+strings.Repeat(" ", longestRowTag)+"-->", texts
		checkAgainstSlow(t, p.zipWith(t, zip.Store))
	})
}

// FuzzWorkbook reads workbooks of any main part, relationships and styles.
func FuzzWorkbook(f *testing.F) {
	for _, o := range odds {
		all := soundParts(o.rows, o.texts...).with(o.parts)
		f.Add(all[bookPart], all[bookRels], all[stylesPart])
	}
	f.Fuzz(func(t *testing.T, book, rels, styles string) {
		p := soundParts(`<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" t="s" s="2"><v>0</v></c></row>`, "a")
		p[bookPart], p[bookRels], p[stylesPart] = book, rels, styles
		checkAgainstSlow(t, p.zipWith(t, zip.Store))
	})
}
