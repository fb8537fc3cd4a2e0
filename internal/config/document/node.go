package document

import (
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/flagdebt/flagdebt/registry"
)

// Node is a value in a Document.
type Node struct {
	doc *Document
	at  *yaml.Node // where it stands
	val *yaml.Node // what it is: at, or what the alias at names
}

// node returns n, seen through its alias.
func (d *Document) node(n *yaml.Node) Node {
	v := Node{doc: d, at: n, val: n}
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		v.val = n.Alias
	}
	return v
}

// Pos returns where the value stands.
func (n Node) Pos() registry.Position { return n.doc.position(n.offset()) }

// offset returns the offset at which the value begins.
func (n Node) offset() int { return n.doc.text.offset(n.at.Line, n.at.Column) }

// Errorf records a mistake at the value.
func (n Node) Errorf(format string, args ...any) {
	n.doc.errs = append(n.doc.errs, n.doc.errorAt(n.offset(), fmt.Sprintf(format, args...)))
}

// IsMapping reports whether the value is a mapping.
func (n Node) IsMapping() bool { return n.val.Kind == yaml.MappingNode }

// IsList reports whether the value is a list.
func (n Node) IsList() bool { return n.val.Kind == yaml.SequenceNode }

// IsScalar reports whether the value is a text, a number or a boolean.
func (n Node) IsScalar() bool { return n.val.Kind == yaml.ScalarNode && !n.IsNull() }

// IsInt reports whether the value is a whole number.
func (n Node) IsInt() bool { return n.val.Kind == yaml.ScalarNode && n.val.ShortTag() == "!!int" }

// IsBool reports whether the value is true or false.
func (n Node) IsBool() bool { return n.val.Kind == yaml.ScalarNode && n.val.ShortTag() == "!!bool" }

// IsNull reports whether there is no value, or the word null stands for it.
func (n Node) IsNull() bool { return n.val.Kind == yaml.ScalarNode && n.val.ShortTag() == "!!null" }

// describe names the kind of the value, for "found a list".
func (n Node) describe() string {
	switch {
	case n.IsMapping():
		return "a mapping"
	case n.IsList():
		return "a list"
	case n.IsNull():
		return "nothing"
	}
	return strconv.Quote(n.val.Value)
}

// Text returns a scalar exactly as it was written, without its quotes. What is
// no scalar is a mistake.
func (n Node) Text() (string, bool) {
	if !n.IsScalar() {
		n.Errorf("want a text, found %s", n.describe())
		return "", false
	}
	switch tag := n.val.ShortTag(); tag {
	case "!!str", "!!int", "!!float", "!!bool", "!!timestamp", "!!merge":
		return n.val.Value, true
	default:
		n.Errorf("unknown tag %s", tag)
		return "", false
	}
}

// Int returns a whole number that is not negative. Anything else is a mistake.
func (n Node) Int() (int, bool) {
	if n.IsInt() {
		if i, err := strconv.Atoi(n.val.Value); err == nil && i >= 0 {
			return i, true
		}
	}
	n.Errorf("want a whole number from 0, found %s", n.describe())
	return 0, false
}

// Bool returns true or false. Anything else is a mistake.
func (n Node) Bool() (value, ok bool) {
	if n.IsBool() {
		return strings.EqualFold(n.val.Value, "true"), true
	}
	n.Errorf("want true or false, found %s", n.describe())
	return false, false
}

// Items calls f with each value of a list. A value that is no list stands for a
// list of one.
func (n Node) Items(f func(Node)) {
	if !n.IsList() {
		f(n)
		return
	}
	for _, c := range n.val.Content {
		f(n.doc.node(c))
	}
}

// Entries calls f with each key and value of a mapping, in the order of the
// text. What is no mapping, and a key that stands twice, is a mistake.
func (n Node) Entries(f func(key string, at, value Node)) {
	if !n.IsMapping() {
		n.Errorf("want a mapping (key: value), found %s", n.describe())
		return
	}
	first := map[string]Node{}
	for i := 0; i+1 < len(n.val.Content); i += 2 {
		at := n.doc.node(n.val.Content[i])
		key, ok := at.key()
		if !ok {
			continue
		}
		if old, double := first[key]; double {
			at.Errorf("key %q stands twice: here and on line %d", key, old.Pos().Line)
			continue
		}
		first[key] = at
		f(key, at, n.doc.node(n.val.Content[i+1]))
	}
}

// key returns the text of a mapping's key.
func (n Node) key() (string, bool) {
	switch {
	case n.val.Kind != yaml.ScalarNode:
		n.Errorf("want a text as the key, found %s", n.describe())
	case n.val.ShortTag() == "!!merge":
		n.Errorf("merge keys (<<) are not supported: write the fields out")
	case n.val.Value == "":
		n.Errorf("empty key")
	default:
		return n.val.Value, true
	}
	return "", false
}

// Find returns the text at the end of a way through nested mappings of a file
// that is not ours, whose mistakes are none of our business; missing is the part
// of the way at which there is nothing.
func (n Node) Find(path ...string) (text, missing string) {
	for i, key := range path {
		next, ok := n.child(key)
		if !ok {
			return "", strings.Join(path[:i+1], ".")
		}
		n = next
	}
	if !n.IsScalar() {
		return "", strings.Join(path, ".")
	}
	return n.val.Value, ""
}

// Has reports whether a mapping has a key.
func (n Node) Has(key string) bool {
	_, ok := n.child(key)
	return ok
}

// child returns the value of a key.
func (n Node) child(key string) (Node, bool) {
	if n.IsMapping() {
		for i := 0; i+1 < len(n.val.Content); i += 2 {
			if n.val.Content[i].Kind == yaml.ScalarNode && n.val.Content[i].Value == key {
				return n.doc.node(n.val.Content[i+1]), true
			}
		}
	}
	return Node{}, false
}
