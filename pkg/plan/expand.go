package plan

import (
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/term"
)

// Shorthand in a plan is expanded before the plan is read, file by file: a
// group of targets becomes its targets, and a fact that is defined where it is
// used moves to the other facts. The nodes keep their positions, so that
// messages point at what the author wrote.

// inPlace is the key that holds the id of a fact which is defined where it is
// used.
const inPlace = "fact"

// expand expands the shorthand of one file of a plan.
func (r *reader) expand(root *yaml.Node) {
	e := &expansion{r: r, root: root, facts: child(root, "facts")}
	if list := child(root, "targets"); list != nil && list.Kind == yaml.SequenceNode {
		list.Content = e.ungrouped(list.Content, nil, 0)
		for _, target := range list.Content {
			e.target(target)
		}
	}
	if e.facts == nil || e.facts.Kind != yaml.MappingNode {
		return
	}
	for i := 1; i < len(e.facts.Content); i += 2 { // grows
		e.parts(e.facts.Content[i])
	}
}

type expansion struct {
	r     *reader
	root  *yaml.Node
	facts *yaml.Node
}

// ungrouped flattens a list of targets and groups. The targets of a group get
// the keys that the group shares.
func (e *expansion) ungrouped(items, shared []*yaml.Node, depth int) []*yaml.Node {
	var all []*yaml.Node
	for _, item := range items {
		if item.Kind != yaml.MappingNode || e.r.full() {
			all = append(all, item)
			continue
		}
		members := child(item, "targets")
		if members == nil {
			all = append(all, e.shareOut(item, shared))
			continue
		}
		if members.Kind != yaml.SequenceNode || len(members.Content) == 0 {
			e.r.wrongKind(members, kindNames[yaml.SequenceNode])
			continue
		}
		if id := child(item, "id"); id != nil {
			e.r.fail(diag.PlanKey, e.r.pos(id), lang.T(`a group of targets has no "id": each of its targets has one`,
				`nhóm chỉ tiêu không có "id": từng chỉ tiêu trong nhóm mới có`))
			continue
		}
		own := *item
		own.Content = slices.Clone(item.Content)
		dropKey(&own, "targets")
		all = append(all, e.ungrouped(members.Content, e.shareOut(&own, shared).Content, depth+1)...)
	}
	return all
}

// insteadOf lists, for a key, the keys that replace it.
var insteadOf = map[string][]string{"clause": {"source"}, "quote": {"source"}, "source": {"clause", "quote"}, "task": {"measure"}, "measure": {"task"}}

// shareOut gives a target the keys of its group, except those that it has or
// replaces itself.
func (e *expansion) shareOut(target *yaml.Node, shared []*yaml.Node) *yaml.Node {
	for i := 0; i+1 < len(shared); i += 2 {
		name := shared[i].Value
		if child(target, name) != nil || slices.ContainsFunc(insteadOf[name], func(other string) bool { return child(target, other) != nil }) {
			continue
		}
		key, value := e.copied(shared[i]), e.copied(shared[i+1])
		if e.r.nodes > MaxNodes {
			e.r.fail(diag.PlanSyntax, e.r.pos(target), lang.F("more than %d keys and values: this is no plan", "hơn %d khóa và giá trị: đây không phải kế hoạch", MaxNodes))
			return target
		}
		target.Content = append(target.Content, key, value)
	}
	return target
}

// copied is a copy of a node with the same position.
func (e *expansion) copied(n *yaml.Node) *yaml.Node {
	if e.r.nodes++; e.r.nodes > MaxNodes {
		return n
	}
	c := *n
	c.Content = make([]*yaml.Node, len(n.Content))
	for i, part := range n.Content {
		c.Content[i] = e.copied(part)
	}
	return &c
}

// target moves the facts that are defined in a target to the other facts.
func (e *expansion) target(t *yaml.Node) {
	if t.Kind != yaml.MappingNode {
		return
	}
	e.task(t)
	e.measureOf(t)
	if readings := child(t, "readings"); readings != nil && readings.Kind == yaml.SequenceNode {
		for _, reading := range readings.Content {
			if reading.Kind == yaml.MappingNode {
				e.measureOf(reading)
			}
		}
	}
}

