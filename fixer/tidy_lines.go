package fixer

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/token"
	"maps"
	"slices"

	"github.com/flagdebt/flagdebt/fixer/edit"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file tidies statements that follow each other, once it is known which of
// them declare what.

// maxHeader is how long a line may become, in bytes, by an assignment in the head
// of an if.
const maxHeader = 100

// tidyLines tidies a file, as the configuration wants it.
func (r *reducer) tidyLines(file *ast.File) {
	l := &liner{reducer: r, file: file, usage: r.usage(file), lists: r.listsOf(file)}
	l.findVoids()
	if r.opt.Tidy.Literal {
		l.patchLiterals()
		l.usage, l.voids = r.usage(file), nil
		l.findVoids()
	}
	for _, s := range slices.SortedFunc(maps.Keys(l.lists), func(a, b ast.Stmt) int { return cmp.Compare(a.Pos(), b.Pos()) }) {
		at := l.lists[s]
		if r.gone[s] || hasGoto(file, s.Pos()) {
			continue
		}
		switch s := s.(type) {
		case *ast.AssignStmt:
			if r.opt.Tidy.Scope {
				l.moveIntoHead(s, at)
			}
			if r.opt.Tidy.Inline {
				l.returnValue(s, at)
				l.inlineValue(s, at)
			}
		case *ast.IfStmt:
			if r.opt.Tidy.Else {
				l.liftElse(s)
			}
		}
	}
}

// liner tidies one file.
type liner struct {
	*reducer
	file  *ast.File
	usage *usage
	lists map[ast.Stmt]place
	voids []ast.Stmt
	count map[program.ID]int // by variable: its names in the original
}

// next returns the statement that follows a place now, where nothing but blanks,
// and what is gone, stands between the two.
func (l *liner) next(at place) ast.Stmt {
	for _, s := range at.list[at.i+1:] {
		if l.isVoid(s) {
			continue
		}
		from, to := l.textOf(at.list[at.i].End(), s.Pos())
		for _, v := range l.voids {
			if start, end := l.textOf(v.Pos(), v.End()); from <= start && end <= to && l.isBlank(from, start) {
				from = end
			}
		}
		if !l.isBlank(from, to) {
			return nil
		}
		return s
	}
	return nil
}

// isBlank reports whether there is nothing to read in a part of the file.
func (l *liner) isBlank(from, to int) bool {
	return from <= to && len(bytes.TrimSpace(l.files[l.file].Data[from:to])) == 0
}

// findVoids notes the statements of which nothing stands, in their order.
func (l *liner) findVoids() {
	ast.Inspect(l.file, func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok && l.isVoid(s) {
			l.voids = append(l.voids, s)
			return false
		}
		return true
	})
}

// isVoid reports whether nothing of a statement stands.
func (l *liner) isVoid(s ast.Stmt) bool {
	sp := l.flat[l.bare(s)]
	return l.gone[s] || sp != nil && sp.init == nil && len(sp.effect) == 0 &&
		!slices.ContainsFunc(sp.stmts(), func(s ast.Stmt) bool { return !l.isVoid(s) })
}

// textOf returns the offsets of a part of the file.
func (l *liner) textOf(from, to token.Pos) (int, int) {
	f := l.files[l.file].Tok
	return f.Offset(from), f.Offset(to)
}

// declaresAlone reports whether ":=" declares what it names, and is not written
// otherwise.
func (l *liner) declaresAlone(a *ast.AssignStmt) bool {
	if a.Tok != token.DEFINE || l.alone[a] || l.value[a] || l.assign[a] || len(l.declare[a]) > 0 || len(a.Rhs) != 1 {
		return false
	}
	return !slices.ContainsFunc(a.Lhs, func(x ast.Expr) bool {
		id, ok := x.(*ast.Ident)
		return !ok || id.Name != "_" && !l.gone[id] && !l.blank[id] && (l.info.Defs[id] == nil || l.isJoined(id))
	})
}

// isJoined reports whether a name declares more than one variable of the original,
// or none.
func (l *liner) isJoined(id *ast.Ident) bool {
	for x, by := range l.joined {
		if x == id || by == id {
			return true
		}
	}
	return false
}

