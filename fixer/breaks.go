package fixer

import (
	"bytes"
	"go/ast"
	"go/token"
	"slices"

	"github.com/flagdebt/flagdebt/fixer/edit"
)

// This file takes the breaks of a switch out of the one clause that is left of it.

// unbreak reports whether the bodies of clauses that run one after the other can stand
// for their switch, and takes the breaks of the switch out of them: those at the end of
// their way go; where nothing follows the switch, others become a return or continue;
// else what a break jumps over gets into the else of its if.
func (r *reducer) unbreak(s *ast.SwitchStmt, clauses ...*ast.CaseClause) bool {
	b := &breaker{reducer: r, file: r.fileOf(s.Pos()), label: r.labelOf(s), nested: map[*ast.IfStmt]*nested{}}
	b.clauses(clauses)
	word := b.wordBehind(s)
	if len(b.left) > 0 && word == 0 && len(clauses) == 1 {
		b.nests, b.drop, b.left = !hasGoto(b.file, s.Pos()), nil, nil
		b.clauses(clauses)
	}
	if slices.ContainsFunc(b.left, func(o ownBreak) bool { return word == 0 || word == token.CONTINUE && o.inLoop }) {
		return false
	}
	for _, d := range b.drop {
		r.gone[d] = true
	}
	for _, o := range b.left {
		r.instead[o.stmt] = word
	}
	for i, n := range b.nested {
		r.nested[i] = n
	}
	return true
}

// nested is what gets into the else of an if: the statements behind it in their
// list, which a block or clause holds.
type nested struct {
	list []ast.Stmt
	in   ast.Node
}

// ownBreak is a break of the switch.
type ownBreak struct {
	stmt   *ast.BranchStmt
	inLoop bool // of a loop in the switch
}

// breaker looks for the breaks of one switch.
type breaker struct {
	*reducer
	file   *ast.File
	label  string
	nests  bool // ifs may get an else
	drop   []ast.Stmt
	left   []ownBreak // those that are not at the end of their way
	nested map[*ast.IfStmt]*nested
}

// clauses looks at clauses of which each but the last falls through to the next.
func (b *breaker) clauses(list []*ast.CaseClause) {
	last := len(list) - 1
	for _, c := range list[:last] {
		for _, s := range c.Body {
			b.left = append(b.left, b.ownBreaks(s)...)
		}
	}
	b.list(list[last])
}

// list looks at the list that a block or clause holds, behind which the switch ends.
func (b *breaker) list(in ast.Node) {
	list := slices.DeleteFunc(slices.Clone(listOf(in)), func(s ast.Stmt) bool { return b.gone[s] })
	if n := len(list); n > 0 && b.isOwnBreak(list[n-1]) {
		b.drop = append(b.drop, list[n-1])
		list = list[:n-1]
	}
	for i, s := range list {
		own := b.ownBreaks(s)
		switch {
		case len(own) == 0:
		case i == len(list)-1:
			b.end(s, own)
		case b.nests && b.mayNest(s, list[i+1:], in):
			n := s.(*ast.IfStmt)
			b.nested[n] = &nested{list[i+1:], in}
			b.list(n.Body)
		default:
			b.left = append(b.left, own...)
		}
	}
}

// end looks at a statement behind which the switch ends.
func (b *breaker) end(s ast.Stmt, own []ownBreak) {
	if sp := b.flat[s]; sp != nil {
		switch {
		case sp.body != nil:
			b.end(sp.body, own)
		case sp.clause != nil && len(sp.more) == 0:
			b.list(sp.clause)
		default:
			b.left = append(b.left, own...)
		}
		return
	}
	switch s := s.(type) {
	case *ast.BlockStmt:
		b.list(s)
	case *ast.IfStmt:
		b.list(s.Body)
		if s.Else != nil && !b.noElse[s] {
			b.end(s.Else, b.ownBreaks(s.Else))
		}
	default:
		b.left = append(b.left, own...)
	}
}

// ownBreaks returns the breaks of the switch that survive in a statement.
func (b *breaker) ownBreaks(s ast.Stmt) []ownBreak {
	var out []ownBreak
	var inside func(n ast.Node, plain, inLoop bool)
	inside = func(n ast.Node, plain, inLoop bool) {
		b.walk(n, func(c ast.Node) bool {
			switch c := c.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
				for _, x := range b.children(c) {
					inside(x, false, inLoop || isLoop(c))
				}
				return false
			case *ast.BranchStmt:
				isOwn := c.Label == nil && plain || c.Label != nil && c.Label.Name == b.label
				if c.Tok == token.BREAK && isOwn && b.instead[c] == 0 {
					out = append(out, ownBreak{c, inLoop})
				}
			}
			return true
		})
	}
	inside(s, true, false)
	return out
}

func isLoop(n ast.Node) bool {
	switch n.(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		return true
	}
	return false
}

// mayNest reports whether s is an if that a break ends, and what follows it in its
// list can stand in its else: it sets no variable anew that others see, and stands on
// lines of its own.
func (b *breaker) mayNest(s ast.Stmt, rest []ast.Stmt, in ast.Node) bool {
	n, ok := s.(*ast.IfStmt)
	if !ok || b.hides(n, rest) || n.Else != nil && !b.noElse[n] || b.flat[n] != nil || !b.endsInBreak(n.Body) {
		return false
	}
	isAgain := func(x ast.Expr) bool {
		id, ok := x.(*ast.Ident)
		return ok && id.Name != "_" && b.info.Defs[id] == nil
	}
	for _, s := range b.spliced(rest) {
		if a, ok := s.(*ast.AssignStmt); ok && a.Tok == token.DEFINE && slices.ContainsFunc(a.Lhs, isAgain) {
			return false
		}
	}
	return b.hasLines(n, rest, in)
}

