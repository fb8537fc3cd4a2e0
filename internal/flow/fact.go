package flow

import (
	"encoding/json"
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
)

// wire is the form of a term in a fact.
type wire struct {
	Kind kind            `json:"k"`
	C    string          `json:"c,omitempty"` // a constant, exactly
	CK   constant.Kind   `json:"ck,omitempty"`
	I    int             `json:"i,omitempty"`
	Op   string          `json:"op,omitempty"`
	Args []*wire         `json:"a,omitempty"`
	Ask  int             `json:"ask,omitempty"`
	Type types.BasicKind `json:"t,omitempty"`
	Via  []string        `json:"via,omitempty"`
}

// Encode writes a summary as a fact, or returns nil for one that tells nothing
// of flags. ref numbers the oracle's questions, by Ask.Ref.
func Encode(v Value, ref func(any) int) ([]byte, error) {
	if v == nil || !v.mentions(kFlag) && !v.mentions(kObject) {
		return nil, nil
	}
	data, err := json.Marshal(toWire(v, ref))
	if err != nil {
		return nil, fmt.Errorf("encoding a summary: %w", err)
	}
	return data, nil
}

// Decode reads what Encode wrote; ask makes the question that has a number.
func Decode(data []byte, ask func(int) *Ask) (Value, error) {
	var w wire
	if err := json.Unmarshal(data, &w); err != nil {
		return nil, fmt.Errorf("decoding a summary: %w", err)
	}
	return fromWire(&w, ask)
}

func toWire(v Value, ref func(any) int) *wire {
	if v == nil || v.kind == kFunc || v.in != nil || v.wide { // whoever imports it sees a function value
		return &wire{Kind: kUnknown}
	}
	w := &wire{Kind: v.kind, I: v.i, Op: v.op, Via: v.via}
	if v.c != nil {
		w.C, w.CK = v.c.ExactString(), v.c.Kind()
	}
	if v.ask != nil {
		w.Ask = ref(v.ask.Ref)
	}
	if v.typ != nil {
		if b, ok := v.typ.Underlying().(*types.Basic); ok {
			w.Type = b.Kind()
		}
	}
	for _, a := range v.args {
		w.Args = append(w.Args, toWire(a, ref))
	}
	return w
}

func fromWire(w *wire, ask func(int) *Ask) (Value, error) {
	var args []Value
	for _, a := range w.Args {
		v, err := fromWire(a, ask)
		if err != nil {
			return nil, err
		}
		args = append(args, v)
	}
	switch w.Kind {
	case kUnknown:
		return Unknown, nil
	case kNil:
		return Nil, nil
	case kParam:
		return param(nil, w.I), nil
	case kTuple:
		return tuple(args), nil
	case kOp:
		if w.Op == opSummary && len(args) == 2 {
			return summary(args[0], args[1]), nil
		}
		return make1(term{kind: kOp, op: w.Op, args: args}), nil
	case kConst:
		return constOf(w), nil
	case kSoft:
		return soft(constOf(w).Constant()), nil
	case kFlag, kObject:
		a := ask(w.Ask)
		if a == nil || len(args) != 1 {
			return nil, fmt.Errorf("decoding a summary: question %d is unknown", w.Ask)
		}
		t := *make1(term{kind: w.Kind, ask: a, args: args})
		t.via, t.typ = w.Via, types.Typ[w.Type]
		return &t, nil
	}
	return nil, fmt.Errorf("decoding a summary: term of kind %d is unknown", w.Kind)
}

func constOf(w *wire) Value {
	switch w.CK {
	case constant.Bool:
		return boolean(w.C == "true")
	case constant.String:
		return Const(constant.MakeFromLiteral(w.C, token.STRING, 0))
	case constant.Int:
		return Const(constant.MakeFromLiteral(w.C, token.INT, 0))
	}
	return Unknown
}
