package program

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// Match returns the folders that package patterns name, as the go command
// reads them: "./x", "./x/...", import paths with "...", relative to the folder
// dir. A pattern that matches nothing is an error.
func (r *Repository) Match(dir string, patterns []string) (map[*Dir]bool, error) {
	out := map[*Dir]bool{}
	for _, p := range patterns {
		n := 0
		for _, d := range r.Dirs {
			if matches(dir, p, d) {
				out[d] = true
				n++
			}
		}
		if n == 0 {
			hint := "patterns are ./..., ./dir, ./dir/... or import paths"
			if slices.ContainsFunc(r.Dirs, func(d *Dir) bool { return matches(dir, "./"+p, d) }) {
				hint = fmt.Sprintf("did you mean %q?", "./"+p)
			}
			return nil, fmt.Errorf("matching packages: pattern %q matches no package below %s; %s", p, r.Root, hint)
		}
	}
	return out, nil
}

func matches(dir, pattern string, d *Dir) bool {
	if pattern == "." || pattern == ".." || strings.HasPrefix(pattern, "./") || strings.HasPrefix(pattern, "../") || filepath.IsAbs(pattern) {
		abs := filepath.FromSlash(pattern)
		if !filepath.IsAbs(abs) {
			abs = filepath.Join(dir, abs)
		}
		if prefix, ok := strings.CutSuffix(filepath.ToSlash(abs), "/..."); ok {
			_, in := below(filepath.FromSlash(prefix), d.Path)
			return in
		}
		return filepath.Clean(abs) == d.Path
	}
	if pattern == "all" || pattern == "..." {
		return true
	}
	if prefix, ok := strings.CutSuffix(pattern, "/..."); ok {
		return d.ImportPath == prefix || strings.HasPrefix(d.ImportPath, prefix+"/")
	}
	return d.ImportPath == pattern
}
