// Package batch reads many submissions side by side, judges them by one plan,
// and puts what they give into one document. The command line and the page are
// both made of it.
//
// It opens no file itself: an Input brings its own way to be opened. What it
// gives is in the order of the inputs, whatever finishes first, and depends on
// nothing but the inputs and the fields of the Batch.
package batch

import (
	"bytes"
	"fmt"
	"io"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/mapping"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// Batch is what is read, by what it is judged, and when.
type Batch struct {
	Plan     *plan.Plan
	Roster   *plan.Roster // nil: none
	Options  fact.Options
	Mapping  *mapping.Applied // of forms that are not the plan's; nil: none. Its roster is the one to use.
	Limits   cell.Limits
	Waivers  []plan.Waiver
	AsOf     date.Date
	Received Receipts // when submissions came; nil: nobody says

	Inputs  []Input
	Folders []string  // in which the inputs were looked for
	Notes   diag.List // on looking for them

	Program  string   // "parcheck 1.2.0"
	Jobs     int      // inputs read side by side; 0: one a processor
	Progress Progress // nil: nobody looks on
}

// Input is one file of a run.
type Input struct {
	Name string // as it is shown, with slashes
	Open func() (content Content, size int64, err error)
}

// Content is the bytes of an input.
type Content interface {
	io.ReaderAt
	io.Closer
}

// Progress is told how far reading has come, from several goroutines.
type Progress interface {
	File(size int64) workbook.Progress // a file begins
	FileDone()
}

// InMemory is an input whose bytes are there.
func InMemory(name string, data []byte) Input {
	return Input{name, func() (Content, int64, error) {
		return Bytes(data), int64(len(data)), nil
	}}
}

// Bytes are content that is in memory.
func Bytes(data []byte) Content { return inMemory{bytes.NewReader(data)} }

type inMemory struct{ *bytes.Reader }

func (inMemory) Close() error { return nil }

// Panic is a fault of the program that an input brought to light.
type Panic struct {
	Input string
	Value any
	Stack []byte
}

func (p *Panic) Error() string { return fmt.Sprintf("%s: %v", p.Input, p.Value) }
