package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/git"
	"github.com/flagdebt/flagdebt/registry"
)

func newInit(c *command) *cobra.Command {
	i := initial{command: c, registry: analyzer.DefaultRegistry}
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write a first .flagdebt.yml and flags.yaml",
		Long: `Init looks for flags in the whole repository and writes two files at its root:
.flagdebt.yml, the configuration, and flags.yaml, the registry, in which each flag
stands with the day on which git first saw it and, where CODEOWNERS leaves no
doubt, its owner. What it cannot know is for you to add: until when each flag may
stay, and what it will be after that.

With --provider it writes nothing, but prints the row of .flagdebt.yml by which
calls of a function of your own ask for flags, as far as its signature tells: where
they keep the key, the default and the value. The function may be of the repository
or of what it imports.

A file that exists is never overwritten. Git is not needed; without its history
the days are left out.

Exit 0: both files are written, or the row is printed; 2: at least one file exists,
or they could not be written: then neither is; there is no such function.`,
		Example: `  flagdebt init --dry-run
  flagdebt init
  flagdebt init --registry config/flags.yaml
  flagdebt init --provider 'example.com/app/flags.(*Client).Enabled'`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := c.checkFormat("text"); err != nil {
				return err
			}
			if i.provider != "" {
				return i.derive(cmd.Context())
			}
			return i.run(cmd.Context())
		},
	}
	cmd.Flags().BoolVar(&i.dryRun, "dry-run", false, "print the files and write nothing")
	cmd.Flags().StringVar(&i.registry, "registry", i.registry, "write the flags to this `file`, told from the root of the repository")
	cmd.Flags().StringVar(&i.provider, "provider", "", "print the row for this `function`, as in 'example.com/app/flags.(*Client).Enabled'")
	return cmd
}

// initial makes the first files of a repository.
type initial struct {
	*command
	dryRun   bool
	registry string
	provider string
}

// derive prints the row for a function.
func (i *initial) derive(ctx context.Context) error {
	d, err := i.load(analyzer.Settings{})
	if err != nil {
		return err
	}
	row, err := d.Derive(ctx, i.provider)
	if err != nil {
		return err
	}
	fmt.Fprintf(i.stdout, "%s\nThis says that calls of %s ask for a flag:\n", row.Text, i.provider)
	for _, says := range row.Says {
		fmt.Fprintf(i.stdout, "  - %s\n", says)
	}
	fmt.Fprintf(i.stdout, "Put it into %s, and correct what is not so.\nNext: %s list\n", config.FileName, i.again())
	return nil
}

// run finds the flags and writes the files.
func (i *initial) run(ctx context.Context) error {
	d, err := i.free()
	if err != nil {
		return err
	}
	say, done := i.progress()
	defer done()
	found, repo, _, err := d.Find(ctx, nil, say)
	if err != nil {
		return err
	}
	p := proposal{today: d.Today, registry: filepath.ToSlash(filepath.Clean(i.registry)), packages: len(repo.Dirs), found: found}
	if len(repo.Modules) > 0 {
		p.module = repo.Modules[0].Path
	}
	p.collect()
	p.addOwners(d.Base)
	i.addDays(ctx, d.Base, &p, say)
	done()
	if !i.dryRun {
		if err := p.write(d.Base); err != nil {
			return err
		}
	}
	i.tell(d, &p)
	return nil
}

// free returns a driver without a registry, or an error if a file is in the way.
func (i *initial) free() (*analyzer.Driver, error) {
	if i.config != "" {
		return nil, fmt.Errorf("--config %s: init writes %s at the root of the repository, and reads no other: leave --config out", i.config, config.FileName)
	}
	if !filepath.IsLocal(filepath.FromSlash(i.registry)) {
		return nil, fmt.Errorf("--registry %q: it is a path from the root of the repository, inside of it", i.registry)
	}
	if err := i.checkDir(); err != nil {
		return nil, err
	}
	path, base, err := config.Find(i.dir)
	if err != nil {
		return nil, err
	}
	if path != "" {
		return nil, fmt.Errorf("%s exists already; init overwrites nothing: run \"flagdebt check\", or take the file away first", path)
	}
	file := filepath.Join(base, filepath.FromSlash(i.registry))
	if _, err := os.Lstat(file); err == nil {
		return nil, fmt.Errorf("%s exists already; init overwrites nothing: take the file away, or name another with --registry FILE", file)
	}
	today, err := i.judgedDay()
	if err != nil {
		return nil, err
	}
	return analyzer.Load(analyzer.Settings{Dir: i.dir, Today: today, Tags: i.tags, NoRegistry: true})
}

