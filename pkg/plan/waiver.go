package plan

import (
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/term"
)

// Waiver exempts one target of one unit from the gate until it expires. The
// target stays visible.
type Waiver struct {
	Target   string
	Unit     string // roster id or name; "*" for every unit
	Reason   string
	Approver string
	Issued   date.Date
	Expires  date.Date // inclusive
	Pos      diag.Pos
}

// ParseWaivers reads a file of waivers; the mistakes are as in Parse.
func ParseWaivers(file string, data []byte) ([]Waiver, diag.List) {
	r := newReader(file)
	return r.waiverFile(data, Against{}), r.mistakes()
}

func (r *reader) waiverFile(data []byte, against Against) (waivers []Waiver) {
	if root := r.document(data); root != nil {
		waiverFile(&waivers).read(r, root)
		r.checkWaivers(waivers)
		r.holdWaivers(waivers, against)
	}
	return waivers
}

// holdWaivers checks that the targets and units of waivers exist.
func (r *reader) holdWaivers(waivers []Waiver, against Against) {
	for i := range waivers {
		w := &waivers[i]
		if p := against.Plan; p != nil {
			r.known(&w.Target, nounTarget, idsOf(p.Targets, func(t *Target) string { return t.ID }))
		}
		if o := against.Roster; o != nil && w.Unit != "*" && o.Find(w.Unit) == nil {
			r.known(&w.Unit, term.Unit, idsOf(o.Units, func(u *Unit) string { return u.ID }))
		}
	}
}

func waiverFile(waivers *[]Waiver) value {
	return mapping(waivers, WaiverFile.Title(), func() []key {
		return []key{required("waivers", list(waivers, (*Waiver).yaml), "the waivers granted", "các miễn trừ")}
	})
}

func (w *Waiver) yaml() value {
	return placed(&w.Pos, mapping(w, lang.T("waiver", "miễn trừ"), func() []key {
		return []key{
			required("target", word(&w.Target), "the target's id", "mã chỉ tiêu"),
			required("unit", word(&w.Unit), `the unit's id or name, or "*" for every unit`, `mã hoặc tên đơn vị, hoặc "*" cho mọi đơn vị`),
			required("reason", word(&w.Reason), "why it is granted", "lý do"),
			required("approver", word(&w.Approver), "who granted it", "người cho phép"),
			required("issued", day(&w.Issued), "the day from which it holds", "ngày bắt đầu"),
			required("expires", day(&w.Expires), "the last day on which it holds", "ngày cuối còn hiệu lực"),
		}
	}))
}

func (r *reader) checkWaivers(waivers []Waiver) {
	type subject struct{ target, unit string }
	first := map[subject]*Waiver{}
	for i := range waivers {
		w := &waivers[i]
		r.ordered(&w.Issued, &w.Expires)
		s := subject{w.Target, w.Unit}
		if f := first[s]; f != nil && r.sound(w, f) && !w.Expires.Before(f.Issued) && !f.Expires.Before(w.Issued) {
			r.fail(diag.PlanName, w.Pos, lang.F("a second waiver of %s for %s on the same days",
				"miễn trừ thứ hai của %s cho %s trong cùng thời gian", quoted(w.Target), quoted(w.Unit)),
				diag.Related{Pos: f.Pos, Message: firstHere})
		}
		first[s] = w
	}
}
