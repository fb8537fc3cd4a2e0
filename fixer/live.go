package fixer

import (
	"bytes"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file finds the declarations that die with the flags: alive before, and
// not reached after, neither from the roots nor from what was dead before.

// unit is a declaration that lives or dies as a whole.
type unit struct {
	node   ast.Node // *ast.FuncDecl, *ast.ValueSpec or *ast.TypeSpec
	decl   ast.Decl
	file   *ast.File
	pkg    *program.Package
	objs   []types.Object
	test   bool
	root   bool
	before []program.ID // what it refers to
	after  []program.ID
}

// graph holds the units of the program.
type graph struct {
	units   []*unit
	byID    map[program.ID]*unit
	methods map[program.ID][]*unit // by type: methods that somebody may call unseen
}

// dropDeclarations drops the declarations that have died, and reports whether
// there were any.
func (p *planner) dropDeclarations() bool {
	g := p.graph()
	dead := g.died()
	if p.dropTests(g, dead) {
		return true
	}
	changed := false
	for _, u := range dead {
		if p.mayDrop(u) {
			p.gone[u.node] = true
			p.touched[u.file] = true
			changed = true
		}
	}
	return changed
}

// graph reads all declarations, as the decisions stand.
func (p *planner) graph() *graph {
	g := &graph{byID: map[program.ID]*unit{}, methods: map[program.ID][]*unit{}}
	seen := map[*ast.File]bool{}
	for _, pkg := range p.prog.Packages {
		for _, f := range pkg.Files {
			if !seen[f.Syntax] {
				seen[f.Syntax] = true
				p.addUnits(g, pkg, f)
			}
		}
	}
	for _, u := range g.units {
		for _, o := range u.objs {
			g.byID[p.prog.IDOf(o)] = u
			if fn, ok := o.(*types.Func); ok && fn.Signature().Recv() != nil && p.calledUnseen(u, fn) {
				if t := receiverType(fn); t != nil {
					g.methods[p.prog.IDOf(t)] = append(g.methods[p.prog.IDOf(t)], u)
				}
			}
		}
	}
	for _, u := range g.units {
		u.before = p.references(u, true)
		if u.after = u.before; p.touched[u.file] {
			u.after = p.references(u, false)
		}
	}
	return g
}

func (p *planner) addUnits(g *graph, pkg *program.Package, f *program.File) {
	for _, d := range f.Syntax.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			u := &unit{node: d, decl: d, file: f.Syntax, pkg: pkg, test: f.Test}
			if obj := pkg.Info.Defs[d.Name]; obj != nil {
				u.objs = append(u.objs, obj)
			}
			u.root = f.Generated || p.isRootFunc(pkg, d, f)
			g.units = append(g.units, u)
		case *ast.GenDecl:
			for _, s := range d.Specs {
				u := &unit{node: s, decl: d, file: f.Syntax, pkg: pkg, test: f.Test, root: f.Generated}
				var names []*ast.Ident
				switch s := s.(type) {
				case *ast.ValueSpec:
					names = s.Names
					u.root = u.root || slices.ContainsFunc(s.Values, func(x ast.Expr) bool { return p.base.HasEffects(pkg, x) && p.with.HasEffects(pkg, x) })
				case *ast.TypeSpec:
					names = []*ast.Ident{s.Name}
				default:
					continue
				}
				for _, id := range names {
					if obj := pkg.Info.Defs[id]; obj != nil {
						u.objs = append(u.objs, obj)
						u.root = u.root || id.Name == "_" || p.isExported(pkg, obj)
					}
				}
				g.units = append(g.units, u)
			}
		}
	}
}

// isRootFunc reports whether a function is called from outside of what we see.
func (p *planner) isRootFunc(pkg *program.Package, d *ast.FuncDecl, f *program.File) bool {
	name := d.Name.Name
	switch {
	case d.Body == nil, d.Recv == nil && (name == "init" || name == "_"), d.Recv == nil && name == "main" && pkg.Types.Name() == "main":
		return true
	case f.Test && d.Recv == nil && isTestName(name):
		return true
	case f.Test && d.Recv != nil:
		return true // suites call methods by reflection
	}
	if d.Doc != nil {
		for _, c := range d.Doc.List {
			if strings.HasPrefix(c.Text, "//go:linkname") || strings.HasPrefix(c.Text, "//export") {
				return true
			}
		}
	}
	obj := pkg.Info.Defs[d.Name]
	if fn, ok := obj.(*types.Func); ok && fn.Signature().Recv() != nil {
		if t := receiverType(fn); t == nil || !t.Exported() {
			return false
		}
	}
	return obj != nil && p.isExported(pkg, obj)
}

