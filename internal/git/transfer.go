// This file talks to a remote: what it has, fetch, push.

package git

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// ErrLeaseLost says that a branch of the remote is not where it was expected:
// somebody moved it, and nothing was pushed.
var ErrLeaseLost = errors.New("the branch was moved by somebody else")

// Heads returns the branches of the remote that match the patterns, by name
// without refs/heads/. A pattern is a branch's name, or ends in "/*".
func (r *Repository) Heads(ctx context.Context, m Remote, patterns ...string) (map[string]string, error) {
	args := []string{"ls-remote", "--heads", "--refs", alias}
	for _, p := range patterns {
		args = append(args, "refs/heads/"+p)
	}
	out, err := r.remoteRun(ctx, m, fmt.Sprintf("listing the branches of %s", m), args)
	if err != nil {
		return nil, err
	}
	heads := map[string]string{}
	for line := range strings.Lines(string(out)) {
		sha, ref, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if name, isHead := strings.CutPrefix(ref, "refs/heads/"); ok && isHead {
			heads[name] = sha
		}
	}
	return heads, nil
}

// Fetch brings the commit at the head of a branch, where it is not here yet.
// It writes no ref.
func (r *Repository) Fetch(ctx context.Context, m Remote, branch, commit string) error {
	if r.has(ctx, commit) {
		return nil
	}
	_, err := r.remoteRun(ctx, m, fmt.Sprintf("fetching the branch %q of %s", branch, m), []string{
		"fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--recurse-submodules=no", "--no-auto-maintenance",
		alias, "refs/heads/" + branch,
	})
	if err != nil {
		return err
	}
	if !r.has(ctx, commit) {
		return fmt.Errorf("fetching the branch %q of %s: %w", branch, m, ErrLeaseLost)
	}
	return nil
}

// has reports whether the commit is here.
func (r *Repository) has(ctx context.Context, commit string) bool {
	_, err := r.run(ctx, call{doing: "looking for a commit", args: []string{"cat-file", "-e", commit + "^{commit}"}})
	return err == nil
}

// Push moves a branch of the remote to the commit, if it is at expected now;
// "" expects that there is no such branch. An empty commit deletes the branch.
// Where the branch is elsewhere it returns ErrLeaseLost.
func (r *Repository) Push(ctx context.Context, m Remote, branch, commit, expected string) error {
	if err := r.validBranch(ctx, branch); err != nil {
		return err
	}
	ref := "refs/heads/" + branch
	doing := fmt.Sprintf("pushing the branch %q to %s", branch, m)
	out, err := r.remoteRun(ctx, m, doing, []string{
		"push", "--porcelain", "--no-verify", "--no-follow-tags", "--no-signed", "--recurse-submodules=no",
		"--force-with-lease=" + ref + ":" + expected, alias, commit + ":" + ref,
	})
	if err == nil || ctx.Err() != nil {
		return err
	}
	reason := rejection(string(out))
	for _, sign := range []string{"stale info", "cannot lock ref", "reference already exists", "fetch first", "failed to update ref"} {
		if strings.Contains(reason, sign) {
			return fmt.Errorf("%s: %w", doing, ErrLeaseLost)
		}
	}
	if reason != "" {
		return fmt.Errorf("%s: %w", doing, &Error{Line: Redact(reason, m.secrets()...), Err: err})
	}
	return err
}

// rejection returns why a ref was refused, out of the porcelain of git push:
// "!\tfrom:to\t[rejected] (stale info)".
func rejection(porcelain string) string {
	for line := range strings.Lines(porcelain) {
		if fields := strings.SplitN(strings.TrimSpace(line), "\t", 3); len(fields) == 3 && fields[0] == "!" {
			return fields[2]
		}
	}
	return ""
}

// remoteRun runs git with the remote under its alias.
func (r *Repository) remoteRun(ctx context.Context, m Remote, doing string, args []string) ([]byte, error) {
	return r.run(ctx, call{doing: doing, args: args, environ: m.environ(r.environ), secrets: m.secrets()})
}
