package fixer

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file finds the values that are held against each other: structs are equal by
// their fields, pointers by what they point to, and two that point to variables
// without size may be equal or not (Go specification, "Comparison operators").

// compares looks at the two sides of a comparison.
func (s *shaper) compares(x, y ast.Expr) {
	if s.info.Types[x].IsNil() || s.info.Types[y].IsNil() {
		return
	}
	s.equal(s.info.TypeOf(x))
	s.equal(s.info.TypeOf(y))
}

// equal notes that values of type t may be compared.
func (s *shaper) equal(t types.Type) {
	if t == nil {
		return
	}
	if id := s.prog.TypeParameter(t); id != 0 {
		s.equalParams[id] = true
		return
	}
	switch u := t.Underlying().(type) {
	case *types.Interface:
		s.equated[t] = true
	case *types.Pointer:
		s.pointsTo(u.Elem())
	case *types.Array:
		s.equal(u.Elem())
	case *types.Struct:
		for f := range u.Fields() {
			if id := s.prog.IDOf(f); id != 0 {
				s.compared[id] = true
			}
			s.equal(f.Type())
		}
	}
}

// pointsTo notes that pointers to values of type t may be compared.
func (s *shaper) pointsTo(t types.Type) {
	if s.isPointedTo[t] {
		return
	}
	s.isPointedTo[t] = true
	eachFieldInside(t, func(f *types.Var) {
		if id := s.prog.IDOf(f); id != 0 {
			s.pointed[id] = append(s.pointed[id], t)
		}
	})
}

// eachFieldInside calls do for the fields of a struct, and of those inside of it.
func eachFieldInside(t types.Type, do func(*types.Var)) {
	switch u := t.Underlying().(type) {
	case *types.Array:
		eachFieldInside(u.Elem(), do)
	case *types.Struct:
		for f := range u.Fields() {
			do(f)
			eachFieldInside(f.Type(), do)
		}
	}
}

// argument is what a generic function or type is given for a parameter.
type argument struct {
	param program.ID
	typ   types.Type
}

// instance looks at what a generic function or type is given.
func (s *shaper) instance(id *ast.Ident, inst types.Instance) {
	obj := s.info.Uses[id]
	params := program.TypeParameters(obj)
	for i := range min(params.Len(), inst.TypeArgs.Len()) {
		p, t := params.At(i), inst.TypeArgs.At(i)
		switch {
		case s.prog.IDOf(obj) != 0:
			s.arguments = append(s.arguments, argument{s.prog.IDOf(p.Obj()), t})
		case !onlyCompares(obj.Pkg()):
			s.show(t)
			s.equal(t)
		case p.Constraint().Underlying().(*types.Interface).IsComparable():
			s.equal(t)
		}
	}
}

// onlyCompares reports whether the generic functions of a package do nothing with
// values but move them and, where they may, compare them.
func onlyCompares(pkg *types.Package) bool {
	return slices.Contains([]string{"slices", "maps", "sync", "sync/atomic", "cmp", "iter"}, pkg.Path())
}

// settle shows and compares what hides behind type parameters and interfaces.
func (s *shaper) settle() {
	for n := -1; n != s.size(); {
		n = s.size()
		for _, a := range s.arguments {
			if s.shownParams[a.param] {
				s.show(a.typ)
			}
			if s.equalParams[a.param] {
				s.equal(a.typ)
			}
			if s.hiddenParams[a.param] {
				s.hide(a.typ)
			}
		}
		for t := range s.hidden {
			if behindOneOf(t, s.bare) {
				s.show(t)
			}
			if behindOneOf(t, s.equated) {
				s.equal(t)
			}
		}
	}
}

// size returns how much has been found.
func (s *shapes) size() int {
	return len(s.shown) + len(s.compared) + len(s.isPointedTo) + len(s.hidden) + len(s.equated) + len(s.shownParams) + len(s.equalParams) + len(s.hiddenParams)
}

// behindOneOf reports whether a value of type t may be behind an interface. Types
// are those of several worlds, so that only names can be held against each other.
func behindOneOf(t types.Type, of map[types.Type]bool) bool {
	for i := range of {
		has := true
		for m := range i.Underlying().(*types.Interface).Methods() {
			obj, _, _ := types.LookupFieldOrMethod(t, false, m.Pkg(), m.Name())
			_, is := obj.(*types.Func)
			has = has && is
		}
		if has {
			return true
		}
	}
	return false
}

// keepApart keeps what would leave nothing in a struct whose pointers are compared,
// and reports whether there was such a thing among what dies.
func (p *planner) keepApart(g *graph, dead []*unit) bool {
	dies := map[*unit]bool{}
	for _, u := range dead {
		dies[u] = true
	}
	isGone := func(obj types.Object) bool {
		u := g.byID[p.prog.IDOf(obj)]
		return u != nil && (dies[u] || p.isDropped(u))
	}
	found := false
	for _, u := range dead {
		if u.field == nil {
			continue
		}
		for _, t := range p.shaped().pointed[p.prog.IDOf(u.objs[0])] {
			if named, ok := types.Unalias(t).(*types.Named); (!ok || !isGone(named.Obj())) && hasNothing(t, isGone) {
				u.root, u.open, u.seen, found = true, false, true, true
			}
		}
	}
	return found
}

// hasNothing reports whether the values of a type have no size, without the fields
// that are gone.
func hasNothing(t types.Type, isGone func(types.Object) bool) bool {
	switch u := t.Underlying().(type) {
	case *types.Array:
		return u.Len() == 0 || hasNothing(u.Elem(), isGone)
	case *types.Struct:
		for f := range u.Fields() {
			if !isGone(f) && !hasNothing(f.Type(), isGone) {
				return false
			}
		}
		return true
	}
	return false
}
