//go:build unix

package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/report"
)

var databaseLists = flag.Int("database.lists", 6, "how many lists are put into a workbook and into databases")

// listPlan counts a list in every way that a plan can.
const listPlan = `
plan: listed
title: Listed
document: {number: "1", date: 2022-12-01}
period: {from: 2023-02-01, to: 2023-12-31}
holidays: [2023-01-02, 2023-04-03, 2023-04-04, 2023-12-29, 2024-01-01]
working_days: [2023-01-07, 2023-04-08]
levels: {office: {title: Office, names: ["Sở *"]}}
areas: {a: {title: A}}
tables:
  list:
    shape: list
    title: Dossiers
    columns:
      id: {headers: [Mã hồ sơ], role: key, unique: true, required: true}
      unit: {headers: [Đơn vị], role: unit, required: true}
      received: {headers: [Ngày nhận], type: date, required: true}
      due: {headers: [Ngày hẹn], type: date, not_before: received}
      resolved: {headers: [Ngày trả], type: date, not_before: received}
      kind: {headers: [Loại], type: choice, required: true, values: {one: [Loại một], two: [Loại hai]}}
      way: {headers: [Hình thức], type: choice, values: {on: [Trực tuyến, Qua mạng], off: [Trực tiếp]}}
      note: {headers: [Ghi chú]}
      who: {headers: [Người nộp], required: true}
      fee: {headers: [Lệ phí], type: number}
facts:
  all: {title: All, from: [{count: list}]}
  in: {title: In, from: [{count: list, during: received}]}
  out: {title: Out, from: [{count: list, during: resolved}]}
  online: {title: Online, from: [{count: list, during: resolved, where: {way: [on]}}]}
  other-way: {title: Other way, from: [{count: list, during: received, where: {way: {not: [on]}, kind: [one]}}]}
  late: {title: Late, from: [{count: list, during: resolved, where: {resolved: {after: due}}}]}
  in-year: {title: In the year, from: [{count: list, during: received, over: year_to_date, where: {way: [on]}}]}
  fees-year: {title: Fees of the year, kind: amount, from: [{sum: list, column: fee, during: resolved, over: year_to_date}]}
  in-time: {title: In time, from: [{count: list, during: due, where: {resolved: {not_after: due}, kind: [two]}}]}
  open: {title: Open, from: [{count: list, during: received, where: {resolved: blank}}]}
  noted: {title: Noted, from: [{count: list, where: {note: [Gấp]}}]}
  said: {title: Said, from: [{count: list, where: {note: filled}}]}
  free: {title: Free, from: [{count: list, where: {fee: blank}}]}
  fees: {title: Fees, kind: amount, from: [{sum: list, column: fee}]}
  notes: {title: Notes, from: [{distinct: list, column: note, during: received}]}
  ways: {title: Ways, from: [{distinct: list, column: way, where: {kind: [one]}}]}
  mean-fee: {title: Mean fee, from: [{mean: list, column: fee, during: received}]}
  least-fee: {title: Least fee, kind: amount, from: [{least: list, column: fee, where: {way: [on]}}]}
  most-fee: {title: Most fee, kind: amount, from: [{most: list, column: fee}]}
  dear: {title: Dear, from: [{count: list, where: {fee: {more_than: 12.5}, kind: [one]}}]}
  middling: {title: Middling, from: [{count: list, during: received, where: {fee: {between: [0, 12.5]}}}]}
  early: {title: Early, from: [{count: list, where: {resolved: {before: 2023-04-04}}}]}
  from-april: {title: From April, from: [{count: list, during: received, where: {resolved: {not_before: 2023-04-04}, way: [on]}}]}
  overdue: {title: Overdue, from: [{count: list, where: {any_of: [{resolved: {after: due}}, {resolved: blank, due: {not_after: 2023-12-31}}]}}]}
  plain: {title: Plain, from: [{count: list, during: resolved, where: {none_of: [{way: [on]}, {fee: {at_least: 1000000}}]}}]}
  paid: {title: Paid, kind: amount, from: [{sum: list, column: fee, during: resolved, where: {way: [on]}}]}
  prompt: {title: Prompt, from: [{count: list, during: received, where: {resolved: {not_after: {day: received, plus: 5 days}}}}]}
  slow: {title: Slow, from: [{count: list, where: {resolved: {after: {day: received, plus: 5 working days}}, way: [on]}}]}
  hasty: {title: Hasty, from: [{count: list, during: due, where: {resolved: {before: {day: due, plus: -3 working days}}}}]}
  next-day: {title: Next day, from: [{count: list, where: {any_of: [{resolved: {not_before: {day: due, plus: 0 working days}}}, {received: {not_before: {day: due, plus: -1 day}}}]}}]}
  held-long: {title: Held long, from: [{count: list, where: {none_of: [{resolved: {not_after: {day: received, plus: 90 working days}}, kind: [one]}]}}]}
  first-day: {title: First day, kind: date, from: [{least: list, column: received}]}
  last-day: {title: Last day, kind: date, from: [{most: list, column: resolved, during: received, where: {way: [on]}}]}
  last-due: {title: Last due, kind: date, from: [{most: list, column: due, where: {way: [off]}}]}
targets:
  - id: t
    area: a
    title: T
    source: {clause: c, quote: q}
    levels: [office]
    measure: {share: online, of: out}
    goal: {at_least: 50%}
    points: 10
    also: [all, in, other-way, late, in-time, open, noted, said, free, fees, paid, notes, ways, mean-fee, least-fee, most-fee, dear, middling, early, from-april, overdue, plain,
      prompt, slow, hasty, next-day, held-long, first-day, last-day, last-due, in-year, fees-year]
`

