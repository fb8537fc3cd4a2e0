package flow

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"github.com/flagdebt/flagdebt/internal/program"
)

// HasEffects reports whether evaluating x, an expression of a function of pkg,
// may do anything but yield its value. Asking for a flag that has a winner is
// no effect; nor are run-time panics of code that calls nothing. What lies
// behind a condition that the winners decide does not count.
func (e *Engine) HasEffects(pkg *program.Package, x ast.Expr) bool {
	f := e.enclosing(x)
	if f == nil {
		return true
	}
	return (&effects{e, pkg.Info, pkg, e.traces[f], 0}).expr(x)
}

// effects looks for effects in what one trace has reached.
type effects struct {
	e     *Engine
	info  *types.Info
	pkg   *program.Package
	tr    *Trace
	depth int
}

func (s *effects) any(xs ...ast.Expr) bool {
	for _, x := range xs {
		if x != nil && s.expr(x) {
			return true
		}
	}
	return false
}

// expr is a flat switch over the kinds of expression.
func (s *effects) expr(x ast.Expr) bool {
	if tv, ok := s.info.Types[x]; ok && (tv.Value != nil || tv.IsType()) {
		return false
	}
	switch x := x.(type) {
	case *ast.Ident, *ast.BasicLit, *ast.FuncLit:
		return false
	case *ast.ParenExpr:
		return s.expr(x.X)
	case *ast.SelectorExpr:
		return s.info.Selections[x] != nil && s.expr(x.X)
	case *ast.UnaryExpr:
		return x.Op == token.ARROW || s.expr(x.X)
	case *ast.BinaryExpr:
		return s.binary(x)
	case *ast.StarExpr:
		return s.expr(x.X)
	case *ast.IndexExpr:
		return s.any(x.X, x.Index)
	case *ast.IndexListExpr:
		return s.expr(x.X)
	case *ast.SliceExpr:
		return s.any(x.X, x.Low, x.High, x.Max)
	case *ast.TypeAssertExpr:
		return s.expr(x.X)
	case *ast.KeyValueExpr:
		if _, field := x.Key.(*ast.Ident); field {
			return s.expr(x.Value)
		}
		return s.any(x.Key, x.Value)
	case *ast.CompositeLit:
		return s.any(x.Elts...)
	case *ast.CallExpr:
		return s.call(x)
	}
	return true
}

func (s *effects) binary(x *ast.BinaryExpr) bool {
	if s.expr(x.X) {
		return true
	}
	if x.Op == token.LAND || x.Op == token.LOR {
		if b, ok := s.value(x.X).truth(); ok && b == (x.Op == token.LOR) {
			return false // the right side never runs
		}
	}
	return s.expr(x.Y)
}

func (s *effects) value(x ast.Expr) Value {
	if v := s.tr.Values[x]; v != nil {
		return v // of a constant that is a flag
	}
	return s.e.constant(s.info, x)
}

func (s *effects) call(x *ast.CallExpr) bool {
	if s.any(x.Args...) {
		return true
	}
	if s.guards(x) {
		return false
	}
	fun := ast.Unparen(x.Fun)
	if s.info.Types[fun].IsType() {
		return false
	}
	if id, ok := fun.(*ast.Ident); ok {
		if b, ok := s.info.Uses[id].(*types.Builtin); ok {
			switch b.Name() {
			case "len", "cap", "make", "new", "min", "max", "complex", "real", "imag":
				return false
			case "append": // it may write behind the slice's end, where others look
				_, fresh := ast.Unparen(x.Args[0]).(*ast.CompositeLit)
				return !fresh
			}
			return true
		}
	}
	if s.expr(fun) {
		return true
	}
	if asked := s.tr.Asked[x]; asked != nil && len(asked.Via) == 0 && asked.Key != nil {
		if key, ok := asked.Key.text(); ok {
			_, settled := s.e.oracle.Winner(asked.Ask.Source, key)
			return !settled
		}
		return true
	}
	fn := staticCallee(s.info, x)
	switch {
	case fn == nil:
		if v := s.value(fun); v != nil && v.kind == kFunc && v.fn != nil {
			return s.body(x, v.fn)
		}
		fn = calleeFunc(s.info, x)
		return fn == nil || !s.e.oracle.Pure(fn) && s.dynamic(x, fn)
	case s.e.oracle.Pure(fn):
		return false
	}
	f := s.e.byID[s.e.prog.IDOf(fn)]
	return f == nil || s.body(x, f)
}

