package flow

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file follows values behind interfaces to where code outside of the universe
// gets them: that may set all exported fields of what they point to, by reflection.
// It asks only what may become what, in whatever order.

// place is what holds interfaces: a variable, a field, a parameter or a result; the
// elements of what a variable holds are one with it. The methods of one name are one,
// and so are the functions that are values and have as many parameters and results.
// The zero place is all that is not told apart.
type place struct {
	id   program.ID // of a variable, or of the function that slot belongs to
	name string     // of the methods or functions that slot belongs to, where id is zero
	slot int        // results from 1, parameters down from -1
}

// leaks gathers what flows where.
type leaks struct {
	into      map[place]map[place]bool // what flows into a place
	held      map[place]map[types.Type]bool
	lost      map[place]bool       // places that code outside of the universe gets
	types     map[types.Type]bool  // types of which it gets values
	arguments []typeArgument       // what generic functions and types are given
	params    map[program.ID]bool  // type parameters of which it gets values
	results   map[string][]place   // what methods return, by name
	dynamic   map[*types.Func]bool // methods of interfaces that are called
	embedded  map[types.Type]bool  // types outside of the universe that structs of it embed
}

// typeArgument is what a generic function or type is given for a parameter.
type typeArgument struct {
	param program.ID
	typ   types.Type
}

func newLeaks() *leaks {
	return &leaks{
		into: map[place]map[place]bool{}, held: map[place]map[types.Type]bool{}, lost: map[place]bool{}, types: map[types.Type]bool{},
		params: map[program.ID]bool{}, results: map[string][]place{}, dynamic: map[*types.Func]bool{}, embedded: map[types.Type]bool{},
	}
}

// leaker looks through one file.
type leaker struct {
	*leaks
	prog *program.Program
	info *types.Info
}

// look notes what a node lets flow; stack holds the nodes around it.
func (l *leaker) look(n ast.Node, stack []ast.Node) {
	switch n := n.(type) {
	case *ast.FuncDecl:
		if fn, ok := l.info.Defs[n.Name].(*types.Func); ok {
			l.declares(l.prog.IDOf(fn), fn.Signature())
			if fn.Signature().Recv() != nil {
				l.mayBeCalled(l.prog.IDOf(fn), fn.Signature(), asMethod(fn))
				for i := range fn.Signature().Results().Len() {
					l.results[fn.Name()] = append(l.results[fn.Name()], place{id: l.prog.IDOf(fn), slot: i + 1})
				}
			}
		}
	case *ast.FuncLit:
		if sig, ok := l.info.TypeOf(n).(*types.Signature); ok {
			l.declares(program.ID(n.Pos()), sig)
			l.value(program.ID(n.Pos()), sig)
		}
	case *ast.CallExpr:
		l.call(n)
	case *ast.AssignStmt:
		l.assign(n.Lhs, n.Rhs)
	case *ast.ValueSpec:
		var names []ast.Expr
		for _, id := range n.Names {
			names = append(names, id)
		}
		l.assign(names, n.Values)
	case *ast.ReturnStmt:
		l.returns(n, stack)
	case *ast.RangeStmt:
		for _, x := range []ast.Expr{n.Key, n.Value} {
			if x != nil {
				l.flows(n.X, l.placeOf(x), l.info.TypeOf(x))
			}
		}
	case *ast.SendStmt:
		l.flows(n.Value, l.placeOf(n.Chan), elementOf(typeOf(l.info, n.Chan)))
		if l.isElsewhere(n.Chan) {
			l.lose(n.Value)
		}
	case *ast.CompositeLit:
		l.literal(n)
	case *ast.TypeSwitchStmt:
		l.typeSwitch(n)
	case *ast.StructType:
		for _, f := range n.Fields.List {
			if t := l.info.TypeOf(f.Type); len(f.Names) == 0 && t != nil && !l.isOurs(pointee(t)) {
				l.embedded[t] = true
			}
		}
	case *ast.Ident:
		if inst, ok := l.info.Instances[n]; ok {
			l.instance(l.info.Uses[n], inst)
		}
		if fn, ok := l.info.Uses[n].(*types.Func); ok && l.prog.IDOf(fn) != 0 && !isCallee(n, stack) {
			l.value(l.prog.IDOf(fn), fn.Origin().Signature())
		}
	}
}

// declares notes that named results are what a function returns.
func (l *leaker) declares(id program.ID, sig *types.Signature) {
	for i := range sig.Results().Len() {
		if v := sig.Results().At(i); v.Name() != "" {
			l.edge(place{id: l.prog.IDOf(v)}, place{id: id, slot: i + 1}, v.Type())
		}
	}
}

// mayBeCalled notes that calls of something with that name may be calls of a function.
func (l *leaker) mayBeCalled(id program.ID, sig *types.Signature, name string) {
	for i := range sig.Results().Len() {
		l.edge(place{id: id, slot: i + 1}, place{name: name, slot: i + 1}, sig.Results().At(i).Type())
	}
	for i := range sig.Params().Len() {
		v := sig.Params().At(i)
		l.edge(place{name: name, slot: -1 - i}, place{id: l.prog.IDOf(v)}, v.Type())
	}
}

