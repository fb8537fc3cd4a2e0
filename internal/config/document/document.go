package document

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/flagdebt/flagdebt/registry"
)

// Document is the syntax tree of one YAML file, and the mistakes found in it.
type Document struct {
	file string
	data []byte
	text text
	root *yaml.Node // the value of the file
	errs []*Error
}

// Error is a mistake at a position.
type Error struct {
	Pos     registry.Position
	Message string

	offset int
}

// Error returns the mistake with its position first.
func (e *Error) Error() string { return e.Pos.String() + ": " + e.Message }

// Parse reads data; file is its name in positions. A file that is no YAML, or
// has nothing in it, is an error.
func Parse(data []byte, file string) (*Document, error) {
	d := &Document{file: file, data: data, text: newText(data)}
	if i := invalidUTF8(data); i >= 0 {
		return nil, d.errorAt(i, "the file is not UTF-8")
	}
	loader, err := yaml.NewLoader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	var first, second yaml.Node
	switch err := loader.Load(&first); {
	case errors.Is(err, io.EOF) || err == nil && isEmpty(&first):
		return nil, &Error{Pos: registry.Position{File: file, Line: 1, Column: 1}, Message: "the file is empty: begin it with \"version: 1\""}
	case err != nil:
		return nil, d.syntaxError(err)
	}
	switch err := loader.Load(&second); {
	case err == nil:
		return nil, d.errorAt(d.text.offset(second.Line, second.Column), "a second document: one file holds one document")
	case !errors.Is(err, io.EOF):
		return nil, d.syntaxError(err)
	}
	d.root = first.Content[0]
	return d, nil
}

// invalidUTF8 returns the offset of the first byte that is no UTF-8, or -1.
func invalidUTF8(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// isEmpty reports whether a document has no value.
func isEmpty(n *yaml.Node) bool {
	return len(n.Content) == 0 || n.Content[0].Kind == yaml.ScalarNode && n.Content[0].Value == "" && n.Content[0].Style == 0
}

// syntaxError words an error of the YAML library.
func (d *Document) syntaxError(err error) error {
	var e *yaml.LoadError
	if !errors.As(err, &e) || e.Mark.Line == 0 {
		return fmt.Errorf("reading %s: %w", d.file, err)
	}
	message := e.Message
	if e.ContextMsg != "" && e.ContextMark.Line > 0 {
		message += fmt.Sprintf(" %s that begins on line %d", e.ContextMsg, e.ContextMark.Line)
	}
	return d.errorAt(d.text.offset(e.Mark.Line, e.Mark.Column), message)
}

// errorAt returns the mistake at an offset.
func (d *Document) errorAt(offset int, message string) *Error {
	return &Error{Pos: d.position(offset), Message: message, offset: offset}
}

// position converts an offset.
func (d *Document) position(offset int) registry.Position {
	line, column := d.text.position(offset)
	return registry.Position{File: d.file, Line: line, Column: column}
}

// Root returns the value of the whole file.
func (d *Document) Root() Node { return d.node(d.root) }

// Err returns all mistakes told so far, in the order of the text, or nil.
func (d *Document) Err() error {
	slices.SortStableFunc(d.errs, func(a, b *Error) int { return a.offset - b.offset })
	var all []error
	for i, e := range d.errs {
		if i == 0 || *e != *d.errs[i-1] {
			all = append(all, e)
		}
	}
	return errors.Join(all...)
}
