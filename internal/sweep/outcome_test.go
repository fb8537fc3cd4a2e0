package sweep

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/flagdebt/flagdebt/registry"
)

func TestMaxOpen(t *testing.T) {
	w := newWorld(t)
	w.cfg.MaxOpen = 1
	o := w.wants(stale("alpha", "beta"), Created, Deferred)[1]
	if o.Reason != "1 pull request open, and no more than 1 may be" {
		t.Errorf("reason: %s", o.Reason)
	}
	w.wants(stale("alpha", "beta"), Unchanged, Deferred)
	w.forge.Merge(1, "ann")
	w.wants(stale("alpha", "beta"), NothingToDo, Created)
}

func TestRefused(t *testing.T) {
	w := newWorld(t)
	w.cfg.Remove = func(context.Context, string, registry.Flag) (Removal, error) {
		return Removal{Changes: []Change{{Path: "app.go"}}, Refusals: []string{"cannot remove flag \"x\": two winners"}}, nil
	}
	flags := stale("alpha", "beta", "delta", "epsilon", "epsilon")
	flags[1].Winner = registry.Winner{}
	flags[2].Permanent = true
	flags[3].TooEarly = "version 1.36"
	outcomes := w.wants(flags, Refused, Refused, Refused, Refused, Refused)
	for i, want := range []string{"two winners", "winner is not known", "permanent", "version 1.36", "twice"} {
		if !strings.Contains(outcomes[i].Reason, want) {
			t.Errorf("got %s; want %s", outcomes[i], want)
		}
	}
	w.quiet()
}

func TestErrorOfOneFlag(t *testing.T) {
	w := newWorld(t)
	w.cfg.Remove = func(ctx context.Context, dir string, flag registry.Flag) (Removal, error) {
		if flag.ID.Key == "alpha" {
			return Removal{}, errors.New("100% broken")
		}
		return dropLines(ctx, dir, flag)
	}
	o := w.wants(stale("alpha", "beta"), Failed, Created)[0]
	if o.Reason != "100% broken" {
		t.Errorf("reason: %s", o.Reason)
	}
	w.cfg.Remove = func(context.Context, string, registry.Flag) (Removal, error) {
		return Removal{Changes: []Change{{Path: "../../etc/passwd", Data: []byte("x")}}}, nil
	}
	w.wants(stale("alpha"), Failed)
}

func TestDryRun(t *testing.T) {
	w := newWorld(t)
	before := w.git(w.dir, "count-objects") + w.git(w.dir, "for-each-ref")
	w.cfg.DryRun = true
	w.cfg.MaxOpen = 1
	o := w.wants(stale("alpha", "beta"), Created, Deferred)[0]
	if o.Branch != branch("alpha") || !strings.Contains(o.Diff, "-// flag: alpha") || !strings.Contains(o.Body, "## What") || o.Title == "" {
		t.Errorf("got %+v", o)
	}
	w.quiet()
	w.cfg.Forge, w.cfg.Token = nil, ""
	w.forge.Forget()
	w.wants(stale("alpha"), Created)
	if requests := w.forge.Requests(); len(requests) != 0 {
		t.Errorf("requests: %v", requests)
	}
	if after := w.git(w.dir, "count-objects") + w.git(w.dir, "for-each-ref"); after != before {
		t.Errorf("the repository changed from\n%s\nto\n%s", before, after)
	}
	w.cfg.DryRun = false
	if _, err := Run(t.Context(), w.cfg, stale("alpha")); err == nil {
		t.Error("a run without a forge")
	}
}

func TestDryRunTellsWhatWouldBe(t *testing.T) {
	w := newWorld(t)
	w.wants(stale("alpha"), Created)
	w.cfg.DryRun = true
	w.forge.Forget()
	w.wants(stale("alpha"), Unchanged)
	w.withFlags("alpha", "gamma")
	w.wants(stale("alpha"), Updated)
	w.forge.Commit(branch("alpha"), "zoe", map[string]string{"fix.go": "package app\n"})
	w.wants(stale("alpha"), Blocked)
	w.quiet()
	if n := len(w.forge.Pulls()[0].Comments); n != 0 {
		t.Errorf("%d comments", n)
	}
}

