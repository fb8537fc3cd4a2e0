package main

// This file puts findings aside: into a baseline, or because they are older than a
// revision.

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/internal/git"
)

// writeBaseline writes all findings of the universe to the baseline file.
func (c *command) writeBaseline(cmd *cobra.Command, name string) error {
	if err := c.checkFormat("text"); err != nil {
		return err
	}
	d, checked, err := c.check(cmd, nil, analyzer.Settings{NoBaseline: true})
	if err != nil {
		return err
	}
	if checked.JudgedNothing() {
		return errNothingJudged
	}
	text, n := checked.Baseline()
	path := d.BaselinePath(name)
	if err := os.WriteFile(path, text, 0o666); err != nil {
		return fmt.Errorf("writing the baseline: %w", err)
	}
	shown := path
	if rel, err := filepath.Rel(d.Dir, path); err == nil {
		shown = rel
	}
	fmt.Fprintf(c.stdout, "%s written to %s.\n", counted(n, "finding"), filepath.ToSlash(shown))
	if len(checked.Problems) > 0 {
		fmt.Fprintln(c.stdout, "Not all packages compile: what they hold is told once they do.")
	}
	return nil
}

// dropOlder takes out of the findings those that stand on no line that is new since
// a revision, and returns how many these were. "" is no revision.
func (c *command) dropOlder(ctx context.Context, d *analyzer.Driver, checked *analyzer.Checked, since string) (int, error) {
	if since == "" {
		return 0, nil
	}
	isNew, err := c.newSince(ctx, d, since)
	if err != nil {
		return 0, fmt.Errorf("--new-from %s: %w", since, err)
	}
	all := len(checked.Findings)
	checked.Findings = slices.DeleteFunc(checked.Findings, func(f analyzer.Finding) bool { return !isNew(f) })
	return all - len(checked.Findings), nil
}

// newSince returns a function that reports whether a finding stands on a line that is
// new since a revision.
func (c *command) newSince(ctx context.Context, d *analyzer.Driver, since string) (func(analyzer.Finding) bool, error) {
	repo, err := git.Open(ctx, d.Base, c.environ)
	if err != nil {
		return nil, err
	}
	changed, err := repo.ChangedSince(ctx, since)
	if err != nil && repo.IsShallow(ctx) {
		return nil, fmt.Errorf("%w: the history of this clone is cut off; fetch the revision first, as in git fetch origin %s", err, since)
	}
	if err != nil {
		return nil, err
	}
	prefix, err := filepath.Rel(realPath(repo.Root()), realPath(d.Base))
	if err != nil {
		return nil, err
	}
	return func(f analyzer.Finding) bool {
		file := filepath.ToSlash(filepath.Join(prefix, filepath.FromSlash(f.Pos.File)))
		for line := f.Pos.Line; line <= max(f.Pos.Line, f.End.Line); line++ {
			if changed.Has(file, line) {
				return true
			}
		}
		return false
	}, nil
}

// realPath returns a path without symbolic links, where that can be told.
func realPath(path string) string {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		return target
	}
	return path
}
