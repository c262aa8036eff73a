package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/report"
)

const rankingPlan = `plan: leagues
title: {vi: Kế hoạch, en: Plan}
issuer: {vi: Tỉnh, en: Province}
document: {number: 1/KH, date: 2022-12-20}
period: {from: 2023-01-01, to: 2023-12-31}
ties: %s
levels:
  province: {title: {vi: Tỉnh, en: Province}, names: ["UBND tỉnh *"]}
  commune: {title: {vi: Xã, en: Commune}, names: ["UBND xã *"]}
areas:
  a: {title: {vi: Lĩnh vực, en: Area}}
tables:
  form:
    shape: form
    columns:
      label: {headers: [Item], role: label}
      value: {headers: [Value], type: number, style: en}
facts:
  reports: {title: {vi: Báo cáo, en: Reports}, unit: {vi: báo cáo, en: reports}, from: [{cell: form, row: {label: [Reports]}, column: value}]}
targets:
  - id: reports
    area: a
    title: {vi: Báo cáo, en: Reports}
    source: {clause: "1", quote: báo cáo}
    levels: [province, commune]
    measure: {value: reports}
    goal: {at_least: 100}
    points: 10
    credit: proportional
    remedy: {vi: Gửi, en: Send}
`

const rankingRoster = `roster: units
title: {vi: Đơn vị, en: Units}
groups:
  hills: {title: {vi: Miền núi, en: Hills}}
  coast: {title: {vi: Ven biển, en: Coast}}
units:
  - {id: p, name: UBND tỉnh Q, level: province}
  - {id: h1, name: UBND xã H1, level: commune, group: hills}
  - {id: h2, name: UBND xã H2, level: commune, group: hills}
  - {id: h3, name: UBND xã H3, level: commune, group: hills}
  - {id: h4, name: UBND xã H4, level: commune, group: hills}
  - {id: h5, name: UBND xã H5, level: commune, group: hills}
  - {id: c1, name: UBND xã C1, level: commune, group: coast}
`

// Ties, a unit that submits twice, one off the roster and the province above the
// communes are ranked alike by every output.
func TestEveryOutputRanksAlike(t *testing.T) {
	for ties, third := range map[string]string{"share": "4", "dense": "3"} {
		dir := t.TempDir()
		write := func(name, text string) string {
			path := filepath.Join(dir, name)
			if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
			return path
		}
		plan, roster := write("plan.yaml", fmt.Sprintf(rankingPlan, ties)), write("roster.yaml", rankingRoster)
		submissions := []string{"score"}
		for i, s := range []struct {
			unit    string
			reports int
		}{
			{"UBND xã H1", 50}, {"UBND xã H2", 90}, {"UBND tỉnh Q", 95}, {"UBND xã H3", 50}, {"UBND xã H4", 20},
			{"UBND xã H5", 80}, {"UBND xã H5", 81}, {"UBND xã C1", 10}, {"UBND xã Lạ", 99},
		} {
			submissions = append(submissions, write(fmt.Sprintf("%d.csv", i), fmt.Sprintf("Đơn vị báo cáo: %s,\nItem,Value\nReports,%d\n", s.unit, s.reports)))
		}
		want := map[string]string{
			"UBND xã H2": "1", "UBND xã H1": "2", "UBND xã H3": "2", "UBND xã H4": third, "UBND xã C1": "1",
			"UBND xã H5": "–", "UBND tỉnh Q": "–", "UBND xã Lạ": "–",
		}
		out := func(name string) string { return filepath.Join(dir, name) }
		args := append(submissions, "--plan", plan, "--roster", roster, "--as-of", "2024-02-01", "--fail-on", "never", "--lang", "vi",
			"--report", "json="+out("r.json"), "--report", "html="+out("r.html"), "--report", "markdown="+out("r.md"), "--report", "xlsx="+out("r.xlsx"),
			"--report", "docx="+out("r.docx"))
		text, stderr, code := command(t, args...)
		if code != 0 {
			t.Fatalf("exit code %d: %s", code, stderr)
		}
		page := string(readFile(t, out("r.html")))
		for name, got := range map[string]map[string]string{
			"text":     ranksIn(text, `(?m)^ +([–\d]+)  (UBND \S+ \S+)`),
			"markdown": ranksIn(string(readFile(t, out("r.md"))), `(?m)^\| ([–\d]+) \| (UBND \S+ \S+)`),
			"html":     ranksIn(page, `<td[^>]*class="num rank"[^>]*>([–\d]+)</td>\s*<th[^>]*><a[^>]*>([^<]*)</a>`),
			"json":     ranksInJSON(t, out("r.json")),
			"workbook": ranksInWorkbook(t, out("r.xlsx")),
			"docx":     ranksIn(cellsInReport(t, out("r.docx")), `\|([–\d]+)\|(UBND [^ |]+ [^ |]+)`),
		} {
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("ties %s: %s ranks otherwise (-want +got):\n%s", ties, name, d)
			}
		}
	}
}

func ranksIn(text, pattern string) map[string]string {
	ranks := map[string]string{}
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		ranks[m[2]] = m[1]
	}
	return ranks
}

func ranksInJSON(t *testing.T, path string) map[string]string {
	t.Helper()
	var doc report.Document
	if err := json.Unmarshal(readFile(t, path), &doc); err != nil {
		t.Fatal(err)
	}
	ranks := map[string]string{}
	for _, c := range doc.Cards {
		ranks[c.Unit.Name.In(lang.VI)] = strings.Replace(fmt.Sprint(c.Standing.Rank), "0", "–", 1)
	}
	return ranks
}

func ranksInWorkbook(t *testing.T, path string) map[string]string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Xếp hạng")
	if err != nil {
		t.Fatal(err)
	}
	ranks, at := map[string]string{}, -1
	for _, row := range rows {
		for i, title := range row {
			if title == "Hạng" {
				at = i
			}
		}
		if at >= 0 && len(row) > at && strings.HasPrefix(row[1], "UBND") {
			ranks[row[1]] = row[at]
		}
	}
	return ranks
}
