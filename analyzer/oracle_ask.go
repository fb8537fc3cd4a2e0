package analyzer

import (
	"go/ast"
	"go/types"
	"reflect"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file says of an expression how it asks for a flag, from the rows that match it.

// Ask implements flow.Oracle.
func (o *Oracle) Ask(pkg *program.Package, e ast.Expr) *flow.Ask {
	if a := o.askSymbol(pkg, e); a != nil {
		return a
	}
	switch e := e.(type) {
	case *ast.CallExpr:
		return o.askCall(pkg, e)
	case *ast.Ident:
		return o.askObject(e.Name, pkg.Info.Uses[e])
	case *ast.SelectorExpr:
		if sel := pkg.Info.Selections[e]; sel != nil {
			if sel.Kind() != types.FieldVal {
				return nil
			}
			if a := o.askFilled(pkg, e, sel); a != nil {
				return a
			}
			return o.askField(sel)
		}
		return o.askObject(e.Sel.Name, pkg.Info.Uses[e.Sel])
	case *ast.IndexExpr:
		return o.askIndex(pkg, e)
	}
	return nil
}

// askCall matches calls of functions and methods.
func (o *Oracle) askCall(pkg *program.Package, call *ast.CallExpr) *flow.Ask {
	var out *flow.Ask
	o.callRows(pkg, call, func(r *row, fn *types.Func, args []ast.Expr) bool {
		if r.override || r.declare && r.key.MapKeys {
			return false
		}
		out = r.askCall(pkg, call, fn, args)
		return true
	})
	return out
}

// Asks implements flow.Oracle.
func (o *Oracle) Asks(fn *types.Func) bool {
	found := false
	o.candidates(fn.Name(), func(r *row) bool {
		found = r.kind == config.KindCall && !r.override && r.inPackage(fn.Pkg()) && r.takesRecv(receiverName(fn))
		return found
	})
	return found
}

// KeepsKey implements flow.Oracle.
func (o *Oracle) KeepsKey(field string) bool { return o.keeps[field] }

// AskThrough implements flow.Oracle.
func (o *Oracle) AskThrough(pkg *program.Package, call *ast.CallExpr, fn *types.Func) *flow.Ask {
	var out *flow.Ask
	o.candidates(fn.Name(), func(r *row) bool {
		if r.kind != config.KindCall || r.override || !r.inPackage(fn.Pkg()) || !r.takesRecv(receiverName(fn)) {
			return false
		}
		out = r.askCall(pkg, call, fn, call.Args)
		return true
	})
	return out
}

// sets reports whether an expression is a call that sets flags.
func (o *Oracle) sets(pkg *program.Package, x ast.Expr) bool {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	found := false
	if ok {
		o.callRows(pkg, call, func(r *row, _ *types.Func, _ []ast.Expr) bool {
			found = r.override
			return found
		})
	}
	return found
}

// callRows calls f for the rows of kind call that match, with the arguments as
// the rows count them.
func (o *Oracle) callRows(pkg *program.Package, call *ast.CallExpr, f func(*row, *types.Func, []ast.Expr) bool) {
	name := calleeName(call)
	if name == "" || o.rows[name] == nil && o.rows[""] == nil {
		return
	}
	var fn *types.Func
	args := call.Args
	o.candidates(name, func(r *row) bool {
		if r.kind != config.KindCall {
			return false
		}
		if fn == nil {
			if fn = callee(pkg.Info, call); fn == nil {
				return true
			}
			if isMethodExpr(pkg.Info, call) && len(args) > 0 {
				args = args[1:]
			}
		}
		return r.inPackage(fn.Pkg()) && r.takesRecv(receiverName(fn)) && f(r, fn, args)
	})
}

func (r *row) takesRecv(recv string) bool {
	if len(r.recv) == 0 {
		return recv == ""
	}
	for _, name := range r.recv {
		if name == recv || name == "*" && recv != "" {
			return true
		}
	}
	return false
}

// askCall describes a matching call.
func (r *row) askCall(pkg *program.Package, call *ast.CallExpr, fn *types.Func, args []ast.Expr) *flow.Ask {
	sig := fn.Signature()
	a := r.ask()
	a.Results = sig.Results().Len()
	a.Declare = r.declare
	if r.result.Error == config.ErrorByType && a.Results > 1 && isError(sig.Results().At(a.Results-1).Type()) {
		a.Err = a.Results - 1
	}
	if arg := r.key.Param.Arg; r.key.Param.Set && arg < len(args) {
		a.Param = args[arg]
	}
	r.place(pkg, a, call, fn, args)
	return a
}

// place says where a matching call keeps its key.
func (r *row) place(pkg *program.Package, a *flow.Ask, call *ast.CallExpr, fn *types.Func, args []ast.Expr) {
	switch {
	case r.bulk:
	case r.key.Recv:
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		switch {
		case !ok:
			a.Object = true
		case r.key.Const:
			a.Key = constName(pkg.Info, sel.X)
		default:
			a.Object, a.KeyExpr = true, sel.X
		}
	case r.key.Name:
		a.Key = fn.Name()
	case r.key.Arg < 0 || r.key.Arg >= len(args):
	case r.key.Const:
		a.Key = constName(pkg.Info, args[r.key.Arg])
	case r.key.Elems:
		r.placeElems(a, call, fn, args)
	default:
		a.KeyExpr, a.KeyField = args[r.key.Arg], r.key.Field
		if keys := listed(pkg, a.KeyExpr); keys != nil && r.key.Field == "" && !r.declare {
			a.KeyElems, a.Carrier = keys, flow.CarrierOpaque
		}
	}
}

// placeElems says where a call keeps the keys of several flags.
func (r *row) placeElems(a *flow.Ask, call *ast.CallExpr, fn *types.Func, args []ast.Expr) {
	a.Carrier, a.KeyField = flow.CarrierOpaque, r.key.Field
	if fn.Signature().Variadic() && r.key.Arg == fn.Signature().Params().Len()-1 && !call.Ellipsis.IsValid() {
		a.KeyElems = args[r.key.Arg:]
		return
	}
	list := args[r.key.Arg]
	if r.key.In != "" {
		list = fieldOf(list, r.key.In)
	}
	if lit, ok := literal(list); ok {
		a.KeyElems = lit.Elts
	}
}

// ask returns what all questions of the row have in common.
func (r *row) ask() *flow.Ask {
	a := &flow.Ask{Source: r.provider.ID, Ref: r, Results: 1, Value: r.result.At, Fields: r.result.Field, Not: r.result.Not, Carrier: flow.Carrier(r.result.Form), Err: r.result.Error, Present: r.result.Present}
	if r.key.Pattern != nil || r.key.Prefix != "" || r.key.Case != "" || r.key.Rename != nil {
		a.Rename = r.rename
		a.Loose = r.key.Pattern != nil
	}
	if r.declare {
		a.Value, a.Err, a.Present = 0, -1, -1
	}
	return a
}

// askObject matches package-level variables and constants.
func (o *Oracle) askObject(name string, obj types.Object) *flow.Ask {
	if obj == nil || obj.Pkg() == nil || obj.Parent() != obj.Pkg().Scope() {
		return nil
	}
	kind := config.KindVar
	switch obj.(type) {
	case *types.Const:
		kind = config.KindConst
	case *types.Var:
	default:
		return nil
	}
	var out *flow.Ask
	o.candidates(name, func(r *row) bool {
		if r.kind != kind || !r.inPackage(obj.Pkg()) || len(r.types) > 0 && !contains(r.types, typeName(obj.Type())) {
			return false
		}
		out = r.named(name)
		return out != nil
	})
	return out
}

// named describes a question whose key is a name; nil where that is no flag.
func (r *row) named(name string) *flow.Ask {
	if key, ok := r.rename(name); ok {
		return r.keyed(key)
	}
	return nil
}

// keyed describes a question for the flag with this key.
func (r *row) keyed(key string) *flow.Ask {
	a := r.ask()
	a.Rename, a.Key, a.Err = nil, key, -1
	return a
}

// askField matches reads of struct fields, by name or by tag.
func (o *Oracle) askField(sel *types.Selection) *flow.Ask {
	field := sel.Obj().(*types.Var)
	owner, tag := "", reflect.StructTag("")
	var out *flow.Ask
	o.candidates(field.Name(), func(r *row) bool {
		if r.kind != config.KindField && r.kind != config.KindTag || !r.inPackage(field.Pkg()) {
			return false
		}
		if owner == "" {
			owner, tag = fieldOwner(sel)
		}
		key, ok := r.fieldKey(field, owner, tag)
		if !ok {
			return false
		}
		out = r.keyed(key)
		out.Wide = o.isFilledBy(r.key.Tag)
		return true
	})
	return out
}

// fieldKey returns the key of the flag that a field of a named struct is; false
// where the row does not speak of it.
func (r *row) fieldKey(field *types.Var, owner string, tag reflect.StructTag) (string, bool) {
	if r.kind != config.KindField && r.kind != config.KindTag || !r.inPackage(field.Pkg()) || owner == "" || len(r.types) > 0 && !contains(r.types, owner) {
		return "", false
	}
	if r.key.Tag != "" {
		return r.tagged(tag.Get(r.key.Tag))
	}
	return r.rename(field.Name())
}

// askIndex matches map index expressions on package-level variables.
func (o *Oracle) askIndex(pkg *program.Package, e *ast.IndexExpr) *flow.Ask {
	v := packageVar(pkg.Info, e.X)
	if v == nil {
		return nil
	}
	if _, ok := v.Type().Underlying().(*types.Map); !ok {
		return nil
	}
	var out *flow.Ask
	o.candidates(v.Name(), func(r *row) bool {
		if r.kind != config.KindIndex || !r.inPackage(v.Pkg()) {
			return false
		}
		out = r.ask()
		out.KeyExpr, out.Err = e.Index, -1
		if tup, ok := pkg.Info.TypeOf(e).(*types.Tuple); ok {
			out.Results, out.Present = tup.Len(), 1
		}
		return true
	})
	return out
}
