package fixer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file drops the locals and assignments that nothing reads any more, and
// repairs the declarations that others depended on.

// settle drops what no survivor reads, until nothing more is dropped.
func (p *planner) settle() {
	for changed := true; changed; {
		changed = false
		for file := range p.touched {
			r := &reducer{p, p.pkgs[file], p.pkgs[file].Info}
			if r.dropLocals(file) || r.dropEmptied(file) {
				changed = true
			}
		}
		changed = changed || p.tests.dropColumns() || p.tests.dropEntryColumns() || p.tests.dropCallbackArguments() || p.dropDeclarations() || p.dropSignatures()
	}
	for file := range p.touched {
		r := &reducer{p, p.pkgs[file], p.pkgs[file].Info}
		r.dropLabels(file)
		r.decideBlocks(file)
		r.dropTrailing(file)
		r.tidy(file)
		r.declareAnew(file)
		r.tidyLines(file)
	}
	p.dropImports()
	p.keepStartup()
	p.dropFiles()
	p.alive = nil
}

// usage is what a file's text does with its locals.
type usage struct {
	writes  map[*ast.Ident]bool         // names that are assigned to, not read
	updates map[*ast.Ident]bool         // those among them that are read to be assigned to: x++, x += 1
	before  map[program.ID][]*ast.Ident // reads in the original, and updates
	after   map[program.ID][]*ast.Ident // those that survive
	names   map[program.ID][]*ast.Ident // all names that survive, writes among them
	fixed   map[program.ID]bool         // parameters and results
}

func (r *reducer) usage(file *ast.File) *usage {
	u := &usage{map[*ast.Ident]bool{}, map[*ast.Ident]bool{}, map[program.ID][]*ast.Ident{}, map[program.ID][]*ast.Ident{}, map[program.ID][]*ast.Ident{}, map[program.ID]bool{}}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				u.write(l, n.Tok != token.ASSIGN && n.Tok != token.DEFINE)
			}
		case *ast.IncDecStmt:
			u.write(n.X, true)
		case *ast.RangeStmt:
			u.write(n.Key, false)
			u.write(n.Value, false)
		case *ast.FuncType:
			for _, list := range []*ast.FieldList{n.Params, n.Results} {
				if list == nil {
					continue
				}
				for _, f := range list.List {
					for _, id := range f.Names {
						u.fixed[program.ID(id.Pos())] = true
					}
				}
			}
		case *ast.FuncDecl:
			if n.Recv != nil {
				for _, f := range n.Recv.List {
					for _, id := range f.Names {
						u.fixed[program.ID(id.Pos())] = true
					}
				}
			}
		}
		return true
	})
	ast.Inspect(file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && (!u.writes[id] || u.updates[id]) {
			if v := r.local(r.info.Uses[id]); v != 0 {
				u.before[v] = append(u.before[v], id)
			}
		}
		return true
	})
	r.walk(file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			v := r.local(r.info.Uses[id])
			if v == 0 {
				v = r.local(r.info.Defs[id])
			}
			if v != 0 {
				u.names[v] = append(u.names[v], id)
				if (!u.writes[id] || u.updates[id]) && r.info.Uses[id] != nil {
					u.after[v] = append(u.after[v], id)
				}
			}
		}
		return true
	})
	return u
}

func (u *usage) write(l ast.Expr, update bool) {
	if l == nil {
		return
	}
	if id, ok := ast.Unparen(l).(*ast.Ident); ok {
		u.writes[id] = true
		u.updates[id] = update
	}
}

// isRead reports whether one of names reads a variable for more than to update
// it.
func (u *usage) isRead(names []*ast.Ident) bool {
	return slices.ContainsFunc(names, func(id *ast.Ident) bool { return !u.updates[id] })
}

// isSeen reports whether the value that a variable gets at pos is seen by one of
// the names that read it. An update sees it where its own value is seen in turn.
// defs tells which assignments a name may see, if that is known.
func (u *usage) isSeen(pos token.Pos, names []*ast.Ident, defs func(*ast.Ident) ([]token.Pos, bool)) bool {
	seen := map[token.Pos]bool{}
	done := map[*ast.Ident]bool{}
	for changed := true; changed; {
		changed = false
		for _, id := range names {
			if done[id] || u.updates[id] && !seen[id.Pos()] {
				continue
			}
			done[id], changed = true, true
			from, known := defs(id)
			if !known {
				return true
			}
			for _, p := range from {
				seen[p] = true
			}
		}
	}
	return seen[pos]
}

