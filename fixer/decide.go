package fixer

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file decides what stands for each expression and statement.

// decide folds what the winners decide, file by file.
func (p *planner) decide() {
	for _, fn := range p.with.Functions() {
		if file := p.fileOf(fn.Node.Pos()); file != nil && p.isAsked(file) && !p.files[file].Generated && p.changesIn(fn) {
			p.touched[file] = true
		}
	}
	for file := range p.touched {
		r := &reducer{p, p.pkgs[file], p.pkgs[file].Info}
		for _, d := range file.Decls {
			r.decl(d)
		}
	}
}

// changesIn reports whether the winners make anything known in a function.
func (p *planner) changesIn(fn *flow.Function) bool {
	base := p.base.Trace(fn)
	for x, v := range p.with.Trace(fn).Values {
		if v.IsKnown() && !base.Values[x].IsKnown() {
			return true
		}
	}
	for x, a := range p.with.Trace(fn).Asked {
		if key, ok := flow.Text(a.Key); ok && x != nil && p.removalOf(a.Ask.Source, key) != nil {
			return true
		}
	}
	return false
}

// reducer decides about the code of one package.
type reducer struct {
	*planner
	pkg  *program.Package
	info *types.Info
}

func (r *reducer) decl(d ast.Decl) {
	if r.gone[d] || r.tests.asLeft[d] {
		return
	}
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Body != nil {
			r.list(d.Body.List)
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			v, ok := s.(*ast.ValueSpec)
			switch {
			case !ok:
			case d.Tok == token.VAR && r.isSpecForNothing(v):
				r.gone[v] = true
			default:
				r.exprs(v.Values)
			}
		}
	}
}

// known returns what the winners alone make of x.
func (r *reducer) known(x ast.Expr) (flow.Value, bool) {
	v := r.with.Value(r.pkg, x)
	if !v.IsKnown() {
		return nil, false
	}
	base := r.base.Value(r.pkg, x)
	if base.IsKnown() {
		return nil, false
	}
	if r.prog.IsTest(x.Pos()) && !r.ofFlag(x) {
		return nil, false // what tests expect of the code is not taken for granted
	}
	return v, true
}

// ofFlag reports whether the flags themselves make x what it is, or decide about
// an operand that does: on || got == want.
func (r *reducer) ofFlag(x ast.Expr) bool {
	if flow.IsOfFlag(r.base.Value(r.pkg, x)) {
		return true
	}
	b, ok := ast.Unparen(x).(*ast.BinaryExpr)
	if !ok || b.Op != token.LAND && b.Op != token.LOR {
		return false
	}
	for _, y := range []ast.Expr{b.X, b.Y} {
		if v, ok := flow.Truth(r.with.Value(r.pkg, y)); ok && v == (b.Op == token.LOR) && r.ofFlag(y) {
			return true
		}
	}
	return false
}

// folded returns the value that may stand for x: it is known by the winners,
// and evaluating x does nothing else.
func (r *reducer) folded(x ast.Expr) (flow.Value, bool) {
	v, ok := r.known(x)
	if !ok || r.with.HasEffects(r.pkg, x) {
		return nil, false
	}
	return v, true
}

// expr decides about x and all below it.
func (r *reducer) expr(x ast.Expr) {
	if x == nil || r.gone[x] {
		return
	}
	if v, ok := r.folded(x); ok && r.mayBeLiteral(x, v) {
		r.lit[x] = v
		return
	}
	switch x := x.(type) {
	case *ast.SelectorExpr:
		if v, ok := r.with.Answers(r.pkg, x); ok && r.spells(x.Pos(), v, r.info.TypeOf(x).(*types.Signature).Results().At(0).Type()) {
			r.fun[x] = v
			return
		}
	case *ast.CallExpr:
		r.operands(x)
		return
	case *ast.BinaryExpr:
		if r.binary(x) {
			return
		}
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			r.expr(x.X)
			return
		}
	case *ast.FuncLit:
		r.list(x.Body.List)
		return
	case *ast.CompositeLit:
		r.elements(x)
		return
	}
	ast.Inspect(x, func(n ast.Node) bool {
		if n == nil || n == ast.Node(x) {
			return n != nil
		}
		if y, ok := n.(ast.Expr); ok {
			r.expr(y)
		}
		return false
	})
}

