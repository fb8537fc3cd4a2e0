// Package yamlfile reads the registry file that people write by hand:
//
//	version: 1
//	flags:
//	  new-checkout: {owner: "@payments", kind: release, created: 2026-01-10, expires: 2026-06-30, winner: true}
//	  ship-config:  {permanent: true}
//
// It also takes flags out of that file again. The JSON Schema for editors stands
// beside this file: flags.schema.json.
//
// Dates are days in UTC. An expiry is a date or a version. A winner is the exact
// text of a scalar, or {code-default: true} for the default that each place in
// the code passes itself. What becomes of a flag's definition when the flag is removed
// is what its system says, or retire: remove, keep, {move: comment} or {restage:
// version}. A flag that names no source joins the flag of that key
// in whatever source has it.
package yamlfile

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"github.com/flagdebt/flagdebt/internal/config/document"
	"github.com/flagdebt/flagdebt/registry"
)

// Load reads a registry file; display is its name in positions. Its error, if
// any, tells all mistakes, a line each.
func Load(path, display string) (registry.Set, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return registry.Set{}, fmt.Errorf("reading registry %s: %w", display, err)
	}
	return Parse(data, display)
}

// Parse reads the text of a registry file; file is its name in positions. Its
// error, if any, tells all mistakes, a line each.
func Parse(data []byte, file string) (registry.Set, error) {
	doc, err := document.Parse(data, file)
	if err != nil {
		return registry.Set{}, err
	}
	r := reader{file: file}
	root := doc.Root()
	root.Fields(r.fields())
	if root.IsMapping() && r.version == 0 {
		root.Errorf("no version: begin the file with \"version: 1\"")
	}
	if root.IsMapping() && !r.hasFlags {
		root.Errorf("no flags: list them in a mapping \"flags\"")
	}
	if err := doc.Err(); err != nil {
		return registry.Set{}, err
	}
	return registry.Set{Flags: r.flags}, nil
}

// Remove returns the text of a registry file without some flags, and without the
// comments directly above them; everything else stays as it is. A flag that is
// not there is an error.
func Remove(data []byte, keys ...string) ([]byte, error) {
	doc, err := document.Parse(data, "")
	if err != nil {
		return nil, err
	}
	return doc.Root().Without("flags", keys...)
}

// RemoveKey returns the text of any YAML or JSON file without the entries of a key,
// wherever they stand, and without the items of lists that are named so; everything
// else stays as it is. A stream of several YAML documents is taken one by one.
func RemoveKey(data []byte, key string) ([]byte, error) {
	var out []byte
	for _, part := range documents(data) {
		if bytes.Contains(part, []byte(key)) {
			doc, err := document.Parse(part, "")
			if err != nil {
				return nil, err
			}
			if part, _, err = doc.Root().WithoutKey(key); err != nil {
				return nil, err
			}
		}
		out = append(out, part...)
	}
	return out, nil
}

// documents cuts a stream before each line that begins a document: no value may hold
// one (YAML 1.2.2, rule c-forbidden).
func documents(data []byte) [][]byte {
	var out [][]byte
	start := 0
	for i := 0; i < len(data); {
		end := i + bytes.IndexByte(data[i:], '\n') + 1
		if end == i {
			end = len(data)
		}
		if line := data[i:end]; i > start && bytes.HasPrefix(line, []byte("---")) && (len(line) == 3 || bytes.ContainsAny(line[3:4], " \t\r\n")) {
			out, start = append(out, data[start:i]), i
		}
		i = end
	}
	return append(out, data[start:])
}

// reader reads one registry file.
type reader struct {
	file     string
	version  int
	hasFlags bool
	flags    []registry.Flag
}

// fields describes the whole file.
func (r *reader) fields() document.Fields {
	return document.Fields{
		"version": document.Version(&r.version),
		"flags":   r.takeFlags,
	}
}

// takeFlags takes the flags.
func (r *reader) takeFlags(n document.Node) {
	r.hasFlags = true
	if n.IsNull() {
		return
	}
	n.Entries(func(key string, at, value document.Node) {
		f := registry.Flag{ID: registry.ID{Key: key}, Origin: at.Pos()}
		if !value.IsNull() && value.Fields(r.flagFields(&f)) {
			check(at, f)
		}
		r.flags = append(r.flags, f)
	})
}

// flagFields describes one flag.
func (r *reader) flagFields(f *registry.Flag) document.Fields {
	return document.Fields{
		"owner":       document.Text(&f.Owner),
		"kind":        document.Text(&f.Kind),
		"created":     takeDate(&f.Created),
		"expires":     takeExpiry(&f.Expires),
		"permanent":   document.Bool(&f.Permanent),
		"winner":      r.takeWinner(f),
		"source":      document.Text(&f.ID.Source),
		"project":     document.Text(&f.ID.Project),
		"retire":      document.House(&f.Retire),
		"description": document.Text(&f.Description),
	}
}

// check tells what the parts of a flag say against each other.
func check(at document.Node, f registry.Flag) {
	if f.Permanent && !f.Expires.IsZero() {
		at.Errorf("flag %q is permanent, but expires: keep one of the two", f.ID.Key)
	}
	if f.Permanent && !f.Winner.IsZero() {
		at.Errorf("flag %q is permanent, but has a winner: keep one of the two", f.ID.Key)
	}
	if !f.Created.IsZero() && !f.Expires.Date.IsZero() && f.Expires.Date.Before(f.Created) {
		at.Errorf("flag %q expires on %s, before it was created on %s", f.ID.Key, f.Expires.Date, f.Created)
	}
}

// takeDate takes a day.
func takeDate(dst *registry.Date) func(document.Node) {
	return func(n document.Node) {
		s, ok := n.Text()
		if !ok {
			return
		}
		d, err := registry.ParseDate(s)
		if err != nil {
			n.Errorf("%v", err)
		}
		*dst = d
	}
}

// takeExpiry takes a day or a version.
func takeExpiry(dst *registry.Expiry) func(document.Node) {
	return func(n document.Node) {
		s, ok := n.Text()
		if !ok {
			return
		}
		if v, err := registry.ParseVersion(s); err == nil && strings.ContainsAny(s, "v.") {
			dst.Version = v
			return
		}
		d, err := registry.ParseDate(s)
		if err != nil {
			n.Errorf("%v; or write a version, as in v1.4.0", err)
		}
		dst.Date = d
	}
}

// takeWinner takes the text of a scalar, or {code-default: true}.
func (r *reader) takeWinner(f *registry.Flag) func(document.Node) {
	return func(n document.Node) {
		if n.IsMapping() {
			if n.Fields(winnerFields(&f.Winner)) && !f.Winner.CodeDefault {
				n.Errorf("no winner: write its value, or {code-default: true}")
			}
		} else if s, ok := n.Text(); ok {
			f.Winner.Value = registry.NewValue(s)
		}
		f.Settled = r.file + " names the winner"
	}
}

// winnerFields describes a winner that is no value.
func winnerFields(w *registry.Winner) document.Fields {
	return document.Fields{"code-default": document.Bool(&w.CodeDefault)}
}
