package plan

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/term"
)

// SourceOp is the kind of a source: how it gives its figure.
type SourceOp uint8

// The kinds of sources. Each has its row in sources, and pkg/fact reads it.
const (
	CellSource       SourceOp = iota // one cell of a form or a cross-table
	TotalSource                      // the total row of a cross-table, checked against its details
	CountSource                      // records of a list
	SumSource                        // a column of a list
	DistinctSource                   // different values in a column of a list
	MeanSource                       // of the numbers in a column of a list
	LeastSource                      // of the numbers in a column of a list
	MostSource                       // of the numbers in a column of a list
	AddSource                        // other facts added
	SubtractSource                   // the first fact less the others
	DaysSource                       // the days from one day to a later one
	PreviousSource                   // a figure of an earlier result of the same unit
	SubmissionSource                 // the day on which the submission came
	RosterSource                     // the day by which the unit has to submit
)

// basis is what a source takes its figure from.
type basis uint8

const (
	ofTable  basis = iota // a table of the submission
	ofFacts               // other facts
	ofResult              // an earlier result
	ofDay                 // a day that is known beside the submission
	ofDays                // two days
)

// sourceKind is what a plan knows of a kind of source.
type sourceKind struct {
	name   string // its key in a plan
	vi     string // stands before what the figure is taken from, or for all of it
	basis  basis
	shapes []Shape    // of the tables that it reads
	gives  []FactKind // what it may be the source of
	day    string     // stands behind the name, of a day
	means  lang.Text  // what stands behind the name
	keys   []string   // the other keys; ? marks those that may be left out
}

// columnKeys are the keys of what is made of a column of a list.
var columnKeys = []string{"column", "during?", "over?", "where?"}

// sources has a row for each kind of source.
var sources = [...]sourceKind{
	CellSource: {name: "cell", vi: "ô của bảng", basis: ofTable, shapes: []Shape{Form, Cross},
		gives: []FactKind{CountFact, AmountFact, ShareFact, RankFact, ChoiceFact, DateFact},
		means: lang.T("the form or cross-table of one cell", "bảng có ô chứa số"), keys: []string{"column?", "row?", "where?", "over?", "combine?"}},
	TotalSource: {name: "total", vi: "dòng tổng của bảng", basis: ofTable, shapes: []Shape{Cross},
		gives: []FactKind{CountFact, AmountFact},
		means: lang.T("the cross-table of a total", "bảng có dòng tổng"), keys: []string{"column", "over?", "combine?"}},
	CountSource: {name: "count", vi: "đếm trong bảng", basis: ofTable, shapes: []Shape{List},
		gives: []FactKind{CountFact},
		means: lang.T("the list whose records are counted", "danh sách cần đếm"), keys: []string{"during?", "over?", "where?"}},
	SumSource: {name: "sum", vi: "cộng cột của bảng", basis: ofTable, shapes: []Shape{List},
		gives: []FactKind{CountFact, AmountFact},
		means: lang.T("the list whose column is added up", "danh sách cần cộng"), keys: columnKeys},
	DistinctSource: {name: "distinct", vi: "đếm giá trị khác nhau trong bảng", basis: ofTable, shapes: []Shape{List},
		gives: []FactKind{CountFact},
		means: lang.T("the list in which different values of a column are counted", "danh sách có cột cần đếm giá trị khác nhau"), keys: columnKeys},
	MeanSource: {name: "mean", vi: "trung bình cột của bảng", basis: ofTable, shapes: []Shape{List},
		gives: []FactKind{AmountFact, ShareFact},
		means: lang.T("the list with the numbers whose mean it is", "danh sách có cột cần lấy trung bình"), keys: columnKeys},
	LeastSource: {name: "least", vi: "nhỏ nhất ở cột của bảng", basis: ofTable, shapes: []Shape{List},
		gives: []FactKind{CountFact, AmountFact, ShareFact, DateFact},
		means: lang.T("the list with the numbers of which it is the least", "danh sách có cột cần lấy số nhỏ nhất"), keys: columnKeys},
	MostSource: {name: "most", vi: "lớn nhất ở cột của bảng", basis: ofTable, shapes: []Shape{List},
		gives: []FactKind{CountFact, AmountFact, ShareFact, DateFact},
		means: lang.T("the list with the numbers of which it is the most", "danh sách có cột cần lấy số lớn nhất"), keys: columnKeys},
	AddSource: {name: "add", vi: "tổng của", basis: ofFacts,
		gives: []FactKind{CountFact, AmountFact},
		means: lang.T("facts that are added", "các số liệu được cộng")},
	SubtractSource: {name: "subtract", vi: "hiệu của", basis: ofFacts,
		gives: []FactKind{CountFact, AmountFact},
		means: lang.T("a fact less the others", "số liệu đầu trừ các số liệu sau")},
	DaysSource: {name: "days", vi: "số", basis: ofDays,
		gives: []FactKind{CountFact},
		means: lang.T("a fact that is a day: how many days it lies after another one, 0 where it does not", "số liệu là ngày: trễ bao nhiêu ngày so với ngày kia, không trễ là 0"), keys: []string{"after", "working?"}},
	PreviousSource: {name: "previous", vi: "kỳ trước:", basis: ofResult,
		gives: []FactKind{CountFact, AmountFact, ShareFact, RankFact},
		means: lang.T("a figure of an earlier result, given with --previous", "số liệu của kết quả kỳ trước, đưa vào bằng --previous")},
	SubmissionSource: {name: "submission", vi: "ngày nhận bản nộp", basis: ofDay, day: "received",
		gives: []FactKind{DateFact},
		means: lang.T("the day on which the submission came, given with --received or --files", "ngày nhận bản nộp, đưa vào bằng --received hoặc --files")},
	RosterSource: {name: "roster", vi: "hạn nộp trong danh sách đơn vị", basis: ofDay, day: "deadline",
		gives: []FactKind{DateFact},
		means: lang.T("the unit's deadline on the roster", "hạn nộp của đơn vị trong danh sách")},
}

