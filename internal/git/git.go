package git

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Repository is a git repository on disk.
type Repository struct {
	root    string   // of the user's worktree; of the repository where it is bare
	gitDir  string   // absolute; of this worktree
	environ []string // scrubbed
}

// Open returns the repository that holds dir. The environment is that of the
// process; whatever looks like a secret in it is not handed to git.
func Open(ctx context.Context, dir string, environ []string) (*Repository, error) {
	r := &Repository{root: dir, environ: scrub(environ)}
	out, err := r.run(ctx, call{
		doing: fmt.Sprintf("opening the repository in %s", dir),
		args:  []string{"rev-parse", "--is-bare-repository", "--absolute-git-dir"},
	})
	if err != nil {
		return nil, err
	}
	bare, gitDir, _ := strings.Cut(strings.TrimRight(string(out), "\n"), "\n")
	r.gitDir, r.root = gitDir, gitDir
	if bare == "true" {
		return r, nil
	}
	top, err := r.run(ctx, call{doing: "finding the root of the repository", dir: dir, args: []string{"rev-parse", "--show-toplevel"}})
	if err != nil {
		return nil, err
	}
	r.root = filepath.FromSlash(strings.TrimRight(string(top), "\n"))
	return r, nil
}

// Root returns the root of the user's worktree.
func (r *Repository) Root() string { return r.root }

// Resolve returns the commit that rev names.
func (r *Repository) Resolve(ctx context.Context, rev string) (string, error) {
	return r.object(ctx, rev, "commit")
}

// TreeOf returns the tree of a commit.
func (r *Repository) TreeOf(ctx context.Context, commit string) (string, error) {
	return r.object(ctx, commit, "tree")
}

// object returns the object of a kind that rev names.
func (r *Repository) object(ctx context.Context, rev, kind string) (string, error) {
	sha, err := r.line(ctx, call{
		doing: fmt.Sprintf("resolving %q", rev),
		args:  []string{"rev-parse", "--verify", "--quiet", "--end-of-options", rev + "^{" + kind + "}"},
	})
	var silent *Error
	if errors.As(err, &silent) && silent.Line == "" {
		return "", fmt.Errorf("resolving %q: there is no such %s here", rev, kind)
	}
	return sha, err
}

// IsShallow reports whether history is cut off.
func (r *Repository) IsShallow(ctx context.Context) bool {
	out, err := r.line(ctx, call{doing: "asking whether history is whole", args: []string{"rev-parse", "--is-shallow-repository"}})
	return err == nil && out == "true"
}

// Quarantine returns a view of r whose new objects go to a folder of their
// own, so that r is read only; free throws them away.
func (r *Repository) Quarantine(ctx context.Context) (view *Repository, free func(), err error) {
	objects, err := r.line(ctx, call{doing: "finding the objects", args: []string{"rev-parse", "--path-format=absolute", "--git-path", "objects"}})
	if err != nil {
		return nil, nil, err
	}
	dir, err := os.MkdirTemp("", "flagdebt-objects-")
	if err != nil {
		return nil, nil, fmt.Errorf("making a folder for objects: %w", err)
	}
	v := *r
	v.environ = append(append([]string(nil), r.environ...),
		"GIT_OBJECT_DIRECTORY="+dir, "GIT_ALTERNATE_OBJECT_DIRECTORIES="+objects)
	return &v, func() { _ = os.RemoveAll(dir) }, nil
}

// validBranch returns an error unless name can be a branch.
func (r *Repository) validBranch(ctx context.Context, name string) error {
	_, err := r.run(ctx, call{
		doing: fmt.Sprintf("checking the branch name %q", name),
		args:  []string{"check-ref-format", "refs/heads/" + name},
	})
	return err
}
