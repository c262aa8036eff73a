package plan

import (
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/term"
)

// Suite is a file of tests.
type Suite struct {
	Plan  *Plan // that the cases are of; nil: the file names none, and none was given
	Tests []Test
}

// Test is a case that a plan must decide: the facts of a unit, and what the
// targets then are.
type Test struct {
	Name   string
	Level  string // of the unit
	Unit   string // roster id; empty: a unit that no target names
	Period Period // that is reported on; zero: that of the plan
	AsOf   date.Date
	Params []TestParam
	File   string       // a workbook beside the file of tests, which gives the facts; empty: Facts do
	Facts  []TestFact   // in the order of the file
	Others [][]TestFact // the facts of the other units of its group
	Below  []TestUnit   // the units that stand below it
	Expect []Expectation
	Areas  []ExpectedArea
	Total  ExpectedScore
	Grade  string // id; empty: any
	Pos    diag.Pos
}

// TestUnit is a unit below another one, whose results are rolled up.
type TestUnit struct {
	Level string
	Unit  string     // roster id; empty: a unit that no target names
	Facts []TestFact // none: it handed in nothing itself
	Below []TestUnit
	Pos   diag.Pos
}

// ExpectedArea is what a test expects of the targets of an area.
type ExpectedArea struct {
	Area string
	ExpectedScore
}

// TestParam is the value that a test gives to a param of the plan.
type TestParam struct {
	ID    string
	Value number.Exact
	Day   bool // Value is the number of a day
	Pos   diag.Pos
}

// TestFact is a fact that a test gives; one that it does not give is missing.
type TestFact struct {
	ID      string
	State   string       // "reported", "missing" or "invalid"
	Value   number.Exact // unless a choice; 0..1 for a share
	Percent bool         // Value was written with a percent sign
	Day     bool         // Value is the number of a day
	Choice  string
	Pos     diag.Pos
}

// Expectation is what a test expects of a target.
type Expectation struct {
	Target  string
	Outcome string // "met", "missed", ...; empty: any
	Points  ExpectedFigure
	Value   ExpectedFigure // of the measure; 0..1 for a share
	Pos     diag.Pos
}

// ExpectedScore is what a test expects of all targets together.
type ExpectedScore struct {
	Points ExpectedFigure // earned
	Max    ExpectedFigure // that could be earned
	Share  ExpectedFigure // Points / Max, 0..1
	Pos    diag.Pos
}

// any reports whether every score will do.
func (s *ExpectedScore) any() bool {
	return s.Points.Written == "" && s.Max.Written == "" && s.Share.Written == ""
}

// ExpectedFigure is a figure that a test expects. The zero value fits any.
type ExpectedFigure struct {
	Value   number.Exact
	Written string // as in the file: "5.22"; empty: nothing is expected
	Printed bool   // Value is rounded to the decimals that it is written with
}

// Fits reports whether a figure is the one that is expected: exactly, or when
// it is printed with as many decimals, whichever way it was rounded.
func (e ExpectedFigure) Fits(x number.Exact) bool {
	if e.Written == "" || !e.Printed {
		return e.Written == "" || x.Equal(e.Value)
	}
	_, behind, _ := strings.Cut(strings.TrimSuffix(e.Written, "%"), ".")
	decimals := len(behind)
	if strings.HasSuffix(e.Written, "%") {
		decimals += 2
	}
	low, high := number.Interval(e.Value, decimals)
	return x.Cmp(low) >= 0 && x.Cmp(high) <= 0
}

// testOutcomes are the outcomes that a test can expect.
var testOutcomes = []string{"met", "missed", "missing", "pending", "not_applicable", "invalid", "tracked"}

// testStates are the words that stand for a fact without a value.
var testStates = []string{"missing", "invalid"}

// ParseTests reads a file of tests; the mistakes are as in Parse. They are of
// the plan that is given, or else of the one that the file names, which beside
// finds, and whose mistakes are among those returned. Without a plan, names and
// kinds are not checked.
func ParseTests(file string, data []byte, p *Plan, beside Beside) (*Suite, diag.List) {
	r := newReader(file)
	r.beside = beside
	return r.testFile(data, p), r.mistakes()
}

func (r *reader) testFile(data []byte, p *Plan) *Suite {
	root := r.document(data)
	if root == nil {
		return nil
	}
	s := &Suite{Plan: p}
	var name string
	s.yaml(&name).read(r, root)
	if name != "" && p == nil && r.beside != nil {
		s.Plan = r.planNamed(name, r.at(&name))
	}
	r.checkTests(s.Tests, s.Plan)
	return s
}

