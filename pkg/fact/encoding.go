package fact

import (
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
)

// maxWeighed bounds how much text of a sheet is examined to detect its
// encoding.
const maxWeighed = 1 << 16

// checkEncoding reports sheets whose text is in a legacy font encoding: their
// headers are not found, and the reason would be hard to guess.
func (c *found) checkEncoding() {
	for _, s := range c.sheets {
		if encoding, at := s.encoding(); encoding != label.Unicode {
			pos := diag.Pos{File: c.file, Sheet: s.Name, Area: at}
			c.diags.Add(diag.FontEncoding, pos, encoding.Remedy())
		}
	}
}

// encoding detects the encoding of a sheet's text, and where it occurs first:
// by the font of a cell, or else by the letters of all texts together.
func (s *sheet) encoding() (label.Encoding, diag.Area) {
	var all strings.Builder
	first := diag.Area{}
	unicode, other := 0, 0 // texts beyond ASCII that are Unicode for sure, and the others
	for i := range s.grid.Rows {
		r := &s.grid.Rows[i]
		for j := range r.Cells {
			cl := &r.Cells[j]
			if cl.Kind != cell.Text || cl.Word.Letters == label.ASCII {
				continue
			}
			if cl.Word.Letters == label.Beyond {
				unicode++
				continue
			}
			other++
			if e := fontEncoding(cl.Font); e != label.Unicode {
				return e, diag.Cell(r.Number, cl.Col)
			}
			if first.IsZero() {
				first = diag.Cell(r.Number, cl.Col)
			}
			if all.Len() < maxWeighed {
				all.WriteString(cl.Word.Text + " ")
			}
		}
	}
	if other <= unicode { // "và" and "công tác" have no letter beyond Western Europe
		return label.Unicode, first
	}
	return label.Legacy(all.String()), first
}

// fontEncoding detects the encoding of a text by its font.
func fontEncoding(font cell.FontCode) label.Encoding {
	switch font {
	case cell.TCVN3Font:
		return label.TCVN3
	case cell.VNIFont:
		return label.VNI
	case cell.UnicodeFont:
	}
	return label.Unicode
}
