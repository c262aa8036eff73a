package summary

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/term"
)

// matching assigns cards to units.
type matching struct {
	units  []Unit
	byUnit [][]*score.Card // as units, in input order
	found  diag.List
	index  map[string]int // by score.UnitKey
}

// matchUnits finds the unit of each card. Units come in the roster's order,
// and after them, in input order, those that are not on it.
func matchUnits(in Input) *matching {
	m := &matching{index: map[string]int{}}
	if in.Roster != nil {
		for i := range in.Roster.Units {
			u := &in.Roster.Units[i]
			m.add("id:"+u.ID, Unit{ID: u.ID, Name: u.Name, Level: u.Level, Group: u.Group, OnRoster: true})
		}
	}
	for i := range in.Cards {
		m.place(in, &in.Cards[i])
	}
	for i := range m.units {
		m.units[i].No = i + 1
		m.units[i].title(in)
	}
	return m
}

func (m *matching) add(key string, u Unit) int {
	m.index[key] = len(m.units)
	m.units = append(m.units, u)
	m.byUnit = append(m.byUnit, nil)
	return len(m.units) - 1
}

// place puts a card with its unit.
func (m *matching) place(in Input, c *score.Card) {
	key := score.UnitKey(in.Roster, c)
	at, ok := m.index[key]
	if !ok {
		at = m.add(key, Unit{ID: c.Unit.ID, Name: nameOf(c), Level: c.Unit.Level, Group: c.Unit.Group})
		if in.Roster != nil {
			m.stranger(c, in.Roster)
		}
	}
	m.byUnit[at] = append(m.byUnit[at], c)
}

// stranger reports a submission of nobody on the roster, unless the card says
// so itself.
func (m *matching) stranger(c *score.Card, r *plan.Roster) {
	for _, d := range c.Diagnostics {
		if d.Check == diag.UnknownUnit || d.Check == diag.NoUnit {
			return
		}
	}
	var names []string
	for i := range r.Units {
		names = append(names, r.Units[i].Name.In(lang.VI))
	}
	hint := lang.T("add it to the roster or correct the name in the file", "bổ sung vào danh sách hoặc sửa tên trong tệp")
	if near := label.Nearest(nameOf(c).In(lang.VI), names); near != "" {
		hint = lang.F("did you mean %q?", "có phải là %q?", near)
	}
	m.found.Add(diag.UnknownUnit, diag.InFile(c.Input.File),
		lang.F("unit %q is not on the roster, and is shown without a rank: %s",
			"đơn vị %q không có trong danh sách nên chỉ hiển thị, không xếp hạng: %s", nameOf(c).In(lang.VI), hint))
}

func nameOf(c *score.Card) lang.Text {
	if c.Unit.Name.IsZero() {
		return lang.Same(c.Input.File)
	}
	return c.Unit.Name
}

var unranked = term.NotRanked

// title names the unit's level and what it is ranked among.
func (u *Unit) title(in Input) {
	u.LevelTitle = in.Plan.LevelTitle(u.Level)
	var on *plan.Unit
	if u.OnRoster {
		on = &plan.Unit{Group: u.Group}
	}
	u.GroupTitle = unranked
	if title, why := score.GroupTitle(in.Plan, in.Roster, on, u.Level); why.IsZero() {
		u.GroupTitle = title
	}
}

// settle decides which of a unit's cards counts in each period, and how
// it stands with its submission.
func (s *Summary) settle(u *Unit, cards []*score.Card) diag.List {
	var found diag.List
	u.cards = make([]*score.Card, len(s.Periods))
	for i, p := range s.Periods {
		var same []*score.Card
		for _, c := range cards {
			if c.Period == p {
				same = append(same, c)
			}
		}
		card, list := single(u, same)
		found = append(found, list...)
		if p != s.Period {
			u.cards[i] = card
			continue
		}
		for _, c := range same {
			if c.Input.Kind != fact.FromUnits {
				u.Files = append(u.Files, c.Input.File)
			}
		}
		u.Status = s.status(u, same, card, &found)
		if u.Status == Submitted || u.Status == Late || u.Status == FromUnits {
			u.Card, u.cards[i] = card, card
		}
		if s.in.Roster != nil && !u.OnRoster && len(same) > 0 {
			u.Status = OffRoster
		}
	}
	for i := len(s.Periods) - 2; i >= 0 && u.before == nil; i-- {
		u.before = u.cards[i]
	}
	return found
}

