package fixer

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/internal/program"
	"github.com/flagdebt/flagdebt/registry"
)

// This file decides about the definitions of the flags, by house rule: the field
// or variable that a flag is, the constant that names it, its row in a registry.

// DefinitionMode says what becomes of a flag's definition, beside the house rule.
type DefinitionMode string

// The ways to treat definitions.
const (
	DefinitionByRule DefinitionMode = ""     // as its provider says
	DefinitionStays  DefinitionMode = "stay" // it is left as it is, since somebody asked for that
	DefinitionAlone  DefinitionMode = "drop" // it alone is removed, since nobody reads it any more
)

// definition is an object that is there for one of the flags to remove.
type definition struct {
	analyzer.Definition
	removal *Removal
	rule    registry.Retire
	to      string
}

// findDefinitions finds the definitions of the flags to remove. An object that
// names several flags is none.
func (p *planner) findDefinitions() {
	p.defs = map[program.ID]*definition{}
	for _, d := range p.found.Definitions() {
		r := p.removalOf(d.Flag.Source, d.Flag.Key)
		if r == nil {
			continue
		}
		house := d.Retire
		if own, ok := p.opt.Retire[d.Flag.Source]; ok {
			house = own
		}
		if r.Retire.Rule != "" {
			house = r.Retire
		}
		switch {
		case d.Named, r.Definition == DefinitionAlone:
			house.Rule = registry.RetireRemove
		case r.Definition == DefinitionStays:
			house.Rule = registry.RetireKeep
		}
		p.defs[d.ID] = &definition{d, r, house.Rule, house.To}
	}
	for i := range p.removals {
		if p.removals[i].Definition == DefinitionAlone {
			p.dropsAlone(&p.removals[i])
		}
	}
}

// definitionOf returns the definition that an object is, or nil.
func (p *planner) definitionOf(obj types.Object) *definition {
	if obj == nil || len(p.defs) == 0 {
		return nil
	}
	return p.defs[p.prog.IDOf(obj)]
}

// retires returns the removal that an object is to go with, or nil.
func (p *planner) retires(obj types.Object) *Removal {
	if d := p.definitionOf(obj); d != nil && d.rule == registry.RetireRemove {
		return d.removal
	}
	return nil
}

// isKept reports whether house rule keeps an object that nobody may read.
func (p *planner) isKept(obj types.Object) bool {
	d := p.definitionOf(obj)
	return d != nil && d.rule != registry.RetireRemove
}

// tellKept tells the definitions that house rule keeps.
func (p *planner) tellKept() {
	for _, d := range p.defs {
		if d.rule == registry.RetireKeep && d.removal.Definition != DefinitionStays && p.isAsked(p.fileOf(d.Obj.Pos())) {
			rule := "the house rule of " + d.Flag.Source
			if d.removal.Retire.Rule != "" {
				rule = "its entry in the registry"
			}
			p.leave(d.removal, ReasonDefinition, d.Obj.Pos(), "%s is kept, as %s says", d.Obj.Name(), rule)
		}
	}
}

// kept returns the flags whose definition house rule keeps, in whatever form.
func (p *planner) kept() []registry.ID {
	var out []registry.ID
	for _, r := range p.removals {
		for _, d := range p.defs {
			if d.removal.Flag == r.Flag && d.rule != registry.RetireRemove {
				out = append(out, r.Flag)
				break
			}
		}
	}
	return out
}

// keepsDefinition reports whether the place that declares a flag may stay: by
// house rule, or since the file is generated, which is told.
func (p *planner) keepsDefinition(r *Removal, file string) bool {
	if r.Definition == DefinitionStays {
		return true
	}
	for _, f := range p.files {
		if f.Rel == file && f.Generated {
			return true
		}
	}
	for _, d := range p.defs {
		if d.removal == r && (d.rule == registry.RetireKeep || d.rule == registry.RetireRestage) {
			return true
		}
	}
	return false
}

// dropsAlone adds what defines a flag that nobody asks for any more: the
// constants that are its key.
func (p *planner) dropsAlone(r *Removal) {
	for _, pkg := range p.prog.Packages {
		scope := pkg.Types.Scope()
		for _, name := range scope.Names() {
			c, ok := scope.Lookup(name).(*types.Const)
			if !ok || c.Val().Kind() != constant.String || constant.StringVal(c.Val()) != r.Flag.Key {
				continue
			}
			if id := p.prog.IDOf(c); id != 0 && p.defs[id] == nil {
				p.defs[id] = &definition{analyzer.Definition{Flag: r.Flag, ID: id, Obj: c}, r, registry.RetireRemove, ""}
			}
		}
	}
}

// retiresValue reports whether an object goes with its initial value, whatever
// that does: it is the flag's registration.
func (p *planner) retiresValue(obj types.Object) bool {
	d := p.definitionOf(obj)
	return d != nil && !d.Named && d.rule == registry.RetireRemove
}

