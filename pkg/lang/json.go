package lang

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// stored is a text as JSON holds it.
type stored struct {
	VI string `json:"vi,omitempty"`
	EN string `json:"en,omitempty"`
}

// MarshalJSON writes {"vi": ..., "en": ...}, each where it was written.
func (t Text) MarshalJSON() ([]byte, error) {
	s := stored{VI: t.Written(VI), EN: t.Written(EN)}
	if plain(s.VI) && plain(s.EN) {
		return s.plain(), nil
	}
	// The encoder around this one escapes <, > and &, if it is told to.
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(s)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// plain writes texts that need no escapes.
func (s stored) plain() []byte {
	b := make([]byte, 0, len(`{"vi":"","en":""}`)+len(s.VI)+len(s.EN))
	b = append(b, '{')
	if s.VI != "" {
		b = append(append(append(b, `"vi":"`...), s.VI...), '"')
	}
	if s.VI != "" && s.EN != "" {
		b = append(b, ',')
	}
	if s.EN != "" {
		b = append(append(append(b, `"en":"`...), s.EN...), '"')
	}
	return append(b, '}')
}

// plain reports whether JSON holds the string as it is.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' {
			return false
		}
	}
	return utf8.ValidString(s) && !strings.Contains(s, "\u2028") && !strings.Contains(s, "\u2029")
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
