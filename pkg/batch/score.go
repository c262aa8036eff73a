package batch

import (
	"context"
	"io"
	"path"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/report"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/summary"
)

// Score reads and judges every input. unread counts those that gave no card.
func (b *Batch) Score(ctx context.Context) (doc *report.Document, unread int, err error) {
	judge := score.NewJudge(b.Plan)
	doc, unread, err = b.document(ctx, func(_ *fact.Reading, set *fact.Set) score.Card {
		return judge.Evaluate(*set, b.AsOf)
	})
	if err != nil {
		return nil, 0, err
	}
	doc.Cards = score.RollUp(b.Plan, b.Roster, doc.Cards, b.AsOf)
	b.relate(doc.Cards)
	b.rank(doc.Cards)
	doc.Diagnostics = append(doc.Diagnostics, score.Waive(doc.Cards, b.Waivers, b.AsOf)...)
	doc.Diagnostics.Sort()
	return doc, unread, nil
}

// Validate reads every input and looks whether it is complete.
func (b *Batch) Validate(ctx context.Context) (doc *report.Document, unread int, err error) {
	return b.document(ctx, func(in *fact.Reading, set *fact.Set) score.Card {
		set.Diagnostics = append(set.Diagnostics, fact.Complete(b.Plan, set, &in.Survey, b.AsOf)...)
		return score.Unjudged(b.Plan, *set, b.AsOf)
	})
}

// Review judges every input and looks whether it is complete: what an annotated
// copy shows.
func (b *Batch) Review(ctx context.Context) (doc *report.Document, unread int, err error) {
	return b.document(ctx, func(in *fact.Reading, set *fact.Set) score.Card {
		set.Diagnostics = append(set.Diagnostics, fact.Complete(b.Plan, set, &in.Survey, b.AsOf)...)
		return score.Evaluate(b.Plan, *set, b.AsOf)
	})
}

// Account counts how the units of the roster stand, where several files were
// handed in: one file says nothing about the others.
func (b *Batch) Account(doc *report.Document) {
	handedIn := len(b.Inputs)
	for _, d := range doc.Diagnostics {
		if d.Check == diag.WrongFormat {
			handedIn++
		}
	}
	if handedIn < 2 {
		return
	}
	ledger, late := summary.Ledger(summary.Input{
		Plan: b.Plan, Roster: b.Roster, Cards: doc.Cards, Diagnostics: doc.Diagnostics, Submitted: b.submitted(doc.Cards),
	})
	doc.Ledger = ledger
	for _, d := range late {
		for i := range doc.Cards {
			if c := &doc.Cards[i]; c.Input.File == d.Pos.File {
				c.Diagnostics = append(c.Diagnostics, d)
				c.Diagnostics.Sort()
			}
		}
	}
}

// Summary makes the annual workbook of a document.
func (b *Batch) Summary(doc *report.Document, l lang.Lang) (*summary.Summary, diag.List) {
	return summary.Build(summary.Input{
		Plan: b.Plan, Roster: b.Roster, Cards: append([]score.Card(nil), doc.Cards...), Diagnostics: doc.Diagnostics,
		Submitted: b.submitted(doc.Cards), Program: b.Program, Lang: l,
	})
}

// Workbook writes a document as a workbook: one unit's card, or the summary of
// several.
func (b *Batch) Workbook(w io.Writer, doc *report.Document, opt report.Options) error {
	if len(doc.Cards) == 1 && doc.Ledger == nil {
		return summary.WriteCard(w, b.Plan, doc.Cards[0], doc.Program, opt.Lang)
	}
	sum, _ := b.Summary(doc, opt.Lang)
	return sum.Write(w)
}

// rank gives the cards their standing, if there are several.
func (b *Batch) rank(cards []score.Card) {
	if len(cards) < 2 {
		return
	}
	for i, s := range score.Rank(b.Plan, b.Roster, pointers(cards)) {
		cards[i].Standing = &s
	}
}

// relate gives the cards the points that depend on other units.
func (b *Batch) relate(cards []score.Card) {
	if len(cards) > 1 {
		score.Relate(b.Plan, b.Roster, pointers(cards))
	}
}

func pointers(cards []score.Card) []*score.Card {
	all := make([]*score.Card, len(cards))
	for i := range cards {
		all[i] = &cards[i]
	}
	return all
}

