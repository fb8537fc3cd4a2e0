package fixer

import (
	"cmp"
	"go/ast"
	"slices"
)

// literalNode is an expression for which a literal stands, or one of a function;
// the literal may spell its type.
type literalNode struct{ ast.Expr }

// walk calls f for n and all that survives below it, as the decisions stand;
// where f returns false, it goes no deeper.
func (d *decisions) walk(n ast.Node, f func(ast.Node) bool) {
	if n == nil {
		return
	}
	var skip []ast.Node // children that do not stand, though they are not gone
	ast.Inspect(n, func(c ast.Node) bool {
		switch {
		case c == nil || d.gone[c] || c != n && (d.isBlank(c) || slices.Contains(skip, c)):
			return false
		case d.walkInstead(c, f) || !f(c):
			return false
		}
		if lit, ok := c.(*ast.CompositeLit); ok {
			for _, s := range d.patched[lit] {
				d.walk(s.Rhs[0], f)
			}
		}
		skip = append(skip, d.unused(c)...)
		return true
	})
}

func (d *decisions) isBlank(n ast.Node) bool {
	id, ok := n.(*ast.Ident)
	return ok && d.blank[id]
}

// walkInstead walks what stands for n, where that is something else.
func (d *decisions) walkInstead(n ast.Node, f func(ast.Node) bool) bool {
	switch n := n.(type) {
	case ast.Stmt:
		return d.walkStmt(n, f)
	case ast.Expr:
		if d.isLiteral(n) {
			f(literalNode{n})
			return true
		}
		if id, ok := n.(*ast.Ident); ok && d.inlined[id] != nil {
			d.walk(d.inlined[id].Rhs[0], f)
			return true
		}
		y := d.keep[n]
		if y == nil {
			y = d.not[n]
		}
		if y != nil {
			d.walk(y, f)
			return true
		}
	}
	return false
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

// unused returns the children of a node that do not stand.
func (d *decisions) unused(n ast.Node) []ast.Node {
	var out []ast.Node
	switch n := n.(type) {
	case *ast.CaseClause:
		if d.always[n] {
			for _, x := range n.List {
				out = append(out, x)
			}
		}
	case *ast.ForStmt:
		if d.noCond[n] {
			out = append(out, n.Cond)
		}
	case *ast.SwitchStmt:
		if d.noTag[n] {
			out = append(out, n.Tag)
		}
	case *ast.IfStmt:
		if d.noElse[n] {
			out = append(out, n.Else)
		}
	}
	return out
}

// children returns the direct children of a node that stand.
func (d *decisions) children(n ast.Node) []ast.Node {
	var out []ast.Node
	skip := d.unused(n)
	ast.Inspect(n, func(c ast.Node) bool {
		if c == nil || c == n {
			return c == n
		}
		if !d.isBlank(c) && !slices.Contains(skip, c) {
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

// survives reports whether an expression still stands, or one that stands for it.
func (p *planner) survives(x ast.Expr) bool {
	for p.keep[x] != nil || p.not[x] != nil {
		x = cmp.Or(p.keep[x], p.not[x])
	}
	if p.alive == nil {
		p.alive = p.survivors()
	}
	return !p.touched[p.fileOf(x.Pos())] || p.alive[x]
}
