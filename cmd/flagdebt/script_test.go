package main

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the wanted outputs")

// TestMain lets the scripts run this very binary as "flagdebt".
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"flagdebt": main})
}

// TestScript runs the stories of testdata/script. A story is a session at the
// command line: see "go doc github.com/rogpeppe/go-internal/testscript". Beside
// the commands told there it has
//
//	exits 2 flagdebt ...   runs a command, which must end with that exit code
//	shop DIR               copies the example service of testdata/shop to DIR
//	example NAME DIR      copies the example module testdata/NAME to DIR
//	forge start            starts a GitHub of its own (pr_test.go tells what else it can)
//
// $REPO is this repository. Git knows who commits; it knows no day but the one
// that a story sets in GIT_AUTHOR_DATE and GIT_COMMITTER_DATE.
func TestScript(t *testing.T) {
	env := scriptEnv(t)
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join(repoRoot(t), "testdata", "script"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Vars = append(e.Vars, env...)
			home := filepath.Join(e.WorkDir, ".home")
			e.Setenv("HOME", home)
			return os.MkdirAll(home, 0o777)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   scriptExits,
			"shop":    scriptShop,
			"example": scriptExample,
			"forge":   scriptForge,
			"proxy":   scriptProxy,
		},
	})
}

// repoRoot returns the root of this repository, absolute.
func repoRoot(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// scriptEnv returns the environment of a story: the go command as it is here,
// and a git that knows no settings of this machine.
func scriptEnv(t *testing.T) []string {
	t.Helper()
	env := []string{
		"REPO=" + repoRoot(t),
		"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + os.DevNull,
		"GIT_AUTHOR_NAME=Ann", "GIT_AUTHOR_EMAIL=ann@example.com",
		"GIT_COMMITTER_NAME=Ann", "GIT_COMMITTER_EMAIL=ann@example.com",
		"GIT_AUTHOR_DATE=2026-11-20T12:00:00Z", "GIT_COMMITTER_DATE=2026-11-20T12:00:00Z",
	}
	names := []string{"GOCACHE", "GOMODCACHE", "GOPATH", "GOPROXY", "GOSUMDB", "GONOSUMDB", "GOPRIVATE", "GOFLAGS", "GOTOOLCHAIN"}
	out, err := exec.Command("go", append([]string{"env"}, names...)...).Output()
	if err != nil {
		t.Fatalf("asking the go command for its settings: %v", err)
	}
	for i, value := range strings.Split(strings.TrimRight(string(out), "\n"), "\n") {
		if i < len(names) {
			env = append(env, names[i]+"="+value)
		}
	}
	return env
}

// scriptExits runs a command and compares its exit code.
func scriptExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARGUMENT]...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// scriptShop copies the example service.
func scriptShop(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: shop DIR")
	}
	from := os.DirFS(filepath.Join(ts.Getenv("REPO"), "testdata", "shop"))
	ts.Check(copyTree(ts.MkAbs(args[0]), from))
}

// scriptExample copies an example module.
func scriptExample(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: example NAME DIR")
	}
	ts.Check(copyTree(ts.MkAbs(args[1]), os.DirFS(filepath.Join(ts.Getenv("REPO"), "testdata", args[0]))))
}

// copyTree copies all files of from below dir, which may exist.
func copyTree(dir string, from fs.FS) error {
	return fs.WalkDir(from, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(dir, filepath.FromSlash(path))
		if entry.IsDir() {
			return os.MkdirAll(to, 0o777)
		}
		data, err := fs.ReadFile(from, path)
		if err != nil {
			return err
		}
		return os.WriteFile(to, data, 0o666)
	})
}