func (e *expansion) measureOf(t *yaml.Node) {
	if at := step(t, "measure"); at >= 0 {
		t.Content[at] = e.quantity(t.Content[at])
	}
}

// quantity moves the facts that are defined in a measure to the other facts.
func (e *expansion) quantity(n *yaml.Node) *yaml.Node {
	if isInPlace(n) {
		return e.moved(n)
	}
	if n.Kind == yaml.MappingNode {
		e.sameUnit(child(n, "share"), child(n, "of"))
		e.sameUnit(child(n, "of"), child(n, "share"))
	}
	if at := step(n, "of"); at >= 0 && n.Kind == yaml.MappingNode {
		n.Content[at] = e.quantity(n.Content[at]) // the whole comes before its part, as in forms
	}
	for i, part := range n.Content {
		if n.Kind == yaml.SequenceNode || i%2 == 1 {
			n.Content[i] = e.quantity(part)
		}
	}
	return n
}

// sameUnit gives the numerator of a share the unit of its denominator, or the
// reverse.
func (e *expansion) sameUnit(n, other *yaml.Node) {
	if n == nil || other == nil || !isInPlace(n) || child(n, "unit") != nil {
		return
	}
	if other.Kind == yaml.ScalarNode && e.facts != nil && e.facts.Kind == yaml.MappingNode {
		other = child(e.facts, other.Value)
	}
	if other == nil || other.Kind != yaml.MappingNode {
		return
	}
	if key, unit := pair(other, "unit"); unit != nil {
		n.Content = append(n.Content, e.copied(key), e.copied(unit))
	}
}

// isInPlace reports whether a node defines a fact where it is used.
func isInPlace(n *yaml.Node) bool {
	return n.Kind == yaml.MappingNode && len(n.Content) > 2 && child(n, inPlace) != nil
}

// moved adds a fact to the others, and returns its id.
func (e *expansion) moved(n *yaml.Node) *yaml.Node {
	key, id := pair(n, inPlace)
	fact := *n
	fact.Content = slices.Clone(n.Content)
	dropKey(&fact, inPlace)
	e.define(id, &fact, key)
	return id
}

// define adds a fact to the others.
func (e *expansion) define(id, fact, at *yaml.Node) {
	if e.facts == nil {
		e.facts = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: at.Line, Column: at.Column}
		targets := step(e.root, "targets")
		e.root.Content = slices.Insert(e.root.Content, targets-1, scalarNode(at, "facts"), e.facts)
	}
	if e.facts.Kind != yaml.MappingNode || id.Kind != yaml.ScalarNode {
		return
	}
	if other, _ := pair(e.facts, id.Value); other != nil {
		e.r.fail(diag.PlanName, e.r.pos(id), lang.F("the %s %s is defined twice", "%s %s được định nghĩa hai lần", nounFact, quoted(id.Value)),
			diag.Related{Pos: e.r.pos(other), Message: firstHere})
		return
	}
	e.facts.Content = append(e.facts.Content, id, fact)
}

// parts moves the facts that are defined in the sources of a fact to the
// others.
func (e *expansion) parts(fact *yaml.Node) {
	if fact.Kind != yaml.MappingNode {
		return
	}
	from := []*yaml.Node{child(fact, "from")}
	if from[0] != nil && from[0].Kind == yaml.SequenceNode {
		from = from[0].Content
	}
	for _, source := range from {
		for i := range sources {
			if sources[i].basis != ofFacts || source == nil || source.Kind != yaml.MappingNode {
				continue
			}
			list := child(source, sources[i].name)
			if list == nil || list.Kind != yaml.SequenceNode {
				continue
			}
			for i, part := range list.Content {
				if isInPlace(part) {
					list.Content[i] = e.moved(part)
				}
			}
		}
	}
}

// taskSuffix ends the id of a task's fact that has none of its own.
const taskSuffix = "-task"