// proposal is what the files will say.
type proposal struct {
	today    registry.Date
	registry string // the file, from the root, with slashes
	module   string
	packages int
	found    *analyzer.Found
	flags    []*entry // sorted by key
	foreign  int      // keys that YAML cannot hold
	computed int      // places whose key is not constant

	noHistory string // why no flag has a day; "" where some may have
	slow      int    // flags whose day was not looked for, since git took too long
}

// entry is what the registry file will say of one flag.
type entry struct {
	key       string
	created   string
	owner     string
	providers []string
	files     []string // that ask for it, tests aside
	places    int      // likewise
}

// collect groups the Sites by flag.
func (p *proposal) collect() {
	byKey := map[string]*entry{}
	for _, s := range p.found.Sites {
		switch {
		case s.KeyKind == analyzer.KeyDynamic && s.Role != analyzer.RoleBulk:
			p.computed++
			continue
		case s.KeyKind != analyzer.KeyConstant || s.Flag.Key == "":
			continue
		}
		e := byKey[s.Flag.Key]
		if e == nil {
			e = &entry{key: s.Flag.Key}
			byKey[e.key] = e
			if _, ok := yamlKey(e.key); !ok {
				p.foreign++
				continue
			}
			p.flags = append(p.flags, e)
		}
		e.add(s)
	}
	slices.SortFunc(p.flags, func(a, b *entry) int { return cmp.Compare(a.key, b.key) })
}

// add counts a Site.
func (e *entry) add(s analyzer.Site) {
	if !slices.Contains(e.providers, s.Provider) {
		e.providers = append(e.providers, s.Provider)
	}
	if s.Test {
		return
	}
	e.places++
	if !slices.Contains(e.files, s.Pos.File) {
		e.files = append(e.files, s.Pos.File)
	}
}

// historyLimit bounds how long git's history is searched for all flags together.
const historyLimit = time.Minute

// addDays asks git for the day of each flag.
func (i *initial) addDays(ctx context.Context, base string, p *proposal, say func(string)) {
	repo, err := git.Open(ctx, base, i.environ)
	switch {
	case err != nil:
		p.noHistory = "there is no git repository"
		return
	case repo.IsShallow(ctx):
		p.noHistory = "git's history is cut off (a shallow clone)"
		return
	}
	end := time.Now().Add(historyLimit)
	for n, e := range p.flags {
		if time.Now().After(end) || ctx.Err() != nil {
			p.slow = len(p.flags) - n
			return
		}
		say(fmt.Sprintf("looking for flag %d of %d in git's history", n+1, len(p.flags)))
		e.created = firstDay(ctx, repo, e.key)
	}
}

// firstDay returns the day on which a key first stood in a file, "" where that is
// not known. The key in quotes comes first: a bare word is often older than the
// flag of that name.
func firstDay(ctx context.Context, repo *git.Repository, key string) string {
	for _, text := range []string{`"` + key + `"`, key} {
		if day, ok := repo.FirstSeen(ctx, text); ok {
			return day
		}
	}
	return ""
}

// write writes both files, or neither.
func (p *proposal) write(base string) error {
	file := filepath.Join(base, filepath.FromSlash(p.registry))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return fmt.Errorf("writing %s: %w", p.registry, err)
	}
	if err := writeNew(file, p.registryText()); err != nil {
		return err
	}
	if err := writeNew(filepath.Join(base, config.FileName), p.configText()); err != nil {
		return errors.Join(err, os.Remove(file))
	}
	return nil
}

