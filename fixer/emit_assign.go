package fixer

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/flagdebt/flagdebt/fixer/edit"
)

// This file writes assignments, and the declarations that stand for some of them.

// declareBefore puts the declarations of variables in front of a statement, or
// in its place.
func (e *emitter) declareBefore(s ast.Stmt, ids []*ast.Ident) {
	var parts []edit.Part
	indent := e.text.Indent(e.off(s.Pos()))
	for i, id := range ids {
		text := "var " + id.Name + " " + e.typeText(e.info.Defs[id].Type(), id.Pos())
		if i > 0 {
			text = e.newline() + indent + text
		}
		parts = append(parts, edit.Text(text))
	}
	d, isDecl := s.(*ast.DeclStmt)
	stays := !e.gone[s] && !(isDecl && e.isDeclGone(d.Decl))
	if stays {
		parts = append(parts, edit.Text(e.newline()+indent), edit.Keep(e.off(s.Pos()), e.off(s.End())))
	}
	e.replace(s, parts...) // before the edits inside: one of them may replace all of s
	if a, ok := s.(*ast.AssignStmt); ok && stays {
		e.assignStmt(a)
	} else if stays && isDecl {
		e.decl(d.Decl)
	}
}

// assignStmt edits an assignment.
func (e *emitter) assignStmt(s *ast.AssignStmt) {
	if e.headed[s] != nil {
		e.head(s, e.headed[s])
	}
	if e.declaring[s] != nil {
		name := e.declaring[s].Names[0]
		text := "var " + name.Name + " " + e.typeText(e.info.Defs[name].Type(), s.Pos())
		if e.info.Types[s.Rhs[0]].IsNil() {
			e.replace(s, edit.Text(text))
			return
		}
		e.out.Replace(e.off(s.Pos()), e.off(s.TokPos)+1, edit.Text(text+" ="))
		e.exprList(s.Rhs)
		return
	}
	switch {
	case e.alone[s]:
		text := "_ = "
		switch x := ast.Unparen(e.resolve(s.Rhs[0])).(type) {
		case *ast.CallExpr:
			if !e.isValueOnly(x) {
				text = ""
			}
		case *ast.UnaryExpr:
			if x.Op == token.ARROW {
				text = ""
			}
		case *ast.TypeAssertExpr:
			if x.Type == nil {
				text = "" // the guard of a type switch
			}
		}
		if word, ok := e.returns[s]; ok {
			text = word
		}
		var parts []edit.Part
		if text != "" {
			parts = append(parts, edit.Text(text))
		}
		e.out.Replace(e.off(s.Pos()), e.off(s.Rhs[0].Pos()), parts...)
		e.expr(s.Rhs[0], 0)
		return
	case e.value[s]:
		e.values(s)
		return
	}
	if e.dropPairs(s) {
		return
	}
	e.cutTargets(s)
	if e.needsNoSecond(s) {
		e.out.Replace(e.off(s.Lhs[0].End()), e.off(s.Lhs[1].End()))
	}
	for _, l := range s.Lhs {
		if id, ok := l.(*ast.Ident); ok && e.gone[id] {
			continue
		} else if ok && e.blank[id] && id.Name != "_" {
			e.replace(id, edit.Text("_"))
		} else if !ok {
			e.expr(l, 0)
		}
	}
	switch {
	case e.define[s]:
		e.out.Replace(e.off(s.TokPos), e.off(s.TokPos)+1, edit.Text(":="))
	case e.assign[s]:
		e.out.Replace(e.off(s.TokPos), e.off(s.TokPos)+2, edit.Text("="))
	}
	e.exprList(s.Rhs)
}

// needsNoSecond reports whether an assignment asked whether there is an element of a
// map, or whether a channel is open, and nobody wants to know any more.
func (e *emitter) needsNoSecond(s *ast.AssignStmt) bool {
	if len(s.Lhs) != 2 || len(s.Rhs) != 1 || e.headed[s] != nil {
		return false
	}
	second, first := identOf(s.Lhs[1]), identOf(s.Lhs[0])
	if second == nil || !e.blank[second] || first != nil && (e.blank[first] || first.Name == "_") {
		return false
	}
	switch x := ast.Unparen(s.Rhs[0]).(type) {
	case *ast.IndexExpr:
		return isMap(e.info.TypeOf(x.X))
	case *ast.UnaryExpr:
		return x.Op == token.ARROW
	}
	return false
}

// cutTargets cuts the names on the left for which the call on the right has no
// result any more.
func (e *emitter) cutTargets(s *ast.AssignStmt) {
	var nodes []ast.Node
	for _, l := range s.Lhs {
		nodes = append(nodes, l)
	}
	e.cutFrom(nodes)
}

// dropPairs takes out of an assignment the names that nobody reads any more,
// with their values, and reports whether there were any.
func (e *emitter) dropPairs(s *ast.AssignStmt) bool {
	if len(s.Lhs) != len(s.Rhs) {
		return false
	}
	var names, values []edit.Part
	for i, l := range s.Lhs {
		id, isName := l.(*ast.Ident)
		blank := isName && e.blank[id]
		if e.gone[s.Rhs[i]] {
			continue
		}
		name := edit.Keep(e.off(l.Pos()), e.off(l.End()))
		if blank {
			name = edit.Text("_")
		} else {
			e.expr(l, 0)
		}
		e.expr(s.Rhs[i], 0)
		names = append(names, name)
		values = append(values, edit.Keep(e.off(s.Rhs[i].Pos()), e.off(s.Rhs[i].End())))
	}
	if len(names) == len(s.Lhs) || len(names) == 0 {
		return false
	}
	tok := s.Tok
	if e.define[s] {
		tok = token.DEFINE
	} else if e.assign[s] {
		tok = token.ASSIGN
	}
	parts := append(commaList(names), edit.Text(" "+tok.String()+" "))
	e.replace(s, append(parts, commaList(values)...)...)
	return true
}

// commaList puts commas between parts.
func commaList(list []edit.Part) []edit.Part {
	var out []edit.Part
	for i, p := range list {
		if i > 0 {
			out = append(out, edit.Text(", "))
		}
		out = append(out, p)
	}
	return out
}

// isValueOnly reports whether a call cannot stand as a statement: conversions
// and builtins that yield a value.
func (e *emitter) isValueOnly(x *ast.CallExpr) bool {
	if tv := e.info.Types[x.Fun]; tv.IsType() || tv.IsBuiltin() {
		return true
	}
	return false
}

// values writes an assignment whose right side the winners have answered.
func (e *emitter) values(s *ast.AssignStmt) {
	tok := s.Tok
	if e.define[s] {
		tok = token.DEFINE
	} else if e.assign[s] {
		tok = token.ASSIGN
	}
	var names, vals []string
	for i, l := range s.Lhs {
		id, ok := l.(*ast.Ident)
		if ok && (e.blank[id] || id.Name == "_") {
			continue
		}
		names = append(names, string(e.file.Data[e.off(l.Pos()):e.off(l.End())]))
		v := e.with.Result(e.pkg, s.Rhs[0], i)
		t := e.info.TypeOf(l)
		text := e.literal(v, t, l.Pos())
		if v.IsNil() && tok == token.DEFINE {
			text = "(" + e.typeText(t, l.Pos()) + ")(nil)"
			if types.IsInterface(t) {
				text = e.typeText(t, l.Pos()) + "(nil)"
			}
		}
		vals = append(vals, text)
	}
	e.replace(s, edit.Text(strings.Join(names, ", ")+" "+tok.String()+" "+strings.Join(vals, ", ")))
}