// yaml reads the cases, and the name of their plan.
func (s *Suite) yaml(name *string) value {
	return mapping(s, TestFile.Title(), func() []key {
		return []key{
			optional("plan", word(name), "the plan that the cases are of: a file beside this one, or the id of a built-in plan", "kế hoạch được kiểm thử: tệp đặt cạnh, hoặc mã của kế hoạch có sẵn"),
			required("tests", list(&s.Tests, (*Test).yaml), "the cases", "các ca kiểm thử"),
		}
	})
}

// planNamed reads the plan that a file of tests is of; nil when it has errors,
// which are told.
func (r *reader) planNamed(name string, pos diag.Pos) *Plan {
	file, data, err := r.beside(r.file, name)
	if err != nil {
		r.fail(diag.PlanName, pos, lang.F("%v", "%v", err))
		return nil
	}
	p, found := ParseBeside(file, data, r.beside)
	if !found.HasErrors() {
		return p
	}
	r.list = append(r.list, found...)
	return nil
}

func (t *Test) yaml() value {
	return placed(&t.Pos, mapping(t, term.Test, func() []key {
		return []key{
			required("name", word(&t.Name), "what the case shows", "nội dung ca kiểm thử"),
			optional("level", word(&t.Level), "the level of the unit", "cấp của đơn vị"),
			optional("unit", id(&t.Unit), "the unit, by roster id", "đơn vị, theo mã"),
			optional("period", t.Period.yaml(), "the period that is reported on; the plan's when left out", "kỳ báo cáo; không ghi là kỳ của kế hoạch"),
			optional("as_of", day(&t.AsOf), "the day of the judgement", "ngày đánh giá"),
			optional("params", entries(&t.Params, (*TestParam).yaml), "values of params, by id", "giá trị của các tham số, theo mã"),
			optional("file", word(&t.File), "a workbook beside this file that gives the facts", "tệp bảng tính đặt cạnh tệp này, từ đó lấy số liệu"),
			optional("facts", entries(&t.Facts, (*TestFact).yaml), "the facts given, by id", "các số liệu cho trước, theo mã"),
			optional("others", list(&t.Others, otherFacts), "the facts of the other units of its group, of each a group by id", "số liệu của các đơn vị khác cùng nhóm, mỗi đơn vị một nhóm theo mã"),
			optional("below", list(&t.Below, (*TestUnit).yaml), "the units that stand below it, whose results are rolled up", "các đơn vị trực thuộc, có kết quả được tổng hợp lên"),
			optional("expect", entries(&t.Expect, (*Expectation).yaml), "what is expected, by target", "kết quả mong đợi, theo chỉ tiêu"),
			optional("areas", entries(&t.Areas, (*ExpectedArea).yaml), "what is expected of areas", "kết quả mong đợi của các lĩnh vực"),
			optional("total", t.Total.yaml(), "what is expected of all targets together", "kết quả mong đợi của toàn bộ chỉ tiêu"),
			optional("grade", word(&t.Grade), "the grade expected, by id", "mức xếp loại mong đợi, theo mã"),
		}
	}))
}

func (u *TestUnit) yaml() value {
	return placed(&u.Pos, named("unit-below", mapping(u, term.Unit, func() []key {
		return []key{
			required("level", word(&u.Level), "the level of the unit", "cấp của đơn vị"),
			optional("unit", id(&u.Unit), "the unit, by roster id", "đơn vị, theo mã"),
			optional("facts", entries(&u.Facts, (*TestFact).yaml), "the facts that it hands in, by id; without them it hands in nothing", "các số liệu đơn vị nộp, theo mã; không ghi là không nộp"),
			optional("below", list(&u.Below, (*TestUnit).yaml), "the units that stand below it", "các đơn vị trực thuộc"),
		}
	})))
}

func (q *TestParam) yaml() entry {
	return entry{word(&q.ID), &q.Pos, scalar(&q.Value, figureSchema, func(raw string) (number.Exact, *mistake) {
		x, f, m := anyFigure(raw)
		q.Day = f == dayForm
		return x, m
	})}
}

