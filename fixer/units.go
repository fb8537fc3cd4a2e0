package fixer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file reads the declarations, and what refers to what.

// unit is what lives or dies as a whole.
type unit struct {
	node   ast.Node // *ast.FuncDecl, *ast.ValueSpec, *ast.TypeSpec; of a field or an interface's method its name
	decl   ast.Decl // nil for fields and methods of interfaces
	field  *ast.Field
	of     types.Type // the struct or interface that a field or method belongs to
	file   *ast.File
	pkg    *program.Package
	objs   []types.Object
	test   bool
	root   bool
	open   bool         // it is a root since other modules may use it, for no other reason
	goes   bool         // house rule says that it goes
	seen   bool         // a field that nobody names any more, of a struct that is looked at as a whole
	claim  bool         // "var _ I = T{}": it says something of what lives, and keeps nothing alive
	before []program.ID // what it refers to
	after  []program.ID
	beyond map[string]bool // packages that are not looked at, to which it refers
}

// orOpen makes a root of a unit that other modules may use.
func (u *unit) orOpen(open bool) {
	u.open = open && !u.root
	u.root = u.root || open
}

// graph holds the units of the program.
type graph struct {
	units   []*unit
	byID    map[program.ID]*unit
	methods map[program.ID][]*method // by type
	ways    map[program.ID]string    // methods of interfaces, as a way to call a type's methods
}

// method is a method that somebody may call without naming it: through an
// interface of the program, or from outside.
type method struct {
	*unit
	way    string
	unseen bool
	open   bool // unseen by what other modules may call, for no other reason
}

// way names the methods of types that a call of an interface's method may mean.
func way(fn *types.Func) string {
	return fn.Name() + " " + strconv.Itoa(fn.Signature().Params().Len())
}

// graph reads all declarations, as the decisions stand.
func (p *planner) graph() *graph {
	if p.units == nil {
		p.units = p.newGraph()
	}
	for _, u := range p.units.units {
		if p.touched[u.file] {
			u.after, _ = p.references(u, false)
		}
	}
	return p.units
}

func (p *planner) newGraph() *graph {
	g := &graph{byID: map[program.ID]*unit{}, methods: map[program.ID][]*method{}, ways: map[program.ID]string{}}
	p.storesOf()
	seen := map[*ast.File]bool{}
	for _, pkg := range p.prog.Packages {
		for _, f := range pkg.Files {
			if !seen[f.Syntax] {
				seen[f.Syntax] = true
				p.addUnits(g, pkg, f)
				p.addMembers(g, pkg, f)
			}
		}
	}
	for _, u := range g.units {
		for _, o := range u.objs {
			u.goes = len(u.objs) == 1 && p.isNamed(o)
			g.byID[p.prog.IDOf(o)] = u
			if fn, ok := o.(*types.Func); ok {
				p.addMethod(g, u, fn)
			}
		}
	}
	for _, u := range g.units {
		u.before, u.beyond = p.references(u, true)
		u.after = u.before
	}
	return g
}

// addMethod notes how a method may be called unseen.
func (p *planner) addMethod(g *graph, u *unit, fn *types.Func) {
	switch {
	case u.field != nil:
		g.ways[p.prog.IDOf(fn)] = way(fn)
	case fn.Signature().Recv() != nil:
		if t := receiverType(fn); t != nil {
			stays := p.cautious && p.with.Satisfies(fn.Name()) // the interface keeps its method
			unseen := stays || p.calledUnseen(fn)
			m := &method{u, way(fn), u.root || unseen, u.open && !unseen}
			g.methods[p.prog.IDOf(t)] = append(g.methods[p.prog.IDOf(t)], m)
		}
	}
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
			u.open = !f.Generated && u.root && !p.isCalledOutside(pkg, d, f)
			g.units = append(g.units, u)
		case *ast.GenDecl:
			for _, s := range d.Specs {
				if u := p.specUnit(pkg, f, d, s); u != nil {
					g.units = append(g.units, u)
				}
			}
		}
	}
}

// specUnit returns the unit of a type, a variable or a constant; nil for an import.
func (p *planner) specUnit(pkg *program.Package, f *program.File, d *ast.GenDecl, s ast.Spec) *unit {
	u := &unit{node: s, decl: d, file: f.Syntax, pkg: pkg, test: f.Test, root: f.Generated}
	var names []*ast.Ident
	switch s := s.(type) {
	case *ast.ValueSpec:
		names = s.Names
		effects := slices.ContainsFunc(s.Values, func(x ast.Expr) bool { return p.base.HasEffects(pkg, x) && p.with.HasEffects(pkg, x) })
		u.root = u.root || effects
		u.claim = d.Tok == token.VAR && !effects && !f.Generated && isBlank(names)
	case *ast.TypeSpec:
		names = []*ast.Ident{s.Name}
		u.root = u.root || p.holdsKept(pkg, s.Type)
	default:
		return nil
	}
	if len(names) == 1 && p.retiresValue(pkg.Info.Defs[names[0]]) {
		u.root = f.Generated
	}
	for _, id := range names {
		if obj := pkg.Info.Defs[id]; obj != nil {
			u.objs = append(u.objs, obj)
			u.root = u.root || id.Name == "_" && !u.claim || p.isKept(obj) || p.prog.HasLinkage(obj)
			u.open = u.open || p.isExported(obj)
		}
	}
	u.orOpen(u.open)
	return u
}

// holdsKept reports whether a type has a field that house rule keeps.
func (p *planner) holdsKept(pkg *program.Package, x ast.Expr) bool {
	st, ok := x.(*ast.StructType)
	return ok && slices.ContainsFunc(st.Fields.List, func(f *ast.Field) bool {
		return slices.ContainsFunc(f.Names, func(id *ast.Ident) bool { return p.isKept(pkg.Info.Defs[id]) })
	})
}

