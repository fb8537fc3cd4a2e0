package fixer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file follows what sets a flag back, or says whether it could be set: from
// where an assignment puts it to the statements that use it.

// setUpBy returns the statements that are there for the sake of what an
// assignment gets. path begins with what the assignment stands in.
func (t *tester) setUpBy(pkg *program.Package, s *ast.AssignStmt, path []ast.Node) ([]ast.Node, bool) {
	if len(s.Rhs) != 1 {
		return nil, false
	}
	if ifs, ok := path[0].(*ast.IfStmt); ok {
		return []ast.Node{ifs}, ifs.Init == s && ifs.Else == nil && isErrorsOnly(pkg, ifs.Cond)
	}
	out := []ast.Node{s}
	for _, l := range s.Lhs {
		reads, ok := t.readsOf(pkg, s, l, path)
		if !ok {
			return nil, false
		}
		out = append(out, reads...)
	}
	return out, true
}

// readsOf returns the statements that read what an assignment gives l; false
// where one of them does more than that.
func (t *tester) readsOf(pkg *program.Package, s *ast.AssignStmt, l ast.Expr, path []ast.Node) ([]ast.Node, bool) {
	id, isName := l.(*ast.Ident)
	if isName && id.Name == "_" {
		return nil, true
	}
	v := variableOf(pkg.Info, l)
	switch {
	case v == nil:
		return nil, false
	case v.IsField() || v.Parent() == v.Pkg().Scope():
		return t.readsShared(s, v)
	case !isName:
		return nil, false
	}
	return t.readsLocal(pkg, id, path)
}

// variableOf returns the variable or field that x names, or nil.
func variableOf(info *types.Info, x ast.Expr) *types.Var {
	var obj types.Object
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		obj = info.ObjectOf(x)
	case *ast.SelectorExpr:
		obj = info.Uses[x.Sel]
	}
	v, _ := obj.(*types.Var)
	return v
}

// readsLocal returns the statements that read what an assignment gives the name
// of a local.
func (t *tester) readsLocal(pkg *program.Package, id *ast.Ident, path []ast.Node) ([]ast.Node, bool) {
	obj := pkg.Info.ObjectOf(id)
	body := path[len(path)-2]
	writes := 0
	ast.Inspect(body, func(n ast.Node) bool {
		if a, isAssign := n.(*ast.AssignStmt); isAssign {
			for _, l := range a.Lhs {
				if w, isName := l.(*ast.Ident); isName && pkg.Info.ObjectOf(w) == obj {
					writes++
				}
			}
		}
		return true
	})
	var out []ast.Node
	ok := true
	t.eachUse(pkg, body, obj, func(x *ast.Ident, stack []ast.Node) {
		defs, known := t.with.At(x).Defs[x]
		switch {
		case x == id:
		case known && !slices.Contains(defs, id.Pos()): // it reads something else
		case known && len(defs) > 1, !known && writes > 1:
			ok = false
		default:
			stmt := t.readOnly(pkg, x, stack)
			ok = ok && stmt != nil
			out = append(out, stmt)
		}
	})
	return out, ok
}

// readsShared returns the statements that read a field or a package variable;
// false where anything else than such an assignment sets it.
func (t *tester) readsShared(s *ast.AssignStmt, v *types.Var) ([]ast.Node, bool) {
	id := t.prog.IDOf(v)
	for _, o := range t.storesOf()[id] {
		a, ok := o.stmt.(*ast.AssignStmt)
		if !ok || a != s && !t.gone[a] && !t.setsOnly(a) {
			return nil, false
		}
	}
	var out []ast.Node
	ok := id != 0 && !v.Exported()
	for file, pkg := range t.pkgs {
		t.eachUse(pkg, file, v, func(x *ast.Ident, stack []ast.Node) {
			if t.stores.names[x] {
				return
			}
			stmt := t.readOnly(pkg, x, stack)
			ok = ok && stmt != nil && t.files[file].Test && t.isEditable(file)
			out = append(out, stmt)
		})
	}
	return out, ok
}

// setsOnly reports whether an assignment keeps what a setting returns that goes.
func (t *tester) setsOnly(a *ast.AssignStmt) bool {
	return len(a.Rhs) == 1 && slices.ContainsFunc(t.sets, func(s *setting) bool {
		return s.Call != nil && s.Call == ast.Unparen(a.Rhs[0]) && s.removal != nil && !s.left && s.passes == nil
	})
}

// eachUse calls f for the names of an object below n that are not assigned to,
// with what they stand in.
func (t *tester) eachUse(pkg *program.Package, n ast.Node, obj types.Object, f func(*ast.Ident, []ast.Node)) {
	id := t.prog.IDOf(obj)
	var stack []ast.Node
	ast.Inspect(n, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		x, isName := n.(*ast.Ident)
		if isName && pkg.Info.Uses[x] != nil && t.prog.IDOf(pkg.Info.Uses[x]) == id && !isWrite(x, stack) && !t.isGone(stack) {
			f(x, stack)
		}
		stack = append(stack, n)
		return true
	})
}

// isWrite reports whether a name is assigned to by the statement around it.
func isWrite(x *ast.Ident, stack []ast.Node) bool {
	a, ok := stack[len(stack)-1].(*ast.AssignStmt)
	return ok && slices.Contains(a.Lhs, ast.Expr(x))
}

// callsOnly reports whether an if statement asks whether a function is there, and
// calls it: if f != nil { f() }.
func callsOnly(pkg *program.Package, ifs *ast.IfStmt, f types.Object) bool {
	cond, ok := ast.Unparen(ifs.Cond).(*ast.BinaryExpr)
	if !ok || cond.Op != token.NEQ {
		return false
	}
	for _, x := range []ast.Expr{cond.X, cond.Y} {
		if !pkg.Info.Types[x].IsNil() && types.Object(variableOf(pkg.Info, x)) != f {
			return false
		}
	}
	return !slices.ContainsFunc(ifs.Body.List, func(s ast.Stmt) bool {
		call := callOf(s)
		return call == nil || types.Object(variableOf(pkg.Info, call.Fun)) != f
	})
}

// callOf returns the call that a statement is, or defers; nil where it is none.
func callOf(s ast.Stmt) *ast.CallExpr {
	switch s := s.(type) {
	case *ast.ExprStmt:
		call, _ := ast.Unparen(s.X).(*ast.CallExpr)
		return call
	case *ast.DeferStmt:
		return s.Call
	}
	return nil
}

// readOnly returns the statement around a name, where that does nothing but call
// it, register it, or check it as an error; else nil.
func (t *tester) readOnly(pkg *program.Package, x *ast.Ident, stack []ast.Node) ast.Node {
	var child ast.Node = x
	for _, n := range slices.Backward(stack) {
		switch n := n.(type) {
		case *ast.ParenExpr, *ast.SelectorExpr, *ast.BinaryExpr:
		case *ast.CallExpr:
			if !t.carriesOn(pkg, n, child, nil) {
				return nil
			}
		case *ast.ExprStmt, *ast.DeferStmt:
			return n
		case *ast.IfStmt:
			if n.Init == nil && n.Else == nil && n.Cond == child && (isErrorsOnly(pkg, n.Cond) || callsOnly(pkg, n, pkg.Info.Uses[x])) {
				return n
			}
			return nil
		default:
			return nil
		}
		child = n
	}
	return nil
}
