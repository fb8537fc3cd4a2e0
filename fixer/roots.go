package fixer

import (
	"bytes"
	"go/ast"
	"go/types"
	"regexp"
	"strings"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file says what is used from outside of what we see.

// isRootFunc reports whether a function is called from outside of what we see, or may
// be called by other modules.
func (p *planner) isRootFunc(pkg *program.Package, d *ast.FuncDecl, f *program.File) bool {
	if p.isCalledOutside(pkg, d, f) {
		return true
	}
	obj := pkg.Info.Defs[d.Name]
	if fn, ok := obj.(*types.Func); ok && fn.Signature().Recv() != nil {
		if t := receiverType(fn); t == nil || !t.Exported() {
			return false
		}
	}
	return obj != nil && p.isExported(obj)
}

// isCalledOutside reports whether a function is called from outside of what we see.
func (p *planner) isCalledOutside(pkg *program.Package, d *ast.FuncDecl, f *program.File) bool {
	name := d.Name.Name
	switch {
	case d.Body == nil, d.Recv == nil && (name == "init" || name == "_"), d.Recv == nil && name == "main" && pkg.Types.Name() == "main":
		return true
	case f.Test && d.Recv == nil && isTestName(name):
		return true
	case f.Test && d.Recv != nil && suiteMethod.MatchString(name):
		return true // suites call methods by reflection
	}
	return p.prog.HasLinkage(pkg.Info.Defs[d.Name])
}

// suiteMethod is how the methods are named that test suites call by reflection.
var suiteMethod = regexp.MustCompile(`^(Test|Set[Uu]p|Tear[Dd]own|Before|After|Benchmark|Handle|Bench)`)

func isTestName(name string) bool {
	for _, prefix := range []string{"Test", "Benchmark", "Fuzz", "Example"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// isExported reports whether other modules may use obj, and the configuration
// wants it kept for them.
func (p *planner) isExported(obj types.Object) bool {
	return !p.isNamed(obj) && p.opt.Exported != config.ExportedRemove && flow.IsOpen(obj)
}

// receiverType returns the name of the type that a method is declared on.
func receiverType(fn *types.Func) *types.TypeName {
	t := types.Unalias(fn.Signature().Recv().Type())
	if ptr, ok := t.(*types.Pointer); ok {
		t = types.Unalias(ptr.Elem())
	}
	if n, ok := t.(*types.Named); ok {
		return n.Origin().Obj()
	}
	return nil
}

// calledUnseen reports whether a method may be called from outside of the
// program: through an interface that is not of it, by a template, or by a name that
// is put together at run time.
func (p *planner) calledUnseen(fn *types.Func) bool {
	return p.with.SatisfiesOutside(fn) || p.prog.IsCalledByName(fn) || fn.Exported() && p.inTemplate(fn.Name())
}

// inTemplate reports whether a template names a method: a string in Go, or a file
// where the program reads templates.
func (p *planner) inTemplate(name string) bool {
	if p.templates == nil {
		p.templates = map[string]bool{}
		for _, f := range p.prog.Files {
			p.readTemplate(f.Data)
		}
		if p.prog.Imports("text/template") || p.prog.Imports("html/template") {
			p.prog.Repo.Texts(func(_ string, data []byte) { p.readTemplate(data) })
		}
	}
	return p.templates[name]
}

// readTemplate notes the names in a text that may hold templates.
func (p *planner) readTemplate(data []byte) {
	if !bytes.Contains(data, []byte("{{")) {
		return
	}
	for _, m := range dotted.FindAllSubmatch(data, -1) {
		p.templates[string(m[1])] = true
	}
}

// dotted is a name behind a dot.
var dotted = regexp.MustCompile(`\.(\w+)`)
