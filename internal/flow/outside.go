package flow

import (
	"go/ast"
	"go/types"
	"slices"
)

// This file asks whether code that we do not see may call a method through an
// interface that we do not see.

// mayBeCalledOutside reports whether a package outside of the universe has an
// interface of its own that the method may satisfy, and to which a value may be
// asserted: as errors.Is does with interface{ Is(error) bool }.
func (x *index) mayBeCalledOutside(fn *types.Func) bool {
	if !fn.Exported() {
		return false
	}
	return slices.ContainsFunc(x.prog.OutsideMethods(fn.Name()), func(t *ast.FuncType) bool {
		sig := fn.Signature()
		return mayMatch(t.Params, sig.Params()) && mayMatch(t.Results, sig.Results())
	})
}

// mayMatch reports whether a list of parameters or results, known by its text
// alone, may be of the types of another.
func mayMatch(list *ast.FieldList, tuple *types.Tuple) bool {
	n := 0
	if list != nil {
		for _, f := range list.List {
			for range max(1, len(f.Names)) {
				if n >= tuple.Len() || !mayBeType(f.Type, tuple.At(n).Type()) {
					return false
				}
				n++
			}
		}
	}
	return n == tuple.Len()
}

// mayBeType reports whether a type, known by its text alone, may be t.
func mayBeType(x ast.Expr, t types.Type) bool {
	t = types.Unalias(t)
	_, isParam := t.(*types.TypeParam)
	_, isNamed := t.(*types.Named)
	_, isBasic := t.(*types.Basic)
	if isParam {
		return true
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		if obj, ok := types.Universe.Lookup(x.Name).(*types.TypeName); ok {
			return types.Identical(types.Unalias(obj.Type()), t)
		}
		return len(x.Name) == 1 || !isBasic // a type parameter, or a type of the package
	case *ast.SelectorExpr, *ast.IndexExpr, *ast.IndexListExpr:
		return !isBasic
	case *ast.InterfaceType:
		return !isBasic && !isNamed
	case *ast.StarExpr:
		ptr, ok := t.(*types.Pointer)
		return ok && mayBeType(x.X, ptr.Elem())
	case *ast.Ellipsis:
		s, ok := t.(*types.Slice)
		return ok && mayBeType(x.Elt, s.Elem())
	case *ast.ArrayType:
		switch t := t.(type) {
		case *types.Slice:
			return x.Len == nil && mayBeType(x.Elt, t.Elem())
		case *types.Array:
			return x.Len != nil && mayBeType(x.Elt, t.Elem())
		}
		return false
	case *ast.MapType:
		m, ok := t.(*types.Map)
		return ok && mayBeType(x.Key, m.Key()) && mayBeType(x.Value, m.Elem())
	case *ast.ChanType:
		_, ok := t.(*types.Chan)
		return ok
	case *ast.FuncType:
		_, ok := t.(*types.Signature)
		return ok
	}
	return true
}