// task turns the task of a target into a choice fact, which the target then
// measures.
func (e *expansion) task(t *yaml.Node) {
	key, task := pair(t, "task")
	if task == nil {
		return
	}
	if other, _ := pair(t, "measure"); other != nil {
		e.r.fail(diag.PlanKey, e.r.pos(other), lang.T(`the target has both "task" and "measure": a task is the measure`,
			`chỉ tiêu có cả "task" và "measure": "task" đã là đại lượng`))
		dropKey(t, "measure")
	}
	fact := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: task.Line, Column: task.Column}
	var id *yaml.Node
	if task.Kind == yaml.MappingNode {
		fact.Content = slices.Clone(task.Content)
		id = child(task, inPlace)
		dropKey(fact, inPlace)
	} else {
		fact.Content = append(fact.Content, scalarNode(task, "row"), task)
	}
	if own := child(t, "id"); id == nil && own != nil {
		id = scalarNode(own, own.Value+taskSuffix)
	}
	if id == nil {
		return // the target has no id
	}
	if _, title := pair(t, "title"); title != nil && child(fact, "title") == nil {
		fact.Content = append(fact.Content, scalarNode(title, "title"), e.copied(title))
	}
	if child(fact, "kind") == nil {
		fact.Content = append(fact.Content, scalarNode(task, "kind"), scalarNode(task, ChoiceFact.String()))
	}
	dropKey(t, "task")
	t.Content = append(t.Content, scalarNode(key, "measure"), scalarNode(id, id.Value))
	e.define(id, fact, key)
}

// factID reads the id of a fact. expand has replaced a fact that is defined in
// place by its id; a mapping that remains has no id.
func factID(into *string) value {
	v := word(into)
	parse, describe := v.parse, v.schema
	v.parse = func(r *reader, n *yaml.Node) bool {
		if n.Kind != yaml.MappingNode {
			return parse(r, n)
		}
		r.fail(diag.PlanKey, r.pos(n), lang.F(`a fact that is defined where it is used has "fact", its id, beside its other keys`,
			`số liệu ghi tại chỗ phải có "fact" là mã của nó, bên cạnh các khóa khác`))
		return false
	}
	v.schema = func(d definitions) schema {
		return schema{"anyOf": []schema{describe(d), inPlaceFact().schema(d)}}
	}
	return v
}

// inPlaceFact describes a fact that is defined where it is used.
func inPlaceFact() value {
	f := new(Fact)
	return named("fact", mapping(f, term.Fact, func() []key {
		return append([]key{required(inPlace, id(&f.ID), "its id", "mã của số liệu")}, f.keys()...)
	}))
}

// taskKey describes the task of a target: the row of its fact, or the fact.
func taskKey() value {
	f := new(Fact)
	return byKind(f, map[yaml.Kind]value{
		yaml.ScalarNode:   alone(new([]string), word),
		yaml.SequenceNode: words(new([]string)),
		yaml.MappingNode: mapping(f, lang.T("task", "nhiệm vụ"), func() []key {
			keys := []key{optional(inPlace, id(&f.ID), "the id of its fact; the target's with -task when left out", "mã số liệu; không ghi là mã chỉ tiêu kèm -task")}
			for _, k := range f.keys() {
				k.required = false
				keys = append(keys, k)
			}
			return keys
		}),
	})
}

// targetList reads the targets, of which expand has taken out the groups.
func (p *Plan) targetList() value {
	v := list(&p.Targets, p.target)
	v.schema = func(d definitions) schema {
		t := new(Target)
		keys := t.keys()
		for i := range keys {
			keys[i].required = keys[i].required && keys[i].name != "measure" // a task is one
		}
		alone := d.mapping(keys)
		for i := range keys {
			keys[i].required = keys[i].name == "id"
		}
		if _, ok := d["group"]; !ok {
			d["group"] = nil // being described
			member := d.mapping(keys)
			group := d.mapping(keys)
			properties := group["properties"].(schema)
			delete(properties, "id")
			properties["targets"] = schema{"type": "array", "minItems": 1, "items": schema{"anyOf": []schema{member, {"$ref": "#/$defs/group"}}},
				"description": "targets that share the other keys\n\ncác chỉ tiêu dùng chung những khóa khác"}
			group["required"] = []string{"targets"}
			d["group"] = group
		}
		return schema{"type": "array", "minItems": 1, "items": schema{"anyOf": []schema{alone, {"$ref": "#/$defs/group"}}}}
	}
	return v
}