func isTestName(name string) bool {
	for _, prefix := range []string{"Test", "Benchmark", "Fuzz", "Example"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// isExported reports whether other repositories may use obj, and the
// configuration wants it kept for them.
func (p *planner) isExported(pkg *program.Package, obj types.Object) bool {
	return obj.Exported() && !p.isNamed(obj) && p.opt.Exported != config.ExportedRemove && pkg.Types.Name() != "main" && !strings.HasSuffix(pkg.Types.Name(), "_test") && !isInternal(pkg.Path)
}

func isInternal(path string) bool {
	return path == "internal" || strings.HasPrefix(path, "internal/") || strings.HasSuffix(path, "/internal") || strings.Contains(path, "/internal/")
}

// receiverType returns the name of the type that a method is declared on.
func receiverType(fn *types.Func) *types.TypeName {
	t := types.Unalias(fn.Signature().Recv().Type())
	if ptr, ok := t.(*types.Pointer); ok {
		t = types.Unalias(ptr.Elem())
	}
	if n, ok := t.(*types.Named); ok {
		return n.Origin().Obj()
	}
	return nil
}

// calledUnseen reports whether a method may be called without being named: by an
// interface or a template.
func (p *planner) calledUnseen(u *unit, fn *types.Func) bool {
	return u.root || p.with.Satisfies(fn.Name()) || fn.Exported() && p.inTemplate(fn.Name())
}

// inTemplate reports whether a text that is not Go names a method. Templates
// are searched in string literals of the program alone: ".Name".
func (p *planner) inTemplate(name string) bool {
	for _, f := range p.prog.Files {
		if bytes.Contains(f.Data, []byte("{{")) && bytes.Contains(f.Data, []byte("."+name)) {
			return true
		}
	}
	return false
}

// references returns the declarations that a unit refers to: in the original,
// or as the decisions stand.
func (p *planner) references(u *unit, original bool) []program.ID {
	seen := map[program.ID]bool{}
	var out []program.ID
	visit := func(n ast.Node) bool {
		var obj types.Object
		switch n := n.(type) {
		case *ast.Ident:
			obj = u.pkg.Info.Uses[n]
		case literalNode:
			obj = typeNameOf(p.spelledType(u.pkg.Info, n.Expr))
		}
		if obj == nil || obj.Pkg() == nil {
			return true
		}
		if ref := p.prog.IDOf(obj); ref != 0 && !seen[ref] {
			seen[ref] = true
			out = append(out, ref)
		}
		return true
	}
	if original {
		ast.Inspect(u.node, visit)
	} else if !p.gone[u.decl] {
		p.walk(u.node, visit)
	}
	if spec, ok := u.node.(*ast.ValueSpec); ok && spec.Values == nil && u.decl.(*ast.GenDecl).Tok == token.CONST {
		return append(out, p.repeated(u)...)
	}
	return out
}

// spelledType returns the type that the literal in x's place is converted to;
// nil where it needs none.
func (p *planner) spelledType(info *types.Info, x ast.Expr) types.Type {
	t := info.TypeOf(x)
	if t == nil || p.lit[x].IsNil() || types.IsInterface(t) {
		return nil
	}
	return t
}

// typeNameOf returns the name that spells t, or nil.
func typeNameOf(t types.Type) types.Object {
	switch t := t.(type) {
	case *types.Named:
		return t.Obj()
	case *types.Alias:
		return t.Obj()
	}
	return nil
}

// repeated returns what the expression refers to that a constant repeats from
// the one above it.
func (p *planner) repeated(u *unit) []program.ID {
	var out []program.ID
	for _, s := range u.decl.(*ast.GenDecl).Specs {
		if s.Pos() >= u.node.Pos() {
			break
		}
		for _, id := range s.(*ast.ValueSpec).Names {
			out = append(out, p.prog.IDOf(u.pkg.Info.Defs[id]))
		}
	}
	return out
}

// reach returns the units that can be reached from start.
func (g *graph) reach(start []*unit, refs func(*unit) []program.ID) map[*unit]bool {
	seen := map[*unit]bool{}
	todo := slices.Clone(start)
	for len(todo) > 0 {
		u := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[u] {
			continue
		}
		seen[u] = true
		for _, id := range refs(u) {
			if v := g.byID[id]; v != nil {
				todo = append(todo, v)
			}
			todo = append(todo, g.methods[id]...)
		}
	}
	return seen
}

// died returns the units that were alive and are not any more, in the order of
// the program.
func (g *graph) died() []*unit {
	var roots []*unit
	for _, u := range g.units {
		if u.root {
			roots = append(roots, u)
		}
	}
	before := g.reach(roots, func(u *unit) []program.ID { return u.before })
	start := roots
	for _, u := range g.units {
		if !before[u] {
			start = append(start, u)
		}
	}
	after := g.reach(start, func(u *unit) []program.ID { return u.after })
	var out []*unit
	for _, u := range g.units {
		if before[u] && !after[u] {
			out = append(out, u)
		}
	}
	return out
}

// mayDrop reports whether a dead declaration can be taken out of its file.
func (p *planner) mayDrop(u *unit) bool {
	if p.gone[u.node] || p.gone[u.decl] || !p.isAsked(u.file) || u.pkg.Cgo() {
		return false
	}
	for _, o := range u.objs {
		for _, s := range p.prog.Ignored {
			if bytes.Contains(s.Data, []byte(o.Name())) {
				return false
			}
		}
	}
	for _, o := range u.objs {
		if p.namedInBroken(o.Name()) {
			return false
		}
	}
	if d, ok := u.decl.(*ast.GenDecl); ok && d.Tok == token.CONST && repeats(d) {
		return false // later constants count from it
	}
	return true
}

// namedInBroken reports whether a package that does not compile holds a name: it
// may mean the declaration, whatever the types say.
func (p *planner) namedInBroken(name string) bool {
	for _, pkg := range p.prog.Packages {
		if !pkg.Broken() {
			continue
		}
		for _, f := range pkg.Files {
			if bytes.Contains(f.Data, []byte(name)) {
				return true
			}
		}
	}
	return false
}

// repeats reports whether constants of a group depend on their neighbours.
func repeats(d *ast.GenDecl) bool {
	found := false
	for _, s := range d.Specs {
		v := s.(*ast.ValueSpec)
		found = found || v.Values == nil
		for _, x := range v.Values {
			ast.Inspect(x, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && id.Name == "iota" {
					found = true
				}
				return true
			})
		}
	}
	return found
}

// dropTests drops the test functions that test nothing but what has died in
// production code, and reports whether there were any.
func (p *planner) dropTests(g *graph, _ []*unit) bool {
	var production []*unit
	for _, u := range g.units {
		if u.root && !u.test {
			production = append(production, u)
		}
	}
	before := g.reach(production, func(u *unit) []program.ID { return u.before })
	start := slices.Clone(production)
	for _, u := range g.units {
		if !before[u] && !u.test {
			start = append(start, u)
		}
	}
	after := g.reach(start, func(u *unit) []program.ID { return u.after })
	changed := false
	for _, u := range g.units {
		fn, ok := u.node.(*ast.FuncDecl)
		if !ok || !u.test || fn.Recv != nil || !isTestName(fn.Name.Name) || p.gone[fn] || !p.isAsked(u.file) {
			continue
		}
		dead, alive := 0, 0
		for t := range g.reach([]*unit{u}, func(u *unit) []program.ID {
			if u.test {
				return u.after
			}
			return nil
		}) {
			switch {
			case t.test:
			case before[t] && !after[t]:
				dead++
			default:
				alive++
			}
		}
		if dead > 0 && alive == 0 {
			p.gone[fn] = true
			p.touched[u.file] = true
			changed = true
		}
	}
	return changed
}

// dropImports drops the imports that no survivor uses.
func (p *planner) dropImports() {
	for file := range p.touched {
		info := p.pkgs[file].Info
		used := map[types.Object]bool{}
		dot := map[*types.Package]bool{}     // packages some name of which is used
		spelled := map[*types.Package]bool{} // those that the types of new text name
		visit := func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				if obj := info.Uses[n]; obj != nil {
					used[obj] = true
					dot[obj.Pkg()] = true
				}
			case literalNode:
				packagesOf(p.spelledType(info, n.Expr), spelled)
			}
			return true
		}
		for _, d := range file.Decls {
			if g, ok := d.(*ast.GenDecl); !ok || g.Tok != token.IMPORT {
				p.walk(d, visit)
			}
		}
		for _, ids := range p.declare {
			for _, id := range ids {
				packagesOf(info.TypeOf(id), spelled)
			}
		}
		for _, spec := range file.Imports {
			name, _ := info.Implicits[spec].(*types.PkgName)
			if spec.Name != nil {
				name, _ = info.Defs[spec.Name].(*types.PkgName)
			}
			if name == nil || name.Name() == "_" || spec.Path.Value == `"C"` || spelled[name.Imported()] {
				continue
			}
			if name.Name() == "." && !dot[name.Imported()] || name.Name() != "." && !used[name] {
				p.gone[spec] = true
			}
		}
	}
}

// packagesOf adds the packages that the spelling of t names.
func packagesOf(t types.Type, out map[*types.Package]bool) {
	if t == nil {
		return
	}
	types.TypeString(t, func(pkg *types.Package) string {
		out[pkg] = true
		return ""
	})
}
