package summary

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/sheets"
	"github.com/parcheck/parcheck/pkg/term"
)

// The rows above the matrix's data.
const (
	matrixArea = 4 + iota
	matrixNo
	matrixTitle
	matrixGoal
	matrixMax
	matrixCommitment
	matrixFirst
)

// matrixColumns are where the matrix's blocks begin: the figures, which are
// printed, and beside them outcomes, points and totals, which are not.
type matrixColumns struct {
	no, unit, group           int
	figures, outcomes, points int // as many columns each as there are targets
	most                      int // likewise, the points at most, where they differ by unit; 0: they do not
	totals                    int
	areas                     int          // of scored, perArea columns each
	scored                    []score.Area // whose subtotals stand in it
	targets                   int
	units                     []*Unit // with a card, in the order of their numbers
	rows                      map[int]int
	table                     sheets.Table[*matrixRow]
}

// matrixRow is a unit and its targets; nil stands where one does not bind it.
type matrixRow struct {
	*Unit
	lines []*located
}

// The columns of the matrix's totals, in order.
const (
	totalPoints = iota
	totalMax
	totalJudged
	totalMet
	totalMissed
	totalMissing
	totalInvalid
	totalPending
	totalNotApplicable
	mandatoryPoints
	mandatoryMax
	mandatoryMet
	mandatoryApplicable
	aspirationalPoints
	aspirationalMax
	aspirationalMet
	aspirationalApplicable
	totalColumns
)

func (x *writer) layMatrix() {
	m := &x.m
	m.no, m.unit, m.group, m.figures = 1, 2, 3, 4
	m.targets = len(x.s.targets)
	m.outcomes = m.figures + m.targets + 1
	m.points = m.outcomes + m.targets + 1
	m.totals = m.points + m.targets + 1
	if slices.ContainsFunc(x.s.in.Plan.Targets, func(t plan.Target) bool { return t.PointsOf != "" }) {
		m.most = m.totals
		m.totals += m.targets + 1
	}
	m.scored = x.s.subtotalled()
	m.areas = m.totals + totalColumns + 1
	m.rows = map[int]int{}
	for i := range x.s.Units {
		if u := &x.s.Units[i]; u.Card != nil {
			m.rows[u.No] = matrixFirst + len(m.units)
			m.units = append(m.units, u)
		}
	}
	gap := sheets.Column[*matrixRow]{Width: 2, Cell: func(s *sheets.Sheet, _ *matrixRow) { s.Blank(plain, 1) }}
	name := func(of func(*Unit) string) func(*sheets.Sheet, *matrixRow) {
		return func(s *sheets.Sheet, r *matrixRow) { s.Text(body.With(shrink), of(r.Unit)) }
	}
	list := sheets.Table[*matrixRow]{
		{Title: x.title(term.Ordinal), Head: head, Width: 5, Cell: func(s *sheets.Sheet, r *matrixRow) { s.Int(key, r.No) }},
		{Title: x.title(term.Unit), Head: headLeft, Width: x.unitWidth(), Cell: name(func(u *Unit) string { return u.Name.In(x.Lang) })},
		{Title: x.title(term.Group), Head: head, Width: x.groupWidth(), Cell: name(func(u *Unit) string { return x.title(u.GroupTitle) })},
	}
	list = append(append(list, x.matrixBlock(x.figureWidth, "–", x.matrixFigure)...), gap)
	list = append(append(list, x.matrixBlock(fixed(14), x.word(score.NotApplicable), x.matrixOutcome)...), gap)
	list = append(append(list, x.matrixBlock(fixed(8), "", x.matrixPoints)...), gap)
	if m.most > 0 {
		list = append(append(list, x.matrixBlock(fixed(8), "", x.matrixMost)...), gap)
	}
	list = append(list, x.matrixTotals()...)
	if len(m.scored) > 0 {
		list = append(append(list, gap), x.matrixOfAreas()...)
	}
	m.table = list.Place(plain)
}

func fixed(width float64) func(int) float64 { return func(int) float64 { return width } }

// rotated heads a column over a target or a total.
var rotated = head.With(func(st *sheets.Style) { st.Rotated, st.Size, st.Bold = true, 9, false })

