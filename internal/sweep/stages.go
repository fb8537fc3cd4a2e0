package sweep

import (
	"context"
	"fmt"

	"github.com/flagdebt/flagdebt/internal/forge"
	"github.com/flagdebt/flagdebt/internal/git"
	"github.com/flagdebt/flagdebt/registry"
)

// job is one flag on its way through the stages.
type job struct {
	*run
	flag    registry.Flag
	outcome Outcome
	ended   bool // the outcome is settled

	pull     *forge.PullRequest // the open one
	removal  Removal
	commit   string // on the base; "" where the removal changes nothing
	head     string // of the branch on the remote; "" where there is none
	headInfo git.CommitInfo
	push     bool // the branch must move
	title    string
	body     string
}

// stages are the steps of a job, in order. Only those from "withdraw" on change
// anything outside, but for the comment of "guard".
var stages = []struct {
	name string
	step func(*job, context.Context) error
}{
	{"admit", (*job).admit},       // is it to be removed at all?
	{"find", (*job).find},         // what did people say to earlier pull requests?
	{"remove", (*job).remove},     // what becomes of the code?
	{"build", (*job).build},       // the commit
	{"guard", (*job).guard},       // are there commits of others on the branch?
	{"withdraw", (*job).withdraw}, // the flag is gone: close what is open
	{"compare", (*job).compare},   // must the branch move?
	{"limit", (*job).limit},       // are enough open already?
	{"word", (*job).word},         // title and body; what is to be done
	{"preview", (*job).preview},   // the end of a dry run
	{"publish", (*job).publish},   // push, then the pull request
}

func (r *run) newJob(flag registry.Flag) *job {
	return &job{run: r, flag: flag, title: title(flag), outcome: Outcome{
		Flag: flag.ID, Winner: flag.Winner, Branch: r.branchName(flag.ID), Title: title(flag),
	}}
}

// walk takes the job through the stages until one settles the outcome.
func (j *job) walk(ctx context.Context) error {
	for _, s := range stages {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		j.Log.Debug("stage", "flag", j.flag.ID.String(), "stage", s.name)
		if err := s.step(j, ctx); err != nil || j.ended {
			return err
		}
	}
	return nil
}

// end settles the outcome.
func (j *job) end(action Action, format string, args ...any) {
	j.outcome.Action, j.ended = action, true
	j.outcome.Reason = visible(fmt.Sprintf(format, args...), 4*maxItem)
}

// show puts a pull request into the outcome.
func (j *job) show(p forge.PullRequest) {
	j.outcome.Number, j.outcome.URL = p.Number, p.URL
}

// admit refuses flags that are not to be removed. The caller has chosen them;
// this is the last look.
func (j *job) admit(context.Context) error {
	switch {
	case j.seen[j.outcome.Branch]:
		j.end(Refused, "the registry lists this flag twice")
	case j.flag.Winner.IsZero():
		j.end(Refused, "its winner is not known")
	case j.flag.Permanent:
		j.end(Refused, "it is permanent")
	case j.flag.TooEarly != "":
		j.end(Refused, "it is too early: %s", j.flag.TooEarly)
	}
	j.seen[j.outcome.Branch] = true
	return nil
}

// remove asks for the removal.
func (j *job) remove(ctx context.Context) error {
	dir, err := j.tree(ctx)
	if err != nil {
		return err
	}
	if j.removal, err = j.Remove(ctx, dir, j.flag); err != nil {
		return err
	}
	if j.outcome.Refusals = j.removal.Refusals; len(j.removal.Refusals) > 0 {
		j.end(Refused, "%s", j.removal.Refusals[0])
	}
	return nil
}

// build makes the commit, which is on no branch yet.
func (j *job) build(ctx context.Context) error {
	tree := j.baseTree
	if len(j.removal.Changes) > 0 {
		var err error
		if tree, err = j.Repository.Tree(ctx, j.baseCommit, j.removal.Changes); err != nil {
			return err
		}
	}
	if tree == j.baseTree {
		if j.pull == nil {
			j.end(NothingToDo, "the flag is not in the code")
		}
		return nil
	}
	message := commitMessage(j.flag, j.removal, j.Tool, j.baseCommit, tree)
	commit, err := j.Repository.Commit(ctx, j.baseCommit, tree, message, j.Author)
	j.commit, j.outcome.Commit = commit, commit
	return err
}

// limit puts off what would be one open pull request too many.
func (j *job) limit(ctx context.Context) error {
	if j.pull != nil || j.MaxOpen < 0 {
		return nil
	}
	if j.MaxOpen == 0 {
		j.end(Deferred, "none may be opened")
		return nil
	}
	open, err := j.openCount(ctx)
	if err == nil && open >= j.MaxOpen {
		j.end(Deferred, "%s open, and no more than %d may be", count(open, "pull request"), j.MaxOpen)
	}
	return err
}

// preview ends a dry run.
func (j *job) preview(ctx context.Context) (err error) {
	if !j.DryRun {
		return nil
	}
	if j.outcome.Action == Created {
		j.open++
	}
	j.outcome.Body = j.body
	j.outcome.Diff, err = j.Repository.Diff(ctx, j.baseCommit, j.commit)
	j.ended = true
	return err
}
