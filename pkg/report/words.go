package report

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/term"
)

// mark is an outcome in one cell; its word always stands beside it.
func mark(o score.Outcome) string {
	switch o {
	case score.Met:
		return "✓"
	case score.Missed:
		return "✗"
	case score.Pending:
		return "…"
	case score.NotApplicable:
		return "–"
	case score.Invalid:
		return "!"
	case score.Tracked:
		return "○"
	case score.Missing:
	}
	return "?"
}

func severityWord(s diag.Severity) lang.Text {
	switch s {
	case diag.Warning:
		return lang.T("warnings", "cảnh báo")
	case diag.Note:
		return lang.T("notes", "ghi chú")
	case diag.Error:
	}
	return lang.T("errors", "lỗi")
}

// count prints a whole number by language: "1,198", "1.198".
func count(n int64) lang.Text { return number.Short(number.Int(n), 0) }

// document names the legal document behind a plan: "3532/QĐ-UBND, 23/12/2022".
func document(p score.PlanRef) lang.Text {
	switch {
	case p.Document == "":
		return lang.Same(p.ID)
	case p.Date.IsZero():
		return lang.Same(p.Document)
	}
	return lang.F("%s of %s", "%s ngày %s", p.Document, p.Date.Shown())
}

// pointsOf prints "0.5/1", or that the target earns none.
func pointsOf(r *score.Result) lang.Text {
	if r.Adjust != plan.NoAdjustment {
		return signed(r.Points)
	}
	if r.Max.Exact.IsZero() && r.Outcome == score.Tracked {
		return lang.Same("–") // its outcome says so
	}
	if r.Max.Exact.IsZero() {
		return term.Tracked
	}
	return lang.F("%s/%s", "%s/%s", r.Points.Shown, r.Max.Shown)
}

// signed prints points that are added or taken off: "+0.5", "-1".
func signed(f score.Figure) lang.Text {
	if f.Exact.Sign() > 0 {
		return lang.F("+%s", "+%s", f.Shown)
	}
	return f.Shown
}

// judgedAs is the outcome of a result, or how it adjusts the score.
func judgedAs(r *score.Result) lang.Text {
	switch {
	case r.Outcome != score.Tracked:
	case r.Adjust == plan.Deduction:
		return term.Deduction
	case r.Adjust == plan.Bonus:
		return term.Bonus
	}
	return r.Outcome.Title()
}

// pointsNote tells which points are no plain sum of the targets that apply: what
// was added and taken off outside the maximum, and what targets that do not
// apply left behind. Where there is neither, it is nothing.
func pointsNote(c *score.Card) lang.Text {
	return lang.Join(nonEmpty(adjusted(c), fellAway(c)), ". ")
}

// fellAway tells how many points of targets that do not apply were shared or
// given.
func fellAway(c *score.Card) lang.Text {
	var shared, given number.Exact
	for i := range c.Results {
		switch r := &c.Results[i]; r.Fallen {
		case plan.Shared:
			shared = shared.Add(r.Max.Exact)
		case plan.Given:
			given = given.Add(r.Max.Exact)
		case plan.Dropped:
		}
	}
	var parts []lang.Text
	if !shared.IsZero() {
		parts = append(parts, lang.F("%s shared over the others", "%s điểm chia cho các chỉ tiêu khác", number.Short(shared, 6)))
	}
	if !given.IsZero() {
		parts = append(parts, lang.F("%s given in full", "%s điểm được tính đủ", number.Short(given, 6)))
	}
	if len(parts) == 0 {
		return lang.Text{}
	}
	return lang.F("Points of targets that do not apply: %s", "Điểm của chỉ tiêu không áp dụng: %s", lang.Join(parts, ", "))
}