// local returns the identity of a local variable; 0 for all else.
func (r *reducer) local(obj types.Object) program.ID {
	v, ok := obj.(*types.Var)
	if !ok || v.IsField() || v.Pkg() == nil || v.Parent() == v.Pkg().Scope() {
		return 0
	}
	return program.ID(v.Pos())
}

// dropLocals drops assignments and declarations that have lost their last
// reader, and reports whether there were any.
func (r *reducer) dropLocals(file *ast.File) bool {
	u := r.usage(file)
	changed := false
	r.walk(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			changed = r.dropAssign(n, u) || changed
		case *ast.IncDecStmt:
			if id, ok := n.X.(*ast.Ident); ok && r.idleName(id, u) {
				r.gone[n] = true
				changed = true
			}
		case *ast.ValueSpec:
			changed = r.dropSpec(n, u) || changed
		case *ast.RangeStmt:
			for _, l := range []ast.Expr{n.Key, n.Value} {
				if id, ok := l.(*ast.Ident); ok && id.Name != "_" && !r.blank[id] && r.isDead(id, u) {
					r.blank[id] = true
					changed = true
				}
			}
		case *ast.TypeSwitchStmt:
			changed = r.dropSymbol(n) || changed
		}
		return true
	})
	return changed
}

// variable returns the local that an assigned name denotes.
func (r *reducer) variable(id *ast.Ident) program.ID {
	if v := r.local(r.info.Defs[id]); v != 0 {
		return v
	}
	return r.local(r.info.Uses[id])
}

// isDead reports whether a local was read once and is not any more. For the
// compiler, an update reads it, too.
func (r *reducer) isDead(id *ast.Ident, u *usage) bool {
	v := r.variable(id)
	if v == 0 || u.fixed[v] || len(u.before[v]) == 0 {
		return false
	}
	return len(u.after[v]) == 0 || u.isRead(u.before[v]) && !u.isRead(u.after[v])
}

// idleName reports whether what is assigned to a name is read by nobody now,
// while somebody read it before.
func (r *reducer) idleName(id *ast.Ident, u *usage) bool {
	if r.isDead(id, u) {
		return true
	}
	v := r.variable(id)
	if v == 0 || u.fixed[v] {
		return false
	}
	now := u.isSeen(id.Pos(), u.after[v], func(x *ast.Ident) ([]token.Pos, bool) { d, ok := r.with.At(x).Defs[x]; return d, ok })
	before := u.isSeen(id.Pos(), u.before[v], func(x *ast.Ident) ([]token.Pos, bool) { return r.base.At(x).Defs[x], true })
	return before && !now
}

// dropAssign drops an assignment, or the names in it that nobody reads.
func (r *reducer) dropAssign(s *ast.AssignStmt, u *usage) bool {
	var idle []*ast.Ident
	for _, l := range s.Lhs {
		id, ok := ast.Unparen(l).(*ast.Ident)
		if ok && (id.Name == "_" || r.blank[id] || r.idleName(id, u)) {
			idle = append(idle, id)
		}
	}
	fresh := slices.ContainsFunc(idle, func(id *ast.Ident) bool { return id.Name != "_" && !r.blank[id] })
	asks := r.asksGone(s)
	switch {
	case !fresh && (!asks || r.value[s]):
		return false
	case len(idle) == len(s.Lhs) && (r.value[s] || !r.anyEffects(s.Rhs)):
		r.gone[s] = true
	case len(idle) == len(s.Lhs) && len(s.Rhs) == 1:
		r.alone[s] = true
		if len(s.Lhs) == 1 {
			r.trim(s.Rhs[0], false)
		}
	case len(s.Rhs) < len(s.Lhs) && asks && r.literals(s, idle):
		r.value[s] = true
		fallthrough
	default:
		if !fresh && !r.value[s] {
			return false
		}
		for _, id := range idle {
			r.blank[id] = true
		}
		if len(s.Lhs) == len(s.Rhs) && len(idle) < len(s.Lhs) {
			r.dropValues(s, idle)
		}
	}
	return true
}

// dropValues drops the values of an assignment that go to nobody.
func (r *reducer) dropValues(s *ast.AssignStmt, idle []*ast.Ident) {
	for i, l := range s.Lhs {
		id, ok := l.(*ast.Ident)
		if ok && r.blank[id] && slices.Contains(idle, id) && !r.with.HasEffects(r.pkg, s.Rhs[i]) {
			r.gone[s.Rhs[i]] = true
		}
	}
}

func (r *reducer) anyEffects(xs []ast.Expr) bool {
	return slices.ContainsFunc(xs, func(x ast.Expr) bool { return r.with.HasEffects(r.pkg, x) })
}

