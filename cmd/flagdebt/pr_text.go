package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/flagdebt/flagdebt/internal/sweep"
)

// This file tells people what pr has done.

// showSwept prints the outcomes. Flags that were not named and need nothing are
// left out.
func (c *command) showSwept(r sweep.Result, named bool) error {
	if c.format == "json" {
		return writeJSON(c.stdout, r)
	}
	p := &prose{color: c.color()}
	width := 0
	for _, o := range r.Outcomes {
		width = max(width, utf8.RuneCountInString(harmless(o.Flag.String())))
	}
	for _, o := range r.Outcomes {
		if o.Action != sweep.NothingToDo || named {
			p.outcome(o, width, r.DryRun)
		}
	}
	p.line("", sweptSummary(r))
	_, err := fmt.Fprint(c.stdout, p.String())
	return err
}

// outcome tells what became of one flag.
func (p *prose) outcome(o sweep.Outcome, width int, dryRun bool) {
	key := harmless(o.Flag.String())
	gap := strings.Repeat(" ", width-utf8.RuneCountInString(key)+2)
	what := []string{actionWord(o.Action, dryRun)}
	if o.Number != 0 {
		what = append(what, fmt.Sprintf("#%d", o.Number), harmless(o.URL))
	}
	p.line("", p.style(bold, key)+gap+strings.Join(what, " "))
	reasons := o.Refusals
	if !slices.Contains(reasons, o.Reason) && o.Reason != "" {
		reasons = append([]string{o.Reason}, reasons...)
	}
	for _, text := range append(slices.Clone(reasons), o.Warnings...) {
		p.line("  ", harmless(text))
	}
	if dryRun && o.Diff != "" {
		p.preview(o)
	}
}

// preview shows a pull request that there would be.
func (p *prose) preview(o sweep.Outcome) {
	p.line("", "")
	p.line("", p.style(dim, "Branch  ")+harmless(o.Branch))
	p.line("", p.style(dim, "Title   ")+harmless(o.Title))
	p.line("", "")
	for line := range strings.Lines(o.Body) {
		p.line("", harmless(strings.TrimRight(line, "\r\n")))
	}
	p.line("", "")
	_, _ = p.Write(paint([]byte(o.Diff), p.color)) // it never fails
	p.line("", "")
}

// actionWord words an action.
func actionWord(a sweep.Action, dryRun bool) string {
	words := map[sweep.Action][2]string{ // as it is, and as it would be
		sweep.Created: {"opened", "would be opened"}, sweep.Updated: {"updated", "would be updated"},
		sweep.Unchanged: {"unchanged", "unchanged"}, sweep.Closed: {"closed", "would be closed"},
		sweep.Ignored: {"left closed", "left closed"}, sweep.Deferred: {"put off", "put off"},
		sweep.Blocked: {"left alone", "left alone"}, sweep.NothingToDo: {"nothing to do", "nothing to do"},
		sweep.Refused: {"refused", "refused"}, sweep.Failed: {"went wrong", "went wrong"},
	}
	i := 0
	if dryRun {
		i = 1
	}
	if w := words[a][i]; w != "" {
		return w
	}
	return string(a)
}

// sweptSummary tells in a line what was done.
func sweptSummary(r sweep.Result) string {
	counts := map[sweep.Action]int{}
	for _, o := range r.Outcomes {
		counts[o.Action]++
	}
	var parts []string
	for _, a := range []sweep.Action{
		sweep.Created, sweep.Updated, sweep.Unchanged, sweep.Closed, sweep.Ignored, sweep.Deferred, sweep.Blocked,
		sweep.NothingToDo, sweep.Refused, sweep.Failed,
	} {
		if n := counts[a]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, actionWord(a, r.DryRun)))
		}
	}
	text := "No stale flag has a settled winner"
	if len(parts) > 0 {
		text = count(len(r.Outcomes), "flag") + ": " + strings.Join(parts, ", ")
	}
	where := cmp.Or(r.Repository, "this repository") + " at " + r.BaseCommit[:min(12, len(r.BaseCommit))]
	if r.Base != "" {
		where = cmp.Or(r.Repository, "this repository") + ", branch " + r.Base
	}
	text += ". (" + harmless(where) + ")"
	if r.DryRun {
		text += " Nothing was changed: this is a dry run."
	}
	return text
}

// sweptError returns the error that a run with these outcomes ends with.
func sweptError(outcomes []sweep.Outcome) error {
	failed, isLeft := 0, false
	for _, o := range outcomes {
		switch o.Action {
		case sweep.Failed:
			failed++
		case sweep.Refused, sweep.Blocked, sweep.Deferred:
			isLeft = true
		default:
		}
	}
	switch {
	case failed > 0:
		return fmt.Errorf("opening pull requests: %s went wrong, as told above; the next run tries again", count(failed, "flag"))
	case isLeft:
		return errFound
	}
	return nil
}
