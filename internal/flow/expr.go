package flow

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/flagdebt/flagdebt/internal/program"
)

// expr evaluates x and records what it is.
func (fr *frame) expr(x ast.Expr) Value {
	if fr.env == nil {
		return nil
	}
	v := fr.eval(x)
	if v != nil && (v.kind == kConst || v.kind == kSoft) && !mayBeOf(v.c, typeOf(fr.info, x)) {
		v = Unknown // dead code calls a generic function with types that live code does not
	}
	if tv, ok := fr.info.Types[x]; ok && tv.Value != nil && fr.tr.Asked[x] == nil && !fr.asksInside(x) {
		return v // a compile-time constant needs no record
	}
	fr.tr.value(x, v)
	return v
}

// eval dispatches over the kinds of expression.
func (fr *frame) eval(x ast.Expr) Value {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return fr.expr(x.X)
	case *ast.CallExpr:
		return fr.call(x)
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr:
		if v, ok := fr.ask(x); ok {
			return v
		}
	}
	if tv, ok := fr.info.Types[x]; ok {
		if tv.Value != nil && !fr.asksInside(x) {
			return fr.e.constant(fr.info, x)
		}
		if tv.IsType() {
			return Unknown
		}
	}
	switch x := x.(type) {
	case *ast.Ident:
		return fr.ident(x)
	case *ast.SelectorExpr:
		return fr.selector(x)
	case *ast.UnaryExpr:
		return fr.unary(x)
	case *ast.BinaryExpr:
		return fr.binary(x)
	case *ast.StarExpr:
		v := fr.expr(x.X)
		if inner, ok := carried(v, CarrierPointer); ok {
			return inner
		}
		if isRecord(v) {
			return v
		}
	case *ast.IndexExpr:
		fr.expr(x.X)
		fr.expr(x.Index)
		return fr.instance(x.X)
	case *ast.IndexListExpr:
		return fr.instance(x.X)
	case *ast.SliceExpr:
		for _, e := range []ast.Expr{x.X, x.Low, x.High, x.Max} {
			if e != nil {
				fr.expr(e)
			}
		}
	case *ast.TypeAssertExpr:
		return fr.assertion(x)
	case *ast.CompositeLit:
		return fr.composite(x)
	case *ast.FuncLit:
		if f := fr.e.byID[program.ID(x.Pos())]; f != nil {
			fr.tr.enters(f, fr.env.guards)
			return funcTerm(f)
		}
	}
	return Unknown
}

// asksInside reports whether a constant expression is computed from constants
// that are flags.
func (fr *frame) asksInside(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return fr.asksInside(x.X)
	case *ast.UnaryExpr:
		return fr.asksInside(x.X)
	case *ast.BinaryExpr:
		return fr.asksInside(x.X) || fr.asksInside(x.Y)
	case *ast.Ident, *ast.SelectorExpr:
		return fr.e.oracle.Ask(fr.f.Pkg, x) != nil
	}
	return false
}

func funcTerm(f *Function) Value { return make1(term{kind: kFunc, fn: f}) }

func (fr *frame) ident(x *ast.Ident) Value {
	switch obj := fr.info.Uses[x].(type) {
	case *types.Nil:
		return Nil
	case *types.Var:
		return fr.load(obj, x)
	case *types.Func:
		return fr.funcValue(obj)
	}
	return Unknown
}

// funcValue returns the function obj, bound to a receiver where it has one.
func (fr *frame) funcValue(obj *types.Func, recv ...Value) Value {
	f := fr.e.byID[fr.e.prog.IDOf(obj)]
	switch {
	case fr.e.oracle.Asks(obj):
		return make1(term{kind: kFunc, ext: obj, args: recv})
	case f != nil:
		return make1(term{kind: kFunc, fn: f, args: recv})
	case fr.e.summaryOf(obj).kind != kUnknown:
		return make1(term{kind: kFunc, ext: obj, args: recv})
	}
	return Unknown
}

