package main_test

import (
	"errors"
	"fmt"
	"go/build"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

// This file is the floor plan of the project: which package may import which.
//
// DO NOT "FIX" A FAILURE BY WIDENING THE PLAN. A failure says that a line of
// code stands in the wrong room. Move the line, or hand in from outside what it
// needs, as a value, a function or an interface of the room's own. The plan may
// change when the design does: in a commit of its own, that says why.
//
// The directories are read in this process. A child "go list" would hide them
// from the test cache, and an old "ok" would be replayed.

// floor says of each room what of ours it may import: "a < b c" means that a may
// import b and c, and itself. A folder is in the room whose path it has or lies
// below; the star stands for one folder. Tests may import everything but cmd.
// Package registry holds the words that the others speak in (ID, Value, Date,
// Position), which is why it stands behind nearly every <.
const floor = `
	registry                  <
	registry/*                < registry internal/config/document
	internal/config           < registry internal/config/document
	internal/config/document  < registry
	internal/program          < internal/config registry
	internal/flow             < internal/program
	analyzer                  < registry registry/* internal/config internal/program internal/flow analyzer/catalogue
	analyzer/catalogue        <
	analyzer/gclplugin        < analyzer internal/config registry
	fixer                     < analyzer internal/config internal/program internal/flow fixer/edit registry
	fixer/edit                <
	report                    < analyzer fixer registry
	internal/git              <
	internal/forge            <
	internal/sweep            < registry registry/* internal/config internal/program internal/flow analyzer fixer report internal/git internal/forge
	internal/fuzz             < registry internal/config internal/program analyzer fixer
	cmd                       < registry registry/* internal/config internal/program internal/flow analyzer fixer report internal/git internal/forge internal/sweep analyzer/catalogue
`

// analyzerModules are the modules that packages below analyzer may reach. Users
// of the vet tool, of the golangci-lint plugin and of nogo inherit each of them,
// so they must not get a database driver or an HTTP client.
var analyzerModules = []string{
	"golang.org/x/tools",
	"golang.org/x/mod",
	"golang.org/x/sync",
	"go.yaml.in/yaml/v4",
}

// pluginModules are those that analyzer/gclplugin may reach besides.
var pluginModules = []string{"github.com/golangci/plugin-module-register"}

// TestFloorPlan checks each import among our packages against floor.
func TestFloorPlan(t *testing.T) {
	house := readHouse(t)
	rooms := parseFloor(t)
	for _, dir := range slices.Sorted(maps.Keys(house.packages)) {
		pkg := house.packages[dir]
		from := roomOf(rooms, dir)
		if from == "" {
			t.Errorf("%s stands in no room of the floor plan", dir)
			continue
		}
		for _, imp := range house.ours(pkg.Imports) {
			to := roomOf(rooms, imp)
			if to != from && !slices.Contains(rooms[from], to) {
				t.Errorf("%s imports %s; room %q may import %s", dir, imp, from, list(rooms[from]))
			}
		}
		tests := slices.Concat(pkg.Imports, pkg.TestImports, pkg.XTestImports)
		for _, imp := range house.ours(tests) {
			if roomOf(rooms, imp) == "cmd" && from != "cmd" {
				t.Errorf("%s imports %s; nothing may import a command", dir, imp)
			}
		}
	}
}

// TestAnalyzerModules checks which modules stand behind ./analyzer/... .
func TestAnalyzerModules(t *testing.T) {
	house := readHouse(t)
	for dir := range house.packages {
		if dir != "analyzer" && !strings.HasPrefix(dir, "analyzer/") {
			continue
		}
		allowed := analyzerModules
		if dir == "analyzer/gclplugin" {
			allowed = slices.Concat(analyzerModules, pluginModules)
		}
		reached := house.modulesBehind(t, dir)
		for _, module := range slices.Sorted(maps.Keys(reached)) {
			if !slices.Contains(allowed, module) {
				t.Errorf("%s reaches module %s, through %s; allowed are %s", dir, module, reached[module], list(allowed))
			}
		}
	}
}

// house is what the project is made of, by folder, relative to its root.
type house struct {
	module   string
	requires []string // module paths
	packages map[string]*build.Package
}

// readHouse reads the imports of all packages of the project, those of nested
// modules and of other platforms too; test data is none of it.
func readHouse(t *testing.T) house {
	t.Helper()
	root := filepath.Join("..", "..")
	data, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.ParseLax("go.mod", data, nil)
	if err != nil {
		t.Fatal(err)
	}
	h := house{module: mod.Module.Mod.Path, packages: map[string]*build.Package{}}
	for _, r := range mod.Require {
		h.requires = append(h.requires, r.Mod.Path)
	}
	err = filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		dir, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		if name := entry.Name(); dir != "." && (name == "testdata" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")) {
			return filepath.SkipDir
		}
		return h.readFolder(filepath.ToSlash(dir), file)
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(h.packages) == 0 {
		t.Fatal("no packages found")
	}
	return h
}

// readFolder reads the package in the folder dir, if there is one.
func (h house) readFolder(dir, file string) error {
	context := build.Default
	context.UseAllFiles = true
	pkg, err := context.ImportDir(file, 0)
	if none := (*build.NoGoError)(nil); errors.As(err, &none) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading the imports of %s: %w", dir, err)
	}
	h.packages[dir] = pkg
	return nil
}

