package fixer

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/fixer/edit"
	"github.com/flagdebt/flagdebt/registry"
)

// This file puts the registration of a flag in the stage that settles its winner,
// where house rule keeps it: users may still name the flag.

// restaging is a registration that changes, and how.
type restaging struct {
	analyzer.Staging
	winner  string
	stage   string // the constant's name
	version string
}

// decideStages decides about the registrations that house rule leaves in another
// stage.
func (p *planner) decideStages() {
	p.restaged = map[*ast.File][]restaging{}
	done := map[*Removal]bool{}
	for _, id := range slices.Sorted(maps.Keys(p.defs)) {
		d := p.defs[id]
		if d.rule != registry.RetireRestage || done[d.removal] {
			continue
		}
		done[d.removal] = true
		found := false
		for _, s := range p.found.Stagings {
			if p.removalOf(s.Flag.Source, s.Flag.Key) == d.removal {
				found = p.restage(d, s) || found
			}
		}
		if !found && p.isEditable(p.fileOf(d.Obj.Pos())) {
			p.leave(d.removal, ReasonDefinition, d.Obj.Pos(), "nothing registers %s with a stage that could settle %s", d.Flag.Key, d.removal.Winner)
		}
	}
}

// restage changes one registration, and reports whether that is settled: it is
// changed, or need not be.
func (p *planner) restage(d *definition, s analyzer.Staging) bool {
	r := restaging{Staging: s, winner: d.removal.Winner.Text(), version: d.to}
	for _, name := range slices.Sorted(maps.Keys(s.Stages)) {
		if s.Stages[name] == r.winner && r.stage == "" {
			r.stage = name
		}
	}
	stage := s.Stage
	if s.Call == nil {
		stage = s.Field(s.Last, s.Row.Stage)
	}
	id := stageName(stage)
	if r.stage == "" || id == nil || !hasConstant(s.Pkg.Info.Uses[id], r.stage) {
		return false
	}
	file := p.fileOf(id.Pos())
	if !p.isEditable(file) || s.Call == nil && id.Name == r.stage && isTrue(s.Field(s.Last, s.Row.Lock)) {
		return true
	}
	p.restaged[file] = append(p.restaged[file], r)
	p.touched[file] = true
	return true
}

// stageName returns the name of the constant that a stage is, or nil.
func stageName(x ast.Expr) *ast.Ident {
	switch x := x.(type) {
	case *ast.Ident:
		return x
	case *ast.SelectorExpr:
		return x.Sel
	}
	return nil
}

// hasConstant reports whether beside an object a constant has that name.
func hasConstant(obj types.Object, name string) bool {
	if obj == nil || obj.Pkg() == nil {
		return false
	}
	_, ok := obj.Pkg().Scope().Lookup(name).(*types.Const)
	return ok
}

func isTrue(x ast.Expr) bool {
	id, ok := x.(*ast.Ident)
	return ok && id.Name == "true"
}

// emitStages writes the registrations in their new stage.
func (e *emitter) emitStages() {
	for _, r := range e.restaged[e.file.Syntax] {
		switch {
		case r.Call != nil:
			e.restageCall(r)
		case r.Row.Since == "" || len(r.Specs) == 1 && !e.isListed(r):
			e.restageSpec(r)
		default:
			e.addSpec(r)
		}
	}
}

// restageCall changes the stage that a call gets, and the version in which the flag
// goes.
func (e *emitter) restageCall(r restaging) {
	e.replace(stageName(r.Stage), edit.Text(r.stage))
	version := strconv.Quote(r.version)
	switch {
	case r.Until != nil:
		e.replace(r.Until, edit.Text(version))
	case r.Option != "":
		last := r.Call.Args[len(r.Call.Args)-1]
		e.behind(last, e.qualifier(r.Stage)+r.Option+"("+version+")")
	}
}

// behind adds an element to a list, behind its last one: on a line of its own,
// where that has one.
func (e *emitter) behind(last ast.Expr, text string) {
	end := e.off(last.End())
	if e.text.IsFirst(e.off(last.Pos())) && e.file.Data[end] == ',' {
		next := e.text.Next(end)
		e.out.Replace(next, next, edit.Text(e.text.Indent(e.off(last.Pos()))+text+","+e.newline()))
		return
	}
	e.out.Replace(end, end, edit.Text(", "+text))
}

// qualifier returns what stands before a name: "featuregate.".
func (e *emitter) qualifier(x ast.Expr) string {
	if sel, ok := x.(*ast.SelectorExpr); ok {
		return e.source(sel.X) + "."
	}
	return ""
}

// source returns the text of an expression.
func (e *emitter) source(x ast.Expr) string {
	return string(e.file.Data[e.off(x.Pos()):e.off(x.End())])
}

// isListed reports whether the literal of a stage stands in a list of them.
func (e *emitter) isListed(r restaging) bool {
	t, ok := e.info.TypeOf(r.Last).(*types.Pointer)
	if ok {
		return types.IsInterface(t)
	}
	found := false
	ast.Inspect(e.file.Syntax, func(n ast.Node) bool {
		lit, isLit := n.(*ast.CompositeLit)
		if isLit && slices.Contains(lit.Elts, ast.Expr(r.Last)) {
			_, found = typeOf(e.info, lit).Underlying().(*types.Slice)
		}
		return !found
	})
	return found
}

// restageSpec changes the fields of the one literal there is.
func (e *emitter) restageSpec(r restaging) {
	values := e.stageFields(r)
	last := r.Last.Elts[len(r.Last.Elts)-1]
	for _, name := range e.fieldsOf(r) {
		switch x := r.Field(r.Last, name); {
		case x != nil:
			e.replace(x, edit.Text(values[name]))
		case name != r.Row.Since:
			e.behind(last, name+": "+values[name])
		}
	}
}

// fieldsOf returns the fields that say the stage, in the order of the literal.
func (e *emitter) fieldsOf(r restaging) []string {
	var out []string
	for _, name := range []string{r.Row.Since, r.Row.Default, r.Row.Stage, r.Row.Lock} {
		if name != "" {
			out = append(out, name)
		}
	}
	at := func(name string) token.Pos {
		if x := r.Field(r.Last, name); x != nil {
			return x.Pos()
		}
		return r.Last.End()
	}
	slices.SortStableFunc(out, func(a, b string) int { return int(at(a) - at(b)) })
	return out
}

// stageFields returns what the fields hold then.
func (e *emitter) stageFields(r restaging) map[string]string {
	row := r.Row
	out := map[string]string{row.Default: r.winner, row.Lock: "true", row.Stage: e.qualifier(r.Field(r.Last, row.Stage)) + r.stage}
	if since := r.Field(r.Last, row.Since); since != nil {
		out[row.Since] = e.source(since)
		ast.Inspect(since, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok {
				version := strconv.Quote(strings.TrimPrefix(r.version, "v"))
				out[row.Since] = e.source(since)[:e.off(lit.Pos())-e.off(since.Pos())] + version + e.source(since)[e.off(lit.End())-e.off(since.Pos()):]
			}
			return true
		})
	}
	return out
}

// addSpec adds a literal for the new stage, behind the last one.
func (e *emitter) addSpec(r restaging) {
	values := e.stageFields(r)
	var fields []string
	for _, name := range e.fieldsOf(r) {
		fields = append(fields, name+": "+values[name])
	}
	e.behind(r.Specs[len(r.Specs)-1], "{"+strings.Join(fields, ", ")+"}")
}
