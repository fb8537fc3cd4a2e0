package fixer

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"

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
		out = append(out, c)
	}
	return out, true
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

// evaluator computes what expressions of tests are: as flow knows them, or by
// what a variable holds in one pass.
type evaluator struct {
	*tester
	pkg  *program.Package
	v    *types.Var
	elem *element
	vars map[program.ID]flow.Value // what it has read
}

// eval returns what x is; nil where it is not known.
func (e *evaluator) eval(x ast.Expr) flow.Value {
	if v := e.compute(ast.Unparen(x)); v.IsKnown() {
		return v
	}
	return nil
}

func (e *evaluator) compute(x ast.Expr) flow.Value {
	if v := e.with.Value(e.pkg, x); v.IsKnown() {
		return v
	}
	switch x := x.(type) {
	case *ast.Ident:
		if x.Name == "nil" {
			return flow.Nil
		}
		if e.elem != nil && e.pkg.Info.Uses[x] == e.v {
			return e.note(e.v, e.held(e.elem.expr))
		}
	case *ast.SelectorExpr:
		if field, val, ok := e.field(x); ok {
			return e.note(field, val)
		}
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			return flow.Operation("!", e.eval(x.X))
		}
	case *ast.StarExpr:
		return e.pointee(x.X)
	case *ast.BinaryExpr:
		return e.binary(x)
	case *ast.CallExpr:
		if e.pkg.Info.Types[x.Fun].IsType() && len(x.Args) == 1 {
			return e.eval(x.Args[0])
		}
		if fn := calledName(x); fn == "FormatBool" && len(x.Args) == 1 {
			if b, ok := flow.Truth(e.eval(x.Args[0])); ok {
				return flow.TextValue(map[bool]string{true: "true", false: "false"}[b])
			}
		}
	}
	return nil
}

func (e *evaluator) binary(x *ast.BinaryExpr) flow.Value {
	l, r := e.eval(x.X), e.eval(x.Y)
	switch x.Op {
	case token.LAND, token.LOR:
		for _, v := range []flow.Value{l, r} {
			if b, ok := flow.Truth(v); ok && b == (x.Op == token.LOR) {
				return v
			}
		}
	case token.EQL, token.NEQ:
		if l != nil && r != nil && l.IsNil() != r.IsNil() { // a constant stands for what a pointer points to
			return flow.Boolean(x.Op == token.NEQ)
		}
	}
	return flow.Operation(x.Op.String(), l, r)
}

// note records what a variable or field holds.
func (e *evaluator) note(v *types.Var, val flow.Value) flow.Value {
	if e.vars != nil && val.IsKnown() && !isPointer(v.Type()) {
		for ; v != nil; v = e.aliases[v] {
			e.vars[e.prog.IDOf(v)] = val
		}
	}
	return val
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

// field returns what a field of the varying variable holds.
func (e *evaluator) field(x *ast.SelectorExpr) (*types.Var, flow.Value, bool) {
	sel := e.pkg.Info.Selections[x]
	if sel == nil || sel.Kind() != types.FieldVal || len(sel.Index()) != 1 || e.elem == nil {
		return nil, nil, false
	}
	id, ok := ast.Unparen(x.X).(*ast.Ident)
	if !ok || e.pkg.Info.Uses[id] != e.v {
		return nil, nil, false
	}
	field := sel.Obj().(*types.Var)
	lit := compositeOf(e.elem.expr)
	if lit == nil {
		return nil, nil, false
	}
	val := fieldValue(lit, field.Name(), sel.Index()[0])
	if val == nil {
		return field, flow.Zero(field.Type()), true
	}
	return field, e.held(val), true
}

// held returns what x holds, an expression of the pass's own place: of a
// pointer, what it points to.
func (e *evaluator) held(x ast.Expr) flow.Value {
	if e.elem.value != nil && x == e.elem.expr {
		return e.elem.value
	}
	other := &evaluator{tester: e.tester, pkg: e.elem.pkg}
	if t := other.pkg.Info.TypeOf(x); t != nil && isPointer(t) {
		return other.pointee(x)
	}
	return other.eval(x)
}

// pointee returns what the pointer x points to: it is nil, a new variable, or
// the address of one.
func (e *evaluator) pointee(x ast.Expr) flow.Value {
	switch y := ast.Unparen(x).(type) {
	case *ast.CallExpr:
		if len(y.Args) == 1 {
			return e.eval(y.Args[0])
		}
	case *ast.UnaryExpr:
		if y.Op == token.AND {
			return e.eval(y.X)
		}
	case *ast.Ident:
		if y.Name == "nil" {
			return flow.Nil
		}
		if e.elem != nil && e.pkg.Info.Uses[y] == e.v {
			return e.held(e.elem.expr)
		}
	case *ast.SelectorExpr:
		if _, val, ok := e.field(y); ok {
			return val
		}
	}
	return nil
}

// compositeOf returns the literal that x is, or points to; nil where it is none.
func compositeOf(x ast.Expr) *ast.CompositeLit {
	x = ast.Unparen(x)
	if u, ok := x.(*ast.UnaryExpr); ok && u.Op == token.AND {
		x = ast.Unparen(u.X)
	}
	lit, _ := x.(*ast.CompositeLit)
	return lit
}

// fieldValue returns what a struct literal gives a field, by name or by its
// number; nil where it leaves it out.
func fieldValue(lit *ast.CompositeLit, name string, i int) ast.Expr {
	for n, el := range lit.Elts {
		kv, ok := el.(*ast.KeyValueExpr)
		if !ok {
			if n == i {
				return el
			}
			continue
		}
		if id, ok := kv.Key.(*ast.Ident); ok && id.Name == name {
			return kv.Value
		}
	}
	return nil
}
