package fixer

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file knows the tables whose rows are calls:
//
//	DescribeTable("greeting", func(on bool, want string) {...},
//		Entry("on", true, "new"),
//		Entry("off", false, "old"),
//	)

// entryTable is such a table.
type entryTable struct {
	call    *ast.CallExpr
	body    *ast.FuncLit
	entries []*ast.CallExpr
}

// entryTableOf returns the table that a call describes; nil where it is none, or
// where not all of its rows stand in it.
func entryTableOf(pkg *program.Package, call *ast.CallExpr) *entryTable {
	switch calledName(call) {
	case "DescribeTable", "FDescribeTable", "PDescribeTable", "XDescribeTable", "DescribeTableSubtree":
	default:
		return nil
	}
	t := &entryTable{call: call}
	for i, x := range call.Args {
		switch x := ast.Unparen(x).(type) {
		case *ast.FuncLit:
			if t.body != nil {
				return nil
			}
			t.body = x
		case *ast.CallExpr:
			if !isEntry(x) {
				return nil
			}
			t.entries = append(t.entries, x)
		default:
			if i > 0 {
				return nil // entries, or what describes them
			}
		}
	}
	if t.body == nil || len(t.entries) == 0 || pkg.Info.TypeOf(t.body) == nil {
		return nil
	}
	sig := pkg.Info.TypeOf(t.body).(*types.Signature)
	if sig.Variadic() || call.Ellipsis.IsValid() || slices.ContainsFunc(t.entries, func(e *ast.CallExpr) bool {
		return len(e.Args) != sig.Params().Len()+1 || e.Ellipsis.IsValid()
	}) {
		return nil // labels and the like, or a list of arguments
	}
	return t
}

func isEntry(call *ast.CallExpr) bool {
	switch calledName(call) {
	case "Entry", "FEntry", "PEntry", "XEntry":
		return true
	}
	return false
}

// entered returns what the rows of a table pass as the parameter v of its
// function, which a path leads out of.
func (t *tester) entered(pkg *program.Package, path []ast.Node, v *types.Var) ([]element, bool) {
	i := slices.IndexFunc(path, func(n ast.Node) bool { _, ok := n.(*ast.FuncLit); return ok })
	if i < 0 || i+1 >= len(path) {
		return nil, false
	}
	call, ok := path[i+1].(*ast.CallExpr)
	if !ok {
		return nil, false
	}
	table := entryTableOf(pkg, call)
	if table == nil || table.body != path[i] || t.isWritten(pkg, t.fileOf(v.Pos()), v) {
		return nil, false
	}
	n := paramNumber(pkg, table.body.Type, v)
	if n < 0 {
		return nil, false
	}
	var out []element
	for _, e := range table.entries {
		if !t.gone[e] {
			out = append(out, element{node: e, list: true, pkg: pkg, expr: e.Args[n+1]})
		}
	}
	return out, true
}

// isDescribedOut reports whether a call describes a table that has lost all its
// rows.
func (t *tester) isDescribedOut(pkg *program.Package, call *ast.CallExpr) bool {
	table := entryTableOf(pkg, call)
	return table != nil && !slices.ContainsFunc(table.entries, func(e *ast.CallExpr) bool { return !t.gone[e] })
}

// dropEntryColumns drops the parameters of such tables that have lost their last
// reader, with what the rows pass, and reports whether there were any.
func (t *tester) dropEntryColumns() bool {
	changed := false
	for file := range t.touched {
		if !t.files[file].Test || !t.isEditable(file) {
			continue
		}
		pkg := t.pkgs[file]
		var usage *usage
		t.walk(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			table := entryTableOf(pkg, call)
			if table == nil {
				return true
			}
			if usage == nil {
				usage = (&reducer{t.planner, pkg, pkg.Info}).usage(file)
			}
			for i := range pkg.Info.TypeOf(table.body).(*types.Signature).Params().Len() {
				changed = t.dropEntryColumn(pkg, usage, table, i) || changed
			}
			return true
		})
	}
	return changed
}

// dropEntryColumn drops the i-th parameter of a table, and reports whether it did.
func (t *tester) dropEntryColumn(pkg *program.Package, u *usage, table *entryTable, i int) bool {
	v := program.ID(pkg.Info.TypeOf(table.body).(*types.Signature).Params().At(i).Pos())
	n := memberAt(table.body.Type.Params, i)
	if len(u.before[v]) == 0 || len(u.after[v]) > 0 || t.gone[n] {
		return false
	}
	for _, e := range table.entries {
		if !t.gone[e] && t.with.HasEffects(pkg, e.Args[i+1]) {
			return false
		}
	}
	t.dropMember(table.body.Type.Params, i)
	for _, e := range table.entries {
		t.gone[e.Args[i+1]] = true
	}
	return true
}
