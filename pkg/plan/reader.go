package plan

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/term"
)

// reader holds what is known of one YAML file while it is read: where each
// value stood, which could not be read, and every mistake.
type reader struct {
	file   string
	list   diag.List
	nodes  int
	places map[any]*yaml.Node // by the address that the value was read into
	bad    map[any]bool       // by the same: what was said of it needs no second mistake

	texts     map[*yaml.Node]bool // nodes that were read as texts
	untexted  bool                // the texts of the plan in another language are left out
	textsName *yaml.Node          // where they would stand

	found    int       // mistakes, also of those that are not listed
	mendings []mending // of values that were surely meant otherwise

	top       string                     // the file that the others are read for
	beside    Beside                     // gives the files that it names; nil: none
	contents  []string                   // hashes of those that were read while keys were
	fromFiles map[*Param][]AssignedValue // values of params that a file beside the plan holds
	files     map[*yaml.Node]string      // where nodes stand that do not stand in file
}

func newReader(file string) *reader {
	return &reader{top: file, texts: map[*yaml.Node]bool{}, fromFiles: map[*Param][]AssignedValue{}, file: file, places: map[any]*yaml.Node{}, bad: map[any]bool{}, files: map[*yaml.Node]string{}}
}

// fail adds a mistake.
func (r *reader) fail(check diag.CheckID, pos diag.Pos, message lang.Text, related ...diag.Related) {
	r.found++
	switch {
	case r.full():
	case len(r.list) == MaxMistakes:
		r.list.Add(diag.PlanSyntax, diag.InFile(r.file), lang.F(
			"more than %d mistakes: only these are shown", "hơn %d lỗi: chỉ nêu ngần này", MaxMistakes))
	default:
		r.list.Add(check, pos, message, related...)
	}
}

// full reports whether more was found than is listed.
func (r *reader) full() bool { return len(r.list) > MaxMistakes }

// mistakes returns what was found, sorted by place; what two ways led to is
// said once.
func (r *reader) mistakes() diag.List {
	r.list.Sort()
	return slices.CompactFunc(r.list, func(a, b diag.Diagnostic) bool {
		return a.Pos == b.Pos && a.Check == b.Check && a.Message.Equal(b.Message)
	})
}

// at returns the place that a value was read from, by its address: that of the
// first address that was read.
func (r *reader) at(addresses ...any) diag.Pos { return r.near(diag.InFile(r.file), addresses...) }

// near is at, with a place to fall back on.
func (r *reader) near(place diag.Pos, addresses ...any) diag.Pos {
	for _, a := range addresses {
		if n, ok := r.places[a]; ok {
			return r.pos(n)
		}
	}
	return place
}

// sound reports whether a value was read without a mistake, or not written.
func (r *reader) sound(addresses ...any) bool {
	for _, a := range addresses {
		if r.bad[a] {
			return false
		}
	}
	return true
}

func (r *reader) pos(n *yaml.Node) diag.Pos {
	file, ok := r.files[n]
	if !ok {
		file = r.file
	}
	return diag.Pos{File: file, Line: n.Line, Col: n.Column}
}

