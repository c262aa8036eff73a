package plan

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// Beside reads a file that another one names: the plan that it extends, or its
// texts in another language. Names are relative to the file from.
type Beside func(from, name string) (file string, data []byte, err error)

// maxBases bounds a chain of plans that extend each other.
const maxBases = 8

// A plan that extends another one replaces its keys, one by one. The values of
// these keys are things with ids, which are merged by id: of a thing that both
// plans have, only the keys that are written are replaced.
var joined = []string{"defaults", "severities", "levels", "areas", "params", "tables", "facts", "targets"}

// own are the keys that a plan never inherits.
var own = []string{"plan", "extends", "remove", "texts"}

// ParseBeside is Parse for a plan that may name other files.
func ParseBeside(file string, data []byte, beside Beside) (*Plan, diag.List) {
	p, _, mistakes := parseWhole(file, data, beside)
	return p, mistakes
}

// Whole writes a plan as one file that extends no other and contains its texts.
// It is nil when the plan has mistakes.
func Whole(file string, data []byte, beside Beside) ([]byte, diag.List) {
	_, root, mistakes := parseWhole(file, data, beside)
	if root == nil || mistakes.HasErrors() {
		return nil, mistakes
	}
	text, err := yaml.Marshal(root)
	if err != nil {
		mistakes.Add(diag.PlanSyntax, diag.InFile(file), lang.F("cannot be written: %v", "không ghi được: %v", err))
		return nil, mistakes
	}
	return text, mistakes
}

// parseWhole reads a plan. It also returns the merged document: the plan over
// what it extends, with its texts.
func parseWhole(file string, data []byte, beside Beside) (*Plan, *yaml.Node, diag.List) {
	r := newReader(file)
	r.beside = beside
	p, root := r.planFile(data)
	return p, root, r.mistakes()
}

// planFile reads a plan and its document; both are nil where that cannot be
// read.
func (r *reader) planFile(data []byte) (*Plan, *yaml.Node) {
	p := &Plan{File: r.file}
	root := r.whole(data, p)
	if root == nil {
		return nil, nil
	}
	r.places = make(map[any]*yaml.Node, r.nodes/2) // keys are no values
	p.yaml().read(r, root)
	if p.TextFile != "" {
		p.Lacking = r.lacking()
	}
	for _, hash := range r.contents {
		p.SHA256 = digest([]byte(p.SHA256 + hash))
	}
	r.check(p)
	if !r.list.HasErrors() {
		p.define()
	}
	return p, root
}

// whole reads the document of a plan, merges it into the plan that it extends,
// and adds its texts. It sets the plan's hash, which covers all the files.
func (r *reader) whole(data []byte, p *Plan) *yaml.Node {
	root := r.document(data)
	p.SHA256 = digest(data)
	if root == nil || root.Kind != yaml.MappingNode {
		return root
	}
	r.expand(root)
	root = r.extended(root, p)
	if root != nil {
		r.addTexts(root, p)
	}
	return root
}

// extended merges a document into the one that it extends.
func (r *reader) extended(root *yaml.Node, p *Plan) *yaml.Node {
	name, remove := child(root, "extends"), child(root, "remove")
	switch {
	case name == nil && remove != nil:
		r.fail(diag.PlanKey, r.pos(remove), lang.T(`"remove" takes away from the plan that this one "extends", and it extends none`,
			`"remove" bỏ bớt mục của kế hoạch mà kế hoạch này "extends", nhưng chưa ghi "extends"`))
		return nil
	case name == nil:
		return root
	}
	data, file, ok := r.named(name, &p.Bases, maxBases)
	if !ok {
		return nil
	}
	p.SHA256 = digest([]byte(p.SHA256 + digest(data)))
	base := r.inFile(file, func() *yaml.Node {
		base := r.document(data)
		if base == nil || base.Kind != yaml.MappingNode {
			return nil
		}
		r.expand(base)
		below := Plan{Bases: p.Bases}
		base = r.extended(base, &below)
		p.Bases, p.SHA256 = below.Bases, digest([]byte(p.SHA256+below.SHA256))
		if base != nil {
			r.addTexts(base, p)
		}
		return base
	})
	if base == nil {
		r.fail(diag.PlanName, r.pos(name), lang.F("the plan %s, which this one extends, cannot be used", "không dùng được kế hoạch %s mà kế hoạch này mở rộng", quoted(name.Value)))
		return nil
	}
	r.remove(base, remove)
	return r.overlay(base, root)
}

