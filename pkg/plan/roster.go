package plan

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/term"
)

// Roster is the list of the units that owe a submission.
type Roster struct {
	ID       string
	File     string
	SHA256   string
	Title    lang.Text
	Deadline date.Date // of all units that have none of their own; zero: none
	Groups   []Area    // groups that units are ranked in: id and title
	Units    []Unit

	index map[string]int // units by folded name
}

// Unit is an agency.
type Unit struct {
	ID       string
	Name     lang.Text // the Vietnamese name is the official one
	Level    string
	Group    string
	Parent   string   // id of the unit that it stands below, whose results its own are rolled up to
	Code     string   // the official identifier (mã định danh), when known
	Aliases  []string // other names that submissions use
	Deadline date.Date
	Pos      diag.Pos
}

// ParseRoster reads a roster; the mistakes are as in Parse. levels are the ids
// of the plan's levels; nil does not check them. Two units whose names or
// aliases are equal after folding are a mistake.
func ParseRoster(file string, data []byte, levels []string) (*Roster, diag.List) {
	r := newReader(file)
	return r.rosterFile(data, levels), r.mistakes()
}

func (r *reader) rosterFile(data []byte, levels []string) *Roster {
	root := r.document(data)
	if root == nil {
		return nil
	}
	o := &Roster{File: r.file, SHA256: digest(data), index: map[string]int{}}
	o.yaml().read(r, root)
	r.checkRoster(o, levels)
	return o
}

func (o *Roster) yaml() value {
	return mapping(o, term.Roster, func() []key {
		return []key{
			required("roster", id(&o.ID), "the roster's id", "mã danh sách"),
			required("title", text(&o.Title), "its name", "tên danh sách"),
			optional("deadline", day(&o.Deadline), "the day by which units submit", "hạn nộp"),
			optional("groups", entries(&o.Groups, (*Area).yaml), "groups that units are ranked in, by id", "các nhóm xếp hạng, theo mã"),
			required("units", list(&o.Units, (*Unit).yaml), "the units that owe a submission", "các đơn vị phải nộp"),
		}
	})
}

func (u *Unit) yaml() value {
	return placed(&u.Pos, mapping(u, term.Unit, func() []key {
		return []key{
			required("id", id(&u.ID), "its id", "mã trong danh sách"),
			required("name", text(&u.Name), "its name", "tên đơn vị"),
			required("level", word(&u.Level), "its level, by id", "cấp, theo mã"),
			optional("group", word(&u.Group), "the group that it is ranked in", "nhóm xếp hạng"),
			optional("parent", word(&u.Parent), "the unit that it stands below, by id", "đơn vị cấp trên trực tiếp, theo mã"),
			optional("code", word(&u.Code), "its official identifier", "mã định danh"),
			optional("aliases", words(&u.Aliases), "other names that submissions use", "các tên gọi khác"),
			optional("deadline", day(&u.Deadline), "its own deadline", "hạn nộp riêng"),
		}
	}))
}

// checkRoster checks the names of a roster, and builds its index.
func (r *reader) checkRoster(o *Roster, levels []string) {
	groups := idsOf(o.Groups, func(g *Area) string { return g.ID })
	for i := range o.Units {
		u := &o.Units[i]
		if levels != nil {
			r.known(&u.Level, nounLevel, levels)
		}
		r.known(&u.Group, nounGroup, groups)
	}
	r.parents(o)
	r.indexUnits(o)
}

func (r *reader) indexUnits(o *Roster) {
	for i := range o.Units {
		r.indexUnit(o, i)
	}
}

// indexUnit enters the names of a unit into the index.
func (r *reader) indexUnit(o *Roster, i int) {
	u := &o.Units[i]
	for _, name := range u.names() {
		folded := label.Key(name.text)
		if folded == "" {
			continue
		}
		other, taken := o.index[folded]
		if taken && other != i {
			v := &o.Units[other]
			r.fail(diag.PlanName, r.at(name.at, &u.Name), lang.F("%s also means the unit %q: one name means one unit",
				"%s cũng là tên của đơn vị %q: mỗi tên chỉ được chỉ một đơn vị", quoted(name.text), v.ID),
				diag.Related{Pos: v.Pos, Message: term.OtherUnit})
			continue
		}
		o.index[folded] = i
	}
}

// unitName is one of a unit's names.
type unitName struct {
	text string
	at   any // the address that it was read into
}

// names are all that a unit is called.
func (u *Unit) names() []unitName {
	names := []unitName{
		{u.ID, &u.ID}, {u.Code, &u.Code},
		{u.Name.Written(lang.VI), wording{&u.Name, lang.VI}}, {u.Name.Written(lang.EN), wording{&u.Name, lang.EN}},
	}
	for i := range u.Aliases {
		names = append(names, unitName{u.Aliases[i], &u.Aliases[i]})
	}
	return names
}

// With returns the roster with further names of its units, by their ids. A name
// that already means a unit stays that unit's.
func (o *Roster) With(names map[string][]string) *Roster {
	out := *o
	out.Units = slices.Clone(o.Units)
	for i := range out.Units {
		u := &out.Units[i]
		u.Aliases = slices.Concat(u.Aliases, names[u.ID])
	}
	out.index = map[string]int{}
	newReader(o.File).indexUnits(&out)
	return &out
}

// Find returns the unit that a name, alias, id or code means, after folding;
// nil when there is none. A nil roster has no units.
func (o *Roster) Find(name string) *Unit {
	folded := label.Key(name)
	if o == nil || folded == "" {
		return nil
	}
	if o.index == nil { // not made by ParseRoster
		o = &Roster{Units: o.Units, index: map[string]int{}}
		newReader("").indexUnits(o)
	}
	if i, ok := o.index[folded]; ok {
		return &o.Units[i]
	}
	return nil
}
