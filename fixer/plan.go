package fixer

import (
	"context"
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"slices"
	"sort"
	"strings"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
	"github.com/flagdebt/flagdebt/registry"
)

// Removal is a flag to remove and what it will be for ever.
type Removal struct {
	Flag       registry.ID // Source may be "": any
	Winner     registry.Value
	Definition DefinitionMode
	Retire     registry.House // the flag's own house rule; zero is that of its system
}

// Word returns the word by which code and comments speak of the flag.
func (r Removal) Word() string {
	if r.Flag.Source == analyzer.SymbolSource {
		return r.Flag.Key[strings.LastIndexByte(r.Flag.Key, '.')+1:]
	}
	return r.Flag.Key
}

// Change is the new text of a file; After is nil where the file goes.
type Change struct {
	Path          string // absolute
	File          string // relative to the repository's root, with slashes
	Before, After []byte
}

// Result is a Plan: the changes that remove a set of flags, proven in memory.
type Result struct {
	Changes  []Change
	Removed  []Removal // the flags that are gone from the code
	Refusals []Refusal
	Kept     []registry.ID // those among them whose definition house rule keeps
	Sites    int           // how many Sites the changes remove
	// Steps tells people what to look at, a sentence each.
	Steps []string
	// Beyond holds the import paths of packages that were not looked at, though
	// code that goes refers to them: they may hold more that goes.
	Beyond map[string]bool
}

// Plan removes flags from the program that found describes. asked limits the
// folders in which text may change; nil is all. A flag that is refused is left
// whole, and the others are planned without it; then it is tried again on what
// they leave, so that planning a second time finds nothing more.
func Plan(ctx context.Context, found *analyzer.Found, removals []Removal, asked map[*program.Dir]bool, opt config.Fix) (*Result, error) {
	return planUntil(ctx, found, removals, asked, opt, false)
}

// planUntil plans until no refused flag could go on what the others leave. Cautious,
// it does not even try to take out members and signatures.
func planUntil(ctx context.Context, found *analyzer.Found, removals []Removal, asked map[*program.Dir]bool, opt config.Fix, cautious bool) (*Result, error) {
	sort.Slice(removals, func(i, j int) bool { return removals[i].Flag.Compare(removals[j].Flag) < 0 })
	result, err := planJointly(ctx, found, removals, asked, opt, cautious)
	if err != nil || len(result.Changes) == 0 {
		return result, err
	}
	rest := slices.DeleteFunc(slices.Clone(removals), func(r Removal) bool { return !result.isRefusedSomewhere(r) })
	if len(rest) == 0 {
		return result, nil
	}
	texts := map[string][]byte{}
	for _, c := range result.Changes {
		texts[c.Path] = c.After
	}
	next, err := found.Prog.Recheck(ctx, texts)
	if err != nil {
		return nil, fmt.Errorf("checking the result: %w", err)
	}
	more, err := planUntil(ctx, found.Again(next), rest, asked, opt, cautious)
	if err != nil {
		return nil, err
	}
	return result.followedBy(more), nil
}

// isRefusedSomewhere reports whether a flag was refused for the sake of a place,
// which others may have taken with them.
func (r *Result) isRefusedSomewhere(removal Removal) bool {
	return slices.ContainsFunc(r.Refusals, func(f Refusal) bool { return f.Core && f.Flag == removal.Flag && f.Pos.Line > 0 })
}