// load reads a variable; at is the name that reads it, or nil.
func (fr *frame) load(v *types.Var, at *ast.Ident) Value {
	if fr.isCell(v) {
		return fr.cellValue(v, at)
	}
	s, ok := fr.env.vars[program.ID(v.Pos())]
	if !ok {
		s.val = Unknown
	} else if at != nil {
		fr.tr.reads(at, s.defs)
		if isRecord(s.val) && isPointer(v.Type()) {
			fr.env.vars[program.ID(v.Pos())] = slot{Unknown, s.defs} // whoever gets the pointer may write
		}
	}
	if val, ok := fr.e.assumed[program.ID(v.Pos())]; ok {
		return val
	}
	return s.val
}

func (e *Engine) summaryOf(o types.Object) Value {
	if e.imported != nil {
		if v := e.imported(o); v != nil {
			return v
		}
	}
	return Unknown
}

func (fr *frame) selector(x *ast.SelectorExpr) Value {
	sel := fr.info.Selections[x]
	if sel == nil {
		switch obj := fr.info.Uses[x.Sel].(type) {
		case *types.Var:
			return fr.cellValue(obj, x)
		case *types.Func:
			return fr.funcValue(obj)
		}
		return Unknown
	}
	held := fr.hold([]ast.Expr{x.X})
	from := fr.expr(x.X)
	fr.restore(held)
	switch obj := sel.Obj().(type) {
	case *types.Var:
		if v, ok := member(from, obj.Name()); ok {
			return v
		}
		if v := recorded(from, obj.Name()); v != nil && v.kind != kUnknown && isRecord(from) {
			return v
		}
		if v, ok := fr.fieldOf(from, obj); ok {
			return v
		}
		v := fr.cellValue(obj, x)
		if v != nil && v.kind == kUnknown {
			return fr.fieldLater(from, obj)
		}
		return v
	case *types.Func:
		fr.recvs[x] = from
		fr.drop(held)
		if v, ok := member(from, obj.Name()); ok {
			return carrying(string(CarrierGetter), v)
		}
		if sel.Kind() == types.MethodVal && (!types.IsInterface(sel.Recv()) || fr.e.oracle.Asks(obj)) {
			return fr.funcValue(obj, from)
		}
		if v := fr.funcValue(obj); sel.Kind() == types.MethodExpr && v.kind == kFunc {
			t := *v
			t.i = 1
			return make1(t)
		}
	}
	return Unknown
}

func (fr *frame) instance(generic ast.Expr) Value {
	if fn := funcOf(fr.info, generic); fn != nil {
		return fr.funcValue(fn)
	}
	return Unknown
}

func (fr *frame) unary(x *ast.UnaryExpr) Value {
	if x.Op == token.AND && fr.addressOf(x.X) {
		return Unknown
	}
	v := fr.expr(x.X)
	if _, ok := ast.Unparen(x.X).(*ast.CompositeLit); ok && x.Op == token.AND {
		return v // its fields, as far as nobody writes them
	}
	if x.Op == token.NOT || x.Op == token.SUB {
		return operation(x.Op.String(), v)
	}
	if _, ok := ast.Unparen(x.X).(*ast.CompositeLit); ok && x.Op == token.AND && isRecord(v) {
		return v
	}
	return Unknown
}

// addressOf evaluates what stands below x, of which the address is taken, if x
// would ask for a flag otherwise: that is no read of it.
func (fr *frame) addressOf(x ast.Expr) bool {
	x = ast.Unparen(x)
	if _, isCall := x.(*ast.CallExpr); isCall || fr.e.oracle.Ask(fr.f.Pkg, x) == nil {
		return false
	}
	switch x := x.(type) {
	case *ast.SelectorExpr:
		if fr.info.Selections[x] != nil {
			fr.expr(x.X)
		}
	case *ast.IndexExpr:
		fr.expr(x.X)
		fr.expr(x.Index)
	}
	return true
}