// yaml reads the points, or a group of what is expected.
func (s *ExpectedScore) yaml() value {
	return placed(&s.Pos, byKind(s, map[yaml.Kind]value{
		yaml.ScalarNode: scalar(&s.Points, amountSchema, expectedFigure(false)),
		yaml.MappingNode: mapping(s, lang.T("expected score", "điểm mong đợi"), func() []key {
			return []key{
				optional("points", s.Points.yaml(), "the points earned", "điểm đạt được"),
				optional("max", s.Max.yaml(), "the points that can be earned", "điểm tối đa"),
				optional("share", s.Share.yaml(), "the share of these", "tỷ lệ điểm"),
			}
		}),
	}))
}

// yaml reads a figure: 5.22, or {printed: 5.22} for one that is published with
// so many decimals.
func (e *ExpectedFigure) yaml() value {
	return named("figure", byKind(e, map[yaml.Kind]value{
		yaml.ScalarNode: scalar(e, figureSchema, expectedFigure(false)),
		yaml.MappingNode: mapping(e, lang.T("expected figure", "số mong đợi"), func() []key {
			return []key{required("printed", scalar(e, amountSchema, expectedFigure(true)), "the figure as it is published, rounded to its decimals", "số như đã công bố, làm tròn theo số chữ số thập phân đã ghi")}
		}),
	}))
}

// yaml reads a number, a choice, or a word for a fact without a value. Which of
// these it is depends on the fact, so that checkTests looks at it again.
func (f *TestFact) yaml() entry {
	return entry{word(&f.ID), &f.Pos, scalar(f, wordSchema, func(raw string) (TestFact, *mistake) {
		g := TestFact{ID: f.ID, State: "reported", Pos: f.Pos}
		x, written, m := anyFigure(raw)
		switch {
		case written == dayForm && m != nil:
			return g, m
		case m == nil:
			g.Value, g.Percent, g.Day = x, written == percentForm, written == dayForm
		case slices.Contains(testStates, raw):
			g.State = raw
		default:
			g.Choice = raw
		}
		return g, nil
	})}
}

func (e *Expectation) yaml() entry {
	outcome := outcomeName(&e.Outcome)
	return entry{word(&e.Target), &e.Pos, byKind(e, map[yaml.Kind]value{
		yaml.ScalarNode: outcome,
		yaml.MappingNode: mapping(e, lang.T("expectation", "kết quả mong đợi"), func() []key {
			return []key{
				optional("outcome", outcome, "the outcome", "kết quả"),
				optional("points", e.Points.yaml(), "the points", "điểm"),
				optional("value", e.Value.yaml(), "the value of the measure", "giá trị của đại lượng"),
			}
		}),
	})}
}

func expectedFigure(printed bool) func(raw string) (ExpectedFigure, *mistake) {
	return func(raw string) (ExpectedFigure, *mistake) {
		x, _, m := anyFigure(raw)
		return ExpectedFigure{x, raw, printed}, m
	}
}

func outcomeName(into *string) value {
	return scalar(into, schema{"enum": testOutcomes}, func(raw string) (string, *mistake) {
		if !slices.Contains(testOutcomes, raw) {
			return "", wrong("%s is no outcome%s", "%s không phải kết quả%s", quoted(raw), choices(raw, testOutcomes))
		}
		return raw, nil
	})
}

func (a *ExpectedArea) yaml() entry { return entry{word(&a.Area), &a.Pos, a.ExpectedScore.yaml()} }

// checkTests checks the names of tests, and that the facts given are of their
// kinds.
func (r *reader) checkTests(tests []Test, p *Plan) {
	var names []*string
	for i := range tests {
		names = append(names, &tests[i].Name)
	}
	r.unique(term.Test, names)
	for i := range tests {
		t := &tests[i]
		if t.Expect == nil && t.Areas == nil && t.Total.any() && t.Grade == "" && r.sound(&t.Expect, &t.Areas, &t.Total) {
			r.fail(diag.PlanKey, t.Pos, lang.T(`the test expects nothing: give "expect", "areas", "total" or "grade"`,
				`ca kiểm thử chưa có kết quả mong đợi: hãy ghi "expect", "areas", "total" hoặc "grade"`))
		}
		if t.File != "" && len(t.Facts) > 0 {
			r.fail(diag.PlanKey, t.Pos, lang.F("the test %q has both \"file\" and \"facts\": want one of them", "ca kiểm thử %q có cả \"file\" và \"facts\": chỉ dùng một", t.Name))
		}
		if t.File != "" && len(t.Below) > 0 {
			r.fail(diag.PlanKey, t.Pos, lang.F("the test %q has both \"file\" and \"below\": want \"facts\" for what the unit hands in itself", "ca kiểm thử %q có cả \"file\" và \"below\": cần \"facts\" cho số liệu đơn vị tự nộp", t.Name))
		}
	}
	if p == nil {
		return
	}
	c := newChecker(r, p)
	areas := idsOf(p.Areas, func(a *Area) string { return a.ID })
	params := idsOf(p.Params, func(q *Param) string { return q.ID })
	targets := idsOf(p.Targets, func(t *Target) string { return t.ID })
	for i := range tests {
		t := &tests[i]
		c.known(&t.Level, nounLevel, c.levels)
		for j := range t.Params {
			c.known(&t.Params[j].ID, nounParam, params)
		}
		for _, facts := range append(t.Others, t.Facts) {
			for j := range facts {
				c.testFact(&facts[j])
			}
		}
		c.unitsBelow(t)
		for j := range t.Areas {
			c.known(&t.Areas[j].Area, nounArea, areas)
		}
		for j := range t.Expect {
			c.known(&t.Expect[j].Target, nounTarget, targets)
		}
	}
}

