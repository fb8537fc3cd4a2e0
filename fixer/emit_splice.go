package fixer

import (
	"go/ast"

	"github.com/flagdebt/flagdebt/fixer/edit"
)

// This file writes what stands for a statement that the winners have decided.

// splice puts the parts that stand into a statement's place:
//
//	if v := f(); F {          v := f()
//		use(v)         →       use(v)
//	}
func (e *emitter) splice(s ast.Stmt, sp *splice) {
	e.edits(sp)
	start, end := e.off(s.Pos()), e.off(s.End())
	if e.isVoid(sp) {
		e.cut(s)
		return
	}
	if c, ok := sp.body.(*ast.IfStmt); ok && sp.init == nil && len(sp.effect) == 0 && e.flat[c] == nil {
		e.out.Replace(start, end, edit.Keep(e.off(c.Pos()), e.off(c.End())))
		return
	}
	a, b := e.text.Whole(start, end)
	if !e.text.IsFirst(start) || a != e.text.Start(start) {
		e.out.Replace(start, end, e.inline(sp)...)
		return
	}
	indent := e.text.Indent(start)
	if sp.block {
		e.out.Replace(start, end, e.asBlock(sp, indent)...)
		return
	}
	e.out.Replace(e.flagComment(a, start), b, e.lines(sp, indent)...)
}

// flagComment returns start widened by the comment above, where that speaks of
// the flags: the statement which it explains is there no more.
func (e *emitter) flagComment(start, pos int) int {
	above, text, ok := e.text.CommentAbove(pos)
	if ok && e.speaksOfFlags(text) {
		return above
	}
	return start
}

// edits makes the edits inside the parts that stand.
func (e *emitter) edits(sp *splice) {
	if e.hasInit(sp) {
		e.stmt(sp.init)
	}
	for _, x := range sp.effect {
		e.expr(x, 0)
	}
	e.stmts(sp.stmts())
}

// hasInit reports whether anything of the init statement stands.
func (e *emitter) hasInit(sp *splice) bool {
	return sp.init != nil && (!e.gone[sp.init] || e.declare[sp.init] != nil)
}

// isVoid reports whether nothing stands.
func (e *emitter) isVoid(sp *splice) bool {
	if e.hasInit(sp) || len(sp.effect) > 0 {
		return false
	}
	for _, s := range sp.stmts() {
		if !e.gone[s] && !e.isVoidStmt(s) {
			return false
		}
	}
	return true
}

func (e *emitter) isVoidStmt(s ast.Stmt) bool {
	sp := e.flat[e.bare(s)]
	return sp != nil && e.isVoid(sp)
}

// heads returns the init statement and the effects as lines.
func (e *emitter) heads(sp *splice, indent, sep string) []edit.Part {
	var out []edit.Part
	if e.hasInit(sp) {
		out = append(out, textOrNone(indent)...)
		out = append(out, edit.Keep(e.off(sp.init.Pos()), e.off(sp.init.End())), edit.Text(sep))
	}
	for _, x := range sp.effect {
		head := indent
		if call, ok := ast.Unparen(e.resolve(x)).(*ast.CallExpr); !ok || e.isValueOnly(call) {
			head += "_ = "
		}
		out = append(out, textOrNone(head)...)
		out = append(out, edit.Keep(e.off(x.Pos()), e.off(x.End())), edit.Text(sep))
	}
	return out
}

func textOrNone(s string) []edit.Part {
	if s == "" {
		return nil
	}
	return []edit.Part{edit.Text(s)}
}

// lines returns the parts as whole lines at an indentation.
func (e *emitter) lines(sp *splice, indent string) []edit.Part {
	out := e.heads(sp, indent, e.newline())
	start, end, whole, ok := e.region(sp)
	switch {
	case !ok:
	case whole:
		out = append(out, edit.Keep(start, end).Indented(e.bodyIndent(sp, indent), indent))
	default:
		out = append(out, textOrNone(indent)...)
		out = append(out, edit.Keep(start, end), edit.Text(e.newline()))
	}
	return out
}

