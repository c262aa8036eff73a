package workbook

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
)

// csvFile is a table of text: CSV (RFC 4180, with a comma or a semicolon) or
// TSV. It is one sheet of text cells, named after the file. Rows are counted
// as a spreadsheet program shows them: a blank line is a row, a line break in
// quotes is none, and the line "sep=;" is not there. A field ="00123", by which
// programs keep Excel from reading a number, is the text 00123.
type csvFile struct {
	*Workbook
	content *content
	comma   byte
	line    int // of the text file, where the table begins
}

// openCSV finds out what separates the columns. head is the beginning of the
// content.
func openCSV(_ context.Context, c *content, head []byte) (*Workbook, error) {
	if n := wholeCharacters(head); validLength(head[:n]) < n {
		return nil, notUTF8(diag.Pos{File: c.name, Line: 1 + bytes.Count(head[:validLength(head)], []byte("\n"))})
	}
	f := &csvFile{Workbook: &Workbook{Name: c.name, Kind: CSV, Bytes: c.size}, content: c, line: 1}
	f.impl = f
	if sep := separatorLine.FindSubmatch(head); sep != nil {
		f.comma, f.line = sep[1][0], 2
		f.content = c.part(int64(len(sep[0])))
	} else if f.comma = findComma(head, int64(len(head)) == c.size); f.comma == 0 {
		return nil, c.refuse(lang.T("this is a text without columns", "đây là văn bản không có cột"), exportAgain)
	}
	if f.comma == '\t' {
		f.Kind = TSV
	}
	base := filepath.Base(c.name)
	f.Sheets = []Sheet{{Name: cmp.Or(strings.TrimSuffix(base, filepath.Ext(base)), string(f.Kind))}}
	return f.Workbook, nil
}

// findComma returns the separator that cuts the most records into equally many
// fields, or 0 when none cuts two records alike. Of separators that do equally
// well the one that is rarer in texts and numbers wins: tab, then semicolon.
func findComma(head []byte, whole bool) byte {
	best, bestScore := byte(0), 1
	for _, comma := range []byte("\t;,") {
		score, records := 0, 0
		counts := map[int]int{}
		s := splitter{comma: comma}
		for rest := head; ; records++ {
			n, err := s.record(rest, whole)
			if err == errBareQuote { // of another separator's file, or to be refused when it is read
				n = bytes.IndexByte(rest, '\n') + 1
			}
			if err != nil && (err != errBareQuote || n == 0) {
				break
			}
			if fields := len(s.fields); fields > 1 && err == nil {
				counts[fields]++
				score = max(score, counts[fields])
			}
			rest = rest[n:]
		}
		if records == 1 {
			score *= 2 // the only record has no other to be like
		}
		if score > bestScore {
			best, bestScore = comma, score
		}
	}
	return best
}

func (f *csvFile) scan(ctx context.Context, _ int) (Scanner, error) {
	return &csvScanner{
		file: f, ctx: ctx, r: f.content.reader(0), line: f.line,
		splitter: splitter{comma: f.comma}, buf: make([]byte, 0, csvBuffer),
	}, nil
}

func (f *csvFile) close() error { return nil }

// csvBuffer is how much is read at once.
const csvBuffer = 64 << 10

// csvScanner reads the records of a table of text, one at a time.
type csvScanner struct {
	file *csvFile
	ctx  context.Context
	r    io.Reader
	buf  []byte // what has been read
	used int    // of it, what has been taken
	end  bool   // nothing is left to read

	splitter
	line int // of the next record
	row  cell.Row

	columns
	cells int64
	err   error
}

func (s *csvScanner) Row() *cell.Row { return &s.row }

func (s *csvScanner) Tail() cell.Tail { return cell.Tail{} }

func (s *csvScanner) Err() error {
	if errors.Is(s.err, io.EOF) {
		return nil
	}
	return s.err
}

func (s *csvScanner) Close() error {
	if s.err == nil {
		s.err = io.EOF
	}
	return nil
}

func (s *csvScanner) Next() bool {
	for s.err == nil {
		n, err := s.record(s.buf[s.used:], s.end)
		switch {
		case err == errMore:
			s.fill()
			continue
		case err == io.EOF:
			s.err = io.EOF
			return false
		case err != nil:
			s.err = s.refuse(err)
			return false
		}
		s.used += n
		if s.takeRecord(s.buf[s.used-n : s.used]) {
			return true
		}
	}
	return false
}

// fill reads on; what has been taken makes room.
func (s *csvScanner) fill() {
	if s.err = s.ctx.Err(); s.err != nil {
		return
	}
	s.buf = s.buf[:copy(s.buf, s.buf[s.used:])]
	s.used = 0
	if len(s.buf) > maxRowText {
		s.err = s.refuse(errLongRecord)
		return
	}
	if len(s.buf) == cap(s.buf) {
		s.buf = append(make([]byte, 0, 2*cap(s.buf)), s.buf...)
	}
	n, err := s.r.Read(s.buf[len(s.buf):cap(s.buf)])
	s.buf = s.buf[:len(s.buf)+n]
	switch {
	case err == io.EOF:
		s.end = true
	case err != nil:
		s.err = cannotRead(s.file.Name, err)
	}
}

// takeRecord makes a row of a record and reports whether it holds a cell.
func (s *csvScanner) takeRecord(record []byte) bool {
	s.row = cell.Row{Number: s.row.Number + 1, Cells: s.row.Cells[:0], Record: cell.Record{Line: s.line, Fields: len(s.fields)}}
	if s.row.Number > maxSheetRow {
		s.err = s.refuse(errManyRows)
		return false
	}
	if n := validLength(record); n < len(record) {
		s.err = notUTF8(diag.Pos{File: s.file.Name, Line: s.line + bytes.Count(record[:n], []byte("\n"))})
		return false
	}
	for i, text := range s.fields {
		if label.IsEmpty(text) {
			continue
		}
		s.cells++
		s.row.Record.Filled = i + 1
		if s.want(i + 1) {
			s.row.Cells = append(s.row.Cells, textCell(i+1, text))
		}
	}
	if s.cells > s.file.content.opt.Limits.Cells {
		s.err = s.refuse(errManyCells)
		return false
	}
	s.line += s.lines
	return len(s.row.Cells) > 0
}

// refuse is the refusal of a record, at its line.
func (s *csvScanner) refuse(err error) error {
	line := s.line
	what := lang.Text{}
	switch err {
	case errBareQuote:
		line += s.lines
		what = lang.T(`a quotation mark (") stands in the middle of a field: fields that hold one are put in quotes and theirs are doubled`,
			`dấu nháy kép (") nằm giữa một trường: trường có dấu nháy phải đặt trong nháy kép và nháy bên trong viết đôi`)
	case errOpenQuote:
		what = lang.T(`a quotation mark (") of the record that begins here is never closed`,
			`dấu nháy kép (") của bản ghi bắt đầu ở đây không được đóng`)
	case errLongRecord:
		what = lang.F("the record is longer than %d bytes", "bản ghi dài hơn %d byte", maxRowText)
	case errLongField:
		what = tooLong(maxCellText)
	case errManyFields:
		what = lang.F("the record has more than %d fields", "bản ghi có hơn %d trường", maxSheetCol)
	case errManyRows:
		what = lang.F("the table has more than %d rows", "bảng có hơn %d hàng", maxSheetRow)
	case errManyCells:
		what = lang.F("the table has more than %d cells", "bảng có hơn %d ô", s.file.content.opt.Limits.Cells)
	}
	return refuseAt(diag.Pos{File: s.file.Name, Line: line}, what, exportAgain)
}