// matrixBlock is a column for each target; unbound stands where one does not
// concern the unit.
func (x *writer) matrixBlock(width func(int) float64, unbound string, cell func(s *sheets.Sheet, i int, l *located)) sheets.Table[*matrixRow] {
	none := centered.With(func(st *sheets.Style) { st.Color = midGrey })
	var block sheets.Table[*matrixRow]
	for i := range x.s.targets {
		block = append(block, sheets.Column[*matrixRow]{Title: x.s.targets[i].target.Title.In(x.Lang), Head: rotated, Width: width(i),
			Cell: func(s *sheets.Sheet, r *matrixRow) {
				if l := r.lines[i]; l != nil {
					cell(s, i, l)
					return
				}
				if unbound == "" {
					s.Blank(none, 1)
					return
				}
				s.Text(none, unbound)
			}})
	}
	return block
}

// find takes a cell of the row of an area's sheet that a block's target has.
func (x *writer) find(s *sheets.Sheet, l *located, block, col int) string {
	keyed := fmt.Sprintf("$%d*%d+$A%d,", matrixNo, keyStep, s.Next())
	return "INDEX(" + l.area.column(col) + ",MATCH(" + diag.ColumnName(block+l.target.no-1) + keyed + l.area.column(l.area.col.key) + ",0))"
}

func (x *writer) matrixFigure(s *sheets.Sheet, i int, l *located) {
	value, shown := x.find(s, l, x.m.figures, l.area.col.value), l.figure(x.Lang)
	if shown == "" {
		shown = x.word(l.result.Outcome)
	}
	formula := "IF(" + value + `="",` + s.At(x.m.outcomes+i) + "," + value + ")"
	s.Formula(sheets.Style{Boxed: true, Center: true, Shrunk: true, Num: l.valueFormat(x.Lang), Size: 9}, formula, shown)
}

func (x *writer) matrixOutcome(s *sheets.Sheet, _ int, l *located) {
	s.Formula(centered, x.find(s, l, x.m.outcomes, l.area.col.outcome), x.word(l.result.Outcome))
}

func (x *writer) matrixPoints(s *sheets.Sheet, _ int, l *located) {
	s.Formula(points.Format(pointsFormat(l.result.Points.Exact)), x.find(s, l, x.m.points, l.area.col.points), sheets.Stored(l.result.Points.Exact))
}

func (x *writer) matrixMost(s *sheets.Sheet, _ int, l *located) {
	s.Formula(points.Format(pointsFormat(l.result.Max.Exact)), x.find(s, l, x.m.most, l.area.col.max), sheets.Stored(l.result.Max.Exact))
}

// blocks is how many blocks of a column for each target there are.
func (m *matrixColumns) blocks() int {
	if m.most > 0 {
		return 4
	}
	return 3
}

// mostOf is the points at most of some targets, by index, as formulas of a row name
// them.
func (m *matrixColumns) mostOf(row, first, last int) string {
	if m.most > 0 {
		return "$" + diag.A1(row, m.most+first) + ":$" + diag.A1(row, m.most+last)
	}
	return sheets.Range(matrixMax, m.outcomes+first, matrixMax, m.outcomes+last)
}

// pages is how many printed pages the figures are wide.
func (m *matrixColumns) pages() int { return max((m.targets+17)/18, 1) }

func (m *matrixColumns) end() int { return matrixFirst + max(len(m.units), 1) - 1 }

// matrixColumn is a column of the matrix's data as other sheets refer to it.
func (x *writer) matrixColumn(col int) string {
	return diag.QuoteSheet(x.matrix) + "!" + sheets.Range(matrixFirst, col, x.m.end(), col)
}

func (x *writer) writeMatrix() {
	m := &x.m
	s := x.sheet(x.matrix, sheets.Page{
		Widths: m.table.Widths(), Last: m.end(), FreezeRow: matrixFirst - 1, FreezeCol: m.group, TitleFirst: matrixArea,
		PrintCols: m.figures + m.targets - 1, PagesWide: m.pages(), Tab: navy, Zoom: 85, LookedUp: true,
	})
	x.matrixHeadline(s)
	x.matrixHeader(s)
	lines := x.linesByUnit()
	for _, u := range m.units {
		m.table.Row(s, &matrixRow{u, lines[u.No]}, 15)
	}
	if len(m.units) == 0 {
		s.Say(body, "No card", "Không có thẻ điểm")
		s.EndRow(0)
	}
	x.matrixRules(s)
	s.Filter(matrixFirst-1, 1, m.end(), m.group)
	s.End()
}

