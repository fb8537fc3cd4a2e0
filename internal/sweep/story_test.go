package sweep

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/flagdebt/flagdebt/internal/forge/forgetest"
	"github.com/flagdebt/flagdebt/registry"
)

func TestOnePullRequestAFlag(t *testing.T) {
	w := newWorld(t)
	outcomes := w.wants(stale("beta", "alpha"), Created, Created)
	if outcomes[0].Flag.Key != "alpha" || outcomes[0].Number != 1 || outcomes[1].Number != 2 {
		t.Errorf("order: %v", outcomes)
	}
	pulls := w.forge.Pulls()
	if len(pulls) != 2 || pulls[0].Title != "Remove stale feature flag alpha (keep true)" || !slices.Equal(pulls[0].Labels, []string{"flagdebt"}) {
		t.Fatalf("pull requests: %+v", pulls)
	}
	if got := w.forge.Git("show", branch("alpha")+":app.go"); got != strings.TrimSpace(app("beta")) {
		t.Errorf("app.go:\n%s", got)
	}
	if n := w.pushes(); n != 2 {
		t.Errorf("%d pushes", n)
	}
	for _, section := range []string{"## What\n", "## Why\n", "## What was rewritten\n", "## What was checked\n", "## Left for a person\n", "## How to stop or retry\n"} {
		if !strings.Contains(pulls[0].Body, section) {
			t.Errorf("no section %q in\n%s", section, pulls[0].Body)
		}
	}
	w.forge.Forget()
	again := w.wants(stale("alpha", "beta"), Unchanged, Unchanged)
	if again[0].URL != outcomes[0].URL || again[0].Commit != outcomes[0].Commit {
		t.Errorf("got %+v, then %+v", outcomes[0], again[0])
	}
	w.quiet()
}

func TestSameInputSameCommit(t *testing.T) {
	w := newWorld(t)
	first := w.wants(stale("alpha"), Created)
	w.forge.ClosePull(1, "ann")
	w.forge.DeleteBranch(branch("alpha"))
	w.cfg.Recreate = true
	second := w.wants(stale("alpha"), Created)
	if first[0].Commit == "" || first[0].Commit != second[0].Commit || second[0].Number != 2 {
		t.Errorf("got %v, then %v", first, second)
	}
}

func TestClosedStaysClosed(t *testing.T) {
	w := newWorld(t)
	w.wants(stale("alpha"), Created)
	w.forge.ClosePull(1, "ann")
	w.forge.Forget()
	o := w.wants(stale("alpha"), Ignored)[0]
	if !strings.Contains(o.Reason, "#1 was closed by ann on 2026-02-03") {
		t.Errorf("reason: %s", o.Reason)
	}
	w.forge.DeleteBranch(branch("alpha"))
	w.wants(stale("alpha"), Ignored)
	w.forge.Change(1, func(p *forgetest.Pull) { p.Body = "somebody wiped it" })
	w.wants(stale("alpha"), Ignored)
	w.quiet()
	w.forge.Change(1, func(p *forgetest.Pull) { p.Labels = []string{labelRetry} })
	w.wants(stale("alpha"), Created)
}

func TestAnotherWinnerIsAnotherQuestion(t *testing.T) {
	w := newWorld(t)
	w.wants(stale("alpha"), Created)
	w.forge.ClosePull(1, "ann")
	other := stale("alpha")
	other[0].Winner = registry.Winner{Value: registry.NewValue("false")}
	w.wants(other, Created)
	w.forge.ClosePull(2, "ann")
	w.forge.Change(2, func(p *forgetest.Pull) { p.Labels = []string{labelKeep} })
	w.wants(stale("alpha"), Ignored)
}

func TestMergedAndBack(t *testing.T) {
	w := newWorld(t)
	w.wants(stale("alpha"), Created)
	w.forge.Merge(1, "ann")
	w.wants(stale("alpha"), NothingToDo)
	w.withFlags("alpha")
	w.wants(stale("alpha"), Created)
	if n := len(w.forge.Pulls()); n != 2 {
		t.Errorf("%d pull requests", n)
	}
}

func TestForeignCommitsAreLeftAlone(t *testing.T) {
	w := newWorld(t)
	w.wants(stale("alpha"), Created)
	theirs := w.forge.Commit(branch("alpha"), "zoe", map[string]string{"fix.go": "package app\n"})
	w.withFlags("alpha", "gamma")
	w.forge.Forget()
	o := w.wants(stale("alpha"), Blocked)[0]
	if !strings.Contains(o.Reason, "zoe") || o.Number != 1 {
		t.Errorf("got %s", o)
	}
	if n := w.pushes(); n != 0 || w.forge.Head(branch("alpha")) != theirs {
		t.Errorf("%d pushes", n)
	}
	if n := len(w.forge.Pulls()[0].Comments); n != 1 {
		t.Errorf("%d comments", n)
	}
	w.forge.Forget()
	w.wants(stale("alpha"), Blocked)
	w.quiet()
	w.forge.Change(1, func(p *forgetest.Pull) { p.Labels = append(p.Labels, labelRebase) })
	w.wants(stale("alpha"), Updated)
	if p := w.forge.Pulls()[0]; !p.Open || p.Head == theirs || slices.Contains(p.Labels, labelRebase) {
		t.Errorf("after %s: %+v", labelRebase, p)
	}
	w.forge.Forget()
	w.wants(stale("alpha"), Unchanged)
	w.quiet()
}

