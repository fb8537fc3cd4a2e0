package git

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFirstSeen(t *testing.T) {
	r, _ := newRepository(t)
	for key, want := range map[string]string{
		"new-checkout": "2026-03-04", "package sub": "2026-03-04",
		"absent": "", "": "", "--output=/tmp/pwned": "", "-S": "", "a\x00b": "", "$(touch x)": "",
	} {
		got, ok := r.FirstSeen(t.Context(), key, "sub", "a.go")
		if got != want || ok != (want != "") {
			t.Errorf("%q: got %q, %v; want %q", key, got, ok, want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got, ok := r.FirstSeen(ctx, "new-checkout"); ok {
		t.Errorf("cancelled: got %q", got)
	}
}

func TestChangedSince(t *testing.T) {
	r, dir := newRepository(t)
	write(t, dir, "sub/b.go", "package sub\n\nconst key = \"new-checkout\"\n++ not a header\n@@ -1 +1 @@\n")
	write(t, dir, "a b.go", "one\n")
	write(t, dir, "ö\"q.go", "two")
	sh(t, dir, "add", "a b.go", "ö\"q.go")
	write(t, dir, "untracked.go", "x\n")
	if err := os.Remove(filepath.Join(dir, "gone.go")); err != nil {
		t.Fatal(err)
	}
	got, err := r.ChangedSince(t.Context(), "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	want := Changed{"sub/b.go": {{4, 5}}, "a b.go": {{1, 1}}, "ö\"q.go": {{1, 1}}, "untracked.go": everyLine}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !got.Has("sub/b.go", 5) || got.Has("sub/b.go", 3) || !got.Has("untracked.go", 9) {
		t.Error("Has is wrong")
	}
	if _, err := r.ChangedSince(t.Context(), "--output=x"); err == nil {
		t.Error("an option was taken as a revision")
	}
}