func TestTheUsersWorkStaysTheirs(t *testing.T) {
	w := newWorld(t)
	w.git(w.dir, "checkout", "--quiet", "-b", "mine")
	file := w.dir + "/app.go"
	if err := os.WriteFile(file, []byte("package mine\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	w.git(w.dir, "add", "app.go")
	before := w.git(w.dir, "status", "--porcelain=v2", "--branch")
	w.wants(stale("alpha"), Created)
	if after := w.git(w.dir, "status", "--porcelain=v2", "--branch"); after != before {
		t.Errorf("status changed from\n%s\nto\n%s", before, after)
	}
	w.git(w.dir, "reset", "--quiet", "--hard")
}

func TestNoneMayBeOpened(t *testing.T) {
	w := newWorld(t)
	w.wants(stale("alpha"), Created)
	w.withFlags("alpha", "beta", "gamma")
	w.cfg.MaxOpen = 0
	o := w.wants(stale("alpha", "beta"), Updated, Deferred)[1]
	if o.Reason != "none may be opened" {
		t.Errorf("reason: %s", o.Reason)
	}
	w.cfg.MaxOpen = -1
	w.wants(stale("alpha", "beta", "gamma"), Unchanged, Created, Created)
}

func TestDraftAndPeople(t *testing.T) {
	w := newWorld(t)
	w.cfg.Draft = true
	w.cfg.Assignees = []string{"ann", "stranger"}
	w.cfg.Reviewers = []string{"zoe", "acme/payments", "gone"}
	w.forge.Strangers = []string{"stranger", "gone"}
	o := w.wants(stale("alpha"), Created)[0]
	p := w.forge.Pulls()[0]
	if !p.Draft || !slices.Equal(p.Assignees, []string{"ann"}) || !slices.Equal(p.Reviewers, []string{"zoe", "team payments"}) {
		t.Errorf("got %+v", p)
	}
	if len(o.Warnings) != 2 || !strings.Contains(o.Warnings[0], "does not take stranger") || !strings.Contains(o.Warnings[1], "asking gone to review") {
		t.Errorf("warnings: %q", o.Warnings)
	}
	w.forge.Forget()
	w.wants(stale("alpha"), Unchanged)
	w.quiet()
}

func TestNoDrafts(t *testing.T) {
	w := newWorld(t)
	w.cfg.Draft = true
	w.forge.NoDrafts = true
	o := w.wants(stale("alpha"), Created)[0]
	if w.forge.Pulls()[0].Draft || len(o.Warnings) != 1 || !strings.Contains(o.Warnings[0], "it is no draft") {
		t.Errorf("got %+v, %q", w.forge.Pulls()[0], o.Warnings)
	}
}

func TestBranchPrefix(t *testing.T) {
	w := newWorld(t)
	w.cfg.Prefix = "bots/debt-"
	o := w.wants(stale("alpha"), Created)[0]
	if !strings.HasPrefix(o.Branch, "bots/debt-remove/alpha-") || w.forge.Pulls()[0].Branch != o.Branch {
		t.Errorf("got %+v", o)
	}
	w.cfg.MaxOpen = 1
	w.wants(stale("alpha", "beta"), Unchanged, Deferred)
}

func TestNamedRepository(t *testing.T) {
	w := newWorld(t)
	w.git(w.dir, "remote", "set-url", "origin", w.forge.GitDir)
	w.cfg.Name = "acme/shop"
	w.wants(stale("alpha"), Created)
	w.cfg.Name = ""
	_, err := Run(t.Context(), w.cfg, stale("alpha"))
	if err == nil || !strings.Contains(err.Error(), "Set GITHUB_REPOSITORY to OWNER/NAME") {
		t.Errorf("got %v", err)
	}
}

func TestBodySaysWhatBecomesOfTheEntry(t *testing.T) {
	flag := stale("alpha")[0]
	flag.Origin = registry.Position{File: "flags.yaml", Line: 3}
	for want, removal := range map[string]Removal{
		"Its entry in the registry goes with this change: `flags.yaml`.":  {Entries: []string{"flags.yaml"}, Changes: []Change{{Path: "flags.yaml"}}},
		"Its entry in the registry stays: take it out at `flags.yaml:3`.": {},
	} {
		if text := body(flag, removal, "v1"); !strings.Contains(text, "- "+want+"\n") {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}
