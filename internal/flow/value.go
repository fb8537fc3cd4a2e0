package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// Value is what is known of an expression: an immutable term, compared by Same.
// The nil Value is "nothing yet": code that was not reached.
type Value = *term

type kind uint8

const (
	kUnknown kind = iota
	kConst        // c
	kNil
	kParam  // i: parameter i of the function fn; of the summarised one where that is nil
	kFlag   // the value of flag args[0]; via, ask
	kObject // a flag object whose key is args[0]
	kFunc   // fn: a function, method value or literal
	kOp     // op applied to args
	kTuple  // several results
	kSoft   // c, a text of this build: it may name a flag, and decides nothing
)

type term struct {
	kind  kind
	c     constant.Value
	i     int
	op    string
	args  []Value
	ask   *Ask
	fn    *Function    // a function, or the one whose parameter it is
	outer *Function    // the function around the literal fn, whose arguments args holds
	ext   *types.Func  // instead: a function outside of the packages that asks for flags; args holds its receiver
	typ   types.Type   // of a flag's value
	wide  bool         // it takes the whole program to know that it comes here
	via   []string     // wrappers between the place that asks and the reader, outermost first
	in    *application // the call that an opApply is
	repr  string       // decides equality; typ, wide and via are no part of it
	size  int
}

// maxSize bounds terms; what grows larger is Unknown.
const maxSize = 24

func make1(t term) Value {
	var b strings.Builder
	b.WriteByte("?cnpfobxts"[t.kind])
	switch t.kind {
	case kConst, kSoft:
		b.WriteString(strconv.Itoa(int(t.c.Kind())))
		b.WriteString(t.c.ExactString())
	case kParam:
		b.WriteString(strconv.Itoa(t.i))
		if t.fn != nil {
			b.WriteString("@" + strconv.Itoa(int(t.fn.ID)))
		}
	case kFunc:
		if t.ext != nil {
			b.WriteString(t.ext.FullName())
		} else {
			b.WriteString(strconv.Itoa(int(t.fn.ID)))
		}
		if t.i > 0 {
			b.WriteString("expr")
		}
	case kFlag, kObject:
		b.WriteString(t.ask.Source)
	case kOp:
		if t.i > 0 {
			b.WriteString(strconv.Itoa(t.i))
		}
	}
	b.WriteString(t.op)
	t.size = 1
	if len(t.args) > 0 {
		b.WriteByte('(')
		for _, a := range t.args {
			if a == nil {
				b.WriteString("_")
			} else {
				b.WriteString(a.repr)
				t.size += a.size
			}
			b.WriteByte(',')
		}
		b.WriteByte(')')
	}
	if t.size > maxSize {
		return Unknown
	}
	t.repr = b.String()
	return &t
}

// Unknown is the value of which nothing is known.
var Unknown = &term{kind: kUnknown, repr: "?", size: 1}

// Nil is the nil pointer, interface, map, slice, channel or function.
var Nil = &term{kind: kNil, repr: "n", size: 1}

// Const returns the term of a constant.
func Const(c constant.Value) Value {
	if c == nil || c.Kind() == constant.Unknown {
		return Unknown
	}
	return make1(term{kind: kConst, c: c})
}

// soft returns the term of a constant that may be another one in another build:
// a text is good for a key; all else is Unknown.
func soft(c constant.Value) Value {
	if c == nil || c.Kind() != constant.String {
		return Unknown
	}
	return make1(term{kind: kSoft, c: c})
}

func boolean(b bool) Value { return Const(constant.MakeBool(b)) }

func text(s string) Value { return Const(constant.MakeString(s)) }

func param(f *Function, i int) Value { return make1(term{kind: kParam, fn: f, i: i}) }

func tuple(vs []Value) Value {
	t := &term{kind: kTuple, args: vs, size: 1}
	for _, v := range vs {
		t.repr += "," + v.String()
	}
	return t
}

// String returns a form for debugging.
func (v *term) String() string {
	if v == nil {
		return "_"
	}
	return v.repr
}

// Same reports whether two values are equal.
func Same(a, b Value) bool { return a == b || a != nil && b != nil && a.repr == b.repr }

// Constant returns the constant that v is, or nil.
func (v *term) Constant() constant.Value {
	if v == nil || v.kind != kConst {
		return nil
	}
	return v.c
}

// IsNil reports whether v is known to be nil.
func (v *term) IsNil() bool { return v != nil && v.kind == kNil }

// IsKnown reports whether v is a constant or nil.
func (v *term) IsKnown() bool { return v != nil && (v.kind == kConst || v.kind == kNil) }

// text returns the string constant that v is, in this build at least.
func (v *term) text() (string, bool) {
	if v != nil && (v.kind == kConst || v.kind == kSoft) && v.c.Kind() == constant.String {
		return constant.StringVal(v.c), true
	}
	return "", false
}

// truth returns the boolean that v is.
func (v *term) truth() (value, ok bool) {
	if c := v.Constant(); c != nil && c.Kind() == constant.Bool {
		return constant.BoolVal(c), true
	}
	return false, false
}

// join returns what holds of a value that is a or b.
func join(a, b Value) Value {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	case Same(a, b):
		return a.widened(b.wide)
	case a.kind == kTuple && b.kind == kTuple && len(a.args) == len(b.args):
		out := make([]Value, len(a.args))
		for i := range out {
			out[i] = join(a.args[i], b.args[i])
		}
		return tuple(out)
	}
	return Unknown
}

// at returns the i-th of several results.
func at(v Value, i int) Value {
	switch {
	case v == nil:
		return nil
	case v.kind == kTuple && i < len(v.args):
		return v.args[i]
	case i == 0 && v.kind != kTuple:
		return v
	}
	return Unknown
}

