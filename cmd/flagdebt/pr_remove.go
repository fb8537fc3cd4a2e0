package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/fixer"
	"github.com/flagdebt/flagdebt/internal/sweep"
	"github.com/flagdebt/flagdebt/registry"
)

// remover works out removals in the scratch worktree of a sweep, which is judged
// but once.
type remover struct {
	*command
	place placement
	tree  string // the worktree that is judged
	judge judge
}

func newRemover(place placement, c *command) *remover { return &remover{command: c, place: place} }

// remove is a sweep.Remover. It only reads.
func (r *remover) remove(ctx context.Context, dir string, flag registry.Flag) (sweep.Removal, error) {
	if err := r.load(ctx, dir); err != nil {
		return sweep.Removal{}, err
	}
	d, checked := r.judge.d, r.judge.checked
	if !r.judge.isAsked(flag.ID) {
		if len(checked.Problems) > 0 {
			return sweep.Removal{}, fmt.Errorf("looking for flag %q: %s does not compile, so that it is not known whether it asks for it", flag.ID.Key, brokenPackage(checked.Problems))
		}
		return sweep.Removal{}, nil
	}
	value := flag.Winner.Value
	if flag.Winner.CodeDefault {
		var why string
		var at registry.Position
		if value, at, why = r.judge.codeDefault(flag.ID); why != "" {
			return sweep.Removal{Refusals: []string{strings.TrimPrefix(fmt.Sprintf("%s: cannot remove flag %q: %s: %s", at, flag.ID.Key, reasonDefaults, why), ": ")}}, nil
		}
	}
	result, err := planWhole(ctx, d, checked, []fixer.Removal{{Flag: flag.ID, Winner: value, Retire: flag.Retire}}, nil)
	if err != nil {
		return sweep.Removal{}, err
	}
	out := sweep.Removal{Sites: countSites(checked.Found, flag.ID)}
	for _, f := range result.Refusals {
		if f.Core {
			out.Refusals = append(out.Refusals, refusalLine(f))
		} else {
			out.Left = append(out.Left, refusalLine(f))
		}
	}
	if len(out.Refusals) > 0 {
		return out, nil
	}
	whole, err := r.complete(ctx, d, checked, result, true)
	if err != nil {
		return sweep.Removal{}, err
	}
	for _, f := range whole.unproven(result.Removed) {
		out.Refusals = append(out.Refusals, refusalLine(f))
	}
	r.fill(&out, whole)
	return out, nil
}

// fill tells what a removal changes, what was checked, and what it leaves.
func (r *remover) fill(out *sweep.Removal, w *whole) {
	cfg := r.judge.d.Config
	out.Checked, out.NotChecked = verified(cfg.Fix.Verify)
	for _, b := range cfg.Build {
		out.Checked = append(out.Checked, strings.TrimSpace("types for "+strings.Join([]string{b.GOOS, b.GOARCH, strings.Join(b.Tags, ",")}, " ")))
	}
	out.Checked = append(out.Checked, w.proof.Ran...)
	for _, f := range w.proof.Old {
		out.NotChecked = append(out.NotChecked, "it failed before, and still does: "+f.String())
	}
	for _, f := range w.refusals {
		out.Left = append(out.Left, refusalLine(f))
	}
	for _, m := range w.mentions {
		out.Mentions = append(out.Mentions, m.Pos.String())
	}
	out.Entries, out.Steps = w.entries, w.steps
	for _, c := range w.changes {
		out.Changes = append(out.Changes, sweep.Change{Path: c.File, Data: c.After, Deleted: c.After == nil})
	}
}

// load judges the worktree at dir, once.
func (r *remover) load(ctx context.Context, dir string) error {
	if r.tree == dir {
		return nil
	}
	d, err := analyzer.Load(r.place.in(dir))
	if err != nil {
		return fmt.Errorf("judging the base branch: %w", err)
	}
	say, done := r.progress()
	checked, err := d.Check(ctx, []string{"..."}, say)
	done()
	if err != nil {
		return fmt.Errorf("judging the base branch: %w", err)
	}
	r.tree, r.judge = dir, judge{d, checked}
	return nil
}

// refusalLine words a refusal in a line, its place first.
func refusalLine(f fixer.Refusal) string {
	return strings.TrimPrefix(f.Pos.String()+": "+strings.Join(strings.Fields(f.Message), " "), ": ")
}

// brokenPackage returns the first package that does not compile.
func brokenPackage(problems []analyzer.Problem) string {
	for _, p := range problems {
		if p.Package != "" {
			return p.Package
		}
	}
	return problems[0].Pos.String()
}
