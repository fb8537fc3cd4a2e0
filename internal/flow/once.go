package flow

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file knows the variables that a sync.Once guards: whoever reads one has
// waited until the guarded function has set it, so that nobody sees its zero
// value.

// guard is a statement O.Do(func() {...}) of a function's body.
type guard struct {
	fn   *Function
	stmt *ast.ExprStmt
	lit  *ast.FuncLit
	once program.ID                // the variable or field O
	root types.Object              // what the selector of O begins with; nil for a package variable
	sets map[program.ID]*ast.Ident // what the function sets, by a statement of its body
}

// settleOnce takes the zero value from the variables that a sync.Once guards.
func (x *index) settleOnce() {
	guards := map[program.ID]*guard{} // by the variables and fields they speak of
	for _, f := range x.functions {
		if f.Body == nil || f.Test || f.Obj == nil {
			continue
		}
		for _, s := range f.Body.List {
			if g := x.guardOf(f, s); g != nil {
				guards[g.once] = g
				for id := range g.sets {
					guards[id] = g
				}
			}
		}
	}
	if len(guards) == 0 {
		return
	}
	ok := map[program.ID]bool{}
	for id := range guards {
		ok[id] = true
	}
	seen := map[*ast.File]bool{}
	for _, f := range x.functions {
		if file, is := f.Node.(*ast.File); is && !seen[file] {
			seen[file] = true
			x.findUnguarded(f.Pkg.Info, file, guards, ok)
		}
	}
	for id, g := range guards {
		if ok[id] && ok[g.once] && id != g.once {
			x.vars[id].zero, x.vars[id].guarded = false, true
			x.guards[g.stmt.X] = g
		}
	}
}

// guards reports whether a call does nothing but to set variables, once, that a
// sync.Once guards and of which everybody knows the value.
func (s *effects) guards(x *ast.CallExpr) bool {
	g := s.e.guards[x]
	if g == nil {
		return false
	}
	f := s.e.byID[program.ID(g.lit.Pos())]
	inner := &effects{s.e, f.Pkg.Info, f.Pkg, s.e.traces[f], s.depth + 1}
	for _, st := range g.lit.Body.List {
		a, ok := st.(*ast.AssignStmt)
		if !ok || inner.tr == nil || inner.any(a.Rhs...) {
			return false
		}
		for _, l := range a.Lhs {
			id, _ := s.e.placeOf(f.Pkg.Info, l)
			if id == 0 || !s.e.vars[id].guarded || g.sets[id] != nameOf(l) || !s.e.cell(cellKey{id, slotVar}).value().IsKnown() {
				return false
			}
		}
	}
	return true
}

// guardOf reads a statement as a guard; nil where it is none, or where its function
// might end before it has set all.
func (x *index) guardOf(f *Function, s ast.Stmt) *guard {
	stmt, ok := s.(*ast.ExprStmt)
	if !ok {
		return nil
	}
	call, ok := stmt.X.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return nil
	}
	lit, ok := call.Args[0].(*ast.FuncLit)
	if fn := calleeFunc(f.Pkg.Info, call); !ok || fn == nil || fn.FullName() != "(*sync.Once).Do" || hasGoto(f.Body) {
		return nil
	}
	g := &guard{fn: f, stmt: stmt, lit: lit, sets: map[program.ID]*ast.Ident{}}
	if g.once, g.root = x.placeOf(f.Pkg.Info, ast.Unparen(call.Fun).(*ast.SelectorExpr).X); g.once == 0 {
		return nil
	}
	for _, s := range lit.Body.List {
		a, ok := s.(*ast.AssignStmt)
		if !ok || !x.endsForSure(f.Pkg.Info, a) {
			break
		}
		for _, l := range a.Lhs {
			if id, root := x.placeOf(f.Pkg.Info, l); id != 0 && root == g.root && a.Tok == token.ASSIGN {
				g.sets[id] = nameOf(l)
			}
		}
	}
	if len(g.sets) == 0 {
		return nil
	}
	return g
}

