//go:build unix

package fixer

import (
	"context"
	"errors"
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
