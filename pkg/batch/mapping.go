package batch

import (
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/mapping"
)

// optionsFor are what the user and the mapping know of a file; the findings are
// rules of the mapping that contradict each other.
func (b *Batch) optionsFor(file string) (fact.Options, diag.List) {
	opt := b.Options
	opt.Received = func(u fact.Unit) fact.Receipt { return b.receipt(file, u) }
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

// stale reports the entries of the mapping that no input needed. What other
// files may need is told only where all of them are likely to be there.
func (b *Batch) stale(readings []Reading) diag.List {
	if b.Mapping == nil {
		return nil
	}
	var use mapping.Use
	for i := range readings {
		use.Add(readings[i].File, readings[i].Reading)
	}
	if b.readsFolder() || b.Mapping.NamesAll(&use) {
		return b.Mapping.Stale(&use)
	}
	return b.Mapping.Idle(&use)
}

// readsFolder reports whether an input was found in a folder.
func (b *Batch) readsFolder() bool { return slices.ContainsFunc(b.Inputs, b.isWithin) }

// isWithin reports whether an input was found in a folder, and not named itself.
func (b *Batch) isWithin(in Input) bool {
	return slices.ContainsFunc(b.Folders, func(folder string) bool {
		return in.Name != folder && (folder == "." || strings.HasPrefix(in.Name, strings.TrimSuffix(folder, "/")+"/"))
	})
}
