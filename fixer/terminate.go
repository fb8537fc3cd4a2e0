package fixer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// This file says which statements end the way: nothing behind them in their
// list is reached, save by a label.

// terminates reports whether s ends the way, as the decisions stand.
func (r *reducer) terminates(s ast.Stmt) bool {
	return (&ender{r.decisions, r.info}).stmt(s, "")
}

// wasTerminating reports whether s ended the way in the original.
func wasTerminating(info *types.Info, s ast.Stmt) bool {
	return (&ender{newDecisions(), info}).stmt(s, "")
}

type ender struct {
	*decisions
	info *types.Info
}

// stmt reports whether s, which has that label, ends the way: a flat switch over
// the kinds of statement.
func (e *ender) stmt(s ast.Stmt, label string) bool {
	if s == nil || e.gone[s] {
		return false
	}
	if sp := e.flat[s]; sp != nil {
		return e.list(sp.stmts())
	}
	switch s := s.(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return s.Tok != token.FALLTHROUGH
	case *ast.ExprStmt:
		call, ok := ast.Unparen(s.X).(*ast.CallExpr)
		if !ok {
			return false
		}
		id, ok := ast.Unparen(call.Fun).(*ast.Ident)
		if !ok {
			return false
		}
		b, ok := e.info.Uses[id].(*types.Builtin)
		return ok && b.Name() == "panic"
	case *ast.BlockStmt:
		return e.list(s.List)
	case *ast.LabeledStmt:
		return e.stmt(s.Stmt, s.Label.Name)
	case *ast.IfStmt:
		return s.Else != nil && !e.noElse[s] && e.list(s.Body.List) && e.stmt(s.Else, "")
	case *ast.ForStmt:
		return (s.Cond == nil || e.noCond[s]) && !e.breaks(s, label)
	case *ast.SwitchStmt:
		return e.clauses(s, label, s.Body.List, false)
	case *ast.TypeSwitchStmt:
		return e.clauses(s, label, s.Body.List, false)
	case *ast.SelectStmt:
		return e.clauses(s, label, s.Body.List, true)
	}
	return false
}

func (e *ender) list(list []ast.Stmt) bool {
	for _, s := range list {
		if n, ok := s.(*ast.IfStmt); ok && e.nested[n] != nil && !e.gone[s] {
			return e.list(n.Body.List) && e.list(e.nested[n].list)
		}
	}
	for i := len(list) - 1; i >= 0; i-- {
		if !e.gone[list[i]] {
			return e.stmt(list[i], "")
		}
	}
	return false
}

func (e *ender) clauses(s ast.Stmt, label string, list []ast.Stmt, complete bool) bool {
	for _, c := range list {
		if e.gone[c] {
			continue
		}
		body := []ast.Stmt(nil)
		switch c := c.(type) {
		case *ast.CaseClause:
			complete = complete || c.List == nil || e.always[c]
			body = c.Body
		case *ast.CommClause:
			body = c.Body
		}
		if n := len(body); n > 0 {
			if b, ok := body[n-1].(*ast.BranchStmt); ok && b.Tok == token.FALLTHROUGH {
				continue
			}
		}
		if !e.list(body) {
			return false
		}
	}
	return complete && !e.breaks(s, label)
}

// breaks reports whether a surviving break leaves s, which has that label.
func (e *ender) breaks(s ast.Stmt, label string) bool {
	found := false
	var inside func(n ast.Node, own bool)
	inside = func(n ast.Node, own bool) {
		e.walk(n, func(c ast.Node) bool {
			switch c := c.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
				if c != n {
					for _, x := range e.children(c) {
						inside(x, false)
					}
					return false
				}
			case *ast.BranchStmt:
				if c.Tok == token.BREAK && e.instead[c] == 0 && (own && c.Label == nil || c.Label != nil && c.Label.Name == label) {
					found = true
				}
			}
			return true
		})
	}
	inside(s, true)
	return found
}

