package xlsx

import (
	"errors"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/term"
)

// ErrNotWorkbook says that a file is a sound zip with something else in it
// than an Office Open XML workbook.
var ErrNotWorkbook = errors.New("no Office Open XML workbook")

// Password is the error of a file that is protected with a password.
func Password() error {
	return &diag.Fault{What: term.Protected, Remedy: diag.Unlock}
}

// Refuse gives an error its place, and makes it a *diag.Refusal unless it is
// the context's, a refusal already, or ErrNotWorkbook.
func Refuse(err error, pos diag.Pos) error {
	if errors.Is(err, ErrNotWorkbook) {
		return err
	}
	return diag.Refuse(err, pos)
}
