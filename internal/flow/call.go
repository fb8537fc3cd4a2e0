package flow

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/internal/program"
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
		if callee.kind == kParam {
			fr.applied(&application{fr.f.Pkg, x}, callee, args, nil)
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
		if !f.Fake && f.Sig.Params().Len() == m.Signature().Params().Len() {
			out = append(out, f)
		}
	}
	return out
}

// fakeMade is how generators of fakes sign.
var fakeMade = regexp.MustCompile(`(?im)^// Code generated by .*(mock|fake|moq|counterfeiter).* DO NOT EDIT\.$`)

// servesTests reports whether a method is there for tests alone: its package is, and
// no program of another module is built with it, be it internal or what a generator
// of fakes has written.
func (x *index) servesTests(m *types.Func, file *program.File) bool {
	if m.Signature().Recv() == nil || !isInternal(m.Pkg()) && !(file.Generated && fakeMade.Match(file.Data)) {
		return false
	}
	dir := x.prog.Repo.Dir(filepath.Dir(file.Path))
	return dir != nil && x.prog.Repo.ServesTests(dir)
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
