package mapping

import (
	"testing"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/plan"
)

// What the sheets of a file stand for is suggested where they name it, and whether
// months are added up, where the headings say so.
func TestMeaningOfSheetsIsSuggested(t *testing.T) {
	p, _ := builtIn(t)
	months := []fact.Block{{Month: 1, Unit: "a"}, {Month: 2, Unit: "a"}}
	for _, test := range []struct {
		name    string
		sheets  []fact.Block
		heading string
		want    plan.SheetMeaning
	}{
		{"a unit each", []fact.Block{{Unit: "a"}, {Unit: "b"}}, "Số liệu", plan.SheetsAreUnits},
		{"one unit twice", []fact.Block{{Unit: "a"}, {Unit: "a"}}, "Số liệu", plan.SheetsAlike},
		{"a unit that is not known", []fact.Block{{Unit: "a"}, {}}, "Số liệu", plan.SheetsAlike},
		{"a month each, by itself", months, "Phát sinh trong tháng", plan.SheetsAreMonths},
		{"a month each, up to it", months, "Lũy kế từ đầu năm", plan.SheetsGrow},
		{"a month each, and no word", months, "Số liệu", plan.SheetsAlike},
		{"one month twice", []fact.Block{{Month: 1}, {Month: 1}}, "Phát sinh trong tháng", plan.SheetsAlike},
	} {
		k := Kind{Form: Form{Table: Choice{"statistics", Near}, Columns: []Column{{Heading: test.heading, Choice: Choice{"value", Near}}}}}
		for i := range test.sheets {
			k.Stands.note(&test.sheets[i])
		}
		if k.suggestEach(p); k.Form.Each != test.want || k.Form.Guessed != (test.want != plan.SheetsAlike) {
			t.Errorf("%s: %q, guessed %t: want %q", test.name, k.Form.Each, k.Form.Guessed, test.want)
		}
	}
}