// named reads a file that a plan names. seen are the files that were read on
// the way here; a repeated one is a circle.
func (r *reader) named(name *yaml.Node, seen *[]string, most int) (data []byte, file string, ok bool) {
	if name.Kind != yaml.ScalarNode || name.Value == "" {
		r.wrongKind(name, lang.T("the name of a file or of a built-in plan", "tên tệp hoặc mã kế hoạch có sẵn"))
		return nil, "", false
	}
	if r.beside == nil {
		r.fail(diag.PlanName, r.pos(name), lang.F("%s is another file, and only this one is at hand", "%s là tệp khác, ở đây chỉ có tệp này", quoted(name.Value)))
		return nil, "", false
	}
	file, data, err := r.beside(r.file, name.Value)
	switch {
	case err != nil:
		r.fail(diag.PlanName, r.pos(name), lang.F("%s", "%s", err))
		return nil, "", false
	case file == r.top || slices.Contains(*seen, file):
		r.fail(diag.PlanName, r.pos(name), lang.F("%s extends itself through this plan", "%s tự mở rộng chính nó qua kế hoạch này", quoted(name.Value)))
		return nil, "", false
	case len(*seen) == most:
		r.fail(diag.PlanRange, r.pos(name), lang.F("more than %d files one through another", "hơn %d tệp nối tiếp nhau", most))
		return nil, "", false
	}
	*seen = append(*seen, file)
	return data, file, true
}

// inFile calls read for another file, and records that its nodes are from
// there.
func (r *reader) inFile(file string, read func() *yaml.Node) *yaml.Node {
	was := r.file
	r.file = file
	root := read()
	r.file = was
	r.mark(root, file)
	return root
}

// mark records the file of a node and of all nodes below it.
func (r *reader) mark(n *yaml.Node, file string) {
	if n == nil {
		return
	}
	if _, known := r.files[n]; known {
		return
	}
	r.files[n] = file
	for _, c := range n.Content {
		r.mark(c, file)
	}
}

// overlay merges the document over into base.
func (r *reader) overlay(base, over *yaml.Node) *yaml.Node {
	whole := *over
	whole.Content = nil
	for i := 0; i < len(base.Content); i += 2 {
		name, value := base.Content[i], base.Content[i+1]
		if slices.Contains(own, name.Value) {
			continue
		}
		if _, over := pair(over, name.Value); over != nil {
			value = r.join(name.Value, value, over)
		}
		whole.Content = append(whole.Content, name, value)
	}
	var head []*yaml.Node
	for i := 0; i < len(over.Content); i += 2 {
		name, value := over.Content[i], over.Content[i+1]
		switch {
		case name.Value == "plan":
			head = append(head, name, value)
		case name.Value == "extends" || name.Value == "remove":
		case child(&whole, name.Value) == nil:
			whole.Content = append(whole.Content, name, value)
		}
	}
	whole.Content = append(head, whole.Content...)
	return &whole
}

// join merges the two values of a key that both documents have.
func (r *reader) join(key string, base, over *yaml.Node) *yaml.Node {
	switch {
	case !slices.Contains(joined, key) || base.Kind != over.Kind:
		return over
	case over.Kind == yaml.SequenceNode:
		return r.joinItems(base, over)
	case over.Kind == yaml.MappingNode && key == "defaults":
		return joinKeys(base, over, func(_ string, _, over *yaml.Node) *yaml.Node { return over })
	case over.Kind == yaml.MappingNode:
		return joinKeys(base, over, func(_ string, base, over *yaml.Node) *yaml.Node { return joinThing(base, over) })
	}
	return over
}

// joinThing merges the keys of two things of the same id. The columns of a
// table are things themselves.
func joinThing(base, over *yaml.Node) *yaml.Node {
	if base.Kind != yaml.MappingNode || over.Kind != yaml.MappingNode {
		return over
	}
	return joinKeys(base, over, func(key string, base, over *yaml.Node) *yaml.Node {
		if key == "columns" && base.Kind == yaml.MappingNode && over.Kind == yaml.MappingNode {
			return joinKeys(base, over, func(_ string, base, over *yaml.Node) *yaml.Node { return joinThing(base, over) })
		}
		return over
	})
}

// joinKeys merges two mappings in the order of the base. both merges the values
// of a key that both have.
func joinKeys(base, over *yaml.Node, both func(key string, base, over *yaml.Node) *yaml.Node) *yaml.Node {
	whole := *over
	whole.Style, whole.Content = base.Style, nil
	for i := 0; i < len(base.Content); i += 2 {
		name, value := base.Content[i], base.Content[i+1]
		if n, v := pair(over, name.Value); v != nil {
			name, value = n, both(name.Value, value, v)
		}
		whole.Content = append(whole.Content, name, value)
	}
	for i := 0; i < len(over.Content); i += 2 {
		if child(base, over.Content[i].Value) == nil {
			whole.Content = append(whole.Content, over.Content[i], over.Content[i+1])
		}
	}
	return &whole
}

