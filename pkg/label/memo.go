package label

import "sync"

// maxRemembered bounds the names that a Memo keeps; agencies' forms have a few
// thousand different ones.
const maxRemembered = 1 << 16

// Memo is Key with a memory: the forms of many agencies carry the same names.
// It may be used concurrently; a nil Memo remembers nothing.
type Memo struct {
	mu   sync.RWMutex
	keys map[string]string
}

// Key returns Key(s).
func (m *Memo) Key(s string) string {
	if m == nil || isASCII(s) {
		return Key(s)
	}
	m.mu.RLock()
	key, ok := m.keys[s]
	m.mu.RUnlock()
	if ok {
		return key
	}
	key = Key(s)
	m.mu.Lock()
	if m.keys == nil {
		m.keys = map[string]string{}
	}
	if len(m.keys) < maxRemembered {
		m.keys[s] = key
	}
	m.mu.Unlock()
	return key
}
