// This file heeds what people did: to the pull request, and to the branch.

package sweep

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/flagdebt/flagdebt/internal/forge"
	"github.com/flagdebt/flagdebt/internal/git"
)

// find looks for pull requests of this branch, and ends the job where people
// said no.
func (j *job) find(ctx context.Context) error {
	if j.Forge == nil {
		return nil
	}
	list, err := j.Forge.FindPullRequests(ctx, j.repo, j.outcome.Branch, "")
	if err != nil {
		return err
	}
	var last *forge.PullRequest // the newest that is not open
	for i := range list {
		p := &list[i]
		switch {
		case p.Open:
			j.pull = p
		case last == nil || p.Number > last.Number:
			last = p
		}
	}
	if j.pull != nil {
		j.show(*j.pull)
		for _, label := range []string{labelStop, labelKeep} {
			if j.pull.HasLabel(label) {
				j.end(Blocked, "stopped by the label %s", label)
			}
		}
	} else if last != nil && j.isRefusedByPeople(*last) {
		j.show(*last)
		j.end(Ignored, "pull request #%d was closed%s; to have it opened again, add the label %s to it", last.Number, j.closedBy(ctx, *last), labelRetry)
	}
	return nil
}

// isRefusedByPeople reports whether a pull request that is no longer open
// means that people want to keep the flag.
func (j *job) isRefusedByPeople(p forge.PullRequest) bool {
	m, ok := markerIn(p.Body)
	switch {
	case p.HasLabel(labelKeep):
		return true
	case p.Merged, j.Recreate, p.HasLabel(labelRetry), ok && m.Withdrawn:
		return false
	}
	return !ok || m.Winner == j.flag.Winner.String()
}

// closedBy returns " by ann on 2026-01-02", as far as it is known.
func (j *job) closedBy(ctx context.Context, p forge.PullRequest) (text string) {
	if who := j.Forge.ClosedBy(ctx, j.repo, p.Number); who != "" {
		text = " by " + who
	}
	if !p.ClosedAt.IsZero() {
		text += " on " + p.ClosedAt.UTC().Format(time.DateOnly)
	}
	return text
}

// commentMarker is in the comment that tells people that we stay away.
const commentMarker = "<!-- flagdebt:v1:left-alone -->"

// guard ends the job where the branch holds what we did not put there.
func (j *job) guard(ctx context.Context) (err error) {
	if j.head = j.heads[j.outcome.Branch]; j.head == "" || j.head == j.commit {
		return nil
	}
	if err := j.Repository.Fetch(ctx, j.remote, j.outcome.Branch, j.head); err != nil {
		return err
	}
	if j.headInfo, err = j.Repository.Info(ctx, j.head); err != nil {
		return err
	}
	if isOurs(j.headInfo) || j.isToRebase() {
		return nil
	}
	others, err := j.others(ctx)
	if err != nil {
		return err
	}
	hint := "delete the branch to have it written anew"
	if j.pull != nil {
		hint = "add the label " + labelRebase + " to have it written anew"
		if !j.DryRun {
			_, err := j.Forge.Comment(ctx, j.repo, j.pull.Number, commentMarker,
				"There are commits of others on this branch, so flagdebt leaves it alone. To have it written anew, without them, add the label `"+labelRebase+"`.\n\n"+commentMarker)
			j.warn(err)
		}
	}
	j.end(Blocked, "the branch has commits of others (%s); %s", others, hint)
	return nil
}

// isToRebase reports whether people want the open pull request made anew.
func (j *job) isToRebase() bool { return j.pull != nil && j.pull.HasLabel(labelRebase) }

// maxOthers bounds how many commits are looked at, to name their authors.
const maxOthers = 50

// others returns the authors of the commits that are not ours.
func (j *job) others(ctx context.Context) (string, error) {
	commits := []git.CommitInfo{j.headInfo}
	// Where history is cut off, commits of the base would seem to be new.
	if !j.Repository.IsShallow(ctx) {
		list, err := j.Repository.Commits(ctx, j.baseCommit, j.head, maxOthers)
		if err != nil {
			return "", err
		}
		if len(list) > 0 {
			commits = list
		}
	}
	var names []string
	for _, c := range commits {
		if !isOurs(c) && !slices.Contains(names, c.Author.Name) {
			names = append(names, c.Author.Name)
		}
	}
	if len(names) > 3 {
		names = append(names[:3], "and more")
	}
	return strings.Join(names, ", "), nil
}

// warn adds an error that does not change the outcome.
func (j *job) warn(err error) {
	if err == nil {
		return
	}
	for line := range strings.Lines(err.Error()) {
		j.outcome.Warnings = append(j.outcome.Warnings, visible(strings.TrimSpace(line), 4*maxItem))
	}
}
