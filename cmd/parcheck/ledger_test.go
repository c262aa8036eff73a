package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/report"
	"github.com/parcheck/parcheck/pkg/score"
)

// The ledger of a folder is the same in every output, and its parts add up to
// the roster.
func TestEveryOutputHasTheSameLedger(t *testing.T) {
	const dir = "../../examples/submissions/"
	out := func(name string) string { return filepath.Join(t.TempDir(), name) }
	html, md, stored, book, sum := out("r.html"), out("r.md"), out("r.json"), out("r.xlsx"), out("s.xlsx")
	common := []string{dir + "nop", "--plan", dir + "plan.yaml", "--roster", dir + "roster.yaml", "--received", dir + "received.csv", "--as-of", "2024-02-01", "--lang", "vi"}
	t.Setenv("COLUMNS", "1000")
	text, stderr, code := command(t, append([]string{"score", "--report", "json=" + stored, "--report", "html=" + html,
		"--report", "markdown=" + md, "--report", "xlsx=" + book}, common...)...)
	if code != exitInput {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	if _, stderr, code := command(t, append([]string{"summary", "-o", sum}, common...)...); code != exitInput {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	want := score.Ledger{Units: 7, Submitted: 2, Late: 1, Ambiguous: 1, Unreadable: 1, WrongFormat: 1, NotSubmitted: 1, OffRoster: 1}
	total := 0
	for _, s := range score.LedgerOrder {
		total += want.Of(s)
	}
	if total != want.Units {
		t.Errorf("the parts come to %d of %d units", total, want.Units)
	}
	var doc report.Document
	if err := json.NewDecoder(bytes.NewReader(readFile(t, stored))).Decode(&doc); err != nil || doc.Ledger == nil {
		t.Fatalf("no ledger: %v", err)
	}
	for name, got := range map[string]score.Ledger{
		"text":     ledgerIn(t, text),
		"html":     ledgerIn(t, string(readFile(t, html))),
		"markdown": ledgerIn(t, string(readFile(t, md))),
		"json":     *doc.Ledger,
		"workbook": ledgerInWorkbook(t, book),
		"summary":  ledgerInWorkbook(t, sum),
	} {
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s counts otherwise (-want +got):\n%s", name, d)
		}
	}
}

// ledgerIn reads the line of a text.
func ledgerIn(t *testing.T, text string) score.Ledger {
	t.Helper()
	line := regexp.MustCompile(`(?m)Đơn vị trong danh sách: .*`).FindString(strings.NewReplacer(`&#43;`, "+", `\+`, "+").Replace(text))
	number := func(pattern string) int {
		m := regexp.MustCompile(pattern + ` (\d+)`).FindStringSubmatch(line)
		if m == nil {
			return 0
		}
		n, _ := strconv.Atoi(m[1])
		return n
	}
	l := score.Ledger{}
	for _, s := range score.LedgerOrder {
		for range number(`[=+] ` + s.Title().In(lang.VI)) {
			l.Count(s)
		}
	}
	l.Units, l.OffRoster = number(`trong danh sách:`), number(`; `+score.OffRoster.Title().In(lang.VI)+`:`)
	return l
}

// ledgerInWorkbook reads the table of the overview.
func ledgerInWorkbook(t *testing.T, path string) score.Ledger {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]string{}
	for i, row := range rows {
		if len(row) == 0 || row[0] != "Phải nộp" {
			continue
		}
		for j, head := range row {
			at[strings.ToLower(head)] = rows[i+1][j]
		}
	}
	number := func(head string) int {
		n, err := strconv.Atoi(at[head])
		if err != nil {
			t.Errorf("%s: %q", head, fmt.Sprint(at))
		}
		return n
	}
	l := score.Ledger{}
	for _, s := range append([]score.Status{score.OffRoster}, score.LedgerOrder...) {
		for range number(s.Title().In(lang.VI)) {
			l.Count(s)
		}
	}
	l.Units = number("phải nộp")
	return l
}