// dropTrailing drops the return that has come to stand at the end of a function
// without results, the continue that has at the end of a loop, and the break that has
// at the end of a clause.
func (r *reducer) dropTrailing(file *ast.File) {
	r.walk(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Body != nil && n.Type.Results.NumFields() == 0 {
				r.dropLast(file, n.Body, isBareReturn)
			}
		case *ast.FuncLit:
			if n.Type.Results.NumFields() == 0 {
				r.dropLast(file, n.Body, isBareReturn)
			}
		case *ast.ForStmt:
			r.dropLast(file, n.Body, isBareContinue)
		case *ast.RangeStmt:
			r.dropLast(file, n.Body, isBareContinue)
		case *ast.CaseClause:
			r.dropLastOf(file, n.Body, r.clauseEnd(file, n), isBareBreak)
		case *ast.CommClause:
			r.dropLastOf(file, n.Body, r.clauseEnd(file, n), isBareBreak)
		}
		return true
	})
}

// dropLast drops the last statement that is left of a body, where it is of that
// kind and was not the body's last before. Comments behind it would seem to speak of
// something else then, so it stays before them.
func (r *reducer) dropLast(file *ast.File, body *ast.BlockStmt, is func(ast.Stmt) bool) {
	r.dropLastOf(file, body.List, body.End(), is)
}

// dropLastOf drops the last statement that is left of a list, which ends there.
func (r *reducer) dropLastOf(file *ast.File, list []ast.Stmt, end token.Pos, is func(ast.Stmt) bool) {
	s, _ := r.last(list)
	if s != nil && is(s) && s != list[len(list)-1] && !hasComments(file, s.End(), end) {
		r.gone[s] = true
	}
}

// clauseEnd returns where a clause ends, the comments behind its last statement
// included: at the next one, or the end of the switch or select.
func (r *reducer) clauseEnd(file *ast.File, clause ast.Stmt) token.Pos {
	end := clause.End()
	ast.Inspect(file, func(n ast.Node) bool {
		b, ok := n.(*ast.BlockStmt)
		if !ok || clause.Pos() < b.Pos() || b.End() < clause.End() {
			return n != nil && n.Pos() <= clause.Pos() && clause.End() <= n.End()
		}
		if i := slices.Index(b.List, clause); i >= 0 && i+1 < len(b.List) {
			end = b.List[i+1].Pos()
		} else if i >= 0 {
			end = b.Rbrace
		}
		return true
	})
	return end
}

// last returns the last statement that is left of a list, and whether anything is:
// with no statement, that is what a condition does besides.
func (r *reducer) last(list []ast.Stmt) (ast.Stmt, bool) {
	for _, s := range slices.Backward(list) {
		if r.gone[s] {
			continue
		}
		sp := r.flat[r.bare(s)]
		if sp == nil || sp.block || sp.inner {
			return s, true
		}
		if inner, found := r.last(sp.stmts()); found {
			return inner, true
		}
		if len(sp.effect) > 0 {
			return nil, true
		}
		if sp.init != nil && !r.gone[sp.init] {
			return sp.init, true
		}
	}
	return nil, false
}

// hasComments reports whether a file has comments between two places.
func hasComments(file *ast.File, start, end token.Pos) bool {
	return slices.ContainsFunc(file.Comments, func(g *ast.CommentGroup) bool { return start <= g.Pos() && g.End() <= end })
}

func isBareReturn(s ast.Stmt) bool {
	ret, ok := s.(*ast.ReturnStmt)
	return ok && len(ret.Results) == 0
}

func isBareBreak(s ast.Stmt) bool {
	b, ok := s.(*ast.BranchStmt)
	return ok && b.Tok == token.BREAK && b.Label == nil
}

func isBareContinue(s ast.Stmt) bool {
	b, ok := s.(*ast.BranchStmt)
	return ok && b.Tok == token.CONTINUE && b.Label == nil
}
