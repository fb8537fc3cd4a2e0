package flow

import (
	"go/ast"
	"go/types"

	"github.com/flagdebt/flagdebt/internal/program"
)

// Text returns the string constant that v is.
func Text(v Value) (string, bool) { return v.text() }

// ForwardedKey reports whether v, a key, is made of a parameter.
func ForwardedKey(v Value) bool { return v.mentions(kParam) }

// ForwardedBy returns the function whose parameter v, a key, is and nothing else; nil
// where it is none.
func ForwardedBy(v Value) *Function {
	if v == nil || v.kind != kParam {
		return nil
	}
	return v.fn
}

// FunctionOf returns the function that declares obj, or nil where its source is
// not among the packages.
func (e *Engine) FunctionOf(obj *types.Func) *Function { return e.byID[e.prog.IDOf(obj)] }

// Answer returns the flag's value among the results of asking for it.
func Answer(v Value, a *Ask) Value {
	v = at(v, a.Value)
	if v != nil && v.kind == kOp && isCarrier(v.op) {
		return v.args[0]
	}
	return v
}

// IsOfFlag reports whether v, of a run with the flags unknown, is computed from
// a flag and from constants alone.
func IsOfFlag(v Value) bool { return v.derived() != nil }

// Truth returns the boolean that v is.
func Truth(v Value) (value, ok bool) { return v.truth() }

// Result returns the i-th result of x, a call with several results.
func (e *Engine) Result(pkg *program.Package, x ast.Expr, i int) Value { return at(e.Value(pkg, x), i) }

// Returned returns what is known of the one result of a function; Unknown where it has
// none, or several.
func (e *Engine) Returned(f *Function) Value {
	v := e.Results(f)
	if v == nil || f.Sig.Results().Len() != 1 {
		return Unknown
	}
	return at(v, 0)
}

// Satisfies reports whether an interface of the packages, or of what they
// import, has a method of that name.
func (e *Engine) Satisfies(method string) bool { return e.satisfies(method) }

// SatisfiesOutside reports whether a method may be called through an interface that
// the packages do not declare.
func (e *Engine) SatisfiesOutside(fn *types.Func) bool {
	return e.outsideMethods[fn.Name()] || e.mayBeCalledOutside(fn)
}

// CallsSeen reports whether every call of f is seen.
func (e *Engine) CallsSeen(f *Function) bool { return e.isClosed(f) || f.helper }

// Passed returns what all callers pass for a parameter, the receiver aside.
func (e *Engine) Passed(f *Function, i int) Value {
	if f.Sig.Recv() != nil {
		i++
	}
	if c := e.cells[cellKey{f.ID, i + 1}]; c != nil {
		return c.val
	}
	return nil
}

// IsValue reports whether f is used as a value somewhere.
func (e *Engine) IsValue(f *Function) bool { return e.escaped[f.ID] }

// HandsOn reports whether a summary holds a flag's value.
func HandsOn(v Value) bool { return v.mentions(kFlag) }

// IsWayOfAsking reports whether v is a function outside of the packages that asks.
func IsWayOfAsking(v Value) bool { return v != nil && v.kind == kFunc && v.ext != nil }

// TextValue returns the constant text s; Unknown where it is empty.
func TextValue(s string) Value {
	if s == "" {
		return Unknown
	}
	return text(s)
}

// ObjectKey returns the key of the flag object that v is. Keys, and parameters
// for which an object may come, stand for themselves.
func ObjectKey(v Value) Value {
	if v == nil || v.kind == kParam || v.kind == kConst {
		return v
	}
	return objectKey(v)
}

// FlagValue returns the value of a flag of which nothing is known but its key.
func FlagValue(source, key string) Value {
	return flagTerm(&Ask{Source: source}, text(key), nil)
}

// ParamIndex returns the number of the parameter that v is, the receiver being
// number 0 where there is one.
func ParamIndex(v Value) (int, bool) {
	if v == nil || v.kind != kParam {
		return 0, false
	}
	return v.i, true
}

