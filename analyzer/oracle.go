package analyzer

import (
	"go/ast"
	"go/types"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
	"github.com/flagdebt/flagdebt/registry"
)

// Oracle answers flow's questions from the providers' rows.
type Oracle struct {
	rows     map[string][]*row   // by the name that must match; "" holds those that match by pattern
	pure     map[string][]string // function's name -> patterns of its full name
	fills    map[string][]string // likewise: calls that fill a definition
	all      []*row
	literals map[string][]*literalRow
	matches  *sync.Map       // name -> []*row: those of rows that match
	keeps    map[string]bool // fields of structs that keep keys
	winners  func(source, key string) (string, bool)

	named   []*symbol              // Go objects that are flags
	symbols map[program.ID]*symbol // those of prog
	prog    *program.Program
	filled  *fields // what the code of prog fills; nil is not known

	importedFields func(*types.Var) []filled // what is known of fields of other packages; nil is nothing
}

// row is a row of a provider, whichever kind it is.
type row struct {
	provider *config.Provider
	kind     config.Kind
	packages []string
	recv     []string
	types    []string
	names    config.Names
	key      config.Key
	dflt     config.Operand
	result   config.Result
	meta     config.Meta
	value    config.Operand
	fill     *config.FillRow
	bulk     bool
	declare  bool
	override bool
	reset    bool // sets all flags back
	prepare  bool // lets flags be set
	number   int  // counts the rows of the catalogue
	pos      registry.Position
}

// kindLiteral is the kind of a row of overrides that matches literals.
const kindLiteral config.Kind = "literal"

// NewOracle returns the oracle for these providers, with no flag settled.
func NewOracle(providers []config.Provider) *Oracle {
	o := &Oracle{rows: map[string][]*row{}, matches: &sync.Map{}, pure: map[string][]string{}, fills: map[string][]string{}, keeps: map[string]bool{}, winners: func(string, string) (string, bool) { return "", false }}
	o.literals = literalRows(providers)
	for i := range providers {
		for _, r := range rowsOf(&providers[i]) {
			r.number = len(o.all)
			o.all = append(o.all, r)
			if r.key.Field != "" {
				o.keeps[r.key.Field] = true
			}
			names := r.names.List
			if r.names.All || r.names.Regex != nil {
				names = []string{""}
			}
			for _, n := range names {
				o.rows[n] = append(o.rows[n], r)
			}
		}
		addPatterns(o.pure, providers[i].Pure)
		addPatterns(o.fills, providers[i].Registers)
	}
	return o
}

// At returns the oracle with flags at their winners.
func (o *Oracle) At(winners func(source, key string) (string, bool)) *Oracle {
	p := *o
	p.winners = winners
	return &p
}

func rowsOf(p *config.Provider) []*row {
	var out []*row
	pkgs := func(narrow []string) []string {
		if len(narrow) > 0 {
			return narrow
		}
		return p.Packages
	}
	for _, s := range p.Sites {
		out = append(out, &row{provider: p, kind: s.Kind, packages: pkgs(s.Package), recv: s.Recv, types: s.Type, names: s.Names, key: s.Key, dflt: s.Default, result: s.Result, bulk: s.Bulk, pos: s.Pos})
	}
	for i, s := range p.Fills {
		out = append(out, &row{provider: p, kind: kindFill, packages: pkgs(s.Package), recv: s.Recv, names: s.Names, dflt: s.Default, fill: &p.Fills[i], key: config.Key{Arg: -1}, result: config.Result{Error: config.ErrorByType, Present: -1}, pos: s.Pos})
	}
	for _, d := range p.Declares {
		out = append(out, &row{provider: p, kind: config.KindCall, packages: pkgs(d.Package), recv: d.Recv, names: d.Names, key: d.Key, dflt: d.Default, meta: d.Meta, declare: true, pos: d.Pos})
	}
	for _, v := range p.Overrides {
		r := &row{provider: p, kind: config.KindCall, packages: pkgs(v.Package), recv: v.Recv, names: v.Names, key: v.Key, value: v.Value, override: true, reset: v.Reset, prepare: v.Prepare, pos: v.Pos}
		if v.Type != nil {
			r.kind, r.types, r.names.List = kindLiteral, v.Type, v.Type
		}
		out = append(out, r)
	}
	return out
}

// IsRegistry reports whether a system's flags are registered by code, so that there
// is nothing elsewhere to archive.
func (o *Oracle) IsRegistry(system string) bool {
	return slices.ContainsFunc(o.all, func(r *row) bool { return r.declare && r.provider.ID == system && (r.meta.Stage.Set || r.key.MapKeys) })
}

