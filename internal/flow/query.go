package flow

import "go/types"

// Text returns the string constant that v is.
func Text(v Value) (string, bool) { return v.text() }

// ForwardedKey reports whether v, a key, is made of a parameter.
func ForwardedKey(v Value) bool { return v.mentions(kParam) }

// FunctionOf returns the function that declares obj, or nil where its source is
// not among the packages.
func (e *Engine) FunctionOf(obj *types.Func) *Function { return e.byID[e.prog.IDOf(obj)] }
