package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/fixer"
	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/registry"
)

// fixOptions are the options of fix.
type fixOptions struct {
	named      []string // KEY=VALUE
	symbols    []string // a Go object instead
	diff       bool
	force      bool
	inlineOnly bool
	drop       []string
}

func newFix(c *command) *cobra.Command {
	var o fixOptions
	cmd := &cobra.Command{
		Use:   "fix [packages]",
		Short: "Remove flags from the code, with all that was there for them alone",
		Long: `Fix removes flags from the code: the flags that are named, or all stale flags
whose winner is settled. What a flag will be for ever is put in its place; branches
that are never taken go, and with them whatever nobody needs any more: variables,
functions, imports, files, tests of the losing behaviour, and the flag's entry in
the registry file.

The code of the packages (default ./...) may change; the whole repository is looked
at. A flag that cannot be removed whole is left whole, and fix says where and why.
All files are written, or none: an interrupted run leaves the code as it was.

A flag that is permanent, protected by the configuration, not settled, too early to
remove, or settled at another value is removed only by name and with --force.

Exit 0: all that was asked is gone from the code; 1: something is left, told why;
2: could not judge, nothing was written.`,
		Example: `  flagdebt fix --diff
  flagdebt fix --diff | git apply
  flagdebt fix --flag new-checkout=true
  flagdebt fix --flag theme=dark --flag old-search=false ./...
  flagdebt fix --symbol example.com/app/features.Config.NewUI=true`,
		RunE: func(cmd *cobra.Command, args []string) error { return c.fix(cmd, args, o) },
	}
	f := cmd.Flags()
	f.StringArrayVar(&o.named, "flag", nil, "remove the flag `KEY=VALUE`, which will be VALUE for ever (repeatable; default: all stale flags that are settled)")
	f.StringArrayVar(&o.symbols, "symbol", nil, "remove the Go field, package variable, constant, function or method `OBJECT=VALUE`, as in example.com/app/features.Config.NewUI=true (repeatable)")
	f.BoolVar(&o.diff, "diff", false, "print the change as a patch, and write nothing")
	f.BoolVar(&o.force, "force", false, "remove what is named, whatever registry and configuration say")
	f.BoolVar(&o.inlineOnly, "inline-only", false, "keep the flags' definitions in the code, and their entries in the registry files")
	f.StringArrayVar(&o.drop, "drop", nil, "remove the definition of the flag `KEY`, which no code asks for any more (repeatable)")
	return cmd
}

// fix removes flags.
func (c *command) fix(cmd *cobra.Command, args []string, o fixOptions) error {
	if err := c.checkFormat("text", "json"); err != nil {
		return err
	}
	wishes, err := parseWishes("--flag", o.named, nil)
	if err != nil {
		return err
	}
	if wishes, err = parseWishes("--symbol", o.symbols, wishes); err != nil {
		return err
	}
	if o.force && len(wishes)+len(o.drop) == 0 {
		return errors.New("--force goes with a name, as in --force --flag new-checkout=true: what is not settled has no winner otherwise")
	}
	if err := c.heal(cmd.Context()); err != nil {
		return err
	}
	d, checked, err := c.check(cmd, args, symbolsOf(wishes)...)
	if err != nil {
		return err
	}
	chosen, err := o.choose(d, checked, wishes)
	if err != nil {
		return err
	}
	done, err := plan(cmd.Context(), d, checked, chosen, !o.inlineOnly)
	if err != nil {
		return err
	}
	done.isDiff = o.diff
	if len(done.removed) > 0 {
		done.next = c.nextAfterFix(o, args)
	}
	if !o.diff {
		if err := fixer.Write(cmd.Context(), d.Base, done.changes); err != nil {
			return err
		}
		done.move()
	}
	if err := c.showFixed(d, done); err != nil {
		return err
	}
	if len(done.refusals) > 0 {
		return errFound
	}
	return nil
}

// choose decides about what is asked for.
func (o fixOptions) choose(d *analyzer.Driver, checked *analyzer.Checked, wishes []wish) (*choice, error) {
	chosen := &choice{}
	if len(wishes) > 0 || len(o.drop) == 0 {
		var err error
		if chosen, err = choose(d, checked, wishes, o.force); err != nil {
			return nil, err
		}
	}
	if o.inlineOnly {
		chosen.keepDefinitions()
	}
	return chosen, chosen.chooseDrops(d, checked, o.drop, o.force)
}

