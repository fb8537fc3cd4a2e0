package fixer

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/flagdebt/flagdebt/internal/flow"
)

// This file says whether the words of a literal mean what they should in the
// place where it is to stand: code may call anything true, nil or int.

// canSpell reports whether a literal for v may stand in x's place.
func (r *reducer) canSpell(x ast.Expr, v flow.Value) bool {
	return r.spells(x.Pos(), v, r.info.TypeOf(x))
}

// spells reports whether a literal for v, of type t, may stand at a place.
func (r *reducer) spells(at token.Pos, v flow.Value, t types.Type) bool {
	if v.IsNil() {
		return r.meansBuiltin(at, "nil")
	}
	c := v.Constant()
	if c.Kind() == constant.Bool && !r.meansBuiltin(at, c.ExactString()) {
		return false
	}
	switch b, isBasic := t.(*types.Basic); {
	case t == nil || isBasic && b.Info()&types.IsUntyped != 0:
		return true
	case isBasic && (b.Kind() == types.Bool || b.Kind() == types.String):
		return true
	case types.IsInterface(t):
		return r.meansBuiltin(at, "any")
	}
	return r.spellsType(at, t)
}

// spellsType reports whether the names that spell t mean it at a place.
func (r *reducer) spellsType(at token.Pos, t types.Type) bool {
	var name *types.TypeName
	var args *types.TypeList
	switch t := t.(type) {
	case *types.Basic:
		return r.meansBuiltin(at, t.Name())
	case *types.Named:
		name, args = t.Obj(), t.TypeArgs()
	case *types.Alias:
		name, args = t.Obj(), t.TypeArgs()
	default:
		return true // nothing that a flag's value has
	}
	for i := range args.Len() {
		if !r.spellsType(at, args.At(i)) {
			return false
		}
	}
	if name.Pkg() == nil || name.Pkg() == r.pkg.Types {
		return r.means(at, name.Name(), name)
	}
	return r.imports(at, name)
}

// tellsType reports whether a type can be written at a place, and would mean itself.
func (r *reducer) tellsType(at token.Pos, t types.Type) bool {
	switch t := t.(type) {
	case *types.Pointer:
		return r.tellsType(at, t.Elem())
	case *types.Slice:
		return r.tellsType(at, t.Elem())
	case *types.Basic, *types.Named, *types.Alias:
		return r.spellsType(at, t)
	}
	return false
}

// imports reports whether a name of another package can be written at a place.
func (r *reducer) imports(at token.Pos, name *types.TypeName) bool {
	for _, spec := range r.fileOf(at).Imports {
		pkg, _ := r.info.Implicits[spec].(*types.PkgName)
		if spec.Name != nil {
			pkg, _ = r.info.Defs[spec.Name].(*types.PkgName)
		}
		if pkg == nil || pkg.Imported() != name.Pkg() {
			continue
		}
		if pkg.Name() == "." {
			return r.means(at, name.Name(), name)
		}
		return r.means(at, pkg.Name(), pkg)
	}
	return false
}

func (r *reducer) meansBuiltin(at token.Pos, word string) bool {
	return r.means(at, word, types.Universe.Lookup(word))
}

// means reports whether a word denotes obj at a place.
func (r *reducer) means(at token.Pos, word string, obj types.Object) bool {
	scope := r.pkg.Types.Scope().Innermost(at)
	if scope == nil {
		return true
	}
	_, found := scope.LookupParent(word, at)
	return found == obj
}
