package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
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
	list, html, md, stored, book, sum, paper := out("r.csv"), out("r.html"), out("r.md"), out("r.json"), out("r.xlsx"), out("s.xlsx"), out("r.docx")
	common := []string{dir + "nop", "--plan", dir + "plan.yaml", "--roster", dir + "roster.yaml", "--received", dir + "received.csv", "--as-of", "2024-02-01", "--lang", "vi"}
	t.Setenv("COLUMNS", "1000")
	text, stderr, code := command(t, append([]string{"score", "--report", "csv=" + list, "--report", "json=" + stored, "--report", "html=" + html,
		"--report", "markdown=" + md, "--report", "xlsx=" + book, "--report", "docx=" + paper}, common...)...)
	if code != exitInput {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	if _, stderr, code := command(t, append([]string{"summary", "-o", sum}, common...)...); code != exitInput {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	want := score.Ledger{Units: 11, Submitted: 6, Late: 1, Ambiguous: 1, Unreadable: 1, WrongFormat: 1, NotSubmitted: 1, OffRoster: 1}
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
		"docx":     ledgerInReport(t, paper),
	} {
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s counts otherwise (-want +got):\n%s", name, d)
		}
	}
	checkList(t, readFile(t, list))
}

// checkList finds in the CSV, which has a row for each file and target and no
// count, what it can tell of the ledger: the files by what became of them.
func checkList(t *testing.T, data []byte) {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.Comma = ';' // as a Vietnamese Excel opens it
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	outcome := slices.Index(rows[0], "outcome")
	if outcome < 0 {
		t.Fatalf("no column of outcomes: %q", rows[0])
	}
	got := map[string]int{}
	for _, row := range rows[1:] {
		switch o := row[outcome]; o {
		case "unreadable", "wrong-format":
			got[o]++
		default:
			got["judged"]++
		}
	}
	want := map[string]int{"judged": 10, "unreadable": 1, "wrong-format": 1}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("files of the CSV (-want +got):\n%s", d)
	}
}

// ledgerInReport reads the table of a Word document.
func ledgerInReport(t *testing.T, path string) score.Ledger {
	t.Helper()
	text := cellsInReport(t, path)
	number := func(title string) int {
		m := regexp.MustCompile(`(?i)\|` + title + `\|(\d+)\|`).FindStringSubmatch(text)
		if m == nil {
			t.Fatalf("no table says %q", title)
		}
		n, err := strconv.Atoi(m[1])
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	l := score.Ledger{Units: number("Cộng trong danh sách"), OffRoster: number(score.OffRoster.Title().In(lang.VI))}
	for at, s := range map[*int]score.Status{&l.Submitted: score.Submitted, &l.Late: score.Late, &l.Ambiguous: score.Ambiguous, &l.Unreadable: score.Unreadable,
		&l.WrongFormat: score.WrongFormat, &l.NotSubmitted: score.NotSubmitted, &l.OtherRules: score.OtherRules} {
		*at = number(s.Title().In(lang.VI))
	}
	return l
}

// cellsInReport is what a Word document says, with a bar between paragraphs.
func cellsInReport(t *testing.T, path string) string {
	t.Helper()
	data := readFile(t, path)
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	body, err := fs.ReadFile(z, "word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`(?:<[^>]+>)+`).ReplaceAllString(string(body), "|")
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
