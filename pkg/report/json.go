package report

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"io"

	"github.com/parcheck/parcheck/pkg/lang"
)

// MaxJSON bounds a stored result, in bytes: more than a thousand cards of
// eighty targets each.
const MaxJSON = 1 << 29

// JSON writes the document as it is: exact values as fractions beside the
// printed forms in both languages, with the evidence. The same document gives
// the same bytes, and ReadJSON reads it back. Options have no effect.
//
// The cards are encoded one by one: a run of hundreds never stands in memory
// as text.
func JSON(w io.Writer, doc *Document, _ Options) error {
	out := &indenter{w: bufio.NewWriterSize(w, 1<<16)}
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false) // no page holds it; U+2028 and U+2029 are escaped all the same
	var failed error
	member := func(name string, value any) {
		io.WriteString(out, name) // the buffer keeps its first error
		failed = cmp.Or(failed, e.Encode(value))
	}
	member(`{"schema":`, Schema)
	member(`,"program":`, doc.Program)
	if doc.Ledger != nil {
		member(`,"ledger":`, doc.Ledger)
	}
	name := `,"cards":[`
	for i := range doc.Cards {
		member(name, &doc.Cards[i])
		name = ","
	}
	if len(doc.Cards) == 0 {
		io.WriteString(out, name) // a reader may rely on the list
	}
	io.WriteString(out, "]")
	if len(doc.Diagnostics) > 0 {
		member(`,"diagnostics":`, doc.Diagnostics)
	}
	if len(doc.Queries) > 0 {
		member(`,"queries":`, doc.Queries)
	}
	io.WriteString(out, "}")
	out.w.WriteByte('\n')
	return cmp.Or(failed, out.w.Flush())
}

// indenter lays out JSON that is written to it without white space, two spaces
// a level, as encoding/json does. A string or number is written to it whole.
type indenter struct {
	w     *bufio.Writer
	depth int
	open  bool // a list or object has been opened, and nothing is in it
}

// Write lays out the tokens in b; the error is that of the buffer behind it.
func (x *indenter) Write(b []byte) (int, error) {
	for rest := b; len(rest) > 0; {
		n := 1
		switch c := rest[0]; c {
		case '{', '[':
			x.begin()
			x.w.WriteByte(c)
			x.depth++
			x.open = true
		case '}', ']':
			x.depth--
			if !x.open {
				x.newline()
			}
			x.open = false
			x.w.WriteByte(c)
		case ',':
			x.w.WriteByte(c)
			x.newline()
		case ':':
			x.w.WriteString(": ")
		case '\n': // the encoder ends a value with it
		default:
			x.begin()
			n = token(rest)
			x.w.Write(rest[:n])
		}
		rest = rest[n:]
	}
	return x.w.Write(nil)
}

func (x *indenter) begin() {
	if x.open {
		x.open = false
		x.newline()
	}
}

func (x *indenter) newline() {
	x.w.WriteByte('\n')
	for range x.depth {
		x.w.WriteString("  ")
	}
}

// token returns how long the string, number or word is that b begins with.
func token(b []byte) int {
	if b[0] != '"' {
		if n := bytes.IndexAny(b, ",}]\n"); n >= 0 {
			return n
		}
		return len(b)
	}
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(b)
}

// ReadJSON reads what JSON wrote. It refuses more than MaxJSON bytes, anything
// after the document, and a schema that this version does not know; keys that
// it does not know are ignored, so that later versions may add some.
func ReadJSON(r io.Reader) (*Document, error) { return readJSON(r, MaxJSON) }

func readJSON(r io.Reader, limit int64) (*Document, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, lang.Errorf("the result is larger than %d MiB: store fewer units in one file", "tệp kết quả lớn hơn %d MiB: hãy lưu ít đơn vị hơn trong một tệp", limit>>20)
	}
	doc := new(Document)
	if err := json.Unmarshal(data, doc); err != nil || doc.Schema != Schema {
		return nil, refusal(data, err)
	}
	return doc, nil
}

// refusal says why data is no stored result that this version reads. err is why
// it is no document, if it is none: of another schema that says nothing.
func refusal(data []byte, err error) error {
	var head struct {
		Schema string `json:"schema"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return lang.Errorf("no stored result: %v", "không phải tệp kết quả của parcheck: %v", at(data, err))
	}
	if head.Schema != Schema {
		return lang.Errorf(
			"unknown schema %.60q: want %q, as parcheck score --format json writes it",
			"tệp kết quả ghi loại %.60q: cần %q, do lệnh parcheck score --format json ghi ra", head.Schema, Schema)
	}
	return lang.Errorf("damaged result: %v", "tệp kết quả bị hỏng: %v", at(data, err))
}

// at adds the line to an error of encoding/json, which knows the offset only
// and speaks English.
func at(data []byte, err error) error {
	var offset int64
	var vi string
	switch e := err.(type) {
	case *json.SyntaxError:
		offset, vi = e.Offset, "sai cú pháp JSON"
	case *json.UnmarshalTypeError:
		offset, vi = e.Offset, "giá trị sai kiểu"
	default:
		return err
	}
	line := 1 + bytes.Count(data[:min(offset, int64(len(data)))], []byte{'\n'})
	return &lang.Error{Text: lang.F("line %d: %s", "dòng %d: %s", line, lang.T(err.Error(), vi)), Cause: err}
}
