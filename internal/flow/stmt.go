package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/program"
)

// frame interprets one function once.
type frame struct {
	e       *Engine
	f       *Function
	info    *types.Info
	tr      *Trace
	args    []Value
	env     *env
	dead    bool                        // what is interpreted is never reached
	root    *Function                   // the function for whose sake this one is specialised, or nil
	reads   map[cellKey]bool            // cells that a specialised frame has read
	recvs   map[*ast.SelectorExpr]Value // the operands of the methods that are named, as last evaluated
	result  Value
	targets []*target
	leaves  []int           // the ways out of statements that were met so far: indices of targets, -1 is the function's end
	idle    ast.Expr        // its value is thrown away
	gotos   map[string]*env // by label
	again   bool            // a goto brought something new to a label passed already
}

// target is a statement that break and continue may leave.
type target struct {
	label     string
	loop      bool
	brk, cont *env
}

func (e *Engine) newFrame(f *Function, tr *Trace) *frame {
	return &frame{e: e, f: f, info: f.Pkg.Info, tr: tr, gotos: map[string]*env{}, recvs: map[*ast.SelectorExpr]Value{}}
}

// giveUp ends the interpretation of code that does not compile, where no sense can
// be made of it: the result is unknown.
func giveUp(result *Value) {
	if recover() != nil {
		*result = Unknown
	}
}

// run interprets the function and returns its results.
func (fr *frame) run() (result Value) {
	if fr.f.Pkg.Partial() {
		defer giveUp(&result)
	}
	if file, ok := fr.f.Node.(*ast.File); ok {
		fr.env = &env{vars: map[program.ID]slot{}}
		fr.initialisers(file)
		return nil
	}
	for {
		fr.again = false
		fr.env = &env{vars: map[program.ID]slot{}}
		for i, p := range fr.f.params {
			fr.define(p, p.Pos(), fr.args[i])
		}
		for _, r := range fr.f.results {
			fr.define(r, r.Pos(), zero(r.Type()))
		}
		fr.list(fr.f.Body.List)
		if fr.env != nil && fr.f.Sig.Results().Len() > 0 {
			fr.returned(nil)
		}
		if !fr.again {
			break
		}
	}
	if fr.f.zeroed {
		n := fr.f.Sig.Results().Len()
		zeros := make([]Value, n)
		for i := range n {
			zeros[i] = zero(fr.f.Sig.Results().At(i).Type())
			if len(fr.f.results) > 0 {
				zeros[i] = Unknown
			}
		}
		fr.result = join(fr.result, tuple(zeros))
	}
	return fr.result
}

// initialisers interprets the package-level variables of a file.
func (fr *frame) initialisers(file *ast.File) {
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok {
			fr.decl(g)
		}
	}
}

func (fr *frame) list(stmts []ast.Stmt) {
	for _, s := range stmts {
		fr.stmt(s, "")
	}
}

// stmt interprets s, which has that label.
func (fr *frame) stmt(s ast.Stmt, label string) {
	if l, ok := s.(*ast.LabeledStmt); ok {
		fr.env = merge(fr.env, fr.gotos[l.Label.Name].clone())
		fr.tr.Reached[s] = fr.env != nil
		fr.stmt(l.Stmt, l.Label.Name)
		return
	}
	if fr.env == nil {
		return
	}
	fr.tr.Reached[s] = true
	switch s := s.(type) {
	case *ast.ExprStmt:
		fr.idle = ast.Unparen(s.X)
		fr.expr(s.X)
		if fr.neverReturns(s.X) {
			fr.leave(leavesFunction)
		}
	case *ast.AssignStmt:
		fr.assign(s)
	case *ast.IncDecStmt:
		fr.expr(s.X)
		fr.store(s.X, Unknown)
	case *ast.DeclStmt:
		fr.decl(s.Decl.(*ast.GenDecl))
	case *ast.ReturnStmt:
		fr.returned(s)
		fr.leave(leavesFunction)
	case *ast.BlockStmt:
		fr.list(s.List)
	case *ast.IfStmt:
		fr.ifStmt(s)
	case *ast.ForStmt:
		fr.forStmt(s, label)
	case *ast.RangeStmt:
		fr.rangeStmt(s, label)
	case *ast.SwitchStmt:
		fr.switchStmt(s, label)
	case *ast.TypeSwitchStmt:
		fr.typeSwitch(s, label)
	case *ast.SelectStmt:
		fr.selectStmt(s, label)
	case *ast.BranchStmt:
		fr.branch(s)
	case *ast.GoStmt:
		fr.expr(s.Call)
	case *ast.DeferStmt:
		fr.expr(s.Call)
	case *ast.SendStmt:
		fr.expr(s.Chan)
		fr.expr(s.Value)
	}
}

