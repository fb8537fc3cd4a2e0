package fixer

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/program"
)

// declareAnew makes sure that every local which is still named is declared once
// before: where the statement that declared it is gone, the next one that
// assigns it does, or a declaration takes its place; where ":=" declares
// nothing any more, it becomes "=".
func (r *reducer) declareAnew(file *ast.File) {
	u := r.usage(file)
	stands := map[*ast.Ident]bool{}
	for _, ids := range u.names {
		for _, id := range ids {
			stands[id] = true
		}
	}
	orphans := map[program.ID]*ast.Ident{} // by variable: the name that declared it
	for id, obj := range r.info.Defs {
		if v := r.local(obj); v != 0 && r.fileOf(id.Pos()) == file && !stands[id] && r.joined[id] == nil && len(u.names[v]) > 0 && !u.fixed[v] {
			orphans[v] = id
		}
	}
	lists := r.listsOf(file)
	for v, decl := range orphans {
		r.declareOne(file, v, decl, u, lists)
	}
	for _, ids := range r.declare {
		slices.SortFunc(ids, func(a, b *ast.Ident) int { return cmp.Compare(a.Pos(), b.Pos()) })
	}
	guards := map[ast.Stmt]bool{} // of type switches: their names are no variables
	r.walk(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.TypeSwitchStmt); ok {
			guards[s.Assign] = true
		}
		if s, ok := n.(*ast.AssignStmt); ok && s.Tok == token.DEFINE && !r.alone[s] && !guards[s] && !r.declaresAny(s, orphans) {
			r.assign[s] = true
		}
		return true
	})
}

// declaresAny reports whether ":=" still has a new name on its left.
func (r *reducer) declaresAny(s *ast.AssignStmt, orphans map[program.ID]*ast.Ident) bool {
	for _, l := range s.Lhs {
		id, ok := l.(*ast.Ident)
		if !ok || id.Name == "_" || r.blank[id] {
			continue
		}
		if r.info.Defs[id] != nil && r.joined[id] == nil {
			return true
		}
		if v := r.variable(id); orphans[v] != nil && r.redeclared[id] {
			return true
		}
	}
	return false
}

// place is a statement's list and its index there.
type place struct {
	list []ast.Stmt
	i    int
}

// listsOf maps each statement of a file to its place, as the decisions stand:
// what is taken out of its braces stands in the list around them.
func (r *reducer) listsOf(file *ast.File) map[ast.Stmt]place {
	out := map[ast.Stmt]place{}
	ast.Inspect(file, func(n ast.Node) bool {
		list := listOf(n)
		if s, ok := n.(*ast.IfStmt); ok && r.nested[s] != nil {
			list = r.nested[s].list
		}
		list = r.spliced(list)
		for i, s := range list {
			if _, ok := out[s]; !ok {
				out[s] = place{list, i}
			}
		}
		return true
	})
	return out
}

// listOf returns the statements that a block or clause holds; nil for all else.
func listOf(n ast.Node) []ast.Stmt {
	switch n := n.(type) {
	case *ast.BlockStmt:
		return n.List
	case *ast.CaseClause:
		return n.Body
	case *ast.CommClause:
		return n.Body
	}
	return nil
}

// spliced returns the statements of a list, and in the place of each splice
// that is no block, its own. What is gone stays in it; what gets into the else of
// an if does not.
func (r *reducer) spliced(list []ast.Stmt) []ast.Stmt {
	var out []ast.Stmt
	for _, s := range list {
		if n, ok := s.(*ast.IfStmt); ok && r.nested[n] != nil {
			return append(out, s)
		}
		sp := r.flat[r.bare(s)]
		if sp == nil || sp.block {
			out = append(out, s)
			continue
		}
		if sp.init != nil {
			out = append(out, sp.init)
		}
		out = append(out, r.spliced(sp.stmts())...)
	}
	return out
}