// value notes that a function is a value: who knows who calls it. In the expression of
// a method its receiver is one parameter more.
func (l *leaker) value(id program.ID, sig *types.Signature) {
	l.mayBeCalled(id, sig, asValue(sig.Params().Len(), sig))
	if sig.Recv() != nil {
		l.mayBeCalled(id, sig, asValue(sig.Params().Len()+1, sig))
	}
	for i := range sig.Results().Len() {
		if t := sig.Results().At(i).Type(); holdsInterface(t) && !l.isOurs(t) {
			l.lost[place{id: id, slot: i + 1}] = true
		}
	}
}

// asValue names the functions that a value with so many parameters may be.
func asValue(params int, sig *types.Signature) string {
	return fmt.Sprint(params, "->", sig.Results().Len())
}

// asMethod names the methods that a call of one through an interface may mean.
func asMethod(fn *types.Func) string {
	return fn.Name() + asValue(fn.Signature().Params().Len(), fn.Signature())
}

// called returns the function that a call names, whether that is what it calls, and if
// not the name of those that it may call.
func (l *leaker) called(n *ast.CallExpr, sig *types.Signature) (fn *types.Func, isStatic bool, name string) {
	if fn := staticCallee(l.info, n); fn != nil {
		return fn, true, ""
	}
	if fn := funcOf(l.info, n.Fun); fn != nil {
		return fn, false, asMethod(fn)
	}
	return nil, false, asValue(sig.Params().Len(), sig)
}

// isOurs reports whether a type is declared in the universe.
func (l *leaker) isOurs(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && l.prog.IDOf(named.Obj()) != 0
}

// call notes what becomes of arguments.
func (l *leaker) call(n *ast.CallExpr) {
	if tv := l.info.Types[n.Fun]; tv.IsType() || tv.IsBuiltin() {
		if tv.IsBuiltin() && len(n.Args) == 2 && types.ExprString(n.Fun) == "copy" {
			l.flows(n.Args[1], l.placeOf(n.Args[0]), l.info.TypeOf(n.Args[0]))
		}
		return
	}
	sig, ok := typeOf(l.info, n.Fun).Underlying().(*types.Signature)
	if !ok {
		return
	}
	fn, isStatic, name := l.called(n, sig)
	ours := fn != nil && l.prog.IDOf(fn) != 0
	if ours && !isStatic {
		l.dynamic[fn] = true
	}
	for i := range max(len(n.Args), tupleLen(l.info, n.Args)) {
		t := paramType(sig, i)
		if n.Ellipsis.IsValid() && i == len(n.Args)-1 {
			t = sig.Params().At(sig.Params().Len() - 1).Type()
		}
		if t == nil || !holdsInterface(t) {
			continue
		}
		slot := min(i, sig.Params().Len()-1)
		switch {
		case ours && isStatic:
			v := fn.Origin().Signature().Params().At(slot)
			l.flowsAt(n.Args, i, place{id: l.prog.IDOf(v)}, v.Type())
		case ours:
			l.flowsAt(n.Args, i, place{name: name, slot: -1 - slot}, t)
		case fn != nil && onlyReads(fn):
		case fn != nil && harmless(fn):
			l.flowsAt(n.Args, i, place{}, t)
		default: // a value, too, may be a function of elsewhere
			l.flowsAt(n.Args, i, place{name: name, slot: -1 - slot}, t)
			l.loseAt(n.Args, i)
		}
	}
}

// onlyReads reports whether a function outside of the universe does not even keep
// what it is given.
func onlyReads(fn *types.Func) bool {
	return fn.Pkg() != nil && slices.Contains([]string{"fmt", "log", "log/slog", "strings", "testing"}, fn.Pkg().Path()) && harmless(fn)
}

// flowsAt lets the i-th of some arguments flow into a place, be they the results of
// one call.
func (l *leaker) flowsAt(args []ast.Expr, i int, to place, t types.Type) {
	if len(args) > 1 || tupleLen(l.info, args) < 2 {
		l.flows(args[i], to, t)
		return
	}
	l.flowsResult(args[0], i, to, t)
}

// loseAt notes that code outside of the universe gets an argument.
func (l *leaker) loseAt(args []ast.Expr, i int) {
	if len(args) > 1 || tupleLen(l.info, args) < 2 {
		l.lose(args[i])
	} else {
		l.lost[place{}] = true
	}
}

// tupleLen returns how many results the one call in a list has.
func tupleLen(info *types.Info, list []ast.Expr) int {
	if len(list) != 1 {
		return 0
	}
	tup, _ := info.TypeOf(list[0]).(*types.Tuple)
	return tup.Len()
}

