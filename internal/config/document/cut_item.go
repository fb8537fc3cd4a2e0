package document

// This file takes items out of a list that is the whole file, as text.

import (
	"bytes"
	"fmt"
	"slices"

	"go.yaml.in/yaml/v4"
)

// WithoutItem returns the text of the document, a list of mappings in block style,
// without the item whose field has the value; the last item leaves [] behind. An
// item that is not there is an error. So is a text that cannot be cut safely: one
// that would afterwards say anything else than the document without it.
func (n Node) WithoutItem(field, value string) ([]byte, error) {
	doc := n.doc
	at := slices.IndexFunc(doc.root.Content, func(item *yaml.Node) bool {
		i := find(item, field)
		return i >= 0 && item.Content[i+1].Value == value
	})
	if !n.IsList() || at < 0 {
		return nil, fmt.Errorf("%s has no item with %s %q", doc.name(), field, value)
	}
	c := cutter{data: doc.data, text: doc.text, at: at}
	item := doc.root.Content[at]
	data, ok := c.cutItem(doc.root, item)
	if !ok || !provesItemCut(doc.root, data, at) {
		pos := doc.position(c.offset(item))
		return nil, fmt.Errorf("%s: taking %q out needs a person: its layout is unusual", pos, value)
	}
	return data, nil
}

// cutItem returns the text without an item; it is not ok where the item does not
// begin a line.
func (c cutter) cutItem(list, item *yaml.Node) ([]byte, bool) {
	start := c.lineStart(c.offset(item))
	if string(bytes.TrimSpace(c.data[start:c.offset(item)])) != "-" {
		return nil, false
	}
	indent := c.indent(start)
	end := c.below(c.lineEnd(c.floor(item)), indent)
	start = c.commentsAbove(start, indent)
	start, end = c.blankLines(start, end)
	data := slices.Clone(c.data[:start])
	if len(list.Content) == 1 {
		data = append(data, "[]\n"...)
	}
	return append(data, c.data[end:]...), true
}

// provesItemCut reports whether data says the same as list without the item at an
// index.
func provesItemCut(list *yaml.Node, data []byte, at int) bool {
	after, err := Parse(data, "")
	if err != nil {
		return false
	}
	want := *list
	want.Content = slices.Delete(slices.Clone(list.Content), at, at+1)
	return equal(&want, after.root)
}
