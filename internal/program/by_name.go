package program

import (
	"bytes"
	"go/ast"
	"go/types"
)

// This file knows which methods the universe calls by reflection.

// byName is what methods are called by name, or by number.
type byName struct {
	all   bool // those of any type
	types map[ID]bool
}

// IsCalledByName reports whether the universe may call a method by reflection: it
// looks methods of that type up, or those of a type that is not known.
func (p *Program) IsCalledByName(fn *types.Func) bool {
	if !fn.Exported() || fn.Signature().Recv() == nil {
		return false
	}
	if p.byName == nil {
		p.byName = &byName{types: map[ID]bool{}}
		for _, pkg := range p.Packages {
			for _, f := range pkg.Files {
				if bytes.Contains(f.Data, []byte(`"reflect"`)) && bytes.Contains(f.Data, []byte(".Method")) {
					p.findByName(pkg.Info, f.Syntax)
				}
			}
		}
	}
	return p.byName.all || p.byName.types[p.typeID(fn.Signature().Recv().Type())]
}

// findByName looks for the methods of package reflect that look methods up.
func (p *Program) findByName(info *types.Info, f *ast.File) {
	ast.Inspect(f, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok || sel.Sel.Name != "Method" && sel.Sel.Name != "MethodByName" && sel.Sel.Name != "Methods" {
			return true
		}
		if fn, ok := info.Uses[sel.Sel].(*types.Func); !ok || fn.Pkg() == nil || fn.Pkg().Path() != "reflect" {
			return true
		}
		p.lookUpMethods(reflected(info, sel.X))
		return true
	})
}

// lookUpMethods notes that methods of a type are looked up, and those that it has by
// embedding; nil is a type that is not known.
func (p *Program) lookUpMethods(t types.Type) {
	id := p.typeID(t)
	if id == 0 {
		p.byName.all = true
		return
	}
	if p.byName.types[id] {
		return
	}
	p.byName.types[id] = true
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	if st, ok := t.Underlying().(*types.Struct); ok {
		for f := range st.Fields() {
			if f.Embedded() {
				p.lookUpMethods(f.Type())
			}
		}
	}
}

// reflected returns the type of x in reflect.ValueOf(x) and reflect.TypeOf(x), nil
// where that is an interface, or anything else.
func reflected(info *types.Info, e ast.Expr) types.Type {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return nil
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	fn, ok := info.Uses[sel.Sel].(*types.Func)
	if !ok || fn.FullName() != "reflect.ValueOf" && fn.FullName() != "reflect.TypeOf" {
		return nil
	}
	if t := info.TypeOf(call.Args[0]); t != nil && !types.IsInterface(t) {
		return t
	}
	return nil
}

// typeID returns the identity of a type's name, or of that of the type it points to;
// zero where that is none of the universe.
func (p *Program) typeID(t types.Type) ID {
	if t == nil {
		return 0
	}
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	if named, ok := types.Unalias(t).(*types.Named); ok {
		return p.IDOf(named.Obj())
	}
	return 0
}