// nextAfterFix returns the command to type next: the same that writes, or the
// tests.
func (c *command) nextAfterFix(o fixOptions, args []string) string {
	if !o.diff {
		if c.dir != "." {
			return "go -C " + quoteArg(c.dir) + " test ./..."
		}
		return "go test ./..."
	}
	words := []string{c.again(), "fix"}
	for _, name := range o.named {
		words = append(words, "--flag", quoteArg(name))
	}
	for _, name := range o.symbols {
		words = append(words, "--symbol", quoteArg(name))
	}
	for _, name := range o.drop {
		words = append(words, "--drop", quoteArg(name))
	}
	if o.force {
		words = append(words, "--force")
	}
	if o.inlineOnly {
		words = append(words, "--inline-only")
	}
	for _, arg := range args {
		words = append(words, quoteArg(arg))
	}
	return strings.Join(words, " ")
}

// heal puts back what a run that was killed has left half done.
func (c *command) heal(ctx context.Context) error {
	if err := c.checkDir(); err != nil {
		return err
	}
	_, base, err := config.Find(c.dir)
	if err != nil {
		return err
	}
	healed, err := fixer.Heal(ctx, base)
	if err != nil || healed == nil {
		return err
	}
	if len(healed.Back) > 0 {
		fmt.Fprintf(c.stderr, "flagdebt: an earlier run was killed while it wrote; these files are put back as they were: %s\n", harmless(strings.Join(healed.Back, ", ")))
	}
	for _, name := range healed.Left {
		fmt.Fprintf(c.stderr, "flagdebt: an earlier run was killed while it wrote, and this file was changed since, so it stays: %s\n", harmless(name))
	}
	return nil
}

// fixed is what removing flags comes to.
type fixed struct {
	removed  []removed
	changes  []fixer.Change  // in code and registry files, by file
	refusals []fixer.Refusal // of what was asked
	skipped  []fixer.Refusal // stale flags that nobody asked to remove: not settled, protected
	problems []analyzer.Problem
	isDiff   bool
	next     string // the command to type next
}

// removed is a flag that is gone.
type removed struct {
	flag  registry.Flag // ID alone where the registry has no such flag
	value registry.Value
	sites int
}

// plan works out the removal of the chosen flags.
func plan(ctx context.Context, d *analyzer.Driver, checked *analyzer.Checked, chosen *choice, entries bool) (*fixed, error) {
	done := &fixed{refusals: chosen.refusals, skipped: chosen.skipped, problems: checked.Problems}
	if len(chosen.removals) == 0 {
		return done, nil
	}
	result, err := fixer.Plan(ctx, checked.Found, chosen.removals, checked.Asked, d.Config.Fix)
	if err != nil {
		return nil, err
	}
	done.refusals = append(done.refusals, result.Refusals...)
	done.changes = result.Changes
	var gone []registry.ID
	for _, r := range result.Removed {
		flag, ok := checked.Registry.Lookup(r.Flag)
		if !ok {
			flag = registry.Flag{ID: r.Flag}
		}
		done.removed = append(done.removed, removed{flag, r.Winner, countSites(checked.Found, r.Flag)})
		gone = append(gone, r.Flag)
	}
	if entries {
		changes, refusals := takeOut(d, gone)
		done.changes = append(done.changes, changes...)
		done.refusals = append(done.refusals, refusals...)
		slices.SortFunc(done.changes, func(a, b fixer.Change) int { return strings.Compare(a.File, b.File) })
	}
	return done, nil
}

// move takes the places that are told to where they stand after the change.
func (f *fixed) move() {
	move := func(pos *registry.Position) {
		for _, c := range f.changes {
			if c.File == pos.File && c.After != nil && pos.Line > 0 {
				pos.Line = c.Line(pos.Line)
			}
		}
	}
	for _, list := range [][]fixer.Refusal{f.refusals, f.skipped} {
		for i := range list {
			move(&list[i].Pos)
			for _, c := range f.changes {
				list[i].Message = moveIn(list[i].Message, c)
			}
		}
	}
}

// moveIn takes the places of a changed file that a message names to where they
// stand after the change.
func moveIn(message string, c fixer.Change) string {
	if c.After == nil || !strings.Contains(message, c.File+":") {
		return message
	}
	place := regexp.MustCompile(`(^|[ "(])(` + regexp.QuoteMeta(c.File) + `:)(\d+)`)
	return place.ReplaceAllStringFunc(message, func(m string) string {
		part := place.FindStringSubmatch(m)
		line, err := strconv.Atoi(part[3])
		if err != nil {
			return m
		}
		return part[1] + part[2] + strconv.Itoa(c.Line(line))
	})
}

// countSites returns how many Sites a flag has.
func countSites(found *analyzer.Found, id registry.ID) int {
	n := 0
	for i := range found.Sites {
		if isOf(&found.Sites[i], id) {
			n++
		}
	}
	return n
}

// isOf reports whether a Site is one of the flag.
func isOf(s *analyzer.Site, id registry.ID) bool {
	return s.KeyKind == analyzer.KeyConstant && s.Flag.Key == id.Key && (id.Source == "" || id.Source == s.Provider)
}