// elements decides about the elements of a literal, and about the keys of a map:
// as constants they must differ.
func (r *reducer) elements(x *ast.CompositeLit) {
	isMap := isMap(r.info.TypeOf(x))
	keys := map[string]bool{}
	for _, el := range x.Elts {
		kv, ok := el.(*ast.KeyValueExpr)
		if !ok {
			r.expr(el)
			continue
		}
		r.expr(kv.Value)
		if c := r.info.Types[kv.Key].Value; isMap && c != nil {
			keys[flow.Const(c).String()] = true
		}
	}
	for _, el := range x.Elts {
		kv, ok := el.(*ast.KeyValueExpr)
		if !ok || !isMap {
			continue
		}
		r.expr(kv.Key)
		if v, ok := r.lit[kv.Key]; ok && keys[v.String()] {
			delete(r.lit, kv.Key) // it is told as a place that cannot be folded
		} else if ok {
			keys[v.String()] = true
		}
	}
}

func isMap(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Map)
	return ok
}

func (r *reducer) exprs(xs []ast.Expr) {
	for _, x := range xs {
		r.expr(x)
	}
}

// mayBeLiteral reports whether a literal reads well in x's place. Booleans and
// questions always do; a variable of another type keeps its name, and gets the
// literal where it is defined.
func (r *reducer) mayBeLiteral(x ast.Expr, v flow.Value) bool {
	if !r.canSpell(x, v) || isTypeParam(r.info.TypeOf(x)) { // no literal has that type
		return false
	}
	_, isName := ast.Unparen(x).(*ast.Ident)
	if _, isBool := flow.Truth(v); isBool {
		return !isName || !types.IsInterface(r.info.TypeOf(x))
	}
	if v.IsNil() {
		return false // decided by its context: see nilContext
	}
	switch ast.Unparen(x).(type) {
	case *ast.Ident:
		return false
	case *ast.SelectorExpr:
		return r.with.At(x).Asked[x] != nil && len(r.with.At(x).Asked[x].Via) == 0
	}
	return flow.IsOfFlag(r.base.Value(r.pkg, x))
}

// binary decides about && and ||, and about comparisons with a folded boolean.
func (r *reducer) binary(x *ast.BinaryExpr) bool {
	l, lok := r.boolean(x.X)
	y, yok := r.boolean(x.Y)
	switch x.Op {
	case token.LAND, token.LOR:
		neutral := x.Op == token.LAND // true && y, false || y
		switch {
		case lok && l == neutral:
			r.stand(x, x.Y)
		case yok && y == neutral && !lok:
			r.stand(x, x.X)
		case r.is(x.X, !neutral): // it is not folded, for its effects
			r.stand(x, x.X)
		default:
			return false
		}
	case token.EQL, token.NEQ:
		same := x.Op == token.EQL
		switch {
		case types.IsInterface(r.info.TypeOf(x.X)) || types.IsInterface(r.info.TypeOf(x.Y)):
			return false // their types count too
		case lok && !yok && r.mayStand(x, x.Y):
			r.compare(x, x.Y, l == same)
		case yok && !lok && r.mayStand(x, x.X):
			r.compare(x, x.X, y == same)
		default:
			return false
		}
	default:
		return false
	}
	return true
}

// boolean returns the boolean that stands for x without effects.
func (r *reducer) boolean(x ast.Expr) (value, ok bool) {
	v, ok := r.folded(x)
	if !ok {
		return false, false
	}
	return flow.Truth(v)
}

// is reports whether the winners make x that boolean, effects or not.
func (r *reducer) is(x ast.Expr, want bool) bool {
	v, ok := r.known(x)
	b, isBool := flow.Truth(v)
	return ok && isBool && b == want
}

// stand lets one operand stand for the whole.
func (r *reducer) stand(x, operand ast.Expr) {
	r.keep[x] = operand
	r.expr(operand)
}

