package program

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/gcexportdata"
	"golang.org/x/tools/go/packages"

	"github.com/flagdebt/flagdebt/registry"
)

// check types every world. Packages of old whose files and imports are the
// same as then are taken over.
func (p *Program) check(ctx context.Context, old *Program) error {
	for i, w := range p.worlds {
		var before *world
		if old != nil {
			before = old.worlds[i]
		}
		for _, n := range w.order {
			if err := ctx.Err(); err != nil {
				return err
			}
			if !n.fromSource() {
				continue
			}
			if before != nil && w.same(p, n, before.byID[n.listed.ID]) {
				n.pkg = before.byID[n.listed.ID].pkg
			} else {
				n.fresh = true
				p.checkNode(w, n)
			}
			if n.bodies {
				p.Packages = append(p.Packages, n.pkg)
			}
		}
	}
	slices.SortStableFunc(p.Packages, func(a, b *Package) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.ID, b.ID))
	})
	p.sortProblems()
	return nil
}

// checkNode types one package from source.
func (p *Program) checkNode(w *world, n *node) {
	l := n.listed
	pkg := &Package{Path: l.PkgPath, ID: l.ID, Dir: n.dir}
	syntax := p.bridgeSyntax(n)
	for _, path := range n.files {
		f := p.Files[path]
		if f == nil || n.bridge {
			continue
		}
		pkg.Files = append(pkg.Files, f)
		pkg.Variant = pkg.Variant || f.Test
		pkg.cgo = pkg.cgo || importsC(f.Syntax)
		if f.err != nil && n.bodies {
			pkg.broken = true
			p.parseProblem(n, f.err)
		}
		syntax = append(syntax, f.Syntax)
	}
	pkg.Info = &types.Info{}
	if n.bodies {
		pkg.Info = newInfo()
	}
	conf := types.Config{
		Importer:         importer{w, n},
		Sizes:            l.TypesSizes,
		FakeImportC:      true,
		IgnoreFuncBodies: !n.bodies,
		Error: func(err error) {
			if n.bodies && !pkg.cgo {
				pkg.broken = true
				p.problem(n, err)
			}
		},
	}
	if l.Module != nil && l.Module.GoVersion != "" {
		conf.GoVersion = "go" + l.Module.GoVersion
	}
	if n.bodies {
		p.listProblems(pkg, n)
	}
	var err error
	pkg.Types, err = conf.Check(l.PkgPath, p.Fset, syntax, pkg.Info)
	if pkg.partial = pkg.broken || err != nil || w.importsPartial(l); pkg.partial && n.bodies {
		fillTypes(pkg.Info, syntax)
	}
	n.pkg = pkg
}

// importsPartial reports whether a package imports one whose types may be missing.
func (w *world) importsPartial(l *packages.Package) bool {
	for _, i := range l.Imports {
		if n := w.byID[i.ID]; n != nil && n.pkg != nil && n.pkg.partial {
			return true
		}
	}
	return false
}

// fillTypes gives the expressions whose type is not known the invalid type, so
// that TypeOf returns a type for every expression of a partial package, too.
func fillTypes(info *types.Info, syntax []*ast.File) {
	for _, file := range syntax {
		ast.Inspect(file, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok && info.TypeOf(e) == nil {
				info.Types[e] = types.TypeAndValue{Type: types.Typ[types.Invalid]}
			}
			return true
		})
	}
}

func importsC(f *ast.File) bool {
	return slices.ContainsFunc(f.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == `"C"` })
}

func newInfo() *types.Info {
	return &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{}, Instances: map[*ast.Ident]types.Instance{},
	}
}

// bridgeSyntax parses the files of a package outside of the wanted part; its
// mistakes are not ours to tell.
func (p *Program) bridgeSyntax(n *node) []*ast.File {
	if !n.bridge {
		return nil
	}
	var out []*ast.File
	for _, path := range n.listed.CompiledGoFiles {
		if f, _ := parser.ParseFile(p.Fset, path, nil, parser.SkipObjectResolution); f != nil {
			out = append(out, f)
		}
	}
	return out
}

