package summary

import (
	"fmt"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/sheets"
	"github.com/parcheck/parcheck/pkg/term"
)

// signedSheet is the table of one group as it is printed, signed and sent: in
// the form of Decree 30/2020/NĐ-CP, with its number, place, date, recipients and
// signatures left open.
type signedSheet struct {
	name  string
	group lang.Text
	units []*Unit // in the order of their ranks, then those without one
}

// maxSigned is how many groups have a sheet: more are ranked among so few that
// nobody signs for each.
const maxSigned = 20

// signed lists the groups that units are ranked within.
func (x *writer) signed() []*signedSheet {
	var out []*signedSheet
	by := map[string]*signedSheet{}
	for i := range x.s.Units {
		u := &x.s.Units[i]
		group := x.title(u.GroupTitle)
		if u.Ranked && by[group] == nil {
			by[group] = &signedSheet{group: u.GroupTitle}
			out = append(out, by[group])
		}
	}
	for _, i := range x.s.ranking {
		u := &x.s.Units[i]
		if g := by[x.title(u.GroupTitle)]; g != nil && (u.Ranked || u.Card == nil) {
			g.units = append(g.units, u)
		}
	}
	return out[:min(len(out), maxSigned)]
}

const signedTop = 9 // header row

func (x *writer) writeSigned(g *signedSheet) {
	const left = 3 // columns of what stands at the left of the page
	r := &x.r
	// of takes a figure from the unit's row of the ranking, wherever that is.
	of := func(col int, st sheets.Style, value func(*Unit) any) func(*sheets.Sheet, *Unit) {
		return func(s *sheets.Sheet, u *Unit) {
			if !u.Ranked {
				s.Text(st.With(func(st *sheets.Style) { st.Center, st.Right = true, false }), "–")
				return
			}
			s.Formula(st, fmt.Sprintf("INDEX(%s,MATCH(%d,%s,0))", x.rankingColumn(col), u.No, x.rankingColumn(r.no)), value(u))
		}
	}
	count := func(i int, o score.Outcome) sheets.Column[*Unit] {
		return sheets.Column[*Unit]{Title: x.word(o), Width: 9, Cell: of(r.counts+i, whole, func(u *Unit) any { return *u.Total.counter(o) })}
	}
	t := sheets.Table[*Unit]{
		{Title: x.title(term.Rank), Width: 7, Cell: of(r.rank, centered, func(u *Unit) any { return u.Rank })},
		{Title: x.title(term.Unit), Head: headLeft, Width: 38, Cell: func(s *sheets.Sheet, u *Unit) {
			name := u.Name.In(x.Lang)
			if u.Card == nil {
				name += " (" + u.Status.Title().In(x.Lang) + ")"
			}
			s.Text(folded, name)
		}},
		{Title: x.title(term.Points), Width: 10, Cell: of(r.points, points, func(u *Unit) any { return sheets.Stored(u.Total.Points) })},
		{Title: x.title(term.AtMost), Width: 10, Cell: of(r.max, points, func(u *Unit) any { return sheets.Stored(u.Total.Max) })},
		{Title: x.title(term.Score), Width: 10, Cell: of(r.score, percent, func(u *Unit) any { return optionalNumber(u.Total.Score()) })},
		{Title: x.title(term.Grade), Width: x.gradeWidth(), Not: !x.graded(), Cell: of(r.grade, centered.With(shrink), x.gradeTitle)},
		count(0, score.Met), count(1, score.Missed), count(2, score.Missing), count(3, score.Invalid),
	}.Place(head)
	s := x.sheet(g.name, sheets.Page{Widths: t.Widths(), Last: signedTop + len(g.units) + 11, FreezeRow: signedTop, TitleFirst: signedTop,
		Portrait: true, HideGrid: true, Tab: input})

	middle := sheets.Style{Center: true, Wrap: true}
	strong := middle.With(func(st *sheets.Style) { st.Bold = true })
	slanted := middle.With(func(st *sheets.Style) { st.Italic = true })
	beside := func(st sheets.Style, text string, other sheets.Style, right string) {
		s.Across(st, text, left)
		s.Across(other, right, len(t)-left)
		s.EndRow(0)
	}
	line := func(st sheets.Style, text string) {
		s.Across(st, text, len(t))
		s.EndRow(0)
	}
	beside(strong, strings.ToUpper(x.s.in.Plan.Issuer.In(x.Lang)), strong, term.State.In(x.Lang))
	beside(middle, x.Say("No.: ……/……", "Số: ……/……"), strong.With(func(st *sheets.Style) { st.Underlined = true }),
		term.Motto.In(x.Lang))
	beside(plain, "", slanted, term.PlaceDay.In(x.Lang))
	s.Skip(1)
	line(strong.With(func(st *sheets.Style) { st.Size = 14 }), x.Say("RESULTS AND RANKING", "KẾT QUẢ VÀ XẾP HẠNG"))
	line(strong, x.s.heading())
	line(middle, x.title(g.group)+" · "+x.title(x.s.Period.Title())+x.asOf())
	s.Skip(1)
	t.Header(s, 32)
	for _, u := range g.units {
		t.Row(s, u, 0)
	}
	s.Skip(1)
	beside(strong, x.Say("PREPARED BY", "NGƯỜI LẬP BIỂU"), strong, term.Head.In(x.Lang))
	beside(slanted, x.Say("(signature, full name)", "(Ký, ghi rõ họ tên)"), slanted, term.SignHere.In(x.Lang))
	s.Skip(4)
	for i, text := range []string{term.Recipients.In(x.Lang), x.Say("- the units named above,", "- Các đơn vị nêu trên;"), "- ………………;", term.Archive.In(x.Lang)} {
		st := sheets.Style{Size: 9}
		if i == 0 {
			st.Bold, st.Italic = true, true
		}
		line(st, text)
	}
	s.End()
}

// signedLink leads from the overview's row of a group to its sheet.
func (x *writer) signedLink(c *Scope) string {
	for _, g := range x.signing {
		if (c.level != "" || c.group != "") && g.group.Equal(c.Title) {
			return diag.QuoteSheet(g.name) + "!A1"
		}
	}
	return ""
}