func (x *writer) matrixHeadline(s *sheets.Sheet) {
	m := &x.m
	s.Say(titleStyle, "Matrix of units and targets", "Ma trận đơn vị và chỉ tiêu")
	s.EndRow(26)
	s.Text(subtitle, x.s.heading())
	s.EndRow(15)
	s.Text(linkStyle, "← "+x.overview)
	s.Blank(plain, 2)
	s.Say(sheets.Style{Italic: true, Color: midGrey},
		"Blue: met. Orange, bold: missed (dark orange: by more than a quarter of the goal). Grey, italic: missing. Yellow: invalid. –: does not bind the unit.",
		"Xanh: đạt. Cam, đậm: không đạt (cam sẫm: lệch quá một phần tư mục tiêu). Xám, nghiêng: thiếu số liệu. Vàng: không dùng được. –: không áp dụng cho đơn vị.")
	s.Blank(plain, m.outcomes-s.Filled()-1)
	s.Say(section, "Outcomes", "Đánh giá")
	s.Blank(plain, m.points-s.Filled()-1)
	s.Text(section, x.title(term.Points))
	if m.most > 0 {
		s.Blank(plain, m.most-s.Filled()-1)
		s.Text(section, x.title(term.PointsAtMost))
	}
	s.Blank(plain, m.totals-s.Filled()-1)
	s.Say(section, "Totals", "Tổng")
	s.Link(s.Next(), 1, diag.QuoteSheet(x.overview)+"!A1", x.overview)
	s.EndRow(18)
}

// matrixHeader writes the rows that describe the targets, over each block.
func (x *writer) matrixHeader(s *sheets.Sheet) {
	small := sheets.Style{Boxed: true, Size: 8, Center: true, Fill: grey, Wrap: true}
	side := func(st sheets.Style, title lang.Text) {
		s.Blank(st, 1)
		s.Text(st, x.title(title))
		s.Blank(st, 1)
	}
	blocks := func(cell func(t *targetRow)) {
		for range x.m.blocks() {
			for i := range x.s.targets {
				cell(&x.s.targets[i])
			}
			s.Blank(plain, 1)
		}
	}

	side(headLeft, term.Area)
	s.EndRow(x.matrixAreas(s))

	side(small, lang.T("target number", "số chỉ tiêu"))
	blocks(func(t *targetRow) { s.Int(small, t.no) })
	s.EndRow(14)

	x.m.table.Header(s, 190)

	side(small, term.Goal)
	blocks(func(t *targetRow) { x.matrixGoal(s, small, t) })
	s.EndRow(14)
	side(small, term.PointsAtMost)
	blocks(func(t *targetRow) { x.worth(s, small, t) })
	s.EndRow(14)
	side(small, term.Commitment)
	blocks(func(t *targetRow) { s.Text(small, x.commitment(t.target.Commitment)) })
	s.EndRow(24)
}

func (x *writer) commitment(c plan.Commitment) string {
	if c == plan.Aspirational {
		return x.title(term.Aspirational)
	}
	return x.title(term.Mandatory)
}

// matrixAreas writes the areas over the targets, one cell for each run, and
// returns how high the row is: a title over one target takes many lines.
func (x *writer) matrixAreas(s *sheets.Sheet) (height float64) {
	height = 30
	small := head.With(func(st *sheets.Style) { st.Size = 9 })
	perPage := (len(x.s.targets) + x.m.pages() - 1) / x.m.pages()
	for range x.m.blocks() {
		for i := 0; i < len(x.s.targets); {
			run := i + 1
			for run < len(x.s.targets) && run%perPage != 0 && x.s.targets[run].target.Area == x.s.targets[i].target.Area {
				run++
			}
			col := s.Filled() + 1
			title := x.title(x.s.areaTitle(x.s.targets[i].target.Area))
			const perColumn, line = 8, 12.0 // characters that surely fit, and points
			lines := (len([]rune(title)) + perColumn*(run-i) - 1) / (perColumn * (run - i))
			height = max(height, min(line*float64(lines+1), 120))
			s.Text(small, title)
			s.Blank(small, run-i-1)
			s.Merge(s.Next(), col, s.Next(), col+run-i-1)
			i = run
		}
		s.Blank(plain, 1)
	}
	return height
}

// worth writes the points that a target is worth, or from what to what they differ.
func (x *writer) worth(s *sheets.Sheet, st sheets.Style, t *targetRow) {
	least, most := x.s.in.Plan.PointsRange(t.target)
	if least.Equal(most) {
		s.Num(st.Format(pointsFormat(most)), most)
		return
	}
	s.Text(st, lang.F("%s–%s", "%s–%s", number.Short(least, 4), number.Short(most, 4)).In(x.Lang))
}

