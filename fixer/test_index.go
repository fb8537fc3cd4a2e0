package fixer

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file knows who calls which function.

// index notes who calls which function, and which functions and variables are
// used otherwise.
func (t *tester) index() {
	seen := map[*ast.File]bool{}
	for _, pkg := range t.prog.Packages {
		for _, f := range pkg.Files {
			if !seen[f.Syntax] {
				seen[f.Syntax] = true
				t.indexFile(pkg, f.Syntax)
			}
		}
	}
}

func (t *tester) indexFile(pkg *program.Package, file *ast.File) {
	called := map[*ast.Ident]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if id := calledIdent(n); id != nil {
				if obj := pkg.Info.Uses[id]; obj != nil {
					called[id] = true
					t.calls[t.prog.IDOf(obj)] = append(t.calls[t.prog.IDOf(obj)], callSite{pkg, file, n})
				}
			}
		case *ast.Ident:
			if obj := pkg.Info.Uses[n]; obj != nil && !called[n] {
				t.values[t.prog.IDOf(obj)] = true
			}
		}
		return true
	})
}

// pathTo returns the path from a node of a file outwards.
func pathTo(file *ast.File, n ast.Node) []ast.Node {
	path, _ := astutil.PathEnclosingInterval(file, n.Pos(), n.End())
	for len(path) > 0 && path[0] != n {
		path = path[1:]
	}
	return path
}

// calledIdent returns the name that a call calls by, or nil.
func calledIdent(call *ast.CallExpr) *ast.Ident {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return fun
	case *ast.SelectorExpr:
		return fun.Sel
	}
	return nil
}

// callsOf returns the calls of the function that a path begins with: a
// declaration, or a literal that a variable holds; false where others may call
// it, too.
func (t *tester) callsOf(pkg *program.Package, path []ast.Node) ([]callSite, bool) {
	var id *ast.Ident
	switch fn := path[0].(type) {
	case *ast.FuncDecl:
		id = fn.Name
	case *ast.FuncLit:
		a, ok := path[1].(*ast.AssignStmt)
		if !ok || len(a.Lhs) != 1 || a.Tok != token.DEFINE {
			return nil, false
		}
		if id, ok = a.Lhs[0].(*ast.Ident); !ok {
			return nil, false
		}
	default:
		return nil, false
	}
	obj := pkg.Info.Defs[id]
	if obj == nil {
		return nil, false
	}
	ref := t.prog.IDOf(obj)
	if fn, ok := obj.(*types.Func); ok && fn.Signature().Recv() != nil || t.values[ref] {
		return nil, false
	}
	return t.calls[ref], true
}

// calledName returns the name that a call calls by; "" where it has none.
func calledName(call *ast.CallExpr) string {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return ""
}

// packageOf returns the package of the function that a call names.
func packageOf(info *types.Info, call *ast.CallExpr) *types.Package {
	if obj := info.Uses[calledIdent(call)]; obj != nil {
		return obj.Pkg()
	}
	return nil
}

func isLiteral(x ast.Expr) bool {
	_, ok := ast.Unparen(x).(*ast.FuncLit)
	return ok
}
