package flow

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"iter"
	"maps"
	"slices"
	"sort"
	"strings"

	"github.com/flagdebt/flagdebt/internal/program"
)

func keys[K comparable, V any](m map[K]V) iter.Seq[K] { return maps.Keys(m) }

// Function is a function, a method, a function literal, or the initialisers of
// a file's package-level variables.
type Function struct {
	ID   program.ID
	Pkg  *program.Package
	Obj  *types.Func // nil for literals and initialisers
	Node ast.Node    // *ast.FuncDecl, *ast.FuncLit or *ast.File
	Body *ast.BlockStmt
	Sig  *types.Signature
	Test bool // in a test file
	Fake bool // of tests, or of a package that is there for them alone: no program runs it

	params  []*types.Var // the receiver first
	closed  bool         // all callers are known
	helper  bool         // it is of tests, and all callers are known
	varies  bool         // another build has another one of that name
	alone   bool         // all callers are known, if there are none in other modules
	zeroed  bool         // may be left by a recovered panic
	results []*types.Var // named results
}

// variable says what the prepass knows of a package variable, field or captured local.
type variable struct {
	typ     types.Type
	unknown bool // written where we do not see it
	zero    bool // holds its zero value before the writes
	local   bool
	linked  bool // the linker may set it (-ldflags -X)
	open    bool // other modules may write it
	guarded bool // nobody sees its zero value
}

// index is what one syntactic pass over the packages finds out.
type index struct {
	prog      *program.Program
	asks      func(*types.Func) bool // whether calls ask for a flag
	functions []*Function
	byID      map[program.ID]*Function
	vars      map[program.ID]*variable
	addressed map[program.ID]bool       // locals whose address is taken
	captured  map[program.ID]bool       // locals that a literal uses
	owners    map[program.ID]program.ID // field -> struct type's name
	fields    map[program.ID][]*types.Var
	zeroMade  map[program.ID]bool // struct types of which zero values are made
	reflected map[program.ID]bool // struct types that leave the universe through an interface
	converted map[program.ID]bool // struct types that other types are converted to or from
	testWrite map[program.ID]bool // variables that tests write
	nameless  map[program.ID]bool // package variables whose struct type has no name
	methods   map[string][]*Function
	escaped   map[program.ID]bool // functions used as values
	recovers  map[program.ID]bool // functions that call recover
	open      map[program.ID]bool // struct types with an exported name
	thawed    map[program.ID]bool // fields that are written outside of literals, and types of structs that are written whole
	guards    map[ast.Expr]*guard // calls of sync.Once.Do that guard what they set
	consts    map[program.ID]bool // constants that other platforms give another value

	ifaceMethods   map[string]bool           // names of all methods of interfaces
	outsideMethods map[string]bool           // those of interfaces outside the universe
	foreign        map[string][]*types.Named // by method: the types outside the universe that have one of that name
	unnamed        []*types.Struct           // struct types of literals that have no name
	byReflection   bool                      // a package that calls methods by name is imported
}

func newIndex(prog *program.Program, pkgs []*program.Package, oracle Oracle) *index {
	x := &index{
		prog: prog, asks: oracle.Asks, byID: map[program.ID]*Function{}, vars: map[program.ID]*variable{}, addressed: map[program.ID]bool{},
		captured: map[program.ID]bool{}, owners: map[program.ID]program.ID{}, fields: map[program.ID][]*types.Var{},
		zeroMade: map[program.ID]bool{}, reflected: map[program.ID]bool{}, converted: map[program.ID]bool{}, testWrite: map[program.ID]bool{}, nameless: map[program.ID]bool{},
		methods: map[string][]*Function{}, escaped: map[program.ID]bool{}, recovers: map[program.ID]bool{}, thawed: map[program.ID]bool{}, open: map[program.ID]bool{}, consts: map[program.ID]bool{}, guards: map[ast.Expr]*guard{},
	}
	for _, pkg := range pkgs {
		for _, f := range pkg.Files {
			x.declare(pkg, f)
		}
	}
	lost := newLeaks()
	for _, pkg := range pkgs {
		for _, f := range pkg.Files {
			(&scan{x, &leaker{lost, prog, pkg.Info}, pkg, f.Test, pkg.Info}).file(f.Syntax)
		}
	}
	x.collectInterfaces(pkgs)
	x.settleLeaks(lost)
	x.settleConstants(pkgs)
	slices.SortFunc(x.functions, func(a, b *Function) int { return cmp.Compare(a.ID, b.ID) })
	x.settleFields()
	x.settleOnce()
	for _, f := range x.functions {
		f.varies = f.Obj != nil && x.prog.Varies(f.Obj)
		seen := !f.varies && x.isClosedTo(f, true)
		f.helper = seen && f.Test
		f.alone = seen && !f.Test
		f.closed = f.alone && x.isClosedTo(f, false)
		f.zeroed = x.mayRecover(f)
	}
	return x
}

