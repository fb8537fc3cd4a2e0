package flow

import (
	"go/ast"
	"go/token"
	"go/types"
)

func (fr *frame) push(label string, loop bool) *target {
	t := &target{label: label, loop: loop}
	fr.targets = append(fr.targets, t)
	return t
}

func (fr *frame) pop() { fr.targets = fr.targets[:len(fr.targets)-1] }

func (fr *frame) branch(s *ast.BranchStmt) {
	to := leavesFunction
	defer func() {
		if s.Tok == token.FALLTHROUGH {
			fr.env = nil
		}
		fr.leave(to)
	}()
	if s.Tok == token.GOTO {
		at := merge(fr.gotos[s.Label.Name], fr.env)
		if !equal(at, fr.gotos[s.Label.Name]) {
			fr.gotos[s.Label.Name] = at
			fr.again = true
		}
		return
	}
	if s.Tok == token.FALLTHROUGH {
		return // switchStmt has looked for it
	}
	for i := len(fr.targets) - 1; i >= 0; i-- {
		t := fr.targets[i]
		if s.Label != nil && s.Label.Name != t.label || s.Label == nil && s.Tok == token.CONTINUE && !t.loop {
			continue
		}
		to = i
		if s.Tok == token.BREAK {
			t.brk = merge(t.brk, fr.env)
		} else {
			t.cont = merge(t.cont, fr.env)
		}
		return
	}
}

// loop interprets a loop until nothing new comes round: head returns the
// environments of the body and of the exit, tail ends each turn.
func (fr *frame) loop(label string, head func() (body, exit *env), body ast.Stmt, tail func()) {
	start, before, met := fr.env, fr.env.guarding(), len(fr.leaves)
	for {
		entry := fr.env.clone()
		t := fr.push(label, true)
		in, out := head()
		fr.env = in
		fr.stmt(body, "")
		fr.env = merge(fr.env, t.cont)
		if fr.env != nil {
			tail()
		}
		fr.pop()
		next := merge(merge(start.clone(), fr.env), entry.clone())
		if equal(next, entry) {
			if fr.env = merge(out, t.brk); fr.env == nil {
				fr.leaves = append(fr.leaves, leavesFunction) // it never ends
			}
			if !fr.isLeft(met) {
				fr.env.unguard(before)
			}
			return
		}
		fr.env = next
	}
}

func (fr *frame) forStmt(s *ast.ForStmt, label string) {
	if s.Init != nil {
		fr.stmt(s.Init, "")
	}
	fr.loop(label, func() (*env, *env) {
		if s.Cond == nil {
			return fr.env, nil
		}
		return fr.cond(s.Cond)
	}, s.Body, func() {
		if s.Post != nil {
			fr.stmt(s.Post, "")
		}
	})
}

func (fr *frame) rangeStmt(s *ast.RangeStmt, label string) {
	fr.expr(s.X)
	fr.loop(label, func() (*env, *env) {
		exit := fr.env.clone()
		for _, l := range []ast.Expr{s.Key, s.Value} {
			if l != nil {
				fr.lvalue(l)
				fr.store(l, Unknown)
			}
		}
		return fr.env, exit
	}, s.Body, func() {})
}

func (fr *frame) switchStmt(s *ast.SwitchStmt, label string) {
	if s.Init != nil {
		fr.stmt(s.Init, "")
	}
	var tag Value
	var keys []string
	if s.Tag != nil {
		tag = fr.expr(s.Tag)
		keys = fr.flagsIn(s.Tag)
	}
	before, met := fr.env.guarding(), len(fr.leaves)
	t := fr.push(label, false)
	entries := make([]*env, len(s.Body.List))
	test := fr.env // reaches the test of the next case
	deflt := -1
	for i, c := range s.Body.List {
		clause := c.(*ast.CaseClause)
		if clause.List == nil {
			deflt = i
		}
		for _, x := range clause.List {
			if test == nil {
				fr.tr.skip(x)
				continue
			}
			fr.tr.skipped[x] = false
			fr.env = test
			v := fr.isCase(s, tag, x)
			guards := append(fr.flagsIn(x), keys...)
			if b, ok := v.truth(); ok {
				if b {
					entries[i], test = merge(entries[i], fr.env), nil
				}
				continue
			}
			if v == nil {
				test = nil
				break
			}
			if s.Tag != nil {
				entries[i] = merge(entries[i], fr.env.clone().guarded(guards))
				test = fr.env.clone().guarded(guards)
				continue
			}
			yes, no := fr.passing(fr.env, x, true), fr.passing(fr.env, x, false)
			entries[i], test = merge(entries[i], yes.guarded(guards)), no.guarded(guards)
		}
	}
	if deflt >= 0 {
		entries[deflt] = merge(entries[deflt], test)
		test = nil
	}
	fr.clauses(s.Body.List, entries)
	fr.pop()
	fr.env = merge(merge(fr.env, test), t.brk)
	if !fr.isLeft(met) {
		fr.env.unguard(before)
	}
}

// isCase returns whether a switch, whose tag is known by its value, takes a case.
func (fr *frame) isCase(s *ast.SwitchStmt, tag Value, x ast.Expr) Value {
	if s.Tag == nil {
		return fr.condition(x)
	}
	l, r := alike(tag, typeOf(fr.info, s.Tag), fr.expr(x), typeOf(fr.info, x))
	return operation("==", l, r)
}

// clauses interprets the bodies of a switch, each from its entry and from the
// fallthrough before it, and leaves what holds behind them.
func (fr *frame) clauses(list []ast.Stmt, entries []*env) {
	var after, through *env
	for i, c := range list {
		clause := c.(*ast.CaseClause)
		fr.env = merge(entries[i], through)
		through = nil
		if fr.env != nil {
			fr.tr.Reached[c] = true
		}
		body := clause.Body
		if n := len(body); n > 0 {
			if b, ok := body[n-1].(*ast.BranchStmt); ok && b.Tok == token.FALLTHROUGH {
				fr.list(body[:n-1])
				through = fr.env
				continue
			}
		}
		fr.list(body)
		after = merge(after, fr.env)
	}
	fr.env = after
}

func (fr *frame) typeSwitch(s *ast.TypeSwitchStmt, label string) {
	if s.Init != nil {
		fr.stmt(s.Init, "")
	}
	switch a := s.Assign.(type) {
	case *ast.ExprStmt:
		fr.expr(a.X)
	case *ast.AssignStmt:
		fr.expr(a.Rhs[0])
	}
	t := fr.push(label, false)
	entry, after := fr.env, (*env)(nil)
	hasDefault := false
	for _, c := range s.Body.List {
		clause := c.(*ast.CaseClause)
		hasDefault = hasDefault || clause.List == nil
		fr.env = entry.clone()
		fr.tr.Reached[c] = true
		if v, ok := fr.info.Implicits[clause].(*types.Var); ok {
			fr.define(v, v.Pos(), Unknown)
		}
		fr.list(clause.Body)
		after = merge(after, fr.env)
	}
	if !hasDefault {
		after = merge(after, entry)
	}
	fr.pop()
	fr.env = merge(after, t.brk)
}

func (fr *frame) selectStmt(s *ast.SelectStmt, label string) {
	t := fr.push(label, false)
	entry, after := fr.env, (*env)(nil)
	for _, c := range s.Body.List {
		clause := c.(*ast.CommClause)
		fr.env = entry.clone()
		fr.tr.Reached[c] = true
		if clause.Comm != nil {
			fr.stmt(clause.Comm, "")
		}
		fr.list(clause.Body)
		after = merge(after, fr.env)
	}
	fr.pop()
	fr.env = merge(after, t.brk)
}
