package fixer

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/program"
	"github.com/flagdebt/flagdebt/registry"
)

// This file drops what sets the winner, with what checks that it could be set,
// and what sets it back.

// dropSetUp drops the settings that are decided.
func (t *tester) dropSetUp() {
	for _, s := range t.sets {
		if s.removal != nil && s.passes == nil && !s.left && !s.cleanup && !t.isGone(s.path) {
			t.dropSetting(s)
		}
	}
	for _, s := range t.sets {
		switch {
		case t.isGone(s.path) || s.left || s.Lit != nil && s.Entry == nil:
		case s.removal != nil && s.cleanup && !t.isNeeded(s):
			t.dropSetting(s)
		case s.emptied, s.Reset && t.isForNothing(s):
			if nodes, ok := t.setUp(s.Pkg, s.path); ok {
				t.dropAll(nodes)
			}
		case s.Lets && t.letsNothing(s):
			if nodes, ok := t.setUp(s.Pkg, s.path); ok {
				t.dropAll(nodes)
			}
		}
	}
}

func (t *tester) dropAll(nodes []ast.Node) {
	for _, n := range nodes {
		t.drop(n)
	}
}

// dropSetting drops one setting.
func (t *tester) dropSetting(s *setting) {
	path := s.path
	if s.Entry != nil {
		t.drop(s.Entry)
		if s.Call == nil || !t.isEmptied(s) {
			return // it sets other flags too, or is part of something else
		}
		for path[0] != s.Call {
			path = path[1:]
		}
	}
	nodes, ok := t.setUp(s.Pkg, path)
	switch {
	case ok:
		t.dropAll(nodes)
	case s.Entry == nil:
		t.keep(s, ReasonUnsupported, "this set-up is no statement of its own")
	}
}

// isEmptied reports whether nothing is left of the literal that an entry was in.
func (t *tester) isEmptied(s *setting) bool {
	for _, a := range s.Call.Args {
		lit := compositeOf(a)
		if lit == nil || s.Entry.Pos() < lit.Pos() || s.Entry.Pos() >= lit.End() {
			continue
		}
		return !slices.ContainsFunc(lit.Elts, func(el ast.Expr) bool { return !t.gone[el] })
	}
	return false
}

// isNeeded reports whether a flag is still set in the function whose clean-up
// sets it back.
func (t *tester) isNeeded(s *setting) bool {
	return slices.ContainsFunc(t.sets, func(o *setting) bool {
		return o.left && o.removal == s.removal && sameFunction(o, s)
	})
}

// isForNothing reports whether what sets all flags back has lost its last use: a
// flag to remove was set in the same function, and no other is.
func (t *tester) isForNothing(s *setting) bool {
	had := false
	for _, o := range t.sets {
		if o == s || o.Source != s.Source || o.Reset || o.Lets || !sameFunction(o, s) {
			continue
		}
		if !t.isGone(o.path) {
			return false
		}
		had = had || o.removal != nil || o.emptied
	}
	return had
}

// letsNothing reports whether what let flags be set has lost its use: the next
// statement set one to remove, and nothing behind it in the block sets others.
func (t *tester) letsNothing(s *setting) bool {
	for i, n := range s.path {
		b, ok := n.(*ast.BlockStmt)
		if !ok {
			continue
		}
		at := slices.IndexFunc(b.List, func(x ast.Stmt) bool { return i > 0 && x == s.path[i-1] })
		if at < 0 || at+1 == len(b.List) || !t.gone[b.List[at+1]] {
			return false
		}
		ours, others := false, false
		for _, o := range t.sets {
			if o.Source != s.Source || o.Node().Pos() < b.List[at+1].Pos() || o.Node().Pos() >= b.End() {
				continue
			}
			ours = ours || o.removal != nil && o.Node().Pos() < b.List[at+1].End()
			others = others || !t.isGone(o.path)
		}
		return ours && !others
	}
	return false
}

// sameFunction reports whether two settings stand in one declaration.
func sameFunction(a, b *setting) bool {
	return a.path[len(a.path)-2] == b.path[len(b.path)-2]
}