// newline returns the line ending of the file.
func (e *emitter) newline() string {
	for i, b := range e.file.Data {
		if b == '\n' {
			if i > 0 && e.file.Data[i-1] == '\r' {
				return "\r\n"
			}
			break
		}
	}
	return "\n"
}

// bodyIndent returns the indentation of the body's first statement.
func (e *emitter) bodyIndent(sp *splice, indent string) string {
	stmts := sp.stmts()
	if len(stmts) == 0 {
		return indent + "\t"
	}
	return e.text.Indent(e.off(stmts[0].Pos()))
}

// region returns the text of the body: whole lines, or the statements alone; ok
// is false where nothing of it stands.
func (e *emitter) region(sp *splice) (start, end int, whole, ok bool) {
	stmts := sp.stmts()
	if len(stmts) == 0 {
		return 0, 0, false, false
	}
	first, last := e.off(stmts[0].Pos()), e.off(stmts[len(stmts)-1].End())
	switch b := sp.body.(type) {
	case *ast.BlockStmt:
		if start, end, ok := e.text.Inside(e.off(b.Lbrace), e.off(b.Rbrace)); ok {
			return start, end, true, true
		}
	case nil:
		if colon := e.off(sp.clause.Colon); e.text.IsLast(colon+1) && e.text.IsLast(last) {
			return e.text.Next(colon), e.text.Next(last), true, true
		}
	}
	return first, last, false, true
}

// asBlock returns the parts as a block at an indentation.
func (e *emitter) asBlock(sp *splice, indent string) []edit.Part {
	nl := e.newline()
	b, isBlock := sp.body.(*ast.BlockStmt)
	heads := e.heads(sp, indent+"\t", nl)
	if isBlock && len(heads) == 0 {
		return []edit.Part{edit.Keep(e.off(b.Pos()), e.off(b.End()))}
	}
	out := append([]edit.Part{edit.Text("{" + nl)}, heads...)
	start, end, whole, ok := e.region(sp)
	switch {
	case !ok:
	case whole:
		out = append(out, edit.Keep(start, end).Indented(e.bodyIndent(sp, indent), indent+"\t"))
	default:
		out = append(out, edit.Text(indent+"\t"), edit.Keep(start, end), edit.Text(nl))
	}
	return append(out, edit.Text(indent+"}"))
}

// inline returns the parts for a statement that shares its lines with others.
func (e *emitter) inline(sp *splice) []edit.Part {
	out := e.heads(sp, "", "; ")
	if b, ok := sp.body.(*ast.BlockStmt); ok && sp.block && len(out) == 0 {
		return []edit.Part{edit.Keep(e.off(b.Pos()), e.off(b.End()))}
	}
	if start, end, _, ok := e.region(sp); ok {
		if stmts := sp.stmts(); len(stmts) > 0 {
			start, end = e.off(stmts[0].Pos()), e.off(stmts[len(stmts)-1].End())
		}
		out = append(out, edit.Keep(start, end))
	} else if n := len(out); n > 0 {
		out = out[:n-1]
	}
	if sp.block {
		out = append(append([]edit.Part{edit.Text("{ ")}, out...), edit.Text(" }"))
	}
	return out
}

// spliceElse puts what stands for a decided else-if into its place.
func (e *emitter) spliceElse(s *ast.IfStmt, sp *splice) {
	e.edits(sp)
	start, end := e.off(s.Else.Pos()), e.off(s.Else.End())
	if e.isVoid(sp) {
		e.out.Replace(e.off(s.Body.Rbrace)+1, end)
		return
	}
	heads := e.hasInit(sp) || len(sp.effect) > 0
	if !heads && sp.body != nil {
		body := sp.body
		for e.flat[body] != nil { // an else-if chain, of which more is decided
			inner := e.flat[body]
			if inner.body == nil || e.hasInit(inner) || len(inner.effect) > 0 {
				break
			}
			body = inner.body
		}
		if e.flat[body] == nil {
			e.out.Replace(start, end, edit.Keep(e.off(body.Pos()), e.off(body.End())))
			return
		}
	}
	e.out.Replace(start, end, e.asBlock(sp, e.text.Indent(e.off(s.Body.Rbrace)))...)
}