// adjusted tells what was added and taken off outside the maximum.
func adjusted(c *score.Card) lang.Text {
	var off, on number.Exact
	kinds := map[plan.Adjustment]bool{}
	for i := range c.Results {
		r := &c.Results[i]
		kinds[r.Adjust] = true
		switch r.Adjust {
		case plan.Deduction:
			off = off.Add(r.Points.Exact)
		case plan.Bonus:
			on = on.Add(r.Points.Exact)
		case plan.NoAdjustment:
		}
	}
	var parts []lang.Text
	if kinds[plan.Deduction] {
		parts = append(parts, lang.F("deductions %s", "điểm trừ %s", number.Short(off, 6)))
	}
	if kinds[plan.Bonus] {
		parts = append(parts, lang.F("bonuses +%s", "điểm thưởng +%s", number.Short(on, 6)))
	}
	if len(parts) == 0 {
		return lang.Text{}
	}
	return lang.F("In these points, outside the maximum: %s", "Trong số điểm này, ngoài điểm tối đa: %s", lang.Join(parts, ", "))
}

// verdict tells an outcome and its distance: "missed by 1 dossier".
func verdict(r *score.Result) lang.Text {
	words := r.Outcome.Title()
	if r.Gap != nil {
		words = lang.F("%s by %s", "%s, chênh lệch %s", words, r.Gap.Shown)
	}
	if r.Closed() {
		words = lang.F("%s, %s", "%s, %s", words, term.Withheld)
	}
	return words
}

// valueOf prints what was reached, or nothing.
func valueOf(r *score.Result) lang.Text { return figure(r.Value) }

func figure(f *score.Figure) lang.Text {
	if f == nil {
		return lang.Text{}
	}
	return f.Shown
}

// part prints a fact with its unit: "1,299 dossiers".
func part(p *score.Part) lang.Text {
	if p.Shown.IsZero() {
		return score.Missing.Title()
	}
	return number.WithUnit(p.Exact, p.Shown, p.Unit)
}

// shareOf prints the counts of a share, "1,299 / 2,000"; nothing otherwise.
func shareOf(r *score.Result) lang.Text {
	if r.Numerator == nil || r.Denominator == nil {
		return lang.Text{}
	}
	return lang.F("%s / %s", "%s / %s", shownOr(r.Numerator), shownOr(r.Denominator))
}

func shownOr(p *score.Part) lang.Text {
	if p.Shown.IsZero() {
		return lang.Same("?")
	}
	return p.Shown
}

// unitName is the name of a card's unit, or of its file.
func unitName(c *score.Card) lang.Text {
	if c.Unit.Name.IsZero() {
		return lang.Same(c.Input.File)
	}
	return c.Unit.Name
}

// notApplicable counts the targets that are not listed.
func notApplicable(n int) lang.Text {
	return number.Count(int64(n),
		"other target does not apply to this unit or has nothing to measure",
		"other targets do not apply to this unit or have nothing to measure",
		"chỉ tiêu khác không áp dụng cho đơn vị hoặc không phát sinh")
}

// waived tells a waiver in one sentence.
func waived(w *score.Waiver) lang.Text {
	return lang.F("waived until %s by %s: %s", "được miễn đến hết %s, %s duyệt: %s", w.Expires.Shown(), w.Approver, w.Reason)
}

// about is one line of what a card is about.
type about struct{ label, value lang.Text }

// aboutCard tells the level, plan, period and file of a card; values may be
// empty.
func aboutCard(c *score.Card) []about {
	file := lang.Same(c.Input.File)
	if c.Input.Kind == fact.FromUnits {
		file = lang.Text{} // it handed in none
	}
	return []about{
		{term.Level, c.Unit.LevelTitle},
		{term.Plan, c.Plan.Title},
		{term.Document, lang.Join(nonEmpty(document(c.Plan), c.Plan.Issuer), " · ")},
		{term.Period, periodLine(c)},
		{term.File, file},
		{term.MadeOf, madeOf(c)},
		{term.Grade, gradeOf(c)},
	}
}

// madeOf tells of which units below a card was made.
func madeOf(c *score.Card) lang.Text {
	if c.RolledUp == nil {
		return lang.Text{}
	}
	return c.RolledUp.Words()
}

