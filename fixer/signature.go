package fixer

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file drops the parameters that nobody reads any more, with their
// arguments, and the results that nobody takes any more.

// callSite is a call of a function or method of the program.
type callSite struct {
	pkg  *program.Package
	file *ast.File
	call *ast.CallExpr
}

// calls holds the calls of all functions.
type calls struct {
	of     map[program.ID][]callSite
	forked map[program.ID]bool // a call of it means another function in another build
}

// newCalls looks for all calls. One call may mean several functions, each in a
// build configuration of its own.
func (p *planner) newCalls() *calls {
	c := &calls{map[program.ID][]callSite{}, map[program.ID]bool{}}
	means := map[*ast.CallExpr]program.ID{}
	for _, pkg := range p.prog.Packages {
		for _, f := range pkg.Files {
			ast.Inspect(f.Syntax, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				id := p.prog.IDOf(calleeOf(pkg.Info, call))
				switch other, seen := means[call]; {
				case id == 0:
				case !seen:
					means[call] = id
					c.of[id] = append(c.of[id], callSite{pkg, f.Syntax, call})
				case other != id:
					c.forked[id], c.forked[other] = true, true
				}
				return true
			})
		}
	}
	return c
}

// calleeOf returns the function or method that a call names, or nil.
func calleeOf(info *types.Info, call *ast.CallExpr) types.Object {
	fun := ast.Unparen(call.Fun)
	switch x := fun.(type) {
	case *ast.IndexExpr:
		fun = ast.Unparen(x.X)
	case *ast.IndexListExpr:
		fun = ast.Unparen(x.X)
	}
	var obj types.Object
	switch fun := fun.(type) {
	case *ast.Ident:
		obj = info.Uses[fun]
	case *ast.SelectorExpr:
		obj = info.Uses[fun.Sel]
	}
	if fn, ok := obj.(*types.Func); ok {
		return fn.Origin()
	}
	return nil
}

// signature is what must change together: a function with its calls; or the
// methods that an interface's method may mean, with that method.
type signature struct {
	funcs []*flow.Function
	decls []*ast.FuncType // of the functions, and of the interfaces' methods
	calls []callSite
}

// dropSignatures drops parameters and results, and reports whether there were any.
func (p *planner) dropSignatures() bool {
	if p.cautious {
		return false
	}
	if p.calls == nil {
		p.calls = p.newCalls()
		p.families = p.newFamilies()
	}
	uses := map[*ast.File]*usage{}
	changed := false
	for _, fn := range p.with.Functions() {
		file := p.fileOf(fn.Node.Pos())
		if fn.Obj == nil || file == nil || !p.touched[file] || p.gone[fn.Node] || fn.Test && p.isRootFunc(fn.Pkg, fn.Node.(*ast.FuncDecl), p.files[file]) {
			continue
		}
		s := p.signatureOf(fn)
		if s == nil {
			continue
		}
		for i := fn.Sig.Params().Len() - 1; i >= 0; i-- {
			if p.lostReader(uses, fn, i) && p.mayDropParameter(uses, s, i) {
				p.dropParameter(s, i)
				changed = true
			}
		}
	}
	return changed || p.dropResults(uses)
}

// signatureOf returns what must change together with a function; nil where its
// callers are not all known, or where its type stands elsewhere too.
func (p *planner) signatureOf(fn *flow.Function) *signature {
	if s, ok := p.families[fn]; ok {
		return s
	}
	if !p.with.CallsSeen(fn) || p.calls.forked[fn.ID] || fn.Sig.TypeParams().Len() > 0 || fn.Sig.RecvTypeParams().Len() > 0 {
		return nil
	}
	return &signature{[]*flow.Function{fn}, []*ast.FuncType{fn.Node.(*ast.FuncDecl).Type}, p.calls.of[fn.ID]}
}

// newFamilies gathers the methods that interfaces of the program tie together:
// by name and types, since whoever has the one may stand for the other.
func (p *planner) newFamilies() map[*flow.Function]*signature {
	byWay := map[string]*signature{}
	out := map[*flow.Function]*signature{}
	for _, u := range p.graph().units {
		fn, ok := u.objs0().(*types.Func)
		if !ok || u.field == nil {
			continue
		}
		w := way(fn)
		if byWay[w] == nil {
			byWay[w] = &signature{}
		}
		s := byWay[w]
		id := p.prog.IDOf(fn)
		if u.root || p.calls.forked[id] || p.with.SatisfiesOutside(fn) {
			byWay[w].calls = append(s.calls, callSite{}) // not all are known
			continue
		}
		s.decls = append(s.decls, u.field.Type.(*ast.FuncType))
		s.calls = append(s.calls, p.calls.of[id]...)
	}
	for _, fn := range p.with.Functions() {
		if fn.Obj == nil || fn.Sig.Recv() == nil || byWay[way(fn.Obj)] == nil {
			continue
		}
		s := byWay[way(fn.Obj)]
		s.funcs = append(s.funcs, fn)
		s.decls = append(s.decls, fn.Node.(*ast.FuncDecl).Type)
		s.calls = append(s.calls, p.calls.of[fn.ID]...)
		out[fn] = s
		if p.with.IsValue(fn) || p.calls.forked[fn.ID] || fn.Obj.Exported() && p.isExported(fn.Obj) || fn.Sig.RecvTypeParams().Len() > 0 {
			s.calls = append(s.calls, callSite{})
		}
	}
	for fn, s := range out {
		if slices.ContainsFunc(s.calls, func(c callSite) bool { return c.call == nil }) {
			out[fn] = nil
		}
	}
	return out
}

