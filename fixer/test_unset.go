package fixer

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file finds what people should look at: the tests that came to a flag and left
// it alone, since it was what the code itself says, and that may have been the loser.

// maxNamed bounds how many tests a sentence names.
const maxNamed = 5

// advice tells people what to look at in tests: what is there for tests alone now,
// and the tests that left a flag alone which was something else for them.
func (t *tester) advice() []string {
	var out []string
	if kept := t.keptByTests(); len(kept) > 0 {
		out = append(out, fmt.Sprintf("Nothing but tests uses %s any more.", some(kept)))
	}
	for i := range t.removals {
		r := &t.removals[i]
		if names := t.overlooked[r]; len(names) > 0 {
			out = append(out, fmt.Sprintf("Look at the rows that left %q out: it is %s for them now (%s).", r.Flag.Key, r.Winner, some(names)))
		}
		was := t.defaultOf(r)
		if was.IsZero() || was == r.Winner {
			continue
		}
		var names []string
		for _, u := range t.graph().back(t.askers(r), t.setsIn(r)) {
			if fn, ok := u.node.(*ast.FuncDecl); ok && u.test && isTest(fn) && fn.Name.Name != "TestMain" && !t.gone[fn] {
				names = append(names, fn.Name.Name)
			}
		}
		if len(names) > 0 {
			out = append(out, fmt.Sprintf("Look at the tests that left %q alone: it was %s for them, and is %s now (%s).", r.Flag.Key, was, r.Winner, some(names)))
		}
	}
	return out
}

// keptByTests names what of the code is left since tests use it.
func (t *tester) keptByTests() []string {
	g := t.graph()
	var out []string
	dead := g.deadBesideTests()
	for _, u := range g.units {
		if dead[u] && u.decl != nil && !t.isDropped(u) {
			for _, o := range u.objs {
				out = append(out, o.Name())
			}
		}
	}
	return out
}

// some names a few of many.
func some(names []string) string {
	slices.Sort(names)
	names = slices.Compact(names)
	if n := len(names) - maxNamed; n > 0 {
		return strings.Join(names[:maxNamed], ", ") + fmt.Sprintf(" and %d more", n)
	}
	return strings.Join(names, ", ")
}

// askers returns the units of the code, tests aside, that ask for a flag.
func (t *tester) askers(r *Removal) map[*unit]bool {
	places := map[ast.Node]bool{}
	for _, fn := range t.with.Functions() {
		for x, a := range t.with.Trace(fn).Asked {
			if key, ok := flow.Text(a.Key); ok && !fn.Test && x != nil && t.removalOf(a.Ask.Source, key) == r {
				places[t.declAt(x)] = true
			}
		}
	}
	out := map[*unit]bool{}
	for _, u := range t.graph().units {
		if u.decl != nil && places[u.decl] {
			out[u] = true
		}
	}
	return out
}

// setsIn returns the declarations of tests in which a flag is set.
func (t *tester) setsIn(r *Removal) map[ast.Node]bool {
	out := map[ast.Node]bool{}
	for _, s := range t.sets {
		if s.removal == r && s.passes == nil {
			out[s.path[len(s.path)-2]] = true
		}
	}
	return out
}

// back returns the units of the original that may come to one of some units,
// without those that stand in, or only come to them through, other declarations.
func (g *graph) back(to map[*unit]bool, without map[ast.Node]bool) []*unit {
	users := map[program.ID][]*unit{}
	for _, u := range g.units {
		for _, id := range u.before {
			users[id] = append(users[id], u)
		}
	}
	ways := map[string][]program.ID{}
	for id, w := range g.ways {
		ways[w] = append(ways[w], id)
	}
	seen := map[*unit]bool{}
	var todo []*unit
	visit := func(u *unit) {
		if !seen[u] && !without[u.decl] {
			seen[u] = true
			todo = append(todo, u)
		}
	}
	for u := range to {
		visit(u)
	}
	for len(todo) > 0 {
		u := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, o := range u.objs {
			ids := []program.ID{program.ID(o.Pos())}
			if fn, ok := o.(*types.Func); ok && fn.Signature().Recv() != nil {
				ids = append(ids, ways[way(fn)]...)
			}
			for _, id := range ids {
				for _, user := range users[id] {
					visit(user)
				}
			}
		}
	}
	var out []*unit
	for _, u := range g.units {
		if seen[u] {
			out = append(out, u)
		}
	}
	return out
}
