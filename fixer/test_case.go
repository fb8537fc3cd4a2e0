package fixer

import (
	"go/ast"
	"go/types"
	"maps"
	"slices"

	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file finds the passes of a test, and what each of them sets a flag to.

// testCase is a pass of a test.
type testCase struct {
	element
	sets flow.Value                // what the flag is set to; nil where it is not set
	vars map[program.ID]flow.Value // what the variables hold that it depends on
}

// element is what makes a pass: an element of a literal that a loop goes
// through, a call of a helper, or the place itself that sets the flag.
type element struct {
	node ast.Node
	path []ast.Node // from node outwards
	list bool       // it is an element of a literal
	pkg  *program.Package
	expr ast.Expr // what the variable holds; nil where node is the setting

	value flow.Value                // what it holds, where expr does not say it
	vars  map[program.ID]flow.Value // what other variables hold in the same pass

	outer *element          // the row that holds the list which it is an element of
	field *ast.KeyValueExpr // the entry of that row which is the list
	of    *types.Var        // the field that holds it
}

// maxDomains bounds how many loops and helpers a value may come through.
const maxDomains = 5

// casesOf returns the passes in which a setting sets its flag; false where it is
// not known what it is set to.
func (t *tester) casesOf(s *setting) ([]testCase, bool) {
	self := element{node: s.Node(), path: s.path, pkg: s.Pkg}
	e := &evaluator{tester: t, pkg: s.Pkg}
	conds := conditions(s.path)
	value := t.setTo(s, e)
	winner := t.winnerOf(s)
	var on []ast.Expr
	if value == nil {
		if s.X == nil {
			return nil, false
		}
		on = append(on, s.X)
	}
	for _, c := range conds {
		if v := e.eval(c.x); v == nil {
			on = append(on, c.x)
		} else if b, ok := flow.Truth(v); ok && b != c.want {
			return nil, true // it is never set
		}
	}
	if len(on) == 0 {
		return []testCase{{element: self, sets: value}}, true
	}
	v := t.varying(s.Pkg, on)
	if v == nil {
		if value != nil && flow.Same(value, winner) {
			return []testCase{{element: self, sets: value}}, true
		}
		return nil, false
	}
	elems, ok := t.elementsOf(v, 0)
	if !ok {
		if value != nil && flow.Same(value, winner) {
			return []testCase{{element: self, sets: value}}, true
		}
		return nil, false
	}
	return t.casesBy(s, v, elems, conds)
}

// setTo returns what a setting sets the flag to in every pass, or nil.
func (t *tester) setTo(s *setting, e *evaluator) flow.Value {
	if s.hands != nil {
		return s.hands
	}
	if s.X != nil {
		if v := e.eval(s.X); v != nil {
			return v
		}
	}
	if s.Value.IsZero() {
		return nil
	}
	typ := types.Type(types.Typ[types.String])
	if s.X != nil {
		typ = s.Pkg.Info.TypeOf(s.X)
	} else if s.Value.Text() == "true" || s.Value.Text() == "false" {
		typ = types.Typ[types.Bool]
	}
	if v := flow.AtType(s.Value.Text(), typ); v.IsKnown() {
		return v
	}
	return nil
}

// casesBy returns the passes that the elements make which v goes through.
func (t *tester) casesBy(s *setting, v *types.Var, elems []element, conds []condition) ([]testCase, bool) {
	var out []testCase
	var lack []*evaluator
	losers := 0 // passes that name the loser
	for i := range elems {
		e := &evaluator{tester: t, pkg: s.Pkg, v: v, elem: &elems[i], vars: map[program.ID]flow.Value{}}
		maps.Copy(e.vars, elems[i].vars)
		c := testCase{element: elems[i], vars: e.vars}
		set := true
		for _, k := range conds {
			b, ok := flow.Truth(e.eval(k.x))
			if !ok {
				return nil, false
			}
			set = set && b == k.want
		}
		if set {
			if c.sets = t.setTo(s, e); c.sets == nil {
				return nil, false
			}
		}
		switch {
		case len(conds) > 0:
		case e.lack:
			lack = append(lack, e)
		case c.sets != nil && !flow.Same(c.sets, t.winnerOf(s)):
			losers++
		}
		out = append(out, c)
	}
	if losers > 0 && len(lack) > losers || 2*len(lack) > len(elems) {
		t.passOver(s, out, lack)
	}
	return out, true
}

// passOver takes the passes that leave a column out for passes at the winner: where
// most rows of a table do, or more than name the loser, they are not about the flag.
// People are told, since it was another value for them.
func (t *tester) passOver(s *setting, cases []testCase, lack []*evaluator) {
	column, ok := ast.Unparen(s.X).(*ast.SelectorExpr)
	winner := t.winnerOf(s)
	if !ok || !winner.IsKnown() {
		return
	}
	for i := range cases {
		e := slices.IndexFunc(lack, func(e *evaluator) bool { return e.elem.node == cases[i].node })
		if e < 0 || flow.Same(cases[i].sets, winner) {
			continue
		}
		if field, _, ok := lack[e].field(column); ok && !isPointer(field.Type()) {
			cases[i].sets = lack[e].note(field, winner)
			t.overlooked[s.removal] = append(t.overlooked[s.removal], testAround(cases[i].path))
		}
	}
}

// testAround returns the name of the function at the top of a path, from a node outwards.
func testAround(path []ast.Node) string {
	for _, n := range path {
		if fn, ok := n.(*ast.FuncDecl); ok {
			return fn.Name.Name
		}
	}
	return "a table"
}

// condition is one on which it depends whether a place is reached.
type condition struct {
	x    ast.Expr
	want bool
}

// conditions returns the conditions of the if statements around what a path
// begins with, in its function and those of the subtests around it.
func conditions(path []ast.Node) []condition {
	var out []condition
	for i, n := range path {
		s, ok := n.(*ast.IfStmt)
		if !ok || i == 0 {
			continue
		}
		switch path[i-1] {
		case s.Body:
			out = append(out, condition{s.Cond, true})
		case s.Else:
			out = append(out, condition{s.Cond, false})
		}
	}
	return out
}

// varying returns the one variable on which the values of expressions depend
// that differs from pass to pass; nil where there is none, or several.
func (t *tester) varying(pkg *program.Package, xs []ast.Expr) *types.Var {
	var out *types.Var
	several := false
	for _, x := range xs {
		ast.Inspect(x, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				ast.Inspect(sel.X, func(n ast.Node) bool {
					return t.vary(pkg, n, &out, &several)
				})
				return false
			}
			return t.vary(pkg, n, &out, &several)
		})
	}
	if several {
		return nil
	}
	return out
}

func (t *tester) vary(pkg *program.Package, n ast.Node, out **types.Var, several *bool) bool {
	id, ok := n.(*ast.Ident)
	if !ok {
		return true
	}
	v, ok := pkg.Info.Uses[id].(*types.Var)
	if !ok || v.IsField() || v.Pkg() == nil || v.Parent() == v.Pkg().Scope() || t.with.Value(pkg, id).IsKnown() {
		return true
	}
	*several = *several || *out != nil && *out != v
	*out = v
	return true
}
