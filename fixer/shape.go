package fixer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file finds the structs whose fields are looked at without being named:
// printed, encoded, compared, converted.

// shapes holds fields, by what happens to the structs that they are in.
type shapes struct {
	shown    map[program.ID]bool         // reflection or a conversion may look at them
	compared map[program.ID]bool         // they decide whether structs are equal
	pointed  map[program.ID][]types.Type // the types that hold them, where pointers to those are compared

	isPointedTo  map[types.Type]bool
	bare         map[types.Type]bool // interfaces whose values become ones without methods
	equated      map[types.Type]bool // interfaces whose values are compared
	hidden       map[types.Type]bool // types whose values become interfaces with methods
	shownParams  map[program.ID]bool // the same of type parameters
	equalParams  map[program.ID]bool
	hiddenParams map[program.ID]bool
	arguments    []argument
}

// shaper looks through one file.
type shaper struct {
	*shapes
	prog *program.Program
	info *types.Info
	sig  []*types.Signature // of the functions around
}

// shaped looks through the code once.
func (p *planner) shaped() *shapes {
	if p.shapes == nil {
		p.shapes = p.newShapes()
	}
	return p.shapes
}

// newShapes looks through the code that is not of tests.
func (p *planner) newShapes() *shapes {
	s := &shapes{
		shown: map[program.ID]bool{}, compared: map[program.ID]bool{}, pointed: map[program.ID][]types.Type{}, isPointedTo: map[types.Type]bool{},
		bare: map[types.Type]bool{}, equated: map[types.Type]bool{}, hidden: map[types.Type]bool{},
		shownParams: map[program.ID]bool{}, equalParams: map[program.ID]bool{}, hiddenParams: map[program.ID]bool{},
	}
	seen := map[*ast.File]bool{}
	for _, pkg := range p.prog.Packages {
		for _, f := range pkg.Files {
			if !seen[f.Syntax] && !f.Test {
				(&shaper{s, p.prog, pkg.Info, nil}).file(f.Syntax)
			}
			seen[f.Syntax] = true
		}
	}
	(&shaper{s, p.prog, nil, nil}).settle()
	return s
}

func (s *shaper) file(f *ast.File) {
	var stack []ast.Node
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil {
			if s.signature(stack[len(stack)-1]) != nil {
				s.sig = s.sig[:len(s.sig)-1]
			}
			stack = stack[:len(stack)-1]
			return true
		}
		stack = append(stack, n)
		if sig := s.signature(n); sig != nil {
			s.sig = append(s.sig, sig)
		}
		s.node(n)
		return true
	})
}

// signature returns the signature of the function that n is.
func (s *shaper) signature(n ast.Node) *types.Signature {
	switch n := n.(type) {
	case *ast.FuncDecl:
		if fn, ok := s.info.Defs[n.Name].(*types.Func); ok {
			return fn.Signature()
		}
	case *ast.FuncLit:
		sig, _ := s.info.TypeOf(n).(*types.Signature)
		return sig
	}
	return nil
}

// node looks at one node: a flat switch over what takes values elsewhere.
func (s *shaper) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.CallExpr:
		s.call(n)
	case *ast.AssignStmt:
		var to []types.Type
		for _, l := range n.Lhs {
			to = append(to, s.info.TypeOf(l)) // ":=" may set what there was
		}
		s.allFlow(n.Rhs, to)
	case *ast.ValueSpec:
		if n.Type != nil {
			s.allFlow(n.Values, slices.Repeat([]types.Type{s.info.TypeOf(n.Type)}, len(n.Names)))
		}
	case *ast.ReturnStmt:
		if len(s.sig) > 0 {
			var to []types.Type
			for res := range s.sig[len(s.sig)-1].Results().Variables() {
				to = append(to, res.Type())
			}
			s.allFlow(n.Results, to)
		}
	case *ast.RangeStmt:
		s.ranges(n)
	case *ast.IndexExpr:
		if m, ok := typeOf(s.info, n.X).Underlying().(*types.Map); ok {
			s.flows(n.Index, m.Key())
		}
	case *ast.SendStmt:
		if c, ok := typeOf(s.info, n.Chan).Underlying().(*types.Chan); ok {
			s.flows(n.Value, c.Elem())
		}
	case *ast.CompositeLit:
		s.literal(n)
	case *ast.BinaryExpr:
		if n.Op == token.EQL || n.Op == token.NEQ {
			s.compares(n.X, n.Y)
		}
	case *ast.SwitchStmt:
		if n.Tag != nil {
			s.equal(s.info.TypeOf(n.Tag))
		}
	case *ast.MapType:
		s.equal(s.info.TypeOf(n.Key))
	case *ast.Ident:
		if inst, ok := s.info.Instances[n]; ok {
			s.instance(n, inst)
		}
	}
}

