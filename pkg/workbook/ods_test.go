package workbook

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/diag"
)

// formatted is a workbook with numbers in every format that pkg/numfmt is held
// against SheetJS with.
func formatted(t *testing.T) []byte {
	t.Helper()
	list, err := os.Open(filepath.FromSlash("../numfmt/testdata/shown.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	var codes []string
	for lines := bufio.NewScanner(list); lines.Scan(); {
		var code string
		quoted, _, _ := strings.Cut(lines.Text(), "\t")
		if err := json.Unmarshal([]byte(quoted), &code); err != nil {
			t.Fatal(err)
		}
		// Buddhist years are a text to LibreOffice.
		if !slices.Contains(codes, code) && !strings.HasPrefix(code, "b") {
			codes = append(codes, code)
		}
	}
	f := excelize.NewFile()
	defer f.Close()
	for i, code := range codes {
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
		if err != nil {
			t.Fatal(err)
		}
		for j, x := range []float64{65, 0.65, 0, 1, 45300.5, 1234567} {
			at := diag.Cell(i+1, j+1).String()
			if err := f.SetCellValue("Sheet1", at, x); err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellStyle("Sheet1", at, at, style); err != nil {
				t.Fatal(err)
			}
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A workbook that LibreOffice saves as .ods has the cells that it has as .xlsx:
// what they hold, and how numbers are shown.
func TestODSOfLibreOffice(t *testing.T) {
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
	var books []string
	for name, content := range map[string][]byte{"book": varied(t, false, 400), "formats": formatted(t)} {
		books = append(books, filepath.Join(dir, name+".xlsx"))
		if err := os.WriteFile(filepath.Join(dir, name+".xlsx"), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(dir, "out")
	convert := func(to string, files ...string) {
		t.Helper()
		cmd := exec.CommandContext(ctx, soffice, append([]string{"-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(dir, "profile")), "--headless",
			"--convert-to", to, "--outdir", out}, files...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	convert("ods", books...)
	// From there as .xlsx: each formula has its result.
	convert("xlsx", filepath.Join(out, "book.ods"))
	for ods, xlsx := range map[string]string{"book": filepath.Join(out, "book.xlsx"), "formats": filepath.Join(dir, "formats.xlsx")} {
		_, want := cells(t, xlsx)
		kind, got := cells(t, filepath.Join(out, ods+".ods"))
		if strings.Count(got, "\n") < 900 || kind != ODS {
			t.Errorf("%s: of kind %s, %d lines", ods, kind, strings.Count(got, "\n"))
		}
		if ods == "book" { // a very hidden sheet is hidden there
			want = strings.ReplaceAll(want, "[Rất ẩn] 2", "[Rất ẩn] 1")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-xlsx +ods):\n%.6000s", ods, diff)
		}
	}
}

// SheetJS writes no formats of numbers into .ods, so that days are numbers; what
// other cells hold is the same.
func TestODSOfSheetJS(t *testing.T) {
	modules := os.Getenv("PARCHECK_NODE_MODULES")
	if modules == "" {
		t.Skip("set PARCHECK_NODE_MODULES to a folder into which npm installed xlsx@0.18.5")
	}
	module, err := filepath.Abs(filepath.Join(modules, "xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	const write = `const X = require(process.argv[2]), [book, out] = process.argv.slice(3)
X.writeFile(X.readFile(book), out + '/book.ods', { bookType: 'ods' })
`
	dir := t.TempDir()
	book, script := filepath.Join(dir, "varied.xlsx"), filepath.Join(dir, "write.js")
	for path, content := range map[string][]byte{book: varied(t, false, 10), script: []byte(write)} {
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if out, err := exec.CommandContext(ctx, "node", script, module, book, dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	held := func(path string) []string {
		_, all := cells(t, path)
		var out []string
		for line := range strings.Lines(all) {
			fields := strings.Fields(line)
			if at := fields[0]; len(fields) > 6 && at[0] != 'F' && at[0] != 'K' && at != "C3" { // days, formulas without results, a text in parts
				out = append(out, fmt.Sprint(at, " ", strings.Join(fields[6:], " ")))
			}
		}
		return out
	}
	want, got := held(book), held(filepath.Join(dir, "book.ods"))
	if len(want) < 1500 {
		t.Errorf("%d cells", len(want))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-xlsx +ods:\n%.3000s", diff)
	}
}
