package analyzer

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
	"github.com/flagdebt/flagdebt/registry"
)

// Found is all that a Program's code says about flags.
type Found struct {
	Prog         *program.Program
	Oracle       *Oracle
	Engine       *flow.Engine // a symbolic run in which asking never fails
	Sites        []Site       // sorted by position
	Declarations []Declaration
	Stagings     []Staging
	Problems     []Problem

	matched  map[*row]bool
	setters  map[*flow.Function][]setter // what helpers set, once they are known
	imported func(types.Object) flow.Value
}

// Find looks at every package of prog. imported gives summaries of functions
// whose source is not at hand; it may be nil.
func Find(prog *program.Program, o *Oracle, imported func(types.Object) flow.Value) *Found {
	if o.filled == nil || o.filled.prog != prog {
		o = o.For(prog)
	}
	f := &Found{Prog: prog, Oracle: o, matched: map[*row]bool{}, imported: imported}
	f.Engine = flow.Run(prog, prog.Packages, o, flow.Mode{Symbolic: true, NoErrors: true}, imported)
	guards := f.Engine.Guards(false)
	far := guards
	if len(prog.Repo.Dirs) > 0 { // the whole program is seen
		far = f.Engine.Guards(true)
	}
	for _, fn := range f.Engine.Functions() {
		for x, asked := range f.Engine.Trace(fn).Asked {
			for _, a := range append([]*flow.Asked{asked}, asked.More...) {
				f.read(fn, x, a, guards[fn], far[fn])
			}
		}
	}
	f.dropUncalled()
	f.helpers()
	seen := map[token.Pos]bool{}
	for _, pkg := range prog.Packages {
		for _, file := range pkg.Files {
			if !seen[file.Syntax.FileStart] {
				seen[file.Syntax.FileStart] = true
				f.overrides(pkg, file)
				f.declarations(pkg, file)
			}
		}
	}
	f.silence()
	slices.SortFunc(f.Sites, compareSites)
	slices.SortFunc(f.Declarations, func(a, b Declaration) int { return cmp.Or(a.Flag.ID.Compare(b.Flag.ID), comparePos(a.Pos, b.Pos)) })
	for _, p := range prog.Problems {
		f.Problems = append(f.Problems, Problem{Pos: p.Pos, Package: p.Package, Message: p.Message})
	}
	return f
}

// dropUncalled drops the Sites in functions that forward keys of which few are flags,
// such as names of environment variables, where no caller passes one that is.
func (f *Found) dropUncalled() {
	called := map[string]bool{}
	for _, s := range f.Sites {
		for _, name := range s.Via {
			called[name] = true
		}
	}
	f.Sites = slices.DeleteFunc(f.Sites, func(s Site) bool { return s.within != "" && !called[s.within] })
}

// Again looks at the program as it has become, with what is known of other code.
func (f *Found) Again(prog *program.Program) *Found {
	return Find(prog, f.Oracle, f.imported)
}

func compareSites(a, b Site) int {
	return cmp.Or(comparePos(a.Pos, b.Pos), cmp.Compare(a.Flag.Key, b.Flag.Key), cmp.Compare(a.Role, b.Role))
}

func comparePos(a, b registry.Position) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}

// read records an expression that asks for a flag, in a function that only runs
// where the flags around decide so, or those far, as the whole program shows.
func (f *Found) read(fn *flow.Function, x ast.Expr, asked *flow.Asked, around, far []string) {
	pkg := fn.Pkg
	if len(asked.Via) > 0 && f.Oracle.sets(pkg, x) {
		return // what sets a flag may look at what it was
	}
	r := asked.Ask.Ref.(*row)
	f.matched[r] = true
	s := f.site(pkg, x, r)
	s.Role, s.Via = RoleRead, asked.Via
	s.Scope = ScopeLocal
	if asked.Wide {
		s.Scope = ScopeProgram
	}
	switch key, known := flow.Text(asked.Key); {
	case r.bulk:
		s.Role = RoleBulk
		s.KeyKind = KeyDynamic
	case known:
		s.Flag.Key = key
		s.KeyKind = KeyConstant
	case flow.ForwardedKey(asked.Key):
		s.KeyKind = KeyForwarded
	}
	if s.KeyKind == KeyDynamic && s.Role == RoleRead && fn.Obj != nil && f.Oracle.Asks(fn.Obj) {
		return // a row says what its callers ask for
	}
	if by := flow.ForwardedBy(asked.Key); by != nil && asked.Ask.Loose {
		s.within = flow.Qualified(by)
	}
	if asked.Ask.Declare && len(asked.Via) == 0 {
		s.Role = RoleDeclare
		f.declared(pkg, x, r, s)
	}
	if len(asked.Via) == 0 {
		s.Default = f.defaultOf(pkg, x, r)
	}
	for _, g := range far {
		if !slices.Contains(around, g) {
			s.Around = append(s.Around, registry.ID{Key: g})
		}
	}
	guards := append(slices.Clone(asked.Guards), around...)
	if keys := f.loopedKeys(pkg, x, asked.Ask); s.KeyKind == KeyDynamic && len(asked.Via) > 0 && len(keys) > 0 {
		for _, key := range keys {
			one := s
			one.Flag.Key, one.KeyKind, one.Listed = key, KeyConstant, true
			f.Sites = append(f.Sites, one.nestedIn(guards))
		}
		return
	}
	f.Sites = append(f.Sites, s.nestedIn(guards))
}