func TestAmendedCommitIsForeign(t *testing.T) {
	w := newWorld(t)
	o := w.wants(stale("alpha"), Created)[0]
	tree := w.forge.Git("rev-parse", "main^{tree}")
	message := w.forge.Git("log", "-1", "--format=%B", o.Commit)
	amended := w.forge.Git("-c", "user.name=zoe", "-c", "user.email=z@example.com", "commit-tree", tree, "-p", "main", "-m", message)
	w.forge.Git("update-ref", "refs/heads/"+branch("alpha"), amended)
	w.wants(stale("alpha"), Blocked)
}

func TestForeignBranchWithoutPullRequest(t *testing.T) {
	w := newWorld(t)
	theirs := w.forge.Commit(branch("alpha"), "zoe", map[string]string{"x.go": "package app\n"})
	w.forge.Forget()
	o := w.wants(stale("alpha"), Blocked)[0]
	if !strings.Contains(o.Reason, "zoe") || w.forge.Head(branch("alpha")) != theirs {
		t.Errorf("got %s", o)
	}
	w.quiet()
}

func TestStopLabel(t *testing.T) {
	w := newWorld(t)
	w.wants(stale("alpha"), Created)
	w.forge.Change(1, func(p *forgetest.Pull) { p.Labels = []string{labelStop} })
	w.withFlags("alpha", "gamma")
	w.forge.Forget()
	w.wants(stale("alpha"), Blocked)
	w.quiet()
}

func TestBaseMoved(t *testing.T) {
	w := newWorld(t)
	w.wants(stale("alpha"), Created)
	w.forge.Commit("main", "ann", map[string]string{"other.go": "package app // elsewhere\n"})
	w.forge.Forget()
	o := w.wants(stale("alpha"), Unchanged)[0]
	if o.Commit != w.forge.Head(branch("alpha")) {
		t.Errorf("commit: %s", o.Commit)
	}
	w.quiet()
	w.withFlags("alpha", "gamma")
	w.forge.Forget()
	w.wants(stale("alpha"), Updated)
	if writes := w.forge.Writes(); len(writes) != 1 || w.pushes() != 1 {
		t.Errorf("writes: %v", writes)
	}
	p := w.forge.Pulls()
	if len(p) != 1 || !p[0].Open || w.forge.Git("rev-list", "--count", "main.."+branch("alpha")) != "1" {
		t.Errorf("pull requests: %+v", p)
	}
	w.forge.Commit("main", "ann", map[string]string{"other.go": app("alpha")})
	w.forge.Forget()
	w.wants(stale("alpha"), Updated)
	if !strings.Contains(w.forge.Pulls()[0].Body, "2 files") || w.pushes() != 1 {
		t.Errorf("body:\n%s", w.forge.Pulls()[0].Body)
	}
}

func TestEditedTextIsTheirs(t *testing.T) {
	w := newWorld(t)
	w.wants(stale("alpha"), Created)
	w.forge.Change(1, func(p *forgetest.Pull) { p.Body = strings.ReplaceAll(p.Body, "\n", "\r\n") })
	w.forge.Forget()
	w.wants(stale("alpha"), Unchanged)
	w.quiet()
	w.forge.Change(1, func(p *forgetest.Pull) { p.Title = "chore: " + p.Title })
	w.forge.Commit("main", "ann", map[string]string{"other.go": app("alpha")})
	w.forge.Forget()
	w.wants(stale("alpha"), Updated)
	if writes := w.forge.Writes(); len(writes) != 1 || w.pushes() != 1 {
		t.Errorf("writes: %v", writes)
	}
}

func TestWithdrawnWhenGone(t *testing.T) {
	w := newWorld(t)
	w.wants(stale("alpha"), Created)
	w.withFlags("beta")
	w.wants(stale("alpha"), Closed)
	p := w.forge.Pulls()[0]
	if p.Open || len(p.Comments) != 1 || w.forge.Head(branch("alpha")) != "" {
		t.Errorf("got %+v", p)
	}
	w.forge.Forget()
	w.wants(stale("alpha"), NothingToDo)
	w.quiet()
	w.withFlags("alpha")
	w.wants(stale("alpha"), Created)
}

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

func TestResultJSON(t *testing.T) {
	w := newWorld(t)
	result, err := Run(t.Context(), w.cfg, stale("alpha", "absent"))
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.MarshalIndent(result, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer("BASE", result.BaseCommit, "COMMIT", result.Outcomes[1].Commit, "URL", w.forge.URL).Replace(`{
  "version": 1,
  "repository": "acme/shop",
  "base": "main",
  "base_commit": "BASE",
  "dry_run": false,
  "outcomes": [
    {
      "flag": {
        "key": "absent"
      },
      "winner": "true",
      "action": "nothing-to-do",
      "reason": "the flag is not in the code",
      "branch": "flagdebt/remove/absent-5ad38304",
      "title": "Remove stale feature flag absent (keep true)"
    },
    {
      "flag": {
        "key": "alpha"
      },
      "winner": "true",
      "action": "created",
      "branch": "flagdebt/remove/alpha-8ed3f6ad",
      "title": "Remove stale feature flag alpha (keep true)",
      "commit": "COMMIT",
      "pull_request": {
        "number": 1,
        "url": "URL/acme/shop/pull/1"
      }
    }
  ]
}`)
	if string(data) != want {
		t.Errorf("got\n%s\nwant\n%s", data, want)
	}
	if empty, _ := json.Marshal(Result{}); !strings.Contains(string(empty), `"outcomes":[]`) {
		t.Errorf("empty: %s", empty)
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
