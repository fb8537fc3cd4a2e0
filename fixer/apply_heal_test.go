//go:build unix

package fixer

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestWriteHelper is no test: it is the process that the tests below end.
func TestWriteHelper(t *testing.T) {
	root, how := os.Getenv("FLAGDEBT_WRITE_ROOT"), os.Getenv("FLAGDEBT_WRITE_END")
	if root == "" {
		t.Skip("run by the tests below")
	}
	call, err := strconv.Atoi(os.Getenv("FLAGDEBT_WRITE_CALL"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := signal.NotifyContext(t.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	end := func(n int) {
		switch {
		case n != call:
		case how == "wait":
			fmt.Println("HERE")
			<-ctx.Done()
		default:
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	}
	d := &faulty{}
	if how == "after" {
		d.post = end
	} else {
		d.at = func(n int, _, _ string) error { end(n); return nil }
	}
	err = write(ctx, d, root, changesOf(root, before, after))
	fmt.Printf("ENDED %v\n", err)
}

// helper starts TestWriteHelper in a process of its own.
func helper(t *testing.T, root, how string, call int) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestWriteHelper$", "-test.v")
	cmd.Env = append(os.Environ(), "FLAGDEBT_WRITE_ROOT="+root, "FLAGDEBT_WRITE_END="+how, "FLAGDEBT_WRITE_CALL="+strconv.Itoa(call))
	return cmd
}

// TestWriteKilled kills the process at each call, right before it and right
// after it. What it leaves is whole once Heal was there.
func TestWriteKilled(t *testing.T) {
	for _, how := range []string{"before", "after"} {
		backs := 0
		for i := 0; ; i++ {
			root := plant(t, before)
			out, err := helper(t, root, how, i).CombinedOutput()
			if bytes.Contains(out, []byte("ENDED")) {
				break
			}
			if err == nil || !strings.Contains(err.Error(), "killed") {
				t.Fatalf("call %d: %v\n%s", i, err, out)
			}
			h, err := Heal(t.Context(), root)
			if err != nil {
				t.Errorf("call %d: %v", i, err)
			}
			if isNew := wantWhole(t, root); h != nil && len(h.Back) > 0 {
				backs++
				if isNew || len(h.Left) > 0 {
					t.Errorf("call %d: healed %v", i, h)
				}
			}
			if h, err := Heal(t.Context(), root); h != nil || err != nil {
				t.Errorf("call %d: healed again: %v, %v", i, h, err)
			}
		}
		if backs < 4 {
			t.Errorf("files were put back %d times only", backs)
		}
	}
}

// TestWriteInterrupted sends signals to a process in the middle of each call.
func TestWriteInterrupted(t *testing.T) {
	for _, sig := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		for i := 0; i < 40; i++ {
			root := plant(t, before)
			cmd := helper(t, root, "wait", i)
			var out bytes.Buffer
			here := make(chan bool, 1)
			cmd.Stdout = writerFunc(func(p []byte) (int, error) {
				out.Write(p)
				if bytes.Contains(out.Bytes(), []byte("HERE")) {
					select {
					case here <- true:
					default:
					}
				}
				return len(p), nil
			})
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			done := make(chan error, 1)
			go func() { done <- cmd.Wait() }()
			select {
			case <-here:
				_ = cmd.Process.Signal(sig)
				<-done
			case <-done:
				i = 1000 // there is no such call
			case <-time.After(time.Minute):
				t.Fatal("the helper hangs")
			}
			if isNew := wantWhole(t, root); isNew != strings.Contains(out.String(), "ENDED <nil>") {
				t.Errorf("%v at call %d: %s", sig, i, out.String())
			}
		}
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// TestHealLeavesWhatWasChanged edits a file after the process was killed.
func TestHealLeavesWhatWasChanged(t *testing.T) {
	root := plant(t, before)
	killed := false
	for i := 0; !killed; i++ {
		root = plant(t, before)
		_ = helper(t, root, "after", i).Run()
		now := harvest(t, root)
		_, isThere := now["b/gone.go"]
		killed = !isThere && now["b/b.go"] == after["b/b.go"]
	}
	if err := os.WriteFile(filepath.Join(root, "b", "b.go"), []byte("package b // theirs\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	h, err := Heal(t.Context(), root)
	if err != nil || h == nil || !cmp.Equal(h.Back, []string{"a.go", "b/gone.go"}) || len(h.Left) != 1 {
		t.Fatalf("healed %+v, %v", h, err)
	}
	got := harvest(t, root)
	old := ""
	for name, text := range got {
		if strings.HasSuffix(name, "-old") && strings.Contains(h.Left[0], "b/b.go (its text from before is in "+name+")") {
			old = text
			delete(got, name)
		}
	}
	if old != before["b/b.go"] || got["b/b.go"] != "package b // theirs\n" {
		t.Errorf("got %q, beside %q", got["b/b.go"], old)
	}
	got["b/b.go"] = before["b/b.go"]
	if diff := cmp.Diff(before, got); diff != "" {
		t.Error(diff)
	}
	// What lies there does not stop the next run.
	if err := Write(t.Context(), root, changesOf(root, got, after)[:1]); err != nil {
		t.Error(err)
	}
}

func TestHealHostileJournal(t *testing.T) {
	outside := t.TempDir()
	victim := filepath.Join(outside, "victim")
	if err := os.WriteFile(victim, []byte("mine\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, journal := range []string{
		`{"version":1,"mark":"00000000","files":[{"path":"../victim","before":"x"}]}` + "\n",
		`{"version":1,"mark":"00000000","files":[{"path":"out/victim","before":"` + digest([]byte("evil\n")) + `","after":"` + digest([]byte("mine\n")) + `"}]}` + "\n",
		`{"version":1,"mark":"../../x","files":[{"path":"a.go"}]}` + "\n",
		`{"version":2,"mark":"00000000"}` + "\n",
		"nonsense\n",
	} {
		root := plant(t, before)
		if err := os.Symlink(outside, filepath.Join(root, "out")); err != nil {
			t.Skip(err)
		}
		if err := os.WriteFile(filepath.Join(outside, ".victim.flagdebt-00000000-old"), []byte("evil\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, journalName), []byte(journal), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Heal(t.Context(), root); err == nil || !strings.Contains(err.Error(), journalName) {
			t.Errorf("%s: %v", journal, err)
		}
		if err := Write(t.Context(), root, changesOf(root, before, after)); err == nil || !strings.Contains(err.Error(), "Nothing was written") {
			t.Errorf("%s: %v", journal, err)
		}
		if data, _ := os.ReadFile(victim); string(data) != "mine\n" {
			t.Fatalf("%s: %q", journal, data)
		}
	}
}