// judgeReset drops what follows where all flags are set back in the middle of a
// test, if a flag to remove is the loser then.
func (t *tester) judgeReset(s *setting) {
	for _, o := range t.sets {
		if o.removal == nil || o.left || o.Source != s.Source || !sameFunction(o, s) || o.Node().Pos() > s.Node().Pos() || t.isGone(o.path) || t.isGone(s.path) {
			continue
		}
		was := t.defaultOf(o.removal)
		if was.IsZero() || was == o.removal.Winner {
			continue
		}
		back := &setting{Override: o.Override, removal: o.removal, path: s.path}
		back.Call, back.Entry, back.Assign, back.Lit = s.Call, nil, nil, nil
		nodes, ok := t.dropForced(back, s.Pkg, s.path, 0)
		if ok {
			t.dropAll(nodes)
		} else if t.checksBehind(s) {
			t.leave(o.removal, ReasonTestLoser, s.Node().Pos(), "it is set back to %s here", was)
		}
	}
}

// checksBehind reports whether the statements behind a setting check something.
func (t *tester) checksBehind(s *setting) bool {
	for i, n := range s.path {
		if b, ok := n.(*ast.BlockStmt); ok && i > 0 {
			if at := slices.IndexFunc(b.List, func(x ast.Stmt) bool { return x == s.path[i-1] }); at >= 0 {
				return t.checksAny(s.Pkg, b.List[at+1:])
			}
		}
	}
	return true
}

// defaultOf returns what a flag is where nobody sets it: what all Sites say.
func (t *tester) defaultOf(r *Removal) registry.Value {
	var out registry.Value
	for _, s := range t.found.Sites {
		if s.Default.IsZero() || s.Role != "read" || s.Flag.Key != r.Flag.Key || t.removalOf(s.Provider, s.Flag.Key) != r {
			continue
		}
		if !out.IsZero() && out != s.Default {
			return registry.Value{}
		}
		out = s.Default
	}
	return out
}

// setUp returns the statements that are there for the sake of what a path begins
// with alone: the one that it stands in, those that check its error, and those
// that call what it returns.
func (t *tester) setUp(pkg *program.Package, path []ast.Node) ([]ast.Node, bool) {
	home := homeOf(pkg.Info, path[0])
	for i := 1; i < len(path); i++ {
		child := path[i-1]
		switch n := path[i].(type) {
		case *ast.ParenExpr, *ast.SelectorExpr:
		case *ast.CallExpr:
			if !t.carriesOn(pkg, n, child, home) {
				return nil, false
			}
		case *ast.ExprStmt, *ast.DeferStmt:
			return []ast.Node{n}, true
		case *ast.AssignStmt:
			return t.setUpBy(pkg, n, path[i+1:])
		case *ast.BlockStmt:
			if a, ok := child.(*ast.AssignStmt); ok && len(a.Lhs) == 1 {
				return []ast.Node{a}, true
			}
			return nil, false
		default:
			return nil, false
		}
	}
	return nil, false
}

// homeOf returns the package of the function that a call names, or nil.
func homeOf(info *types.Info, n ast.Node) *types.Package {
	if call, ok := n.(*ast.CallExpr); ok {
		return packageOf(info, call)
	}
	return nil
}

// carriesOn reports whether a call does nothing but check what the operand child
// yields, register or call it, or set what it describes.
func (t *tester) carriesOn(pkg *program.Package, call *ast.CallExpr, child ast.Node, home *types.Package) bool {
	for _, a := range call.Args {
		if ast.Node(a) != child && t.with.HasEffects(pkg, a) {
			return false
		}
	}
	if ast.Node(call.Fun) == child || isCleanupCall(call) || isAboutErrors(pkg, call) {
		return true
	}
	of := packageOf(pkg.Info, call)
	if of == nil {
		return false
	}
	fn, _ := pkg.Info.Uses[calledIdent(call)].(*types.Func)
	return of == home || fn != nil && isAssertion(fn)
}