// ours returns those of imports that are packages of the project, as folders.
func (h house) ours(imports []string) []string {
	var dirs []string
	for _, imp := range imports {
		if dir, ok := strings.CutPrefix(imp, h.module+"/"); ok {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// modulesBehind returns the modules that dir imports, by itself or through other
// packages of the project, each with one import path that leads there.
func (h house) modulesBehind(t *testing.T, dir string) map[string]string {
	t.Helper()
	reached := map[string]string{}
	seen := map[string]bool{}
	var visit func(dir string)
	visit = func(dir string) {
		if seen[dir] || h.packages[dir] == nil {
			return
		}
		seen[dir] = true
		for _, imp := range h.packages[dir].Imports {
			if isStandard(imp) || imp == h.module || strings.HasPrefix(imp, h.module+"/") {
				continue
			}
			reached[h.moduleOf(imp)] = dir + " -> " + imp
		}
		for _, imp := range h.ours(h.packages[dir].Imports) {
			visit(imp)
		}
	}
	visit(dir)
	return reached
}

// moduleOf returns the required module that holds the package imp; imp itself if
// go.mod requires none that does.
func (h house) moduleOf(imp string) string {
	best := ""
	for _, module := range h.requires {
		if (imp == module || strings.HasPrefix(imp, module+"/")) && len(module) > len(best) {
			best = module
		}
	}
	if best == "" {
		return imp
	}
	return best
}

// isStandard reports whether imp is of the standard library.
func isStandard(imp string) bool {
	first, _, _ := strings.Cut(imp, "/")
	return !strings.Contains(first, ".")
}

// parseFloor returns what each room may import.
func parseFloor(t *testing.T) map[string][]string {
	t.Helper()
	rooms := map[string][]string{}
	for line := range strings.Lines(floor) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		name, allowed, ok := strings.Cut(line, "<")
		if !ok {
			t.Fatalf("no < in %q", line)
		}
		rooms[strings.TrimSpace(name)] = strings.Fields(allowed)
	}
	for room, allowed := range rooms {
		for _, other := range allowed {
			if _, ok := rooms[other]; !ok {
				t.Fatalf("room %q may import %q, which is no room", room, other)
			}
		}
	}
	return rooms
}

// roomOf returns the room of the folder dir, the innermost one; "" is none.
func roomOf(rooms map[string][]string, dir string) string {
	for d := dir; d != "."; d = path.Dir(d) {
		if _, ok := rooms[d]; ok {
			return d
		}
		if star := path.Dir(d) + "/*"; rooms[star] != nil {
			return star
		}
	}
	return ""
}

// list words names for a message.
func list(names []string) string {
	if len(names) == 0 {
		return "nothing of ours"
	}
	return strings.Join(names, ", ")
}
