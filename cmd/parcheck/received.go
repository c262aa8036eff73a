package main

import (
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/batch"
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/plan"
)

// receivedFlag says when submissions came: on one day, or as a file tells.
type receivedFlag struct{ name string }

func (f *receivedFlag) register(a *app, cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.name, "received", "", a.text(
		"when submissions came: a day, or a CSV `FILE` of two columns: unit, YYYY-MM-DD",
		"ngày nộp: một ngày dạng 2024-01-12, hoặc `TỆP` CSV hai cột: đơn vị, ngày"))
}

// read reads the days on which units sent their files in, by folded name or id;
// one day alone is that of every submission.
func (f *receivedFlag) read(roster *plan.Roster) (batch.Receipts, error) {
	name := f.name
	if name == "" {
		return nil, nil
	}
	if day, err := date.Parse(name); err == nil {
		return batch.Receipts{batch.Anybody: {Day: day, From: diag.InFile("--received")}}, nil
	}
	data, err := readBounded(name, plan.MaxBytes)
	if err != nil {
		return nil, err
	}
	received, err := batch.ParseReceipts(filepath.ToSlash(name), data, roster)
	if err != nil {
		return nil, inputError(err)
	}
	return received, nil
}
