package workbook

import (
	"bytes"
	"errors"
	"io"
	"regexp"
)

// separatorLine is the line that tells Excel the separator.
var separatorLine = regexp.MustCompile(`^"?sep=([^\r\n"])"?(\r\n|\n|\r)`)

// What may be wrong with a record.
var (
	errMore       = errors.New("the record is not yet whole")
	errBareQuote  = errors.New("a quotation mark inside a field")
	errOpenQuote  = errors.New("a quotation mark that is not closed")
	errLongRecord = errors.New("a long record")
	errLongField  = errors.New("a long field")
	errManyFields = errors.New("many fields")
	errManyRows   = errors.New("many rows")
	errManyCells  = errors.New("many cells")
)

// splitter cuts records off a text.
type splitter struct {
	comma  byte
	fields [][]byte // of the last record
	lines  int      // that the last record took, or those before its error
	plain  []byte   // the fields that had to be written anew
}

// record cuts the first record off data and returns its length with the end of
// its line. whole is whether nothing follows data; if something may, a record
// that reaches the end of data is errMore. io.EOF means that data is empty.
func (s *splitter) record(data []byte, whole bool) (int, error) {
	s.fields, s.plain, s.lines = s.fields[:0], s.plain[:0], 0
	if len(data) == 0 {
		if whole {
			return 0, io.EOF
		}
		return 0, errMore
	}
	for i := 0; ; {
		n, err := s.field(data[i:], whole)
		if err != nil {
			return 0, err
		}
		i += n
		switch {
		case len(s.fields) > maxSheetCol:
			return 0, errManyFields
		case len(s.fields[len(s.fields)-1]) > maxCellText:
			return 0, errLongField
		case i == len(data):
			if !whole {
				return 0, errMore
			}
			s.lines++
			return i, nil
		case data[i] == s.comma:
			i++
			continue
		}
		n, err = lineEnd(data[i:], whole)
		s.lines++
		if len(s.fields) == 1 && i == 0 {
			s.fields = s.fields[:0] // a blank line
		}
		return i + n, err
	}
}

// lineEnd returns the length of the line break at the beginning of data.
func lineEnd(data []byte, whole bool) (int, error) {
	switch {
	case data[0] == '\n':
		return 1, nil
	case len(data) == 1 && !whole:
		return 0, errMore
	case len(data) > 1 && data[1] == '\n':
		return 2, nil
	}
	return 1, nil
}

// field takes one field and returns its length in data.
func (s *splitter) field(data []byte, whole bool) (int, error) {
	switch {
	case len(data) == 0:
	case data[0] == '"':
		return s.quoted(data, whole)
	case data[0] == '=':
		if n, err := s.formula(data, whole); n > 0 || err != nil {
			return n, err
		}
	}
	for i, c := range data {
		switch c {
		case s.comma, '\n', '\r':
			s.fields = append(s.fields, data[:i])
			return i, nil
		case '"':
			return 0, errBareQuote
		}
	}
	s.fields = append(s.fields, data)
	return len(data), nil
}

// formula takes a field ="text", a formula whose result is the text. n is 0 for
// any other field.
func (s *splitter) formula(data []byte, whole bool) (n int, err error) {
	cut := errMore // what it is when data ends here
	if whole {
		cut = nil
	}
	if len(data) == 1 {
		return 0, cut
	}
	if data[1] != '"' {
		return 0, nil
	}
	end := 2
	for end < len(data) && data[end] != '"' && data[end] != s.comma && data[end] != '\n' && data[end] != '\r' {
		end++
	}
	switch {
	case end == len(data):
		return 0, cut
	case data[end] != '"':
		return 0, nil
	case end+1 == len(data):
		if !whole {
			return 0, errMore
		}
	case data[end+1] != s.comma && data[end+1] != '\n' && data[end+1] != '\r':
		return 0, nil
	}
	s.fields = append(s.fields, data[2:end])
	return end + 1, nil
}

// quoted takes a field in quotation marks.
func (s *splitter) quoted(data []byte, whole bool) (int, error) {
	simple := true
	for i := 1; ; i++ {
		n := bytes.IndexByte(data[i:], '"')
		if n < 0 {
			if whole {
				return 0, errOpenQuote
			}
			return 0, errMore
		}
		i += n
		switch {
		case i+1 == len(data) && !whole:
			return 0, errMore
		case i+1 < len(data) && data[i+1] == '"':
			simple = false
			i++
			continue
		case i+1 < len(data) && data[i+1] != s.comma && data[i+1] != '\n' && data[i+1] != '\r':
			s.lines += bytes.Count(data[:i], []byte("\n"))
			return 0, errBareQuote
		}
		s.add(data[1:i], simple)
		return i + 1, nil
	}
}

// add adds the content of a quoted field: doubled quotes are one, and line
// breaks are line feeds.
func (s *splitter) add(text []byte, simple bool) {
	breaks := bytes.Count(text, []byte("\n"))
	s.lines += breaks
	if inner, ok := bytes.CutPrefix(text, []byte(`=""`)); ok { // ="text", its quotes doubled
		if inner, ok = bytes.CutSuffix(inner, []byte(`""`)); ok && breaks == 0 && bytes.IndexByte(inner, '"') < 0 {
			s.fields = append(s.fields, inner)
			return
		}
	}
	if simple && (breaks == 0 || !bytes.Contains(text, []byte("\r\n"))) {
		s.fields = append(s.fields, text)
		return
	}
	from := len(s.plain)
	for i := 0; i < len(text); i++ {
		if i+1 < len(text) && (text[i] == '"' || text[i] == '\r' && text[i+1] == '\n') {
			i++ // the second quote, the line feed
		}
		s.plain = append(s.plain, text[i])
	}
	s.fields = append(s.fields, s.plain[from:len(s.plain):len(s.plain)])
}
