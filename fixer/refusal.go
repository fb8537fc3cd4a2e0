package fixer

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"path/filepath"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
	"github.com/flagdebt/flagdebt/registry"
)

// Reason is why something is not done. The list is closed.
type Reason string

// The reasons.
const (
	ReasonNotAsked     Reason = "nobody asks for it"
	ReasonType         Reason = "winner does not fit the type"
	ReasonCompile      Reason = "package does not compile"
	ReasonGenerated    Reason = "generated file"
	ReasonConfig       Reason = "file of another build configuration"
	ReasonSideEffect   Reason = "side effect"
	ReasonOrder        Reason = "order of initialization"
	ReasonUnsupported  Reason = "form not supported"
	ReasonTestLoser    Reason = "test forces the losing value"
	ReasonTestUnknown  Reason = "test sets an unknown value"
	ReasonOutside      Reason = "outside of the packages asked for"
	ReasonVerification Reason = "result does not compile"
	ReasonInternal     Reason = "edits conflict"
	ReasonDefinition   Reason = "definition stays"
	ReasonStartup      Reason = "import stays"
	ReasonAsked        Reason = "code asks for it"
	ReasonProof        Reason = "breaks what has worked"
)

// Refusal says that something is not done, where, and why. A core refusal
// leaves the whole flag as it is; the others leave one clean-up.
type Refusal struct {
	Flag    registry.ID
	Reason  Reason
	Pos     registry.Position
	Message string // begins with "cannot remove flag ..."
	Next    string // what a person should do
	Core    bool

	at token.Pos
}

// nexts says for each reason what a person should do.
var nexts = map[Reason]string{
	ReasonNotAsked:     "Check the key with flagdebt list.",
	ReasonType:         "Give --flag KEY=VALUE a value of that type.",
	ReasonCompile:      "Make it compile, then try again.",
	ReasonGenerated:    "Change what the file is generated from, and generate it anew.",
	ReasonConfig:       "Add the configuration to build: in .flagdebt.yml.",
	ReasonSideEffect:   "Move the effect out of the expression, then try again.",
	ReasonOrder:        "Make these variables independent of their order, then try again.",
	ReasonUnsupported:  "Remove this place by hand, then try again.",
	ReasonTestLoser:    "Delete or rewrite the test by hand.",
	ReasonTestUnknown:  "Look whether the test still has a use, and take the set-up out by hand.",
	ReasonOutside:      "Name these packages too, or run with ./... at the root.",
	ReasonVerification: "Please report this, with the place.",
	ReasonInternal:     "Please report this, with the place.",
	ReasonAsked:        "Remove the flag first, as in fix --flag KEY=VALUE.",
	ReasonProof:        "Make that independent of the flag, then try again.",
	ReasonStartup:      "Delete the import, if nobody needs what it does.",
	ReasonDefinition:   "Take this out by hand, and the definition with it.",
}

// refuse refuses a flag.
func (p *planner) refuse(r *Removal, reason Reason, pos token.Pos, format string, args ...any) {
	detail := fmt.Sprintf(format, args...)
	p.refusals = append(p.refusals, Refusal{
		Flag: r.Flag, Reason: reason, Pos: p.prog.Position(pos), at: pos, Core: true, Next: nexts[reason],
		Message: fmt.Sprintf("cannot remove flag %q: %s: %s", r.Flag.Key, reason, detail),
	})
}

// leave tells that something of a flag stays, and does not keep the rest.
func (p *planner) leave(r *Removal, reason Reason, pos token.Pos, format string, args ...any) {
	p.refuse(r, reason, pos, format, args...)
	p.refusals[len(p.refusals)-1].Core = false
}

// forget takes back what is told of declarations and files that have gone since.
func (p *planner) forget() {
	p.refusals = slices.DeleteFunc(p.refusals, func(f Refusal) bool {
		file := p.fileOf(f.at)
		if f.Core || file == nil {
			return false
		}
		return p.gone[file] || slices.ContainsFunc(file.Decls, func(d ast.Decl) bool { return d.Pos() <= f.at && f.at < d.End() && p.gone[d] })
	})
}

// refuseAll refuses every flag of the attempt: which one is to blame is not known.
func (p *planner) refuseAll(reason Reason, pos token.Pos, detail string) {
	for i := range p.removals {
		p.refuse(&p.removals[i], reason, pos, "%s", detail)
	}
}

// refuseUnsuitable refuses what can be told before anything is decided: flags
// that nobody asks for, winners of another type, generated and broken code.
func (p *planner) refuseUnsuitable() {
	asked := map[*Removal]bool{}
	for _, fn := range p.found.Engine.Functions() {
		for x, a := range p.found.Engine.Trace(fn).Asked {
			key, ok := flow.Text(a.Key)
			if !ok {
				continue
			}
			if r := p.removalOf(a.Ask.Source, key); r != nil {
				asked[r] = true
				p.refuseSite(r, fn, x, a)
			}
		}
	}
	for i := range p.removals {
		r := &p.removals[i]
		if r.Definition == DefinitionAlone {
			p.refuseUndefined(r)
		} else if !asked[r] && !p.isOverridden(r) {
			p.refuse(r, ReasonNotAsked, token.NoPos, "no code asks for it")
		}
		p.refuseIgnored(r)
	}
	sortRefusals(p.refusals)
}

// refuseUndefined refuses to drop a definition that is not there.
func (p *planner) refuseUndefined(r *Removal) {
	for _, d := range p.defs {
		if d.removal == r {
			return
		}
	}
	p.refuse(r, ReasonNotAsked, token.NoPos, "no code defines it")
}