func (fr *frame) binary(x *ast.BinaryExpr) Value {
	l := fr.expr(x.X)
	if x.Op != token.LAND && x.Op != token.LOR {
		l, r := alike(l, typeOf(fr.info, x.X), fr.expr(x.Y), typeOf(fr.info, x.Y))
		return operation(x.Op.String(), l, r)
	}
	if l == nil {
		return nil
	}
	if b, ok := l.truth(); ok && b == (x.Op == token.LOR) {
		fr.tr.skip(x.Y)
		return l
	}
	fr.tr.skipped[x.Y] = false
	// The right side may run or not; it can change cells alone, which hold the
	// join of all writes anyway.
	guards := fr.env.guards
	fr.env.guarded(fr.flagsIn(x.X))
	r := fr.expr(x.Y)
	if fr.env != nil {
		fr.env.guards = guards
	}
	if r == nil { // nothing yet, save where the left side decides alone
		if b, ok := l.truth(); ok && b == (x.Op == token.LAND) {
			return nil
		}
		return boolean(x.Op == token.LOR)
	}
	// A right side that is the absorbing constant decides, whatever the left is.
	if b, ok := r.truth(); ok && b == (x.Op == token.LOR) && l.kind == kUnknown {
		return r
	}
	return operation(x.Op.String(), l, r)
}

// alike returns two operands of a comparison as values of one type: where one
// of them is an interface, the other is converted to it.
func alike(l Value, lt types.Type, r Value, rt types.Type) (Value, Value) {
	switch {
	case lt == nil || rt == nil || types.IsInterface(lt) == types.IsInterface(rt):
	case types.IsInterface(lt):
		r = convert(r, rt, lt)
	default:
		l = convert(l, lt, rt)
	}
	return l, r
}

func (fr *frame) assertion(x *ast.TypeAssertExpr) Value {
	v := fr.expr(x.X)
	if x.Type == nil || v == nil || v.kind != kFlag && v.kind != kConst {
		return Unknown
	}
	t := typeOf(fr.info, x.Type)
	if types.IsInterface(t) {
		return Unknown
	}
	out, holds := v, Unknown
	if v.kind == kConst {
		if !isDefault(v.c, t) {
			return Unknown // it holds another type
		}
		holds = boolean(true)
	}
	if tup, ok := typeOf(fr.info, x).(*types.Tuple); ok && tup.Len() == 2 {
		return tuple([]Value{out, holds})
	}
	return out
}

// composite evaluates a literal and writes the fields that it sets. It returns what
// is known of the struct.
func (fr *frame) composite(x *ast.CompositeLit) Value {
	t := typeOf(fr.info, x)
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, isStruct := t.Underlying().(*types.Struct)
	set := map[*types.Var]Value{}
	for i, el := range x.Elts {
		val := el
		var field *types.Var
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			val = kv.Value
			if isStruct {
				field, _ = fr.info.Uses[kv.Key.(*ast.Ident)].(*types.Var)
			} else {
				fr.expr(kv.Key)
			}
		} else if isStruct && i < st.NumFields() {
			field = st.Field(i)
		}
		v := fr.expr(val)
		if field != nil {
			set[field] = convert(v, typeOf(fr.info, val), field.Type())
			fr.writeField(field, set[field])
		}
	}
	if !isStruct {
		return Unknown
	}
	for f := range st.Fields() {
		if _, ok := set[f]; !ok {
			set[f] = zero(f.Type())
			if id := fr.e.prog.IDOf(f); id != 0 && fr.e.vars[id] != nil && !fr.e.vars[id].guarded {
				fr.writeZero(cellKey{id, slotVar}, set[f])
			}
		}
	}
	if v := fr.structOf(st, set); v == nil || v.kind != kUnknown {
		return v
	}
	return fr.record(set)
}

func (fr *frame) writeField(f *types.Var, v Value) {
	if id := fr.e.prog.IDOf(f); id != 0 && fr.e.vars[id] != nil {
		fr.write(cellKey{id, slotVar}, v)
	}
}
