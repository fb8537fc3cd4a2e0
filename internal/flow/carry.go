package flow

// This file follows a flag's value inside of what carries it: a struct with the
// value in a field, a function that returns it, a pointer to it.

import (
	"go/types"
	"slices"
	"strings"
)

// structCarrier begins the op of a struct that holds a flag's value. Behind it
// stand the members that yield the value, each followed by a comma, those that
// yield its negation with a ! in front.
const structCarrier = "carrier:"

// isCarrier reports whether an op only carries the one value that it has.
func isCarrier(op string) bool {
	return strings.HasPrefix(op, structCarrier) || op == string(CarrierGetter) || op == string(CarrierPointer)
}

// isHolder reports whether what an op makes is no value, but holds some.
func isHolder(op string) bool { return isCarrier(op) || strings.HasPrefix(op, recordOp) }

// isHolder reports whether v is no value itself, but holds some.
func (v *term) isHolder() bool { return v != nil && v.kind == kOp && isHolder(v.op) }

// carrying returns the term of v inside a carrier; an unknown value is carried by
// nothing.
func carrying(op string, v Value) Value {
	if v == nil || v.kind == kUnknown {
		return v
	}
	return make1(term{kind: kOp, op: op, args: []Value{v}})
}

// carried returns the value that v, a carrier of that kind, holds.
func carried(v Value, c Carrier) (Value, bool) {
	if v != nil && v.kind == kOp && v.op == string(c) {
		return v.args[0], true
	}
	return nil, false
}

// member returns what a field or getter of v yields, where v is a struct that
// holds a flag's value.
func member(v Value, name string) (Value, bool) {
	if v == nil || v.kind != kOp {
		return nil, false
	}
	members, ok := strings.CutPrefix(v.op, structCarrier)
	if !ok {
		return nil, false
	}
	list := strings.Split(members, ",")
	switch {
	case slices.Contains(list, name):
		return v.args[0], true
	case slices.Contains(list, "!"+name):
		return operation("!", v.args[0]), true
	}
	return nil, false
}

// valueAt returns the flag's value, a result of type t, inside of what carries it.
func (fr *frame) valueAt(a *Ask, key Value, t types.Type) Value {
	switch a.Carrier {
	case CarrierNone, CarrierOpaque:
	case CarrierObject:
		if key == nil || key.kind == kUnknown {
			return key
		}
		return make1(term{kind: kObject, ask: a, args: []Value{key}})
	case CarrierGetter:
		sig, ok := t.Underlying().(*types.Signature)
		if !ok || sig.Results().Len() != 1 {
			return Unknown
		}
		return carrying(string(a.Carrier), fr.flagValue(a, key, sig.Results().At(0).Type(), nil))
	case CarrierPointer:
		p, ok := t.Underlying().(*types.Pointer)
		if !ok {
			return Unknown
		}
		return carrying(string(a.Carrier), fr.flagValue(a, key, p.Elem(), nil))
	}
	if len(a.Fields) == 0 {
		return fr.flagValue(a, key, t, nil)
	}
	mt := memberType(fr.f.Pkg.Types, t, a.Fields)
	if mt == nil {
		return Unknown
	}
	op := structCarrier
	for _, name := range a.Fields {
		op += name + ","
	}
	for _, name := range a.Not {
		op += "!" + name + ","
	}
	return carrying(op, fr.flagValue(a, key, mt, nil))
}

// memberType returns the type of the first of the members that t has, a getter's
// being that of its result; nil where it has none.
func memberType(pkg *types.Package, t types.Type, names []string) types.Type {
	for _, name := range names {
		obj, _, _ := types.LookupFieldOrMethod(t, true, pkg, name)
		switch obj := obj.(type) {
		case *types.Var:
			return obj.Type()
		case *types.Func:
			if r := obj.Signature().Results(); r.Len() == 1 {
				return r.At(0).Type()
			}
		}
	}
	return nil
}
