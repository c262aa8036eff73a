package xls

import (
	"errors"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
)

// NotWorkbook says that a compound file holds something else than a workbook.
type NotWorkbook struct {
	Streams []string // the names of what it holds at its top level
}

// Error lists the streams.
func (n *NotWorkbook) Error() string {
	return "no workbook among the streams " + strings.Join(n.Streams, ", ")
}

// refuse gives an error its place; what is no workbook stays as it is.
func refuse(err error, pos diag.Pos) error {
	if n := (*NotWorkbook)(nil); errors.As(err, &n) {
		return err
	}
	return diag.Refuse(err, pos)
}
