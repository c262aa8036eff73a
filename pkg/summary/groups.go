package summary

import (
	"fmt"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/sheets"
)

// The columns of the groups' sheet.
const (
	groupNo = 1 + iota
	groupClause
	groupTarget
	groupScope
	groupUnits
	groupNumerator
	groupDenominator
	groupPooled
	groupMean
	groupGoal
	groupOutcome
	groupMet
	groupMissed
	groupMissing
	groupOthers
)

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
	end := groupsTop + max(len(x.s.targets)*len(x.s.Scopes), 1)
	s := x.sheet(x.groups, sheets.Page{
		Widths: []float64{5, 8, 48, max(x.groupWidth(), 16), 8, wide, wide, max(wide, 14), 14, 11, 13, 8, 9, 9, 9},
		Last:   end, FreezeRow: groupsTop, FreezeCol: groupScope, TitleFirst: groupsTop, Tab: navy,
	})
	x.headline(s, x.Say("Figures of groups", "Số liệu theo nhóm"))
	s.Text(sheets.Style{Italic: true, Color: midGrey}, x.officialRule())
	s.EndRow(15)
	x.groupsHeader(s)
	areas := map[string]*areaSheet{}
	for _, a := range x.areas {
		for i := range a.lines {
			areas[a.lines[i].target.target.ID] = a
		}
	}
	for t := range x.s.targets {
		for i := range x.s.Scopes {
			x.groupRow(s, &x.s.targets[t], &x.s.Scopes[i], areas[x.s.targets[t].target.ID])
		}
	}
	s.Filter(groupsTop, 1, end, groupOthers)
	first := groupsTop + 1
	s.Rules(first, groupOutcome, end, groupOutcome, x.outcomeRules("$"+diag.A1(first, groupOutcome))...)
	no := diag.ColumnName(groupNo)
	s.Rules(first+1, groupNo, end, groupTarget, sheets.When(fmt.Sprintf("$%s%d=$%s%d", no, first+1, no, first), sheets.Style{Color: paleInk}))
	s.End()
}

// officialRule says what the two figures of a group are, and which one counts.
func (x *writer) officialRule() string {
	if x.s.in.Plan.Official == plan.Mean {
		return x.Say("Pooled: sum of numerators / sum of denominators. Mean: mean of the units' own rates; this is the official figure of the plan. Units without a usable figure are in neither.",
			"Gộp: tổng tử số / tổng mẫu số. Bình quân: trung bình cộng tỷ lệ của các đơn vị; đây là số liệu chính thức theo kế hoạch. Đơn vị không có số liệu dùng được thì không tính vào cả hai.")
	}
	return x.Say("Pooled: sum of numerators / sum of denominators; this is the official figure of the plan. Mean: mean of the units' own rates. Units without a usable figure are in neither.",
		"Gộp: tổng tử số / tổng mẫu số; đây là số liệu chính thức theo kế hoạch. Bình quân: trung bình cộng tỷ lệ của các đơn vị. Đơn vị không có số liệu dùng được thì không tính vào cả hai.")
}

// official marks the title of a figure that is the plan's official one.
func (x *writer) official(g plan.Grouping, en, vi string) string {
	if x.s.in.Plan.Official == g {
		return x.Say(en+" (official)", vi+" (chính thức)")
	}
	return x.Say(en, vi)
}

func (x *writer) groupsHeader(s *sheets.Sheet) {
	s.Say(head, "No", "Số")
	s.Say(head, "Clause", "Mục")
	s.Say(headLeft, "Target", "Chỉ tiêu")
	s.Say(headLeft, "Of", "Phạm vi")
	s.Say(head, "Units", "Số đơn vị")
	s.Say(head, "Sum of numerators or figures", "Tổng tử số hoặc số liệu")
	s.Say(head, "Sum of denominators", "Tổng mẫu số")
	s.Text(head, x.official(plan.Pooled, "Pooled", "Gộp"))
	s.Text(head, x.official(plan.Mean, "Mean of rates", "Bình quân các tỷ lệ"))
	s.Say(head, "Goal", "Mục tiêu")
	s.Say(head, "Official figure", "Theo số chính thức")
	s.Text(head, x.word(score.Met))
	s.Text(head, x.word(score.Missed))
	s.Text(head, x.word(score.Missing))
	s.Say(head, "Other", "Khác")
	s.EndRow(48)
}