// neverReturns reports whether a statement's call ends the function.
func (fr *frame) neverReturns(x ast.Expr) bool {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return false
	}
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		if b, ok := fr.info.Uses[id].(*types.Builtin); ok {
			return b.Name() == "panic"
		}
	}
	fn := calleeFunc(fr.info, call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() + "." + fn.Name() {
	case "os.Exit", "log.Fatal", "log.Fatalf", "log.Fatalln", "log.Panic", "log.Panicf", "log.Panicln", "runtime.Goexit":
		return true
	}
	return false
}

func (fr *frame) decl(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		s, ok := spec.(*ast.ValueSpec)
		if !ok || d.Tok != token.VAR {
			continue
		}
		var vals []Value
		if len(s.Values) == 1 && len(s.Names) > 1 {
			v := fr.expr(s.Values[0])
			for i := range s.Names {
				vals = append(vals, at(v, i))
			}
		} else {
			for _, x := range s.Values {
				vals = append(vals, fr.expr(x))
			}
		}
		for i, name := range s.Names {
			obj, ok := fr.info.Defs[name].(*types.Var)
			switch {
			case !ok:
			case i < len(vals):
				fr.define(obj, name.Pos(), convert(vals[i], fr.typeAt(s.Values, len(s.Names), i), obj.Type()))
			case fr.f.Body != nil:
				fr.define(obj, name.Pos(), zero(obj.Type()))
			}
		}
	}
}

// returned joins the results of a return statement; nil is the end of the body.
func (fr *frame) returned(s *ast.ReturnStmt) {
	n := fr.f.Sig.Results().Len()
	vals := make([]Value, n)
	switch {
	case s == nil || len(s.Results) == 0:
		for i, r := range fr.f.results {
			vals[i] = fr.load(r, nil)
		}
	case len(s.Results) == 1 && n > 1:
		v := fr.expr(s.Results[0])
		for i := range vals {
			vals[i] = at(v, i)
		}
	default:
		for i, x := range s.Results {
			if v := fr.expr(x); i < n { // code that does not compile may return more
				vals[i] = v
			}
		}
	}
	if s != nil && len(s.Results) > 0 {
		for i := range vals {
			vals[i] = convert(vals[i], fr.typeAt(s.Results, n, i), fr.f.Sig.Results().At(i).Type())
		}
	}
	for i, r := range fr.f.results {
		if s != nil && len(s.Results) > 0 {
			fr.define(r, s.Pos(), vals[i])
		}
		if id := program.ID(r.Pos()); fr.e.captured[id] || fr.e.addressed[id] {
			vals[i] = fr.load(r, nil) // a deferred call may still write it
		}
	}
	fr.result = join(fr.result, tuple(vals))
}

func (fr *frame) ifStmt(s *ast.IfStmt) {
	if s.Init != nil {
		fr.stmt(s.Init, "")
	}
	before, met := fr.env.guarding(), len(fr.leaves)
	yes, no := fr.cond(s.Cond)
	fr.env = yes
	fr.stmt(s.Body, "")
	yes = fr.env
	fr.env = no
	if s.Else != nil {
		fr.stmt(s.Else, "")
	}
	fr.env = merge(yes, fr.env)
	if !fr.isLeft(met) {
		fr.env.unguard(before)
	}
}

// leavesFunction is the way out of a function.
const leavesFunction = -1

// leave ends the way that leads on from here: it goes to a target, or out of the
// function.
func (fr *frame) leave(to int) {
	if fr.env != nil {
		fr.leaves = append(fr.leaves, to)
	}
	fr.env = nil
}

// isLeft reports whether some way out of the statement that ends here, since so many
// were met, does not lead to what follows it: whether that is reached depends on the
// statement.
func (fr *frame) isLeft(met int) bool {
	return slices.ContainsFunc(fr.leaves[met:], func(to int) bool { return to < len(fr.targets) })
}

// cond evaluates a condition and returns what holds where it is true and where
// it is false.
func (fr *frame) cond(x ast.Expr) (yes, no *env) {
	v := fr.condition(x)
	if v == nil || fr.env == nil {
		return nil, nil
	}
	if b, ok := v.truth(); ok {
		if b {
			return fr.env, nil
		}
		return nil, fr.env
	}
	keys := fr.flagsIn(x)
	return fr.passing(fr.env, x, true).guarded(keys), fr.passing(fr.env, x, false).guarded(keys)
}

// flagsIn returns the keys of the flags that x's value depends on.
func (fr *frame) flagsIn(x ast.Expr) []string {
	var out []string
	ast.Inspect(x, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		if e, ok := n.(ast.Expr); ok {
			fr.tr.Values[e].flags(func(f Value) {
				if s, ok := f.args[0].text(); ok {
					out = append(out, s)
				}
			})
		}
		return true
	})
	return out
}
