package analyzer

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file knows which fields are flags because a call fills their struct from a
// configuration:
//
//	viper.Unmarshal(&cfg) // cfg.Features.NewUI is the flag "features.new_ui"

// kindFill is the kind of a row of fills.
const kindFill config.Kind = "fill"

// fieldID is a field: by its source, or by itself where that was not read.
type fieldID struct {
	id program.ID
	v  *types.Var
}

// filled is a field that some call fills.
type filled struct {
	row   *row
	field *types.Var
	key   string
	known bool      // else the key is only its end
	flag  bool      // that key is a flag's
	path  []fieldID // the fields around it, the outermost first
	home  string    // the package of the call
}

// fields holds what calls fill.
type fields struct {
	prog     *program.Program
	of       map[fieldID][]filled
	imported func(*types.Var) []filled // what is known of fields of other packages; nil is nothing
	homes    map[string]bool           // the packages of the structs
}

// idOf returns the identity of a field.
func (s *fields) idOf(v *types.Var) fieldID {
	v = v.Origin()
	if id := s.prog.IDOf(v); id != 0 {
		return fieldID{id: id}
	}
	return fieldID{v: v}
}

// all returns all ways in which a field is filled.
func (s *fields) all(v *types.Var) []filled {
	list := s.of[s.idOf(v)]
	if len(list) == 0 && s.imported != nil {
		return s.imported(v)
	}
	return list
}

// at returns those ways in which a field is filled that a selector of it allows.
func (s *fields) at(info *types.Info, x *ast.SelectorExpr, sel *types.Selection) []filled {
	list := s.all(sel.Obj().(*types.Var))
	if len(list) < 2 {
		return list
	}
	way := s.way(info, x, sel)
	return slices.DeleteFunc(slices.Clone(list), func(f filled) bool {
		n := min(len(way), len(f.path))
		return !slices.Equal(way[len(way)-n:], f.path[len(f.path)-n:])
	})
}

// way returns the fields through which a selector goes, the last one left out.
func (s *fields) way(info *types.Info, x *ast.SelectorExpr, sel *types.Selection) []fieldID {
	var out []fieldID
	if outer, ok := ast.Unparen(x.X).(*ast.SelectorExpr); ok {
		if in := info.Selections[outer]; in != nil && in.Kind() == types.FieldVal {
			out = append(s.way(info, outer, in), s.idOf(in.Obj().(*types.Var)))
		}
	}
	t := sel.Recv()
	for _, i := range sel.Index()[:len(sel.Index())-1] {
		st := structOf(t)
		if st == nil {
			return out
		}
		out = append(out, s.idOf(st.Field(i)))
		t = st.Field(i).Type()
	}
	return out
}

// structOf returns the struct that t is, or points to; nil where it is none.
func structOf(t types.Type) *types.Struct {
	for {
		p, ok := t.Underlying().(*types.Pointer)
		if !ok {
			break
		}
		t = p.Elem()
	}
	st, _ := t.Underlying().(*types.Struct)
	return st
}

// askFilled describes a read of a field that calls fill; nil where none does. Its key
// is not known where the calls put different texts before it.
func (o *Oracle) askFilled(pkg *program.Package, x *ast.SelectorExpr, sel *types.Selection) *flow.Ask {
	if o.filled == nil {
		return nil
	}
	list := o.filled.at(pkg.Info, x, sel)
	i := slices.IndexFunc(list, func(f filled) bool { return f.flag })
	if i < 0 {
		return nil
	}
	a := list[i].row.keyed(list[i].key)
	if !isOneFlag(list) {
		a.Key = ""
	}
	a.Wide = !o.filled.seenFrom(pkg, sel.Obj().(*types.Var))
	return a
}

// seenFrom reports whether a package and its imports tell how a field is filled: by a
// call of its own, or, without doubt, by those of the package that declares it.
func (s *fields) seenFrom(pkg *program.Package, v *types.Var) bool {
	var there []filled
	for _, f := range s.all(v) {
		if f.home == pkg.Path {
			return true
		}
		if f.home == v.Pkg().Path() {
			there = append(there, f)
		}
	}
	return len(there) > 0 && isOneFlag(there)
}

// isOneFlag reports whether all ways of filling a field agree on the flag that it is.
func isOneFlag(list []filled) bool {
	return !slices.ContainsFunc(list, func(f filled) bool { return !f.flag || !f.known || f.key != list[0].key })
}

// isFilledBy reports whether rows of fills know a struct tag, so that it alone does not
// say for certain what the key is.
func (o *Oracle) isFilledBy(tag string) bool {
	return tag != "" && slices.ContainsFunc(o.all, func(r *row) bool { return r.kind == kindFill && r.fill.Tag == tag })
}

// fillRow returns the row of fills that a call matches, or nil.
func (o *Oracle) fillRow(pkg *program.Package, call *ast.CallExpr) *row {
	var out *row
	var fn *types.Func
	o.candidates(calleeName(call), func(r *row) bool {
		if r.kind != kindFill {
			return false
		}
		if fn == nil {
			if fn = callee(pkg.Info, call); fn == nil {
				return true
			}
		}
		if r.inPackage(fn.Pkg()) && r.takesRecv(receiverName(fn)) {
			out = r
		}
		return out != nil
	})
	return out
}

// constantText returns the text that an expression is, by its type alone.
func constantText(info *types.Info, x ast.Expr) (string, bool) {
	v := info.Types[x].Value
	if v == nil || v.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(v), true
}
