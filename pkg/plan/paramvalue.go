package plan

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// AssignedValue is one value of a param, and for whom and when it holds.
type AssignedValue struct {
	Unit    string    // a unit by its roster id or its name; empty: any
	Level   string    // a level; empty: any
	Period  string    // a part of a year, "q1"; empty: any period
	From    date.Date // the first day on which it holds; zero: always
	Value   number.Exact
	Percent bool
	Day     bool // Value is the number of a day
	Pos     diag.Pos
}

// Case is what decides between the values of a param.
type Case struct {
	Unit, UnitName string // roster id, and name
	Level          string
	Period         Period
}

// Settled returns the plan as it stands for a case: of each param with several
// values the one that holds. A value for the unit goes before one for its level,
// that before one for the period, and of two such the later one. It is the plan
// itself when no param has several.
func (p *Plan) Settled(c Case) *Plan {
	if !p.Varies() {
		return p
	}
	c.Unit, c.UnitName = label.Key(c.Unit), label.Key(c.UnitName)
	settled := *p
	settled.Params = slices.Clone(p.Params)
	for i := range settled.Params {
		q := &settled.Params[i]
		if v := q.valueFor(c); v != nil {
			q.Value, q.Percent, q.Day, q.Chosen = &v.Value, v.Percent, v.Day, v
		}
		q.Values = nil
	}
	settled.settlePoints()
	return &settled
}

// Varies reports whether a param has several values.
func (p *Plan) Varies() bool {
	return slices.ContainsFunc(p.Params, func(q Param) bool { return len(q.Values) > 0 })
}

// valueFor returns the value that holds for a case, or nil. The unit's names are
// folded in the case.
func (q *Param) valueFor(c Case) *AssignedValue {
	var best *AssignedValue
	for i := range q.Values {
		v := &q.Values[i]
		if v.holds(c) && (best == nil || best.before(v)) {
			best = v
		}
	}
	return best
}

func (v *AssignedValue) holds(c Case) bool {
	name := label.Key(v.Unit)
	return (name == "" || name == c.Unit || name == c.UnitName) &&
		(v.Level == "" || v.Level == c.Level) &&
		(v.Period == "" || c.Period.is(v.Period)) &&
		!c.Period.To.Before(v.From)
}

// is reports whether a period is a part of its year.
func (p Period) is(key string) bool {
	part, ok := p.Part(key)
	return ok && part == p
}

// rank is how closely a value says for whom and for which period it is.
func (v *AssignedValue) rank() int {
	rank := 0
	for i, said := range []string{v.Period, v.Level, v.Unit} {
		if said != "" {
			rank += 1 << i
		}
	}
	return rank
}

// before reports whether another value goes before v.
func (v *AssignedValue) before(w *AssignedValue) bool {
	if v.rank() != w.rank() {
		return v.rank() < w.rank()
	}
	return v.From.Before(w.From)
}

// Words say for whom and when a value holds.
func (v *AssignedValue) Words() lang.Text {
	var parts []lang.Text
	add := func(said bool, t lang.Text) {
		if said {
			parts = append(parts, t)
		}
	}
	add(v.Unit != "", lang.F("for %s", "cho %s", v.Unit))
	add(v.Level != "", lang.F("for the level %s", "cho cấp %s", v.Level))
	if v.Period != "" {
		add(true, lang.F("for %s", "cho %s", partWords(v.Period)))
	}
	add(!v.From.IsZero(), lang.F("from %s", "từ ngày %s", v.From.Shown()))
	return lang.Join(parts, ", ")
}

// Name is what a param is called.
func (q *Param) Name() lang.Text {
	if q.Title.IsZero() {
		return lang.Same(q.ID)
	}
	return q.Title
}

// Shown prints the value.
func (v *AssignedValue) Shown() lang.Text { return formOf(v.Percent, v.Day).shown(v.Value) }

// Shown prints a param's value.
func (q *Param) Shown() lang.Text {
	if q.Value == nil {
		return lang.Same("?")
	}
	return formOf(q.Percent, q.Day).shown(*q.Value)
}

