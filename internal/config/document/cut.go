package document

// This file takes entries out of a mapping, as text. Everything else stays
// byte-identical, save for blank lines that would stand twice. In block style:
//
//	  # comments directly above, indented like the key   cut
//	  key: value                                         cut
//	    whatever is indented more than the key           cut
//	  next: value                                        kept
//
// In flow style an entry goes with its comma, and with its lines if it has them
// for itself.

import (
	"bytes"
	"fmt"
	"slices"

	"go.yaml.in/yaml/v4"
)

// Without returns the text of the document without some entries of the mapping
// that stands at key parent of n; the last entry leaves {} behind. A key that is
// not there is an error. So is a text that cannot be cut safely: one that would
// afterwards say anything else than the document without these entries.
func (n Node) Without(parent string, keys ...string) ([]byte, error) {
	doc := n.doc
	for _, key := range keys {
		data, err := doc.without(parent, key)
		if err != nil {
			return nil, err
		}
		if doc, err = Parse(data, doc.file); err != nil {
			return nil, fmt.Errorf("taking %q out of %s: %w", key, n.doc.name(), err)
		}
	}
	return doc.data, nil
}

// name returns the file's name for a sentence.
func (d *Document) name() string {
	if d.file == "" {
		return "the file"
	}
	return d.file
}

// without takes out one entry and proves that nothing else is gone.
func (d *Document) without(parent, key string) ([]byte, error) {
	i := find(d.root, parent)
	if i < 0 || d.root.Content[i+1].Kind != yaml.MappingNode {
		return nil, fmt.Errorf("%s has no mapping %q", d.name(), parent)
	}
	c := cutter{data: d.data, text: d.text, mapping: d.root.Content[i+1]}
	c.at = find(c.mapping, key)
	if c.at < 0 {
		return nil, fmt.Errorf("%s has no entry %q in %q", d.name(), key, parent)
	}
	if len(c.mapping.Content) == 2 && c.mapping.Style&yaml.FlowStyle == 0 {
		c.emptied = d.root.Content[i]
	}
	data := c.cut()
	if !provesCut(d.root, data, i+1, c.at) {
		pos := d.position(c.offset(c.mapping.Content[c.at]))
		return nil, fmt.Errorf("%s: taking %q out needs a person: its layout is unusual", pos, key)
	}
	return data, nil
}

// find returns the index of a key in a mapping, or -1.
func find(n *yaml.Node, key string) int {
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Kind == yaml.ScalarNode && n.Content[i].Value == key {
				return i
			}
		}
	}
	return -1
}

// provesCut reports whether data says the same as root without the entry at
// index entry of the mapping at index mapping.
func provesCut(root *yaml.Node, data []byte, mapping, entry int) bool {
	after, err := Parse(data, "")
	if err != nil {
		return false
	}
	small := *root.Content[mapping]
	small.Content = slices.Delete(slices.Clone(small.Content), entry, entry+2)
	want := *root
	want.Content = slices.Clone(root.Content)
	want.Content[mapping] = &small
	return equal(&want, after.root)
}

// equal reports whether two nodes say the same, in the same style.
func equal(a, b *yaml.Node) bool {
	return a.Kind == b.Kind && a.Value == b.Value && a.Anchor == b.Anchor && a.ShortTag() == b.ShortTag() &&
		(a.Kind != yaml.ScalarNode || a.Style == b.Style) && slices.EqualFunc(a.Content, b.Content, equal)
}

// cutter cuts one entry.
type cutter struct {
	data    []byte
	text    text
	mapping *yaml.Node
	at      int        // index of the entry's key in mapping
	emptied *yaml.Node // the key of a block mapping whose last entry this is, or nil
}

// offset returns where a node begins, its anchor and tag included.
func (c cutter) offset(n *yaml.Node) int { return c.text.offset(n.Line, n.Column) }

// cut returns the text without the entry.
func (c cutter) cut() []byte {
	if c.mapping.Style&yaml.FlowStyle != 0 {
		return c.cutFlow()
	}
	start := c.lineStart(c.offset(c.mapping.Content[c.at]))
	indent := c.indent(start)
	end := c.below(c.lineEnd(c.floor(c.mapping.Content[c.at+1])), indent)
	start = c.commentsAbove(start, indent)
	start, end = c.blankLines(start, end)
	return c.splice(start, end)
}

// below moves the end of an entry down over the lines that are indented more than
// its first one.
func (c cutter) below(end, indent int) int {
	for next := end; next < len(c.data); {
		lineEnd := c.lineEnd(next)
		if !c.isBlank(next) {
			if c.indent(next) <= indent {
				break
			}
			end = lineEnd
		}
		next = lineEnd
	}
	return end
}

// splice returns the text without [start, end), and with {} where the mapping is
// empty now.
func (c cutter) splice(start, end int) []byte {
	head := slices.Clone(c.data[:start])
	if c.emptied != nil {
		colon := scalarEnd(c.data, c.offset(c.emptied), c.emptied)
		if i := bytes.IndexByte(c.data[colon:start], ':'); i >= 0 {
			head = slices.Insert(head, colon+i+1, ' ', '{', '}')
		}
	}
	return append(head, c.data[end:]...)
}

// commentsAbove moves the start of an entry up over the comment lines directly
// above that are indented like it.
func (c cutter) commentsAbove(start, indent int) int {
	for start > c.text.bom {
		above := c.lineStart(start - 1)
		if c.indent(above) != indent || c.data[above+indent] != '#' {
			break
		}
		start = above
	}
	return start
}

// blankLines widens a cut so that the gaps above and below it do not add up.
func (c cutter) blankLines(start, end int) (int, int) {
	if end < len(c.data) && !c.isBlank(end) {
		return start, end
	}
	if c.at == 0 { // the gap above is that of the mapping
		for end < len(c.data) && c.isBlank(end) {
			end = c.lineEnd(end)
		}
		return start, end
	}
	for start > c.text.bom && c.isBlank(c.lineStart(start-1)) {
		start = c.lineStart(start - 1)
	}
	return start, end
}

// floor returns an offset on the last line of a value that may be indented less
// than its key: the end of quotes and brackets.
func (c cutter) floor(n *yaml.Node) int {
	switch {
	case n.Kind == yaml.ScalarNode, n.Kind == yaml.AliasNode, n.Style&yaml.FlowStyle != 0, len(n.Content) == 0:
		return flowEnd(c.data, c.offset(n), n)
	}
	return c.floor(n.Content[len(n.Content)-1])
}

// lineStart returns the offset at which the line that holds i begins.
func (c cutter) lineStart(i int) int {
	return max(c.text.bom, bytes.LastIndexByte(c.data[:i], '\n')+1)
}

// lineEnd returns the offset behind the line that holds i.
func (c cutter) lineEnd(i int) int {
	if n := bytes.IndexByte(c.data[i:], '\n'); n >= 0 {
		return i + n + 1
	}
	return len(c.data)
}

// isBlank reports whether the line that begins at i has only blanks in it.
func (c cutter) isBlank(i int) bool {
	return len(bytes.TrimSpace(c.data[i:c.lineEnd(i)])) == 0
}

// indent returns the number of spaces with which the line at i begins; -1 for a
// blank one.
func (c cutter) indent(i int) int {
	if c.isBlank(i) {
		return -1
	}
	line := c.data[i:c.lineEnd(i)]
	return len(line) - len(bytes.TrimLeft(line, " "))
}
