package fixer

import "go/ast"

// literalNode is an expression for which a literal stands, or one of a function;
// the literal may spell its type.
type literalNode struct{ ast.Expr }

// walk calls f for n and all that survives below it, as the decisions stand;
// where f returns false, it goes no deeper.
func (d *decisions) walk(n ast.Node, f func(ast.Node) bool) {
	if n == nil || d.gone[n] {
		return
	}
	if x, ok := n.(ast.Expr); ok {
		if d.isLiteral(x) {
			f(literalNode{x})
			return
		}
		for _, m := range []map[ast.Expr]ast.Expr{d.keep, d.not} {
			if y := m[x]; y != nil {
				d.walk(y, f)
				return
			}
		}
	}
	if s, ok := n.(ast.Stmt); ok && d.walkStmt(s, f) {
		return
	}
	if !f(n) {
		return
	}
	for _, c := range d.children(n) {
		d.walk(c, f)
	}
}

// isLiteral reports whether new text stands for x.
func (d *decisions) isLiteral(x ast.Expr) bool {
	_, lit := d.lit[x]
	_, fun := d.fun[x]
	return lit || fun
}

// walkStmt walks the statements for which others stand.
func (d *decisions) walkStmt(s ast.Stmt, f func(ast.Node) bool) bool {
	if sp := d.flat[s]; sp != nil {
		d.walk(sp.init, f)
		for _, x := range sp.effect {
			d.walk(x, f)
		}
		for _, st := range sp.stmts() {
			d.walk(st, f)
		}
		return true
	}
	a, ok := s.(*ast.AssignStmt)
	switch {
	case !ok:
		return false
	case d.alone[s]:
		for _, r := range a.Rhs {
			d.walk(r, f)
		}
		return true
	case d.value[a]:
		if !f(a) {
			return true
		}
		for _, l := range a.Lhs {
			if id, ok := l.(*ast.Ident); !ok || !d.blank[id] {
				d.walk(l, f)
			}
		}
		return true
	}
	return false
}

// children returns the direct children of a node that stand.
func (d *decisions) children(n ast.Node) []ast.Node {
	var out []ast.Node
	skip := map[ast.Node]bool{}
	switch n := n.(type) {
	case *ast.CaseClause:
		if d.always[n] {
			for _, x := range n.List {
				skip[x] = true
			}
		}
	case *ast.ForStmt:
		if d.noCond[n] {
			skip[n.Cond] = true
		}
	case *ast.SwitchStmt:
		if d.noTag[n] {
			skip[n.Tag] = true
		}
	case *ast.IfStmt:
		if d.noElse[n] {
			skip[n.Else] = true
		}
	}
	ast.Inspect(n, func(c ast.Node) bool {
		if c == nil || c == n {
			return c == n
		}
		if id, ok := c.(*ast.Ident); !skip[c] && !(ok && d.blank[id]) {
			out = append(out, c)
		}
		return false
	})
	return out
}

// survivors returns the expressions that survive below the declarations that
// the decisions touch.
func (p *planner) survivors() map[ast.Node]bool {
	out := map[ast.Node]bool{}
	for f := range p.touched {
		p.walk(f, func(n ast.Node) bool {
			out[n] = true
			return true
		})
	}
	return out
}

// survives reports whether an expression still stands.
func (p *planner) survives(x ast.Expr) bool {
	if p.alive == nil {
		p.alive = p.survivors()
	}
	return !p.touched[p.fileOf(x.Pos())] || p.alive[x]
}
