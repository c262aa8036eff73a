package batch

import (
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/mapping"
)

// optionsFor are what the user and the mapping know of a file; the findings are
// rules of the mapping that contradict each other.
func (b *Batch) optionsFor(file string) (fact.Options, diag.List) {
	opt := b.Options
	if b.Mapping == nil {
		return opt, nil
	}
	told, contrary := b.Mapping.Of(file)
	if opt.Unit == "" && told.Unit != nil {
		opt.Unit, opt.UnitFrom = told.Unit.ID, &told.Place
	}
	if opt.Period == nil && told.Period != nil {
		opt.Period, opt.PeriodFrom = told.Period, &told.Place
	}
	return opt, contrary
}

// stale reports the entries of the mapping that no input needed.
func (b *Batch) stale(readings []Reading) diag.List {
	if b.Mapping == nil {
		return nil
	}
	var use mapping.Use
	for i := range readings {
		use.Add(readings[i].File, readings[i].Reading)
	}
	return b.Mapping.Stale(&use)
}
