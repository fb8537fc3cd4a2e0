package flow

import (
	"go/token"
	"maps"
	"slices"

	"github.com/flagdebt/flagdebt/internal/program"
)

// env is what is known at a point of a function; the nil env is a point that is
// not reached.
type env struct {
	vars   map[program.ID]slot
	guards []string // keys of the flags that decided that we are here
	passed map[test]bool
}

// slot is what a local holds, and where it got it.
type slot struct {
	val  Value
	defs []token.Pos
}

func (v *env) clone() *env {
	if v == nil {
		return nil
	}
	return &env{maps.Clone(v.vars), v.guards, maps.Clone(v.passed)}
}

// guarded returns v with flags added to its guards.
func (v *env) guarded(keys []string) *env {
	if v == nil || len(keys) == 0 {
		return v
	}
	v.guards = append(slices.Clone(v.guards), keys...)
	slices.Sort(v.guards)
	v.guards = slices.Compact(v.guards)
	return v
}

// guarding returns the guards of v, which may be nil.
func (v *env) guarding() []string {
	if v == nil {
		return nil
	}
	return v.guards
}

// unguard takes v back to earlier guards: all ways from there lead here.
func (v *env) unguard(guards []string) {
	if v != nil {
		v.guards = guards
	}
}

// merge returns what holds where two ways meet. It may change and return a.
func merge(a, b *env) *env {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	out := &env{make(map[program.ID]slot, len(a.vars)), intersect(a.guards, b.guards), maps.Clone(a.passed)}
	maps.DeleteFunc(out.passed, func(t test, came bool) bool { other, ok := b.passed[t]; return !ok || other != came })
	for id, s := range a.vars {
		if t, ok := b.vars[id]; ok {
			out.vars[id] = slot{join(s.val, t.val), union(s.defs, t.defs)}
		}
	}
	return out
}

// equal reports whether two points know the same.
func equal(a, b *env) bool {
	if a == nil || b == nil {
		return a == b
	}
	if len(a.vars) != len(b.vars) || !slices.Equal(a.guards, b.guards) || !maps.Equal(a.passed, b.passed) {
		return false
	}
	for id, s := range a.vars {
		t, ok := b.vars[id]
		if !ok || !Same(s.val, t.val) || !slices.Equal(s.defs, t.defs) {
			return false
		}
	}
	return true
}
