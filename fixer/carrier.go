package fixer

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file knows where fields and package variables are set. Who only sets one
// does not need it: it dies with its last reader, and what sets it goes too.

// store is a place that sets a field or a package variable.
type store struct {
	pkg    *program.Package
	file   *ast.File
	elem   ast.Expr // an element of a literal
	lit    *ast.CompositeLit
	value  ast.Expr // what it is set to; nil where that is its own old value and more
	stmt   ast.Stmt // or a statement
	target ast.Expr // which sets this
	single bool     // and nothing else
}

// node returns what stands as long as the store does.
func (s store) node() ast.Expr {
	if s.elem != nil {
		return s.elem
	}
	return s.target
}

// stores holds all stores of the program.
type stores struct {
	of    map[program.ID][]store
	names map[*ast.Ident]bool // names that are set, not read
}

// storesOf returns all stores, by what they set.
func (p *planner) storesOf() map[program.ID][]store {
	if p.stores == nil {
		p.stores = p.newStores()
	}
	return p.stores.of
}

// newStores looks for all stores.
func (p *planner) newStores() *stores {
	s := &stores{map[program.ID][]store{}, map[*ast.Ident]bool{}}
	seen := map[*ast.File]bool{}
	for _, pkg := range p.prog.Packages {
		for _, f := range pkg.Files {
			if seen[f.Syntax] {
				continue
			}
			seen[f.Syntax] = true
			ast.Inspect(f.Syntax, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CompositeLit:
					p.literalStores(s, store{pkg: pkg, file: f.Syntax}, n)
				case *ast.AssignStmt:
					p.assignStores(s, store{pkg: pkg, file: f.Syntax}, n)
				case *ast.IncDecStmt:
					p.addStore(s, store{pkg: pkg, file: f.Syntax, stmt: n, single: true}, n.X)
				}
				return true
			})
		}
	}
	return s
}

// literalStores adds what a struct's literal sets.
func (p *planner) literalStores(s *stores, at store, lit *ast.CompositeLit) {
	st := structOf(at.pkg.Info, lit)
	if st == nil {
		return
	}
	for i, el := range lit.Elts {
		at.elem, at.value, at.lit = el, el, lit
		var field types.Object
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			id, isName := kv.Key.(*ast.Ident)
			if !isName {
				continue
			}
			at.value = kv.Value
			field = at.pkg.Info.Uses[id]
			s.names[id] = true
		} else if i < st.NumFields() {
			field = st.Field(i)
		}
		if id := p.prog.IDOf(field); field != nil && id != 0 {
			s.of[id] = append(s.of[id], at)
		}
	}
}

// assignStores adds what an assignment sets.
func (p *planner) assignStores(s *stores, at store, a *ast.AssignStmt) {
	for i, l := range a.Lhs {
		at.stmt, at.single = a, len(a.Lhs) == 1
		at.value = nil
		if a.Tok == token.ASSIGN && len(a.Lhs) == len(a.Rhs) {
			at.value = a.Rhs[i]
		}
		p.addStore(s, at, l)
	}
}

// addStore adds a store of what l denotes, if that is a field or a package
// variable.
func (p *planner) addStore(s *stores, at store, l ast.Expr) {
	at.target = l
	var name *ast.Ident
	switch l := ast.Unparen(l).(type) {
	case *ast.Ident:
		name = l
	case *ast.SelectorExpr:
		name = l.Sel
	default:
		return
	}
	v, ok := at.pkg.Info.Uses[name].(*types.Var)
	if !ok || v.Pkg() == nil || !v.IsField() && v.Parent() != v.Pkg().Scope() {
		return
	}
	if id := p.prog.IDOf(v); id != 0 {
		s.names[name] = true
		s.of[id] = append(s.of[id], at)
	}
}

// storesMayGo reports whether all that sets a variable can be taken out. What
// a test sets it to must be what it is anyway, where that is known, or be told.
func (p *planner) storesMayGo(v *types.Var) bool {
	value := p.with.Variable(p.prog.IDOf(v))
	for _, s := range p.stores.of[p.prog.IDOf(v)] {
		switch {
		case !p.survives(s.node()):
			continue // it is gone already
		case !p.isAsked(s.file) || p.files[s.file].Generated || s.pkg.Broken() || s.pkg.Cgo():
			return false
		case s.elem != nil:
			if p.with.HasEffects(s.pkg, s.value) {
				return false
			}
		case !s.single || p.operandsHaveEffects(s):
			return false
		}
		if p.prog.IsTest(s.file.Pos()) && value.IsKnown() && s.value != nil {
			if own := p.with.Value(s.pkg, s.value); !own.IsKnown() || own.String() != value.String() && !p.tests.tells(s.value) {
				return false
			}
		}
	}
	return true
}

// operandsHaveEffects reports whether a statement that sets a variable does
// more before it does so than its right side.
func (p *planner) operandsHaveEffects(s store) bool {
	if sel, ok := ast.Unparen(s.target).(*ast.SelectorExpr); ok && s.pkg.Info.Selections[sel] != nil {
		return p.with.HasEffects(s.pkg, sel.X)
	}
	return false
}

// dropStores takes out what sets a variable. Precondition: storesMayGo.
func (p *planner) dropStores(v *types.Var) {
	for _, s := range p.stores.of[p.prog.IDOf(v)] {
		p.touched[s.file] = true
		switch a := s.stmt.(type) {
		case nil:
			p.gone[s.elem] = true
		case *ast.AssignStmt:
			if p.with.HasEffects(s.pkg, a.Rhs[0]) {
				p.alone[a] = true
			} else {
				p.gone[a] = true
			}
		default:
			p.gone[a] = true
		}
	}
}

// mayDropMember reports whether a struct can do without a field, or an
// interface without a method.
func (p *planner) mayDropMember(u *unit) bool {
	v, isField := u.objs[0].(*types.Var)
	if !isField || p.isNamed(v) {
		return true
	}
	id := p.prog.IDOf(v)
	return !p.shaped().shown[id] && (!p.shaped().compared[id] || p.with.Variable(id).IsKnown())
}
