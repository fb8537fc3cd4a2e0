package flow

import (
	"go/ast"
	"go/types"
	"slices"
)

// This file follows questions through the functions that ask them: a call asks for
// every flag that its arguments name, whatever becomes of the answer.

// addAsk notes that the function whose parameter the key is made of asks for it.
func (fr *frame) addAsk(a *Ask, key Value, via []string) {
	owner := paramOwner(key)
	if owner == nil || !fr.e.mode.Symbolic || fr.root != nil {
		return
	}
	if ask := flagTerm(a, key, via); ask.kind == kFlag {
		fr.noteAsk(owner, ask)
	}
}

// noteAsk adds a question to those that a function asks by its parameters.
func (fr *frame) noteAsk(owner *Function, ask Value) {
	c := fr.e.cell(cellKey{owner.ID, slotAsks})
	if c.val != nil && slices.ContainsFunc(c.val.args, func(v Value) bool { return Same(v, ask) }) {
		return
	}
	var all []Value
	if c.val != nil {
		all = slices.Clone(c.val.args)
	}
	c.val = nil // a set: it is not joined
	fr.e.write(cellKey{owner.ID, slotAsks}, tuple(append(all, ask)))
}

// paramOwner returns the function whose parameter a key is made of; nil where it is
// made of none, or of several functions'.
func paramOwner(key Value) *Function {
	var owner *Function
	several := false
	key.params(func(p Value) {
		several = several || owner != nil && owner != p.fn
		owner = p.fn
	})
	if several {
		return nil
	}
	return owner
}

// params calls f for each parameter that v is made of.
func (v *term) params(f func(Value)) {
	if v == nil {
		return
	}
	if v.kind == kParam {
		f(v)
	}
	for _, a := range v.args {
		a.params(f)
	}
}

// asksThrough records what a call of f asks for.
func (fr *frame) asksThrough(x ast.Expr, f *Function, args []Value) {
	asks := fr.read(cellKey{f.ID, slotAsks})
	fr.askAll(x, asks, f, fr.e.nameOf(f), args, f.Obj == nil && f.Pkg.Path != fr.f.Pkg.Path)
}

// nameOf names a function as people do; a literal after the function around it.
func (e *Engine) nameOf(f *Function) string {
	if f.Obj != nil {
		return qualified(f.Obj)
	}
	if outer := e.enclosing(f.Node); outer != nil && outer != f {
		return e.nameOf(outer) + ".func"
	}
	return f.Pkg.Path
}

// askAll records questions in which the parameters of f stand for args.
func (fr *frame) askAll(x ast.Expr, asks Value, f *Function, name string, args []Value, wide bool) {
	if asks == nil || asks.kind != kTuple {
		return
	}
	for _, ask := range asks.args {
		via := ask.via
		if !slices.Contains(via, name) {
			via = append([]string{name}, via...)
		}
		if ask.in != nil {
			fr.applyThrough(x, ask, f, args, via, wide)
			continue
		}
		if ask.kind != kFlag {
			continue
		}
		key := fr.subst(ask.args[0], f, args)
		if key == nil {
			continue
		}
		key, ok := ask.ask.key(fr.scoped(key))
		if !ok {
			continue
		}
		if old := fr.tr.Asked[x]; old == nil || !old.has(ask.ask, key) {
			fr.tr.asked(x, &Asked{Ask: ask.ask, Key: key, Via: via, Wide: wide || key.wide, Guards: fr.env.guards})
		}
		fr.addAsk(ask.ask, key, via)
	}
}

// has reports whether the expression is known to ask for that flag.
func (a *Asked) has(ask *Ask, key Value) bool {
	for _, b := range append([]*Asked{a}, a.More...) {
		if Same(b.Key, key) && b.Ask.Source == ask.Source {
			return true
		}
	}
	return false
}

