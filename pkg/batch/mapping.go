package batch

import (
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
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
	used := map[int]bool{}
	var files []string
	for i := range readings {
		files = append(files, readings[i].File)
		if readings[i].Refused() {
			continue
		}
		for _, form := range readings[i].Forms {
			used[form] = true
		}
	}
	return b.Mapping.Stale(used, files)
}
