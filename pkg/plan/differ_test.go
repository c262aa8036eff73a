package plan

import (
	"reflect"
	"testing"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// notCompared are fields that say nothing of their own: places, what is worked
// out from other fields, and what only runs set.
var notCompared = map[string]bool{
	"Plan.File": true, "Plan.SHA256": true, "Plan.Bases": true, "Plan.TextFile": true, "Plan.Lacking": true, "Plan.Given": true,
	"DaysAfter.Literal": true,                        // a fact is in its place
	"Condition.Day":     true, "Condition.Cmp": true, // of the conditions tried they say nothing
	"Source.Earlier": true, "Source.Between": true, // of other sources than `previous` and `days` they say nothing
	"Plan.Defaults":  true, // they show in each target
	"Column.Choices": true, "Fact.Values": true, "Param.Chosen": true, "Target.Definition": true,
}

// TestEveryFieldOfAPlanIsCompared changes each field of each thing of a plan
// that uses every key, and wants a difference.
func TestEveryFieldOfAPlanIsCompared(t *testing.T) {
	old, _ := whole(t)
	changed := 0
	try := func(name string, field reflect.Value, p *Plan) {
		if notCompared[name] || field.Type() == reflect.TypeFor[diag.Pos]() || !alter(field) {
			return
		}
		changed++
		if len(Differences(old, p)) == 0 {
			t.Errorf("a change of %s is no difference", name)
		}
	}
	parts := []func(p *Plan) reflect.Value{
		func(p *Plan) reflect.Value { return reflect.ValueOf(p) },
		func(p *Plan) reflect.Value { return reflect.ValueOf(&p.Levels[1]) },
		func(p *Plan) reflect.Value { return reflect.ValueOf(&p.Areas[0]) },
		func(p *Plan) reflect.Value { return reflect.ValueOf(p.FindParam("last-year")) },
		func(p *Plan) reflect.Value { return reflect.ValueOf(&p.FindParam("last-year").Values[0]) },
		func(p *Plan) reflect.Value { return reflect.ValueOf(p.FindTable("statistics")) },
		func(p *Plan) reflect.Value { return reflect.ValueOf(p.FindTable("tthc")) },
		func(p *Plan) reflect.Value { return reflect.ValueOf(p.FindTable("statistics").FindColumn("status")) },
		func(p *Plan) reflect.Value { return reflect.ValueOf(p.FindFact("resolved")) },
		func(p *Plan) reflect.Value { return reflect.ValueOf(&p.FindFact("resolved").From[1]) },
		func(p *Plan) reflect.Value { return reflect.ValueOf(&p.FindFact("late").From[0]) },
		func(p *Plan) reflect.Value { return reflect.ValueOf(&p.FindFact("late").From[0].Where[0]) },
		func(p *Plan) reflect.Value { return reflect.ValueOf(&p.FindFact("days-late").From[0].Between) },
		func(p *Plan) reflect.Value { return reflect.ValueOf(p.FindTarget("partial-share")) },
		func(p *Plan) reflect.Value { return reflect.ValueOf(&p.FindTarget("partial-share").Readings[0]) },
	}
	for _, of := range parts {
		fields := of(old).Elem().Type()
		for i := range fields.NumField() {
			p, _ := whole(t)
			if f := fields.Field(i); f.IsExported() {
				try(fields.Name()+"."+f.Name, of(p).Elem().Field(i), p)
			}
		}
	}
	if changed < 60 {
		t.Errorf("only %d fields were changed", changed)
	}
}

// alter makes a value another one, and reports whether it has something to
// change.
func alter(v reflect.Value) bool {
	switch x := v.Addr().Interface().(type) {
	case *lang.Text:
		*x = lang.T("another", "khác")
		return true
	case *number.Exact:
		*x = x.Add(number.Int(1))
		return true
	case **number.Exact:
		y := number.Int(77)
		*x = &y
		return true
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Uint8:
		v.SetUint(v.Uint() + 1)
	case reflect.Int:
		v.SetInt(v.Int() + 1)
	case reflect.Slice:
		if v.Len() == 0 {
			return false
		}
		v.Set(v.Slice(0, v.Len()-1))
	case reflect.Map:
		if v.Len() == 0 {
			return false
		}
		v.SetMapIndex(v.MapKeys()[0], reflect.Value{})
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() && f.Type() != reflect.TypeFor[diag.Pos]() && alter(f) {
				return true
			}
		}
		return false
	default:
		return false
	}
	return true
}