// declareOne declares a local anew whose declaration is gone.
func (r *reducer) declareOne(file *ast.File, v program.ID, decl *ast.Ident, u *usage, lists map[ast.Stmt]place) {
	first := u.names[v][0]
	for _, id := range u.names[v] {
		if id.Pos() < first.Pos() {
			first = id
		}
	}
	for s, at := range lists {
		a, ok := s.(*ast.AssignStmt)
		if !ok || r.gone[s] || r.alone[s] || !assigns(a, first) || !sameList(decl, at) {
			continue
		}
		if a.Tok == token.DEFINE && r.getsOwnType(a, first) {
			r.redeclared[first] = true
			return
		}
		if a.Tok == token.ASSIGN && !hasGoto(file, s.Pos()) && r.mayDefine(a, v, u) {
			r.define[s] = true
			return
		}
	}
	for s := range lists {
		if s.Pos() <= decl.Pos() && decl.Pos() < s.End() && declares(s, decl) {
			r.declare[s] = append(r.declare[s], decl)
			return
		}
	}
	for i := range r.removals {
		r.refuse(&r.removals[i], ReasonUnsupported, decl.Pos(), "variable %s would lose its declaration", decl.Name)
	}
}

// getsOwnType reports whether a name, declared by an assignment, would have the
// type that it has.
func (r *reducer) getsOwnType(a *ast.AssignStmt, id *ast.Ident) bool {
	for i, l := range a.Lhs {
		if l == ast.Expr(id) {
			return types.Identical(r.resultType(a, i), r.info.TypeOf(id))
		}
	}
	return false
}

func assigns(a *ast.AssignStmt, id *ast.Ident) bool {
	for _, l := range a.Lhs {
		if l == ast.Expr(id) {
			return true
		}
	}
	return false
}

// declares reports whether s itself, not a statement inside it, declares id.
func declares(s ast.Stmt, id *ast.Ident) bool {
	switch s := s.(type) {
	case *ast.AssignStmt:
		return assigns(s, id)
	case *ast.DeclStmt:
		return true
	}
	return false
}

// sameList reports whether the statement that declared id stands in the same
// list as the one at a place, before it.
func sameList(id *ast.Ident, at place) bool {
	for _, s := range at.list[:at.i] {
		if s.Pos() <= id.Pos() && id.Pos() < s.End() {
			return declares(s, id)
		}
	}
	return false
}

// mayDefine reports whether "=" can become ":=" to declare v: each name on the
// left is new or of the same scope, and v gets the type that it had.
func (r *reducer) mayDefine(a *ast.AssignStmt, v program.ID, u *usage) bool {
	for _, x := range a.Rhs {
		if r.mentions(x, v) || r.isNilNow(x) {
			return false
		}
	}
	var scope *types.Scope
	for i, l := range a.Lhs {
		id, ok := l.(*ast.Ident)
		if !ok {
			return false
		}
		if id.Name == "_" || r.blank[id] {
			continue
		}
		obj, ok := r.info.Uses[id].(*types.Var)
		if !ok || u.fixed[program.ID(obj.Pos())] || scope != nil && obj.Parent() != scope {
			return false
		}
		scope = obj.Parent()
		if program.ID(obj.Pos()) == v && !types.Identical(r.resultType(a, i), obj.Type()) {
			return false
		}
	}
	return true
}

// isNilNow reports whether nil, which has no type of its own, stands for x.
func (r *reducer) isNilNow(x ast.Expr) bool {
	v, ok := r.lit[x]
	return ok && v.IsNil()
}

// mentions reports whether x names a local.
func (r *reducer) mentions(x ast.Node, v program.ID) bool {
	found := false
	r.walk(x, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && r.local(r.info.Uses[id]) == v {
			found = true
		}
		return !found
	})
	return found
}

// resultType returns the type of what the i-th name of an assignment gets.
func (r *reducer) resultType(a *ast.AssignStmt, i int) types.Type {
	if len(a.Rhs) == len(a.Lhs) {
		// The checker notes the type that x gets by the assignment; what it has
		// by itself is asked for anew.
		x := a.Rhs[i]
		info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
		if err := types.CheckExpr(r.prog.Fset, r.pkg.Types, x.Pos(), x, info); err != nil || info.TypeOf(x) == nil {
			return types.Typ[types.Invalid]
		}
		return types.Default(info.TypeOf(x))
	}
	if tup, ok := r.info.TypeOf(a.Rhs[0]).(*types.Tuple); ok && i < tup.Len() {
		return tup.At(i).Type()
	}
	return types.Typ[types.Invalid]
}
