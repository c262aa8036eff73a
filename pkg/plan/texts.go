package plan

import (
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// addTexts adds the texts of another file to a plan's document, in the language
// that the file names and at the same paths as in the plan.
func (r *reader) addTexts(root *yaml.Node, p *Plan) {
	name := child(root, "texts")
	if name == nil {
		return
	}
	if r.file == r.top {
		p.TextFile = name.Value
		if r.untexted {
			r.textsName = name
			dropKey(root, "texts")
			return
		}
	}
	data, file, ok := r.named(name, new([]string), 1)
	if !ok {
		return
	}
	p.SHA256 = digest([]byte(p.SHA256 + digest(data)))
	dropKey(root, "texts")
	var in string
	texts := r.inFile(file, func() *yaml.Node {
		texts := r.document(data)
		if texts == nil || !r.isMapping(texts, lang.T("file of texts", "tệp đoạn chữ"), nil) {
			return nil
		}
		language := required("language", option(new(lang.Lang), languageNames), "the language of the texts", "ngôn ngữ của các đoạn chữ")
		n := child(texts, "language")
		if n == nil {
			r.fail(diag.PlanKey, r.pos(texts), lang.F("the file of texts has no %q: %s", "tệp đoạn chữ thiếu khóa %q: %s", language.name, language.about()))
			return nil
		}
		if !language.value.read(r, n) {
			return nil
		}
		in = n.Value
		return texts
	})
	if in == "" {
		return
	}
	units := child(texts, "units")
	dropKey(texts, "language")
	dropKey(texts, "units")
	r.weave(root, texts, in)
	r.weaveUnits([]*yaml.Node{child(root, "tables"), child(root, "facts")}, units, in)
}

// lacking lists the texts of the plan without a translation in its file of
// texts.
func (r *reader) lacking() (list []diag.Pos) {
	for n := range r.texts {
		alone := n.Kind == yaml.ScalarNode || n.Kind == yaml.MappingNode && len(n.Content) == 2
		if pos := r.pos(n); alone && pos.File == r.top {
			list = append(list, pos)
		}
	}
	slices.SortFunc(list, diag.Pos.Compare)
	return slices.Compact(list)
}

// weaveUnits adds the units of measure in another language to facts and tables
// that do not have them yet. A unit has one translation in the whole plan.
func (r *reader) weaveUnits(parts []*yaml.Node, units *yaml.Node, in string) {
	if units == nil || !r.isMapping(units, lang.T("group of units", "nhóm đơn vị tính"), nil) {
		return
	}
	used := map[string]bool{}
	for _, part := range parts {
		if part == nil || part.Kind != yaml.MappingNode {
			continue
		}
		for i := 1; i < len(part.Content); i += 2 {
			thing := part.Content[i]
			at := step(thing, "unit")
			if at < 0 || thing.Content[at].Kind != yaml.ScalarNode {
				continue
			}
			there := thing.Content[at]
			used[there.Value] = true
			if text := child(units, there.Value); text != nil {
				thing.Content[at] = r.twoTexts(there, text, in)
			}
		}
	}
	for i := 0; i < len(units.Content); i += 2 {
		if name := units.Content[i]; !used[name.Value] {
			r.fail(diag.PlanName, r.pos(name), lang.F("no fact and no table has the unit %s%s", "không số liệu hay bảng nào có đơn vị tính %s%s", quoted(name.Value), choices(name.Value, sorted(used))))
		}
	}
}

var languageNames = names[lang.Lang]{lang.VI: "vi", lang.EN: "en"}

// dropKey takes a key and its value out of a mapping.
func dropKey(n *yaml.Node, name string) {
	if at := step(n, name); at > 0 {
		n.Content = append(n.Content[:at-1:at-1], n.Content[at+1:]...)
	}
}

// weave adds texts below a node beside those of the other language.
func (r *reader) weave(into, texts *yaml.Node, in string) {
	for i := 0; i < len(texts.Content); i += 2 {
		name, text := texts.Content[i], texts.Content[i+1]
		at := step(into, name.Value)
		if at < 0 {
			r.fail(diag.PlanName, r.pos(name), lang.F("the plan has no %s here%s", "ở chỗ này kế hoạch không có %s%s", quoted(name.Value), choices(name.Value, partsOf(into))))
			continue
		}
		there := into.Content[at]
		switch {
		case text.Kind == yaml.MappingNode && there.Kind != yaml.ScalarNode:
			r.weave(there, text, in)
		case text.Kind != yaml.ScalarNode:
			r.wrongKind(text, lang.T("a text", "một đoạn chữ"))
		case there.Kind == yaml.ScalarNode:
			into.Content[at] = r.twoTexts(there, text, in)
		case there.Kind == yaml.MappingNode && child(there, in) != nil:
			r.fail(diag.PlanKey, r.pos(text), lang.F("the plan itself has this text in the language %q", "trong kế hoạch đã có đoạn chữ này bằng ngôn ngữ %q", in),
				diag.Related{Pos: r.pos(child(there, in)), Message: firstHere})
		default:
			there.Content = append(there.Content, scalarNode(text, in), text)
		}
	}
}

// twoTexts is a mapping of a text and its translation.
func (r *reader) twoTexts(there, text *yaml.Node, in string) *yaml.Node {
	other := "vi"
	if in == "vi" {
		other = "en"
	}
	n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: there.Line, Column: there.Column,
		Content: []*yaml.Node{scalarNode(there, other), there, scalarNode(text, in), text}}
	if file, ok := r.files[there]; ok {
		r.files[n] = file
	}
	return n
}

// scalarNode is a scalar with the position of another node.
func scalarNode(at *yaml.Node, value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value, Line: at.Line, Column: at.Column}
}
