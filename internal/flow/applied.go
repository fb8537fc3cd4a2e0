package flow

import (
	"go/ast"
	"slices"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file follows questions that a function asks through a parameter which is the
// way of asking:
//
//	func on(ask func(string, bool) bool, key string) bool { return ask(key, false) }
//
// Who passes a method of a client asks for the flag. What it answers is not followed.

// application is a call of a parameter.
type application struct {
	pkg  *program.Package
	call *ast.CallExpr
}

// applied notes that the function whose parameter callee is calls it.
func (fr *frame) applied(in *application, callee Value, args []Value, via []string) {
	owner := callee.fn
	if owner == nil || !fr.e.mode.Symbolic || fr.root != nil {
		return
	}
	own := []Value{callee}
	for _, a := range args {
		if a == nil || a.kind != kConst && paramOwner(a) != owner {
			a = Unknown
		}
		own = append(own, a)
	}
	t := make1(term{kind: kOp, op: opApply, i: int(in.call.Pos()), args: own})
	if t.kind != kOp {
		return // too large
	}
	t.in, t.via = in, via
	fr.noteAsk(owner, t)
}

// opApply is the call of a parameter.
const opApply = "apply"

// applyThrough notes what is asked where a function that calls a parameter of its own
// is called with these arguments.
func (fr *frame) applyThrough(x ast.Expr, ask Value, f *Function, args []Value, via []string, wide bool) {
	vals := make([]Value, len(ask.args))
	for i, v := range ask.args {
		if vals[i] = fr.scoped(fr.subst(v, f, args)); vals[i] == nil {
			vals[i] = Unknown
		}
	}
	callee, vals := vals[0], vals[1:]
	switch {
	case callee.kind == kParam:
		fr.applied(ask.in, callee, vals, via)
	case callee.kind != kFunc:
	case callee.ext != nil:
		fr.askWith(x, ask.in, callee, vals, via, wide)
	case callee.outer == nil && callee.i == 0 && (callee.fn.Sig.Recv() == nil || len(callee.args) == 1):
		asks := fr.read(cellKey{callee.fn.ID, slotAsks})
		fr.askAll(x, asks, callee.fn, fr.e.nameOf(callee.fn), append(slices.Clone(callee.args), vals...), wide)
	}
}

// askWith notes the question that a call of a way of asking is.
func (fr *frame) askWith(x ast.Expr, in *application, callee Value, vals []Value, via []string, wide bool) {
	call := callee.withoutRecv(in.call)
	a := fr.e.oracle.AskThrough(in.pkg, call, callee.ext)
	if a == nil || a.Declare || a.Param != nil || len(a.KeyElems) > 0 {
		return
	}
	key := Unknown
	switch i := slices.Index(in.call.Args, a.KeyExpr); {
	case a.Object && len(callee.args) == 1:
		key = objectKey(callee.args[0])
	case a.KeyExpr == nil && a.Key != "":
		key = text(a.Key)
	case i >= 0 && i < len(vals) && a.KeyField == "":
		key = vals[i]
	}
	if !a.Object {
		var ok bool
		if key, ok = a.key(key); !ok {
			return
		}
	}
	if key == nil {
		return
	}
	if old := fr.tr.Asked[x]; old == nil || !old.has(a, key) {
		fr.tr.asked(x, &Asked{Ask: a, Key: key, Via: via, Wide: wide || key.wide, Guards: fr.env.guards})
	}
	fr.addAsk(a, key, via)
}
