package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/report"
	"github.com/parcheck/parcheck/pkg/score"
)

// published is what the national portal published in August 2026 for a province
// and its units: counts and scores of each indicator, and scores of groups.
const published = "../../targets/testdata/766-month.tsv"

// column of the published table.
const (
	ofGroup = iota
	ofUnit
	_
	_
	ofMetric
	_
	ofNumerator
	ofDenominator
	ofRatio
	ofScore
	ofMost
	ofValue
)

func publishedRows(t *testing.T) [][]string {
	t.Helper()
	data, err := os.ReadFile(published)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// scored766 scores a file by the index, and returns the cards by unit.
func scored766(t *testing.T, file, period string) map[string]*score.Card {
	t.Helper()
	out, told, code := command(t, "score", "--plan", "qd-766-2022", "--period", period, "--as-of", "2026-09-01", "--fail-on", "never", "--format", "json", file)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, told)
	}
	doc, err := report.ReadJSON(strings.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	cards := map[string]*score.Card{}
	for i := range doc.Cards {
		cards[doc.Cards[i].Unit.Name.In(lang.VI)] = &doc.Cards[i]
	}
	return cards
}

// Every score of an indicator and of a group that was published comes out, to the
// last digit. The groups of online services were published for all units, their
// counts for the province only.
func TestIndex766AsPublished(t *testing.T) {
	cards := scored766(t, published, "2026-08")
	metrics, groups := 0, 0
	for _, row := range publishedRows(t) {
		card := cards[row[ofUnit]]
		if card == nil {
			t.Fatalf("no card of %s", row[ofUnit])
		}
		if s := row[ofScore]; s != "" && s != "null" {
			r := byClause(card, row[ofMetric])
			if metrics++; !equalTo(r.Points.Exact, s) {
				t.Errorf("%s, %s: %s points, published %s", row[ofUnit], row[ofMetric], r.Points.Exact, s)
			}
		} else if s == "null" && row[ofMost] != "0" && byClause(card, row[ofMetric]).Outcome != score.Missing {
			t.Errorf("%s, %s is %s, and was published without a score", row[ofUnit], row[ofMetric], byClause(card, row[ofMetric]).Outcome)
		}
		whole := row[ofMetric] == "totalScore" || row[ofGroup] == "progress" && row[ofMetric] == "score"
		if !whole || row[ofGroup] == "online" && byClause(card, "DVCTT_HO_SO").Value == nil {
			continue
		}
		for _, a := range card.Areas {
			if a.ID != row[ofGroup] {
				continue
			}
			if groups++; !equalTo(a.Points.Exact, row[ofValue]) {
				t.Errorf("%s, group %s: %s points, published %s", row[ofUnit], a.ID, a.Points.Exact, row[ofValue])
			}
		}
	}
	if metrics != 196 || groups != 141 {
		t.Errorf("compared %d scores of indicators and %d of groups, want 196 and 141", metrics, groups)
	}
}

// The long export reads the same under headers as programs write them.
func TestIndex766ReadsHeadersOfPrograms(t *testing.T) {
	data, err := os.ReadFile(published)
	if err != nil {
		t.Fatal(err)
	}
	_, rows, _ := strings.Cut(string(data), "\n")
	long := scored766(t, published, "2026-Q3")
	for name, header := range map[string]string{
		"camel": "group unitName departmentType level metricCode metricName numerator denominator ratio score maxScore value",
		"snake": "group unit_name department_type level metric_code metric_name numerator denominator ratio score max_score value",
	} {
		file := filepath.Join(t.TempDir(), name+".tsv")
		if err := os.WriteFile(file, []byte(strings.ReplaceAll(header, " ", "\t")+"\n"+rows), 0o644); err != nil {
			t.Fatal(err)
		}
		cards := scored766(t, file, "2026-Q3")
		if len(cards) != 75 {
			t.Errorf("%s: %d cards, want 75", name, len(cards))
		}
		for unit, card := range cards {
			if other := long[unit]; other == nil || !card.Total.Points.Exact.Equal(other.Total.Points.Exact) {
				t.Errorf("%s, %s: other points than under the portal's headers", name, unit)
			}
		}
	}
}

