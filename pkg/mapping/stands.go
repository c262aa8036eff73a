package mapping

import (
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Stands tells what the sheets of files name that hold a form several times.
type Stands struct {
	Sheets int
	units  []string // ids, each once a file
	months []int    // likewise
	same   []string // digests of what stands there, likewise
	Copies bool     // two sheets of a file hold the same
	differ bool     // the sheets of a file do not all hold the same
	one    bool     // two sheets of a file name the same unit
	Twice  bool     // two sheets of a file name the same month or, without months, the same unit
}

// note takes a sheet of one file.
func (s *Stands) note(b *fact.Block) {
	s.Sheets++
	if b.Unit != "" {
		again := slices.Contains(s.units, b.Unit)
		s.one, s.Twice = s.one || again, s.Twice || again && b.Month == 0
		s.units = append(s.units, b.Unit)
	}
	if b.Digest != "" {
		s.Copies = s.Copies || slices.Contains(s.same, b.Digest)
		s.same = append(s.same, b.Digest)
	}
	if b.Month > 0 {
		s.Twice = s.Twice || slices.Contains(s.months, b.Month)
		s.months = append(s.months, b.Month)
	}
}

// add takes what another file has.
func (s *Stands) add(o *Stands) {
	s.Sheets += o.Sheets
	s.units, s.months = append(s.units, o.units...), append(s.months, o.months...)
	s.one, s.Twice = s.one || o.one, s.Twice || o.Twice
	s.Copies, s.differ = s.Copies || o.Copies, s.differ || o.differs()
}

// differs reports whether the sheets of one file do not all hold the same.
func (s *Stands) differs() bool {
	return len(s.same) < s.Sheets || len(slices.Compact(slices.Clone(s.same))) > 1
}

// AreCopies reports whether in each file all sheets hold the same.
func (s *Stands) AreCopies() bool { return s.Copies && !s.differ }

// AreUnits reports whether each sheet names a unit of its own.
func (s *Stands) AreUnits() bool { return s.Sheets > 1 && len(s.units) == s.Sheets && !s.one }

// AreMonths reports whether each sheet names a month of its own.
func (s *Stands) AreMonths() bool { return s.Sheets > 1 && len(s.months) == s.Sheets && !s.Twice }

// Words, without marks, of headings that say whether the figures of a month are
// its own, or those up to it.
var (
	ownMonth = []string{"trong thang", "thang nay", "phat sinh"}
	growing  = []string{"luy ke", "luy tien", "cong don", "tu dau nam"}
)

// suggestEach suggests what the sheets with the form stand for, where they name
// it; whether months are added up, the headings have to say.
func (k *Kind) suggestEach(p *plan.Plan) {
	t := p.FindTable(k.Form.Table.To)
	if k.Form.Each != plan.SheetsAlike || t != nil && t.Each != plan.SheetsAlike {
		return
	}
	says := func(words []string) bool {
		return slices.ContainsFunc(k.Form.Columns, func(c Column) bool {
			bare := label.Bare(c.Heading)
			return c.To != "" && slices.ContainsFunc(words, func(w string) bool { return strings.Contains(bare, w) })
		})
	}
	each := plan.SheetsAlike
	switch {
	case t == nil || t.Shape == plan.List:
	case k.Stands.AreCopies():
		each = plan.SheetsAreCopies
	case k.Stands.AreUnits():
		each = plan.SheetsAreUnits
	case k.Stands.AreMonths() && says(growing) && !says(ownMonth):
		each = plan.SheetsGrow
	case k.Stands.AreMonths() && says(ownMonth) && !says(growing):
		each = plan.SheetsAreMonths
	}
	k.Form.Each, k.Form.Guessed = each, each != plan.SheetsAlike
}