func (x *writer) matrixGoal(s *sheets.Sheet, st sheets.Style, t *targetRow) {
	switch {
	case t.sample == nil:
		s.Text(st, "–")
	case !t.uniform:
		s.Text(st, term.ByLevel.In(x.Lang))
	default:
		l := line{result: t.sample}
		if goal, format, ok := l.goal(x.Lang); ok {
			s.Num(st.Format(format), goal)
			return
		}
		s.Text(st, t.sample.Goal.Shown.In(x.Lang))
	}
}

func (x *writer) totalTitles() []string {
	title := func(o score.Outcome) string { return x.word(o) }
	mandatory, aspirational := x.commitment(plan.Mandatory)+": ", x.commitment(plan.Aspirational)+": "
	earned, most := term.Points.In(x.Lang), term.PointsAtMost.In(x.Lang)
	met, applicable := term.Met.In(x.Lang), x.Say("applicable", "áp dụng")
	return []string{
		lang.Sentence(earned), lang.Sentence(most), x.title(term.PointsEvaluated),
		title(score.Met), title(score.Missed), title(score.Missing), title(score.Invalid), title(score.Pending), title(score.NotApplicable),
		mandatory + earned, mandatory + most, mandatory + met, mandatory + applicable,
		aspirational + earned, aspirational + most, aspirational + met, aspirational + applicable,
	}
}

// linesByUnit finds the rows of the areas' sheets: by unit number, one a
// target; nil where the target does not bind the unit.
func (x *writer) linesByUnit() map[int][]*located {
	out := map[int][]*located{}
	for _, u := range x.m.units {
		out[u.No] = make([]*located, len(x.s.targets))
	}
	for _, a := range x.areas {
		for i := range a.lines {
			l := &a.lines[i]
			out[l.unit.No][l.target.no-1] = &located{l, a}
		}
	}
	return out
}

type located struct {
	*line
	area *areaSheet
}

// matrixTotals is the columns that add a row up.
func (x *writer) matrixTotals() sheets.Table[*matrixRow] {
	m := &x.m
	column := func(cell func(*sheets.Sheet, *matrixRow)) sheets.Column[*matrixRow] {
		return sheets.Column[*matrixRow]{Head: rotated, Width: 9, Cell: cell}
	}
	// A block of a row, and what stands above it, as formulas name them.
	across := func(s *sheets.Sheet, first int) string {
		return "$" + diag.A1(s.Next(), first) + ":$" + diag.A1(s.Next(), first+m.targets-1)
	}
	most := func(s *sheets.Sheet) string { return m.mostOf(s.Next(), 0, m.targets-1) }
	each := func(format string, list []score.Outcome) string {
		var terms []string
		for _, o := range list {
			terms = append(terms, fmt.Sprintf(format, quote(x.word(o))))
		}
		return strings.Join(terms, "+")
	}
	sum := func(part int, stored func(*Unit) number.Exact) sheets.Column[*matrixRow] {
		return column(func(s *sheets.Sheet, r *matrixRow) {
			by := "SUMIF(" + across(s, m.outcomes) + ",%s," + most(s) + ")"
			sums := parts{"SUM(" + across(s, m.points) + ")", each(by, applicableOutcomes), each(by, applicableOutcomes[:2])}
			if rows, ofAreas := x.matrixSubtotals(r.Unit, s.Next()); len(rows) > 0 {
				sums = ofAreas
			}
			s.Formula(points, sums[part], sheets.Stored(stored(r.Unit)))
		})
	}
	list := sheets.Table[*matrixRow]{
		sum(areaPoints, func(u *Unit) number.Exact { return u.Total.Points }),
		sum(areaMax, func(u *Unit) number.Exact { return u.Total.Max }),
		sum(areaJudged, func(u *Unit) number.Exact { return u.Total.Judged }),
	}
	for o := range countsInOrder(Sums{}) {
		list = append(list, column(func(s *sheets.Sheet, r *matrixRow) {
			s.Formula(whole, "COUNTIF("+across(s, m.outcomes)+","+quote(x.word(o))+")", *r.Total.counter(o))
		}))
	}
	for _, part := range []struct {
		c  plan.Commitment
		of func(*Unit) *Sums
	}{{plan.Mandatory, func(u *Unit) *Sums { return &u.Mandatory }}, {plan.Aspirational, func(u *Unit) *Sums { return &u.Aspirational }}} {
		committed, who := sheets.Range(matrixCommitment, m.outcomes, matrixCommitment, m.outcomes+m.targets-1), quote(x.commitment(part.c))
		list = append(list,
			column(func(s *sheets.Sheet, r *matrixRow) {
				s.Formula(points, "SUMIF("+committed+","+who+","+across(s, m.points)+")", sheets.Stored(part.of(r.Unit).Points))
			}),
			column(func(s *sheets.Sheet, r *matrixRow) {
				counts := each("("+across(s, m.outcomes)+"=%s)", applicableOutcomes)
				if x.s.givesFallen() { // a target that does not apply and has points counts
					counts += "+(" + across(s, m.outcomes) + "=" + quote(x.word(score.NotApplicable)) + ")*ISNUMBER(" + across(s, m.points) + ")*(" + across(s, m.points) + ">0)"
				}
				s.Formula(points, "SUMPRODUCT(("+committed+"="+who+")*("+counts+")*"+most(s)+")",
					sheets.Stored(part.of(r.Unit).Max))
			}),
			column(func(s *sheets.Sheet, r *matrixRow) {
				s.Formula(whole, "COUNTIFS("+committed+","+who+","+across(s, m.outcomes)+","+quote(x.word(score.Met))+")", part.of(r.Unit).Met)
			}),
			column(func(s *sheets.Sheet, r *matrixRow) {
				s.Formula(whole, each("COUNTIFS("+committed+","+who+","+across(s, m.outcomes)+",%s)", applicableOutcomes), part.of(r.Unit).Applicable())
			}))
	}
	for i, title := range x.totalTitles() {
		list[i].Title = title
	}
	return list
}

