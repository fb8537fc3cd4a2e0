package program

import (
	"bytes"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/modfile"
)

// Repository is the Go text below a root, before anything is typed.
type Repository struct {
	Root    string // of the universe, absolute
	Base    string // what positions are relative to: Root, or a folder above it
	Modules []*Module
	Dirs    []*Dir // package folders, sorted by path

	byPath    map[string]*Dir   // by folder
	importers map[string][]*Dir // by import path
}

// Module is a Go module of the repository.
type Module struct {
	Dir      string // absolute
	Path     string // module path
	Requires []string

	versions map[string]string // of the required modules, by path
}

// Dir is a folder with Go files: the text of one package, its tests included.
type Dir struct {
	Path       string // absolute
	ImportPath string
	Module     *Module
	Files      []*Source

	outside bool // of the universe
}

// Source is the text of one Go file.
type Source struct {
	Path    string // absolute
	Data    []byte
	Imports []string // import paths, as written
	Test    bool

	tags map[string]bool // what stands before :" in it; nil until it is asked for
}

// Scan reads the Go files of every module below root. Folders that the go
// command skips (vendor, testdata, names that begin with "." or "_") are
// skipped, unless root lies inside them; so are nested checkouts. Positions are
// told relative to base.
func Scan(root, base string) (*Repository, error) {
	r := &Repository{Root: root, Base: base, byPath: map[string]*Dir{}, importers: map[string][]*Dir{}}
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if p != root && skipFolder(p, d.Name()) {
				return filepath.SkipDir
			}
			return r.addModule(p)
		}
		if strings.HasSuffix(p, ".go") && d.Type().IsRegular() {
			return r.addFile(p)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the repository %s: %w", root, err)
	}
	if len(r.Modules) == 0 {
		if err := r.addOuterModule(); err != nil {
			return nil, err
		}
	}
	r.resolve()
	return r, nil
}

// skipFolder reports whether a folder below the root is none of the universe.
func skipFolder(p, name string) bool {
	if name == "vendor" || name == "testdata" || name == "node_modules" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") {
		return true
	}
	_, err := os.Lstat(filepath.Join(p, ".git"))
	return err == nil
}

// addModule records the module whose go.mod lies in dir, if there is one.
func (r *Repository) addModule(dir string) error {
	file := filepath.Join(dir, "go.mod")
	data, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	f, err := modfile.ParseLax(file, data, nil)
	if err != nil {
		return err
	}
	if f.Module == nil {
		return fmt.Errorf("%s: no module line", file)
	}
	m := &Module{Dir: dir, Path: f.Module.Mod.Path, versions: map[string]string{}}
	for _, q := range f.Require {
		m.Requires = append(m.Requires, q.Mod.Path)
		m.versions[q.Mod.Path] = q.Mod.Version
	}
	r.Modules = append(r.Modules, m)
	return nil
}

// addOuterModule finds the module that the root itself lies in.
func (r *Repository) addOuterModule() error {
	for dir := filepath.Dir(r.Root); ; dir = filepath.Dir(dir) {
		if err := r.addModule(dir); err != nil || len(r.Modules) > 0 {
			return err
		}
		if dir == filepath.Dir(dir) {
			return fmt.Errorf("no go.mod in %s, below it or above it: run flagdebt inside a Go module", r.Root)
		}
	}
}

// addFile reads one Go file; a file whose imports do not parse is kept, so that
// the type checker tells what is wrong with it.
func (r *Repository) addFile(p string) error {
	data, err := os.ReadFile(p)
	if err != nil {
		return err
	}
	s := &Source{Path: p, Data: data, Test: strings.HasSuffix(p, "_test.go")}
	s.Imports = importsOf(p, data)
	dir := filepath.Dir(p)
	d := r.byPath[dir]
	if d == nil {
		d = &Dir{Path: dir}
		r.byPath[dir] = d
		r.Dirs = append(r.Dirs, d)
	}
	d.Files = append(d.Files, s)
	return nil
}

func importsOf(p string, data []byte) []string {
	f, _ := parser.ParseFile(token.NewFileSet(), p, data, parser.ImportsOnly|parser.SkipObjectResolution)
	if f == nil {
		return nil
	}
	var out []string
	for _, spec := range f.Imports {
		if s, err := strconv.Unquote(spec.Path.Value); err == nil {
			out = append(out, s)
		}
	}
	return out
}

