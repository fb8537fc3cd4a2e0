package fixer

import (
	"go/ast"
	"go/types"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file drops the functions in the rows of tables that did nothing but set
// flags: {name: "new", setup: func() { features.Set(X) }}.

// dropHollow drops the statements that call a field of which nothing but functions
// with nothing in them is left, and reports whether there were any.
func (t *tester) dropHollow() bool {
	changed := false
	for file := range t.touched {
		if !t.files[file].Test {
			continue
		}
		pkg := t.pkgs[file]
		ast.Inspect(file, func(n ast.Node) bool {
			st, ok := n.(*ast.StructType)
			if !ok {
				return n != nil && !t.gone[n]
			}
			for _, f := range st.Fields.List {
				for _, id := range f.Names {
					if v, ok := pkg.Info.Defs[id].(*types.Var); ok && !t.gone[id] && t.isHollow(v) {
						changed = t.dropCallsOf(v) || changed
					}
				}
			}
			return true
		})
	}
	return changed
}

// isHollow reports whether all that a field is ever set to are functions without
// statements, and one of them has lost some.
func (t *tester) isHollow(v *types.Var) bool {
	if _, ok := v.Type().Underlying().(*types.Signature); !ok {
		return false
	}
	lost := false
	for _, s := range t.storesOf()[t.prog.IDOf(v)] {
		if t.isGone(pathTo(s.file, s.node())) {
			continue
		}
		fn, ok := ast.Unparen(s.value).(*ast.FuncLit)
		if s.elem == nil || !ok || len(fn.Body.List) > 0 && !t.isEmpty(fn.Body) || fn.Type.Results != nil {
			return false
		}
		lost = lost || len(fn.Body.List) > 0
	}
	return lost
}

// dropCallsOf drops the statements that call a field, where these are all that
// read it, and reports whether there were any.
func (t *tester) dropCallsOf(v *types.Var) bool {
	var out []ast.Node
	for file, pkg := range t.pkgs {
		ok := true
		t.eachUse(pkg, file, v, func(x *ast.Ident, stack []ast.Node) {
			if t.stores.names[x] {
				return
			}
			stmt := t.callAlone(pkg, x, stack)
			ok = ok && stmt != nil && t.files[file].Test && t.isEditable(file)
			out = append(out, stmt)
		})
		if !ok {
			return false
		}
	}
	t.dropAll(out)
	return len(out) > 0
}

// callAlone returns the statement that does nothing but call the field x, or ask
// whether it is there to call it; nil where there is none.
func (t *tester) callAlone(pkg *program.Package, x *ast.Ident, stack []ast.Node) ast.Node {
	v := pkg.Info.Uses[x]
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.IfStmt:
			if n.Init == nil && n.Else == nil && callsOnly(pkg, n, v) {
				return n
			}
			return nil
		case ast.Stmt:
			call := callOf(n)
			if call == nil || types.Object(variableOf(pkg.Info, call.Fun)) != v || t.with.HasEffects(pkg, fieldBase(call.Fun)) {
				return nil
			}
			for _, a := range call.Args {
				if t.with.HasEffects(pkg, a) {
					return nil
				}
			}
			return n
		}
	}
	return nil
}

// fieldBase returns what x selects a field of; x itself where it selects none.
func fieldBase(x ast.Expr) ast.Expr {
	if sel, ok := ast.Unparen(x).(*ast.SelectorExpr); ok {
		return sel.X
	}
	return x
}
