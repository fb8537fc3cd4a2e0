package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file finds the calls that fill structs, also through helpers:
//
//	func Load[T any](prefix string) (T, error) { return env.ParseAsWithOptions[T](env.Options{Prefix: prefix}) }

// filling is what a call fills, where it stands, in terms of the function around it.
type filling struct {
	row    *row
	target types.Type // the struct, or a pointer to it; nil where one of these says it:
	arg    int        // the parameter that points to it, or -1
	tparam int        // the type parameter that it is, or -1
	prefix string     // what stands before all keys
	known  bool       // else nothing is known of it, or:
	from   int        // the parameter that is the prefix, or -1
}

// fillFinder finds what is filled.
type fillFinder struct {
	*fields
	o       *Oracle
	helpers map[program.ID][]filling // functions that fill what they are told to
	names   map[string]bool          // of the helpers
}

// findFilled returns what the calls of a program fill; imported is what is known of
// fields of other packages.
func (o *Oracle) findFilled(prog *program.Program, imported func(*types.Var) []filled) *fields {
	f := &fillFinder{fields: &fields{prog: prog, of: map[fieldID][]filled{}, imported: imported, homes: map[string]bool{}}, o: o}
	f.each(func(pkg *program.Package, decl *ast.FuncDecl, call *ast.CallExpr) {
		if r := o.fillRow(pkg, call); r != nil {
			f.found(pkg, decl, r.filling(pkg, decl, call))
		}
	})
	for range maxHelpers {
		helpers, names := f.helpers, f.names
		if len(helpers) == 0 {
			break
		}
		f.helpers, f.names = nil, nil
		f.each(func(pkg *program.Package, decl *ast.FuncDecl, call *ast.CallExpr) {
			if !names[calleeName(call)] {
				return
			}
			if fn := callee(pkg.Info, call); fn != nil {
				for _, in := range helpers[prog.IDOf(fn)] {
					f.found(pkg, decl, in.at(pkg, decl, call))
				}
			}
		})
	}
	return f.fields
}

// each calls do for all calls of the program's code, tests aside, with the function in
// whose declaration they stand, or nil.
func (f *fillFinder) each(do func(*program.Package, *ast.FuncDecl, *ast.CallExpr)) {
	seen := map[token.Pos]bool{}
	for _, pkg := range f.prog.Packages {
		for _, file := range pkg.Files {
			if file.Test || seen[file.Syntax.FileStart] {
				continue
			}
			seen[file.Syntax.FileStart] = true
			for _, d := range file.Syntax.Decls {
				decl, _ := d.(*ast.FuncDecl)
				ast.Inspect(d, func(n ast.Node) bool {
					if call, ok := n.(*ast.CallExpr); ok {
						do(pkg, decl, call)
					}
					return true
				})
			}
		}
	}
}

// filling returns what a call fills that a row matches.
func (r *row) filling(pkg *program.Package, decl *ast.FuncDecl, call *ast.CallExpr) filling {
	out := filling{row: r, arg: -1, tparam: -1, known: true, from: -1}
	args := call.Args
	if isMethodExpr(pkg.Info, call) && len(args) > 0 {
		args = args[1:]
	}
	if r.fill.Into == config.IntoResult {
		t := pkg.Info.TypeOf(call)
		if tup, ok := t.(*types.Tuple); ok && tup.Len() > 0 {
			t = tup.At(0).Type()
		}
		out.into(pkg, decl, nil, t)
	} else if r.fill.Into < len(args) {
		out.into(pkg, decl, args[r.fill.Into], pkg.Info.TypeOf(args[r.fill.Into]))
	}
	if op := r.fill.Prefix; op.Set && op.Arg < len(args) {
		x := args[op.Arg]
		if op.Field != "" {
			lit, isLit := literal(x)
			if x = fieldOf(x, op.Field); x == nil {
				out.known = isLit && lit != nil
				return out
			}
		}
		out.before(pkg, decl, x)
	}
	return out
}

// at returns what a call of a helper fills, which fills what in says.
func (in filling) at(pkg *program.Package, decl *ast.FuncDecl, call *ast.CallExpr) filling {
	out := filling{row: in.row, target: in.target, arg: -1, tparam: -1, prefix: in.prefix, known: in.known, from: -1}
	switch {
	case in.arg >= 0 && in.arg < len(call.Args):
		out.into(pkg, decl, call.Args[in.arg], pkg.Info.TypeOf(call.Args[in.arg]))
	case in.tparam >= 0:
		if id := calleeIdent(call); id != nil {
			if list := pkg.Info.Instances[id].TypeArgs; in.tparam < list.Len() {
				out.into(pkg, decl, nil, list.At(in.tparam))
			}
		}
	}
	if in.from >= 0 && in.from < len(call.Args) {
		out.before(pkg, decl, call.Args[in.from])
	}
	return out
}

// calleeIdent returns the identifier that a call calls by, or nil.
func calleeIdent(call *ast.CallExpr) *ast.Ident {
	fun := ast.Unparen(call.Fun)
	switch x := fun.(type) {
	case *ast.IndexExpr:
		fun = x.X
	case *ast.IndexListExpr:
		fun = x.X
	}
	switch fun := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return fun
	case *ast.SelectorExpr:
		return fun.Sel
	}
	return nil
}

// into notes what is filled: x, which may be nil, of type t.
func (in *filling) into(pkg *program.Package, decl *ast.FuncDecl, x ast.Expr, t types.Type) {
	if t == nil {
		return
	}
	elem := t
	if p, ok := t.Underlying().(*types.Pointer); ok {
		elem = p.Elem()
	}
	if tp, ok := types.Unalias(elem).(*types.TypeParam); ok {
		in.tparam = tp.Index()
		return
	}
	if structOf(t) != nil {
		in.target = t
		return
	}
	in.arg = parameterOf(pkg.Info, decl, x)
}

// before notes what stands before all keys.
func (in *filling) before(pkg *program.Package, decl *ast.FuncDecl, x ast.Expr) {
	if in.prefix, in.known = constantText(pkg.Info, x); !in.known {
		in.from = parameterOf(pkg.Info, decl, x)
	}
}

// parameterOf returns the number of the parameter that x is, the receiver left out;
// -1 where it is none, or is written to.
func parameterOf(info *types.Info, decl *ast.FuncDecl, x ast.Expr) int {
	id, ok := x.(*ast.Ident)
	if !ok || decl == nil || decl.Body == nil {
		return -1
	}
	v, ok := info.Uses[id].(*types.Var)
	fn, isFunc := info.Defs[decl.Name].(*types.Func)
	if !ok || !isFunc || isWritten(info, decl.Body, v) {
		return -1
	}
	params := fn.Signature().Params()
	for i := range params.Len() {
		if params.At(i) == v && !(fn.Signature().Variadic() && i == params.Len()-1) {
			return i
		}
	}
	return -1
}

// found notes what a call fills, or that the function around it does so for its
// callers.
func (f *fillFinder) found(pkg *program.Package, decl *ast.FuncDecl, in filling) {
	if in.target != nil && in.from < 0 {
		f.fill(pkg, in)
		return
	}
	if decl == nil || in.target == nil && in.arg < 0 && in.tparam < 0 {
		return
	}
	if id := f.prog.IDOf(pkg.Info.Defs[decl.Name]); id != 0 {
		if f.helpers == nil {
			f.helpers, f.names = map[program.ID][]filling{}, map[string]bool{}
		}
		f.helpers[id] = append(f.helpers[id], in)
		f.names[decl.Name.Name] = true
	}
}
