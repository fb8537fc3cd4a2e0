package fixer

import (
	"go/ast"
	"go/types"
	"maps"
	"slices"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file finds the tests that call the code under test themselves, and hand
// it what the code gets from a flag: as an argument, or in a field.

// collectHanded finds what tests hand to the code themselves.
func (t *tester) collectHanded() {
	for _, fn := range t.with.Functions() {
		if fn.Obj == nil || fn.Test {
			continue
		}
		for i := range fn.Params() {
			if r := t.carries(t.base.Parameter(fn, i), t.with.Parameter(fn, i)); r != nil {
				t.addArguments(fn, i, r, t.with.Parameter(fn, i))
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(t.storesOf())) {
		v := t.with.Variable(id)
		if r := t.carries(t.base.Variable(id), v); r != nil {
			t.addFields(id, r, v)
		}
	}
	slices.SortStableFunc(t.sets, func(a, b *setting) int { return int(a.Node().Pos() - b.Node().Pos()) })
}

// carries returns the flag to remove whose value something holds: base with the
// flags unknown, with where they are at their winners; nil where it is none.
func (t *tester) carries(base, with flow.Value) *Removal {
	if !with.IsKnown() {
		return nil
	}
	_, source, key, ok := flow.AskedBy(base)
	if !ok {
		return nil
	}
	return t.removalOf(source, key)
}

// addArguments adds what the tests pass as a parameter.
func (t *tester) addArguments(fn *flow.Function, i int, r *Removal, v flow.Value) {
	for _, c := range t.calls[fn.ID] {
		if x := flow.Arg(fn, c.call, i); x != nil {
			t.addHanded(&setting{Override: analyzer.Override{Pkg: c.pkg, Call: c.call, X: x}}, c.file, r, v)
		}
	}
}

// addFields adds what the literals of tests give a field. A row of a table that
// leaves out what another row names gives it the zero value.
func (t *tester) addFields(id program.ID, r *Removal, v flow.Value) {
	for _, s := range t.storesOf()[id] {
		kv, ok := s.elem.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		t.addHanded(&setting{Override: analyzer.Override{Pkg: s.pkg, Entry: kv, X: kv.Value}}, s.file, r, v)
		for _, lit := range t.silentRows(s, id) {
			zero := flow.Zero(s.pkg.Info.Uses[kv.Key.(*ast.Ident)].Type())
			t.addHanded(&setting{Override: analyzer.Override{Pkg: s.pkg}, at: lit, hands: zero}, s.file, r, v)
		}
	}
}

// silentRows returns the literals that leave a field out, in the other rows of the
// table in which a store names it.
func (t *tester) silentRows(s store, field program.ID) []ast.Node {
	if !t.files[s.file].Test || t.silent[s.elem] {
		return nil
	}
	_, table := t.tableOf(s.pkg, pathTo(s.file, s.elem))
	if table == nil {
		return nil
	}
	named := map[ast.Node]bool{}
	for _, o := range t.stores.of[field] {
		named[o.lit] = true
		if table.Pos() <= o.elem.Pos() && o.elem.Pos() < table.End() {
			t.silent[o.elem] = true
		}
	}
	var out []ast.Node
	for _, row := range table.Elts {
		ast.Inspect(row, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if ok && !named[lit] && types.Identical(s.pkg.Info.TypeOf(lit), s.pkg.Info.TypeOf(s.lit)) {
				out = append(out, lit)
			}
			return true
		})
	}
	return out
}

// addHanded adds a place of a test that hands v, or something else, to the code.
func (t *tester) addHanded(s *setting, file *ast.File, r *Removal, v flow.Value) {
	if !t.files[file].Test {
		return
	}
	s.File, s.Source, s.Key = t.files[file], r.Flag.Source, r.Flag.Key
	s.removal, s.passes = r, v
	s.path = pathTo(file, s.Node())
	t.suit(s)
	t.sets = append(t.sets, s)
}

// tells reports whether it was told that a test hands x to the code, which is not
// what the code gets. It does not read that any more, so that nothing depends on x.
func (t *tester) tells(x ast.Expr) bool {
	return slices.ContainsFunc(t.sets, func(s *setting) bool { return s.passes != nil && s.told != "" && s.X == x })
}

// checkOf returns the statement that checks what a call yields and does no more,
// or nil.
func (t *tester) checkOf(c testCase) ast.Stmt {
	for i, n := range c.path {
		switch n := n.(type) {
		case *ast.FuncLit:
			return nil
		case *ast.ExprStmt:
			if t.checks(c.pkg, n) {
				return n
			}
			return nil
		case *ast.AssignStmt:
			if _, ok := c.path[i+1].(*ast.IfStmt); !ok {
				return nil
			}
		case *ast.IfStmt:
			if n.Else == nil && c.path[i-1] != n.Body && t.checks(c.pkg, n) {
				return n
			}
			return nil
		case ast.Stmt:
			return nil
		}
	}
	return nil
}
