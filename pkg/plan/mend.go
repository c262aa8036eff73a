package plan

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/diag"
)

// Change is one place of a file that Mend has changed.
type Change struct {
	Pos      diag.Pos // in the file as it was
	Was, Now string
}

// Mend changes in a file what is wrong with it and can only be meant in one way:
// quotation marks and spaces of a word processor, characters that nobody sees,
// numbers and days written as in a letter, texts that a comma within braces has
// cut, names in other letters or with other dashes, and what files of earlier
// versions say otherwise. Everything else stays as it is, to the byte: a sound
// file does not change, and a second call changes nothing more.
func Mend(kind FileKind, file string, data []byte, beside Beside, against Against) ([]byte, []Change) {
	return mendWith(file, data, func(r *reader, data []byte) {
		r.beside = beside
		r.content(kind, data, against)
	})
}

// MendYAML is Mend for a file that another package describes: fresh returns a
// value that nothing was read into.
func MendYAML(file string, data []byte, fresh func() Value) ([]byte, []Change) {
	return mendWith(file, data, func(r *reader, data []byte) {
		if root := r.document(data); root != nil {
			fresh().read(r, root)
		}
	})
}

func mendWith(file string, data []byte, content func(*reader, []byte)) ([]byte, []Change) {
	m := mender{file: file, content: content, was: data, data: data}
	m.state = m.read(data)
	for range maxRounds {
		if !m.round() {
			break
		}
	}
	slices.SortStableFunc(m.changes, func(a, b Change) int { return a.Pos.Compare(b.Pos) })
	return m.data, m.changes
}

// maxRounds bounds how often a file is read again: what is mended lets the
// reader come to what stands behind.
const maxRounds = 24

// meant is what a value was surely meant to be.
type meant struct {
	value   string
	quoted  bool     // it is a text, written in quotes
	certain bool     // whatever the reader says of the new value
	through diag.Pos // one text with what stands up to the end of the value there
	keys    []string // a key: these keys, each with its value
}

// mending is the change of one value.
type mending struct {
	pos diag.Pos
	meant
}

// means notes what the value at a place was surely meant to be; "" is nothing.
func (r *reader) means(pos diag.Pos, m meant) {
	if pos.File == r.top && (m.value != "" || m.through.Line > 0 || len(m.keys) > 0) {
		r.mendings = append(r.mendings, mending{pos, m})
	}
}

// state is what reading a file has found.
type state struct {
	mendings []mending
	found    int
	broken   diag.Pos // where it is no YAML
	isBroken bool
}

// better reports whether a file reads better than before: it is well-formed
// further on, or has fewer mistakes; no more of them, where what is changed is
// certain.
func (s *state) better(before *state, certain bool) bool {
	switch {
	case s.isBroken && before.isBroken:
		return s.broken.Compare(before.broken) > 0
	case s.isBroken || before.isBroken:
		return before.isBroken
	}
	return s.found < before.found || certain && s.found == before.found
}

// mender is a file that is being mended.
type mender struct {
	file    string
	content func(*reader, []byte) // reads the file
	was     []byte                // the file before anything was changed
	data    []byte
	state   state
	edits   [][]edit // of each round
	changes []Change
}

// edit replaces the bytes from start to end.
type edit struct {
	start, end int
	to         string
	certain    bool
}

func (m *mender) read(data []byte) state {
	r := newReader(m.file)
	m.content(r, data)
	s := state{mendings: r.mendings, found: r.found}
	for _, d := range r.list {
		if d.Check == diag.PlanSyntax && !s.isBroken && d.Pos.File == m.file {
			s.isBroken, s.broken = true, d.Pos
		}
	}
	return s
}

// round mends what one reading has found, and reports whether it could.
func (m *mender) round() bool {
	if m.state.isBroken {
		for _, way := range []func([]byte) []edit{unseen, spaces, tabs, curlyValues} {
			if m.try(way(m.data)) {
				return true
			}
		}
		return false
	}
	edits := m.written()
	if m.try(edits) {
		return true
	}
	for _, e := range edits[:min(len(edits), MaxMistakes)] {
		if m.try([]edit{e}) {
			return true
		}
		// What a comma has cut may be a number.
		if text, ok := unquoted(e.to); ok && meantNumber(text) != "" && m.try([]edit{{start: e.start, end: e.end, to: meantNumber(text)}}) {
			return true
		}
	}
	return false
}

// try keeps changes if the file reads better with them.
func (m *mender) try(edits []edit) bool {
	if len(edits) == 0 {
		return false
	}
	data := withEdits(m.data, edits)
	s := m.read(data)
	certain := !slices.ContainsFunc(edits, func(e edit) bool { return !e.certain })
	if !s.better(&m.state, certain) {
		return false
	}
	for _, e := range edits {
		m.tell(Change{m.place(e.start), string(m.data[e.start:e.end]), e.to})
	}
	m.edits = append(m.edits, edits)
	m.data, m.state = data, s
	return true
}

// tell notes a change; of what was changed before it is one change.
func (m *mender) tell(c Change) {
	for i := range m.changes {
		if o := &m.changes[i]; o.Pos == c.Pos && o.Now == c.Was {
			o.Now = c.Now
			return
		}
	}
	m.changes = append(m.changes, c)
}

func unquoted(s string) (string, bool) {
	s, ok := strings.CutPrefix(s, `"`)
	if ok {
		s, ok = strings.CutSuffix(s, `"`)
	}
	return s, ok
}

func withEdits(data []byte, edits []edit) []byte {
	var out []byte
	at := 0
	for _, e := range edits {
		out = append(append(out, data[at:e.start]...), e.to...)
		at = e.end
	}
	return append(out, data[at:]...)
}

