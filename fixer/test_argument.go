package fixer

import (
	"go/ast"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/internal/flow"
)

// This file finds the tests that call the code under test themselves, and pass
// what the code gets from a flag.

// collectArguments finds the arguments of tests for which all of the code passes
// what a flag yields.
func (t *tester) collectArguments() {
	for _, fn := range t.with.Functions() {
		if fn.Obj == nil || fn.Test {
			continue
		}
		for i := range fn.Params() {
			v := t.with.Parameter(fn, i)
			if !v.IsKnown() {
				continue
			}
			_, source, key, ok := flow.AskedBy(t.base.Parameter(fn, i))
			if !ok {
				continue
			}
			if r := t.removalOf(source, key); r != nil {
				t.addArguments(fn, i, r, v)
			}
		}
	}
}

// addArguments adds what the tests pass as a parameter.
func (t *tester) addArguments(fn *flow.Function, i int, r *Removal, v flow.Value) {
	for _, c := range t.calls[fn.ID] {
		file := t.files[c.file]
		x := flow.Arg(fn, c.call, i)
		if !file.Test || x == nil {
			continue
		}
		path, _ := astutil.PathEnclosingInterval(c.file, c.call.Pos(), c.call.End())
		for path[0] != c.call {
			path = path[1:]
		}
		s := &setting{Override: analyzer.Override{Pkg: c.pkg, File: file, Call: c.call, Source: r.Flag.Source, Key: r.Flag.Key, X: x}, removal: r, path: path, passes: v}
		t.suit(s)
		t.sets = append(t.sets, s)
	}
}

// checkOf returns the statement that checks what a call yields and does no more,
// or nil.
func (t *tester) checkOf(c testCase) ast.Stmt {
	for i, n := range c.path {
		switch n := n.(type) {
		case *ast.FuncLit:
			return nil
		case *ast.ExprStmt:
			if t.checks(c.pkg, n) {
				return n
			}
			return nil
		case *ast.AssignStmt:
			if _, ok := c.path[i+1].(*ast.IfStmt); !ok {
				return nil
			}
		case *ast.IfStmt:
			if n.Else == nil && c.path[i-1] != n.Body && t.checks(c.pkg, n) {
				return n
			}
			return nil
		case ast.Stmt:
			return nil
		}
	}
	return nil
}
