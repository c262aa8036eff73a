package main

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/form"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
)

func (a *app) templateCommand() *cobra.Command {
	var plans planFlags
	var collect collectFlags
	var path string
	cmd := &cobra.Command{
		Use: "template -o " + a.text("FILE.xlsx", "TỆP.xlsx"),
		Short: a.text(
			"Make a blank workbook for an agency to fill in, from the plan alone",
			"Tạo biểu mẫu trống theo kế hoạch để đơn vị nhập số liệu"),
		Long: a.text(
			"Make a blank workbook for an agency to fill in, from the plan alone: a sheet for\n"+
				"each table that the plan wants of the unit or the level, with the rows, formulas\n"+
				"and choices that the plan names. A filled-in template is read without a finding.",
			"Tạo biểu mẫu trống để đơn vị nhập số liệu, chỉ dựa vào kế hoạch: mỗi bảng mà kế hoạch\n"+
				"yêu cầu đối với đơn vị hoặc cấp đó là một trang tính, có sẵn các dòng, công thức và lựa\n"+
				"chọn nêu trong kế hoạch. Biểu mẫu nhập đủ số liệu được đọc mà không có phát hiện nào."),
		Example: a.text(
			"  parcheck template --unit \"Sở Xây dựng\" -o so-xay-dung-2023.xlsx\n"+
				"  parcheck template --level district --period 2023-Q3 --lang vi -o huyen-q3.xlsx",
			"  parcheck template --unit \"Sở Xây dựng\" -o so-xay-dung-2023.xlsx --lang vi\n"+
				"  parcheck template --level district --period 2023-Q3 -o huyen-q3.xlsx --lang vi"),
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return a.makeTemplate(&plans, &collect, path) },
	}
	plans.register(a, cmd)
	cmd.Flags().StringVar(&collect.unit, "unit", "", a.text(
		"the unit that will report: a `NAME` or an id of the roster (default: left open)",
		"đơn vị sẽ báo cáo: `TÊN` hoặc mã trong danh sách đơn vị (mặc định: để trống)"))
	cmd.Flags().StringVar(&collect.level, "level", "", a.text(
		"the `LEVEL` of the units that will report (default: the unit's; without a unit, the rows of all levels)",
		"`CẤP` của các đơn vị sẽ báo cáo (mặc định: cấp của đơn vị; nếu không nêu đơn vị thì có dòng của mọi cấp)"))
	cmd.Flags().StringVar(&collect.period, "period", "", a.text(
		"the `PERIOD` to report on: 2023, 2023-H1, 2023-Q3, 2023-09 or 2023-01-01..2023-09-30 (default: the plan's)",
		"`KỲ` báo cáo: 2023, 2023-H1 (6 tháng đầu năm), 2023-Q3 (quý III), 2023-09 hoặc 2023-01-01..2023-09-30 (mặc định: kỳ của kế hoạch)"))
	collect.mapping.registerMapping(a, cmd)
	cmd.Flags().StringVarP(&path, "output", "o", "", a.text(
		"the workbook to write, `FILE.xlsx`; one that exists is not overwritten: it may be filled in",
		"biểu mẫu cần ghi, `TỆP.xlsx`; không ghi đè tệp đã có vì có thể đã nhập số liệu"))
	return cmd
}

func (a *app) makeTemplate(plans *planFlags, collect *collectFlags, path string) error {
	if path == "" {
		return usagef("no workbook named to write: want -o FILE.xlsx", "chưa nêu tên biểu mẫu cần ghi: cần -o TỆP.xlsx")
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return usagef("%s exists, and may be filled in: choose another name or delete it", "%s đã có và có thể đã nhập số liệu: hãy chọn tên khác hoặc xóa tệp cũ", path)
	}
	order, differs, err := a.templateOrder(plans, collect)
	if err != nil {
		return err
	}
	var refused error
	err = writeFile(path, func(w io.Writer) error {
		refused = form.Template(w, order)
		return refused
	})
	if refused != nil {
		return usage(refused)
	}
	if err == nil {
		a.wrote(path)
		if !a.quiet {
			for _, line := range differs {
				a.tell(line)
			}
		}
	}
	return err
}

// templateOrder reads the plan and the roster, and finds the unit; differs says
// how the forms of a mapping differ from the template.
func (a *app) templateOrder(plans *planFlags, collect *collectFlags) (o form.Order, differs []lang.Text, err error) {
	p, roster, err := plans.load(a)
	if err != nil {
		return o, nil, err
	}
	mapped, err := collect.mapping.load(a, p, roster)
	if err != nil {
		return o, nil, err
	}
	if mapped != nil {
		roster, differs = mapped.Roster, mapped.Differs()
	}
	o, err = a.orderOf(p, roster, collect)
	return o, differs, err
}

// orderOf finds the unit that the template is for, and the period.
func (a *app) orderOf(p *plan.Plan, roster *plan.Roster, collect *collectFlags) (form.Order, error) {
	opt, _, err := collect.options(p)
	if err != nil {
		return form.Order{}, err
	}
	o := form.Order{Plan: p, Period: p.Period, Lang: a.lang.Lang, Program: program()}
	if opt.Period != nil {
		o.Period = *opt.Period
	}
	if o.Period.To.Before(p.Period.From) || p.Period.To.Before(o.Period.From) {
		return o, usagef("--period: the plan %s is for %s, not for %s", "--period: kế hoạch %s dành cho kỳ %s, không phải %s", p.ID, p.Period.Words(), o.Period.Words())
	}
	o.Unit.Level = opt.Level
	if opt.Unit == "" {
		return o, nil
	}
	unit, found := fact.FindUnit(p, roster, opt.Unit, opt.Level)
	if !a.quiet {
		a.say(found)
	}
	if o.Unit = unit; unit.Level == "" {
		return o, usagef("%q is on no roster and its name tells no level: give --level too", "%q không có trong danh sách đơn vị và tên không cho biết cấp: hãy thêm --level", opt.Unit)
	}
	return o, nil
}
