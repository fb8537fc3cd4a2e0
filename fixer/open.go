package fixer

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/internal/program"
	"github.com/flagdebt/flagdebt/registry"
)

// This file tells what stays though nobody here needs it: for other modules, or for
// what looks at structs as a whole.

// maxOpen bounds the names that are told.
const maxOpen = 20

// tellOpen tells what the removal has left without a user in the repository, and what
// stays since other modules may use it. Flag systems are there for other flags, too.
func (p *planner) tellOpen(changes []Change) []string {
	modules := p.changedModules(changes)
	kept := slices.DeleteFunc(p.graph().died(true), func(u *unit) bool {
		return !u.open || p.isDropped(u) || !p.isAsked(u.file) || !modules[u.pkg.Dir.Module] || len(p.found.Oracle.SystemsOf(u.pkg.Path)) > 0
	})
	var names []string
	for _, u := range kept {
		if outer := p.typeAround(u); outer != nil && slices.Contains(kept, outer) {
			continue
		}
		for _, name := range u.names() {
			names = append(names, fmt.Sprintf("%s (%s)", p.openName(u, name), p.positionAfter(name, changes)))
		}
	}
	return sentence("Nothing here uses these any more, but other modules may, so that they stay; delete what no other module uses, or set fix: {exported: remove}: ", names)
}

// tellSeen tells which fields stay though nobody names them any more.
func (p *planner) tellSeen(changes []Change) []string {
	var names []string
	for _, u := range p.graph().units {
		if !u.seen || u.test || p.isDropped(u) {
			continue
		}
		if id, ok := u.node.(*ast.Ident); ok {
			names = append(names, fmt.Sprintf("%s (%s)", p.openName(u, id), p.positionAfter(id, changes)))
		}
	}
	return sentence("Nothing reads these fields any more, but what looks at their structs as a whole may (it prints, encodes or compares them), so that they stay; delete those that it does not need: ", names)
}

// sentence ends a sentence with names, where there are some.
func sentence(words string, names []string) []string {
	if len(names) == 0 {
		return nil
	}
	if more := len(names) - maxOpen; more > 0 {
		names = append(names[:maxOpen], fmt.Sprintf("and %d more", more))
	}
	return []string{words + strings.Join(names, ", ") + "."}
}

// changedModules returns the modules in which something changes.
func (p *planner) changedModules(changes []Change) map[*program.Module]bool {
	out := map[*program.Module]bool{}
	for _, c := range changes {
		if f := p.prog.Files[c.Path]; f != nil && p.pkgs[f.Syntax] != nil {
			out[p.pkgs[f.Syntax].Dir.Module] = true
		}
	}
	return out
}

// names returns the exported names that a unit declares.
func (u *unit) names() []*ast.Ident {
	var out []*ast.Ident
	switch n := u.node.(type) {
	case *ast.FuncDecl:
		out = []*ast.Ident{n.Name}
	case *ast.TypeSpec:
		out = []*ast.Ident{n.Name}
	case *ast.ValueSpec:
		out = n.Names
	case *ast.Ident:
		out = []*ast.Ident{n}
	}
	return slices.DeleteFunc(slices.Clone(out), func(id *ast.Ident) bool { return !id.IsExported() })
}

// typeAround returns the type that a method, a field or a method of an interface
// belongs to; nil where there is none.
func (p *planner) typeAround(u *unit) *unit {
	if fn, ok := u.objs0().(*types.Func); ok && u.field == nil {
		if fn.Signature().Recv() == nil {
			return nil
		}
		return p.units.byID[p.prog.IDOf(receiverType(fn))]
	}
	i := slices.IndexFunc(p.units.units, func(o *unit) bool {
		_, isType := o.node.(*ast.TypeSpec)
		return isType && o != u && o.node.Pos() <= u.node.Pos() && u.node.End() <= o.node.End()
	})
	if i < 0 {
		return nil
	}
	return p.units.units[i]
}

// openName returns what other modules call what a unit declares.
func (p *planner) openName(u *unit, name *ast.Ident) string {
	words := []string{u.pkg.Types.Name()}
	if outer := p.typeAround(u); outer != nil {
		words = append(words, outer.objs0().Name())
	}
	return strings.Join(append(words, name.Name), ".")
}

// positionAfter returns where a name is declared once the changes are made: the lines
// above it may have gone.
func (p *planner) positionAfter(name *ast.Ident, changes []Change) registry.Position {
	pos := p.prog.Position(name.Pos())
	i := slices.IndexFunc(changes, func(c Change) bool { return c.File == pos.File })
	if i < 0 {
		return pos
	}
	pos.Line, pos.Column = changes[i].Line(pos.Line), 0
	return pos
}
