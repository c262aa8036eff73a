package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Mistake is what is wrong at a place of the bindings.
type Mistake struct {
	Pos diag.Pos
	Err error
}

func (m *Mistake) Error() string         { return m.In(lang.EN) }
func (m *Mistake) Unwrap() error         { return m.Err }
func (m *Mistake) In(l lang.Lang) string { return lang.F("%v", "%v", m.Err).In(l) }

func mistake(pos diag.Pos, en, vi string, args ...any) error {
	return &Mistake{pos, lang.Errorf(en, vi, args...)}
}

// From writes what a list is read from as SQL: its relation, or its query in
// parentheses.
func From(b *plan.Binding) (string, error) {
	if b.Relation != "" {
		name, err := relationName(b.Relation)
		if err != nil {
			return "", mistake(b.Source, "the relation %q: %v", "relation %q: %v", b.Relation, err)
		}
		return name + " AS record", nil
	}
	text, err := fragment(b.Query)
	if err != nil {
		return "", mistake(b.Source, "the query holds %v", "query có lỗi: %v", err)
	}
	return "(" + text + ") AS record", nil
}

// boundSQL writes what gives the values of a column as SQL.
func boundSQL(b plan.Bound) (string, error) {
	if b.Name != "" {
		return "record." + quoteName(b.Name), nil
	}
	text, err := fragment(b.Expression)
	if err != nil {
		return "", mistake(b.Pos, "the expression holds %v", "biểu thức có lỗi: %v", err)
	}
	return "(" + text + ")", nil
}

// Field is a column of a relation, as its server describes it.
type Field struct {
	Name string
	OID  uint32 // of its type
	Type string // its type's name, as messages call it
}

// Describe asks a server for the columns that a SELECT gives.
type Describe func(sql string) ([]Field, error)

// Types finds the columns of a list in its relation, and their types. A *Mistake
// says what is wrong in the bindings.
func Types(t *plan.Table, b *plan.Binding, describe Describe) (map[string]Type, error) {
	from, err := From(b)
	if err != nil {
		return nil, err
	}
	fields, err := describe("SELECT * FROM " + from + " LIMIT 0")
	if err != nil {
		return nil, &Mistake{b.Source, err}
	}
	types := map[string]Type{}
	if !b.Unit.IsZero() {
		unit := &plan.Column{ID: "unit", Type: plan.Text}
		if types[""], err = typeOf(unit, b, b.Unit, from, fields, describe); err != nil {
			return nil, err
		}
	}
	for i := range b.Columns {
		c := &b.Columns[i]
		if types[c.ID], err = typeOf(t.FindColumn(c.ID), b, c.Bound, from, fields, describe); err != nil {
			return nil, err
		}
	}
	return types, nil
}

// typeOf finds what a column is bound to, and its type.
func typeOf(col *plan.Column, b *plan.Binding, bound plan.Bound, from string, fields []Field, describe Describe) (Type, error) {
	f := Field{Name: bound.Name}
	if bound.Name != "" {
		i := slices.IndexFunc(fields, func(f Field) bool { return f.Name == bound.Name })
		if i < 0 {
			return Unfit, mistake(bound.Pos, "%s has no column %q%s", "%s không có cột %q%s", sourceName(b), clip(bound.Name), meant(bound.Name, fields))
		}
		f = fields[i]
	} else {
		sql, err := boundSQL(bound)
		if err != nil {
			return Unfit, err
		}
		one, err := describe("SELECT " + sql + " AS value FROM " + from + " LIMIT 0")
		if err != nil {
			return Unfit, &Mistake{bound.Pos, err}
		}
		f.Name, f.OID, f.Type = bound.Expression, one[0].OID, one[0].Type
	}
	t := TypeOf(f.OID)
	switch {
	case t == MomentType && col.Type == plan.Date && b.Zone == "":
		return Unfit, mistake(bound.Pos, `%q is a moment (%s), and which day that is depends on the time zone: add time_zone: Asia/Ho_Chi_Minh to the binding`,
			`%q là một thời điểm (%s), thuộc ngày nào còn tùy múi giờ: hãy thêm time_zone: Asia/Ho_Chi_Minh vào liên kết`, clip(f.Name), f.Type)
	case t == FloatType && (col.Type == plan.Number || col.Type == plan.Share):
		return Unfit, mistake(bound.Pos, `%q is of type %s, whose sums are inexact: bind {expression: 'CAST(%s AS numeric)'}`,
			`%q thuộc kiểu %s, cộng lại không chính xác: hãy dùng {expression: 'CAST(%s AS numeric)'}`, clip(f.Name), f.Type, inYAML(bound))
	case !fits(col, t):
		return Unfit, mistake(bound.Pos, "%q is of type %s, and the column %q holds %s: bind an expression that gives one",
			"%q thuộc kiểu %s, trong khi cột %q chứa %s: hãy dùng biểu thức đổi sang kiểu đó", clip(f.Name), f.Type, col.ID, wanted(col))
	}
	return t, nil
}

// inYAML writes what gives the values of a column as SQL, to stand in single quotes
// in YAML.
func inYAML(b plan.Bound) string {
	sql := b.Expression
	if b.Name != "" {
		sql = quoteName(b.Name)
	}
	return strings.ReplaceAll(clip(sql), "'", "''")
}

// sourceName names in messages what a list is read from.
func sourceName(b *plan.Binding) lang.Text {
	if b.Relation != "" {
		return lang.F("the relation %q", "relation %q", clip(b.Relation))
	}
	return lang.T("the query", "query")
}

// meant suggests the column whose name is nearest, or lists the columns.
func meant(name string, fields []Field) lang.Text {
	var names, shown []string
	for _, f := range fields {
		names = append(names, f.Name)
	}
	const most = 1000 // names that are compared
	if len(names) <= most {
		if near := label.Nearest(name, names); near != "" {
			return lang.F(": did you mean %q?", ": có phải %q không?", near)
		}
	}
	const few = 12
	for _, n := range names[:min(len(names), few)] {
		shown = append(shown, fmt.Sprintf("%q", clip(n)))
	}
	if len(names) > few {
		return lang.F(": it has %s and %d more", ": có các cột %s và %d cột khác", list(shown), len(names)-few)
	}
	return lang.F(": it has %s", ": có các cột %s", list(shown))
}

// wanted says what a column of a list holds.
func wanted(col *plan.Column) lang.Text {
	switch col.Type {
	case plan.Date:
		return lang.T("days", "ngày")
	case plan.Number:
		return lang.T("numbers", "số")
	case plan.Share:
		return lang.T("shares of a whole", "tỷ lệ")
	case plan.Choice:
		return lang.T("one of its choices", "một lựa chọn trong danh mục")
	case plan.Text:
	}
	return lang.T("texts of any kind", "chữ")
}
