package mapping

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
)

// rule is a FileRule that is used.
type rule struct {
	FileRule
	pattern label.Pattern
	unit    *plan.Unit // nil: as the file says
	period  *plan.Period
}

func (c *checker) rules(files []FileRule) []rule {
	var out []rule
	for i := range files {
		f := &files[i]
		r := rule{FileRule: *f, pattern: label.Compile(slashes(f.File))}
		if id := f.Unit.active(); id != "" && c.knownUnit(f.Pos, id) {
			r.unit = c.roster.Find(id)
		}
		if f.Period != "" {
			p, err := plan.ParsePeriod(f.Period)
			if err != nil {
				c.list.Add(diag.PlanValue, f.Pos, lang.F("%v", "%v", err))
				continue
			}
			r.period = &p
		}
		out = append(out, r)
	}
	return out
}

func slashes(name string) string { return strings.ReplaceAll(name, `\`, "/") }

// fits reports whether a rule speaks of a file: of its whole path, or of its
// name and the folders above it.
func (r *rule) fits(file string) bool {
	file = slashes(file)
	for {
		if r.pattern.Fits(label.Key(file)) {
			return true
		}
		i := strings.IndexByte(file, '/')
		if i < 0 {
			return false
		}
		file = file[i+1:]
	}
}

// FileFacts are what a mapping says of one file.
type FileFacts struct {
	Unit     *plan.Unit
	Period   *plan.Period
	Received date.Date
	Place    diag.Pos // of the rule
}

// Of returns what the mapping says of a file. Rules that contradict each other
// are a finding, and none of them is used.
func (a *Applied) Of(file string) (FileFacts, diag.List) {
	var out FileFacts
	var list diag.List
	for i := range a.rules {
		r := &a.rules[i]
		if !r.fits(file) {
			continue
		}
		clash := out.Unit != nil && r.unit != nil && out.Unit.ID != r.unit.ID ||
			out.Period != nil && r.period != nil && *out.Period != *r.period ||
			out.Received != (date.Date{}) && r.Received != (date.Date{}) && out.Received != r.Received
		if clash {
			list.Add(diag.MappingContradicts, diag.InFile(file), lang.F(
				"two rules of the mapping speak of this file and say different things: neither is used; keep one",
				"hai quy tắc của bảng đối chiếu cùng nói về tệp này nhưng khác nhau: không quy tắc nào được dùng; hãy giữ một"),
				diag.Related{Pos: out.Place, Message: lang.T("the first", "quy tắc thứ nhất")},
				diag.Related{Pos: r.Pos, Message: lang.T("the other", "quy tắc kia")})
			return FileFacts{}, list
		}
		if out.Place == (diag.Pos{}) {
			out.Place = r.Pos
		}
		if r.unit != nil {
			out.Unit = r.unit
		}
		if r.period != nil {
			out.Period = r.period
		}
		if r.Received != (date.Date{}) {
			out.Received = r.Received
		}
	}
	return out, list
}

// ParseFiles reads a CSV list of files: file, unit, period, received. A unit is
// called as the roster knows it; what is left blank is as the file says.
func ParseFiles(name string, data []byte, roster *plan.Roster) ([]FileRule, diag.List) {
	var list diag.List
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF"))))
	r.FieldsPerRecord = -1
	r.TrimLeadingSpace = true
	var out []FileRule
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, list
		}
		line, _ := r.FieldPos(0)
		pos := diag.Pos{File: name, Line: max(line, 1)}
		if err != nil {
			list.Add(diag.PlanSyntax, pos, lang.T("not well-formed CSV: a quote is not closed, or stands within a text", "không đúng cú pháp CSV: dấu ngoặc kép chưa đóng hoặc đặt giữa chữ"))
			return out, list
		}
		if line == 1 && label.Key(rec[0]) == "file" {
			continue
		}
		if len(rec) < 2 || len(rec) > 4 {
			list.Add(diag.PlanValue, pos, lang.F("%d fields: want file, unit, period, received", "có %d cột: cần file, unit, period, received", len(rec)))
			continue
		}
		rule, mistake := newRule(rec, roster)
		if !mistake.IsZero() {
			list.Add(diag.PlanValue, pos, mistake)
			continue
		}
		rule.Pos = pos
		out = append(out, rule)
	}
}

func newRule(rec []string, roster *plan.Roster) (rule FileRule, mistake lang.Text) {
	rec = append(rec, "", "")
	for i := range rec {
		rec[i] = strings.TrimSpace(rec[i])
	}
	rule = FileRule{File: rec[0], Period: rec[2]}
	if rule.File == "" {
		return rule, lang.T("no file is named", "chưa ghi tên tệp")
	}
	if rec[1] != "" {
		u := roster.Find(rec[1])
		if u == nil {
			return rule, lang.F("the unit %q is not on the roster%s", "đơn vị %q không có trong danh sách%s", rec[1], nearestUnit(roster, rec[1]))
		}
		rule.Unit = Choice{u.ID, Confirmed}
	}
	if rec[3] != "" {
		day, err := date.Parse(rec[3])
		if err != nil {
			return rule, lang.F("%v", "%v", err)
		}
		rule.Received = day
	}
	return rule, lang.Text{}
}

func nearestUnit(roster *plan.Roster, name string) lang.Text {
	if roster == nil {
		return lang.Text{}
	}
	if n := label.Nearest(name, idsOf(roster.Units, func(u *plan.Unit) string { return u.Name.In(lang.VI) })); n != "" {
		return lang.F("; did you mean %q?", "; có phải là %q?", n)
	}
	return lang.Text{}
}
