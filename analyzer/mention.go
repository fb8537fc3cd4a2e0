package analyzer

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/program"
	"github.com/flagdebt/flagdebt/registry"
)

// This file finds where text names a flag: what typed Go code does not say, in other
// languages, templates, configuration, documents, files that no build takes; and what
// is left to say once a flag is gone. It is no more than text: nobody knows what it
// does.

// Mention is a place that names a flag.
type Mention struct {
	Flag      registry.ID
	Pos       registry.Position
	Text      string // the line, without the blanks around it
	Generated bool   // in a file that a program writes
}

const (
	maxMentionFile = 1 << 20 // bytes: what is larger was written by no person
	maxMentionText = 120     // bytes
)

// Mentions returns the places of the repository that name a flag of the registry,
// or one that a Site asks for. Registry files are left out, and what other people's
// code says (vendor, node_modules).
func (c *Checked) Mentions(ctx context.Context, d *Driver) ([]Mention, error) {
	words := map[registry.ID]string{}
	for _, s := range c.Sites {
		if s.KeyKind == KeyConstant {
			words[s.Flag] = s.Flag.Key
		}
	}
	for _, f := range c.Registry.Flags() {
		words[f.ID] = f.ID.Key
	}
	skip := map[string]bool{}
	for path := range c.Found.Prog.Files {
		skip[path] = true
	}
	for _, s := range c.Found.Prog.Ignored {
		delete(skip, s.Path)
	}
	for _, dir := range c.Repo.Dirs { // code that names no way of asking: the same words mean something else
		for _, s := range dir.Files {
			skip[s.Path] = skip[s.Path] || c.Found.Prog.Files[s.Path] == nil
		}
	}
	for _, f := range d.Config.Registry {
		skip[f.Path] = true
	}
	if d.Baseline != nil {
		skip[filepath.Join(d.Base, filepath.FromSlash(d.Baseline.File))] = true
	}
	return FindMentions(ctx, c.Repo, words, func(path string) ([]byte, bool) {
		if skip[path] || filepath.Base(path) == config.FileName {
			return nil, true
		}
		return nil, false
	})
}

// FindMentions returns the places of a repository that hold the words which flags are
// named by, by place. Of the files for which instead says so it takes the text from
// there.
func FindMentions(ctx context.Context, repo *program.Repository, words map[registry.ID]string, instead func(path string) ([]byte, bool)) ([]Mention, error) {
	m := mentions{words: map[string][]named{}}
	for _, id := range slices.SortedFunc(maps.Keys(words), registry.ID.Compare) {
		m.add(id, words[id])
	}
	err := filepath.WalkDir(repo.Base, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			return nil //nolint:nilerr // what cannot be read is not told
		case entry.IsDir() && path != repo.Base && program.IsForeign(path):
			return filepath.SkipDir
		case !entry.Type().IsRegular():
			return nil
		}
		data, ok := instead(path)
		if !ok {
			data = textOf(path, entry)
		}
		m.read(data, repo.Rel(path))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for what names the flags: %w", err)
	}
	slices.SortStableFunc(m.found, func(a, b Mention) int { return cmp.Or(comparePos(a.Pos, b.Pos), a.Flag.Compare(b.Flag)) })
	return m.found, nil
}

// textOf returns the text of a file; nil where it is none, or none that people read.
func textOf(path string, entry fs.DirEntry) []byte {
	if info, err := entry.Info(); err != nil || info.Size() > maxMentionFile {
		return nil
	}
	data, err := os.ReadFile(path)
	if err != nil || !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		return nil
	}
	return data
}

// mentions looks for words in text.
type mentions struct {
	words map[string][]named // by what the word begins with
	found []Mention
}

// named is a word, and the flag that it names.
type named struct {
	flag registry.ID
	word string
}

// add has a flag looked for, each word once.
func (m *mentions) add(id registry.ID, word string) {
	first := word[:wordEnd([]byte(word), 0)]
	if first == "" || slices.ContainsFunc(m.words[first], func(o named) bool { return o.word == word }) {
		return
	}
	m.words[first] = append(m.words[first], named{id, word})
}

// read looks into one text.
func (m *mentions) read(data []byte, rel string) {
	isGenerated := bytes.Contains(data[:min(len(data), 2000)], []byte("DO NOT EDIT"))
	line, start := 1, 0
	for i := 0; i < len(data); i++ {
		end := wordEnd(data, i)
		if data[i] == '\n' {
			line, start = line+1, i+1
		}
		if end == i {
			continue
		}
		for _, n := range m.words[string(data[i:end])] {
			if isNamed(data, i, n.word) {
				m.found = append(m.found, Mention{n.flag, registry.Position{File: rel, Line: line, Column: i - start + 1}, lineAt(data, start), isGenerated})
			}
		}
		i = end - 1
	}
}

// lineAt returns the line that begins at an offset, as one shows it.
func lineAt(data []byte, start int) string {
	line, _, _ := bytes.Cut(data[start:], []byte{'\n'})
	text := strings.TrimSpace(strings.ToValidUTF8(string(line), "?"))
	if len(text) > maxMentionText {
		text = strings.ToValidUTF8(text[:maxMentionText], "") + "…"
	}
	return text
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

// isNamed reports whether a key stands at i, whole. A key that is short, or a plain
// word of the language, must look like a name: in quotes, or before a colon or an
// equals sign.
func isNamed(data []byte, i int, key string) bool {
	rest, ok := bytes.CutPrefix(data[i:], []byte(key))
	if !ok || i > 0 && data[i-1] == '-' || len(rest) > 0 && (isWord(rest[0]) || rest[0] == '-') {
		return false
	}
	if len(rest) > 1 && rest[0] == '.' && isWord(rest[1]) && strings.Contains(key, ".") {
		return false
	}
	if len(key) > 3 && strings.ContainsFunc(key, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return true
	}
	next := bytes.TrimLeft(rest, " ")
	if len(next) > 0 && (next[0] == ':' || next[0] == '=') {
		return true
	}
	return i > 0 && len(rest) > 0 && data[i-1] == rest[0] && strings.IndexByte("\"'`", rest[0]) >= 0
}