func (v *AssignedValue) yaml() value {
	return placed(&v.Pos, mapping(v, lang.T("value of the param", "giá trị của tham số"), func() []key {
		return []key{
			optional("unit", word(&v.Unit), "the unit, by roster id or name; any when left out", "đơn vị, theo mã hoặc tên; không ghi là mọi đơn vị"),
			optional("level", word(&v.Level), "the level, by id; any when left out", "cấp, theo mã; không ghi là mọi cấp"),
			optional("period", partOfYear(&v.Period), "the part of a year that is reported on: q1, h1, 9m", "kỳ báo cáo trong năm: q1, h1, 9m"),
			optional("from", day(&v.From), "the first day on which it holds", "ngày bắt đầu áp dụng"),
			required("value", v.figure(), "the value", "giá trị"),
		}
	}))
}

func (v *AssignedValue) figure() value {
	return doubted(scalar(&v.Value, figureSchema, func(raw string) (number.Exact, *mistake) {
		x, f, m := anyFigure(raw)
		v.Percent, v.Day = f == percentForm, f == dayForm
		return x, m
	}), thousands)
}

// valueFile reads the values of a param from a CSV file beside the plan.
func (q *Param) valueFile() value {
	var name string
	v := word(&name)
	parse := v.parse
	v.parse = func(r *reader, n *yaml.Node) bool {
		if !parse(r, n) {
			return false
		}
		data, file, ok := r.named(n, new([]string), 1)
		if !ok {
			return false
		}
		r.contents = append(r.contents, digest(data))
		was := r.file
		r.file = file
		defer func() { r.file = was }()
		rows, ok := r.valueRows(data)
		r.fromFiles[q] = rows
		return ok
	}
	return v
}

// valueHeaders are how the header of a file of values may call its columns.
var valueHeaders = map[string][]string{
	"unit":   {"unit", "đơn vị"},
	"level":  {"level", "cấp"},
	"period": {"period", "kỳ"},
	"from":   {"from", "từ ngày"},
	"value":  {"value", "giá trị", "mức giao"},
}

var valueColumns = []string{"unit", "level", "period", "from", "value"}

// valueRows reads the rows of a CSV file as if each were a group of keys.
func (r *reader) valueRows(data []byte) (values []AssignedValue, ok bool) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	rows := csv.NewReader(bytes.NewReader(data))
	if line, _, _ := bytes.Cut(data, []byte("\n")); bytes.Contains(line, []byte(";")) {
		rows.Comma = ';'
	}
	header, err := rows.Read()
	if err != nil {
		r.fail(diag.PlanSyntax, diag.InFile(r.file), lang.T("the file of values is empty", "tệp giá trị rỗng"))
		return nil, false
	}
	keys, ok := r.valueHeader(header)
	for ok {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return values, true
		}
		if err != nil {
			at := diag.InFile(r.file)
			if bad := new(csv.ParseError); errors.As(err, &bad) {
				at.Line, at.Col = bad.Line, bad.Column
			}
			r.fail(diag.PlanSyntax, at, lang.T("the row has not as many fields as the header, or a quote is not closed",
				"dòng này không đủ số ô như dòng tiêu đề, hoặc dấu ngoặc kép chưa đóng"))
			return nil, false
		}
		ok = r.valueRow(rows, keys, row, &values)
	}
	return nil, false
}

// valueHeader returns the keys that columns stand for.
func (r *reader) valueHeader(header []string) (keys []string, ok bool) {
	ok = true
	for i, name := range header {
		at := slices.IndexFunc(valueColumns, func(k string) bool {
			return slices.ContainsFunc(valueHeaders[k], func(s string) bool { return label.Key(s) == label.Key(name) })
		})
		if at < 0 {
			r.fail(diag.PlanKey, diag.Pos{File: r.file, Line: 1, Col: i + 1}, lang.F("the file of values has no column %s%s",
				"tệp giá trị không có cột %s%s", quoted(name), choices(name, valueColumns)))
			ok = false
			continue
		}
		keys = append(keys, valueColumns[at])
	}
	if ok && !slices.Contains(keys, "value") {
		r.fail(diag.PlanKey, diag.Pos{File: r.file, Line: 1, Col: 1}, lang.T(`the file of values has no column "value"`, `tệp giá trị thiếu cột "value"`))
		return nil, false
	}
	return keys, ok
}