// unitsBelow checks the units below that of a test.
func (c *checker) unitsBelow(t *Test) {
	if len(t.Below) > 0 && !c.plan.RollsUp() {
		c.fail(diag.PlanKey, c.at(&t.Below), lang.F("no target of the plan %s is rolled up: want \"rollup\" in its targets or defaults", "kế hoạch %s không có chỉ tiêu nào được tổng hợp: cần \"rollup\" trong chỉ tiêu hoặc defaults", c.plan.ID))
	}
	ids := []*string{&t.Unit}
	var check func([]TestUnit)
	check = func(units []TestUnit) {
		for i := range units {
			u := &units[i]
			c.known(&u.Level, nounLevel, c.levels)
			for j := range u.Facts {
				c.testFact(&u.Facts[j])
			}
			ids = append(ids, &u.Unit)
			check(u.Below)
		}
	}
	check(t.Below)
	c.unique(term.Unit, slices.DeleteFunc(ids, func(id *string) bool { return *id == "" }))
}

// testFact checks a fact that is given as if it were a goal: to be just that.
func (c *checker) testFact(f *TestFact) {
	if !c.known(&f.ID, nounFact, c.facts) || !c.sound(f) || f.State != "reported" {
		return
	}
	g := Goal{Cmp: Is, Choice: f.Choice, Pos: c.at(f)}
	if f.Choice == "" {
		g.Bounds = []Amount{{Op: Literal, Value: f.Value, Percent: f.Percent, Day: f.Day, Pos: g.Pos}}
	}
	c.goal(&g, c.ofFact(f.ID))
}

// otherFacts reads the facts of another unit.
func otherFacts(facts *[]TestFact) value { return entries(facts, (*TestFact).yaml) }

// YAML writes tests as a file of them has them: name, unit, day, facts and the
// outcomes that are expected. name is the plan that they are of.
func (s *Suite) YAML(name string) []byte {
	b := fmt.Appendf(nil, "plan: %s\ntests:\n", Quote(name))
	for i := range s.Tests {
		t := &s.Tests[i]
		b = fmt.Appendf(b, "  - name: %s\n", Quote(t.Name))
		if t.Level != "" {
			b = fmt.Appendf(b, "    level: %s\n", t.Level)
		}
		if t.Unit != "" {
			b = fmt.Appendf(b, "    unit: %s\n", t.Unit)
		}
		b = fmt.Appendf(b, "    as_of: %s\n    facts: %s\n", t.AsOf, writtenFacts(t.Facts))
		for j, facts := range t.Others {
			if j == 0 {
				b = append(b, "    others:\n"...)
			}
			b = fmt.Appendf(b, "      - %s\n", writtenFacts(facts))
		}
		b = append(b, "    expect: {"...)
		for j, e := range t.Expect {
			if j > 0 {
				b = append(b, ", "...)
			}
			b = fmt.Appendf(b, "%s: %s", e.Target, e.Outcome)
		}
		b = append(b, "}\n"...)
	}
	return b
}

func writtenFacts(facts []TestFact) string {
	all := make([]string, len(facts))
	for i := range facts {
		all[i] = facts[i].ID + ": " + facts[i].written()
	}
	return "{" + strings.Join(all, ", ") + "}"
}

// written is a fact as a file of tests has it.
func (f *TestFact) written() string {
	switch {
	case f.Choice != "":
		return f.Choice
	case f.State != "reported":
		return f.State
	}
	return formOf(f.Percent, f.Day).write(f.Value)
}
