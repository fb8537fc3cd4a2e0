package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/fixer"
	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/registry"
	"github.com/flagdebt/flagdebt/registry/yamlfile"
)

// This file takes flags out of the configuration files that are declared.

// takeOutOfFiles adds the changes of the files of fix.files: they lose the flags
// that are gone, but for those whose definition stays, for who still names them.
func (w *whole) takeOutOfFiles(d *analyzer.Driver, result *fixer.Result) {
	for _, path := range declaredFiles(d) {
		rel, err := filepath.Rel(d.Base, path)
		if err != nil || slices.ContainsFunc(w.changes, func(c fixer.Change) bool { return c.Path == path }) {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			continue // it cannot name a flag to the program either
		}
		change := fixer.Change{Path: path, File: filepath.ToSlash(rel), Before: data, After: data}
		for _, r := range result.Removed {
			if slices.Contains(result.Kept, r.Flag) || !bytes.Contains(change.After, []byte(r.Word())) {
				continue
			}
			if after, err := yamlfile.RemoveKey(change.After, r.Word()); err != nil {
				w.refusals = append(w.refusals, fixer.Refusal{
					Flag: r.Flag, Reason: reasonEntry, Pos: registry.Position{File: change.File, Line: 1, Column: 1}, Next: "Take it out by hand.",
					Message: fmt.Sprintf("cannot remove flag %q: %s: %v", r.Flag.Key, reasonEntry, err),
				})
			} else {
				change.After = after
			}
		}
		if !bytes.Equal(change.Before, change.After) {
			w.changes = append(w.changes, change)
		}
	}
}

// declaredFiles returns the files of fix.files, sorted.
func declaredFiles(d *analyzer.Driver) []string {
	globs := d.Config.Fix.Files
	if len(globs) == 0 {
		return nil
	}
	var out []string
	_ = filepath.WalkDir(d.Root, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return nil //nolint:nilerr // what cannot be read is not changed
		}
		if e.IsDir() {
			if name := e.Name(); name == ".git" || name == "node_modules" || name == "vendor" {
				return fs.SkipDir
			}
			return nil
		}
		rel, err := filepath.Rel(d.Base, path)
		fits := func(g config.Glob) bool { return g.Match(filepath.ToSlash(rel)) }
		if err == nil && e.Type().IsRegular() && slices.ContainsFunc(globs, fits) {
			out = append(out, path)
		}
		return nil
	})
	return out
}