// listProblems tells what the go command said of a package that types alone do
// not show: missing modules, import cycles, files that do not parse.
func (p *Program) listProblems(pkg *Package, n *node) {
	for _, e := range n.listed.Errors {
		if e.Kind == packages.TypeError || strings.HasPrefix(e.Msg, "# ") {
			continue // the compiler's own list: types tells the same, with positions
		}
		pkg.broken = true
		p.Problems = append(p.Problems, Problem{Pos: p.parsePos(e.Pos, n.dir.Module.Dir), Package: n.listed.PkgPath, Dir: n.dir, Message: firstLine(e.Msg)})
	}
}

func (p *Program) problem(n *node, err error) {
	q := Problem{Package: n.listed.PkgPath, Dir: n.dir, Message: err.Error()}
	var te types.Error
	if errors.As(err, &te) {
		if f := p.FileAt(te.Pos); f != nil && f.err != nil {
			return // a consequence of what parseProblem tells
		}
		q.Message = te.Msg
		q.Pos = p.Position(te.Pos)
	}
	q.Message = firstLine(q.Message)
	p.Problems = append(p.Problems, q)
}

// parseProblem tells why a file does not parse: the first reason, since what
// follows is mostly a consequence.
func (p *Program) parseProblem(n *node, err error) {
	q := Problem{Package: n.listed.PkgPath, Dir: n.dir, Message: firstLine(err.Error())}
	var list scanner.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		first := list[0]
		q.Message = first.Msg
		q.Pos = registry.Position{File: p.Repo.Rel(first.Pos.Filename), Line: first.Pos.Line, Column: first.Pos.Column}
	}
	p.Problems = append(p.Problems, q)
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}

// parsePos reads "file:line:col" as the go command prints it, which works in dir.
func (p *Program) parsePos(s, dir string) registry.Position {
	var pos registry.Position
	rest := s
	for _, dst := range []*int{&pos.Column, &pos.Line} {
		i := strings.LastIndexByte(rest, ':')
		if i < 0 {
			break
		}
		if _, err := fmt.Sscanf(rest[i+1:], "%d", dst); err != nil {
			break
		}
		rest = rest[:i]
	}
	if rest == "-" {
		return registry.Position{}
	}
	if !filepath.IsAbs(rest) {
		rest = filepath.Join(dir, rest)
	}
	pos.File = p.Repo.Rel(rest)
	return pos
}

func (p *Program) sortProblems() {
	slices.SortStableFunc(p.Problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Column, b.Pos.Column), cmp.Compare(a.Message, b.Message))
	})
	p.Problems = slices.CompactFunc(p.Problems, func(a, b Problem) bool { return a.Pos == b.Pos && a.Message == b.Message })
}

// importer resolves the imports of one node: from source where the package is
// of the wanted part, else from export data.
type importer struct {
	w *world
	n *node
}

func (i importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	l := i.n.listed.Imports[path]
	if l == nil {
		return nil, fmt.Errorf("package %s is not listed", path)
	}
	n := i.w.byID[l.ID]
	if n.fromSource() {
		if n.pkg == nil {
			return nil, fmt.Errorf("import cycle through %s", path)
		}
		return n.pkg.Types, nil
	}
	return i.w.export.read(l)
}

// exports reads the types of packages that are not checked from source.
type exports struct {
	fset *token.FileSet
	seen map[string]*types.Package
}

func newExports(fset *token.FileSet) exports { return exports{fset, map[string]*types.Package{}} }

func (e exports) read(l *packages.Package) (*types.Package, error) {
	if p := e.seen[l.PkgPath]; p != nil && p.Complete() {
		return p, nil
	}
	if l.ExportFile == "" && len(l.Errors) > 0 && !strings.HasPrefix(l.Errors[0].Msg, "# ") {
		return nil, errors.New(strings.Join(strings.Fields(l.Errors[0].Msg), " "))
	}
	if l.ExportFile == "" {
		return nil, fmt.Errorf("package %s does not compile: run go build %[1]s", l.PkgPath)
	}
	f, err := os.Open(l.ExportFile)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := gcexportdata.NewReader(f) //nolint:staticcheck // go list -export still names archives, as go/packages reads them
	if err != nil {
		return nil, fmt.Errorf("reading the export data of %s: %w", l.PkgPath, err)
	}
	return gcexportdata.Read(r, e.fset, e.seen, l.PkgPath)
}
