package fixer

import (
	"go/ast"
	"go/constant"
	"go/token"
	"slices"

	"github.com/flagdebt/flagdebt/internal/flow"
)

// This file does what people tidy once a flag is gone, where its removal has
// made the occasion and the code does the same.

// tidy tidies a file, as the configuration wants it.
func (r *reducer) tidy(file *ast.File) {
	if r.opt.Tidy.Zero {
		r.dropZeroKeys(file)
	}
	if r.opt.Tidy.Merge {
		r.mergeDeclarations(file)
	}
}

// dropZeroKeys drops the keys of struct literals that are set to the zero value
// now: "Hidden: false".
func (r *reducer) dropZeroKeys(file *ast.File) {
	r.walk(file, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		if structOf(r.info, lit) == nil {
			return true
		}
		for _, el := range lit.Elts {
			if kv, ok := el.(*ast.KeyValueExpr); ok {
				if v, folded := r.lit[ast.Unparen(kv.Value)]; folded && isZero(v) {
					r.gone[kv] = true
				}
			}
		}
		return true
	})
}

// isZero reports whether v is the zero value of its type.
func isZero(v flow.Value) bool {
	c := v.Constant()
	switch {
	case v.IsNil():
		return true
	case c == nil:
		return false
	}
	switch c.Kind() {
	case constant.Bool:
		return !constant.BoolVal(c)
	case constant.String:
		return constant.StringVal(c) == ""
	case constant.Int, constant.Float:
		return constant.Sign(c) == 0
	}
	return false
}

// mergeDeclarations drops "var x T" in front of an assignment that has been
// unwrapped and gives x its first value: it declares x instead.
func (r *reducer) mergeDeclarations(file *ast.File) {
	u := r.usage(file)
	for s, at := range r.listsOf(file) {
		d, ok := s.(*ast.DeclStmt)
		if !ok || r.gone[s] {
			continue
		}
		id := r.loneVariable(d)
		if id == nil || r.local(r.info.Defs[id]) == 0 || hasGoto(file, s.Pos()) {
			continue
		}
		a := r.firstAssignment(at, id)
		switch {
		case a == nil || !isUnwrapped(file, s, a):
		case a.Tok == token.DEFINE:
			r.gone[d] = true
			r.declareBy(id, r.joinedIn(a, id))
		case r.mayDefine(a, r.variable(id), u):
			r.gone[d] = true
		case r.mayDeclare(a, id):
			r.gone[d] = true
			r.declareBy(id, a.Lhs[0].(*ast.Ident))
			r.declaring[a] = d.Decl.(*ast.GenDecl).Specs[0].(*ast.ValueSpec)
		}
	}
}

// mayDeclare reports whether "x = v" can become "var x T = v", in the place of its
// declaration.
func (r *reducer) mayDeclare(a *ast.AssignStmt, id *ast.Ident) bool {
	if a.Tok != token.ASSIGN || len(a.Lhs) != 1 || len(a.Rhs) != 1 || r.mentions(a.Rhs[0], r.variable(id)) {
		return false
	}
	_, isName := a.Lhs[0].(*ast.Ident)
	return isName && r.tellsType(a.Pos(), r.info.TypeOf(id))
}

// joinedIn returns the name on the left of a ":=" that means the variable which id
// declares, or nil.
func (r *reducer) joinedIn(a *ast.AssignStmt, id *ast.Ident) *ast.Ident {
	for _, l := range a.Lhs {
		if x, ok := l.(*ast.Ident); ok && r.joined[x] == id {
			return x
		}
	}
	return nil
}

// declareBy lets a name declare the variable that another has declared.
func (r *reducer) declareBy(old, now *ast.Ident) {
	for id, by := range r.joined {
		if by == old {
			r.joined[id] = now
		}
	}
	r.joined[old] = now
	delete(r.joined, now)
}

// loneVariable returns the name in "var x T"; nil where more is declared.
func (r *reducer) loneVariable(s *ast.DeclStmt) *ast.Ident {
	g := s.Decl.(*ast.GenDecl)
	if g.Tok != token.VAR || len(g.Specs) != 1 || g.Doc != nil {
		return nil
	}
	v := g.Specs[0].(*ast.ValueSpec)
	hasValue := slices.ContainsFunc(v.Values, func(x ast.Expr) bool { return !r.gone[x] })
	if len(v.Names) != 1 || hasValue || v.Comment != nil {
		return nil
	}
	return v.Names[0]
}

// firstAssignment returns the assignment that names a variable first after its
// declaration, in the same list.
func (r *reducer) firstAssignment(at place, id *ast.Ident) *ast.AssignStmt {
	for _, s := range at.list[at.i+1:] {
		if r.gone[s] {
			continue
		}
		a, ok := s.(*ast.AssignStmt)
		ok = ok && !r.alone[a] && !r.value[a]
		switch {
		case ok && a.Tok == token.DEFINE && r.joinedIn(a, id) != nil && !slices.ContainsFunc(a.Rhs, func(x ast.Expr) bool { return r.mentions(x, r.variable(id)) }):
			return a
		case !r.mentions(s, r.variable(id)):
			continue
		case !ok || a.Tok != token.ASSIGN:
			return nil
		}
		for _, l := range a.Lhs {
			if x, ok := l.(*ast.Ident); ok && r.variable(x) == r.variable(id) {
				return a
			}
		}
		return nil
	}
	return nil
}

// isUnwrapped reports whether two statements that follow each other now did not
// in the original.
func isUnwrapped(file *ast.File, first, second ast.Stmt) bool {
	together := false
	ast.Inspect(file, func(n ast.Node) bool {
		has := 0
		for _, s := range listOf(n) {
			if s == first || s == second {
				has++
			}
		}
		together = together || has == 2
		return !together
	})
	return !together
}