// within reports whether this frame's code stands in f, or is f.
func (fr *frame) within(f *Function) bool {
	return f == fr.f || f.Pkg == fr.f.Pkg && f.Node.Pos() <= fr.f.Node.Pos() && fr.f.Node.End() <= f.Node.End()
}

// scoped returns v where its parameters are those of the functions that this code
// stands in; of others nothing is known here.
func (fr *frame) scoped(v Value) Value {
	if v == nil || !v.mentions(kParam) {
		return v
	}
	if v.kind == kTuple {
		vals := make([]Value, len(v.args))
		for i, a := range v.args {
			vals[i] = fr.scoped(a)
		}
		return tuple(vals)
	}
	if names, ok := structNames(v); ok {
		vals := make([]Value, len(v.args))
		for i, a := range v.args {
			vals[i] = fr.scoped(a)
		}
		return structTerm(names, vals).widened(v.wide)
	}
	foreign := false
	v.params(func(p Value) { foreign = foreign || p.fn != nil && !fr.within(p.fn) })
	if foreign {
		return Unknown
	}
	return v
}

// bind returns a function value in which the parameters of f have become known: of
// a literal inside f, or of a method value's receiver.
func (fr *frame) bind(v Value, f *Function, args []Value) Value {
	if v.ext != nil || v.fn.Obj != nil {
		if len(v.args) == 0 {
			return v
		}
		t := *v
		t.args = nil
		for _, a := range v.args {
			t.args = append(t.args, fr.subst(a, f, args))
		}
		return make1(t).widened(v.wide)
	}
	if f == nil || len(v.args) > 0 || v.fn == f || !(f.Node.Pos() <= v.fn.Node.Pos() && v.fn.Node.End() <= f.Node.End()) {
		return v
	}
	return make1(term{kind: kFunc, fn: v.fn, outer: f, args: args}).widened(v.wide)
}

// enterValue calls a function value.
func (fr *frame) enterValue(x *ast.CallExpr, callee Value, args []Value) Value {
	f := callee.fn
	if callee.i > 0 { // a method expression: the receiver is the first argument
		return fr.enter(x, f, args)
	}
	if f.Obj != nil && f.Sig.Recv() != nil {
		recv := callee.args
		if len(recv) == 0 {
			recv = []Value{Unknown}
		}
		return fr.enter(x, f, append(slices.Clone(recv), args...))
	}
	if callee.outer == nil || !fr.e.mode.Symbolic {
		v := fr.enter(x, f, args)
		if callee.wide {
			fr.tr.widen(x)
		}
		return v.widened(callee.wide)
	}
	args = fitArgs(fr.info, f, x, args)
	name := fr.e.nameOf(callee.outer)
	v := fr.subst(fr.subst(fr.read(cellKey{f.ID, slotResults}), f, args), callee.outer, callee.args)
	v = fr.through(x, fr.scoped(v).widened(callee.wide), name)
	if asks := fr.read(cellKey{f.ID, slotAsks}); asks != nil {
		fr.askAll(x, asks, f, name, args, callee.wide)
	}
	for _, ask := range fr.captured(f, callee.outer) {
		fr.askAll(x, tuple([]Value{ask}), callee.outer, name, callee.args, callee.wide)
	}
	return fr.single(f.Sig, v)
}

// captured returns what a literal asks for by parameters of the function around it.
func (fr *frame) captured(lit, outer *Function) []Value {
	asks := fr.read(cellKey{outer.ID, slotAsks})
	tr := fr.e.traces[lit]
	if asks == nil || tr == nil {
		return nil
	}
	var out []Value
	for _, ask := range asks.args {
		if ask.kind != kFlag {
			continue
		}
		for _, a := range tr.Asked {
			if a.has(ask.ask, ask.args[0]) {
				out = append(out, ask)
				break
			}
		}
	}
	return out
}

// recorded returns what x, which was evaluated in its own place, is.
func (fr *frame) recorded(x ast.Expr) Value {
	if v, ok := fr.tr.Values[x]; ok {
		return v
	}
	if c := fr.e.constant(fr.info, x); c != nil {
		return c
	}
	return Unknown
}

