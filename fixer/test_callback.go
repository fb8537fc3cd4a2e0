package fixer

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file follows what a helper tells the functions that it runs:
//
//	func both(t *testing.T, f func(t *testing.T, on bool)) {
//		for _, on := range []bool{true, false} {
//			features.Set(t, on)
//			f(t, on)
//		}
//	}

// callback is a parameter of a helper that is a function, and only called.
type callback struct {
	pkg    *program.Package
	typ    *ast.FuncType   // of the parameter, in the helper's own declaration
	calls  []*ast.CallExpr // of the function
	bodies []callbackBody  // what stands for it
}

// callbackBody is a function literal that is passed.
type callbackBody struct {
	pkg  *program.Package
	file *ast.File
	lit  *ast.FuncLit
}

// callbacks returns the callbacks of the helpers in the files that change.
func (t *tester) callbacks() []*callback {
	var out []*callback
	for file := range t.touched {
		if !t.files[file].Test || !t.isEditable(file) {
			continue
		}
		for _, d := range file.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil || t.gone[fn] || isTest(fn) {
				continue
			}
			calls, known := t.callsOf(t.pkgs[file], []ast.Node{fn})
			if !known {
				continue
			}
			for _, f := range fn.Type.Params.List {
				if typ, ok := f.Type.(*ast.FuncType); ok && len(f.Names) == 1 {
					if c := t.callbackOf(t.pkgs[file], fn, f, typ, calls); c != nil {
						out = append(out, c)
					}
				}
			}
		}
	}
	return out
}

// callbackOf returns the callback that the parameter f of a helper is; nil where
// it is not only called, or where something else than a literal is passed.
func (t *tester) callbackOf(pkg *program.Package, fn *ast.FuncDecl, f *ast.Field, typ *ast.FuncType, calls []callSite) *callback {
	v, ok := pkg.Info.Defs[f.Names[0]].(*types.Var)
	if !ok || t.isWritten(pkg, t.fileOf(v.Pos()), v) {
		return nil
	}
	c := &callback{pkg: pkg, typ: typ}
	only := true
	t.eachUse(pkg, fn.Body, v, func(x *ast.Ident, stack []ast.Node) {
		call, ok := stack[len(stack)-1].(*ast.CallExpr)
		if only = only && ok && call.Fun == x; only {
			c.calls = append(c.calls, call)
		}
	})
	n := paramNumber(pkg, fn.Type, v)
	for _, site := range calls {
		if t.isGone(pathTo(site.file, site.call)) {
			continue
		}
		if n < 0 || n >= len(site.call.Args) {
			return nil
		}
		lit, ok := ast.Unparen(site.call.Args[n]).(*ast.FuncLit)
		if !ok || !t.isEditable(site.file) {
			return nil
		}
		c.bodies = append(c.bodies, callbackBody{site.pkg, site.file, lit})
	}
	if !only || len(c.calls) == 0 {
		return nil
	}
	return c
}

// assumeCallbacks takes for granted in function literals what the helpers that
// run them take for granted.
func (t *tester) assumeCallbacks() {
	for _, c := range t.callbacks() {
		for i := range c.typ.Params.NumFields() {
			v, flag := t.told(c, i)
			if v == nil {
				continue
			}
			for _, b := range c.bodies {
				if p := b.pkg.Info.TypeOf(b.lit).(*types.Signature).Params().At(i); p.Name() != "" && p.Name() != "_" && !t.isWritten(b.pkg, b.file, p) {
					t.assumed[t.prog.IDOf(p)], t.flags[t.prog.IDOf(p)] = v, flag
				}
			}
		}
	}
}

// told returns what all calls of a callback pass as the i-th argument, where that
// is taken for granted, and the flag that it is taken for granted of.
func (t *tester) told(c *callback, i int) (v, flag flow.Value) {
	for _, call := range c.calls {
		if i >= len(call.Args) {
			return nil, nil
		}
		w := variableOf(c.pkg.Info, call.Args[i])
		if w == nil {
			return nil, nil
		}
		own := t.assumed[t.prog.IDOf(w)]
		if own == nil || v != nil && !flow.Same(own, v) {
			return nil, nil
		}
		v, flag = own, t.flags[t.prog.IDOf(w)]
	}
	return v, flag
}

// dropCallbackArguments drops what helpers tell the functions that they run, where
// none of these reads it any more, and reports whether there was any.
func (t *tester) dropCallbackArguments() bool {
	if len(t.assumed) == 0 {
		return false
	}
	uses := map[*ast.File]*usage{}
	changed := false
	for _, c := range t.callbacks() {
		for i := c.typ.Params.NumFields() - 1; i >= 0; i-- {
			if !t.mayDropTold(uses, c, i) {
				continue
			}
			t.dropMember(c.typ.Params, i)
			for _, call := range c.calls {
				t.gone[call.Args[i]] = true
			}
			for _, b := range c.bodies {
				t.dropMember(b.lit.Type.Params, i)
				t.touched[b.file] = true
			}
			changed = true
		}
	}
	return changed
}

// mayDropTold reports whether all can do without the i-th parameter of a callback:
// one of the functions has lost its last reader, and none reads it.
func (t *tester) mayDropTold(uses map[*ast.File]*usage, c *callback, i int) bool {
	n := memberAt(c.typ.Params, i)
	if t.gone[n] || slices.ContainsFunc(c.calls, func(call *ast.CallExpr) bool {
		return len(call.Args) <= i || call.Ellipsis.IsValid() || t.with.HasEffects(c.pkg, call.Args[i])
	}) {
		return false
	}
	lost := false
	for _, b := range c.bodies {
		p := b.pkg.Info.TypeOf(b.lit).(*types.Signature).Params().At(i)
		u := t.usageOf(uses, b.file)
		id := program.ID(p.Pos())
		if len(u.after[id]) > 0 || memberAt(b.lit.Type.Params, i) == nil {
			return false
		}
		lost = lost || len(u.before[id]) > 0
	}
	return lost
}
