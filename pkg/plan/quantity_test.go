package plan

import "testing"

func TestMeasureKind(t *testing.T) {
	p, _ := whole(t)
	count, amount, stated, rank, choice := fact("resolved"), fact("fees"), fact("stated"), fact("par-index"), fact("code-of-conduct")
	ratio := share("partial", "resolved")
	for _, test := range []struct {
		m    Measure
		want string
	}{
		{count, "count"},
		{amount, "amount"},
		{stated, "share"},
		{rank, "rank"},
		{choice, "choice"},
		{ratio, "share"},
		{of(OneMinus, ratio), "share"},
		{of(ChangeOf, ratio, stated), "change"},
		{of(ChangeOf, rank, rank), "change"},
		{of(GrowthOf, ratio, ratio), "change"},
		{of(GrowthOf, count, count), "change"},
		{of(GrowthOf, count, ratio), ""},
		{of(GrowthOf, rank, rank), ""},
		{of(ChangeOf, count, count), "change"},
		{of(MinOf, ratio, stated), "share"},
		{of(SumOf, ratio, ratio), "share"},
		{of(MaxOf, count, count), "count"},
		{of(MeanOf, count, count), "amount"},
		{of(MeanOf, amount, amount), "amount"},

		{fact("nothing"), ""},
		{of(MinOf, count, fact("nothing")), ""},
		{share("par-index", "resolved"), ""},
		{share("stated", "stated"), ""},
		{share("fees", "resolved"), ""},
		{of(OneMinus, count), ""},
		{of(ChangeOf, count, ratio), ""},
		{of(ChangeOf, choice, choice), ""},
		{of(MeanOf, rank, rank), ""},
		{of(MinOf, count, amount), ""},
		{of(MinOf, of(ChangeOf, count, count), of(ChangeOf, ratio, ratio)), ""},
		{Measure{Op: SumOf}, ""},
	} {
		if got := p.MeasureKind(test.m); got.String() != test.want {
			t.Errorf("%v is of kind %q, want %q", test.m, got, test.want)
		}
	}
}

func TestPart(t *testing.T) {
	p, _ := whole(t)
	for _, test := range []struct{ key, from, to string }{
		{"m2", "2023-02-01", "2023-02-28"},
		{"m12", "2023-12-01", "2023-12-31"},
		{"q1", "2023-01-01", "2023-03-31"},
		{"q3", "2023-07-01", "2023-09-30"},
		{"h2", "2023-07-01", "2023-12-31"},
		{"year", "2023-01-01", "2023-12-31"},
	} {
		got, ok := p.Period.Part(test.key)
		if !ok || got.From.String() != test.from || got.To.String() != test.to {
			t.Errorf("%s is %v to %v, %v, want %s to %s", test.key, got.From, got.To, ok, test.from, test.to)
		}
	}
	for _, key := range []string{"", "q", "q0", "q5", "q01", "h3", "m13", "y", "years", "Q1"} {
		if got, ok := p.Period.Part(key); ok {
			t.Errorf("%q is %v", key, got)
		}
	}
}
