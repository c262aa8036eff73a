package report

import (
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// graded is many under a plan with grades: the first unit is good, the others
// have none.
func graded() *Document {
	doc := many()
	grades := []plan.Grade{{ID: "excellent", Title: lang.T("Excellent", "Xuất sắc")}, {ID: "good", Title: lang.T("Good", "Tốt")}, {ID: "poor", Title: lang.T("Poor", "Trung bình")}}
	for i := range doc.Cards {
		doc.Cards[i].Grades = grades
	}
	doc.Cards[0].Grade = &score.Grade{ID: "good", Title: grades[1].Title, Kept: lang.Same("kept")}
	return doc
}

// Rankings and lists tell the grade of each unit, and none where there is none.
func TestRankingGrades(t *testing.T) {
	tests := []struct {
		write Writer
		opt   Options
		want  []string
	}{
		{Text, Options{Width: 80}, []string{"Độ phủ  Xếp      Đạt", "77,8%  Tốt      3/9"}},
		{Text, Options{Width: 160, Lang: lang.EN}, []string{"Coverage  Grade", "%  Good", "–"}},
		{Markdown, Options{}, []string{"| Độ phủ | Xếp loại | Đạt |", "| --: | --- | --: |", "% | Tốt |", "% | – |"}},
		{HTML, Options{}, []string{`data-first="descending">Xếp loại</th>`, `<td role="cell" data-label="Xếp loại" data-key="1">Tốt</td>`,
			`<td role="cell" data-label="Xếp loại" data-key="-1">–</td>`}},
		{CSV, Options{Lang: lang.EN}, []string{",evidence,grade\n", ",good\n"}},
	}
	for i, test := range tests {
		got := string(written(t, test.write, graded(), test.opt))
		for _, want := range test.want {
			if !strings.Contains(got, want) {
				t.Errorf("%d: no %q in\n%s", i, want, got[:min(len(got), 3000)])
			}
		}
	}
}

// The official report of several units names the grade of each, counts them, and
// says what keeps a unit from a better one.
func TestOfficialReportOfGrades(t *testing.T) {
	got := string(outline(t, written(t, DOCX, graded(), Options{Lang: lang.EN})))
	for _, want := range []string{"Score | Grade | Coverage", "| Good |", "| – |", "Units by grade", "| Excellent | 0 |", "| Good | 1 |", "| No grade | ", ": kept\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// On a narrow terminal long grades stand under the names, and the ranking stays
// a table.
func TestLongGradesStandUnderNames(t *testing.T) {
	doc := graded()
	doc.Cards[0].Grade.Title = lang.T("Satisfactory", "Đạt yêu cầu")
	got := string(written(t, Text, doc, Options{Width: 80, Lang: lang.EN}))
	for _, want := range []string{"Rank  Unit, grade", "\n      Satisfactory"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got[:min(len(got), 2000)])
		}
	}
}
