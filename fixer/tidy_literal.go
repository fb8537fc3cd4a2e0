package fixer

import (
	"bytes"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/fixer/edit"
)

// This file writes into a literal what is set right behind it, now that no if stands
// around that:
//
//	o := Options{Depth: 3}      o := Options{Depth: 3, New: true}
//	o.New = true           →

// patchLiterals moves assignments of fields into the literals that they follow.
func (l *liner) patchLiterals() {
	done := map[ast.Stmt]bool{}
	ast.Inspect(l.file, func(n ast.Node) bool {
		seq := l.sequence(listOf(n))
		for i, s := range seq {
			if a, ok := s.(*ast.AssignStmt); ok && !done[s] {
				done[s] = true
				l.patchLiteral(a, seq[i+1:])
			}
		}
		return true
	})
}

// sequence returns the statements of a list in the order in which they run now; nil
// stands for what a condition does besides.
func (l *liner) sequence(list []ast.Stmt) []ast.Stmt {
	var out []ast.Stmt
	for _, s := range list {
		sp := l.flat[l.bare(s)]
		switch n, isIf := s.(*ast.IfStmt); {
		case l.gone[s]:
		case isIf && l.nested[n] != nil:
			return append(out, s)
		case sp == nil || sp.block || sp.inner:
			out = append(out, s)
		default:
			if sp.init != nil && !l.gone[sp.init] {
				out = append(out, sp.init)
			}
			if len(sp.effect) > 0 {
				out = append(out, nil)
			}
			out = append(out, l.sequence(sp.stmts())...)
		}
	}
	return out
}

// patchLiteral moves into the literal that a assigns what directly follows.
func (l *liner) patchLiteral(a *ast.AssignStmt, following []ast.Stmt) {
	if !l.declaresAlone(a) || len(a.Lhs) != 1 || l.headed[a] != nil || hasGoto(l.file, a.Pos()) {
		return
	}
	id := a.Lhs[0].(*ast.Ident)
	lit := literalOf(a.Rhs[0])
	if id.Name == "_" || lit == nil || structOf(l.info, lit) == nil || !l.isKeyed(lit) {
		return
	}
	others := len(l.usage.names[l.variable(id)]) - 1
	for _, s := range following {
		b, ok := s.(*ast.AssignStmt)
		if !ok || !l.patches(id, a, lit, b) || others < 2 { // it would have no other use
			return
		}
		others--
		l.patched[lit] = append(l.patched[lit], b)
		l.gone[b] = true
	}
}

// literalOf returns the literal that x is, or is the address of; or nil.
func literalOf(x ast.Expr) *ast.CompositeLit {
	if u, ok := x.(*ast.UnaryExpr); ok && u.Op == token.AND {
		x = u.X
	}
	lit, _ := x.(*ast.CompositeLit)
	return lit
}

// isKeyed reports whether a literal names the fields that it sets, if any.
func (l *liner) isKeyed(lit *ast.CompositeLit) bool {
	return !slices.ContainsFunc(lit.Elts, func(x ast.Expr) bool {
		_, ok := x.(*ast.KeyValueExpr)
		return !ok && !l.gone[x]
	})
}

// patches reports whether b, x.F = v, can stand in the literal that a gives x: it was
// not behind it before, nothing is set twice, and nothing is evaluated in another order.
func (l *liner) patches(id *ast.Ident, a *ast.AssignStmt, lit *ast.CompositeLit, b *ast.AssignStmt) bool {
	if b.Tok != token.ASSIGN || len(b.Lhs) != 1 || len(b.Rhs) != 1 || l.alone[b] || l.value[b] || !isUnwrapped(l.file, a, b) {
		return false
	}
	sel, ok := b.Lhs[0].(*ast.SelectorExpr)
	if !ok {
		return false
	}
	x, ok := sel.X.(*ast.Ident)
	selection := l.info.Selections[sel]
	if !ok || l.variable(x) != l.variable(id) || selection == nil || len(selection.Index()) != 1 || l.mentions(b.Rhs[0], l.variable(id)) {
		return false
	}
	isSet := slices.ContainsFunc(lit.Elts, func(x ast.Expr) bool { return l.keyOf(x) == sel.Sel.Name && !l.gone[x] }) ||
		slices.ContainsFunc(l.patched[lit], func(o *ast.AssignStmt) bool { return o.Lhs[0].(*ast.SelectorExpr).Sel.Name == sel.Sel.Name })
	return !isSet && l.keepsOrder(lit, b.Rhs[0]) && l.isPlain(b.Rhs[0]) && l.isAside(a, b) && l.fits(lit, b)
}

// keyOf returns the field that an element of a literal sets.
func (l *liner) keyOf(x ast.Expr) string {
	if kv, ok := x.(*ast.KeyValueExpr); ok {
		if id, ok := kv.Key.(*ast.Ident); ok {
			return id.Name
		}
	}
	return ""
}

