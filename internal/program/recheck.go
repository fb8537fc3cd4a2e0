package program

import (
	"context"
	"maps"
	"slices"
)

// Recheck types the program again with other texts for some files, by absolute
// path; nil deletes a file. Only packages with a changed file and those that
// import them are checked anew. Files must not gain imports that their package
// did not have.
func (p *Program) Recheck(ctx context.Context, changes map[string][]byte) (*Program, error) {
	q := &Program{Repo: p.Repo, Fset: p.Fset, Files: maps.Clone(p.Files), Ignored: p.Ignored, whole: p.whole, only: p.only, outsideMethods: p.outsideMethods}
	for path, data := range changes {
		delete(q.Files, path)
		if data != nil {
			old := p.Files[path]
			q.parse(&Source{Path: path, Data: data, Imports: importsOf(path, data), Test: old != nil && old.Test})
		}
	}
	for _, w := range p.worlds {
		v := &world{module: w.module, build: w.build, byID: map[string]*node{}, export: w.export}
		for _, n := range w.order {
			m := &node{listed: n.listed, dir: n.dir, bodies: n.bodies, bridge: n.bridge}
			m.files = slices.DeleteFunc(slices.Clone(n.files), func(f string) bool {
				data, changed := changes[f]
				return changed && data == nil
			})
			v.byID[m.listed.ID] = m
			v.order = append(v.order, m)
		}
		q.worlds = append(q.worlds, v)
	}
	if err := q.check(ctx, p); err != nil {
		return nil, err
	}
	return q, nil
}

// same reports whether n needs no new check: none of its files changed, nor was
// any package that it imports checked anew.
func (w *world) same(p *Program, n, old *node) bool {
	if len(n.files) != len(old.files) {
		return false
	}
	for _, f := range old.pkg.Files {
		if p.Files[f.Path] != f {
			return false
		}
	}
	for _, l := range n.listed.Imports {
		if w.byID[l.ID].fresh {
			return false
		}
	}
	return true
}
