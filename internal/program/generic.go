package program

import (
	"go/ast"
	"go/types"
)

// This file knows what generic functions and types are given for their parameters.

// TypeParameter returns the identity of the type parameter that t is, zero for all
// other types. A parameter that a method's receiver names is that of its type.
func (p *Program) TypeParameter(t types.Type) ID {
	tp, ok := types.Unalias(t).(*types.TypeParam)
	if !ok {
		return 0
	}
	id := p.IDOf(tp.Obj())
	if p.ofReceiver == nil {
		p.ofReceiver = map[ID]ID{}
		for _, pkg := range p.Packages {
			for _, f := range pkg.Files {
				p.findReceivers(pkg.Info, f.Syntax)
			}
		}
	}
	if of, ok := p.ofReceiver[id]; ok {
		return of
	}
	return id
}

// findReceivers notes which parameters of their types the receivers of methods name.
func (p *Program) findReceivers(info *types.Info, f *ast.File) {
	for _, d := range f.Decls {
		d, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		fn, ok := info.Defs[d.Name].(*types.Func)
		if !ok || fn.Signature().RecvTypeParams().Len() == 0 {
			continue
		}
		t := fn.Signature().Recv().Type()
		if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
			t = ptr.Elem()
		}
		named, ok := types.Unalias(t).(*types.Named)
		if !ok {
			continue
		}
		own, of := fn.Signature().RecvTypeParams(), named.Origin().TypeParams()
		for i := range min(own.Len(), of.Len()) {
			p.ofReceiver[p.IDOf(own.At(i).Obj())] = p.IDOf(of.At(i).Obj())
		}
	}
}

// TypeParameters returns the parameters that a generic function or type declares;
// nil for all other objects.
func TypeParameters(obj types.Object) *types.TypeParamList {
	switch o := obj.(type) {
	case *types.Func:
		return o.Origin().Signature().TypeParams()
	case *types.TypeName:
		switch t := o.Type().(type) {
		case *types.Named:
			return t.Origin().TypeParams()
		case *types.Alias:
			return t.Origin().TypeParams()
		}
	}
	return nil
}
