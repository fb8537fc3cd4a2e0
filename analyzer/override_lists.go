package analyzer

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file finds the literals that an expression may be: that of a local, of the
// rows over which a loop goes, of a field of either, of what callers pass.

// listAt is a literal or the variadic arguments of a call, and where they stand.
type listAt struct {
	pkg   *program.Package
	file  *program.File
	lit   *ast.CompositeLit // nil for variadic arguments
	elems []ast.Expr
	depth int      // the number of locals between the literal and its use
	via   []string // the functions that they are handed to, the outermost first
}

// of returns the list that a literal is, in the same place.
func (at listAt) of(lit *ast.CompositeLit) listAt {
	at.lit, at.elems = lit, lit.Elts
	return at
}

// maxLocals bounds how many locals may stand between a literal and its use.
const maxLocals = 10

// listsOf returns the literals that x, which stands at a place, may be.
func (w *tableReader) listsOf(at listAt, x ast.Expr) []listAt {
	switch x := ast.Unparen(x).(type) {
	case *ast.CompositeLit:
		return []listAt{at.of(x)}
	case *ast.UnaryExpr:
		return w.listsOf(at, x.X)
	case *ast.StarExpr:
		return w.listsOf(at, x.X)
	case *ast.CallExpr:
		if fn := callee(at.pkg.Info, x); len(x.Args) == 1 && (at.pkg.Info.Types[x.Fun].IsType() || fn != nil && fn.FullName() == "maps.Clone") {
			return w.listsOf(at, x.Args[0])
		}
	case *ast.SelectorExpr:
		var out []listAt
		for _, row := range w.listsOf(at, x.X) {
			if in := fieldIn(at.pkg, row, x); in != nil {
				out = append(out, w.listsOf(row, in)...)
			}
		}
		return out
	case *ast.Ident:
		return w.listsIn(at, x)
	}
	return nil
}

// fieldIn returns what a struct literal sets the field to that is selected; nil where
// it leaves it out.
func fieldIn(pkg *program.Package, row listAt, sel *ast.SelectorExpr) ast.Expr {
	if row.lit == nil || len(row.elems) == 0 {
		return nil
	}
	if _, isKeyed := row.elems[0].(*ast.KeyValueExpr); isKeyed {
		return fieldOf(row.lit, sel.Sel.Name)
	}
	s := pkg.Info.Selections[sel]
	if s == nil || len(s.Index()) != 1 || s.Index()[0] >= len(row.elems) {
		return nil
	}
	return row.elems[s.Index()[0]]
}

// listsIn returns the literals that a local may be, which is set in one place, or a
// parameter.
func (w *tableReader) listsIn(at listAt, id *ast.Ident) []listAt {
	v, ok := at.pkg.Info.Uses[id].(*types.Var)
	if at.depth++; at.depth > maxLocals {
		return nil // maps that are copied into each other
	}
	if !ok || v.Pos() < at.file.Syntax.FileStart || at.file.Syntax.FileEnd <= v.Pos() || isWritten(at.pkg.Info, at.file.Syntax, v) {
		return nil
	}
	if loop := rangeOf(at.pkg, v); loop != nil {
		var out []listAt
		for _, list := range w.listsOf(at, loop.X) {
			for _, row := range list.elems {
				if kv, ok := row.(*ast.KeyValueExpr); ok {
					row = kv.Value
				}
				out = append(out, w.listsOf(list, row)...)
			}
		}
		return out
	}
	out := w.copied(at, v)
	if def := definitionOf(at.file, v); def != nil {
		return append(out, w.listsOf(at, def)...)
	}
	return append(out, w.passed(at, v)...)
}

