package flow

import (
	"go/ast"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file looks at code that is never reached: nothing is known there but
// what it asks for, and nothing that it does counts.

// lookAtDead records the questions, and the values that follow from them alone,
// in the code that no run has reached.
func (e *Engine) lookAtDead() {
	for _, f := range e.functions {
		if f.Body != nil {
			e.deadIn(f, e.traces[f], f.Body.List)
		}
		e.skippedIn(f, e.traces[f])
	}
}

// skippedIn looks at the operands that never run.
func (e *Engine) skippedIn(f *Function, tr *Trace) {
	for x, skipped := range tr.skipped {
		if skipped {
			e.quietly(f, tr, nil, func(fr *frame) { fr.expr(x) })
		}
	}
}

// deadIn finds the dead statements of a list, and those inside the others.
func (e *Engine) deadIn(f *Function, tr *Trace, list []ast.Stmt) {
	for i := 0; i < len(list); i++ {
		end := i
		for end < len(list) && !tr.Reached[list[end]] && !isClause(list[end]) {
			end++
		}
		if end > i {
			e.quietly(f, tr, list[i:end], func(fr *frame) { fr.list(list[i:end]) })
			i = end - 1
			continue
		}
		ast.Inspect(list[i], func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false // a function of its own
			case *ast.BlockStmt:
				e.deadIn(f, tr, n.List)
				return false
			case *ast.CaseClause:
				e.deadIn(f, tr, n.Body)
				return false
			case *ast.CommClause:
				if n.Comm != nil {
					e.deadIn(f, tr, []ast.Stmt{n.Comm})
				}
				e.deadIn(f, tr, n.Body)
				return false
			case ast.Stmt:
				if !tr.Reached[n] { // an init or post statement
					e.quietly(f, tr, []ast.Stmt{n}, func(fr *frame) { fr.stmt(n, "") })
					return false
				}
			}
			return true
		})
	}
}

func isClause(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.CaseClause, *ast.CommClause:
		return true
	}
	return false
}

// quietly interprets a piece of f of which nothing is known before, without
// any consequence but what it leaves in the trace. list holds the piece's
// statements, if it has any: what is dead even inside the piece is looked at in
// its turn.
func (e *Engine) quietly(f *Function, tr *Trace, list []ast.Stmt, run func(*frame)) {
	sub := newTrace()
	fr := e.newFrame(f, sub)
	fr.root, fr.dead = f, true
	fr.env = &env{vars: map[program.ID]slot{}}
	run(fr)
	e.deadIn(f, sub, list)
	e.skippedIn(f, sub)
	for x, v := range sub.Values {
		if _, ok := tr.Values[x]; !ok {
			tr.Values[x] = v
		}
	}
	for x, a := range sub.Asked {
		if tr.Asked[x] == nil {
			tr.Asked[x] = a
		}
	}
	for id, defs := range sub.Defs {
		if _, ok := tr.Defs[id]; !ok {
			tr.Defs[id] = defs
		}
	}
}
