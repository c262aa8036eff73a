package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/parcheck/parcheck/pkg/batch"
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
)

func TestExitCode(t *testing.T) {
	for _, c := range []struct {
		err  error
		code int
	}{
		{nil, 0},
		{&gateError{lang.T("no", "không")}, 1},
		{usagef("wrong", "sai"), 2},
		{inputError(io.ErrUnexpectedEOF), 3},
		{&saidError{exitPlan}, 4},
		{&internalError{"boom", nil}, 5},
		{errors.New("anything else"), 5},
		{context.Canceled, 130},
		{inputError(context.Canceled), 130},
	} {
		if got := exitCode(c.err); got != c.code {
			t.Errorf("%v: exit code %d, want %d", c.err, got, c.code)
		}
	}
}

// An interruption is told from a fault, and from a file that cannot be read.
func TestInterrupted(t *testing.T) {
	for l, want := range map[lang.Lang]string{
		lang.EN: "parcheck: interrupted\n",
		lang.VI: "parcheck: đã dừng giữa chừng theo yêu cầu\n",
	} {
		t.Run(l.String(), func(t *testing.T) { testInterrupted(t, l, want) })
	}
}

func testInterrupted(t *testing.T, l lang.Lang, want string) {
	var stdout, stderr bytes.Buffer
	nobody, writer := io.Pipe() // that writes nothing and is never closed
	defer writer.Close()
	a := &app{stdin: nobody, stdout: &stdout, stderr: &stderr, getenv: func(string) string { return "" }, today: func() date.Date { return date.Date{Year: 2024, Month: 2, Day: 1} }}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	interrupted, stop := context.WithCancel(ctx)
	time.AfterFunc(time.Millisecond, stop)
	a.lang.Lang = l
	cmd := a.rootCommand()
	cmd.SetArgs([]string{"score", "-"})
	if code := a.fail(cmd.ExecuteContext(interrupted)); code != exitInterrupted {
		t.Errorf("exit code %d", code)
	}
	if got := stderr.String(); got != want || stdout.Len() > 0 {
		t.Errorf("stderr %q, stdout %q", got, stdout.String())
	}
}

// A fault of the program in one file is exit code 5, with the file's name.
func TestFaultInAFile(t *testing.T) {
	b := &batch.Batch{Plan: &plan.Plan{}, Inputs: []batch.Input{{Name: "a.csv", Open: func() (batch.Content, int64, error) { panic("no page") }}}}
	_, err := b.Read(context.Background())
	if exitCode(err) != exitInternal || !strings.Contains(err.Error(), "a.csv: ") {
		t.Errorf("%v", err)
	}
}

func TestSayIsPlain(t *testing.T) {
	var stderr bytes.Buffer
	a := &app{stderr: &stderr}
	a.lang.Lang = lang.EN
	a.say(diag.List{diag.New(diag.Unreadable, diag.InFile("a\x1b[31m.xlsx"), lang.T("x\n::error::y", "x"))})
	if got, want := stderr.String(), "error: a[31m.xlsx: x : :error::y [unreadable]\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