// declare collects the functions, struct types and package variables of a file.
func (x *index) declare(pkg *program.Package, file *program.File) {
	if x.byID[program.ID(file.Syntax.FileStart)] != nil {
		return // the file belongs to two build configurations
	}
	x.addFunction(&Function{ID: program.ID(file.Syntax.FileStart), Pkg: pkg, Node: file.Syntax, Sig: types.NewSignatureType(nil, nil, nil, nil, nil, false), Test: file.Test})
	for _, d := range file.Syntax.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			obj, _ := pkg.Info.Defs[d.Name].(*types.Func)
			if obj == nil || d.Body == nil {
				continue
			}
			f := &Function{ID: program.ID(obj.Pos()), Pkg: pkg, Obj: obj, Node: d, Body: d.Body, Sig: obj.Signature(), Test: file.Test, Fake: file.Test || x.servesTests(obj, file)}
			x.addFunction(f)
			if f.Sig.Recv() != nil {
				x.methods[obj.Name()] = append(x.methods[obj.Name()], f)
			}
		case *ast.GenDecl:
			x.declareSpecs(pkg, file, d)
		}
	}
	ast.Inspect(file.Syntax, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok {
			sig, _ := typeOf(pkg.Info, lit).(*types.Signature)
			if sig == nil {
				return true
			}
			x.addFunction(&Function{ID: program.ID(lit.Pos()), Pkg: pkg, Node: lit, Body: lit.Body, Sig: sig, Test: file.Test})
		}
		return true
	})
}

func (x *index) addFunction(f *Function) {
	if r := f.Sig.Recv(); r != nil {
		f.params = append(f.params, r)
	}
	for v := range f.Sig.Params().Variables() {
		f.params = append(f.params, v)
	}
	for v := range f.Sig.Results().Variables() {
		if v.Name() != "" {
			f.results = append(f.results, v)
		}
	}
	x.byID[f.ID] = f
	x.functions = append(x.functions, f)
}

func (x *index) declareSpecs(pkg *program.Package, file *program.File, d *ast.GenDecl) {
	for _, s := range d.Specs {
		switch s := s.(type) {
		case *ast.ValueSpec:
			if d.Tok != token.VAR {
				continue
			}
			for _, name := range s.Names {
				if obj := pkg.Info.Defs[name]; obj != nil && name.Name != "_" {
					x.declareFields(program.ID(obj.Pos()), obj, file)
					x.vars[program.ID(obj.Pos())] = &variable{
						typ: obj.Type(), zero: len(s.Values) == 0, linked: isLinked(pkg.Info, obj, s.Values),
						unknown: file.Test || x.prog.InIgnored(name.Name) || x.prog.Varies(obj) || x.prog.HasLinkage(obj), open: IsOpen(obj),
					}
				}
			}
		case *ast.TypeSpec:
			x.declareStruct(pkg, file, s)
		}
	}
}

