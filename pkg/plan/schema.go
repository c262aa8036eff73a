package plan

import (
	"encoding/json"
	"slices"

	"github.com/parcheck/parcheck/pkg/lang"
)

// schema is a JSON Schema, draft 2020-12.
type schema map[string]any

// definitions are the schemas that others refer to by name.
type definitions map[string]schema

// named gives a value's schema a name: what refers to itself needs one.
func named(name string, v value) value {
	describe := v.schema
	v.schema = func(d definitions) schema {
		if _, ok := d[name]; !ok {
			d[name] = nil // being described
			d[name] = describe(d)
		}
		return schema{"$ref": "#/$defs/" + name}
	}
	return v
}

func (d definitions) mapping(keys []key) schema {
	properties := schema{}
	required := []string{}
	for _, k := range keys {
		s := schema{"description": k.en + "\n\n" + k.vi}
		for name, v := range k.value.schema(d) {
			s[name] = v
		}
		properties[k.name] = s
		if k.required {
			required = append(required, k.name)
		}
	}
	return schema{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

// Schema returns a JSON Schema (draft 2020-12) of a kind of file, by which
// editors complete keys and mark mistakes while one is typed. It is made from
// the same description by which the file is read; what only that can know, such
// as names that are defined elsewhere, it leaves out.
func Schema(kind FileKind) []byte {
	return SchemaOf(kind.described(), "parcheck "+kind.Title().In(lang.EN))
}

func (k FileKind) described() value {
	switch k {
	case RosterFile:
		return new(Roster).yaml()
	case WaiverFile:
		return waiverFile(new([]Waiver))
	case TestFile:
		return new(Suite).yaml(new(string))
	case BindingsFile:
		return new(Bindings).yaml()
	case PlanFile:
	}
	return new(Plan).yaml()
}

// SchemaOf returns the JSON Schema of what a value reads.
func SchemaOf(v Value, title string) []byte {
	d := definitions{}
	root := v.schema(d)
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = title
	root["$defs"] = d
	plan := d["group"] != nil
	if plan { // whose facts may all stand where they are used
		root["required"] = slices.DeleteFunc(root["required"].([]string), func(key string) bool { return key == "facts" })
	}
	whole := strict(asJSON(root))
	if plan { // which may say only what differs from another one
		whole = orExtending(whole, strict(extending(asJSON(root))))
	}
	data, err := json.MarshalIndent(whole, "", "  ")
	if err != nil {
		panic(err) // it is made of maps, lists and texts
	}
	return append(data, '\n')
}

// orExtending is the schema of a plan that stands for itself, or of one that
// extends another.
func orExtending(whole, over jsonSchema) jsonSchema {
	out := jsonSchema{"if": jsonSchema{"type": "object", "required": []any{"extends"}, "properties": jsonSchema{"extends": true}}, "then": over, "else": whole}
	for _, key := range []string{"$schema", "title", "$defs"} {
		out[key] = whole[key]
		delete(whole, key)
		delete(over, key)
	}
	return out
}

// extending asks of a plan only what one that extends another has to have: of
// the things that both have it says the keys that differ.
func extending(root jsonSchema) jsonSchema {
	root["required"] = []any{"plan"}
	loosen := func(of any, path ...string) {
		s, _ := of.(jsonSchema)
		for _, key := range path {
			s, _ = s[key].(jsonSchema)
		}
		if s != nil {
			delete(s, "required")
		}
	}
	properties := root["properties"].(jsonSchema)
	for _, key := range joined {
		loosen(properties[key], "additionalProperties")
	}
	loosen(properties["tables"], "additionalProperties", "properties", "columns", "additionalProperties")
	if ways, ok := properties["targets"].(jsonSchema)["items"].(jsonSchema)["anyOf"].([]any); ok {
		ways[0].(jsonSchema)["required"] = []any{"id"}
	}
	return root
}

// asJSON is a schema as JSON has it.
func asJSON(s schema) jsonSchema {
	data, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	var out jsonSchema
	if err := json.Unmarshal(data, &out); err != nil {
		panic(err)
	}
	return out
}