// written are the edits that the mendings of a reading come to, in order; of two
// that touch one another the first.
func (m *mender) written() []edit {
	text := newSource(m.data)
	text.values()
	var edits []edit
	for _, mend := range m.state.mendings {
		if e, ok := text.edit(mend); ok {
			edits = append(edits, e)
		}
	}
	slices.SortStableFunc(edits, func(a, b edit) int { return a.start - b.start })
	kept := edits[:0]
	for _, e := range edits {
		if len(kept) == 0 || e.start >= kept[len(kept)-1].end {
			kept = append(kept, e)
		}
	}
	return kept
}

// place is where a byte stood in the file before anything was changed.
func (m *mender) place(at int) diag.Pos {
	for _, edits := range slices.Backward(m.edits) {
		shift := 0
		for _, e := range edits {
			start := e.start + shift
			if at < start {
				break
			}
			if at < start+len(e.to) {
				at = start
				break
			}
			shift += len(e.to) - (e.end - e.start)
		}
		at -= shift
	}
	text := newSource(m.was)
	line, _ := slices.BinarySearch(text.lines, at+1)
	line = max(line, 1)
	return diag.Pos{File: m.file, Line: line, Col: 1 + utf8.RuneCount(m.was[text.lines[line-1]:max(at, text.lines[line-1])])}
}

// source is the bytes of a file, by line and column.
type source struct {
	data    []byte
	lines   []int                 // where they begin
	scalars map[[2]int]*yaml.Node // by line and column
}

func newSource(data []byte) *source {
	s := &source{data: data}
	at := 0
	if bytes.HasPrefix(data, []byte("\uFEFF")) {
		at = len("\uFEFF")
	}
	s.lines = []int{at}
	for i := at; i < len(data); i++ {
		if data[i] == '\n' || data[i] == '\r' && (i+1 == len(data) || data[i+1] != '\n') {
			s.lines = append(s.lines, i+1)
		}
	}
	return s
}

// values finds the scalars of a well-formed file.
func (s *source) values() {
	s.scalars = map[[2]int]*yaml.Node{}
	root, err := next(yaml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(s.data, []byte("\uFEFF")))))
	if err != nil {
		return
	}
	var walk func(*yaml.Node)
	walk = func(n *yaml.Node) {
		if n.Kind == yaml.ScalarNode {
			s.scalars[[2]int{n.Line, n.Column}] = n
		}
		for _, c := range n.Content {
			walk(c)
		}
	}
	walk(root)
}

// offset is the byte at a line and column.
func (s *source) offset(line, col int) (int, bool) {
	if line < 1 || line > len(s.lines) {
		return 0, false
	}
	at := s.lines[line-1]
	for range col - 1 {
		if at >= len(s.data) {
			return 0, false
		}
		_, size := utf8.DecodeRune(s.data[at:])
		at += size
	}
	return at, true
}

// extent finds a scalar that stands on one line, and its bytes.
func (s *source) extent(pos diag.Pos) (n *yaml.Node, start, end int, ok bool) {
	n = s.scalars[[2]int{pos.Line, pos.Col}]
	start, ok = s.offset(pos.Line, pos.Col)
	if n == nil || !ok || start >= len(s.data) {
		return nil, 0, 0, false
	}
	rest := s.data[start:]
	if eol := bytes.IndexAny(rest, "\r\n"); eol >= 0 {
		rest = rest[:eol]
	}
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		end = closing(rest, '"', '\\')
	case n.Style&yaml.SingleQuotedStyle != 0:
		end = closing(rest, '\'', '\'')
	case n.Style == 0 && bytes.HasPrefix(rest, []byte(n.Value)):
		end = len(n.Value)
	}
	return n, start, start + end, end > 0
}

// closing is the length of what stands between quotation marks, with these; one
// behind the escaping character is none.
func closing(text []byte, mark, escape byte) int {
	for i := 1; i < len(text) && text[0] == mark; i++ {
		switch {
		case text[i] == escape && i+1 < len(text) && (escape != mark || text[i+1] == mark):
			i++
		case text[i] == mark:
			return i + 1
		}
	}
	return 0
}

// plainText is a text that YAML reads as it stands.
var plainText = regexp.MustCompile(`^[\pL\pN][\pL\pN\pM ._/()%-]*$`)

// edit writes what a value was meant to be.
func (s *source) edit(m mending) (edit, bool) {
	n, start, end, ok := s.extent(m.pos)
	if !ok {
		return edit{}, false
	}
	if m.through.Line > 0 {
		if _, _, end, ok = s.extent(m.through); !ok || end <= start {
			return edit{}, false
		}
		return edit{start: start, end: end, to: Quote(string(s.data[start:end]))}, true
	}
	if len(m.keys) > 0 {
		return s.eachKey(m.keys, start, end)
	}
	to := m.value
	if m.quoted && (n.Style != 0 || strings.ContainsAny(n.Value, "“”") || !plainText.MatchString(to) || strings.EqualFold(to, "null")) {
		to = Quote(to)
	}
	return edit{start, end, to, m.certain}, to != string(s.data[start:end])
}

var valueOfKey = regexp.MustCompile(`^ *: *[a-z_-]+`)

// eachKey writes several keys for one, which stands between two bytes.
func (s *source) eachKey(keys []string, start, end int) (edit, bool) {
	value := string(valueOfKey.Find(s.data[end:]))
	if value == "" {
		return edit{}, false
	}
	line, _ := slices.BinarySearch(s.lines, start+1)
	indent := string(s.data[s.lines[line-1]:start])
	between := ", "
	if strings.Trim(indent, " ") == "" {
		between = "\n" + indent
	}
	return edit{start: start, end: end + len(value), to: strings.Join(keys, value+between) + value}, true
}
