package fixer

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file drops what has lost its use by what was dropped of tests.

// tidy drops what has lost its use by what was dropped: statements with nothing
// in them, helpers that set nothing, passes that check nothing any more.
func (t *tester) tidy() {
	for changed := true; changed; {
		changed = false
		for file := range t.touched {
			if !t.prog.IsTest(file.Pos()) {
				continue
			}
			pkg := t.pkgs[file]
			ast.Inspect(file, func(n ast.Node) bool {
				if n == nil || t.gone[n] {
					return false
				}
				if t.isUseless(pkg, n) {
					t.drop(n)
					changed = true
					return false
				}
				return true
			})
		}
		changed = t.dropEmptyHelpers() || changed
		changed = t.dropHollow() || changed
	}
}

// isUseless reports whether nothing is left of a statement or test that was
// something.
func (t *tester) isUseless(pkg *program.Package, n ast.Node) bool {
	switch n := n.(type) {
	case *ast.FuncDecl:
		return n.Body != nil && isTest(n) && t.hasLost(n.Body) && t.checked(pkg, n.Body) && !t.checks(pkg, n.Body)
	case *ast.BlockStmt:
		return false
	case *ast.IfStmt:
		return t.isEmpty(n.Body) && n.Init == nil && t.isNoElse(n.Else) && !t.with.HasEffects(pkg, n.Cond)
	case *ast.RangeStmt:
		return t.isEmpty(n.Body) && !t.with.HasEffects(pkg, n.X) || t.isExhausted(pkg, n.X)
	case *ast.ForStmt:
		return t.isEmpty(n.Body) && n.Init == nil && n.Post == nil
	case *ast.ExprStmt:
		call, ok := n.X.(*ast.CallExpr)
		return ok && (t.runsNothing(pkg, call) || t.isDescribedOut(pkg, call))
	case *ast.ValueSpec:
		if len(n.Values) != 1 || !isBlank(n.Names) {
			return false
		}
		call, ok := ast.Unparen(n.Values[0]).(*ast.CallExpr)
		return ok && (t.runsNothing(pkg, call) || t.isDescribedOut(pkg, call))
	case *ast.DeferStmt:
		return t.runsNothing(pkg, n.Call)
	}
	return false
}

// isNoElse reports whether nothing is left of an else.
func (t *tester) isNoElse(s ast.Stmt) bool {
	b, ok := s.(*ast.BlockStmt)
	return s == nil || t.gone[s] || ok && t.isEmpty(b)
}

// isEmpty reports whether all statements of a block have vanished.
func (t *tester) isEmpty(b *ast.BlockStmt) bool {
	return len(b.List) > 0 && !slices.ContainsFunc(b.List, func(s ast.Stmt) bool { return !t.gone[s] })
}

// hasLost reports whether anything in a body has vanished.
func (t *tester) hasLost(b *ast.BlockStmt) bool {
	found := false
	ast.Inspect(b, func(n ast.Node) bool {
		found = found || n != nil && t.gone[n]
		return !found
	})
	return found
}

// isExhausted reports whether the table that a loop goes through has lost all
// its rows.
func (t *tester) isExhausted(pkg *program.Package, x ast.Expr) bool {
	if sel, ok := ast.Unparen(x).(*ast.SelectorExpr); ok {
		field, _ := pkg.Info.Uses[sel.Sel].(*types.Var)
		if !t.thinned[field] {
			return false
		}
		elems, known := t.elementsOfField(pkg, sel, 0)
		return known && len(elems) == 0
	}
	lit := compositeOf(x)
	if id, ok := ast.Unparen(x).(*ast.Ident); ok {
		if v, ok := pkg.Info.Uses[id].(*types.Var); ok {
			lit = t.literalOf(v)
		}
	}
	return lit != nil && len(lit.Elts) > 0 && !slices.ContainsFunc(lit.Elts, func(el ast.Expr) bool { return !t.gone[el] })
}

// runsNothing reports whether a call does no more than run function literals of
// which nothing is left, or passes that have lost all that they checked.
func (t *tester) runsNothing(pkg *program.Package, call *ast.CallExpr) bool {
	literals, lost := 0, false
	for _, x := range append([]ast.Expr{call.Fun}, call.Args...) {
		lit, ok := ast.Unparen(x).(*ast.FuncLit)
		if !ok {
			if x != call.Fun && t.with.HasEffects(pkg, x) {
				return false
			}
			continue
		}
		literals++
		lost = t.isEmpty(lit.Body) || t.hasLost(lit.Body) && t.checked(pkg, lit.Body) && !t.checks(pkg, lit.Body)
	}
	if literals != 1 || !lost {
		return false
	}
	return isLiteral(call.Fun) || runners[calledName(call)] || isCleanupCall(call) || isHook(call) || isStep(call)
}

// dropEmptyHelpers drops the calls of helpers that do nothing any more, and
// reports whether there were any.
func (t *tester) dropEmptyHelpers() bool {
	changed := false
	for file := range t.touched {
		if !t.prog.IsTest(file.Pos()) {
			continue
		}
		for _, d := range file.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil || t.gone[fn] || isTest(fn) || !t.hasLost(fn.Body) || !t.isVoid(t.pkgs[file], fn.Body) {
				continue
			}
			id := t.prog.IDOf(t.pkgs[file].Info.Defs[fn.Name])
			for _, c := range t.calls[id] {
				changed = t.dropCall(c) || changed
			}
			if isSuiteHook(fn) && !t.values[id] && !slices.ContainsFunc(t.calls[id], t.isCalled) {
				t.drop(fn)
				changed = true
			}
		}
	}
	return changed
}

// isCalled reports whether a call still stands.
func (t *tester) isCalled(c callSite) bool { return !t.isGone(pathTo(c.file, c.call)) }

// isVoid reports whether nothing is left of a helper's body but that it calls
// itself a helper.
func (t *tester) isVoid(pkg *program.Package, b *ast.BlockStmt) bool {
	return !slices.ContainsFunc(b.List, func(s ast.Stmt) bool {
		if t.gone[s] {
			return false
		}
		x, ok := s.(*ast.ExprStmt)
		if !ok {
			return true
		}
		call, ok := x.X.(*ast.CallExpr)
		return !ok || calledName(call) != "Helper" || packageOf(pkg.Info, call) == nil || packageOf(pkg.Info, call).Path() != "testing"
	})
}

// dropCall drops a call that is a statement and whose arguments have no effects.
func (t *tester) dropCall(c callSite) bool {
	path := pathTo(c.file, c.call)
	stmt, ok := path[1].(ast.Stmt)
	if !ok || callOf(stmt) != c.call || t.isGone(path) || !t.isAsked(c.file) || slices.ContainsFunc(c.call.Args, func(x ast.Expr) bool { return t.with.HasEffects(c.pkg, x) }) {
		return false
	}
	t.drop(stmt)
	return true
}
