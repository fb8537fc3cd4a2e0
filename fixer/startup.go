package fixer

import (
	"cmp"
	"go/ast"
	"maps"
	"slices"
	"strconv"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file keeps, as blank ones, the imports of packages that do something for
// others when a program starts: a decoder of images that registers itself, the
// driver of a database. Whether they do is told by syntax alone, since most of these
// packages lie outside of the universe.

// importEdge is an import of a package.
type importEdge struct{ from, path string }

// keepStartup keeps what the dropped imports did when a program started.
func (p *planner) keepStartup() {
	cut, specs := p.cutImports()
	if len(cut) == 0 {
		return
	}
	judge := p.newStartup(cut)
	edges := slices.SortedFunc(maps.Keys(specs), func(a, b importEdge) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.path, b.path)) })
	for again := true; again; {
		again = false
		for _, lost := range p.prog.Unlinked(cut, p.mode().Alone) {
			if judge.isQuietPackage(lost) {
				continue
			}
			i := slices.IndexFunc(edges, func(e importEdge) bool { return cut[e.from][e.path] && p.prog.LinkedBy(e.path)[lost.Path] })
			if i >= 0 {
				delete(cut[edges[i].from], edges[i].path)
				p.keepBlank(specs[edges[i]], lost.Path)
				again = true // others may have come back with it
				break
			}
		}
	}
}

// newStartup returns what judges the packages that are lost. Those through which the
// flags were asked for, with what they bring, are quiet: that is part of asking. So are
// the other systems of the catalogue, since it is known that they only start themselves.
func (p *planner) newStartup(cut program.Cut) *startup {
	systems := map[string]bool{}
	for _, s := range p.found.Sites {
		systems[s.Provider] = systems[s.Provider] || p.removalOf(s.Provider, s.Flag.Key) != nil
	}
	judge := &startup{prog: p.prog, quiet: map[string]bool{}, packages: map[string]*textOfPackage{}}
	for _, lost := range p.prog.Unlinked(cut, p.mode().Alone) {
		for system, known := range p.found.Oracle.SystemsOf(lost.Path) {
			if known {
				judge.quiet[lost.Path] = true
			}
			if systems[system] {
				for path := range p.prog.LinkedBy(lost.Path) {
					judge.quiet[path] = true
				}
			}
		}
	}
	return judge
}

// cutImports returns the imports that no file of a package, but for its tests, has
// any more, each with a spec of it.
func (p *planner) cutImports() (program.Cut, map[importEdge]*ast.ImportSpec) {
	left, gone := map[importEdge]bool{}, map[importEdge]*ast.ImportSpec{}
	for _, file := range slices.SortedFunc(maps.Keys(p.pkgs), func(a, b *ast.File) int { return cmp.Compare(a.FileStart, b.FileStart) }) {
		if p.files[file].Test {
			continue
		}
		for _, spec := range file.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			e := importEdge{p.pkgs[file].Path, path}
			switch {
			case !p.gone[spec]:
				left[e] = true
			case gone[e] == nil:
				gone[e] = spec
			}
		}
	}
	cut := program.Cut{}
	for e := range gone {
		if left[e] {
			delete(gone, e)
			continue
		}
		if cut[e.from] == nil {
			cut[e.from] = map[string]bool{}
		}
		cut[e.from][e.path] = true
	}
	return cut, gone
}

// keepBlank keeps an import for the start of a package that it brings. It is told once,
// whatever number of flags is removed.
func (p *planner) keepBlank(spec *ast.ImportSpec, path string) {
	delete(p.gone, spec)
	p.unnamed[spec] = true
	why := "it does something when the program starts"
	if imported, _ := strconv.Unquote(spec.Path.Value); imported != path {
		why = "it brings " + path + ", which does something when the program starts"
	}
	p.leave(&p.removals[0], ReasonStartup, spec.Pos(), "the import of %s stays, without a name: %s", spec.Path.Value, why)
}
