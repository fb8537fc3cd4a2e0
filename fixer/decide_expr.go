package fixer

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/flagdebt/flagdebt/internal/flow"
)

// This file decides what stands for each expression.

// known returns what the winners alone make of x.
func (r *reducer) known(x ast.Expr) (flow.Value, bool) {
	v := r.with.Value(r.pkg, x)
	if !v.IsKnown() {
		return nil, false
	}
	base := r.base.Value(r.pkg, x)
	if base.IsKnown() {
		return nil, false
	}
	if r.prog.IsTest(x.Pos()) && !r.ofFlag(x) {
		return nil, false // what tests expect of the code is not taken for granted
	}
	return v, true
}

// ofFlag reports whether the flags themselves make x what it is, or decide about
// an operand that does: on || got == want.
func (r *reducer) ofFlag(x ast.Expr) bool {
	if flow.IsOfFlag(r.base.Value(r.pkg, x)) {
		return true
	}
	b, ok := ast.Unparen(x).(*ast.BinaryExpr)
	if !ok || b.Op != token.LAND && b.Op != token.LOR {
		return false
	}
	for _, y := range []ast.Expr{b.X, b.Y} {
		if v, ok := flow.Truth(r.with.Value(r.pkg, y)); ok && v == (b.Op == token.LOR) && r.ofFlag(y) {
			return true
		}
	}
	return false
}

// folded returns the value that may stand for x: it is known by the winners,
// and evaluating x does nothing else.
func (r *reducer) folded(x ast.Expr) (flow.Value, bool) {
	v, ok := r.known(x)
	if !ok || r.with.HasEffects(r.pkg, x) {
		return nil, false
	}
	return v, true
}

// expr decides about x and all below it.
func (r *reducer) expr(x ast.Expr) {
	if x == nil || r.gone[x] {
		return
	}
	if v, ok := r.folded(x); ok && r.mayBeLiteral(x, v) {
		r.lit[x] = v
		return
	}
	switch x := x.(type) {
	case *ast.SelectorExpr:
		if v, ok := r.with.Answers(r.pkg, x); ok && r.spells(x.Pos(), v, r.info.TypeOf(x).(*types.Signature).Results().At(0).Type()) {
			r.fun[x] = v
			return
		}
	case *ast.CallExpr:
		r.operands(x)
		return
	case *ast.BinaryExpr:
		if r.binary(x) {
			return
		}
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			r.expr(x.X)
			return
		}
	case *ast.FuncLit:
		r.list(x.Body.List)
		return
	case *ast.CompositeLit:
		r.elements(x)
		return
	}
	ast.Inspect(x, func(n ast.Node) bool {
		if n == nil || n == ast.Node(x) {
			return n != nil
		}
		if y, ok := n.(ast.Expr); ok {
			r.expr(y)
		}
		return false
	})
}

// elements decides about the elements of a literal, and about the keys of a map:
// as constants they must differ.
func (r *reducer) elements(x *ast.CompositeLit) {
	isMap := isMap(r.info.TypeOf(x))
	keys := map[string]bool{}
	for _, el := range x.Elts {
		kv, ok := el.(*ast.KeyValueExpr)
		if !ok {
			r.expr(el)
			continue
		}
		r.expr(kv.Value)
		c := r.info.Types[kv.Key].Value
		if _, folds := r.folded(kv.Key); isMap && c != nil && !folds {
			keys[flow.Const(c).String()] = true
		}
	}
	for _, el := range x.Elts {
		kv, ok := el.(*ast.KeyValueExpr)
		if !ok || !isMap {
			continue
		}
		r.expr(kv.Key)
		if v, ok := r.lit[kv.Key]; ok && keys[v.String()] {
			delete(r.lit, kv.Key) // it is told as a place that cannot be folded
		} else if ok {
			keys[v.String()] = true
		}
	}
}

func isMap(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Map)
	return ok
}

func (r *reducer) exprs(xs []ast.Expr) {
	for _, x := range xs {
		r.expr(x)
	}
}

