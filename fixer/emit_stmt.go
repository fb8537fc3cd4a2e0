package fixer

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/fixer/edit"
)

// This file writes statements.

func (e *emitter) stmts(list []ast.Stmt) {
	for i, s := range list {
		if e.gone[s] && e.declare[s] == nil && e.isTail(list[i:]) && (e.tail[s] || i > 0 && e.terminates(list[i-1])) {
			e.cutTail(s, list[len(list)-1])
			return
		}
		e.stmt(s)
	}
}

// isTail reports whether all statements of a list's end are gone.
func (e *emitter) isTail(list []ast.Stmt) bool {
	return !slices.ContainsFunc(list, func(s ast.Stmt) bool { return !e.gone[s] || e.declare[s] != nil })
}

// cutTail takes the statements from first to last away, and all comments that
// belong to them.
func (e *emitter) cutTail(first, last ast.Stmt) {
	start, end := e.text.Whole(e.off(first.Pos()), e.off(last.End()))
	if above, _, ok := e.text.CommentAbove(e.off(first.Pos())); ok && start == e.text.Start(e.off(first.Pos())) {
		start = above
	}
	e.out.Replace(start, end)
}

// stmt edits a statement of a list: a flat switch over the kinds.
func (e *emitter) stmt(s ast.Stmt) {
	if s == nil {
		return
	}
	if ids := e.declare[s]; ids != nil {
		e.declareBefore(s, ids)
		return
	}
	if e.gone[s] {
		e.cut(s)
		return
	}
	if sp := e.flat[s]; sp != nil {
		e.splice(s, sp)
		return
	}
	switch s := s.(type) {
	case *ast.ExprStmt:
		e.expr(s.X, 0)
	case *ast.AssignStmt:
		e.assignStmt(s)
	case *ast.DeclStmt:
		if e.isDeclGone(s.Decl) {
			e.cut(s)
		} else {
			e.decl(s.Decl)
		}
	case *ast.ReturnStmt:
		e.returned(s)
	case *ast.BranchStmt:
		if word, ok := e.instead[s]; ok {
			e.replace(s, edit.Text(word.String()))
		}
	case *ast.BlockStmt:
		e.stmts(s.List)
	case *ast.IfStmt:
		e.ifStmt(s)
	case *ast.ForStmt:
		e.forStmt(s)
	case *ast.RangeStmt:
		e.rangeStmt(s)
	case *ast.SwitchStmt:
		e.switchStmt(s)
	case *ast.TypeSwitchStmt:
		e.header(s.Init)
		e.header(s.Assign)
		e.clauses(s.Body.List)
	case *ast.SelectStmt:
		e.clauses(s.Body.List)
	case *ast.LabeledStmt:
		e.labeledStmt(s)
	case *ast.GoStmt:
		e.expr(s.Call, 0)
	case *ast.DeferStmt:
		e.expr(s.Call, 0)
	case *ast.SendStmt:
		e.expr(s.Chan, 0)
		e.expr(s.Value, 0)
	case *ast.IncDecStmt:
		e.expr(s.X, primary)
	}
}

// labeledStmt takes the label away where it has lost its last user.
func (e *emitter) labeledStmt(s *ast.LabeledStmt) {
	if e.unlabel[s] {
		start, end := e.off(s.Pos()), e.off(s.Stmt.Pos())
		if e.text.IsFirst(start) && e.text.IsLast(e.off(s.Colon)+1) {
			start, end = e.text.Whole(start, e.off(s.Colon)+1)
		}
		e.out.Replace(start, end)
	}
	e.stmt(s.Stmt)
}

func (e *emitter) exprList(xs []ast.Expr) {
	for _, x := range xs {
		e.expr(x, 0)
	}
}

// cut takes a statement away with its lines, and with the comment above it
// where that speaks of the flags or of this statement alone.
func (e *emitter) cut(s ast.Stmt) {
	start, end := e.text.Whole(e.off(s.Pos()), e.off(s.End()))
	e.out.Replace(e.withComment(start, end, e.off(s.Pos())), end)
}

// withComment returns the start of [start, end) widened by the comment above it.
func (e *emitter) withComment(start, end, pos int) int {
	above, text, ok := e.text.CommentAbove(pos)
	if !ok || start != e.text.Start(pos) || e.text.Indent(above) != e.text.Indent(pos) {
		return start
	}
	if e.speaksOfFlags(text) || isDirective(text) {
		return above
	}
	if e.text.IsBlank(end) || e.text.Closes(end) {
		return above
	}
	return start
}

// isDirective reports whether comment lines speak to linters alone: they mean the
// statement below them.
func isDirective(comment string) bool {
	for line := range strings.Lines(comment) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "//nolint") && !strings.HasPrefix(line, "//lint:") {
			return false
		}
	}
	return true
}

