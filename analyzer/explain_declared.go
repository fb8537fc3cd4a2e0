package analyzer

// This file says of a declaration on a line whether whoever uses what it declares asks
// for a flag.

import (
	"fmt"
	"go/ast"
	"go/types"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/flow"
)

// readDeclared adds the fields, variables, constants, functions and methods that the
// line declares and that ask for a flag where they are used.
func (r *lineReader) readDeclared(line int) {
	for _, decl := range r.file.Syntax.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if r.isOn(line, decl) || r.isOn(line, decl.Name) {
				r.readFunction(decl)
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				switch spec := spec.(type) {
				case *ast.ValueSpec:
					r.readNames(line, spec)
				case *ast.TypeSpec:
					if st, ok := spec.Type.(*ast.StructType); ok {
						r.readFields(line, spec.Name.Name, st)
					}
				}
			}
		}
	}
}

// readNames adds the variables and constants of a specification.
func (r *lineReader) readNames(line int, spec *ast.ValueSpec) {
	for _, id := range spec.Names {
		if !r.isOn(line, id) {
			continue
		}
		if a := r.Oracle.askObject(id.Name, r.pkg.Info.Defs[id]); a != nil {
			r.declares(id, a.Ref.(*row), a.Key, "every read of it")
		}
	}
}

// readFields adds the fields of a struct type, and of those that stand in it.
func (r *lineReader) readFields(line int, owner string, st *ast.StructType) {
	for _, field := range st.Fields.List {
		if inner, ok := field.Type.(*ast.StructType); ok {
			r.readFields(line, "", inner)
		}
		var tag reflect.StructTag
		if field.Tag != nil {
			text, _ := strconv.Unquote(field.Tag.Value)
			tag = reflect.StructTag(text)
		}
		for _, id := range field.Names {
			v, ok := r.pkg.Info.Defs[id].(*types.Var)
			if !ok || !r.isOn(line, id) || r.readFilled(id, v) {
				continue
			}
			r.Oracle.candidates(id.Name, func(w *row) bool {
				key, ok := w.fieldKey(v, owner, tag)
				if ok {
					r.declares(id, w, key, "every read of it")
				}
				return ok
			})
		}
	}
}

// readFilled adds a field that is a flag because a call fills it; false where none does.
func (r *lineReader) readFilled(id *ast.Ident, v *types.Var) bool {
	list := slices.DeleteFunc(slices.Clone(r.Oracle.filled.all(v)), func(f filled) bool { return !f.flag })
	switch {
	case len(list) == 0:
		return false
	case isOneFlag(list):
		r.declares(id, list[0].row, list[0].key, "every read of it")
		return true
	}
	var keys []string
	for _, f := range list {
		if f.known {
			keys = append(keys, strconv.Quote(f.key))
		} else {
			keys = append(keys, fmt.Sprintf("one that ends in %q", f.key))
		}
	}
	slices.Sort(keys)
	read := r.reading(id)
	read.Provider, read.Row = list[0].row.provider.ID, list[0].row.pos
	read.Asks = "a read of it asks for a flag: " + strings.Join(slices.Compact(keys), " or ")
	r.out = append(r.out, read)
	return true
}

// readFunction adds a function that a row names, or that hands a flag's value on.
func (r *lineReader) readFunction(decl *ast.FuncDecl) {
	fn, ok := r.pkg.Info.Defs[decl.Name].(*types.Func)
	if !ok {
		return
	}
	rows := r.rows(func(w *row) bool {
		return w.kind == config.KindCall && !w.override && !w.declare && w.inPackage(fn.Pkg()) && w.names.Match(fn.Name()) && w.takesRecv(receiverName(fn))
	})
	if len(rows) > 0 {
		key := ""
		if rows[0].key.Name {
			key, _ = rows[0].rename(fn.Name())
		}
		r.declares(decl.Name, rows[0], key, "every call of it")
		return
	}
	f := r.Engine.FunctionOf(fn)
	if f == nil || !flow.HandsOn(r.Engine.Summary(f)) {
		return
	}
	name, n := flow.Qualified(f), 0
	for _, s := range r.Sites {
		if slices.Contains(s.Via, name) {
			n++
		}
	}
	if n == 0 { // it makes something else of the value
		return
	}
	read := r.reading(decl.Name)
	read.Asks = fmt.Sprintf("a wrapper: every call of it asks for a flag (%s)", countSites(n))
	r.out = append(r.out, read)
}

// declares adds a name that is a flag, or asks for one, because of a row.
func (r *lineReader) declares(id *ast.Ident, w *row, key, how string) {
	read := r.reading(id)
	read.Provider, read.Row = w.provider.ID, w.pos
	if read.Asks = how + " asks for the flag that it names"; key != "" {
		n := 0
		for _, s := range r.Sites {
			if s.Provider == w.provider.ID && s.Role == RoleRead && s.Flag.Key == key {
				n++
			}
		}
		read.Asks = fmt.Sprintf("%s asks for flag %q (%s)", how, key, countSites(n))
	}
	r.out = append(r.out, read)
}

func countSites(n int) string {
	if n == 1 {
		return "1 site"
	}
	return fmt.Sprintf("%d sites", n)
}
