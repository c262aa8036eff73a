package plan

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// validator checks a document against the part of JSON Schema that Schema uses,
// and fails on any keyword that it does not know. It notes the keys of
// mappings that documents use.
type validator struct {
	defs map[string]any
	used map[string]bool // "#/$defs/goal at_least"
}

func newValidator(t *testing.T) (*validator, map[string]any) {
	t.Helper()
	var root map[string]any
	if err := json.Unmarshal(Schema(PlanFile), &root); err != nil {
		t.Fatal(err)
	}
	return &validator{root["$defs"].(map[string]any), map[string]bool{}}, root
}

// check returns why a document does not conform; "" when it does. at names the
// definition that a schema belongs to.
func (v *validator) check(schema map[string]any, doc any, at string) string {
	for _, keyword := range slices.Sorted(maps.Keys(schema)) {
		if why := v.keyword(keyword, schema, doc, at); why != "" {
			return why
		}
	}
	return ""
}

func (v *validator) keyword(keyword string, schema map[string]any, doc any, at string) string {
	mapping, isMapping := doc.(map[string]any)
	list, isList := doc.([]any)
	switch want := schema[keyword].(type) {
	case string:
		switch keyword {
		case "$ref":
			return v.check(v.defs[strings.TrimPrefix(want, "#/$defs/")].(map[string]any), doc, want)
		case "type":
			return oneOfTypes(doc, want)
		case "pattern":
			if s, ok := doc.(string); ok && !regexp.MustCompile(want).MatchString(s) {
				return fmt.Sprintf("%q does not match %s", s, want)
			}
			return ""
		case "$schema", "title", "description", "format":
			return ""
		}
	case float64:
		text, isText := doc.(string)
		whole, isWhole := doc.(int)
		switch {
		case keyword == "minLength" && isText && len(text) < int(want),
			keyword == "minimum" && isWhole && whole < int(want),
			keyword == "maximum" && isWhole && whole > int(want):
			return fmt.Sprintf("%s: %v", keyword, doc)
		case keyword == "minLength", keyword == "minimum", keyword == "maximum":
			return ""
		case keyword == "minItems" && isList && len(list) < int(want),
			keyword == "maxItems" && isList && len(list) > int(want),
			keyword == "minProperties" && isMapping && len(mapping) < int(want):
			return fmt.Sprintf("%s: %v items", keyword, len(list)+len(mapping))
		case keyword == "minItems", keyword == "maxItems", keyword == "minProperties":
			return ""
		}
	case bool:
		if keyword == "additionalProperties" && !want {
			return v.additional(schema, mapping)
		}
	case []any:
		switch keyword {
		case "type":
			return oneOfTypes(doc, want...)
		case "enum":
			if !slices.Contains(want, any(fmt.Sprint(doc))) {
				return fmt.Sprintf("%v is none of %v", doc, want)
			}
			return ""
		case "required":
			for _, name := range want {
				if _, ok := mapping[name.(string)]; isMapping && !ok {
					return fmt.Sprintf("no %s", name)
				}
			}
			return ""
		case "anyOf":
			return v.anyOf(want, doc, at)
		case "allOf":
			for _, s := range want {
				if why := v.check(s.(map[string]any), doc, at); why != "" {
					return why
				}
			}
			return ""
		}
	case map[string]any:
		switch keyword {
		case "$defs", "then", "else": // "if" looks at the last two
			return ""
		case "if":
			way := "then"
			if (&validator{v.defs, map[string]bool{}}).check(want, doc, at) != "" {
				way = "else"
			}
			if s, ok := schema[way].(map[string]any); ok {
				return v.check(s, doc, at)
			}
			return ""
		case "not":
			if (&validator{v.defs, map[string]bool{}}).check(want, doc, at) == "" {
				return fmt.Sprintf("%v is what it must not be", doc)
			}
			return ""
		case "items":
			for _, item := range list {
				if why := v.check(want, item, at+"[]"); why != "" {
					return why
				}
			}
			return ""
		case "properties":
			return v.properties(want, mapping, at)
		case "propertyNames":
			known, _ := schema["properties"].(map[string]any)
			for name := range mapping {
				if why := v.check(want, name, at); why != "" && known[name] == nil {
					return why
				}
			}
			return ""
		case "additionalProperties":
			known, _ := schema["properties"].(map[string]any)
			for name, value := range mapping {
				if why := v.check(want, value, at+"."); why != "" && known[name] == nil {
					return name + ": " + why
				}
			}
			return ""
		}
	}
	return fmt.Sprintf("the keyword %s: %v is not known to the test", keyword, schema[keyword])
}

func (v *validator) additional(schema, mapping map[string]any) string {
	for name := range mapping {
		if schema["properties"].(map[string]any)[name] == nil {
			return fmt.Sprintf("unknown key %q", name)
		}
	}
	return ""
}

func (v *validator) properties(schemas, mapping map[string]any, at string) string {
	for name, s := range schemas {
		if value, ok := mapping[name]; ok && s != true {
			if why := v.check(s.(map[string]any), value, at+"."+name); why != "" {
				return name + ": " + why
			}
			v.used[at+" "+name] = true
		}
	}
	return ""
}

// anyOf tries each schema, and keeps the use of keys of one that fits.
func (v *validator) anyOf(schemas []any, doc any, at string) string {
	var whys []string
	for _, s := range schemas {
		trial := &validator{v.defs, map[string]bool{}}
		why := trial.check(s.(map[string]any), doc, at)
		if why == "" {
			maps.Copy(v.used, trial.used)
			return ""
		}
		whys = append(whys, why)
	}
	return "(" + strings.Join(whys, " | ") + ")"
}

