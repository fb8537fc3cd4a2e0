package flow

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/flagdebt/flagdebt/internal/program"
)

// scan looks at one file for what makes variables hard to follow: addresses
// taken, literals that capture, zero values, reflection, functions as values.
type scan struct {
	*index
	leak *leaker
	pkg  *program.Package
	test bool
	info *types.Info
}

func (s *scan) file(f *ast.File) {
	var stack []ast.Node
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		s.look(n, stack)
		stack = append(stack, n)
		return true
	})
}

// look notes what a node does. One that does not compile is skipped where no sense
// can be made of it.
func (s *scan) look(n ast.Node, stack []ast.Node) {
	if s.pkg.Partial() {
		defer func() { _ = recover() }()
	}
	s.node(n, stack)
	if !s.test {
		s.leak.look(n, stack)
	}
}

func (s *scan) node(n ast.Node, stack []ast.Node) {
	switch n := n.(type) {
	case *ast.Ident:
		s.ident(n, stack)
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			s.rewrites(n.X)
			s.addressOf(n.X)
		}
	case *ast.SelectorExpr:
		s.selector(n)
	case *ast.SliceExpr:
		if _, ok := types.Unalias(typeOf(s.info, n.X)).Underlying().(*types.Array); ok {
			s.addressOf(n.X)
		}
	case *ast.CallExpr:
		s.call(n, stack)
	case *ast.ValueSpec:
		if len(n.Values) == 0 && n.Type != nil && !s.test {
			s.makeZero(typeOf(s.info, n.Type))
		}
	case *ast.FuncType:
		if n.Results != nil && !s.test {
			for _, f := range n.Results.List {
				if len(f.Names) > 0 {
					s.makeZero(typeOf(s.info, f.Type))
				}
			}
		}
	case *ast.TypeAssertExpr:
		if n.Type != nil && !s.test {
			s.makeZero(typeOf(s.info, n.Type)) // where it fails, and that is asked for
		}
	case *ast.CompositeLit:
		s.literal(n)
	case *ast.StructType:
		s.structType(n, stack)
	case *ast.TypeSpec:
		if obj := s.info.Defs[n.Name]; obj != nil && s.prog.InIgnored(n.Name.Name) {
			s.makeZero(obj.Type())
		}
	case *ast.AssignStmt:
		for _, l := range n.Lhs {
			s.rewrites(l)
			if s.test {
				s.testWrites(l)
			} else {
				s.thaw(l)
			}
		}
	case *ast.IncDecStmt:
		s.thaw(n.X)
	case *ast.RangeStmt:
		s.thaw(n.Key)
		s.thaw(n.Value)
	}
	if e, ok := n.(ast.Expr); ok && !s.test {
		if tv, ok := s.info.Types[e]; ok && tv.IsType() && !isDefined(e, stack) {
			s.typeExpr(tv.Type)
		}
	}
}

// isDefined reports whether a type expression defines a named type: no value has
// it without that name.
func isDefined(e ast.Expr, stack []ast.Node) bool {
	if len(stack) == 0 {
		return false
	}
	spec, ok := stack[len(stack)-1].(*ast.TypeSpec)
	return ok && spec.Type == e && !spec.Assign.IsValid()
}

// typeExpr notes the struct types of which a composite type holds values that
// may be zero.
func (s *scan) typeExpr(t types.Type) {
	switch t := t.(type) {
	case *types.Slice:
		s.makeZero(t.Elem())
	case *types.Array:
		s.makeZero(t.Elem())
	case *types.Map:
		s.makeZero(t.Elem())
	case *types.Chan:
		s.makeZero(t.Elem())
	case *types.Struct:
		for v := range t.Fields() {
			s.makeZero(v.Type())
		}
	case *types.Named:
		if args := t.TypeArgs(); args != nil {
			for a := range args.Types() {
				s.makeZero(a)
			}
		}
	}
}

// makeZero notes that a zero value of t is made.
func (s *scan) makeZero(t types.Type) { s.markZero(t, map[types.Type]bool{}) }

func (s *scan) markZero(t types.Type, seen map[types.Type]bool) {
	t = types.Unalias(t)
	if t == nil || seen[t] {
		return
	}
	seen[t] = true
	if named, ok := t.(*types.Named); ok {
		if id := s.prog.IDOf(named.Obj()); id != 0 {
			s.zeroMade[id] = true
		}
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for v := range u.Fields() {
			s.markZero(v.Type(), seen)
		}
	case *types.Array:
		s.markZero(u.Elem(), seen)
	}
}

// ident notes captured locals and functions that are used as values.
func (s *scan) ident(id *ast.Ident, stack []ast.Node) {
	s.instance(id)
	switch obj := s.info.Uses[id].(type) {
	case *types.Var:
		if obj.IsField() || obj.Pkg() == nil || obj.Parent() == obj.Pkg().Scope() {
			return
		}
		for i := len(stack) - 1; i >= 0; i-- {
			if lit, ok := stack[i].(*ast.FuncLit); ok && (obj.Pos() < lit.Pos() || obj.Pos() >= lit.End()) {
				fid := program.ID(obj.Pos())
				s.captured[fid] = true
				if s.vars[fid] == nil {
					s.vars[fid] = &variable{typ: obj.Type(), local: true}
				}
				return
			}
		}
	case *types.Func:
		if !isCallee(id, stack) {
			if fid := s.prog.IDOf(obj); fid != 0 {
				s.escaped[fid] = true
			}
		}
	}
}

