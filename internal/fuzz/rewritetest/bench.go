package rewritetest

import (
	"context"
	_ "embed"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/fixer"
	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/program"
)

//go:embed prelude.txtar
var prelude []byte

//go:embed providers.yaml
var providers []byte

// Bench holds cases in a folder: their programs as they are loaded (load/), and
// as they are run before and after (before/, after/).
type Bench struct {
	Dir     string
	Builds  []program.Build // beside the host's
	Planner Planner

	cases  []*Case
	known  []config.Provider
	oracle *analyzer.Oracle
	repo   *program.Repository
	prog   *program.Program
}

// Planner plans as fixer.Plan does.
type Planner func(context.Context, *analyzer.Found, []fixer.Removal, map[*program.Dir]bool, config.Fix) (*fixer.Result, error)

// NewBench makes a bench in an empty folder.
func NewBench(dir string) (*Bench, error) {
	rows, err := config.ParseProviders(providers, "providers.yaml")
	if err != nil {
		return nil, err
	}
	known, err := analyzer.Catalogue()
	if err != nil {
		return nil, err
	}
	b := &Bench{Dir: dir, Planner: fixer.Plan, known: append(known, rows...)}
	for _, f := range txtar.Parse(prelude).Files {
		if err := write(filepath.Join(dir, "flag", f.Name), f.Data); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func write(file string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o666)
}

const goMod = `module example.com/m

go 1.26

require example.com/flag v0.0.0

replace example.com/flag => ../flag
`

// writeModule writes the module file of a tree, save where the case brings its own.
func (b *Bench) writeModule(tree string) error {
	if len(b.cases) == 1 && b.cases[0].isOwnModule() {
		return nil
	}
	return write(filepath.Join(b.Dir, tree, "go.mod"), []byte(goMod))
}

// writeTree writes files below a folder of the bench.
func (b *Bench) writeTree(tree string, c *Case, files map[string]string) error {
	for name, text := range files {
		if err := write(filepath.Join(b.Dir, tree, c.folder(), filepath.FromSlash(name)), []byte(text)); err != nil {
			return err
		}
	}
	return nil
}

// folder is where the case's root lies in a tree of the bench.
func (c *Case) folder() string {
	if c.isOwnModule() {
		return ""
	}
	return c.Name
}

// Load types the cases. A case that is a module of its own must be alone.
func (b *Bench) Load(ctx context.Context, cases []*Case) error {
	b.cases = cases
	for _, c := range cases {
		if c.Providers == "" {
			continue
		}
		rows, err := config.ParseProviders([]byte(c.Providers), "providers.yaml")
		if err != nil {
			return err
		}
		b.known = append(b.known, rows...)
	}
	b.oracle = analyzer.NewOracle(b.known)
	if err := b.writeModule("load"); err != nil {
		return err
	}
	for _, c := range cases {
		files := map[string]string{}
		for name, text := range c.Files {
			files[name] = text
			if !c.isOwnModule() {
				files[name] = c.inBench(text)
			}
		}
		if err := b.writeTree("load", c, files); err != nil {
			return err
		}
	}
	var err error
	root := filepath.Join(b.Dir, "load")
	if b.repo, err = program.Scan(root, root); err != nil {
		return err
	}
	b.prog, err = program.Load(ctx, b.repo, b.repo.Dirs, append([]program.Build{{}}, b.Builds...))
	return err
}

// Find returns what the code of a case says about flags.
func (b *Bench) Find(c *Case) *analyzer.Found { return analyzer.Find(b.part(c), b.oracle, nil) }

// Outcome is what became of a case.
type Outcome struct {
	Refusals []fixer.Refusal
	After    map[string]string // all files of the case, as they are now
	Changed  map[string]bool   // by file; true for those that are there no more, too
	Sites    int
}

// part returns the program that the case is.
func (b *Bench) part(c *Case) *program.Program {
	dirs := map[*program.Dir]bool{}
	root := filepath.Join(b.Dir, "load", c.folder())
	for _, d := range b.repo.Dirs {
		if d.Path == root || strings.HasPrefix(d.Path, root+string(filepath.Separator)) {
			dirs[d] = true
		}
	}
	return b.prog.Part(dirs)
}

// asked returns the folders in which text may change; nil is all.
func (b *Bench) asked(c *Case) map[*program.Dir]bool {
	if c.Asked == nil {
		return nil
	}
	out := map[*program.Dir]bool{}
	for _, dir := range c.Asked {
		out[b.repo.Dir(filepath.Join(b.Dir, "load", c.folder(), filepath.FromSlash(dir)))] = true
	}
	return out
}

func (c *Case) fix() config.Fix {
	fix := config.Default().Fix
	if c.Exported != "" {
		fix.Exported = c.Exported
	}
	return fix
}

// Plan removes the flags of a case. A panic of the planner is an error.
func (b *Bench) Plan(ctx context.Context, c *Case) (out *Outcome, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the planner panics: %v\n%s", p, debug.Stack())
		}
	}()
	prog := b.part(c)
	if len(prog.Problems) > 0 && !c.Broken {
		p := prog.Problems[0]
		return nil, fmt.Errorf("the program does not compile: %s: %s", p.Pos, p.Message)
	}
	found := analyzer.Find(prog, b.oracle, nil)
	res, err := b.Planner(ctx, found, c.Removals(), b.asked(c), c.fix())
	if err != nil {
		return nil, err
	}
	out = &Outcome{Refusals: res.Refusals, After: maps.Clone(c.Files), Changed: map[string]bool{}, Sites: res.Sites}
	texts := map[string][]byte{}
	for _, ch := range res.Changes {
		texts[ch.Path] = ch.After
		name := strings.TrimPrefix(ch.File, c.folder()+"/")
		out.Changed[name] = true
		if ch.After == nil {
			delete(out.After, name)
			continue
		}
		out.After[name] = c.fromBench(string(ch.After))
	}
	if len(texts) > 0 {
		return out, b.fixedPoint(ctx, c, prog, texts)
	}
	return out, nil
}

// fixedPoint makes sure that the result compiles and vets, and that planning
// again finds nothing to do.
func (b *Bench) fixedPoint(ctx context.Context, c *Case, prog *program.Program, texts map[string][]byte) error {
	next, err := prog.Recheck(ctx, texts)
	if err != nil {
		return err
	}
	if len(next.Problems) > 0 && !c.Broken {
		return fmt.Errorf("the result does not compile: %s: %s", next.Problems[0].Pos, next.Problems[0].Message)
	}
	again, err := b.Planner(ctx, analyzer.Find(next, b.oracle, nil), c.Removals(), b.asked(c), c.fix())
	if err != nil {
		return err
	}
	for _, ch := range again.Changes {
		return fmt.Errorf("no fixed point: planning again changes %s:\n%s", ch.File, ch.After)
	}
	return vetted(prog, next)
}
