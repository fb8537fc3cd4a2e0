package program

import (
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// This file knows what is used by its name in the object file, without an import.

// asmName is how assembly names what Go declares (https://go.dev/doc/asm).
var asmName = regexp.MustCompile(`·(\w+)`)

// HasLinkage reports whether C, assembly, or a package that names it in a go:linkname
// directive may use a function, a method or a variable.
func (p *Program) HasLinkage(obj types.Object) bool {
	if obj == nil || obj.Pkg() == nil {
		return false
	}
	if p.linkage == nil {
		p.findLinkage()
	}
	return p.linkage[symbol{obj.Pkg().Path(), obj.Name()}]
}

// symbol is a name in a package; a method's is without that of its type.
type symbol struct{ pkg, name string }

func (p *Program) findLinkage() {
	p.linkage = map[symbol]bool{}
	dirs := map[*Dir]bool{}
	for _, pkg := range p.Packages {
		for _, f := range pkg.Files {
			for _, g := range f.Syntax.Comments {
				for _, c := range g.List {
					p.findDirective(pkg.Path, c.Text)
				}
			}
		}
		if pkg.Dir != nil && !dirs[pkg.Dir] {
			dirs[pkg.Dir] = true
			p.findAssembly(pkg)
		}
	}
}

// findDirective notes what a go:linkname or export directive names.
func (p *Program) findDirective(path, text string) {
	words := strings.Fields(text)
	if len(words) < 2 || words[0] != "//go:linkname" && words[0] != "//export" {
		return
	}
	p.linkage[symbol{path, words[1]}] = true
	if len(words) < 3 {
		return
	}
	of, name := "", words[2] // path/of.Name or path/of.(*Type).Name
	if slash := strings.LastIndex(name, "/"); slash >= 0 {
		of, name = name[:slash+1], name[slash+1:]
	}
	if first, last := strings.Index(name, "."), strings.LastIndex(name, "."); first >= 0 {
		p.linkage[symbol{of + name[:first], name[last+1:]}] = true
	}
}

// findAssembly notes what the assembly of a package names.
func (p *Program) findAssembly(pkg *Package) {
	files, _ := filepath.Glob(filepath.Join(pkg.Dir.Path, "*.[sS]"))
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			continue // it does not build either
		}
		for _, m := range asmName.FindAllSubmatch(data, -1) {
			p.linkage[symbol{pkg.Path, string(m[1])}] = true
		}
	}
}
