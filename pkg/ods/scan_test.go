package ods_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/ods"
)

// scan prints some rows of a sheet, of some columns.
func scan(t *testing.T, f *ods.File, sheet, rows int, only ...int) string {
	t.Helper()
	r, err := f.Scan(context.Background(), sheet)
	if err != nil {
		return describe(err)
	}
	defer r.Close()
	if only != nil {
		r.Only(only)
	}
	var b strings.Builder
	for rows > 0 && r.Next() {
		for _, c := range r.Row().Cells {
			b.WriteString(dumpCell(r.Row().Number, c) + " ")
		}
		rows--
	}
	if r.Err() != nil {
		b.WriteString(describe(r.Err()))
	}
	return b.String()
}

func manySheets() string {
	var body strings.Builder
	for i := range 5 {
		var rows strings.Builder
		for j := range 10 {
			rows.WriteString(row(num(fmt.Sprint(i)) + num(fmt.Sprint(j)) + str("x")))
		}
		body.WriteString(sheet(fmt.Sprint("S", i), `<table:table-row table:number-rows-repeated="3">`+num("7")+`</table:table-row>`+rows.String()))
	}
	return document("", body.String())
}

// Sheets may be scanned in any order, in part, and by columns: what is read is
// the same whether rows were kept or are read again.
func TestScansInAnyOrder(t *testing.T) {
	data := file(t, manySheets())
	kept, err := open(data, cell.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	again, err := open(data, cell.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	again.Forget(2)
	defer again.Close()
	for _, s := range []struct {
		sheet, rows int
		only        []int
	}{{0, 100, nil}, {1, 2, nil}, {2, 100, []int{2}}, {4, 5, []int{3}}, {0, 1, nil}, {0, 100, []int{1, 3}}, {3, 0, nil}, {3, 100, []int{9}}, {4, 100, nil}, {4, 2, nil}} {
		want := scan(t, kept, s.sheet, s.rows, s.only...)
		if got := scan(t, again, s.sheet, s.rows, s.only...); got != want {
			t.Errorf("sheet %d, %d rows, columns %v:\n got %s\nwant %s", s.sheet, s.rows, s.only, got, want)
		}
	}
	if got, want := scan(t, kept, 1, 4, 2, 3), "B4=0 # C4=x B5=1 # C5=x B6=2 # C6=x B7=3 # C7=x "; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// What is read of a row may be changed by who reads it.
func TestRowsAreTheReadersOwn(t *testing.T) {
	f, err := open(file(t, manySheets()), cell.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want := scan(t, f, 0, 100)
	r, err := f.Scan(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for r.Next() {
		clear(r.Row().Cells)
	}
	if got := scan(t, f, 0, 100); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// A file whose sheets are not kept is read again a bounded number of times.
func TestReadingAgainIsBounded(t *testing.T) {
	f, err := open(file(t, manySheets()), cell.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	f.Forget(0)
	defer f.Close()
	for range 100 {
		got := scan(t, f, 0, 1)
		if strings.HasPrefix(got, "A1") {
			continue
		}
		if want := "f.ods:'S0': the sheets are too large to be read one by one" + splitUp; got != want {
			t.Errorf("got %s\nwant %s", got, want)
		}
		return
	}
	t.Error("read a hundred times")
}

func TestScanStopsWithItsContext(t *testing.T) {
	f, err := open(file(t, one(`<table:table-row table:number-rows-repeated="60000">`+num("1")+`</table:table-row>`)), cell.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	r, err := f.Scan(ctx, 0)
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for r.Next() {
		if rows++; rows == 10 {
			cancel()
		}
	}
	if !errors.Is(r.Err(), context.Canceled) || rows > 2000 {
		t.Errorf("%d rows, %v", rows, r.Err())
	}
}

// Whatever bytes of a file are changed, it is refused, or its cells stay.
func TestDamagedFilesAreRefusedOrTheSame(t *testing.T) {
	manifest := `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="styles.xml"/></manifest:manifest>`
	common := "<office:document-styles " + spaces + `><office:styles><number:date-style style:name="N2"><number:day/></number:date-style>` +
		`<style:style style:name="day" style:family="table-cell" style:data-style-name="N2"/></office:styles></office:document-styles>`
	data := pack(t, "mimetype", spreadsheet, "META-INF/manifest.xml", manifest, "styles.xml", common,
		"content.xml", one(row(`<table:table-cell table:style-name="day" office:value-type="float" office:value="45291"/>`+num("1")+str("a"))))
	want := dump(data, cell.Limits{})
	random := rand.New(rand.NewPCG(3, 4))
	refused := 0
	for range 3000 {
		damaged := bytes.Clone(data)
		for range 1 + random.IntN(3) {
			at := random.IntN(len(damaged))
			if random.IntN(3) == 0 {
				damaged = append(damaged[:at:at], damaged[min(len(damaged), at+random.IntN(20)):]...)
			} else {
				damaged[at] ^= 1 << random.IntN(8)
			}
			if len(damaged) == 0 {
				damaged = []byte{0}
			}
		}
		switch got := dump(damaged, cell.Limits{}); {
		case strings.Contains(got, want): // with a warning, perhaps
		case strings.Contains(got, "which the file does not define"): // told
		case strings.HasPrefix(got, "["):
			t.Errorf("got %s\nwant %s", got, want)
		default:
			refused++
		}
	}
	if refused < 1000 {
		t.Errorf("%d of 3000 are refused", refused)
	}
}