// mayStand reports whether an operand of a comparison has the type that the
// comparison has there.
func (r *reducer) mayStand(x *ast.BinaryExpr, operand ast.Expr) bool {
	t, of := r.info.TypeOf(x), types.Default(r.info.TypeOf(operand))
	if b, ok := t.(*types.Basic); ok && b.Info()&types.IsUntyped != 0 {
		b, ok := of.Underlying().(*types.Basic)
		return ok && b.Info()&types.IsBoolean != 0
	}
	return types.Identical(t, of)
}

// compare lets one operand, or its negation, stand for a comparison of it with
// a boolean.
func (r *reducer) compare(x, operand ast.Expr, same bool) {
	if same {
		r.keep[x] = operand
	} else {
		r.not[x] = operand
	}
	r.expr(operand)
}

// list decides about statements that follow each other, and drops those behind
// one that has come to end the way.
func (r *reducer) list(list []ast.Stmt) {
	for i := 0; i < len(list); i++ {
		s := list[i]
		r.stmt(s)
		if r.gone[s] || !r.terminates(s) {
			continue
		}
		first := i + 1
		if wasTerminating(r.info, s) { // what was dead before stays
			for first < len(list) && !r.base.At(list[first]).Reached[list[first]] && !r.wasJumpedTo(list[first], list[:first]) {
				r.stmt(list[first])
				first++
			}
		}
		end := r.deadEnd(list, first)
		for _, rest := range list[first:end] {
			r.gone[rest] = true
		}
		i = end - 1
	}
}

// deadEnd returns the end of the statements from first on that are never
// reached, since the one before ends the way: all up to a label that somebody
// may jump to. Constants and types that are declared there stay in sight of
// what is behind the label.
func (r *reducer) deadEnd(list []ast.Stmt, first int) int {
	declares := false
	for i, s := range list[first:] {
		if l, ok := s.(*ast.LabeledStmt); ok && r.isJumpedTo(l, list[:first]) {
			if declares {
				return first
			}
			return first + i
		}
		if _, ok := s.(*ast.DeclStmt); ok {
			declares = true
		}
	}
	return len(list)
}

// isJumpedTo reports whether a goto that stays leads to a label from the
// statements before it. Those of its own list alone can, and they are decided.
func (r *reducer) isJumpedTo(l *ast.LabeledStmt, before []ast.Stmt) bool {
	found := false
	for _, s := range before {
		r.walk(s, func(n ast.Node) bool {
			found = found || r.jumpsTo(n, l)
			return !found
		})
	}
	return found
}

// wasJumpedTo reports whether s is a label to which a goto led from the
// statements before it.
func (r *reducer) wasJumpedTo(s ast.Stmt, before []ast.Stmt) bool {
	l, ok := s.(*ast.LabeledStmt)
	found := false
	for _, s := range before {
		ast.Inspect(s, func(n ast.Node) bool {
			found = found || ok && r.jumpsTo(n, l)
			return !found
		})
	}
	return found
}

func (r *reducer) jumpsTo(n ast.Node, l *ast.LabeledStmt) bool {
	b, ok := n.(*ast.BranchStmt)
	return ok && b.Tok == token.GOTO && r.info.Uses[b.Label] == r.info.Defs[l.Label]
}

// stmt is a flat switch over the kinds of statement.
func (r *reducer) stmt(s ast.Stmt) {
	if s == nil || r.gone[s] {
		return
	}
	switch s := s.(type) {
	case *ast.ExprStmt:
		if r.idle(s.X) {
			r.gone[s] = true
			return
		}
		r.callOperands(s.X)
	case *ast.AssignStmt:
		r.assignment(s)
	case *ast.DeclStmt:
		r.decl(s.Decl)
	case *ast.ReturnStmt:
		for _, x := range s.Results {
			r.expr(x)
			r.nilContext(x)
		}
	case *ast.BlockStmt:
		r.list(s.List)
	case *ast.IfStmt:
		r.ifStmt(s)
	case *ast.ForStmt:
		r.forStmt(s)
	case *ast.RangeStmt:
		r.expr(s.X)
		r.list(s.Body.List)
	case *ast.SwitchStmt:
		r.switchStmt(s)
	case *ast.TypeSwitchStmt:
		r.stmt(s.Init)
		r.expr(guarded(s))
		r.clauses(s.Body.List)
	case *ast.SelectStmt:
		r.clauses(s.Body.List)
	case *ast.LabeledStmt:
		r.stmt(s.Stmt)
		if sp := r.flat[s.Stmt]; sp != nil {
			sp.block = true
		}
	case *ast.GoStmt:
		r.callOperands(s.Call)
	case *ast.DeferStmt:
		r.callOperands(s.Call)
	case *ast.SendStmt:
		r.expr(s.Chan)
		r.expr(s.Value)
	case *ast.IncDecStmt:
		r.lvalue(s.X)
	}
}