// criteria restricts a conditional sum over an area's rows to a target and a
// scope.
func (x *writer) criteria(a *areaSheet, no string, c *Scope) string {
	text := a.column(a.col.no) + "," + no
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

func (x *writer) groupRow(s *sheets.Sheet, t *targetRow, c *Scope, a *areaSheet) {
	row := s.Next()
	p := &c.Pools[t.no-1]
	at := func(col int) string { return diag.A1(row, col) }
	s.Int(centered, t.no)
	s.Text(centered, t.target.Clause)
	title := body
	if c == &x.s.Scopes[0] {
		title = folded
	}
	s.Text(title, t.target.Title.In(x.Lang))
	scope := body.With(shrink)
	if c.level == "" && c.group == "" {
		scope.Bold = true
	}
	s.Text(scope, x.title(c.Title))
	if a == nil {
		s.Blank(body, groupOthers-groupScope)
		s.EndRow(0)
		return
	}
	in := x.criteria(a, "$"+at(groupNo), c)
	x.groupFigures(s, t, p, a, in, at)
	x.groupVerdict(s, t, p, at)
	says := func(o score.Outcome) string { return a.column(a.col.outcome) + "," + quote(x.word(o)) }
	count := func(n int, outcomes ...score.Outcome) {
		var terms []string
		for _, o := range outcomes {
			terms = append(terms, "COUNTIFS("+in+","+says(o)+")")
		}
		s.Formula(whole, strings.Join(terms, "+"), n)
	}
	count(p.Met, score.Met)
	count(p.Missed, score.Missed)
	count(p.Missing, score.Missing)
	count(p.Others, score.Invalid, score.Pending)
	s.EndRow(0)
}

// groupFigures writes the sums and the two rates of a scope.
func (x *writer) groupFigures(s *sheets.Sheet, t *targetRow, p *Pool, a *areaSheet, in string, at func(int) string) {
	if t.kind == plan.ChoiceKind || t.kind == plan.RankKind {
		s.Blank(body, groupMean-groupScope)
		return
	}
	value := a.column(a.col.value)
	usable := func(sign string) string { return in + "," + value + "," + quote(sign) }
	units := "COUNTIFS(" + usable(">=0") + ")"
	if t.kind == plan.ChangeKind {
		units += "+COUNTIFS(" + usable("<0") + ")"
	}
	s.Formula(whole, units, p.Units)

	sum := func(i int) string { return "SUMIFS(" + a.column(a.col.facts+i) + "," + usable(">=0") + ")" }
	d := shownAs(nil, t.kind)
	if t.sample != nil {
		d = displayOf(t.sample)
	}
	pooled := x.figureStyle(plan.Pooled, d, p)
	switch {
	case t.pooledShare():
		s.Formula(whole.Format(amount(p.Numerator)), sum(0), sheets.Stored(p.Numerator))
		s.Formula(whole.Format(amount(p.Denominator)), sum(1), sheets.Stored(p.Denominator))
		s.Formula(pooled, fmt.Sprintf(`IF(%s=0,"",%s/%s)`, at(groupDenominator), at(groupNumerator), at(groupDenominator)), optionalNumber(p.Pooled))
	case t.summed():
		s.Formula(whole.Format(amount(p.Numerator)), sum(0), sheets.Stored(p.Numerator))
		s.Blank(body, 1)
		s.Formula(whole.Format(amount(p.Numerator)), fmt.Sprintf(`IF(%s=0,"",%s)`, at(groupUnits), at(groupNumerator)), optionalNumber(p.Pooled))
	default:
		s.Blank(body, 3)
	}
	var mean any = ""
	if p.Mean != nil {
		mean = sheets.Stored(d.cell(*p.Mean))
	}
	s.Formula(x.figureStyle(plan.Mean, d, p), fmt.Sprintf(`IFERROR(AVERAGEIFS(%s,%s),"")`, value, in), mean)
}

// figureStyle shows one of the two figures of a group: the official one in
// bold, with enough decimals not to look like a goal that it misses.
func (x *writer) figureStyle(g plan.Grouping, d display, p *Pool) sheets.Style {
	figure := p.Pooled
	if g == plan.Mean {
		figure = p.Mean
	}
	d.decimals = 2
	if d.percent && figure != nil && p.Goal != nil {
		var bounds []number.Exact
		for _, b := range p.Goal.Bounds {
			bounds = append(bounds, b.Exact)
		}
		d = shownAs(&score.Figure{Shown: number.Beside(*figure, bounds, 2, number.AsPercent)}, plan.ShareKind)
	}
	st := percent.Format(d.format())
	st.Bold = x.s.in.Plan.Official == g
	return st
}

// groupVerdict holds the official figure of a share against the goal, where
// all units of the scope have the same one.
func (x *writer) groupVerdict(s *sheets.Sheet, t *targetRow, p *Pool, at func(int) string) {
	if p.Goal == nil || t.kind == plan.ChoiceKind || t.kind == plan.RankKind {
		s.Blank(body, 2)
		return
	}
	l := line{result: &score.Result{Goal: *p.Goal, Kind: t.kind}}
	if goal, format, ok := l.goal(); ok {
		s.Num(whole.Format(format), goal)
	} else {
		s.Text(centered, p.Goal.Shown.In(x.Lang))
	}
	if !t.pooledShare() || p.Pooled == nil || p.Outcome == score.Missing {
		s.Blank(body, 1)
		return
	}
	judged, near := x.officialFormula(p, at)
	if near {
		s.Text(centered, x.word(p.Outcome))
		return
	}
	s.Formula(centered, fmt.Sprintf(`IF(ISNUMBER(%s),IF(%s,%s,%s),"")`, at(groupPooled), judged,
		quote(x.word(score.Met)), quote(x.word(score.Missed))), x.word(p.Outcome))
}

// officialFormula compares the official figure with the goal: pooled counts by
// cross products, a mean as rounded to twelve decimals.
func (x *writer) officialFormula(p *Pool, at func(int) string) (judged string, near bool) {
	c := &compiler{result: &score.Result{}, ids: []string{"n", "d"}, facts: reportedFacts(p.Numerator, p.Denominator),
		measure: plan.Measure{Op: plan.ShareOf, Part: "n", Whole: "d"},
		cells:   cells{facts: []string{at(groupNumerator), at(groupDenominator)}}}
	if x.s.in.Plan.Official == plan.Mean {
		c = &compiler{result: &score.Result{}, ids: []string{"m"}, facts: reportedFacts(*p.Mean),
			measure: plan.Measure{Op: plan.ValueOf, Fact: "m"},
			cells:   cells{facts: []string{"ROUND(" + at(groupMean) + ",12)"}}}
	}
	judged, _, ok := c.judge(p.Goal.Comparator, p.Goal.Bounds)
	return judged, c.close || !ok
}

func reportedFacts(values ...number.Exact) []*fact.Fact {
	var facts []*fact.Fact
	for _, v := range values {
		facts = append(facts, &fact.Fact{State: fact.Reported, Value: v})
	}
	return facts
}