// needsProgram reports whether no fact tells of a value that a function returns:
// facts tell of flags alone.
func needsProgram(v Value) bool {
	return !v.mentions(kFlag) && !v.mentions(kObject)
}

// results takes a summary apart: what a function returns, and what it asks for.
func results(v Value) (result, asks Value) {
	if v != nil && v.kind == kOp && v.op == opSummary {
		return v.args[0], v.args[1]
	}
	return v, nil
}

// opSummary joins a function's results and questions in a fact.
const opSummary = "summary"

// Summary returns what a function hands on and asks for, as importers need it.
func (e *Engine) Summary(f *Function) Value {
	v := e.Results(f)
	asks := e.cells[cellKey{f.ID, slotAsks}]
	if asks == nil || asks.val == nil {
		return v
	}
	if v == nil {
		v = Unknown
	}
	return summary(v, asks.val)
}

// KeysFor returns the keys for which a call of fn asks in the way of a, with these
// arguments, the receiver first; false where not all of them are known.
func (e *Engine) KeysFor(fn *types.Func, a *Ask, args []Value) ([]string, bool) {
	_, asks := results(e.summaryOf(fn))
	if f := e.FunctionOf(fn); f != nil {
		_, asks = results(e.Summary(f))
	}
	if asks == nil || asks.kind != kTuple {
		return nil, false
	}
	var out []string
	for _, ask := range asks.args {
		if ask.kind != kFlag || ask.ask.Ref != a.Ref {
			continue
		}
		key, isFlag := ask.ask.key(Substitute(ask.args[0], args))
		if !isFlag {
			continue
		}
		s, known := key.text()
		if !known {
			return nil, false
		}
		out = append(out, s)
	}
	return out, true
}

// summary joins a function's results and questions.
func summary(results, asks Value) Value {
	return &term{kind: kOp, op: opSummary, args: []Value{results, asks}, size: 1, repr: "s(" + results.repr + asks.repr + ")"}
}

// withoutRecv returns a call of a method expression as one of the method.
func (v *term) withoutRecv(x *ast.CallExpr) *ast.CallExpr {
	if v.i == 0 || len(x.Args) == 0 {
		return x
	}
	y := *x
	y.Args = x.Args[1:]
	return &y
}

// Missing returns the names of the methods of interfaces by which the packages may
// ask, if all implementations were among them.
func (e *Engine) Missing() []string { return slices.Sorted(keys(e.missing)) }

// implementers returns the methods that a call of interface method m may reach
// outside of the packages' own code, and those of the universe that ask themselves.
func (e *Engine) implementers(m *types.Func) []*types.Func {
	out, ok := e.behind[m]
	if !ok {
		out = e.findImplementers(m)
		e.behind[m] = out
	}
	return out
}

func (e *Engine) findImplementers(m *types.Func) []*types.Func {
	iface, ok := m.Signature().Recv().Type().Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	var out []*types.Func
	for _, named := range e.foreign[m.Name()] {
		var t types.Type = named
		if !types.IsInterface(named) {
			t = types.NewPointer(named)
		}
		if obj, _, _ := types.LookupFieldOrMethod(t, false, m.Pkg(), m.Name()); obj != nil && types.Implements(t, iface) {
			// Behind an interface out there is somebody who implements it, too; but for
			// those of flag systems that is code of which nothing is known here.
			if fn, ok := obj.(*types.Func); ok && (!types.IsInterface(named) || e.oracle.Asks(fn)) {
				out = append(out, fn)
			}
		}
	}
	for _, f := range e.methods[m.Name()] {
		if e.oracle.Asks(f.Obj) && types.Implements(types.NewPointer(pointee(f.Sig.Recv().Type())), iface) {
			out = append(out, f.Obj)
		}
	}
	return out
}