// guarded returns the expression whose type a type switch asks for.
func guarded(s *ast.TypeSwitchStmt) ast.Expr {
	var x ast.Expr
	switch a := s.Assign.(type) {
	case *ast.ExprStmt:
		x = a.X
	case *ast.AssignStmt:
		x = a.Rhs[0]
	}
	return ast.Unparen(x).(*ast.TypeAssertExpr).X
}

// idle reports whether a statement's call did nothing but ask for a flag.
func (r *reducer) idle(x ast.Expr) bool {
	if r.prog.IsTest(x.Pos()) && !flow.IsOfFlag(r.base.Value(r.pkg, x)) {
		return false
	}
	return !r.with.HasEffects(r.pkg, x) && r.base.HasEffects(r.pkg, x)
}

// callOperands decides about the operands of a call that must stay a call.
func (r *reducer) callOperands(x ast.Expr) {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		r.expr(x)
		return
	}
	r.operands(call)
	for _, a := range call.Args {
		r.nilContext(a)
	}
}

// operands decides about what a call calls and about its arguments.
func (r *reducer) operands(call *ast.CallExpr) {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		r.expr(sel.X)
	} else {
		r.expr(call.Fun)
	}
	r.exprs(call.Args)
}

// nilContext folds an error that the winners make nil, in a place where the
// word nil can stand. A pointer stays: as an interface, it is not nil.
func (r *reducer) nilContext(x ast.Expr) {
	if v, ok := r.folded(x); ok && v.IsNil() && r.canSpell(x, v) && types.IsInterface(r.info.TypeOf(x)) && !isTypeParam(r.info.TypeOf(x)) {
		r.lit[x] = v
	}
}

func (r *reducer) assignment(s *ast.AssignStmt) {
	if r.isForNothing(s) {
		r.gone[s] = true
		return
	}
	for _, l := range s.Lhs {
		r.lvalue(l)
	}
	for _, x := range s.Rhs {
		if len(s.Rhs) < len(s.Lhs) {
			r.callOperands(x) // several results: the locals decide
			continue
		}
		r.expr(x)
		if s.Tok == token.ASSIGN {
			r.nilContext(x)
		}
	}
}

// isSpecForNothing reports whether a declaration, var _ = x, gives what the winners
// decide to nothing but the blank identifier.
func (r *reducer) isSpecForNothing(s *ast.ValueSpec) bool {
	for _, id := range s.Names {
		if id.Name != "_" {
			return false
		}
	}
	for _, x := range s.Values {
		if _, ok := r.folded(x); !ok {
			return false
		}
	}
	return len(s.Values) > 0
}

// isForNothing reports whether a statement assigns what the winners decide to
// nothing but the blank identifier.
func (r *reducer) isForNothing(s *ast.AssignStmt) bool {
	for _, l := range s.Lhs {
		if id, ok := l.(*ast.Ident); !ok || id.Name != "_" {
			return false
		}
	}
	for _, x := range s.Rhs {
		if _, ok := r.folded(x); !ok {
			return false
		}
	}
	return true
}

// lvalue decides about the operands of what is assigned to.
func (r *reducer) lvalue(l ast.Expr) {
	switch l := ast.Unparen(l).(type) {
	case *ast.SelectorExpr:
		r.expr(l.X)
	case *ast.IndexExpr:
		r.expr(l.X)
		r.expr(l.Index)
	case *ast.StarExpr:
		r.expr(l.X)
	}
}

