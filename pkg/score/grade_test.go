package score_test

import (
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// The grade is the first that the score reaches and nothing keeps the unit from,
// and says what kept it from a better one. Deductions count.
func TestGrade(t *testing.T) {
	p := newPlan(target(share("online", "resolved"), goal(plan.AtLeast, "1"), func(t *plan.Target) { t.Credit.Kind = plan.Proportional }),
		target(value("dialogues"), plan.Goal{}, func(t *plan.Target) {
			t.ID, t.Points, t.Adjust, t.Credit = "late", number.Exact{}, plan.Deduction, plan.Credit{Kind: plan.EachOf, Each: exact("0.25")}
			t.Most = new(number.Int(1))
		}))
	p.Grades = []plan.Grade{
		{ID: "best", Title: lang.Same("Best"), AtLeast: new(exact("90%")), Percent: true, Unless: []plan.Obstacle{{Target: "t", Is: "missed"}}},
		{ID: "good", Title: lang.Same("Good"), AtLeast: new(exact("50%")), Percent: true},
		{ID: "poor", Title: lang.Same("Poor")},
	}
	for _, test := range []struct{ online, late, grade, points, kept string }{
		{"10", "0", "best", "2", ""},
		{"9", "0", "good", "9/5", "not “Best”: “Target” is missed"},
		{"10", "1", "good", "7/4", ""},
		{"10", "9", "good", "1", ""},
		{"3", "9", "poor", "0", ""},
	} {
		card := score.Evaluate(p, reports(figures{"online": test.online, "resolved": "10", "dialogues": test.late}), date.Date{Year: 2023, Month: 6, Day: 30})
		if card.Grade == nil || card.Grade.ID != test.grade || card.Total.Points.Exact.String() != test.points {
			t.Errorf("%s of 10 and %s late are %v with %s points, want %s with %s", test.online, test.late, card.Grade, card.Total.Points.Exact, test.grade, test.points)
			continue
		}
		if got := card.Grade.Kept.In(lang.EN); !strings.Contains(got, test.kept) || test.kept == "" && got != "" {
			t.Errorf("%s of 10: kept from a better grade by %q, want %q", test.online, got, test.kept)
		}
	}
}
