package plan

import (
	"fmt"
	"testing"
)

// TestNames checks that each value of each enumeration has a name of its own
// that is read back as the value, and that what is no value prints as a number.
func TestNames(t *testing.T) {
	everyName(t, groupingNames, Mean)
	everyName(t, tieRuleNames, TieDense)
	everyName(t, shapeNames, List)
	everyName(t, columnNames, Choice)
	everyName(t, roleNames, KeyRole)
	everyName(t, scaleNames, Ones)
	everyName(t, factKindNames, DateFact)
	everyName(t, sourceNames, RosterSource)
	everyName(t, earlierNames, EarlierScore)
	everyName(t, conditionNames, NotBefore)
	everyName(t, commitmentNames, Aspirational)
	everyName(t, absentNames, AsMissed)
	everyName(t, measureNames, MetOf)
	everyName(t, fallenNames, Given)
	everyName(t, metBaseNames, Applicable)
	everyName(t, comparatorNames, Is)
	everyName(t, amountNames, ShiftedDay)
	everyName(t, creditNames, EachOf)
	everyName(t, adjustmentNames, Bonus)
	everyName(t, rollupNames, MeanRollup)
	everyName(t, unitsMissingNames, AlsoWhole)
}

func everyName[E interface {
	~uint8
	fmt.Stringer
}](t *testing.T, all names[E], last E) {
	t.Helper()
	if len(all) != int(last)+1 {
		t.Errorf("%T has %d names, want %d", last, len(all), last+1)
	}
	for e := E(0); e <= last; e++ {
		name := e.String()
		if got, ok := all.value(name); name != "" && (got != e || !ok) {
			t.Errorf("%T(%d) is named %q, which is read as %d, %v", e, e, name, got, ok)
		}
	}
	if got, want := (last + 1).String(), fmt.Sprint(uint8(last+1)); got != want {
		t.Errorf("%T(%d) prints as %q, want %q", last, last+1, got, want)
	}
	if _, ok := all.value(""); ok {
		t.Errorf("%T: no name is read as a value", last)
	}
}