// dropRows drops what stands in the program's lists and maps for the constants
// and variables that go: rows of registries.
func (p *planner) dropRows() {
	p.symbolFiles(func(pkg *program.Package, file *program.File) {
		if file.Test || !p.isEditable(file.Syntax) {
			return
		}
		var lits []*ast.CompositeLit
		ast.Inspect(file.Syntax, func(n ast.Node) bool {
			if lit, ok := n.(*ast.CompositeLit); ok {
				lits = append(lits, lit)
			}
			return true
		})
		for _, lit := range lits {
			p.dropRowsOf(pkg, file, lit)
		}
	})
}

// dropRowsOf drops the rows of one list or map.
func (p *planner) dropRowsOf(pkg *program.Package, file *program.File, lit *ast.CompositeLit) {
	switch typeOf(pkg.Info, lit).Underlying().(type) {
	case *types.Slice, *types.Map:
	default:
		return
	}
	for _, el := range lit.Elts {
		if p.isRowOf(pkg.Info, el) && !p.with.HasEffects(pkg, el) {
			p.gone[el] = true
			p.touched[file.Syntax] = true
		}
	}
}

// isRowOf reports whether an element is there for something that goes: it is its
// key, its name, or all that it holds. Where it asks for the flag, it is there for
// the answer.
func (p *planner) isRowOf(info *types.Info, el ast.Expr) bool {
	if kv, ok := el.(*ast.KeyValueExpr); ok {
		return p.retiresConst(info, kv.Key) || p.retiresNamed(info, kv.Value)
	}
	el = ast.Unparen(el)
	if u, ok := el.(*ast.UnaryExpr); ok && u.Op == token.AND {
		el = u.X
	}
	lit, ok := el.(*ast.CompositeLit)
	if !ok {
		return p.retiresNamed(info, el)
	}
	for _, x := range lit.Elts {
		if kv, ok := x.(*ast.KeyValueExpr); ok {
			x = kv.Value
		}
		if p.retiresConst(info, x) {
			return true
		}
	}
	return false
}

// retiresConst reports whether x names a constant that goes.
func (p *planner) retiresConst(info *types.Info, x ast.Expr) bool {
	_, isConst := namedBy(info, x).(*types.Const)
	return isConst && p.retiresNamed(info, x)
}

// retiresNamed reports whether x names an object that goes, and does not ask for it.
func (p *planner) retiresNamed(info *types.Info, x ast.Expr) bool {
	return p.retires(namedBy(info, x)) != nil && p.with.At(x).Asked[ast.Unparen(x)] == nil
}

// dropRegistrations drops the calls that do nothing but fill what goes: they get
// its address.
func (p *planner) dropRegistrations() {
	p.symbolFiles(func(pkg *program.Package, file *program.File) {
		if !p.isEditable(file.Syntax) {
			return
		}
		ast.Inspect(file.Syntax, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ExprStmt:
				if p.registers(pkg, n.X) {
					p.gone[n] = true
					p.touched[file.Syntax] = true
				}
			case *ast.IfStmt:
				if p.isCheckedRegistration(pkg, n) {
					p.gone[n] = true
					p.touched[file.Syntax] = true
				}
			}
			return true
		})
	})
}

// registers reports whether a call is one that its provider lists as filling a
// definition, and fills one that goes.
func (p *planner) registers(pkg *program.Package, x ast.Expr) bool {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return false
	}
	fills := false
	for _, a := range call.Args {
		if u, ok := ast.Unparen(a).(*ast.UnaryExpr); ok && u.Op == token.AND && p.retires(namedBy(pkg.Info, u.X)) != nil {
			fills = true
		} else if p.with.HasEffects(pkg, a) {
			return false
		}
	}
	if fn, ok := calleeOf(pkg.Info, call).(*types.Func); ok {
		return fills && p.found.Oracle.Registers(fn)
	}
	id, isName := ast.Unparen(call.Fun).(*ast.Ident) // a function that a local holds
	return fills && isName && p.found.Oracle.RegistersNamed(pkg.Path, id.Name)
}

// isCheckedRegistration reports whether an if does nothing but register and hand
// the error on: "if err := set(key, &x.F); err != nil { return err }".
func (p *planner) isCheckedRegistration(pkg *program.Package, s *ast.IfStmt) bool {
	a, ok := s.Init.(*ast.AssignStmt)
	if !ok || s.Else != nil || len(a.Rhs) != 1 || a.Tok != token.DEFINE || !p.registers(pkg, a.Rhs[0]) || len(s.Body.List) != 1 {
		return false
	}
	_, returns := s.Body.List[0].(*ast.ReturnStmt)
	return returns && !p.with.HasEffects(pkg, s.Cond)
}
