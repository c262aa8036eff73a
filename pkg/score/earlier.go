package score

import (
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Previous finds figures in the cards of an earlier result, file. A unit is
// identified by its id on the roster, or else by its name; of several cards the
// last one that ends before the period is used.
func Previous(file string, cards []Card) fact.Previous {
	return func(u fact.Unit, period plan.Period, e plan.Earlier) fact.Earlier {
		card := earlierCard(cards, u, period)
		if card == nil {
			return fact.Earlier{Reason: lang.F("%s has no result of this unit from before %s", "%s không có kết quả của đơn vị này trước ngày %s",
				file, period.From.Shown())}
		}
		from := lang.F("%s (%s to %s)", "%s (từ %s đến %s)", file, card.Period.From.Shown(), card.Period.To.Shown())
		found := card.figure(e)
		if found.File, found.From = file, from; !found.Found {
			found.Reason = lang.F("%s has no %s of this unit", "%s không có %s của đơn vị này", from, e)
		}
		return found
	}
}

func earlierCard(cards []Card, u fact.Unit, period plan.Period) *Card {
	var last *Card
	for i := range cards {
		c := &cards[i]
		same := u.ID != "" && c.Unit.ID == u.ID ||
			(u.ID == "" || c.Unit.ID == "") && label.Key(c.Unit.Name.In(lang.VI)) == label.Key(u.Name.In(lang.VI))
		if same && c.Period.To.Before(period.From) && (last == nil || last.Period.To.Before(c.Period.To)) {
			last = c
		}
	}
	return last
}

// figure finds one figure of a card.
func (c *Card) figure(e plan.Earlier) fact.Earlier {
	switch e.Op {
	case plan.EarlierFact:
		for _, f := range c.Facts {
			if f.ID == e.ID && f.State == fact.Reported && f.Choice == "" {
				return fact.Earlier{Found: true, Value: f.Value, Share: f.Kind == plan.ShareFact}
			}
		}
	case plan.EarlierValue:
		if r := c.Find(e.ID); r != nil && r.Value != nil && r.Choice == "" {
			return fact.Earlier{Found: true, Value: r.Value.Exact, Share: r.Kind == plan.ShareKind}
		}
	case plan.EarlierPoints:
		if r := c.Find(e.ID); r != nil && (r.Outcome == Met || r.Outcome == Missed) {
			return fact.Earlier{Found: true, Value: r.Points.Exact}
		}
	case plan.EarlierScore:
		if c.Total.Score != nil {
			return fact.Earlier{Found: true, Value: c.Total.Score.Exact, Share: true}
		}
	}
	return fact.Earlier{}
}
