package main

// This file finds the owner of a flag in CODEOWNERS.

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// ownersFiles are the places of CODEOWNERS; the first that exists counts.
var ownersFiles = []string{".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"}

// ownersLine is a line of CODEOWNERS.
type ownersLine struct {
	path   *regexp.Regexp
	owners []string
}

// addOwners gives a flag the one owner of all files that ask for it, where there
// is one.
func (p *proposal) addOwners(base string) {
	lines := readOwners(base)
	for _, e := range p.flags {
		for n, file := range e.files {
			owner := ownerOf(lines, file)
			if n > 0 && owner != e.owner {
				owner = ""
			}
			if e.owner = owner; owner == "" {
				break
			}
		}
	}
}

// readOwners reads CODEOWNERS. Lines that are not understood are left out.
func readOwners(base string) []ownersLine {
	for _, name := range ownersFiles {
		data, err := os.ReadFile(filepath.Join(base, filepath.FromSlash(name)))
		if err != nil {
			continue
		}
		var out []ownersLine
		for line := range strings.Lines(string(data)) {
			line, _, _ = strings.Cut(line, "#")
			fields := strings.Fields(line)
			if len(fields) == 0 || strings.HasPrefix(fields[0], "[") { // a section of GitLab
				continue
			}
			if path := ownedPath(fields[0]); path != nil {
				out = append(out, ownersLine{path, fields[1:]})
			}
		}
		return out
	}
	return nil
}

// ownerOf returns the owner of a file; "" where there is none or more than one.
// The last line that matches counts.
func ownerOf(lines []ownersLine, file string) string {
	for i := len(lines) - 1; i >= 0; i-- {
		if lines[i].path.MatchString(file) {
			if len(lines[i].owners) == 1 {
				return lines[i].owners[0]
			}
			return ""
		}
	}
	return ""
}

// ownedPath compiles a pattern as git reads it in .gitignore; nil is one that is
// not understood.
func ownedPath(pattern string) *regexp.Regexp {
	if strings.ContainsAny(pattern, `\[]!`) {
		return nil
	}
	rooted := strings.Contains(strings.TrimSuffix(pattern, "/"), "/")
	text := regexp.QuoteMeta(strings.Trim(pattern, "/"))
	text = strings.NewReplacer(`/\*\*/`, `/(.*/)?`, `\*\*/`, `(.*/)?`, `/\*\*`, `/.*`, `\*\*`, `.*`, `\*`, `[^/]*`, `\?`, `[^/]`).Replace(text)
	start, end := `^(.*/)?`, `(/.*)?$`
	if rooted {
		start = `^`
	}
	switch {
	case strings.HasSuffix(pattern, "/"):
		end = `/.*$`
	case strings.HasSuffix(pattern, "/*"): // the files of the folder, and no folder below
		end = `$`
	}
	return regexp.MustCompile(start + text + end)
}
