package rewritetest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/fixer"
)

// This file runs the tests of cases: what passed before passes after, where it
// is still there and nothing was told about it.

// Test runs the tests of the cases that have some and an outcome, before and
// after, and returns what is wrong with each.
//
// Precondition: Run has written the trees.
func (b *Bench) Test(ctx context.Context, outcomes map[*Case]*Outcome) (map[*Case]error, error) {
	var list []*Case
	for _, c := range b.cases {
		if outcomes[c] != nil && !c.Broken && c.hasTests() {
			list = append(list, c)
		}
	}
	if len(list) == 0 {
		return nil, nil
	}
	before, err := b.goTest(ctx, "before", list)
	if err != nil {
		return nil, err
	}
	after, err := b.goTest(ctx, "after", list)
	if err != nil {
		return nil, err
	}
	wrong := map[*Case]error{}
	for _, c := range list {
		told, err := c.told(outcomes[c].Refusals)
		if err != nil {
			return nil, err
		}
		if len(before.passed[c]) == 0 {
			wrong[c] = fmt.Errorf("no test passes before:\n%s", before.output[c])
		}
		for test := range before.passed[c] {
			if after.failed[c][test] && !told[test] {
				wrong[c] = errors.Join(wrong[c], fmt.Errorf("%s passed before, and fails:\n%s", test, after.output[c]))
			}
		}
		if after.broken[c] && !before.broken[c] {
			wrong[c] = errors.Join(wrong[c], fmt.Errorf("the tests do not compile:\n%s", after.output[c]))
		}
	}
	return wrong, nil
}

func (c *Case) hasTests() bool {
	for name := range c.Files {
		if strings.HasSuffix(name, "_test.go") {
			return true
		}
	}
	return false
}

// tested is what became of tests, by case and name.
type tested struct {
	passed, failed map[*Case]map[string]bool
	broken         map[*Case]bool // a package did not come to its tests, or through them
	output         map[*Case]string
}

// goTest runs the tests of cases in a tree, and notes what became of the test
// functions.
func (b *Bench) goTest(ctx context.Context, tree string, list []*Case) (*tested, error) {
	out := &tested{map[*Case]map[string]bool{}, map[*Case]map[string]bool{}, map[*Case]bool{}, map[*Case]string{}}
	args := []string{"test", "-json", "-vet=off", "-gcflags=-N -l", "-ldflags=-s -w"}
	for _, c := range list {
		args = append(args, "./"+filepath.ToSlash(filepath.Join(c.folder(), "..."))) // all of it, where it is its own module
		out.passed[c], out.failed[c] = map[string]bool{}, map[string]bool{}
	}
	cmd := b.command(ctx, filepath.Join(b.Dir, tree), "go", args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.Output()
	if len(stdout) == 0 && err != nil {
		return nil, fmt.Errorf("testing %s: %w: %s", tree, err, stderr.String())
	}
	for dec := json.NewDecoder(bytes.NewReader(stdout)); dec.More(); {
		var e struct{ Action, Package, ImportPath, Test, Output string }
		if err := dec.Decode(&e); err != nil {
			return nil, fmt.Errorf("testing %s: %w", tree, err)
		}
		if c := caseOf(list, e.Package+e.ImportPath); c != nil {
			out.note(c, e.Action, e.Test, e.Output)
		}
	}
	return out, nil
}

// caseOf returns the case that a package is of, or nil.
func caseOf(list []*Case, path string) *Case {
	if len(list) == 1 {
		return list[0]
	}
	path, _, _ = strings.Cut(path, " ")
	i := slices.IndexFunc(list, func(c *Case) bool { return strings.HasPrefix(path+"/", "example.com/m/"+c.Name+"/") })
	if i < 0 {
		return nil
	}
	return list[i]
}

// note notes an event of the go command.
func (r *tested) note(c *Case, action, test, output string) {
	r.output[c] += output
	switch {
	case action == "build-fail" || action == "fail" && test == "" && len(r.failed[c]) == 0:
		r.broken[c] = true
	case test == "" || strings.Contains(test, "/"):
	case action == "pass":
		r.passed[c][test] = true
	case action == "fail":
		r.failed[c][test] = true
	}
}

// told returns the test functions about which something was told: about them, or
// about a helper that they name.
func (c *Case) told(refusals []fixer.Refusal) (map[string]bool, error) {
	out := map[string]bool{}
	for name, text := range c.Files {
		if !strings.HasSuffix(name, "_test.go") {
			continue
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		about := map[string]bool{}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if ok && slices.ContainsFunc(refusals, func(r fixer.Refusal) bool {
				return strings.HasSuffix(filepath.ToSlash(r.Pos.File), "/"+name) && fset.Position(fn.Pos()).Line <= r.Pos.Line && r.Pos.Line <= fset.Position(fn.End()).Line
			}) {
				about[fn.Name.Name] = true
			}
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && namesAny(fn, about) {
				out[fn.Name.Name] = true
			}
		}
	}
	return out, nil
}

// namesAny reports whether a function is one of those named, or names one.
func namesAny(fn *ast.FuncDecl, names map[string]bool) bool {
	found := false
	ast.Inspect(fn, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && names[id.Name]
		return !found
	})
	return found
}
