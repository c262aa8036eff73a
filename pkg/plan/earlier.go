package plan

import (
	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// EarlierOp is what is taken from an earlier result.
type EarlierOp uint8

// The operations. The names are those of an earlier plan, which need not be
// this one.
const (
	EarlierFact   EarlierOp = iota // a fact's figure
	EarlierValue                   // the value of a target's measure
	EarlierPoints                  // the points of a target
	EarlierScore                   // the score of all targets, a share
)

var earlierNames = names[EarlierOp]{EarlierFact: "fact", EarlierValue: "value", EarlierPoints: "points", EarlierScore: "score"}

// String returns "fact", "value", "points" or "score".
func (o EarlierOp) String() string { return earlierNames.of(o) }

// Earlier names a figure of an earlier result.
type Earlier struct {
	Op EarlierOp
	ID string // of the fact or the target
}

// String returns the figure as the plan names it: "points of answered-in-time".
func (e Earlier) String() string {
	if e.Op == EarlierScore {
		return e.Op.String()
	}
	return e.Op.String() + " of " + e.ID
}

func (e *Earlier) yaml() value {
	lead := func(op EarlierOp, en, vi string) []key {
		return []key{required(op.String(), setting(&e.Op, op, id(&e.ID)), en, vi)}
	}
	whole := names[EarlierOp]{EarlierScore: EarlierScore.String()}
	return byKind(e, map[yaml.Kind]value{
		yaml.ScalarNode: optionOr(&e.Op, whole, lang.T("a group such as {fact: id}, {value: target} or {points: target}",
			"nhóm như {fact: mã}, {value: chỉ tiêu} hoặc {points: chỉ tiêu}")),
		yaml.MappingNode: oneOf(e, lang.T("earlier figure", "số liệu kỳ trước"), func() [][]key {
			return [][]key{
				lead(EarlierFact, "a fact of the earlier result", "một số liệu của kết quả trước"),
				lead(EarlierValue, "the value of a target", "giá trị của một chỉ tiêu"),
				lead(EarlierPoints, "the points of a target", "điểm của một chỉ tiêu"),
			}
		}),
	})
}

// earlier checks that a figure of an earlier result is what the fact is.
func (c *checker) earlier(f *Fact, s *Source) {
	if !c.gives(f, s) {
		return
	}
	wanted := f.Kind
	switch s.Earlier.Op {
	case EarlierFact, EarlierValue:
	case EarlierPoints:
		wanted = AmountFact
	case EarlierScore:
		wanted = ShareFact
	}
	if wanted != f.Kind {
		c.fail(diag.PlanValue, s.Pos, lang.F("%q of an earlier result is of kind %q: this fact is of kind %q",
			"%q của kết quả trước thuộc loại %q: số liệu này thuộc loại %q", s.Earlier.Op.String(), wanted, f.Kind))
	}
}
