package fixer

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file finds what a variable of a test goes through: the elements of a
// literal, or what the calls of a helper pass.

// elementsOf returns what v goes through; false where that is not known.
func (t *tester) elementsOf(v *types.Var, depth int) ([]element, bool) {
	file := t.prog.FileAt(v.Pos())
	if file == nil || depth > maxDomains {
		return nil, false
	}
	path, _ := astutil.PathEnclosingInterval(file.Syntax, v.Pos(), v.Pos())
	pkg := t.pkgs[file.Syntax]
	for i, n := range path {
		switch n := n.(type) {
		case *ast.RangeStmt:
			return t.ranged(pkg, file.Syntax, n, v, depth)
		case *ast.AssignStmt:
			return t.aliased(pkg, n, v, depth)
		case *ast.Field:
			if elems, ok := t.entered(pkg, path[i:], v); ok {
				return elems, true
			}
			return t.passed(pkg, path[i:], v, depth)
		case *ast.BlockStmt:
			return nil, false
		}
	}
	return nil, false
}

// ranged returns the elements that a loop hands to v.
func (t *tester) ranged(pkg *program.Package, file *ast.File, s *ast.RangeStmt, v *types.Var, depth int) ([]element, bool) {
	id, ok := s.Value.(*ast.Ident)
	isKey := false
	if !ok || pkg.Info.Defs[id] != v {
		if id, ok = s.Key.(*ast.Ident); !ok || pkg.Info.Defs[id] != v {
			return nil, false
		}
		isKey = true
	}
	elems, ok := t.elementsIn(pkg, s.X, depth)
	if !ok || t.isWritten(pkg, file, v) {
		return nil, false
	}
	_, isMap := pkg.Info.TypeOf(s.X).Underlying().(*types.Map)
	if isKey && !isMap || !isMap && countsElsewhere(pkg, s) {
		return nil, false
	}
	for i := range elems {
		if kv, ok := elems[i].node.(*ast.KeyValueExpr); ok {
			if elems[i].expr = kv.Value; isKey {
				elems[i].expr = kv.Key
			}
		}
	}
	return elems, true
}

// isWritten reports whether a variable of a loop is assigned to in its body.
func (t *tester) isWritten(pkg *program.Package, file *ast.File, v *types.Var) bool {
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				if id, ok := ast.Unparen(l).(*ast.Ident); ok && pkg.Info.Uses[id] == v {
					found = true
				}
			}
		case *ast.UnaryExpr:
			if id, ok := ast.Unparen(n.X).(*ast.Ident); ok && n.Op == token.AND && pkg.Info.Uses[id] == v && !types.IsInterface(v.Type()) {
				_, isStruct := v.Type().Underlying().(*types.Struct)
				found = found || !isStruct
			}
		}
		return !found
	})
	return found
}

// aliased returns what v goes through where it is made a copy of another
// variable, or of an element of what a loop counts through.
func (t *tester) aliased(pkg *program.Package, s *ast.AssignStmt, v *types.Var, depth int) ([]element, bool) {
	if s.Tok != token.DEFINE || len(s.Lhs) != len(s.Rhs) || t.isWritten(pkg, t.fileOf(v.Pos()), v) {
		return nil, false
	}
	for i, l := range s.Lhs {
		if id, ok := l.(*ast.Ident); !ok || pkg.Info.Defs[id] != v {
			continue
		}
		x := ast.Unparen(s.Rhs[i])
		if u, ok := x.(*ast.UnaryExpr); ok && u.Op == token.AND {
			x = ast.Unparen(u.X)
		}
		switch x := x.(type) {
		case *ast.Ident:
			if w, ok := pkg.Info.Uses[x].(*types.Var); ok && !w.IsField() && w.Parent() != w.Pkg().Scope() {
				t.aliases[v] = w
				return t.elementsOf(w, depth+1)
			}
		case *ast.IndexExpr:
			return t.counted(pkg, x, depth)
		}
	}
	return nil, false
}

// counted returns the elements of a table that a loop counts through.
func (t *tester) counted(pkg *program.Package, x *ast.IndexExpr, depth int) ([]element, bool) {
	table, ok := ast.Unparen(x.X).(*ast.Ident)
	i, isIdent := ast.Unparen(x.Index).(*ast.Ident)
	if !ok || !isIdent {
		return nil, false
	}
	path, _ := astutil.PathEnclosingInterval(t.fileOf(x.Pos()), x.Pos(), x.End())
	for _, n := range path {
		s, ok := n.(*ast.RangeStmt)
		if !ok {
			continue
		}
		key, isKey := s.Key.(*ast.Ident)
		over, isName := ast.Unparen(s.X).(*ast.Ident)
		if isKey && isName && pkg.Info.Defs[key] != nil && pkg.Info.Defs[key] == pkg.Info.Uses[i] && pkg.Info.Uses[over] == pkg.Info.Uses[table] {
			if countsElsewhere(pkg, s) {
				return nil, false
			}
			return t.elementsIn(pkg, over, depth)
		}
	}
	return nil, false
}

// passed returns what the calls of a function pass as its parameter v. path
// begins with the field that declares it.
func (t *tester) passed(pkg *program.Package, path []ast.Node, v *types.Var, depth int) ([]element, bool) {
	var calls []callSite
	var typ *ast.FuncType
	known := false
	for i, n := range path {
		if ft, ok := n.(*ast.FuncType); ok {
			typ = ft
			if i+1 < len(path) {
				calls, known = t.callsOf(pkg, path[i+1:])
			}
			break
		}
	}
	if !known || t.isWritten(pkg, t.fileOf(v.Pos()), v) {
		return nil, false
	}
	n := paramNumber(pkg, typ, v)
	var out []element
	for _, c := range calls {
		if n < 0 || n >= len(c.call.Args) || c.call.Ellipsis.IsValid() {
			return nil, false
		}
		path := pathTo(c.file, c.call)
		if t.isGone(path) {
			continue
		}
		el := element{node: c.call, path: path, pkg: c.pkg, expr: c.call.Args[n]}
		deeper, ok := t.expand(el, depth)
		if !ok {
			return nil, false
		}
		out = append(out, deeper...)
	}
	return out, true
}

// expand returns the elements that an argument goes through in its turn.
func (t *tester) expand(el element, depth int) ([]element, bool) {
	if (&evaluator{tester: t, pkg: el.pkg}).eval(el.expr) != nil || compositeOf(el.expr) != nil {
		return []element{el}, true
	}
	w := t.varying(el.pkg, []ast.Expr{el.expr})
	if w == nil {
		return []element{el}, true
	}
	elems, ok := t.elementsOf(w, depth+1)
	if !ok {
		return nil, false
	}
	for i := range elems {
		e := &evaluator{tester: t, pkg: el.pkg, v: w, elem: &elems[i], vars: map[program.ID]flow.Value{}}
		val := e.eval(el.expr)
		if _, isName := ast.Unparen(el.expr).(*ast.Ident); val == nil && !isName {
			return nil, false
		}
		elems[i].value, elems[i].vars = val, e.vars
	}
	return elems, true
}

// paramNumber returns the number of a parameter; -1 where there is none.
func paramNumber(pkg *program.Package, typ *ast.FuncType, v *types.Var) int {
	n := 0
	for _, f := range typ.Params.List {
		if _, variadic := f.Type.(*ast.Ellipsis); variadic {
			return -1
		}
		for _, id := range f.Names {
			if pkg.Info.Defs[id] == v {
				return n
			}
			n++
		}
	}
	return -1
}
