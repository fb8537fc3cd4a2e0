package program

import (
	"context"
	"fmt"
	"go/token"
	"maps"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// This file looks beyond the universe: at the packages of other modules, out of
// the module cache or of vendor, that it imports.

// Outside is the text of a package that lies outside of the universe.
type Outside struct {
	Dir     *Dir     // its Module is the one of the universe that imports it
	Imports []string // import paths
}

// Outside lists the packages outside of the universe that its modules import,
// however indirectly, as the host's build configuration sees them: the imported
// ones first, each path once in each version. The standard library is none of
// them. Files are not read yet: see Read. What cannot be listed is left out.
func (r *Repository) Outside(ctx context.Context, b Build) ([]*Outside, error) {
	var out []*Outside
	listed, seen := map[string]bool{}, map[string]bool{}
	for _, m := range r.Modules {
		paths := r.importedBy(m, listed)
		if len(paths) == 0 {
			continue
		}
		cfg := &packages.Config{Context: ctx, Dir: m.Dir, Env: b.env(), Mode: packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps | packages.NeedModule}
		if len(b.Tags) > 0 {
			cfg.BuildFlags = []string{"-tags=" + strings.Join(b.Tags, ",")}
		}
		roots, err := packages.Load(cfg, paths...)
		if err != nil {
			return nil, fmt.Errorf("listing the packages that module %s imports: %w", m.Path, err)
		}
		packages.Visit(roots, nil, func(p *packages.Package) {
			if o := r.outside(m, p); o != nil && !seen[p.Dir] {
				seen[p.Dir] = true
				out = append(out, o)
			}
		})
	}
	return out, nil
}

// importedBy returns the import paths that the files of a module name, sorted.
// Left out are those of the module's own packages, of the standard library, and
// those that were listed in the same version for another module.
func (r *Repository) importedBy(m *Module, listed map[string]bool) []string {
	named := map[string]bool{}
	for _, d := range r.Dirs {
		if d.Module != m {
			continue
		}
		for _, f := range d.Files {
			for _, p := range f.Imports {
				named[p] = true
			}
		}
	}
	var paths []string
	for _, p := range slices.Sorted(maps.Keys(named)) {
		first, _, _ := strings.Cut(p, "/")
		if within(m.Path, p) || !strings.Contains(first, ".") {
			continue
		}
		if key := p + "@" + m.versionFor(p); !listed[key] {
			listed[key] = true
			paths = append(paths, p)
		}
	}
	return paths
}

// within reports whether a package may be one of the module of that path.
func within(module, path string) bool {
	return path == module || strings.HasPrefix(path, module+"/")
}

// versionFor returns the version in which the module requires the one that has a
// package.
func (m *Module) versionFor(path string) string {
	best := ""
	for _, q := range m.Requires {
		if within(q, path) && len(q) > len(best) {
			best = q
		}
	}
	return m.versions[best]
}

// outside describes a listed package; nil for one of the universe or of the
// standard library.
func (r *Repository) outside(m *Module, p *packages.Package) *Outside {
	if p.Module == nil || len(p.GoFiles) == 0 || r.byPath[p.Dir] != nil {
		return nil
	}
	o := &Outside{Dir: &Dir{Path: p.Dir, ImportPath: p.PkgPath, Module: m, outside: true}}
	for path := range p.Imports {
		o.Imports = append(o.Imports, path)
	}
	for _, f := range p.GoFiles {
		o.Dir.Files = append(o.Dir.Files, &Source{Path: f})
	}
	return o
}

// Read reads the package's files, once. What cannot be read is taken to be empty.
func (o *Outside) Read() {
	for _, f := range o.Dir.Files {
		if f.Data == nil {
			f.Data, _ = os.ReadFile(f.Path)
		}
	}
}

// LoadOutside types packages that lie outside of the universe, of one module's
// view. Precondition: they are read. What does not compile is a Problem.
func LoadOutside(ctx context.Context, repo *Repository, dirs []*Dir, b Build) (*Program, error) {
	p := &Program{Repo: repo, Fset: token.NewFileSet(), Files: map[string]*File{}}
	for _, d := range dirs {
		for _, s := range d.Files {
			p.parse(s)
		}
	}
	w, err := p.list(ctx, dirs[0].Module, b, dirs)
	if err != nil {
		return nil, err
	}
	p.worlds = []*world{w}
	return p, p.check(ctx, nil)
}