func byClause(c *score.Card, clause string) *score.Result {
	i := slices.IndexFunc(c.Results, func(r score.Result) bool { return r.Clause == clause })
	return &c.Results[i]
}

func equalTo(x number.Exact, published string) bool {
	want, _, err := number.ParsePlain(published)
	return err == nil && x.Equal(want)
}

// The wide export gives the same points as the long one: a row for each unit, a
// column for each figure, headed as people and programs write it.
func TestIndex766ReadsTheWideExport(t *testing.T) {
	words := map[int]string{ofNumerator: "Tử số", ofDenominator: "Mẫu số", ofRatio: "Tỷ lệ"}
	english := map[int]string{ofNumerator: "numerator", ofDenominator: "denominator", ofRatio: "ratio"}
	long := scored766(t, published, "2026-08")
	for name, header := range map[string]func(row []string, figure int) string{
		"code and word": func(row []string, figure int) string { return row[ofMetric] + " " + english[figure] },
		"underscore":    func(row []string, figure int) string { return row[ofMetric] + "_" + english[figure] },
		"path":          func(row []string, figure int) string { return row[ofMetric] + "." + english[figure] },
		"brackets":      func(row []string, figure int) string { return row[ofMetric] + " (" + words[figure] + ")" },
		"Vietnamese":    func(row []string, figure int) string { return row[ofMetric+1] + " - " + words[figure] },
	} {
		t.Run(name, func(t *testing.T) {
			short := scored766(t, wide766(t, header), "2026-08")
			if len(long) != 75 || len(short) != 75 { // of 19 no figure that is read was published
				t.Errorf("%d and %d cards, want 75 of each", len(long), len(short))
			}
			for unit, card := range long {
				other := short[unit]
				if other == nil || !other.Total.Points.Exact.Equal(card.Total.Points.Exact) || other.Total.Met != card.Total.Met {
					t.Errorf("%s: the wide export gives another score", unit)
				}
			}
		})
	}
}

// wide766 writes what was published with a row for each unit.
func wide766(t *testing.T, header func(row []string, figure int) string) string {
	t.Helper()
	var columns, units []string
	cells := map[string]string{}
	put := func(unit, column, value string) {
		if value == "" || value == "null" {
			return
		}
		if !slices.Contains(columns, column) {
			columns = append(columns, column)
		}
		if !slices.Contains(units, unit) {
			units = append(units, unit)
		}
		cells[unit+"\t"+column] = value
	}
	for _, row := range publishedRows(t) {
		if row[ofValue] != "" {
			put(row[ofUnit], row[ofMetric], row[ofValue])
			continue
		}
		for _, figure := range []int{ofNumerator, ofDenominator, ofRatio} {
			put(row[ofUnit], header(row, figure), row[figure])
		}
	}
	var wide strings.Builder
	fmt.Fprintln(&wide, "unit name\t"+strings.Join(columns, "\t"))
	for _, unit := range units {
		line := unit
		for _, column := range columns {
			line += "\t" + cells[unit+"\t"+column]
		}
		fmt.Fprintln(&wide, line)
	}
	file := filepath.Join(t.TempDir(), "wide.tsv")
	if err := os.WriteFile(file, []byte(wide.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// Where a unit received nothing in a period, its part of last year stands for it:
// a twelfth of a month, a quarter, or the whole.
func TestIndex766FallsBackOnLastYear(t *testing.T) {
	export := strings.Join([]string{
		"unit name\tmetric code\tnumerator\tdenominator\tratio\tvalue",
		"UBND tỉnh A\tDOSSIER_SYNC\t50\t0\tnull\t",
		"UBND tỉnh A\tdossierSyncLastYear\t\t\t\t1200",
	}, "\n")
	file := filepath.Join(t.TempDir(), "long.tsv")
	if err := os.WriteFile(file, []byte(export), 0o644); err != nil {
		t.Fatal(err)
	}
	for period, points := range map[string]string{"2026-08": "3", "2026-Q3": "1", "2026": "0.25"} {
		for _, card := range scored766(t, file, period) {
			if r := byClause(card, "DOSSIER_SYNC"); !equalTo(r.Points.Exact, points) {
				t.Errorf("%s: %s points, want %s: %s", period, r.Points.Exact, points, r.Reason.In(lang.EN))
			}
		}
	}
}
