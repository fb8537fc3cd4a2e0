package fixer

import (
	"github.com/flagdebt/flagdebt/internal/flow"
)

// This file tells of fakes that answer for an interface otherwise than the code does
// now: it does not ask them any more.

// tellFakes tells the methods of types in tests that may answer something else than
// all implementations in the code agree on.
func (t *tester) tellFakes() {
	g := t.graph()
	asked := map[string]bool{}
	for _, w := range g.ways {
		asked[w] = true
	}
	answers, differ := map[string]flow.Value{}, map[string]bool{}
	removals := map[string]*Removal{}
	for _, fn := range t.with.Functions() {
		if fn.Fake || fn.Obj == nil || fn.Sig.Recv() == nil || fn.Sig.Results().Len() != 1 || !asked[way(fn.Obj)] {
			continue
		}
		w, v := way(fn.Obj), t.with.Returned(fn)
		if r := t.carries(t.base.Returned(fn), v); r != nil {
			removals[w] = r
		}
		differ[w] = differ[w] || !v.IsKnown() || answers[w] != nil && !flow.Same(answers[w], v)
		answers[w] = v
	}
	for _, fn := range t.with.Functions() {
		if !fn.Fake || fn.Obj == nil || fn.Sig.Recv() == nil || t.isOut(g, fn) {
			continue
		}
		w := way(fn.Obj)
		if removals[w] == nil || differ[w] {
			continue
		}
		if v := t.with.Returned(fn); !v.IsKnown() || !flow.Same(v, answers[w]) {
			t.leave(removals[w], ReasonTestUnknown, fn.Obj.Pos(), "nobody asks %s of this fake any more: all of the code answers %s", fn.Obj.Name(), text(answers[w]))
		}
	}
}

// isOut reports whether the type of a method goes, or nothing in its file may change.
func (t *tester) isOut(g *graph, fn *flow.Function) bool {
	file := t.fileOf(fn.Node.Pos())
	if file == nil || t.gone[file] || !t.isAsked(file) {
		return true
	}
	u := g.byID[t.prog.IDOf(receiverType(fn.Obj))]
	return u == nil || t.isDropped(u)
}
