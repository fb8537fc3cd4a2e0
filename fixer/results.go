package fixer

import (
	"go/ast"
	"slices"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file drops the results that nobody takes any more, with every caller.

// resulter looks for such results, as the decisions stand.
type resulter struct {
	*planner
	uses  map[*ast.File]*usage
	alive map[*ast.File]map[ast.Node]bool
}

// dropResults drops what it can of the results of functions, and reports whether
// there were any.
func (p *planner) dropResults(uses map[*ast.File]*usage) bool {
	r := &resulter{p, uses, map[*ast.File]map[ast.Node]bool{}}
	changed := false
	for _, fn := range p.with.Functions() {
		if fn.Obj == nil || fn.Test || fn.Sig.Results().Len() == 0 || p.gone[fn.Node] || !r.mayHaveLost(fn) {
			continue
		}
		s := p.signatureOf(fn)
		if s == nil {
			continue
		}
		for i := fn.Sig.Results().Len() - 1; i >= 0; i-- {
			if !r.isDropped(s, i) && r.lostTaker(s, i) && r.mayDrop(s, i) {
				r.drop(s, i)
				changed = true
			}
		}
	}
	return changed
}

// mayHaveLost reports whether a caller of fn stands in a file that changes.
func (r *resulter) mayHaveLost(fn *flow.Function) bool {
	return slices.ContainsFunc(r.calls.of[fn.ID], func(c callSite) bool { return r.touched[c.file] })
}

func (r *resulter) isDropped(s *signature, i int) bool {
	n := memberAt(s.decls[0].Results, i)
	return n == nil || r.gone[n]
}

// stands reports whether a node stands in a file.
func (r *resulter) stands(file *ast.File, n ast.Node) bool {
	if !r.touched[file] {
		return true
	}
	if r.alive[file] == nil {
		set := map[ast.Node]bool{}
		r.walk(file, func(n ast.Node) bool { set[n] = true; return true })
		r.alive[file] = set
	}
	return r.alive[file][n]
}

// parentOf returns the node around a call, parentheses aside.
func parentOf(c callSite) ast.Node {
	path, _ := astutil.PathEnclosingInterval(c.file, c.call.Pos(), c.call.End())
	for _, n := range path {
		switch x := n.(type) {
		case *ast.CallExpr:
			if x == c.call {
				continue
			}
		case *ast.ParenExpr:
			continue
		}
		return n
	}
	return nil
}

// takes reports whether a call takes a result, in the original.
func takes(parent ast.Node, i int) bool {
	switch n := parent.(type) {
	case *ast.ExprStmt, *ast.GoStmt, *ast.DeferStmt:
		return false
	case *ast.AssignStmt:
		if len(n.Rhs) == 1 && i < len(n.Lhs) {
			id, ok := n.Lhs[i].(*ast.Ident)
			return !ok || id.Name != "_"
		}
	}
	return true
}

// stillTakes reports whether a call takes a result, as the decisions stand.
func (r *resulter) stillTakes(c callSite, parent ast.Node, i int) bool {
	if !r.stands(c.file, c.call) {
		return false
	}
	a, ok := parent.(*ast.AssignStmt)
	if !ok || len(a.Rhs) != 1 || i >= len(a.Lhs) {
		return takes(parent, i)
	}
	id, isName := a.Lhs[i].(*ast.Ident)
	return !r.alone[a] && !r.value[a] && !(isName && (r.blank[id] || r.gone[id])) && takes(parent, i)
}

// lostTaker reports whether somebody took a result, and nobody does any more.
func (r *resulter) lostTaker(s *signature, i int) bool {
	took := false
	for _, c := range s.calls {
		parent := parentOf(c)
		if r.stillTakes(c, parent, i) {
			return false
		}
		took = took || takes(parent, i)
	}
	return took
}

// mayDrop reports whether all functions can do without returning a result.
func (r *resulter) mayDrop(s *signature, i int) bool {
	for _, d := range s.decls {
		if !r.isEditable(r.fileOf(d.Pos())) || memberAt(d.Results, i) == nil {
			return false
		}
	}
	for _, c := range s.calls {
		if _, inSpec := parentOf(c).(*ast.ValueSpec); inSpec || !r.isEditable(c.file) {
			return false
		}
	}
	for _, fn := range s.funcs {
		if !r.mayReturnLess(fn, i) {
			return false
		}
	}
	return true
}

// mayReturnLess reports whether the returns of a function can leave out a result.
func (r *resulter) mayReturnLess(fn *flow.Function, i int) bool {
	v := fn.Sig.Results().At(i)
	u := r.usageOf(r.uses, r.fileOf(fn.Node.Pos()))
	if slices.ContainsFunc(u.names[program.ID(v.Pos())], func(id *ast.Ident) bool { return id.Pos() != v.Pos() }) {
		return false
	}
	ok := true
	returnsOf(fn.Body, func(s *ast.ReturnStmt) {
		switch {
		case len(s.Results) == 0 && v.Name() != "":
		case len(s.Results) != fn.Sig.Results().Len():
			ok = false
		default:
			ok = ok && (r.gone[s.Results[i]] || !r.with.HasEffects(fn.Pkg, s.Results[i]) || !r.stands(r.fileOf(s.Pos()), s))
		}
	})
	return ok
}

// returnsOf calls f for the return statements of a function itself.
func returnsOf(body *ast.BlockStmt, f func(*ast.ReturnStmt)) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			f(n)
		}
		return true
	})
}

// drop drops a result, where it is declared, returned and taken.
func (r *resulter) drop(s *signature, i int) {
	for _, d := range s.decls {
		r.dropMember(d.Results, i)
		r.touched[r.fileOf(d.Pos())] = true
	}
	for _, fn := range s.funcs {
		returnsOf(fn.Body, func(st *ast.ReturnStmt) {
			if len(st.Results) == 0 {
				return
			}
			r.gone[st.Results[i]] = true
			last := fn.Body.List[len(fn.Body.List)-1]
			if last == ast.Stmt(st) && !slices.ContainsFunc(st.Results, func(x ast.Expr) bool { return !r.gone[x] }) {
				r.gone[st] = true
			}
		})
	}
	for _, c := range s.calls {
		a, ok := parentOf(c).(*ast.AssignStmt)
		if !ok || len(a.Rhs) != 1 || i >= len(a.Lhs) || !r.stands(c.file, c.call) {
			continue
		}
		r.touched[c.file] = true
		r.gone[a.Lhs[i]] = true
		if !slices.ContainsFunc(a.Lhs, func(x ast.Expr) bool { return !r.gone[x] }) {
			r.alone[a] = true
		}
	}
}
