package fixer

import (
	"go/ast"
	"go/token"

	"github.com/flagdebt/flagdebt/internal/flow"
)

// This file reduces conditions that are decided to what they do besides.

// effects returns the operands of a decided condition that must be evaluated
// all the same, in their order.
func (r *reducer) effects(x ast.Expr) []ast.Expr {
	x = ast.Unparen(x)
	if !r.with.HasEffects(r.pkg, x) {
		return nil
	}
	if u, ok := x.(*ast.UnaryExpr); ok && u.Op == token.NOT {
		return r.effects(u.X)
	}
	if b, ok := x.(*ast.BinaryExpr); ok && (b.Op == token.LAND || b.Op == token.LOR) {
		switch left, known := flow.Truth(r.with.Value(r.pkg, b.X)); {
		case known && left == (b.Op == token.LOR), !r.with.HasEffects(r.pkg, b.Y):
			return r.effects(b.X)
		case known:
			return append(r.effects(b.X), r.effects(b.Y)...)
		}
	}
	r.trim(x, false)
	return []ast.Expr{x}
}

// trim reduces x, whose value nobody needs, to what has effects. Whether an
// operand is evaluated may depend on the one before it; such an operand keeps
// its type.
func (r *reducer) trim(x ast.Expr, typed bool) {
	switch y := x.(type) {
	case *ast.ParenExpr:
		r.trim(y.X, typed)
		return
	case *ast.UnaryExpr:
		if y.Op == token.NOT {
			r.keep[x] = y.X
			r.trim(y.X, typed)
			return
		}
	case *ast.BinaryExpr:
		if y.Op != token.LAND && y.Op != token.LOR {
			r.trimOperands(y, typed)
			return
		}
		left, known := flow.Truth(r.with.Value(r.pkg, y.X))
		switch {
		case known && left == (y.Op == token.LOR), !r.with.HasEffects(r.pkg, y.Y):
			r.keep[x] = y.X
			r.trim(y.X, typed)
		case known && !r.with.HasEffects(r.pkg, y.X):
			r.keep[x] = y.Y
			r.trim(y.Y, typed)
		default:
			r.expr(y.X)
			r.trim(y.Y, true)
		}
		return
	}
	r.callOperands(x)
}

// trimOperands reduces an operation, whose value nobody needs, to the one operand
// that has effects.
func (r *reducer) trimOperands(x *ast.BinaryExpr, typed bool) {
	var operand ast.Expr
	switch {
	case !r.with.HasEffects(r.pkg, x.Y):
		operand = x.X
	case !r.with.HasEffects(r.pkg, x.X):
		operand = x.Y
	}
	if operand == nil || typed && !r.mayStand(x, operand) {
		r.expr(x)
		return
	}
	r.keep[x] = operand
	r.trim(operand, typed)
}
