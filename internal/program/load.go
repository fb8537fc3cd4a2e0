package program

import (
	"cmp"
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
	"golang.org/x/tools/go/packages"
)

// Build is a build configuration; the zero Build is the host's.
type Build struct {
	GOOS, GOARCH string
	Tags         []string
	CGO          string // "0", "1" or "" for the go command's choice
}

// String names the configuration in messages.
func (b Build) String() string {
	var parts []string
	for _, s := range []string{b.GOOS, b.GOARCH, strings.Join(b.Tags, ",")} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) == 0 {
		return "host"
	}
	return strings.Join(parts, "/")
}

// Load types dirs in every module that holds one of them, under the host's
// build configuration and each of builds. The folders must be closed under
// importers (Repository.Importers).
//
// A package that does not compile is a Problem, not an error; an error is what
// keeps a whole module from being listed.
func Load(ctx context.Context, repo *Repository, dirs []*Dir, builds []Build) (*Program, error) {
	p := &Program{Repo: repo, Fset: token.NewFileSet(), Files: map[string]*File{}, whole: true}
	wanted := map[*Dir]bool{}
	for _, d := range dirs {
		wanted[d] = true
		for _, s := range d.Files {
			p.parse(s)
		}
	}
	if err := p.listAll(ctx, dirs, builds); err != nil {
		return nil, err
	}
	if err := p.check(ctx, nil); err != nil {
		return nil, err
	}
	p.findIgnored(dirs)
	return p, nil
}

// listAll lists every module under every build configuration, several modules at a
// time: the go command waits for the disk more than it computes. Configurations of
// one module follow each other: what the first compiles, the next need not.
func (p *Program) listAll(ctx context.Context, dirs []*Dir, builds []Build) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	worlds := make([]*world, len(p.Repo.Modules)*len(builds))
	failed := make([]error, len(worlds)) // a module that cannot be listed does not stop the others
	for i, m := range p.Repo.Modules {
		group.Go(func() error {
			for j, b := range builds {
				k := i*len(builds) + j
				worlds[k], failed[k] = p.list(ctx, m, b, dirs)
			}
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	p.worlds = slices.DeleteFunc(worlds, func(w *world) bool { return w == nil })
	failed = slices.DeleteFunc(failed, func(err error) bool { return err == nil })
	if len(failed) > 0 && len(p.worlds) == 0 {
		return failed[0]
	}
	for _, err := range failed {
		p.Problems = append(p.Problems, Problem{Message: err.Error()})
	}
	return nil
}

// parse reads the syntax of one file; errors are told by the type checker,
// which sees the same file.
func (p *Program) parse(s *Source) {
	if p.Files[s.Path] != nil {
		return
	}
	f := &File{Path: s.Path, Rel: p.Repo.Rel(s.Path), Data: s.Data, Test: s.Test}
	f.Syntax, f.err = parser.ParseFile(p.Fset, s.Path, s.Data, parser.ParseComments|parser.SkipObjectResolution)
	f.Tok = p.Fset.File(f.Syntax.FileStart)
	f.Generated = ast.IsGenerated(f.Syntax)
	p.Files[s.Path] = f
}

// world is one module under one build configuration.
type world struct {
	module *Module
	build  Build
	byID   map[string]*node
	order  []*node // dependencies first, variants included
	export exports
}

// node is a listed package and, where it is of the universe's wanted part,
// what was made of it.
type node struct {
	listed *packages.Package
	dir    *Dir     // of the wanted part; nil for all others
	files  []string // of the wanted part
	bridge bool     // outside of it, but imports from it: checked from source too, for its declarations
	bodies bool     // its function bodies are checked too
	fresh  bool     // it was checked for this Program, not taken over from the one before
	pkg    *Package
}

// list runs the go command once for the wanted folders of one module.
func (p *Program) list(ctx context.Context, m *Module, b Build, dirs []*Dir) (*world, error) {
	wanted := map[string]*Dir{}
	var patterns []string
	for _, d := range dirs {
		wanted[d.Path] = d
		switch {
		case d.Module != m:
		case d.outside:
			patterns = append(patterns, d.ImportPath)
		default:
			rel, _ := below(m.Dir, d.Path)
			patterns = append(patterns, "./"+rel)
		}
	}
	if len(patterns) == 0 {
		return nil, nil
	}
	cfg := &packages.Config{
		Context: ctx,
		Dir:     m.Dir,
		Env:     b.env(),
		Tests:   !dirs[0].outside,
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports | packages.NeedDeps |
			packages.NeedExportFile | packages.NeedModule | packages.NeedTypesSizes | packages.NeedForTest,
	}
	if len(b.Tags) > 0 {
		cfg.BuildFlags = []string{"-tags=" + strings.Join(b.Tags, ",")}
	}
	roots, err := packages.Load(cfg, patterns...)
	if err != nil {
		return nil, fmt.Errorf("listing the packages of module %s (%s): %w", m.Path, b, err)
	}
	w := &world{module: m, build: b, byID: map[string]*node{}, export: newExports(p.Fset)}
	for _, r := range roots {
		w.add(r, wanted)
	}
	w.chooseBodies()
	return w, nil
}

func (b Build) env() []string {
	env := os.Environ()
	for _, kv := range [][2]string{{"GOOS", b.GOOS}, {"GOARCH", b.GOARCH}, {"CGO_ENABLED", b.CGO}} {
		if kv[1] != "" {
			env = append(env, kv[0]+"="+kv[1])
		}
	}
	return env
}

// add orders a listed package behind its dependencies.
func (w *world) add(l *packages.Package, wanted map[string]*Dir) *node {
	if n := w.byID[l.ID]; n != nil {
		return n
	}
	n := &node{listed: l}
	w.byID[l.ID] = n
	for _, k := range slices.Sorted(maps.Keys(l.Imports)) {
		n.bridge = w.add(l.Imports[k], wanted).fromSource() || n.bridge
	}
	if !strings.HasSuffix(l.ID, ".test") {
		for _, f := range l.GoFiles {
			n.files = append(n.files, f)
			n.dir = cmp.Or(n.dir, wanted[filepath.Dir(f)])
		}
	}
	n.bridge = n.bridge && n.dir == nil
	w.order = append(w.order, n)
	return n
}

// fromSource reports whether the package is checked from source, not read from
// export data.
func (n *node) fromSource() bool { return n.dir != nil || n.bridge }

// chooseBodies decides whose function bodies are checked: each package of the
// world's own module, in the one variant that has all its files. The others
// serve for their declarations alone: other modules' bodies are checked at
// home, and the plain package's in its test variant.
func (w *world) chooseBodies() {
	full := map[string]*node{}
	for _, n := range w.order {
		if n.dir == nil || n.dir.Module != w.module {
			continue
		}
		key := n.listed.PkgPath
		if old := full[key]; old == nil || len(n.files) > len(old.files) {
			full[key] = n
		}
	}
	for _, n := range full {
		n.bodies = true
	}
}

// findIgnored lists the files of the loaded folders that no world takes.
func (p *Program) findIgnored(dirs []*Dir) {
	taken := map[string]bool{}
	for _, pkg := range p.Packages {
		for _, f := range pkg.Files {
			taken[f.Path] = true
		}
	}
	for _, d := range dirs {
		for _, s := range d.Files {
			if !taken[s.Path] {
				p.Ignored = append(p.Ignored, s)
			}
		}
	}
}