// followedBy adds what was planned on top of r. Its Refusals name lines of no file
// that anybody has seen, so those of flags that stay are r's.
func (r *Result) followedBy(more *Result) *Result {
	out := &Result{Removed: slices.Concat(r.Removed, more.Removed), Kept: slices.Concat(r.Kept, more.Kept), Sites: r.Sites + more.Sites, Steps: slices.Concat(r.Steps, more.Steps), Beyond: maps.Clone(r.Beyond), Changes: slices.Clone(r.Changes)}
	if out.Beyond == nil {
		out.Beyond = map[string]bool{}
	}
	maps.Copy(out.Beyond, more.Beyond)
	for _, c := range more.Changes {
		if i := slices.IndexFunc(out.Changes, func(o Change) bool { return o.Path == c.Path }); i >= 0 {
			out.Changes[i].After = c.After
		} else {
			out.Changes = append(out.Changes, c)
		}
	}
	slices.SortFunc(out.Removed, func(a, b Removal) int { return a.Flag.Compare(b.Flag) })
	slices.SortFunc(out.Changes, func(a, b Change) int { return strings.Compare(a.File, b.File) })
	for _, f := range r.Refusals {
		if !slices.ContainsFunc(more.Removed, func(o Removal) bool { return o.Flag == f.Flag }) {
			out.Refusals = append(out.Refusals, f)
		}
	}
	for _, f := range more.Refusals {
		if slices.ContainsFunc(more.Removed, func(o Removal) bool { return o.Flag == f.Flag }) {
			if slices.ContainsFunc(r.Changes, func(c Change) bool { return c.File == f.Pos.File }) {
				f.Pos.Line, f.Pos.Column = 0, 0
			}
			out.Refusals = append(out.Refusals, f)
		}
	}
	return out
}

// planJointly plans for all flags at once, and again without those that are refused.
func planJointly(ctx context.Context, found *analyzer.Found, removals []Removal, asked map[*program.Dir]bool, opt config.Fix, cautious bool) (*Result, error) {
	var refusals []Refusal
	for {
		p := newPlanner(found, removals, asked, opt)
		p.cautious = cautious
		result, err := p.plan(ctx)
		if err != nil {
			return nil, err
		}
		if !cautious && p.hasFailed() {
			cautious = true // what carried the flags may stay
			continue
		}
		if p.blamesAll() {
			if err := p.findBlame(ctx); err != nil {
				return nil, err
			}
		}
		left := slices.DeleteFunc(slices.Clone(removals), func(r Removal) bool {
			return slices.ContainsFunc(p.refusals, func(f Refusal) bool { return f.Core && f.Flag == r.Flag })
		})
		if len(left) == len(removals) {
			result.Removed, result.Refusals = removals, append(refusals, p.refusals...)
			return result, nil
		}
		for _, f := range p.refusals {
			if f.Core {
				refusals = append(refusals, f)
			}
		}
		if len(left) == 0 {
			return &Result{Refusals: refusals}, nil
		}
		removals = left
	}
}

// blamesAll reports whether all of several flags are refused for what one may have done.
func (p *planner) blamesAll() bool {
	return len(p.removals) > 1 && slices.ContainsFunc(p.refusals, func(f Refusal) bool {
		return f.Core && (f.Reason == ReasonVerification || f.Reason == ReasonInternal || f.Reason == ReasonOrder)
	})
}

// findBlame refuses only the flags that are refused alone, too, where there are some.
func (p *planner) findBlame(ctx context.Context) error {
	var alone []Refusal
	for _, r := range p.removals {
		q := newPlanner(p.found, []Removal{r}, p.asked, p.opt)
		q.cautious = p.cautious
		if _, err := q.plan(ctx); err != nil {
			return err
		}
		if q.hasCoreRefusal() {
			alone = append(alone, q.refusals...)
		}
	}
	if len(alone) > 0 {
		p.refusals = alone
	}
	return nil
}

// planner makes one attempt for one set of flags.
type planner struct {
	found    *analyzer.Found
	prog     *program.Program
	removals []Removal
	asked    map[*program.Dir]bool
	opt      config.Fix
	base     *flow.Engine // the flags unknown
	with     *flow.Engine // the flags at their winners
	refusals []Refusal

	tests *tester

	*decisions
	touched   map[*ast.File]bool
	units     *graph
	defs      map[program.ID]*definition
	moves     map[*ast.File][]move
	restaged  map[*ast.File][]restaging
	cautious  bool // members and signatures stay
	stores    *stores
	shapes    *shapes
	calls     *calls
	families  map[*flow.Function]*signature // methods that change together; nil where that is not known
	templates map[string]bool               // words behind a dot, where templates may stand
	files     map[*ast.File]*program.File
	pkgs      map[*ast.File]*program.Package
}

