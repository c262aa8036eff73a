package lang

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// stored is a text as JSON holds it.
type stored struct {
	VI string `json:"vi,omitempty"`
	EN string `json:"en,omitempty"`
}

// MarshalJSON writes {"vi": ..., "en": ...}, each where it was written.
func (t Text) MarshalJSON() ([]byte, error) {
	if b, ok := t.appendPlainJSON(make([]byte, 0, 2*sentence)); ok {
		return b, nil
	}
	// The encoder around this one escapes <, > and &, if it is told to.
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(stored{VI: t.Written(VI), EN: t.Written(EN)})
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// appendPlainJSON is MarshalJSON of a text that needs no escapes.
func (t Text) appendPlainJSON(b []byte) (_ []byte, ok bool) {
	b = append(b, '{')
	if t.words != nil {
		for l, key := range [...]string{VI: `"vi":"`, EN: `"en":"`} {
			end := len(b)
			if end > 1 {
				b = append(b, ',')
			}
			b = append(b, key...)
			start := len(b)
			b = t.words.AppendIn(b, Lang(l))
			switch {
			case len(b) == start:
				b = b[:end]
			case !plain(b[start:]):
				return nil, false
			default:
				b = append(b, '"')
			}
		}
	}
	return append(b, '}'), true
}

// plain reports whether JSON holds the bytes as they are.
func plain(b []byte) bool {
	for _, c := range b {
		if c < ' ' || c == '"' || c == '\\' {
			return false
		}
	}
	return utf8.Valid(b) && !bytes.Contains(b, []byte("\u2028")) && !bytes.Contains(b, []byte("\u2029"))
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (t *Text) UnmarshalJSON(b []byte) error {
	var s stored
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	*t = T(s.EN, s.VI)
	return nil
}
