package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/parcheck/parcheck/pkg/lang"
)

// The exit codes, the same under every flag.
const (
	exitOK          = 0   // evaluated, and the gate holds
	exitGate        = 1   // evaluated, and the gate does not hold
	exitUsage       = 2   // wrong command line
	exitInput       = 3   // an input could not be read, or no file matched
	exitPlan        = 4   // the plan is invalid
	exitInternal    = 5   // a fault of parcheck
	exitInterrupted = 130 // Ctrl-C
)

const exitCodesHelp = `parcheck ends with one of these exit codes, the same under every flag:

  0    everything was evaluated and the gate holds
  1    everything was evaluated and the gate (--fail-on, --min-score, ...) does not hold
  2    the command line is wrong
  3    an input could not be read, or no file matched; the other files are still reported
  4    the plan, the roster or the waivers are invalid
  5    an internal error of parcheck
  130  interrupted

3, 4 and 5 outrank 1: a 1 means that everything was evaluated. The last line on
standard error says which gate decided.
`

type codeError struct {
	code int
	err  error
}

func (e *codeError) Error() string { return e.err.Error() }
func (e *codeError) Unwrap() error { return e.err }

func usage(err error) error { return &codeError{exitUsage, err} }

func usagef(format string, args ...any) error { return usage(fmt.Errorf(format, args...)) }

func inputError(err error) error { return &codeError{exitInput, err} }

// saidError is an error about which everything has been said.
type saidError struct{ code int }

func (e *saidError) Error() string { return "see above" }

// gateError is a gate that does not hold.
type gateError struct{ why lang.Text }

func (e *gateError) Error() string { return e.why.In(lang.EN) }

type internalError struct {
	value any
	stack []byte
}

func (e *internalError) Error() string {
	return fmt.Sprintf("internal error: %v\nPlease report it with the command line that you used.\n%s", e.value, e.stack)
}

func exitCode(err error) int {
	var code *codeError
	var gate *gateError
	var said *saidError
	var internal *internalError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.As(err, &said):
		return said.code
	case errors.As(err, &code):
		return code.code
	case errors.As(err, &gate):
		return exitGate
	case errors.As(err, &internal):
		return exitInternal
	}
	return exitInternal
}
