package fixer

import (
	"go/ast"
	"slices"

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
	if c, ok := e.last(sp).body.(*ast.IfStmt); ok && !e.hasHeads(sp) {
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

// chain returns the splices that stand for an else-if chain of which several
// are decided: each but the last has the next one as its body.
func (e *emitter) chain(sp *splice) []*splice {
	out := []*splice{sp}
	for {
		s, ok := sp.body.(*ast.IfStmt)
		if !ok || e.flat[s] == nil || e.flat[s].block {
			return out
		}
		sp = e.flat[s]
		out = append(out, sp)
	}
}

// last returns the splice of a chain whose body stands.
func (e *emitter) last(sp *splice) *splice {
	c := e.chain(sp)
	return c[len(c)-1]
}

// hasHeads reports whether init statements or effects of a chain stand.
func (e *emitter) hasHeads(sp *splice) bool {
	return slices.ContainsFunc(e.chain(sp), func(s *splice) bool { return e.hasInit(s) || len(s.effect) > 0 })
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
	for _, s := range e.chain(sp) {
		if e.hasInit(s) {
			e.stmt(s.init)
		}
		for _, x := range s.effect {
			e.expr(x, 0)
		}
	}
	for _, c := range e.last(sp).more {
		start, end := e.text.Whole(e.off(c.Pos()), e.off(c.Colon)+1)
		e.out.Replace(start, end)
	}
	e.stmts(e.last(sp).stmts())
}

// hasInit reports whether anything of the init statement stands.
func (e *emitter) hasInit(sp *splice) bool {
	return sp.init != nil && (!e.gone[sp.init] || e.declare[sp.init] != nil)
}

// isVoid reports whether nothing stands.
func (e *emitter) isVoid(sp *splice) bool {
	if e.hasHeads(sp) {
		return false
	}
	for _, s := range e.last(sp).stmts() {
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

// heads returns the init statements and the effects as lines.
func (e *emitter) heads(sp *splice, indent, sep string) []edit.Part {
	var out []edit.Part
	for _, s := range e.chain(sp) {
		if e.hasInit(s) {
			out = append(out, textOrNone(indent)...)
			out = append(out, edit.Keep(e.off(s.init.Pos()), e.off(s.init.End())), edit.Text(sep))
		}
		for _, x := range s.effect {
			head := indent
			if call, ok := ast.Unparen(e.resolve(x)).(*ast.CallExpr); !ok || e.isValueOnly(call) {
				head += "_ = "
			}
			out = append(out, textOrNone(head)...)
			out = append(out, edit.Keep(e.off(x.Pos()), e.off(x.End())), edit.Text(sep))
		}
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
	return append(e.heads(sp, indent, e.newline()), e.body(sp, indent, indent)...)
}

// body returns the body as whole lines at an indentation; around is that of the
// statement which it stood in.
func (e *emitter) body(sp *splice, indent, around string) []edit.Part {
	nl := e.newline()
	start, end, whole, ok := e.region(sp)
	if !ok {
		return nil
	}
	inner := e.last(sp).inner
	if inner {
		lines := []edit.Part{edit.Text(indent + "{" + nl)}
		if whole {
			lines = append(lines, edit.Keep(start, end).Indented(e.bodyIndent(sp, around), indent+"\t"))
		} else {
			lines = append(lines, edit.Text(indent+"\t"), edit.Keep(start, end), edit.Text(nl))
		}
		return append(lines, edit.Text(indent+"}"+nl))
	}
	if whole {
		return []edit.Part{edit.Keep(start, end).Indented(e.bodyIndent(sp, around), indent)}
	}
	return append(textOrNone(indent), edit.Keep(start, end), edit.Text(nl))
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
	stmts := e.last(sp).stmts()
	if len(stmts) == 0 {
		return indent + "\t"
	}
	return e.text.Indent(e.off(stmts[0].Pos()))
}

// region returns the text of the body: whole lines, or the statements alone; ok
// is false where nothing of it stands.
func (e *emitter) region(sp *splice) (start, end int, whole, ok bool) {
	sp = e.last(sp)
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
			return e.text.Next(colon), e.text.CommentsBelow(last, e.text.Indent(colon)), true, true
		}
	}
	return first, last, false, true
}

// asBlock returns the parts as a block at an indentation.
func (e *emitter) asBlock(sp *splice, indent string) []edit.Part {
	nl := e.newline()
	b, isBlock := e.last(sp).body.(*ast.BlockStmt)
	heads := e.heads(sp, indent+"\t", nl)
	if isBlock && len(heads) == 0 {
		return []edit.Part{edit.Keep(e.off(b.Pos()), e.off(b.End()))}
	}
	out := append([]edit.Part{edit.Text("{" + nl)}, heads...)
	out = append(out, e.body(sp, indent+"\t", indent)...)
	return append(out, edit.Text(indent+"}"))
}

// inline returns the parts for a statement that shares its lines with others.
func (e *emitter) inline(sp *splice) []edit.Part {
	out := e.heads(sp, "", "; ")
	if b, ok := e.last(sp).body.(*ast.BlockStmt); ok && sp.block && len(out) == 0 {
		return []edit.Part{edit.Keep(e.off(b.Pos()), e.off(b.End()))}
	}
	if start, end, _, ok := e.region(sp); ok {
		if stmts := e.last(sp).stmts(); len(stmts) > 0 {
			start, end = e.off(stmts[0].Pos()), e.off(stmts[len(stmts)-1].End())
		}
		keep := edit.Keep(start, end)
		if e.last(sp).inner {
			out = append(out, edit.Text("{ "), keep, edit.Text(" }"))
		} else {
			out = append(out, keep)
		}
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
	if body := e.last(sp).body; body != nil && !e.hasHeads(sp) {
		e.out.Replace(start, end, edit.Keep(e.off(body.Pos()), e.off(body.End())))
		return
	}
	e.out.Replace(start, end, e.asBlock(sp, e.text.Indent(e.off(s.Body.Rbrace)))...)
}
