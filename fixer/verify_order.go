package fixer

import (
	"fmt"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file makes sure that package variables get their values in the order in which
// they got them before. A function that does not name a variable any more does not
// wait for it any more, either. Source: The Go Programming Language Specification,
// Package initialization.

// verifyOrder refuses the flags of the attempt where, without them, the variables of a
// package would be initialized in another order, and that can be noticed.
func (p *planner) verifyOrder(next *program.Program) {
	before, after := byBuild(p.prog), byBuild(next)
	told := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(before)) {
		old, pkg := before[name], after[name]
		if pkg == nil || pkg == old || old.Partial() || told[old.Path] {
			continue
		}
		if first, second := p.swapped(old, pkg); first != nil {
			told[old.Path] = true
			p.refuseAll(ReasonOrder, first.Lhs[0].Pos(), fmt.Sprintf("%s would be initialized after %s, which calls or notices other code", p.initialized(first), p.initialized(second)))
		}
	}
}

// byBuild returns the packages by the go command's name for them; one that is built in
// several ways has a number behind it.
func byBuild(prog *program.Program) map[string]*program.Package {
	out := map[string]*program.Package{}
	for _, pkg := range prog.Packages {
		name := pkg.ID
		for n := 2; out[name] != nil; n++ {
			name = fmt.Sprintf("%s #%d", pkg.ID, n)
		}
		out[name] = pkg
	}
	return out
}

// swapped returns two initializers, in the order of old, that come in the other order
// in pkg, and of which one could notice; nil where there are none.
func (p *planner) swapped(old, pkg *program.Package) (first, second *types.Initializer) {
	was, is := p.places(old), p.places(pkg)
	var kept []*types.Initializer
	var now []int // their places in pkg
	last := 0
	for _, b := range old.Info.InitOrder {
		name := p.initialized(b)
		place := is[name]
		if was[name] == 0 || place == 0 || old.Info.Types[b.Rhs].Value != nil {
			continue
		}
		for i := 0; place < last && i < len(kept); i++ {
			if a := kept[i]; place < now[i] && (p.with.HasEffects(old, a.Rhs) || p.with.HasEffects(old, b.Rhs)) {
				return a, b
			}
		}
		kept, now, last = append(kept, b), append(now, place), max(last, place)
	}
	return nil, nil
}

// places numbers the initializers of a package in their order, from 1 on; those of
// which there are several have none.
func (p *planner) places(pkg *program.Package) map[string]int {
	out := map[string]int{}
	for i, init := range pkg.Info.InitOrder {
		name := p.initialized(init)
		if _, again := out[name]; again {
			out[name] = 0
			continue
		}
		out[name] = i + 1
	}
	return out
}

// initialized names what an initializer sets: the variables, or, where these have no
// name, the value and the file.
func (p *planner) initialized(init *types.Initializer) string {
	var names []string
	for _, v := range init.Lhs {
		if v.Name() != "_" {
			names = append(names, v.Name())
		}
	}
	if len(names) == 0 {
		return fmt.Sprintf("_ = %s in %s", types.ExprString(init.Rhs), p.prog.Position(init.Rhs.Pos()).File)
	}
	return strings.Join(names, ", ")
}
