//go:build unix

package fixer

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDiff(t *testing.T) {
	c := Change{File: "a/b.go", Before: []byte("1\n2\n3\n4\n5\n6\n7\n8\n"), After: []byte("1\n2\n3\n4\nfive\n6\n7\n8\n")}
	want := `diff --git a/a/b.go b/a/b.go
--- a/a/b.go
+++ b/a/b.go
@@ -2,7 +2,7 @@
 2
 3
 4
-5
+five
 6
 7
 8
`
	if diff := cmp.Diff(want, string(c.Diff())); diff != "" {
		t.Error(diff)
	}
	if added, removed := c.Lines(); added != 1 || removed != 1 {
		t.Errorf("+%d -%d", added, removed)
	}
	gone := Change{File: "x.go", Before: []byte("-- a\n++ b")}
	want = `diff --git a/x.go b/x.go
deleted file mode 100644
--- a/x.go
+++ /dev/null
@@ -1,2 +0,0 @@
--- a
-++ b
\ No newline at end of file
`
	if diff := cmp.Diff(want, string(gone.Diff())); diff != "" {
		t.Error(diff)
	}
	if added, removed := gone.Lines(); added != 0 || removed != 2 {
		t.Errorf("+%d -%d", added, removed)
	}
	for old, want := range map[int]int{1: 1, 4: 4, 5: 5, 6: 6, 8: 8} {
		if got := c.Line(old); got != want {
			t.Errorf("line %d is now %d, want %d", old, got, want)
		}
	}
	cut := Change{File: "x.go", Before: []byte("1\n2\n3\n4\n"), After: []byte("0\n0\n1\n4\n5\n")}
	for old, want := range map[int]int{1: 3, 2: 4, 3: 4, 4: 4} {
		if got := cut.Line(old); got != want {
			t.Errorf("line %d is now %d, want %d", old, got, want)
		}
	}
	if same := (Change{File: "x.go", Before: []byte("x"), After: []byte("x")}).Diff(); len(same) > 0 {
		t.Errorf("no change, and yet\n%s", same)
	}
}

// TestDiffApplies has git make of each tree what the changes say.
func TestDiffApplies(t *testing.T) {
	pairs := map[string][2]string{
		"plain.go":           {"a\nb\nc\n", "a\nc\n"},
		"with blank.go":      {"a\nb\n", "b\n"},
		"tab\there.go":       {"a\nb\n", "b\n"},
		"qu\"ote\\.go":       {"a\n", "b\n"},
		"naïve.go":           {"a\n", "b\n"},
		"crlf.go":            {"a\r\nb\r\nc\r\n", "a\r\nc\r\n"},
		"mixed.go":           {"a\r\nb\nc\r\n", "a\r\nc\r\n"},
		"no-end.go":          {"a\nb", "a\nc"},
		"loses-end.go":       {"a\nb\n", "a"},
		"gains-end.go":       {"a\nb", "a\n"},
		"crlf-no-end.go":     {"a\r\nb", "a\r\n"},
		"emptied.go":         {"a\nb\n", ""},
		"filled.go":          {"", "a\n"},
		"deep/er/deleted.go": {"a\nb\n", "\x00"},
		"deleted no end.go":  {"a\nb", "\x00"},
		"deleted-empty.go":   {"", "\x00"},
		"deleted-crlf.go":    {"a\r\n", "\x00"},
		"same.go":            {"a\n", "a\n"},
	}
	r := rand.New(rand.NewPCG(1, 2))
	text := func() string {
		var b strings.Builder
		for range r.IntN(60) {
			b.WriteString([]string{"a", "b", "", "}", "\tx := 1", "x\r", "--- a/x", "+++ b/x", "@@ -1 +1 @@", `\ No newline at end of file`}[r.IntN(10)] + "\n")
		}
		return strings.TrimSuffix(b.String(), strings.Repeat("\n", r.IntN(2)))
	}
	for i := range 150 {
		pairs["random/"+string(rune('a'+i%26))+strings.Repeat("x", i/26)+".go"] = [2]string{text(), text()}
	}
	root := t.TempDir()
	want := map[string]string{}
	var patch bytes.Buffer
	for name, pair := range pairs {
		c := Change{File: name, Before: []byte(pair[0]), After: []byte(pair[1])}
		if pair[1] == "\x00" {
			c.After = nil
		} else {
			want[name] = pair[1]
		}
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, c.Before, 0o644); err != nil {
			t.Fatal(err)
		}
		patch.Write(c.Diff())
	}
	cmd := exec.Command("git", "apply", "--whitespace=nowarn", "-")
	cmd.Dir, cmd.Stdin = root, &patch
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_CEILING_DIRECTORIES="+filepath.Dir(root))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git apply: %v\n%s", err, out)
	}
	wantTree(t, root, want)
}