func newPlanner(found *analyzer.Found, removals []Removal, asked map[*program.Dir]bool, opt config.Fix) *planner {
	p := &planner{
		found: found, prog: found.Prog, removals: removals, asked: asked, opt: opt, decisions: newDecisions(),
		touched: map[*ast.File]bool{}, files: map[*ast.File]*program.File{}, pkgs: map[*ast.File]*program.Package{},
	}
	for _, pkg := range p.prog.Packages {
		for _, f := range pkg.Files {
			if p.pkgs[f.Syntax] == nil {
				p.files[f.Syntax], p.pkgs[f.Syntax] = f, pkg
			}
		}
	}
	return p
}

// winner returns what a flag is at, where it is one of those to remove.
func (p *planner) winner(source, key string) (string, bool) {
	if r := p.removalOf(source, key); r != nil && r.Definition != DefinitionAlone {
		return r.Winner.Text(), true
	}
	return "", false
}

func (p *planner) removalOf(source, key string) *Removal {
	for i, r := range p.removals {
		if r.Flag.Key == key && (r.Flag.Source == "" || r.Flag.Source == source) {
			return &p.removals[i]
		}
	}
	return nil
}

// plan runs the stages in their order.
func (p *planner) plan(ctx context.Context) (*Result, error) {
	p.base = p.found.Engine.Again(p.found.Oracle, p.mode())
	p.with = p.found.Engine.Again(p.found.Oracle.At(p.winner), p.mode())
	p.findDefinitions()
	p.refuseUnsuitable()
	if p.hasCoreRefusal() {
		return nil, nil
	}
	p.decideTests()
	p.decide()
	p.tests.dropSkipped()
	p.decideSymbols()
	p.decideMoves()
	p.decideStages()
	p.dropRows()
	p.dropRegistrations()
	p.tests.collapse()
	p.settle()
	p.forget()
	p.tellSymbols()
	p.tests.tellFakes()
	p.refuseLeftovers()
	if p.hasCoreRefusal() {
		return nil, nil
	}
	changes, err := p.emit()
	if err != nil {
		p.refuseAll(ReasonInternal, token.NoPos, err.Error())
		return nil, nil
	}
	if err := p.verify(ctx, changes); err != nil {
		return nil, err
	}
	if p.hasCoreRefusal() {
		return nil, nil
	}
	return &Result{Changes: changes, Kept: p.kept(), Sites: p.countSites(), Steps: slices.Concat(p.tests.advice(), p.keptCalls(), p.tellOpen(changes), p.tellSeen(changes)), Beyond: p.widen()}, nil
}

// hasFailed reports whether the edits do not fit together, or their result does
// not compile.
func (p *planner) hasFailed() bool {
	return slices.ContainsFunc(p.refusals, func(r Refusal) bool { return r.Reason == ReasonVerification || r.Reason == ReasonInternal })
}

// mode says what is taken for granted about other modules: where exported names are
// kept for them, they may call what is exported, and set it.
func (p *planner) mode() flow.Mode {
	alone := p.opt.Exported == config.ExportedRemove
	return flow.Mode{Alone: alone, Open: !alone}
}

func (p *planner) hasCoreRefusal() bool {
	return slices.ContainsFunc(p.refusals, func(r Refusal) bool { return r.Core })
}

// countSites returns how many Sites of the flags there are.
func (p *planner) countSites() int {
	n := 0
	for _, s := range p.found.Sites {
		if s.KeyKind == analyzer.KeyConstant && p.removalOf(s.Provider, s.Flag.Key) != nil {
			n++
		}
	}
	return n
}

// isAsked reports whether text in a file may change.
func (p *planner) isAsked(f *ast.File) bool {
	return p.asked == nil || p.asked[p.pkgs[f].Dir]
}

// fileOf returns the syntax of the file that holds pos.
func (p *planner) fileOf(pos token.Pos) *ast.File {
	if f := p.prog.FileAt(pos); f != nil {
		return f.Syntax
	}
	return nil
}
