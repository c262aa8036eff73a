package report

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What JSON writes holds to its schema, which knows every key of it.
func TestJSONHoldsToItsSchema(t *testing.T) {
	var root schema
	if err := json.Unmarshal(JSONSchema(), &root); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("testdata/many.json.golden")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ from, to, want string }{
		{want: ""},
		{`"outcome": "met"`, `"outcome": "done"`, `"done" is none of`},
		{`"asOf": "2024-01-31"`, `"asOf": "31/01/2024"`, `"31/01/2024" does not match`},
		{`"exact": "7/18"`, `"exact": 0.38`, "is no string"},
		{`"asOf": "2024-01-31",`, ``, `has no "asOf"`},
		{`"asOf": "2024-01-31"`, `"asOf": "2024-01-31", "more": 1`, `the key "more" is not described`},
		{`"parcheck/result/v1"`, `"parcheck/result/v2"`, `is not parcheck/result/v1`},
	} {
		if !strings.Contains(string(data), tt.from) {
			t.Fatalf("the result has no %s", tt.from)
		}
		var doc any
		if err := json.Unmarshal([]byte(strings.Replace(string(data), tt.from, tt.to, 1)), &doc); err != nil {
			t.Fatal(err)
		}
		c := schemaCheck{defs: root["$defs"].(schema)}
		c.check("", root, doc)
		got := strings.Join(c.mistakes, "\n")
		if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
			t.Errorf("%q: %q, want %q", tt.to, got, tt.want)
		}
	}
}

// schemaCheck holds a document against the few keywords that the schema uses.
type schemaCheck struct {
	defs     schema
	mistakes []string
}

func (c *schemaCheck) check(at string, s schema, v any) {
	fail := func(format string, args ...any) {
		c.mistakes = append(c.mistakes, at+": "+fmt.Sprintf(format, args...))
	}
	if ref, ok := s["$ref"].(string); ok {
		s = c.defs[strings.TrimPrefix(ref, "#/$defs/")].(schema)
	}
	if s["else"] != nil { // null, or something
		if v != nil {
			c.check(at, s["else"].(schema), v)
		}
		return
	}
	if names, ok := s["enum"].([]any); ok && !slices.Contains(names, v) {
		fail("%q is none of %v", v, names)
	}
	if want, ok := s["const"]; ok && want != v {
		fail("%v is not %v", v, want)
	}
	switch s["type"] {
	case "string":
		word, ok := v.(string)
		if pattern, has := s["pattern"].(string); !ok {
			fail("%v is no string", v)
		} else if has && !regexp.MustCompile(pattern).MatchString(word) {
			fail("%q does not match %s", word, pattern)
		}
	case "array":
		list, ok := v.([]any)
		if !ok {
			fail("%v is no list", v)
		}
		for i, item := range list {
			c.check(fmt.Sprintf("%s/%d", at, i), s["items"].(schema), item)
		}
	case "object":
		object, ok := v.(map[string]any)
		if !ok {
			fail("%v is no object", v)
		}
		for _, name := range anyList(s["required"]) {
			if _, there := object[name.(string)]; !there {
				fail("has no %q", name)
			}
		}
		properties, _ := s["properties"].(schema)
		for name, value := range object {
			switch property, known := properties[name].(schema); {
			case known:
				c.check(at+"/"+name, property, value)
			case properties == nil:
				c.check(at+"/"+name, s["additionalProperties"].(schema), value)
			default:
				fail("the key %q is not described", name)
			}
		}
	case "integer":
		if n, ok := v.(float64); !ok || n != float64(int64(n)) {
			fail("%v is no integer", v)
		}
	case "boolean":
		if _, ok := v.(bool); !ok {
			fail("%v is no boolean", v)
		}
	}
}

func anyList(v any) []any {
	list, _ := v.([]any)
	return list
}
