package report

import (
	_ "embed" // the descriptions
	"encoding"
	"encoding/json"
	"maps"
	"reflect"
	"strings"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// JSONSchema returns a JSON Schema (draft 2020-12) of what JSON writes, for
// programs that read results. It is made from the types that are written, so
// that the two cannot differ. Keys that it does not name are allowed: later
// versions may add some.
func JSONSchema() []byte {
	d := described{}
	root := d.object(reflect.TypeFor[Document]())
	root["properties"].(schema)["schema"] = schema{"const": Schema}
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "parcheck result"
	root["$defs"] = d
	data, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		panic(err) // it is made of maps, lists and texts
	}
	return append(data, '\n')
}

type schema = map[string]any

// described are the schemas of types by their names: "score.Card".
type described map[string]schema

// of is the schema of a type.
func (d described) of(t reflect.Type) schema {
	switch t {
	case reflect.TypeFor[lang.Text]():
		word := schema{"type": "string"}
		return d.named("text", schema{"type": "object", "properties": schema{"vi": word, "en": word}, "additionalProperties": false})
	case reflect.TypeFor[number.Exact]():
		return d.named("fraction", schema{"type": "string", "pattern": "^-?[0-9]+(/[1-9][0-9]*)?$"})
	case reflect.TypeFor[date.Date]():
		return d.named("day", schema{"type": "string", "pattern": "^([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))?$"})
	case reflect.TypeFor[diag.Area]():
		return d.named("cells", schema{"type": "string", "pattern": "^([A-Z]{0,3}[0-9]*(:[A-Z]{0,3}[0-9]*)?)?$"})
	}
	if names := namesOf(t); len(names) > 0 {
		return d.named(t.String(), schema{"enum": names})
	}
	switch kind := t.Kind(); {
	case kind == reflect.String:
		return schema{"type": "string"}
	case kind == reflect.Bool:
		return schema{"type": "boolean"}
	case kind == reflect.Pointer:
		return d.of(t.Elem())
	case kind == reflect.Slice:
		return schema{"type": "array", "items": d.of(t.Elem())}
	case kind == reflect.Map:
		return schema{"type": "object", "additionalProperties": d.of(t.Elem())}
	case kind == reflect.Struct:
		if _, known := d[t.String()]; !known {
			d[t.String()] = nil // being described
			d[t.String()] = d.object(t)
		}
		return schema{"$ref": "#/$defs/" + t.String()}
	}
	return schema{"type": "integer"}
}

// descriptions are what fields of results are: "score.Card.asOf", a tab and the
// comment of the field in its package.
//
//go:embed descriptions.tsv
var descriptions string

// describe adds what a field is to its schema.
func describe(t reflect.Type, name string, s schema) schema {
	_, rest, found := strings.Cut("\n"+descriptions, "\n"+t.String()+"."+name+"\t")
	if !found {
		return s
	}
	out := maps.Clone(s)
	out["description"], _, _ = strings.Cut(rest, "\n")
	return out
}

// named gives a schema a name.
func (d described) named(name string, s schema) schema {
	d[name] = s
	return schema{"$ref": "#/$defs/" + name}
}

// object describes the fields of a struct; those that are left out where they
// say nothing may be missing.
func (d described) object(t reflect.Type) schema {
	properties, required := schema{}, []string{}
	var add func(reflect.Type)
	add = func(t reflect.Type) {
		for i := range t.NumField() {
			f := t.Field(i)
			name, options, tagged := strings.Cut(f.Tag.Get("json"), ",")
			if name == "-" || !f.IsExported() {
				continue
			}
			if f.Anonymous && name == "" {
				add(f.Type)
				continue
			}
			if name == "" {
				name = f.Name
			}
			s := d.of(f.Type)
			if left := tagged && strings.Contains(options, "omit"); !left {
				required = append(required, name)
				if f.Type.Kind() == reflect.Slice || f.Type.Kind() == reflect.Pointer {
					s = schema{"if": schema{"type": "null"}, "else": s}
				}
			}
			properties[name] = describe(t, name, s)
		}
	}
	add(t)
	return schema{"type": "object", "properties": properties, "required": required}
}

// namesOf lists the names of an enumeration; none for other types.
func namesOf(t reflect.Type) (names []string) {
	if t.Kind() != reflect.Uint8 {
		return nil
	}
	for i := range 256 {
		v := reflect.New(t)
		v.Elem().SetUint(uint64(i))
		text, ok := nameOf(v.Elem().Interface())
		back, reads := v.Interface().(encoding.TextUnmarshaler)
		if !ok || !reads || back.UnmarshalText(text) != nil {
			return names
		}
		names = append(names, string(text))
	}
	return names
}

// nameOf is the name of a value of an enumeration; not ok for a number behind
// the last one.
func nameOf(v any) (name []byte, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	m, ok := v.(encoding.TextMarshaler)
	if !ok {
		return nil, false
	}
	name, err := m.MarshalText()
	return name, err == nil
}
