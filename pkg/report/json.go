package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/parcheck/parcheck/pkg/score"
)

// MaxJSON bounds a stored result, in bytes: more than a thousand cards of
// eighty targets each.
const MaxJSON = 1 << 29

// JSON writes the document as it is: exact values as fractions beside the
// printed forms in both languages, with the evidence. The same document gives
// the same bytes, and ReadJSON reads it back. Options have no effect.
func JSON(w io.Writer, doc *Document, _ Options) error {
	out := *doc
	out.Schema = Schema
	if out.Cards == nil {
		out.Cards = []score.Card{} // a reader may rely on the list
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false) // no page holds it; U+2028 and U+2029 are escaped all the same
	e.SetIndent("", "  ")
	return e.Encode(&out)
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
		return nil, fmt.Errorf("the result is larger than %d MiB: store fewer units in one file", limit>>20)
	}
	var head struct {
		Schema string `json:"schema"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, fmt.Errorf("no stored result: %w", at(data, err))
	}
	if head.Schema != Schema {
		return nil, fmt.Errorf("unknown schema %.60q: want %q, as parcheck score --format json writes it", head.Schema, Schema)
	}
	doc := new(Document)
	if err := json.Unmarshal(data, doc); err != nil {
		return nil, fmt.Errorf("damaged result: %w", at(data, err))
	}
	return doc, nil
}

// at adds the line to an error of encoding/json, which knows the offset only.
func at(data []byte, err error) error {
	var offset int64
	switch e := err.(type) {
	case *json.SyntaxError:
		offset = e.Offset
	case *json.UnmarshalTypeError:
		offset = e.Offset
	default:
		return err
	}
	line := 1 + bytes.Count(data[:min(offset, int64(len(data)))], []byte{'\n'})
	return fmt.Errorf("line %d: %w", line, err)
}
