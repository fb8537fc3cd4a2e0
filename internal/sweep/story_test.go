package sweep

import (
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
