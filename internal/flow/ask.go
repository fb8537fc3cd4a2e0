package flow

import (
	"go/ast"
	"go/constant"
	"go/types"
	"math"
	"strconv"

	"github.com/flagdebt/flagdebt/internal/program"
)

// Oracle says which expressions ask for a flag. It looks at syntax and types
// alone.
type Oracle interface {
	// Ask returns how e asks for a flag, or nil.
	Ask(pkg *program.Package, e ast.Expr) *Ask
	// AskThrough returns how a call asks that calls fn through a variable.
	AskThrough(pkg *program.Package, call *ast.CallExpr, fn *types.Func) *Ask
	// Asks reports whether calls of fn may ask for a flag.
	Asks(fn *types.Func) bool
	// KeepsKey reports whether some question keeps its key in a struct's field of
	// that name.
	KeepsKey(field string) bool
	// Pure reports whether calls of fn have no effect.
	Pure(fn *types.Func) bool
	// Winner returns what the flag is at, where it is one of the given ones.
	Winner(source, key string) (text string, ok bool)
}

// Ask is how an expression asks for a flag.
type Ask struct {
	Source   string // the flag system
	Ref      any    // the oracle's own, handed back in traces
	Key      string // the key, where there is no KeyExpr
	KeyExpr  ast.Expr
	KeyField string     // of the struct that KeyExpr is, or points to: the field that counts
	KeyElems []ast.Expr // instead: expressions that hold one key each; the answers are not followed
	Param    ast.Expr   // the parameter, of a flag that has several
	Object   bool       // KeyExpr is a flag object, whose key counts
	Declare  bool       // the expression does not yield a value but makes a flag object
	Wide     bool       // only who sees the whole program knows the key

	// Rename maps the key as written to the flag's key; false says that it is
	// no flag. It may be nil. Loose says that a key which is not known may
	// well be no flag.
	Rename func(string) (string, bool)
	Loose  bool

	Results int      // number of results; 1 for what is not a call
	Value   int      // index of the result that holds the value
	Fields  []string // the fields and getters of that result that yield it; none is the result itself
	Not     []string // likewise, those that yield its negation
	Carrier Carrier  // how that result holds the value, where it is not the value
	Err     int      // index of the error; -1 is none
	Present int      // index of the "is set" result; -1 is none
}

// Carrier is a way in which a result holds a flag's value.
type Carrier string

// The carriers.
const (
	CarrierNone    Carrier = ""
	CarrierOpaque  Carrier = "opaque"  // it holds more than the value, and is not followed
	CarrierGetter  Carrier = "getter"  // a function whose calls yield the value
	CarrierPointer Carrier = "pointer" // a pointer to the value
	CarrierObject  Carrier = "object"  // a flag object, of whose parameters code asks
)

// key returns the flag key that a key term names; ok is false where the
// expression turns out to ask for no flag. A nil or unknown key is kept so.
func (a *Ask) key(v Value) (Value, bool) {
	if v == nil {
		return nil, true
	}
	s, known := v.text()
	if !known {
		return v, !a.Loose || v.kind == kParam || v.kind == kOp
	}
	if a.Rename != nil {
		var ok bool
		if s, ok = a.Rename(s); !ok {
			return nil, false
		}
	}
	return Const(constant.MakeString(s)), true
}

// flagTerm returns the value of asking for the flag with that key, which is
// resolved already where it is constant.
func flagTerm(a *Ask, key Value, via []string) Value {
	t := make1(term{kind: kFlag, ask: a, args: []Value{key}})
	if t.kind == kFlag {
		t.via = via
	}
	return t
}

// atType returns a flag's text as a constant of type t.
func atType(text string, t types.Type) Value {
	b, ok := t.Underlying().(*types.Basic)
	if !ok {
		if types.IsInterface(t) {
			return guess(text)
		}
		return Unknown
	}
	switch info := b.Info(); {
	case info&types.IsBoolean != 0:
		if text == "true" || text == "false" {
			return boolean(text == "true")
		}
	case info&types.IsString != 0:
		return Const(constant.MakeString(text))
	case info&types.IsInteger != 0:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return Const(constant.MakeInt64(n)) // "010" is ten
		}
	case info&types.IsFloat != 0:
		if f, err := strconv.ParseFloat(text, 64); err == nil && (f != 0 || !math.Signbit(f)) { // no constant is -0
			return Const(constant.ToFloat(constant.MakeFloat64(f)))
		}
	}
	return Unknown
}

// guess reads a value that code gets as an interface: a boolean or a string.
func guess(text string) Value {
	if text == "true" || text == "false" {
		return boolean(text == "true")
	}
	return Const(constant.MakeString(text))
}