// document reads the bytes of a file as one YAML document of plain mappings,
// sequences and scalars; it is nil when that is not what they are.
func (r *reader) document(data []byte) *yaml.Node {
	if len(data) > MaxBytes {
		r.fail(diag.PlanSyntax, diag.InFile(r.file), lang.F(
			"the file has %d bytes: at most %d are read", "tệp có %d byte: chỉ đọc tối đa %d", len(data), MaxBytes))
		return nil
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if !r.characters(data) {
		return nil
	}
	root := r.decode(data)
	if root == nil || !r.plain(root, 0) {
		return nil
	}
	return root
}

// characters refuses what no editor shows: bytes that are not UTF-8, control
// characters, tabs as indentation.
func (r *reader) characters(data []byte) bool {
	line, col, indent := 1, 1, true
	for i := 0; i < len(data); {
		c, size := utf8.DecodeRune(data[i:])
		pos := diag.Pos{File: r.file, Line: line, Col: col}
		switch {
		case c == utf8.RuneError && size == 1:
			r.fail(diag.PlanSyntax, pos, lang.F("byte 0x%02X is not UTF-8: save the file as UTF-8",
				"byte 0x%02X không phải UTF-8: hãy lưu tệp ở mã UTF-8", data[i]))
			return false
		case c == '\t' && indent:
			r.fail(diag.PlanSyntax, pos, lang.T("a tab in the indentation: use spaces",
				"dấu tab ở đầu dòng: hãy dùng dấu cách"))
			return false
		case indent && c > 0x7F && strings.ContainsRune(noBreak, c):
			r.fail(diag.PlanSyntax, pos, noBreakText)
			return false
		case unprintable(c) && c != '\r':
			r.fail(diag.PlanSyntax, pos, unwanted(c))
			return false
		case c == '\n':
			line, col, indent = line+1, 0, true
		case c != ' ':
			indent = false
		}
		i += size
		col++
	}
	return true
}

// unprintable reports whether a character is a control character, a line break
// that editors do not count, or changes the order in which text is shown.
func unprintable(c rune) bool {
	switch {
	case c == '\n' || c == '\t':
		return false
	case c < 0x20, c >= 0x7F && c < 0xA0, c == 0xFEFF:
		return true
	}
	return c >= 0x2028 && c <= 0x202E || c >= 0x2066 && c <= 0x2069
}

func unwanted(c rune) lang.Text {
	return lang.F("the control character U+%04X: remove it", "ký tự điều khiển U+%04X: hãy xóa đi", c)
}

// decode returns the root node of the only document.
func (r *reader) decode(data []byte) *yaml.Node {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	doc, err := next(dec)
	switch {
	case errors.Is(err, io.EOF):
		r.fail(diag.PlanSyntax, diag.InFile(r.file), term.EmptyFile)
		return nil
	case err != nil:
		r.malformed(err, data)
		return nil
	}
	second, err := next(dec)
	switch {
	case err == nil:
		r.fail(diag.PlanSyntax, r.pos(second), lang.T(
			`a second document begins at "---": one file holds one document`,
			`tài liệu thứ hai bắt đầu ở "---": mỗi tệp chỉ chứa một tài liệu`))
		return nil
	case !errors.Is(err, io.EOF):
		r.malformed(err, data)
		return nil
	}
	return doc.Content[0]
}

// next reads one document. The YAML library gives up on some malformed
// comments with a panic; for a reader of untrusted files that is one more way
// of being malformed.
func next(dec *yaml.Decoder) (doc *yaml.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			doc, err = nil, fmt.Errorf("yaml: %v", p)
		}
	}()
	doc = new(yaml.Node)
	if err := dec.Decode(doc); err != nil {
		return nil, err
	}
	return doc, nil
}

// plain refuses, below a node, what makes a plan mean something else than it
// shows: anchors and aliases, tags, keys given twice, hidden characters; and
// nesting that is too deep.
func (r *reader) plain(n *yaml.Node, depth int) bool {
	switch r.nodes++; {
	case r.nodes == MaxNodes+1:
		r.fail(diag.PlanSyntax, r.pos(n), lang.F("more than %d keys and values: this is no plan", "hơn %d khóa và giá trị: đây không phải kế hoạch", MaxNodes))
		return false
	case r.nodes > MaxNodes:
		return false
	case depth > MaxDepth:
		r.fail(diag.PlanSyntax, r.pos(n), lang.F("nested more than %d deep", "lồng nhau quá %d bậc", MaxDepth))
		return false
	case n.Kind == yaml.AliasNode, n.Anchor != "", n.Tag == "!!merge":
		r.fail(diag.PlanSyntax, r.pos(n), noAnchors)
		return false
	case n.Style&yaml.TaggedStyle != 0:
		r.fail(diag.PlanSyntax, r.pos(n), lang.F("the tag %q: tags are not read, put a text in quotes",
			"thẻ %q: không dùng thẻ, hãy đặt chữ trong ngoặc kép", n.Tag))
		return false
	}
	if i := strings.IndexFunc(n.Value, unprintable); i >= 0 && n.Kind == yaml.ScalarNode {
		c, _ := utf8.DecodeRuneInString(n.Value[i:])
		r.fail(diag.PlanSyntax, r.pos(n), unwanted(c))
		return false
	}
	ok := true
	for _, child := range n.Content {
		ok = r.plain(child, depth+1) && ok
	}
	if n.Kind == yaml.MappingNode {
		return r.scalarKeys(n) && ok
	}
	return ok
}

// scalarKeys refuses keys that are no single words, and reports those that
// stand twice.
func (r *reader) scalarKeys(n *yaml.Node) bool {
	for i := 0; i < len(n.Content); i += 2 {
		if key := n.Content[i]; key.Kind != yaml.ScalarNode {
			r.fail(diag.PlanSyntax, r.pos(key), lang.F("%s stands as a key: a key is one word", "%s đứng làm khóa: khóa phải là một từ", kindNames[key.Kind]))
			return false
		}
	}
	r.uniqueKeys(n)
	return true
}

// uniqueKeys reports the keys of a mapping that stand twice.
func (r *reader) uniqueKeys(n *yaml.Node) {
	first := map[string]*yaml.Node{}
	for i := 0; i < len(n.Content); i += 2 {
		key := n.Content[i]
		if f := first[key.Value]; f != nil {
			r.fail(diag.PlanKey, r.pos(key), lang.F("the key %s stands twice", "khóa %s xuất hiện hai lần", quoted(key.Value)),
				diag.Related{Pos: r.pos(f), Message: firstHere})
			continue
		}
		first[key.Value] = key
	}
}

var firstHere = lang.T("first here", "lần đầu ở đây")
