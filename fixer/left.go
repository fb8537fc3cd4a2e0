package fixer

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/registry"
)

// This file tells what is left for people once a flag is gone from the code.

// Mention is a place of the repository that still names a flag: in a comment, in
// documentation, in a configuration, in a file of a build system.
type Mention struct {
	Flag      registry.ID
	Pos       registry.Position
	Text      string // the line, without the blanks around it
	Generated bool   // in a file that a program writes
}

const (
	maxMentionFile = 1 << 20 // bytes; larger files are data
	maxMentions    = 200     // for one flag
	maxMentionText = 120     // bytes
)

// Mentions returns the places of the repository that name the flags once the
// changes are made, by flag and place.
func Mentions(found *analyzer.Found, removed []Removal, changes []Change) ([]Mention, error) {
	if len(removed) == 0 {
		return nil, nil
	}
	repo := found.Prog.Repo
	after := map[string]*Change{}
	for i := range changes {
		after[changes[i].Path] = &changes[i]
	}
	var out []Mention
	err := filepath.WalkDir(repo.Base, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil //nolint:nilerr // what cannot be read is not told
		case d.IsDir():
			if path != repo.Base && isForeign(path, d.Name()) {
				return fs.SkipDir
			}
			return nil
		case !d.Type().IsRegular():
			return nil
		}
		data, ok := textOf(path, d, after[path])
		if ok {
			for _, r := range removed {
				out = append(out, mentionsIn(data, r, repo.Rel(path))...)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("looking for what still names the flags: %w", err)
	}
	slices.SortStableFunc(out, func(a, b Mention) int {
		return cmp.Or(a.Flag.Compare(b.Flag), cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line))
	})
	return out, nil
}

// isForeign reports whether a folder holds what others wrote.
func isForeign(path, name string) bool {
	switch name {
	case ".git", "node_modules", "vendor", "third_party":
		return true
	}
	_, err := os.Lstat(filepath.Join(path, ".git"))
	return err == nil
}

// textOf returns the text of a file once the changes are made; false where it is
// none, or none that people read.
func textOf(path string, d fs.DirEntry, change *Change) ([]byte, bool) {
	if change != nil {
		return change.After, change.After != nil
	}
	if info, err := d.Info(); err != nil || info.Size() > maxMentionFile {
		return nil, false
	}
	data, err := os.ReadFile(path)
	return data, err == nil && bytes.IndexByte(data[:min(len(data), 8000)], 0) < 0
}

// mentionsIn returns the lines of a text that name a flag.
func mentionsIn(data []byte, r Removal, file string) []Mention {
	word := []byte(r.Word())
	if len(word) == 0 || !bytes.Contains(data, word) {
		return nil
	}
	isGenerated := bytes.Contains(data[:min(len(data), 2000)], []byte("DO NOT EDIT"))
	var out []Mention
	line := 0
	for text := range bytes.Lines(data) {
		line++
		if i := wordAt(text, word); i >= 0 && len(out) < maxMentions {
			out = append(out, Mention{r.Flag, registry.Position{File: file, Line: line, Column: i + 1}, shortened(text), isGenerated})
		}
	}
	return out
}

// wordAt returns where a text holds a word by itself; a short one counts in quotes
// alone.
func wordAt(text, word []byte) int {
	for from := 0; ; {
		i := bytes.Index(text[from:], word)
		if i < 0 {
			return -1
		}
		i += from
		before, behind := byte(' '), byte(' ')
		if i > 0 {
			before = text[i-1]
		}
		if end := i + len(word); end < len(text) {
			behind = text[end]
		}
		if len(word) < 4 && before == behind && strings.IndexByte("\"'`", before) >= 0 || len(word) >= 4 && !inWord(before) && !inWord(behind) {
			return i
		}
		from = i + 1
	}
}

// inWord reports whether a byte beside a word makes it another one.
func inWord(c byte) bool {
	return c == '_' || c == '-' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= 0x80
}

func shortened(line []byte) string {
	text := strings.ToValidUTF8(strings.TrimSpace(string(line)), "?")
	if len(text) > maxMentionText {
		text = strings.ToValidUTF8(text[:maxMentionText], "") + "…"
	}
	return text
}

// Steps returns what people have to do outside of the repository, a sentence
// each.
func Steps(found *analyzer.Found, removed []Removal) []string {
	var out []string
	for _, r := range removed {
		system := r.Flag.Source
		for _, s := range found.Sites {
			if system == "" && s.Flag.Key == r.Flag.Key {
				system = s.Provider
			}
		}
		switch {
		case system == analyzer.SymbolSource || found.Oracle.IsRegistry(system):
		case system == "env":
			out = append(out, fmt.Sprintf("Take the variable %s out of the environments that set it: nobody reads it any more.", r.Flag.Key))
		default:
			where, it := "where it is served from", "that"
			if found.Oracle.IsKnownSystem(system) {
				where, it = "in "+system, system
			}
			out = append(out, fmt.Sprintf("Archive %q %s, once this is deployed everywhere. While %s could not be reached, a default in the code served; now %s does.", r.Flag.Key, where, it, r.Winner))
		}
	}
	return out
}
