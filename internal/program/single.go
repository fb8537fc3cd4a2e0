package program

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// Single makes a Program of one package that a driver has typed already.
// Positions are relative to base.
func Single(base string, fset *token.FileSet, syntax []*ast.File, pkg *types.Package, info *types.Info) *Program {
	p := &Program{Repo: &Repository{Root: base, Base: base}, Fset: fset, Files: map[string]*File{}}
	q := &Package{Path: pkg.Path(), ID: pkg.Path(), Types: pkg, Info: info}
	for _, s := range syntax {
		tok := fset.File(s.FileStart)
		f := &File{Path: tok.Name(), Rel: p.Repo.Rel(tok.Name()), Syntax: s, Tok: tok, Test: strings.HasSuffix(tok.Name(), "_test.go"), Generated: ast.IsGenerated(s)}
		p.Files[f.Path] = f
		q.Files = append(q.Files, f)
		q.Variant = q.Variant || f.Test
	}
	p.Packages = []*Package{q}
	return p
}
