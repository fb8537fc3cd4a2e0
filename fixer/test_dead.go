package fixer

import (
	"go/ast"
	"slices"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file drops the tests, and the parts of tests, that touch nothing of the code
// but what has died: functions, subtests, rows of tables and checks. What any other
// test still touches has not died, nor have the tests that touch it, too.

// obituary finds them.
type obituary struct {
	*tester
	g     *graph
	dead  map[*unit]bool // of the code, tests aside: it was alive, and only tests keep it
	about map[*unit]bool // of the tests: those that come to the dead, perhaps through others
	parts []*deadPart
}

// deadPart is a test, or a part of one, that is about the dead alone.
type deadPart struct {
	of      *unit
	node    ast.Node
	touches []*unit
}

// dropOfDead drops what is about the dead alone, and reports whether there was any.
func (t *tester) dropOfDead(g *graph) bool {
	o := &obituary{tester: t, g: g, dead: g.deadBesideTests()}
	if len(o.dead) == 0 {
		return false
	}
	o.findAbout()
	for _, u := range g.units {
		if fn, ok := u.node.(*ast.FuncDecl); ok && o.about[u] && !t.gone[fn] && t.isEditable(u.file) {
			o.findParts(u, fn)
		}
	}
	for len(o.parts) > 0 {
		stays := o.touchedElsewhere()
		left := slices.DeleteFunc(slices.Clone(o.parts), func(p *deadPart) bool {
			return slices.ContainsFunc(p.touches, func(u *unit) bool { return stays[u] })
		})
		if len(left) == len(o.parts) {
			break
		}
		o.parts = left
	}
	for _, p := range o.parts {
		t.drop(p.node)
	}
	if len(o.parts) > 0 {
		t.tidy()
	}
	return len(o.parts) > 0
}

// deadBesideTests returns the units of the code that were alive, and that nothing
// but tests reaches any more.
func (g *graph) deadBesideTests() map[*unit]bool {
	var roots []*unit
	for _, u := range g.units {
		if u.root && !u.test {
			roots = append(roots, u)
		}
	}
	before := g.reach(roots, false, func(u *unit) []program.ID { return u.before })
	start := slices.Clone(roots)
	for _, u := range g.units {
		if !before[u] && !u.test {
			start = append(start, u)
		}
	}
	after := g.reach(start, false, func(u *unit) []program.ID { return u.after })
	out := map[*unit]bool{}
	for u := range before {
		if !u.test && !after[u] {
			out[u] = true
		}
	}
	return out
}

// findAbout finds the units of tests that come to the dead.
func (o *obituary) findAbout() {
	o.about = map[*unit]bool{}
	for more := true; more; {
		more = false
		for _, u := range o.g.units {
			if u.test && !o.about[u] && slices.ContainsFunc(u.after, func(id program.ID) bool { return o.dead[o.g.byID[id]] || o.about[o.g.byID[id]] }) {
				o.about[u], more = true, true
			}
		}
	}
}

// findParts finds what of a function is about the dead alone: all of it, or the
// outermost subtests, rows and checks.
func (o *obituary) findParts(u *unit, fn *ast.FuncDecl) {
	if fn.Recv == nil && isTestName(fn.Name.Name) && o.addPart(u, fn) {
		return
	}
	taken := map[ast.Node]bool{}
	o.walk(fn, func(n ast.Node) bool {
		if lit, ok := n.(*ast.CompositeLit); ok {
			for _, row := range o.rowsOf(u, lit) {
				taken[row] = !o.gone[row] && o.addPart(u, row)
			}
		}
		return !taken[n] && !(o.isPart(u, n) && o.addPart(u, n))
	})
}

// rowsOf returns the rows of the table that a literal is, if it is one.
func (o *obituary) rowsOf(u *unit, lit *ast.CompositeLit) []ast.Expr {
	if !isList(u.pkg.Info.TypeOf(lit)) {
		return nil
	}
	if path := pathTo(u.file, lit); len(path) < 2 || !o.isTable(u.pkg, lit, path[1]) {
		return nil
	}
	return lit.Elts
}

// isPart reports whether a test can do without a node: it is a subtest or a check.
func (o *obituary) isPart(u *unit, n ast.Node) bool {
	switch n := n.(type) {
	case *ast.ExprStmt:
		call, ok := n.X.(*ast.CallExpr)
		if !ok {
			return false
		}
		if runners[calledName(call)] {
			return o.checks(u.pkg, call)
		}
		return o.checks(u.pkg, n) && !slices.ContainsFunc(call.Args, func(x ast.Expr) bool { return o.with.HasEffects(u.pkg, x) })
	case *ast.IfStmt:
		return n.Init == nil && n.Else == nil && o.checks(u.pkg, n.Body) && !o.with.HasEffects(u.pkg, n.Cond)
	}
	return false
}

// addPart adds a node if it is about the dead alone, and reports whether it is.
func (o *obituary) addPart(u *unit, n ast.Node) bool {
	p := &deadPart{of: u, node: n}
	for t := range o.g.reach(o.unitsOf(o.refsIn(u, n, nil)), false, o.onwards) {
		switch {
		case t.test:
		case o.dead[t]:
			p.touches = append(p.touches, t)
		default:
			return false
		}
	}
	if len(p.touches) == 0 {
		return false
	}
	o.parts = append(o.parts, p)
	return true
}

// onwards returns what a unit of a test refers to; the code goes no further.
func (o *obituary) onwards(u *unit) []program.ID {
	if u.test {
		return u.after
	}
	return nil
}

// unitsOf returns the units that some names mean.
func (o *obituary) unitsOf(ids []program.ID) []*unit {
	var out []*unit
	for _, id := range ids {
		if u := o.g.byID[id]; u != nil {
			out = append(out, u)
		}
	}
	return out
}

// refsIn returns what a part of a unit refers to, as the decisions stand, without
// some nodes in it.
func (o *obituary) refsIn(u *unit, n ast.Node, without map[ast.Node]bool) []program.ID {
	r := &references{planner: o.planner, info: u.pkg.Info, seen: map[program.ID]bool{}, beyond: map[string]bool{}}
	o.walk(n, func(n ast.Node) bool { return !without[n] && r.visit(n) })
	return r.out
}

// touchedElsewhere returns the dead that tests touch beside the parts.
func (o *obituary) touchedElsewhere() map[*unit]bool {
	without := map[ast.Node]bool{}
	partly := map[*unit]bool{}
	for _, p := range o.parts {
		without[p.node], partly[p.of] = true, true
	}
	refs := func(u *unit) []program.ID {
		if partly[u] {
			return o.refsIn(u, u.node, without)
		}
		return u.after
	}
	var roots []*unit
	for _, u := range o.g.units {
		if u.test && u.root && !without[u.node] {
			roots = append(roots, u)
		}
	}
	out := map[*unit]bool{}
	for u := range o.g.reach(roots, false, func(u *unit) []program.ID {
		if u.test || o.dead[u] {
			return refs(u)
		}
		return nil
	}) {
		if o.dead[u] {
			out[u] = true
		}
	}
	return out
}
