package fixer

import (
	"go/ast"
	"slices"
)

// This file keeps the tests whole that set a flag to nobody knows what and ask for
// it themselves: tests of the flag system. To fold what they ask would leave
// checks that fail, or that check nothing.

// leaveAskers finds the functions in which a setting stays and that ask for the
// flags that are set, and no other to remove.
func (t *tester) leaveAskers() {
	set := map[ast.Node][]*Removal{}
	for _, s := range t.sets {
		if s.left && s.passes == nil && s.removal != nil && s.File.Test {
			d := s.path[len(s.path)-2]
			set[d] = append(set[d], s.removal)
		}
	}
	if len(set) == 0 {
		return
	}
	asked := map[ast.Node][]*Removal{}
	for _, fn := range t.with.Functions() {
		if !fn.Test {
			continue
		}
		base := t.base.Trace(fn)
		for x, v := range t.with.Trace(fn).Values {
			if r := t.carries(base.Values[x], v); r != nil {
				d := t.declAt(x)
				asked[d] = append(asked[d], r)
			}
		}
	}
	for d, rs := range asked {
		if len(set[d]) > 0 && !slices.ContainsFunc(rs, func(r *Removal) bool { return !slices.Contains(set[d], r) }) {
			t.asLeft[d] = true
		}
	}
}

// declAt returns the declaration that a node stands in, or nil.
func (t *tester) declAt(n ast.Node) ast.Node {
	for _, d := range t.fileOf(n.Pos()).Decls {
		if d.Pos() <= n.Pos() && n.Pos() < d.End() {
			return d
		}
	}
	return nil
}
