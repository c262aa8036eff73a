package mapping

import (
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// Use is what some files need of a mapping. The zero value is that of no files.
type Use struct {
	files  []string
	forms  map[int]bool
	unread map[int]bool            // forms whose labels are not known of some file
	labels map[int]map[string]bool // of each form, folded
	values map[int]map[fact.ValueName]bool
	units  map[string]bool // names, folded
}

// Add adds a file; reading is nil where it cannot be read.
func (u *Use) Add(file string, reading *fact.Reading) {
	u.files = append(u.files, file)
	if reading == nil {
		return
	}
	if u.forms == nil {
		u.forms, u.unread = map[int]bool{}, map[int]bool{}
		u.labels, u.units = map[int]map[string]bool{}, map[string]bool{}
		u.values = map[int]map[fact.ValueName]bool{}
	}
	for _, f := range reading.Forms {
		u.forms[f.Form] = true
		u.unread[f.Form] = u.unread[f.Form] || f.Unread
		if u.labels[f.Form] == nil {
			u.labels[f.Form], u.values[f.Form] = map[string]bool{}, map[fact.ValueName]bool{}
		}
		for _, key := range f.Labels {
			u.labels[f.Form][key] = true
		}
		for _, v := range f.Values {
			u.values[f.Form][v] = true
		}
	}
	for _, key := range reading.UnitNames {
		u.units[key] = true
	}
}

// hasUnit reports whether a file calls a unit so, inside or by its own name.
func (u *Use) hasUnit(name string) bool {
	key := label.Key(name)
	return u.units[key] || slices.ContainsFunc(u.files, func(f string) bool { return strings.Contains(label.Key(f), key) })
}

// NamesAll reports whether the rules of the mapping name files, and each of the
// rules has one: then these are all the files that the mapping is for.
func (a *Applied) NamesAll(use *Use) bool {
	return len(a.rules) > 0 && !slices.ContainsFunc(a.rules, func(r rule) bool { return !slices.ContainsFunc(use.files, r.fits) })
}

// Idle notes that none of the files has any form of the mapping.
func (a *Applied) Idle(use *Use) diag.List {
	if len(use.forms) > 0 || len(a.Forms) == 0 {
		return nil
	}
	d := diag.New(diag.MappingUnused, a.mapping.PlanPos, lang.F(
		"these files have none of the headers of the mapping (%s): it changes nothing here",
		"các tệp này không có tiêu đề nào của bảng đối chiếu (%s): ở đây bảng đối chiếu không có tác dụng",
		number.Count(int64(len(a.Forms)), "form", "forms", "biểu")))
	d.Severity = diag.Note
	return diag.List{d}
}

// Stale reports the entries that none of the files needed. It is meant for all
// the files that the mapping is for: one file alone has few of its forms.
func (a *Applied) Stale(use *Use) diag.List {
	var list diag.List
	for i := range a.Forms {
		switch {
		case !use.forms[i]:
			list.Add(diag.MappingUnused, a.Forms[i].Place, lang.F(
				"no file has this header any more, %q and so on: take the entry out of the mapping, or look for the form that replaced it",
				"không còn tệp nào có tiêu đề này, %q và tiếp theo: hãy bỏ mục này khỏi bảng đối chiếu, hoặc tìm biểu đã thay thế", a.Forms[i].Layout[0]))
		case !use.unread[i]:
			list = append(list, staleRows(a.sources[i], use.labels[i])...)
			list = append(list, staleValues(a.sources[i], use.values[i])...)
		}
	}
	for i := range a.mapping.Units {
		if n := &a.mapping.Units[i]; n.active() != "" && !use.hasUnit(n.Name) {
			list.Add(diag.MappingUnused, n.Pos, lang.F("no file calls a unit %q any more: take the name out of the mapping",
				"không còn tệp nào ghi tên đơn vị là %q: hãy bỏ tên này khỏi bảng đối chiếu", n.Name))
		}
	}
	for i := range a.rules {
		if r := &a.rules[i]; !slices.ContainsFunc(use.files, r.fits) {
			list.Add(diag.MappingUnused, r.Pos, lang.F("no file is called %q: mend the rule, or take it out of the mapping",
				"không có tệp nào tên %q: hãy sửa quy tắc, hoặc bỏ khỏi bảng đối chiếu", r.File))
		}
	}
	return list
}

// staleRows reports the rows of a form that stand in no file.
func staleRows(f *Form, labels map[string]bool) diag.List {
	var list diag.List
	for i := range f.Rows {
		r := &f.Rows[i]
		if labels[label.Key(r.Label)] || r.active() == "" && !r.Total {
			continue
		}
		list.Add(diag.MappingUnused, r.Pos, lang.F("no file has the row %q in this form any more: take it out of the mapping, or look what the row is called now",
			"không còn tệp nào có dòng %q trong biểu này: hãy bỏ dòng này khỏi bảng đối chiếu, hoặc tìm tên mới của dòng", r.Label))
	}
	return list
}

// staleValues reports the spellings of choices of a form that stand in no file.
func staleValues(f *Form, values map[fact.ValueName]bool) diag.List {
	var list diag.List
	for i := range f.Values {
		v := &f.Values[i]
		if id := v.active(); id != "" && !values[fact.ValueName{Column: v.Column, Text: v.Text, Choice: id}] {
			list.Add(diag.MappingUnused, v.Pos, lang.F("no file has the value %q in this column any more: take it out of the mapping",
				"không còn tệp nào ghi giá trị %q ở cột này: hãy bỏ giá trị này khỏi bảng đối chiếu", v.Text))
		}
	}
	return list
}
