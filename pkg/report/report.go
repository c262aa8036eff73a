// Package report writes cards: as text for a terminal, JSON, Markdown, CSV,
// HTML, and the formats that CI systems read. A writer changes nothing of what
// it writes, and text that comes from a workbook or a plan is escaped for
// where it is put. Figures are printed as the cards show them; a writer
// computes counts and nothing else.
package report

import (
	"io"
	"maps"
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
)

// Document is what one run found: what every format is written from, and what
// the JSON format stores.
type Document struct {
	Schema      string       `json:"schema"`                // Schema
	Program     string       `json:"program"`               // "parcheck 1.2.0"
	Cards       []score.Card `json:"cards"`                 // in input order
	Diagnostics diag.List    `json:"diagnostics,omitempty"` // of files that gave no card, and of the run
}

// Schema names the version of the JSON format.
const Schema = "parcheck/result/v1"

// Options chooses how a document is written. They change the showing only.
type Options struct {
	Lang    lang.Lang
	Color   bool // terminal colours (text)
	Width   int  // columns of the terminal (text); 0 means 80
	Verbose bool // evidence of every figure (text, markdown)
}

// Writer writes a document in one format.
type Writer func(w io.Writer, doc *Document, opt Options) error

// formats holds every format by the name that --format and --report take.
var formats = map[string]Writer{
	"csv":      CSV,
	"github":   GitHub,
	"gitlab":   GitLab,
	"html":     HTML,
	"json":     JSON,
	"junit":    JUnit,
	"markdown": Markdown,
	"sarif":    SARIF,
	"text":     Text,
}

// Find returns the writer of a format.
func Find(name string) (Writer, bool) {
	w, ok := formats[name]
	return w, ok
}

// Names lists the formats in alphabetical order.
func Names() []string { return slices.Sorted(maps.Keys(formats)) }