// givesFallen reports whether targets that do not apply are given their points.
func (s *Summary) givesFallen() bool {
	p := s.in.Plan
	return slices.ContainsFunc(p.Areas, func(a plan.Area) bool { return p.FallenIn(a.ID) == plan.Given })
}

// matrixOfAreas is the columns of the areas that make up the score.
func (x *writer) matrixOfAreas() sheets.Table[*matrixRow] {
	var list sheets.Table[*matrixRow]
	for i := range x.m.scored {
		for f := range perArea(x.m.scored) {
			list = append(list, sheets.Column[*matrixRow]{Head: rotated, Width: 9, Cell: func(s *sheets.Sheet, r *matrixRow) {
				rows, _ := x.matrixSubtotals(r.Unit, s.Next())
				s.Formula(points, rows[i][f], sheets.Stored(areaFiguresOf(&score.Areas(r.Card)[i])[f]))
			}})
		}
	}
	for i, title := range x.subtotalTitles() {
		list[i].Title = title
	}
	return list
}

// countsInOrder goes through a total's counts in the order of the columns.
func countsInOrder(s Sums) func(yield func(score.Outcome, int) bool) {
	return func(yield func(score.Outcome, int) bool) {
		for _, o := range outcomes {
			if !yield(o, *s.counter(o)) {
				return
			}
		}
	}
}

// matrixRules colour the figures and the outcomes.
func (x *writer) matrixRules(s *sheets.Sheet) {
	m := &x.m
	if len(m.units) == 0 || m.targets == 0 {
		return
	}
	outcome, figure := diag.A1(matrixFirst, m.outcomes), diag.A1(matrixFirst, m.figures)
	goal := fmt.Sprintf("%s$%d", diag.ColumnName(m.figures), matrixGoal)
	far := fmt.Sprintf("AND(%s=%s,ISNUMBER(%s),ISNUMBER(%s),ABS(%s-%s)>ABS(%s)/4)",
		outcome, quote(x.word(score.Missed)), figure, goal, figure, goal, goal)
	rules := append([]sheets.Rule{sheets.When(far, sheets.Style{Fill: orange, Color: "5A1E00", Bold: true})}, x.outcomeRules(outcome)...)
	s.Rules(matrixFirst, m.figures, m.end(), m.figures+m.targets-1, rules...)
	s.Rules(matrixFirst, m.outcomes, m.end(), m.outcomes+m.targets-1, x.outcomeRules(outcome)...)
}

// figureWidth is wide enough for the numbers of a target; texts shrink.
func (x *writer) figureWidth(target int) float64 {
	width := 9.5
	for _, u := range x.m.units {
		if r := x.s.result(u, target); r.Value != nil && r.Kind != plan.ChoiceKind {
			number, _, _ := strings.Cut(r.Value.Shown.In(lang.EN), " ")
			width = max(width, float64(len(number)+2))
		}
	}
	return min(width, 18)
}
