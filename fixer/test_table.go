package fixer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file drops the columns of tables that no test reads any more.

// column is a field of a struct type that a test file declares.
type column struct {
	field         *types.Var
	name          *ast.Ident
	in            *ast.Field
	before, after int // how often it is selected
}

// dropColumns drops the columns that have lost their last reader, and reports
// whether there were any.
func (t *tester) dropColumns() bool {
	dirs := map[string]bool{}
	for file := range t.touched {
		if t.prog.IsTest(file.Pos()) {
			dirs[folderOf(t.files[file])] = true
		}
	}
	if len(dirs) == 0 {
		return false
	}
	cols := map[token.Pos]*column{}
	t.eachTestFile(dirs, func(pkg *program.Package, file *ast.File) { t.collectColumns(pkg, file, cols) })
	if len(cols) == 0 {
		return false
	}
	t.eachTestFile(dirs, func(pkg *program.Package, file *ast.File) { t.countColumns(pkg, file, cols) })
	changed := false
	for _, c := range cols {
		if c.before == 0 || c.after > 0 || !t.mayEmpty(c) {
			continue
		}
		changed = true
		t.drop(c.name)
		if !slices.ContainsFunc(c.in.Names, func(id *ast.Ident) bool { return !t.gone[id] }) {
			t.gone[c.in] = true
		}
		for _, s := range t.storesOf()[t.prog.IDOf(c.field)] {
			if s.elem != nil {
				t.drop(s.elem)
			}
		}
	}
	return changed
}

// mayEmpty reports whether all literals can do without a column: to fill it does
// nothing but yield values.
func (t *tester) mayEmpty(c *column) bool {
	return !slices.ContainsFunc(t.storesOf()[t.prog.IDOf(c.field)], func(s store) bool {
		return s.elem != nil && (t.files[s.file].Generated || !t.isAsked(s.file) || t.with.HasEffects(s.pkg, s.value))
	})
}

func folderOf(f *program.File) string {
	for i := len(f.Rel) - 1; i >= 0; i-- {
		if f.Rel[i] == '/' {
			return f.Rel[:i]
		}
	}
	return ""
}

// eachTestFile calls f for the test files of some folders.
func (t *tester) eachTestFile(dirs map[string]bool, f func(*program.Package, *ast.File)) {
	for file, pkg := range t.pkgs {
		if t.files[file].Test && dirs[folderOf(t.files[file])] {
			f(pkg, file)
		}
	}
}

// collectColumns finds the fields that a file declares and that may be columns.
func (t *tester) collectColumns(pkg *program.Package, file *ast.File, cols map[token.Pos]*column) {
	if !t.touched[file] || t.files[file].Generated || !t.isAsked(file) {
		return
	}
	ast.Inspect(file, func(n ast.Node) bool {
		st, ok := n.(*ast.StructType)
		if !ok {
			return true
		}
		for _, f := range st.Fields.List {
			for _, id := range f.Names {
				v, ok := pkg.Info.Defs[id].(*types.Var)
				if ok && f.Tag == nil && id.Name != "_" && !t.gone[id] {
					cols[v.Pos()] = &column{field: v, name: id, in: f}
				}
			}
		}
		return true
	})
}

// countColumns counts the places that select columns.
func (t *tester) countColumns(pkg *program.Package, file *ast.File, cols map[token.Pos]*column) {
	of := func(n ast.Node) *column {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok || pkg.Info.Selections[sel] == nil {
			return nil
		}
		return cols[pkg.Info.Selections[sel].Obj().Pos()]
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if c := of(n); c != nil {
			c.before++
		}
		return true
	})
	t.walk(file, func(n ast.Node) bool {
		if c := of(n); c != nil {
			c.after++
		}
		return true
	})
}
