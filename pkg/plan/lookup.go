package plan

import (
	"errors"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// FindTable returns the table of an id, or nil.
func (p *Plan) FindTable(id string) *Table {
	return find(p.Tables, func(t *Table) bool { return t.ID == id })
}

// FindFact returns the fact of an id, or nil.
func (p *Plan) FindFact(id string) *Fact {
	return find(p.Facts, func(f *Fact) bool { return f.ID == id })
}

// FindTarget returns the target of an id, or nil.
func (p *Plan) FindTarget(id string) *Target {
	return find(p.Targets, func(t *Target) bool { return t.ID == id })
}

// FindArea returns the area of an id, or nil.
func (p *Plan) FindArea(id string) *Area {
	return find(p.Areas, func(a *Area) bool { return a.ID == id })
}

// FindLevel returns the level of an id, or nil.
func (p *Plan) FindLevel(id string) *Level {
	return find(p.Levels, func(l *Level) bool { return l.ID == id })
}

// LevelIDs lists the ids of the levels; nil without a plan.
func (p *Plan) LevelIDs() []string {
	if p == nil {
		return nil
	}
	return idsOf(p.Levels, func(l *Level) string { return l.ID })
}

// FindParam returns the param of an id, or nil.
func (p *Plan) FindParam(id string) *Param {
	return find(p.Params, func(q *Param) bool { return q.ID == id })
}

// TitleOf returns the title of one of several parts, followed by its id where
// another part has the same title: outputs match figures by title.
func TitleOf(parts []Area, id string) lang.Text {
	return titleOf(parts, id, func(a *Area) (string, lang.Text) { return a.ID, a.Title })
}

// Weigh sets the severities of findings to those that the plan gives their
// checks.
func (p *Plan) Weigh(list diag.List) {
	for i := range list {
		if s, ok := p.Severities[list[i].Check]; ok {
			list[i].Severity = s
		}
	}
}

// LevelTitle names a level, as TitleOf does.
func (p *Plan) LevelTitle(id string) lang.Text {
	return titleOf(p.Levels, id, func(l *Level) (string, lang.Text) { return l.ID, l.Title })
}

func titleOf[T any](parts []T, id string, of func(*T) (string, lang.Text)) lang.Text {
	title, alike := lang.Same(id), 0
	for i := range parts {
		if other, t := of(&parts[i]); other == id && !t.IsZero() {
			title = t
		}
	}
	vi := title.In(lang.VI)
	for i := range parts {
		if _, t := of(&parts[i]); t.In(lang.VI) == vi || t.Equal(title) {
			alike++
		}
	}
	if alike > 1 {
		return lang.F("%s (%s)", "%s (%s)", title, id)
	}
	return title
}

// Whom names the units that a target binds: levels, and single units by their
// ids.
func (p *Plan) Whom(t *Target) lang.Text {
	var whom []lang.Text
	for _, id := range t.Levels {
		whom = append(whom, p.LevelTitle(id))
	}
	for _, id := range t.Units {
		whom = append(whom, lang.Same(id))
	}
	return lang.Join(whom, ", ")
}

// Name is what reports call the value: its title or, without one, the first of
// its names.
func (v *ChoiceValue) Name() lang.Text {
	switch {
	case !v.Title.IsZero():
		return v.Title
	case len(v.Names) > 0:
		return lang.Same(v.Names[0])
	}
	return lang.Same(v.ID)
}

// FindColumn returns the column of an id, or nil.
func (t *Table) FindColumn(id string) *Column {
	return find(t.Columns, func(c *Column) bool { return c.ID == id })
}

func find[T any](list []T, ok func(*T) bool) *T {
	for i := range list {
		if ok(&list[i]) {
			return &list[i]
		}
	}
	return nil
}

// ErrUnknownParam is the error of an amount that needs a param without a value.
var ErrUnknownParam = errors.New("the figure is not known")

// Evaluate returns the number of an amount. max and min skip params without a
// value and list them in unknown; if nothing is left, and in sum and product,
// the error is ErrUnknownParam.
func (p *Plan) Evaluate(a Amount) (x number.Exact, unknown []string, err error) {
	switch a.Op {
	case Literal:
		return a.Value, nil, nil
	case ParamValue:
		if q := p.FindParam(a.Param); q != nil && q.Value != nil {
			return *q.Value, nil, nil
		}
		return number.Exact{}, []string{a.Param}, ErrUnknownParam
	case FactAmount:
		if x, ok := p.Given[a.Fact]; ok {
			return x, nil, nil
		}
		return number.Exact{}, []string{a.Fact}, ErrUnknownParam
	case ShiftedDay:
		return p.shifted(a)
	case MaxAmount, MinAmount, SumAmount, ProductAmount:
	}
	known := 0
	for _, arg := range a.Args {
		v, missing, err := p.Evaluate(arg)
		unknown = append(unknown, missing...)
		if err != nil {
			if a.Op == SumAmount || a.Op == ProductAmount {
				return number.Exact{}, unknown, err
			}
			continue
		}
		if known++; known == 1 {
			x = v
			continue
		}
		switch a.Op {
		case MaxAmount:
			x = number.Max(x, v)
		case MinAmount:
			x = number.Min(x, v)
		case SumAmount:
			x = x.Add(v)
		case ProductAmount:
			x = x.Mul(v)
		case Literal, ParamValue, FactAmount, ShiftedDay: // above
		}
	}
	if known == 0 {
		return number.Exact{}, unknown, ErrUnknownParam
	}
	return x, unknown, nil
}

// shifted returns the day that lies some days after a base day.
func (p *Plan) shifted(a Amount) (x number.Exact, unknown []string, err error) {
	if x, unknown, err = p.Evaluate(a.Args[0]); err != nil || a.Plus == (Days{}) {
		return x, unknown, err
	}
	x, ok := p.added(x, a.Plus)
	if !ok {
		return x, []string{a.Args[0].Param + a.Args[0].Fact}, ErrUnknownParam
	}
	return x, unknown, nil
}

// evaluateAll evaluates amounts in turn.
func (p *Plan) evaluateAll(amounts []Amount) (values []number.Exact, unknown []string, err error) {
	for _, a := range amounts {
		x, missing, err := p.Evaluate(a)
		if err != nil {
			return nil, missing, err
		}
		values = append(values, x)
	}
	return values, nil, nil
}
