package config

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	for _, test := range []struct{ name, archive, from, path, root string }{
		{"at the root of git", "-- .git/HEAD --\n-- .flagdebt.yml --\n-- a/go.mod --\n-- a/b/c.go --\n", "a/b", ".flagdebt.yml", "."},
		{"the nearest", "-- .git/HEAD --\n-- .flagdebt.yml --\n-- a/.flagdebt.yml --\n-- a/b/c.go --\n", "a/b", "a/.flagdebt.yml", "."},
		{"none", "-- .git/HEAD --\n-- a/go.mod --\n", "a", "", "."},
		{"not above the root", "-- .flagdebt.yml --\n-- a/.git --\n-- a/b/c.go --\n", "a/b", "", "a"},
		{"git below a workspace", "-- go.work --\n-- a/.git/HEAD --\n-- a/go.mod --\n", "a", "", "a"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := repository(t, test.archive)
			path, root, err := Find(filepath.Join(dir, test.from))
			if err != nil {
				t.Fatal(err)
			}
			want := ""
			if test.path != "" {
				want = filepath.Join(dir, test.path)
			}
			if path != want || root != filepath.Join(dir, test.root) {
				t.Errorf("got %s, %s", path, root)
			}
		})
	}
}

func TestFindWithoutGitStopsAtTheOutermostModule(t *testing.T) {
	dir := repository(t, "-- go.work --\n-- .flagdebt.yml --\n-- a/go.mod --\n-- a/b/c.go --\n")
	if outer := findRoot(filepath.Dir(dir)); exists(filepath.Join(outer, ".git")) || exists(filepath.Join(outer, "go.mod")) {
		t.Skip("the folder for temporary files lies in a repository")
	}
	path, root, err := Find(filepath.Join(dir, "a", "b"))
	if err != nil || path != filepath.Join(dir, FileName) || root != dir {
		t.Errorf("got %s, %s, %v", path, root, err)
	}
}

func TestFindTellsOfAMisspelledName(t *testing.T) {
	dir := repository(t, "-- .git/HEAD --\n-- .flagdebt.yaml --\n")
	if _, _, err := Find(dir); err == nil || !strings.Contains(err.Error(), "rename it") {
		t.Errorf("got %v", err)
	}
}