// yaml reads a source, whose first key names its kind.
func (s *Source) yaml() value {
	return placed(&s.Pos, named("source", s.ofDays(oneOfNamed(s, term.Source, sourceNames, func(op int) []key {
		kind := &sources[op]
		keys := []key{required(kind.name, setting(&s.Op, SourceOp(op), s.origin(kind)), kind.means.In(lang.EN), kind.means.In(lang.VI))}
		for _, name := range kind.keys {
			keys = append(keys, s.key(name))
		}
		return keys
	}))))
}

// ofDays notes the facts that a number of days is made of.
func (s *Source) ofDays(v value) value {
	parse := v.parse
	v.parse = func(r *reader, n *yaml.Node) bool {
		ok := parse(r, n)
		if s.Op == DaysSource && ok {
			s.Facts = s.Between.parts()
		}
		return ok
	}
	return v
}

// origin reads what stands behind the name of a kind.
func (s *Source) origin(kind *sourceKind) value {
	switch kind.basis {
	case ofFacts:
		return distinct(&s.Facts, 2, factID)
	case ofResult:
		return s.Earlier.yaml()
	case ofDay:
		return only(s, kind.day)
	case ofDays:
		return word(&s.Between.Day)
	case ofTable:
	}
	return word(&s.Table)
}

// sourceNames are the keys of the kinds.
var sourceNames = func() names[SourceOp] {
	list := make(names[SourceOp], len(sources))
	for op := range sources {
		list[op] = sources[op].name
	}
	return list
}()

// String returns the kind as plans write it.
func (o SourceOp) String() string { return sourceNames.of(o) }

// OfRecords reports whether a source is made of the records of a list.
func (o SourceOp) OfRecords() bool { return slices.Contains(sources[o].shapes, List) }

// OfNumbers reports whether a source is computed from the numbers in a column
// of a list.
func (o SourceOp) OfNumbers() bool { return o.OfRecords() && o != CountSource && o != DistinctSource }

// OfColumn reports whether a source is computed from a column of a list and
// cannot be added up over several lists: different values, the mean, the least
// or the most.
func (o SourceOp) OfColumn() bool { return o.OfRecords() && o != CountSource && o != SumSource }

// LooksAt reports whether a condition of the source looks at a column.
func (s *Source) LooksAt(column string) bool {
	return slices.ContainsFunc(s.Where, func(w Condition) bool { return slices.Contains(w.Columns(), column) })
}

// sourcesOf lists the kinds of sources that give a kind of fact.
func sourcesOf(kind FactKind) []string {
	var list []string
	for i := range sources {
		if slices.Contains(sources[i].gives, kind) {
			list = append(list, sources[i].name)
		}
	}
	return list
}

// key is one of the optional keys of sources in tables.
func (s *Source) key(name string) key {
	switch name {
	case "column":
		return required("column", word(&s.Column), "the column of the figure", "cột chứa số")
	case "column?":
		return optional("column", word(&s.Column), "the column of the figure; needed where several could be meant", "cột chứa số; cần ghi khi có nhiều cột có thể dùng")
	case "row?":
		return optional("row", s.row(), "the labels of the row, by column", "nhãn của dòng, theo cột")
	case "during?":
		return optional("during", word(&s.During), "the date column that must lie in the period", "cột ngày phải nằm trong kỳ")
	case "after":
		return required("after", s.Between.after(), "the day after which days count: a fact, or 2026-03-15", "ngày bắt đầu tính: số liệu, hoặc 2026-03-15")
	case "working?":
		return optional("working", truth(&s.Between.Working), "working days are counted", "chỉ tính ngày làm việc")
	case "over?":
		return s.over()
	case "combine?":
		return s.combine()
	}
	return optional("where", whereAll(&s.Where), "which records or rows count, by column", "điều kiện chọn hồ sơ hoặc dòng, theo cột")
}

// Words name how a source gets its figure, and from where, in English as the
// plan file has it.
func (s *Source) Words(p *Plan) lang.Text {
	kind := &sources[s.Op]
	var of lang.Text
	switch kind.basis {
	case ofTable:
		if t := p.FindTable(s.Table); t != nil {
			of = lang.F("%[1]s%[3]s", "%[2]s%[3]s", t.ID, t.Title.In(lang.VI), s.timeWords())
		}
	case ofFacts:
		of = lang.Same(strings.Join(s.Facts, ", "))
	case ofResult:
		of = lang.Same(s.Earlier.String())
	case ofDay:
		return lang.T(kind.name+" "+kind.day, kind.vi)
	case ofDays:
		return s.daysWords(p)
	}
	return lang.F("%[1]s %[3]s", "%[2]s %[3]s", kind.name, kind.vi, of)
}
