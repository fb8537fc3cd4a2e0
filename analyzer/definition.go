package analyzer

import (
	"go/ast"
	"go/types"
	"reflect"
	"slices"

	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
	"github.com/flagdebt/flagdebt/registry"
)

// Definition is a Go object that is there for a flag: the field or variable that
// the flag is, the constant that names it, the variable that holds its object.
type Definition struct {
	Flag   registry.ID
	ID     program.ID
	Obj    types.Object
	Retire registry.House // what becomes of it
	Named  bool           // somebody has named the object itself, to be removed
}

// Definitions returns the definitions of all flags, each once.
func (f *Found) Definitions() []Definition {
	d := &definer{f, map[program.ID]bool{}, nil}
	for _, pkg := range f.Prog.Packages {
		d.named(f.Oracle, pkg)
		d.objects(pkg)
	}
	d.filled()
	for _, fn := range f.Engine.Functions() {
		for x, a := range f.Engine.Trace(fn).Asked {
			d.asked(fn, x, a)
		}
	}
	slices.SortFunc(d.out, func(a, b Definition) int { return int(a.ID) - int(b.ID) })
	return d.out
}

// definer gathers definitions.
type definer struct {
	*Found
	seen map[program.ID]bool
	out  []Definition
}

func (d *definer) add(obj types.Object, key string, r *row) {
	id := d.Prog.IDOf(obj)
	if id == 0 || d.seen[id] {
		return
	}
	d.seen[id] = true
	d.out = append(d.out, Definition{
		Flag: registry.ID{Source: r.provider.ID, Key: key}, ID: id, Obj: obj, Retire: r.provider.Retire, Named: r.provider.ID == SymbolSource,
	})
}

// named adds the objects of a package that somebody has named.
func (d *definer) named(o *Oracle, pkg *program.Package) {
	if len(o.symbols) == 0 {
		return
	}
	for _, obj := range pkg.Info.Defs {
		if s := o.symbolOf(obj); s != nil {
			d.add(obj, s.name, s.row)
		}
	}
}

// objects adds the objects of a package that are flags themselves.
func (d *definer) objects(pkg *program.Package) {
	scope := pkg.Types.Scope()
	for _, name := range scope.Names() {
		obj := scope.Lookup(name)
		if a := d.Oracle.askObject(name, obj); a != nil && !a.Object {
			d.add(obj, a.Key, a.Ref.(*row))
		}
		if _, isType := obj.(*types.TypeName); isType {
			d.fields(name, obj)
		}
	}
}

// fields adds the fields of a struct that are flags.
func (d *definer) fields(name string, obj types.Object) {
	st, ok := obj.Type().Underlying().(*types.Struct)
	if !ok {
		return
	}
	for i := range st.NumFields() {
		v := st.Field(i)
		d.Oracle.candidates(v.Name(), func(r *row) bool {
			key, ok := r.fieldKey(v, name, reflect.StructTag(st.Tag(i)))
			if ok {
				d.add(v, key, r)
			}
			return ok
		})
	}
}

// filled adds the fields that are flags because a call fills them.
func (d *definer) filled() {
	if d.Oracle.filled == nil {
		return
	}
	for _, list := range d.Oracle.filled.of {
		if isOneFlag(list) {
			d.add(list[0].field, list[0].key, list[0].row)
		}
	}
}

// asked adds the constant that names the flag which somebody asks for, and the
// variable that holds its object.
func (d *definer) asked(fn *flow.Function, x ast.Expr, a *flow.Asked) {
	key, ok := flow.Text(a.Key)
	if !ok || len(a.Via) > 0 {
		return
	}
	r := a.Ask.Ref.(*row)
	if a.Ask.Declare {
		d.holder(fn, x, key, r)
	}
	if c := constantOf(fn.Pkg.Info, a.Ask.KeyExpr); c != nil {
		d.add(c, key, r)
	}
	if call, ok := x.(*ast.CallExpr); ok && r.key.Const && r.key.Arg >= 0 && r.key.Arg < len(call.Args) {
		if c := constantOf(fn.Pkg.Info, call.Args[r.key.Arg]); c != nil {
			d.add(c, key, r)
		}
	}
}

// holder adds the package variable that a declaration initialises.
func (d *definer) holder(fn *flow.Function, x ast.Expr, key string, r *row) {
	file, ok := fn.Node.(*ast.File)
	if !ok {
		return
	}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return n == nil || n.Pos() <= x.Pos() && x.End() <= n.End()
		}
		for i, v := range spec.Values {
			if ast.Unparen(v) == x && len(spec.Names) == len(spec.Values) {
				if obj := fn.Pkg.Info.Defs[spec.Names[i]]; obj != nil && spec.Names[i].Name != "_" {
					d.add(obj, key, r)
				}
			}
		}
		return false
	})
}

// constantOf returns the package's constant that x names, or nil.
func constantOf(info *types.Info, x ast.Expr) *types.Const {
	var id *ast.Ident
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		id = x
	case *ast.SelectorExpr:
		id = x.Sel
	default:
		return nil
	}
	c, ok := info.Uses[id].(*types.Const)
	if !ok || c.Pkg() == nil || c.Parent() != c.Pkg().Scope() {
		return nil
	}
	return c
}
