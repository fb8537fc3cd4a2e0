package fixer

import (
	"go/ast"
	"go/token"

	"github.com/flagdebt/flagdebt/fixer/edit"
)

// This file takes members out of lists: fields, methods, parameters, arguments,
// results.

// fieldLists cuts the fields, the methods of interfaces and the parameters that
// are gone.
func (e *emitter) fieldLists() {
	ast.Inspect(e.file.Syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.StructType:
			e.members(n.Fields)
		case *ast.InterfaceType:
			e.members(n.Methods)
		case *ast.FuncType:
			e.parameters(n.Params)
			e.results(n)
		}
		return true
	})
}

// members cuts fields and methods, which stand in lines of their own.
func (e *emitter) members(list *ast.FieldList) {
	left := 0
	for _, f := range list.List {
		if !e.gone[f] {
			left++
		}
	}
	switch {
	case left == len(list.List):
	case left == 0 && list.Opening.IsValid():
		e.out.Replace(e.off(list.Opening)-e.spaceBefore(list.Opening), e.off(list.Closing)+1, edit.Text("{}"))
		return
	}
	for _, f := range list.List {
		if !e.gone[f] {
			e.names(f)
			continue
		}
		pos := f.Pos()
		if f.Doc != nil {
			pos = f.Doc.Pos()
		}
		a, b := e.text.Whole(e.off(pos), e.off(f.End()))
		e.out.Replace(a, b)
	}
}

// spaceBefore returns how many spaces stand before pos.
func (e *emitter) spaceBefore(pos token.Pos) int {
	n := 0
	for off := e.off(pos); off-n > 0 && e.file.Data[off-n-1] == ' '; {
		n++
	}
	return n
}

// names cuts some of the names that a field or parameter list has for one type.
func (e *emitter) names(f *ast.Field) {
	var nodes []ast.Node
	for _, id := range f.Names {
		nodes = append(nodes, id)
	}
	e.cutFrom(nodes)
}

// parameters cuts the parameters that are gone.
func (e *emitter) parameters(list *ast.FieldList) {
	if list == nil {
		return
	}
	var nodes []ast.Node
	left := 0
	for _, f := range list.List {
		nodes = append(nodes, f)
		if !e.gone[f] {
			e.names(f)
			left++
		}
	}
	if left == 0 && len(nodes) > 0 {
		e.out.Replace(e.off(list.Opening)+1, e.off(list.Closing))
		return
	}
	e.cutFrom(nodes)
}

// results cuts the results that are gone, and the parentheses that one type
// needs no more.
func (e *emitter) results(t *ast.FuncType) {
	if t.Results == nil {
		return
	}
	var nodes, left []ast.Node
	for _, f := range t.Results.List {
		nodes = append(nodes, f)
		if !e.gone[f] {
			e.names(f)
			left = append(left, f)
		}
	}
	switch {
	case len(left) == 0 && len(nodes) > 0:
		e.out.Replace(e.off(t.Params.End()), e.off(t.Results.End()))
	case len(left) == 1 && len(nodes) > 1 && len(left[0].(*ast.Field).Names) == 0 && t.Results.Opening.IsValid():
		e.replace(t.Results, edit.Keep(e.off(left[0].Pos()), e.off(left[0].End())))
	default:
		e.cutFrom(nodes)
	}
}

// returned edits the results of a return statement, and cuts those that are gone.
func (e *emitter) returned(s *ast.ReturnStmt) {
	e.cutExprs(s.Results, e.off(s.Return)+len("return"), e.off(s.End()))
}

// arguments edits the arguments of a call, and cuts those that are gone.
func (e *emitter) arguments(x *ast.CallExpr) {
	e.cutExprs(x.Args, e.off(x.Lparen)+1, e.off(x.Rparen))
}

// cutExprs edits the expressions of a list that fills [start, end), and cuts those
// that are gone.
func (e *emitter) cutExprs(list []ast.Expr, start, end int) {
	var nodes []ast.Node
	left := 0
	for _, x := range list {
		nodes = append(nodes, x)
		if !e.gone[x] {
			e.expr(x, 0)
			left++
		}
	}
	if left == 0 && len(nodes) > 0 {
		e.out.Replace(start, end)
		return
	}
	e.cutFrom(nodes)
}

// cutFrom cuts those nodes of a list with commas that are gone. Precondition:
// one of them stays, or none is gone.
func (e *emitter) cutFrom(nodes []ast.Node) {
	for i, n := range nodes {
		if !e.gone[n] {
			continue
		}
		start, end := e.off(n.Pos()), e.off(n.End())
		if a, b := e.text.Whole(start, end); e.text.IsFirst(start) && a == e.text.Start(start) {
			e.out.Replace(a, b)
			continue
		}
		if j := e.nextLeft(nodes, i); j >= 0 {
			e.out.Replace(start, e.off(nodes[i+1].Pos()))
		} else {
			k := i
			for k > 0 && e.gone[nodes[k-1]] {
				k--
			}
			if k > 0 {
				e.out.Replace(e.off(nodes[k-1].End()), end)
			}
		}
	}
}

// nextLeft returns the index of the first node behind i that stays, or -1.
func (e *emitter) nextLeft(nodes []ast.Node, i int) int {
	for j := i + 1; j < len(nodes); j++ {
		if !e.gone[nodes[j]] {
			return j
		}
	}
	return -1
}