// IsKnownSystem reports whether a system is one of the catalogue.
func (o *Oracle) IsKnownSystem(system string) bool {
	return slices.ContainsFunc(o.all, func(r *row) bool { return r.provider.ID == system && r.provider.Evidence != "" })
}

// Winner implements flow.Oracle.
func (o *Oracle) Winner(source, key string) (string, bool) { return o.winners(source, key) }

// addPatterns adds patterns of functions' full names.
func addPatterns(dst map[string][]string, patterns []string) {
	for _, p := range patterns {
		name := p[strings.LastIndexByte(p, '.')+1:]
		dst[name] = append(dst[name], p)
	}
}

// Pure implements flow.Oracle.
func (o *Oracle) Pure(fn *types.Func) bool { return matchesAny(o.pure, fn) }

// Registers reports whether calls of fn do nothing but fill a flag's definition.
func (o *Oracle) Registers(fn *types.Func) bool { return matchesAny(o.fills, fn) }

// RegistersNamed is Registers for a function without a name of its own, which a
// local of a package holds.
func (o *Oracle) RegistersNamed(path, local string) bool {
	return slices.ContainsFunc(o.fills[local], func(p string) bool {
		pkg, ok := strings.CutSuffix(p, "."+local)
		return ok && config.MatchPackage(pkg, path)
	})
}

func matchesAny(patterns map[string][]string, fn *types.Func) bool {
	for _, p := range patterns[fn.Name()] {
		if matchesFullName(p, fn) {
			return true
		}
	}
	for _, p := range patterns["*"] {
		if matchesFullName(strings.TrimSuffix(p, "*")+fn.Name(), fn) {
			return true
		}
	}
	return false
}

// matchesFullName reports whether a pattern such as "(*pkg/v*.T).Method" or
// "pkg.Func" names fn. Pointer and value receivers are one.
func matchesFullName(pattern string, fn *types.Func) bool {
	if fn.Pkg() == nil {
		return false
	}
	recv := receiverName(fn)
	if rest, ok := strings.CutPrefix(pattern, "("); ok {
		typ, method, ok := strings.Cut(rest, ").")
		if !ok || method != fn.Name() {
			return false
		}
		typ = strings.TrimPrefix(typ, "*")
		i := strings.LastIndexByte(typ, '.')
		return i > 0 && typ[i+1:] == recv && config.MatchPackage(typ[:i], fn.Pkg().Path())
	}
	i := strings.LastIndexByte(pattern, '.')
	return i > 0 && recv == "" && pattern[i+1:] == fn.Name() && config.MatchPackage(pattern[:i], fn.Pkg().Path())
}

// receiverName returns the name of the type that declares a method; "" for
// functions.
func receiverName(fn *types.Func) string {
	recv := fn.Signature().Recv()
	if recv == nil {
		return ""
	}
	return typeName(recv.Type())
}

// typeName returns the name of a named type, or of the one that t points to.
func typeName(t types.Type) string {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if n, ok := t.(*types.Named); ok {
		return n.Obj().Name()
	}
	return ""
}

// candidates calls f for the rows that may match a name.
func (o *Oracle) candidates(name string, f func(*row) bool) {
	for _, r := range o.matching(name) {
		if f(r) {
			return
		}
	}
}

// matching returns the rows whose names match. Every name of the code is looked
// up, most of them many times, and patterns are slow.
func (o *Oracle) matching(name string) []*row {
	if list, ok := o.matches.Load(name); ok {
		return list.([]*row)
	}
	var out []*row
	for _, list := range [][]*row{o.rows[name], o.rows[""]} {
		for _, r := range list {
			if r.names.Match(name) {
				out = append(out, r)
			}
		}
	}
	o.matches.Store(name, out)
	return out
}

// inPackage reports whether the row speaks of a package.
func (r *row) inPackage(pkg *types.Package) bool {
	if pkg == nil {
		return false
	}
	for _, p := range r.packages {
		if config.MatchPackage(p, pkg.Path()) {
			return true
		}
	}
	return false
}

// Ask implements flow.Oracle.
func (o *Oracle) Ask(pkg *program.Package, e ast.Expr) *flow.Ask {
	if a := o.askSymbol(pkg, e); a != nil {
		return a
	}
	switch e := e.(type) {
	case *ast.CallExpr:
		return o.askCall(pkg, e)
	case *ast.Ident:
		return o.askObject(e.Name, pkg.Info.Uses[e])
	case *ast.SelectorExpr:
		if sel := pkg.Info.Selections[e]; sel != nil {
			if sel.Kind() != types.FieldVal {
				return nil
			}
			if a := o.askFilled(pkg, e, sel); a != nil {
				return a
			}
			return o.askField(sel)
		}
		return o.askObject(e.Sel.Name, pkg.Info.Uses[e.Sel])
	case *ast.IndexExpr:
		return o.askIndex(pkg, e)
	}
	return nil
}