// call looks at the arguments of a call, or at a conversion.
func (s *shaper) call(n *ast.CallExpr) {
	tv := s.info.Types[n.Fun]
	if tv.IsType() && len(n.Args) == 1 {
		from, to := s.info.TypeOf(n.Args[0]), tv.Type
		s.flows(n.Args[0], to)
		if isStruct(to) && !types.Identical(from, to) {
			s.show(from)
			s.show(to)
		}
		return
	}
	if strings.HasPrefix(types.ExprString(n.Fun), "unsafe.") {
		for _, a := range n.Args {
			s.show(s.info.TypeOf(a))
			if sel, ok := ast.Unparen(a).(*ast.SelectorExpr); ok {
				s.show(s.info.TypeOf(sel.X))
			}
		}
		return
	}
	sig, ok := typeOf(s.info, n.Fun).Underlying().(*types.Signature)
	if !ok {
		return
	}
	to := make([]types.Type, max(len(n.Args), tupleLen(s.info, n.Args)))
	for i := range to {
		to[i] = parameterType(sig, i, n.Ellipsis.IsValid())
	}
	s.allFlow(n.Args, to)
}

// tupleLen returns how many results the one call in a list has.
func tupleLen(info *types.Info, list []ast.Expr) int {
	if len(list) != 1 {
		return 0
	}
	tup, _ := info.TypeOf(list[0]).(*types.Tuple)
	return tup.Len()
}

// allFlow notes that the values of a list, or the results of the one call in it, are
// put where values of those types are.
func (s *shaper) allFlow(list []ast.Expr, to []types.Type) {
	if len(list) == 1 && len(to) > 1 {
		if tup, ok := s.info.TypeOf(list[0]).(*types.Tuple); ok {
			for i := range min(tup.Len(), len(to)) {
				s.becomes(tup.At(i).Type(), to[i])
			}
			return
		}
	}
	for i := range min(len(list), len(to)) {
		s.flows(list[i], to[i])
	}
}

// ranges looks at what a loop sets.
func (s *shaper) ranges(n *ast.RangeStmt) {
	for _, x := range []ast.Expr{n.Key, n.Value} {
		if x == nil || n.Tok != token.ASSIGN || !types.IsInterface(typeOf(s.info, x)) {
			continue
		}
		s.becomes(s.info.TypeOf(n.X), s.info.TypeOf(x)) // all that it holds
	}
}

// literal looks at the elements of a literal.
func (s *shaper) literal(n *ast.CompositeLit) {
	t := typeOf(s.info, n)
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	st, isStruct := t.Underlying().(*types.Struct)
	for i, el := range n.Elts {
		kv, keyed := el.(*ast.KeyValueExpr)
		switch {
		case isStruct && keyed:
			if f := s.info.Uses[identOf(kv.Key)]; f != nil {
				s.flows(kv.Value, f.Type())
			}
		case isStruct:
			if i < st.NumFields() {
				s.flows(el, st.Field(i).Type())
			}
		case keyed:
			s.flows(kv.Value, elementType(t))
		default:
			s.flows(el, elementType(t))
		}
	}
}

// flows notes that x is put where values of type to are: what becomes an
// interface without methods can be printed, encoded, and compared.
func (s *shaper) flows(x ast.Expr, to types.Type) { s.becomes(s.info.TypeOf(x), to) }