// asksGone reports whether an assignment takes several results of a question
// that has been answered.
func (r *reducer) asksGone(s *ast.AssignStmt) bool {
	return len(s.Rhs) == 1 && len(s.Lhs) > 1 && !r.with.HasEffects(r.pkg, s.Rhs[0]) && r.base.HasEffects(r.pkg, s.Rhs[0])
}

// literals reports whether every name of an assignment that is still read can
// get a literal.
func (r *reducer) literals(s *ast.AssignStmt, idle []*ast.Ident) bool {
	for i, l := range s.Lhs {
		id, ok := ast.Unparen(l).(*ast.Ident)
		if ok && slices.Contains(idle, id) {
			continue
		}
		v := r.with.Result(r.pkg, s.Rhs[0], i)
		_, isBool := flow.Truth(v)
		bare := (isBool || v.IsNil()) && !r.prog.IsTest(s.Pos())
		if !v.IsKnown() || !bare && !flow.IsOfFlag(r.base.Result(r.pkg, s.Rhs[0], i)) || !r.spells(l.Pos(), v, r.info.TypeOf(l)) {
			return false
		}
	}
	return true
}

// dropSpec drops the declaration of locals that nobody reads.
func (r *reducer) dropSpec(s *ast.ValueSpec, u *usage) bool {
	changed, left := false, 0
	for i, id := range s.Names {
		if r.blank[id] || id.Name == "_" {
			if x := valueOf(s, i); x != nil && !r.gone[x] && r.with.HasEffects(r.pkg, x) {
				left++
			}
			continue
		}
		if r.local(r.info.Defs[id]) == 0 || !r.isDead(id, u) || len(u.names[r.variable(id)]) > 1 {
			changed = r.dropFirstValue(s, u) || changed
			left++
			continue
		}
		r.blank[id] = true
		changed = true
		switch x := valueOf(s, i); {
		case x == nil:
		case r.with.HasEffects(r.pkg, x):
			left++
		case len(s.Values) == len(s.Names):
			r.gone[x] = true
		}
	}
	if changed && left == 0 {
		r.gone[s] = true
	}
	return changed
}

// dropFirstValue drops the value with which a local is declared, where nobody sees it
// any more, and reports whether it did: its type can still be told.
func (r *reducer) dropFirstValue(s *ast.ValueSpec, u *usage) bool {
	if len(s.Names) != 1 || len(s.Values) != 1 || r.gone[s.Values[0]] || r.local(r.info.Defs[s.Names[0]]) == 0 {
		return false
	}
	if r.with.HasEffects(r.pkg, s.Values[0]) || !r.idleName(s.Names[0], u) || s.Type == nil && !r.tellsType(s.Pos(), r.info.TypeOf(s.Names[0])) {
		return false
	}
	r.gone[s.Values[0]] = true
	return true
}

// valueOf returns the expression that yields the value of a spec's i-th name,
// or nil.
func valueOf(s *ast.ValueSpec, i int) ast.Expr {
	switch len(s.Values) {
	case 0:
		return nil
	case len(s.Names):
		return s.Values[i]
	}
	return s.Values[0]
}

// dropSymbol drops the name that a type switch binds, where no clause reads it.
func (r *reducer) dropSymbol(s *ast.TypeSwitchStmt) bool {
	a, ok := s.Assign.(*ast.AssignStmt)
	if !ok || r.alone[a] {
		return false
	}
	read := false
	objs := map[types.Object]bool{}
	for _, c := range s.Body.List {
		if obj := r.info.Implicits[c]; obj != nil {
			objs[obj] = true
		}
	}
	r.walk(s.Body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && objs[r.info.Uses[id]] {
			read = true
		}
		return !read
	})
	if !read {
		r.alone[a] = true
	}
	return !read
}

// dropLabels drops the labels that nobody jumps to any more.
func (r *reducer) dropLabels(file *ast.File) {
	used := map[types.Object]bool{}
	var labelled []*ast.LabeledStmt
	r.walk(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BranchStmt:
			if n.Label != nil && r.instead[n] == 0 {
				used[r.info.Uses[n.Label]] = true
			}
		case *ast.LabeledStmt:
			labelled = append(labelled, n)
		}
		return true
	})
	for _, l := range labelled {
		if used[r.info.Defs[l.Label]] {
			continue
		}
		r.unlabel[l] = true
		if sp := r.flat[l.Stmt]; sp != nil {
			sp.block = false
		}
	}
}
