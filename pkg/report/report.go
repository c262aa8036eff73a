// Package report writes cards: as text for a terminal, JSON, Markdown, CSV,
// HTML, and the formats that CI systems read. A writer changes nothing of what
// it writes, and text that comes from a workbook or a plan is escaped for
// where it is put. Figures are printed as the cards show them; a writer
// computes counts and nothing else.
package report

import (
	"io"
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
)

// Document is what one run found: what every format is written from, and what
// the JSON format stores.
type Document struct {
	Schema      string        `json:"schema"`                // Schema
	Program     string        `json:"program"`               // "parcheck 1.2.0"
	Ledger      *score.Ledger `json:"ledger,omitempty"`      // of the roster, where several files were handed in
	Cards       []score.Card  `json:"cards"`                 // in input order
	Diagnostics diag.List     `json:"diagnostics,omitempty"` // of files that gave no card, and of the run
	Queries     []fact.Query  `json:"queries,omitempty"`     // what databases were asked
}

// Schema names the version of the JSON format.
const Schema = "parcheck/result/v1"

// Options chooses how a document is written. They change the showing only.
type Options struct {
	Lang       lang.Lang
	Color      bool     // terminal colours (text)
	Width      int      // columns of the terminal (text); 0 means 80
	Verbose    bool     // evidence of every figure (text, markdown)
	Written    []string // reports that were written to files, which the last lines name (text)
	PathPrefix string   // folder of relative paths in the repository (github, gitlab, sarif)
	Root       string   // absolute path of the repository, if there is one (github, gitlab, sarif)
}

// Writer writes a document in one format.
type Writer func(w io.Writer, doc *Document, opt Options) error

// Format is one way to write a document.
type Format struct {
	Name      string // as --format and --report take it
	Write     Writer
	Validates bool // it tells what is wrong with a file, scored or not
	File      bool // it is no text: written to files only
}

// formats holds every format, in alphabetical order.
var formats = []Format{
	{"csv", CSV, false, false},
	{"docx", DOCX, false, true},
	{"github", GitHub, true, false},
	{"gitlab", GitLab, true, false},
	{"html", HTML, false, false},
	{"json", JSON, true, false},
	{"junit", JUnit, true, false},
	{"markdown", Markdown, true, false},
	{"sarif", SARIF, true, false},
	{"text", Text, true, false},
}

// Find returns a format by its name.
func Find(name string) (Format, bool) {
	i := slices.IndexFunc(formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return formats[i], true
}

// Names lists the formats in alphabetical order.
func Names() []string { return names(func(Format) bool { return true }) }

// Printable lists those of them that standard output can have.
func Printable() []string { return names(func(f Format) bool { return !f.File }) }

// Files lists those of them that only files can have.
func Files() []string { return names(func(f Format) bool { return f.File }) }

// Validating lists those of them that tell what is wrong with a file.
func Validating() []string { return names(func(f Format) bool { return f.Validates }) }

func names(keep func(Format) bool) []string {
	var list []string
	for _, f := range formats {
		if keep(f) {
			list = append(list, f.Name)
		}
	}
	return list
}