// joinItems merges two lists of things by id. An item without a title whose id
// the base lacks is a mistake: it was meant to change another one.
func (r *reader) joinItems(base, over *yaml.Node) *yaml.Node {
	whole := *over
	whole.Content = slices.Clone(base.Content)
	for _, item := range over.Content {
		id := idOf(item)
		at := step(&whole, id)
		switch {
		case at >= 0:
			whole.Content[at] = joinThing(whole.Content[at], item)
		case id != "" && child(item, "title") == nil:
			r.fail(diag.PlanName, r.pos(child(item, "id")), lang.F("the plan that this one extends has no %s, and a new one needs a title%s",
				"kế hoạch gốc không có %s, còn mục mới thì phải có tên%s", quoted(id), choices(id, partsOf(&whole))))
		default:
			whole.Content = append(whole.Content, item)
		}
	}
	return &whole
}

// idOf is the id of an item of a list, or "".
func idOf(item *yaml.Node) string {
	if item.Kind != yaml.MappingNode {
		return ""
	}
	if id := child(item, "id"); id != nil {
		return id.Value
	}
	return ""
}

// pair returns a key of a mapping and its value, or nil.
func pair(n *yaml.Node, name string) (key, value *yaml.Node) {
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i], n.Content[i+1]
		}
	}
	return nil, nil
}

// remove takes things, or keys of things, out of a document: each item is a
// path such as "targets.answered-in-time" or "targets.answered.level_goals".
func (r *reader) remove(base, paths *yaml.Node) {
	if paths == nil {
		return
	}
	if paths.Kind != yaml.SequenceNode {
		r.wrongKind(paths, lang.F("%s, such as %s", "%s, ví dụ %s", kindNames[yaml.SequenceNode], "[targets.answered-in-time]"))
		return
	}
	for _, path := range paths.Content {
		if path.Kind != yaml.ScalarNode {
			r.wrongKind(path, kindNames[yaml.ScalarNode])
			continue
		}
		r.removePath(base, path)
	}
}

func (r *reader) removePath(base, path *yaml.Node) {
	n := base
	parts := strings.Split(path.Value, ".")
	if len(parts) == 1 && !slices.Contains(joined, path.Value) {
		r.fail(diag.PlanName, r.pos(path), lang.F(`%s is no path: want one such as "targets.answered-in-time" or "targets.answered-in-time.note"`,
			`%s không phải đường dẫn: cần dạng "targets.tra-loi-dung-han" hoặc "targets.tra-loi-dung-han.note"`, quoted(path.Value)))
		return
	}
	for i, part := range parts {
		at := step(n, part)
		if at < 0 {
			r.fail(diag.PlanName, r.pos(path), lang.F("nothing to remove at %s: there is no %s%s", "không có gì để bỏ ở %s: không có %s%s",
				quoted(path.Value), quoted(part), choices(part, partsOf(n))))
			return
		}
		if i < len(parts)-1 {
			n = n.Content[at]
			continue
		}
		n.Content = slices.Delete(n.Content, at, at+1)
		if n.Kind == yaml.MappingNode {
			n.Content = slices.Delete(n.Content, at-1, at)
		}
	}
}

// step finds a part of a path below a node: a key of a mapping, or an item by
// its id. It returns the index of the value in n.Content, -1 for none.
func step(n *yaml.Node, part string) int {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			if n.Content[i].Value == part {
				return i + 1
			}
		}
	case yaml.SequenceNode:
		for i, item := range n.Content {
			if part != "" && idOf(item) == part {
				return i
			}
		}
	case yaml.ScalarNode, yaml.DocumentNode, yaml.AliasNode:
	}
	return -1
}

// partsOf lists the parts that step finds below a node.
func partsOf(n *yaml.Node) (names []string) {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			names = append(names, n.Content[i].Value)
		}
	case yaml.SequenceNode:
		for _, item := range n.Content {
			names = append(names, idOf(item))
		}
	case yaml.ScalarNode, yaml.DocumentNode, yaml.AliasNode:
	}
	return names
}

// consumed describes a key that is handled, and removed, before the keys are
// read.
func consumed() value { return word(new(string)) }

func consumedList() value { return words(new([]string)) }
