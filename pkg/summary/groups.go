package summary

import (
	"fmt"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/sheets"
	"github.com/parcheck/parcheck/pkg/term"
)

// groupColumns are where the columns of the groups' sheet stand that formulas
// refer to.
type groupColumns struct{ no, target, scope, units, numerator, denominator, pooled, mean, outcome int }

// pooled is a row of the groups' sheet: one target's figures of one scope.
type pooled struct {
	*Pool
	t     *targetRow
	scope *Scope
	area  *areaSheet // that holds the units' figures; nil: no unit has any
	first bool       // of its target
}

// numeric reports whether there is anything to add up.
func (r *pooled) numeric() bool {
	return r.area != nil && r.t.kind.Adds()
}

const groupsTop = 5 // header row

// writeGroups writes each target's figures of all units, and of each level and
// group.
func (x *writer) writeGroups() {
	wide := 13.0 // of the columns of sums
	for _, p := range x.s.Scopes[0].Pools {
		for _, sum := range []number.Exact{p.Numerator, p.Denominator} {
			wide = max(wide, float64(len(number.Short(sum, 2).In(lang.EN))+3))
		}
	}
	c := &x.g
	text := func(st sheets.Style, of func(*pooled) string) func(*sheets.Sheet, *pooled) {
		return func(s *sheets.Sheet, r *pooled) { s.Text(st, of(r)) }
	}
	// live adds a formula where there are figures of units.
	live := func(add func(*sheets.Sheet, *pooled)) func(*sheets.Sheet, *pooled) {
		return func(s *sheets.Sheet, r *pooled) {
			if !r.numeric() {
				s.Blank(body, 1)
				return
			}
			add(s, r)
		}
	}
	count := func(n func(*pooled) int, outcomes ...score.Outcome) func(*sheets.Sheet, *pooled) {
		return func(s *sheets.Sheet, r *pooled) {
			if r.area == nil {
				s.Blank(body, 1)
				return
			}
			var terms []string
			for _, o := range outcomes {
				terms = append(terms, "COUNTIFS("+x.criteria(s, r)+","+r.area.column(r.area.col.outcome)+","+quote(x.word(o))+")")
			}
			s.Formula(whole, strings.Join(terms, "+"), n(r))
		}
	}
	table := sheets.Table[*pooled]{
		{Title: x.title(term.Ordinal), Width: 5, At: &c.no, Cell: func(s *sheets.Sheet, r *pooled) { s.Int(centered, r.t.no) }},
		{Title: x.title(term.Clause), Width: 8, Cell: text(centered, func(r *pooled) string { return r.t.target.Clause })},
		{Title: x.title(term.Target), Head: headLeft, Width: 48, At: &c.target, Cell: func(s *sheets.Sheet, r *pooled) {
			st := body.With(shrink) // repeated: whole, in one line
			if r.first {
				st = folded
			}
			s.Text(st, r.t.target.Title.In(x.Lang))
		}},
		{Title: x.title(term.Scope), Head: headLeft, Width: max(x.groupWidth(), 16), At: &c.scope, Cell: func(s *sheets.Sheet, r *pooled) {
			s.Text(body.With(func(st *sheets.Style) { st.Shrunk, st.Bold = true, r.first }), x.title(r.scope.Title))
		}},
		{Title: x.title(term.UnitCount), Width: 8, At: &c.units, Cell: live(x.groupUnits)},
		{Title: x.Say("Sum of numerators or figures", "Tổng tử số hoặc số liệu"), Width: wide, At: &c.numerator, Cell: live(func(s *sheets.Sheet, r *pooled) {
			if !r.t.pooledShare() && !r.t.summed() || r.means() {
				s.Blank(body, 1)
				return
			}
			s.Formula(whole.Format(amount(r.Numerator)), x.sumOfFacts(s, r, 0), sheets.Stored(r.Numerator))
		})},
		{Title: x.Say("Sum of denominators", "Tổng mẫu số"), Width: wide, At: &c.denominator, Cell: live(func(s *sheets.Sheet, r *pooled) {
			if !r.t.pooledShare() || r.means() {
				s.Blank(body, 1)
				return
			}
			s.Formula(whole.Format(amount(r.Denominator)), x.sumOfFacts(s, r, 1), sheets.Stored(r.Denominator))
		})},
		{Title: x.official(plan.Pooled, lang.T("Pooled", "Gộp")), Width: max(wide, 14), At: &c.pooled, Cell: live(func(s *sheets.Sheet, r *pooled) {
			switch {
			case r.means():
				s.Blank(body, 1)
			case r.t.pooledShare():
				s.Formula(x.figureStyle(plan.Pooled, r), fmt.Sprintf(`IF(%s=0,"",%s/%s)`, s.At(c.denominator), s.At(c.numerator), s.At(c.denominator)), optionalNumber(r.Pooled))
			case r.t.summed():
				s.Formula(whole.Format(amount(r.Numerator)), fmt.Sprintf(`IF(%s=0,"",%s)`, s.At(c.units), s.At(c.numerator)), optionalNumber(r.Pooled))
			default:
				s.Blank(body, 1)
			}
		})},
		{Title: x.official(plan.Mean, lang.T("Mean of rates", "Bình quân các tỷ lệ")), Width: 14, At: &c.mean, Cell: live(func(s *sheets.Sheet, r *pooled) {
			var mean any = ""
			if r.Mean != nil {
				mean = sheets.Stored(r.display().cell(*r.Mean))
			}
			s.Formula(x.figureStyle(plan.Mean, r), fmt.Sprintf(`IFERROR(AVERAGEIFS(%s,%s),"")`, r.area.column(r.area.col.value), x.criteria(s, r)), mean)
		})},
		{Title: x.title(term.Goal), Width: 11, Cell: x.groupGoal},
		{Title: x.Say("Official figure", "Theo số chính thức"), Width: 13, At: &c.outcome, Cell: x.groupOutcome},
		{Title: x.word(score.Met), Width: 8, Cell: count(func(r *pooled) int { return r.Met }, score.Met)},
		{Title: x.word(score.Missed), Width: 9, Cell: count(func(r *pooled) int { return r.Missed }, score.Missed)},
		{Title: x.word(score.Missing), Width: 9, Cell: count(func(r *pooled) int { return r.Missing }, score.Missing)},
		{Title: x.title(term.Other), Width: 9, Cell: count(func(r *pooled) int { return r.Others }, score.Invalid, score.Pending)},
	}.Place(head)
	scopes := x.s.Scopes
	end := groupsTop + max(len(x.s.targets)*len(scopes), 1)
	s := x.sheet(x.groups, sheets.Page{
		Widths: table.Widths(), Last: end, FreezeRow: groupsTop, FreezeCol: c.scope, TitleFirst: groupsTop, Tab: navy,
	})
	x.headline(s, x.Say("Figures of groups", "Số liệu theo nhóm"))
	if rule := (sheets.Style{Italic: true, Color: midGrey}); x.s.keepsApart(ofAll) {
		s.Across(rule.With(func(st *sheets.Style) { st.Wrap = true }), x.officialRule(), len(table))
		s.EndRow(30)
	} else {
		s.Text(rule, x.officialRule())
		s.EndRow(15)
	}
	table.Header(s, 48)
	areas := map[string]*areaSheet{}
	for _, a := range x.areas {
		for i := range a.lines {
			areas[a.lines[i].target.target.ID] = a
		}
	}
	for t := range x.s.targets {
		for i := range scopes {
			row := &x.s.targets[t]
			table.Row(s, &pooled{&scopes[i].Pools[t], row, &scopes[i], areas[row.target.ID], i == 0}, 0)
		}
	}
	s.Filter(groupsTop, 1, end, len(table))
	first := groupsTop + 1
	s.Rules(first, c.outcome, end, c.outcome, x.outcomeRules("$"+diag.A1(first, c.outcome))...)
	no := diag.ColumnName(c.no)
	s.Rules(first+1, c.no, end, c.target, sheets.When(fmt.Sprintf("$%s%d=$%s%d", no, first+1, no, first), sheets.Style{Color: paleInk}))
	s.End()
}

