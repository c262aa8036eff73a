package plan

import (
	"maps"
	"slices"
	"strings"
)

// A schema is described with "anyOf" for what may be written in several ways,
// and that is what a mistake is then told of: one message for each way. strict
// rewrites it with "if" and "then", by the kind of the value and by the key that
// tells one way from the others, so that a value is held against one way only.
// What comes out is read by ajv in its strict mode: each keyword stands beside
// the one type that it speaks of.

// jsonSchema is a schema as JSON has it.
type jsonSchema = map[string]any

type stricter struct{ defs jsonSchema }

// strict rewrites a whole schema.
func strict(root jsonSchema) jsonSchema {
	before, _ := root["$defs"].(jsonSchema)
	s := stricter{before}
	s.nameGroups()
	defs := jsonSchema{}
	for name, def := range before {
		defs[name] = s.rewritten(def.(jsonSchema))
	}
	delete(root, "$defs")
	root = s.rewritten(root)
	root["$defs"] = defs
	return root
}

// nameGroups gives the groups among the ways of a definition names of their own:
// "goal.at_least". Where the definition is one way of several, they are not
// written out again.
func (s stricter) nameGroups() {
	for _, name := range slices.Sorted(maps.Keys(s.defs)) {
		s.nameWays(name, s.defs[name].(jsonSchema))
	}
}

func (s stricter) nameWays(name string, of jsonSchema) {
	ways, _ := of["anyOf"].([]any)
	for i, w := range ways {
		way := w.(jsonSchema)
		s.nameWays(name, way)
		keys := mustHave(way)
		if len(keys) > 0 && s.defs[name+"."+keys[0]] == nil {
			s.defs[name+"."+keys[0]] = way
			ways[i] = jsonSchema{"$ref": "#/$defs/" + name + "." + keys[0]}
		}
	}
}

func (s stricter) rewritten(old jsonSchema) jsonSchema {
	out := jsonSchema{}
	for keyword, v := range old {
		switch v := v.(type) {
		case jsonSchema:
			if keyword == "properties" {
				properties := jsonSchema{}
				for name, p := range v {
					properties[name] = s.rewritten(p.(jsonSchema))
				}
				out[keyword] = properties
			} else {
				out[keyword] = s.rewritten(v)
			}
		default:
			out[keyword] = v
		}
	}
	if names, ok := old["propertyNames"].(jsonSchema); ok {
		out["propertyNames"] = textOnly(names)
	}
	if out["format"] == "date" {
		delete(out, "format")
		out["pattern"] = `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`
	}
	if types, ok := old["type"].([]any); ok {
		delete(out, "type")
		return s.chosen(out, byType(out, types))
	}
	if ways, ok := old["anyOf"].([]any); ok {
		delete(out, "anyOf")
		return s.chosen(out, s.flat(ways))
	}
	return out
}

// textOnly is the schema of a key: in JSON every key is a text.
func textOnly(names jsonSchema) jsonSchema {
	out := jsonSchema{}
	for keyword, v := range names {
		if keyword != "minimum" {
			out[keyword] = v
		}
	}
	if _, ok := out["enum"]; !ok {
		out["type"] = "string"
	}
	return out
}

// byType splits the keywords of a scalar of several types by type.
func byType(schema jsonSchema, types []any) []jsonSchema {
	var ways []jsonSchema
	// The text comes last: a value of no listed type gets its message.
	slices.SortStableFunc(types, func(a, b any) int { return strings.Compare(a.(string), b.(string)) })
	for _, t := range types {
		way := jsonSchema{"type": t}
		for _, keyword := range []string{"minLength", "pattern", "minimum", "maximum"} {
			v, ok := schema[keyword]
			ofText := keyword == "minLength" || keyword == "pattern"
			if ok && ofText == (t == "string") && t != "boolean" {
				way[keyword] = v
			}
		}
		ways = append(ways, way)
	}
	for _, keyword := range []string{"minLength", "pattern", "minimum", "maximum"} {
		delete(schema, keyword)
	}
	return ways
}

