package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/registry"
	"github.com/flagdebt/flagdebt/report"
)

func newExplain(c *command) *cobra.Command {
	return &cobra.Command{
		Use:   "explain RULE|FLAG|FILE:LINE",
		Short: "Say what a rule means, what is known of a flag, how a line is read",
		Long: `Explain says more about one thing:

  RULE       what the rule reports, why that is debt, and what it cannot see
  FLAG       what the registry knows of the flag, every Site, what it is nested with,
             and what is wrong with it
  FILE:LINE  for each expression on the line whether it is a Site: the provider row
             that matches, or the reason why none does

Exit 0: explained; 2: there is no such rule, flag or line, or it could not be read.`,
		Example: `  flagdebt explain stale
  flagdebt explain new-checkout
  flagdebt explain internal/web/web.go:59`,
		Args: oneArgument("a rule, a flag or FILE:LINE"),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return analyzer.Explained(), cobra.ShellCompDirectiveDefault
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := c.checkFormat("text"); err != nil {
				return err
			}
			if text, ok := analyzer.Explain(args[0]); ok {
				return report.Rule(c.stdout, args[0], text, analyzer.DefaultSeverity(args[0]), report.TextOptions{Color: c.color()})
			}
			return c.explain(cmd.Context(), args[0])
		},
	}
}

// explain explains a flag or a line.
func (c *command) explain(ctx context.Context, arg string) error {
	d, err := c.load(analyzer.Settings{})
	if err != nil {
		return err
	}
	path, name, line, isPlace := c.place(d, arg)
	if isPlace && line > 0 {
		return c.explainLine(ctx, d, path, line)
	}
	say, done := c.progress()
	checked, err := d.Check(ctx, nil, say)
	done()
	if err != nil {
		return err
	}
	keys := knownKeys(checked)
	if id, ok := flagNamed(checked, keys, arg); ok {
		return report.Flag(c.stdout, c.flagInput(d, checked, id), id, c.textOptions(d))
	}
	if isPlace {
		return fmt.Errorf("%s is a file: name a line of it, as in %s:1", name, name)
	}
	if m := placeForm.FindStringSubmatch(arg); m != nil && strings.HasSuffix(m[1], ".go") {
		return fmt.Errorf("there is no file %q, neither in %s nor at the root of the repository", m[1], d.Dir)
	}
	return fmt.Errorf("there is no rule and no flag %q, and it is no FILE:LINE%s", arg, suggest(arg, append(analyzer.Explained(), keys...)))
}

// explainLine explains a line.
func (c *command) explainLine(ctx context.Context, d *analyzer.Driver, path string, line int) error {
	say, done := c.progress()
	l, err := d.ExplainLine(ctx, path, line, say)
	done()
	if err != nil {
		return err
	}
	return report.Line(c.stdout, l, c.textOptions(d))
}

// placeForm is the form of FILE:LINE and FILE:LINE:COLUMN.
var placeForm = regexp.MustCompile(`^(.+?):(\d+)(?::\d+)?$`)

// place returns the file that arg names, absolute and as it was written, and its
// line, 0 if there is none. Reports tell places from the working directory or from
// the root.
func (c *command) place(d *analyzer.Driver, arg string) (path, name string, line int, ok bool) {
	name = arg
	if m := placeForm.FindStringSubmatch(arg); m != nil {
		name = m[1]
		line, _ = strconv.Atoi(m[2])
	}
	for _, base := range []string{d.Dir, d.Base} {
		path := filepath.FromSlash(name)
		if !filepath.IsAbs(path) {
			path = filepath.Join(base, path)
		}
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path, name, line, true
		}
	}
	return "", "", 0, false
}

// knownKeys returns the keys of all flags that the registry or the code names,
// sorted.
func knownKeys(checked *analyzer.Checked) []string {
	var keys []string
	for _, f := range checked.Registry.Flags() {
		keys = append(keys, f.ID.Key)
	}
	for _, s := range checked.Found.Sites {
		if s.Flag.Key != "" {
			keys = append(keys, s.Flag.Key)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// flagNamed returns the flag that arg names: by its key, or as reports tell it
// where a key alone is ambiguous.
func flagNamed(checked *analyzer.Checked, keys []string, arg string) (registry.ID, bool) {
	for _, f := range checked.Registry.Flags() {
		if f.ID.String() == arg {
			return f.ID, true
		}
	}
	_, found := slices.BinarySearch(keys, arg)
	return registry.ID{Key: arg}, found
}

// flagInput returns what there is to tell of a flag.
func (c *command) flagInput(d *analyzer.Driver, checked *analyzer.Checked, id registry.ID) report.Input {
	in := report.Input{
		Sites: checked.Found.Sites, Registry: checked.Registry, Today: d.Today,
		Findings: analyzer.Judge(analyzer.Case{
			Sites: checked.Found.Sites, Registry: checked.Registry, Today: d.Today, Version: d.Config.Version, Config: d.Config, Whole: len(checked.Problems) == 0,
		}),
	}
	flag, ok := checked.Registry.Lookup(id)
	asked := slices.ContainsFunc(in.Sites, func(s analyzer.Site) bool { return s.Flag.Key == id.Key })
	if ok && asked && !flag.Winner.IsZero() && !flag.Winner.CodeDefault && flag.TooEarly == "" && !d.Config.IsProtected(id.Key) {
		in.Next = c.again() + " fix --diff --flag " + quoteArg(id.Key+"="+flag.Winner.Value.Text())
	}
	return in
}

// suggest returns the end of a message that names an unknown word: the known word
// that comes nearest, or where to find them all.
func suggest(word string, known []string) string {
	if hint := config.Hint(word, known); strings.HasSuffix(hint, "?") {
		return hint
	}
	return fmt.Sprintf(". The rules are %s; \"flagdebt list\" shows the flags", strings.Join(analyzer.Explained(), ", "))
}