// assign notes what an assignment or a declaration sets.
func (l *leaker) assign(to, from []ast.Expr) {
	for i, x := range to {
		switch {
		case len(from) == len(to):
			l.flows(from[i], l.placeOf(x), l.info.TypeOf(x))
			if l.isElsewhere(x) {
				l.lose(from[i])
			}
		case len(from) == 1:
			l.flowsResult(from[0], i, l.placeOf(x), l.info.TypeOf(x))
			if l.isElsewhere(x) {
				l.lost[place{}] = true // where it flows as well
			}
		}
	}
}

// isElsewhere reports whether what is set is a field or a variable outside of the
// universe, or an element of one.
func (l *leaker) isElsewhere(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.IndexExpr:
		return l.isElsewhere(x.X)
	case *ast.StarExpr:
		return l.isElsewhere(x.X)
	case *ast.SelectorExpr:
		v := variableOf(l.info, x)
		return v != nil && l.prog.IDOf(v) == 0
	}
	return false
}

// flowsResult lets the i-th value of an expression that has several flow into a place.
func (l *leaker) flowsResult(x ast.Expr, i int, to place, t types.Type) {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		if i == 0 {
			l.flows(x, to, t) // v, ok := x.(T) and the like
		}
		return
	}
	tup, _ := l.info.TypeOf(call).(*types.Tuple)
	switch {
	case t == nil || !holdsInterface(t) || i >= tup.Len():
	case !holdsInterface(tup.At(i).Type()):
		l.hold(to, tup.At(i).Type())
	default:
		l.edge(l.resultOf(call, i), to, t)
	}
}

// returns notes what a function returns.
func (l *leaker) returns(n *ast.ReturnStmt, stack []ast.Node) {
	for i := len(stack) - 1; i >= 0; i-- {
		var id program.ID
		var sig *types.Signature
		switch f := stack[i].(type) {
		case *ast.FuncLit:
			id = program.ID(f.Pos())
			sig, _ = l.info.TypeOf(f).(*types.Signature)
		case *ast.FuncDecl:
			if fn, ok := l.info.Defs[f.Name].(*types.Func); ok {
				id, sig = l.prog.IDOf(fn), fn.Signature()
			}
		default:
			continue
		}
		if sig == nil {
			return
		}
		for j := range sig.Results().Len() {
			if t := sig.Results().At(j).Type(); len(n.Results) > 0 {
				l.flowsAt(n.Results, j, place{id: id, slot: j + 1}, t)
			}
		}
		return
	}
}

// literal notes what a literal puts into fields; one of a struct outside of the
// universe hands its elements out.
func (l *leaker) literal(n *ast.CompositeLit) {
	t := typeOf(l.info, n)
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return // its elements are one with what holds it
	}
	for i, el := range n.Elts {
		var f *types.Var
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			f, _ = l.info.Uses[identOf(kv.Key)].(*types.Var)
			el = kv.Value
		} else if i < st.NumFields() {
			f = st.Field(i)
		}
		switch {
		case f == nil || !holdsInterface(f.Type()):
		case l.prog.IDOf(f) != 0:
			l.flows(el, place{id: l.prog.IDOf(f)}, f.Type())
		default:
			l.flows(el, place{}, f.Type())
			l.lose(el)
		}
	}
}

func identOf(x ast.Expr) *ast.Ident {
	id, _ := x.(*ast.Ident)
	return id
}

// typeSwitch notes what the variable of a type switch holds in its clauses.
func (l *leaker) typeSwitch(n *ast.TypeSwitchStmt) {
	a, ok := n.Assign.(*ast.AssignStmt)
	if !ok {
		return
	}
	assert, ok := ast.Unparen(a.Rhs[0]).(*ast.TypeAssertExpr)
	if !ok {
		return
	}
	for _, c := range n.Body.List {
		if v, ok := l.info.Implicits[c].(*types.Var); ok {
			l.flows(assert.X, place{id: l.prog.IDOf(v)}, v.Type())
		}
	}
}

// instance notes what a generic function or type of the universe is given. One
// outside of it gets values of that type.
func (l *leaker) instance(obj types.Object, inst types.Instance) {
	params := program.TypeParameters(obj)
	for i := range min(params.Len(), inst.TypeArgs.Len()) {
		switch t := inst.TypeArgs.At(i); {
		case l.prog.IDOf(obj) != 0:
			l.arguments = append(l.arguments, typeArgument{l.prog.IDOf(params.At(i).Obj()), t})
		case obj.Pkg() == nil || !slices.Contains([]string{"slices", "maps", "sort", "sync", "sync/atomic", "cmp", "iter"}, obj.Pkg().Path()):
			l.types[t] = true
		}
	}
}

// flows lets the value of x flow into a place of type t.
func (l *leaker) flows(x ast.Expr, to place, t types.Type) {
	if t == nil || !holdsInterface(t) {
		return
	}
	for from, types := range l.contents(x) {
		for _, t := range types {
			l.hold(to, t)
		}
		if types == nil {
			l.edge(from, to, t)
		}
	}
}

// lose notes that code outside of the universe gets what x holds.
func (l *leaker) lose(x ast.Expr) {
	for from, types := range l.contents(x) {
		for _, t := range types {
			l.types[t] = true
		}
		if types == nil {
			l.lost[from] = true
		}
	}
}
