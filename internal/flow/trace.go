package flow

import (
	"go/ast"
	"go/token"
	"slices"
)

// Trace is what was found out inside one function.
type Trace struct {
	// Values holds what is known of the expressions, save the compile-time
	// constants. An expression that is not in it is unknown or not reached.
	Values map[ast.Expr]Value
	// Defs holds, for each read of a local, the assignments that it may see,
	// by the position of the name assigned to. A read that is not in it may
	// see any.
	Defs map[*ast.Ident][]token.Pos
	// Asked holds the expressions that ask for a flag.
	Asked map[ast.Expr]*Asked
	// Reached holds the statements that are reached.
	Reached map[ast.Stmt]bool

	// entered holds the functions that are called, and the literals that are made,
	// with the flags on which it depends whether they are.
	entered map[*Function][]string

	skipped map[ast.Expr]bool // operands that never run; false for those that do
}

// Asked is an expression that asks for a flag, directly or through wrappers.
type Asked struct {
	Ask    *Ask
	Key    Value    // constant where Key.Constant() is; nil for a bulk read
	Via    []string // wrappers, outermost first; empty for a direct question
	Wide   bool     // only who sees the whole program can tell
	More   []*Asked // further flags that the same expression yields
	Guards []string // the keys of the flags on which it depends whether it is asked
}

func newTrace() *Trace {
	return &Trace{Values: map[ast.Expr]Value{}, Defs: map[*ast.Ident][]token.Pos{}, Asked: map[ast.Expr]*Asked{}, Reached: map[ast.Stmt]bool{}, skipped: map[ast.Expr]bool{}, entered: map[*Function][]string{}}
}

// skip notes an operand that did not run in a pass.
func (t *Trace) skip(x ast.Expr) {
	if _, ran := t.skipped[x]; !ran {
		t.skipped[x] = true
	}
}

// value records what x is, joined with what it was in earlier passes of a loop.
func (t *Trace) value(x ast.Expr, v Value) {
	old, seen := t.Values[x]
	if seen {
		v = join(old, v)
	}
	if seen || v != nil && v.kind != kUnknown {
		t.Values[x] = v
	}
}

func (t *Trace) reads(id *ast.Ident, defs []token.Pos) {
	t.Defs[id] = union(t.Defs[id], defs)
}

// enters notes that f is called, or made, where these flags decide so.
func (t *Trace) enters(f *Function, guards []string) {
	if old, ok := t.entered[f]; ok {
		guards = intersect(old, guards)
	}
	t.entered[f] = guards
}

// widen notes that it takes the whole program to know what x asks for.
func (t *Trace) widen(x ast.Expr) {
	if a := t.Asked[x]; a != nil {
		for _, b := range append(a.More, a) {
			b.Wide = true
		}
	}
}

func (t *Trace) asked(x ast.Expr, a *Asked) {
	if old := t.Asked[x]; old != nil && len(a.Via) > 0 && !Same(old.Key, a.Key) && old.yields(a) {
		return // one call of a wrapper that hands on several flags
	} else if old != nil {
		a.More = old.More
		a.Key = join(old.Key, a.Key)
		a.Guards = intersect(old.Guards, a.Guards)
	}
	t.Asked[x] = a
}

// move says that it is y, a call of x, that asks, where x only hands on the way to
// ask.
func (t *Trace) move(x, y ast.Expr) {
	if a := t.Asked[x]; a != nil && len(a.Via) > 0 {
		delete(t.Asked, x)
		t.asked(y, a)
	}
}

// yields notes another flag of the same expression; it reports false where the
// key is the same one, of which less is known by now.
func (a *Asked) yields(b *Asked) bool {
	if a.Key.Constant() == nil || b.Key.Constant() == nil {
		return false
	}
	for _, m := range a.More {
		if Same(m.Key, b.Key) {
			m.Guards = intersect(m.Guards, b.Guards)
			return true
		}
	}
	a.More = append(a.More, b)
	return true
}

// union merges two sorted sets; it returns one of them where it holds the other.
func union(a, b []token.Pos) []token.Pos {
	switch {
	case len(a) == 0:
		return b
	case len(b) == 0 || slices.Equal(a, b):
		return a
	}
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	return slices.Compact(out)
}

func intersect(a, b []string) []string {
	var out []string
	for _, s := range a {
		if slices.Contains(b, s) {
			out = append(out, s)
		}
	}
	return out
}