const listBindings = `
bindings:
  list:
    relation: hoso.list
    unit: unit
    time_zone: Asia/Ho_Chi_Minh
    columns: {id: id, received: received, due: due, resolved: resolved, kind: kind, way: way, note: note, who: who, fee: fee}
`

const listTable = `
DROP SCHEMA IF EXISTS hoso CASCADE; CREATE SCHEMA hoso;
CREATE TYPE hoso.kind AS ENUM ('Loại một', 'LOẠI HAI');
CREATE TABLE hoso.list (id text, unit varchar, received timestamptz, due timestamp, resolved date, kind hoso.kind, way text, note text, who text, fee numeric);
`

// hostileServer has settings, functions and operators by which another user of the
// database could change what a statement means: they fit some arguments better than
// those of PostgreSQL itself.
const hostileServer = `
ALTER ROLE postgres SET standard_conforming_strings = off; ALTER ROLE postgres SET DateStyle = 'SQL, DMY';
ALTER ROLE postgres SET TimeZone = 'America/New_York'; ALTER ROLE postgres SET transform_null_equals = on;
CREATE AGGREGATE public.count(numeric) (sfunc = int8inc_any, stype = int8, initcond = '100');
CREATE AGGREGATE public.count(int4) (sfunc = int8inc_any, stype = int8, initcond = '100');
CREATE FUNCTION public.width_bucket(int4, int4[]) RETURNS int4 LANGUAGE sql IMMUTABLE AS 'SELECT 7';
CREATE FUNCTION public.never(numeric, int4) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT false';
CREATE FUNCTION public.strpos(varchar, text) RETURNS int4 LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION public.upper(varchar) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''x''';
CREATE OPERATOR public.= (leftarg = numeric, rightarg = int4, function = public.never);
CREATE OPERATOR public.< (leftarg = numeric, rightarg = int4, function = public.never);
CREATE FUNCTION public.always(int4, numeric) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE OPERATOR public.< (leftarg = int4, rightarg = numeric, function = public.always);
`

var listColumns = []string{"Mã hồ sơ", "Đơn vị", "Ngày nhận", "Ngày hẹn", "Ngày trả", "Loại", "Hình thức", "Ghi chú", "Người nộp", "Lệ phí"}