// askCall matches calls of functions and methods.
func (o *Oracle) askCall(pkg *program.Package, call *ast.CallExpr) *flow.Ask {
	var out *flow.Ask
	o.callRows(pkg, call, func(r *row, fn *types.Func, args []ast.Expr) bool {
		if r.override || r.declare && r.key.MapKeys {
			return false
		}
		out = r.askCall(pkg, call, fn, args)
		return true
	})
	return out
}

// Asks implements flow.Oracle.
func (o *Oracle) Asks(fn *types.Func) bool {
	found := false
	o.candidates(fn.Name(), func(r *row) bool {
		found = r.kind == config.KindCall && !r.override && r.inPackage(fn.Pkg()) && r.takesRecv(receiverName(fn))
		return found
	})
	return found
}

// KeepsKey implements flow.Oracle.
func (o *Oracle) KeepsKey(field string) bool { return o.keeps[field] }

// AskThrough implements flow.Oracle.
func (o *Oracle) AskThrough(pkg *program.Package, call *ast.CallExpr, fn *types.Func) *flow.Ask {
	var out *flow.Ask
	o.candidates(fn.Name(), func(r *row) bool {
		if r.kind != config.KindCall || r.override || !r.inPackage(fn.Pkg()) || !r.takesRecv(receiverName(fn)) {
			return false
		}
		out = r.askCall(pkg, call, fn, call.Args)
		return true
	})
	return out
}

// sets reports whether an expression is a call that sets flags.
func (o *Oracle) sets(pkg *program.Package, x ast.Expr) bool {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	found := false
	if ok {
		o.callRows(pkg, call, func(r *row, _ *types.Func, _ []ast.Expr) bool {
			found = r.override
			return found
		})
	}
	return found
}

// callRows calls f for the rows of kind call that match, with the arguments as
// the rows count them.
func (o *Oracle) callRows(pkg *program.Package, call *ast.CallExpr, f func(*row, *types.Func, []ast.Expr) bool) {
	name := calleeName(call)
	if name == "" || o.rows[name] == nil && o.rows[""] == nil {
		return
	}
	var fn *types.Func
	args := call.Args
	o.candidates(name, func(r *row) bool {
		if r.kind != config.KindCall {
			return false
		}
		if fn == nil {
			if fn = callee(pkg.Info, call); fn == nil {
				return true
			}
			if isMethodExpr(pkg.Info, call) && len(args) > 0 {
				args = args[1:]
			}
		}
		return r.inPackage(fn.Pkg()) && r.takesRecv(receiverName(fn)) && f(r, fn, args)
	})
}

func (r *row) takesRecv(recv string) bool {
	if len(r.recv) == 0 {
		return recv == ""
	}
	for _, name := range r.recv {
		if name == recv || name == "*" && recv != "" {
			return true
		}
	}
	return false
}

// askCall describes a matching call.
func (r *row) askCall(pkg *program.Package, call *ast.CallExpr, fn *types.Func, args []ast.Expr) *flow.Ask {
	sig := fn.Signature()
	a := r.ask()
	a.Results = sig.Results().Len()
	a.Declare = r.declare
	if r.result.Error == config.ErrorByType && a.Results > 1 && isError(sig.Results().At(a.Results-1).Type()) {
		a.Err = a.Results - 1
	}
	if arg := r.key.Param.Arg; r.key.Param.Set && arg < len(args) {
		a.Param = args[arg]
	}
	r.place(pkg, a, call, fn, args)
	return a
}

// place says where a matching call keeps its key.
func (r *row) place(pkg *program.Package, a *flow.Ask, call *ast.CallExpr, fn *types.Func, args []ast.Expr) {
	switch {
	case r.bulk:
	case r.key.Recv:
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		switch {
		case !ok:
			a.Object = true
		case r.key.Const:
			a.Key = constName(pkg.Info, sel.X)
		default:
			a.Object, a.KeyExpr = true, sel.X
		}
	case r.key.Name:
		a.Key = fn.Name()
	case r.key.Arg < 0 || r.key.Arg >= len(args):
	case r.key.Const:
		a.Key = constName(pkg.Info, args[r.key.Arg])
	case r.key.Elems:
		r.placeElems(a, call, fn, args)
	default:
		a.KeyExpr, a.KeyField = args[r.key.Arg], r.key.Field
		if keys := listed(pkg, a.KeyExpr); keys != nil && r.key.Field == "" && !r.declare {
			a.KeyElems, a.Carrier = keys, flow.CarrierOpaque
		}
	}
}

