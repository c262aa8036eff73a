package score

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Before is the total of a unit in an earlier result, which a card is shown
// beside. It decides nothing.
type Before struct {
	Period   plan.Period `json:"period"`
	AsOf     date.Date   `json:"asOf"`
	Document string      `json:"document"` // of the plan that it was judged by
	Points   Figure      `json:"points"`
	Max      Figure      `json:"max"`
	Score    Figure      `json:"score"`
	Change   *Figure     `json:"change,omitempty"` // of the score since, in percentage points; nil where there is none now
}

// Recall gives each card the total that its unit had in an earlier result: by
// pair of cards as Compare makes them or, of several, that of the last period
// that ends before the card's.
func Recall(cards, old []Card) {
	partner := pair(old, cards)
	for i := range cards {
		c := &cards[i]
		was := earlierCard(old, c.Unit, c.Period)
		if was == nil && partner[i] >= 0 {
			was = &old[partner[i]]
		}
		if was == nil || was.Total.Score == nil {
			continue
		}
		b := &Before{Period: was.Period, AsOf: was.AsOf, Document: was.Plan.Document,
			Points: was.Total.Points, Max: was.Total.Max, Score: *was.Total.Score}
		if c.Total.Score != nil {
			change := quantity{kind: plan.ShareFact, change: true}.figure(c.Total.Score.Exact.Sub(b.Score.Exact), number.Exact{})
			b.Change = &change
		}
		c.Before = b
	}
}

// Spread is how the scores of the units of a group lie.
type Spread struct {
	Units                   int // that have a score
	Lowest, Median, Highest Figure
}

// SpreadOf returns the spread of some scores; of no units, nothing but zeros.
func SpreadOf(cards []*Card) Spread {
	var scores []number.Exact
	for _, c := range cards {
		if c.Total.Score != nil {
			scores = append(scores, c.Total.Score.Exact)
		}
	}
	n := len(scores)
	if n == 0 {
		return Spread{}
	}
	slices.SortFunc(scores, number.Exact.Cmp)
	median := scores[(n-1)/2].Add(scores[n/2]).Quo(number.Int(2))
	one := number.Int(1)
	return Spread{n, *rate(scores[0], one), *rate(median, one), *rate(scores[n-1], one)}
}
