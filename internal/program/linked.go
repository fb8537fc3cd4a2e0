package program

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// This file knows which packages a program is linked of.

// Linked is a package that takes part in a program.
type Linked struct {
	Path     string
	Standard bool              // of the standard library
	Files    []string          // absolute, without tests
	Imports  map[string]string // import path as written -> of which package
}

// Cut holds imports that are no more: import paths, by that of the package.
type Cut map[string]map[string]bool

// Unlinked returns the packages that some program of the universe would lose with
// the imports that are cut, sorted by path. Programs are the commands, and,
// unless alone, whatever imports a package of the universe that others may.
func (p *Program) Unlinked(cut Cut, alone bool) []*Linked {
	lost := map[string]*packages.Package{}
	for _, w := range p.worlds {
		for _, root := range w.order {
			if root.dir == nil || !root.isPlain() || !root.isProgram(alone) {
				continue
			}
			before, after := map[string]*packages.Package{}, map[string]*packages.Package{}
			link(root.listed, nil, before)
			if !slices.ContainsFunc(slices.Collect(maps.Keys(cut)), func(path string) bool { return before[path] != nil }) {
				continue
			}
			link(root.listed, cut, after)
			for path, l := range before {
				if after[path] == nil {
					lost[path] = l
				}
			}
		}
	}
	var out []*Linked
	for _, l := range lost {
		out = append(out, linkedOf(l))
	}
	slices.SortFunc(out, func(a, b *Linked) int { return cmp.Compare(a.Path, b.Path) })
	return out
}

// Linked returns the package of that path; nil where the universe imports none,
// however indirectly.
func (p *Program) Linked(path string) *Linked {
	for _, w := range p.worlds {
		if n := w.byID[path]; n != nil {
			return linkedOf(n.listed)
		}
	}
	return nil
}

// LinkedBy returns the paths of the packages that the package of that path brings
// with it, its own among them.
func (p *Program) LinkedBy(path string) map[string]bool {
	out := map[string]bool{}
	for _, w := range p.worlds {
		if n := w.byID[path]; n != nil {
			all := map[string]*packages.Package{}
			link(n.listed, nil, all)
			for path := range all {
				out[path] = true
			}
		}
	}
	return out
}

// Imports reports whether a package outside of the standard library imports path.
func (p *Program) Imports(path string) bool {
	for _, w := range p.worlds {
		for _, n := range w.order {
			if l := n.listed.Imports[path]; l != nil && !isStandard(n.listed) {
				return true
			}
		}
	}
	return false
}

// isPlain reports whether the node is a package as others import it, without tests.
func (n *node) isPlain() bool { return n.listed.ID == n.listed.PkgPath }

// isProgram reports whether the package is a command, or one that programs beyond
// the universe may import.
func (n *node) isProgram(alone bool) bool {
	if n.listed.Name == "main" {
		return true
	}
	return !alone && !slices.Contains(strings.Split(n.listed.PkgPath, "/"), "internal")
}

// link adds a package to seen, and all that it imports, but for what is cut.
func link(l *packages.Package, cut Cut, seen map[string]*packages.Package) {
	if seen[l.PkgPath] != nil {
		return
	}
	seen[l.PkgPath] = l
	for path, q := range l.Imports {
		if !cut[l.PkgPath][path] {
			link(q, cut, seen)
		}
	}
}

func linkedOf(l *packages.Package) *Linked {
	out := &Linked{Path: l.PkgPath, Standard: isStandard(l), Files: l.GoFiles, Imports: map[string]string{}}
	for path, q := range l.Imports {
		out.Imports[path] = q.PkgPath
	}
	return out
}

func isStandard(l *packages.Package) bool { return l.Module == nil }