// speaksOfFlags reports whether a comment names a flag, or flags as such.
func (e *emitter) speaksOfFlags(comment string) bool {
	for _, w := range e.words {
		if w.MatchString(comment) {
			return true
		}
	}
	return false
}

// header edits an init statement, which is no statement of a list.
func (e *emitter) header(s ast.Stmt) {
	switch {
	case s == nil:
	case e.gone[s]:
		end := e.off(s.End())
		for e.file.Data[end] == ' ' || e.file.Data[end] == ';' {
			end++
		}
		e.out.Replace(e.off(s.Pos()), end)
	default:
		e.stmt(s)
	}
}

func (e *emitter) ifStmt(s *ast.IfStmt) {
	e.header(s.Init)
	if n := e.nested[s]; n != nil {
		e.nest(s, n)
		return
	}
	if e.inverted[s] {
		e.invert(s)
		return
	}
	e.expr(s.Cond, 0)
	e.stmts(s.Body.List)
	if s.Else == nil {
		return
	}
	if e.lifted[s] && e.liftElse(s) {
		e.stmts(s.Else.(*ast.BlockStmt).List)
		return
	}
	if sp := e.flat[s.Else]; sp != nil {
		e.spliceElse(s, sp)
		return
	}
	e.stmt(s.Else)
}

func (e *emitter) forStmt(s *ast.ForStmt) {
	if e.noCond[s] {
		if s.Init == nil && s.Post == nil {
			e.out.Replace(e.off(s.For)+len("for"), e.off(s.Body.Lbrace), edit.Text(" "))
		} else {
			e.out.Replace(e.off(s.Cond.Pos()), e.off(s.Cond.End()))
		}
	} else {
		e.expr(s.Cond, 0)
	}
	if s.Init != nil {
		if e.gone[s.Init] {
			e.out.Replace(e.off(s.Init.Pos()), e.off(s.Init.End()))
		} else {
			e.stmt(s.Init)
		}
	}
	if s.Post != nil {
		if e.gone[s.Post] {
			e.out.Replace(e.off(s.Post.Pos()), e.off(s.Post.End()))
		} else {
			e.stmt(s.Post)
		}
	}
	e.stmts(s.Body.List)
}

func (e *emitter) rangeStmt(s *ast.RangeStmt) {
	isBlank := func(x ast.Expr) bool {
		id, ok := x.(*ast.Ident)
		return x == nil || ok && (id.Name == "_" || e.blank[id])
	}
	changed := func(x ast.Expr) bool {
		id, ok := x.(*ast.Ident)
		return ok && e.blank[id]
	}
	switch {
	case !changed(s.Key) && !changed(s.Value):
	case isBlank(s.Key) && isBlank(s.Value):
		e.out.Replace(e.off(s.Key.Pos()), e.off(s.Range))
	case isBlank(s.Value):
		e.out.Replace(e.off(s.Key.End()), e.off(s.Value.End()))
	default:
		e.replace(s.Key, edit.Text("_"))
	}
	e.expr(s.X, 0)
	e.stmts(s.Body.List)
}

func (e *emitter) switchStmt(s *ast.SwitchStmt) {
	e.header(s.Init)
	if e.noTag[s] {
		e.out.Replace(e.off(s.Tag.Pos()), e.off(s.Body.Lbrace))
	} else {
		e.expr(s.Tag, 0)
	}
	e.clauses(s.Body.List)
}

// clauses edits the clauses of a switch or select.
func (e *emitter) clauses(list []ast.Stmt) {
	for _, c := range list {
		if e.gone[c] {
			e.cut(c)
			continue
		}
		switch c := c.(type) {
		case *ast.CaseClause:
			if e.always[c] {
				e.out.Replace(e.off(c.Pos()), e.off(c.Colon), edit.Text("default"))
			} else {
				e.caseList(c)
			}
			e.stmts(c.Body)
		case *ast.CommClause:
			e.stmt(c.Comm)
			e.stmts(c.Body)
		}
	}
}

// caseList edits the expressions of a case, and cuts those that are gone.
func (e *emitter) caseList(c *ast.CaseClause) {
	for i, x := range c.List {
		switch {
		case !e.gone[x]:
			e.expr(x, 0)
		case i+1 < len(c.List):
			e.out.Replace(e.off(x.Pos()), e.off(c.List[i+1].Pos()))
		default:
			j := i
			for j > 0 && e.gone[c.List[j-1]] {
				j--
			}
			if j > 0 {
				e.out.Replace(e.off(c.List[j-1].End()), e.off(x.End()))
			}
		}
	}
}
