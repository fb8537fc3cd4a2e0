package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file finds the keys of a question that is asked once for each key of a list:
//
//	for _, key := range []string{"old", "new"} {
//		if client.On(key) {
//
// Where the question is asked through a wrapper, the engine for values knows of it
// that some key is asked for, and no more: what it calls known holds in every turn.

// loopedKeys returns the keys for which a call of a wrapper asks, one in each turn
// of a loop; nil where they are not known.
func (f *Found) loopedKeys(pkg *program.Package, x ast.Expr, a *flow.Ask) []string {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok || call.Ellipsis.IsValid() {
		return nil
	}
	fn := callee(pkg.Info, call)
	if fn == nil || fn.Signature().Variadic() {
		return nil
	}
	xs := call.Args
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && fn.Signature().Recv() != nil && !isMethodExpr(pkg.Info, call) {
		xs = append([]ast.Expr{sel.X}, xs...)
	}
	var args []flow.Value
	var keys []ast.Expr
	at := -1
	for i, x := range xs {
		args = append(args, f.Engine.Value(pkg, x))
		if list := listed(pkg, x); list != nil {
			keys, at = list, i
		}
	}
	var out []string
	for _, key := range keys {
		args[at] = f.Engine.Value(pkg, key)
		asked, ok := f.Engine.KeysFor(fn, a, args)
		if !ok {
			return nil
		}
		out = append(out, asked...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// listed returns the elements of the literal over which a loop ranges, where x is the
// variable that the loop sets and nothing else does; nil where x is none, or where
// some element is not constant.
func listed(pkg *program.Package, x ast.Expr) []ast.Expr {
	loop, isKey := loopOf(pkg, x)
	if loop == nil || isKey {
		return nil
	}
	lit, ok := ast.Unparen(loop.X).(*ast.CompositeLit)
	if !ok {
		return nil
	}
	var keys []ast.Expr
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			e = kv.Value
		}
		if pkg.Info.Types[e].Value == nil {
			return nil
		}
		keys = append(keys, e)
	}
	return keys
}

// rangeOf returns the loop whose value a local is; nil where there is none.
func rangeOf(pkg *program.Package, v *types.Var) *ast.RangeStmt {
	if loop, isKey := rangeWith(pkg, v); !isKey {
		return loop
	}
	return nil
}

// loopOf returns the loop that sets the local that x is, and whether it is the loop's
// key; nil where there is none, or the loop's body sets it, too.
func loopOf(pkg *program.Package, x ast.Expr) (loop *ast.RangeStmt, isKey bool) {
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok {
		return nil, false
	}
	v, ok := pkg.Info.Uses[id].(*types.Var)
	if !ok || v.Pkg() == nil || v.Parent() == v.Pkg().Scope() {
		return nil, false
	}
	if loop, isKey = rangeWith(pkg, v); loop == nil || isWritten(pkg.Info, loop.Body, v) {
		return nil, false
	}
	return loop, isKey
}

// rangeWith returns the loop that declares a local, and whether it is its key.
func rangeWith(pkg *program.Package, v *types.Var) (loop *ast.RangeStmt, isKey bool) {
	for _, f := range pkg.Files {
		if v.Pos() < f.Syntax.FileStart || f.Syntax.FileEnd <= v.Pos() {
			continue
		}
		path, _ := astutil.PathEnclosingInterval(f.Syntax, v.Pos(), v.Pos())
		if len(path) < 2 {
			return nil, false
		}
		if loop, ok := path[1].(*ast.RangeStmt); ok && loop.Tok == token.DEFINE && (loop.Value == path[0] || loop.Key == path[0]) {
			return loop, loop.Key == path[0]
		}
	}
	return nil, false
}

// isWritten reports whether code assigns to a local, or takes its address.
func isWritten(info *types.Info, body ast.Node, v *types.Var) bool {
	found := false
	is := func(x ast.Expr) {
		id, ok := ast.Unparen(x).(*ast.Ident)
		found = found || ok && info.Uses[id] == v
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				is(l)
			}
		case *ast.IncDecStmt:
			is(n.X)
		case *ast.RangeStmt:
			if n.Key != nil {
				is(n.Key)
			}
			if n.Value != nil {
				is(n.Value)
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				is(n.X)
			}
		}
		return !found
	})
	return found
}
