package fixer

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file finds the rows of tables: the elements of literals that loops go
// through, and nobody else.

// elementsIn returns the elements of the literals that x, a slice, an array or a
// map, may be. They are the loop's own: nobody else goes through them.
func (t *tester) elementsIn(pkg *program.Package, x ast.Expr, depth int) ([]element, bool) {
	switch x := ast.Unparen(x).(type) {
	case *ast.CompositeLit:
		var out []element
		for _, el := range x.Elts {
			if t.gone[el] {
				continue
			}
			expr := el
			if kv, ok := el.(*ast.KeyValueExpr); ok {
				expr = kv.Value
			}
			out = append(out, element{node: el, list: true, pkg: pkg, expr: expr})
		}
		return out, true
	case *ast.Ident:
		v, ok := pkg.Info.Uses[x].(*types.Var)
		if !ok {
			return nil, false
		}
		return t.elementsHeld(v, x, depth)
	case *ast.SelectorExpr:
		return t.elementsOfField(pkg, x, depth)
	}
	return nil, false
}

// elementsOfField returns the elements of the lists that the rows of a table hold
// in a field.
func (t *tester) elementsOfField(pkg *program.Package, x *ast.SelectorExpr, depth int) ([]element, bool) {
	sel := pkg.Info.Selections[x]
	id, ok := ast.Unparen(x.X).(*ast.Ident)
	if !ok || sel == nil || sel.Kind() != types.FieldVal || len(sel.Index()) != 1 {
		return nil, false
	}
	v, ok := pkg.Info.Uses[id].(*types.Var)
	if !ok {
		return nil, false
	}
	rows, ok := t.elementsOf(v, depth+1)
	if !ok {
		return nil, false
	}
	var out []element
	for i, row := range rows {
		lit := compositeOf(row.expr)
		if lit == nil {
			return nil, false
		}
		val := fieldValue(lit, x.Sel.Name, sel.Index()[0])
		if id, isName := val.(*ast.Ident); val == nil || isName && id.Name == "nil" {
			continue
		}
		if entry := entryOf(lit, val); entry != nil && t.gone[entry] {
			continue
		}
		elems, known := t.elementsIn(row.pkg, val, depth+1)
		if !known {
			return nil, false
		}
		for _, el := range elems {
			el.outer, el.field, el.of = &rows[i], entryOf(lit, val), sel.Obj().(*types.Var)
			out = append(out, el)
		}
	}
	return out, true
}

// entryOf returns the entry of a literal that has a value, or nil.
func entryOf(lit *ast.CompositeLit, val ast.Expr) *ast.KeyValueExpr {
	for _, el := range lit.Elts {
		if kv, ok := el.(*ast.KeyValueExpr); ok && kv.Value == val {
			return kv
		}
	}
	return nil
}

// elementsHeld returns the elements of what v holds where a loop names it at x.
func (t *tester) elementsHeld(v *types.Var, x *ast.Ident, depth int) ([]element, bool) {
	file := t.prog.FileAt(v.Pos())
	if file == nil || depth > maxDomains {
		return nil, false
	}
	pkg := t.pkgs[file.Syntax]
	path, _ := astutil.PathEnclosingInterval(file.Syntax, v.Pos(), v.Pos())
	for i, n := range path {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if len(n.Lhs) != len(n.Rhs) || !t.isOnlyRanged(pkg, v, x) {
				return nil, false
			}
			for j, l := range n.Lhs {
				if id, ok := l.(*ast.Ident); ok && pkg.Info.Defs[id] == v {
					return t.elementsIn(pkg, n.Rhs[j], depth+1)
				}
			}
			return nil, false
		case *ast.ValueSpec:
			if len(n.Names) != 1 || len(n.Values) != 1 || v.Exported() || !t.isOnlyRanged(pkg, v, x) {
				return nil, false
			}
			return t.elementsIn(pkg, n.Values[0], depth+1)
		case *ast.Field:
			if !t.isOnlyRanged(pkg, v, x) {
				return nil, false
			}
			var out []element
			args, ok := t.passed(pkg, path[i:], v, depth)
			for _, a := range args {
				elems, known := t.elementsIn(a.pkg, a.expr, depth+1)
				ok = ok && known
				out = append(out, elems...)
			}
			return out, ok
		case *ast.BlockStmt:
			return nil, false
		}
	}
	return nil, false
}

// tableOf returns the row of a table that a path leads out of, and the table: a
// list or map that one loop goes through, and nobody else. Both are nil where
// there is none.
func (t *tester) tableOf(pkg *program.Package, path []ast.Node) (ast.Expr, *ast.CompositeLit) {
	for i := 0; i+2 < len(path); i++ {
		switch n := path[i+1].(type) {
		case *ast.KeyValueExpr, *ast.UnaryExpr, *ast.ParenExpr:
		case *ast.CompositeLit:
			if t.isTable(pkg, n, path[i+2]) {
				return path[i].(ast.Expr), n
			}
		default:
			return nil, nil
		}
	}
	return nil, nil
}

