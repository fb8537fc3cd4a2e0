package flow

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// maxDepth bounds how deep calls are followed with particular arguments.
const maxDepth = 6

// call evaluates a call: a question, a conversion, a builtin, or a function.
func (fr *frame) call(x *ast.CallExpr) Value {
	fun := ast.Unparen(x.Fun)
	if tv := fr.info.Types[fun]; tv.IsType() {
		v := Unknown
		for _, a := range x.Args {
			v = fr.expr(a)
		}
		if c := fr.e.constant(fr.info, x); c != nil {
			return c
		}
		return conversion(v, typeOf(fr.info, x.Args[0]), tv.Type)
	}
	if id, ok := fun.(*ast.Ident); ok {
		if _, ok := fr.info.Uses[id].(*types.Builtin); ok {
			for _, a := range x.Args {
				fr.expr(a)
			}
			if c := fr.e.constant(fr.info, x); c != nil {
				return c
			}
			return Unknown
		}
	}
	callee := fr.expr(x.Fun)
	held := fr.hold(x.Args)
	var args []Value
	for _, a := range x.Args {
		args = append(args, fr.expr(a))
	}
	if fr.env == nil {
		return nil
	}
	fr.restore(held)
	if v, ok := fr.ask(x); ok {
		fr.restore(held)
		return v
	}
	fr.drop(held)
	if v, ok := carried(callee, CarrierGetter); ok {
		fr.tr.move(x.Fun, x)
		return v
	}
	return fr.apply(x, callee, args)
}

// apply returns the results of a call that is no question itself.
func (fr *frame) apply(x *ast.CallExpr, callee Value, args []Value) Value {
	fn := calleeFunc(fr.info, x)
	if fn == nil {
		if callee == nil {
			return nil // nobody has written the function yet
		}
		if callee.kind == kFunc && callee.ext != nil {
			if a := fr.e.oracle.AskThrough(fr.f.Pkg, callee.withoutRecv(x), callee.ext); a != nil {
				if v, ok := fr.asked(x, a, callee.args); ok {
					return v
				}
			}
			return fr.summary(x, callee.ext, append(slices.Clone(callee.args), args...))
		}
		if callee.kind == kFunc {
			return fr.enterValue(x, callee, args)
		}
		return Unknown
	}
	switch fn.FullName() {
	case "sync.OnceValue", "sync.OnceValues":
		return fr.recorded(x.Args[0])
	}
	recv := fr.receiver(x, &args)
	if r := fn.Signature().Recv(); r != nil && types.IsInterface(r.Type()) {
		return fr.dispatch(x, fn, args)
	}
	if f := fr.e.byID[fr.e.prog.IDOf(fn)]; f != nil {
		return fr.enter(x, f, append(recv, args...))
	}
	if name := fn.FullName(); intrinsics[name] != nil && x.Ellipsis == token.NoPos && fr.isPlain(fn, x.Args) {
		return fr.intrinsic(name, args)
	}
	return fr.summary(x, fn, append(recv, args...))
}

// receiver returns the receiver's value, and takes it out of args where the
// call is of a method expression.
func (fr *frame) receiver(x *ast.CallExpr, args *[]Value) []Value {
	sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	s := fr.info.Selections[sel]
	switch {
	case s == nil:
		return nil
	case s.Kind() == types.MethodExpr && len(*args) > 0:
		recv := (*args)[:1:1]
		*args = (*args)[1:]
		return recv
	}
	if v, ok := fr.recvs[sel]; ok {
		return []Value{v}
	}
	return []Value{fr.recorded(sel.X)}
}

// isPlain reports whether a function of the standard library can be followed with
// these arguments: package fmt asks values for their methods.
func (fr *frame) isPlain(fn *types.Func, args []ast.Expr) bool {
	return fn.Pkg().Path() != "fmt" || !slices.ContainsFunc(args, func(x ast.Expr) bool {
		t := typeOf(fr.info, x)
		_, isBasic := t.Underlying().(*types.Basic)
		return !isBasic || isTypeParam(t) || types.NewMethodSet(t).Len() > 0
	})
}

func (fr *frame) intrinsic(name string, args []Value) Value {
	v := operation(name, args...)
	if v != nil && v.kind == kOp && name != "strings.ToLower" && strings.HasPrefix(name, "strconv.") {
		err := Unknown
		if fr.e.mode.NoErrors {
			err = Nil
		}
		return tuple([]Value{v, err})
	}
	return v
}

