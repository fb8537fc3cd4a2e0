package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/internal/forge"
	"github.com/flagdebt/flagdebt/internal/git"
	"github.com/flagdebt/flagdebt/internal/sweep"
	"github.com/flagdebt/flagdebt/registry"
	"github.com/flagdebt/flagdebt/report"
)

// prOptions are the options of pr.
type prOptions struct {
	named  []string
	dryRun bool
}

func newPR(c *command) *cobra.Command {
	var o prOptions
	cmd := &cobra.Command{
		Use:   "pr",
		Short: "Open a pull request for each flag that can be removed",
		Long: `Pr opens a pull request on GitHub for each stale flag whose winner is settled, or
for the flags that are named, and brings those that it has opened before up to
date. A run that finds nothing new changes nothing.

It works on the remote "origin" and its default branch, in a scratch copy; your
working tree is not touched. What people did wins: a pull request that was closed
stays closed, a branch with commits of others is left alone.

The token is read from GITHUB_TOKEN or GH_TOKEN; it needs write access to contents
and pull requests. GITHUB_REPOSITORY (OWNER/NAME) names the repository where the
address of "origin" does not, and GITHUB_API_URL the API of a GitHub Enterprise
server. A dry run needs no token; with one, it asks what is open already.

Under pull-request: the configuration says how many may be open at a time
(max-open; with 0 none is opened, and those that are open are kept up to date), for
which branch (base), how our branches begin (branch-prefix), whether they are
drafts, and their labels, assignees and reviewers (users, and teams as org/team).

Exit 0: every flag has its pull request, or needs none; 1: something is refused,
blocked or put off; 2: could not do it.`,
		Example: `  flagdebt pr --dry-run
  flagdebt pr
  flagdebt pr --flag new-checkout=true`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.pr(cmd, o) },
	}
	f := cmd.Flags()
	f.StringArrayVar(&o.named, "flag", nil, "only the flag `KEY=VALUE`, which will be VALUE for ever (repeatable; default: all stale flags that are settled)")
	f.BoolVar(&o.dryRun, "dry-run", false, "show branch, title, body and change of each, and touch nothing")
	return cmd
}

// pr opens pull requests.
func (c *command) pr(cmd *cobra.Command, o prOptions) error {
	if err := c.checkFormat("text", "json"); err != nil {
		return err
	}
	wishes, err := parseWishes("--flag", o.named, nil)
	if err != nil {
		return err
	}
	token := c.token()
	if token == "" && !o.dryRun {
		return errors.New("opening pull requests: there is no token. Set GITHUB_TOKEN to one that may write contents and pull requests; flagdebt pr --dry-run needs none")
	}
	hideSecrets(c.environ)
	d, checked, err := c.check(cmd, []string{"..."}, analyzer.Settings{})
	if err != nil {
		return err
	}
	flags, refused, err := sweepable(d, checked, wishes)
	if err != nil {
		return err
	}
	settings, err := c.sweepConfig(cmd.Context(), d, token)
	if err != nil {
		return err
	}
	settings.DryRun = o.dryRun
	result, err := sweep.Run(cmd.Context(), settings, flags)
	result.Outcomes = append(result.Outcomes, refused...)
	if err != nil && len(result.Outcomes) == 0 {
		return err
	}
	swept := sweptOf(result, len(wishes) > 0)
	if c.format == "json" {
		if err := report.PullRequestsJSON(c.stdout, swept); err != nil {
			return err
		}
	} else if err := report.PullRequests(c.stdout, swept, report.TextOptions{Color: c.color()}); err != nil {
		return err
	}
	if err != nil {
		// Not as an interruption, which would be told to have changed nothing.
		return fmt.Errorf("%v. What is told above is done; the next run goes on from there", err) //nolint:errorlint // see above
	}
	return sweptError(result.Outcomes)
}