// means reports whether all figures are means of the units below.
func (r *pooled) means() bool { return r.Units > 0 && r.Averaged == r.Units }

// officialRule says what the two figures of a group are, and which one counts.
func (x *writer) officialRule() string {
	if x.s.keepsApart(ofAll) {
		return x.whichCounts() + " " + x.title(term.CountedOnce)
	}
	return x.whichCounts()
}

func (x *writer) whichCounts() string {
	if x.s.in.Plan.Official == plan.Mean {
		return x.Say("Pooled: sum of numerators / sum of denominators. Mean: mean of the units' own rates; this is the official figure of the plan. Units without a usable figure are in neither.",
			"Gộp: tổng tử số / tổng mẫu số. Bình quân: trung bình cộng tỷ lệ của các đơn vị; đây là số liệu chính thức theo kế hoạch. Đơn vị không có số liệu dùng được thì không tính vào cả hai.")
	}
	return x.Say("Pooled: sum of numerators / sum of denominators; this is the official figure of the plan. Mean: mean of the units' own rates. Units without a usable figure are in neither.",
		"Gộp: tổng tử số / tổng mẫu số; đây là số liệu chính thức theo kế hoạch. Bình quân: trung bình cộng tỷ lệ của các đơn vị. Đơn vị không có số liệu dùng được thì không tính vào cả hai.")
}

// official marks the title of a figure that is the plan's official one.
func (x *writer) official(g plan.Grouping, title lang.Text) string {
	if x.s.in.Plan.Official == g {
		title = lang.F("%s (official)", "%s (chính thức)", title)
	}
	return title.In(x.Lang)
}

