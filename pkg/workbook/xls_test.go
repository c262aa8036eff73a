package workbook

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/number"
)

// varied is a workbook with cells of each kind, in letters of Vietnam or in
// those that every code page has. The longest text repeats some words so often.
func varied(t *testing.T, ascii bool, repeat int) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	text := func(s string) string {
		if ascii {
			return strings.Map(func(r rune) rune {
				if r > 127 {
					return 'a' + r%26
				}
				return r
			}, s)
		}
		return s
	}
	style := func(s excelize.Style) int {
		id, err := f.NewStyle(&s)
		check(err)
		return id
	}
	code, decimals, condition := "dd/mm/yyyy", "0.0%", `[=0]"-";0.0%`
	dates, percent, tenths, conditional := style(excelize.Style{NumFmt: 14}), style(excelize.Style{NumFmt: 10}), style(excelize.Style{CustomNumFmt: &decimals}), style(excelize.Style{CustomNumFmt: &condition})
	ownDates := style(excelize.Style{CustomNumFmt: &code})
	random := rand.New(rand.NewPCG(9, 10))
	at := func(row, col int) string { return diag.Cell(row, col).String() }
	const s = "Sheet1"
	for row := 1; row <= 300; row++ {
		check(f.SetCellValue(s, at(row, 1), text(fmt.Sprintf("Hồ sơ thứ %d", row%40))))
		check(f.SetCellValue(s, at(row, 2), random.IntN(1_000_000)-500_000))
		check(f.SetCellValue(s, at(row, 3), float64(random.IntN(1_000_000))/float64(1+random.IntN(1000))))
		check(f.SetCellValue(s, at(row, 4), float64(random.IntN(100_000))/100))
		check(f.SetCellValue(s, at(row, 5), float64(random.IntN(1001))/1000))
		check(f.SetCellStyle(s, at(row, 5), at(row, 5), []int{percent, tenths, conditional}[row%3]))
		check(f.SetCellValue(s, at(row, 6), 45000+random.IntN(300)))
		check(f.SetCellStyle(s, at(row, 6), at(row, 6), []int{dates, ownDates}[row%2]))
		check(f.SetCellValue(s, at(row, 7), row%2 == 0))
		if row%3 == 0 {
			check(f.SetCellValue(s, at(row, 9), text("Tỷ lệ 65,5 %\nlà số \"tạm\" tính <đồng> & khác")))
		}
	}
	check(f.SetCellValue(s, "J1", 1e300))
	check(f.SetCellValue(s, "J2", 1.0/3))
	check(f.SetCellValue(s, "J3", -1e-200))
	check(f.SetCellValue(s, "J4", 123456789012345))
	check(f.SetCellFormula(s, "K1", "SUM(B1:B9)"))
	check(f.SetCellFormula(s, "K2", `IF(B1>0,"có","không")`))
	check(f.SetCellFormula(s, "K3", "1/0"))
	check(f.SetCellFormula(s, "K4", "B1>B2"))
	check(f.SetCellFormula(s, "K5", `""`))
	check(f.SetCellFormula(s, "K6", "SUBTOTAL(9,B1:B9)"))
	check(f.SetRowVisible(s, 7, false))
	check(f.SetColVisible(s, "M", false))
	check(f.MergeCell(s, "L1", "M3"))
	for i, name := range []string{"Biểu 2", "Ẩn", "Rất ẩn"} {
		_, err := f.NewSheet(text(name))
		check(err)
		check(f.SetCellValue(text(name), "B2", text(strings.Repeat("Kết quả ", repeat*i+1))))
		check(f.SetSheetVisible(text(name), i == 0, i == 2))
	}
	check(f.SetCellRichText(text("Biểu 2"), "C3", []excelize.RichTextRun{{Text: "64"}, {Text: "1", Font: &excelize.Font{VertAlign: "superscript"}}}))
	b, err := f.WriteToBuffer()
	check(err)
	return b.Bytes()
}

// cells prints a workbook so that two kinds of files can be compared.
func cells(t *testing.T, path string) (kind Kind, all string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	w, err := Open(context.Background(), filepath.Base(path), bytes.NewReader(b), int64(len(b)), Options{})
	if err != nil {
		t.Fatalf("%s: %s", path, describe(err))
	}
	defer w.Close()
	var out strings.Builder
	for i, s := range w.Sheets {
		fmt.Fprintf(&out, "[%s] %d 1904=%t\n", s.Name, s.State, s.Epoch1904)
		sc, err := w.Scan(context.Background(), i)
		if err != nil {
			t.Fatalf("%s: %s", path, describe(err))
		}
		for sc.Next() {
			for _, c := range sc.Row().Cells {
				if len(c.Raw) == 0 && c.Formula == cell.NoFormula {
					continue // an empty text is nothing to some programs
				}
				fmt.Fprintf(&out, "%s hidden=%t kind=%d formula=%d percent=%t decimals=%d %s\n", diag.Cell(sc.Row().Number, c.Col), sc.Row().Hidden,
					c.Kind, c.Formula, c.Percent(), c.Decimals(), value(c))
			}
		}
		if sc.Err() != nil {
			t.Fatalf("%s: %s", path, describe(sc.Err()))
		}
		fmt.Fprintln(&out, "merged", sc.Tail().Merges)
		for _, a := range sc.Tail().HiddenColumns {
			fmt.Fprintln(&out, "hidden", a.Col, a.ToCol)
		}
	}
	if w.Stale != cell.Fresh {
		t.Errorf("%s: its results are old (%d)", path, w.Stale)
	}
	return w.Kind, out.String()
}

