package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/flagdebt/flagdebt/registry"
)

// removed lists the removals that TestExamples shows of each example module: each
// flag with every winner that tells something, and several flags at once.
var removed = map[string][]string{
	"shop": {
		"new-checkout=false",
		"gift-wrap=true ship-config=green",
		"one-click=true loyalty-banner=true FEATURE_MAINTENANCE=false",
		"new-checkout=true one-click=false gift-wrap=false loyalty-banner=false ship-config=standard",
	},
	"gates": {
		"LendingLimit=true", "LendingLimit=false", "FairSharing=true", "FairSharing=false",
		"FairSharing=false LendingLimit=true Visibility=true",
	},
	"orders": {
		"bulk-discount=true", "bulk-discount=false", "round-up=true", "FEATURE_CSV_EXPORT=",
		"bulk-discount=true round-up=false FEATURE_CSV_EXPORT=1",
	},
}

// TestExamples removes flags from the example modules. What fix says and changes
// stands in testdata/removed. The tests of every result pass, save those of which
// fix says that somebody should look at them.
func TestExamples(t *testing.T) {
	for module, removals := range removed {
		t.Run(module, func(t *testing.T) {
			results := filepath.Join(t.TempDir(), module)
			from := filepath.Join(repoRoot(t), "testdata", module)
			if err := copyTree(results, os.DirFS(from)); err != nil {
				t.Fatal(err)
			}
			said := map[string]string{}
			for i, flags := range removals {
				result := fmt.Sprintf("result%d", i)
				dir, told := removeIn(t, from, flags, filepath.Join(repoRoot(t), "testdata", "removed", module, strings.ReplaceAll(flags, " ", ",")))
				gather(t, dir, filepath.Join(results, result), module, flags)
				said[result] = told
			}
			checkResults(t, results, said)
		})
	}
}

// checkResults runs the tests below a folder. Those that fail must be among what
// was said of their result.
func checkResults(t *testing.T, dir string, said map[string]string) {
	t.Helper()
	out, err := inDir(t, dir, "go", "test", "-json", "-ldflags=-s -w", "./...")
	if out == "" {
		t.Fatal(err)
	}
	passed := 0
	for dec := json.NewDecoder(strings.NewReader(out)); dec.More(); {
		var e struct{ Action, Package, ImportPath, Test, Output string }
		if err := dec.Decode(&e); err != nil {
			t.Fatalf("testing the results: %v\n%s", err, out)
		}
		test, _, _ := strings.Cut(e.Test, "/")
		switch result := strings.Split(e.Package+"//", "/")[2]; {
		case e.Action == "build-fail":
			t.Errorf("%s does not compile:\n%s", e.ImportPath, out)
		case e.Action == "pass" && e.Test != "":
			passed++
		case e.Action == "fail" && test != "" && !strings.Contains(said[result], test):
			t.Errorf("%s of %s fails, and nobody was told", e.Test, e.Package)
		}
	}
	if passed == 0 {
		t.Errorf("no test passes:\n%s", out)
	}
}

// ofModules finds what fix says that depends on the modules which this machine has.
var ofModules = regexp.MustCompile(`(?m)^  (go\.mod|go\.sum|Nothing in .* imports) .*\n|, changed \d+ files`)

// removeIn removes flags from a copy of a module, compares what that says and
// changes with a file, and returns the copy and what was said.
func removeIn(t *testing.T, from, flags, golden string) (dir, told string) {
	t.Helper()
	dir = t.TempDir()
	if err := copyTree(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"init", "-q"}, {"add", "."}} {
		if out, err := inDir(t, dir, "git", args...); err != nil {
			t.Fatalf("git %s: %v\n%s", args[0], err, out)
		}
	}
	today, err := registry.ParseDate("2026-11-21")
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"fix", "-C", dir, "--force"}
	for _, f := range strings.Fields(flags) {
		args = append(args, "--flag", f)
	}
	var said bytes.Buffer
	w := world{stdout: &said, stderr: &said, getenv: func(string) string { return "" }, environ: append(os.Environ(), scriptEnv(t)...), today: today}
	code := w.run(t.Context(), args)
	diff, err := inDir(t, dir, "git", "diff", "--no-ext-diff", "--", ".", ":!go.mod", ":!go.sum")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, l := range strings.SplitAfter(diff, "\n") {
		if !strings.HasPrefix(l, "index ") {
			lines = append(lines, l)
		}
	}
	text := ofModules.ReplaceAllString(strings.ReplaceAll(said.String(), dir, "."), "")
	got := fmt.Sprintf("exit %d\n%s\n%s", code, text, strings.Join(lines, ""))
	if *update {
		if err := os.MkdirAll(filepath.Dir(golden), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("removing %s: the result differs from %s (-want +got):\n%s", flags, golden, d)
	}
	return dir, said.String()
}

// gather puts the Go files of a result where they are a part of one module: its
// packages are built once, then.
func gather(t *testing.T, dir, to, module, flags string) {
	t.Helper()
	path := `"example.com/` + module + "/"
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			if name == "stub" || name == ".git" {
				return fs.SkipDir
			}
			return os.MkdirAll(filepath.Join(to, name), 0o777)
		case !strings.HasSuffix(name, ".go"):
			return nil
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, name), bytes.ReplaceAll(text, []byte(path), []byte(path+filepath.Base(to)+"/")), 0o666)
	})
	if err != nil {
		t.Fatalf("gathering the result of %s: %v", flags, err)
	}
}

// inDir runs a program in a folder, with the environment of the stories.
func inDir(t *testing.T, dir, name string, args ...string) (string, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir, cmd.Env = dir, append(append(os.Environ(), scriptEnv(t)...), "GOFLAGS=-trimpath")
	out, err := cmd.Output()
	return string(out), err
}
