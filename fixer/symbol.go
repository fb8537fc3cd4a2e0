package fixer

import (
	"bytes"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file decides about Go objects that are removed as flags, beside the places
// that read them: what gives them a value, and where they are declared.

// isNamed reports whether an object is to go with its flag.
func (p *planner) isNamed(obj types.Object) bool { return p.retires(obj) != nil }

// symbolFiles calls f for each file that may name one of the objects.
func (p *planner) symbolFiles(f func(*program.Package, *program.File)) {
	var words [][]byte
	for _, d := range p.defs {
		words = append(words, []byte(d.Obj.Name()))
	}
	if len(words) == 0 {
		return
	}
	for syntax, file := range p.files {
		unnamed := bytes.Contains(file.Data, []byte("{")) // a literal may set a field without its name
		if unnamed || slices.ContainsFunc(words, func(w []byte) bool { return bytes.Contains(file.Data, w) }) {
			f(p.pkgs[syntax], file)
		}
	}
}

// decideSymbols drops what gives the objects their values. In a test that is
// like setting any flag.
func (p *planner) decideSymbols() {
	p.symbolFiles(func(pkg *program.Package, file *program.File) {
		if file.Generated || pkg.Broken() || !p.isAsked(file.Syntax) {
			return
		}
		var path []ast.Node
		ast.Inspect(file.Syntax, func(n ast.Node) bool {
			if n == nil {
				path = path[:len(path)-1]
				return true
			}
			path = append(path, n)
			switch n := n.(type) {
			case *ast.AssignStmt:
				p.decideSymbolWrite(pkg, file, n, path)
			case *ast.CompositeLit:
				p.decideSymbolEntries(pkg, file, n, path)
			}
			return true
		})
	})
}

// decideSymbolWrite decides about a statement that assigns to an object.
func (p *planner) decideSymbolWrite(pkg *program.Package, file *program.File, s *ast.AssignStmt, path []ast.Node) {
	if s.Tok != token.ASSIGN {
		return
	}
	for i, l := range s.Lhs {
		r := p.retires(namedBy(pkg.Info, l))
		switch {
		case r == nil:
		case len(s.Lhs) != 1 || len(s.Rhs) != 1:
			if id, ok := l.(*ast.Ident); ok && len(s.Rhs) == 1 {
				p.blank[id] = true
				p.touched[file.Syntax] = true
			}
		case file.Test && !p.forcesWinner(r, pkg, s.Rhs[i], path):
		case p.with.HasEffects(pkg, l):
		case !p.with.HasEffects(pkg, s.Rhs[i]):
			p.gone[s] = true
			p.touched[file.Syntax] = true
			if file.Test {
				p.dropEmptied(path)
			}
		default:
			p.alone[s] = true
			p.touched[file.Syntax] = true
			(&reducer{p, pkg, pkg.Info}).trim(s.Rhs[i], false)
		}
	}
}

// decideSymbolEntries decides about the elements of a literal that set fields
// which are flags.
func (p *planner) decideSymbolEntries(pkg *program.Package, file *program.File, lit *ast.CompositeLit, path []ast.Node) {
	st := structOf(pkg.Info, lit)
	if st == nil {
		return
	}
	for i, el := range lit.Elts {
		var field types.Object
		value := el
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			field, value = namedBy(pkg.Info, kv.Key), kv.Value
		} else if i < st.NumFields() {
			field = st.Field(i)
		}
		r := p.retires(field)
		if r == nil || file.Test && !p.forcesWinner(r, pkg, value, append(slices.Clone(path), el)) || p.with.HasEffects(pkg, value) {
			continue
		}
		if value == el {
			continue // it goes with the field, or not at all
		}
		p.gone[el] = true
		p.touched[file.Syntax] = true
	}
}

// forcesWinner reports whether what a test gives an object is the winner, or puts
// back at the end what was there before; where it is not, that is told, and the
// object stays. It takes the nodes from the file inwards.
func (p *planner) forcesWinner(r *Removal, pkg *program.Package, value ast.Expr, path []ast.Node) bool {
	if slices.ContainsFunc(path, func(n ast.Node) bool { return p.gone[n] }) || cleansUp(path) {
		return true
	}
	switch v := p.found.Constant(pkg, value); {
	case v == r.Winner:
		return true
	case p.tests.leaves(path):
	case v.IsZero():
		p.leave(r, ReasonTestUnknown, value.Pos(), "it is not known what this sets")
	default:
		p.leave(r, ReasonTestLoser, value.Pos(), "it is set to %s here", v)
	}
	return false
}

// cleansUp reports whether the innermost function literal around a node runs at
// the end of a test: deferred, or handed to a function that is named like that.
// The nodes lead from the file inwards.
func cleansUp(path []ast.Node) bool {
	_, stmt, hook := hookAround(path)
	_, deferred := stmt.(*ast.DeferStmt)
	return deferred || slices.Contains([]string{"Cleanup", "AfterEach", "JustAfterEach", "AfterAll", "AfterSuite", "DeferCleanup"}, hook)
}