// copied returns the literals that are copied into a local map:
//
//	maps.Copy(local, tc.gates)
//	for gate, on := range tc.gates {
//		local[gate] = on
func (w *tableReader) copied(at listAt, v *types.Var) []listAt {
	if _, isMap := v.Type().Underlying().(*types.Map); !isMap {
		return nil
	}
	is := func(x ast.Expr) bool {
		id, ok := ast.Unparen(x).(*ast.Ident)
		return ok && at.pkg.Info.Uses[id] == v
	}
	var out []listAt
	ast.Inspect(scopeOf(at.file.Syntax, v), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if fn := callee(at.pkg.Info, n); fn != nil && fn.FullName() == "maps.Copy" && len(n.Args) == 2 && is(n.Args[0]) {
				out = append(out, w.listsOf(at, n.Args[1])...)
			}
		case *ast.AssignStmt:
			if x, ok := n.Lhs[0].(*ast.IndexExpr); ok && is(x.X) {
				if loop, isKey := loopOf(at.pkg, x.Index); isKey && !is(loop.X) {
					out = append(out, w.listsOf(at, loop.X)...)
				}
			}
		}
		return true
	})
	return out
}

// scopeOf returns the declaration of a file in which a variable stands.
func scopeOf(file *ast.File, v *types.Var) ast.Node {
	for _, d := range file.Decls {
		if d.Pos() <= v.Pos() && v.Pos() < d.End() {
			return d
		}
	}
	return file
}

// passed returns the literals that callers pass for a parameter.
func (w *tableReader) passed(at listAt, v *types.Var) []listAt {
	fn := declaredAround(at.pkg.Info, at.file.Syntax, v)
	if fn == nil || len(at.via) >= maxHelpers {
		return nil
	}
	params := fn.Signature().Params()
	i := slices.Index(slices.Collect(params.Variables()), v)
	if i < 0 {
		return nil
	}
	isRest := fn.Signature().Variadic() && i == params.Len()-1
	var out []listAt
	for _, c := range w.callsOf(fn) {
		from := listAt{pkg: c.pkg, file: c.file, via: append([]string{w.nameOf(fn)}, at.via...)}
		switch {
		case isRest && !c.call.Ellipsis.IsValid():
			from.elems = c.call.Args[min(i, len(c.call.Args)):]
			out = append(out, from)
		case i < len(c.call.Args) && !isMethodExpr(c.pkg.Info, c.call):
			out = append(out, w.listsOf(from, c.call.Args[i])...)
		}
	}
	return out
}

// nameOf names a function of the program as wrappers are named.
func (w *tableReader) nameOf(fn *types.Func) string {
	if f := w.Engine.FunctionOf(fn); f != nil {
		return flow.Qualified(f)
	}
	return fn.FullName()
}

// declaredAround returns the function in whose declaration a variable stands; nil where
// there is none.
func declaredAround(info *types.Info, file *ast.File, v *types.Var) *types.Func {
	for _, d := range file.Decls {
		if decl, ok := d.(*ast.FuncDecl); ok && decl.Pos() <= v.Pos() && v.Pos() < decl.End() {
			fn, _ := info.Defs[decl.Name].(*types.Func)
			return fn
		}
	}
	return nil
}

// callsOf returns the calls of a function of the program.
func (w *tableReader) callsOf(fn *types.Func) []callAt {
	if w.calls == nil {
		w.calls = map[program.ID][]callAt{}
		seen := map[*ast.File]bool{}
		for _, pkg := range w.Prog.Packages {
			for _, file := range pkg.Files {
				if seen[file.Syntax] {
					continue
				}
				seen[file.Syntax] = true
				ast.Inspect(file.Syntax, func(n ast.Node) bool {
					if call, ok := n.(*ast.CallExpr); ok {
						w.index(pkg, file, call)
					}
					return true
				})
			}
		}
	}
	return w.calls[w.Prog.IDOf(fn)]
}

// index notes a call.
func (w *tableReader) index(pkg *program.Package, file *program.File, call *ast.CallExpr) {
	fn := callee(pkg.Info, call)
	if fn == nil {
		return
	}
	if id := w.Prog.IDOf(fn); id != 0 {
		w.calls[id] = append(w.calls[id], callAt{pkg, file, call})
	}
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
