package fixer

import (
	"go/ast"
	"slices"

	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file decides what goes with a pass that forces the loser.

// dropPass returns what goes with a pass; false where it cannot go alone. Who
// passes the loser as an argument need not be about it: a row that names it is,
// and a check of the very call.
func (t *tester) dropPass(s *setting, c testCase) ([]ast.Node, bool) {
	if c.list {
		return []ast.Node{c.node}, true
	}
	if s.passes != nil {
		if s.Call == nil {
			if row, _ := t.tableOf(c.pkg, c.path); row != nil {
				return []ast.Node{row}, true
			}
		}
		stmt := t.checkOf(c)
		return []ast.Node{stmt}, stmt != nil
	}
	if call, ok := c.node.(*ast.CallExpr); ok && c.expr != nil && t.checks(c.pkg, call) {
		if stmt, ok := c.path[1].(*ast.ExprStmt); ok {
			return []ast.Node{stmt}, true
		}
	}
	return t.dropForced(s, c.pkg, c.path, 0)
}

// dropForced returns what goes where a flag is forced to the loser at the
// beginning of a path: the rest of the statements around it and, where nothing
// was checked before them, the test, subtest, row or loop that they make up.
func (t *tester) dropForced(s *setting, pkg *program.Package, path []ast.Node, depth int) ([]ast.Node, bool) {
	i := slices.IndexFunc(path, func(n ast.Node) bool { _, ok := n.(ast.Stmt); return ok })
	if i < 0 || i+1 >= len(path) || depth > maxDomains {
		return nil, false
	}
	if ifs, ok := path[i+1].(*ast.IfStmt); ok && ifs.Init == path[i] {
		i++
	}
	stmt := path[i].(ast.Stmt)
	block, ok := path[i+1].(*ast.BlockStmt)
	if !ok || !isPlain(stmt) {
		return nil, false
	}
	at := slices.Index(block.List, stmt)
	if slices.ContainsFunc(s.winners, func(n ast.Node) bool { return stmt.Pos() <= n.Pos() && n.Pos() < stmt.End() && path[0] != n }) {
		return nil, false
	}
	if t.isSetAgain(s, block.List[at+1:]) {
		return nil, false
	}
	if whole, ok := t.owner(s, pkg, path[i+1:], depth); ok && !t.checksAny(pkg, block.List[:at]) {
		return whole, true
	}
	if !t.endsPass(path[i+1:]) || !t.checksAny(pkg, block.List[:at]) {
		return nil, false
	}
	var out []ast.Node
	for at > 0 && isGuard(t, pkg, block.List[at-1]) {
		at--
	}
	for _, st := range block.List[at:] {
		out = append(out, st)
	}
	t.tail[block.List[at]] = true
	return out, true
}

// isPlain reports whether a statement of a list sets what it sets under no
// condition.
func isPlain(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.ExprStmt, *ast.AssignStmt, *ast.DeferStmt, *ast.DeclStmt, *ast.RangeStmt, *ast.ForStmt, *ast.ReturnStmt:
		return true
	case *ast.IfStmt:
		return s.Init != nil // if err := set(); err != nil
	}
	return false
}

// isSetAgain reports whether statements set the flag once more, and check what
// comes of it.
func (t *tester) isSetAgain(s *setting, list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	again := func(pkg *program.Package, at ast.Node) bool {
		behind := slices.IndexFunc(list, func(s ast.Stmt) bool { return at.Pos() < s.End() })
		return behind >= 0 && list[0].Pos() <= at.Pos() && t.checksAny(pkg, list[behind:])
	}
	if slices.ContainsFunc(s.winners, func(n ast.Node) bool { return again(s.Pkg, n) }) {
		return true
	}
	for _, o := range t.sets {
		if o.cleanup || o.Lets || o.passes != nil || o.Source != s.Source || !o.Reset && (o.Key != s.Key) || o.Node() == s.Node() || t.isGone(o.path) || t.isLoser(o) {
			continue
		}
		if slices.ContainsFunc(append(t.callsAround(o), o.Node()), func(n ast.Node) bool { return again(o.Pkg, n) }) {
			return true
		}
	}
	return false
}

