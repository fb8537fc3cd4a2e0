// This file changes what is outside: the branch, then the pull request.

package sweep

import (
	"context"
	"errors"
	"time"

	"github.com/flagdebt/flagdebt/internal/forge"
	"github.com/flagdebt/flagdebt/internal/git"
)

// withdraw closes the open pull request of a flag that is no longer in the
// code, says so there, and deletes the branch.
func (j *job) withdraw(ctx context.Context) error {
	if j.commit != "" {
		return nil
	}
	j.end(Closed, "the flag is no longer in the code")
	if j.DryRun {
		return nil
	}
	ctx, cancel := finish(ctx)
	defer cancel()
	m, _ := markerIn(j.pull.Body)
	m.Flag, m.Winner, m.Tool, m.Withdrawn = j.flag.ID.String(), j.flag.Winner.String(), j.Tool, true
	if _, err := j.Forge.Update(ctx, j.repo, j.pull.Number, j.pull.Title, withMarker(j.pull.Body, m)); err != nil {
		return err
	}
	_, err := j.Forge.Comment(ctx, j.repo, j.pull.Number, goneMarker, "The flag is no longer in the code, so there is nothing left to remove.\n\n"+goneMarker)
	j.warn(err)
	if err := j.Forge.Close(ctx, j.repo, j.pull.Number); err != nil {
		return err
	}
	if j.open > 0 {
		j.open--
	}
	if j.head != "" {
		j.warn(j.Repository.Push(ctx, j.remote, j.outcome.Branch, "", j.head))
	}
	return nil
}

// goneMarker is in the comment that goes with a withdrawal.
const goneMarker = "<!-- flagdebt:v1:gone -->"

// compare finds out whether the branch must move. While a pull request is
// open, a removal that is the same in each file need not follow the base.
func (j *job) compare(ctx context.Context) error {
	if j.push = j.head != j.commit; !j.push || j.pull == nil || j.head == "" || j.isToRebase() {
		return nil
	}
	there, err := j.Repository.Rewrite(ctx, j.headInfo.Parents[0], j.head)
	if err != nil {
		return err
	}
	here, err := j.Repository.Rewrite(ctx, j.baseCommit, j.commit)
	if j.push = here != there; !j.push {
		j.outcome.Commit = j.head
	}
	return err
}

// word settles title and body, and with them the action. Texts that people
// edited are theirs.
func (j *job) word(context.Context) error {
	j.body = body(j.flag, j.removal, j.Tool)
	j.outcome.Action = Created
	if j.pull == nil {
		return nil
	}
	ours, ok := markerIn(j.pull.Body)
	now := textDigest(j.pull.Title, j.pull.Body)
	isEdited := !ok || now != ours.Text
	if isEdited || now == textDigest(j.title, j.body) {
		j.title, j.body = j.pull.Title, j.pull.Body
	}
	j.outcome.Action = Unchanged
	if j.push || j.mustEdit() || j.isToRebase() {
		j.outcome.Action = Updated
	}
	return nil
}

// mustEdit reports whether the open pull request has another text than it
// should.
func (j *job) mustEdit() bool {
	return j.title != j.pull.Title || j.body != j.pull.Body
}

// publish moves the branch, once, and has the pull request follow.
func (j *job) publish(ctx context.Context) error {
	if j.push {
		err := j.Repository.Push(ctx, j.remote, j.outcome.Branch, j.commit, j.head)
		if errors.Is(err, git.ErrLeaseLost) {
			j.end(Blocked, "the branch was moved by somebody else in the meantime; run it again")
			return nil
		}
		if err != nil {
			return err
		}
		j.heads[j.outcome.Branch] = j.commit
	}
	ctx, cancel := finish(ctx)
	defer cancel()
	if j.pull == nil {
		return j.propose(ctx)
	}
	if j.mustEdit() {
		if _, err := j.Forge.Update(ctx, j.repo, j.pull.Number, j.title, j.body); err != nil {
			return err
		}
	}
	if j.isToRebase() {
		j.warn(j.Forge.RemoveLabel(ctx, j.repo, j.pull.Number, labelRebase))
	}
	j.ended = true
	return nil
}

// finishLimit is how long the end of a flag may take after a cancellation.
const finishLimit = time.Minute

// finish returns a context for what must not stop half-way: it outlives ctx
// for a while.
func finish(ctx context.Context) (context.Context, context.CancelFunc) {
	outer, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		select {
		case <-time.After(finishLimit):
			cancel(context.Cause(ctx))
		case <-outer.Done():
		}
	})
	return outer, func() {
		stop()
		cancel(nil)
	}
}

// propose opens the pull request and labels it.
func (j *job) propose(ctx context.Context) error {
	p, existed, err := j.Forge.Open(ctx, j.repo, forge.Proposal{Branch: j.outcome.Branch, Base: j.base, Title: j.title, Body: j.body, Draft: j.Draft})
	if errors.Is(err, forge.ErrNoCommits) {
		j.end(NothingToDo, "the base has all of it already")
		return nil
	}
	if err != nil {
		return err
	}
	j.show(p)
	j.ended = true
	if existed {
		j.outcome.Action = Updated
		return nil
	}
	j.open++
	j.introduce(ctx, p)
	return nil
}

// introduce labels a new pull request and asks people to look at it. What fails
// there is told, and does no harm.
func (j *job) introduce(ctx context.Context, p forge.PullRequest) {
	if j.Draft && !p.Draft {
		j.outcome.Warnings = append(j.outcome.Warnings, "it is no draft: the forge has none for this repository")
	}
	if len(j.Labels) > 0 {
		j.warn(j.Forge.AddLabels(ctx, j.repo, p.Number, j.Labels))
	}
	if len(j.Assignees) > 0 {
		j.warn(j.Forge.Assign(ctx, j.repo, p.Number, j.Assignees))
	}
	if len(j.Reviewers) > 0 {
		j.warn(j.Forge.RequestReviews(ctx, j.repo, p.Number, j.Reviewers))
	}
}
