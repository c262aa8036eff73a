package fact

import (
	"strings"
	"unicode/utf8"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/table"
)

// maxWeighed bounds the text of a sheet by which its encoding is told.
const maxWeighed = 1 << 16

// checkEncoding reports sheets whose text is in a legacy font encoding: their
// headers are not found, and the reason would be hard to guess.
func (c *collector) checkEncoding() {
	for _, s := range c.sheets {
		if encoding, at := s.encoding(); encoding != label.Unicode {
			pos := diag.Pos{File: c.file, Sheet: s.Name, Area: at}
			c.diags.Add(diag.FontEncoding, pos, encoding.Remedy())
		}
	}
}

// encoding tells the encoding of a sheet's text, and where it shows first: by
// the font of a cell, or else by the letters of all texts together.
func (s *sheet) encoding() (label.Encoding, diag.Area) {
	var all strings.Builder
	first := diag.Area{}
	for i := range s.grid.Rows {
		r := &s.grid.Rows[i]
		for _, cl := range r.Cells {
			text := table.Text(cl)
			if cl.Kind != cell.Text || isASCII(text) {
				continue
			}
			if e := fontEncoding(cl.Font, text); e != label.Unicode {
				return e, diag.Cell(r.Number, cl.Col)
			}
			if first.IsZero() {
				first = diag.Cell(r.Number, cl.Col)
			}
			if all.Len() < maxWeighed {
				all.WriteString(text + " ")
			}
		}
	}
	return label.Legacy(all.String()), first
}

// fontEncoding tells the encoding of a text by its font. A legacy font may
// show Unicode text as well: then some letter is none of Western Europe.
func fontEncoding(font cell.FontCode, text string) label.Encoding {
	if strings.ContainsFunc(text, func(r rune) bool { return r > 0xFF }) {
		return label.Unicode
	}
	switch font {
	case cell.TCVN3Font:
		return label.TCVN3
	case cell.VNIFont:
		return label.VNI
	case cell.UnicodeFont:
	}
	return label.Unicode
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