// Arg returns the expression that a call of f passes as parameter i, or nil.
func Arg(f *Function, call *ast.CallExpr, i int) ast.Expr {
	if f.Sig.Recv() != nil {
		if i == 0 {
			if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
				return sel.X
			}
			return nil
		}
		i--
	}
	if f.Sig.Variadic() && i >= f.Sig.Params().Len()-1 || i >= len(call.Args) || len(call.Args) != f.Sig.Params().Len() {
		return nil
	}
	return call.Args[i]
}

// Args returns what a call passes to the parameters of f, the receiver first.
func (e *Engine) Args(pkg *program.Package, call *ast.CallExpr, f *Function) []Value {
	out := make([]Value, len(f.params))
	for i := range out {
		out[i] = Unknown
		if x := Arg(f, call, i); x != nil {
			if v := e.Value(pkg, x); v != nil {
				out[i] = v
			}
		}
	}
	return out
}

// Substitute returns v, a term over parameters, for these arguments. It asks for
// no flags.
func Substitute(v Value, args []Value) Value {
	if i, ok := ParamIndex(v); ok {
		if i < len(args) {
			return args[i]
		}
		return Unknown
	}
	if v == nil || !v.mentions(kParam) {
		return v
	}
	if v.kind != kOp {
		return Unknown
	}
	sub := make([]Value, len(v.args))
	for i, a := range v.args {
		if sub[i] = Substitute(a, args); sub[i] == nil {
			return Unknown
		}
	}
	return at(operation(v.op, sub...), 0)
}

// Qualified returns the full name of a function.
func Qualified(f *Function) string {
	if f.Obj == nil {
		return ""
	}
	return qualified(f.Obj)
}

// AtType returns a flag's text as a constant of type t; Unknown where it is none.
func AtType(text string, t types.Type) Value { return atType(text, t) }

// Zero returns the zero value of t, where it is a constant or an interface's nil.
func Zero(t types.Type) Value {
	if _, ok := t.Underlying().(*types.Pointer); ok {
		return Nil
	}
	return zero(t)
}

// Boolean returns the constant b.
func Boolean(b bool) Value { return boolean(b) }

// Operation returns op applied to known values; nil where one of them is nil.
func Operation(op string, args ...Value) Value { return operation(op, args...) }

// Answers returns what a method value of a flag object yields whenever it is
// called, in a run where that flag has a winner.
func (e *Engine) Answers(pkg *program.Package, x ast.Expr) (Value, bool) {
	v := e.Value(pkg, x)
	if v == nil || v.kind != kFunc || v.ext == nil || len(v.args) != 1 {
		return nil, false
	}
	sig, key := v.ext.Signature(), objectKey(v.args[0])
	if sig.Params().Len() > 0 || sig.Results().Len() != 1 || key == nil {
		return nil, false
	}
	a := e.oracle.AskThrough(pkg, &ast.CallExpr{Fun: x}, v.ext)
	s, ok := key.text()
	if a == nil || !a.Object || !ok {
		return nil, false
	}
	text, ok := e.oracle.Winner(a.Source, s)
	if !ok {
		return nil, false
	}
	out := atType(text, sig.Results().At(0).Type())
	return out, out.IsKnown()
}

// AskedBy returns the one flag that v is computed from, with constants alone
// besides, and what the oracle said of the place that asks.
func AskedBy(v Value) (ref any, source, key string, ok bool) {
	f := v.derived()
	if f == nil {
		return nil, "", "", false
	}
	key, ok = f.args[0].text()
	return f.ask.Ref, f.ask.Source, key, ok
}

// Parameter returns what all callers but the tests pass as parameter i of f; nil
// where they are not known.
func (e *Engine) Parameter(f *Function, i int) Value {
	if c := e.cells[cellKey{f.ID, i + 1}]; c != nil {
		return c.val
	}
	return nil
}

// Params returns the number of f's parameters, the receiver among them.
func (f *Function) Params() int { return len(f.params) }
