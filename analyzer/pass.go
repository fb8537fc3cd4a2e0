package analyzer

import (
	"fmt"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file is flagdebt as go/analysis sees it: one package at a time, what
// other packages' functions hand on known by facts.

// summaryFact is what is known of an imported function's results or package
// variable's value.
type summaryFact struct{ Data []byte }

// AFact marks summaryFact as a fact.
func (*summaryFact) AFact() {}

// String shows the fact in tests.
func (f *summaryFact) String() string { return "asks for a flag" }

// Analyzer returns the analyzer that reports, for go vet, golangci-lint and
// nogo. Its findings are a subset of Check's: those of the rules that need no
// more than one package and its imports.
func (d *Driver) Analyzer() *analysis.Analyzer {
	find := d.findAnalyzer()
	return &analysis.Analyzer{
		Name:     "flagdebt",
		Doc:      doc,
		URL:      "https://pkg.go.dev/github.com/flagdebt/flagdebt/analyzer",
		Requires: []*analysis.Analyzer{find},
		Run: func(pass *analysis.Pass) (any, error) {
			d.report(pass, pass.ResultOf[find].(*Found))
			return nil, nil
		},
	}
}

// findAnalyzer returns the analyzer that finds Sites and exports facts. Its name
// carries the ways of asking: drivers that keep facts by analyzer name would
// else keep those of other providers.
func (d *Driver) findAnalyzer() *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:       "flagdebt_sites_" + providersDigest(d.providers)[:12],
		Doc:        "find the places where code asks for a feature flag",
		FactTypes:  []analysis.Fact{new(summaryFact), new(fillFact)},
		ResultType: reflect.TypeFor[*Found](),
		Run: func(pass *analysis.Pass) (any, error) {
			return d.findIn(pass)
		},
	}
}

// findIn looks at one package.
func (d *Driver) findIn(pass *analysis.Pass) (*Found, error) {
	oracle := NewOracle(d.providers)
	prog := program.Single(d.Base, pass.Fset, pass.Files, pass.Pkg, pass.TypesInfo)
	if !mayAsk(pass, oracle) {
		return &Found{Prog: prog, Oracle: oracle}, nil
	}
	oracle.importedFields = func(v *types.Var) []filled { return oracle.importFilled(pass, v) }
	var failed error
	found := Find(prog, oracle, func(obj types.Object) flow.Value {
		var fact summaryFact
		if obj.Pkg() == nil || obj.Pkg() == pass.Pkg || !pass.ImportObjectFact(obj, &fact) {
			return nil
		}
		v, err := flow.Decode(fact.Data, oracle.askNumbered)
		if err != nil {
			failed = fmt.Errorf("reading the fact of %s: %w", obj, err)
		}
		return v
	})
	if failed != nil {
		return nil, failed
	}
	found.Sites = slices.DeleteFunc(found.Sites, func(s Site) bool { return s.Scope != ScopeLocal })
	return found, exportFacts(pass, found)
}

// mayAsk reports whether a package names anything that asks for a flag, declares one
// or sets one, or that hands one on. Most packages do not, those of the standard
// library above all, and drivers go through every dependency.
func mayAsk(pass *analysis.Pass, o *Oracle) bool {
	for _, sel := range pass.TypesInfo.Selections {
		if sel.Kind() == types.FieldVal && o.askField(sel) != nil {
			return true
		}
	}
	named := slices.DeleteFunc(slices.Clone(o.all), func(r *row) bool { return r.kind == config.KindTag })
	spoken := map[*types.Package]bool{} // whether any row that matches by name speaks of the package
	for _, obj := range pass.TypesInfo.Uses {
		pkg := obj.Pkg()
		if fn, ok := obj.(*types.Func); ok {
			obj = fn.Origin()
		}
		if pkg != nil && pkg != pass.Pkg && (pass.ImportObjectFact(obj, new(summaryFact)) || isField(obj) && pass.ImportObjectFact(obj, new(fillFact))) {
			return true
		}
		is, known := spoken[pkg]
		if !known {
			is = slices.ContainsFunc(named, func(r *row) bool { return r.inPackage(pkg) })
			spoken[pkg] = is
		}
		if !is {
			continue
		}
		found := false
		o.candidates(obj.Name(), func(r *row) bool {
			found = r.kind != config.KindTag && r.inPackage(pkg)
			return found
		})
		if found {
			return true
		}
	}
	return false
}

// exportFacts tells importing packages which functions and variables hand a
// flag's value on.
func exportFacts(pass *analysis.Pass, found *Found) error {
	found.Oracle.filled.export(pass)
	return found.handedOn(func(obj types.Object, data []byte) {
		pass.ExportObjectFact(obj, &summaryFact{data})
	})
}

// askNumbered makes the question of a row that a fact names.
func (o *Oracle) askNumbered(n int) *flow.Ask {
	if n < 0 || n >= len(o.all) {
		return nil
	}
	return o.all[n].ask()
}

// report judges one package and reports what is found in it.
func (d *Driver) report(pass *analysis.Pass, found *Found) {
	reg := d.registry(found.Declarations)
	told, _ := d.split(Judge(Case{Sites: found.Sites, Registry: reg, Today: d.Today, Version: d.Config.Version, Config: d.Config}))
	for _, f := range told {
		if f.Site == nil || f.Severity == SeverityNote || f.Rule == unknown.word && d.isDeclared(f.Site.Provider) {
			continue
		}
		pass.Report(analysis.Diagnostic{Pos: f.Site.pos, Category: f.Rule, Message: diagnostic(f), URL: "#" + f.Rule})
	}
}

// diagnostic words a finding with what to do about it, in one line.
func diagnostic(f Finding) string {
	if f.Next == "" {
		return f.Message
	}
	return f.Message + ". " + strings.TrimSuffix(f.Next, ".")
}

// isDeclared reports whether code declares flags of a system. Then one that is
// unknown here may be known to the program: another package may declare it.
func (d *Driver) isDeclared(provider string) bool {
	return slices.ContainsFunc(d.providers, func(p config.Provider) bool { return p.ID == provider && len(p.Declares) > 0 })
}