func (x *index) declareStruct(pkg *program.Package, file *program.File, s *ast.TypeSpec) {
	obj := pkg.Info.Defs[s.Name]
	if obj == nil {
		return
	}
	st, ok := obj.Type().Underlying().(*types.Struct)
	if !ok {
		return
	}
	x.open[program.ID(obj.Pos())] = obj.Exported()
	x.addFields(program.ID(obj.Pos()), obj, st, file)
}

// declareFields collects the fields of a package variable whose struct type has no
// name. They stay unknown where the variable is written as a whole.
func (x *index) declareFields(id program.ID, obj types.Object, file *program.File) {
	if st, ok := types.Unalias(obj.Type()).(*types.Struct); ok {
		x.nameless[id] = true
		x.addFields(id, obj, st, file)
	}
}

func (x *index) addFields(id program.ID, obj types.Object, st *types.Struct, file *program.File) {
	for i := range st.NumFields() {
		v := st.Field(i)
		fid := x.prog.IDOf(v)
		if fid == 0 {
			continue
		}
		if _, known := x.owners[fid]; !known {
			x.owners[fid] = id
			x.fields[id] = append(x.fields[id], v)
			x.vars[fid] = &variable{typ: v.Type(), unknown: st.Tag(i) != "" || file.Test || x.prog.Varies(obj), open: v.Exported() && IsOpen(obj)}
		} else {
			x.vars[fid].unknown = true // type A B: one field in two types
		}
	}
}

// settleFields turns what is known of struct types into what is known of their fields.
func (x *index) settleFields() {
	for id, fields := range x.fields {
		for _, st := range x.unnamed {
			if !x.nameless[id] && st.NumFields() == len(fields) && len(fields) > 0 && st.Field(0).Name() == fields[0].Name() {
				x.converted[id] = true
			}
		}
		for _, v := range fields {
			w := x.vars[x.prog.IDOf(v)]
			w.zero = w.zero || x.zeroMade[id]
			w.unknown = w.unknown || x.reflected[id] && v.Exported() || x.converted[id] || x.prog.InIgnored(v.Name())
		}
	}
}

// enclosing returns the innermost function that n stands in; a literal, or a call
// of one, stands in the function around it.
func (x *index) enclosing(n ast.Node) *Function {
	i := sort.Search(len(x.functions), func(i int) bool { return x.functions[i].ID > program.ID(n.Pos()) })
	for i--; i >= 0; i-- {
		f := x.functions[i]
		start, end := f.Node.Pos(), f.Node.End()
		if file, ok := f.Node.(*ast.File); ok {
			start, end = file.FileStart, file.FileEnd
		}
		if decl, ok := f.Node.(*ast.FuncDecl); ok {
			start = decl.Pos()
		}
		if start <= n.Pos() && n.End() <= end && f.Node != n {
			return f
		}
		if _, ok := f.Node.(*ast.File); ok {
			return nil
		}
	}
	return nil
}

// isClosedTo reports whether every call of f is seen: it is no value, no
// implementation of an interface's method, and out of reach for other modules;
// where alone, no other module calls exported functions.
func (x *index) isClosedTo(f *Function, alone bool) bool {
	if f.Obj == nil || x.escaped[f.ID] || f.Obj.Name() == "main" || f.Obj.Name() == "init" {
		return false
	}
	if f.Sig.Recv() != nil && (x.satisfies(f.Obj.Name()) || f.Obj.Exported() && x.byReflection || x.prog.IsCalledByName(f.Obj)) {
		return false
	}
	if x.prog.InIgnored(f.Obj.Name()) || x.prog.HasLinkage(f.Obj) {
		return false
	}
	return alone || !IsOpen(f.Obj)
}

// complete reports whether every implementation of an interface's method is
// among the packages: the universe declares the interface, and no package of it
// that is not loaded names such a method.
func (x *index) complete(m *types.Func) bool {
	return x.prog.IDOf(m) != 0 && x.prog.Complete(m.Name())
}

// satisfies reports whether an interface of the universe or of what it imports
// may have a method of that name.
func (x *index) satisfies(name string) bool { return x.ifaceMethods[name] }

