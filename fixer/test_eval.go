package fixer

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file computes what expressions of tests are in one pass.

// evaluator computes what expressions of tests are: as flow knows them, or by
// what a variable holds in one pass.
type evaluator struct {
	*tester
	pkg  *program.Package
	v    *types.Var
	elem *element
	vars map[program.ID]flow.Value // what it has read
	lack bool                      // it has read a field that the pass leaves out
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
		e.lack = true
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
