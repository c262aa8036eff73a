package plan

import (
	"maps"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// value binds a place in a Go value to the YAML that is read into it, as
// flag.Value does for a flag. One description serves both the reader and the
// JSON Schema, so that they cannot differ.
//
// Each type of the plan describes itself in a method named yaml; the values
// below are what the descriptions are made of.
type value struct {
	into   any // the address that it is read into
	parse  func(r *reader, n *yaml.Node) bool
	schema func(d definitions) schema
}

// read reads a node, records where it stood, and reports whether it is free of
// mistakes.
func (v value) read(r *reader, n *yaml.Node) bool {
	r.places[v.into] = n
	if n.Tag == "!!null" {
		r.fail(diag.PlanValue, r.pos(n), lang.T("no value is given", "chưa ghi giá trị"))
		r.bad[v.into] = true
		return false
	}
	if !v.parse(r, n) {
		r.bad[v.into] = true
		return false
	}
	return true
}

// setting also sets *into to to when the value is written: which operation a
// key stands for.
func setting[E any](into *E, to E, v value) value {
	parse := v.parse
	v.parse = func(r *reader, n *yaml.Node) bool {
		*into = to
		return parse(r, n)
	}
	return v
}

// placed also stores the position of the value.
func placed(at *diag.Pos, v value) value {
	parse := v.parse
	v.parse = func(r *reader, n *yaml.Node) bool {
		*at = r.pos(n)
		return parse(r, n)
	}
	return v
}

// fresh first resets a value that a default or another reading has set.
func fresh[T any](into *T, v value) value {
	var zero T
	return setting(into, zero, v)
}

// later describes a value when it is read, or its schema is asked for: of all
// the keys that a mapping may have, a plan writes few.
func later(into any, describe func() value) value {
	return value{into,
		func(r *reader, n *yaml.Node) bool { return describe().parse(r, n) },
		func(d definitions) schema { return describe().schema(d) },
	}
}

// key is one key of a mapping.
type key struct {
	name     string
	value    value
	en, vi   string // what it is, for the reader of a plan
	required bool
}

func (k key) about() lang.Text { return lang.T(k.en, k.vi) }

func required(name string, v value, en, vi string) key {
	return key{name, v, en, vi, true}
}

func optional(name string, v value, en, vi string) key {
	return key{name, v, en, vi, false}
}

// mapping reads a mapping of known keys, in the order in which they are
// described and not in that of the file. what names it in messages.
func mapping(into any, what lang.Text, keys func() []key) value {
	return value{into,
		func(r *reader, n *yaml.Node) bool {
			return n.Kind == yaml.MappingNode && r.notEmpty(n) && r.keys(n, what, keys()) ||
				n.Kind != yaml.MappingNode && r.noGroup(n, what, keys())
		},
		func(d definitions) schema { return d.mapping(keys()) },
	}
}

// oneOf reads a mapping that is one of several variants, chosen by its first
// key.
func oneOf(into any, what lang.Text, variants func() [][]key) value {
	return later(into, func() value {
		all := variants()
		leads := make([]string, len(all))
		for i, keys := range all {
			leads[i] = keys[0].name
		}
		return oneOfNamed(into, what, leads, func(i int) []key { return all[i] })
	})
}

// oneOfNamed is oneOf where the first key of each variant is known beforehand,
// so that only the variant that a plan writes is described.
func oneOfNamed(into any, what lang.Text, leads []string, variant func(i int) []key) value {
	return value{into,
		func(r *reader, n *yaml.Node) bool {
			i := r.variant(n, what, leads, variant)
			return i >= 0 && r.keys(n, what, variant(i))
		},
		func(d definitions) schema {
			any := make([]schema, len(leads))
			for i := range leads {
				any[i] = d.mapping(variant(i))
			}
			return schema{"anyOf": any}
		},
	}
}

// keys reads the described keys of a mapping and refuses others.
func (r *reader) keys(n *yaml.Node, what lang.Text, keys []key) bool {
	ok := true
	meant := map[string]bool{} // keys that are there, misspelled
	for i := 0; i < len(n.Content); i += 2 {
		if !slices.ContainsFunc(keys, func(k key) bool { return k.name == n.Content[i].Value }) {
			meant[r.unknownKey(n, i, what, namesOf(keys))] = true
			ok = false
		}
	}
	for _, k := range keys {
		node := child(n, k.name)
		switch {
		case node != nil:
			ok = k.value.read(r, node) && ok
		case meant[k.name]:
			r.bad[k.value.into] = true
		case k.required:
			r.fail(diag.PlanKey, r.pos(n), lang.F("the %s has no %q: %s", "%s thiếu khóa %q: %s", what, k.name, k.about()))
			r.bad[k.value.into] = true
			ok = false
		}
	}
	return ok
}

// unknownKey reports an unknown key of a mapping, and returns the known key
// that it is probably a misspelling of.
func (r *reader) unknownKey(n *yaml.Node, i int, what lang.Text, known []string) string {
	if r.full() {
		return ""
	}
	name := n.Content[i]
	if say, key := saidOtherwise(name.Value, known); key != "" {
		r.fail(diag.PlanKey, r.pos(name), lang.F("the %s has no key %s: %s", "%s không có khóa %s: %s", what, quoted(name.Value), say))
		return key
	}
	near := meantKey(name.Value, known)
	wanted := choices(name.Value, known)
	if near != "" && nearest(name.Value, known) == "" {
		wanted = lang.F(": did you mean %q?", ": có phải %q không?", near)
	}
	if last := lastCut(n, i); near == "" && last != nil {
		if !cutBefore(n, i) {
			r.means(r.pos(n.Content[i-1]), meant{through: r.pos(last)})
		}
		wanted = lang.T(": within braces a comma ends a text: put the whole text in quotes",
			": trong ngoặc nhọn, dấu phẩy kết thúc đoạn chữ: hãy đặt cả đoạn trong dấu ngoặc kép \"...\"")
		if x := meantNumber(n.Content[i-1].Value + "," + name.Value); x != "" {
			wanted = lang.F(": within braces a comma ends a number: write %s", ": trong ngoặc nhọn, dấu phẩy kết thúc con số: hãy ghi %s", x)
		}
	}
	r.fail(diag.PlanKey, r.pos(name), lang.F("the %s has no key %s%s", "%s không có khóa %s%s", what, quoted(name.Value), wanted))
	r.means(r.pos(name), meant{value: meantName(name.Value, known)})
	return near
}

// cutBefore reports whether the key before this one continues the same cut
// text.
func cutBefore(n *yaml.Node, i int) bool { return i >= 4 && afterComma(n, i-2) }

// lastCut is the last of the keys from i on that are probably the rest of one
// text; nil: the key at i is not.
func lastCut(n *yaml.Node, i int) (last *yaml.Node) {
	for ; i < len(n.Content) && afterComma(n, i); i += 2 {
		last = n.Content[i]
	}
	return last
}

// afterComma reports whether a key is probably the rest of an unquoted text
// that a comma has cut: it follows such a text within braces, and has no value.
func afterComma(n *yaml.Node, i int) bool {
	if n.Style&yaml.FlowStyle == 0 || i < 2 {
		return false
	}
	text, value := n.Content[i-1], n.Content[i+1]
	return text.Kind == yaml.ScalarNode && text.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0 &&
		value.Tag == "!!null" && value.Value == ""
}

// variant returns the index of the variant whose first key a mapping holds, -1
// for none.
func (r *reader) variant(n *yaml.Node, what lang.Text, leads []string, keys func(i int) []key) int {
	if !r.isMapping(n, what, leads) {
		return -1
	}
	chosen := -1
	for i := 0; i < len(n.Content); i += 2 {
		name := n.Content[i]
		lead := slices.Index(leads, name.Value)
		switch {
		case lead >= 0 && chosen < 0:
			chosen = lead
		case lead >= 0:
			r.fail(diag.PlanKey, r.pos(name), lang.F("the %s has both %q and %q: want only one of %s",
				"%s có cả %q và %q: chỉ chọn một trong %s", what, leads[chosen], name.Value, either(leads)))
			return -1
		}
	}
	if chosen < 0 {
		r.noVariant(n, what, leads, keys)
	}
	return chosen
}

// noVariant reports a mapping without the first key of any variant.
func (r *reader) noVariant(n *yaml.Node, what lang.Text, leads []string, keys func(i int) []key) {
	var known []string
	for i := range leads {
		known = append(known, namesOf(keys(i))...)
	}
	ok := true
	for i := 0; i < len(n.Content); i += 2 {
		if !slices.Contains(known, n.Content[i].Value) {
			r.unknownKey(n, i, what, leads)
			ok = false
		}
	}
	if ok {
		r.fail(diag.PlanKey, r.pos(n), lang.F("the %s has none of %s", "%s chưa có khóa nào trong %s", what, either(leads)))
	}
}

// namesOf lists the names of keys.
func namesOf(keys []key) []string {
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = k.name
	}
	return names
}