// criteria restricts a conditional sum over an area's rows to a target and a
// scope.
func (x *writer) criteria(s *sheets.Sheet, r *pooled) string {
	a, c := r.area, r.scope
	text := a.column(a.col.no) + ",$" + s.At(x.g.no)
	if col := a.col.counted[c.kind()]; col > 0 {
		text += "," + a.column(col) + ",1"
	}
	group := a.column(a.col.group)
	switch {
	case c.group != "":
		return text + "," + group + "," + criterion(x.title(c.Title))
	case c.level != "" && a.col.level > 0:
		text += "," + a.column(a.col.level) + "," + criterion(x.title(c.Title))
	case c.level != "":
		return text + "," + group + "," + criterion(x.title(c.Title))
	}
	return text + "," + group + `,"<>` + x.title(unranked) + `"`
}

// criterion is a text that a cell has to be, as conditional sums take it:
// wildcards mean themselves.
func criterion(text string) string {
	return quote("=" + strings.NewReplacer("~", "~~", "*", "~*", "?", "~?").Replace(text))
}

// usable restricts to units that have a figure.
func (x *writer) usable(s *sheets.Sheet, r *pooled) string {
	const anyNumber = "<1E+300"
	return x.criteria(s, r) + "," + r.area.column(r.area.col.value) + "," + quote(anyNumber)
}

// groupUnits counts the units with a figure.
func (x *writer) groupUnits(s *sheets.Sheet, r *pooled) {
	s.Formula(whole, "COUNTIFS("+x.usable(s, r)+")", r.Units)
}

// sumOfFacts adds a column of the units' counts up. A fact that is both has one.
func (x *writer) sumOfFacts(s *sheets.Sheet, r *pooled, i int) string {
	i = min(i, len(r.t.target.Measure.Facts())-1)
	return "SUMIFS(" + r.area.column(r.area.col.facts+i) + "," + x.usable(s, r) + ")"
}

// display is how the target's figures are shown.
func (r *pooled) display() display {
	if r.t.sample != nil {
		return displayOf(r.t.sample)
	}
	return shownAs(nil, r.t.kind)
}

// figureStyle shows one of the two figures of a group: the official one in
// bold, with enough decimals not to look like a goal that it misses.
func (x *writer) figureStyle(g plan.Grouping, r *pooled) sheets.Style {
	d, p, figure := r.display(), r.Pool, r.Pooled
	if g == plan.Mean {
		figure = p.Mean
	}
	d.decimals = 2
	if d.percent && figure != nil && p.Goal != nil {
		var bounds []number.Exact
		for _, b := range p.Goal.Bounds {
			bounds = append(bounds, b.Exact)
		}
		d.decimals, _ = number.AsPercent.DecimalsBeside(*figure, bounds, 2)
	}
	st := percent.Format(d.format())
	st.Bold = x.s.in.Plan.Official == g
	return st
}

// groupGoal is the goal, where all units of the scope have the same one.
func (x *writer) groupGoal(s *sheets.Sheet, r *pooled) {
	if r.Goal == nil || !r.numeric() {
		s.Blank(body, 1)
		return
	}
	l := line{result: &score.Result{Goal: *r.Goal, Kind: r.t.kind}}
	if goal, format, ok := l.goal(x.Lang); ok {
		s.Num(whole.Format(format), goal)
	} else {
		s.Text(centered.With(shrink), r.Goal.Shown.In(x.Lang))
	}
}

// groupOutcome holds the official figure of a share against the goal.
func (x *writer) groupOutcome(s *sheets.Sheet, r *pooled) {
	if r.Goal == nil || !r.numeric() || !r.t.pooledShare() || r.Pooled == nil || r.Outcome == score.Missing {
		s.Blank(body, 1)
		return
	}
	reached := x.officialFormula(r.Pool, s.At)
	if reached.near || reached.yes != (r.Outcome == score.Met) {
		s.Text(centered, x.word(r.Outcome))
		return
	}
	s.Formula(centered, fmt.Sprintf(`IF(ISNUMBER(%s),IF(%s,%s,%s),"")`, s.At(x.g.pooled), reached.text,
		quote(x.word(score.Met)), quote(x.word(score.Missed))), x.word(r.Outcome))
}

// officialFormula compares the official figure with the goal: pooled counts by
// cross products, a mean as rounded to twelve decimals.
func (x *writer) officialFormula(p *Pool, at func(int) string) expr {
	c := &compiler{}
	of := c.divided(plan.Measure{Op: plan.ShareOf}, known(numberCell(at(x.g.numerator), p.Numerator)), known(numberCell(at(x.g.denominator), p.Denominator)))
	if x.s.in.Plan.Official == plan.Mean {
		of = known(numberCell(at(x.g.mean), *p.Mean))
		of.crosses = false
	}
	g := goal{cmp: p.Goal.Comparator, known: yes}
	for _, b := range p.Goal.Bounds {
		g.bounds = append(g.bounds, fixedBound(b.Exact, false))
	}
	return c.holds(plan.Measure{}, of, g)
}
