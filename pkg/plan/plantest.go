package plan

import (
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// Test is a case that a plan must decide: the facts of a unit, and what the
// targets then are.
type Test struct {
	Name   string
	Level  string // of the unit
	Unit   string // roster id; empty: a unit that no target names
	Period Period // that is reported on; zero: that of the plan
	AsOf   date.Date
	Facts  []TestFact // in the order of the file
	Expect []Expectation
	Areas  []AreaPoints  // what areas come to
	Total  *number.Exact // the points of the whole card; nil: any
	Pos    diag.Pos
}

// AreaPoints is how many points a test expects of an area.
type AreaPoints struct {
	Area   string
	Points number.Exact
	Pos    diag.Pos
}

// TestFact is a fact that a test gives; one that it does not give is missing.
type TestFact struct {
	ID      string
	State   string       // "reported", "missing" or "invalid"
	Value   number.Exact // unless a choice; 0..1 for a share
	Percent bool         // Value was written with a percent sign
	Choice  string
	Pos     diag.Pos
}

// Expectation is what a test expects of a target.
type Expectation struct {
	Target  string
	Outcome string        // "met", "missed", ...; empty: any
	Points  *number.Exact // nil: any
	Pos     diag.Pos
}

// testOutcomes are the outcomes that a test can expect.
var testOutcomes = []string{"met", "missed", "missing", "pending", "not_applicable", "invalid", "tracked"}

// testStates are the words that stand for a fact without a value.
var testStates = []string{"missing", "invalid"}

// ParseTests reads a file of tests of a plan; the mistakes are as in Parse. A
// nil plan does not check names and kinds.
func ParseTests(file string, data []byte, p *Plan) ([]Test, diag.List) {
	r := newReader(file)
	root := r.document(data)
	if root == nil {
		return nil, r.mistakes()
	}
	var tests []Test
	mapping(&tests, lang.T("file of tests", "tệp ca kiểm thử"), func() []key {
		return []key{required("tests", list(&tests, (*Test).yaml), "the cases", "các ca kiểm thử")}
	}).read(r, root)
	r.checkTests(tests, p)
	return tests, r.mistakes()
}

func (t *Test) yaml() value {
	return placed(&t.Pos, mapping(t, lang.T("test", "ca kiểm thử"), func() []key {
		return []key{
			required("name", word(&t.Name), "what the case shows", "nội dung ca kiểm thử"),
			optional("level", word(&t.Level), "the level of the unit", "cấp của đơn vị"),
			optional("unit", id(&t.Unit), "the unit, by roster id", "đơn vị, theo mã"),
			optional("period", t.Period.yaml(), "the period that is reported on; the plan's when left out", "kỳ báo cáo; không ghi là kỳ của kế hoạch"),
			optional("as_of", day(&t.AsOf), "the day of the judgement", "ngày đánh giá"),
			optional("facts", entries(&t.Facts, (*TestFact).yaml), "the facts given, by id", "các số liệu cho trước, theo mã"),
			optional("expect", entries(&t.Expect, (*Expectation).yaml), "what is expected, by target", "kết quả mong đợi, theo chỉ tiêu"),
			optional("areas", entries(&t.Areas, (*AreaPoints).yaml), "the points expected of areas", "điểm mong đợi của các lĩnh vực"),
			optional("total", exactly(&t.Total), "the points expected in all", "tổng điểm mong đợi"),
		}
	}))
}

// yaml reads a number, a choice, or a word for a fact without a value. Which of
// these it is depends on the fact, so that checkTests looks at it again.
func (f *TestFact) yaml() entry {
	return entry{word(&f.ID), &f.Pos, scalar(f, amountSchema, func(raw string) (TestFact, *mistake) {
		g := TestFact{ID: f.ID, State: "reported", Pos: f.Pos}
		x, percent, m := figure(raw)
		switch {
		case m == nil:
			g.Value, g.Percent = x, percent
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
				optional("points", exactly(&e.Points), "the points", "điểm"),
			}
		}),
	})}
}

func outcomeName(into *string) value {
	return scalar(into, schema{"enum": testOutcomes}, func(raw string) (string, *mistake) {
		if !slices.Contains(testOutcomes, raw) {
			return "", wrong("%s is no outcome%s", "%s không phải kết quả%s", quoted(raw), choices(raw, testOutcomes))
		}
		return raw, nil
	})
}

func (a *AreaPoints) yaml() entry {
	return entry{word(&a.Area), &a.Pos, signed(&a.Points)}
}

// exactly reads points that are expected; deductions are below 0.
func exactly(into **number.Exact) value {
	var x number.Exact
	v := signed(&x)
	parse := v.parse
	v.into, v.parse = into, func(r *reader, n *yaml.Node) bool {
		if !parse(r, n) {
			return false
		}
		*into = &x
		return true
	}
	return v
}

// checkTests checks the names of tests, and that the facts given are of their
// kinds.
func (r *reader) checkTests(tests []Test, p *Plan) {
	var names []*string
	for i := range tests {
		names = append(names, &tests[i].Name)
	}
	r.unique(lang.T("test", "ca kiểm thử"), names)
	if p == nil {
		return
	}
	c := newChecker(r, p)
	targets := idsOf(p.Targets, func(t *Target) string { return t.ID })
	for i := range tests {
		t := &tests[i]
		c.known(&t.Level, nounLevel, c.levels)
		for j := range t.Facts {
			c.testFact(&t.Facts[j])
		}
		if t.Expect == nil && t.Areas == nil && t.Total == nil && c.sound(&t.Expect, &t.Areas, &t.Total) {
			c.fail(diag.PlanKey, t.Pos, lang.T(`the test expects nothing: give "expect", "areas" or "total"`,
				`ca kiểm thử chưa có kết quả mong đợi: hãy ghi "expect", "areas" hoặc "total"`))
		}
		for j := range t.Areas {
			c.known(&t.Areas[j].Area, nounArea, idsOf(p.Areas, func(a *Area) string { return a.ID }))
		}
		for j := range t.Expect {
			c.known(&t.Expect[j].Target, nounTarget, targets)
		}
	}
}

// testFact checks a fact that is given as if it were a goal: to be just that.
func (c *checker) testFact(f *TestFact) {
	if !c.known(&f.ID, nounFact, c.facts) || !c.sound(f) || f.State != "reported" {
		return
	}
	g := Goal{Cmp: Is, Choice: f.Choice, Pos: c.at(f)}
	if f.Choice == "" {
		g.Bounds = []Amount{{Op: Literal, Value: f.Value, Percent: f.Percent, Pos: g.Pos}}
	}
	c.goal(&g, c.ofFact(f.ID))
}
