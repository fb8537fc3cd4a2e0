package fixer

import (
	"bytes"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file finds the declarations that die with the flags: alive before, and
// not reached after, neither from the roots nor from what was dead before.

// dropDeclarations drops the declarations that have died, and reports whether
// there were any.
func (p *planner) dropDeclarations() bool {
	g := p.graph()
	if p.tests.dropOfDead(g) {
		return true
	}
	dead := p.died(g)
	p.dropClaims(g, dead)
	for _, u := range dead {
		p.dropUnit(u)
	}
	return len(dead) > 0
}

// died returns the units that die now and can be taken out. One that can not
// stays, and keeps what it needs.
func (p *planner) died(g *graph) []*unit {
	p.alive = nil // it is some rounds old
	for {
		stays := false
		var out []*unit
		for _, u := range g.died(false) {
			switch {
			case p.isDropped(u):
			case p.mayDrop(u):
				out = append(out, u)
			default:
				u.root, u.open, stays = true, false, true
			}
		}
		if !stays && !p.keepApart(g, out) {
			return out
		}
	}
}

// isDropped reports whether a unit is gone already.
func (p *planner) isDropped(u *unit) bool {
	return p.gone[u.node] || u.decl != nil && p.gone[u.decl] || u.field != nil && p.gone[u.field]
}

// dropUnit takes a unit out, and what sets it.
func (p *planner) dropUnit(u *unit) {
	p.gone[u.node] = true
	p.touched[u.file] = true
	if f := u.field; f != nil && !slices.ContainsFunc(f.Names, func(id *ast.Ident) bool { return !p.gone[id] }) {
		p.gone[f] = true
	}
	for _, o := range u.objs {
		if v, ok := o.(*types.Var); ok {
			p.dropStores(v)
		}
	}
}

// dropClaims drops the claims about what dies.
func (p *planner) dropClaims(g *graph, dead []*unit) {
	dies := map[program.ID]bool{}
	for _, u := range dead {
		for _, o := range u.objs {
			dies[p.prog.IDOf(o)] = true
		}
	}
	for _, u := range g.units {
		if u.claim && !p.isDropped(u) && slices.ContainsFunc(u.after, func(id program.ID) bool { return dies[id] }) && p.isAsked(u.file) {
			p.dropUnit(u)
		}
	}
}

// reach returns the units that can be reached from start. The methods of a type
// are reached with it, where somebody may call them; sealed, other modules do not.
func (g *graph) reach(start []*unit, sealed bool, refs func(*unit) []program.ID) map[*unit]bool {
	seen := map[*unit]bool{}
	var kinds []program.ID // types that are reached
	ways := map[string]bool{}
	todo := slices.Clone(start)
	visit := func(id program.ID) {
		if w, ok := g.ways[id]; ok && !ways[w] {
			ways[w] = true
			for _, t := range kinds {
				for _, m := range g.methods[t] {
					if m.way == w {
						todo = append(todo, m.unit)
					}
				}
			}
		}
		if v := g.byID[id]; v != nil {
			todo = append(todo, v)
		}
		if len(g.methods[id]) == 0 {
			return
		}
		kinds = append(kinds, id)
		for _, m := range g.methods[id] {
			if m.unseen && !(sealed && m.open) || ways[m.way] {
				todo = append(todo, m.unit)
			}
		}
	}
	for len(todo) > 0 {
		u := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[u] {
			continue
		}
		seen[u] = true
		if u.field != nil {
			for _, o := range u.objs {
				visit(program.ID(o.Pos()))
			}
		}
		for _, id := range refs(u) {
			visit(id)
		}
	}
	return seen
}

// died returns the units that were alive and are not any more, in the order of
// the program; sealed, as if no other module could use any.
func (g *graph) died(sealed bool) []*unit {
	var roots []*unit
	for _, u := range g.units {
		if u.root && !(sealed && u.open) {
			roots = append(roots, u)
		}
	}
	before := g.reach(roots, sealed, func(u *unit) []program.ID { return u.before })
	start := roots
	for _, u := range g.units {
		if !before[u] && !u.claim && !u.goes {
			start = append(start, u)
		}
	}
	after := g.reach(start, sealed, func(u *unit) []program.ID { return u.after })
	var out []*unit
	for _, u := range g.units {
		if (before[u] || u.goes) && !after[u] {
			out = append(out, u)
		}
	}
	return out
}

// mayDrop reports whether a dead declaration can be taken out of its file.
func (p *planner) mayDrop(u *unit) bool {
	if !p.isAsked(u.file) || p.files[u.file].Generated || u.pkg.Cgo() || u.pkg.Broken() {
		return false
	}
	if u.field != nil && !p.mayDropMember(u) {
		u.seen = true
		return false
	}
	for _, o := range u.objs {
		if v, ok := o.(*types.Var); ok && !p.storesMayGo(v) {
			return false
		}
		for _, s := range p.prog.Ignored {
			if bytes.Contains(s.Data, []byte(o.Name())) {
				return false
			}
		}
	}
	for _, o := range u.objs {
		if p.namedInBroken(o.Name()) {
			return false
		}
	}
	if d, ok := u.decl.(*ast.GenDecl); ok && d.Tok == token.CONST && repeats(d) {
		return mayCount(u) // others count from it
	}
	return true
}

// namedInBroken reports whether a package that does not compile holds a name: it
// may mean the declaration, whatever the types say.
func (p *planner) namedInBroken(name string) bool {
	for _, pkg := range p.prog.Packages {
		if !pkg.Broken() {
			continue
		}
		for _, f := range pkg.Files {
			if bytes.Contains(f.Data, []byte(name)) {
				return true
			}
		}
	}
	return false
}

// repeats reports whether constants of a group depend on their neighbours.
func repeats(d *ast.GenDecl) bool {
	found := false
	for _, s := range d.Specs {
		v := s.(*ast.ValueSpec)
		found = found || v.Values == nil
		for _, x := range v.Values {
			ast.Inspect(x, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && id.Name == "iota" {
					found = true
				}
				return true
			})
		}
	}
	return found
}