// collectInterfaces gathers the method names of all interfaces that the
// packages declare, spell out, or can reach by imports.
func (x *index) collectInterfaces(pkgs []*program.Package) {
	x.ifaceMethods, x.foreign, x.outsideMethods = map[string]bool{"Error": true}, map[string][]*types.Named{}, map[string]bool{"Error": true}
	add := func(t types.Type) {
		if i, ok := t.Underlying().(*types.Interface); ok {
			for m := range i.Methods() {
				if x.prog.IDOf(m) == 0 {
					x.outsideMethods[m.Name()] = true
				}
				if m.Exported() || x.prog.IDOf(m) != 0 { // nobody else can have the others
					x.ifaceMethods[m.Name()] = true
				}
			}
		}
	}
	seen := map[*types.Package]bool{}
	var visit func(*types.Package)
	visit = func(p *types.Package) {
		if seen[p] {
			return
		}
		seen[p] = true
		switch p.Path() {
		case "text/template", "html/template", "net/rpc":
			x.byReflection = true
		}
		for _, name := range p.Scope().Names() {
			t, ok := p.Scope().Lookup(name).(*types.TypeName)
			if !ok {
				continue
			}
			add(t.Type())
			if named, ok := t.Type().(*types.Named); ok && x.prog.IDOf(t) == 0 {
				if i, ok := named.Underlying().(*types.Interface); ok {
					for m := range i.Methods() {
						x.foreign[m.Name()] = append(x.foreign[m.Name()], named)
					}
				}
				for m := range named.Methods() {
					if m.Exported() {
						x.foreign[m.Name()] = append(x.foreign[m.Name()], named)
					}
				}
			}
		}
		for _, q := range p.Imports() {
			visit(q)
		}
	}
	for _, p := range pkgs {
		visit(p.Types)
		for e, tv := range p.Info.Types {
			if _, ok := e.(*ast.InterfaceType); ok {
				add(tv.Type)
			}
		}
	}
}

// mayRecover reports whether f may return without a return statement: a
// deferred call recovers from a panic, or may do so unseen.
func (x *index) mayRecover(f *Function) bool {
	if f.Body == nil {
		return false
	}
	found := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.DeferStmt:
			if x.deferRecovers(f.Pkg.Info, n.Call) {
				found = true
			}
			return false
		}
		return true
	})
	return found
}

func (x *index) deferRecovers(info *types.Info, call *ast.CallExpr) bool {
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		return x.recovers[program.ID(lit.Pos())]
	}
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		if _, builtin := info.Uses[id].(*types.Builtin); builtin {
			return id.Name == "recover"
		}
	}
	fn := calleeFunc(info, call)
	switch {
	case fn == nil:
		named, ok := types.Unalias(typeOf(info, call.Fun)).(*types.Named)
		return !ok || named.Obj().Name() != "CancelFunc"
	case x.prog.IDOf(fn) != 0:
		return x.recovers[x.prog.IDOf(fn)]
	case fn.Pkg() == nil || !strings.Contains(strings.Split(fn.Pkg().Path(), "/")[0], "."):
		return false // the standard library
	}
	switch fn.Name() {
	case "Unlock", "RUnlock", "Close", "Done", "End", "Stop":
		return false
	}
	return true
}

// IsOpen reports whether other modules can name a package's object: it is exported
// by a package that they can import.
func IsOpen(obj types.Object) bool {
	if !obj.Exported() || obj.Pkg() == nil || obj.Pkg().Name() == "main" || strings.HasSuffix(obj.Pkg().Name(), "_test") {
		return false
	}
	return !isInternal(obj.Pkg())
}

// isInternal reports whether other modules cannot import a package.
func isInternal(pkg *types.Package) bool {
	return slices.Contains(strings.Split(pkg.Path(), "/"), "internal")
}

// typeOf returns the type of e; the invalid type where there is none, as in
// code that does not compile and in what cgo stands for.
func typeOf(info *types.Info, e ast.Expr) types.Type {
	if t := info.TypeOf(e); t != nil {
		return t
	}
	return types.Typ[types.Invalid]
}