// enter returns the results of calling f.
func (fr *frame) enter(x *ast.CallExpr, f *Function, args []Value) Value {
	args = fitArgs(fr.info, f, x, args)
	fr.tr.enters(f, fr.env.guards)
	if fr.e.mode.Symbolic {
		v := fr.subst(fr.read(cellKey{f.ID, slotResults}), f, args)
		v = fr.handsOn(x, fr.scoped(v).widened(f.Pkg.Path != fr.f.Pkg.Path && needsProgram(v)), f)
		fr.asksThrough(x, f, args)
		return v
	}
	if f.varies {
		return Unknown
	}
	if fr.e.isClosed(f) {
		for i, a := range args {
			fr.write(cellKey{f.ID, i + 1}, a)
		}
	}
	if fr.e.forwards[f.ID] {
		if v := fr.specialise(f, args); v == nil || v.kind != kUnknown {
			return v
		}
	}
	return fr.single(f.Sig, fr.read(cellKey{f.ID, slotResults}))
}

// fitArgs returns one value a parameter: variadic arguments make an unknown
// slice, and so does what one call with several results passes.
func fitArgs(info *types.Info, f *Function, x *ast.CallExpr, args []Value) []Value {
	out := make([]Value, len(f.params))
	first := len(args) - len(x.Args) // where the arguments begin, behind the receiver
	for i, p := range f.params {
		out[i] = Unknown
		last := f.Sig.Variadic() && i == len(f.params)-1
		if i >= len(args) || last {
			continue
		}
		from := p.Type()
		if i >= first && i-first < len(x.Args) {
			from = typeOf(info, x.Args[i-first])
		}
		out[i] = convert(args[i], from, p.Type())
	}
	if len(x.Args) == 1 && len(args) > 0 {
		if v := args[len(args)-1]; v != nil && v.kind == kTuple {
			for i := range out {
				out[i] = Unknown
			}
		}
	}
	return out
}

// single takes the tuple off one result.
func (fr *frame) single(sig *types.Signature, v Value) Value {
	if sig.Results().Len() == 1 {
		return at(v, 0)
	}
	return v
}

// handsOn notes a call of a wrapper.
func (fr *frame) handsOn(x ast.Expr, v Value, f *Function) Value {
	return fr.single(f.Sig, fr.through(x, v, fr.e.nameOf(f)))
}

// through notes an expression that yields what a wrapper of that name hands on.
func (fr *frame) through(x ast.Expr, v Value, name string) Value {
	switch {
	case v == nil || !v.mentions(kFlag):
		return v
	case v.kind != kTuple:
		return fr.throughWrapper(x, v, name, false)
	}
	vals := make([]Value, len(v.args))
	for i, a := range v.args {
		vals[i] = fr.throughWrapper(x, a, name, v.wide)
	}
	return tuple(vals)
}

// specialise interprets f with these very arguments.
func (fr *frame) specialise(f *Function, args []Value) Value {
	e := fr.e
	name := fmt.Sprint(f.ID)
	for _, a := range args {
		name += "," + a.String()
	}
	if m, ok := e.memo[name]; ok {
		for k := range m.reads {
			fr.read(k)
		}
		return fr.single(f.Sig, m.val)
	}
	if e.depth >= maxDepth {
		return Unknown
	}
	e.depth++
	sub := e.newFrame(f, newTrace())
	sub.args, sub.root, sub.reads = args, fr.reader(), map[cellKey]bool{}
	v := sub.run()
	e.depth--
	e.memo[name] = memo{v, sub.reads}
	for k := range sub.reads {
		fr.read(k)
	}
	return fr.single(f.Sig, v)
}

// read returns a cell's value. The function for whose sake this frame runs is
// run again when it changes.
func (fr *frame) read(k cellKey) Value {
	if fr.reads != nil {
		fr.reads[k] = true
	}
	v := fr.e.read(fr.reader(), k)
	if v == nil && fr.dead && k.slot != slotAsks {
		return Unknown // nothing that dead code does was noted
	}
	return v
}

// writeZero notes that a variable may hold its zero value.
func (fr *frame) writeZero(k cellKey, v Value) {
	if fr.root == nil && !fr.f.Test {
		fr.e.writeZero(k, v)
	}
}

// reader is the function that is run again when a cell which this frame has
// read changes.
func (fr *frame) reader() *Function {
	if fr.root != nil {
		return fr.root
	}
	return fr.f
}

// write joins a value into a cell; a specialised run writes nothing that the
// general one does not.
func (fr *frame) write(k cellKey, v Value) {
	if isRecord(v) { // others may write what the cell holds
		v = Unknown
	}
	if fr.root == nil && !(fr.f.Test && fr.e.isShared(k)) {
		fr.e.write(k, v)
	}
}