// sweptOf returns the result of a sweep as it is reported.
func sweptOf(r sweep.Result, named bool) report.Swept {
	out := report.Swept{Repository: r.Repository, Base: r.Base, BaseCommit: r.BaseCommit, DryRun: r.DryRun, Named: named}
	for _, o := range r.Outcomes {
		out.Outcomes = append(out.Outcomes, report.Outcome{
			Flag: o.Flag, Winner: o.Winner.String(), Action: string(o.Action), Reason: o.Reason, Branch: o.Branch, Title: o.Title,
			Commit: o.Commit, Number: o.Number, URL: o.URL, Refusals: o.Refusals, Warnings: o.Warnings, Body: o.Body, Diff: o.Diff,
		})
	}
	return out
}

// sweptError returns the error that a run with these outcomes ends with.
func sweptError(outcomes []sweep.Outcome) error {
	failed, isLeft := 0, false
	for _, o := range outcomes {
		switch o.Action {
		case sweep.Failed:
			failed++
		case sweep.Refused, sweep.Blocked, sweep.Deferred:
			isLeft = true
		default:
		}
	}
	switch {
	case failed == 1:
		return errors.New("opening pull requests: 1 flag went wrong, as told above; the next run tries again")
	case failed > 0:
		return fmt.Errorf("opening pull requests: %d flags went wrong, as told above; the next run tries again", failed)
	case isLeft:
		return errFound
	}
	return nil
}

// token returns the forge's token; "" where there is none.
func (c *command) token() string {
	if token := strings.TrimSpace(c.getenv("GITHUB_TOKEN")); token != "" {
		return token
	}
	return strings.TrimSpace(c.getenv("GH_TOKEN"))
}

// secretName matches the names of variables that no program which we start needs
// to see.
var secretName = regexp.MustCompile(`(?i)(TOKEN|SECRET|PASSW|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|_PAT$)`)

// hideSecrets takes tokens out of the environment of this process, and so of the
// go command that it starts: that runs what the repository's go.mod says.
func hideSecrets(environ []string) {
	for _, entry := range environ {
		if name, _, _ := strings.Cut(entry, "="); isSecret(name) {
			_ = os.Unsetenv(name) // names that are there can be unset
		}
	}
}

// isSecret reports whether a variable of that name holds what no program that we
// start needs to see.
func isSecret(name string) bool {
	return secretName.MatchString(name) && !strings.HasPrefix(name, "GIT_CONFIG_")
}

// withoutSecrets returns an environment for programs that we start.
func withoutSecrets(environ []string) []string {
	return slices.DeleteFunc(slices.Clone(environ), func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return isSecret(name)
	})
}

// sweepable returns the flags to open pull requests for: those that are named,
// or all that are due. Whether code still asks for them is seen in the base
// branch: who has a pull request and is gone must have it closed.
func sweepable(d *analyzer.Driver, checked *analyzer.Checked, wishes []wish) (flags []registry.Flag, refused []sweep.Outcome, err error) {
	j := judge{d, checked}
	if len(wishes) == 0 {
		for _, f := range checked.Registry.Flags() {
			if f.Winner.IsZero() || f.ID.Param != "" || !j.isDue(f) {
				continue
			}
			if r := j.objection(f, f.Winner.Value); r == nil || r.Reason == reasonDefaults {
				flags = append(flags, f)
			}
		}
		return flags, nil, nil
	}
	var errs []error
	for _, w := range wishes {
		flag, isKnown, err := j.lookup(w.name)
		if err == nil && !isKnown && !j.isAsked(flag.ID) {
			err = j.notAsked(flag, false)
		}
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if r := j.objection(flag, w.value); r != nil && r.Reason != reasonDefaults {
			refused = append(refused, sweep.Outcome{Flag: flag.ID, Winner: registry.Winner{Value: w.value}, Action: sweep.Refused, Reason: r.Message})
			continue
		}
		if flag.Winner.IsZero() {
			flag.Winner, flag.Settled = registry.Winner{Value: w.value}, "named on the command line"
		}
		flags = append(flags, flag)
	}
	return flags, refused, errors.Join(errs...)
}