// nestedIn returns the Site as one that is reached where these flags decide so.
func (s Site) nestedIn(guards []string) Site {
	slices.Sort(guards)
	for _, g := range slices.Compact(guards) {
		if g == s.Flag.Key {
			s.Again = true
		} else {
			s.Nested = append(s.Nested, registry.ID{Key: g})
		}
	}
	return s
}

// site returns what all Sites of an expression have in common.
func (f *Found) site(pkg *program.Package, x ast.Node, r *row) Site {
	return Site{
		Flag: registry.ID{Source: r.provider.ID}, KeyKind: KeyDynamic, Provider: r.provider.ID, Scope: ScopeLocal,
		Test: f.Prog.IsTest(x.Pos()), Pos: f.Prog.Position(x.Pos()), End: f.Prog.Position(x.End()), Package: pkg.Path, pos: x.Pos(),
	}
}

// defaultOf returns the default that a place passes: one that its code says, else
// the one that the row knows.
func (f *Found) defaultOf(pkg *program.Package, x ast.Expr, r *row) registry.Value {
	if r.dflt.Tag != nil {
		if text, ok := tagDefault(pkg, x, r.dflt); ok {
			return registry.NewValue(text)
		}
	} else if call, ok := x.(*ast.CallExpr); ok && r.dflt.Set {
		if said := f.operand(pkg, call, r.dflt); said != nil {
			return f.constant(pkg, said)
		}
		if r.dflt.Option == "" || call.Ellipsis.IsValid() {
			return registry.Value{}
		}
	}
	if r.dflt.Literal != nil {
		return registry.NewValue(*r.dflt.Literal)
	}
	return registry.Value{}
}

// tagDefault returns the default in the struct tag of the field that x reads.
func tagDefault(pkg *program.Package, x ast.Expr, op config.Operand) (string, bool) {
	sel, ok := x.(*ast.SelectorExpr)
	if !ok || pkg.Info.Selections[sel] == nil {
		return "", false
	}
	_, tag := fieldOwner(pkg.Info.Selections[sel])
	for _, name := range op.Tag {
		if text, ok := tag.Lookup(name); ok {
			return text, true
		}
	}
	return "", false
}

// operand returns the expression that an operand of a row names, or nil.
func (f *Found) operand(pkg *program.Package, call *ast.CallExpr, op config.Operand) ast.Expr {
	if !op.Set || len(op.Chain) > 0 {
		return nil
	}
	args := call.Args
	if isMethodExpr(pkg.Info, call) && len(args) > 0 {
		args = args[1:]
	}
	if op.Option != "" {
		for _, a := range args {
			if inner, ok := ast.Unparen(a).(*ast.CallExpr); ok && calleeName(inner) == op.Option && op.Arg < len(inner.Args) {
				return inner.Args[op.Arg]
			}
		}
		return nil
	}
	if op.Arg < len(args) {
		return args[op.Arg]
	}
	return nil
}

// declared records a flag that the code registers.
func (f *Found) declared(pkg *program.Package, x ast.Expr, r *row, s Site) {
	call, ok := x.(*ast.CallExpr)
	if !ok || s.KeyKind != KeyConstant {
		return
	}
	flag := registry.Flag{ID: s.Flag, Origin: s.Pos}
	f.staged(pkg, call, r, s.Flag)
	if id := constName(pkg.Info, f.operand(pkg, call, r.meta.Stage)); id != "" {
		flag.Kind = id
		if winner, ok := r.meta.Settle[id]; ok {
			flag.Winner = registry.Winner{Value: registry.NewValue(winner)}
			flag.Settled = "its stage is " + id
		}
		flag.Permanent = slices.Contains(r.meta.Permanent, id)
	}
	if text, ok := flow.Text(f.Engine.Value(pkg, f.operand(pkg, call, r.meta.Expires))); ok {
		flag.Expires = parseExpiry(text)
	}
	if text, ok := flow.Text(f.Engine.Value(pkg, f.operand(pkg, call, r.meta.Owner))); ok {
		flag.Owner = text
	}
	f.Declarations = append(f.Declarations, Declaration{Flag: flag, Pos: s.Pos})
}

// constName returns the name of the constant that x is; "" where it is none.
func constName(info *types.Info, x ast.Expr) string {
	var id *ast.Ident
	switch x := x.(type) {
	case *ast.Ident:
		id = x
	case *ast.SelectorExpr:
		id = x.Sel
	default:
		return ""
	}
	if c, ok := info.Uses[id].(*types.Const); ok {
		return c.Name()
	}
	return ""
}
