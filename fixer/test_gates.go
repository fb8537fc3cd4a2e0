package fixer

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/flow"
)

// This file decides about what sets the flags that a table, a list or a
// configuration names:
//
//	for gate, on := range tc.gates {
//		features.Set(t, gate, on)
//	}
//	features.Use(tc.config)

// gate is an entry of a map or list of flags, and what it sets.
type gate struct {
	element
	key     string
	removal *Removal
	sets    flow.Value // nil where it is not known
}

// judgeGates decides about the entries of what a setting goes through that name
// flags to remove: those of the winner go, and so do the rows that hold one of
// the loser.
func (t *tester) judgeGates(s *setting) {
	elems, loop := t.gateElements(s)
	for _, g := range t.gatesOf(s, elems, loop) {
		if t.gone[g.node] || g.outer != nil && t.gone[g.outer.node] {
			continue
		}
		as := &setting{Override: s.Override, removal: g.removal, path: s.path}
		as.Key = g.key
		if as.X == nil {
			as.X = gateValue(g.node)
		}
		switch winner := t.winnerOf(as); {
		case g.sets == nil:
			t.leave(g.removal, ReasonTestUnknown, g.node.Pos(), "it is not known what this sets")
		case flow.Same(g.sets, winner):
			t.drop(g.node)
			t.dropEmptyGates(g)
			t.thinned[g.of] = true
		case g.outer != nil && g.outer.list:
			t.drop(g.outer.node)
			t.thinned[g.of] = true
		default:
			nodes, ok := t.dropForced(as, s.Pkg, s.path, 0)
			if !ok {
				t.leave(g.removal, ReasonTestLoser, g.node.Pos(), "it is set to %s here", text(g.sets))
			}
			t.dropAll(nodes)
		}
	}
	s.emptied = loop == nil && len(elems) > 0 && !slices.ContainsFunc(elems, func(el element) bool { return el.outer != nil || !t.gone[el.node] })
}

// gateValue returns what a map's entry gives a flag; nil for the element of a
// list.
func gateValue(n ast.Node) ast.Expr {
	if kv, ok := n.(*ast.KeyValueExpr); ok {
		return kv.Value
	}
	return nil
}

// gatesOf returns the entries that name flags to remove, among those that a setting
// goes through.
func (t *tester) gatesOf(s *setting, elems []element, loop *ast.RangeStmt) []gate {
	var out []gate
	for _, el := range elems {
		name, ok := s.FlagOf(t.gateName(s, el))
		if !ok {
			continue
		}
		if r := t.removalOf(s.Source, name); r != nil {
			out = append(out, gate{el, name, r, t.gateSets(s, el, loop)})
		}
	}
	return out
}

// gateName returns what names the flag of an entry: a value or, in a
// configuration, the name of a field.
func (t *tester) gateName(s *setting, el element) flow.Value {
	kv, ok := el.node.(*ast.KeyValueExpr)
	if !ok {
		return t.with.Value(el.pkg, el.expr)
	}
	if id, ok := kv.Key.(*ast.Ident); ok && isConfig(s.Pkg.Info.TypeOf(s.KeyX)) {
		return flow.TextValue(id.Name)
	}
	return t.with.Value(el.pkg, kv.Key)
}

// isConfig reports whether t is a struct, or points to one.
func isConfig(t types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	return isStruct(t)
}

// gateElements returns the entries that a setting goes through, and the loop
// that does; nil where the setting itself takes them all.
func (t *tester) gateElements(s *setting) ([]element, *ast.RangeStmt) {
	key := ast.Unparen(s.KeyX)
	if call, ok := key.(*ast.CallExpr); ok && len(call.Args) == 1 && s.Pkg.Info.Types[call.Fun].IsType() {
		key = ast.Unparen(call.Args[0])
	}
	id, isName := key.(*ast.Ident)
	if isName {
		for _, n := range s.path {
			loop, ok := n.(*ast.RangeStmt)
			if !ok {
				continue
			}
			for _, l := range []ast.Expr{loop.Key, loop.Value} {
				if v, ok := l.(*ast.Ident); ok && s.Pkg.Info.Defs[v] != nil && s.Pkg.Info.Defs[v] == s.Pkg.Info.Uses[id] {
					elems, _ := t.elementsIn(s.Pkg, loop.X, 0)
					return elems, loop
				}
			}
		}
	}
	typ := s.Pkg.Info.TypeOf(s.KeyX)
	if _, isMap := typ.Underlying().(*types.Map); isMap || isConfig(typ) {
		elems, _ := t.elementsIn(s.Pkg, s.KeyX, 0)
		return elems, nil
	}
	return nil, nil
}

// gateSets returns what a setting gives the flag of one entry; nil where that is
// not known.
func (t *tester) gateSets(s *setting, el element, loop *ast.RangeStmt) flow.Value {
	e := &evaluator{tester: t, pkg: s.Pkg}
	val := gateValue(el.node)
	if loop == nil {
		if val == nil {
			return nil
		}
		return (&evaluator{tester: t, pkg: el.pkg}).eval(val)
	}
	if v := t.setTo(s, e); v != nil {
		return v
	}
	id, ok := ast.Unparen(s.X).(*ast.Ident)
	of, isName := loop.Value.(*ast.Ident)
	if ok && isName && val != nil && s.Pkg.Info.Defs[of] != nil && s.Pkg.Info.Defs[of] == s.Pkg.Info.Uses[id] {
		return (&evaluator{tester: t, pkg: el.pkg}).eval(val)
	}
	return nil
}

// dropEmptyGates drops the field of a row that has lost its last entry.
func (t *tester) dropEmptyGates(g gate) {
	if g.field == nil {
		return
	}
	lit := compositeOf(g.field.Value)
	for _, el := range lit.Elts {
		if !t.gone[el] {
			return
		}
	}
	t.drop(g.field)
}
