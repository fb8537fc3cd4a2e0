package git

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWorktree(t *testing.T) {
	r, dir := newRepository(t)
	ctx, cancel := context.WithCancel(t.Context())
	head := sh(t, dir, "rev-parse", "HEAD")
	w, err := r.Worktree(ctx, head)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(w.Dir, "sub", "b.go")); err != nil {
		t.Error(err)
	}
	write(t, w.Dir, "dirt.go", "package a\n")
	cancel()
	if err := w.Remove(ctx); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(w.Dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder is still there: %v", err)
	}
	if list := sh(t, dir, "worktree", "list"); strings.Count(list, "\n") != 0 {
		t.Errorf("git still knows it:\n%s", list)
	}
	if _, err := r.Worktree(ctx, head); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}

func TestQuarantine(t *testing.T) {
	r, dir := newRepository(t)
	before := sh(t, dir, "count-objects")
	view, free, err := r.Quarantine(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer free()
	tree, err := view.Tree(t.Context(), "HEAD", []Change{{Path: "a.go", Data: []byte("package b\n")}})
	if err != nil {
		t.Fatal(err)
	}
	commit, err := view.Commit(t.Context(), "HEAD", tree, "x", bot)
	if err != nil {
		t.Fatal(err)
	}
	if diff, err := view.Diff(t.Context(), "HEAD", commit); err != nil || !strings.Contains(diff, "+package b") {
		t.Errorf("diff: %s, %v", diff, err)
	}
	if after := sh(t, dir, "count-objects"); after != before {
		t.Errorf("objects: %s, then %s", before, after)
	}
}

func TestNoHookRuns(t *testing.T) {
	r, dir := newRepository(t)
	ctx := t.Context()
	ran := filepath.Join(dir, ".git", "ran")
	for _, hook := range []string{"post-checkout", "pre-push", "reference-transaction", "post-index-change"} {
		write(t, dir, ".git/hooks/"+hook, "#!/bin/sh\necho "+hook+" >> "+ran+"\n")
		if err := os.Chmod(filepath.Join(dir, ".git", "hooks", hook), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	head, err := r.Resolve(ctx, "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	w, err := r.Worktree(ctx, head)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Remove(ctx); err != nil {
		t.Error(err)
	}
	remote, err := r.Remote(ctx, "origin")
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Push(ctx, remote, "topic", head, ""); err != nil {
		t.Error(err)
	}
	if hooks, err := os.ReadFile(ran); err == nil {
		t.Errorf("hooks ran: %s", hooks)
	}
}
