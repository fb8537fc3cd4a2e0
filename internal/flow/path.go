package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file remembers how conditions came out on the way to a point, so that the
// same one is known where it is asked again: behind "if ok && on" that is left, ok is
// false where on is true.

// test is a condition over locals that only their own function can set, and constants.
type test struct {
	op   token.Token // ==, < or <=; a boolean stands for itself with ILLEGAL
	x, y operand
}

// operand is one side of a test: a local, or the text of a constant.
type operand struct {
	local    program.ID
	constant string
}

// testOf returns the condition that x asks, and whether x is its opposite.
func (fr *frame) testOf(x ast.Expr) (t test, opposite, ok bool) {
	b, isBinary := x.(*ast.BinaryExpr)
	if !isBinary {
		o, ok := fr.operandOf(x)
		return test{x: o}, false, ok && o.local != 0
	}
	l, lok := fr.operandOf(b.X)
	r, rok := fr.operandOf(b.Y)
	if !lok || !rok || l.local == 0 && r.local == 0 {
		return test{}, false, false
	}
	switch b.Op {
	case token.EQL, token.NEQ:
		if l.local < r.local {
			l, r = r, l
		}
		return test{token.EQL, l, r}, b.Op == token.NEQ, true
	case token.LSS, token.LEQ:
		return test{b.Op, l, r}, false, true
	case token.GTR:
		return test{token.LSS, r, l}, false, true
	case token.GEQ:
		return test{token.LEQ, r, l}, false, true
	}
	return test{}, false, false
}

// operandOf returns the local, set as a whole only, or the constant that x is.
func (fr *frame) operandOf(x ast.Expr) (operand, bool) {
	x = ast.Unparen(x)
	switch tv := fr.info.Types[x]; {
	case tv.Value != nil:
		return operand{constant: tv.Value.ExactString()}, true
	case tv.IsNil():
		return operand{constant: "nil"}, true
	}
	id, ok := x.(*ast.Ident)
	if !ok {
		return operand{}, false
	}
	v, ok := fr.info.Uses[id].(*types.Var)
	if !ok || fr.isCell(v) || fr.e.addressed[program.ID(v.Pos())] {
		return operand{}, false
	}
	switch v.Type().Underlying().(type) {
	case *types.Struct, *types.Array: // their parts can be set
		return operand{}, false
	}
	return operand{local: program.ID(v.Pos())}, true
}

// condition evaluates a condition, and says how it comes out where that is known by
// what came out before. Its parts keep their values: they are not constant.
func (fr *frame) condition(x ast.Expr) Value {
	before, seen := fr.tr.Values[x]
	v := fr.expr(x)
	if v == nil || fr.env == nil {
		return nil
	}
	if _, ok := v.truth(); ok {
		return v
	}
	b, ok := fr.decides(x)
	if !ok {
		return v
	}
	delete(fr.tr.Values, x)
	if seen {
		fr.tr.Values[x] = before
	}
	fr.tr.value(x, boolean(b))
	return boolean(b)
}

// decides returns how a condition comes out, by the values of its parts and by what
// came out before.
func (fr *frame) decides(x ast.Expr) (outcome, ok bool) {
	x = ast.Unparen(x)
	if b, ok := fr.tr.Values[x].truth(); ok {
		return b, true
	}
	switch y := x.(type) {
	case *ast.UnaryExpr:
		if y.Op == token.NOT {
			b, ok := fr.decides(y.X)
			return !b, ok
		}
	case *ast.BinaryExpr:
		if y.Op == token.LAND || y.Op == token.LOR {
			l, lok := fr.decides(y.X)
			r, rok := fr.decides(y.Y)
			neutral := y.Op == token.LAND
			if lok && l != neutral || rok && r != neutral {
				return !neutral, true
			}
			return neutral, lok && rok
		}
	}
	t, opposite, ok := fr.testOf(x)
	if !ok {
		return false, false
	}
	came, known := fr.env.passed[t]
	return came != opposite, known
}

// passing returns a point behind a condition that came out so.
func (fr *frame) passing(v *env, x ast.Expr, outcome bool) *env {
	if v == nil {
		return nil
	}
	v = v.clone()
	fr.pass(v, x, outcome)
	return v
}

// pass notes how a condition came out.
func (fr *frame) pass(v *env, x ast.Expr, outcome bool) {
	x = ast.Unparen(x)
	switch y := x.(type) {
	case *ast.UnaryExpr:
		if y.Op == token.NOT {
			fr.pass(v, y.X, !outcome)
			return
		}
	case *ast.BinaryExpr:
		if y.Op == token.LAND || y.Op == token.LOR {
			neutral := y.Op == token.LAND
			l, lok := fr.decides(y.X)
			r, rok := fr.decides(y.Y)
			if outcome == neutral || rok && r == neutral {
				fr.pass(v, y.X, outcome)
			}
			if outcome == neutral || lok && l == neutral {
				fr.pass(v, y.Y, outcome)
			}
			return
		}
	}
	if t, opposite, ok := fr.testOf(x); ok {
		if v.passed == nil {
			v.passed = map[test]bool{}
		}
		v.passed[t] = outcome != opposite
	}
}

// changed forgets how conditions came out that name a local which is set.
func (v *env) changed(local program.ID) {
	maps.DeleteFunc(v.passed, func(t test, _ bool) bool { return t.x.local == local || t.y.local == local })
}
