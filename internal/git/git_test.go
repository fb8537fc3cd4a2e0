package git

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// environ is an environment without the settings of whoever runs the tests.
func environ(extra ...string) []string {
	return append([]string{"PATH=" + os.Getenv("PATH"), "HOME=/nonexistent", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1"}, extra...)
}

// sh runs git in dir as a person would and returns what it prints.
func sh(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	cmd.Env = environ("GIT_AUTHOR_NAME=Ann", "GIT_AUTHOR_EMAIL=ann@example.com", "GIT_COMMITTER_NAME=Ann", "GIT_COMMITTER_EMAIL=ann@example.com",
		"GIT_AUTHOR_DATE=2026-03-04T05:06:07Z", "GIT_COMMITTER_DATE=2026-03-04T05:06:07Z")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

// write writes a file below dir.
func write(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// newRepository returns a clone of a bare repository with one commit on main.
func newRepository(t *testing.T) (r *Repository, dir string) {
	t.Helper()
	parent := t.TempDir()
	bare, dir := filepath.Join(parent, "acme", "shop.git"), filepath.Join(parent, "work")
	sh(t, parent, "init", "--quiet", "--bare", "--initial-branch=main", bare)
	sh(t, parent, "clone", "--quiet", bare, dir)
	sh(t, dir, "checkout", "--quiet", "-B", "main")
	write(t, dir, ".gitattributes", "*.go text eol=crlf\n")
	write(t, dir, "a.go", "package a\n")
	write(t, dir, "sub/b.go", "package sub\n\nconst key = \"new-checkout\"\n")
	write(t, dir, "gone.go", "package a\n")
	write(t, dir, "run.sh", "#!/bin/sh\n")
	if err := os.Chmod(filepath.Join(dir, "run.sh"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("a.go", filepath.Join(dir, "link.go")); err != nil {
		t.Fatal(err)
	}
	sh(t, dir, "add", "-A")
	sh(t, dir, "commit", "--quiet", "-m", "first")
	sh(t, dir, "push", "--quiet", "origin", "main")
	return open(t, dir), dir
}

func open(t *testing.T, dir string, extra ...string) *Repository {
	t.Helper()
	r, err := Open(t.Context(), dir, environ(extra...))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var bot = Identity{Name: "flagdebt", Email: "bot@example.com"}

func TestOpen(t *testing.T) {
	_, dir := newRepository(t)
	r := open(t, filepath.Join(dir, "sub"))
	if got, want := r.Root(), sh(t, dir, "rev-parse", "--show-toplevel"); got != want {
		t.Errorf("root: got %s, want %s", got, want)
	}
	if _, err := Open(t.Context(), t.TempDir(), environ()); err == nil || !strings.Contains(err.Error(), "not a git repository") {
		t.Errorf("no repository: got %v", err)
	}
	for _, rev := range []string{"--all", "nope", "-h", ""} {
		if sha, err := r.Resolve(t.Context(), rev); err == nil {
			t.Errorf("resolving %q: got %s, want an error", rev, sha)
		}
	}
}

func TestCommit(t *testing.T) {
	r, dir := newRepository(t)
	ctx := t.Context()
	write(t, dir, "a.go", "package a // the user's own work\n")
	write(t, dir, ".gitattributes", "* -text\n")
	sh(t, dir, "add", "a.go")
	before := sh(t, dir, "status", "--porcelain")
	index, err := os.ReadFile(filepath.Join(dir, ".git", "index"))
	if err != nil {
		t.Fatal(err)
	}
	base := sh(t, dir, "rev-parse", "HEAD")
	changes := []Change{
		{Path: "sub/b.go", Data: []byte("package sub\r\n")},
		{Path: "run.sh", Data: []byte("#!/bin/bash\n")},
		{Path: "gone.go", Deleted: true},
		{Path: "new file.go", Data: []byte("")},
	}
	build := func() string {
		t.Helper()
		tree, err := r.Tree(ctx, base, changes)
		if err != nil {
			t.Fatal(err)
		}
		commit, err := r.Commit(ctx, base, tree, "subject\n\nbody\n", bot)
		if err != nil {
			t.Fatal(err)
		}
		return commit
	}
	commit := build()
	if again := build(); again != commit {
		t.Errorf("the same input gave %s, then %s", commit, again)
	}
	want := strings.Join([]string{"M\trun.sh", "D\tgone.go", "A\tnew file.go", "M\tsub/b.go"}, "\n")
	got := sh(t, dir, "diff-tree", "-r", "--name-status", base, commit)
	if !sameLines(got, want) {
		t.Errorf("changes: got\n%s\nwant\n%s", got, want)
	}
	if got := sh(t, dir, "cat-file", "blob", commit+":sub/b.go"); got != "package sub" {
		t.Errorf("line ends: got %q, want those of the base's .gitattributes", got)
	}
	if got := sh(t, dir, "ls-tree", commit, "run.sh"); !strings.HasPrefix(got, "100755") {
		t.Errorf("mode: got %s", got)
	}
	if got := sh(t, dir, "log", "-1", "--format=%an|%ce|%aI|%cI|%s", commit); got != "flagdebt|bot@example.com|2026-03-04T05:06:07+00:00|2026-03-04T05:06:07+00:00|subject" {
		t.Errorf("commit: got %s", got)
	}
	if after := sh(t, dir, "status", "--porcelain"); after != before {
		t.Errorf("status changed from\n%s\nto\n%s", before, after)
	}
	if now, _ := os.ReadFile(filepath.Join(dir, ".git", "index")); !slices.Equal(now, index) {
		// git status of the test itself may refresh it, so compare what it says.
		t.Log("index file differs in bytes")
	}
}

// sameLines reports whether both texts have the same lines in any order.
func sameLines(a, b string) bool {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

func TestTreeRefuses(t *testing.T) {
	r, _ := newRepository(t)
	for _, c := range []Change{
		{Path: "../x.go"}, {Path: "/x.go"}, {Path: ""}, {Path: "a/../b.go"}, {Path: ".git/config"}, {Path: "sub/.git/x"},
		{Path: "link.go", Data: []byte("x")}, {Path: "never.go", Deleted: true}, {Path: "a.go/x.go", Data: []byte("x")},
	} {
		if tree, err := r.Tree(t.Context(), "HEAD", []Change{c}); err == nil {
			t.Errorf("%+v: got tree %s, want an error", c, tree)
		}
	}
}

func TestPushAndLease(t *testing.T) {
	r, dir := newRepository(t)
	ctx := t.Context()
	remote, err := r.Remote(ctx, "origin")
	if err != nil {
		t.Fatal(err)
	}
	base := sh(t, dir, "rev-parse", "HEAD")
	next := sh(t, dir, "commit-tree", base+"^{tree}", "-p", base, "-m", "next")
	const branch = "flagdebt/remove/x-12345678"
	for _, step := range []struct {
		name, commit, expected string
		err                    error
	}{
		{"create", base, "", nil},
		{"create again", next, "", ErrLeaseLost},
		{"stale lease", next, next, ErrLeaseLost},
		{"move", next, base, nil},
		{"same", next, next, nil},
		{"delete, stale", "", base, ErrLeaseLost},
		{"delete", "", next, nil},
	} {
		if err := r.Push(ctx, remote, branch, step.commit, step.expected); !errors.Is(err, step.err) {
			t.Errorf("%s: got %v, want %v", step.name, err, step.err)
		}
	}
	heads, err := r.Heads(ctx, remote, "main", "flagdebt/remove/*")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"main": base}, heads); diff != "" {
		t.Error(diff)
	}
	if refs := sh(t, dir, "for-each-ref", "--format=%(refname)"); strings.Contains(refs, "flagdebt") {
		t.Errorf("local refs were written:\n%s", refs)
	}
	if err := r.Push(ctx, remote, "-x..lock", next, ""); err == nil {
		t.Error("a bad branch name was pushed")
	}
}

func TestFetch(t *testing.T) {
	r, dir := newRepository(t)
	ctx := t.Context()
	other := filepath.Join(t.TempDir(), "other")
	sh(t, dir, "clone", "--quiet", sh(t, dir, "remote", "get-url", "origin"), other)
	sh(t, other, "checkout", "--quiet", "-b", "topic")
	write(t, other, "c.go", "package a\n")
	sh(t, other, "add", "-A")
	sh(t, other, "commit", "--quiet", "-m", "human\n\nwork")
	sh(t, other, "push", "--quiet", "origin", "topic")
	head := sh(t, other, "rev-parse", "HEAD")
	remote, err := r.Remote(ctx, "origin")
	if err != nil {
		t.Fatal(err)
	}
	refs := sh(t, dir, "for-each-ref")
	if err := r.Fetch(ctx, remote, "topic", head); err != nil {
		t.Fatal(err)
	}
	if after := sh(t, dir, "for-each-ref"); after != refs {
		t.Errorf("refs changed from\n%s\nto\n%s", refs, after)
	}
	list, err := r.Commits(ctx, "HEAD", head, 10)
	if err != nil || len(list) != 1 {
		t.Fatalf("commits: got %v, %v", list, err)
	}
	if c := list[0]; c.SHA != head || c.Author.Email != "ann@example.com" || !strings.HasPrefix(c.Message, "human\n\nwork") || len(c.Parents) != 1 {
		t.Errorf("got %+v", c)
	}
	info, err := r.Info(ctx, head)
	if err != nil || info.Tree != sh(t, dir, "rev-parse", head+"^{tree}") {
		t.Errorf("info: got %+v, %v", info, err)
	}
	diff, err := r.Diff(ctx, "HEAD", head)
	if err != nil || !strings.Contains(diff, "+++ b/c.go") {
		t.Errorf("diff: got %s, %v", diff, err)
	}
}

func TestCancelKillsGit(t *testing.T) {
	r, dir := newRepository(t)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, err := r.run(ctx, call{doing: "waiting", dir: dir, args: []string{"-c", "alias.nap=!sleep 60", "nap"}})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if d := time.Since(start); d > 20*time.Second {
		t.Errorf("took %v", d)
	}
}
