package analyzer

import (
	"go/ast"
	"go/constant"
	"slices"
	"strconv"

	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
	"github.com/flagdebt/flagdebt/registry"
)

// This file says what a flag is set to.

// literal returns the composite literal that x is, or points to.
func literal(x ast.Expr) (*ast.CompositeLit, bool) {
	x = ast.Unparen(x)
	if u, ok := x.(*ast.UnaryExpr); ok {
		x = ast.Unparen(u.X)
	}
	lit, ok := x.(*ast.CompositeLit)
	return lit, ok
}

// overrideValue returns what a call sets a flag to: an operand of its own, or
// one of a method called on its result.
func (f *Found) overrideValue(pkg *program.Package, r *row, call *ast.CallExpr, stack []ast.Node) (ast.Expr, registry.Value) {
	if r.value.Literal != nil && !r.value.Set {
		return nil, registry.NewValue(*r.value.Literal)
	}
	if len(r.value.Chain) == 0 {
		x := f.operand(pkg, call, r.value)
		return x, f.constant(pkg, x)
	}
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.CallExpr:
			if slices.Contains(r.value.Chain, calleeName(n)) && r.value.Arg < len(n.Args) {
				return n.Args[r.value.Arg], f.constant(pkg, n.Args[r.value.Arg])
			}
		case *ast.SelectorExpr, *ast.ParenExpr:
		default:
			return nil, registry.Value{}
		}
	}
	return nil, registry.Value{}
}

// Constant returns the text of an expression that is known, whatever the flags
// are; zero where it is not.
func (f *Found) Constant(pkg *program.Package, x ast.Expr) registry.Value { return f.constant(pkg, x) }

// constant returns the text of a constant expression.
func (f *Found) constant(pkg *program.Package, x ast.Expr) registry.Value {
	if x == nil {
		return registry.Value{}
	}
	return valueOf(f.Engine.Value(pkg, x))
}

// valueOf returns the text of a constant.
func valueOf(v flow.Value) registry.Value {
	c := v.Constant()
	switch {
	case c == nil:
		return registry.Value{}
	case c.Kind() == constant.String:
		return registry.NewValue(constant.StringVal(c))
	case c.Kind() == constant.Float:
		x, _ := constant.Float64Val(c)
		return registry.NewValue(strconv.FormatFloat(x, 'g', -1, 64))
	}
	return registry.NewValue(c.ExactString())
}

// fieldOf returns the expression of a field of the struct literal that x is, or
// points to; nil where it is none.
func fieldOf(x ast.Expr, name string) ast.Expr {
	lit, ok := literal(x)
	if !ok {
		return nil
	}
	for _, el := range lit.Elts {
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok && id.Name == name {
				return kv.Value
			}
		}
	}
	return nil
}