// writeNew writes a file that does not exist yet.
func writeNew(path, text string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s exists already; init overwrites nothing", path)
	}
	if err != nil {
		return fmt.Errorf("writing the first files: %w", err)
	}
	_, err = file.WriteString(text)
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", path, errors.Join(err, os.Remove(path)))
	}
	return nil
}

// tell says what was found and written, and what comes next.
func (i *initial) tell(d *analyzer.Driver, p *proposal) {
	out := i.stdout
	if i.dryRun {
		for _, f := range [][2]string{{config.FileName, p.configText()}, {p.registry, p.registryText()}} {
			fmt.Fprintf(out, "==> %s\n%s\n", i.shown(d, f[0]), f[1])
		}
	}
	if len(p.flags) == 0 {
		i.tellNone(p)
	} else {
		fmt.Fprintf(out, "%s in %s.\n", counted(len(p.flags), "flag"), counted(p.packages, "package"))
	}
	for _, note := range p.notes() {
		fmt.Fprintln(out, note)
	}
	if i.dryRun {
		fmt.Fprintln(out, "Nothing was written.")
		fmt.Fprintf(out, "Next: %s init\n", i.again())
		return
	}
	fmt.Fprintf(out, "Wrote %s and %s.\n", i.shown(d, config.FileName), i.shown(d, p.registry))
	if len(p.flags) > 0 {
		fmt.Fprintf(out, "Give each flag in %s an expiry, or make it permanent; write down the winner where it is known.\n", i.shown(d, p.registry))
	}
	fmt.Fprintf(out, "Next: %s check ./...\n", i.again())
}

// notes words what is not as one would expect it.
func (p *proposal) notes() []string {
	var out []string
	note := func(n int, format string, args ...any) {
		if n > 0 {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	note(len(p.flags)*len(p.noHistory), "The days on which they first appeared are left out: %s.", p.noHistory)
	note(p.slow, "%s without a day: git's history is too long to look for all.", counted(p.slow, "flag"))
	note(p.foreign, "%s left out, since YAML cannot hold the key: \"flagdebt list\" shows them.", counted(p.foreign, "flag"))
	note(p.computed, "%s with a key that the code computes, which could not be listed: \"flagdebt list\" shows them.", counted(p.computed, "place"))
	packages := map[string]bool{}
	for _, problem := range p.found.Problems {
		packages[problem.Package] = true
	}
	note(len(packages), "%s not judged, since it does not compile: \"flagdebt check\" says why.", counted(len(packages), "package"))
	return out
}

// tellNone says what was looked for, and how to look for more.
func (i *initial) tellNone(p *proposal) {
	var systems []string
	catalogue, _ := analyzer.Catalogue() // it was read before
	for _, c := range catalogue {
		if len(c.Sites)+len(c.Declares) > 0 {
			systems = append(systems, c.ID)
		}
	}
	fmt.Fprintf(i.stdout, `No code asks for a flag in %s. These ways of asking are known:
%s
(env: variables whose names begin with FEATURE_, FF_, ENABLE_, DISABLE_ or USE_).

If the code asks in a way of its own, write it into %s:

%s
"flagdebt explain FILE:LINE" says how a line is read.

`, counted(p.packages, "package"), wrapped("  ", systems), config.FileName, indented("  ", p.providerExample()))
}

// shown returns a file of the root as seen from the working directory.
func (i *initial) shown(d *analyzer.Driver, file string) string {
	path := filepath.Join(d.Base, filepath.FromSlash(file))
	if rel, err := filepath.Rel(d.Dir, path); err == nil {
		path = rel
	}
	return filepath.ToSlash(path)
}

// counted words n things.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// wrapped words a list in lines of at most 80 columns.
func wrapped(indent string, words []string) string {
	var b strings.Builder
	column := 0
	for n, w := range words {
		if n < len(words)-1 {
			w += ","
		}
		switch {
		case n == 0 || column+1+len(w) > 80:
			if n > 0 {
				b.WriteString("\n")
			}
			b.WriteString(indent + w)
			column = len(indent) + len(w)
		default:
			b.WriteString(" " + w)
			column += 1 + len(w)
		}
	}
	return b.String()
}

// indented puts indent in front of each line.
func indented(indent, text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(indent + line)
	}
	return b.String()
}
