package program_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/flagdebt/flagdebt/internal/program"
)

// write unpacks a txtar archive into a new folder and returns it.
func write(t *testing.T, archive string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func scan(t *testing.T, dir string) *program.Repository {
	t.Helper()
	repo, err := program.Scan(dir, dir)
	if err != nil {
		t.Fatal(err)
	}
	return repo
}

func load(t *testing.T, repo *program.Repository, builds ...program.Build) *program.Program {
	t.Helper()
	prog, err := program.Load(context.Background(), repo, repo.Dirs, append([]program.Build{{}}, builds...))
	if err != nil {
		t.Fatal(err)
	}
	return prog
}

// paths returns the import paths of folders.
func paths(dirs []*program.Dir) []string {
	var out []string
	for _, d := range dirs {
		out = append(out, d.ImportPath)
	}
	slices.Sort(out)
	return out
}

const twoModules = `
-- go.mod --
module example.com/app
go 1.26
require example.com/lib v0.0.0
replace example.com/lib => ./lib
-- app.go --
package app

import "example.com/lib/flags"

func On() bool { return flags.On }
-- cmd/tool/main.go --
package main

import "example.com/app"

func main() { println(app.On()) }
-- plain/plain.go --
package plain
-- lib/go.mod --
module example.com/lib
go 1.26
-- lib/flags/flags.go --
package flags

var On = true
-- lib/flags/flags_test.go --
package flags

import "testing"

func TestOn(t *testing.T) { _ = On }
-- plain/vendor/example.com/other/other.go --
package other
-- testdata/in.go --
package broken!
`

func TestScanFindsEveryModuleAndSkipsWhatTheGoCommandSkips(t *testing.T) {
	repo := scan(t, write(t, twoModules))
	want := []string{"example.com/app", "example.com/app/cmd/tool", "example.com/app/plain", "example.com/lib/flags"}
	if got := paths(repo.Dirs); !slices.Equal(got, want) {
		t.Errorf("folders %q, want %q", got, want)
	}
}

func TestImportersCrossModules(t *testing.T) {
	dir := write(t, twoModules)
	repo := scan(t, dir)
	got := paths(repo.Importers([]*program.Dir{repo.Dir(filepath.Join(dir, "lib", "flags"))}))
	want := []string{"example.com/app", "example.com/app/cmd/tool", "example.com/lib/flags"}
	if !slices.Equal(got, want) {
		t.Errorf("importers %q, want %q", got, want)
	}
}

func TestPatterns(t *testing.T) {
	dir := write(t, twoModules)
	repo := scan(t, dir)
	for _, tt := range []struct {
		from, pattern string
		want          int
	}{
		{".", "./...", 4}, {".", ".", 1}, {"cmd", "./...", 1}, {"cmd/tool", ".", 1}, {".", "./lib/...", 1},
		{".", "example.com/app/...", 3}, {".", "example.com/lib/flags", 1}, {"cmd", "../plain", 1}, {".", "all", 4},
	} {
		got, err := repo.Match(filepath.Join(dir, tt.from), []string{tt.pattern})
		if err != nil || len(got) != tt.want {
			t.Errorf("%s in %s: %d folders, error %v, want %d", tt.pattern, tt.from, len(got), err, tt.want)
		}
	}
	if _, err := repo.Match(dir, []string{"./nowhere/..."}); err == nil || !strings.Contains(err.Error(), `"./nowhere/..." matches no package`) {
		t.Errorf("error %v for a pattern that matches nothing", err)
	}
}

func TestIdentityIsTheSameInEveryWorldAndVariant(t *testing.T) {
	prog := load(t, scan(t, write(t, twoModules)))
	ids := map[program.ID]bool{}
	for _, pkg := range prog.Packages {
		if pkg.Path == "example.com/lib/flags" {
			ids[prog.IDOf(pkg.Types.Scope().Lookup("On"))] = true
		}
		for id, obj := range pkg.Info.Uses {
			if id.Name == "On" && obj.Pkg().Path() == "example.com/lib/flags" {
				ids[prog.IDOf(obj)] = true
			}
		}
	}
	if len(ids) != 1 || ids[0] {
		t.Errorf("identities of one variable: %v", ids)
	}
	if len(prog.Problems) > 0 {
		t.Errorf("problems: %v", prog.Problems)
	}
}

func TestAPackageThatDoesNotCompileDoesNotStopTheOthers(t *testing.T) {
	prog := load(t, scan(t, write(t, `
-- go.mod --
module example.com/m
go 1.26
-- a/a.go --
package a

func A() int { return "no number" }
-- b/b.go --
package b

func B() {}
`)))
	if len(prog.Problems) != 1 || prog.Problems[0].Pos.File != "a/a.go" || prog.Problems[0].Pos.Line != 3 {
		t.Errorf("problems %v, want one at a/a.go:3", prog.Problems)
	}
	for _, pkg := range prog.Packages {
		if pkg.Broken() != (pkg.Path == "example.com/m/a") {
			t.Errorf("%s broken: %v", pkg.Path, pkg.Broken())
		}
	}
}

func TestFilesOfOtherBuildConfigurations(t *testing.T) {
	repo := scan(t, write(t, `
-- go.mod --
module example.com/m
go 1.26
-- m.go --
package m
-- m_windows.go --
package m

var Window = 1
-- m_special.go --
//go:build special

package m

var Special = 1
`))
	prog := load(t, repo)
	if n := len(prog.Ignored); n != 2 || !prog.InIgnored("Window") || prog.InIgnored("Wind") {
		t.Errorf("%d files of no configuration, want 2", n)
	}
	prog = load(t, repo, program.Build{GOOS: "windows"}, program.Build{Tags: []string{"special"}})
	if n := len(prog.Ignored); n != 0 {
		t.Errorf("%d files of no configuration, want none", n)
	}
}

func TestRecheckSeesWhatAChangeBreaks(t *testing.T) {
	dir := write(t, twoModules)
	prog := load(t, scan(t, dir))
	path := filepath.Join(dir, "lib", "flags", "flags.go")
	next, err := prog.Recheck(context.Background(), map[string][]byte{path: []byte("package flags\n\nvar Off = true\n")})
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, p := range next.Problems {
		files = append(files, p.Pos.File)
	}
	if want := []string{"app.go", "lib/flags/flags_test.go"}; !slices.Equal(files, want) {
		t.Errorf("problems in %q, want %q", files, want)
	}
	for _, old := range prog.Packages {
		same := slices.Contains(next.Packages, old)
		if want := old.Path == "example.com/app/plain"; same != want {
			t.Errorf("%s taken over: %v, want %v", old.ID, same, want)
		}
	}
}

func TestRecheckWithAFileDeleted(t *testing.T) {
	dir := write(t, twoModules)
	prog := load(t, scan(t, dir))
	next, err := prog.Recheck(context.Background(), map[string][]byte{filepath.Join(dir, "lib", "flags", "flags_test.go"): nil})
	if err != nil || len(next.Problems) > 0 {
		t.Fatalf("error %v, problems %v", err, next.Problems)
	}
	for _, pkg := range next.Packages {
		for _, f := range pkg.Files {
			if f.Test {
				t.Errorf("%s is still there", f.Rel)
			}
		}
	}
}

// TestExternalPackagesBetweenOurs: a dependency that imports a package of the
// universe must see the same types as the universe does.
func TestExternalPackagesBetweenOurs(t *testing.T) {
	dir := write(t, `
-- repo/go.mod --
module example.com/core
go 1.26
require example.com/ext v0.0.0
replace example.com/ext => ../ext
-- repo/core.go --
package core

type Thing struct{ On bool }
-- repo/use/use.go --
package use

import (
	"example.com/core"
	"example.com/ext"
)

var T core.Thing = ext.Make()
-- ext/go.mod --
module example.com/ext
go 1.26
require example.com/core v0.0.0
-- ext/ext.go --
package ext

import "example.com/core"

func Make() core.Thing { return core.Thing{} }
`)
	root := filepath.Join(dir, "repo")
	prog := load(t, scan(t, root))
	if len(prog.Problems) > 0 {
		t.Errorf("problems: %v", prog.Problems)
	}
}

func TestCancelledLoad(t *testing.T) {
	repo := scan(t, write(t, twoModules))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := program.Load(ctx, repo, repo.Dirs, []program.Build{{}}); err == nil {
		t.Error("a cancelled load ended without an error")
	}
}

func TestCgoIsNoMistake(t *testing.T) {
	prog := load(t, scan(t, write(t, `
-- go.mod --
module example.com/m
go 1.26
-- m.go --
package m

// static int two(int x) { return x + 2; }
import "C"

func Three() int {
	s := []C.int{C.two(1)}
	return int(s[0])
}
`)))
	if len(prog.Problems) > 0 {
		t.Errorf("problems: %v", prog.Problems)
	}
	for _, pkg := range prog.Packages {
		if pkg.Broken() || !pkg.Cgo() {
			t.Errorf("%s: broken %v, cgo %v", pkg.Path, pkg.Broken(), pkg.Cgo())
		}
	}
}
