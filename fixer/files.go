package fixer

import (
	"go/ast"
	"go/build"
	"go/token"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file says which files go: those that are left with nothing of their own.

// dropFiles drops the files that are left with nothing but their package clause. Where
// nothing is left of the whole package, and nobody imports it, what documents it goes
// with them.
func (p *planner) dropFiles() {
	for _, dir := range p.prog.Repo.Dirs {
		var emptied []*ast.File
		for _, s := range dir.Files {
			if f := p.prog.Files[s.Path]; f != nil && p.touched[f.Syntax] && p.isHollow(f.Syntax) && hasOwn(f.Syntax) {
				emptied = append(emptied, f.Syntax)
			}
		}
		switch {
		case len(emptied) == 0:
		case p.isPackageGone(dir):
			for _, s := range dir.Files {
				p.dropFile(p.prog.Files[s.Path].Syntax)
			}
		default:
			for _, file := range emptied {
				if (file.Doc == nil || p.files[file].Test) && !p.isLastOfAll(dir, file) {
					p.dropFile(file)
				}
			}
		}
	}
}

func (p *planner) dropFile(file *ast.File) {
	p.gone[file] = true
	p.touched[file] = true
}

// hasOwn reports whether a file declares anything.
func hasOwn(file *ast.File) bool {
	return slices.ContainsFunc(file.Decls, func(d ast.Decl) bool { return !isImports(d) })
}

func isImports(d ast.Decl) bool {
	g, ok := d.(*ast.GenDecl)
	return ok && g.Tok == token.IMPORT
}

// isHollow reports whether a file has no declaration any more, no import that does
// something, and tells no tool anything.
func (p *planner) isHollow(file *ast.File) bool {
	for _, d := range file.Decls {
		if !isImports(d) && !p.isDeclGone(d) {
			return false
		}
	}
	for _, g := range file.Comments {
		for _, c := range g.List {
			if strings.HasPrefix(c.Text, "//go:generate") || strings.HasPrefix(c.Text, "//go:debug") {
				return false
			}
		}
	}
	return !slices.ContainsFunc(file.Imports, func(s *ast.ImportSpec) bool { return !p.gone[s] && s.Path.Value != `"embed"` })
}

// isDeclGone reports whether nothing is left of a declaration.
func (p *planner) isDeclGone(d ast.Decl) bool {
	if p.gone[d] {
		return true
	}
	g, ok := d.(*ast.GenDecl)
	return ok && len(g.Specs) > 0 && !slices.ContainsFunc(g.Specs, func(s ast.Spec) bool { return !p.gone[s] })
}

// isPackageGone reports whether nothing is left of a package, in any of its files, and
// nobody imports it.
func (p *planner) isPackageGone(dir *program.Dir) bool {
	if !p.mode().Alone && !slices.Contains(strings.Split(dir.ImportPath, "/"), "internal") {
		return false // others may import it for its start
	}
	for _, s := range dir.Files {
		f := p.prog.Files[s.Path]
		if f == nil || p.pkgs[f.Syntax] == nil || !p.isEditable(f.Syntax) || !p.isHollow(f.Syntax) {
			return false
		}
	}
	return !slices.ContainsFunc(p.prog.Repo.Direct(dir.ImportPath), func(other *program.Dir) bool {
		return slices.ContainsFunc(other.Files, func(s *program.Source) bool { return p.stillImports(s, dir.ImportPath) })
	})
}

// stillImports reports whether a file imports a package and goes on to.
func (p *planner) stillImports(s *program.Source, path string) bool {
	if !slices.Contains(s.Imports, path) {
		return false
	}
	f := p.prog.Files[s.Path]
	return f == nil || slices.ContainsFunc(f.Syntax.Imports, func(spec *ast.ImportSpec) bool {
		imported, _ := strconv.Unquote(spec.Path.Value)
		return imported == path && !p.gone[spec]
	})
}

// isLastOfAll reports whether a file is the last one of its package that every build
// configuration takes.
func (p *planner) isLastOfAll(dir *program.Dir, file *ast.File) bool {
	own := p.files[file]
	if own.Test || !isForAll(own.Path, own.Data) {
		return false
	}
	return !slices.ContainsFunc(dir.Files, func(s *program.Source) bool {
		f := p.prog.Files[s.Path]
		return f != own && !s.Test && isForAll(s.Path, s.Data) && (f == nil || !p.gone[f.Syntax])
	})
}

// isForAll reports whether every build configuration takes a file: one that is for no
// system at all does, and no line of it restricts that.
func isForAll(path string, data []byte) bool {
	none := build.Context{GOOS: "none", GOARCH: "none", Compiler: "gc", OpenFile: func(string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(string(data))), nil
	}}
	ok, err := none.MatchFile(filepath.Dir(path), filepath.Base(path))
	return ok && err == nil
}
