package plan

import (
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
)

// literal reports a "*" in the texts of a condition and in the names of a
// choice, where it is no pattern: cells are compared with the whole text.
func (l *linter) literal() {
	for i := range l.plan.Tables {
		for j := range l.plan.Tables[i].Columns {
			l.literalNames(&l.plan.Tables[i].Columns[j])
		}
	}
	for i := range l.plan.Facts {
		f := &l.plan.Facts[i]
		for j := range f.From {
			l.literalTexts(f, f.From[j].Where)
		}
	}
}

func (l *linter) literalNames(c *Column) {
	for _, v := range c.Values {
		for _, name := range v.Names {
			if strings.Contains(name, "*") {
				l.warn(diag.PlanPattern, c.Pos, "%q of the choice %q is compared as it stands: \"*\" is no pattern in names of choices; write each spelling in full",
					"%q của lựa chọn %q được so khớp nguyên văn: \"*\" không phải mẫu trong tên lựa chọn; hãy ghi đủ từng cách viết", name, v.ID)
			}
		}
	}
}

func (l *linter) literalTexts(f *Fact, where []Condition) {
	for _, w := range where {
		for _, all := range w.Any {
			l.literalTexts(f, all)
		}
		for _, text := range w.Values {
			if strings.Contains(text, "*") {
				l.warn(diag.PlanPattern, w.Pos, "%q in \"where\" of the fact %q is compared as it stands: \"*\" is no pattern there; write the texts in full",
					"%q trong \"where\" của số liệu %q được so khớp nguyên văn: \"*\" không phải mẫu ở đây; hãy ghi đủ từng nội dung", text, f.ID)
			}
		}
	}
}