func oneOfTypes(doc any, wanted ...any) string {
	types := map[string]bool{}
	switch doc.(type) {
	case string:
		types["string"] = true
	case int:
		types["integer"], types["number"] = true, true
	case float64:
		types["number"] = true
	case bool:
		types["boolean"] = true
	case []any:
		types["array"] = true
	case map[string]any:
		types["object"] = true
	}
	for _, w := range wanted {
		if types[w.(string)] {
			return ""
		}
	}
	return fmt.Sprintf("%v is none of %v", doc, wanted)
}

// keysOf lists the keys that a schema knows, as validator.used names them.
func (v *validator) keysOf(schema map[string]any, at string, keys map[string]bool) {
	for keyword, s := range schema {
		switch s := s.(type) {
		case map[string]any:
			switch keyword {
			case "items":
				v.keysOf(s, at+"[]", keys)
			case "then", "else":
				v.keysOf(s, at, keys)
			case "additionalProperties":
				v.keysOf(s, at+".", keys)
			case "properties":
				for name, p := range s {
					keys[at+" "+name] = true
					v.keysOf(p.(map[string]any), at+"."+name, keys)
				}
			}
		case []any:
			if keyword == "anyOf" || keyword == "allOf" {
				for _, p := range s {
					v.keysOf(p.(map[string]any), at, keys)
				}
			}
		}
	}
}

// asEditor reads a plan as an editor does, which knows no dates.
func asEditor(t *testing.T, data []byte) any {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil
	}
	return editorValue(doc.Content[0])
}

func editorValue(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			m[n.Content[i].Value] = editorValue(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, item := range n.Content {
			list[i] = editorValue(item)
		}
		return list
	}
	var v any
	if err := n.Decode(&v); err != nil || n.Tag == "!!timestamp" {
		return n.Value
	}
	return v
}

// TestSchema checks that the schema accepts the plan that uses every key, and
// that this plan does: each key that the schema knows is one that Parse has
// read, and the other way round.
func TestSchema(t *testing.T) {
	v, root := newValidator(t)
	_, data := whole(t)
	if why := v.check(root, asEditor(t, data), "#"); why != "" {
		t.Error(why)
	}
	known := map[string]bool{}
	v.keysOf(root, "#", known)
	for name, s := range v.defs {
		v.keysOf(s.(map[string]any), "#/$defs/"+name, known)
	}
	// The keys of groups are those of targets, and those of facts in place those of facts.
	again := regexp.MustCompile(`^#/\$defs/group(\.| )|^#/\$defs/fact(\.| )|\.task(\.| )|^#\.facts\.\.row `)
	for _, name := range slices.Sorted(maps.Keys(known)) {
		if again.MatchString(name) && name != "#/$defs/group targets" && name != "#/$defs/fact fact" {
			continue
		}
		if !v.used[name] && !slices.Contains([]string{"# extends", "# remove", "# texts", "#.params. file"}, name) { // these name other files
			t.Errorf("the whole plan does not use %s", name)
		}
	}
	if len(known) < 100 {
		t.Errorf("the schema knows %d keys only", len(known))
	}
}

// TestSchemaRefuses checks that an editor marks the mistakes that a schema can
// know: of keys, and of values by themselves.
func TestSchemaRefuses(t *testing.T) {
	v, root := newValidator(t)
	for _, name := range []string{
		"key-unknown", "key-unknown-deep", "key-missing-clause", "key-missing-quote", "key-null",
		"key-two-comparators", "key-no-comparator", "key-empty-goal", "value-option", "value-list-wanted",
		"value-mapping-wanted", "value-scalar-wanted", "value-empty-list", "value-one-item", "value-number",
		"value-decimal-comma", "value-truth", "value-id", "value-period", "value-condition", "value-severity",
		"value-credit", "name-check", "range-points", "key-empty-quote",
	} {
		data, err := os.ReadFile(filepath.Join("testdata/err", name+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		if why := v.check(root, asEditor(t, data), "#"); why == "" || strings.Contains(why, "not known to the test") {
			t.Errorf("%s is accepted, or: %s", name, why)
		}
	}
}

// TestSchemaOfAPlanThatExtends checks that an editor asks of a plan that extends
// another one only what differs, and still marks mistakes in it.
func TestSchemaOfAPlanThatExtends(t *testing.T) {
	v, root := newValidator(t)
	for _, test := range []struct {
		text  string
		sound bool
	}{
		{"plan: next\nextends: base.yaml\n", true},
		{"plan: next\nextends: base.yaml\ntargets: [{id: a, goal: {at_least: 90%}}]\n", true},
		{"plan: next\nextends: base.yaml\ntables: {t: {columns: {c: {optional: true}}}}\nfacts: {f: {unit: x}}\nareas: {a: {title: x}}\n", true},
		{"plan: next\nextends: base.yaml\ntargets: [{points: 2, targets: [{id: a, goal: {at_least: 90%}}]}]\n", true},
		{"extends: base.yaml\n", false},
		{"plan: next\nextends: base.yaml\ntargets: [{goal: {at_least: 90%}}]\n", false},
		{"plan: next\nextends: base.yaml\ntargets: [{id: a, gaol: {at_least: 90%}}]\n", false},
		{"plan: next\ntargets: [{id: a, goal: {at_least: 90%}}]\n", false},
	} {
		if why := v.check(root, asEditor(t, []byte(test.text)), "#"); (why == "") != test.sound {
			t.Errorf("%s: %q, want sound: %v", test.text, why, test.sound)
		}
	}
}
