package plan

import "github.com/parcheck/parcheck/pkg/diag"

// days reports a share whose part and whole are records of one list, taken
// from the period by different days.
func (l *linter) days(target string, m Measure) {
	part, whole := l.plan.FindFact(m.Part), l.plan.FindFact(m.Whole)
	if part != nil && whole != nil {
		if p, w, differ := differentDays(part, whole); differ {
			l.warn(diag.PlanShare, m.Pos, "the target %q counts %q by the day %q and %q by the day %q: the part may hold records that are not of the whole",
				"chỉ tiêu %q đếm %q theo ngày %q còn %q theo ngày %q: tử số có thể gồm hồ sơ không thuộc mẫu số",
				target, part.ID, p, whole.ID, w)
		}
	}
	for _, a := range m.Args {
		l.days(target, a)
	}
}

// differentDays returns the date columns of two facts' sources in one list,
// where no two sources in it agree.
func differentDays(part, whole *Fact) (p, w string, differ bool) {
	for _, a := range part.From {
		for _, b := range whole.From {
			switch {
			case a.Table == "" || a.Table != b.Table || a.During == "" || b.During == "":
			case a.During == b.During:
				return "", "", false
			case !differ:
				p, w, differ = a.During, b.During, true
			}
		}
	}
	return p, w, differ
}