func (p *planner) isOverridden(r *Removal) bool {
	for _, s := range p.found.Sites {
		if s.KeyKind == analyzer.KeyConstant && s.Flag.Key == r.Flag.Key && (r.Flag.Source == "" || r.Flag.Source == s.Provider) {
			return true
		}
	}
	return false
}

// refuseSite refuses a flag for the sake of one place that asks for it.
func (p *planner) refuseSite(r *Removal, fn *flow.Function, x ast.Expr, a *flow.Asked) {
	file := p.fileOf(x.Pos())
	switch {
	case p.files[file].Generated && a.Ask.Declare && r.Definition == DefinitionStays:
		return
	case p.files[file].Generated && a.Ask.Declare:
		p.leave(r, ReasonGenerated, x.Pos(), "%s defines it", p.files[file].Rel)
		return
	case r.Definition == DefinitionAlone && !a.Ask.Declare && len(a.Via) == 0:
		p.refuse(r, ReasonAsked, x.Pos(), "%s asks for it", fn.Pkg.Path)
		return
	case p.files[file].Generated:
		p.refuse(r, ReasonGenerated, x.Pos(), "%s asks for it%s", p.files[file].Rel, generatedBy(p.prog, fn.Pkg, p.files[file]))
	case fn.Pkg.Broken():
		p.refuse(r, ReasonCompile, x.Pos(), "%s", fn.Pkg.Path)
	case fn.Pkg.Cgo():
		p.refuse(r, ReasonUnsupported, x.Pos(), "package %s uses cgo, so the result could not be checked", fn.Pkg.Path)
	case !p.isAsked(file):
		p.leave(r, ReasonOutside, x.Pos(), "%s asks for it", fn.Pkg.Path)
	}
	if len(a.Via) > 0 || a.Ask.Declare {
		return
	}
	if len(a.Ask.KeyElems) > 0 {
		p.refuse(r, ReasonUnsupported, x.Pos(), "several flags are asked for at once")
		return
	}
	if !p.fits(fn, x, a) {
		p.refuse(r, ReasonType, x.Pos(), "%s is no value of type %s", r.Winner, fn.Pkg.Info.TypeOf(x))
	}
}

// generatedBy names the //go:generate line that makes a file: one of its package
// that speaks of it, or the only one.
func generatedBy(prog *program.Program, pkg *program.Package, file *program.File) string {
	var lines []*ast.Comment
	for _, f := range pkg.Files {
		for _, g := range f.Syntax.Comments {
			for _, c := range g.List {
				if strings.HasPrefix(c.Text, "//go:generate ") {
					lines = append(lines, c)
				}
			}
		}
	}
	named := slices.DeleteFunc(slices.Clone(lines), func(c *ast.Comment) bool { return !strings.Contains(c.Text, filepath.Base(file.Path)) })
	if len(named) == 1 {
		lines = named
	}
	if len(lines) != 1 {
		return ""
	}
	at := prog.Position(lines[0].Pos())
	return fmt.Sprintf("; it is made by %q at %s:%d", lines[0].Text, at.File, at.Line)
}

// fits reports whether the winner is a value of the type that a place asks for.
func (p *planner) fits(fn *flow.Function, x ast.Expr, a *flow.Asked) bool {
	if p.with.Trace(fn).Asked[x] == nil {
		return true // not reached
	}
	v := p.with.Trace(fn).Values[x]
	return v != nil && flow.Answer(v, a.Ask).IsKnown()
}

// refuseIgnored refuses a flag whose key stands in a file of no build
// configuration: it may ask for it.
func (p *planner) refuseIgnored(r *Removal) {
	for _, s := range p.prog.Ignored {
		if bytes.Contains(s.Data, []byte(r.Word())) {
			p.refusals = append(p.refusals, Refusal{
				Flag: r.Flag, Reason: ReasonConfig, Core: true, Next: nexts[ReasonConfig], Pos: registry.Position{File: p.prog.Repo.Rel(s.Path)},
				Message: fmt.Sprintf("cannot remove flag %q: %s: %s mentions it", r.Flag.Key, ReasonConfig, p.prog.Repo.Rel(s.Path)),
			})
		}
	}
}

// refuseLeftovers refuses the flags that the decisions leave in the code.
func (p *planner) refuseLeftovers() {
	for _, fn := range p.with.Functions() {
		for x, a := range p.with.Trace(fn).Asked {
			key, ok := flow.Text(a.Key)
			if !ok || len(a.Via) > 0 {
				continue
			}
			r := p.removalOf(a.Ask.Source, key)
			if r == nil || !p.survives(x) || p.tests.asLeft[p.tests.declAt(x)] || !p.isAsked(p.fileOf(x.Pos())) || a.Ask.Declare && p.keepsDefinition(r, p.files[p.fileOf(x.Pos())].Rel) {
				continue
			}
			if p.with.HasEffects(fn.Pkg, x) {
				p.refuse(r, ReasonSideEffect, x.Pos(), "asking for it calls something that may have effects")
			} else {
				p.refuse(r, ReasonUnsupported, x.Pos(), "this place cannot be folded")
			}
		}
	}
	sortRefusals(p.refusals)
}

// sortRefusals puts refusals in the order of their places.
func sortRefusals(list []Refusal) {
	slices.SortStableFunc(list, func(a, b Refusal) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Column, b.Pos.Column), a.Flag.Compare(b.Flag), cmp.Compare(a.Message, b.Message))
	})
}
