package batch

import (
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
)

// Receipts tell when submissions came, by the folded name or id of their unit.
type Receipts map[string]fact.Receipt

// Anybody is the key of a day on which every submission came.
const Anybody = ""

// receipt is the day on which a unit's file came: what the mapping says of the
// file goes before what is known of the unit. The zero value: nobody says.
func (b *Batch) receipt(file string, u fact.Unit) fact.Receipt {
	if b.Mapping != nil {
		if told, _ := b.Mapping.Of(file); !told.Received.IsZero() {
			return fact.Receipt{Day: told.Received, From: told.Place}
		}
	}
	for _, name := range []string{u.ID, u.Name.In(lang.VI), u.Name.In(lang.EN)} {
		if at, ok := b.Received[label.Key(name)]; ok && name != "" {
			return at
		}
	}
	return b.Received[Anybody]
}

// submitted gives each card's file the day on which its unit sent it in.
func (b *Batch) submitted(cards []score.Card) map[string]date.Date {
	out := map[string]date.Date{}
	for i := range cards {
		if at := b.receipt(cards[i].Input.File, cards[i].Unit); !at.Day.IsZero() {
			out[cards[i].Input.File] = at.Day
		}
	}
	return out
}
