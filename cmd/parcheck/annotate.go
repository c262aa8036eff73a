package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/form"
)

// maxSubmission is how many bytes of a file are copied.
const maxSubmission = 128 << 20

func (a *app) annotateCommand() *cobra.Command {
	var plans planFlags
	var collect collectFlags
	var path string
	cmd := &cobra.Command{
		Use: "annotate " + a.text("FILE.xlsx -o COPY.xlsx", "TỆP.xlsx -o BẢN_SAO.xlsx"),
		Short: a.text(
			"Copy a submission, with what was found marked at its cells",
			"Sao chép tệp đơn vị gửi và đánh dấu các phát hiện ngay tại ô"),
		Long: a.text(
			"Copy a submission, with what was found marked at its cells: findings are filled by\n"+
				"severity and explained in notes, the figures behind missed targets are marked, and a\n"+
				"first sheet lists findings and results with links. The submission is left as it is.",
			"Sao chép tệp đơn vị gửi và đánh dấu các phát hiện ngay tại ô: ô có phát hiện được tô\n"+
				"màu theo mức độ và có ghi chú giải thích, số liệu của chỉ tiêu không đạt được đánh dấu,\n"+
				"trang đầu liệt kê phát hiện và kết quả kèm liên kết. Tệp gốc được giữ nguyên."),
		Example: a.text(
			"  parcheck annotate agency.xlsx -o agency-annotated.xlsx --lang vi",
			"  parcheck annotate bao-cao.xlsx -o bao-cao-danh-dau.xlsx --lang vi"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] == "-" {
				return usagef("want one FILE.xlsx to annotate", "cần đúng một TỆP.xlsx để đánh dấu")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.annotate(cmd.Context(), args[0], &plans, &collect, path)
		},
	}
	plans.register(a, cmd)
	collect.register(a, cmd)
	collect.mapping.register(a, cmd)
	cmd.Flags().StringVarP(&path, "output", "o", "", a.text("the copy to write, `COPY.xlsx`", "bản sao cần ghi, `BẢN_SAO.xlsx`"))
	return cmd
}

func (a *app) annotate(ctx context.Context, file string, plans *planFlags, collect *collectFlags, path string) error {
	if path == "" {
		return usagef("no copy named to write: want -o COPY.xlsx", "chưa nêu tên bản sao cần ghi: cần -o BẢN_SAO.xlsx")
	}
	if sameFile(path, file) {
		return usagef("-o: %s is the submission itself: it is not overwritten", "-o: %s chính là tệp đơn vị gửi: không được ghi đè", path)
	}
	in := input{name: filepath.ToSlash(file), path: file}
	day, err := collect.day(a)
	if err != nil {
		return err
	}
	run, err := a.prepareBatch(ctx, nil, plans, collect, &inputFlags{allowEmpty: true})
	if err != nil {
		return err
	}
	if in.data, err = readBounded(file, maxSubmission); err != nil {
		return err
	}
	run.AsOf = day
	run.Inputs = openers([]input{in}) // what is judged is what is copied: the file is read once
	doc, unread, err := run.Review(ctx)
	run.progress.finish()
	if err != nil {
		return err
	}
	if unread > 0 {
		return a.unread(doc, unread)
	}
	return a.writeCopy(ctx, path, form.Submission{
		Name: in.name, Data: in.data, Cards: doc.Cards, Found: doc.Diagnostics, Lang: a.lang.Lang, Program: program(),
	})
}

// sameFile reports whether two names are of one file.
func sameFile(a, b string) bool {
	one, err1 := os.Stat(a)
	other, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(one, other)
}

func (a *app) writeCopy(ctx context.Context, path string, s form.Submission) error {
	var refused error
	err := writeFile(path, func(w io.Writer) error {
		refused = form.Annotate(ctx, w, s)
		return refused
	})
	var refusal *diag.Refusal
	switch {
	case refused == nil:
		if err == nil {
			a.wrote(path)
		}
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(refused, &refusal):
		return inputErrorf("%s", "%s", refusal.Diagnostic)
	}
	return inputErrorf("%s: %v", "%s: %v", s.Name, refused)
}
