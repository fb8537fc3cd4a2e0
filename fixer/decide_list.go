package fixer

import (
	"go/ast"
	"go/token"
)

// This file decides about statements that follow each other: what is behind one that
// has come to end the way is never reached.

// list decides about statements that follow each other, and drops those behind
// one that has come to end the way.
func (r *reducer) list(list []ast.Stmt) {
	for i := 0; i < len(list); i++ {
		s := list[i]
		r.stmt(s)
		if r.gone[s] || !r.terminates(s) {
			continue
		}
		first := i + 1
		if wasTerminating(r.info, s) { // what was dead before stays
			for first < len(list) && !r.base.At(list[first]).Reached[list[first]] && !r.wasJumpedTo(list[first], list[:i+1]) {
				r.stmt(list[first])
				first++
			}
		}
		end := r.deadEnd(list, first)
		for _, rest := range list[first:end] {
			r.gone[rest] = true
		}
		i = end - 1
	}
}

// deadEnd returns the end of the statements from first on that are never
// reached, since the one before ends the way: all up to a label that somebody
// may jump to. Constants and types that are declared there stay in sight of
// what is behind the label.
func (r *reducer) deadEnd(list []ast.Stmt, first int) int {
	declares := false
	for i, s := range list[first:] {
		if l, ok := s.(*ast.LabeledStmt); ok && r.isJumpedTo(l, list[:first]) {
			if declares {
				return first
			}
			return first + i
		}
		if _, ok := s.(*ast.DeclStmt); ok {
			declares = true
		}
	}
	return len(list)
}

// isJumpedTo reports whether a goto that stays leads to a label from the
// statements before it. Those of its own list alone can, and they are decided.
func (r *reducer) isJumpedTo(l *ast.LabeledStmt, before []ast.Stmt) bool {
	found := false
	for _, s := range before {
		r.walk(s, func(n ast.Node) bool {
			found = found || r.jumpsTo(n, l)
			return !found
		})
	}
	return found
}

// wasJumpedTo reports whether s is a label to which a goto led from the
// statements before it.
func (r *reducer) wasJumpedTo(s ast.Stmt, before []ast.Stmt) bool {
	l, ok := s.(*ast.LabeledStmt)
	found := false
	for _, s := range before {
		ast.Inspect(s, func(n ast.Node) bool {
			found = found || ok && r.jumpsTo(n, l)
			return !found
		})
	}
	return found
}

func (r *reducer) jumpsTo(n ast.Node, l *ast.LabeledStmt) bool {
	b, ok := n.(*ast.BranchStmt)
	return ok && b.Tok == token.GOTO && r.info.Uses[b.Label] == r.info.Defs[l.Label]
}