// isShared reports whether a cell is one of the code that tests test: a variable
// or a parameter. What tests put there says nothing of the code.
func (e *Engine) isShared(k cellKey) bool {
	return k.slot > 0 || k.slot == slotVar && e.vars[k.id] != nil && !e.vars[k.id].local
}

// dispatch returns what all implementations of an interface method agree on.
func (fr *frame) dispatch(x *ast.CallExpr, m *types.Func, args []Value) Value {
	if !fr.f.Test && !fr.e.complete(m) && slices.ContainsFunc(fr.e.implementers(m), fr.e.oracle.Asks) {
		fr.e.missing[m.Name()] = true
	}
	if fr.f.Test || !fr.e.complete(m) {
		return fr.summary(x, m, append([]Value{Unknown}, args...))
	}
	var out Value
	found := false
	for _, f := range fr.e.implementations(m) {
		if fr.e.oracle.Asks(f.Obj) {
			continue
		}
		found = true
		out = join(out, fr.enter(x, f, append([]Value{Unknown}, args...)))
	}
	for _, g := range fr.e.implementers(m) {
		found = true
		out = join(out, fr.dispatched(x, g))
	}
	if !found {
		return Unknown
	}
	fr.tr.widen(x)
	return out.widened(true)
}

// dispatched returns the results of a call through an interface that reaches a way
// of asking, or code outside of the universe.
func (fr *frame) dispatched(x *ast.CallExpr, g *types.Func) Value {
	if a := fr.e.oracle.AskThrough(fr.f.Pkg, x, g); a != nil {
		if v, ok := fr.asked(x, a, nil); ok {
			return v
		}
	}
	return Unknown
}

// implementations returns the methods, outside of tests, that a call of an
// interface's method may be.
func (x *index) implementations(m *types.Func) []*Function {
	var out []*Function
	for _, f := range x.methods[m.Name()] {
		if !f.Test && f.Sig.Params().Len() == m.Signature().Params().Len() {
			out = append(out, f)
		}
	}
	return out
}

// summary returns what is known of a function whose source is not at hand.
func (fr *frame) summary(x *ast.CallExpr, fn *types.Func, args []Value) Value {
	v := fr.e.summaryOf(fn)
	if v.kind == kUnknown {
		return v
	}
	v, asks := results(v)
	v = fr.subst(v, nil, args)
	if v != nil && v.kind != kTuple {
		v = tuple([]Value{v})
	}
	vals := make([]Value, fn.Signature().Results().Len())
	for i := range vals {
		vals[i] = fr.throughWrapper(x, at(v, i), qualified(fn), false)
	}
	fr.askAll(x, asks, nil, qualified(fn), args, false)
	return fr.single(fn.Signature(), tuple(vals))
}

// subst replaces the parameters of f by arguments, and asks for the flags whose
// keys become known by it. A function literal keeps the arguments of the function
// that it stands in.
func (fr *frame) subst(v Value, f *Function, args []Value) Value {
	switch {
	case v != nil && v.kind == kFunc:
		return fr.bind(v, f, args)
	case v == nil || len(v.args) == 0 && v.kind != kParam:
		return v
	case v.kind == kParam:
		if v.fn != f {
			return v
		}
		if v.i < len(args) {
			return args[v.i]
		}
		return Unknown
	}
	sub := make([]Value, len(v.args))
	for i, a := range v.args {
		sub[i] = fr.subst(a, f, args)
		if sub[i] == nil && v.kind != kTuple {
			return nil
		}
	}
	switch v.kind {
	case kTuple:
		return tuple(sub)
	case kOp:
		if names, ok := structNames(v); ok {
			return structTerm(names, sub).widened(v.wide)
		}
		if isFieldOf(v) {
			return takeField(v.op, sub[0]).widened(v.wide)
		}
		return at(operation(v.op, sub...), 0).widened(v.wide)
	case kObject:
		key, ok := v.ask.key(sub[0])
		if v.args[0].Constant() != nil {
			key, ok = sub[0], true
		}
		if !ok || key == nil || key.kind == kUnknown {
			return Unknown
		}
		return make1(term{kind: kObject, ask: v.ask, args: []Value{key}})
	case kFlag:
		key := sub[0]
		if v.args[0].Constant() == nil {
			var ok bool
			if key, ok = v.ask.key(key); !ok {
				return Unknown
			}
		}
		return fr.flagValue(v.ask, key, v.typ, v.via).widened(v.wide)
	}
	return Unknown
}

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
