package sweep

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/flagdebt/flagdebt/internal/forge"
	"github.com/flagdebt/flagdebt/internal/forge/forgetest"
	"github.com/flagdebt/flagdebt/registry"
)

func TestLeaseLost(t *testing.T) {
	w := newWorld(t)
	w.wants(stale("alpha"), Created)
	w.withFlags("alpha", "gamma")
	var theirs string
	w.forge.Before("GET", "service=git-receive-pack", func() {
		theirs = w.forge.Commit(branch("alpha"), "zoe", map[string]string{"fix.go": "package app\n"})
	})
	o := w.wants(stale("alpha"), Blocked)[0]
	if !strings.Contains(o.Reason, "moved by somebody else") || w.forge.Head(branch("alpha")) != theirs {
		t.Errorf("got %s", o)
	}
}

func TestBranchAppearsMeanwhile(t *testing.T) {
	w := newWorld(t)
	w.forge.Before("GET", "service=git-receive-pack", func() {
		w.forge.Commit(branch("alpha"), "zoe", map[string]string{"fix.go": "package app\n"})
	})
	w.wants(stale("alpha"), Blocked)
	if n := len(w.forge.Pulls()); n != 0 {
		t.Errorf("%d pull requests", n)
	}
}

func TestInterruptedAfterPush(t *testing.T) {
	w := newWorld(t)
	w.forge.Fail(forgetest.Fault{Method: "POST", Path: "/pulls", Status: 500})
	w.wants(stale("alpha"), Failed)
	if w.forge.Head(branch("alpha")) == "" || len(w.forge.Pulls()) != 0 {
		t.Fatal("the fault did not work")
	}
	w.forge.Forget()
	w.wants(stale("alpha"), Created)
	if n := w.pushes(); n != 0 {
		t.Errorf("%d pushes of what was there", n)
	}
}

func TestCancelBetweenFlags(t *testing.T) {
	w := newWorld(t)
	ctx, cancel := context.WithCancel(t.Context())
	w.cfg.Remove = func(ctx context.Context, dir string, flag registry.Flag) (Removal, error) {
		if flag.ID.Key == "beta" {
			cancel()
		}
		return dropLines(ctx, dir, flag)
	}
	result, err := Run(ctx, w.cfg, stale("alpha", "beta"))
	if !errors.Is(err, context.Canceled) || len(result.Outcomes) != 1 || result.Outcomes[0].Action != Created {
		t.Errorf("got %v, %v", result.Outcomes, err)
	}
	if w.forge.Head(branch("beta")) != "" || len(w.forge.Pulls()) != 1 {
		t.Errorf("half done: %v", w.forge.Branches())
	}
	w.cfg.Remove = dropLines
	w.wants(stale("alpha", "beta"), Unchanged, Created)
}

func TestCancelAfterPushFinishesTheFlag(t *testing.T) {
	w := newWorld(t)
	ctx, cancel := context.WithCancel(t.Context())
	w.forge.Before("POST", "/pulls", cancel)
	result, err := Run(ctx, w.cfg, stale("alpha", "beta"))
	if !errors.Is(err, context.Canceled) || len(result.Outcomes) != 1 || result.Outcomes[0].Number != 1 {
		t.Errorf("got %v, %v", result.Outcomes, err)
	}
	if p := w.forge.Pulls(); len(p) != 1 || len(p[0].Labels) != 1 {
		t.Errorf("pull requests: %+v", p)
	}
}

func TestRateLimitPutsOffTheRest(t *testing.T) {
	w := newWorld(t)
	w.forge.Fail(forgetest.Fault{Method: "POST", Path: "/pulls", Status: 403, Header: map[string]string{"Retry-After": "3000"}, Times: -1})
	outcomes := w.wants(stale("alpha", "beta"), Failed, Deferred)
	if !strings.Contains(outcomes[0].Reason, "rate limit") || !strings.Contains(outcomes[0].Reason, "50m0s") {
		t.Errorf("got %s", outcomes[0])
	}
	if w.forge.Head(branch("beta")) != "" {
		t.Error("the second flag was pushed")
	}
}

func TestShortLimitsAreWaitedFor(t *testing.T) {
	w := newWorld(t)
	w.forge.Fail(forgetest.Fault{Method: "POST", Path: "/pulls", Status: 429, Header: map[string]string{"Retry-After": "9"}})
	w.forge.Fail(forgetest.Fault{Method: "GET", Path: "/pulls", Status: 502})
	w.wants(stale("alpha"), Created)
	if len(w.waits) != 2 || w.waits[1] != 9*time.Second {
		t.Errorf("waits: %v", w.waits)
	}
}

func TestActionsMayNotOpen(t *testing.T) {
	w := newWorld(t)
	w.forge.Fail(forgetest.Fault{Method: "POST", Path: "/pulls", Status: 403, Times: -1, Body: `{"message":"GitHub Actions is not permitted to create or approve pull requests."}`})
	o := w.wants(stale("alpha", "beta"), Failed, Deferred)[0]
	if !strings.Contains(o.Reason, "Settings > Actions > General") {
		t.Errorf("got %s", o)
	}
}

func TestLabelsAreBestEffort(t *testing.T) {
	w := newWorld(t)
	w.forge.Fail(forgetest.Fault{Method: "POST", Path: "/labels", Status: 403, Times: -1})
	o := w.wants(stale("alpha", "beta"), Created, Created)[0]
	if len(o.Warnings) != 1 || !strings.Contains(o.Warnings[0], "labelling pull request #1") {
		t.Errorf("warnings: %v", o.Warnings)
	}
}

