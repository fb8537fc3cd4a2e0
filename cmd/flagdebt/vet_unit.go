package main

// This file decides what is said of a package that go vet was not asked for.

import (
	"encoding/json"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/flagdebt/flagdebt/analyzer"
)

// vetUnit is a package as the go command describes it: the parts of
// unitchecker.Config that we look at.
type vetUnit struct {
	ID            string // "p", "p [p.test]", ...
	Dir           string
	ImportPath    string
	IgnoredFiles  []string
	ModulePath    string           // up to Go 1.26
	ModuleVersion string           // likewise; "" in a main module
	Module        *analysis.Module // from Go 1.27 on
	VetxOnly      bool             // nobody asked for it: it is a dependency

	all map[string]json.RawMessage
}

// readUnit reads the description of a package.
func readUnit(file string) (*vetUnit, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading what go vet says of a package: %w", err)
	}
	u := new(vetUnit)
	if err := json.Unmarshal(data, u); err != nil {
		return nil, fmt.Errorf("reading what go vet says of a package: %s: %w", file, err)
	}
	if err := json.Unmarshal(data, &u.all); err != nil {
		return nil, fmt.Errorf("reading what go vet says of a package: %s: %w", file, err)
	}
	return u, nil
}

// isStandard reports whether the package is of the standard library, which asks
// for no flags and hands none on.
func (u *vetUnit) isStandard(goroot string) bool {
	if goroot == "" || u.ModulePath != "" || u.Module != nil {
		return false
	}
	_, ok := below(filepath.Join(goroot, "src"), u.Dir)
	return ok
}

// below returns path relative to dir, and whether it lies there.
func below(dir, path string) (rel string, ok bool) {
	rel, err := filepath.Rel(dir, path)
	return rel, err == nil && filepath.IsLocal(rel)
}

// toldIn returns the description that the package is judged by: file, or a copy of
// it by which findings are told though nobody asked for the package. That is
// needed because the go command keeps one result for both cases. If nothing were
// said of a dependency, nothing would be said either when it is asked for later.
// The price is that "go vet ./a" tells findings in packages that ./a imports; once
// it has them, the go command does so by itself.
//
// A package with tests of its own needs none of that: what is asked for is another
// package then, the one with the tests. Nor do dependencies from outside.
// Precondition: nothing is fixed. Files of dependencies would be written at once.
func (u *vetUnit) toldIn(d *analyzer.Driver, file string) (string, error) {
	if !u.VetxOnly || strings.Contains(u.ID, " [") || !u.isOurs(d) || u.hasTests() {
		return file, nil
	}
	u.all["VetxOnly"] = json.RawMessage("false")
	data, err := json.Marshal(u.all)
	if err != nil {
		return "", fmt.Errorf("rewriting what go vet says of a package: %w", err)
	}
	file = filepath.Join(filepath.Dir(file), "flagdebt.cfg") // a folder of the go command, which removes it
	if err := os.WriteFile(file, data, 0o666); err != nil {
		return "", fmt.Errorf("rewriting what go vet says of a package: %w", err)
	}
	return file, nil
}

// isOurs reports whether the package is of a main module or of the repository, and
// may be asked for some day. A module that is replaced by a folder of the
// repository has a version like any other; its place tells it apart from what was
// downloaded into the repository.
func (u *vetUnit) isOurs(d *analyzer.Driver) bool {
	if u.Module != nil && u.Module.Main || u.Module == nil && u.ModulePath != "" && u.ModuleVersion == "" {
		return true
	}
	rel, ok := below(d.Base, u.Dir)
	return ok && !slices.ContainsFunc(strings.Split(rel, string(filepath.Separator)), func(name string) bool {
		return name == "vendor" || strings.Contains(name, "@")
	})
}

// hasTests reports whether test files take part in the package itself, in this
// build. A file that cannot be read does not take part in anything.
func (u *vetUnit) hasTests() bool {
	files, err := os.ReadDir(u.Dir)
	if err != nil {
		return false
	}
	for _, file := range files {
		name, path := file.Name(), filepath.Join(u.Dir, file.Name())
		if !strings.HasSuffix(name, "_test.go") || strings.ContainsAny(name[:1], "._") || slices.Contains(u.IgnoredFiles, path) {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.PackageClauseOnly)
		if err == nil && !strings.HasSuffix(f.Name.Name, "_test") {
			return true
		}
	}
	return false
}