// isLoser reports whether a setting sets the loser and nothing else.
func (t *tester) isLoser(s *setting) bool {
	if s.removal == nil {
		return false
	}
	v := t.setTo(s, &evaluator{tester: t, pkg: s.Pkg})
	return v != nil && !flow.Same(v, t.winnerOf(s))
}

// callsAround returns the calls of the helper in which a setting stands.
func (t *tester) callsAround(s *setting) []ast.Node {
	d, ok := s.path[len(s.path)-2].(*ast.FuncDecl)
	if !ok || isTest(d) {
		return nil
	}
	var out []ast.Node
	for _, c := range t.calls[t.prog.IDOf(s.Pkg.Info.Defs[d.Name])] {
		out = append(out, c.call)
	}
	return out
}

// owner returns what goes where all statements of a block do: the block is the
// body of a test, a subtest, a loop, a helper, or of a function in a row. path
// begins with the block.
func (t *tester) owner(s *setting, pkg *program.Package, path []ast.Node, depth int) ([]ast.Node, bool) {
	if len(path) < 2 {
		return nil, false
	}
	switch n := path[1].(type) {
	case *ast.FuncDecl:
		if isTest(n) {
			return []ast.Node{n}, true
		}
		return t.callers(s, pkg, n, depth)
	case *ast.FuncLit:
		if n := passOf(path[1:]); n != nil {
			return []ast.Node{n}, true
		}
		if block := hooked(path[1:]); block != nil {
			if t.isSetAgain(s, block[0].(*ast.BlockStmt).List) {
				return nil, false
			}
			return t.owner(s, pkg, block, depth+1)
		}
		if stmt := stepped(path[1:]); stmt != nil {
			return t.dropForced(s, pkg, stmt, depth+1)
		}
		row, _ := t.tableOf(pkg, path[1:])
		return []ast.Node{row}, row != nil
	case *ast.RangeStmt, *ast.ForStmt:
		return t.dropForced(s, pkg, path[1:], depth+1)
	}
	return nil, false
}

// callers returns what goes with all calls of a helper.
func (t *tester) callers(s *setting, pkg *program.Package, d *ast.FuncDecl, depth int) ([]ast.Node, bool) {
	obj := pkg.Info.Defs[d.Name]
	if obj == nil || d.Recv != nil || t.values[t.prog.IDOf(obj)] || depth > maxDomains {
		return nil, false
	}
	var out []ast.Node
	for _, c := range t.calls[t.prog.IDOf(obj)] {
		path := pathTo(c.file, c.call)
		if t.isGone(path) {
			continue
		}
		if stmt, ok := path[1].(*ast.ExprStmt); ok && t.checks(c.pkg, c.call) {
			out = append(out, stmt)
			continue
		}
		nodes, ok := t.dropForced(s, c.pkg, path, depth+1)
		if !ok {
			return nil, false
		}
		out = append(out, nodes...)
	}
	return out, true
}

// endsPass reports whether nothing runs behind a block that does not belong to
// the same pass: it is the body of a function.
func (t *tester) endsPass(path []ast.Node) bool {
	if len(path) < 2 {
		return false
	}
	switch n := path[1].(type) {
	case *ast.FuncDecl:
		return isTest(n)
	case *ast.FuncLit:
		return passOf(path[1:]) != nil
	}
	return false
}

// isGuard reports whether a statement does nothing but end the test early under
// a condition without effects: behind the end it is for nothing.
func isGuard(t *tester, pkg *program.Package, s ast.Stmt) bool {
	ifs, ok := s.(*ast.IfStmt)
	if !ok || ifs.Init != nil || ifs.Else != nil || len(ifs.Body.List) != 1 || t.with.HasEffects(pkg, ifs.Cond) {
		return false
	}
	ret, ok := ifs.Body.List[0].(*ast.ReturnStmt)
	return ok && len(ret.Results) == 0
}