// gradeOf is the grade of a card, with what keeps it from a better one.
func gradeOf(c *score.Card) lang.Text {
	switch {
	case c.Grade == nil:
		return lang.Text{}
	case c.Grade.Kept.IsZero():
		return c.Grade.Title
	}
	return lang.F("%s (%s)", "%s (%s)", c.Grade.Title, c.Grade.Kept)
}

// periodLine tells the period, how it was told, and the day of judgement.
func periodLine(c *score.Card) lang.Text {
	p := c.Period.Days()
	if p.IsZero() {
		p = lang.T("not stated", "không ghi")
	}
	if !c.PeriodFrom.IsZero() {
		p = lang.F("%s (from %s)", "%s (theo %s)", p, c.PeriodFrom)
	}
	if !c.AsOf.IsZero() {
		p = lang.F("%s, judged as of %s", "%s, đánh giá tại ngày %s", p, c.AsOf.Shown())
	}
	return p
}

func nonEmpty(parts ...lang.Text) []lang.Text {
	var out []lang.Text
	for _, p := range parts {
		if !p.IsZero() {
			out = append(out, p)
		}
	}
	return out
}

// standsAt tells where a fact stands, or what was looked for unless that was
// told.
func standsAt(f *fact.Fact, told bool) lang.Text {
	if cells := trace(f); !cells.IsZero() {
		return lang.F("%s: %s = %s", "%s: %s = %s", f.Title, factShown(f), cells)
	}
	if f.State != fact.Reported && !f.Reason.IsZero() && !told {
		return lang.F("%s: %s; %s", "%s: %s; %s", f.Title, factShown(f), f.Reason)
	}
	return lang.F("%s: %s", "%s: %s", f.Title, factShown(f))
}

// tells reports whether a result's own reason says why a fact has no value:
// that of a fact by which it was judged, and which is to blame.
func tells(r *score.Result, f *fact.Fact) bool {
	return blames(r.Outcome, f.State) && slices.Contains(r.Facts, f.ID)
}

// remarks tells what changes no outcome and a reader should know: notes,
// figures shown beside, waivers, points that targets which do not apply leave
// behind.
func remarks(c *score.Card) []lang.Text {
	var out []lang.Text
	for _, r := range pick(c, anyResult) {
		if r.Outcome == score.NotApplicable {
			if r.Fallen != plan.Dropped {
				out = append(out, lang.F("%s: %s", "%s: %s", r.Title, r.Reason))
			}
			continue
		}
		if !r.Note.IsZero() {
			out = append(out, lang.F("%s: %s", "%s: %s", r.Title, r.Note))
		}
		for i := range r.Also {
			p := &r.Also[i]
			out = append(out, lang.F("%s: %s: %s %s", "%s: %s: %s %s", r.Title, term.Beside, p.Title, part(p)))
		}
		if r.Waiver != nil {
			out = append(out, lang.F("%s: %s", "%s: %s", r.Title, waived(r.Waiver)))
		}
	}
	return out
}

// howRead tells how a source gave its figure: its rule, what its one cell held,
// and what a derived fact is made of.
func howRead(c *score.Card, f *fact.Fact, s *fact.Source) lang.Text {
	parts := nonEmpty(s.How)
	if len(s.Evidence) == 1 {
		parts = append(parts, nonEmpty(cellOf(&s.Evidence[0]))...)
	}
	if len(f.Parts) > 0 {
		parts = append(parts, lang.F("of: %s", "từ: %s", lang.Join(factTitles(c, f.Parts), "; ")))
	}
	return lang.Join(parts, "; ")
}

// factTitles names facts by their titles.
func factTitles(c *score.Card, ids []string) []lang.Text {
	var out []lang.Text
	for _, id := range ids {
		title := lang.Same(id)
		if f := findFact(c, id); f != nil {
			title = f.Title
		}
		out = append(out, title)
	}
	return out
}
