package fixer

import (
	"bytes"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/fixer/edit"
)

// This file writes what a variable holds into the one place that is left of those that
// read it, right behind its declaration.

// inlineValue lets what a variable is declared with stand for it. Tests like to name
// what they set up.
func (l *liner) inlineValue(a *ast.AssignStmt, at place) {
	s := l.next(at)
	if s == nil || l.prog.IsTest(a.Pos()) || l.gone[a] || l.headed[a] != nil || len(a.Lhs) != 1 || !l.declaresAlone(a) || !l.isInlinable(a.Rhs[0]) || l.flat[s] != nil {
		return
	}
	id := a.Lhs[0].(*ast.Ident)
	names := l.usage.names[l.variable(id)]
	if len(names) != 2 || l.originally(l.variable(id)) <= 2 || !types.Identical(l.resultType(a, 0), l.info.TypeOf(id)) {
		return
	}
	o := &operands{liner: l, value: a.Rhs[0], read: names[slices.IndexFunc(names, func(x *ast.Ident) bool { return x != id })]}
	for _, x := range l.evaluated(s) {
		o.look(x, true)
	}
	_, isReturn := s.(*ast.ReturnStmt)
	if o.found && !o.disturbs && l.staysShort(a, s) && (isReturn || !hasLiteral(a.Rhs[0])) {
		l.inlined[o.read] = a
		l.gone[a] = true
	}
}

// isInlinable reports whether the text of an expression of one line can stand elsewhere.
func (l *liner) isInlinable(x ast.Expr) bool {
	from, to := l.textOf(x.Pos(), x.End())
	shifts := false
	ast.Inspect(x, func(n ast.Node) bool {
		b, ok := n.(*ast.BinaryExpr)
		shifts = shifts || ok && (b.Op == token.SHL || b.Op == token.SHR) // its type may depend on the place
		return !shifts
	})
	isLine := bytes.IndexByte(l.files[l.file].Data[from:to], '\n') < 0
	_, isLit := ast.Unparen(x).(*ast.CompositeLit)
	return isLine && !shifts && !isLit && l.info.Types[x].Value == nil && l.isPlain(x)
}

// staysShort reports whether the line of a statement does not become too long by what
// gets into it.
func (l *liner) staysShort(a *ast.AssignStmt, s ast.Stmt) bool {
	data := l.files[l.file].Data
	from, to := l.textOf(s.Pos(), s.End())
	if i := bytes.IndexByte(data[from:to], '\n'); i >= 0 {
		to = from + i
	}
	start, end := l.textOf(a.Rhs[0].Pos(), a.Rhs[0].End())
	return to-from+end-start <= maxHeader
}

// evaluated returns the expressions that a statement evaluates first, and once; nil
// where that is not known.
func (l *liner) evaluated(s ast.Stmt) []ast.Expr {
	switch s := s.(type) {
	case *ast.ExprStmt:
		return []ast.Expr{s.X}
	case *ast.ReturnStmt:
		return s.Results
	case *ast.AssignStmt:
		isName := func(x ast.Expr) bool { return identOf(x) != nil }
		if (s.Tok == token.ASSIGN || s.Tok == token.DEFINE) && !l.alone[s] && !l.value[s] && l.headed[s] == nil && !slices.ContainsFunc(s.Lhs, func(x ast.Expr) bool { return !isName(x) }) {
			return s.Rhs
		}
	case *ast.IfStmt:
		if s.Init == nil {
			return []ast.Expr{s.Cond}
		}
	case *ast.RangeStmt:
		if types.IsInterface(typeOf(l.info, s.X)) || isFunc(typeOf(l.info, s.X)) {
			return nil
		}
		return []ast.Expr{s.X}
	}
	return nil
}

func isFunc(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

// operands looks through the operands of a statement for the one place that reads a
// variable, and for what may not change places with its value.
type operands struct {
	*liner
	value    ast.Expr
	read     *ast.Ident
	found    bool
	disturbs bool
}

// look looks at an operand; direct is false where it is not certain that it is
// evaluated, or where it is more than a value.
func (o *operands) look(x ast.Expr, direct bool) {
	if x.Pos() > o.read.Pos() || o.read.Pos() >= x.End() {
		o.beside(x)
		return
	}
	switch x := x.(type) {
	case *ast.Ident:
		o.found = direct && x == o.read
		return
	case *ast.ParenExpr:
		o.look(x.X, direct)
		return
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			o.look(x.X, direct)
			return
		}
	case *ast.BinaryExpr:
		lazy := x.Op == token.LAND || x.Op == token.LOR
		o.look(x.X, direct)
		if !lazy || x.Y.Pos() <= o.read.Pos() {
			o.look(x.Y, direct && !lazy)
		}
		return
	case *ast.CallExpr:
		if o.isCalled(x.Fun) {
			for _, arg := range x.Args {
				o.look(arg, direct)
			}
			return
		}
	}
	o.disturbs = true // the place is of another kind
}

// isCalled reports whether naming what is called reads nothing that may change: a
// function, or a method of a local.
func (o *operands) isCalled(fun ast.Expr) bool {
	if !o.isPlain(fun) {
		return false
	}
	switch fun := ast.Unparen(fun).(type) {
	case *ast.Ident:
		_, isFunc := o.info.Uses[fun].(*types.Func)
		return isFunc || o.info.Types[fun].IsType() || o.info.Types[fun].IsBuiltin()
	case *ast.SelectorExpr:
		fn, isFunc := o.info.Uses[fun.Sel].(*types.Func)
		if !isFunc {
			return o.info.Types[ast.Expr(fun)].IsType()
		}
		recv := fn.Signature().Recv()
		if recv == nil {
			return true // of another package
		}
		return o.isStable(fun.X) && len(o.info.Selections[fun].Index()) == 1 && types.Identical(recv.Type(), typeOf(o.info, fun.X))
	}
	return false
}

// beside looks at an operand that does not read the variable.
func (o *operands) beside(x ast.Expr) {
	if o.isStable(x) {
		return
	}
	if o.with.HasEffects(o.pkg, o.value) || o.with.HasEffects(o.pkg, x) {
		o.disturbs = true
	}
}

// isStable reports whether nobody else can change what x yields: a constant, a
// function, a local that nothing else refers to.
func (o *operands) isStable(x ast.Expr) bool {
	x = ast.Unparen(x)
	if tv := o.info.Types[x]; tv.Value != nil || tv.IsNil() || tv.IsType() || o.isLiteral(x) {
		return true
	}
	id, ok := x.(*ast.Ident)
	if !ok || o.inlined[id] != nil {
		return false
	}
	if _, isFunc := o.info.Uses[id].(*types.Func); isFunc {
		return true
	}
	_, known := o.with.At(id).Defs[id] // of what is captured or pointed to nothing is
	return known && o.local(o.info.Uses[id]) != 0
}

// writeInlined writes what a variable holds in its place.
func (e *emitter) writeInlined(id *ast.Ident, a *ast.AssignStmt, prec int) {
	x := a.Rhs[0]
	text := string(e.file.Data[e.off(x.Pos()):e.off(x.End())])
	if needsParens(x, prec) {
		text = "(" + text + ")"
	}
	e.replace(id, edit.Text(text))
}
