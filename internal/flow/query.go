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

// FunctionOf returns the function that declares obj, or nil where its source is
// not among the packages.
func (e *Engine) FunctionOf(obj *types.Func) *Function { return e.byID[e.prog.IDOf(obj)] }

// Answer returns the flag's value among the results of asking for it.
func Answer(v Value, a *Ask) Value {
	v = at(v, a.Value)
	if v != nil && v.kind == kOp && v.op == "struct:"+a.Field {
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

// Satisfies reports whether an interface of the packages, or of what they
// import, has a method of that name.
func (e *Engine) Satisfies(method string) bool { return e.satisfies(method) }

// HandsOn reports whether a summary holds a flag's value.
func HandsOn(v Value) bool { return v.mentions(kFlag) }