// document reads every input and makes a card of each set of facts.
func (b *Batch) document(ctx context.Context, card func(*fact.Reading, *fact.Set) score.Card) (doc *report.Document, unread int, err error) {
	readings, err := b.Read(ctx)
	if err != nil {
		return nil, 0, err
	}
	doc = &report.Document{Schema: report.Schema, Program: b.Program, Diagnostics: b.Notes, Queries: b.Options.Bound.Queries()}
	for _, r := range readings {
		doc.Diagnostics = append(doc.Diagnostics, r.Refusals...)
		switch {
		case r.Aside():
			continue
		case r.Refused():
			unread++
			continue
		}
		doc.Diagnostics = append(doc.Diagnostics, r.Diagnostics...)
		for i := range r.Sets {
			set := &r.Sets[i]
			if set.Unit.Level == "" {
				doc.Diagnostics = append(doc.Diagnostics, unknownLevel(b.Plan, r.File, set.Unit.Name))
				unread++
				continue
			}
			doc.Cards = append(doc.Cards, card(r.Reading, set))
			set.Facts = nil // the card has its own
		}
	}
	doc.Diagnostics = append(doc.Diagnostics, b.stale(readings)...)
	doc.Diagnostics = append(doc.Diagnostics, b.unmatched(doc.Cards)...)
	markDuplicates(doc)
	unread += b.attribute(doc)
	doc.Diagnostics.Sort()
	return doc, unread, nil
}

// attribute says whose the files are that gave no card, where their names tell
// it. A file of another kind is the submission of a unit that has no card; it
// returns how many there are. Beside a workbook it is a copy to look at.
func (b *Batch) attribute(doc *report.Document) (unread int) {
	carded := map[string]bool{}
	for i := range doc.Cards {
		if u := score.OnRoster(b.Roster, &doc.Cards[i]); u != nil {
			carded[u.ID] = true
		}
	}
	for i := range doc.Diagnostics {
		d := &doc.Diagnostics[i]
		if d.Unit != "" || d.Check != diag.Unreadable && d.Check != diag.WrongFormat {
			continue
		}
		u := b.namedBy(d.Pos.File)
		if u == nil {
			continue
		}
		d.Unit = u.Name.In(lang.VI)
		switch {
		case d.Check == diag.Unreadable:
		case carded[u.ID]:
			d.Severity = diag.Note
		default:
			d.Severity = diag.Error
			unread++
		}
	}
	return unread
}

// namedBy returns the unit of the roster that a file's name tells or, where it
// tells none, that of a folder which it lies in, below the one that was looked
// in.
func (b *Batch) namedBy(file string) *plan.Unit {
	for _, folder := range b.Folders {
		if below, ok := strings.CutPrefix(file, strings.TrimSuffix(folder, "/")+"/"); ok {
			file = below
			break
		}
	}
	if u := b.Roster.NamedBy(strings.TrimSuffix(path.Base(file), path.Ext(file))); u != nil {
		return u
	}
	for dir := path.Dir(file); dir != "." && dir != "/"; dir = path.Dir(dir) {
		if u := b.Roster.NamedBy(path.Base(dir)); u != nil {
			return u
		}
	}
	return nil
}

func unknownLevel(p *plan.Plan, file string, unit lang.Text) diag.Diagnostic {
	d := diag.New(diag.UnknownUnit, diag.InFile(file), lang.F(
		"%q is on no roster and its name tells no level, so it cannot be told which targets bind it: put it on the roster, or name its level: %s",
		"%q không có trong danh sách và tên không cho biết cấp, nên không xác định được chỉ tiêu áp dụng: hãy thêm vào danh sách, hoặc cho biết cấp của đơn vị: %s",
		unit, LevelNames(p)))
	d.Severity = diag.Error
	return d
}

// LevelNames lists the levels of a plan as --level takes them; in Vietnamese
// with their titles, for the ids are English.
func LevelNames(p *plan.Plan) lang.Text {
	var names []lang.Text
	for _, l := range p.Levels {
		names = append(names, lang.F("%[1]s", "%[1]s (%[2]s)", l.ID, l.Title))
	}
	return lang.Join(names, ", ")
}

// UnitNames lists what the units of a roster are called: the names in both
// languages, the ids and the aliases.
func UnitNames(roster *plan.Roster) []string {
	var names []string
	for i := range roster.Units {
		u := &roster.Units[i]
		names = append(append(names, u.Name.In(lang.VI), u.Name.In(lang.EN), u.ID), u.Aliases...)
	}
	return names
}

// markDuplicates reports two cards of one unit and period in one run.
func markDuplicates(doc *report.Document) {
	type key struct {
		unit   string
		period plan.Period
	}
	first := map[key]*score.Card{}
	for i := range doc.Cards {
		c := &doc.Cards[i]
		k := key{c.Unit.ID, c.Period}
		if k.unit == "" {
			k.unit = "name:" + label.Key(c.Unit.Name.In(lang.VI))
		}
		if one, ok := first[k]; ok {
			d := diag.New(diag.Duplicate, diag.InFile(c.Input.File), lang.F(
				"a second submission of %s for the same period: the first is %s; keep one",
				"%s nộp hai lần cho cùng một kỳ: tệp thứ nhất là %s; hãy giữ một tệp", c.Unit.Name, one.Input.File))
			c.Diagnostics = append(c.Diagnostics, d)
			c.Diagnostics.Sort()
			continue
		}
		first[k] = c
	}
}
