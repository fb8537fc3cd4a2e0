package flow

import (
	"go/ast"
	"go/types"
)

// This file says which places an expression stands for, and lets them flow together.

// hereSlot stands for no place.
const hereSlot = 1 << 20

// contents returns the places whose values x may hold, and under no place of its own
// the types that become an interface here.
func (l *leaker) contents(x ast.Expr) map[place][]types.Type {
	out := map[place][]types.Type{}
	var here []types.Type
	var visit func(ast.Expr)
	visit = func(x ast.Expr) {
		x = ast.Unparen(x)
		t := l.info.TypeOf(x)
		switch tv := l.info.Types[x]; {
		case t == nil || tv.IsNil() || tv.IsType():
			return
		case !holdsInterface(t):
			here = append(here, t)
			return
		case l.isOfParameter(t):
			here = append(here, t) // what it is given is no interface, as a rule
		}
		switch x := x.(type) {
		case *ast.CallExpr:
			switch tv := l.info.Types[x.Fun]; {
			case tv.IsType() && len(x.Args) == 1:
				visit(x.Args[0])
			case tv.IsBuiltin():
				for _, a := range x.Args {
					visit(a)
				}
			default:
				out[l.resultOf(x, 0)] = nil
			}
		case *ast.IndexExpr:
			visit(x.X)
		case *ast.SliceExpr:
			visit(x.X)
		case *ast.StarExpr:
			visit(x.X)
		case *ast.UnaryExpr:
			visit(x.X)
		case *ast.TypeAssertExpr:
			visit(x.X)
		case *ast.CompositeLit:
			for _, el := range x.Elts {
				if kv, ok := el.(*ast.KeyValueExpr); ok {
					visit(kv.Key)
					el = kv.Value
				}
				visit(el)
			}
		default:
			out[l.placeOf(x)] = nil
		}
	}
	visit(x)
	if len(here) > 0 {
		out[place{slot: hereSlot}] = here
	}
	return out
}

// isOfParameter reports whether a type is a type parameter, or holds what is of one.
func (l *leaker) isOfParameter(t types.Type) bool {
	for ; t != nil; t = elementOf(t) {
		if l.prog.TypeParameter(t) != 0 {
			return true
		}
	}
	return false
}

// resultOf returns the place of a call's i-th result.
func (l *leaker) resultOf(call *ast.CallExpr, i int) place {
	sig, ok := typeOf(l.info, call.Fun).Underlying().(*types.Signature)
	if !ok {
		return place{}
	}
	fn, isStatic, name := l.called(call, sig)
	switch {
	case !isStatic:
		return place{name: name, slot: i + 1}
	case l.prog.IDOf(fn) != 0:
		return place{id: l.prog.IDOf(fn), slot: i + 1}
	}
	return place{}
}

// placeOf returns the place that an expression stands for.
func (l *leaker) placeOf(x ast.Expr) place {
	switch x := ast.Unparen(x).(type) {
	case *ast.CallExpr:
		return l.resultOf(x, 0)
	case *ast.IndexExpr:
		return l.placeOf(x.X)
	case *ast.StarExpr:
		return l.placeOf(x.X)
	case *ast.Ident, *ast.SelectorExpr:
		if v := variableOf(l.info, x); v != nil {
			return place{id: l.prog.IDOf(v)}
		}
	}
	return place{}
}

// edge notes that one place flows into another; both are one where what they hold is
// shared by assigning it.
func (l *leaker) edge(from, to place, t types.Type) {
	if !holdsInterface(t) || from == to {
		return
	}
	add := func(from, to place) {
		if l.into[to] == nil {
			l.into[to] = map[place]bool{}
		}
		l.into[to][from] = true
	}
	add(from, to)
	if !types.IsInterface(t) || isTypeParam(t) {
		add(to, from)
	}
}

func (l *leaker) hold(at place, t types.Type) {
	if l.held[at] == nil {
		l.held[at] = map[types.Type]bool{}
	}
	l.held[at][t] = true
}

// holdsInterface reports whether a type is an interface, or one of whose elements
// are. The fields of structs are places of their own.
func holdsInterface(t types.Type) bool {
	for range 8 {
		switch u := t.Underlying().(type) {
		case *types.Interface:
			return true
		case *types.Map:
			if holdsInterface(u.Key()) {
				return true
			}
			t = u.Elem()
		default:
			e := elementOf(t)
			if e == nil {
				return false
			}
			t = e
		}
	}
	return true
}

// elementOf returns what t holds or points to; nil where it is nothing like that.
func elementOf(t types.Type) types.Type {
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		return u.Elem()
	case *types.Slice:
		return u.Elem()
	case *types.Array:
		return u.Elem()
	case *types.Map:
		return u.Elem()
	case *types.Chan:
		return u.Elem()
	}
	return nil
}
