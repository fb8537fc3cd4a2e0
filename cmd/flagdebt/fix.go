package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/fixer"
	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/program"
	"github.com/flagdebt/flagdebt/registry"
	"github.com/flagdebt/flagdebt/report"
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

The result is type-checked. With fix: {verify: vet} in the configuration go vet runs
before and after the change, with {verify: test} the tests, too: of the changed
packages and of those that import them, in a copy, without tokens in the
environment. What the change breaks keeps the flag; what failed before is told.
go.mod and go.sum follow where that can be told without the network. Places that
still name a flag, in documents, configurations or build files, are listed.

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
	d, checked, err := c.check(cmd, args, analyzer.Settings{Symbols: symbolsOf(wishes)})
	if err != nil {
		return err
	}
	chosen, err := o.choose(d, checked, wishes)
	if err != nil {
		return err
	}
	done, err := c.plan(cmd.Context(), d, checked, chosen, !o.inlineOnly)
	if err != nil {
		return err
	}
	done.IsDiff = o.diff
	if len(done.Removed) > 0 {
		done.Next = c.nextAfterFix(o, args)
	}
	if !o.diff {
		if err := fixer.Write(cmd.Context(), d.Base, done.Changes); err != nil {
			return err
		}
		move(done)
	}
	if err := c.showFixed(d, done); err != nil {
		return err
	}
	if len(done.Refusals) > 0 {
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

// showFixed prints what was done, or would be: a patch goes to the standard
// output alone, and what there is to say about it beside it.
func (c *command) showFixed(d *analyzer.Driver, f *report.Fixed) error {
	if c.format == "json" {
		return report.FixJSON(c.stdout, *f)
	}
	opt := c.textOptions(d)
	if !f.IsDiff {
		return report.Fix(c.stdout, *f, opt)
	}
	if err := report.Patch(c.stdout, f.Changes, opt.Color); err != nil {
		return err
	}
	if opt.Color = c.errTerminal && opt.Color; len(f.Changes) > 0 && c.terminal && c.errTerminal {
		fmt.Fprintln(c.stderr)
	}
	return report.Fix(c.stderr, *f, opt)
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
		fmt.Fprintf(c.stderr, "flagdebt: an earlier run was killed while it wrote; these files are put back as they were: %s\n", report.Safe(strings.Join(healed.Back, ", ")))
	}
	for _, name := range healed.Left {
		fmt.Fprintf(c.stderr, "flagdebt: an earlier run was killed while it wrote, and this file was changed since, so it stays: %s\n", report.Safe(name))
	}
	return nil
}

// plan works out the removal of the chosen flags.
func (c *command) plan(ctx context.Context, d *analyzer.Driver, checked *analyzer.Checked, chosen *choice, entries bool) (*report.Fixed, error) {
	done := &report.Fixed{Refusals: chosen.refusals, Skipped: chosen.skipped, Problems: checked.Problems}
	if len(chosen.removals) == 0 {
		return done, nil
	}
	result, err := planWhole(ctx, d, checked, chosen.removals, checked.Asked)
	if err != nil {
		return nil, err
	}
	done.Refusals = append(done.Refusals, result.Refusals...)
	whole, err := c.complete(ctx, d, checked, result, entries)
	if err != nil {
		return nil, err
	}
	if done.Proof = whole.proof; len(whole.proof.New) > 0 {
		done.Refusals = append(done.Refusals, whole.unproven(result.Removed)...)
		return done, nil
	}
	for _, r := range result.Removed {
		flag, ok := checked.Registry.Lookup(r.Flag)
		if !ok {
			flag = registry.Flag{ID: r.Flag}
		}
		done.Removed = append(done.Removed, report.Removed{Flag: flag, Value: r.Winner, Sites: countSites(checked.Found, r.Flag)})
	}
	done.Refusals = append(done.Refusals, whole.refusals...)
	done.Changes, done.Mentions, done.Steps = whole.changes, whole.mentions, whole.steps
	return done, nil
}

// planWhole plans a removal. Where code goes that refers to packages which were
// not looked at, they are, and it is planned anew.
func planWhole(ctx context.Context, d *analyzer.Driver, checked *analyzer.Checked, removals []fixer.Removal, asked map[*program.Dir]bool) (*fixer.Result, error) {
	for {
		result, err := fixer.Plan(ctx, checked.Found, removals, asked, d.Config.Fix)
		if err != nil {
			return nil, err
		}
		found, err := d.Widen(ctx, checked, result.Beyond)
		if err != nil {
			return nil, err
		}
		if found == nil {
			return result, nil
		}
		checked.Found = found
	}
}

// move takes the places that are told to where they stand after the change.
func move(f *report.Fixed) {
	for _, list := range [][]fixer.Refusal{f.Refusals, f.Skipped} {
		for i := range list {
			r := &list[i]
			for _, c := range f.Changes {
				if c.File == r.Pos.File && c.After != nil && r.Pos.Line > 0 {
					r.Pos.Line = c.Line(r.Pos.Line)
				}
				r.Message = moveIn(r.Message, c)
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
