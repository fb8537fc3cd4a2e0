package fixer

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/flagdebt/flagdebt/internal/flow"
)

// switchStmt decides about a switch: clauses that are never taken go, one that
// is always taken becomes the default, and a switch with one way is dissolved.
func (r *reducer) switchStmt(s *ast.SwitchStmt) {
	r.stmt(s.Init)
	decided := s.Tag == nil
	var tag flow.Value
	if s.Tag != nil {
		tag, decided = r.folded(s.Tag)
	}
	switch {
	case !decided || s.Tag != nil && !r.constantCases(s):
		r.keepSwitch(s)
	case hasFallthrough(s):
		r.throughSwitch(s, tag)
	default:
		r.reduceSwitch(s, tag)
	}
}

// keepSwitch folds inside a switch and leaves its clauses, save for those that
// would name the same value twice.
func (r *reducer) keepSwitch(s *ast.SwitchStmt) {
	r.expr(s.Tag)
	seen := map[string]bool{}
	through := false
	for _, c := range s.Body.List {
		clause := c.(*ast.CaseClause)
		if s.Tag == nil && !through && r.isNever(clause) {
			r.gone[clause] = true
			continue
		}
		r.exprs(clause.List)
		r.dropRepeated(clause, seen, through)
		through = fallsThrough(clause)
		if !r.gone[clause] {
			r.list(clause.Body)
		}
	}
}

// isNever reports whether the winners say no to all expressions of a clause.
func (r *reducer) isNever(clause *ast.CaseClause) bool {
	return clause.List != nil && !slices.ContainsFunc(clause.List, func(x ast.Expr) bool {
		is, known := r.boolean(x)
		return !known || is
	})
}

// dropRepeated drops the expressions of a clause whose values were named before:
// as constants they may stand but once. Booleans may stand often.
func (r *reducer) dropRepeated(clause *ast.CaseClause, seen map[string]bool, through bool) {
	left := len(clause.List)
	for _, x := range clause.List {
		v := r.with.Value(r.pkg, x)
		if _, folded := r.lit[x]; !folded && r.info.Types[x].Value == nil || v.Constant() == nil {
			continue
		}
		if _, isBool := flow.Truth(v); isBool || !seen[v.String()] {
			seen[v.String()] = true
			continue
		}
		if left--; left > 0 {
			r.gone[x] = true
		} else if through || fallsThrough(clause) {
			delete(r.lit, x) // it is told as a place that cannot be folded
		} else {
			r.gone[clause] = true
		}
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
	switch {
	case s.Tag == nil && len(open) == len(s.Body.List) && always == nil: // nothing is decided
	case len(open) == 0:
		r.flat[s] = &splice{init: s.Init}
	case len(open) == 1 && (open[0].List == nil || r.always[open[0]]) && r.unbreak(s, open[0]):
		r.dissolve(s, open[0])
	case s.Tag != nil:
		r.noTag[s] = true
	}
}

// throughSwitch decides about a switch whose clauses fall through: where it is
// known which one is entered, the bodies from there on stand for it.
func (r *reducer) throughSwitch(s *ast.SwitchStmt, tag flow.Value) {
	entry, ok := r.entryOf(s, tag)
	switch {
	case ok && entry == nil:
		r.flat[s] = &splice{init: s.Init}
		return
	case ok:
		if chain := chainFrom(s, entry); r.mayJoin(chain) && r.unbreak(s, chain...) {
			r.join(s, chain)
			return
		}
	}
	r.keepSwitch(s)
}

// entryOf returns the clause that is entered, nil where none is; ok is false
// where that is not known.
func (r *reducer) entryOf(s *ast.SwitchStmt, tag flow.Value) (entry *ast.CaseClause, ok bool) {
	for _, c := range s.Body.List {
		clause := c.(*ast.CaseClause)
		if clause.List == nil {
			entry = clause
		}
	}
	for _, c := range s.Body.List {
		for _, x := range c.(*ast.CaseClause).List {
			is, known := r.boolean(x)
			if s.Tag != nil {
				is, known = flow.Same(r.with.Value(r.pkg, x), tag), true
			}
			if !known {
				return nil, false
			}
			if is {
				return c.(*ast.CaseClause), true
			}
		}
	}
	return entry, true
}

// chainFrom returns the clauses that run where one is entered.
func chainFrom(s *ast.SwitchStmt, entry *ast.CaseClause) []*ast.CaseClause {
	var out []*ast.CaseClause
	for _, c := range s.Body.List[slices.Index(s.Body.List, ast.Stmt(entry)):] {
		clause := c.(*ast.CaseClause)
		out = append(out, clause)
		if !fallsThrough(clause) {
			break
		}
	}
	return out
}

// mayJoin reports whether the bodies of clauses can stand behind each other: no
// name that one declares is spoken of by a later one, or jumped over.
func (r *reducer) mayJoin(chain []*ast.CaseClause) bool {
	names := map[string]bool{}
	for _, c := range chain {
		found := false
		for _, s := range c.Body {
			ast.Inspect(s, func(n ast.Node) bool {
				id, ok := n.(*ast.Ident)
				found = found || ok && names[id.Name]
				return !found
			})
		}
		if found {
			return false
		}
		if scope := r.info.Scopes[c]; scope != nil {
			for _, n := range scope.Names() {
				names[n] = true
			}
		}
	}
	return true
}

// join lets the bodies of clauses that follow each other stand for the switch.
func (r *reducer) join(s *ast.SwitchStmt, chain []*ast.CaseClause) {
	var list []ast.Stmt
	for i, c := range chain {
		list = append(list, c.Body...)
		if n := len(c.Body); i < len(chain)-1 {
			r.gone[c.Body[n-1]] = true
		}
	}
	r.flat[s] = &splice{init: s.Init, list: list, clause: chain[0], more: chain[1:]}
	r.list(list)
}

// fallsThrough reports whether a clause leads into the next one.
func fallsThrough(c *ast.CaseClause) bool {
	n := len(c.Body)
	if n == 0 {
		return false
	}
	b, ok := c.Body[n-1].(*ast.BranchStmt)
	return ok && b.Tok == token.FALLTHROUGH
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
	r.flat[s] = &splice{init: s.Init, list: c.Body, clause: c}
}

// labelOf returns the label of a statement; "" is none.
func (r *reducer) labelOf(s ast.Stmt) string {
	label := ""
	ast.Inspect(r.fileOf(s.Pos()), func(n ast.Node) bool {
		if l, ok := n.(*ast.LabeledStmt); ok && l.Stmt == s {
			label = l.Label.Name
		}
		return n != nil && n.Pos() <= s.Pos() && s.Pos() < n.End()
	})
	return label
}

func hasFallthrough(s *ast.SwitchStmt) bool {
	return slices.ContainsFunc(s.Body.List, func(c ast.Stmt) bool { return fallsThrough(c.(*ast.CaseClause)) })
}
