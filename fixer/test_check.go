package fixer

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file finds what a test checks, and tells it from what prepares the test.

// checksAny reports whether any of these statements checks something.
func (t *tester) checksAny(pkg *program.Package, list []ast.Stmt) bool {
	return slices.ContainsFunc(list, func(s ast.Stmt) bool { return t.checks(pkg, s) })
}

// checks reports whether what is left of some code checks something.
func (t *tester) checks(pkg *program.Package, n ast.Node) bool {
	return (&checker{t, t.decisions, map[types.Object]bool{}}).any(pkg, n)
}

// checked reports whether some code checked something in the original.
func (t *tester) checked(pkg *program.Package, n ast.Node) bool {
	return t.original.any(pkg, n)
}

// checker looks for what makes tests fail, as some decisions stand.
type checker struct {
	*tester
	as    *decisions
	known map[types.Object]bool // helpers that are known to check something, or not to
}

// any reports whether code may make a test fail for another reason than an
// error of what it has called to prepare.
func (c *checker) any(pkg *program.Package, n ast.Node) bool {
	found := false
	c.as.walk(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IfStmt:
			if n.Else == nil && isErrorsOnly(pkg, n.Cond) && endsTest(n.Body) {
				if n.Init != nil {
					found = found || c.any(pkg, n.Init)
				}
				return false
			}
		case *ast.CallExpr:
			found = found || c.isCheck(pkg, n)
		}
		return !found
	})
	return found
}

// isErrorsOnly reports whether a condition speaks of nothing but errors.
func isErrorsOnly(pkg *program.Package, x ast.Expr) bool {
	some, only := false, true
	ast.Inspect(x, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		if v, ok := pkg.Info.Uses[id].(*types.Var); ok {
			some = true
			only = only && isErrorType(v.Type())
		} else if _, ok := pkg.Info.Uses[id].(*types.Func); ok {
			only = false
		}
		return true
	})
	return some && only
}

// endsTest reports whether a block does no more than tell an error and stop.
func endsTest(b *ast.BlockStmt) bool {
	return len(b.List) <= 2
}

func isErrorType(t types.Type) bool {
	return t != nil && types.Identical(t, types.Universe.Lookup("error").Type())
}

// isCheck reports whether a call may make the test fail, and is about more than
// an error.
func (c *checker) isCheck(pkg *program.Package, call *ast.CallExpr) bool {
	fn, _ := pkg.Info.Uses[calledIdent(call)].(*types.Func)
	if fn == nil || fn.Pkg() == nil || c.setters[call] || yields(fn.Signature()) {
		return false
	}
	recv := fn.Signature().Recv()
	if fn.Pkg().Path() == "testing" && recv != nil {
		switch fn.Name() {
		case "Error", "Errorf", "Fatal", "Fatalf", "Fail", "FailNow":
			return true
		}
		return false
	}
	if obj := c.with.FunctionOf(fn); obj != nil && obj.Body != nil && takesTest(fn.Signature()) {
		if isAboutErrors(pkg, call) {
			return false
		}
		known, seen := c.known[fn]
		if !seen {
			c.known[fn] = false // while it is looked at
			known = c.any(obj.Pkg, obj.Body)
			c.known[fn] = known
		}
		return known
	}
	if takesTest(fn.Signature()) || isAssertion(fn) {
		return !isAboutErrors(pkg, call)
	}
	return false
}

// yields reports whether a function hands out more than whether all is well: it
// prepares something.
func yields(sig *types.Signature) bool {
	switch sig.Results().Len() {
	case 0:
		return false
	case 1:
		t := sig.Results().At(0).Type()
		b, ok := t.Underlying().(*types.Basic)
		return !isErrorType(t) && !(ok && b.Kind() == types.Bool) && !isMatcher(t)
	}
	return true
}

// isAboutErrors reports whether all that a call checks is an error.
func isAboutErrors(pkg *program.Package, call *ast.CallExpr) bool {
	some := false
	for _, a := range call.Args {
		tv := pkg.Info.Types[a]
		switch {
		case tv.Value != nil || isTestingType(tv.Type):
		case isErrorType(tv.Type):
			some = true
		default:
			if !some {
				return false // what stands behind the error is a message
			}
		}
	}
	return some
}