func (r *reader) valueRow(rows *csv.Reader, keys, row []string, into *[]AssignedValue) bool {
	line, _ := rows.FieldPos(0)
	group := &yaml.Node{Kind: yaml.MappingNode, Line: line, Column: 1}
	for i, k := range keys {
		cell := strings.TrimSpace(row[i])
		if cell == "" {
			continue
		}
		line, col := rows.FieldPos(i)
		group.Content = append(group.Content, scalarNode(&yaml.Node{Line: line, Column: col}, k), &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: cell, Line: line, Column: col})
	}
	if len(group.Content) == 0 {
		return true
	}
	r.nodes += len(group.Content)
	if r.nodes > MaxNodes {
		r.fail(diag.PlanSyntax, r.pos(group), lang.F("more than %d keys and values: this is no plan", "hơn %d khóa và giá trị: đây không phải kế hoạch", MaxNodes))
		return false
	}
	v := new(AssignedValue)
	ok := v.yaml().read(r, group)
	*into = append(*into, *v)
	return ok
}

// paramValues checks the values of a param: levels that there are, all in
// percents or none, and no two for the same.
func (c *checker) paramValues(q *Param) {
	type holds struct {
		unit, level, period string
		from                date.Date
	}
	seen := map[holds]*AssignedValue{}
	mixed := false
	for i := range q.Values {
		v := &q.Values[i]
		if v.Level != "" && !slices.Contains(c.levels, v.Level) {
			c.fail(diag.PlanName, v.Pos, lang.F("there is no %s %s%s", "không có %s %s%s", nounLevel, quoted(v.Level), choices(v.Level, c.levels)))
		}
		if v.Day != q.Day && !mixed {
			mixed = true
			c.fail(diag.PlanValue, v.Pos, lang.F("of the values of %q some are days and some are not", "các giá trị của %q có cái là ngày, có cái không", q.ID),
				diag.Related{Pos: q.Pos, Message: lang.T("of this param", "của tham số này")})
		}
		if v.Percent != q.Percent && !mixed {
			mixed = true
			c.fail(diag.PlanValue, v.Pos, lang.F("of the values of %q some are percentages and some are not", "các giá trị của %q có cái là phần trăm, có cái không", q.ID),
				diag.Related{Pos: q.Pos, Message: lang.T("of this param", "của tham số này")})
		}
		h := holds{label.Key(v.Unit), v.Level, v.Period, v.From}
		if other := seen[h]; other != nil {
			c.fail(diag.PlanName, v.Pos, lang.T("two values are for the same unit, level, period and day", "hai giá trị cho cùng đơn vị, cấp, kỳ và ngày"),
				diag.Related{Pos: other.Pos, Message: firstHere})
		}
		seen[h] = v
	}
}

// UnknownUnits reports values of params for units that are not on a roster.
func (p *Plan) UnknownUnits(o *Roster) diag.List {
	var list diag.List
	for _, q := range p.Params {
		for _, v := range q.Values {
			if v.Unit == "" || o.Find(v.Unit) != nil {
				continue
			}
			known := idsOf(o.Units, func(u *Unit) string { return u.ID })
			list.Add(diag.PlanName, v.Pos, lang.F("the roster has no unit %s%s", "danh sách không có đơn vị %s%s", quoted(v.Unit), choices(v.Unit, known)))
		}
	}
	return list
}

// set gives the param the only value, and reports whether it is a figure or a day.
func (q *Param) set(raw string) bool {
	x, f, wrong := anyFigure(raw)
	if wrong == nil {
		q.Value, q.Values, q.Day = &x, nil, f == dayForm
	}
	return wrong == nil
}

// With returns the plan with other values of params, as a test gives them; the
// plan itself keeps its own.
func (p *Plan) With(values []TestParam) *Plan {
	if len(values) == 0 {
		return p
	}
	changed := *p
	changed.Params = slices.Clone(p.Params)
	for i := range values {
		if q := changed.FindParam(values[i].ID); q != nil {
			q.Value, q.Values, q.Day = &values[i].Value, nil, values[i].Day
		}
	}
	if slices.ContainsFunc(p.Facts, func(f Fact) bool {
		return slices.ContainsFunc(f.From, func(s Source) bool { return s.byParams() })
	}) {
		changed.ownFacts()
	}
	changed.settlePoints()
	return &changed
}