// child returns the value of a key, or nil.
func child(n *yaml.Node, name string) *yaml.Node {
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Kind == yaml.ScalarNode && n.Content[i].Value == name {
			return n.Content[i+1]
		}
	}
	return nil
}

// entry is one entry of a mapping whose keys are chosen by the plan, such as
// ids.
type entry struct {
	key   value
	at    *diag.Pos // set to the position of the key; nil: not needed
	value value
}

// entries reads a mapping of such entries as a list, in the order of the file.
func entries[T any](into *[]T, bind func(*T) entry) value {
	return value{into,
		func(r *reader, n *yaml.Node) bool { return readEntries(r, n, into, bind) },
		func(d definitions) schema {
			e := bind(new(T))
			return schema{"type": "object", "minProperties": 1,
				"propertyNames": e.key.schema(d), "additionalProperties": e.value.schema(d)}
		},
	}
}

func readEntries[T any](r *reader, n *yaml.Node, into *[]T, bind func(*T) entry) bool {
	if !r.isMapping(n, lang.Text{}, nil) || !r.notEmpty(n) {
		return false
	}
	ok := true
	seen := map[string]bool{}
	*into = make([]T, 0, len(n.Content)/2) // whole at once: its addresses are kept
	for i := 0; i < len(n.Content); i += 2 {
		name := n.Content[i]
		if seen[name.Value] {
			continue // reported by uniqueKeys
		}
		seen[name.Value] = true
		*into = append(*into, *new(T))
		e := bind(&(*into)[len(*into)-1])
		if e.at != nil {
			*e.at = r.pos(name)
		}
		good := e.key.read(r, name)
		ok = e.value.read(r, n.Content[i+1]) && good && ok
	}
	return ok
}

