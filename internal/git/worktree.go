package git

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

// Worktree is a scratch copy of one commit, outside the user's worktree.
type Worktree struct {
	Dir string
	r   *Repository
}

// Worktree checks out a commit into a temporary folder. The caller removes it.
func (r *Repository) Worktree(ctx context.Context, commit string) (*Worktree, error) {
	dir, err := os.MkdirTemp("", "flagdebt-tree-")
	if err != nil {
		return nil, fmt.Errorf("making a folder for the worktree: %w", err)
	}
	w := &Worktree{Dir: dir, r: r}
	// Sparse checkouts are undone here: a flag may stand in what is left out.
	_, err = r.run(ctx, call{
		doing: "checking out the base commit",
		args:  []string{"-c", "core.sparseCheckout=false", "worktree", "add", "--quiet", "--detach", "--force", dir, commit},
	})
	if err != nil {
		return nil, errors.Join(err, w.Remove(ctx))
	}
	return w, nil
}

// removeLimit is how long the removal of a worktree may take.
const removeLimit = time.Minute

// Remove removes the folder, and git's knowledge of it, even after ctx ended.
// It never prunes: other worktrees that are out of reach for now are not ours.
func (w *Worktree) Remove(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), removeLimit)
	defer cancel()
	_, gitErr := w.r.run(ctx, call{
		doing: "removing the scratch worktree",
		args:  []string{"worktree", "remove", "--force", "--force", w.Dir},
	})
	if err := os.RemoveAll(w.Dir); err != nil {
		return fmt.Errorf("removing the scratch worktree: %w", err)
	}
	if gitErr != nil && w.isKnown(ctx) {
		return gitErr
	}
	return nil
}

// isKnown reports whether git still lists the worktree.
func (w *Worktree) isKnown(ctx context.Context) bool {
	trees, err := w.r.worktrees(ctx)
	if err != nil {
		return true
	}
	for _, dir := range trees {
		if dir == w.Dir {
			return true
		}
	}
	return false
}