// dynamic reports whether calling a method of an interface may have an effect:
// some implementation has one, or may be where we do not see it.
func (s *effects) dynamic(x *ast.CallExpr, m *types.Func) bool {
	if m.Signature().Recv() == nil || s.e.prog.IsTest(x.Pos()) || len(s.e.foreign[m.Name()]) > 0 || !s.e.complete(m) {
		return true
	}
	found := false
	for _, f := range s.e.implementations(m) {
		if s.body(x, f) {
			return true
		}
		found = true
	}
	return !found
}

// body reports whether calling f with these arguments may have an effect.
func (s *effects) body(x *ast.CallExpr, f *Function) bool {
	if s.depth >= maxDepth || f.Body == nil || f.varies {
		return true
	}
	args := make([]Value, 0, len(f.params))
	if f.Sig.Recv() != nil {
		args = append(args, Unknown)
	}
	for _, a := range x.Args {
		v := s.value(a)
		if v == nil || !v.IsKnown() {
			v = Unknown
		}
		args = append(args, v)
	}
	if isMethodExpr := len(args) > len(f.params); isMethodExpr {
		args = args[1:]
	}
	args = fitArgs(s.info, f, x, args)
	name := fmt.Sprint("effects ", f.ID)
	for _, a := range args {
		name += "," + a.String()
	}
	if m, ok := s.e.memo[name]; ok {
		return Same(m.val, boolean(true))
	}
	s.e.memo[name] = memo{val: boolean(true)} // recursion may not end, which is an effect
	sub := s.e.newFrame(f, newTrace())
	sub.args, sub.root = args, f
	sub.run()
	inner := &effects{s.e, f.Pkg.Info, f.Pkg, sub.tr, s.depth + 1}
	out := inner.list(f.Body.List)
	s.e.memo[name] = memo{val: boolean(out)}
	return out
}

func (s *effects) list(list []ast.Stmt) bool {
	for _, st := range list {
		if s.tr.Reached[st] && s.stmt(st) {
			return true
		}
	}
	return false
}

// stmt is a flat switch over the kinds of statement.
func (s *effects) stmt(st ast.Stmt) bool {
	switch st := st.(type) {
	case nil, *ast.EmptyStmt:
		return false
	case *ast.BranchStmt:
		return st.Tok == token.GOTO // it may not end
	case *ast.ExprStmt:
		return s.expr(st.X)
	case *ast.ReturnStmt:
		return s.any(st.Results...)
	case *ast.BlockStmt:
		return s.list(st.List)
	case *ast.LabeledStmt:
		return s.stmt(st.Stmt)
	case *ast.DeclStmt:
		for _, spec := range st.Decl.(*ast.GenDecl).Specs {
			if v, ok := spec.(*ast.ValueSpec); ok && s.any(v.Values...) {
				return true
			}
		}
		return false
	case *ast.AssignStmt:
		for _, l := range st.Lhs {
			if !s.isLocal(l) {
				return true
			}
		}
		return s.any(st.Rhs...)
	case *ast.IncDecStmt:
		return !s.isLocal(st.X)
	case *ast.IfStmt:
		if st.Init != nil && s.stmt(st.Init) || s.expr(st.Cond) || s.list(st.Body.List) {
			return true
		}
		return st.Else != nil && s.tr.Reached[st.Else] && s.stmt(st.Else)
	case *ast.SwitchStmt:
		if st.Init != nil && s.stmt(st.Init) || st.Tag != nil && s.expr(st.Tag) {
			return true
		}
		for _, c := range st.Body.List {
			if clause := c.(*ast.CaseClause); s.any(clause.List...) || s.list(clause.Body) {
				return true
			}
		}
		return false
	case *ast.RangeStmt:
		for _, l := range []ast.Expr{st.Key, st.Value} {
			if l != nil && !s.isLocal(l) {
				return true
			}
		}
		switch typeOf(s.info, st.X).Underlying().(type) {
		case *types.Slice, *types.Array, *types.Map, *types.Basic, *types.Pointer:
			return s.expr(st.X) || s.list(st.Body.List)
		}
	}
	return true // other loops may not end; sends, go, defer, select
}

// isLocal reports whether assigning to l changes nothing outside the function.
func (s *effects) isLocal(l ast.Expr) bool {
	id, ok := ast.Unparen(l).(*ast.Ident)
	if !ok {
		return false
	}
	if id.Name == "_" {
		return true
	}
	v := variableOf(s.info, id)
	return v != nil && !v.IsField() && v.Parent() != v.Pkg().Scope() && !s.e.captured[program.ID(v.Pos())]
}
