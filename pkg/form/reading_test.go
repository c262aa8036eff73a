package form

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

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

// TestMergesAreApart holds that no two merged areas of a template overlap:
// spreadsheet programs call that a damaged file.
func TestMergesAreApart(t *testing.T) {
	p, roster := province(t)
	books := [][]byte{blank(t, order(p, roster, "", lang.VI)), blank(t, order(planFile(t, "testdata/odd.yaml"), nil, "", lang.EN))}
	for _, data := range books {
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for _, sheet := range f.GetSheetList() {
			taken := map[string]string{}
			merges, err := f.GetMergeCells(sheet, true)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range merges {
				area, ok := diag.ParseArea(m.GetStartAxis() + ":" + m.GetEndAxis())
				if !ok {
					t.Fatalf("%s: %v", sheet, m)
				}
				for row := area.Row; row <= area.ToRow; row++ {
					for col := area.Col; col <= area.ToCol; col++ {
						at := diag.A1(row, col)
						if other, twice := taken[at]; twice {
							t.Errorf("%s!%s lies in %s and %s", sheet, at, other, area)
						}
						taken[at] = area.String()
					}
				}
			}
			if len(taken) == 0 && !strings.HasPrefix(sheet, "Choices") {
				t.Errorf("%s has no merged cells", sheet)
			}
		}
	}
}

// TestRecalculated lets a spreadsheet program calculate filled-in templates: it
// finds what the test calculates, and the reader finds nothing wrong.
func TestRecalculated(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("CI") == "" {
			t.Skip("LibreOffice is not installed")
		}
		t.Fatal(err)
	}
	p, roster := province(t)
	filled := fill(t, blank(t, order(p, roster, "Sở Xây dựng", lang.VI)), department)
	dir := t.TempDir()
	name := filepath.Join(dir, "filled.xlsx")
	if err := os.WriteFile(name, store(t, filled, nil), 0o644); err != nil { // no stored results
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, soffice, "-env:UserInstallation=file://"+filepath.ToSlash(dir)+"/profile", "--headless", "--convert-to", "xlsx", "--outdir", filepath.Join(dir, "out"), name)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(dir, "out", "filled.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	want, _ := collect(t, p, roster, filled)
	got, found := collect(t, p, roster, data)
	for _, d := range found {
		t.Error(d.In(lang.EN))
	}
	for _, f := range want.Facts {
		if g := got.Find(f.ID); g.State != f.State || !g.Value.Equal(f.Value) || g.Choice != f.Choice {
			t.Errorf("%s: %s %s, want %s %s", f.ID, g.State, g.Value, f.State, f.Value)
		}
	}
}
