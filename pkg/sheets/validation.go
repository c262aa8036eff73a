package sheets

import (
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/diag"
)

// Accept is what may be typed into a cell.
type Accept struct {
	Kind    AcceptKind
	From    int      // the least value
	To      int      // the greatest; 0: none
	Choices []string // of AcceptChoice, in order
	List    string   // a range that holds the choices, with its sheet; "": they stand in the rule
	Refusal string   // shown when something else is typed
}

// AcceptKind is the kind of value that may be typed.
type AcceptKind uint8

// The kinds of values.
const (
	AcceptWhole AcceptKind = iota
	AcceptDecimal
	AcceptDate
	AcceptChoice
)

// maxInline is how many characters of choices a cell's own rule can hold.
const maxInline = 255

// Inline reports whether choices can stand in a cell's own rule: commas part
// them there, and a text that begins with "=" would be a formula.
func Inline(choices []string) bool {
	return len([]rune(strings.Join(choices, ","))) <= maxInline && !slices.ContainsFunc(choices, func(c string) bool {
		return strings.ContainsAny(c, ",\n") || strings.HasPrefix(c, "=") || strings.TrimSpace(c) != c
	})
}

// Accept restricts what may be typed into cells.
func (s *Sheet) Accept(a Accept, at ...diag.Area) {
	if s.out == nil || len(at) == 0 || a.Kind == AcceptChoice && len(a.Choices) == 0 {
		return
	}
	dv := excelize.NewDataValidation(true)
	for _, area := range at {
		dv.SetSqref(area.String())
	}
	dv.SetError(excelize.DataValidationErrorStyleStop, s.book.Say("Not accepted", "Không hợp lệ"), a.Refusal)
	operator := excelize.DataValidationOperator(excelize.DataValidationOperatorBetween)
	if a.To == 0 {
		operator = excelize.DataValidationOperatorGreaterThanOrEqual
	}
	switch a.Kind {
	case AcceptWhole:
		s.book.Fail(dv.SetRange(a.From, a.To, excelize.DataValidationTypeWhole, operator))
	case AcceptDecimal:
		s.book.Fail(dv.SetRange(a.From, a.To, excelize.DataValidationTypeDecimal, operator))
	case AcceptDate:
		s.book.Fail(dv.SetRange(a.From, a.To, excelize.DataValidationTypeDate, operator))
	case AcceptChoice:
		if a.List != "" {
			dv.SetSqrefDropList(a.List)
		} else {
			s.book.Fail(dv.SetDropList(a.Choices))
		}
	}
	s.book.Fail(s.book.f.AddDataValidation(s.Name, dv))
}
