package fixer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// dropImports drops the imports that no survivor uses.
func (p *planner) dropImports() {
	for file := range p.touched {
		info := p.pkgs[file].Info
		used := map[types.Object]bool{}
		dot := map[*types.Package]bool{}     // packages some name of which is used
		spelled := map[*types.Package]bool{} // those that the types of new text name
		visit := func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				if obj := info.Uses[n]; obj != nil {
					used[obj] = true
					dot[obj.Pkg()] = true
				}
			case *ast.ValueSpec:
				if len(n.Names) == 1 && len(n.Values) == 1 && p.gone[n.Values[0]] {
					packagesOf(info.TypeOf(n.Names[0]), spelled)
				}
			case *ast.AssignStmt:
				if v := p.declaring[n]; v != nil {
					packagesOf(info.TypeOf(v.Names[0]), spelled)
				}
			case literalNode:
				packagesOf(p.spelledType(info, n.Expr), spelled)
			}
			return true
		}
		for _, d := range file.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.IMPORT {
				p.walk(d, visit)
			}
			if ok && !p.isDeclGone(d) {
				p.repeatedExprs(g, visit)
			}
		}
		for _, ids := range p.declare {
			for _, id := range ids {
				packagesOf(info.TypeOf(id), spelled)
			}
		}
		for _, spec := range file.Imports {
			name, _ := info.Implicits[spec].(*types.PkgName)
			if spec.Name != nil {
				name, _ = info.Defs[spec.Name].(*types.PkgName)
			}
			if spec.Path.Value == `"embed"` && spec.Name != nil && spec.Name.Name == "_" && p.hasLostEmbeds(file) {
				p.gone[spec] = true
			}
			if name == nil || name.Name() == "_" || spec.Path.Value == `"C"` || spelled[name.Imported()] {
				continue
			}
			if name.Name() == "." && !dot[name.Imported()] || name.Name() != "." && !used[name] {
				p.gone[spec] = true
			}
		}
	}
}

// repeatedExprs visits what constants that go leave to those that stay.
func (p *planner) repeatedExprs(d *ast.GenDecl, visit func(ast.Node) bool) {
	if c := p.countingOf(d); c != nil {
		c.kept(func(v *ast.ValueSpec) {
			for _, x := range v.Values {
				ast.Inspect(x, visit)
			}
			if v.Type != nil {
				ast.Inspect(v.Type, visit)
			}
		})
	}
}

// hasLostEmbeds reports whether a file had variables that hold other files, and has
// none any more.
func (p *planner) hasLostEmbeds(file *ast.File) bool {
	had := false
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.VAR {
			continue
		}
		for _, s := range g.Specs {
			if !embeds(g.Doc) && !embeds(s.(*ast.ValueSpec).Doc) {
				continue
			}
			if had = true; !p.gone[d] && !p.gone[s] {
				return false
			}
		}
	}
	return had
}

func embeds(doc *ast.CommentGroup) bool {
	return doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, "//go:embed ") })
}

// packagesOf adds the packages that the spelling of t names.
func packagesOf(t types.Type, out map[*types.Package]bool) {
	if t == nil {
		return
	}
	types.TypeString(t, func(pkg *types.Package) string {
		out[pkg] = true
		return ""
	})
}
