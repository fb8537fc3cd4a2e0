package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file finds the flags that the rows of a table set:
//
//	for _, tc := range []struct{ features features.Config }{{features: features.Config{NewUI: true}}} {
//		features.Set(tc.features)

// tabled returns the Sites that set flags in literals which do not stand in the call
// that takes them. They are told by Check alone: whether such an entry has to go
// with its flag is for who removes the flag to say, which sees them as values.
func (f *Found) tabled() []Site {
	var out []Site
	seen := map[token.Pos]bool{}
	for _, pkg := range f.Prog.Packages {
		for _, file := range pkg.Files {
			if !file.Test || seen[file.Syntax.FileStart] {
				continue
			}
			seen[file.Syntax.FileStart] = true
			for _, v := range f.Overrides(pkg, file) {
				if v.Call == nil && v.Lit == nil || v.Key != "" || v.KeyX == nil || !v.row.key.Fields && !v.row.key.MapKeys {
					continue
				}
				out = append(out, f.tabledBy(v)...)
			}
		}
	}
	slices.SortFunc(out, compareSites)
	return slices.CompactFunc(out, func(a, b Site) bool { return compareSites(a, b) == 0 })
}

// tabledBy returns the Sites of the literals that a call may take.
func (f *Found) tabledBy(v Override) []Site {
	var out []Site
	for _, lit := range literalsOf(v.Pkg, v.File, v.KeyX) {
		for _, set := range f.entries(v, lit) {
			if set.Entry == nil {
				continue
			}
			s := f.site(v.Pkg, set.Entry, v.row)
			s.Role, s.Flag.Key, s.KeyKind, s.Default, s.Scope = RoleOverride, set.Key, KeyConstant, set.Value, ScopeProgram
			if v.Helper != nil {
				s.Via = []string{flow.Qualified(v.Helper)}
			}
			s.In = enclosing(v.File.Syntax, s.pos)
			out = append(out, s)
		}
	}
	return out
}

// literalsOf returns the literals that x may be: that of a local, of the rows over
// which a loop goes, of a field of either.
func literalsOf(pkg *program.Package, file *program.File, x ast.Expr) []ast.Expr {
	switch x := ast.Unparen(x).(type) {
	case *ast.CompositeLit:
		return []ast.Expr{x}
	case *ast.UnaryExpr:
		if x.Op == token.AND {
			return literalsOf(pkg, file, x.X)
		}
	case *ast.StarExpr:
		return literalsOf(pkg, file, x.X)
	case *ast.SelectorExpr:
		var out []ast.Expr
		for _, row := range literalsOf(pkg, file, x.X) {
			if in := fieldIn(pkg, row, x); in != nil {
				out = append(out, literalsOf(pkg, file, in)...)
			}
		}
		return out
	case *ast.Ident:
		return literalsIn(pkg, file, x)
	}
	return nil
}

// fieldIn returns what a struct literal sets the field to that is selected; nil where
// it leaves it out.
func fieldIn(pkg *program.Package, row ast.Expr, sel *ast.SelectorExpr) ast.Expr {
	lit := row.(*ast.CompositeLit)
	if len(lit.Elts) == 0 {
		return nil
	}
	if _, isKeyed := lit.Elts[0].(*ast.KeyValueExpr); isKeyed {
		return fieldOf(row, sel.Sel.Name)
	}
	s := pkg.Info.Selections[sel]
	if s == nil || len(s.Index()) != 1 || s.Index()[0] >= len(lit.Elts) {
		return nil
	}
	return lit.Elts[s.Index()[0]]
}

// literalsIn returns the literals that a local may be, which is set in one place.
func literalsIn(pkg *program.Package, file *program.File, id *ast.Ident) []ast.Expr {
	v, ok := pkg.Info.Uses[id].(*types.Var)
	if !ok || v.Pos() < file.Syntax.FileStart || file.Syntax.FileEnd <= v.Pos() || isWritten(pkg.Info, file.Syntax, v) {
		return nil
	}
	if loop := rangeOf(pkg, v); loop != nil {
		var out []ast.Expr
		for _, list := range literalsOf(pkg, file, loop.X) {
			for _, row := range list.(*ast.CompositeLit).Elts {
				if kv, ok := row.(*ast.KeyValueExpr); ok {
					row = kv.Value
				}
				out = append(out, literalsOf(pkg, file, row)...)
			}
		}
		return out
	}
	if def := definitionOf(file, v); def != nil {
		return literalsOf(pkg, file, def)
	}
	return nil
}

// definitionOf returns what a variable is declared to be; nil where the code does not
// say it there.
func definitionOf(file *program.File, v *types.Var) ast.Expr {
	path, _ := astutil.PathEnclosingInterval(file.Syntax, v.Pos(), v.Pos())
	if len(path) < 2 {
		return nil
	}
	switch s := path[1].(type) {
	case *ast.AssignStmt:
		if i := slices.IndexFunc(s.Lhs, func(l ast.Expr) bool { return l == path[0] }); i >= 0 && len(s.Lhs) == len(s.Rhs) {
			return s.Rhs[i]
		}
	case *ast.ValueSpec:
		if i := slices.IndexFunc(s.Names, func(n *ast.Ident) bool { return n == path[0] }); i >= 0 && len(s.Names) == len(s.Values) {
			return s.Values[i]
		}
	}
	return nil
}