// objs0 returns the first object of a unit, or nil.
func (u *unit) objs0() types.Object {
	if len(u.objs) == 0 {
		return nil
	}
	return u.objs[0]
}

// usageOf returns what a file's text does with its locals, as the decisions stand.
func (p *planner) usageOf(uses map[*ast.File]*usage, file *ast.File) *usage {
	if uses[file] == nil {
		uses[file] = (&reducer{p, p.pkgs[file], p.pkgs[file].Info}).usage(file)
	}
	return uses[file]
}

// lostReader reports whether a parameter was read, and is not any more.
func (p *planner) lostReader(uses map[*ast.File]*usage, fn *flow.Function, i int) bool {
	v := program.ID(fn.Sig.Params().At(i).Pos())
	u := p.usageOf(uses, p.fileOf(fn.Node.Pos()))
	return len(u.before[v]) > 0 && p.isUnread(uses, fn, i) && !p.gone[parameterAt(fn.Node.(*ast.FuncDecl).Type, i)]
}

// isUnread reports whether a function does without a parameter.
func (p *planner) isUnread(uses map[*ast.File]*usage, fn *flow.Function, i int) bool {
	if i >= fn.Sig.Params().Len() || fn.Sig.Variadic() && i == fn.Sig.Params().Len()-1 {
		return false
	}
	v := fn.Sig.Params().At(i)
	if v.Name() == "" || v.Name() == "_" {
		return true
	}
	u := p.usageOf(uses, p.fileOf(fn.Node.Pos()))
	return !slices.ContainsFunc(u.names[program.ID(v.Pos())], func(id *ast.Ident) bool { return id.Pos() != v.Pos() })
}

// mayDropParameter reports whether all can do without a parameter.
func (p *planner) mayDropParameter(uses map[*ast.File]*usage, s *signature, i int) bool {
	for _, fn := range s.funcs {
		if !p.isUnread(uses, fn, i) || !types.Identical(fn.Sig.Params().At(i).Type(), s.funcs[0].Sig.Params().At(i).Type()) && fn.Sig.Params().At(i).Type().String() != s.funcs[0].Sig.Params().At(i).Type().String() {
			return false
		}
	}
	for _, d := range s.decls {
		if file := p.fileOf(d.Pos()); !p.isEditable(file) || parameterAt(d, i) == nil {
			return false
		}
	}
	for _, c := range s.calls {
		if !p.isEditable(c.file) || len(c.call.Args) <= i || isMethodExpr(c.pkg.Info, c.call) || p.with.HasEffects(c.pkg, c.call.Args[i]) && !p.gone[c.call.Args[i]] {
			return false
		}
		if tup, ok := c.pkg.Info.TypeOf(c.call.Args[0]).(*types.Tuple); ok && tup.Len() > 1 {
			return false
		}
		if !p.gone[c.call.Args[i]] && p.passesOther(s, c, i) {
			return false
		}
	}
	return true
}

// passesOther reports whether a test passes something else than the code does, and
// nobody was told: it may be about the value.
func (p *planner) passesOther(s *signature, c callSite, i int) bool {
	if !p.prog.IsTest(c.call.Pos()) || !p.survives(c.call) || s.funcs[0].Test {
		return false // what a test's own helper does not read says nothing
	}
	own := p.with.Value(c.pkg, c.call.Args[i])
	for _, fn := range s.funcs {
		if v := p.with.Passed(fn, i); v.IsKnown() && (!own.IsKnown() || !flow.Same(own, v)) {
			return !p.tests.tells(c.call.Args[i])
		}
	}
	return false
}

// isEditable reports whether text in a file may change, and the result can be
// checked.
func (p *planner) isEditable(file *ast.File) bool {
	return file != nil && p.isAsked(file) && !p.files[file].Generated && !p.pkgs[file].Broken() && !p.pkgs[file].Cgo()
}

// isMethodExpr reports whether a call is of a method expression, whose first
// argument is the receiver.
func isMethodExpr(info *types.Info, call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return ok && info.Selections[sel] != nil && info.Selections[sel].Kind() == types.MethodExpr
}

// parameterAt returns the node that declares the i-th parameter: its name, or
// the field where that has none other.
func parameterAt(t *ast.FuncType, i int) ast.Node { return memberAt(t.Params, i) }

func memberAt(list *ast.FieldList, i int) ast.Node {
	if list == nil {
		return nil
	}
	for _, f := range list.List {
		switch {
		case len(f.Names) <= 1 && i == 0:
			return f
		case len(f.Names) > 1 && i < len(f.Names):
			return f.Names[i]
		}
		i -= max(1, len(f.Names))
	}
	return nil
}

// dropParameter drops a parameter with its arguments.
func (p *planner) dropParameter(s *signature, i int) {
	for _, d := range s.decls {
		p.dropMember(d.Params, i)
		p.touched[p.fileOf(d.Pos())] = true
	}
	for _, c := range s.calls {
		p.gone[c.call.Args[i]] = true
		p.touched[c.file] = true
	}
}

// dropMember drops the i-th of a list, with the field where that has no other
// name.
func (p *planner) dropMember(list *ast.FieldList, i int) {
	n := memberAt(list, i)
	p.gone[n] = true
	for _, f := range list.List {
		if len(f.Names) > 0 && !slices.ContainsFunc(f.Names, func(id *ast.Ident) bool { return !p.gone[id] }) {
			p.gone[f] = true
		}
	}
}
