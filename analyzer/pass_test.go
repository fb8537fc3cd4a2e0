package analyzer

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/txtar"

	"github.com/flagdebt/flagdebt/registry"
)

// TestRules judges the packages of testdata/src one by one, as go vet does. There
// is a folder for each rule, even if all that it says is that nothing is said.
func TestRules(t *testing.T) {
	dir := testData(t)
	patterns := []string{"unknown/gates"}
	for _, rule := range Rules() {
		if _, err := os.Stat(filepath.Join(dir, "src", rule)); err != nil {
			t.Errorf("rule %s has no folder: %v", rule, err)
		}
		patterns = append(patterns, rule)
	}
	analysistest.Run(t, dir, loadIn(t, filepath.Join(dir, "src"), "2026-07-01").Analyzer(), patterns...)
}

// TestFacts looks at what packages tell those that import them. The facts survive
// being written and read: analysistest sees to that.
func TestFacts(t *testing.T) {
	dir := testData(t)
	analysistest.Run(t, dir, loadIn(t, filepath.Join(dir, "src"), "2026-07-01").findAnalyzer(), "handson/...")
}

// TestSameFindings compares what is told package by package with what is told of
// the whole: the former is part of the latter, and nothing is missing from it that
// can be known from a package and its imports.
func TestSameFindings(t *testing.T) {
	for name, dir := range map[string]string{
		"shop":     filepath.Join(testData(t), "shop"),
		"wrappers": unpack(t, filepath.Join(testData(t), "vet", "wrappers.txtar")),
	} {
		t.Run(name, func(t *testing.T) {
			d := loadIn(t, dir, "2026-11-21")
			checked, err := d.Check(t.Context(), []string{"./..."}, nil)
			if err != nil {
				t.Fatal(err)
			}
			whole := map[string]Finding{}
			for _, f := range checked.Findings {
				if f.Site != nil && f.Severity != SeverityNote {
					whole[fmt.Sprintf("%s: %s", f.Pos, diagnostic(f))] = f
				}
			}
			told := vetted(t, d, dir)
			for line := range told {
				if _, ok := whole[line]; !ok {
					t.Errorf("told package by package alone: %s", line)
				}
			}
			for line, f := range whole {
				// What other places pass as default is seen in the package's own ones.
				if !told[line] && f.Scope == ScopeLocal && f.Rule != defaults.word {
					t.Errorf("told of the whole alone: %s", line)
				}
			}
			if len(told) < 5 {
				t.Errorf("%d findings are few", len(told))
			}
		})
	}
}

// vetted returns what the analyzer says of the packages below dir, one by one. The
// packages hand facts on to each other; of those outside, types are all that is
// known.
func vetted(t *testing.T, d *Driver, dir string) map[string]bool {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Dir: dir, Tests: true}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	roots := map[*packages.Package]bool{}
	for _, p := range pkgs {
		roots[p] = true
	}
	for _, p := range pkgs {
		maps.DeleteFunc(p.Imports, func(_ string, q *packages.Package) bool { return !roots[q] })
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{d.Analyzer()}, pkgs, &checker.Options{SanityCheck: true})
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Errorf("%s: %v", act, act.Err)
		}
		for _, diag := range act.Diagnostics {
			at := act.Package.Fset.Position(diag.Pos)
			rel, err := filepath.Rel(d.Base, at.Filename)
			if err != nil {
				t.Fatal(err)
			}
			told[fmt.Sprintf("%s:%d:%d: %s", filepath.ToSlash(rel), at.Line, at.Column, diag.Message)] = true
		}
	}
	return told
}

// unpack writes the files of an archive to a new folder.
func unpack(t *testing.T, archive string) string {
	t.Helper()
	a, err := txtar.ParseFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	files, err := txtar.FS(a)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestBareDriver judges packages the way nogo does, which knows no module, reads no
// file, and lists no other files.
func TestBareDriver(t *testing.T) {
	d := loadIn(t, filepath.Join(testData(t), "src"), "2026-07-01")
	b := &bareDriver{fset: token.NewFileSet(), typed: map[string]*types.Package{}, facts: map[types.Object]map[reflect.Type]analysis.Fact{}}
	const unleash = "github.com/Unleash/unleash-client-go/v4"
	b.run(t, d.Analyzer(), unleash, "package unleash; func IsEnabled(feature string) bool { return false }")
	b.run(t, d.Analyzer(), "wrap", `package wrap; import "`+unleash+`"; func Named(key string) bool { return unleash.IsEnabled(key) }`)
	b.run(t, d.Analyzer(), "app", `package app; import "wrap"; func A() bool { return wrap.Named("old") }`)
	if len(b.told) != 1 || !strings.Contains(b.told[0], `flag "old" expired`) {
		t.Errorf("told: %q", b.told)
	}
}

// bareDriver runs analyzers with no more than every driver has.
type bareDriver struct {
	fset  *token.FileSet
	typed map[string]*types.Package
	facts map[types.Object]map[reflect.Type]analysis.Fact
	told  []string
}

// Import implements types.Importer.
func (b *bareDriver) Import(path string) (*types.Package, error) {
	if p := b.typed[path]; p != nil {
		return p, nil
	}
	return importer.Default().Import(path)
}

// run judges a package of one file.
func (b *bareDriver) run(t *testing.T, a *analysis.Analyzer, path, text string) any {
	t.Helper()
	file, err := parser.ParseFile(b.fset, path+".go", text, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	pkg, err := (&types.Config{Importer: b}).Check(path, b.fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	b.typed[path] = pkg
	pass := &analysis.Pass{
		Analyzer: a, Fset: b.fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info, ResultOf: map[*analysis.Analyzer]any{},
		Report:           func(diag analysis.Diagnostic) { b.told = append(b.told, diag.Message) },
		ImportObjectFact: b.importFact, ExportObjectFact: b.exportFact,
	}
	for _, r := range a.Requires {
		result, err := r.Run(withAnalyzer(pass, r))
		if err != nil {
			t.Fatal(err)
		}
		pass.ResultOf[r] = result
	}
	result, err := a.Run(pass)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func withAnalyzer(pass *analysis.Pass, a *analysis.Analyzer) *analysis.Pass {
	p := *pass
	p.Analyzer = a
	return &p
}

func (b *bareDriver) importFact(obj types.Object, fact analysis.Fact) bool {
	known, ok := b.facts[obj][reflect.TypeOf(fact)]
	if ok {
		reflect.ValueOf(fact).Elem().Set(reflect.ValueOf(known).Elem())
	}
	return ok
}

func (b *bareDriver) exportFact(obj types.Object, fact analysis.Fact) {
	if b.facts[obj] == nil {
		b.facts[obj] = map[reflect.Type]analysis.Fact{}
	}
	b.facts[obj][reflect.TypeOf(fact)] = fact
}

// loadIn returns the driver for a folder and a day.
func loadIn(t *testing.T, dir, day string) *Driver {
	t.Helper()
	today, err := registry.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Load(Settings{Dir: dir, Today: today})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// testData returns the folder of test data, absolute.
func testData(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}
