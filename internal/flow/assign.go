package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file gives variables their values.

// define gives a variable its value: a local in the environment, all others in
// their cells.
func (fr *frame) define(v *types.Var, pos token.Pos, val Value) {
	if fr.env == nil {
		return
	}
	id := program.ID(v.Pos())
	switch {
	case v.Name() == "_" || v.Name() == "":
	case fr.isCell(v):
		if id := fr.e.prog.IDOf(v); id != 0 {
			fr.write(cellKey{id, slotVar}, linked(fr.e.vars[id], val))
		}
	case fr.e.addressed[id]:
	default:
		fr.env.vars[id] = slot{val, []token.Pos{pos}}
		fr.env.changed(id)
	}
}

// isCell reports whether a variable is summarised for all functions at once.
func (fr *frame) isCell(v *types.Var) bool {
	return v.IsField() || v.Pkg() != nil && v.Parent() == v.Pkg().Scope() || fr.e.captured[program.ID(v.Pos())]
}

func (fr *frame) assign(s *ast.AssignStmt) {
	if s.Tok != token.ASSIGN && s.Tok != token.DEFINE {
		l := fr.expr(s.Lhs[0])
		r := fr.expr(s.Rhs[0])
		op := s.Tok.String()
		v := Unknown
		if op == "+=" {
			v = operation("+", l, r)
		}
		fr.store(s.Lhs[0], v)
		return
	}
	for _, l := range s.Lhs {
		fr.lvalue(l)
	}
	if len(s.Rhs) == 1 && !slices.ContainsFunc(s.Lhs, func(l ast.Expr) bool { return !isBlank(l) }) {
		fr.idle = ast.Unparen(s.Rhs[0])
	}
	vals := make([]Value, len(s.Lhs))
	if len(s.Rhs) == 1 && len(s.Lhs) > 1 {
		v := fr.expr(s.Rhs[0])
		for i := range vals {
			vals[i] = at(v, i)
		}
	} else {
		for i, r := range s.Rhs {
			vals[i] = fr.expr(r)
		}
	}
	for i, l := range s.Lhs {
		x := variableOf(fr.info, l)
		if x == nil {
			fr.forget(l)
			continue
		}
		fr.store(l, convert(vals[i], fr.typeAt(s.Rhs, len(s.Lhs), i), x.Type()))
	}
}

func isBlank(x ast.Expr) bool {
	id, ok := x.(*ast.Ident)
	return ok && id.Name == "_"
}

// typeAt returns the type of the i-th of n values that expressions yield.
func (fr *frame) typeAt(xs []ast.Expr, n, i int) types.Type {
	if len(xs) == n {
		return typeOf(fr.info, xs[i])
	}
	if tup, ok := typeOf(fr.info, xs[0]).(*types.Tuple); ok && i < tup.Len() {
		return tup.At(i).Type()
	}
	return types.Typ[types.Invalid]
}

// lvalue evaluates what an assignment evaluates on its left side.
func (fr *frame) lvalue(l ast.Expr) {
	switch l := ast.Unparen(l).(type) {
	case *ast.SelectorExpr:
		if fr.info.Selections[l] != nil {
			fr.expr(l.X)
		}
	case *ast.IndexExpr:
		fr.expr(l.X)
		fr.expr(l.Index)
	case *ast.StarExpr:
		fr.expr(l.X)
	}
}

// store assigns v, a value of l's type, to l.
func (fr *frame) store(l ast.Expr, v Value) {
	if x := variableOf(fr.info, l); x != nil {
		fr.define(x, ast.Unparen(l).Pos(), v)
	}
	fr.forget(l)
}

// forget makes the local unknown of which l is a part: d, where l is d.Value or
// d.list[0].
func (fr *frame) forget(l ast.Expr) {
	part := false
	for {
		switch x := ast.Unparen(l).(type) {
		case *ast.SelectorExpr:
			l = x.X
		case *ast.IndexExpr:
			l = x.X
		case *ast.Ident:
			v, ok := fr.info.Uses[x].(*types.Var)
			if ok && part && fr.env != nil && fr.isCell(v) {
				fr.write(cellKey{fr.e.prog.IDOf(v), slotVar}, Unknown)
			} else if ok && part && fr.env != nil {
				if s, ok := fr.env.vars[program.ID(v.Pos())]; ok {
					fr.env.vars[program.ID(v.Pos())] = slot{Unknown, s.defs}
				}
			}
			return
		default:
			return
		}
		part = true
	}
}
