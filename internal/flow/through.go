package flow

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// This file notes the wrappers through which a flag's value comes.

// throughWrapper records a read of what a wrapper hands on, and puts the
// wrapper's name in front of the way that the value has come.
func (fr *frame) throughWrapper(x ast.Expr, v Value, name string, wide bool) Value {
	if v == nil || !v.mentions(kFlag) {
		return v
	}
	v = prefixVia(v, name, wide)
	if flag := v.derived(); flag != nil {
		fr.tr.asked(x, &Asked{Ask: flag.ask, Key: flag.args[0], Via: flag.via, Wide: flag.wide || v.wide, Guards: fr.env.guards})
	}
	return v
}

func prefixVia(v Value, name string, wide bool) Value {
	if v == nil || !v.mentions(kFlag) {
		return v
	}
	t := *v
	t.wide = t.wide || wide
	if t.kind == kFlag {
		if !slices.Contains(t.via, name) {
			t.via = append([]string{name}, t.via...)
		}
		return &t
	}
	t.args = slices.Clone(t.args)
	for i, a := range t.args {
		t.args[i] = prefixVia(a, name, wide)
	}
	return &t
}

// qualified names an object as people do: "example.com/app/flags.NewCheckout",
// "example.com/app/flags.Client.On".
func qualified(o types.Object) string {
	var b strings.Builder
	if o.Pkg() != nil {
		b.WriteString(o.Pkg().Path() + ".")
	}
	if fn, ok := o.(*types.Func); ok {
		if r := fn.Signature().Recv(); r != nil {
			t := types.Unalias(r.Type())
			if p, ok := t.(*types.Pointer); ok {
				t = types.Unalias(p.Elem())
			}
			if n, ok := t.(*types.Named); ok {
				b.WriteString(n.Obj().Name() + ".")
			}
		}
	}
	return b.String() + o.Name()
}

// handsOn notes a call of a wrapper.
func (fr *frame) handsOn(x ast.Expr, v Value, f *Function) Value {
	return fr.single(f.Sig, fr.through(x, v, fr.e.nameOf(f)))
}

// through notes an expression that yields what a wrapper of that name hands on.
func (fr *frame) through(x ast.Expr, v Value, name string) Value {
	switch {
	case v == nil || !v.mentions(kFlag):
		return v
	case v.kind != kTuple:
		return fr.throughWrapper(x, v, name, false)
	}
	vals := make([]Value, len(v.args))
	for i, a := range v.args {
		vals[i] = fr.throughWrapper(x, a, name, v.wide)
	}
	return tuple(vals)
}
