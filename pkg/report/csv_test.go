package report

import (
	"bytes"
	"context"
	"encoding/csv"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

func TestDecimal(t *testing.T) {
	tests := []struct {
		x    number.Exact
		want string
	}{
		{number.Int(0), "0"},
		{number.Int(-1299), "-1299"},
		{number.Frac(1299, 2000), "0.6495"},
		{number.Frac(97825, 2), "48912.5"},
		{number.Frac(2, 3), "0.666666666666667"},
		{number.Frac(1, 3), "0.333333333333333"},
		{exact("0.0000000000000001"), "0"},
		{exact("123456789012345678901234567890"), "123456789012345678901234567890"},
	}
	for _, test := range tests {
		if got := string(appendDecimal(nil, test.x)); got != test.want {
			t.Errorf("appendDecimal(%s) = %q, want %q", test.x, got, test.want)
		}
	}
}

func TestInert(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"Sở Nội vụ", "Sở Nội vụ"},
		{"=1+1", "'=1+1"},
		{"+84", "'+84"},
		{"-1", "'-1"},
		{"@SUM(A1)", "'@SUM(A1)"},
		{"\t=1", "'=1"},
		{"\r\n =1", "'=1"},
		{"\u200b=1", "'=1"},
		{"＝1", "'＝1"},
		{"a=1", "a=1"},
		{"\x00@x", "'@x"},
		{"– không áp dụng", "– không áp dụng"},
	}
	for _, test := range tests {
		if got := Inert(test.in); got != test.want {
			t.Errorf("Inert(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

// No field begins a formula or holds a line break, whatever the workbooks
// hold, and every row has every column.
func TestCSVHostile(t *testing.T) {
	for _, lead := range []string{"=", "+", "-", "@", "\t=", "\r=", "\u00a0=", "\ufeff=", "\"=", "; =", "＝"} {
		doc := attacked(t, many(), func(s string) string { return lead + attack + s })
		got := written(t, CSV, doc, Options{})
		body, ok := bytes.CutPrefix(got, []byte("\ufeff"))
		if !ok {
			t.Fatal("no byte-order mark")
		}
		r := csv.NewReader(bytes.NewReader(body))
		r.Comma = ';'
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if want := 10 + 4 + 1 + 2; len(rows) != want {
			t.Errorf("%q: %d rows, want %d", lead, len(rows), want)
		}
		for i, row := range rows {
			for j, field := range row {
				if strings.ContainsAny(field, "\t\r\n\x00\x1b") || field != "" && strings.ContainsRune("=+-@＝", []rune(field)[0]) {
					t.Errorf("%q: row %d, %s: %q", lead, i+1, csvColumns[j], field)
				}
			}
		}
	}
}

// The rows are written byte for byte as encoding/csv does it.
func TestCSVQuotes(t *testing.T) {
	docs := []*Document{one(), many(), hostile(t)}
	for _, lead := range []string{"\"", ",", ";", "\\.", "\u00a0", "a\"b\",\"c", "' "} {
		docs = append(docs, attacked(t, many(), func(s string) string { return lead + s }),
			attacked(t, many(), func(string) string { return lead }))
	}
	for i, doc := range docs {
		for l, comma := range map[lang.Lang]rune{lang.VI: ';', lang.EN: ','} {
			got := written(t, CSV, doc, Options{Lang: l})
			body := bytes.TrimPrefix(got, []byte("\ufeff"))
			r := csv.NewReader(bytes.NewReader(body))
			r.Comma = comma
			rows, err := r.ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			var want bytes.Buffer
			w := csv.NewWriter(&want)
			w.Comma = comma
			if err := w.WriteAll(rows); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want.String(), string(body)); diff != "" {
				t.Errorf("document %d in %s (-encoding/csv +CSV):\n%s", i, l, diff)
			}
		}
	}
}

// TestCSVUnderVietnameseSettings opens the Vietnamese list in LibreOffice under
// its Vietnamese locale: a column a field, and numbers as numbers.
func TestCSVUnderVietnameseSettings(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("CI") == "" {
			t.Skip("LibreOffice is not installed")
		}
		t.Fatal(err)
	}
	if testing.Short() {
		t.Skip("an office program is slow")
	}
	dir := t.TempDir()
	name := filepath.Join(dir, "list.csv")
	if err := os.WriteFile(name, written(t, CSV, many(), Options{Lang: lang.VI}), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	const vietnamese = "CSV:59,34,76,1,,1066,false,true" // semicolons, quotes, UTF-8, the locale, numbers told from texts
	cmd := exec.CommandContext(ctx, soffice, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")),
		"--headless", "--infilter="+vietnamese, "--convert-to", "xlsx", "--outdir", dir, name)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	f, err := excelize.OpenFile(filepath.Join(dir, "list.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetName(0)
	got, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	want, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(written(t, CSV, many(), Options{Lang: lang.EN}), []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	numbers := 0
	for i, row := range want {
		for _, column := range []string{"target", "numerator", "denominator", "value", "goal", "points", "max_points"} {
			j := slices.Index(csvColumns, column)
			cell := ""
			if j < len(got[i]) {
				cell = got[i][j]
			}
			a, errA := strconv.ParseFloat(row[j], 64)
			b, errB := strconv.ParseFloat(cell, 64)
			at, _ := excelize.CoordinatesToCellName(j+1, i+1)
			if kind, _ := f.GetCellType(sheet, at); errA == nil && kind == excelize.CellTypeSharedString {
				t.Errorf("row %d, %s: %q is a text", i+1, column, cell)
			}
			if (errA == nil) != (errB == nil) || math.Abs(a-b) > 1e-12 || errA != nil && row[j] != cell {
				t.Errorf("row %d, %s: %q, want %q", i+1, column, cell, row[j])
			}
			if errA == nil {
				numbers++
			}
		}
	}
	if len(got) != len(want) || numbers < 20 {
		t.Errorf("%d rows of %d, %d numbers", len(got), len(want), numbers)
	}
}
