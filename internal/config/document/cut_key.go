package document

// This file takes a key out of a document, wherever it stands.

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v4"
)

// naming holds the fields by which an item of a list says what it is about.
var naming = []string{"name", "key", "id"}

// place is an entry of a mapping, or an item of a list.
type place struct {
	in  *yaml.Node
	at  int        // index in its content
	key *yaml.Node // the key of in, or nil
}

// WithoutKey returns the text of the document without the entries of all mappings
// that have the key, and without the items of lists that are named so, and how
// many they were. A text that cannot be cut safely is an error: one that would
// afterwards say anything else than the document without them.
func (n Node) WithoutKey(key string) ([]byte, int, error) {
	doc := n.doc
	for count := 0; ; count++ {
		p := placeOf(doc.root, nil, key)
		if p == nil {
			return doc.data, count, nil
		}
		data, ok := doc.cutPlace(*p)
		if !ok {
			return nil, 0, fmt.Errorf("%s: taking %q out needs a person: its layout is unusual", doc.position(cutter{text: doc.text}.offset(p.in.Content[p.at])), key)
		}
		var err error
		if doc, err = Parse(data, doc.file); err != nil {
			return nil, 0, fmt.Errorf("taking %q out of %s: %w", key, n.doc.name(), err)
		}
	}
}

// placeOf returns the first place of a key below a node, or nil.
func placeOf(n, nodeKey *yaml.Node, key string) *place {
	if i := find(n, key); i >= 0 {
		return &place{n, i, nodeKey}
	}
	for i, c := range n.Content {
		var above *yaml.Node
		switch {
		case n.Kind == yaml.MappingNode && i%2 == 1:
			above = n.Content[i-1]
		case n.Kind == yaml.SequenceNode && isNamed(c, key):
			return &place{n, i, nodeKey}
		}
		if p := placeOf(c, above, key); p != nil {
			return p
		}
	}
	return nil
}

// isNamed reports whether an item of a list is about a key.
func isNamed(item *yaml.Node, key string) bool {
	return slices.ContainsFunc(naming, func(field string) bool {
		i := find(item, field)
		return i >= 0 && item.Content[i+1].Kind == yaml.ScalarNode && item.Content[i+1].Value == key
	})
}

// cutPlace returns the text without a place; it is not ok where that would say
// anything else.
func (d *Document) cutPlace(p place) ([]byte, bool) {
	c := cutter{data: d.data, text: d.text, mapping: p.in, at: p.at}
	isFlow := p.in.Style&yaml.FlowStyle != 0
	width := 2
	var data []byte
	ok := true
	switch {
	case p.in.Kind == yaml.SequenceNode:
		if isFlow || len(p.in.Content) == 1 {
			return nil, false
		}
		width = 1
		data, ok = c.cutItem(p.in, p.in.Content[p.at])
	case len(p.in.Content) == 2 && !isFlow && p.key == nil:
		return nil, false
	default:
		if len(p.in.Content) == 2 && !isFlow {
			c.emptied = p.key
		}
		data = c.cut()
	}
	if !ok {
		return nil, false
	}
	after, err := Parse(data, "")
	return data, err == nil && equal(without(d.root, p, width), after.root)
}

// without returns a copy of the tree without a place.
func without(n *yaml.Node, p place, width int) *yaml.Node {
	out := *n
	out.Content = nil
	for i, c := range n.Content {
		if n != p.in || i < p.at || i >= p.at+width {
			out.Content = append(out.Content, without(c, p, width))
		}
	}
	return &out
}