// resolve gives each folder its module and import path.
func (r *Repository) resolve() {
	sort.Slice(r.Modules, func(i, j int) bool { return r.Modules[i].Dir < r.Modules[j].Dir })
	sort.Slice(r.Dirs, func(i, j int) bool { return r.Dirs[i].Path < r.Dirs[j].Path })
	r.Dirs = slices.DeleteFunc(r.Dirs, func(d *Dir) bool {
		for _, m := range r.Modules {
			if rel, ok := below(m.Dir, d.Path); ok {
				d.Module = m // modules are sorted, so the innermost comes last
				d.ImportPath = path.Join(m.Path, rel)
			}
		}
		if d.Module == nil {
			delete(r.byPath, d.Path)
		}
		return d.Module == nil
	})
	for _, d := range r.Dirs {
		for _, f := range d.Files {
			for _, p := range f.Imports {
				if n := len(r.importers[p]); n == 0 || r.importers[p][n-1] != d {
					r.importers[p] = append(r.importers[p], d)
				}
			}
		}
	}
}

// below returns p relative to dir, with slashes, and whether p lies in dir.
func below(dir, p string) (string, bool) {
	if p == dir {
		return "", true
	}
	rel, ok := strings.CutPrefix(p, strings.TrimSuffix(dir, string(filepath.Separator))+string(filepath.Separator))
	return filepath.ToSlash(rel), ok
}

// Names reports whether a file of the folder holds a name behind a dot.
func (d *Dir) Names(name string) bool {
	return slices.ContainsFunc(d.Files, func(f *Source) bool { return hasMember(f.Data, "."+name) })
}

// hasMember reports whether a text holds a word that begins with a dot, whole.
func hasMember(data []byte, word string) bool {
	for {
		i := bytes.Index(data, []byte(word))
		if i < 0 {
			return false
		}
		data = data[i+len(word):]
		if len(data) == 0 || !isLetter(data[0]) {
			return true
		}
	}
}

// HasTag reports whether the file may hold a struct tag of that key.
func (s *Source) HasTag(key string) bool {
	if s.tags == nil {
		s.tags = map[string]bool{}
		before, rest, ok := bytes.Cut(s.Data, []byte(`:"`))
		for ; ok; before, rest, ok = bytes.Cut(rest, []byte(`:"`)) {
			end := len(before)
			for end > 0 && isTagLetter(before[end-1]) {
				end--
			}
			s.tags[string(before[end:])] = true
		}
	}
	return s.tags[key]
}

// isTagLetter reports whether a struct tag's key may hold a byte, as package
// reflect reads it.
func isTagLetter(b byte) bool { return b > ' ' && b != ':' && b != '"' && b != '`' && b != 0x7f }

// Rel returns an absolute path relative to Base, with slashes.
func (r *Repository) Rel(p string) string {
	if rel, ok := below(r.Base, p); ok {
		return rel
	}
	return filepath.ToSlash(p)
}

// Dir returns the package folder at an absolute path, or nil.
func (r *Repository) Dir(p string) *Dir { return r.byPath[p] }

// Importers returns dirs and all folders of the universe whose packages import
// one of them, however indirectly, tests included, sorted by path.
func (r *Repository) Importers(dirs []*Dir) []*Dir {
	seen := map[*Dir]bool{}
	var out []*Dir
	for todo := slices.Clone(dirs); len(todo) > 0; {
		d := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[d] {
			continue
		}
		seen[d] = true
		out = append(out, d)
		todo = append(todo, r.importers[d.ImportPath]...)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Path < out[j].Path })
	return out
}

// Imported returns all import paths that the universe's files name, sorted.
func (r *Repository) Imported() []string { return slices.Sorted(maps.Keys(r.importers)) }

// Direct returns the folders that import a path themselves.
func (r *Repository) Direct(importPath string) []*Dir { return r.importers[importPath] }

// ServesTests reports whether a folder's package is there for tests alone, as a
// package of fakes is: test files of others import it, and else only packages like it.
func (r *Repository) ServesTests(d *Dir) bool { return r.servesTests(d, map[*Dir]bool{}) }

func (r *Repository) servesTests(d *Dir, asked map[*Dir]bool) bool {
	if asked[d] {
		return false // a package that code imports in a circle does not compile
	}
	asked[d] = true
	defer delete(asked, d)
	tested := false
	for _, by := range r.importers[d.ImportPath] {
		for _, f := range by.Files {
			if !slices.Contains(f.Imports, d.ImportPath) {
				continue
			}
			if !f.Test && !r.servesTests(by, asked) {
				return false
			}
			tested = tested || by != d
		}
	}
	return tested
}
