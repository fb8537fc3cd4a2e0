// Package documenttest holds a reader of YAML files to the JSON Schema that
// editors use for the same files.
package documenttest

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

// Schema is a JSON Schema in a file.
type Schema struct {
	file     string
	raw      map[string]any
	compiler *jsonschema.Compiler
}

// Load reads a schema.
func Load(t testing.TB, file string) *Schema {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	raw, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(file, raw); err != nil {
		t.Fatal(err)
	}
	return &Schema{file, raw.(map[string]any), c}
}

// Check returns why the schema refuses a YAML text, or nil; def is the name of
// one of its definitions, "" is the whole.
func (s *Schema) Check(t testing.TB, def, text string) error {
	t.Helper()
	location := s.file
	if def != "" {
		location += "#/$defs/" + def
	}
	schema, err := s.compiler.Compile(location)
	if err != nil {
		t.Fatal(err)
	}
	var doc yaml.Node
	if err := yaml.Load([]byte(text), &doc); err != nil {
		return err
	}
	v, err := plain(doc.Content[0])
	if err != nil {
		return err
	}
	return schema.Validate(v)
}

// Keys returns the properties that the schema knows in one of its definitions,
// sorted.
func (s *Schema) Keys(t testing.TB, def string) []string {
	t.Helper()
	var found map[string]any
	var walk func(any)
	walk = func(v any) {
		m, ok := v.(map[string]any)
		if !ok || found != nil {
			return
		}
		if p, ok := m["properties"].(map[string]any); ok {
			found = p
			return
		}
		if alternatives, ok := m["anyOf"].([]any); ok {
			for _, a := range alternatives {
				walk(a)
			}
		}
	}
	if def == "" {
		walk(s.raw)
	} else {
		walk(s.raw["$defs"].(map[string]any)[def])
	}
	if found == nil {
		t.Fatalf("%s: %q has no properties", s.file, def)
	}
	keys := []string{}
	for k := range found {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// plain converts a node into plain data, as an editor sees it: by YAML 1.2, in
// which a date is a text.
func plain(n *yaml.Node) (any, error) {
	switch n.Kind {
	case yaml.AliasNode:
		return plain(n.Alias)
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			v, err := plain(c)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		return list, nil
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			key := n.Content[i].Value
			if _, double := m[key]; double {
				return nil, fmt.Errorf("line %d: key %q stands twice", n.Content[i].Line, key)
			}
			v, err := plain(n.Content[i+1])
			if err != nil {
				return nil, err
			}
			m[key] = v
		}
		return m, nil
	}
	return scalar(n), nil
}

// scalar converts a scalar.
func scalar(n *yaml.Node) any {
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		return strings.EqualFold(n.Value, "true")
	case "!!int", "!!float":
		if _, err := strconv.ParseFloat(n.Value, 64); err == nil {
			return json.Number(n.Value)
		}
	}
	return n.Value
}
