package plan

import (
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/term"
)

// What names refer to.
var (
	nounTable  = term.Table
	nounColumn = term.Column
	nounFact   = term.Fact
	nounParam  = term.Param
	nounArea   = term.Area
	nounLevel  = term.Level
	nounChoice = term.Choice
	nounGroup  = term.Group
	nounTarget = term.Target
)

// checker checks what needs more than one value: names, kinds and ranges. It
// skips values that could not be read.
type checker struct {
	*reader
	plan   *Plan
	levels []string
	tables []string
	facts  []string
}

func newChecker(r *reader, p *Plan) *checker {
	return &checker{r, p,
		idsOf(p.Levels, func(l *Level) string { return l.ID }),
		idsOf(p.Tables, func(t *Table) string { return t.ID }),
		idsOf(p.Facts, func(f *Fact) string { return f.ID }),
	}
}

func (r *reader) check(p *Plan) {
	c := newChecker(r, p)
	c.ordered(&p.Period.From, &p.Period.To)
	c.calendar()
	c.areas()
	if g := p.Defaults.Goal; g != nil && g.Choice == "" && c.sound(g) {
		c.fail(diag.PlanValue, g.Pos, lang.T("the goal of defaults is for tasks: want a choice, such as {is: done}",
			"mục tiêu mặc định chỉ dùng cho nhiệm vụ: cần một lựa chọn, ví dụ {is: done}"))
	}
	for i := range p.Defaults.Levels {
		c.known(&p.Defaults.Levels[i], nounLevel, c.levels)
	}
	for i := range p.Defaults.Forms {
		c.known(&p.Defaults.Forms[i].Table, nounTable, c.tables)
	}
	for i := range p.Params {
		c.param(&p.Params[i])
	}
	for i := range p.Tables {
		c.table(&p.Tables[i])
		if t := &p.Tables[i]; t.Title.IsZero() {
			t.Title = lang.Same(t.ID) // messages call it so
		}
	}
	c.inheritAll()
	for i := range p.Facts {
		c.fact(&p.Facts[i])
	}
	c.cycles()
	for i := range p.Facts {
		for j := range p.Facts[i].From {
			p.settle(p.Facts[i].From[j].Where)
		}
	}
	c.targets()
	c.grades()
}

// param checks that every value has a source.
func (c *checker) param(q *Param) {
	q.Values = append(q.Values, c.fromFiles[q]...)
	if q.Value == nil && len(q.Values) > 0 {
		q.Percent, q.Day = q.Values[0].Percent, q.Values[0].Day
	}
	c.paramValues(q)
	if (q.Value != nil || len(q.Values) > 0) && q.Source.IsZero() && c.sound(&q.Source) {
		c.fail(diag.PlanKey, c.near(q.Pos, &q.Value, &q.Values), lang.T(`a value without a "source": say where it stands`,
			`giá trị chưa có "source": hãy ghi căn cứ`))
	}
}

// known checks that a name refers to something that exists.
func (r *reader) known(name *string, what lang.Text, all []string) bool {
	if *name == "" || !r.sound(name) {
		return false
	}
	if slices.Contains(all, *name) {
		return true
	}
	wanted := choices(*name, all)
	if part, whole, ok := strings.Cut(strings.ReplaceAll(*name, " ", ""), "/"); ok && slices.Contains(all, part) && slices.Contains(all, whole) {
		wanted = lang.F(": write {share: %s, of: %s}", ": hãy ghi {share: %s, of: %s}", part, whole)
	}
	r.fail(diag.PlanName, r.at(name), lang.F("there is no %s %s%s", "không có %s %s%s", what, quoted(*name), wanted))
	r.means(r.at(name), meant{value: meantName(*name, all)})
	return false
}

// ordered checks that a first day is not after a last one.
func (r *reader) ordered(first, last *date.Date) {
	if !first.IsZero() && !last.IsZero() && last.Before(*first) {
		r.fail(diag.PlanRange, r.at(last), lang.F("the last day %q is before the first, %q",
			"ngày cuối %q trước ngày đầu %q", last.String(), first.String()))
	}
}

// spellings collects names that must differ after folding, each with what it
// names.
type spellings struct {
	r    *reader
	what lang.Text
	seen map[string]*string
}

func (r *reader) spellings(what lang.Text) *spellings {
	return &spellings{r, what, map[string]*string{}}
}

// add reports a name that is equal to an earlier one.
func (s *spellings) add(name *string) {
	folded := label.Key(*name)
	if folded == "" {
		return
	}
	if first := s.seen[folded]; first != nil {
		if *first != *name || s.r.at(first) != s.r.at(name) {
			s.r.fail(diag.PlanName, s.r.at(name), lang.F("%s already stands for another %s",
				"%s đã dùng cho %s khác", quoted(*name), s.what),
				diag.Related{Pos: s.r.at(first), Message: firstHere})
		}
		return
	}
	s.seen[folded] = name
}

// unique reports an id that stands twice in a list.
func (r *reader) unique(what lang.Text, ids []*string) {
	seen := map[string]*string{}
	for _, id := range ids {
		switch first := seen[*id]; {
		case *id == "":
		case first != nil:
			r.fail(diag.PlanName, r.at(id), lang.F("the %s %s is defined twice", "%s %s được định nghĩa hai lần", what, quoted(*id)),
				diag.Related{Pos: r.at(first), Message: firstHere})
		default:
			seen[*id] = id
		}
	}
}

// idsOf lists the ids of a list of things.
func idsOf[T any](list []T, id func(*T) string) []string {
	ids := make([]string, len(list))
	for i := range list {
		ids[i] = id(&list[i])
	}
	return ids
}
