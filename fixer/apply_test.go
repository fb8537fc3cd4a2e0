//go:build unix

package fixer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
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

// before is the tree of the stories here, and after what the changes make of it.
var (
	before = map[string]string{
		"a.go": "package a\n", "b/b.go": "package b\r\n\r\nvar X = 1\r\n", "b/gone.go": "package b\n\nvar Y = 2",
		"c/deep/gone.go": "package deep\n", "flags.yaml": "version: 1\n", "other.txt": "other\n",
	}
	after = map[string]string{
		"a.go": "package a // after\n", "b/b.go": "package b\r\n", "flags.yaml": "", "other.txt": "other\n",
	}
)

// plant writes a tree.
func plant(t *testing.T, files map[string]string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// harvest reads a tree; a folder with nothing in it is told with a slash.
func harvest(t *testing.T, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if list, err := os.ReadDir(path); err == nil && len(list) == 0 {
				files[rel+"/"] = ""
			}
			return nil
		}
		data, err := os.ReadFile(path)
		files[rel] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// changesOf returns what makes one tree of the other.
func changesOf(root string, before, after map[string]string) []Change {
	var out []Change
	for _, name := range []string{"a.go", "b/b.go", "b/gone.go", "c/deep/gone.go", "flags.yaml"} {
		c := Change{Path: filepath.Join(root, filepath.FromSlash(name)), File: name, Before: []byte(before[name])}
		if text, ok := after[name]; ok {
			c.After = []byte(text)
		}
		out = append(out, c)
	}
	return out
}

func wantTree(t *testing.T, root string, want map[string]string) {
	t.Helper()
	if diff := cmp.Diff(want, harvest(t, root)); diff != "" {
		t.Errorf("the tree is not as it should be (-want +got):\n%s", diff)
	}
}

// wantWhole wants one tree or the other, and returns whether it is the new one.
func wantWhole(t *testing.T, root string) bool {
	t.Helper()
	if got := harvest(t, root); cmp.Equal(after, got) {
		return true
	}
	wantTree(t, root, before)
	return false
}

func TestWrite(t *testing.T) {
	root := plant(t, before)
	if err := os.Chmod(filepath.Join(root, "a.go"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(root, "b", "b.go"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := Write(t.Context(), root, changesOf(root, before, after)); err != nil {
		t.Fatal(err)
	}
	wantTree(t, root, after)
	for name, want := range map[string]fs.FileMode{"a.go": 0o600, "b/b.go": 0o755, "flags.yaml": 0o644} {
		info, err := os.Stat(filepath.Join(root, name))
		if err != nil || info.Mode() != want {
			t.Errorf("%s: mode %v, %v, want %v", name, info.Mode(), err, want)
		}
	}
	if h, err := Heal(t.Context(), root); h != nil || err != nil {
		t.Errorf("Heal: %v, %v", h, err)
	}
}

func TestWriteNothing(t *testing.T) {
	root := plant(t, before)
	same := []Change{{Path: filepath.Join(root, "a.go"), File: "a.go", Before: []byte("x"), After: []byte("x")}}
	for _, changes := range [][]Change{nil, same} {
		if err := Write(t.Context(), root, changes); err != nil {
			t.Error(err)
		}
	}
	wantTree(t, root, before)
}

func TestWriteThroughLinks(t *testing.T) {
	root := plant(t, map[string]string{"real/flags.yaml": "old\n", "doomed.go": "package a\n"})
	at := func(name string) string { return filepath.Join(root, name) }
	for link, to := range map[string]string{"flags.yaml": "real/flags.yaml", "alias": "real", "link.go": "doomed.go"} {
		if err := os.Symlink(to, at(link)); err != nil {
			t.Skip(err)
		}
	}
	outer := filepath.Join(t.TempDir(), "outer")
	if err := os.Symlink(root, outer); err != nil {
		t.Fatal(err)
	}
	err := Write(t.Context(), outer, []Change{
		{Path: filepath.Join(outer, "flags.yaml"), File: "flags.yaml", Before: []byte("old\n"), After: []byte("new\n")},
		{Path: filepath.Join(outer, "link.go"), File: "link.go", Before: []byte("package a\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(at("alias")); err != nil { // harvest cannot read it
		t.Fatal(err)
	}
	wantTree(t, root, map[string]string{"flags.yaml": "new\n", "real/flags.yaml": "new\n", "doomed.go": "package a\n"})
	if err := os.Symlink("real", at("alias")); err != nil {
		t.Fatal(err)
	}
	if to, err := os.Readlink(at("flags.yaml")); err != nil || to != "real/flags.yaml" {
		t.Errorf("the link leads to %q, %v", to, err)
	}
	err = Write(t.Context(), root, []Change{
		{Path: at("flags.yaml"), File: "flags.yaml", Before: []byte("new\n"), After: []byte("1\n")},
		{Path: at("alias/flags.yaml"), File: "alias/flags.yaml", Before: []byte("new\n"), After: []byte("2\n")},
	})
	if err == nil || !strings.Contains(err.Error(), "changed twice") {
		t.Errorf("one file by two names: %v", err)
	}
}

func TestWriteStaysInside(t *testing.T) {
	root := plant(t, before)
	outside := filepath.Join(t.TempDir(), "x.go")
	if err := os.WriteFile(outside, []byte("package x\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	changes := append(changesOf(root, before, after), Change{Path: outside, File: "../x.go", Before: []byte("package x\n"), After: []byte("package y\n")})
	err := Write(t.Context(), root, changes)
	if err == nil || !strings.Contains(err.Error(), "../x.go: it lies outside of") {
		t.Errorf("error: %v", err)
	}
	wantTree(t, root, before)
}

func TestWriteChangedMeanwhile(t *testing.T) {
	theirs := map[string]string{}
	for name, text := range before {
		theirs[name] = text
	}
	theirs["b/gone.go"] = "package b // theirs\n"
	root := plant(t, theirs)
	err := Write(t.Context(), root, changesOf(root, before, after))
	if err == nil || !strings.Contains(err.Error(), "b/gone.go: it was changed meanwhile: run the command again. Every file is as it was") {
		t.Errorf("error: %v", err)
	}
	wantTree(t, root, theirs)

	// While we write, by an editor that renames, and by one that does not.
	for _, rename := range []bool{true, false} {
		root := plant(t, before)
		d := &faulty{}
		d.at = func(_ int, op, _ string) error {
			if op != "rename" {
				return nil
			}
			d.at = nil
			path := filepath.Join(root, "b", "gone.go")
			if rename {
				_ = os.Remove(path)
			}
			return os.WriteFile(path, []byte(theirs["b/gone.go"]), 0o644)
		}
		err := write(t.Context(), d, root, changesOf(root, before, after))
		if err == nil || !strings.Contains(err.Error(), "changed meanwhile") {
			t.Errorf("error: %v", err)
		}
		wantTree(t, root, theirs)
	}
}

// faulty is a disk that calls a function before each call that changes
// something; its error is that of the call.
type faulty struct {
	osDisk
	n    int
	at   func(n int, op, name string) error
	post func(n int)
}

func (d *faulty) do(op, name string, call func() error) error {
	n := d.n
	d.n++
	if d.at != nil {
		if err := d.at(n, op, name); err != nil {
			return err
		}
	}
	err := call()
	if d.post != nil {
		d.post(n)
	}
	return err
}

func (d *faulty) create(name string, data []byte, mode fs.FileMode) error {
	err := d.do("create", name, func() error { return d.osDisk.create(name, data, mode) })
	if errors.Is(err, syscall.ENOSPC) {
		_ = d.osDisk.create(name, data[:len(data)/2], mode)
	}
	return err
}

func (d *faulty) link(from, to string) error {
	return d.do("link", to, func() error { return d.osDisk.link(from, to) })
}

func (d *faulty) rename(from, to string) error {
	return d.do("rename", to, func() error { return d.osDisk.rename(from, to) })
}

func (d *faulty) remove(name string) error {
	return d.do("remove", name, func() error { return d.osDisk.remove(name) })
}

func (d *faulty) note(j *journal, text string) error {
	err := d.do("note", j.Name(), func() error { return d.osDisk.note(j, text) })
	if errors.Is(err, syscall.ENOSPC) {
		_ = d.osDisk.note(j, text[:len(text)/2])
	}
	return err
}

// TestWriteFails has each call fail, alone and with all that need room after it.
func TestWriteFails(t *testing.T) {
	for _, stays := range []bool{false, true} {
		for i := 0; ; i++ {
			root := plant(t, before)
			failed := false
			d := &faulty{at: func(n int, op, _ string) error {
				takesRoom := op == "create" || op == "link" || op == "note"
				if n == i || stays && n > i && takesRoom {
					failed = true
					return &fs.PathError{Op: op, Path: "x", Err: syscall.ENOSPC}
				}
				return nil
			}}
			err := write(t.Context(), d, root, changesOf(root, before, after))
			if !failed {
				if err != nil || i < 10 {
					t.Fatalf("after %d calls: %v", i, err)
				}
				break
			}
			if err != nil && !strings.Contains(err.Error(), "no space left on device. Every file is as it was") {
				t.Errorf("call %d: %v", i, err)
			}
			if _, healErr := Heal(t.Context(), root); healErr != nil {
				t.Errorf("call %d: %v", i, healErr)
			}
			for name := range harvest(t, root) {
				if err == nil && strings.HasSuffix(name, "/") { // the call that failed was to remove it
					_ = os.RemoveAll(filepath.Join(root, "c"))
				}
			}
			if wantWhole(t, root) != (err == nil) {
				t.Errorf("call %d: the tree does not go with the error %v", i, err)
			}
		}
	}
}

// TestWriteCannotUndo has all calls fail from one on: the tree is half written
// until Heal comes.
func TestWriteCannotUndo(t *testing.T) {
	told := 0
	for i := 0; ; i++ {
		root := plant(t, before)
		failed := false
		d := &faulty{at: func(n int, op, _ string) error {
			if n < i {
				return nil
			}
			failed = true
			return &fs.PathError{Op: op, Path: "x", Err: syscall.EROFS}
		}}
		err := write(t.Context(), d, root, changesOf(root, before, after))
		if !failed {
			break
		}
		if err != nil && strings.Contains(err.Error(), "The next run of flagdebt fix tries again") {
			told++
		}
		h, healErr := Heal(t.Context(), root)
		if healErr != nil {
			t.Errorf("call %d: %v", i, healErr)
		}
		if isNew := wantWhole(t, root); isNew != (err == nil) {
			t.Errorf("call %d: the tree does not go with the error %v; healed %v", i, err, h)
		}
	}
	if told < 5 {
		t.Errorf("only %d calls told that files could not be put back", told)
	}
}

func TestWriteWithoutLinks(t *testing.T) {
	root := plant(t, before)
	d := &faulty{at: func(_ int, op, _ string) error {
		if op == "link" {
			return syscall.EPERM
		}
		return nil
	}}
	if err := write(t.Context(), d, root, changesOf(root, before, after)); err != nil {
		t.Fatal(err)
	}
	wantTree(t, root, after)
}

// TestWriteCancelled ends the context before each call.
func TestWriteCancelled(t *testing.T) {
	for i := 0; ; i++ {
		root := plant(t, before)
		ctx, cancel := context.WithCancel(t.Context())
		d := &faulty{at: func(n int, _, _ string) error {
			if n == i {
				cancel()
			}
			return nil
		}}
		err := write(ctx, d, root, changesOf(root, before, after))
		if ctx.Err() == nil {
			cancel()
			break
		}
		if err != nil && (!errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "Every file is as it was")) {
			t.Errorf("call %d: %v", i, err)
		}
		if wantWhole(t, root) != (err == nil) {
			t.Errorf("call %d: the tree does not go with the error %v", i, err)
		}
	}
}

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

// TestWriteAlone lets a run wait for another one.
func TestWriteAlone(t *testing.T) {
	root := plant(t, before)
	j, err := openJournal(t.Context(), root, true)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := Write(ctx, root, changesOf(root, before, after)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error: %v", err)
	}
	done := make(chan error, 1)
	go func() { done <- Write(t.Context(), root, changesOf(root, before, after)) }()
	if err := errors.Join(os.Remove(j.Name()), j.Close(), <-done); err != nil {
		t.Error(err)
	}
	wantTree(t, root, after)
}

// TestWriteFullDisk fills a real disk, where a test may mount one.
func TestWriteFullDisk(t *testing.T) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=256k", "flagdebt-test", root).CombinedOutput(); err != nil {
		t.Skipf("mounting a small disk: %v: %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", root).CombinedOutput(); err != nil {
			t.Errorf("unmounting: %v: %s", err, out)
		}
	})
	old := []byte("package a\n")
	large := []byte("package a\n" + strings.Repeat("// fill\n", 8<<10))
	var changes []Change
	want := map[string]string{}
	for i := range 6 {
		name := fmt.Sprintf("f%d.go", i)
		path := filepath.Join(root, name)
		want[name] = string(old)
		if err := os.WriteFile(path, old, 0o644); err != nil {
			t.Fatal(err)
		}
		changes = append(changes, Change{Path: path, File: name, Before: old, After: large})
	}
	err = Write(t.Context(), root, changes)
	if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "Every file is as it was") {
		t.Errorf("error: %v", err)
	}
	wantTree(t, root, want)
}

// TestWriteReadOnlyFolder needs a user who is not almighty.
func TestWriteReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	root := plant(t, before)
	if err := os.Chmod(filepath.Join(root, "b"), 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(root, "b"), 0o755) })
	err := Write(t.Context(), root, changesOf(root, before, after))
	if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "Every file is as it was") {
		t.Errorf("error: %v", err)
	}
	wantTree(t, root, before)
}
