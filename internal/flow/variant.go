package flow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file says which constants, variables and functions are others in other
// builds: what they are in this one decides nothing.

// constant returns the compile-time constant that e is: Unknown or a soft text
// where another platform has another one, nil where e is no constant.
func (x *index) constant(info *types.Info, e ast.Expr) Value {
	c := info.Types[e].Value
	switch {
	case c == nil:
		return nil
	case x.varies(info, e):
		return soft(c)
	}
	return Const(c)
}

// varies reports whether a constant expression depends on the platform, or on a
// constant of which each build configuration has its own.
func (x *index) varies(info *types.Info, e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return !found
		}
		switch obj := info.Uses[id].(type) {
		case *types.Const:
			found = found || x.constVaries(obj)
		case *types.Builtin: // of package unsafe
			found = found || token.IsExported(obj.Name())
		}
		return !found
	})
	return found
}

func (x *index) constVaries(c *types.Const) bool {
	if id := x.prog.IDOf(c); id != 0 {
		return x.consts[id]
	}
	return c.Pkg() != nil && isOfPlatform(c.Pkg().Path(), c.Name())
}

// isOfPlatform reports whether a constant outside of the universe tells of the
// platform.
func isOfPlatform(pkg, name string) bool {
	switch pkg + "." + name {
	case "runtime.GOOS", "runtime.GOARCH", "runtime.Compiler", "strconv.IntSize", "math.MaxInt", "math.MinInt", "math.MaxUint", "math/bits.UintSize",
		"os.PathSeparator", "os.PathListSeparator", "os.DevNull", "path/filepath.Separator", "path/filepath.ListSeparator":
		return true
	}
	return pkg == "syscall" || strings.HasPrefix(pkg, "golang.org/x/sys/")
}

// settleConstants finds the constants of the packages that vary, also by way of
// others.
func (x *index) settleConstants(pkgs []*program.Package) {
	var decls []constants
	for _, pkg := range pkgs {
		for _, f := range pkg.Files {
			ast.Inspect(f.Syntax, func(n ast.Node) bool {
				if d, ok := n.(*ast.GenDecl); ok && d.Tok == token.CONST {
					decls = append(decls, constants{pkg.Info, d})
				}
				return true
			})
		}
	}
	for changed := true; changed; {
		changed = false
		for _, d := range decls {
			changed = x.settle(d) || changed
		}
	}
}

// constants is a declaration of constants.
type constants struct {
	info *types.Info
	decl *ast.GenDecl
}

// settle notes which constants of a declaration vary, and reports whether there
// are new ones. One without a value repeats the last one's.
func (x *index) settle(d constants) bool {
	changed := false
	var values []ast.Expr
	for _, s := range d.decl.Specs {
		spec := s.(*ast.ValueSpec)
		if len(spec.Values) > 0 {
			values = spec.Values
		}
		for i, name := range spec.Names {
			obj, ok := d.info.Defs[name].(*types.Const)
			if !ok || x.consts[program.ID(obj.Pos())] {
				continue
			}
			if x.prog.Varies(obj) || i < len(values) && x.varies(d.info, values[i]) {
				x.consts[program.ID(obj.Pos())] = true
				changed = true
			}
		}
	}
	return changed
}

// isLinked reports whether the linker may set a package variable: a string that
// holds none, or a constant.
func isLinked(info *types.Info, obj types.Object, values []ast.Expr) bool {
	b, ok := obj.Type().(*types.Basic)
	if !ok || b.Kind() != types.String {
		return false
	}
	for _, v := range values {
		if info.Types[v].Value == nil {
			return false
		}
	}
	return true
}

// linked returns what a variable is known to hold that is initialised with v.
func linked(w *variable, v Value) Value {
	if w == nil || !w.linked {
		return v
	}
	if c := v.Constant(); c != nil && c.Kind() == constant.String {
		return soft(c)
	}
	return v
}
