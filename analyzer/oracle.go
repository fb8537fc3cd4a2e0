package analyzer

import (
	"go/types"
	"slices"
	"strings"
	"sync"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/program"
	"github.com/flagdebt/flagdebt/registry"
)

// Oracle answers flow's questions from the providers' rows.
type Oracle struct {
	rows      map[string][]*row   // by the name that must match; "" holds those that match by pattern
	pure      map[string][]string // function's name -> patterns of its full name
	registers map[string][]string // likewise: calls that fill a definition
	all       []*row
	literals  map[string][]*literalRow
	matches   *sync.Map       // name -> []*row: those of rows that match
	keeps     map[string]bool // fields of structs that keep keys
	winners   func(source, key string) (string, bool)

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
	o := &Oracle{rows: map[string][]*row{}, matches: &sync.Map{}, pure: map[string][]string{}, registers: map[string][]string{}, keeps: map[string]bool{}, winners: func(string, string) (string, bool) { return "", false }}
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
		addPatterns(o.registers, providers[i].Registers)
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
func (o *Oracle) Registers(fn *types.Func) bool { return matchesAny(o.registers, fn) }

// RegistersNamed is Registers for a function without a name of its own, which a
// local of a package holds.
func (o *Oracle) RegistersNamed(path, local string) bool {
	return slices.ContainsFunc(o.registers[local], func(p string) bool {
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
