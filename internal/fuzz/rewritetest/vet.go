package rewritetest

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"reflect"
	"regexp"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/appends"
	"golang.org/x/tools/go/analysis/passes/assign"
	"golang.org/x/tools/go/analysis/passes/bools"
	"golang.org/x/tools/go/analysis/passes/composite"
	"golang.org/x/tools/go/analysis/passes/copylock"
	"golang.org/x/tools/go/analysis/passes/defers"
	"golang.org/x/tools/go/analysis/passes/directive"
	"golang.org/x/tools/go/analysis/passes/errorsas"
	"golang.org/x/tools/go/analysis/passes/ifaceassert"
	"golang.org/x/tools/go/analysis/passes/lostcancel"
	"golang.org/x/tools/go/analysis/passes/nilfunc"
	"golang.org/x/tools/go/analysis/passes/printf"
	"golang.org/x/tools/go/analysis/passes/shift"
	"golang.org/x/tools/go/analysis/passes/sigchanyzer"
	"golang.org/x/tools/go/analysis/passes/stdmethods"
	"golang.org/x/tools/go/analysis/passes/stringintconv"
	"golang.org/x/tools/go/analysis/passes/structtag"
	"golang.org/x/tools/go/analysis/passes/testinggoroutine"
	"golang.org/x/tools/go/analysis/passes/tests"
	"golang.org/x/tools/go/analysis/passes/unmarshal"
	"golang.org/x/tools/go/analysis/passes/unreachable"
	"golang.org/x/tools/go/analysis/passes/unusedresult"

	"github.com/flagdebt/flagdebt/internal/program"
)

// vetters are those of go vet that look at Go code. They run here and not in a
// process a package, which would cost more than all the rest.
var vetters = []*analysis.Analyzer{
	appends.Analyzer, assign.Analyzer, bools.Analyzer, composite.Analyzer, copylock.Analyzer, defers.Analyzer, directive.Analyzer,
	errorsas.Analyzer, ifaceassert.Analyzer, lostcancel.Analyzer, nilfunc.Analyzer, printf.Analyzer,
	shift.Analyzer, sigchanyzer.Analyzer, stdmethods.Analyzer, stringintconv.Analyzer, structtag.Analyzer,
	testinggoroutine.Analyzer, tests.Analyzer, unmarshal.Analyzer, unreachable.Analyzer, unusedresult.Analyzer,
}

// silly is what vet says of what only a random program says.
var silly = regexp.MustCompile(`^(redundant (and|or)|suspect (and|or)|self-assignment)`)

// vetted returns an error where vet has more to say of a program after than
// before.
func vetted(before, after *program.Program) error {
	now := vet(after)
	if len(now) == 0 {
		return nil
	}
	old := map[string]bool{}
	for _, d := range vet(before) {
		old[d.Message] = true
	}
	for _, d := range now {
		if !old[d.Message] && !silly.MatchString(d.Message) {
			return fmt.Errorf("the result does not vet: %s: %s", after.Position(d.Pos), d.Message)
		}
	}
	return nil
}

// vet returns what vet says of the packages of a program, in order.
func vet(prog *program.Program) []analysis.Diagnostic {
	var out []analysis.Diagnostic
	for _, pkg := range prog.Packages {
		v := &vetter{prog: prog, pkg: pkg, results: map[*analysis.Analyzer]any{}, facts: map[factKey]analysis.Fact{}}
		for _, f := range pkg.Files {
			v.files = append(v.files, f.Syntax)
		}
		for _, a := range vetters {
			v.run(a)
		}
		out = append(out, v.found...)
	}
	slices.SortStableFunc(out, func(a, b analysis.Diagnostic) int { return int(a.Pos - b.Pos) })
	return out
}

// vetter runs analyzers on one package, each once.
type vetter struct {
	prog    *program.Program
	pkg     *program.Package
	files   []*ast.File
	results map[*analysis.Analyzer]any
	facts   map[factKey]analysis.Fact // of this package alone
	found   []analysis.Diagnostic
}

type factKey struct {
	about any // an object or package
	typ   reflect.Type
}

func (v *vetter) run(a *analysis.Analyzer) any {
	if r, ok := v.results[a]; ok {
		return r
	}
	required := map[*analysis.Analyzer]any{}
	for _, r := range a.Requires {
		required[r] = v.run(r)
	}
	pass := &analysis.Pass{
		Analyzer: a, Fset: v.prog.Fset, Files: v.files, Pkg: v.pkg.Types, TypesInfo: v.pkg.Info, TypesSizes: types.SizesFor("gc", "amd64"),
		Module: &analysis.Module{GoVersion: "1.26"}, ResultOf: required, ReadFile: os.ReadFile,
		Report:            func(d analysis.Diagnostic) { v.found = append(v.found, d) },
		ImportObjectFact:  func(o types.Object, f analysis.Fact) bool { return v.fact(o, f) },
		ImportPackageFact: func(p *types.Package, f analysis.Fact) bool { return v.fact(p, f) },
		ExportObjectFact:  func(o types.Object, f analysis.Fact) { v.facts[factKey{o, reflect.TypeOf(f)}] = f },
		ExportPackageFact: func(f analysis.Fact) { v.facts[factKey{v.pkg.Types, reflect.TypeOf(f)}] = f },
		AllObjectFacts:    func() []analysis.ObjectFact { return nil },
		AllPackageFacts:   func() []analysis.PackageFact { return nil },
	}
	out, err := a.Run(pass)
	if err != nil {
		v.found = append(v.found, analysis.Diagnostic{Pos: v.start(), Message: errors.Join(fmt.Errorf("%s fails", a), err).Error()})
	}
	v.results[a] = out
	return out
}

func (v *vetter) start() token.Pos { return v.files[0].Pos() }

func (v *vetter) fact(about any, f analysis.Fact) bool {
	old, ok := v.facts[factKey{about, reflect.TypeOf(f)}]
	if ok {
		reflect.ValueOf(f).Elem().Set(reflect.ValueOf(old).Elem())
	}
	return ok
}
