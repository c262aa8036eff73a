package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/report"
)

func (a *app) inspectCommand() *cobra.Command {
	var plans planFlags
	var collect collectFlags
	var format string
	var verbose bool
	cmd := &cobra.Command{
		Use: "inspect " + a.files(),
		Short: a.text(
			"Show what is found where in a workbook, and what is not",
			"Cho biết số liệu nào nằm ở đâu trong tệp, và không tìm thấy gì"),
		Args: wantFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			write := report.InspectText
			switch format {
			case "text":
			case "json":
				write = report.InspectJSON
			default:
				return unknownFormat(format, "text", "json")
			}
			run, err := a.prepareBatch(cmd.Context(), args, &plans, &collect, &inputFlags{})
			if err != nil {
				return err
			}
			refused, err := run.readLists(cmd.Context())
			if err != nil {
				return err
			}
			found, unread, err := run.Inspect(cmd.Context())
			run.progress.finish()
			if err != nil {
				return err
			}
			for _, d := range refused {
				found, unread = append(found, report.Inspected{File: run.database.bindings.File, Diagnostics: diag.List{d}}), unread+1
			}
			opt := report.Options{Lang: a.lang.Lang, Verbose: verbose}
			if err := a.print(func(w io.Writer) error { return write(w, found, opt) }); err != nil {
				return err
			}
			return unreadError(unread)
		},
	}
	plans.register(a, cmd)
	collect.register(a, cmd)
	collect.mapping.register(a, cmd)
	collect.database.register(a, cmd)
	cmd.Flags().StringVarP(&format, "format", "f", "text", a.text("the `FORMAT` of standard output: text or json", "`ĐỊNH_DẠNG` in ra màn hình: text hoặc json"))
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, a.text("show what is not there and need not be, too", "nêu cả những gì không có và không bắt buộc phải có"))
	return cmd
}
