package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/form"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// maxSubmission is how many bytes of a file are copied.
const maxSubmission = 128 << 20

func (a *app) annotateCommand() *cobra.Command {
	var plans planFlags
	var collect collectFlags
	var path string
	cmd := &cobra.Command{
		Use:   "annotate FILE.xlsx -o COPY.xlsx",
		Short: "Copy a submission, with what was found marked at its cells",
		Long: "Copy a submission, with what was found marked at its cells: findings are filled by\n" +
			"severity and explained in notes, the figures behind missed targets are marked, and a\n" +
			"first sheet lists findings and results with links. The submission is left as it is.",
		Example: "  parcheck annotate agency.xlsx -o agency-annotated.xlsx --lang vi",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] == "-" {
				return usagef("want one FILE.xlsx to annotate")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.annotate(cmd.Context(), args[0], &plans, &collect, path)
		},
	}
	plans.register(cmd)
	collect.register(cmd)
	cmd.Flags().StringVarP(&path, "output", "o", "", "the copy to write, `COPY.xlsx`")
	return cmd
}

func (a *app) annotate(ctx context.Context, file string, plans *planFlags, collect *collectFlags, path string) error {
	if path == "" {
		return usagef("no copy named to write: want -o COPY.xlsx")
	}
	if sameFile(path, file) {
		return usagef("-o: %s is the submission itself: it is not overwritten", path)
	}
	in := input{name: filepath.ToSlash(file), path: file}
	run := &run{}
	var err error
	if run.asOf, err = collect.day(a); err != nil {
		return err
	}
	if run.batch, err = a.prepareBatch(ctx, nil, plans, collect, &inputFlags{allowEmpty: true}); err != nil {
		return err
	}
	if in.data, err = readBounded(file, maxSubmission); err != nil {
		return err
	}
	run.files = []input{in} // what is judged is what is copied: the file is read once
	doc, unread, err := run.document(ctx, func(read *fact.Reading, set *fact.Set) score.Card {
		set.Diagnostics = append(set.Diagnostics, fact.Complete(run.plan, set, &read.Survey, run.asOf)...)
		return score.Evaluate(run.plan, *set, run.asOf)
	})
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
	var refusal *workbook.Refusal
	switch {
	case refused == nil:
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(refused, &refusal):
		return inputError(errors.New(plainLine(refusal.Diagnostic.In(a.lang.Lang))))
	}
	return inputError(fmt.Errorf("%s: %s", s.Name, plainLine(refused.Error())))
}