func TestSomebodyOpensItMeanwhile(t *testing.T) {
	w := newWorld(t)
	w.forge.Before("POST", "/pulls", func() {
		other, err := forge.New(forge.Config{BaseURL: w.forge.APIURL(), Token: w.forge.Token, Pace: -1})
		if err != nil {
			t.Error(err)
			return
		}
		repo := forge.Repository{Owner: "acme", Name: "shop"}
		if _, _, err := other.Open(t.Context(), repo, forge.Proposal{Branch: branch("alpha"), Base: "main", Title: "mine"}); err != nil {
			t.Error(err)
		}
	})
	o := w.wants(stale("alpha"), Updated)[0]
	if p := w.forge.Pulls(); len(p) != 1 || p[0].Title != o.Title || o.Number != 1 {
		t.Errorf("got %s, %+v", o, p)
	}
}

func TestRenamedRepository(t *testing.T) {
	w := newWorld(t)
	w.forge.Rename("acme", "store")
	w.wants(stale("alpha"), Created)
	w.wants(stale("alpha"), Unchanged)
	if url := w.git(w.dir, "remote", "get-url", "origin"); !strings.HasSuffix(url, "/acme/shop.git") {
		t.Errorf("the remote was changed to %s", url)
	}
}

// TestHeaderOfTheCheckout has a header in the configuration already, as
// actions/checkout leaves it there.
func TestHeaderOfTheCheckout(t *testing.T) {
	for _, key := range []string{"http." + "URL" + "/.extraHeader", "http.extraHeader", "http." + "CLONE" + ".extraHeader"} {
		w := newWorld(t)
		key = strings.NewReplacer("URL", w.forge.URL, "CLONE", w.forge.CloneURL()).Replace(key)
		w.git(w.dir, "config", "--add", key, "Authorization: Basic c3RhbGU6c3RhbGU=")
		w.wants(stale("alpha"), Created)
	}
}

func TestPasswordInTheRemote(t *testing.T) {
	w := newWorld(t)
	w.git(w.dir, "remote", "set-url", "origin", strings.Replace(w.forge.CloneURL(), "://", "://ann:old-s3cret@", 1))
	o := w.wants(stale("alpha"), Created)[0]
	w.cfg.Token = ""
	w.withFlags("alpha", "gamma")
	_, err := Run(t.Context(), w.cfg, stale("alpha"))
	if err == nil || strings.Contains(err.Error(), "old-s3cret") || o.Number != 1 {
		t.Errorf("got %v", err)
	}
}

func TestGitIsNotSentElsewhere(t *testing.T) {
	for _, status := range []int{301, 302, 307} {
		w := newWorld(t)
		w.forge.Fail(forgetest.Fault{Path: "info/refs", Status: status, Times: -1, Header: map[string]string{"Location": w.forge.Elsewhere() + "/acme/shop.git/info/refs?service=git-upload-pack"}})
		if _, err := Run(t.Context(), w.cfg, stale("alpha")); err == nil {
			t.Error("no error")
		}
		if strays := w.forge.Strays(); len(strays) > 0 {
			t.Errorf("a redirect of git to another host was followed: %v", strays)
		}
	}
}

func TestRemoteOnAnotherHost(t *testing.T) {
	w := newWorld(t)
	w.git(w.dir, "remote", "set-url", "origin", w.forge.Elsewhere()+"/acme/shop.git")
	_, err := Run(t.Context(), w.cfg, stale("alpha"))
	if err == nil || !strings.Contains(err.Error(), "while the forge keeps its repositories on") {
		t.Errorf("got %v", err)
	}
}

func TestCannotStart(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*world)
		want   string
	}{
		"no such remote": {func(w *world) { w.cfg.Remote = "upstream" }, "upstream"},
		"an option":      {func(w *world) { w.cfg.Remote = "--all" }, "--all"},
		"no forge":       {func(w *world) { w.git(w.dir, "remote", "set-url", "origin", w.forge.GitDir+"/..") }, "names no owner"},
		"two places":     {func(w *world) { w.git(w.dir, "remote", "set-url", "--push", "origin", w.forge.URL+"/me/fork") }, "pushes to me/fork"},
		"read only":      {func(w *world) { w.forge.SetReadOnly(true) }, "may not push"},
		"no base":        {func(w *world) { w.cfg.Base = "nope" }, `no branch "nope"`},
		"not there":      {func(w *world) { w.git(w.dir, "remote", "set-url", "origin", w.forge.URL+"/a/b") }, "Check the repository's name"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			test.change(w)
			_, err := Run(t.Context(), w.cfg, stale("alpha"))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v", err)
			}
			w.quiet()
		})
	}
}

func TestShallowClone(t *testing.T) {
	w := newWorld(t)
	w.wants(stale("alpha"), Created)
	w.withFlags("alpha", "gamma")
	w.dir += "-shallow"
	w.git("", "clone", "--quiet", "--depth=1", "file://"+w.forge.GitDir, w.dir)
	w.git(w.dir, "remote", "set-url", "origin", w.forge.CloneURL())
	w.cfg.Repository = w.open()
	w.wants(stale("alpha"), Updated)
	w.wants(stale("alpha"), Unchanged)
	w.forge.Commit(branch("alpha"), "zoe", map[string]string{"fix.go": "package app\n"})
	o := w.wants(stale("alpha"), Blocked)[0]
	if !strings.Contains(o.Reason, "others (zoe)") {
		t.Errorf("got %s", o)
	}
}