// value is what a cell holds, a number as it is decided by.
func value(c cell.Cell) string {
	if c.Kind != cell.Number && c.Kind != cell.Date {
		return fmt.Sprintf("%q", c.Raw)
	}
	if len(c.Raw) >= 10 && c.Raw[4] == '-' { // a day in ISO 8601, perhaps with a time
		d, err := date.Parse(string(c.Raw[:10]))
		if err != nil {
			return err.Error()
		}
		return "day " + d.String()
	}
	x, err := number.ParseCell(c.Raw)
	if err != nil {
		return err.Error()
	}
	if n, whole := x.Floor().Int64(); c.Kind == cell.Date && whole && n > 60 {
		if d, ok := date.FromSerial(n, false); ok {
			return "day " + d.String()
		}
	}
	return x.String()
}

func compareKinds(t *testing.T, xlsx, xls string, without ...string) {
	t.Helper()
	_, want := cells(t, xlsx)
	kind, got := cells(t, xls)
	for _, prefix := range without {
		want, got = withoutLines(want, prefix), withoutLines(got, prefix)
	}
	if strings.Count(got, "\n") < 2000 || kind != XLS {
		t.Errorf("%s: of kind %s, %d lines", xls, kind, strings.Count(got, "\n"))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-xlsx +xls):\n%.3000s", xls, diff)
	}
}

func withoutLines(s, prefix string) string {
	var out []string
	for line := range strings.Lines(s) {
		if !strings.HasPrefix(line, prefix) {
			out = append(out, line)
		}
	}
	return strings.Join(out, "")
}

// A workbook that LibreOffice saves as .xls has the cells that it has as .xlsx.
func TestXLSOfLibreOffice(t *testing.T) {
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("CI") == "" {
			t.Skip("LibreOffice is not installed")
		}
		t.Fatal(err)
	}
	dir := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	book := filepath.Join(dir, "book.xlsx")
	if err := os.WriteFile(book, varied(t, false, 400), 0o644); err != nil {
		t.Fatal(err)
	}
	// As .xls first, and from there as .xlsx: each formula has its result.
	for _, step := range [][2]string{{"xls:MS Excel 97", book}, {"xlsx", filepath.Join(dir, "out", "book.xls")}} {
		cmd := exec.CommandContext(ctx, soffice, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")), "--headless",
			"--convert-to", step[0], "--outdir", filepath.Join(dir, "out"), step[1])
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	// From .xls it takes TRUE as the result of a formula for 1.
	compareKinds(t, filepath.Join(dir, "out", "book.xlsx"), filepath.Join(dir, "out", "book.xls"), "K4 ")
}

// sheetJS writes a workbook as .xls, in both forms, and as .xlsx.
const sheetJS = `const X = require(process.argv[2]), [book, out] = process.argv.slice(3)
const w = X.readFile(book, { cellNF: true, cellStyles: true })
X.writeFile(w, out + '/8.xls', { bookType: 'biff8', bookSST: true })
X.writeFile(w, out + '/inline.xls', { bookType: 'biff8', bookSST: false })
X.writeFile(w, out + '/5.xls', { bookType: 'biff5' })
X.writeFile(w, out + '/book.xlsx', { bookType: 'xlsx', cellStyles: true })
`

// A workbook that SheetJS writes as .xls has the cells that it has as .xlsx.
func TestXLSOfSheetJS(t *testing.T) {
	modules := os.Getenv("PARCHECK_NODE_MODULES")
	if modules == "" {
		t.Skip("set PARCHECK_NODE_MODULES to a folder into which npm installed xlsx@0.18.5")
	}
	module, err := filepath.Abs(filepath.Join(modules, "xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	for _, ascii := range []bool{true, false} {
		dir := t.TempDir()
		book, script := filepath.Join(dir, "varied.xlsx"), filepath.Join(dir, "write.js")
		for path, content := range map[string][]byte{book: varied(t, ascii, 10), script: []byte(sheetJS)} {
			if err := os.WriteFile(path, content, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if out, err := exec.CommandContext(ctx, "node", script, module, book, dir).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		want := filepath.Join(dir, "book.xlsx")
		// It writes no hidden rows, and formulas that have no result as blank.
		compareKinds(t, want, filepath.Join(dir, "8.xls"), "K")
		compareKinds(t, want, filepath.Join(dir, "inline.xls"), "K")
		if ascii { // it writes other letters as "_"
			compareKinds(t, want, filepath.Join(dir, "5.xls"), "K", "merged", "hidden")
		}
	}
}
