package label

import (
	"strings"
	"sync"
	"unicode"
)

// Bounds of a Memo, in bytes. Agencies' forms have a few thousand different
// texts.
const (
	maxRemembered = 8 << 20
	wordOverhead  = 100 // of a remembered text, beside its own bytes
)

// Word is a text of a workbook, made ready to be compared with names.
type Word struct {
	Raw     []byte // as the file has it; not to be changed
	Text    string // as it is read: Tidy(Raw)
	Key     string // Key(Text)
	Letters Letters
}

// newWord makes a word of a text.
func newWord(text string) *Word {
	tidy := Tidy(text)
	return &Word{[]byte(text), tidy, Key(tidy), lettersOf(text)}
}

// Memo is newWord with a memory: the forms of many agencies carry the same
// texts. It may be used concurrently; a nil Memo remembers nothing.
type Memo struct {
	mu    sync.RWMutex
	words map[string]*Word
	bytes int // of the texts
}

// Word returns newWord(text).
func (m *Memo) Word(text []byte) *Word {
	if m != nil {
		m.mu.RLock()
		w, ok := m.words[string(text)]
		m.mu.RUnlock()
		if ok {
			return w
		}
	}
	return m.learn(string(text))
}

// Key returns Key(text).
func (m *Memo) Key(text string) string {
	if m == nil || isASCII(text) {
		return Key(text)
	}
	m.mu.RLock()
	w, ok := m.words[text]
	m.mu.RUnlock()
	if !ok {
		w = m.learn(text)
	}
	return w.Key
}

func (m *Memo) learn(text string) *Word {
	w := newWord(text)
	if m == nil {
		return w
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.words == nil {
		m.words = map[string]*Word{}
	}
	if m.bytes += len(text) + wordOverhead; m.bytes < maxRemembered {
		m.words[text] = w
	}
	return w
}

// Tidy returns a text as it is read: white space at its ends is left out, and
// every run of it inside, line breaks too, is one space.
func Tidy(s string) string {
	space := true
	for _, r := range s {
		if r == ' ' && space || r != ' ' && unicode.IsSpace(r) {
			return strings.Join(strings.Fields(s), " ")
		}
		space = r == ' '
	}
	return strings.TrimSuffix(s, " ")
}

// Letters is the widest alphabet that a text needs.
type Letters uint8

// The alphabets. Vietnamese in Unicode has letters beyond Western Europe in
// almost every sentence; text in a legacy font has none.
const (
	ASCII   Letters = iota
	Western         // up to U+00FF
	Beyond
)

func lettersOf(s string) Letters {
	if isASCII(s) {
		return ASCII
	}
	for _, r := range s {
		if r > 0xFF {
			return Beyond
		}
	}
	return Western
}
