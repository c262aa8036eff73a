package plan

import (
	"encoding/json"

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
		s := schema{"description": k.about.In(lang.EN) + "\n\n" + k.about.In(lang.VI)}
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

// Schema returns a JSON Schema (draft 2020-12) of the plan file, by which
// editors complete keys and mark mistakes while a plan is typed. It is made
// from the same description by which Parse reads; what only Parse can know,
// such as names that are defined elsewhere, it leaves out.
func Schema() []byte {
	d := definitions{}
	root := new(Plan).yaml().schema(d)
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "parcheck plan"
	root["$defs"] = d
	data, err := json.MarshalIndent(strict(asJSON(root)), "", "  ")
	if err != nil {
		panic(err) // it is made of maps, lists and texts
	}
	return append(data, '\n')
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