// single chooses the card that counts of those of one unit and period. Copies of
// one file count once; of files that differ none counts.
func single(u *Unit, cards []*score.Card) (*score.Card, diag.List) {
	if len(cards) == 0 {
		return nil, nil
	}
	first := cards[0]
	var found diag.List
	differ := false
	for _, c := range cards[1:] {
		related := diag.Related{Pos: diag.InFile(first.Input.File), Message: lang.T("the other submission", "bản nộp kia")}
		if score.Copies(first, c) {
			d := diag.New(diag.Duplicate, diag.InFile(c.Input.File),
				lang.F("the same bytes as %q: counted once", "trùng hoàn toàn với %q: chỉ tính một lần", first.Input.File))
			d.Severity, d.Related, d.Unit = diag.Warning, []diag.Related{related}, u.Name.In(lang.VI)
			found = append(found, d)
			continue
		}
		differ = true
		found.Add(diag.Duplicate, diag.InFile(c.Input.File), twice(u, first, c), related)
		found[len(found)-1].Unit = u.Name.In(lang.VI)
	}
	if differ {
		return nil, found
	}
	return first, found
}

func twice(u *Unit, first, second *score.Card) lang.Text {
	a, b := nameOf(first).In(lang.VI), nameOf(second).In(lang.VI)
	if a == b {
		return lang.F("%q submits twice, also in %q, and the two differ: none of them counts; keep one",
			"%q nộp hai bản khác nhau, bản kia là %q: không tính bản nào; chỉ giữ lại một bản", a, first.Input.File)
	}
	return lang.F("%q here and %q in %q are one unit, %q, once names are folded: none of them counts; keep one or correct the name",
		"%q ở đây và %q trong %q là cùng một đơn vị, %q, khi đã chuẩn hóa tên: không tính bản nào; chỉ giữ lại một bản hoặc sửa tên",
		b, a, first.Input.File, u.Name.In(lang.VI))
}

// status tells how a unit stands in the period that is ranked.
func (s *Summary) status(u *Unit, all []*score.Card, card *score.Card, found *diag.List) Status {
	switch {
	case len(all) == 0 && s.handedIn(u, diag.Unreadable):
		return Unreadable
	case len(all) == 0 && s.handedIn(u, diag.WrongFormat):
		return WrongFormat
	case len(all) == 0:
		if u.OnRoster {
			s.reportMissing(u, found)
		}
		return NotSubmitted
	case card == nil:
		return Ambiguous
	case !s.comparable(u, card, found):
		return OtherRules
	case card.Input.Kind == fact.FromUnits:
		return FromUnits
	}
	if deadline := s.deadline(u); !deadline.IsZero() && deadline.Before(s.in.Submitted[card.Input.File]) {
		if slices.ContainsFunc(card.Diagnostics, func(d diag.Diagnostic) bool { return d.Check == diag.Late }) {
			return Late // it has been said
		}
		found.Add(diag.Late, diag.InFile(card.Input.File), lang.F("%q came on %s: the deadline was %s",
			"%q nộp ngày %s: hạn nộp là %s", u.Name, s.in.Submitted[card.Input.File].Shown(), deadline.Shown()))
		(*found)[len(*found)-1].Unit = u.Name.In(lang.VI)
		return Late
	}
	return Submitted
}

// handedIn reports whether a file that gave no card, for the reason that the
// check tells, is known to be the unit's.
func (s *Summary) handedIn(u *Unit, check diag.CheckID) bool {
	return slices.ContainsFunc(s.in.Diagnostics, func(d diag.Diagnostic) bool {
		return d.Check == check && d.Unit != "" &&
			(d.Unit == u.ID || label.Key(d.Unit) == label.Key(u.Name.In(lang.VI)))
	})
}

func (s *Summary) reportMissing(u *Unit, found *diag.List) {
	d := diag.New(diag.NotSubmitted, diag.Pos{}, lang.F("%s has not submitted", "%s chưa nộp", u.Name))
	for i := range s.in.Roster.Units {
		if s.in.Roster.Units[i].ID == u.ID {
			d.Pos = s.in.Roster.Units[i].Pos
		}
	}
	d.Unit = u.Name.In(lang.VI)
	*found = append(*found, d)
}
