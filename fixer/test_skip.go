package fixer

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file drops the passes that skip themselves, now that the flags are known:
//
//	if features.Enabled(x) {
//		t.Skip("this is about the old way")
//	}

// dropSkipped drops what stands behind a skip or return that has become
// unconditional and, where all that is checked stands there, the whole pass.
func (t *tester) dropSkipped() {
	for file := range t.touched {
		if !t.files[file].Test || t.files[file].Generated || !t.isAsked(file) {
			continue
		}
		pkg := t.pkgs[file]
		ast.Inspect(file, func(n ast.Node) bool {
			if n == nil || t.gone[n] {
				return false
			}
			if b, ok := n.(*ast.BlockStmt); ok {
				t.dropBehindSkip(pkg, file, b)
			}
			return true
		})
	}
}

// dropBehindSkip drops what the statements of a block skip, where that is the body
// of a pass.
func (t *tester) dropBehindSkip(pkg *program.Package, file *ast.File, b *ast.BlockStmt) {
	for i, s := range b.List {
		sp := t.flat[s]
		if sp == nil || t.gone[s] || !endsIn(pkg, sp.stmts()) {
			continue
		}
		path := pathTo(file, b)
		if !t.endsPass(path) {
			return
		}
		skipped := slices.ContainsFunc(b.List[i+1:], func(s ast.Stmt) bool { return t.checked(pkg, s) })
		before := slices.ContainsFunc(b.List[:i], func(s ast.Stmt) bool { return !t.gone[s] })
		skipped = skipped || !before && len(sp.stmts()) == 1 && len(b.List) > i+1 // nothing would be left
		if skipped && !t.checksAny(pkg, b.List[:i]) && !t.checksAny(pkg, sp.stmts()) {
			if whole := t.passAt(path); whole != nil {
				t.drop(whole)
				return
			}
		}
		if last := sp.stmts(); len(last) > 1 {
			for _, rest := range b.List[i+1:] {
				t.gone[rest] = true
			}
			return // it does something before it skips
		}
		for _, rest := range b.List[i:] {
			t.gone[rest] = true
		}
		t.tail[s] = true
		return
	}
}

// passAt returns what runs the body that a path begins with, and nothing else.
func (t *tester) passAt(path []ast.Node) ast.Node {
	if fn, ok := path[1].(*ast.FuncDecl); ok {
		return fn
	}
	return passOf(path[1:])
}

// endsIn reports whether statements end in a return or a skip.
func endsIn(pkg *program.Package, list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch s := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		if !ok {
			return false
		}
		fn, ok := pkg.Info.Uses[calledIdent(call)].(*types.Func)
		if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "testing" {
			return false
		}
		return fn.Name() == "Skip" || fn.Name() == "Skipf" || fn.Name() == "SkipNow"
	}
	return false
}
