package flow

import (
	"go/types"
	"slices"
)

// This file follows what code outside of the universe gets back to the types that it
// may be, and notes what it may write then.

// settleLeaks follows what is lost back to the types that it may be. What methods
// return is lost where code outside of the universe may call one of that name, and
// what they are given where such code may be what is called.
func (x *index) settleLeaks(l *leaks) {
	for name, results := range l.results {
		for _, p := range results {
			l.lost[p] = l.lost[p] || x.outsideMethods[name]
		}
	}
	for fn := range l.dynamic {
		if x.isForeign(fn) || isPromoted(fn, l.embedded) {
			for i := range fn.Signature().Params().Len() {
				l.lost[place{name: asMethod(fn), slot: -1 - i}] = true
			}
		}
	}
	seen, done := map[place]bool{}, map[types.Type]bool{}
	for {
		todo := make([]place, 0, len(l.lost))
		for p, is := range l.lost {
			if is {
				todo = append(todo, p)
			}
		}
		for len(todo) > 0 {
			p := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if seen[p] {
				continue
			}
			seen[p] = true
			for t := range l.held[p] {
				l.types[t] = true
			}
			for from := range l.into[p] {
				todo = append(todo, from)
			}
		}
		for _, a := range l.arguments {
			if l.params[a.param] {
				l.types[a.typ] = true
			}
		}
		n := len(done)
		for t := range l.types {
			if !done[t] {
				done[t] = true
				x.reflects(l, t, map[types.Type]bool{})
			}
		}
		if len(done) == n {
			return
		}
	}
}

// reflects notes that code outside of the universe may set the exported fields of t,
// and of what they hold.
func (x *index) reflects(l *leaks, t types.Type, seen map[types.Type]bool) {
	t = types.Unalias(t)
	if t == nil || seen[t] {
		return
	}
	seen[t] = true
	if id := x.prog.TypeParameter(t); id != 0 {
		l.params[id] = true
		return
	}
	if named, ok := t.(*types.Named); ok {
		if id := x.prog.IDOf(named.Obj()); id != 0 {
			x.reflected[id] = true
		}
	}
	if st, ok := t.Underlying().(*types.Struct); ok {
		for f := range st.Fields() {
			switch {
			case !f.Exported() && !f.Embedded():
			case holdsInterface(f.Type()):
				l.lost[place{id: x.prog.IDOf(f)}] = true
			default:
				x.reflects(l, f.Type(), seen)
			}
		}
	}
	if sig, ok := t.Underlying().(*types.Signature); ok { // who calls it makes what it takes
		for v := range sig.Params().Variables() {
			x.reflects(l, v.Type(), seen)
		}
		for v := range sig.Results().Variables() {
			x.reflects(l, v.Type(), seen)
		}
	}
	if e := elementOf(t); e != nil {
		x.reflects(l, e, seen)
	}
}

// isForeign reports whether a type outside of the universe may stand behind the
// interface of a method.
func (x *index) isForeign(m *types.Func) bool {
	iface, ok := m.Signature().Recv().Type().Underlying().(*types.Interface)
	return ok && slices.ContainsFunc(x.foreign[m.Name()], func(named *types.Named) bool {
		var t types.Type = named
		if !types.IsInterface(named) {
			t = types.NewPointer(named)
		}
		for m := range iface.Methods() {
			obj, _, _ := types.LookupFieldOrMethod(t, false, m.Pkg(), m.Name())
			if fn, ok := obj.(*types.Func); !ok || asMethod(fn) != asMethod(m) {
				return false
			}
		}
		return true
	})
}

// isPromoted reports whether a struct of the universe may have a method of an
// interface by embedding a type from outside.
func isPromoted(m *types.Func, embedded map[types.Type]bool) bool {
	for t := range embedded {
		obj, _, _ := types.LookupFieldOrMethod(t, true, m.Pkg(), m.Name())
		if fn, ok := obj.(*types.Func); ok && asMethod(fn) == asMethod(m) {
			return true
		}
	}
	return false
}