// sweepConfig returns the settings of a sweep, as far as they do not depend on
// the options.
func (c *command) sweepConfig(ctx context.Context, d *analyzer.Driver, token string) (sweep.Config, error) {
	repo, err := git.Open(ctx, d.Dir, c.environ)
	if err != nil {
		return sweep.Config{}, err
	}
	place, err := newPlacement(repo.Root(), d, c)
	if err != nil {
		return sweep.Config{}, err
	}
	set := d.Config.PullRequest
	out := sweep.Config{
		Repository: repo, Remove: newRemover(place, c).remove, Base: set.Base, Token: token,
		Name: strings.TrimSpace(c.getenv("GITHUB_REPOSITORY")), Prefix: set.BranchPrefix, Tool: buildVersion(),
		MaxOpen: set.MaxOpen, Labels: set.Labels, Assignees: set.Assignees, Reviewers: set.Reviewers, Draft: set.Draft,
	}
	if out.Name != "" && !repositoryName.MatchString(out.Name) {
		return out, fmt.Errorf("GITHUB_REPOSITORY is %q: set it to OWNER/NAME, or unset it", out.Name)
	}
	if token == "" {
		return out, nil
	}
	if err := c.checkHost(ctx, repo); err != nil {
		return out, err
	}
	out.Forge, err = forge.New(forge.Config{BaseURL: c.getenv("GITHUB_API_URL"), Token: token, UserAgent: "flagdebt/" + buildVersion()})
	return out, err
}

// repositoryName is the form of OWNER/NAME.
var repositoryName = regexp.MustCompile(`^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$`)

// checkHost returns an error where the token would go to GitHub for a repository
// that lies elsewhere. It is never sent where the remote alone says.
func (c *command) checkHost(ctx context.Context, repo *git.Repository) error {
	if c.getenv("GITHUB_API_URL") != "" {
		return nil
	}
	remote, err := repo.Remote(ctx, "origin")
	if err != nil {
		return err
	}
	slug, err := remote.Slug()
	if err != nil {
		if c.getenv("GITHUB_REPOSITORY") != "" {
			return nil // who is asked does not depend on the remote
		}
		return fmt.Errorf("%w. Set GITHUB_REPOSITORY to OWNER/NAME", err)
	}
	host, _, _ := strings.Cut(slug.Host, ":")
	if host == "github.com" || host == "ssh.github.com" {
		return nil
	}
	return fmt.Errorf("the remote origin is on %s: set GITHUB_API_URL to its API, as in https://%s/api/v3", host, host)
}

// placement is where in a checkout a run takes place.
type placement struct {
	dir      string // the working directory, relative to the root
	config   string // of --config: relative to the root; absolute where it lies outside; "" is none
	settings analyzer.Settings
}

// newPlacement returns where the run takes place that d is for.
func newPlacement(root string, d *analyzer.Driver, c *command) (placement, error) {
	p := placement{settings: analyzer.Settings{Today: d.Today, Tags: c.tags}}
	rel := func(path string) (string, error) {
		path, err := filepath.EvalSymlinks(path)
		if err != nil {
			return "", err
		}
		return filepath.Rel(root, path)
	}
	root, err := filepath.EvalSymlinks(root)
	if err != nil {
		return p, err
	}
	if p.dir, err = rel(d.Dir); err != nil || !filepath.IsLocal(p.dir) {
		return p, fmt.Errorf("the folder %s lies in no git worktree", d.Dir)
	}
	if c.config == "" {
		return p, nil
	}
	path := c.config
	if !filepath.IsAbs(path) {
		path = filepath.Join(d.Dir, path)
	}
	if p.config, err = rel(path); err != nil {
		return p, err
	}
	if !filepath.IsLocal(p.config) {
		p.config = path
	}
	return p, nil
}

// in returns the settings for a checkout at dir.
func (p placement) in(dir string) analyzer.Settings {
	s := p.settings
	s.Dir = filepath.Join(dir, p.dir)
	if s.ConfigPath = p.config; s.ConfigPath != "" && !filepath.IsAbs(s.ConfigPath) {
		s.ConfigPath = filepath.Join(dir, s.ConfigPath)
	}
	return s
}
