//go:build unix

package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// killFiles is how many files change, so that there is time to interrupt it.
const killFiles = 80

// plantModule writes a module with many files that ask for one flag.
func plantModule(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{
		"go.mod":         "module example.com/app\n\ngo 1.26\n",
		"flags.yaml":     "version: 1\nflags:\n  new-ui: {winner: true}\n",
		"flag/flag.go":   "// Package flag asks for flags.\npackage flag\n\nimport \"os\"\n\n// On reports whether a flag is on.\nfunc On(key string) bool { return os.Getenv(\"APP_\"+key) != \"\" }\n",
		".flagdebt.yml":  "version: 1\nregistry:\n  - file: flags.yaml\nproviders:\n  - id: ours\n    packages: [example.com/app/flag]\n    sites: [{names: [On], key: 0}]\n",
		"many/loser.go":  "package many\n\nfunc loser() int { return 2 }\n",
		"many/winner.go": "package many\n\nfunc winner() int { return 1 }\n",
	}
	for i := range killFiles {
		files[fmt.Sprintf("many/f%02d.go", i)] = fmt.Sprintf("package many\n\nimport \"example.com/app/flag\"\n\n// F%02d counts.\nfunc F%02d() int {\n\tif flag.On(\"new-ui\") {\n\t\treturn winner()\n\t}\n\treturn loser()\n}\n", i, i)
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// filesOf reads a tree.
func filesOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		files[strings.TrimPrefix(path, dir)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// flagdebt returns this test binary as the command (see TestMain).
func flagdebt(t *testing.T, dir string, args ...string) (cmd *exec.Cmd, out *bytes.Buffer) {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	out = &bytes.Buffer{}
	cmd = &exec.Cmd{Path: binary, Args: append([]string{"flagdebt"}, args...), Dir: dir, Stdout: out, Stderr: out}
	return cmd, out
}

// TestFixInterrupted sends signals to a run while it writes: the code is as it
// was, or as it was to become, at once or once the next run has begun.
func TestFixInterrupted(t *testing.T) {
	dir := plantModule(t)
	before := filesOf(t, dir)
	cmd, out := flagdebt(t, dir, "fix")
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	after := filesOf(t, dir)
	if len(before)-len(after) != 1 {
		t.Fatalf("%d files became %d:\n%s", len(before), len(after), out)
	}
	caught := map[syscall.Signal]int{}
	for _, sig := range []syscall.Signal{syscall.SIGKILL, syscall.SIGINT, syscall.SIGTERM} {
		for i := range 3 {
			dir := plantModule(t)
			out := interrupt(t, dir, sig, i%2 == 0, time.Duration(i*i)*time.Millisecond/4)
			got := filesOf(t, dir)
			isBefore, isAfter := cmp.Equal(before, got), cmp.Equal(after, got)
			switch {
			case sig == syscall.SIGKILL:
				caught[sig] += wantHealed(t, dir, after)
			case isBefore && strings.Contains(out, "flagdebt: interrupted; nothing was written"):
				caught[sig]++
			case isAfter && strings.Contains(out, "Removed 1 flag"):
			default:
				t.Errorf("%v in run %d: before %v, after %v\n%s", sig, i, isBefore, isAfter, out)
			}
		}
	}
	t.Logf("runs that were caught while they wrote: %v", caught)
}

// interrupt runs fix, sends it a signal some time after it began to write, or to
// put new files in the places of old ones, and returns what it said.
func interrupt(t *testing.T, dir string, sig syscall.Signal, swapped bool, wait time.Duration) string {
	t.Helper()
	cmd, out := flagdebt(t, dir, "fix")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case <-ended:
			return out.String() // it was too fast for us
		default:
		}
		_, err := os.Stat(filepath.Join(dir, ".flagdebt-journal"))
		first, _ := os.ReadFile(filepath.Join(dir, "flags.yaml"))
		if err == nil && (!swapped || !bytes.Contains(first, []byte("new-ui"))) {
			break
		}
		time.Sleep(50 * time.Microsecond)
	}
	time.Sleep(wait)
	_ = cmd.Process.Signal(sig)
	<-ended
	return out.String()
}

// wantHealed runs fix again, and returns 1 if that had something to put back.
func wantHealed(t *testing.T, dir string, after map[string]string) int {
	t.Helper()
	cmd, out := flagdebt(t, dir, "fix")
	if err := cmd.Run(); err != nil {
		t.Errorf("the run after it: %v\n%s", err, out)
	}
	if diff := cmp.Diff(after, filesOf(t, dir)); diff != "" {
		t.Errorf("the run after it (-want +got):\n%s", diff)
	}
	if strings.Contains(out.String(), "an earlier run was killed while it wrote; these files are put back as they were: ") {
		return 1
	}
	return 0
}