// flat lists the ways to write a value, with nested ways in place of the one
// that has them. Named ways are kept.
func (s stricter) flat(ways []any) []jsonSchema {
	var out []jsonSchema
	for _, w := range ways {
		way := w.(jsonSchema)
		of := s.named(way)
		if inner, ok := of["anyOf"].([]any); ok {
			out = append(out, s.flat(inner)...)
			continue
		}
		if types, ok := of["type"].([]any); ok {
			out = append(out, byType(maps.Clone(of), types)...)
			continue
		}
		if _, ok := way["$ref"]; ok {
			out = append(out, way)
			continue
		}
		out = append(out, s.rewritten(way))
	}
	return out
}

// named is the schema that another one refers to, or itself.
func (s stricter) named(way jsonSchema) jsonSchema {
	for {
		ref, ok := way["$ref"].(string)
		if !ok {
			return way
		}
		way = s.defs[ref[len("#/$defs/"):]].(jsonSchema)
	}
}

// chosen adds to a schema that one of several ways holds.
func (s stricter) chosen(out jsonSchema, ways []jsonSchema) jsonSchema {
	var groups, lists, scalars []jsonSchema
	for _, w := range ways {
		switch s.named(w)["type"] {
		case "object":
			groups = append(groups, w)
		case "array":
			lists = append(lists, w)
		default:
			scalars = append(scalars, w)
		}
	}
	var rest jsonSchema
	for _, w := range slices.Backward(scalars) {
		rest = otherwise(s.named(w), w, rest)
	}
	for _, w := range slices.Backward(lists) {
		rest = otherwise(jsonSchema{"type": "array"}, w, rest)
	}
	if len(groups) > 0 {
		rest = otherwise(jsonSchema{"type": "object"}, s.byKey(groups), rest)
	}
	for keyword, v := range rest {
		out[keyword] = v
	}
	return out
}

// otherwise checks a value against one way if it has its type, and otherwise
// against the rest.
func otherwise(of, way, rest jsonSchema) jsonSchema {
	if rest == nil {
		return way
	}
	test := jsonSchema{"type": of["type"]}
	if values, ok := of["enum"]; ok {
		test = jsonSchema{"enum": values}
	}
	return jsonSchema{"if": test, "then": way, "else": rest}
}

// byKey tells groups apart by a key that only one of them must have.
func (s stricter) byKey(groups []jsonSchema) jsonSchema {
	if len(groups) == 1 {
		return groups[0]
	}
	var all, leads []any
	for i := range groups {
		lead, ok := s.lead(groups, i)
		if !ok {
			return jsonSchema{"anyOf": toAny(groups)}
		}
		leads = append(leads, lead)
		all = append(all, jsonSchema{"if": jsonSchema{"type": "object", "required": []any{lead}, "properties": jsonSchema{lead: true}}, "then": groups[i]})
	}
	none := jsonSchema{"type": "object", "propertyNames": jsonSchema{"type": "string", "not": jsonSchema{"enum": leads}}}
	all = append(all, jsonSchema{"if": none, "then": jsonSchema{"type": "object", "minProperties": 1, "propertyNames": jsonSchema{"type": "string", "enum": leads}}})
	return jsonSchema{"allOf": all}
}

// lead is a key that one group must have and the others must not, if they know
// it at all.
func (s stricter) lead(groups []jsonSchema, i int) (string, bool) {
	for _, unknown := range []bool{true, false} {
		for _, key := range mustHave(s.named(groups[i])) {
			taken := false
			for j, g := range groups {
				of := s.named(g)
				known := of["properties"] != nil && of["properties"].(jsonSchema)[key] != nil
				taken = taken || i != j && (slices.Contains(mustHave(of), key) || unknown && known)
			}
			if !taken {
				return key, true
			}
		}
	}
	return "", false
}

func mustHave(group jsonSchema) []string {
	var keys []string
	list, _ := group["required"].([]any)
	for _, key := range list {
		keys = append(keys, key.(string))
	}
	return keys
}

func toAny(list []jsonSchema) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}