func (r *reducer) clauses(list []ast.Stmt) {
	for _, c := range list {
		switch c := c.(type) {
		case *ast.CaseClause:
			r.list(c.Body)
		case *ast.CommClause:
			r.stmt(c.Comm)
			r.list(c.Body)
		}
	}
}

func (r *reducer) ifStmt(s *ast.IfStmt) {
	r.stmt(s.Init)
	v, ok := r.known(s.Cond)
	yes, isBool := flow.Truth(v)
	if !ok || !isBool {
		r.expr(s.Cond)
		r.list(s.Body.List)
		r.stmt(s.Else)
		return
	}
	sp := &splice{init: s.Init, effect: r.effects(s.Cond)}
	switch {
	case yes:
		sp.body = s.Body
	case s.Else != nil:
		sp.body = s.Else
	}
	r.flat[s] = sp
	r.stmt(sp.body)
}

// effects returns the operands of a decided condition that must be evaluated
// all the same, in their order.
func (r *reducer) effects(x ast.Expr) []ast.Expr {
	x = ast.Unparen(x)
	if !r.with.HasEffects(r.pkg, x) {
		return nil
	}
	if u, ok := x.(*ast.UnaryExpr); ok && u.Op == token.NOT {
		return r.effects(u.X)
	}
	if b, ok := x.(*ast.BinaryExpr); ok && (b.Op == token.LAND || b.Op == token.LOR) {
		switch left, known := flow.Truth(r.with.Value(r.pkg, b.X)); {
		case known && left == (b.Op == token.LOR), !r.with.HasEffects(r.pkg, b.Y):
			return r.effects(b.X)
		case known:
			return append(r.effects(b.X), r.effects(b.Y)...)
		}
	}
	r.trim(x, false)
	return []ast.Expr{x}
}

// trim reduces x, whose value nobody needs, to what has effects. Whether an
// operand is evaluated may depend on the one before it; such an operand keeps
// its type.
func (r *reducer) trim(x ast.Expr, typed bool) {
	switch y := x.(type) {
	case *ast.ParenExpr:
		r.trim(y.X, typed)
		return
	case *ast.UnaryExpr:
		if y.Op == token.NOT {
			r.keep[x] = y.X
			r.trim(y.X, typed)
			return
		}
	case *ast.BinaryExpr:
		if y.Op != token.LAND && y.Op != token.LOR {
			r.trimOperands(y, typed)
			return
		}
		left, known := flow.Truth(r.with.Value(r.pkg, y.X))
		switch {
		case known && left == (y.Op == token.LOR), !r.with.HasEffects(r.pkg, y.Y):
			r.keep[x] = y.X
			r.trim(y.X, typed)
		case known && !r.with.HasEffects(r.pkg, y.X):
			r.keep[x] = y.Y
			r.trim(y.Y, typed)
		default:
			r.expr(y.X)
			r.trim(y.Y, true)
		}
		return
	}
	r.callOperands(x)
}

// trimOperands reduces an operation, whose value nobody needs, to the one operand
// that has effects.
func (r *reducer) trimOperands(x *ast.BinaryExpr, typed bool) {
	var operand ast.Expr
	switch {
	case !r.with.HasEffects(r.pkg, x.Y):
		operand = x.X
	case !r.with.HasEffects(r.pkg, x.X):
		operand = x.Y
	}
	if operand == nil || typed && !r.mayStand(x, operand) {
		r.expr(x)
		return
	}
	r.keep[x] = operand
	r.trim(operand, typed)
}

func (r *reducer) forStmt(s *ast.ForStmt) {
	r.stmt(s.Init)
	r.stmt(s.Post)
	if s.Cond != nil {
		v, ok := r.folded(s.Cond)
		if again, isBool := flow.Truth(v); ok && isBool {
			if !again {
				r.flat[s] = &splice{init: s.Init}
				return
			}
			r.noCond[s] = true
		} else {
			r.expr(s.Cond)
		}
	}
	r.list(s.Body.List)
}