// dictionary reads such a mapping as a map. The position of a key is stored
// under its mapKey.
func dictionary[K ~string, V any](into *map[K]V, key func(*K) value, bind func(*V) value) value {
	type pair struct {
		key K
		val V
	}
	var pairs []pair
	inner := entries(&pairs, func(p *pair) entry { return entry{key: key(&p.key), value: bind(&p.val)} })
	return value{into,
		func(r *reader, n *yaml.Node) bool {
			ok := inner.parse(r, n)
			*into = make(map[K]V, len(pairs))
			for i := range pairs {
				p := &pairs[i]
				(*into)[p.key] = p.val
				r.places[mapKey{into, string(p.key)}] = r.places[&p.key]
			}
			return ok
		},
		inner.schema,
	}
}

// mapKey stands for the address of a map's key.
type mapKey struct {
	of  any // address of the map
	key string
}

// list reads a sequence of at least one item.
func list[T any](into *[]T, bind func(*T) value) value {
	return sequence(into, 1, 0, bind)
}

// sequence reads a sequence of least to most items; most 0 means no upper
// bound.
func sequence[T any](into *[]T, least, most int, bind func(*T) value) value {
	return value{into,
		func(r *reader, n *yaml.Node) bool {
			return r.isSequence(n, least, most) && readItems(r, n, into, bind)
		},
		func(d definitions) schema {
			s := schema{"type": "array", "minItems": least, "items": bind(new(T)).schema(d)}
			if most > 0 {
				s["maxItems"] = most
			}
			return s
		},
	}
}

func readItems[T any](r *reader, n *yaml.Node, into *[]T, bind func(*T) value) bool {
	ok := true
	*into = make([]T, len(n.Content)) // whole at once: its addresses are kept
	for i, item := range n.Content {
		ok = bind(&(*into)[i]).read(r, item) && ok
	}
	return ok
}

// words reads a sequence of different texts.
func words(into *[]string) value { return distinct(into, 1, word) }

// ids reads a sequence of different ids.
func ids(into *[]string) value { return distinct(into, 1, id) }

// several reads a sequence of two or more different names.
func several(into *[]string) value { return distinct(into, 2, word) }

func distinct(into *[]string, least int, bind func(*string) value) value {
	v := sequence(into, least, 0, bind)
	parse := v.parse
	v.parse = func(r *reader, n *yaml.Node) bool {
		ok := parse(r, n)
		first := map[string]*string{}
		for i := range *into {
			s := &(*into)[i]
			switch f := first[*s]; {
			case *s == "": // could not be read
			case f != nil:
				r.fail(diag.PlanName, r.at(s), lang.F("%s stands twice in the list", "%s lặp lại trong danh sách", quoted(*s)),
					diag.Related{Pos: r.at(f), Message: firstHere})
				ok = false
			default:
				first[*s] = s
			}
		}
		return ok
	}
	return v
}

