package analyzer

import (
	"context"
	"go/ast"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file finds the packages that need not ask for a flag themselves to have
// to do with it: they are given its value, or are used by code that goes.

// handedTo returns the folders of repo that are not typed, though a flag's value
// is handed to a function, a field or a variable of theirs.
func (f *Found) handedTo(repo *program.Repository) []*program.Dir {
	carries, files := f.carrying()
	paths := map[string]bool{}
	for file, pkg := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			for _, obj := range handedOver(pkg.Info, n, carries) {
				if obj != nil && obj.Pkg() != nil && f.Prog.IDOf(obj) == 0 {
					paths[obj.Pkg().Path()] = true
				}
			}
			return true
		})
	}
	return dirsOf(repo, paths)
}

// carrying returns the expressions that carry a flag's value, or a way of asking for
// one, and the files that hold them. What a function is given, it may hand on.
func (f *Found) carrying() (map[ast.Expr]bool, map[*ast.File]*program.Package) {
	carries := map[ast.Expr]bool{}
	files := map[*ast.File]*program.Package{}
	given := map[parameter]bool{}
	for changed := true; changed; {
		changed = false
		for _, fn := range f.Engine.Functions() {
			for x, v := range f.Engine.Trace(fn).Values {
				i, isParam := flow.ParamIndex(v)
				if !carries[x] && (flow.HandsOn(v) || flow.IsWayOfAsking(v) || isParam && given[parameter{fn, i}]) {
					carries[x], changed = true, true
					files[f.Prog.FileAt(x.Pos()).Syntax] = fn.Pkg
				}
			}
		}
		for file, pkg := range files {
			f.give(file, pkg, carries, given)
		}
	}
	return carries, files
}

// parameter is a parameter of a function; the receiver is number 0 where there is one.
type parameter struct {
	fn *flow.Function
	i  int
}

// give notes the parameters that are given what carries a flag's value.
func (f *Found) give(file *ast.File, pkg *program.Package, carries map[ast.Expr]bool, given map[parameter]bool) {
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		obj := callee(pkg.Info, call)
		if obj == nil {
			return true
		}
		fn := f.Engine.FunctionOf(obj.Origin())
		for i, x := range call.Args {
			if fn != nil && carries[x] {
				if fn.Sig.Recv() != nil {
					i++
				}
				given[parameter{fn, i}] = true
			}
		}
		return true
	})
}

// handedOver returns what a node hands values that carry flags to.
func handedOver(info *types.Info, n ast.Node, carries map[ast.Expr]bool) []types.Object {
	switch n := n.(type) {
	case *ast.CallExpr:
		if fn := callee(info, n); fn != nil && slices.ContainsFunc(n.Args, func(x ast.Expr) bool { return carries[x] }) {
			return []types.Object{fn}
		}
	case *ast.KeyValueExpr:
		if id, ok := n.Key.(*ast.Ident); ok && carries[n.Value] {
			return []types.Object{info.Uses[id]}
		}
	case *ast.AssignStmt:
		var out []types.Object
		for i, x := range n.Rhs {
			if sel, ok := n.Lhs[min(i, len(n.Lhs)-1)].(*ast.SelectorExpr); ok && carries[x] {
				out = append(out, info.Uses[sel.Sel])
			}
		}
		return out
	}
	return nil
}

// dirsOf returns the folders of packages.
func dirsOf(repo *program.Repository, paths map[string]bool) []*program.Dir {
	var out []*program.Dir
	for _, d := range repo.Dirs {
		if paths[d.ImportPath] {
			out = append(out, d)
		}
	}
	return out
}

// Widen finds all again, with packages of the repository that were not looked at
// before. It returns nil where there are none of these.
func (d *Driver) Widen(ctx context.Context, c *Checked, paths map[string]bool) (*Found, error) {
	known := map[*program.Dir]bool{}
	for _, p := range c.Found.Prog.Packages {
		known[p.Dir] = true
	}
	dirs := slices.DeleteFunc(dirsOf(c.Repo, paths), func(d *program.Dir) bool { return known[d] })
	if len(dirs) == 0 {
		return nil, nil
	}
	for dir := range known {
		dirs = append(dirs, dir)
	}
	return d.findRounds(ctx, c.Repo, c.Found.Oracle, func(string) {}, dirs...)
}
