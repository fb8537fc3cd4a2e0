package analyzer

import (
	"errors"
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
	"github.com/flagdebt/flagdebt/registry"
)

// This file reads Go objects as flags: fields, package variables, constants,
// functions and methods that somebody names.

// SymbolSource is the source of a flag that is a Go object. The flag's key is the
// object's name, as in "example.com/app/features.Config.NewUI".
const SymbolSource = "symbol"

// symbol is a Go object that is read as a flag.
type symbol struct {
	name  string
	homes []symbolHome // how the name can be read; several where a package's path has a dot in its last element
	row   *row
}

// symbolHome is one way of reading a symbol's name.
type symbolHome struct {
	dir  *program.Dir
	path []string // a name of the package and, for fields and methods, what leads on from there
}

// member returns the object's own name.
func (s *symbol) member() string { return s.name[strings.LastIndexByte(s.name, '.')+1:] }

// addSymbols lets the oracle read Go objects as flags, once they are resolved. It
// returns the folders of the packages that may declare them. The error names a
// symbol of no package of the repository.
func (o *Oracle) addSymbols(repo *program.Repository, names []string) ([]*program.Dir, error) {
	var dirs []*program.Dir
	var errs []error
	for _, name := range names {
		s := &symbol{name: name}
		provider := &config.Provider{ID: SymbolSource}
		s.row = &row{provider: provider, kind: config.KindField, names: config.Names{List: []string{s.member()}}, number: len(o.all)}
		for _, d := range repo.Dirs {
			rest, ok := strings.CutPrefix(name, d.ImportPath+".")
			if !ok || rest == "" || strings.Contains(rest, "/") {
				continue
			}
			s.homes = append(s.homes, symbolHome{d, strings.Split(rest, ".")})
			s.row.packages = append(s.row.packages, d.ImportPath)
			dirs = append(dirs, d)
		}
		if len(s.homes) == 0 {
			errs = append(errs, noPackage(repo, name))
			continue
		}
		o.named = append(o.named, s)
		o.all = append(o.all, s.row)
	}
	return dirs, errors.Join(errs...)
}

// noPackage words that a symbol's package is not one of the repository.
func noPackage(repo *program.Repository, name string) error {
	i := strings.LastIndexByte(name, '/') + 1
	path, rest, ok := strings.Cut(name[i:], ".")
	path = name[:i] + path
	if !ok || rest == "" {
		return fmt.Errorf("symbol %q: it names no object of a package: write it as in example.com/app/features.Config.NewUI", name)
	}
	var paths []string
	for _, d := range repo.Dirs {
		paths = append(paths, d.ImportPath)
	}
	for _, p := range paths {
		if strings.HasSuffix(p, "/"+path) {
			return fmt.Errorf("symbol %q: the repository has no package %s: did you mean %q?", name, path, p+"."+rest)
		}
	}
	return fmt.Errorf("symbol %q: the repository has no package %s%s", name, path, nearest(path, paths))
}

// For returns the oracle that knows its symbols among the types of prog, and what its
// code fills; symbols that are not there are flags of nobody.
func (o *Oracle) For(prog *program.Program) *Oracle {
	out, _ := o.resolve(prog)
	return out
}

// resolve is For, with an error that names the symbols that are not there.
func (o *Oracle) resolve(prog *program.Program) (*Oracle, error) {
	out := *o
	out.filled = o.findFilled(prog, o.importedFields)
	if len(o.named) == 0 {
		return &out, nil
	}
	out.prog, out.symbols = prog, map[program.ID]*symbol{}
	var errs []error
	for _, s := range o.named {
		errs = append(errs, out.resolveOne(s))
	}
	return &out, errors.Join(errs...)
}

// resolveOne looks for a symbol in every package that may declare it, under each
// build configuration.
func (o *Oracle) resolveOne(s *symbol) error {
	err := fmt.Errorf("symbol %q: its package has no files for this build configuration", s.name)
	found := false
	for _, pkg := range o.prog.Packages {
		for _, h := range s.homes {
			if pkg.Path != h.dir.ImportPath {
				continue
			}
			obj, why := lookupSymbol(pkg.Types, h.path)
			if obj == nil {
				err = fmt.Errorf("symbol %q: %w", s.name, why)
			} else if id := o.prog.IDOf(obj); id != 0 {
				found = true
				o.symbols[id] = s
			}
		}
	}
	if found {
		return nil
	}
	return err
}

