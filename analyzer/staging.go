package analyzer

import (
	"go/ast"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/program"
	"github.com/flagdebt/flagdebt/registry"
)

// Staging is a place that registers a flag and says its life-cycle stage: a call,
// or the literals of its stages.
type Staging struct {
	Flag   registry.ID
	Pkg    *program.Package
	Stages map[string]string // the name of a stage's constant -> the winner that it settles

	Call   *ast.CallExpr
	Stage  ast.Expr // of a call
	Until  ast.Expr // of a call: the version in which the flag goes, or nil
	Option string   // of a call: the option that holds it

	Row   *config.LiteralRow
	Specs []*ast.CompositeLit // in their order
	Last  *ast.CompositeLit   // the one that holds now
}

// staged records a call that registers a flag with a stage.
func (f *Found) staged(pkg *program.Package, call *ast.CallExpr, r *row, flag registry.ID) {
	if stage := f.operand(pkg, call, r.meta.Stage); stage != nil {
		f.Stagings = append(f.Stagings, Staging{
			Flag: flag, Pkg: pkg, Stages: r.meta.Settle, Call: call, Stage: stage,
			Until: f.operand(pkg, call, r.meta.Expires), Option: r.meta.Expires.Option,
		})
	}
}

// stages returns which winner the stages settle that the house rule puts flags in.
func (r *literalRow) stages() map[string]string {
	if r.Restage != nil {
		return r.Restage
	}
	return r.Settle
}

// Field returns the value of a field of one of the literals, or nil.
func (s Staging) Field(lit *ast.CompositeLit, name string) ast.Expr {
	if name == "" {
		return nil
	}
	return fieldOf(lit, name)
}