// placeElems says where a call keeps the keys of several flags.
func (r *row) placeElems(a *flow.Ask, call *ast.CallExpr, fn *types.Func, args []ast.Expr) {
	a.Carrier, a.KeyField = flow.CarrierOpaque, r.key.Field
	if fn.Signature().Variadic() && r.key.Arg == fn.Signature().Params().Len()-1 && !call.Ellipsis.IsValid() {
		a.KeyElems = args[r.key.Arg:]
		return
	}
	list := args[r.key.Arg]
	if r.key.In != "" {
		list = fieldOf(list, r.key.In)
	}
	if lit, ok := literal(list); ok {
		a.KeyElems = lit.Elts
	}
}

// ask returns what all questions of the row have in common.
func (r *row) ask() *flow.Ask {
	a := &flow.Ask{Source: r.provider.ID, Ref: r, Results: 1, Value: r.result.At, Fields: r.result.Field, Not: r.result.Not, Carrier: flow.Carrier(r.result.Form), Err: r.result.Error, Present: r.result.Present}
	if r.key.Pattern != nil || r.key.Prefix != "" || r.key.Case != "" || r.key.Rename != nil {
		a.Rename = r.rename
		a.Loose = r.key.Pattern != nil
	}
	if r.declare {
		a.Value, a.Err, a.Present = 0, -1, -1
	}
	return a
}

// askObject matches package-level variables and constants.
func (o *Oracle) askObject(name string, obj types.Object) *flow.Ask {
	if obj == nil || obj.Pkg() == nil || obj.Parent() != obj.Pkg().Scope() {
		return nil
	}
	kind := config.KindVar
	switch obj.(type) {
	case *types.Const:
		kind = config.KindConst
	case *types.Var:
	default:
		return nil
	}
	var out *flow.Ask
	o.candidates(name, func(r *row) bool {
		if r.kind != kind || !r.inPackage(obj.Pkg()) || len(r.types) > 0 && !contains(r.types, typeName(obj.Type())) {
			return false
		}
		out = r.named(name)
		return out != nil
	})
	return out
}

// named describes a question whose key is a name; nil where that is no flag.
func (r *row) named(name string) *flow.Ask {
	if key, ok := r.rename(name); ok {
		return r.keyed(key)
	}
	return nil
}

// keyed describes a question for the flag with this key.
func (r *row) keyed(key string) *flow.Ask {
	a := r.ask()
	a.Rename, a.Key, a.Err = nil, key, -1
	return a
}

// askField matches reads of struct fields, by name or by tag.
func (o *Oracle) askField(sel *types.Selection) *flow.Ask {
	field := sel.Obj().(*types.Var)
	owner, tag := "", reflect.StructTag("")
	var out *flow.Ask
	o.candidates(field.Name(), func(r *row) bool {
		if r.kind != config.KindField && r.kind != config.KindTag || !r.inPackage(field.Pkg()) {
			return false
		}
		if owner == "" {
			owner, tag = fieldOwner(sel)
		}
		key, ok := r.fieldKey(field, owner, tag)
		if !ok {
			return false
		}
		out = r.keyed(key)
		out.Wide = o.isFilledBy(r.key.Tag)
		return true
	})
	return out
}

// fieldKey returns the key of the flag that a field of a named struct is; false
// where the row does not speak of it.
func (r *row) fieldKey(field *types.Var, owner string, tag reflect.StructTag) (string, bool) {
	if r.kind != config.KindField && r.kind != config.KindTag || !r.inPackage(field.Pkg()) || owner == "" || len(r.types) > 0 && !contains(r.types, owner) {
		return "", false
	}
	if r.key.Tag != "" {
		return r.tagged(tag.Get(r.key.Tag))
	}
	return r.rename(field.Name())
}

// askIndex matches map index expressions on package-level variables.
func (o *Oracle) askIndex(pkg *program.Package, e *ast.IndexExpr) *flow.Ask {
	v := packageVar(pkg.Info, e.X)
	if v == nil {
		return nil
	}
	if _, ok := v.Type().Underlying().(*types.Map); !ok {
		return nil
	}
	var out *flow.Ask
	o.candidates(v.Name(), func(r *row) bool {
		if r.kind != config.KindIndex || !r.inPackage(v.Pkg()) {
			return false
		}
		out = r.ask()
		out.KeyExpr, out.Err = e.Index, -1
		if tup, ok := pkg.Info.TypeOf(e).(*types.Tuple); ok {
			out.Results, out.Present = tup.Len(), 1
		}
		return true
	})
	return out
}
