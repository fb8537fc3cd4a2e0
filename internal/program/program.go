package program

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"strings"

	"github.com/flagdebt/flagdebt/registry"
)

// Program is the typed part of a universe.
type Program struct {
	Repo     *Repository
	Fset     *token.FileSet
	Files    map[string]*File // by absolute path: every file that was parsed
	Packages []*Package       // those whose bodies are checked, sorted by path, world and variant
	Problems []Problem        // what does not compile, sorted and without repetitions
	Ignored  []*Source        // files of the loaded folders that no world takes

	worlds         []*world
	whole          bool          // Repo holds the universe
	only           map[*Dir]bool // or these of its folders do; nil is all
	ignoredWords   map[string]bool
	otherWords     map[string]bool
	outsideMethods map[string][]*ast.FuncType // nil until it is asked for
	ofReceiver     map[ID]ID                  // parameters of types, by those of their methods; nil until it is asked for
	linkage        map[symbol]bool            // nil until it is asked for
	byName         *byName                    // nil until it is asked for
	declared       map[string]int             // how many files declare a name, by folder, package and name
}

// File is a parsed file. Its syntax is shared by all worlds and variants.
type File struct {
	Path      string // absolute
	Rel       string // relative to the root, with slashes
	Data      []byte
	Syntax    *ast.File
	Tok       *token.File
	Test      bool
	Generated bool

	err error // why it does not parse
}

// Package is one package in one world, typed from source.
type Package struct {
	Path    string // import path, without the test variant
	ID      string // the go command's name for it, variant included
	Dir     *Dir
	Variant bool // has test files in it
	Files   []*File
	Types   *types.Package
	Info    *types.Info

	broken  bool
	cgo     bool
	partial bool
}

// Partial reports whether types may be missing, which are the invalid type then:
// the package, or one that it imports, does not compile.
func (p *Package) Partial() bool { return p.partial }

// Cgo reports whether the package imports "C". What C declares has no types
// here, so mistakes in such a package are not told, nor seen.
func (p *Package) Cgo() bool { return p.cgo }

// Broken reports whether the package does not compile.
func (p *Package) Broken() bool { return p.broken }

// IsTest reports whether the object or node at pos stands in a test file.
func (p *Program) IsTest(pos token.Pos) bool {
	return strings.HasSuffix(p.Fset.File(pos).Name(), "_test.go")
}

// FileAt returns the file that holds pos, or nil for a position outside the
// parsed files.
func (p *Program) FileAt(pos token.Pos) *File {
	if f := p.Fset.File(pos); f != nil {
		return p.Files[f.Name()]
	}
	return nil
}

// Position converts pos; its file is relative to the root. What cgo has written in
// place of a file of the repository stands for that file.
func (p *Program) Position(pos token.Pos) registry.Position {
	if !pos.IsValid() {
		return registry.Position{}
	}
	q := p.Fset.PositionFor(pos, false)
	if _, in := below(p.Repo.Base, q.Filename); !in {
		if origin := p.Fset.PositionFor(pos, true); origin.Filename != q.Filename {
			if _, in := below(p.Repo.Base, origin.Filename); in {
				q = origin
			}
		}
	}
	return registry.Position{File: p.Repo.Rel(q.Filename), Line: q.Line, Column: q.Column}
}

// ID is the identity of an object by source: where it is declared. It is the
// same in every world and test variant. 0 stands for objects of packages that
// were not checked from source.
type ID token.Pos

// IDOf returns the identity of obj; instances of generic objects have that of
// their origin.
func (p *Program) IDOf(obj types.Object) ID {
	switch o := obj.(type) {
	case nil:
		return 0
	case *types.Func:
		obj = o.Origin()
	case *types.Var:
		obj = o.Origin()
	case *types.PkgName:
		return 0
	}
	if p.FileAt(obj.Pos()) == nil {
		return 0
	}
	return ID(obj.Pos())
}

// Problem is why a package could not be judged.
type Problem struct {
	Pos     registry.Position
	Package string
	Dir     *Dir
	Message string
}

// InIgnored reports whether a file that no build configuration takes holds a
// word.
func (p *Program) InIgnored(word string) bool {
	if p.ignoredWords == nil {
		p.ignoredWords = map[string]bool{}
		for _, s := range p.Ignored {
			addWords(p.ignoredWords, s.Data)
		}
	}
	return p.ignoredWords[word]
}

// Varies reports whether another build configuration, be it loaded or not, has
// a declaration of its own for obj, a package-level object or method: several
// files of its package declare the name.
func (p *Program) Varies(obj types.Object) bool {
	f := p.FileAt(obj.Pos())
	if f == nil {
		return false
	}
	if p.declared == nil {
		p.declared = map[string]int{}
		for _, g := range p.Files {
			for _, d := range g.Syntax.Decls {
				for _, name := range declaredNames(d) {
					p.declared[g.scope()+name]++
				}
			}
		}
	}
	name := obj.Name()
	if fn, ok := obj.(*types.Func); ok && fn.Signature().Recv() != nil {
		name = receiverName(fn.Signature().Recv().Type()) + "." + name
	} else if obj.Pkg() == nil || obj.Parent() != obj.Pkg().Scope() {
		return false
	}
	return p.declared[f.scope()+name] > 1
}

// scope names the package that a file's declarations are of, in all builds.
func (f *File) scope() string { return filepath.Dir(f.Path) + " " + f.Syntax.Name.Name + " " }

// receiverName returns the name of the type that a method is declared on.
func receiverName(t types.Type) string {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return n.Obj().Name()
	}
	return ""
}

// declaredNames returns the names that a declaration brings to its package;
// methods come with their type's.
func declaredNames(d ast.Decl) []string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		name := d.Name.Name
		if d.Recv != nil && len(d.Recv.List) == 1 {
			return []string{ReceiverName(d.Recv.List[0].Type) + "." + name}
		}
		if name == "init" || name == "_" {
			return nil
		}
		return []string{name}
	case *ast.GenDecl:
		var out []string
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				out = append(out, s.Name.Name)
			case *ast.ValueSpec:
				for _, id := range s.Names {
					out = append(out, id.Name)
				}
			}
		}
		return out
	}
	return nil
}

// ReceiverName returns the type name that a receiver is written with; "" where it is
// not Go.
func ReceiverName(e ast.Expr) string {
	for {
		switch x := e.(type) {
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.IndexListExpr:
			e = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

// Complete reports whether every file of the universe that holds a word takes
// part in the program.
func (p *Program) Complete(word string) bool {
	if !p.whole {
		return false
	}
	if p.otherWords == nil {
		p.otherWords = map[string]bool{}
		for _, d := range p.Repo.Dirs {
			if p.only != nil && !p.only[d] {
				continue
			}
			for _, s := range d.Files {
				if p.Files[s.Path] == nil {
					addWords(p.otherWords, s.Data)
				}
			}
		}
	}
	return !p.otherWords[word] && !p.InIgnored(word)
}

// addWords adds the identifiers and words of a text.
func addWords(words map[string]bool, data []byte) {
	start := -1
	for i := 0; i <= len(data); i++ {
		letter := i < len(data) && isLetter(data[i])
		switch {
		case letter && start < 0:
			start = i
		case !letter && start >= 0:
			words[string(data[start:i])] = true
			start = -1
		}
	}
}

// isLetter reports whether a byte may stand in an identifier.
func isLetter(b byte) bool {
	return b == '_' || b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b >= 0x80
}
