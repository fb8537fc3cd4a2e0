// This file builds a tree and a commit from changes in memory.

package git

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Change is what becomes of one file.
type Change struct {
	Path    string // relative to the repository's root, with slashes
	Data    []byte // as it would stand in the worktree
	Deleted bool
}

// Identity is an author or committer.
type Identity struct {
	Name, Email string
}

func (i Identity) String() string { return i.Name + " <" + i.Email + ">" }

// Tree writes the tree that the changes make of base and returns its name.
// Clean filters and line ends of the base's .gitattributes apply, as with git
// add; modes are kept. A symbolic link or submodule is not changed: an error.
func (r *Repository) Tree(ctx context.Context, base string, changes []Change) (string, error) {
	dir, err := os.MkdirTemp("", "flagdebt-index-")
	if err != nil {
		return "", fmt.Errorf("making a folder for the index: %w", err)
	}
	defer os.RemoveAll(dir)
	// Attributes are read from the worktree first. An empty one makes git take
	// them from our index, which is the base's, not the user's.
	empty := filepath.Join(dir, "empty")
	if err := os.Mkdir(empty, 0o700); err != nil {
		return "", fmt.Errorf("making a folder for the index: %w", err)
	}
	b := treeBuild{r: r, dir: empty, environ: []string{
		"GIT_DIR=" + r.gitDir, "GIT_WORK_TREE=" + empty, "GIT_INDEX_FILE=" + filepath.Join(dir, "index"),
	}}
	return b.tree(ctx, base, changes)
}

// treeBuild holds the private index.
type treeBuild struct {
	r       *Repository
	dir     string
	environ []string
}

func (b treeBuild) run(ctx context.Context, doing string, stdin []byte, args ...string) ([]byte, error) {
	return b.r.run(ctx, call{doing: doing, dir: b.dir, args: args, environ: b.environ, stdin: stdin})
}

func (b treeBuild) tree(ctx context.Context, base string, changes []Change) (string, error) {
	if _, err := b.run(ctx, "reading the base commit", nil, "read-tree", base); err != nil {
		return "", err
	}
	modes, err := b.modes(ctx, base, changes)
	if err != nil {
		return "", err
	}
	var info bytes.Buffer
	for _, c := range changes {
		if err := b.entry(ctx, &info, c, modes[c.Path]); err != nil {
			return "", err
		}
	}
	if _, err := b.run(ctx, "changing the index", info.Bytes(), "update-index", "-z", "--index-info"); err != nil {
		return "", err
	}
	out, err := b.run(ctx, "writing the tree", nil, "write-tree")
	if err != nil {
		return "", err
	}
	tree := strings.TrimSpace(string(out))
	return tree, b.onlyTheseIn(ctx, base, tree, changes)
}

// onlyTheseIn returns an error where the tree differs from base in a file that
// is not among the changes: a new file below what was a file takes its place.
func (b treeBuild) onlyTheseIn(ctx context.Context, base, tree string, changes []Change) error {
	out, err := b.run(ctx, "comparing with the base commit", nil, "diff-tree", "-r", "-z", "--no-renames", "--name-only", base, tree)
	if err != nil {
		return err
	}
	for _, name := range strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		if name != "" && !slices.ContainsFunc(changes, func(c Change) bool { return c.Path == name }) {
			return fmt.Errorf("changing the tree: %q would be changed too", name)
		}
	}
	return nil
}

// entry appends one change to the input of update-index.
func (b treeBuild) entry(ctx context.Context, info *bytes.Buffer, c Change, mode string) error {
	switch {
	case !isInside(c.Path):
		return fmt.Errorf("changing %q: not a path inside the repository", c.Path)
	case mode == "" && c.Deleted:
		return fmt.Errorf("deleting %q: the base commit has no such file", c.Path)
	case mode == "":
		mode = "100644"
	case mode != "100644" && mode != "100755":
		return fmt.Errorf("changing %q: it is a symbolic link or a submodule", c.Path)
	}
	if c.Deleted {
		fmt.Fprintf(info, "0 %s\t%s\x00", strings.Repeat("0", 40), c.Path)
		return nil
	}
	data := c.Data
	if data == nil {
		data = []byte{}
	}
	blob, err := b.run(ctx, fmt.Sprintf("writing %q", c.Path), data, "hash-object", "-w", "--path="+c.Path, "--stdin")
	if err != nil {
		return err
	}
	fmt.Fprintf(info, "%s %s\t%s\x00", mode, strings.TrimSpace(string(blob)), c.Path)
	return nil
}

// isInside reports whether a path can be a file of the repository.
func isInside(name string) bool {
	if name == "" || path.Clean(name) != name || !filepath.IsLocal(filepath.FromSlash(name)) || strings.Contains(name, "\x00") {
		return false
	}
	return !slices.ContainsFunc(strings.Split(name, "/"), func(part string) bool { return strings.EqualFold(part, ".git") })
}

// modes returns the modes that the changed files have in base.
func (b treeBuild) modes(ctx context.Context, base string, changes []Change) (map[string]string, error) {
	modes := map[string]string{}
	for some := range slices.Chunk(changes, 200) {
		args := []string{"ls-tree", "-z", "--full-tree", base, "--"}
		for _, c := range some {
			args = append(args, c.Path)
		}
		out, err := b.run(ctx, "reading modes", nil, args...)
		if err != nil {
			return nil, err
		}
		for _, line := range strings.Split(string(out), "\x00") {
			if head, name, ok := strings.Cut(line, "\t"); ok {
				modes[name], _, _ = strings.Cut(head, " ")
			}
		}
	}
	return modes, nil
}

// Commit writes the commit of a tree on base, dated as base is, and returns
// its name. It moves no branch.
func (r *Repository) Commit(ctx context.Context, base, tree, message string, author Identity) (string, error) {
	date, err := r.line(ctx, call{
		doing: "reading the date of the base commit",
		args:  []string{"log", "-1", "--format=@%ct +0000", "--end-of-options", base},
	})
	if err != nil {
		return "", err
	}
	return r.line(ctx, call{
		doing: "writing the commit",
		args:  []string{"commit-tree", tree, "-p", base, "-F", "-"},
		stdin: []byte(message),
		environ: []string{
			"GIT_AUTHOR_NAME=" + author.Name, "GIT_AUTHOR_EMAIL=" + author.Email, "GIT_AUTHOR_DATE=" + date,
			"GIT_COMMITTER_NAME=" + author.Name, "GIT_COMMITTER_EMAIL=" + author.Email, "GIT_COMMITTER_DATE=" + date,
		},
	})
}
