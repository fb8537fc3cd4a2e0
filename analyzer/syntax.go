package analyzer

import (
	"go/ast"
	"go/types"
	"reflect"
	"slices"

	"golang.org/x/tools/go/types/typeutil"
)

func contains(list []string, s string) bool { return slices.Contains(list, s) }

// calleeName returns the name that a call calls by; "" where it has none.
func calleeName(call *ast.CallExpr) string {
	fun := ast.Unparen(call.Fun)
	if x, ok := fun.(*ast.IndexExpr); ok {
		fun = ast.Unparen(x.X)
	}
	switch fun := fun.(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return ""
}

// callee returns the function, method or interface method that a call names, or nil.
func callee(info *types.Info, call *ast.CallExpr) *types.Func {
	fn, _ := typeutil.Callee(info, call).(*types.Func)
	if fn == nil {
		return nil
	}
	return fn.Origin()
}

// isMethodExpr reports whether a call is of the form (*T).M(recv, ...).
func isMethodExpr(info *types.Info, call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	s := info.Selections[sel]
	return s != nil && s.Kind() == types.MethodExpr
}

var errorType = types.Universe.Lookup("error").Type()

func isError(t types.Type) bool { return types.Identical(t, errorType) }

// fieldOwner returns the name of the struct type that declares the selected
// field, and the field's tag; "" where the struct type has no name.
func fieldOwner(sel *types.Selection) (string, reflect.StructTag) {
	t := sel.Recv()
	for i, n := range sel.Index() {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		st, ok := t.Underlying().(*types.Struct)
		if !ok {
			return "", ""
		}
		if i == len(sel.Index())-1 {
			return typeName(t), reflect.StructTag(st.Tag(n))
		}
		t = st.Field(n).Type()
	}
	return "", ""
}

// packageVar returns the package-level variable that e names, or nil.
func packageVar(info *types.Info, e ast.Expr) *types.Var {
	var obj types.Object
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		obj = info.Uses[e]
	case *ast.SelectorExpr:
		if info.Selections[e] == nil {
			obj = info.Uses[e.Sel]
		}
	}
	v, ok := obj.(*types.Var)
	if !ok || v.Pkg() == nil || v.Parent() != v.Pkg().Scope() {
		return nil
	}
	return v
}
