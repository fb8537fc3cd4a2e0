package sweep

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/flagdebt/flagdebt/internal/forge"
	"github.com/flagdebt/flagdebt/internal/forge/forgetest"
	"github.com/flagdebt/flagdebt/internal/git"
	"github.com/flagdebt/flagdebt/registry"
)

// world is a forge, a clone of its repository, and what a run needs.
type world struct {
	t     *testing.T
	forge *forgetest.Server
	dir   string // the clone
	log   bytes.Buffer
	cfg   Config
	waits []time.Duration
	trace string // of all calls of git: arguments and environment
}

// gitWrapper stands in for git and writes down how it was called.
const gitWrapper = `#!/bin/sh
[ -z "$GIT_CALLS" ] || { printf 'call'; for a in "$@"; do printf ' %s' "$a"; done; echo; } >> "$GIT_CALLS"
exec REAL "$@"
`

var realGit = sync.OnceValues(func() (string, error) { return exec.LookPath("git") })

// newWorld returns a world whose main branch asks for the flags "alpha" and
// "beta" in app.go.
func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, forge: forgetest.New(t), dir: filepath.Join(t.TempDir(), "clone")}
	w.forge.Commit("main", "ann", map[string]string{"app.go": app("alpha", "beta"), "other.go": "package app\n"})
	w.git("", "clone", "--quiet", w.forge.GitDir, w.dir)
	w.git(w.dir, "remote", "set-url", "origin", w.forge.CloneURL())
	w.cfg = Config{
		Repository: w.open(), Forge: w.client(), Remove: dropLines, Token: w.forge.Token, Tool: "v1.2.3", Labels: []string{"flagdebt"}, MaxOpen: 5,
		Log: slog.New(slog.NewTextHandler(&w.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	w.forge.Forget()
	t.Cleanup(w.check)
	return w
}

// open opens the clone, with a git that is watched.
func (w *world) open() *git.Repository {
	w.t.Helper()
	bin := w.t.TempDir()
	binary, err := realGit()
	if err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(bin, "git"), []byte(strings.ReplaceAll(gitWrapper, "REAL", binary)), 0o755); err != nil {
		w.t.Fatal(err)
	}
	w.trace = filepath.Join(bin, "calls")
	path := bin + string(filepath.ListSeparator) + os.Getenv("PATH")
	w.t.Setenv("PATH", path)
	r, err := git.Open(w.t.Context(), w.dir, []string{"PATH=" + path, "HOME=/nonexistent", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1",
		"GIT_CALLS=" + w.trace, "GITHUB_TOKEN=" + w.forge.Token})
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

func (w *world) client() *forge.Client {
	w.t.Helper()
	c, err := forge.New(forge.Config{BaseURL: w.forge.APIURL(), Token: w.forge.Token, Pace: -1, Log: slog.New(slog.NewTextHandler(&w.log, nil)),
		Sleep: func(ctx context.Context, d time.Duration) error { w.waits = append(w.waits, d); return ctx.Err() }})
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// check looks for the token where it must not be, and for what is left behind.
func (w *world) check() {
	w.t.Helper()
	if err := w.forge.Leaked(); err != nil {
		w.t.Error(err)
	}
	calls, _ := os.ReadFile(w.trace)
	if !strings.Contains(string(calls), "rev-parse") {
		w.t.Error("git was not watched")
	}
	config, _ := os.ReadFile(filepath.Join(w.dir, ".git", "config"))
	for name, text := range map[string]string{"git's arguments": string(calls), "the log": w.log.String(), ".git/config": string(config)} {
		if w.forge.HoldsToken(text) {
			w.t.Errorf("the token stands in %s", name)
		}
	}
	if status := w.git(w.dir, "status", "--porcelain"); status != "" {
		w.t.Errorf("the worktree was touched:\n%s", status)
	}
	if refs := w.git(w.dir, "for-each-ref", "--format=%(refname)"); strings.Contains(refs, "flagdebt") {
		w.t.Errorf("local refs were made:\n%s", refs)
	}
	if trees := w.git(w.dir, "worktree", "list"); strings.Contains(trees, "\n") {
		w.t.Errorf("worktrees are left:\n%s", trees)
	}
}

// git runs git as the user would.
func (w *world) git(dir string, args ...string) string {
	w.t.Helper()
	binary, err := realGit()
	if err != nil {
		w.t.Fatal(err)
	}
	cmd := exec.Command(binary, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		w.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// app returns a file that asks for flags, a line each.
func app(keys ...string) string {
	text := "package app\n"
	for _, k := range keys {
		text += "\n// flag: " + k + "\n"
	}
	return text
}

// dropLines is a Remover: it removes the lines that ask for the flag.
func dropLines(_ context.Context, dir string, flag registry.Flag) (Removal, error) {
	var r Removal
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return r, err
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return r, err
		}
		line := "\n// flag: " + flag.ID.Key + "\n"
		if n := strings.Count(string(data), line); n > 0 {
			r.Sites += n
			r.Changes = append(r.Changes, Change{Path: filepath.Base(file), Data: []byte(strings.ReplaceAll(string(data), line, ""))})
		}
	}
	r.Checked = []string{"go build ./..."}
	return r, nil
}

// stale returns flags that are settled at true.
func stale(keys ...string) []registry.Flag {
	var flags []registry.Flag
	for _, k := range keys {
		flags = append(flags, registry.Flag{ID: registry.ID{Key: k}, Owner: "@payments", Winner: registry.Winner{Value: registry.NewValue("true")}, Settled: "everywhere true"})
	}
	return flags
}

// sweep runs and returns the outcomes; any error is fatal.
func (w *world) sweep(flags []registry.Flag) []Outcome {
	w.t.Helper()
	result, err := Run(w.t.Context(), w.cfg, flags)
	if err != nil {
		w.t.Fatal(err)
	}
	return result.Outcomes
}

// wants runs and checks the actions, in the order of the keys.
func (w *world) wants(flags []registry.Flag, actions ...Action) []Outcome {
	w.t.Helper()
	outcomes := w.sweep(flags)
	if len(outcomes) != len(actions) {
		w.t.Fatalf("got %d outcomes, want %d", len(outcomes), len(actions))
	}
	for i, o := range outcomes {
		if o.Action != actions[i] {
			w.t.Errorf("got %s; want %s", o, actions[i])
		}
		if w.forge.HoldsToken(o.String() + strings.Join(o.Warnings, "")) {
			w.t.Errorf("the token is told: %s", o)
		}
	}
	return outcomes
}

// quiet fails unless nothing was written since the last Forget.
func (w *world) quiet() {
	w.t.Helper()
	if writes := w.forge.Writes(); len(writes) > 0 {
		w.t.Errorf("writes: %v", writes)
	}
}

// pushes counts the pushes since the last Forget.
func (w *world) pushes() (n int) {
	for _, write := range w.forge.Writes() {
		if strings.Contains(write, "git-receive-pack") {
			n++
		}
	}
	return n
}

// branch is where the removal of a flag goes.
func branch(key string) string { return Config{}.withDefaults().branchName(registry.ID{Key: key}) }

// withFlags has somebody commit an app.go that asks for these flags.
func (w *world) withFlags(keys ...string) {
	w.forge.Commit("main", "ann", map[string]string{"app.go": app(keys...)})
}
