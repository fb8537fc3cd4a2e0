package program

import (
	"path/filepath"
	"slices"
)

// Part returns the program that consists of some of p's folders alone, and
// shares syntax and types with p. The folders must be closed under importers,
// as for Load, and are a universe of their own.
func (p *Program) Part(dirs map[*Dir]bool) *Program {
	q := &Program{Repo: p.Repo, Fset: p.Fset, Files: map[string]*File{}, whole: p.whole, only: dirs}
	for _, pkg := range p.Packages {
		if dirs[pkg.Dir] {
			q.Packages = append(q.Packages, pkg)
		}
	}
	for d := range dirs {
		for _, s := range d.Files {
			if f := p.Files[s.Path]; f != nil {
				q.Files[s.Path] = f
			}
		}
	}
	for _, s := range p.Ignored {
		if d := p.Repo.Dir(filepath.Dir(s.Path)); dirs[d] {
			q.Ignored = append(q.Ignored, s)
		}
	}
	for _, m := range p.Problems {
		if dirs[m.Dir] {
			q.Problems = append(q.Problems, m)
		}
	}
	for _, w := range p.worlds {
		q.worlds = append(q.worlds, w.part(dirs))
	}
	return q
}

// part returns the world of the packages in dirs and of all that they import.
func (w *world) part(dirs map[*Dir]bool) *world {
	v := &world{module: w.module, build: w.build, byID: map[string]*node{}, export: w.export}
	var add func(n *node)
	add = func(n *node) {
		if v.byID[n.listed.ID] != nil {
			return
		}
		v.byID[n.listed.ID] = n
		for _, l := range n.listed.Imports {
			add(w.byID[l.ID])
		}
	}
	for _, n := range w.order {
		if dirs[n.dir] {
			add(n)
		}
	}
	v.order = slices.DeleteFunc(slices.Clone(w.order), func(n *node) bool { return v.byID[n.listed.ID] == nil })
	return v
}