// moveIntoHead moves an assignment of which a name has lost its readers into the
// head of the if behind it, where nobody else needs the others.
func (l *liner) moveIntoHead(a *ast.AssignStmt, at place) {
	s, ok := l.next(at).(*ast.IfStmt)
	if !ok || s.Init != nil || l.flat[s] != nil || !l.declaresAlone(a) {
		return
	}
	lost, inCond := false, false
	for _, x := range a.Lhs {
		id := x.(*ast.Ident)
		if isLost := l.gone[id] || l.blank[id]; isLost || id.Name == "_" {
			lost = lost || isLost && id.Name != "_"
			continue
		}
		for _, use := range l.usage.names[l.variable(id)] {
			if use != id && (use.Pos() < s.Pos() || use.Pos() >= s.End()) {
				return
			}
			inCond = inCond || s.Cond.Pos() <= use.Pos() && use.Pos() < s.Cond.End()
		}
	}
	from, to := l.textOf(a.Pos(), a.End())
	head, brace := l.textOf(s.Pos(), s.Body.Lbrace)
	isLine := func(from, to int) bool { return bytes.IndexByte(l.files[l.file].Data[from:to], '\n') < 0 }
	if lost && inCond && isLine(from, to) && isLine(head, brace) && to-from+brace-head <= maxHeader {
		l.headed[a] = s
	}
}

// returnValue returns what a variable would be declared with, where that is all
// that is left to do with it.
func (l *liner) returnValue(a *ast.AssignStmt, at place) {
	ret, ok := l.next(at).(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 || len(a.Lhs) != 1 || !l.declaresAlone(a) || l.info.Types[a.Rhs[0]].Value != nil {
		return
	}
	id := a.Lhs[0].(*ast.Ident)
	names := l.usage.names[l.variable(id)]
	if len(names) != 2 || l.originally(l.variable(id)) <= 2 {
		return
	}
	word := "return "
	x := ast.Unparen(ret.Results[0])
	if u, ok := x.(*ast.UnaryExpr); ok && u.Op == token.AND {
		if _, isLit := a.Rhs[0].(*ast.CompositeLit); !isLit {
			return
		}
		word, x = "return &", u.X
	}
	if read, ok := x.(*ast.Ident); ok && slices.Contains(names, read) {
		l.alone[a], l.gone[ret] = true, true
		l.returns[a] = word
	}
}

// originally returns how many names a variable had.
func (l *liner) originally(v program.ID) int {
	if l.count == nil {
		l.count = map[program.ID]int{}
		ast.Inspect(l.file, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				l.count[l.variable(id)]++
			}
			return true
		})
	}
	return l.count[v]
}

// liftElse lifts the else of an if whose body ends the way now, and did not before.
func (l *liner) liftElse(s *ast.IfStmt) {
	b, ok := s.Else.(*ast.BlockStmt)
	if !ok || s.Init != nil || l.flat[s] != nil || l.flat[b] != nil || l.noElse[s] || l.isPart(s) || len(b.List) == 0 {
		return
	}
	scope := l.info.Scopes[b]
	spliced := slices.ContainsFunc(b.List, func(s ast.Stmt) bool { return l.flat[l.bare(s)] != nil })
	if scope == nil || scope.Len() > 0 || spliced || !l.terminates(s.Body) || wasTerminating(l.info, s.Body) {
		return
	}
	l.lifted[s] = true
}

// liftElse writes the else of an if behind it, and reports whether it could.
func (e *emitter) liftElse(s *ast.IfStmt) bool {
	b := s.Else.(*ast.BlockStmt)
	start, end, ok := e.text.Inside(e.off(b.Lbrace), e.off(b.Rbrace))
	if !ok {
		return false
	}
	indent := e.text.Indent(e.off(b.Rbrace))
	end -= len(e.newline())
	e.out.Replace(e.off(s.Body.Rbrace)+1, e.off(b.End()), edit.Text(e.newline()), edit.Keep(start, end).Indented(e.text.Indent(e.off(b.List[0].Pos())), indent))
	return true
}

// invert lets the else of an if stand for its body.
func (e *emitter) invert(s *ast.IfStmt) {
	b := s.Else.(*ast.BlockStmt)
	e.negate(s.Cond, s.Cond, 0)
	e.out.Replace(e.off(s.Body.Lbrace), e.off(b.Lbrace))
	e.stmts(b.List)
}

// head writes an assignment into the head of the if behind it.
func (e *emitter) head(a *ast.AssignStmt, s *ast.IfStmt) {
	e.out.Replace(e.off(a.Pos()), e.off(s.Cond.Pos()), edit.Text("if "), edit.Keep(e.off(a.Pos()), e.off(a.End())), edit.Text("; "))
}