func isBlank(names []*ast.Ident) bool {
	return !slices.ContainsFunc(names, func(id *ast.Ident) bool { return id.Name != "_" })
}

// addMembers adds the fields of structs and the methods of interfaces. Those of
// the structs in tests are left to what decides about tests. Where the planner is
// cautious, all of them stay that are no flags themselves, with what may be called
// through them.
func (p *planner) addMembers(g *graph, pkg *program.Package, f *program.File) {
	named := map[ast.Expr]bool{}
	ast.Inspect(f.Syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.TypeSpec:
			named[n.Type] = true
		case *ast.StructType:
			if !f.Test {
				p.addFields(g, pkg, f, n)
			}
		case *ast.InterfaceType:
			for _, m := range n.Methods.List {
				for _, id := range m.Names {
					obj := pkg.Info.Defs[id]
					if obj == nil {
						continue
					}
					u := &unit{node: id, field: m, of: pkg.Info.TypeOf(n), file: f.Syntax, pkg: pkg, test: f.Test, objs: []types.Object{obj}}
					u.root = p.cautious && !p.isNamed(obj) || f.Generated || !named[n]
					u.orOpen(p.isExported(obj))
					g.units = append(g.units, u)
				}
			}
		}
		return true
	})
}

func (p *planner) addFields(g *graph, pkg *program.Package, f *program.File, n *ast.StructType) {
	for _, field := range n.Fields.List {
		for _, id := range field.Names {
			obj := pkg.Info.Defs[id]
			if obj == nil || id.Name == "_" {
				continue
			}
			u := &unit{node: id, field: field, of: pkg.Info.TypeOf(n), file: f.Syntax, pkg: pkg, objs: []types.Object{obj}}
			u.root = p.cautious && !p.isNamed(obj) || f.Generated || field.Tag != nil && !p.isNamed(obj) || p.isKept(obj)
			u.orOpen(p.isExported(obj))
			g.units = append(g.units, u)
		}
	}
}

// references returns the declarations that a unit refers to: in the original,
// or as the decisions stand. Setting a field or a variable is no reference.
func (p *planner) references(u *unit, original bool) ([]program.ID, map[string]bool) {
	if u.field != nil {
		return nil, nil // the type around it has the references
	}
	r := &references{planner: p, info: u.pkg.Info, seen: map[program.ID]bool{}, beyond: map[string]bool{}}
	if original {
		ast.Inspect(u.node, r.visit)
	} else if !p.gone[u.decl] {
		p.walk(u.node, r.visit)
	}
	if spec, ok := u.node.(*ast.ValueSpec); ok && spec.Values == nil && u.decl.(*ast.GenDecl).Tok == token.CONST {
		if source := repeated(u); source != nil {
			for _, x := range source.Values {
				ast.Inspect(x, r.visit)
			}
			if source.Type != nil {
				ast.Inspect(source.Type, r.visit)
			}
		}
	}
	return r.out, r.beyond
}

// widen returns the packages which code refers to no more that goes, and which
// were not looked at: what was there for that code alone may go, too.
func (p *planner) widen() map[string]bool {
	known := map[string]bool{}
	for _, pkg := range p.prog.Packages {
		known[pkg.Path] = true
	}
	out := map[string]bool{}
	for _, u := range p.graph().units {
		if !p.touched[u.file] || len(u.beyond) == 0 {
			continue
		}
		_, left := p.references(u, false)
		for path := range u.beyond {
			if !left[path] && !known[path] {
				out[path] = true
			}
		}
	}
	return out
}

// references gathers what is referred to.
type references struct {
	*planner
	info   *types.Info
	seen   map[program.ID]bool
	out    []program.ID
	beyond map[string]bool
}

func (r *references) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.Ident:
		if !r.stores.names[n] {
			r.add(r.info.Uses[n])
		}
	case literalNode:
		r.add(typeNameOf(r.spelledType(r.info, n.Expr)))
	case *ast.TypeAssertExpr:
		r.methodsOf(n.Type)
	case *ast.CaseClause:
		for _, x := range n.List {
			r.methodsOf(x)
		}
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			r.methodsOf(n.X)
		}
	}
	return true
}

// methodsOf refers to all methods of an interface by which values are told apart.
func (r *references) methodsOf(x ast.Expr) {
	if x == nil {
		return
	}
	t := r.info.TypeOf(x)
	if t == nil {
		return
	}
	if i, ok := t.Underlying().(*types.Interface); ok {
		for m := range i.Methods() {
			r.add(m)
		}
	}
}

func (r *references) add(obj types.Object) {
	if obj == nil || obj.Pkg() == nil {
		return
	}
	switch ref := r.prog.IDOf(obj); {
	case ref == 0:
		r.beyond[obj.Pkg().Path()] = true
	case !r.seen[ref]:
		r.seen[ref] = true
		r.out = append(r.out, ref)
	}
}

// spelledType returns the type that the literal in x's place is converted to;
// nil where it needs none.
func (p *planner) spelledType(info *types.Info, x ast.Expr) types.Type {
	t := info.TypeOf(x)
	if sig, ok := t.(*types.Signature); ok {
		return sig.Results().At(0).Type()
	}
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

// repeated returns the constant whose type and expression another repeats.
func repeated(u *unit) *ast.ValueSpec {
	var source *ast.ValueSpec
	for _, s := range u.decl.(*ast.GenDecl).Specs {
		if s.Pos() >= u.node.Pos() {
			break
		}
		if v := s.(*ast.ValueSpec); v.Values != nil {
			source = v
		}
	}
	return source
}