// hides reports whether an if declares a name that what follows it speaks of.
func (b *breaker) hides(n *ast.IfStmt, rest []ast.Stmt) bool {
	scope := b.info.Scopes[n]
	if n.Init == nil || scope == nil {
		return n.Init != nil
	}
	found := false
	for _, s := range rest {
		ast.Inspect(s, func(c ast.Node) bool {
			id, ok := c.(*ast.Ident)
			found = found || ok && scope.Lookup(id.Name) != nil
			return !found
		})
	}
	return found
}

// endsInBreak reports whether the last statement of a block is a break of the switch.
func (b *breaker) endsInBreak(body *ast.BlockStmt) bool {
	for _, s := range slices.Backward(body.List) {
		if !b.gone[s] {
			return b.isOwnBreak(s)
		}
	}
	return false
}

func (b *breaker) isOwnBreak(s ast.Stmt) bool {
	_, ok := s.(*ast.BranchStmt)
	return ok && len(b.ownBreaks(s)) == 1
}

// hasLines reports whether an if and what follows it stand on lines of their own, and
// no comment says why nothing is done.
func (b *breaker) hasLines(n *ast.IfStmt, rest []ast.Stmt, in ast.Node) bool {
	f := b.files[b.file]
	text := b.linesOf(b.file)
	off := f.Tok.Offset
	end, last := off(n.End()), off(rest[len(rest)-1].End())
	if !text.IsFirst(off(n.Pos())) || !text.IsLast(last) || len(bytes.TrimSpace(f.Data[end:text.Next(end)])) > 0 {
		return false
	}
	if block, ok := in.(*ast.BlockStmt); ok && !text.IsFirst(off(block.Rbrace)) {
		return false
	}
	return len(n.Body.List) > 1 || !hasComments(b.file, n.Body.Lbrace, n.Body.Rbrace)
}

// wordBehind returns what leads to the end of a switch as a break does, since there
// is nothing behind: a return or continue; 0 is none. What may become of loops and
// functions in tests is not known yet.
func (b *breaker) wordBehind(s ast.Stmt) token.Token {
	if b.prog.IsTest(s.Pos()) {
		return 0
	}
	var path []ast.Node
	ast.Inspect(b.file, func(n ast.Node) bool {
		if n == nil || s.Pos() < n.Pos() || n.End() < s.End() || len(path) > 0 && path[len(path)-1] == ast.Node(s) {
			return false
		}
		path = append(path, n)
		return true
	})
	for i := len(path) - 2; i > 0; i-- {
		if list := listOf(path[i]); list != nil && ast.Node(list[len(list)-1]) != path[i+1] {
			return 0
		}
		var t *ast.FuncType
		switch n := path[i].(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return token.CONTINUE
		case *ast.FuncDecl:
			t = n.Type
		case *ast.FuncLit:
			t = n.Type
		case *ast.BlockStmt, *ast.IfStmt, *ast.LabeledStmt, *ast.CaseClause, *ast.CommClause, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			continue
		default:
			return 0
		}
		if t.Results.NumFields() > 0 {
			return 0
		}
		return token.RETURN
	}
	return 0
}

// linesOf returns the lines of a file.
func (p *planner) linesOf(file *ast.File) *edit.Lines {
	f := p.files[file]
	var comments [][2]int
	for _, g := range file.Comments {
		for _, c := range g.List {
			comments = append(comments, [2]int{f.Tok.Offset(c.Pos()), f.Tok.Offset(c.End())})
		}
	}
	return edit.NewLines(f.Data, comments)
}

// nest writes what gets into the else of an if; where the if is empty, that stands in
// its body instead:
//
//	if c {           if !c {
//		break    →       rest()
//	}                }
//	rest()
func (e *emitter) nest(s *ast.IfStmt, n *nested) {
	start, end := e.text.Next(e.off(s.End())), e.restEnd(n)
	for e.text.IsBlank(start) {
		start = e.text.Next(start)
	}
	around := e.text.Indent(e.off(s.Pos()))
	rest := edit.Keep(start, end).Indented(e.text.Indent(e.off(n.list[0].Pos())), around+"\t")
	closing := edit.Text(around + "}" + e.newline())
	if e.isEmptied(s.Body) {
		e.negate(s.Cond, s.Cond, 0)
		e.out.Replace(e.off(s.Body.Lbrace)+1, end, edit.Text(e.newline()), rest, closing)
		return
	}
	e.expr(s.Cond, 0)
	e.stmts(s.Body.List)
	e.out.Replace(e.off(s.Body.Rbrace)+1, end, edit.Text(" else {"+e.newline()), rest, closing)
}

// restEnd returns where the line begins behind what gets into an else.
func (e *emitter) restEnd(n *nested) int {
	last := e.off(n.list[len(n.list)-1].End())
	switch in := n.in.(type) {
	case *ast.BlockStmt:
		return e.text.Start(e.off(in.Rbrace))
	case *ast.CaseClause:
		return e.text.CommentsBelow(last, e.text.Indent(e.off(in.Colon)))
	}
	return e.text.Next(last)
}
