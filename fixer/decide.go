package fixer

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file decides what stands for each statement.

// decide folds what the winners decide, file by file.
func (p *planner) decide() {
	for _, fn := range p.with.Functions() {
		if file := p.fileOf(fn.Node.Pos()); file != nil && p.isAsked(file) && !p.files[file].Generated && p.changesIn(fn) {
			p.touched[file] = true
		}
	}
	for file := range p.touched {
		r := &reducer{p, p.pkgs[file], p.pkgs[file].Info}
		for _, d := range file.Decls {
			r.decl(d)
		}
	}
}

// changesIn reports whether the winners make anything known in a function.
func (p *planner) changesIn(fn *flow.Function) bool {
	base := p.base.Trace(fn)
	for x, v := range p.with.Trace(fn).Values {
		if v.IsKnown() && !base.Values[x].IsKnown() {
			return true
		}
	}
	for x, a := range p.with.Trace(fn).Asked {
		if key, ok := flow.Text(a.Key); ok && x != nil && p.removalOf(a.Ask.Source, key) != nil {
			return true
		}
	}
	return false
}

// reducer decides about the code of one package.
type reducer struct {
	*planner
	pkg  *program.Package
	info *types.Info
}

func (r *reducer) decl(d ast.Decl) {
	if r.gone[d] || r.tests.asLeft[d] {
		return
	}
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Body != nil {
			r.list(d.Body.List)
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			v, ok := s.(*ast.ValueSpec)
			switch {
			case !ok:
			case d.Tok == token.VAR && r.isSpecForNothing(v):
				r.gone[v] = true
			default:
				r.exprs(v.Values)
			}
		}
	}
}

// stmt is a flat switch over the kinds of statement.
func (r *reducer) stmt(s ast.Stmt) {
	if s == nil || r.gone[s] {
		return
	}
	switch s := s.(type) {
	case *ast.ExprStmt:
		if r.idle(s.X) {
			r.gone[s] = true
			return
		}
		r.callOperands(s.X)
	case *ast.AssignStmt:
		r.assignment(s)
	case *ast.DeclStmt:
		r.decl(s.Decl)
	case *ast.ReturnStmt:
		for _, x := range s.Results {
			r.expr(x)
			r.nilContext(x)
		}
	case *ast.BlockStmt:
		r.list(s.List)
	case *ast.IfStmt:
		r.ifStmt(s)
	case *ast.ForStmt:
		r.forStmt(s)
	case *ast.RangeStmt:
		r.expr(s.X)
		r.list(s.Body.List)
	case *ast.SwitchStmt:
		r.switchStmt(s)
	case *ast.TypeSwitchStmt:
		r.stmt(s.Init)
		r.expr(guarded(s))
		r.clauses(s.Body.List)
	case *ast.SelectStmt:
		r.clauses(s.Body.List)
	case *ast.LabeledStmt:
		r.stmt(s.Stmt)
		if sp := r.flat[s.Stmt]; sp != nil {
			sp.block = true
		}
	case *ast.GoStmt:
		r.callOperands(s.Call)
	case *ast.DeferStmt:
		r.callOperands(s.Call)
	case *ast.SendStmt:
		r.expr(s.Chan)
		r.expr(s.Value)
	case *ast.IncDecStmt:
		r.lvalue(s.X)
	}
}

// guarded returns the expression whose type a type switch asks for.
func guarded(s *ast.TypeSwitchStmt) ast.Expr {
	var x ast.Expr
	switch a := s.Assign.(type) {
	case *ast.ExprStmt:
		x = a.X
	case *ast.AssignStmt:
		x = a.Rhs[0]
	}
	return ast.Unparen(x).(*ast.TypeAssertExpr).X
}

func (r *reducer) assignment(s *ast.AssignStmt) {
	if r.isForNothing(s) {
		r.gone[s] = true
		return
	}
	for _, l := range s.Lhs {
		r.lvalue(l)
	}
	for _, x := range s.Rhs {
		if len(s.Rhs) < len(s.Lhs) {
			r.callOperands(x) // several results: the locals decide
			continue
		}
		r.expr(x)
		if s.Tok == token.ASSIGN {
			r.nilContext(x)
		}
	}
}

// isSpecForNothing reports whether a declaration, var _ = x, gives what the winners
// decide to nothing but the blank identifier.
func (r *reducer) isSpecForNothing(s *ast.ValueSpec) bool {
	for _, id := range s.Names {
		if id.Name != "_" {
			return false
		}
	}
	for _, x := range s.Values {
		if _, ok := r.folded(x); !ok {
			return false
		}
	}
	return len(s.Values) > 0
}

// isForNothing reports whether a statement assigns what the winners decide to
// nothing but the blank identifier.
func (r *reducer) isForNothing(s *ast.AssignStmt) bool {
	for _, l := range s.Lhs {
		if id, ok := l.(*ast.Ident); !ok || id.Name != "_" {
			return false
		}
	}
	for _, x := range s.Rhs {
		if _, ok := r.folded(x); !ok {
			return false
		}
	}
	return true
}

// lvalue decides about the operands of what is assigned to.
func (r *reducer) lvalue(l ast.Expr) {
	switch l := ast.Unparen(l).(type) {
	case *ast.SelectorExpr:
		r.expr(l.X)
	case *ast.IndexExpr:
		r.expr(l.X)
		r.expr(l.Index)
	case *ast.StarExpr:
		r.expr(l.X)
	}
}

func (r *reducer) clauses(list []ast.Stmt) {
	for _, c := range list {
		switch c := c.(type) {
		case *ast.CaseClause:
			r.list(c.Body)
		case *ast.CommClause:
			r.stmt(c.Comm)
			r.list(c.Body)
		}
	}
}

func (r *reducer) ifStmt(s *ast.IfStmt) {
	r.stmt(s.Init)
	v, ok := r.known(s.Cond)
	yes, isBool := flow.Truth(v)
	if !ok || !isBool {
		r.expr(s.Cond)
		r.list(s.Body.List)
		r.stmt(s.Else)
		return
	}
	sp := &splice{init: s.Init, effect: r.effects(s.Cond)}
	switch {
	case yes:
		sp.body = s.Body
	case s.Else != nil:
		sp.body = s.Else
	}
	r.flat[s] = sp
	r.stmt(sp.body)
}

func (r *reducer) forStmt(s *ast.ForStmt) {
	r.stmt(s.Init)
	r.stmt(s.Post)
	if s.Cond != nil {
		v, ok := r.folded(s.Cond)
		if again, isBool := flow.Truth(v); ok && isBool {
			if !again {
				r.flat[s] = &splice{init: s.Init}
				return
			}
			r.noCond[s] = true
		} else {
			r.expr(s.Cond)
		}
	}
	r.list(s.Body.List)
}
