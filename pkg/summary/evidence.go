package summary

import (
	"strings"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/sheets"
	"github.com/parcheck/parcheck/pkg/term"
)

// proof is a figure behind a result that was not reached, and one place that it
// was read from.
type proof struct {
	read
	unit   *Unit
	result *score.Result
}

// maxProofs bounds the rows of the evidence sheet, which holds far more than
// anybody reads.
const maxProofs = 50_000

const evidenceTop = 5 // header row

// proofs lists the figures of all results that are missed or invalid, by unit
// and in the plan's order; more is how many places it leaves out. A figure that
// is missing stands nowhere: the area's sheet says what was looked for.
func (s *Summary) proofs() (list []proof, more int) {
	for i := range s.Units {
		u := &s.Units[i]
		if u.Card == nil {
			continue
		}
		facts := map[string]*fact.Fact{}
		for j := range u.Card.Facts {
			facts[u.Card.Facts[j].ID] = &u.Card.Facts[j]
		}
		for j := range u.Card.Results {
			r := &u.Card.Results[j]
			if r.Outcome != score.Missed && r.Outcome != score.Invalid {
				continue
			}
			for _, id := range r.Facts {
				f := facts[id]
				if f == nil {
					continue
				}
				reads := readsOf(f)
				if len(list)+len(reads) > maxProofs {
					more += len(reads)
					continue
				}
				for _, read := range reads {
					list = append(list, proof{read, u, r})
				}
			}
		}
	}
	return list, more
}

// readsOf are the places that a figure was read from, or the figure alone.
func readsOf(f *fact.Fact) []read {
	if len(f.Sources) == 0 {
		return []read{{f, -1}}
	}
	var out []read
	for i := range f.Sources {
		out = append(out, read{f, i})
	}
	return out
}

// where is the cells of a place.
func (r read) where() string { return r.evidence(func(e *fact.Evidence) string { return e.Where() }) }

// how is how the figure was read: of one that was read nowhere, its parts or
// why there is none.
func (r read) how(l lang.Lang) string {
	if r.source >= 0 {
		return r.Sources[r.source].How.In(l)
	}
	return strings.Join(r.Parts, ", ")
}

// writeProofs lists what stands behind the results not reached: an agency that is
// told it missed a target looks here for the cells.
func (x *writer) writeProofs() {
	rows, more := x.s.proofs()
	text := func(of func(proof) string) func(*sheets.Sheet, proof) {
		return func(s *sheets.Sheet, p proof) { s.Text(wrapped, of(p)) }
	}
	table := sheets.Table[proof]{
		{Title: x.title(term.Unit), Width: 30, Cell: text(func(p proof) string { return p.unit.Name.In(x.Lang) })},
		{Title: x.title(term.Clause), Width: 7, Cell: text(func(p proof) string { return p.result.Clause })},
		{Title: x.title(term.Target), Width: 40, Cell: text(func(p proof) string { return p.result.Title.In(x.Lang) })},
		{Title: x.title(term.Outcome), Width: 15, Cell: text(func(p proof) string { return x.word(p.result.Outcome) })},
		{Title: x.title(term.Figure), Width: 36, Cell: text(func(p proof) string { return p.Title.In(x.Lang) })},
		{Title: x.Say("Figure read", "Giá trị"), Width: 14, Cell: func(s *sheets.Sheet, p proof) { x.readValue(s, p.read) }},
		{Title: x.title(term.Cells), Width: 30, Cell: text(func(p proof) string { return p.where() })},
		{Title: x.title(term.HowRead), Width: 44, Cell: text(func(p proof) string { return p.how(x.Lang) })},
		{Title: x.title(term.Note), Width: 30, Cell: text(func(p proof) string { return x.readNote(p.read) })},
	}.Place(headLeft)
	end := evidenceTop + max(len(rows), 1)
	s := x.sheet(x.evidence, sheets.Page{Widths: table.Widths(), Last: end, FreezeRow: evidenceTop, TitleFirst: evidenceTop, Tab: deepBlue, LookedUp: !x.alone})
	x.headline(s, x.Say("Evidence of what was not reached", "Căn cứ của các chỉ tiêu chưa đạt"))
	said := lang.F("The cells behind results that are missed or invalid.", "Các ô làm căn cứ cho kết quả không đạt hoặc không dùng được.")
	if more > 0 {
		said = lang.F("%s The last %d are left out.", "%s Không liệt kê %d mục cuối.", said, more)
	}
	s.Text(sheets.Style{Italic: true, Color: midGrey}, said.In(x.Lang))
	s.EndRow(15)
	table.Header(s, 20)
	table.Rows(s, rows, body)
	s.Filter(evidenceTop, 1, end, len(table))
	s.End()
}
