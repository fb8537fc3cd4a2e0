package sweep

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"github.com/flagdebt/flagdebt/internal/forge"
	"github.com/flagdebt/flagdebt/internal/git"
	"github.com/flagdebt/flagdebt/registry"
)

// Change is what becomes of one file.
type Change = git.Change

// Removal is what removing one flag makes of the code.
type Removal struct {
	Changes    []Change // no changes: the flag is not in the code
	Sites      int      // places that asked for the flag and no longer do
	Refusals   []string // why the flag cannot be removed; where there are any, nothing is pushed
	Entries    []string // files of the registry out of which the flag is taken
	Mentions   []string // places outside of Go code that name the flag
	Checked    []string // what was verified
	NotChecked []string // what was not
	Left       []string // what was not cleaned up, and why
	Steps      []string // what people have to do outside of the repository, a sentence each
}

// Remover works out the removal of a flag in the worktree at dir. It must
// leave dir as it found it: dir is shared by all flags of a run.
type Remover func(ctx context.Context, dir string, flag registry.Flag) (Removal, error)

// Config holds the settings of a run.
type Config struct {
	Repository *git.Repository
	Forge      *forge.Client // nil in a dry run that asks no forge
	Remove     Remover

	Remote  string       // of the repository; "" is origin
	Base    string       // the branch that pull requests are for; "" is the forge's default branch
	Token   string       // for git by http, on the forge's host alone; "" leaves it to git
	Author  git.Identity // of the commits; zero is flagdebt's own
	Tool    string       // our version
	Name    string       // OWNER/NAME of the repository on the forge; "" is what the remote's address says
	Prefix  string       // of our branches; "" is flagdebt/
	MaxOpen int          // open pull requests at a time; less than 0 is any number

	Labels    []string // for new pull requests
	Assignees []string // likewise
	Reviewers []string // likewise: users, and teams as org/team
	Draft     bool     // likewise

	Recreate bool         // open again what people closed
	DryRun   bool         // tell what would be done
	Log      *slog.Logger // hears of each stage; nil is nobody
}

const defaultPrefix = "flagdebt/"

// defaultAuthor has an address that nobody can own.
var defaultAuthor = git.Identity{Name: "flagdebt", Email: "noreply@flagdebt.invalid"}

func (c Config) withDefaults() Config {
	c.Remote = cmp.Or(c.Remote, "origin")
	c.Prefix = cmp.Or(c.Prefix, defaultPrefix)
	c.Tool = cmp.Or(c.Tool, "unknown")
	if c.Author == (git.Identity{}) {
		c.Author = defaultAuthor
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

// Run removes the flags, one after the other, sorted by key. An error of one
// flag is its Outcome, and does not stop the rest, unless no other flag has a
// chance either. When the context ends, the outcomes so far come back with an
// error.
func Run(ctx context.Context, config Config, flags []registry.Flag) (Result, error) {
	config = config.withDefaults()
	if config.Forge == nil && !config.DryRun {
		return Result{}, errors.New("opening pull requests: there is no forge to talk to. Set a token, or ask for a dry run")
	}
	r := &run{Config: config}
	defer r.close(ctx)
	if err := r.prepare(ctx); err != nil {
		return Result{}, err
	}
	result := Result{Repository: r.repo.String(), Base: r.base, BaseCommit: r.baseCommit, DryRun: r.DryRun}
	if r.Forge == nil {
		result.Repository = ""
	}
	flags = slices.Clone(flags)
	slices.SortStableFunc(flags, func(a, b registry.Flag) int {
		return a.ID.Compare(b.ID)
	})
	isHopeless := false
	for _, flag := range flags {
		if err := context.Cause(ctx); err != nil {
			return result, fmt.Errorf("sweeping: %w", err)
		}
		j := r.newJob(flag)
		if isHopeless {
			j.end(Deferred, "not tried, since the forge refused an earlier call")
		} else if err := j.walk(ctx); err != nil {
			if cause := context.Cause(ctx); cause != nil && errors.Is(err, cause) {
				return result, fmt.Errorf("sweeping: %w", cause)
			}
			j.end(Failed, "%s", err)
			isHopeless = forge.IsHopeless(err)
		}
		result.Outcomes = append(result.Outcomes, j.outcome)
	}
	return result, nil
}

// run is what the flags of one run share.
type run struct {
	Config
	remote     git.Remote
	repo       forge.Repository
	base       string // the branch
	baseCommit string
	baseTree   string
	heads      map[string]string // of our branches, on the remote
	open       int               // open pull requests of ours; -1 until counted
	seen       map[string]bool   // branches of this run
	worktree   *git.Worktree
	free       func()
}

// close undoes what the run made on disk, even after the context ended.
func (r *run) close(ctx context.Context) {
	if r.worktree != nil {
		if err := r.worktree.Remove(ctx); err != nil {
			r.Log.Warn("cleaning up", "error", err)
		}
	}
	if r.free != nil {
		r.free()
	}
}

// tree returns the folder of the scratch worktree.
func (r *run) tree(ctx context.Context) (string, error) {
	if r.worktree == nil {
		w, err := r.Repository.Worktree(ctx, r.baseCommit)
		if err != nil {
			return "", err
		}
		r.worktree = w
	}
	return r.worktree.Dir, nil
}
