package analyzer

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
	"github.com/flagdebt/flagdebt/registry"
)

// Override is a call that sets a flag, or one entry of a literal that does.
type Override struct {
	Pkg         *program.Package
	File        *program.File
	Call        *ast.CallExpr
	Entry       *ast.KeyValueExpr // nil where the call sets this one flag
	Source, Key string
	Value       registry.Value // zero where it is not known

	row *row
}

// overrides records the Sites that set flags.
func (f *Found) overrides(pkg *program.Package, file *program.File) {
	for _, v := range f.Overrides(pkg, file) {
		var x ast.Node = v.Call
		if v.Entry != nil {
			x = v.Entry
		}
		r := v.row
		f.matched[r] = true
		s := f.site(pkg, x, r)
		s.Role, s.Flag.Key, s.KeyKind, s.Default = RoleOverride, v.Key, KeyConstant, v.Value
		f.Sites = append(f.Sites, s)
	}
}

// Overrides returns the calls of a file that set a flag whose key is known.
func (f *Found) Overrides(pkg *program.Package, file *program.File) []Override {
	var out []Override
	var stack []ast.Node
	ast.Inspect(file.Syntax, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		if call, ok := n.(*ast.CallExpr); ok {
			f.Oracle.callRows(pkg, call, func(r *row, _ *types.Func, args []ast.Expr) bool {
				if !r.override {
					return false
				}
				set := f.override(pkg, file, r, call, args, stack)
				out = append(out, set...)
				return len(set) > 0
			})
		}
		stack = append(stack, n)
		return true
	})
	return out
}

// override returns the flags that a matching call sets.
func (f *Found) override(pkg *program.Package, file *program.File, r *row, call *ast.CallExpr, args []ast.Expr, stack []ast.Node) []Override {
	if r.key.Arg < 0 || r.key.Arg >= len(args) {
		return nil
	}
	one := func(entry *ast.KeyValueExpr, key string, value registry.Value) []Override {
		key, ok := r.rename(key)
		if !ok {
			return nil
		}
		return []Override{{pkg, file, call, entry, r.provider.ID, key, value, r}}
	}
	arg := args[r.key.Arg]
	if !r.key.MapKeys && !r.key.Fields {
		if key, ok := flow.Text(f.Engine.Value(pkg, arg)); ok {
			return one(nil, key, f.overrideValue(pkg, r, call, stack))
		}
		return nil
	}
	var out []Override
	lit, ok := literal(arg)
	if !ok {
		return nil
	}
	for _, el := range lit.Elts {
		kv, ok := el.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		key, known := "", false
		if id, ok := kv.Key.(*ast.Ident); ok && r.key.Fields {
			key, known = id.Name, true
		} else if !r.key.Fields {
			key, known = flow.Text(f.Engine.Value(pkg, kv.Key))
		}
		if known {
			out = append(out, one(kv, key, f.constant(pkg, kv.Value))...)
		}
	}
	return out
}

// literal returns the composite literal that x is, or points to.
func literal(x ast.Expr) (*ast.CompositeLit, bool) {
	x = ast.Unparen(x)
	if u, ok := x.(*ast.UnaryExpr); ok {
		x = ast.Unparen(u.X)
	}
	lit, ok := x.(*ast.CompositeLit)
	return lit, ok
}

// overrideValue returns the value that a call sets: an operand of its own, or
// one of a method called on its result.
func (f *Found) overrideValue(pkg *program.Package, r *row, call *ast.CallExpr, stack []ast.Node) registry.Value {
	if r.value.Literal != nil && !r.value.Set {
		return registry.NewValue(*r.value.Literal)
	}
	if len(r.value.Chain) == 0 {
		return f.constant(pkg, f.operand(pkg, call, r.value))
	}
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.CallExpr:
			if slices.Contains(r.value.Chain, calleeName(n)) && r.value.Arg < len(n.Args) {
				return f.constant(pkg, n.Args[r.value.Arg])
			}
		case *ast.SelectorExpr, *ast.ParenExpr:
		default:
			return registry.Value{}
		}
	}
	return registry.Value{}
}

// Constant returns the text of an expression that is known, whatever the flags
// are; zero where it is not.
func (f *Found) Constant(pkg *program.Package, x ast.Expr) registry.Value { return f.constant(pkg, x) }

// constant returns the text of a constant expression.
func (f *Found) constant(pkg *program.Package, x ast.Expr) registry.Value {
	if x == nil {
		return registry.Value{}
	}
	c := f.Engine.Value(pkg, x).Constant()
	switch {
	case c == nil:
		return registry.Value{}
	case c.Kind() == constant.String:
		return registry.NewValue(constant.StringVal(c))
	}
	return registry.NewValue(c.ExactString())
}
