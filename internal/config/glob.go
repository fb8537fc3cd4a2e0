package config

import (
	"errors"
	"regexp"
	"strings"
)

// Glob is a pattern for flag keys or for paths, checked.
type Glob struct {
	text string
	re   *regexp.Regexp
}

// String returns the pattern as it was written.
func (g Glob) String() string { return g.text }

// MarshalText returns the pattern as it was written.
func (g Glob) MarshalText() ([]byte, error) { return []byte(g.text), nil }

// Match reports whether s fits. Paths are relative to the repository's root, with
// slashes.
func (g Glob) Match(s string) bool { return g.re.MatchString(s) }

// matchAny reports whether s fits one of the patterns.
func matchAny(globs []Glob, s string) bool {
	for _, g := range globs {
		if g.Match(s) {
			return true
		}
	}
	return false
}

// keyGlob returns a pattern for flag keys: * stands for any text, ? for one
// character.
func keyGlob(pattern string) (Glob, error) {
	if pattern == "" {
		return Glob{}, errors.New("empty pattern")
	}
	return newGlob(pattern, pattern, strings.NewReplacer(`\*`, `.*`, `\?`, `.`), ""), nil
}

// pathGlob returns a pattern for paths: * and ? stay inside one folder, ** spans
// folders, and a folder stands for everything below it. The pattern is relative
// to prefix, a folder.
func pathGlob(prefix, pattern string) (Glob, error) {
	switch {
	case pattern == "":
		return Glob{}, errors.New("empty pattern")
	case strings.Contains(pattern, `\`):
		return Glob{}, errors.New("paths are written with slashes")
	case strings.HasPrefix(pattern, "/"):
		return Glob{}, errors.New("paths are relative to the folder of this file: begin without a slash")
	case strings.Contains("/"+pattern+"/", "/../"):
		return Glob{}, errors.New("paths cannot lead out of the folder of this file")
	}
	full := strings.TrimSuffix(strings.TrimPrefix(pattern, "./"), "/")
	if prefix != "" && prefix != "." {
		full = prefix + "/" + full
	}
	stars := strings.NewReplacer(`\*\*/`, `(.*/)?`, `\*\*`, `.*`, `\*`, `[^/]*`, `\?`, `[^/]`)
	return newGlob(pattern, full, stars, "(/.*)?"), nil
}

// newGlob makes a Glob from a pattern whose special characters stars translates.
func newGlob(text, pattern string, stars *strings.Replacer, tail string) Glob {
	return Glob{text, regexp.MustCompile(`^(?s:` + stars.Replace(regexp.QuoteMeta(pattern)) + tail + `)$`)}
}