// randomList makes records with every trouble that a sheet and a database can
// both hold.
func randomList(r *rand.Rand) [][]*string {
	pick := func(texts ...string) *string {
		if text := texts[r.IntN(len(texts))]; text != "NULL" {
			return &text
		}
		return nil
	}
	near := r.IntN(2) == 0 // days of one list lie within three weeks, or at the ends of the period
	day := func(more ...string) *string {
		if r.IntN(6) == 0 {
			return pick(more...)
		}
		d := time.Date(2022, 12, 25, 0, 0, 0, 0, time.UTC).AddDate(0, 0, []int{0, 3, 7, 8, 100, 371, 372, 380}[r.IntN(8)])
		if near {
			d = time.Date(2023, 3, 24, 0, 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(21))
		}
		text := d.Format("2006-01-02")
		return &text
	}
	clean := r.IntN(3) == 0 // else figures are seldom sure
	var rows [][]*string
	for i := range 1 + r.IntN(60) {
		id := fmt.Sprintf("HS %d", i)
		if !clean && r.IntN(4) == 0 {
			id = []string{"HS 1", "hs 1", " HS 1", "HS  1", "HS\u200b 1", "NULL", "-", "K-N/A", "1.2E+11", "НS 1", "QĐ-1", "qđ-1"}[r.IntN(12)]
		}
		row := []*string{
			pick(id), pick("Sở A", "Sở B", "SỞ  A", " sở b"),
			day("1999-01-01", "2023-07-01", "2150-05-05"), day("NULL", "2023-01-01"), day("NULL", "2023-12-31"),
			pick("Loại một", "LOẠI HAI"), pick("Trực tuyến", "Trực tiếp", "qua  mạng", "Trư\u0323c tuyê\u0301n", "NULL", "-"),
			pick("Gấp", "GẤP", "NULL", "không có số liệu", "gì đó", "N/A"), pick("Nguyễn Văn A", "Công ty", "9", "Đỗ B"),
			pick("0", "12.5", "1000000", "NULL", "3.25"),
		}
		if !clean && r.IntN(5) == 0 {
			row[1] = pick("NULL", " ", "#REF!", "Sở A")
			for i := 2; i < 5; i++ {
				row[i] = pick("NULL", "infinity", "-infinity", "20230-03-03", "0044-03-15 BC", "9999-12-31", "2023-03-03")
			}
			row[6] = pick("Trực tuyếnn", "#N/A", "'; DROP TABLE x; --", "Trực tuyến")
			row[8] = pick("NULL", "-", "Không có số liệu", "(chưa báo cáo)", "\u200b", "Khổng Tử", "#12", "n/a", "X")
			row[9] = pick("NaN", "-5", "NULL")
		}
		if rows = append(rows, row); i == 0 { // without any unit a workbook is refused, and a database has no card
			row[1] = pick("Sở A")
		}
	}
	return rows
}