// placeOf returns the package variable that an expression names, or the field of a
// local; 0 where it names neither.
func (x *index) placeOf(info *types.Info, e ast.Expr) (program.ID, types.Object) {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if id := x.prog.IDOf(info.Uses[e]); x.vars[id] != nil && !x.vars[id].local {
			return id, nil
		}
	case *ast.SelectorExpr:
		root, ok := ast.Unparen(e.X).(*ast.Ident)
		if s := info.Selections[e]; ok && s != nil && s.Kind() == types.FieldVal && len(s.Index()) == 1 {
			if v, ok := info.Uses[root].(*types.Var); ok && x.vars[x.prog.IDOf(s.Obj())] != nil {
				return x.prog.IDOf(s.Obj()), v
			}
		}
	}
	return 0, nil
}

// nameOf returns the name at the end of an identifier or selector.
func nameOf(e ast.Expr) *ast.Ident {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return e.Sel
	}
	return nil
}

// endsForSure reports whether an assignment cannot panic: it calls nothing but what
// asks for a flag, converts, or is known. A panic would leave what is behind it
// undone, and sync.Once would not try again.
func (x *index) endsForSure(info *types.Info, a *ast.AssignStmt) bool {
	sure := true
	ast.Inspect(a, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			fn := calleeFunc(info, n)
			isKnown := fn != nil && (x.asks(fn) || intrinsics[fn.FullName()] != nil || x.handsOn(fn, 3))
			sure = sure && (isKnown || info.Types[n.Fun].IsType() || info.Types[n.Fun].IsBuiltin())
		case *ast.IndexExpr, *ast.SliceExpr, *ast.TypeAssertExpr, *ast.StarExpr:
			sure = false
		case *ast.BinaryExpr:
			sure = sure && n.Op != token.QUO && n.Op != token.REM && n.Op != token.SHL && n.Op != token.SHR
		case *ast.FuncLit:
			return false
		}
		return sure
	})
	return sure
}

// handsOn reports whether all that a function does is to return what endsForSure.
func (x *index) handsOn(fn *types.Func, depth int) bool {
	f := x.byID[x.prog.IDOf(fn)]
	if f == nil || f.Body == nil || len(f.Body.List) != 1 || depth == 0 {
		return false
	}
	ret, ok := f.Body.List[0].(*ast.ReturnStmt)
	if !ok {
		return false
	}
	sure := true
	ast.Inspect(ret, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			callee := calleeFunc(f.Pkg.Info, call)
			sure = sure && (f.Pkg.Info.Types[call.Fun].IsType() || callee != nil && (x.asks(callee) || intrinsics[callee.FullName()] != nil || x.handsOn(callee, depth-1)))
		}
		return sure
	})
	return sure
}

// hasGoto reports whether a body jumps by goto.
func hasGoto(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		b, ok := n.(*ast.BranchStmt)
		found = found || ok && b.Tok == token.GOTO
		return !found
	})
	return found
}

// findUnguarded takes from ok what a file uses elsewhere than a guard and the reads
// behind it do.
func (x *index) findUnguarded(info *types.Info, file *ast.File, guards map[program.ID]*guard, ok map[program.ID]bool) {
	written := map[*ast.Ident]bool{} // or taken the address of
	roots := map[*ast.Ident]types.Object{}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				written[nameOf(l)] = true
			}
		case *ast.IncDecStmt:
			written[nameOf(n.X)] = true
		case *ast.RangeStmt:
			written[nameOf(n.Key)], written[nameOf(n.Value)] = true, true
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				written[nameOf(n.X)] = true
			}
		case *ast.SelectorExpr:
			if root, is := ast.Unparen(n.X).(*ast.Ident); is {
				roots[n.Sel] = info.Uses[root]
			}
		}
		return true
	})
	for id := range written {
		if id == nil {
			continue
		}
		for _, g := range guards { // what the guard's selector begins with is another thing then
			if g.root != nil && info.Uses[id] == g.root {
				ok[g.once] = false
			}
		}
	}
	for id, obj := range info.Uses {
		place := x.prog.IDOf(obj)
		g := guards[place]
		if g == nil || id.Pos() < file.FileStart || id.End() > file.FileEnd {
			continue
		}
		isField := g.root == nil || roots[id] == g.root
		switch {
		case place == g.once:
			ok[place] = ok[place] && isField && g.stmt.Pos() <= id.Pos() && id.End() <= g.lit.Pos()
		case g.sets[place] == id:
		default:
			ok[place] = ok[place] && isField && !written[id] && g.stmt.End() <= id.Pos() && id.End() <= g.fn.Node.End()
		}
	}
}
