package score

import (
	"testing"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// scored is a card of a unit, a year and a score in percent; below 0: none.
func scored(unit string, year int, percent int64) Card {
	c := Card{
		Unit:   fact.Unit{Name: lang.Same(unit)},
		Period: plan.Period{From: date.Date{Year: year, Month: 1, Day: 1}, To: date.Date{Year: year, Month: 12, Day: 31}},
	}
	if percent >= 0 {
		c.Total.Score = rate(number.Int(percent), number.Int(100))
	}
	return c
}

func TestRecall(t *testing.T) {
	old := []Card{scored("A", 2021, 10), scored("A", 2022, 61), scored("B", 2023, 50), scored("C", 2022, -1), scored("D", 2022, 40)}
	cards := []Card{scored("A", 2023, 68), scored("B", 2023, 50), scored("C", 2023, 70), scored("D", 2023, -1), scored("E", 2023, 1)}
	Recall(cards, old)
	want := []string{"61% of 2022, +7 pp", "50% of 2023, 0 pp", "", "40% of 2022", ""}
	for i := range cards {
		got := ""
		if b := cards[i].Before; b != nil {
			got = lang.F("%s of %d", "%s of %d", b.Score.Shown, b.Period.From.Year).In(lang.EN)
			if b.Change != nil {
				got += ", " + b.Change.Shown.In(lang.EN)
			}
		}
		if got != want[i] {
			t.Errorf("%s: %q, want %q", cards[i].Unit.Name.In(lang.VI), got, want[i])
		}
	}
}

func TestSpread(t *testing.T) {
	tests := []struct {
		scores []int64
		want   string
	}{
		{[]int64{90, 10, -1, 40, 50}, "4: 10%, 45%, 90%"},
		{[]int64{7}, "1: 7%, 7%, 7%"},
		{[]int64{-1}, "0: , , "},
	}
	for _, test := range tests {
		var cards []*Card
		for _, x := range test.scores {
			c := scored("A", 2023, x)
			cards = append(cards, &c)
		}
		s := SpreadOf(cards)
		if got := lang.F("%d: %s, %s, %s", "", s.Units, s.Lowest.Shown, s.Median.Shown, s.Highest.Shown).In(lang.EN); got != test.want {
			t.Errorf("%v: %s, want %s", test.scores, got, test.want)
		}
	}
}