// byKind reads a value that can be written in several ways, which differ in the
// kind of YAML node.
func byKind(into any, ways map[yaml.Kind]value) value {
	return value{into,
		func(r *reader, n *yaml.Node) bool {
			if v, ok := ways[n.Kind]; ok {
				return v.read(r, n)
			}
			kinds := slices.Sorted(maps.Keys(ways))
			wanted := make([]lang.Text, len(kinds))
			for i, k := range kinds {
				wanted[i] = kindNames[k]
			}
			r.wrongKind(n, lang.Join(wanted, " / "))
			return false
		},
		func(d definitions) schema {
			var any []schema
			for _, k := range []yaml.Kind{yaml.ScalarNode, yaml.SequenceNode, yaml.MappingNode} {
				if v, ok := ways[k]; ok {
					any = append(any, v.schema(d))
				}
			}
			return schema{"anyOf": any}
		},
	}
}

func (r *reader) isMapping(n *yaml.Node, what lang.Text, leads []string) bool {
	if n.Kind == yaml.MappingNode {
		return true
	}
	wanted := kindNames[yaml.MappingNode]
	switch {
	case len(leads) > 0:
		wanted = lang.F("%s with %s", "%s có khóa %s", wanted, either(leads))
	case !what.IsZero():
		wanted = lang.F("%s, those of a %s", "%s của %s", wanted, what)
	}
	r.wrongKind(n, wanted)
	return false
}

// noGroup reports what stands in place of a group of keys, and shows a group
// that has few of them.
func (r *reader) noGroup(n *yaml.Node, what lang.Text, keys []key) bool {
	if len(keys) > maxShown {
		return r.isMapping(n, what, nil)
	}
	r.wrongKind(n, lang.F("%s: {%s: ...}", "%s: {%s: ...}", kindNames[yaml.MappingNode], strings.Join(namesOf(keys), ": ..., ")))
	return false
}

// maxShown is how many keys a group has that is shown whole.
const maxShown = 4

func (r *reader) notEmpty(n *yaml.Node) bool {
	if len(n.Content) == 0 {
		r.fail(diag.PlanValue, r.pos(n), lang.F("%s stands here with nothing in it", "ở đây là %s rỗng", kindNames[n.Kind]))
	}
	return len(n.Content) > 0
}

func (r *reader) isSequence(n *yaml.Node, least, most int) bool {
	switch wanted := kindNames[yaml.SequenceNode]; {
	case n.Kind == yaml.ScalarNode:
		r.wrongKind(n, lang.F("%s, such as [%s]", "%s, ví dụ [%s]", wanted, shortened(n.Value)))
	case n.Kind != yaml.SequenceNode:
		r.wrongKind(n, lang.F("%s, of which each item begins with %q", "%s, mỗi mục bắt đầu bằng %q", wanted, "- "))
	case !r.notEmpty(n):
	case len(n.Content) < least, most > 0 && len(n.Content) > most:
		if i := cutNumber(n); i >= 0 {
			a, b := n.Content[i], n.Content[i+1]
			r.fail(diag.PlanValue, r.pos(a), lang.F("within brackets a comma ends a number: write %s", "trong ngoặc vuông, dấu phẩy kết thúc con số: hãy ghi %s", meantNumber(a.Value+","+b.Value)))
			r.means(r.pos(a), meant{through: r.pos(b)})
			return false
		}
		r.fail(diag.PlanValue, r.pos(n), lang.F("items in the list: %d: want %s", "danh sách có %d mục: cần %s",
			len(n.Content), howMany(least, most)))
	default:
		return true
	}
	return false
}

// cutNumber is the first of the items of a list that a comma has likely cut into
// two, without a space behind it; -1: none was.
func cutNumber(n *yaml.Node) int {
	for i := 0; i+1 < len(n.Content); i++ {
		a, b := n.Content[i], n.Content[i+1]
		if a.Style == 0 && b.Style == 0 && a.Line == b.Line && b.Column == a.Column+len(a.Value)+1 && meantNumber(a.Value+","+b.Value) != "" {
			return i
		}
	}
	return -1
}

func howMany(least, most int) lang.Text {
	if least == most {
		return lang.F("%d", "%d", least)
	}
	return lang.F("at least %d", "ít nhất %d", least)
}

func (r *reader) wrongKind(n *yaml.Node, wanted lang.Text) {
	is := kindNames[n.Kind]
	if n.Kind == yaml.ScalarNode {
		is = lang.Same(quoted(n.Value))
	}
	r.fail(diag.PlanValue, r.pos(n), lang.F("%s stands here: want %s", "ở đây là %s: cần %s", is, wanted))
}
