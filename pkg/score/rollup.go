package score

import (
	"cmp"
	"slices"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// RolledUp is what a card was made of: the units below its own.
type RolledUp struct {
	Units   []RolledUnit `json:"units"`             // in the roster's order
	Lacking []RolledUnit `json:"lacking,omitempty"` // those at any depth below that have no card
	Own     bool         `json:"own"`               // the unit handed in a submission itself, which goes before

	means map[string]measured // by target, for those that are evaluated again
}

// RolledUnit is one of these units.
type RolledUnit struct {
	ID   string    `json:"id"`
	Name lang.Text `json:"name"`
	Why  lang.Text `json:"why,omitzero"` // it has no card
}

// below is a unit whose results are rolled up; it has no card where why says so.
type below struct {
	RolledUnit
	card *Card
}

// RollUp adds the cards of the units that stand above others on the roster, and
// whose targets the plan rolls up: commune, district, province. A unit that handed
// in something keeps its figures; what it lacks comes from the units below. Cards
// of each period are rolled up by themselves. Those of units that handed in nothing
// come first, in the roster's order.
func RollUp(p *plan.Plan, roster *plan.Roster, cards []Card, asOf date.Date) []Card {
	if roster == nil || !p.RollsUp() || !slices.ContainsFunc(roster.Units, func(u plan.Unit) bool { return u.Parent != "" }) {
		return cards
	}
	r := roller{judge: NewJudge(p), roster: roster, asOf: asOf, cards: cards, owner: make([]string, len(cards))}
	var periods []plan.Period
	for i := range cards {
		if u := OnRoster(roster, &cards[i]); u != nil {
			r.owner[i] = u.ID
		}
		if !slices.Contains(periods, cards[i].Period) {
			periods = append(periods, cards[i].Period)
		}
	}
	for _, period := range periods {
		r.period, r.done = period, map[string]bool{}
		for i := range roster.Units {
			r.unit(&roster.Units[i])
		}
	}
	made := r.cards[len(cards):]
	place := func(c *Card) int {
		return slices.IndexFunc(roster.Units, func(u plan.Unit) bool { return u.ID == c.Unit.ID })
	}
	slices.SortStableFunc(made, func(a, b Card) int { return cmp.Compare(place(&a), place(&b)) })
	return slices.Concat(made, r.cards[:len(cards)])
}

// roller rolls up the cards of one period.
type roller struct {
	judge  *Judge
	roster *plan.Roster
	asOf   date.Date
	cards  []Card
	owner  []string // of each card: its unit's id on the roster
	period plan.Period
	done   map[string]bool
}

// of lists the indexes of the cards of a unit.
func (r *roller) of(id string) []int {
	var out []int
	for i := range r.cards {
		if r.owner[i] == id && r.cards[i].Period == r.period {
			out = append(out, i)
		}
	}
	return out
}

// unit makes the card of a unit, after those of the units below it.
func (r *roller) unit(u *plan.Unit) {
	children := r.roster.Below(u.ID)
	if len(children) == 0 || r.done[u.ID] {
		return
	}
	r.done[u.ID] = true
	var all []below
	some := false
	for _, c := range children {
		r.unit(c)
		b := r.child(c)
		some = some || b.card != nil
		all = append(all, b)
	}
	own := r.of(u.ID)
	if !some || len(own) > 1 {
		return // nothing was handed in below, or it cannot be told which of its own counts
	}
	set := r.set(u, own)
	card := r.judge.rollUp(set, all, r.asOf)
	card.RolledUp.Own = len(own) == 1
	if len(own) == 1 {
		card.Before = r.cards[own[0]].Before
		r.cards[own[0]] = card
		return
	}
	r.cards, r.owner = append(r.cards, card), append(r.owner, u.ID)
}

// child is a unit below, with its card.
func (r *roller) child(c *plan.Unit) below {
	b := below{RolledUnit: RolledUnit{ID: c.ID, Name: c.Name}}
	switch own := r.of(c.ID); len(own) {
	case 0:
		b.Why = lang.T("nothing handed in", "chưa nộp")
	case 1:
		card := r.cards[own[0]]
		b.card = &card
	default:
		b.Why = lang.T("several submissions", "nộp nhiều bản")
	}
	return b
}

// set is what a unit handed in, or nothing.
func (r *roller) set(u *plan.Unit, own []int) fact.Set {
	if len(own) == 1 {
		c := &r.cards[own[0]]
		return fact.Set{Input: c.Input, Unit: c.Unit, Period: c.Period, PeriodFrom: c.PeriodFrom, Facts: slices.Clone(c.Facts), Diagnostics: slices.Clone(c.Diagnostics)}
	}
	p := r.judge.plan
	set := fact.Set{
		Input:  fact.Input{File: r.roster.File, Kind: fact.FromUnits, SHA256: r.roster.SHA256},
		Unit:   fact.Unit{ID: u.ID, Name: u.Name, Level: u.Level, LevelTitle: p.LevelTitle(u.Level), Group: u.Group, From: lang.T("the roster", "danh sách đơn vị")},
		Period: r.period, PeriodFrom: lang.T("the units below", "các đơn vị trực thuộc"),
	}
	for i := range p.Facts {
		if f := &p.Facts[i]; p.Wants(f.ID, u.Level, u.ID) {
			set.Facts = append(set.Facts, fact.Fact{ID: f.ID, Title: f.Title, Unit: f.Unit, Kind: f.Kind, Reason: lang.T("the unit handed in nothing itself", "đơn vị không tự nộp báo cáo")})
		}
	}
	return set
}

// rollUp judges a unit by what it handed in and by the units below it.
func (j *Judge) rollUp(set fact.Set, all []below, asOf date.Date) Card {
	x := rolling{plan: j.plan, all: all, notes: map[string]lang.Text{}}
	pooled := Pooled(j.plan, set.Unit.Level, set.Unit.ID)
	for i := range set.Facts {
		if f := &set.Facts[i]; pooled[f.ID] && f.Kind.Adds() {
			x.pool(&set, f)
		}
	}
	x.tellLacking(&set)
	means := map[string]measured{}
	for i := range j.plan.Targets {
		t := &j.plan.Targets[i]
		if t.Rollup != plan.MeanRollup || !t.Binds(set.Unit.Level, set.Unit.ID) {
			continue
		}
		means[t.ID] = x.mean(t.ID, t.Measure, func(r *Result) (*Figure, Outcome) { return r.Value, r.Outcome })
		for _, g := range t.Readings {
			means[readingKey(t.ID, g.ID)] = x.mean(t.ID, g.Measure, func(r *Result) (*Figure, Outcome) {
				k := slices.IndexFunc(r.Readings, func(o ReadingResult) bool { return o.ID == g.ID })
				if k < 0 {
					return nil, r.Outcome
				}
				return r.Readings[k].Value, r.Readings[k].Outcome
			})
		}
	}
	card := j.evaluate(set, asOf, means)
	x.note(&card)
	card.RolledUp = &RolledUp{means: means}
	for _, b := range all {
		card.RolledUp.Units = append(card.RolledUp.Units, b.RolledUnit)
	}
	card.RolledUp.Lacking = x.lacking()
	return card
}

// Pooled tells which facts of a unit are the sums of those of the units below: those
// that a target is judged by which is rolled up so, and those that tell whether a
// target applies that is rolled up in any way.
func Pooled(p *plan.Plan, level, unit string) map[string]bool {
	pooled := map[string]bool{}
	for i := range p.Targets {
		t := &p.Targets[i]
		if t.Rollup == plan.NoRollup || !t.Binds(level, unit) {
			continue
		}
		lists := [][]string{t.AppliesFacts()}
		if t.Rollup == plan.PooledRollup {
			lists = append(lists, t.Measure.Facts(), t.GoalFacts())
			for _, g := range t.Readings {
				lists = append(lists, g.Measure.Facts())
			}
		}
		for _, id := range slices.Concat(lists...) {
			pooled[id] = true
		}
	}
	return pooled
}

// readingKey tells the readings of targets apart: no id has a space.
func readingKey(target, reading string) string { return target + " " + reading }

// rolling puts figures of the units below together.
type rolling struct {
	plan  *plan.Plan
	all   []below
	notes map[string]lang.Text // by fact: of which units it is the sum
}

// parts are the units that have a figure, and those that lack it.
type parts struct {
	names, lacking []lang.Text
}

func (p *parts) lack(b *below, why lang.Text) {
	p.lacking = append(p.lacking, lang.F("%s (%s)", "%s (%s)", b.Name, why))
}

// maxNamed bounds the units that a sentence names.
const maxNamed = 20

// unitNames joins names, up to a bound.
func unitNames(names []lang.Text) lang.Text {
	if len(names) <= maxNamed {
		return lang.Join(names, "; ")
	}
	return lang.F("%s; and %d more", "%s; và %d đơn vị khác", lang.Join(names[:maxNamed], "; "), len(names)-maxNamed)
}

// of says of which units a figure is made.
func (p *parts) of() lang.Text {
	text := lang.F("%d of %d units", "%d trong %d đơn vị", len(p.names), len(p.names)+len(p.lacking))
	if len(p.lacking) > 0 {
		text = lang.F("%s, without %s", "%s, không có %s", text, unitNames(p.lacking))
	}
	return text
}

// pool adds a fact of the units up. The unit's own figure goes before, and must
// agree.
func (x *rolling) pool(set *fact.Set, f *fact.Fact) {
	var p parts
	sum := number.Exact{}
	var evidence []fact.Evidence
	for i := range x.all {
		b := &x.all[i]
		if b.card == nil {
			p.lack(b, b.Why)
			continue
		}
		k := slices.IndexFunc(b.card.Facts, func(o fact.Fact) bool { return o.ID == f.ID })
		if k < 0 {
			continue // no target that binds the unit needs it
		}
		part := &b.card.Facts[k]
		if part.State != fact.Reported {
			p.lack(b, stateWord(part.State))
			continue
		}
		sum = sum.Add(part.Value)
		p.names = append(p.names, lang.F("%s %s", "%s %s", b.Name, part.Shown))
		if len(part.Sources) > 0 {
			evidence = append(evidence, ofUnit(b, part.Sources[0].Evidence)...)
		}
	}
	if len(p.names) == 0 {
		if f.State == fact.Missing && len(p.lacking) > 0 {
			f.Reason = lang.F("no unit below has it: %s", "không đơn vị trực thuộc nào có số liệu: %s", unitNames(p.lacking))
		}
		return
	}
	source := fact.Source{Value: sum, How: lang.F("sum of %s: %s", "tổng của %s: %s", p.of(), unitNames(p.names)), Evidence: evidence[:min(len(evidence), maxNamed)]}
	switch {
	case f.State == fact.Reported:
		if !f.Value.Equal(sum) {
			set.Diagnostics = append(set.Diagnostics, diag.New(diag.SourcesDisagree, diag.InFile(set.Input.File), lang.F(
				"%s: the unit states %s, and the units below come to %s (%s): its own figure is used; make them agree",
				"%s: đơn vị báo cáo %s, còn cộng các đơn vị trực thuộc là %s (%s): dùng số của đơn vị; cần thống nhất",
				f.Title, f.Shown, number.Short(sum, 4), source.How)))
		}
		f.Sources = append(f.Sources, source)
	case f.State == fact.Invalid: // nothing stands in for what is there and cannot be used
	case len(p.lacking) > 0 && x.plan.Defaults.UnitsLack == plan.AlsoWhole:
		f.Reason = lang.F("not all units below have it: without %s", "không đủ số liệu của các đơn vị trực thuộc: thiếu %s", unitNames(p.lacking))
	default:
		f.State, f.Value, f.Reason, f.Lacks, f.Blank = fact.Reported, sum, lang.Text{}, "", nil
		f.Sources, f.Shown = []fact.Source{source}, number.Short(sum, 4)
		x.notes[f.ID] = p.of()
	}
}

// ofUnit is evidence with the unit whose it is.
func ofUnit(b *below, list []fact.Evidence) []fact.Evidence {
	out := slices.Clone(list)
	for i := range out {
		out[i].Raw, out[i].Kind = "", ""
		out[i].Read = lang.F("%s: %s", "%s: %s", b.Name, out[i].Read)
	}
	return out
}

func stateWord(s fact.State) lang.Text {
	if s == fact.Invalid {
		return Invalid.Title()
	}
	return Missing.Title()
}

// mean is the mean of the values of a target, each unit counting alike.
func (x *rolling) mean(target string, m plan.Measure, value func(*Result) (*Figure, Outcome)) measured {
	out := x.meanOf(target, value)
	out.instead = slices.ContainsFunc(m.Facts(), func(id string) bool { _, summed := x.notes[id]; return summed })
	return out
}

func (x *rolling) meanOf(target string, value func(*Result) (*Figure, Outcome)) measured {
	var p parts
	sum := number.Exact{}
	for i := range x.all {
		b := &x.all[i]
		if b.card == nil {
			p.lack(b, b.Why)
			continue
		}
		v, outcome := value(b.card.Find(target))
		switch {
		case outcome == NotApplicable:
			continue
		case v == nil:
			p.lack(b, outcome.Title())
			continue
		}
		sum = sum.Add(v.Exact)
		p.names = append(p.names, lang.F("%s %s", "%s %s", b.Name, v.Shown))
	}
	switch {
	case len(p.names) == 0 && len(p.lacking) == 0:
		return measured{standing: absent, why: []lang.Text{lang.T("no unit below has it", "không đơn vị trực thuộc nào có số liệu")}}
	case len(p.names) == 0:
		return fault(absent, lang.F("no unit below has it: %s", "không đơn vị trực thuộc nào có số liệu: %s", unitNames(p.lacking)))
	case len(p.lacking) > 0 && x.plan.Defaults.UnitsLack == plan.AlsoWhole:
		return fault(absent, lang.F("not all units below have it: without %s", "không đủ số liệu của các đơn vị trực thuộc: thiếu %s", unitNames(p.lacking)))
	}
	mean := sum.Quo(number.Int(int64(len(p.names))))
	return measured{value: mean, units: lang.F("mean of %s: %s", "trung bình của %s: %s", p.of(), unitNames(p.names))}
}

// lacking lists the units at any depth below that have no card.
func (x *rolling) lacking() []RolledUnit {
	var out []RolledUnit
	for i := range x.all {
		switch b := &x.all[i]; {
		case b.card == nil:
			out = append(out, b.RolledUnit)
		case b.card.RolledUp != nil && !b.card.RolledUp.Own:
			out = append(out, b.card.RolledUp.Lacking...)
		}
	}
	return out
}

// MadeOf lists for each of several cards the others that it is made of, at any
// depth: in a sum or mean together with these, it would count their figures twice.
// ids are the units' on the roster, each once; a unit may have no card.
func MadeOf(cards []*Card, ids []string) [][]int {
	at := map[string]int{}
	for i, id := range ids {
		at[id] = i
	}
	out := make([][]int, len(cards))
	var seen []bool // stored cards may name each other in a circle
	var collect func(of, from int)
	collect = func(of, from int) {
		seen[from] = true
		if cards[from] == nil || cards[from].RolledUp == nil {
			return
		}
		for _, u := range cards[from].RolledUp.Units {
			if i, ok := at[u.ID]; ok && u.Why.IsZero() && !seen[i] {
				out[of] = append(out[of], i)
				collect(of, i)
			}
		}
	}
	for i := range cards {
		if cards[i] != nil && cards[i].RolledUp != nil {
			seen = make([]bool, len(cards))
			collect(i, i)
		}
	}
	return out
}

// Words say of which units a card was made, and which are not among them.
func (r *RolledUp) Words() lang.Text {
	lacking := 0
	for _, u := range r.Units {
		if !u.Why.IsZero() {
			lacking++
		}
	}
	text := lang.F("%d of %d units below", "%d trong %d đơn vị trực thuộc", len(r.Units)-lacking, len(r.Units))
	if r.Own {
		text = lang.F("%s, beside its own submission", "%s, ngoài báo cáo của chính đơn vị", text)
	}
	if len(r.Lacking) > 0 {
		text = lang.F("%s; without %s", "%s; không có %s", text, unitsOf(r.Lacking))
	}
	return text
}

// unitsOf names units with why they have no card.
func unitsOf(list []RolledUnit) lang.Text {
	var names []lang.Text
	for _, u := range list {
		names = append(names, lang.F("%s (%s)", "%s (%s)", u.Name, u.Why))
	}
	return unitNames(names)
}

// tellLacking tells once of the units that have no card.
func (x *rolling) tellLacking(set *fact.Set) {
	lacking := x.lacking()
	if len(lacking) == 0 {
		return
	}
	effect := lang.T("the sums and means are of the others, and what is not reported is not 0", "tổng và trung bình chỉ gồm các đơn vị còn lại, không nộp không có nghĩa là 0")
	if x.plan.Defaults.UnitsLack == plan.AlsoWhole {
		effect = lang.T("what is made of all units is missing", "kết quả tổng hợp coi như thiếu")
	}
	set.Diagnostics = append(set.Diagnostics, diag.New(diag.NotSubmitted, diag.InFile(set.Input.File), lang.F(
		"not in the roll-up of %s: %s: %s", "không có trong kết quả tổng hợp của %s: %s: %s", set.Unit.Name, unitsOf(lacking), effect)))
}

// deeper lists the units without a card that stand more than one level below.
func (x *rolling) deeper() []RolledUnit {
	return slices.DeleteFunc(x.lacking(), func(u RolledUnit) bool {
		return slices.ContainsFunc(x.all, func(b below) bool { return b.ID == u.ID })
	})
}

// note says of the results that were added up of which units they are.
func (x *rolling) note(card *Card) {
	for i := range card.Results {
		r := &card.Results[i]
		for _, id := range r.Facts {
			if of, ok := x.notes[id]; ok && !r.Averaged {
				if deep := x.deeper(); len(deep) > 0 {
					of = lang.F("%s; below these without %s", "%s; cấp dưới nữa không có %s", of, unitsOf(deep))
				}
				r.Note = joinNotes(lang.F("added up over %s", "cộng qua %s", of), r.Note)
				break
			}
		}
	}
}
