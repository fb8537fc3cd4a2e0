package fixer

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/internal/program"
)

// decideTests decides about what sets the flags in tests: set-up of the winner
// goes, and so do the tests that force the loser.
func (p *planner) decideTests() {
	seen := map[*ast.File]bool{}
	for _, pkg := range p.prog.Packages {
		for _, f := range pkg.Files {
			if seen[f.Syntax] {
				continue
			}
			seen[f.Syntax] = true
			for _, v := range p.found.Overrides(pkg, f) {
				if r := p.removalOf(v.Source, v.Key); r != nil {
					p.decideOverride(r, v)
				}
			}
		}
	}
}

// decideOverride decides about one call that sets a flag, or one entry of a
// literal that does.
func (p *planner) decideOverride(r *Removal, v analyzer.Override) {
	file := v.File.Syntax
	var at ast.Node = v.Call
	if v.Entry != nil {
		at = v.Entry
	}
	switch {
	case v.File.Generated:
		p.refuse(r, ReasonGenerated, at.Pos(), "%s sets it", v.File.Rel)
		return
	case v.Pkg.Broken():
		p.refuse(r, ReasonCompile, at.Pos(), "%s", v.Pkg.Path)
		return
	case !p.isAsked(file):
		p.leave(r, ReasonOutside, at.Pos(), "%s sets it", v.Pkg.Path)
		return
	case v.Value.IsZero():
		p.refuse(r, ReasonTestUnknown, at.Pos(), "it is not known what this sets")
		return
	}
	p.touched[file] = true
	path, _ := astutil.PathEnclosingInterval(file, v.Call.Pos(), v.Call.End())
	if v.Value != r.Winner {
		p.dropLosingTest(r, v, path)
		return
	}
	if v.Entry != nil {
		p.gone[v.Entry] = true
		if !p.isEmptied(v) {
			return // it sets other flags too
		}
	}
	stmt := enclosingStmt(path)
	switch s := stmt.(type) {
	case *ast.ExprStmt:
		if p.onlySetUp(v, s.X) {
			p.gone[s] = true
			return
		}
	case *ast.DeferStmt: // defer Force(key, true)()
		if p.onlySetUp(v, s.Call) {
			p.gone[s] = true
			return
		}
	}
	if v.Entry == nil && !p.isGoneIn(path) {
		p.refuse(r, ReasonUnsupported, at.Pos(), "this set-up is no statement of its own")
	}
}

// isEmptied reports whether no entry is left of the literal that an entry was in.
func (p *planner) isEmptied(v analyzer.Override) bool {
	for _, a := range v.Call.Args {
		lit, ok := ast.Unparen(a).(*ast.CompositeLit)
		if !ok || v.Entry.Pos() < lit.Pos() || v.Entry.Pos() >= lit.End() {
			continue
		}
		for _, el := range lit.Elts {
			if !p.gone[el] {
				return false
			}
		}
		return true
	}
	return false
}

func (p *planner) isGoneIn(path []ast.Node) bool {
	for _, n := range path {
		if p.gone[n] {
			return true
		}
	}
	return false
}

func enclosingStmt(path []ast.Node) ast.Stmt {
	for _, n := range path {
		if s, ok := n.(ast.Stmt); ok {
			return s
		}
	}
	return nil
}

// onlySetUp reports whether an expression does nothing but set the flag: all
// its calls are of the package that offers to set it, or have no effect.
func (p *planner) onlySetUp(v analyzer.Override, x ast.Expr) bool {
	info := v.Pkg.Info
	home := packageOf(info, v.Call)
	ok := true
	ast.Inspect(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			ok = false
		case *ast.CallExpr:
			if _, isCall := ast.Unparen(n.Fun).(*ast.CallExpr); isCall || info.Types[n.Fun].IsType() || packageOf(info, n) == home {
				return true
			}
			ok = ok && !p.base.HasEffects(v.Pkg, n)
			return false
		}
		return ok
	})
	return ok
}

// packageOf returns the package of the function that a call names.
func packageOf(info *types.Info, call *ast.CallExpr) *types.Package {
	fun := ast.Unparen(call.Fun)
	var obj types.Object
	switch fun := fun.(type) {
	case *ast.Ident:
		obj = info.Uses[fun]
	case *ast.SelectorExpr:
		obj = info.Uses[fun.Sel]
	}
	if obj == nil {
		return nil
	}
	return obj.Pkg()
}

// dropLosingTest drops the test, or subtest, that sets the flag to another value
// than the winner from its start.
func (p *planner) dropLosingTest(r *Removal, v analyzer.Override, path []ast.Node) {
	for i, n := range path {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if isTestName(n.Name.Name) && n.Recv == nil && v.File.Test && i >= 2 && directly(n.Body, path) {
				p.gone[n] = true
				return
			}
		case *ast.FuncLit:
			if s := subtest(v.Pkg, path[i:]); s != nil && directly(n.Body, path) {
				p.gone[s] = true
				return
			}
		default:
			continue
		}
		break
	}
	if !p.isGoneIn(path) {
		p.refuse(r, ReasonTestLoser, v.Call.Pos(), "it is set to %s here", v.Value)
	}
}

// directly reports whether the statement that holds the path's first node
// stands in the body itself, under no condition.
func directly(body *ast.BlockStmt, path []ast.Node) bool {
	for i, n := range path {
		if n == ast.Node(body) {
			_, isStmt := path[i-1].(ast.Stmt)
			if !isStmt {
				return false
			}
			switch path[i-1].(type) {
			case *ast.ExprStmt, *ast.AssignStmt, *ast.DeferStmt, *ast.DeclStmt:
				return true
			}
			return false
		}
	}
	return false
}

// subtest returns the statement t.Run(name, func...) whose function literal is
// the path's first node, or nil.
func subtest(pkg *program.Package, path []ast.Node) ast.Stmt {
	if len(path) < 3 {
		return nil
	}
	call, ok := path[1].(*ast.CallExpr)
	if !ok {
		return nil
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Run" || packageOf(pkg.Info, call) == nil || packageOf(pkg.Info, call).Path() != "testing" {
		return nil
	}
	s, ok := path[2].(*ast.ExprStmt)
	if !ok {
		return nil
	}
	return s
}
