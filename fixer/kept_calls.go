package fixer

import (
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/types/typeutil"
)

// This file tells which calls stay for their effects alone, so that people can say
// that there are none.

// keptCalls returns a sentence for each function, sorted by name, that is still called
// though nobody needs its results any more.
func (p *planner) keptCalls() []string {
	places := map[string][]string{}
	for s := range p.alone {
		a, ok := s.(*ast.AssignStmt)
		if !ok || p.returns[a] != "" || len(a.Rhs) != 1 || p.prog.IsTest(a.Pos()) {
			continue
		}
		call, ok := ast.Unparen(a.Rhs[0]).(*ast.CallExpr)
		if !ok || !p.survives(call) {
			continue
		}
		if fn, ok := typeutil.Callee(p.pkgs[p.fileOf(call.Pos())].Info, call).(*types.Func); ok {
			pos := p.prog.Position(call.Pos())
			places[fn.Origin().FullName()] = append(places[fn.Origin().FullName()], fmt.Sprintf("%s:%d", pos.File, pos.Line))
		}
	}
	var out []string
	for _, name := range slices.Sorted(maps.Keys(places)) {
		out = append(out, fmt.Sprintf("%s is called for its effects alone now (before the change: %s). If it has none, name it under pure: in .flagdebt.yml, and the call goes, too.", name, some(places[name])))
	}
	return out
}
