package plan

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// What names refer to.
var (
	nounTable  = lang.T("table", "bảng")
	nounColumn = lang.T("column", "cột")
	nounFact   = lang.T("fact", "số liệu")
	nounParam  = lang.T("param", "tham số")
	nounArea   = lang.T("area", "lĩnh vực")
	nounLevel  = lang.T("level", "cấp")
	nounChoice = lang.T("choice", "lựa chọn")
	nounGroup  = lang.T("group", "nhóm")
	nounTarget = lang.T("target", "chỉ tiêu")
)

// known checks that a name that was read is one of those there are.
func (r *reader) known(name *string, what lang.Text, all []string) bool {
	if *name == "" || !r.sound(name) {
		return false
	}
	if slices.Contains(all, *name) {
		return true
	}
	r.fail(diag.PlanName, r.at(name), lang.F("there is no %s %s%s", "không có %s %s%s", what, quoted(*name), choices(*name, all)))
	return false
}

// ordered checks that a first day is not after a last one.
func (r *reader) ordered(first, last *date.Date) {
	if !first.IsZero() && !last.IsZero() && last.Before(*first) {
		r.fail(diag.PlanRange, r.at(last), lang.F("%v is before the first day, %v", "%v trước ngày đầu, %v", last, first))
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

// check checks what single values cannot show: names, kinds and ranges.
func (r *reader) check(p *Plan) {
	for i := range p.Facts {
		f := &p.Facts[i]
		if f.Kind == ChoiceFact && len(f.From) > 0 {
			if t := p.FindTable(f.From[0].Table); t != nil {
				if c := t.FindColumn(f.From[0].Column); c != nil {
					f.Values = c.Values
				}
			}
		}
	}
}
