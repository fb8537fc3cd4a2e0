package fixer

import (
	"go/ast"
	"go/types"
	"slices"
)

// This file drops the statements of which nothing is left but a head that does
// nothing.

// dropEmptied drops the ifs, loops and init functions that are left empty, and the
// else that is, and reports whether there were any.
func (r *reducer) dropEmptied(file *ast.File) bool {
	changed := false
	r.walk(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Recv == nil && n.Name.Name == "init" && n.Body != nil && r.isEmptied(n.Body) {
				r.gone[n] = true
				changed = true
			}
		case *ast.IfStmt:
			changed = r.dropEmptyIf(n) || changed
		case *ast.RangeStmt:
			if r.isEmptied(n.Body) && r.rangesIdly(n) {
				r.gone[n] = true
				changed = true
			}
		case *ast.ExprStmt:
			if call, ok := n.X.(*ast.CallExpr); r.guardsNothing(n) || ok && r.callsNothing(call) {
				r.gone[n] = true
				changed = true
			}
		case *ast.DeferStmt:
			if r.callsNothing(n.Call) {
				r.gone[n] = true
				changed = true
			}
		case *ast.GoStmt:
			if r.callsNothing(n.Call) {
				r.gone[n] = true
				changed = true
			}
		}
		return true
	})
	return changed
}

// callsNothing reports whether a call is of a function literal of which nothing is left.
func (r *reducer) callsNothing(call *ast.CallExpr) bool {
	lit, ok := call.Fun.(*ast.FuncLit)
	return ok && r.isEmptied(lit.Body) && !r.anyEffects(call.Args)
}

// guardsNothing reports whether a statement is O.Do(func() {...}) of a sync.Once that
// is used nowhere else, and nothing is left of the function.
func (r *reducer) guardsNothing(s *ast.ExprStmt) bool {
	call, ok := s.X.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return false
	}
	lit, ok := call.Args[0].(*ast.FuncLit)
	sel, isSel := call.Fun.(*ast.SelectorExpr)
	if !ok || !isSel || !r.isEmptied(lit.Body) {
		return false
	}
	do, _ := r.info.Uses[sel.Sel].(*types.Func)
	if do == nil || do.FullName() != "(*sync.Once).Do" || r.with.HasEffects(r.pkg, sel.X) {
		return false
	}
	name := lastName(sel.X)
	return name != nil && !r.isUsedBeside(name)
}

// lastName returns the name that an identifier or a selector ends in; nil for
// anything else.
func lastName(x ast.Expr) *ast.Ident {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return x
	case *ast.SelectorExpr:
		return x.Sel
	}
	return nil
}

// isUsedBeside reports whether the program uses what an identifier names in another
// place.
func (r *reducer) isUsedBeside(name *ast.Ident) bool {
	id := r.prog.IDOf(r.info.Uses[name])
	for _, pkg := range r.prog.Packages {
		for use, obj := range pkg.Info.Uses {
			if use.Pos() != name.Pos() && r.prog.IDOf(obj) == id {
				return true
			}
		}
	}
	return id == 0
}

// dropEmptyIf drops an if, or its else.
func (r *reducer) dropEmptyIf(s *ast.IfStmt) bool {
	changed := false
	if n := r.nested[s]; n != nil {
		if slices.ContainsFunc(n.list, func(s ast.Stmt) bool { return !r.isNothing(s) }) {
			return false
		}
		delete(r.nested, s)
		changed = true
	}
	if !r.noElse[s] && r.isEmptiedElse(s.Else) {
		r.noElse[s] = true
		changed = true
	}
	if b, ok := s.Else.(*ast.BlockStmt); ok && !r.noElse[s] && len(b.List) > 0 && r.isEmptied(s.Body) {
		r.inverted[s] = true
	}
	if s.Else != nil && !r.noElse[s] || !r.isEmptied(s.Body) && len(s.Body.List) > 0 || !changed && len(s.Body.List) == 0 {
		return changed
	}
	switch {
	case r.isPart(s):
		return changed
	case r.with.HasEffects(r.pkg, s.Cond) || s.Init != nil && !r.gone[s.Init]:
		r.flat[s] = &splice{init: s.Init, effect: r.effects(s.Cond)}
	default:
		r.gone[s] = true
	}
	return true
}

// isEmptiedElse reports whether an else, or the chain of ifs that it begins, had
// statements and has none any more, and asks for nothing that has effects.
func (r *reducer) isEmptiedElse(s ast.Stmt) bool {
	if s == nil || r.flat[s] != nil {
		return false
	}
	switch s := s.(type) {
	case *ast.BlockStmt:
		return r.isEmptied(s)
	case *ast.IfStmt:
		idle := r.isEmptied(s.Body) && (s.Init == nil || r.gone[s.Init]) && !r.with.HasEffects(r.pkg, s.Cond)
		return idle && (s.Else == nil || r.noElse[s] || r.isEmptiedElse(s.Else))
	}
	return false
}

// isPart reports whether an if is the else of another, which the other's
// decisions take care of.
func (r *reducer) isPart(s *ast.IfStmt) bool {
	found := false
	ast.Inspect(r.fileOf(s.Pos()), func(n ast.Node) bool {
		if outer, ok := n.(*ast.IfStmt); ok && outer.Else == ast.Stmt(s) {
			found = true
		}
		return !found
	})
	return found
}

// isEmptied reports whether a block had statements, and has none any more.
func (r *reducer) isEmptied(b *ast.BlockStmt) bool {
	return len(b.List) > 0 && !slices.ContainsFunc(b.List, func(s ast.Stmt) bool { return !r.isNothing(s) })
}

// isNothing reports whether nothing is left of a statement.
func (r *reducer) isNothing(s ast.Stmt) bool {
	if r.gone[s] {
		return true
	}
	sp := r.flat[s]
	return sp != nil && (sp.init == nil || r.gone[sp.init]) && len(sp.effect) == 0 && !slices.ContainsFunc(sp.stmts(), func(s ast.Stmt) bool { return !r.isNothing(s) })
}

// rangesIdly reports whether a loop over nothing but values ends, and sets
// nothing that is seen behind it.
func (r *reducer) rangesIdly(s *ast.RangeStmt) bool {
	for _, x := range []ast.Expr{s.Key, s.Value} {
		id, isName := x.(*ast.Ident)
		if x != nil && !(isName && (id.Name == "_" || r.blank[id] || r.info.Defs[id] != nil)) {
			return false
		}
	}
	switch typeOf(r.info, s.X).Underlying().(type) {
	case *types.Slice, *types.Array, *types.Map, *types.Basic:
		return !r.with.HasEffects(r.pkg, s.X)
	}
	return false
}