// mentions reports whether v contains a term of kind k.
func (v *term) mentions(k kind) bool {
	if v == nil {
		return false
	}
	if v.kind == k {
		return true
	}
	for _, a := range v.args {
		if a.mentions(k) {
			return true
		}
	}
	return false
}

// flags calls f for each flag that v is made of.
func (v *term) flags(f func(Value)) {
	if v == nil {
		return
	}
	if v.kind == kFlag {
		f(v)
	}
	for _, a := range v.args {
		a.flags(f)
	}
}

// derived returns the one flag that v is computed from, with constants alone
// besides, or nil.
func (v *term) derived() Value {
	var flag Value
	ok := true
	var walk func(Value)
	walk = func(t Value) {
		switch {
		case t == nil || t.kind == kUnknown || t.kind == kParam || t.kind == kFunc || t.kind == kObject:
			ok = false
		case t.kind == kFlag:
			if flag != nil && !Same(flag, t) {
				ok = false
			}
			flag = t
		default:
			for _, a := range t.args {
				walk(a)
			}
		}
	}
	walk(v)
	if !ok {
		return nil
	}
	return flag
}

// operation returns op applied to args: folded where they are known, a term
// where they are made of flags and parameters, else Unknown.
func operation(op string, args ...Value) Value {
	symbolic, isSoft := false, false
	for _, a := range args {
		if a == nil {
			return nil
		}
		if a.kind == kUnknown || a.kind == kFunc || a.kind == kTuple || a.kind == kSoft && op != "+" || a.isHolder() && !isHolder(op) {
			return Unknown
		}
		isSoft = isSoft || a.kind == kSoft
		symbolic = symbolic || !a.IsKnown() && a.kind != kSoft
	}
	if isSoft && !symbolic {
		return softSum(args)
	}
	if isHolder(op) {
		return make1(term{kind: kOp, op: op, args: args})
	}
	if !symbolic {
		return fold(op, args).widened(isWide(args))
	}
	if v := simplify(op, args); v != nil {
		return v
	}
	return make1(term{kind: kOp, op: op, args: args}).widened(isWide(args))
}

// isWide reports whether it takes the whole program to know one of the values.
func isWide(vs []Value) bool {
	return slices.ContainsFunc(vs, func(v Value) bool { return v != nil && v.wide })
}

// widened returns v as a value that it takes the whole program to know, if wide.
func (v *term) widened(wide bool) Value {
	if v == nil || !wide || v.wide || v.kind == kUnknown {
		return v
	}
	t := *v
	t.wide = true
	if v.kind == kTuple {
		t.args = slices.Clone(v.args)
		for i, a := range v.args {
			t.args[i] = a.widened(true)
		}
	}
	return &t
}

// softSum returns the concatenation of texts of which one is soft.
func softSum(args []Value) Value {
	sum := ""
	for _, a := range args {
		s, ok := a.text()
		if !ok {
			return Unknown
		}
		sum += s
	}
	return soft(constant.MakeString(sum))
}

// simplify applies the laws that need one side only.
func simplify(op string, args []Value) Value {
	if op == "!" && args[0].kind == kOp && args[0].op == "!" {
		return args[0].args[0]
	}
	if len(args) != 2 {
		return nil
	}
	for i, a := range args {
		b, ok := a.truth()
		if !ok {
			continue
		}
		other := args[1-i]
		switch {
		case op == "&&" && b, op == "||" && !b, op == "==" && b, op == "!=" && !b:
			return other
		case op == "&&", op == "||":
			return a
		case op == "==", op == "!=":
			return operation("!", other)
		}
	}
	return nil
}

// fold computes op over known values; what go/constant refuses is Unknown.
func fold(op string, args []Value) Value {
	if f, ok := intrinsics[op]; ok {
		return f(args)
	}
	var cs []constant.Value
	for _, a := range args {
		if a.kind == kNil {
			return foldNil(op, args)
		}
		cs = append(cs, a.c)
	}
	tok, ok := operators[op]
	switch {
	case !ok:
		return Unknown
	case len(cs) == 1:
		if tok == token.NOT && cs[0].Kind() == constant.Bool || tok == token.SUB || tok == token.ADD {
			return Const(constant.UnaryOp(tok, cs[0], 0))
		}
		return Unknown
	case cs[0].Kind() != cs[1].Kind():
		return Unknown
	}
	switch tok {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		if cs[0].Kind() == constant.Bool && tok != token.EQL && tok != token.NEQ {
			return Unknown
		}
		return boolean(constant.Compare(cs[0], tok, cs[1]))
	case token.LAND, token.LOR:
		if cs[0].Kind() == constant.Bool {
			return Const(constant.BinaryOp(cs[0], tok, cs[1]))
		}
	case token.ADD:
		if cs[0].Kind() == constant.String {
			return Const(constant.BinaryOp(cs[0], tok, cs[1]))
		}
	}
	return Unknown // numbers overflow and divide by their type's rules
}

func foldNil(op string, args []Value) Value {
	if len(args) == 2 && (op == "==" || op == "!=") && args[0].kind == kNil && args[1].kind == kNil {
		return boolean(op == "==")
	}
	return Unknown
}

var operators = map[string]token.Token{
	"!": token.NOT, "-": token.SUB, "+": token.ADD, "==": token.EQL, "!=": token.NEQ, "<": token.LSS, "<=": token.LEQ,
	">": token.GTR, ">=": token.GEQ, "&&": token.LAND, "||": token.LOR,
}
