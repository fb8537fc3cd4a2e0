package analyzer

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/registry"
)

// This file finds where text outside of typed Go code names a flag: in other
// languages, templates, configuration, documents, files that no build takes. It is
// no more than text: nobody knows what it does.

// Mention is a place outside of typed Go code that names a flag.
type Mention struct {
	Flag registry.ID
	Pos  registry.Position
}

// maxMentionFile bounds the files that are read for mentions: what is larger was
// written by no person.
const maxMentionFile = 1 << 20

// Mentions returns the places of the repository that name a flag of the registry,
// or one that a Site asks for. Registry files are left out, and what other people's
// code says (vendor, node_modules).
func (c *Checked) Mentions(ctx context.Context, d *Driver) ([]Mention, error) {
	m := mentions{skip: map[string]bool{}, keys: map[string][]registry.ID{}}
	for _, s := range c.Sites {
		if s.KeyKind == KeyConstant {
			m.add(s.Flag)
		}
	}
	for _, f := range c.Registry.Flags() {
		m.add(f.ID)
	}
	for path := range c.Found.Prog.Files {
		m.skip[path] = true
	}
	for _, s := range c.Found.Prog.Ignored {
		delete(m.skip, s.Path)
	}
	for _, dir := range c.Repo.Dirs { // code that names no way of asking: the same words mean something else
		for _, s := range dir.Files {
			m.skip[s.Path] = m.skip[s.Path] || c.Found.Prog.Files[s.Path] == nil
		}
	}
	for _, f := range d.Config.Registry {
		m.skip[f.Path] = true
	}
	err := filepath.WalkDir(d.Base, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil || ctx.Err() != nil:
			return cmp.Or(ctx.Err(), err)
		case entry.IsDir() && path != d.Base && isOthers(path, entry.Name()):
			return filepath.SkipDir
		case !entry.Type().IsRegular() || m.skip[path] || entry.Name() == config.FileName:
			return nil
		}
		return m.read(path, c.Repo.Rel(path))
	})
	if err != nil {
		return nil, fmt.Errorf("looking for what else names the flags: %w", err)
	}
	slices.SortFunc(m.found, func(a, b Mention) int { return cmp.Or(comparePos(a.Pos, b.Pos), a.Flag.Compare(b.Flag)) })
	return m.found, nil
}

// isOthers reports whether a folder holds what is not this repository's to change.
func isOthers(path, name string) bool {
	if name == ".git" || name == "vendor" || name == "node_modules" {
		return true
	}
	_, err := os.Lstat(filepath.Join(path, ".git"))
	return err == nil
}

// mentions looks for keys in text.
type mentions struct {
	keys  map[string][]registry.ID // by the key's first word
	skip  map[string]bool          // files, by absolute path
	found []Mention
}

// add has a flag looked for, each key once.
func (m *mentions) add(id registry.ID) {
	word := id.Key[:wordEnd([]byte(id.Key), 0)]
	if word == "" || slices.ContainsFunc(m.keys[word], func(o registry.ID) bool { return o.Key == id.Key }) {
		return
	}
	m.keys[word] = append(m.keys[word], id)
}

// read looks into one file; one that is no text says nothing.
func (m *mentions) read(path, rel string) error {
	info, err := os.Lstat(path)
	if err != nil || info.Size() > maxMentionFile {
		return err
	}
	data, err := os.ReadFile(path)
	if err != nil || !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		return err
	}
	line, start := 1, 0
	for i := 0; i < len(data); i++ {
		end := wordEnd(data, i)
		if data[i] == '\n' {
			line, start = line+1, i+1
		}
		if end == i {
			continue
		}
		for _, id := range m.keys[string(data[i:end])] {
			if isNamed(data, i, id.Key) {
				m.found = append(m.found, Mention{id, registry.Position{File: rel, Line: line, Column: i - start + 1}})
			}
		}
		i = end - 1
	}
	return nil
}

// wordEnd returns where the word ends that begins at i; i, if none does.
func wordEnd(data []byte, i int) int {
	for i < len(data) && isWord(data[i]) {
		i++
	}
	return i
}

func isWord(b byte) bool {
	return b == '_' || b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b >= 0x80
}

// isNamed reports whether a key stands at i, whole. A key that is a plain word of
// the language must look like a name: in quotes, or before a colon or an equals
// sign.
func isNamed(data []byte, i int, key string) bool {
	rest, ok := bytes.CutPrefix(data[i:], []byte(key))
	if !ok || i > 0 && data[i-1] == '-' || len(rest) > 0 && (isWord(rest[0]) || rest[0] == '-') {
		return false
	}
	if len(rest) > 1 && rest[0] == '.' && isWord(rest[1]) && strings.Contains(key, ".") {
		return false
	}
	if strings.ContainsFunc(key, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return true
	}
	next := bytes.TrimLeft(rest, " ")
	if len(next) > 0 && (next[0] == ':' || next[0] == '=') {
		return true
	}
	return i > 0 && len(rest) > 0 && data[i-1] == rest[0] && strings.IndexByte("\"'`", rest[0]) >= 0
}
