package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/flagdebt/flagdebt/registry"
)

// This file tells people, and programs, what became of pull requests.

// Swept is what became of the flags for which pull requests were to be opened.
type Swept struct {
	Repository string // owner/name; "" where no forge was asked
	Base       string // the branch
	BaseCommit string
	DryRun     bool
	Named      bool // somebody named the flags: those that need nothing are told too
	Outcomes   []Outcome
}

// Outcome is what became of one flag.
type Outcome struct {
	Flag     registry.ID
	Winner   string
	Action   string // a key of actions
	Reason   string
	Branch   string
	Title    string
	Commit   string
	Number   int // of the pull request; 0 is none
	URL      string
	Refusals []string
	Warnings []string
	Body     string // in a dry run
	Diff     string // in a dry run
}

// actions words what is done for a flag: as it is, and as it would be. They stand
// in the order of the totals.
var actions = []struct{ action, is, would string }{
	{"created", "opened", "would be opened"},
	{"updated", "updated", "would be updated"},
	{"unchanged", "unchanged", "unchanged"},
	{"closed", "closed", "would be closed"},
	{"ignored", "left closed", "left closed"},
	{"deferred", "put off", "put off"},
	{"blocked", "left alone", "left alone"},
	{idle, "nothing to do", "nothing to do"},
	{"refused", "refused", "refused"},
	{"error", "went wrong", "went wrong"},
}

// idle is the action of a flag that needs nothing.
const idle = "nothing-to-do"

// PullRequests writes the outcomes for people.
func PullRequests(w io.Writer, s Swept, opt TextOptions) error {
	p := page{opt: opt}
	width := 0
	for _, o := range s.Outcomes {
		width = max(width, utf8.RuneCountInString(safe(o.Flag.String())))
	}
	for _, o := range s.Outcomes {
		if o.Action != idle || s.Named {
			p.outcome(o, width, s.DryRun)
		}
	}
	p.sentence(s.summary())
	return p.flush(w)
}

// outcome tells what became of one flag.
func (p *page) outcome(o Outcome, width int, dryRun bool) {
	key := safe(o.Flag.String())
	p.write(key, bold)
	p.blanks = width - utf8.RuneCountInString(key) + gap
	what := actionWord(o.Action, dryRun)
	if o.Number != 0 {
		what += fmt.Sprintf(" #%d %s", o.Number, o.URL)
	}
	p.write(safe(what), plain)
	p.line()
	reasons := o.Refusals
	if !slices.Contains(reasons, o.Reason) && o.Reason != "" {
		reasons = append([]string{o.Reason}, reasons...)
	}
	for _, text := range append(slices.Clone(reasons), o.Warnings...) {
		p.put(indent, text, plain)
	}
	if dryRun && o.Diff != "" {
		p.preview(o)
	}
}

// preview shows a pull request that there would be.
func (p *page) preview(o Outcome) {
	p.line()
	for _, row := range [][2]string{{"Branch  ", o.Branch}, {"Title   ", o.Title}} {
		p.write(row[0], dim)
		p.write(safe(row[1]), plain)
		p.line()
	}
	p.line()
	for line := range strings.Lines(o.Body) {
		p.put(0, strings.TrimRight(line, "\r\n"), plain)
	}
	p.line()
	p.out.Write(paint([]byte(o.Diff), p.opt.Color))
	p.line()
}

// actionWord words an action.
func actionWord(action string, dryRun bool) string {
	for _, a := range actions {
		switch {
		case a.action != action:
		case dryRun:
			return a.would
		default:
			return a.is
		}
	}
	return action
}

// summary tells in a line what was done.
func (s Swept) summary() string {
	counts := map[string]int{}
	for _, o := range s.Outcomes {
		counts[o.Action]++
	}
	var parts []string
	for _, a := range actions {
		if n := counts[a.action]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, actionWord(a.action, s.DryRun)))
		}
	}
	text := "No stale flag has a settled winner"
	if len(parts) > 0 {
		text = count(len(s.Outcomes), "flag") + ": " + strings.Join(parts, ", ")
	}
	where := cmp.Or(s.Repository, "this repository") + " at " + s.BaseCommit[:min(12, len(s.BaseCommit))]
	if s.Base != "" {
		where = cmp.Or(s.Repository, "this repository") + ", branch " + s.Base
	}
	text += ". (" + where + ")"
	if s.DryRun {
		text += " Nothing was changed: this is a dry run."
	}
	return text
}

// wireSwept is what PullRequestsJSON writes.
type wireSwept struct {
	Version    int           `json:"version"`
	Repository string        `json:"repository,omitempty"`
	Base       string        `json:"base,omitempty"`
	BaseCommit string        `json:"base_commit"`
	DryRun     bool          `json:"dry_run"`
	Outcomes   []wireOutcome `json:"outcomes"`
}

// wireOutcome is what became of one flag.
type wireOutcome struct {
	Flag        wireFlag  `json:"flag"`
	Winner      string    `json:"winner"`
	Action      string    `json:"action"`
	Reason      string    `json:"reason,omitempty"`
	Branch      string    `json:"branch,omitempty"`
	Title       string    `json:"title,omitempty"`
	Commit      string    `json:"commit,omitempty"`
	PullRequest *wirePull `json:"pull_request,omitempty"`
	Refusals    []string  `json:"refusals,omitempty"`
	Warnings    []string  `json:"warnings,omitempty"`
	Body        string    `json:"body,omitempty"`
	Diff        string    `json:"diff,omitempty"`
}

// wireFlag names a flag.
type wireFlag struct {
	Source    string `json:"source,omitempty"`
	Project   string `json:"project,omitempty"`
	Key       string `json:"key"`
	Parameter string `json:"parameter,omitempty"`
}

// wirePull is a pull request.
type wirePull struct {
	Number int    `json:"number"`
	URL    string `json:"url"`
}

// PullRequestsJSON writes the outcomes for programs.
func PullRequestsJSON(w io.Writer, s Swept) error {
	out := wireSwept{version, s.Repository, s.Base, s.BaseCommit, s.DryRun, []wireOutcome{}}
	for _, o := range s.Outcomes {
		var pull *wirePull
		if o.Number != 0 {
			pull = &wirePull{o.Number, o.URL}
		}
		out.Outcomes = append(out.Outcomes, wireOutcome{
			wireFlag{o.Flag.Source, o.Flag.Project, o.Flag.Key, o.Flag.Param}, o.Winner, o.Action, o.Reason,
			o.Branch, o.Title, o.Commit, pull, o.Refusals, o.Warnings, o.Body, o.Diff,
		})
	}
	return writeJSON(w, out)
}
