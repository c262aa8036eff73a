package form

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// TestTemplateIsTold reads filled-in templates that somebody has changed: each
// change is found at its cell, and nothing else is.
func TestTemplateIsTold(t *testing.T) {
	p, roster := province(t)
	filled := fill(t, blank(t, order(p, roster, "Sở Xây dựng", lang.VI)), department)
	const survey, handling = "Khảo sát mức độ hài lòng về…", "Biểu II.06a-VPCP-KSTT"
	for _, test := range []struct {
		name   string
		change func(f *excelize.File) error
		want   []string
	}{
		{"a column that is calculated", func(f *excelize.File) error {
			return firstOf(f.SetCellInt(survey, "C10", 35), f.SetCellInt(survey, "C12", 35))
		}, []string{
			`filled.xlsx:'Khảo sát mức độ hài lòng về…'!C10: 2 ô của cột "Số phiếu hợp lệ" bị gõ đè lên công thức của biểu mẫu, đầu tiên ở hàng 10: hãy sao chép lại công thức từ hàng khác hoặc từ biểu mẫu mới [overwritten-formula]`,
		}},
		{"a share", func(f *excelize.File) error { return f.SetCellFloat(survey, "J10", 0.4, -1, 64) }, []string{
			`filled.xlsx:'Khảo sát mức độ hài lòng về…'!J10: 1 ô của cột "Tỷ lệ hài lòng (%)" bị gõ đè lên công thức của biểu mẫu, đầu tiên ở hàng 10: hãy sao chép lại công thức từ hàng khác hoặc từ biểu mẫu mới [overwritten-formula]`,
		}},
		{"a total", func(f *excelize.File) error {
			return firstOf(f.SetCellInt(handling, "D26", 15), f.SetCellStr(handling, "H26", "15"))
		}, []string{
			`filled.xlsx:'Biểu II.06a-VPCP-KSTT'!D26: 1 ô của cột "Tiếp nhận / Trong kỳ / Trực tuyến" bị gõ đè lên công thức của biểu mẫu, đầu tiên ở hàng 26: hãy sao chép lại công thức từ hàng khác hoặc từ biểu mẫu mới [overwritten-formula]`,
			`filled.xlsx:'Biểu II.06a-VPCP-KSTT'!H26: 1 ô của cột "Số lượng hồ sơ đã giải quyết / Trước hạn" bị gõ đè lên công thức của biểu mẫu, đầu tiên ở hàng 26: hãy sao chép lại công thức từ hàng khác hoặc từ biểu mẫu mới [overwritten-formula]`,
		}},
		{"nothing is reported", func(f *excelize.File) error {
			return firstOf(f.SetCellStr(survey, "C10", "-"), f.SetCellStr(survey, "J10", ""))
		}, nil},
		{"another version on one sheet", func(f *excelize.File) error {
			return firstOf(f.SetCellStr(survey, "A5", "Biểu mẫu: quang-nam-2023 / 00000000"), f.SetCellInt(survey, "C10", 35))
		}, []string{
			"filled.xlsx:'Khảo sát mức độ hài lòng về…'!A5: tệp được lập theo phiên bản 00000000 của biểu mẫu, phiên bản hiện hành là " + p.TemplateVersion() + ": dòng, cột có thể đã khác; hãy lấy biểu mẫu mới bằng `parcheck template` [wrong-template]",
		}},
		{"another plan, twice", func(f *excelize.File) error {
			return firstOf(f.SetCellStr(survey, "A5", "BIỂU MẪU: quang-nam-2024 / 1234abcd"), f.SetCellStr(handling, "A5", "Biểu mẫu: quang-nam-2024 / 1234abcd"))
		}, []string{
			`filled.xlsx:'Biểu II.06a-VPCP-KSTT'!A5: tệp được lập theo biểu mẫu của kế hoạch "quang-nam-2024" nhưng đang đọc theo kế hoạch "quang-nam-2023": hãy chọn kế hoạch bằng --plan, hoặc lập lại theo biểu mẫu của kế hoạch này [wrong-plan]`,
		}},
		{"a form of another kind", func(f *excelize.File) error { return f.SetCellStr(survey, "A5", "Biểu mẫu: 07a/VPCP/KSTT") }, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			f, err := excelize.OpenReader(bytes.NewReader(filled))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			var buf bytes.Buffer
			if err := firstOf(test.change(f), f.Write(&buf)); err != nil {
				t.Fatal(err)
			}
			set, _ := collect(t, p, roster, buf.Bytes())
			var got []string
			for _, d := range set.Diagnostics {
				switch d.Check {
				case diag.Overwritten, diag.WrongPlan, diag.WrongTemplate:
					got = append(got, d.In(lang.VI))
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// TestNoFormulas holds that only formulas of the template's own are formulas.
func TestNoFormulas(t *testing.T) {
	p := planFile(t, "testdata/odd.yaml")
	f, err := excelize.OpenReader(bytes.NewReader(blank(t, order(p, nil, "=Cục(1)", lang.EN))))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	texts := 0
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range rows {
			for j, text := range r {
				formula, err := f.GetCellFormula(sheet, diag.A1(i+1, j+1))
				if err != nil {
					t.Fatal(err)
				}
				if formula != "" && !strings.HasPrefix(formula, "IF(") {
					t.Errorf("%s!%s has the formula %q", sheet, diag.A1(i+1, j+1), formula)
				}
				if strings.HasPrefix(text, "=") {
					texts++
				}
			}
		}
		rules, err := f.GetDataValidations(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rules {
			if r.Type == "list" && !strings.HasPrefix(r.Formula1, "'Choices'!") {
				t.Errorf("%s: choices are %s", sheet, r.Formula1)
			}
		}
	}
	if texts == 0 {
		t.Error("the test sees no text that looks like a formula")
	}
}
