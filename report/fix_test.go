package report_test

import (
	"fmt"
	"io"
	"testing"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/fixer"
	"github.com/flagdebt/flagdebt/registry"
	"github.com/flagdebt/flagdebt/report"
)

// TestFix prints a removal with everything that can be told of one, and one with
// nothing.
func TestFix(t *testing.T) {
	old, fresh := registry.ID{Key: "old"}, registry.ID{Source: "env", Key: "new\x1b[2J"}
	full := report.Fixed{
		Removed: []report.Removed{
			{Flag: registry.Flag{ID: old, Owner: "@web", Settled: "flags.yaml names the winner"}, Value: registry.NewValue("true"), Sites: 2},
			{Flag: registry.Flag{ID: fresh}, Value: registry.NewValue("dark"), Sites: 1},
		},
		Changes: []fixer.Change{
			{File: "app/main.go", Before: []byte("a\nb\nc\n"), After: []byte("a\nd\n")},
			{File: "app/gone.go", Before: []byte("a\n")},
		},
		Skipped:  []fixer.Refusal{{Flag: fresh, Reason: "protected", Pos: registry.Position{File: "flags.yaml", Line: 3, Column: 5}, Message: "it is", Core: true, Next: "Ask."}},
		Mentions: []fixer.Mention{{Flag: old, Pos: registry.Position{File: "docs/a.md", Line: 7, Column: 2}, Text: "the old flag"}, {Flag: fresh, Pos: registry.Position{File: "x.pb.go", Line: 1, Column: 1}, Text: "new", Generated: true}},
		Steps:    []string{"Archive it."},
		Proof:    fixer.Proof{Ran: []string{"go vet, before and after: 2 packages of app"}, Old: []fixer.Failure{{Package: "app", Test: "TestX/y", Text: "no"}, {Package: "app", Text: "a.go: bad"}}},
		Next:     "go test ./...",
	}
	for i := range 25 {
		full.Refusals = append(full.Refusals, fixer.Refusal{
			Flag: old, Reason: fixer.ReasonSideEffect, Pos: registry.Position{File: "app/main.go", Line: i + 1, Column: 2},
			Message: fmt.Sprintf("cannot remove flag %q: %s: it calls f", old.Key, fixer.ReasonSideEffect), Next: "Move it.",
		})
		full.Problems = append(full.Problems, analyzer.Problem{Package: fmt.Sprintf("app/p%d", i/2), Pos: registry.Position{File: fmt.Sprintf("app/p%d/a.go", i/2), Line: i + 1}, Message: "undefined: x"})
	}
	golden(t, "../testdata/report/fix.txt", func(w io.Writer) error { return report.Fix(w, full, report.TextOptions{Base: "app"}) })
	golden(t, "../testdata/report/fix.json", func(w io.Writer) error { return report.FixJSON(w, full) })
	golden(t, "../testdata/report/fix_patch.txt", func(w io.Writer) error { return report.Patch(w, full.Changes, true) })
	full.IsDiff = true
	golden(t, "../testdata/report/fix_color.txt", func(w io.Writer) error { return report.Fix(w, full, report.TextOptions{Color: true}) })
	golden(t, "../testdata/report/fix_none.txt", func(w io.Writer) error { return report.Fix(w, report.Fixed{}, report.TextOptions{}) })
	golden(t, "../testdata/report/fix_none.json", func(w io.Writer) error { return report.FixJSON(w, report.Fixed{}) })
}

// TestPullRequests prints outcomes of every kind.
func TestPullRequests(t *testing.T) {
	swept := report.Swept{Repository: "acme/shop", Base: "main", BaseCommit: "0123456789abcdef"}
	for i, action := range []string{"created", "updated", "unchanged", "closed", "ignored", "deferred", "blocked", "nothing-to-do", "refused", "error"} {
		swept.Outcomes = append(swept.Outcomes, report.Outcome{
			Flag: registry.ID{Key: fmt.Sprintf("flag-%d", i)}, Winner: "true", Action: action, Reason: "because\x1b[2J",
			Number: i % 3, URL: "http://forge/1", Refusals: []string{"because\x1b[2J", "and more"}, Warnings: []string{"no label"},
		})
	}
	golden(t, "../testdata/report/pr.txt", func(w io.Writer) error { return report.PullRequests(w, swept, report.TextOptions{}) })
	golden(t, "../testdata/report/pr.json", func(w io.Writer) error { return report.PullRequestsJSON(w, swept) })
	dry := report.Swept{BaseCommit: "0123456789abcdef", DryRun: true, Named: true, Outcomes: []report.Outcome{
		{Flag: registry.ID{Key: "a"}, Action: "created", Branch: "b", Title: "t", Body: "# x\n\ny\n", Diff: "diff --git a/x b/x\n-a\n+b\n"}, {Flag: registry.ID{Key: "b"}, Action: "nothing-to-do"},
	}}
	golden(t, "../testdata/report/pr_dry.txt", func(w io.Writer) error { return report.PullRequests(w, dry, report.TextOptions{Color: true}) })
	golden(t, "../testdata/report/pr_none.json", func(w io.Writer) error { return report.PullRequestsJSON(w, report.Swept{}) })
	golden(t, "../testdata/report/pr_none.txt", func(w io.Writer) error { return report.PullRequests(w, report.Swept{}, report.TextOptions{}) })
}
