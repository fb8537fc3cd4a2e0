package fixer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// This file decides which of the statements that are taken out of their braces
// must stay a block, since a name would clash.

// decideBlocks makes a block of each splice whose names would clash with those
// around it.
func (r *reducer) decideBlocks(file *ast.File) {
	b := &blocker{reducer: r, file: file, alive: map[types.Object]bool{}}
	b.look()
	var lists [][]ast.Stmt
	var elses []ast.Stmt
	ast.Inspect(file, func(n ast.Node) bool {
		if list := listOf(n); list != nil {
			lists = append(lists, list)
		}
		if s, ok := n.(*ast.IfStmt); ok {
			elses = append(elses, s.Else)
		}
		return true
	})
	for _, list := range slices.Backward(lists) { // inner ones first
		b.list(list)
	}
	for _, s := range slices.Backward(elses) { // which are blocks anyway, but may hold others
		if sp := b.flat[s]; sp != nil {
			b.broughtBy(s, sp)
		}
	}
}

// blocker decides for one file.
type blocker struct {
	*reducer
	file  *ast.File
	alive map[types.Object]bool // objects that somebody still names
	locals
}

// list decides for the statements of one list. Names that an earlier statement
// brings in count for the later ones.
func (b *blocker) list(list []ast.Stmt) {
	brought := map[string][]types.Object{}
	for i, s := range list {
		s = b.bare(s)
		sp := b.flat[s]
		if sp == nil || sp.block {
			continue
		}
		names := b.broughtBy(s, sp)
		if len(names) == 0 {
			continue
		}
		if b.clashes(s, names, brought, list[i+1:]) {
			sp.block = true
			continue
		}
		for n, objs := range names {
			brought[n] = append(brought[n], objs...)
		}
	}
}

// broughtBy returns the names that a splice declares in the list around it. A
// body that declares a name of the init statement anew stays a block inside.
func (b *blocker) broughtBy(s ast.Stmt, sp *splice) map[string][]types.Object {
	out := map[string][]types.Object{}
	if sp.init != nil {
		b.addNames(out, s)
	}
	inside := map[string][]types.Object{}
	if _, isBlock := sp.body.(*ast.BlockStmt); isBlock {
		b.addNames(inside, sp.body)
	} else if sp.clause != nil {
		for _, c := range append([]*ast.CaseClause{sp.clause}, sp.more...) {
			b.addNames(inside, c)
		}
	}
	for _, t := range sp.stmts() {
		t = b.bare(t)
		if inner := b.flat[t]; inner != nil && !inner.block {
			addObjects(inside, b.broughtBy(t, inner))
		}
	}
	for n := range inside {
		if out[n] != nil {
			b.keepInside(sp)
			return out
		}
	}
	addObjects(out, inside)
	return out
}

func addObjects(dst, src map[string][]types.Object) {
	for n, objs := range src {
		dst[n] = append(dst[n], objs...)
	}
}

// keepInside makes a block of what stands behind the init statement.
func (b *blocker) keepInside(sp *splice) {
	if inner, ok := sp.body.(*ast.IfStmt); ok {
		b.flat[inner].block = true
	} else {
		sp.inner = true
	}
}

// addNames adds the names that are declared in the scope of n, and still named.
func (b *blocker) addNames(out map[string][]types.Object, n ast.Node) {
	scope := b.info.Scopes[n]
	if scope == nil {
		return
	}
	for _, name := range scope.Names() {
		if obj := scope.Lookup(name); b.alive[obj] && !b.isNested(obj.Pos()) {
			out[name] = append(out[name], obj)
		}
	}
}

// isNested reports whether what stands at pos gets into the else of an if.
func (b *blocker) isNested(pos token.Pos) bool {
	for _, n := range b.nested {
		if n.list[0].Pos() <= pos && pos < n.list[len(n.list)-1].End() {
			return true
		}
	}
	return false
}

// clashes reports whether names, declared in the list from s on, would be
// declared twice there, hide what later statements mean by them, or be jumped
// over. Where they can, variables of one name become one instead.
func (b *blocker) clashes(s ast.Stmt, names, brought map[string][]types.Object, following []ast.Stmt) bool {
	scope := b.info.Scopes[s]
	if scope == nil || scope.Parent() == nil || hasGoto(b.file, s.Pos()) {
		return true
	}
	same := map[string][]types.Object{}
	for n, objs := range names {
		if types.Universe.Lookup(n) != nil { // literals may stand behind it
			return true
		}
		same[n] = slices.Clone(brought[n])
		if other := scope.Parent().Lookup(n); b.alive[other] {
			same[n] = append(same[n], other)
		}
		for _, other := range same[n] {
			if slices.ContainsFunc(objs, func(o types.Object) bool { return !b.mayJoin(s, o, other) }) {
				return true
			}
		}
	}
	if b.isHidden(names, same, following) {
		return true
	}
	for n, others := range same {
		if len(others) > 0 {
			b.join(append(others, names[n]...))
		}
	}
	return false
}

// hidesResult reports whether names would stand before the named results that a return
// without results returns.
func (b *blocker) hidesResult(ret *ast.ReturnStmt, names, same map[string][]types.Object) bool {
	scope := b.pkg.Types.Scope().Innermost(ret.Pos())
	for n := range names {
		if scope == nil {
			return true
		}
		_, obj := scope.LookupParent(n, ret.Pos())
		if v, ok := obj.(*types.Var); ok && v.Kind() == types.ResultVar && !slices.Contains(same[n], obj) {
			return true
		}
	}
	return false
}

// isHidden reports whether one of the statements means something else by a name,
// from outside of it.
func (b *blocker) isHidden(names, same map[string][]types.Object, following []ast.Stmt) bool {
	found := false
	for _, f := range following {
		b.walk(f, func(n ast.Node) bool {
			if ret, ok := n.(*ast.ReturnStmt); ok && len(ret.Results) == 0 {
				found = found || b.hidesResult(ret, names, same)
			}
			id, ok := n.(*ast.Ident)
			if !ok || names[id.Name] == nil {
				return !found
			}
			obj := b.info.Uses[id]
			if obj != nil && obj.Parent() != nil && (obj.Pos() < f.Pos() || obj.Pos() >= f.End()) && !slices.Contains(same[id.Name], obj) {
				found = true
			}
			return !found
		})
	}
	return found
}

// hasGoto reports whether the function at pos has a goto, which may not jump
// over declarations.
func hasGoto(file *ast.File, pos token.Pos) bool {
	found := false
	for _, d := range file.Decls {
		if d.Pos() <= pos && pos < d.End() {
			ast.Inspect(d, func(n ast.Node) bool {
				if b, ok := n.(*ast.BranchStmt); ok && b.Tok == token.GOTO {
					found = true
				}
				return !found
			})
		}
	}
	return found
}
