package fixer

import (
	"go/ast"
	"go/token"

	"github.com/flagdebt/flagdebt/internal/flow"
)

// switchStmt decides about a switch: clauses that are never taken go, one that
// is always taken becomes the default, and a switch with one way is dissolved.
func (r *reducer) switchStmt(s *ast.SwitchStmt) {
	r.stmt(s.Init)
	decided := s.Tag == nil
	var tag flow.Value
	if s.Tag != nil {
		if v, ok := r.folded(s.Tag); ok {
			tag, decided = v, true
		} else {
			r.expr(s.Tag)
		}
	}
	if !decided || hasFallthrough(s) {
		r.keepSwitch(s)
		return
	}
	if s.Tag != nil && !r.constantCases(s) {
		r.keepSwitch(s)
		return
	}
	r.reduceSwitch(s, tag)
}

// keepSwitch folds inside the clauses and leaves them all.
func (r *reducer) keepSwitch(s *ast.SwitchStmt) {
	for _, c := range s.Body.List {
		clause := c.(*ast.CaseClause)
		r.exprs(clause.List)
		r.list(clause.Body)
	}
}

// constantCases reports whether all cases of a switch are known.
func (r *reducer) constantCases(s *ast.SwitchStmt) bool {
	for _, c := range s.Body.List {
		for _, x := range c.(*ast.CaseClause).List {
			if !r.with.Value(r.pkg, x).IsKnown() || r.with.HasEffects(r.pkg, x) {
				return false
			}
		}
	}
	return true
}

// reduceSwitch drops the clauses that the winners exclude.
func (r *reducer) reduceSwitch(s *ast.SwitchStmt, tag flow.Value) {
	var open []*ast.CaseClause // clauses that may be taken, in order
	var deflt, always *ast.CaseClause
	for _, c := range s.Body.List {
		clause := c.(*ast.CaseClause)
		if clause.List == nil {
			deflt = clause
			continue
		}
		if always != nil {
			r.gone[clause] = true
			continue
		}
		switch may, must := r.caseOf(s, clause, tag); {
		case must && !may:
			always = clause
			r.always[clause] = true
			open = append(open, clause)
		case may:
			if must { // one of several expressions is true, behind others that may be evaluated
				always = clause
			}
			open = append(open, clause)
		default:
			r.gone[clause] = true
		}
	}
	switch {
	case always != nil && deflt != nil:
		r.gone[deflt] = true
	case deflt != nil:
		open = append(open, deflt)
	}
	for _, c := range open {
		r.list(c.Body)
	}
	changed := len(open) < len(s.Body.List) || s.Tag != nil && len(s.Body.List) == 0
	switch {
	case !changed && always == nil:
	case len(open) == 0:
		r.flat[s] = &splice{init: s.Init}
	case len(open) == 1 && (open[0].List == nil || r.always[open[0]]) && !breaksOut(open[0].Body):
		r.dissolve(s, open[0])
	case s.Tag != nil:
		r.noTag[s] = true
	}
}

// caseOf decides about the expressions of one clause: whether it may be taken,
// and whether it must be where it is reached; must without may is a clause
// whose expressions need no evaluation.
func (r *reducer) caseOf(s *ast.SwitchStmt, clause *ast.CaseClause, tag flow.Value) (may, must bool) {
	for _, x := range clause.List {
		if s.Tag != nil {
			if flow.Same(r.with.Value(r.pkg, x), tag) {
				return false, true
			}
			continue
		}
		b, ok := r.boolean(x)
		switch {
		case !ok:
			r.expr(x)
			may = true
		case b && !may:
			return false, true
		case b:
			if v := r.with.Value(r.pkg, x); r.canSpell(x, v) {
				r.lit[x] = v
			}
			return true, true
		default:
			r.gone[x] = true
		}
	}
	return may, false
}

// dissolve lets the body of the one clause that is left stand for the switch.
func (r *reducer) dissolve(s *ast.SwitchStmt, c *ast.CaseClause) {
	body := c.Body
	if n := len(body); n > 0 {
		if b, ok := body[n-1].(*ast.BranchStmt); ok && b.Tok == token.BREAK && b.Label == nil {
			r.gone[b] = true
		}
	}
	r.flat[s] = &splice{init: s.Init, list: body, clause: c}
}

// breaksOut reports whether a clause's body has a break of its own switch, save
// for one at its end.
func breaksOut(body []ast.Stmt) bool {
	found := false
	for i, s := range body {
		ast.Inspect(s, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.FuncLit:
				return hasLabelledBreak(n)
			case *ast.BranchStmt:
				if n.Tok == token.BREAK && (n.Label != nil || i < len(body)-1 || ast.Stmt(n) != s) {
					found = true
				}
			}
			return true
		})
	}
	return found
}

// hasLabelledBreak reports whether a nested statement leaves by a label, which
// may be that of the switch around it.
func hasLabelledBreak(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if b, ok := n.(*ast.BranchStmt); ok && b.Label != nil {
			found = true
		}
		return !found
	})
	return found
}

func hasFallthrough(s *ast.SwitchStmt) bool {
	for _, c := range s.Body.List {
		body := c.(*ast.CaseClause).Body
		if n := len(body); n > 0 {
			if b, ok := body[n-1].(*ast.BranchStmt); ok && b.Tok == token.FALLTHROUGH {
				return true
			}
		}
	}
	return false
}
