package main

import (
	"context"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/report"
)

func (a *app) validateCommand() *cobra.Command {
	var plans planFlags
	var collect collectFlags
	var out outputFlags
	var inputs inputFlags
	var failOn []string
	var list bool
	cmd := &cobra.Command{
		Use: "validate " + a.files(),
		Short: a.text(
			"Check workbooks without scoring them: sound, complete, consistent, or which cells to mend",
			"Kiểm tra tệp mà không chấm điểm: có hợp lệ, đầy đủ, nhất quán không, cần sửa ô nào"),
		Example: a.text(
			"  parcheck validate submissions/ --report sarif=findings.sarif\n"+
				"  parcheck validate agency.xlsx --fail-on warning\n"+
				"  parcheck validate --list",
			"  parcheck validate thu-muc --report markdown=phat-hien.md --lang vi\n"+
				"  parcheck validate bao-cao.xlsx --fail-on warning --lang vi\n"+
				"  parcheck validate --list --lang vi"),
		Args: func(cmd *cobra.Command, args []string) error {
			if list {
				return noArgs(cmd, args)
			}
			return wantFiles(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if list {
				return a.print(func(w io.Writer) error {
					_, err := io.WriteString(w, checksHelp(a.lang.Lang))
					return err
				})
			}
			run, err := a.prepareValidation(cmd, args, &plans, &collect, &out, &inputs, failOn)
			if err != nil {
				return err
			}
			doc, unread, err := run.validated(cmd.Context())
			if err != nil {
				return err
			}
			if err := a.write(run.outputs, doc, out.options(a)); err != nil {
				return err
			}
			return a.judge(doc, nil, unread, run)
		},
	}
	plans.register(a, cmd)
	collect.register(a, cmd)
	collect.mapping.register(a, cmd)
	collect.database.register(a, cmd)
	out.register(a, cmd, report.Validating(), nil)
	inputs.register(a, cmd)
	cmd.Flags().StringArrayVar(&failOn, "fail-on", nil, a.text(
		"the `GATE` that makes the exit code 1: error, warning or never (default: error)",
		"`ĐIỀU_KIỆN` làm mã thoát bằng 1: error (lỗi), warning (cảnh báo) hoặc never (không xét) (mặc định: error)"))
	cmd.Flags().BoolVar(&list, "list", false, a.text("list every check with its severity and meaning", "liệt kê mọi phép kiểm tra kèm mức độ và ý nghĩa"))
	return cmd
}

func (a *app) prepareValidation(cmd *cobra.Command, args []string, plans *planFlags, collect *collectFlags, out *outputFlags, inputs *inputFlags, failOn []string) (*run, error) {
	if len(failOn) == 0 {
		failOn = []string{"error"}
	}
	for _, name := range append([]string{out.format}, out.reports...) {
		format, _, _ := strings.Cut(name, "=")
		if f, ok := report.Find(format); format == xlsxFormat || format == groupsFormat || ok && !f.Validates {
			return nil, usagef("validate has no %s: it is for scores; want one of %s",
				"validate không có định dạng %s vì định dạng này dùng cho điểm số; cần một trong %s", format, strings.Join(report.Validating(), ", "))
		}
	}
	for _, name := range failOn {
		if name != "error" && name != "warning" && name != "never" {
			return nil, usagef("--fail-on %q: nothing is scored; want error, warning or never", "--fail-on %q: lệnh này không chấm điểm; cần error, warning hoặc never", name)
		}
	}
	return a.prepare(cmd, args, plans, collect, out, &gateFlags{failOn: failOn}, inputs)
}

// validated reads every file and looks whether it is complete.
func (r *run) validated(ctx context.Context) (*report.Document, int, error) {
	return r.evaluate(ctx, r.Validate)
}
