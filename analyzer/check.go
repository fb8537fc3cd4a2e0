package analyzer

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
	"github.com/flagdebt/flagdebt/registry"
)

// Checked is what a check of the universe has found.
type Checked struct {
	Findings []Finding // those in the packages that were asked for, and in registry files
	Known    []Finding // likewise; the baseline silences them
	Sites    []Site    // likewise
	Registry *registry.Registry
	Problems []Problem
	Packages int // number of packages that were asked for
	Found    *Found
	Repo     *program.Repository
	Asked    map[*program.Dir]bool

	all []Finding // in all packages, whether known or not
}

// Check judges the universe and returns what lies in the packages that the
// patterns name. Progress, which may be nil, is told what is being done.
func (d *Driver) Check(ctx context.Context, patterns []string, progress func(string)) (*Checked, error) {
	found, repo, asked, err := d.Find(ctx, patterns, progress)
	if err != nil {
		return nil, err
	}
	c := &Checked{Found: found, Repo: repo, Asked: asked, Packages: len(asked), Registry: d.registry(found.Declarations)}
	sites := append(slices.Clone(found.Sites), found.tabled()...)
	slices.SortFunc(sites, compareSites)
	findings := Judge(Case{Sites: sites, Declarations: found.Declarations, Registry: c.Registry, Today: d.Today, Version: d.Config.Version, Config: d.Config, Whole: found.isWhole()})
	if found.isWhole() {
		findings = append(findings, d.idleRows(found)...)
	}
	inside := map[string]bool{}
	for dir := range asked {
		inside[repo.Rel(dir.Path)] = true
	}
	isIn := func(p registry.Position) bool { return inside[folderOf(p.File)] }
	c.all = slices.Clone(findings)
	c.Findings, c.Known = d.split(findings)
	if found.isWhole() {
		c.Findings = append(c.Findings, d.outlived(findings)...)
	}
	isOut := func(f Finding) bool { return f.Site != nil && !isIn(f.Pos) }
	c.Findings, c.Known = slices.DeleteFunc(c.Findings, isOut), slices.DeleteFunc(c.Known, isOut)
	for _, s := range sites {
		if isIn(s.Pos) {
			c.Sites = append(c.Sites, s)
		}
	}
	c.Problems = found.Problems
	return c, nil
}

// JudgedNothing reports whether packages were typed and none of them compiles, so
// that finding nothing says nothing.
func (c *Checked) JudgedNothing() bool {
	pkgs := c.Found.Prog.Packages
	return len(c.Problems) > 0 && !slices.ContainsFunc(pkgs, func(p *program.Package) bool { return !p.Broken() })
}

// isWhole reports whether nothing can have been overlooked: what could not be
// judged may ask for any flag.
func (f *Found) isWhole() bool { return len(f.Problems) == 0 }

func folderOf(file string) string {
	dir := filepath.ToSlash(filepath.Dir(filepath.FromSlash(file)))
	if dir == "." {
		return ""
	}
	return dir
}

// Find reads the repository and looks for all Sites in it.
func (d *Driver) Find(ctx context.Context, patterns []string, progress func(string)) (*Found, *program.Repository, map[*program.Dir]bool, error) {
	if progress == nil {
		progress = func(string) {}
	}
	progress("reading the repository")
	repo, err := program.Scan(d.Root, d.Base)
	if err != nil {
		return nil, nil, nil, err
	}
	asked, err := repo.Match(d.Dir, patterns)
	if err != nil {
		return nil, nil, nil, err
	}
	oracle := NewOracle(d.providers)
	homes, err := oracle.addSymbols(repo, d.symbols)
	if err != nil {
		return nil, nil, nil, err
	}
	found, err := d.findRounds(ctx, repo, oracle, progress, homes...)
	return found, repo, asked, err
}

// findRounds types what may ask for a flag and looks for Sites, until no wrapper
// is found that more packages may reach: through an interface of their own they
// need not import it. The folders extra are typed whether they may ask or not.
func (d *Driver) findRounds(ctx context.Context, repo *program.Repository, oracle *Oracle, progress func(string), extra ...*program.Dir) (*Found, error) {
	out, err := d.lookOutside(ctx, repo, oracle)
	if err != nil {
		return nil, err
	}
	extra = append(extra, out.callers(repo)...)
	names := map[string]bool{}
	pick := func(names map[string]bool) []*program.Dir {
		return repo.Importers(append(oracle.Select(repo, names), extra...))
	}
	for {
		dirs := pick(names)
		progress(fmt.Sprintf("typing %d of %d packages", len(dirs), len(repo.Dirs)))
		prog, err := program.Load(ctx, repo, dirs, d.builds())
		if err != nil {
			return nil, err
		}
		resolved, err := oracle.resolve(prog)
		if err != nil {
			return nil, err
		}
		progress("following the flags")
		found := Find(prog, resolved, out.summaryOf)
		more := maps.Clone(names)
		for _, name := range append(found.wrapperMethods(), found.Engine.Missing()...) {
			more[name] = true
		}
		extra = append(extra, found.handedTo(repo)...)
		extra = append(extra, dirsOf(repo, resolved.filled.homes)...)
		if len(pick(more)) == len(dirs) {
			return found, nil
		}
		names = more
	}
}

// wrapperMethods returns the names of the methods that hand a flag's value on.
func (f *Found) wrapperMethods() []string {
	var out []string
	for _, fn := range f.Engine.Functions() {
		if fn.Obj != nil && !fn.Test && fn.Sig.Recv() != nil && flow.HandsOn(f.Engine.Summary(fn)) {
			out = append(out, fn.Obj.Name())
		}
	}
	return out
}

// builds returns the build configurations: the host's and the user's.
func (d *Driver) builds() []program.Build {
	out := []program.Build{{Tags: d.tags}}
	for _, b := range d.Config.Build {
		cgo := ""
		if b.Cgo != nil {
			cgo = map[bool]string{true: "1", false: "0"}[*b.Cgo]
		}
		out = append(out, program.Build{GOOS: b.GOOS, GOARCH: b.GOARCH, Tags: append(slices.Clone(d.tags), b.Tags...), CGO: cgo})
	}
	return out
}

// providerRule is the rule that Judge knows nothing of: it judges what the user
// says of the code, not the code.
const providerRule = "provider"

// idleRows tells the user's own rows that match nothing.
func (d *Driver) idleRows(found *Found) []Finding {
	var out []Finding
	for _, r := range found.Oracle.all {
		if found.matched[r] || !slices.ContainsFunc(d.Config.Providers, func(p config.Provider) bool { return p.Pos == r.provider.Pos }) {
			continue
		}
		severity := cmp.Or(d.Config.Rule(providerRule, r.pos.File).Severity, SeverityWarning)
		if severity == SeverityOff {
			continue
		}
		out = append(out, Finding{
			Rule: providerRule, Severity: severity, Pos: r.pos, End: r.pos,
			Message: fmt.Sprintf("provider %q: this row matches nothing in the repository", r.provider.ID),
			Next:    "Compare its package, receiver and names with the code; flagdebt explain FILE:LINE says how a line is read.",
		})
	}
	slices.SortFunc(out, func(a, b Finding) int { return comparePos(a.Pos, b.Pos) })
	return out
}