// writeRecords writes the records as a workbook.
func writeRecords(t *testing.T, path string, rows [][]*string) {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	isAmount := regexp.MustCompile(`^-?[0-9.]+$`)
	for i, h := range listColumns {
		at, _ := excelize.CoordinatesToCellName(i+1, 1)
		if err := f.SetCellStr("Sheet1", at, h); err != nil {
			t.Fatal(err)
		}
	}
	for n, row := range rows {
		for i, v := range row {
			at, _ := excelize.CoordinatesToCellName(i+1, n+2)
			if v == nil {
				continue
			}
			var err error
			day, noDay := time.Parse("2006-01-02", *v)
			switch {
			case i >= 2 && i <= 4 && noDay == nil:
				err = f.SetCellValue("Sheet1", at, day)
			case i >= 2 && i <= 4:
				err = f.SetCellStr("Sheet1", at, strings.NewReplacer("20230-03-03", "> 9999-12-31", "0044-03-15 BC", "< 0001-01-01").Replace(*v))
			case i == 9 && isAmount.MatchString(*v):
				x, _ := strconv.ParseFloat(*v, 64)
				err = f.SetCellValue("Sheet1", at, x)
			default:
				err = f.SetCellStr("Sheet1", at, *v)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
}

// told is what a run says that must not depend on where the records stand.
type told struct {
	Cards    map[string][]string
	Findings []string
	Repeats  map[string]int
	Known    map[string]bool // facts that some card has
}

var (
	rowPhrase  = regexp.MustCompile(`, the first in row \d+`)
	factOfPlan = regexp.MustCompile(`^  ([a-z-]+): .* from: `)
	howMany    = regexp.MustCompile(`^(?:and )?([\d,]+) records?`)
)

// tell reads a document as JSON. Findings are taken without their rows; of ids
// that several records have, how many there are.
func tell(t *testing.T, data string) told {
	t.Helper()
	var doc report.Document
	if err := json.Unmarshal([]byte(data), &doc); err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	out := told{Cards: map[string][]string{}, Repeats: map[string]int{}, Known: map[string]bool{}}
	list := doc.Diagnostics
	for _, c := range doc.Cards {
		name := label.Key(c.Unit.Name.In(lang.EN)) // as it was written first
		for _, f := range c.Facts {
			if f.State == fact.Reported {
				out.Known[f.ID] = true
			}
			out.Cards[name] = append(out.Cards[name], fmt.Sprintf("%s %v %v %s", f.ID, f.State, f.Value, f.Reason.In(lang.EN)))
		}
		for _, r := range c.Results {
			out.Cards[name] = append(out.Cards[name], fmt.Sprintf("%s %v %v", r.Target, r.Outcome, r.Points))
		}
		list = append(list, c.Diagnostics...)
	}
	for _, d := range list {
		text := d.Message.In(lang.EN)
		n := 1
		if m := howMany.FindStringSubmatch(text); m != nil {
			n, _ = strconv.Atoi(strings.ReplaceAll(m[1], ",", ""))
		}
		switch {
		case d.Check == diag.NoPeriod || d.Check == diag.NoUnit:
		case d.Check == diag.NotUnique:
			out.Repeats[string(d.Check)] += n
		default:
			out.Findings = append(out.Findings, fmt.Sprintf("%s %s %s", d.Severity, d.Check, rowPhrase.ReplaceAllString(text, "")))
		}
	}
	slices.Sort(out.Findings)
	return out
}

// TestDatabase runs the program on real PostgreSQL servers.
func TestDatabase(t *testing.T) {
	servers := startServers(t, 4)
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for i, s := range servers {
		t.Setenv(fmt.Sprintf("PARCHECK_TEST_%d", i), s.address("postgres"))
	}
	servers[0].exec(t, hostileServer)
	plan, bind := write("plan.yaml", listPlan), write("bindings.yaml", listBindings)
	score := []string{"score", "--plan", plan, "--as-of", "2024-02-01", "-f", "json"}

	t.Run("says what a workbook says", func(t *testing.T) {
		seen := map[string]bool{}
		for seed := range uint64(*databaseLists) {
			rows := randomList(rand.New(rand.NewPCG(seed, 3)))
			book := filepath.Join(dir, "list.xlsx")
			writeRecords(t, book, rows)
			var parts [3][][]*string
			for i, row := range rows {
				parts[i%3] = append(parts[i%3], row)
			}
			for i, s := range servers {
				s.exec(t, listTable)
				if i == 2 { // parts of one list may have other types
					s.exec(t, "ALTER TABLE hoso.list ALTER kind TYPE text, ALTER way TYPE char(60), ALTER due TYPE date, ALTER resolved TYPE timestamp, ALTER fee TYPE numeric(20, 4)")
				}
				if i == 0 {
					s.load(t, "hoso.list", rows)
				} else {
					s.load(t, "hoso.list", parts[i-1])
				}
			}
			_, fromBook, errs := parcheckHere(append(score, book)...)
			_, fromOne, errs1 := parcheckHere(append(score, "--bind", bind, "--source", "env:PARCHECK_TEST_0")...)
			_, fromThree, errs3 := parcheckHere(append(score, "--bind", bind, "--source", "env:PARCHECK_TEST_1", "--source", "env:PARCHECK_TEST_2", "--source", "env:PARCHECK_TEST_3")...)
			if fromBook == "" || fromOne == "" || fromThree == "" {
				t.Fatalf("seed %d: %s%s%s", seed, errs, errs1, errs3)
			}
			want := tell(t, fromBook)
			for id := range want.Known {
				seen[id] = true
			}
			if d := cmp.Diff(want, tell(t, fromOne)); d != "" {
				t.Fatalf("seed %d: -workbook +database\n%s", seed, d)
			}
			for _, f := range want.Findings {
				seen[strings.Fields(f)[1]] = true
			}
			for check := range want.Repeats {
				seen[check] = true
			}
			if d := cmp.Diff(withoutEvidence(t, fromOne), withoutEvidence(t, fromThree)); d != "" {
				t.Fatalf("seed %d: -one server +three\n%s", seed, d)
			}
		}
		for line := range strings.Lines(listPlan) {
			if m := factOfPlan.FindStringSubmatch(line); m != nil && !seen[m[1]] {
				t.Errorf("no list gives the fact %s", m[1])
			}
		}
		for _, check := range []diag.CheckID{diag.UnknownChoice, diag.BlankCell, diag.NotDate, diag.OutsidePeriod, diag.DateOrder, diag.NotNumber, diag.NotUnique, diag.OddID, diag.ErrorCell} {
			if !seen[string(check)] {
				t.Errorf("no list has a finding %s", check)
			}
		}
	})
}

// TestDatabaseBesideWorkbook gives a unit both: its card holds both as sources of
// one figure, and tells where they differ; other units have the database's.
func TestDatabaseBesideWorkbook(t *testing.T) {
	s := startServers(t, 1)[0]
	dir := t.TempDir()
	plan, bind := writeText(t, dir, "plan.yaml", listPlan), writeText(t, dir, "bindings.yaml", listBindings)
	t.Setenv("DB", s.address("postgres"))
	text := func(texts ...string) (row []*string) {
		for _, x := range texts {
			row = append(row, &x)
		}
		return row
	}
	rows := [][]*string{
		text("H1", "Sở A", "2023-02-01", "2023-02-05", "2023-02-03", "Loại một", "Trực tuyến", "x", "Nam", "5"),
		text("H2", "Sở A", "2023-02-01", "2023-02-05", "2023-02-03", "Loại một", "Trực tiếp", "x", "Nam", "5"),
		text("H3", "Sở B", "2023-02-01", "2023-02-05", "2023-02-03", "Loại một", "Trực tiếp", "x", "Nam", "5"),
	}
	s.exec(t, listTable)
	s.load(t, "hoso.list", rows)
	book := filepath.Join(dir, "a.xlsx")
	for _, test := range []struct {
		name      string
		handedIn  [][]*string
		disagrees bool
	}{{"the same", rows[:2], false}, {"one record less", rows[:1], true}} {
		t.Run(test.name, func(t *testing.T) {
			writeRecords(t, book, test.handedIn)
			code, stdout, stderr := parcheckHere("score", "--plan", plan, "--as-of", "2024-02-01", "-f", "json", book, "--bind", bind, "--source", "env:DB")
			if code != exitGate {
				t.Fatalf("exit code %d: %s", code, stderr)
			}
			var doc report.Document
			if err := json.Unmarshal([]byte(stdout), &doc); err != nil {
				t.Fatal(err)
			}
			if len(doc.Cards) != 2 || doc.Cards[0].Input.File != filepath.ToSlash(book) || doc.Cards[1].Input.Kind != "database" {
				t.Fatalf("%d cards: %s", len(doc.Cards), stdout)
			}
			f := doc.Cards[0].Facts[0]
			if len(f.Sources) != 2 || f.Sources[0].Evidence[0].Relation != "hoso.list" || f.Sources[1].Evidence[0].Sheet == "" || f.Value.String() != "2" {
				t.Errorf("%s is %v from %d sources", f.ID, f.Value, len(f.Sources))
			}
			told := slices.ContainsFunc(doc.Cards[0].Diagnostics, func(d diag.Diagnostic) bool { return d.Check == diag.SourcesDisagree })
			if told != test.disagrees {
				t.Errorf("told of a difference: %v", told)
			}
		})
	}
}

// TestUniqueIndex lets an index prove that no two ids are alike letter by letter:
// those that differ by capitals, or by what nobody sees, are found all the same.
func TestUniqueIndex(t *testing.T) {
	s := startServers(t, 1)[0]
	dir := t.TempDir()
	plan, bind := writeText(t, dir, "plan.yaml", listPlan), writeText(t, dir, "bindings.yaml", listBindings)
	t.Setenv("DB", s.address("postgres"))
	s.exec(t, listTable)
	var rows [][]*string
	for _, id := range []string{"HS 1", "hs 1", "HS 2", "hs 3", "HS\u200b 4", "HS 4", "hs 5", "HS 5", "Hs 5"} {
		row := []*string{&id}
		for _, x := range []string{"Sở A", "2023-02-01", "2023-02-05", "2023-02-03", "Loại một", "Trực tuyến", "x", "Nam", "5"} {
			row = append(row, &x)
		}
		rows = append(rows, row)
	}
	s.load(t, "hoso.list", rows)
	score := func() string {
		_, stdout, stderr := parcheckHere("score", "--plan", plan, "--as-of", "2024-02-01", "-f", "json", "--bind", bind, "--source", "env:DB")
		if stdout == "" {
			t.Fatal(stderr)
		}
		return stdout
	}
	without := score()
	if !strings.Contains(without, string(diag.OddID)) || strings.Contains(without, `"index"`) {
		t.Errorf("without an index: %s", without)
	}
	for _, test := range []struct {
		index  string
		proves bool
	}{
		{"CREATE INDEX of_id ON hoso.list (id)", false},
		{"CREATE UNIQUE INDEX of_id ON hoso.list (id) WHERE kind = 'Loại một'", false},
		{"CREATE UNIQUE INDEX of_id ON hoso.list (id, unit)", false},
		{"CREATE UNIQUE INDEX of_id ON hoso.list (lower(id), id)", false},
		{"CREATE UNIQUE INDEX of_id ON hoso.list (id)", true},
		{"CREATE TABLE hoso.more () INHERITS (hoso.list); CREATE UNIQUE INDEX of_id ON hoso.list (id)", false},
	} {
		s.exec(t, test.index)
		with := score()
		if got := strings.Contains(with, `"index": "of_id"`); got != test.proves {
			t.Errorf("%s proves: %v", test.index, got)
		}
		if d := cmp.Diff(withoutEvidence(t, without), withoutEvidence(t, with)); d != "" {
			t.Errorf("%s: -without +with\n%s", test.index, d)
		}
		s.exec(t, "DROP INDEX hoso.of_id")
	}
}

// TestSpellingsThatMeanNoChoice tells those of the sample in the one statement, and
// asks once more only where there are rare ones.
func TestSpellingsThatMeanNoChoice(t *testing.T) {
	s := startServers(t, 1)[0]
	dir := t.TempDir()
	plan, bind := writeText(t, dir, "plan.yaml", listPlan), writeText(t, dir, "bindings.yaml", listBindings)
	t.Setenv("DB", s.address("postgres"))
	s.exec(t, listTable+`INSERT INTO hoso.list (id, unit, received, kind, way, who)
		SELECT 'HS ' || g, 'Sở A', '2023-02-03', 'Loại một', CASE WHEN g < 3 THEN 'Bưu chính' ELSE 'Trực tuyến' END, 'X' FROM generate_series(1, 20) g`)
	for _, test := range []struct {
		rare  string
		asked bool
		wrong []string
	}{
		{"", false, []string{"2 records with “Bưu chính”"}},
		{"UPDATE hoso.list SET way = 'Mức 4' WHERE id = 'HS 9'", true, []string{"2 records with “Bưu chính”", "1 record with “Mức 4”"}},
	} {
		if test.rare != "" {
			s.exec(t, test.rare)
		}
		_, stdout, stderr := parcheckHere("score", "--plan", plan, "--as-of", "2024-02-01", "--lang", "en", "-f", "json", "--bind", bind, "--source", "env:DB")
		var doc report.Document
		if err := json.Unmarshal([]byte(stdout), &doc); err != nil {
			t.Fatalf("%v: %s", err, stderr)
		}
		if asked := doc.Queries[0].Odd != nil; asked != test.asked {
			t.Errorf("%q: asked once more: %v", test.rare, asked)
		}
		for _, wrong := range test.wrong {
			if !strings.Contains(stdout, strings.NewReplacer("“", `\"`, "”", `\"`).Replace(wrong)) {
				t.Errorf("%q: no %s in %s", test.rare, wrong, stdout)
			}
		}
	}
}

// withoutEvidence is a document without what each database was asked.
func withoutEvidence(t *testing.T, data string) string {
	t.Helper()
	var doc map[string]any
	if err := json.Unmarshal([]byte(data), &doc); err != nil {
		t.Fatal(err)
	}
	delete(doc, "queries")
	out, _ := json.MarshalIndent(doc, "", " ")
	return string(out)
}