// isTable reports whether one loop goes through the elements of a literal, and
// nobody else. in is what the literal stands in.
func (t *tester) isTable(pkg *program.Package, lit *ast.CompositeLit, in ast.Node) bool {
	is, known := t.tables[lit]
	if !known {
		is = isList(pkg.Info.TypeOf(lit)) && t.isLoopedOver(pkg, lit, in)
		t.tables[lit] = is
	}
	return is
}

// isList reports whether t is a list or a map.
func isList(t types.Type) bool {
	if t == nil {
		return false
	}
	switch t.Underlying().(type) {
	case *types.Slice, *types.Array, *types.Map:
		return true
	}
	return false
}

// isLoopedOver is isTable for a list.
func (t *tester) isLoopedOver(pkg *program.Package, lit *ast.CompositeLit, in ast.Node) bool {
	var name *ast.Ident
	switch n := in.(type) {
	case *ast.RangeStmt:
		return n.X == lit && !countsElsewhere(pkg, n)
	case *ast.AssignStmt:
		if n.Tok == token.DEFINE && len(n.Lhs) == 1 {
			name, _ = n.Lhs[0].(*ast.Ident)
		}
	case *ast.ValueSpec:
		if len(n.Names) == 1 && !n.Names[0].IsExported() {
			name = n.Names[0]
		}
	}
	if name == nil {
		return false
	}
	v, ok := pkg.Info.Defs[name].(*types.Var)
	if !ok {
		return false
	}
	loop := t.loopOver(pkg, v)
	return loop != nil && !countsElsewhere(pkg, loop) && t.isOnlyRanged(pkg, v, loop.X.(*ast.Ident))
}

// loopOver returns a loop that goes through what v holds, or nil.
func (t *tester) loopOver(pkg *program.Package, v *types.Var) *ast.RangeStmt {
	var out *ast.RangeStmt
	for _, f := range pkg.Files {
		ast.Inspect(f.Syntax, func(n ast.Node) bool {
			if s, ok := n.(*ast.RangeStmt); ok {
				if id, ok := s.X.(*ast.Ident); ok && pkg.Info.Uses[id] == v {
					out = s
				}
			}
			return true
		})
	}
	return out
}

// isOnlyRanged reports whether a variable is named in one loop alone, besides
// its length and its elements.
func (t *tester) isOnlyRanged(pkg *program.Package, v *types.Var, at *ast.Ident) bool {
	only := true
	for _, q := range t.prog.Packages {
		if q.Types.Path() != pkg.Types.Path() && v.Parent() != v.Pkg().Scope() {
			continue
		}
		for _, f := range q.Files {
			var stack []ast.Node
			ast.Inspect(f.Syntax, func(n ast.Node) bool {
				if n == nil {
					stack = stack[:len(stack)-1]
					return true
				}
				if id, ok := n.(*ast.Ident); ok && id != at && q.Info.Uses[id] != nil && t.prog.IDOf(q.Info.Uses[id]) == program.ID(v.Pos()) {
					only = only && isPartUse(id, stack)
				}
				stack = append(stack, n)
				return true
			})
		}
	}
	return only
}

// isPartUse reports whether a use of a slice is of its length or of one element.
func isPartUse(id *ast.Ident, stack []ast.Node) bool {
	switch n := stack[len(stack)-1].(type) {
	case *ast.IndexExpr:
		_, isName := n.Index.(*ast.Ident)
		return n.X == id && isName
	case *ast.CallExpr:
		return calledName(n) == "len"
	}
	return false
}

// countsElsewhere reports whether a loop over a list uses the index for more than
// to find the element, or to tell it: other lists may depend on it.
func countsElsewhere(pkg *program.Package, s *ast.RangeStmt) bool {
	key, ok := s.Key.(*ast.Ident)
	if !ok || key.Name == "_" {
		return false
	}
	found := false
	var stack []ast.Node
	ast.Inspect(s.Body, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		if id, ok := n.(*ast.Ident); ok && pkg.Info.Uses[id] == pkg.Info.Defs[key] {
			switch n := stack[len(stack)-1].(type) {
			case *ast.CallExpr:
			case *ast.IndexExpr:
				x, isName := ast.Unparen(n.X).(*ast.Ident)
				over, overName := ast.Unparen(s.X).(*ast.Ident)
				found = found || !isName || !overName || pkg.Info.Uses[x] != pkg.Info.Uses[over]
			default:
				found = true
			}
		}
		stack = append(stack, n)
		return true
	})
	return found
}

// literalOf returns the literal that a variable is declared with, or nil.
func (t *tester) literalOf(v *types.Var) *ast.CompositeLit {
	file := t.fileOf(v.Pos())
	if file == nil {
		return nil
	}
	path, _ := astutil.PathEnclosingInterval(file, v.Pos(), v.Pos())
	for _, n := range path {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if len(n.Lhs) == 1 && len(n.Rhs) == 1 {
				return compositeOf(n.Rhs[0])
			}
			return nil
		case *ast.ValueSpec:
			if len(n.Names) == 1 && len(n.Values) == 1 {
				return compositeOf(n.Values[0])
			}
			return nil
		}
	}
	return nil
}