// mayBeLiteral reports whether a literal reads well in x's place. Booleans and
// questions always do; a variable of another type keeps its name, and gets the
// literal where it is defined.
func (r *reducer) mayBeLiteral(x ast.Expr, v flow.Value) bool {
	if !r.canSpell(x, v) || isTypeParam(r.info.TypeOf(x)) { // no literal has that type
		return false
	}
	_, isName := ast.Unparen(x).(*ast.Ident)
	if _, isBool := flow.Truth(v); isBool {
		return !isName || !types.IsInterface(r.info.TypeOf(x))
	}
	if v.IsNil() {
		return false // decided by its context: see nilContext
	}
	switch ast.Unparen(x).(type) {
	case *ast.Ident:
		return false
	case *ast.SelectorExpr:
		return r.with.At(x).Asked[x] != nil && len(r.with.At(x).Asked[x].Via) == 0
	}
	return flow.IsOfFlag(r.base.Value(r.pkg, x))
}

// binary decides about && and ||, and about comparisons with a folded boolean.
func (r *reducer) binary(x *ast.BinaryExpr) bool {
	l, lok := r.boolean(x.X)
	y, yok := r.boolean(x.Y)
	switch x.Op {
	case token.LAND, token.LOR:
		neutral := x.Op == token.LAND // true && y, false || y
		switch {
		case lok && l == neutral:
			r.stand(x, x.Y)
		case yok && y == neutral && !lok:
			r.stand(x, x.X)
		case r.is(x.X, !neutral): // it is not folded, for its effects
			r.stand(x, x.X)
		default:
			return false
		}
	case token.EQL, token.NEQ:
		same := x.Op == token.EQL
		switch {
		case types.IsInterface(r.info.TypeOf(x.X)) || types.IsInterface(r.info.TypeOf(x.Y)):
			return false // their types count too
		case lok && !yok && r.mayStand(x, x.Y):
			r.compare(x, x.Y, l == same)
		case yok && !lok && r.mayStand(x, x.X):
			r.compare(x, x.X, y == same)
		default:
			return false
		}
	default:
		return false
	}
	return true
}

// boolean returns the boolean that stands for x without effects.
func (r *reducer) boolean(x ast.Expr) (value, ok bool) {
	v, ok := r.folded(x)
	if !ok {
		return false, false
	}
	return flow.Truth(v)
}

// is reports whether the winners make x that boolean, effects or not.
func (r *reducer) is(x ast.Expr, want bool) bool {
	v, ok := r.known(x)
	b, isBool := flow.Truth(v)
	return ok && isBool && b == want
}

// stand lets one operand stand for the whole.
func (r *reducer) stand(x, operand ast.Expr) {
	r.keep[x] = operand
	r.expr(operand)
}

// mayStand reports whether an operand of a comparison has the type that the
// comparison has there.
func (r *reducer) mayStand(x *ast.BinaryExpr, operand ast.Expr) bool {
	t, of := r.info.TypeOf(x), types.Default(r.info.TypeOf(operand))
	if b, ok := t.(*types.Basic); ok && b.Info()&types.IsUntyped != 0 {
		b, ok := of.Underlying().(*types.Basic)
		return ok && b.Info()&types.IsBoolean != 0
	}
	return types.Identical(t, of)
}

// compare lets one operand, or its negation, stand for a comparison of it with
// a boolean.
func (r *reducer) compare(x, operand ast.Expr, same bool) {
	if same {
		r.keep[x] = operand
	} else {
		r.not[x] = operand
	}
	r.expr(operand)
}

// idle reports whether a statement's call did nothing but ask for a flag.
func (r *reducer) idle(x ast.Expr) bool {
	if r.prog.IsTest(x.Pos()) && !flow.IsOfFlag(r.base.Value(r.pkg, x)) {
		return false
	}
	return !r.with.HasEffects(r.pkg, x) && r.base.HasEffects(r.pkg, x)
}

// callOperands decides about the operands of a call that must stay a call.
func (r *reducer) callOperands(x ast.Expr) {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		r.expr(x)
		return
	}
	r.operands(call)
	for _, a := range call.Args {
		r.nilContext(a)
	}
}

// operands decides about what a call calls and about its arguments.
func (r *reducer) operands(call *ast.CallExpr) {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		r.expr(sel.X)
	} else {
		r.expr(call.Fun)
	}
	r.exprs(call.Args)
}

// nilContext folds an error that the winners make nil, in a place where the
// word nil can stand. A pointer stays: as an interface, it is not nil.
func (r *reducer) nilContext(x ast.Expr) {
	if v, ok := r.folded(x); ok && v.IsNil() && r.canSpell(x, v) && types.IsInterface(r.info.TypeOf(x)) && !isTypeParam(r.info.TypeOf(x)) {
		r.lit[x] = v
	}
}
