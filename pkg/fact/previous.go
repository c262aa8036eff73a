package fact

import (
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// Previous returns a figure of an earlier result of a unit.
type Previous func(u Unit, period plan.Period, e plan.Earlier) Earlier

// Earlier is a figure of an earlier result.
type Earlier struct {
	Found  bool
	Value  number.Exact
	Share  bool // Value is a share
	File   string
	From   lang.Text // which result it is: the file and its period
	Reason lang.Text // why it is not found
}

// earlier reads a figure of an earlier result.
func (r *reader) earlier(pf *plan.Fact, src *plan.Source) sourced {
	if r.previous == nil {
		return missing(diag.MissingTable, lang.T("no earlier result was given: give it with --previous FILE.json",
			"chưa có kết quả kỳ trước: đưa vào bằng --previous TỆP.json"))
	}
	e := r.previous(r.unit.Unit, r.period, src.Earlier)
	if !e.Found {
		return missing(diag.MissingRow, e.Reason)
	}
	how := lang.F("%s in %s", "%s trong %s", earlierWords(src.Earlier), e.From)
	if e.Share != (pf.Kind == plan.ShareFact) {
		return invalid(lang.F("%s in %s is %s, and this figure is of kind %q", "%s trong %s là %s, còn số liệu này thuộc loại %q",
			earlierWords(src.Earlier), e.From, number.Shown(e.Value, e.Share), pf.Kind), how)
	}
	v := checkKind(value{state: Reported, number: e.Value}, pf.Kind)
	evidence := Evidence{File: e.File, Cells: e.File, Count: 1, Read: how}
	return sourced{Source: Source{Value: e.Value, How: how, Evidence: []Evidence{evidence}}, state: v.state, reason: v.reason}
}

// earlierWords name a figure of an earlier result.
func earlierWords(e plan.Earlier) lang.Text {
	switch e.Op {
	case plan.EarlierFact:
		return lang.F("the figure %q", "số liệu %q", e.ID)
	case plan.EarlierValue:
		return lang.F("the value of the target %q", "giá trị của chỉ tiêu %q", e.ID)
	case plan.EarlierPoints:
		return lang.F("the points of the target %q", "điểm của chỉ tiêu %q", e.ID)
	case plan.EarlierScore:
		return lang.T("the score", "điểm tổng")
	}
	return lang.Text{}
}
