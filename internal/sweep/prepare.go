// This file finds out where the run takes place: repository, base, branches.

package sweep

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/flagdebt/flagdebt/internal/forge"
)

// prepare fills in what all flags share. It writes nothing outside.
func (r *run) prepare(ctx context.Context) (err error) {
	r.open, r.seen = -1, map[string]bool{}
	if r.DryRun {
		if r.Repository, r.free, err = r.Repository.Quarantine(ctx); err != nil {
			return err
		}
	}
	if r.Forge == nil {
		err = r.prepareHere(ctx)
	} else {
		err = r.prepareThere(ctx)
	}
	if err != nil {
		return err
	}
	r.baseTree, err = r.Repository.TreeOf(ctx, r.baseCommit)
	return err
}

// prepareHere takes the base from what the repository knows of it.
func (r *run) prepareHere(ctx context.Context) error {
	tries := []string{"refs/remotes/" + r.Remote + "/HEAD", "HEAD"}
	if r.base = r.Base; r.base != "" {
		tries = []string{"refs/remotes/" + r.Remote + "/" + r.base, "refs/heads/" + r.base, r.base}
	}
	var err error
	for _, rev := range tries {
		if r.baseCommit, err = r.Repository.Resolve(ctx, rev); err == nil {
			return nil
		}
	}
	return err
}

// prepareThere asks the forge and the remote.
func (r *run) prepareThere(ctx context.Context) error {
	remote, err := r.Repository.Remote(ctx, r.Remote)
	if err != nil {
		return err
	}
	slug, err := remote.Slug()
	owner, name := slug.Owner, slug.Name
	if r.Name != "" {
		owner, name, _ = strings.Cut(r.Name, "/")
	} else if err != nil {
		return fmt.Errorf("%w. Set GITHUB_REPOSITORY to OWNER/NAME", err)
	}
	if r.repo, err = r.Forge.Repository(ctx, owner, name); err != nil {
		return err
	}
	if err := usable(r.repo, r.DryRun); err != nil {
		return err
	}
	if slug.HTTP {
		// The token is for the forge's host; git must not carry it to another.
		if slug.Host != r.repo.GitHost {
			return fmt.Errorf("the remote %q is on %s, while the forge keeps its repositories on %s. Set the API's address of the remote's forge", r.Remote, slug.Host, r.repo.GitHost)
		}
		if r.Token != "" {
			remote = remote.WithToken(r.Token)
		}
	}
	if r.remote = remote; strings.EqualFold(slug.String(), owner+"/"+name) {
		r.remote = remote.At(r.repo.Owner, r.repo.Name) // it may have been renamed
	}
	if r.base = r.Base; r.base == "" {
		r.base = r.repo.DefaultBranch
	}
	if r.heads, err = r.Repository.Heads(ctx, r.remote, r.base, r.ours()+"*"); err != nil {
		return err
	}
	if r.baseCommit = r.heads[r.base]; r.baseCommit == "" {
		return fmt.Errorf("the repository %s has no branch %q", r.repo, r.base)
	}
	return r.Repository.Fetch(ctx, r.remote, r.base, r.baseCommit)
}

// usable returns an error where no pull request can come of it.
func usable(repo forge.Repository, dryRun bool) error {
	switch {
	case repo.Archived:
		return fmt.Errorf("the repository %s is archived. Unarchive it first", repo)
	case repo.Push == forge.PermissionNo && !dryRun:
		return fmt.Errorf("the token may not push to %s. Give it write access to contents and pull requests", repo)
	case repo.DefaultBranch == "":
		return errors.New("the forge names no default branch. Push a first commit to the repository")
	}
	return nil
}

// openCount returns how many pull requests of ours are open.
func (r *run) openCount(ctx context.Context) (int, error) {
	if r.open < 0 {
		if r.open = 0; r.Forge != nil {
			list, err := r.Forge.OpenPullRequests(ctx, r.repo, r.ours())
			if err != nil {
				r.open = -1
				return 0, err
			}
			r.open = len(list)
		}
	}
	return r.open, nil
}