// dropEmptied drops the hook of a test that a node was the last statement of.
func (p *planner) dropEmptied(path []ast.Node) {
	lit, stmt, hook := hookAround(path)
	_, deferred := stmt.(*ast.DeferStmt)
	if !cleansUp(path) && !slices.Contains([]string{"BeforeEach", "JustBeforeEach", "BeforeAll", "BeforeSuite"}, hook) {
		return
	}
	isEmpty := !slices.ContainsFunc(lit.Body.List, func(s ast.Stmt) bool { return !p.gone[s] })
	if _, alone := stmt.(*ast.ExprStmt); isEmpty && (alone || deferred) {
		p.gone[stmt] = true
	}
}

// hookAround returns the innermost function literal around a node where it is
// called or handed on at once, the statement that does so, and the name of the
// function that gets it.
func hookAround(path []ast.Node) (lit *ast.FuncLit, stmt ast.Stmt, hook string) {
	for i := len(path) - 1; i > 1; i-- {
		var ok bool
		if lit, ok = path[i].(*ast.FuncLit); !ok {
			continue
		}
		call, ok := path[i-1].(*ast.CallExpr)
		if !ok {
			return lit, nil, ""
		}
		stmt, _ = path[i-2].(ast.Stmt)
		switch fun := ast.Unparen(call.Fun).(type) {
		case *ast.Ident:
			hook = fun.Name
		case *ast.SelectorExpr:
			hook = fun.Sel.Name
		}
		return lit, stmt, hook
	}
	return nil, nil, ""
}

// namedBy returns the object that an expression names; nil where it is more than
// a name.
func namedBy(info *types.Info, x ast.Expr) types.Object {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return info.Uses[x]
	case *ast.SelectorExpr:
		return info.Uses[x.Sel]
	}
	return nil
}

// symbolUses returns the names that still stand for each object.
func (p *planner) symbolUses() map[program.ID][]*ast.Ident {
	uses := map[program.ID][]*ast.Ident{}
	p.symbolFiles(func(pkg *program.Package, file *program.File) {
		visit := func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if ok && p.isNamed(pkg.Info.Uses[id]) {
				key := p.prog.IDOf(pkg.Info.Uses[id])
				uses[key] = append(uses[key], id)
			}
			if lit, ok := n.(*ast.CompositeLit); ok {
				p.unnamedUses(pkg, lit, uses)
			}
			return true
		}
		if p.touched[file.Syntax] {
			p.walk(file.Syntax, visit)
		} else {
			ast.Inspect(file.Syntax, visit)
		}
	})
	return uses
}

// mayGoWith reports whether a value in a literal without keys can go with its
// field.
func (p *planner) mayGoWith(pkg *program.Package, el ast.Expr) bool {
	return p.gone[el] || !p.prog.IsTest(el.Pos()) && !p.with.HasEffects(pkg, el)
}

// unnamedUses adds the fields that a literal without keys sets, save where the
// value can go with the field.
func (p *planner) unnamedUses(pkg *program.Package, lit *ast.CompositeLit, uses map[program.ID][]*ast.Ident) {
	st := structOf(pkg.Info, lit)
	if st == nil {
		return
	}
	for i, el := range lit.Elts {
		if _, keyed := el.(*ast.KeyValueExpr); !keyed && !p.mayGoWith(pkg, el) && i < st.NumFields() && p.isNamed(st.Field(i)) {
			key := p.prog.IDOf(st.Field(i))
			uses[key] = append(uses[key], &ast.Ident{NamePos: el.Pos(), Name: st.Field(i).Name()})
		}
	}
}

// tellSymbols tells what keeps an object that nobody reads any more.
func (p *planner) tellSymbols() {
	uses := p.symbolUses()
	told := map[token.Pos]bool{}
	for _, pkg := range p.prog.Packages {
		for id, obj := range pkg.Info.Defs {
			r := p.retires(obj)
			if r == nil || told[id.Pos()] || !p.stands(id) || !p.isAsked(p.fileOf(id.Pos())) {
				continue
			}
			told[id.Pos()] = true
			left := uses[p.prog.IDOf(obj)]
			for _, at := range left {
				p.leave(r, ReasonDefinition, at.Pos(), "%s is not only read here", obj.Name())
			}
			if len(left) == 0 {
				p.leave(r, ReasonDefinition, id.Pos(), "it cannot be proven that nothing else needs %s, or its initial value", obj.Name())
			}
		}
	}
	p.tellKept()
	sortRefusals(p.refusals)
}

// stands reports whether a name still stands in its file.
func (p *planner) stands(id *ast.Ident) bool {
	file := p.fileOf(id.Pos())
	if !p.touched[file] {
		return true
	}
	found := false
	p.walk(file, func(n ast.Node) bool {
		found = found || n == ast.Node(id)
		return !found
	})
	return found
}
