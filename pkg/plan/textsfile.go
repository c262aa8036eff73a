package plan

import (
	"bytes"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// Texts is a file of a plan's texts in one language, with TODO for each missing
// one.
type Texts struct {
	YAML []byte
	Todo int // texts that are missing
	All  int // texts of the plan in one language only, and those in this file
}

// TextsFile writes the texts of a plan in another language, as a file to put
// beside it. It starts a new file or completes the one that the plan names,
// keeping what is there. Texts that the plan itself has in that language are
// left out. It is nil when the plan has mistakes.
func TextsFile(file string, data []byte, in lang.Lang, beside Beside) (*Texts, diag.List) {
	r := newReader(file)
	r.beside, r.untexted = beside, true
	p := &Plan{File: file}
	root := r.whole(data, p)
	if root == nil {
		return nil, r.mistakes()
	}
	p.yaml().read(r, root)
	r.check(p)
	if r.list.HasErrors() {
		return nil, r.mistakes()
	}
	w := textsWriter{r: r, in: languageNames.of(in), units: map[string]bool{}, file: &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}}
	if r.textsName != nil {
		w.goOn(r.textsName)
	}
	if r.list.HasErrors() {
		return nil, r.mistakes()
	}
	if child(w.file, "language") == nil {
		w.file.Content = append([]*yaml.Node{plainNode("language"), plainNode(w.in)}, w.file.Content...)
	}
	w.walk(root, nil)
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(w.file); err != nil {
		r.fail(diag.PlanSyntax, diag.InFile(file), lang.F("cannot be written: %v", "không ghi được: %v", err))
		return nil, r.mistakes()
	}
	return &Texts{b.Bytes(), w.todo, w.all}, r.mistakes()
}

type textsWriter struct {
	r         *reader
	in        string // the language: "en"
	file      *yaml.Node
	units     map[string]bool // that have their entry
	todo, all int
}

func plainNode(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: s} }

// goOn reads the file that the plan names, if it exists.
func (w *textsWriter) goOn(name *yaml.Node) {
	file, data, err := w.r.beside(w.r.file, name.Value)
	if err != nil {
		return // it is to be written
	}
	w.r.inFile(file, func() *yaml.Node {
		root := w.r.document(data)
		if root == nil || !w.r.isMapping(root, lang.T("file of texts", "tệp đoạn chữ"), nil) {
			return nil
		}
		if language := child(root, "language"); language != nil && language.Value != w.in {
			w.r.fail(diag.PlanValue, w.r.pos(language), lang.F("the texts are in the language %s, not %s", "các đoạn chữ này bằng ngôn ngữ %s, không phải %s", quoted(language.Value), quoted(w.in)))
		}
		w.file = root
		return root
	})
}

// walk finds the texts below a node of the plan, in the order in which they
// stand.
func (w *textsWriter) walk(n *yaml.Node, path []string) {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			name, value := n.Content[i].Value, n.Content[i+1]
			if w.r.texts[value] {
				w.text(value, slices.Concat(path, []string{name}))
			} else {
				w.walk(value, slices.Concat(path, []string{name}))
			}
		}
	case yaml.SequenceNode:
		for _, item := range n.Content {
			if id := idOf(item); id != "" {
				w.walk(item, slices.Concat(path, []string{id}))
			}
		}
	case yaml.ScalarNode, yaml.DocumentNode, yaml.AliasNode:
	}
}

// text adds an entry for a text of the plan.
func (w *textsWriter) text(n *yaml.Node, path []string) {
	original := n.Value
	if n.Kind == yaml.MappingNode {
		if child(n, w.in) != nil {
			return
		}
		original = n.Content[1].Value
	}
	if w.r.pos(n).File != w.r.top {
		return // of the plan that this one extends
	}
	w.entry(n, path, original)
}

func (w *textsWriter) entry(n *yaml.Node, path []string, original string) {
	unit := n.Kind == yaml.ScalarNode && len(path) == 3 && path[2] == "unit" && (path[0] == "facts" || path[0] == "tables")
	if unit {
		if w.units[original] {
			return // all facts with the unit have one entry
		}
		w.units[original] = true
		path = []string{"units", original}
	}
	into, block := w.file, true
	for _, part := range path[:len(path)-1] {
		next := child(into, part)
		if next == nil {
			next = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
			into.Content = append(into.Content, plainNode(part), next)
		}
		if next.Kind != yaml.MappingNode {
			return // a mistake, which lint tells
		}
		into, block = next, block && next.Style&yaml.FlowStyle == 0
	}
	last := path[len(path)-1]
	there := child(into, last)
	w.all++
	switch {
	case there == nil:
		entry := plainNode(toWrite)
		if block && !unit {
			entry.LineComment = "# " + OneLine(original)
		}
		into.Content = append(into.Content, plainNode(last), entry)
		w.todo++
	case there.Value == toWrite:
		w.todo++
	}
}
