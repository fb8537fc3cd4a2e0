package flow

import (
	"go/constant"
	"go/types"
)

// This file converts values between types, and knows those that a variable begins with.

// zero returns the zero value of t. Only interfaces have a nil that we follow:
// a nil pointer in an interface is not nil.
func zero(t types.Type) Value {
	if types.IsInterface(t) {
		if _, isParam := types.Unalias(t).(*types.TypeParam); isParam {
			return Unknown
		}
		return Nil
	}
	if isReference(t) {
		return Nil
	}
	b, ok := t.Underlying().(*types.Basic)
	if !ok {
		return Unknown
	}
	switch info := b.Info(); {
	case info&types.IsBoolean != 0:
		return boolean(false)
	case info&types.IsString != 0:
		return Const(constant.MakeString(""))
	case info&types.IsInteger != 0:
		return Const(constant.MakeInt64(0))
	}
	return Unknown
}

// isReference reports whether t is a pointer or a function.
func isReference(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Signature:
		return !isTypeParam(t)
	}
	return false
}

// convert returns v, which has type from, as it is assigned to type to. An
// interface holds no constants but those of the types that they have by
// default, so that a constant in an interface tells its dynamic type.
func convert(v Value, from, to types.Type) Value {
	if v == nil || to == nil || isTypeParam(to) {
		return v
	}
	if types.IsInterface(to) {
		switch {
		case v.kind == kTuple, v.kind == kNil && from != nil && isReference(from): // an interface that holds nil is none
			return Unknown
		case v.kind == kConst && (isTypeParam(from) || !types.IsInterface(from) && !isDefault(v.c, from)):
			return Unknown
		}
		return v
	}
	switch v.kind {
	case kNil:
		if isReference(to) {
			return v
		}
		return Unknown
	case kConst:
		return convertConst(v, to)
	}
	return v
}

// conversion returns v, which has type from, after an explicit conversion to
// type to.
func conversion(v Value, from, to types.Type) Value {
	if isTypeParam(to) && !types.Identical(from, to) {
		return Unknown
	}
	return convert(v, from, to)
}

func isTypeParam(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.TypeParam)
	return ok
}

// isDefault reports whether t is the type that the constant c has by default.
func isDefault(c constant.Value, t types.Type) bool {
	b, ok := types.Unalias(t).(*types.Basic)
	if !ok {
		return false
	}
	switch c.Kind() {
	case constant.Bool:
		return b.Kind() == types.Bool || b.Kind() == types.UntypedBool
	case constant.String:
		return b.Kind() == types.String || b.Kind() == types.UntypedString
	case constant.Int:
		return b.Kind() == types.Int || b.Kind() == types.UntypedInt
	case constant.Float:
		return b.Kind() == types.Float64 || b.Kind() == types.UntypedFloat
	}
	return false
}

// mayBeOf reports whether c is of the kind that t has, where t is not one of many
// kinds.
func mayBeOf(c constant.Value, t types.Type) bool {
	if t == nil || isTypeParam(t) {
		return true
	}
	b, ok := t.Underlying().(*types.Basic)
	if !ok {
		return true
	}
	switch c.Kind() {
	case constant.Bool:
		return b.Info()&types.IsBoolean != 0
	case constant.String:
		return b.Info()&types.IsString != 0
	}
	return b.Info()&types.IsNumeric != 0
}

func convertConst(v Value, t types.Type) Value {
	b, ok := t.Underlying().(*types.Basic)
	if !ok {
		return Unknown
	}
	info := b.Info()
	switch v.c.Kind() {
	case constant.Bool:
		ok = info&types.IsBoolean != 0
	case constant.String:
		ok = info&types.IsString != 0
	case constant.Int:
		n, exact := constant.Int64Val(v.c)
		ok = info&types.IsInteger != 0 && exact && fits(n, b.Kind())
	case constant.Float:
		ok = b.Kind() == types.Float64 || b.Kind() == types.UntypedFloat
	default:
		ok = false
	}
	if !ok {
		return Unknown
	}
	return v
}

// fits reports whether n is a value of every integer of that kind, on every platform.
func fits(n int64, k types.BasicKind) bool {
	switch k {
	case types.Int8:
		return int64(int8(n)) == n
	case types.Int16:
		return int64(int16(n)) == n
	case types.Int32, types.Int:
		return int64(int32(n)) == n
	case types.Uint8:
		return int64(uint8(n)) == n
	case types.Uint16:
		return int64(uint16(n)) == n
	case types.Uint32, types.Uint, types.Uintptr:
		return int64(uint32(n)) == n
	case types.Uint64:
		return n >= 0
	}
	return true
}
