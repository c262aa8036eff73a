package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/batch"
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
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
func (f *receivedFlag) read() (batch.Receipts, error) {
	name := f.name
	if name == "" {
		return nil, nil
	}
	if day, err := date.Parse(name); err == nil {
		return batch.Receipts{batch.Anybody: {Day: day, From: diag.InFile("--received")}}, nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, cannotRead(name, err)
	}
	defer file.Close()
	r := csv.NewReader(io.LimitReader(file, plan.MaxBytes))
	r.FieldsPerRecord = 2
	out := batch.Receipts{}
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, inputErrorf("%s: %v", "%s: %v", name, csvError(err))
		}
		unit := strings.TrimSpace(strings.TrimPrefix(rec[0], "\ufeff"))
		day, err := date.Parse(strings.TrimSpace(rec[1]))
		line, _ := r.FieldPos(0)
		if err != nil && line == 1 {
			continue // a heading
		}
		if err != nil {
			return nil, inputErrorf("%s:%d: %v", "%s, dòng %d: %v", name, line, err)
		}
		out[label.Key(unit)] = fact.Receipt{Day: day, From: diag.Pos{File: filepath.ToSlash(name), Line: line}}
	}
}

// csvError words an error of encoding/csv, which speaks English.
func csvError(err error) error {
	var wrong *csv.ParseError
	if !errors.As(err, &wrong) {
		return err
	}
	return &lang.Error{Text: lang.T(err.Error(), fmt.Sprintf("dòng %d không có đúng hai cột: đơn vị, ngày", wrong.Line)), Cause: err}
}