// lookupSymbol returns the object that a path of names leads to; where there is
// none, why.
func lookupSymbol(pkg *types.Package, path []string) (types.Object, error) {
	obj := pkg.Scope().Lookup(path[0])
	if obj == nil {
		return nil, fmt.Errorf("package %s declares no %s%s", pkg.Path(), path[0], nearest(path[0], pkg.Scope().Names()))
	}
	for i, name := range path[1:] {
		next, _, _ := types.LookupFieldOrMethod(obj.Type(), true, pkg, name)
		if next == nil {
			return nil, fmt.Errorf("%s.%s has no field or method %s%s", pkg.Path(), strings.Join(path[:i+1], "."), name, nearest(name, members(obj.Type())))
		}
		obj = next
	}
	switch obj := obj.(type) {
	case *types.Var, *types.Const:
		return obj, nil
	case *types.Func:
		if obj.Signature().Results().Len() == 0 {
			return nil, errors.New("it returns nothing, so it is no flag")
		}
		return obj, nil
	}
	return nil, fmt.Errorf("it is a type: name a field or method of it, as in %s.%s.NewUI", pkg.Path(), path[0])
}

// members returns the names of the fields and methods that a type declares.
func members(t types.Type) []string {
	var names []string
	if n, ok := types.Unalias(t).(*types.Named); ok {
		for m := range n.Methods() {
			names = append(names, m.Name())
		}
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for v := range u.Fields() {
			names = append(names, v.Name())
		}
	case *types.Interface:
		for m := range u.Methods() {
			names = append(names, m.Name())
		}
	}
	return names
}

// nearest says which of the known names may have been meant; "" where none is
// like it.
func nearest(name string, known []string) string {
	if hint := config.Hint(name, known); strings.HasSuffix(hint, "?") {
		return hint
	}
	return ""
}

// symbolOf returns the symbol that an object is, or nil.
func (o *Oracle) symbolOf(obj types.Object) *symbol {
	if len(o.symbols) == 0 || obj == nil {
		return nil
	}
	return o.symbols[o.prog.IDOf(obj)]
}

// SymbolOf returns the flag that an object is, where somebody has named it.
func (o *Oracle) SymbolOf(obj types.Object) (registry.ID, bool) {
	if s := o.symbolOf(obj); s != nil {
		return registry.ID{Source: SymbolSource, Key: s.name}, true
	}
	return registry.ID{}, false
}

// Symbols returns where the objects are declared that are read as flags.
func (o *Oracle) Symbols() []program.ID { return slices.Sorted(maps.Keys(o.symbols)) }

// askSymbol matches reads of the objects that are named, and calls of them.
func (o *Oracle) askSymbol(pkg *program.Package, e ast.Expr) *flow.Ask {
	if len(o.symbols) == 0 {
		return nil
	}
	var obj types.Object
	switch e := e.(type) {
	case *ast.CallExpr:
		if fn := callee(pkg.Info, e); fn != nil {
			return o.askSymbolCall(fn)
		}
		return nil
	case *ast.Ident:
		obj = pkg.Info.Uses[e]
	case *ast.SelectorExpr:
		obj = pkg.Info.Uses[e.Sel]
	}
	if _, isFunc := obj.(*types.Func); isFunc {
		return nil
	}
	if s := o.symbolOf(obj); s != nil {
		return s.ask(1)
	}
	return nil
}

func (o *Oracle) askSymbolCall(fn *types.Func) *flow.Ask {
	s := o.symbolOf(fn)
	if s == nil {
		return nil
	}
	results := fn.Signature().Results()
	a := s.ask(results.Len())
	if n := results.Len(); n > 1 && isError(results.At(n-1).Type()) {
		a.Err = n - 1
	}
	return a
}

// ask describes a question with so many results.
func (s *symbol) ask(results int) *flow.Ask {
	return &flow.Ask{Source: SymbolSource, Ref: s.row, Key: s.name, Results: results, Err: -1, Present: -1}
}