// keepsOrder reports whether a value means the same among the elements of a literal as
// behind it: of a call and a variable in one expression, Go does not say which is first.
func (l *liner) keepsOrder(lit *ast.CompositeLit, v ast.Expr) bool {
	effects, reads := l.with.HasEffects(l.pkg, lit), l.readsVariable(lit)
	for _, b := range l.patched[lit] {
		effects = effects || l.with.HasEffects(l.pkg, b.Rhs[0])
		reads = reads || l.readsVariable(b.Rhs[0])
	}
	return (!effects || !l.readsVariable(v)) && (!reads || !l.with.HasEffects(l.pkg, v))
}

// readsVariable reports whether an expression reads a variable, if not by a call.
func (l *liner) readsVariable(x ast.Expr) bool {
	found := false
	l.walk(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.KeyValueExpr:
			if _, isField := l.info.Uses[identOf(n.Key)].(*types.Var); isField {
				found = found || l.readsVariable(n.Value)
				return false
			}
		case *ast.Ident:
			_, isVar := l.info.Uses[n].(*types.Var)
			found = found || isVar
		}
		return !found
	})
	return found
}

// isPlain reports whether the text of an expression stands as it is.
func (l *liner) isPlain(x ast.Expr) bool {
	plain := true
	ast.Inspect(x, func(n ast.Node) bool {
		if y, ok := n.(ast.Expr); ok {
			id, _ := y.(*ast.Ident)
			plain = plain && !l.isLiteral(y) && l.keep[y] == nil && l.not[y] == nil && l.inlined[id] == nil
		}
		if _, isFunc := n.(*ast.FuncLit); isFunc || n != nil && l.gone[n] {
			plain = false
		}
		return plain
	})
	return plain
}

// isAside reports whether no comment stands between two statements, or beside the
// second, but for those that speak of the flags and those in what is gone.
func (l *liner) isAside(a, b ast.Stmt) bool {
	data, tok := l.files[l.file].Data, l.files[l.file].Tok
	_, end := l.textOf(b.Pos(), b.End())
	if i := bytes.IndexByte(data[end:], '\n'); i >= 0 && len(bytes.TrimSpace(data[end:end+i])) > 0 && !bytes.HasPrefix(bytes.TrimSpace(data[end:end+i]), []byte("}")) {
		return false
	}
	words := &emitter{words: l.flagWords()}
	return !slices.ContainsFunc(l.file.Comments, func(g *ast.CommentGroup) bool {
		if g.Pos() < a.End() || g.Pos() > b.Pos() || words.speaksOfFlags(string(data[tok.Offset(g.Pos()):tok.Offset(g.End())])) {
			return false
		}
		return !slices.ContainsFunc(l.voids, func(v ast.Stmt) bool { return v.Pos() <= g.Pos() && g.End() <= v.End() })
	})
}

// fits reports whether a literal of one line does not become too long.
func (l *liner) fits(lit *ast.CompositeLit, b *ast.AssignStmt) bool {
	text := l.linesOf(l.file)
	_, brace := l.textOf(lit.Pos(), lit.Rbrace)
	start, end := l.textOf(b.Pos(), b.End())
	data := l.files[l.file].Data
	if bytes.IndexByte(data[start:end], '\n') >= 0 {
		return text.IsFirst(brace) && !bytes.Contains(data[start:end], []byte("`"))
	}
	length := end - start + brace - text.Start(brace)
	for _, o := range l.patched[lit] {
		length += int(o.End() - o.Pos())
	}
	return text.IsFirst(brace) || length <= maxHeader
}

// patch writes what is set right behind a literal as its last elements.
func (e *emitter) patch(lit *ast.CompositeLit) {
	left := slices.ContainsFunc(lit.Elts, func(x ast.Expr) bool { return !e.gone[x] })
	brace := e.off(lit.Rbrace)
	around := e.text.Indent(brace)
	var lines []string
	for _, b := range e.patched[lit] {
		value := string(e.file.Data[e.off(b.Rhs[0].Pos()):e.off(b.Rhs[0].End())])
		value = strings.ReplaceAll(value, "\n"+e.text.Indent(e.off(b.Pos())), "\n"+around+"\t")
		lines = append(lines, b.Lhs[0].(*ast.SelectorExpr).Sel.Name+": "+value)
	}
	if e.text.IsFirst(brace) {
		text := ""
		for _, s := range lines {
			text += around + "\t" + s + "," + e.newline()
		}
		e.out.Replace(e.text.Start(brace), brace+1, edit.Text(text+around+"}"))
		return
	}
	text := strings.Join(lines, ", ")
	if left {
		text = ", " + text
	}
	e.out.Replace(brace, brace+1, edit.Text(text+"}"))
}