// instance notes the struct types that a generic function or type is given: it may
// make zero values of them.
func (s *scan) instance(id *ast.Ident) {
	inst, ok := s.info.Instances[id]
	if !ok || s.test {
		return
	}
	for t := range inst.TypeArgs.Types() {
		s.makeZero(t)
	}
}

// isCallee reports whether id names the function that a call calls.
func isCallee(id *ast.Ident, stack []ast.Node) bool {
	var e ast.Expr = id
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.SelectorExpr:
			if n.Sel != e {
				return false
			}
			e = n
		case *ast.ParenExpr:
			e = n
		case *ast.IndexExpr:
			if n.X != e {
				return false
			}
			e = n
		case *ast.IndexListExpr:
			if n.X != e {
				return false
			}
			e = n
		case *ast.CallExpr:
			return n.Fun == e
		default:
			return false
		}
	}
	return false
}

// selector notes the implicit address of a method call's receiver.
func (s *scan) selector(n *ast.SelectorExpr) {
	sel := s.info.Selections[n]
	if sel == nil || sel.Kind() != types.MethodVal {
		return
	}
	fn := sel.Obj().(*types.Func)
	recv := fn.Signature().Recv()
	if recv == nil {
		return
	}
	_, ptr := types.Unalias(recv.Type()).(*types.Pointer)
	_, xptr := types.Unalias(typeOf(s.info, n.X)).Underlying().(*types.Pointer)
	if ptr && !xptr && !s.asks(fn) {
		s.addressOf(n.X)
	}
}

// addressOf notes that the address of e is taken.
func (s *scan) addressOf(e ast.Expr) {
	if _, ok := ast.Unparen(e).(*ast.SelectorExpr); ok {
		s.thaw(e)
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if obj, ok := s.info.Uses[e].(*types.Var); ok {
			s.blur(obj)
		}
	case *ast.SelectorExpr:
		if sel := s.info.Selections[e]; sel != nil {
			if v, ok := sel.Obj().(*types.Var); ok {
				s.blur(v)
			}
			if _, ptr := typeOf(s.info, e.X).Underlying().(*types.Pointer); !ptr {
				s.addressOf(e.X)
			}
			return
		}
		if obj, ok := s.info.Uses[e.Sel].(*types.Var); ok {
			s.blur(obj)
		}
	case *ast.IndexExpr:
		if _, ok := typeOf(s.info, e.X).Underlying().(*types.Array); ok {
			s.addressOf(e.X)
		}
	}
}

// blur makes a variable unknown for good: a pointer to it may write it. For a
// field or package variable that holds a struct it means nothing: all writes
// of its fields are seen by the fields' names.
func (s *scan) blur(v *types.Var) {
	id := s.prog.IDOf(v)
	if id == 0 {
		return
	}
	if v.IsField() || v.Parent() == v.Pkg().Scope() {
		if _, isStruct := v.Type().Underlying().(*types.Struct); isStruct {
			return
		}
		if s.test {
			s.testWrite[id] = true
			return
		}
	}
	s.addressed[id] = true
	if w := s.vars[id]; w != nil {
		w.unknown = true
	}
}

// literal notes the fields that a test sets by building the struct.
func (s *scan) literal(n *ast.CompositeLit) {
	t := typeOf(s.info, n)
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	if !s.test {
		s.leavesZero(t, n)
		return
	}
	if st, ok := t.Underlying().(*types.Struct); ok {
		for v := range st.Fields() {
			if id := s.prog.IDOf(v); id != 0 {
				s.testWrite[id] = true
			}
		}
	}
}

// structType notes a struct type without a name: its values can be assigned to
// any type like it.
func (s *scan) structType(n *ast.StructType, stack []ast.Node) {
	if len(stack) > 0 {
		if _, named := stack[len(stack)-1].(*ast.TypeSpec); named {
			return
		}
	}
	if st, ok := typeOf(s.info, n).(*types.Struct); ok {
		s.unnamed = append(s.unnamed, st)
	}
}

// leavesZero notes the structs inside a struct that a literal does not set.
func (s *scan) leavesZero(t types.Type, n *ast.CompositeLit) {
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	set := map[types.Object]bool{}
	for _, el := range n.Elts {
		kv, ok := el.(*ast.KeyValueExpr)
		if !ok {
			return // without names, all are set
		}
		if id, ok := kv.Key.(*ast.Ident); ok {
			set[s.info.Uses[id]] = true
		}
	}
	for v := range st.Fields() {
		if !set[v] {
			s.makeZero(v.Type())
		}
	}
}

// rewrites notes a package variable that may be written as a whole, where its struct
// type has no name.
func (s *scan) rewrites(l ast.Expr) {
	if v := variableOf(s.info, l); v != nil && s.nameless[s.prog.IDOf(v)] {
		s.converted[s.prog.IDOf(v)] = true
	}
}

func (s *scan) testWrites(l ast.Expr) {
	if v := variableOf(s.info, l); v != nil && (v.IsField() || v.Parent() == v.Pkg().Scope()) {
		if id := s.prog.IDOf(v); id != 0 {
			s.testWrite[id] = true
		}
	}
}

// variableOf returns the variable or field that e denotes, or nil.
func variableOf(info *types.Info, e ast.Expr) *types.Var {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		obj := info.Uses[e]
		if obj == nil {
			obj = info.Defs[e]
		}
		v, _ := obj.(*types.Var)
		return v
	case *ast.SelectorExpr:
		if sel := info.Selections[e]; sel != nil {
			v, _ := sel.Obj().(*types.Var)
			return v
		}
		v, _ := info.Uses[e.Sel].(*types.Var)
		return v
	}
	return nil
}
