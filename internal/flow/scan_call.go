package flow

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file looks at calls: what they may do to the variables that they are handed.

// call notes zero values by new, recover, and conversions.
func (s *scan) call(n *ast.CallExpr, stack []ast.Node) {
	if id, ok := ast.Unparen(n.Fun).(*ast.Ident); ok {
		if b, ok := s.info.Uses[id].(*types.Builtin); ok {
			switch b.Name() {
			case "new":
				for _, a := range n.Args {
					if tv := s.info.Types[a]; tv.IsType() && !s.test {
						s.makeZero(tv.Type)
					}
				}
			case "recover":
				for i := len(stack) - 1; i >= 0; i-- {
					if lit, ok := stack[i].(*ast.FuncLit); ok {
						s.recovers[program.ID(lit.Pos())] = true
						return
					}
					if d, ok := stack[i].(*ast.FuncDecl); ok {
						s.recovers[program.ID(d.Name.Pos())] = true
					}
				}
			}
			return
		}
	}
	if tv := s.info.Types[n.Fun]; tv.IsType() {
		s.conversion(tv.Type, n)
		return
	}
}

// conversion notes conversions of structs and of pointers to them: the fields of
// the one become those of the other. What becomes an unsafe pointer may become
// anything; nil, as in var _ I = (*T)(nil), is nothing.
func (s *scan) conversion(t types.Type, n *ast.CallExpr) {
	if len(n.Args) != 1 || s.test || s.info.Types[n.Args[0]].IsNil() {
		return
	}
	from := typeOf(s.info, n.Args[0])
	if b, ok := t.Underlying().(*types.Basic); ok && b.Kind() == types.UnsafePointer {
		s.exposes(from, map[types.Type]bool{})
		return
	}
	t, from = pointee(t), pointee(from)
	if _, ok := t.Underlying().(*types.Struct); ok && !types.Identical(t, from) {
		for _, t := range []types.Type{t, from} {
			if named, ok := types.Unalias(t).(*types.Named); ok {
				s.converted[s.prog.IDOf(named.Obj())] = true
			}
		}
	}
}

// pointee returns what t points to; t itself where it is no pointer.
func pointee(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// exposes notes that the memory of what t points to may be written as another type.
func (s *scan) exposes(t types.Type, seen map[types.Type]bool) {
	t = types.Unalias(t)
	if seen[t] {
		return
	}
	seen[t] = true
	if named, ok := t.(*types.Named); ok {
		s.converted[s.prog.IDOf(named.Obj())] = true
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		s.exposes(u.Elem(), seen)
	case *types.Array:
		s.exposes(u.Elem(), seen)
	case *types.Struct:
		for v := range u.Fields() {
			if _, ptr := v.Type().Underlying().(*types.Pointer); !ptr {
				s.exposes(v.Type(), seen)
			}
		}
	}
}

// harmless reports whether a function outside the universe only reads what it
// is given.
func harmless(fn *types.Func) bool {
	if fn.Pkg() == nil {
		return true
	}
	switch fn.Pkg().Path() {
	case "fmt":
		return !strings.Contains(fn.Name(), "can") // Scan, Sscanf, ...
	case "log", "log/slog", "errors", "context", "sync", "testing", "slices", "maps", "sort", "strings":
		return true
	}
	return false
}

func paramType(sig *types.Signature, i int) types.Type {
	n := sig.Params().Len()
	if sig.Variadic() && i >= n-1 {
		if sl, ok := sig.Params().At(n - 1).Type().Underlying().(*types.Slice); ok {
			return sl.Elem()
		}
	}
	if i < n {
		return sig.Params().At(i).Type()
	}
	return types.Typ[types.Invalid]
}

// staticCallee returns the function or method that a call certainly calls: nil
// for dynamic calls, interface methods and builtins.
func staticCallee(info *types.Info, n *ast.CallExpr) *types.Func {
	fn := calleeFunc(info, n)
	if fn != nil && fn.Signature().Recv() != nil && types.IsInterface(fn.Signature().Recv().Type()) {
		return nil
	}
	return fn
}

// calleeFunc returns the function, method or interface method that a call
// names, or nil.
func calleeFunc(info *types.Info, n *ast.CallExpr) *types.Func {
	return funcOf(info, n.Fun)
}

// funcOf returns the function that e names, or nil.
func funcOf(info *types.Info, e ast.Expr) *types.Func {
	var obj types.Object
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		obj = info.Uses[e]
	case *ast.SelectorExpr:
		if sel := info.Selections[e]; sel != nil {
			obj = sel.Obj()
		} else {
			obj = info.Uses[e.Sel]
		}
	case *ast.IndexExpr:
		return funcOf(info, e.X)
	case *ast.IndexListExpr:
		return funcOf(info, e.X)
	}
	fn, _ := obj.(*types.Func)
	if fn == nil {
		return nil
	}
	return fn.Origin()
}