// becomes notes that a value of one type is put where values of another are.
func (s *shaper) becomes(from, to types.Type) {
	if from == nil || to == nil || isTypeParam(to) {
		return
	}
	i, ok := to.Underlying().(*types.Interface)
	switch {
	case !ok:
	case types.IsInterface(from) && !isTypeParam(from):
		if i.NumMethods() == 0 && !saysItself(from) {
			s.bare[from] = true
		}
		if i.NumMethods() == 0 || !s.isOurs(to) {
			s.equated[from] = true
		}
	case i.NumMethods() == 0:
		s.show(from)
		s.equal(from)
	default:
		s.hide(from)
		if !s.isOurs(to) {
			s.equated[to] = true
		}
	}
}

// hide notes that values of a type of the program become interfaces with methods.
func (s *shaper) hide(t types.Type) {
	if id := s.prog.TypeParameter(t); id != 0 {
		s.hiddenParams[id] = true
	} else if s.isOurs(t) {
		s.hidden[t] = true
	}
}

// isOurs reports whether a type, or what it points to, may be declared in the program.
func (s *shaper) isOurs(t types.Type) bool {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return !ok || s.prog.IDOf(named.Obj()) != 0
}

// saysItself reports whether the values of an interface say themselves what is printed
// of them.
func saysItself(t types.Type) bool {
	i, ok := t.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for m := range i.Methods() {
		if m.Name() == "Error" || m.Name() == "String" {
			return true
		}
	}
	return i.NumMethods() == 0 // those are shown where they become it
}

// show notes that a value of type t may be looked at as a whole.
func (s *shaper) show(t types.Type) { s.mark(t, map[types.Type]bool{}) }

// mark notes all fields inside a type.
func (s *shaper) mark(t types.Type, seen map[types.Type]bool) {
	if t == nil || seen[t] {
		return
	}
	seen[t] = true
	if id := s.prog.TypeParameter(t); id != 0 {
		s.shownParams[id] = true
		return
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		s.mark(u.Elem(), seen)
	case *types.Slice:
		s.mark(u.Elem(), seen)
	case *types.Array:
		s.mark(u.Elem(), seen)
	case *types.Map:
		s.mark(u.Key(), seen)
		s.mark(u.Elem(), seen)
	case *types.Struct:
		for f := range u.Fields() {
			if id := s.prog.IDOf(f); id != 0 {
				s.shown[id] = true
			}
			s.mark(f.Type(), seen)
		}
	}
}

// structOf returns the struct type that a literal makes, or points to; nil for all
// others.
func structOf(info *types.Info, lit *ast.CompositeLit) *types.Struct {
	t := typeOf(info, lit)
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	st, _ := t.Underlying().(*types.Struct)
	return st
}

func isStruct(t types.Type) bool {
	_, ok := t.Underlying().(*types.Struct)
	return ok
}

func isTypeParam(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.TypeParam)
	return ok
}

// typeOf returns the type of x; the invalid type where there is none.
func typeOf(info *types.Info, x ast.Expr) types.Type {
	if t := info.TypeOf(x); t != nil {
		return t
	}
	return types.Typ[types.Invalid]
}

func identOf(x ast.Expr) *ast.Ident {
	id, _ := x.(*ast.Ident)
	return id
}

// elementType returns the type of the elements of a slice, an array or a map.
func elementType(t types.Type) types.Type {
	switch t := t.Underlying().(type) {
	case *types.Slice:
		return t.Elem()
	case *types.Array:
		return t.Elem()
	case *types.Map:
		return t.Elem()
	}
	return nil
}

// parameterType returns the type that the i-th argument of a call becomes.
func parameterType(sig *types.Signature, i int, spread bool) types.Type {
	n := sig.Params().Len()
	switch {
	case sig.Variadic() && i >= n-1 && !spread:
		if sl, ok := sig.Params().At(n - 1).Type().Underlying().(*types.Slice); ok {
			return sl.Elem()
		}
	case i < n:
		return sig.Params().At(i).Type()
	}
	return nil
}
