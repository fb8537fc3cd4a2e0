package flow

import (
	"go/ast"
	"go/types"
)

// This file answers the questions for flags.

// flagValue is the value of the flag with that key, at type t.
func (fr *frame) flagValue(a *Ask, key Value, t types.Type, via []string) Value {
	if key == nil {
		return nil
	}
	if s, ok := key.text(); ok {
		if text, ok := fr.e.oracle.Winner(a.Source, s); ok {
			return atType(text, t)
		}
	} else if !key.mentions(kParam) || key.mentions(kFlag) {
		return Unknown
	}
	v := *flagTerm(a, key, via)
	v.typ, v.wide = t, key.wide
	return &v
}

// ask evaluates x as a question, if it is one.
func (fr *frame) ask(x ast.Expr) (Value, bool) {
	a := fr.e.oracle.Ask(fr.f.Pkg, x)
	if a == nil {
		return nil, false
	}
	switch y := x.(type) { // a call's operands are evaluated already
	case *ast.SelectorExpr:
		if fr.info.Selections[y] != nil {
			fr.expr(y.X)
		}
	case *ast.IndexExpr:
		fr.expr(y.X)
		fr.expr(y.Index)
	}
	return fr.asked(x, a, nil)
}

// asked evaluates a question; bound holds the receiver of a method value that
// is called through a variable.
func (fr *frame) asked(x ast.Expr, a *Ask, bound []Value) (Value, bool) {
	if len(a.KeyElems) > 0 {
		return fr.askedMany(x, a)
	}
	key, ok := fr.askedKey(a, bound)
	if !ok {
		return nil, false
	}
	if key != nil && a.Wide {
		key = key.widened(true)
	}
	fr.tr.asked(x, &Asked{Ask: a, Key: key, Wide: key != nil && key.wide, Guards: fr.env.guards})
	if key == nil {
		return nil, true
	}
	if x != fr.idle {
		fr.addAsk(a, key, nil)
	}
	if a.Declare {
		if key.kind == kUnknown {
			return Unknown, true
		}
		return make1(term{kind: kObject, ask: a, args: []Value{key}}), true
	}
	return fr.answer(x, a, key), true
}

// askedMany notes a question for several flags. What it yields is not followed.
func (fr *frame) askedMany(x ast.Expr, a *Ask) (Value, bool) {
	var first *Asked
	for _, e := range a.KeyElems {
		v := fr.quietly(e)
		if a.KeyField != "" {
			v = recorded(v, a.KeyField)
		}
		key, ok := a.key(v)
		switch {
		case !ok:
		case first == nil:
			first = &Asked{Ask: a, Key: key, Guards: fr.env.guards}
		default:
			first.More = append(first.More, &Asked{Ask: a, Key: key, Guards: fr.env.guards})
		}
	}
	if first == nil {
		return nil, false
	}
	fr.tr.asked(x, first)
	return Unknown, true
}

// askedKey returns the key of a question; false where it is none after all.
func (fr *frame) askedKey(a *Ask, bound []Value) (Value, bool) {
	var v Value
	switch {
	case a.Object && len(bound) == 1:
		v = objectKey(bound[0])
	case a.KeyExpr == nil && (a.Key == "" || a.Object):
		return Unknown, true // a bulk read
	case a.KeyExpr == nil:
		v = text(a.Key)
	default:
		v = fr.quietly(a.KeyExpr)
		if a.KeyField != "" {
			v = recorded(v, a.KeyField)
		}
		if a.Object {
			v = objectKey(v)
		}
	}
	if a.Param != nil {
		v = operation("+", operation("+", v, text(".")), fr.quietly(a.Param))
	}
	if a.Object { // its key is the flag's already
		return v, v == nil || v.kind != kUnknown || !a.Loose
	}
	return a.key(v)
}

// objectKey returns the key of a flag object.
func objectKey(v Value) Value {
	switch {
	case v == nil:
		return nil
	case v.kind == kObject:
		return v.args[0]
	}
	return Unknown
}

// quietly evaluates x, which was or will be evaluated in its own place.
func (fr *frame) quietly(x ast.Expr) Value {
	if c := fr.e.constant(fr.info, x); c != nil {
		return c
	}
	return fr.expr(x)
}

// answer returns the results of asking for the flag with that key.
func (fr *frame) answer(x ast.Expr, a *Ask, key Value) Value {
	t := typeOf(fr.info, x)
	_, settled := "", false
	if s, ok := key.text(); ok {
		_, settled = fr.e.oracle.Winner(a.Source, s)
	}
	vals := make([]Value, a.Results)
	for i := range vals {
		rt := t
		if tup, ok := t.(*types.Tuple); ok {
			rt = tup.At(i).Type()
		}
		switch {
		case a.Carrier == CarrierOpaque:
			vals[i] = Unknown
		case i == a.Value:
			vals[i] = fr.valueAt(a, key, rt)
		case i == a.Err:
			vals[i] = operation("err", fr.flagValue(a, key, types.Typ[types.Bool], nil)) // comes with the flag
			if settled || fr.e.mode.NoErrors {
				vals[i] = Nil
			}
		case i == a.Present:
			vals[i] = Unknown
			if settled {
				vals[i] = boolean(true)
			}
		default:
			vals[i] = Unknown
		}
	}
	if len(vals) == 0 {
		return Unknown
	}
	if len(vals) == 1 {
		return vals[0]
	}
	return tuple(vals)
}
