package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/fixer"
	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/registry"
)

// This file completes the removal of flags from code: the registry's entries,
// go.mod, the proof, and what is left for people. It is the same for fix and pr.

// whole is a removal with all that goes with it.
type whole struct {
	changes  []fixer.Change // by file
	entries  []string       // registry files out of which entries are taken
	refusals []fixer.Refusal
	mentions []fixer.Mention
	steps    []string
	proof    fixer.Proof
}

// complete completes a plan.
func (c *command) complete(ctx context.Context, d *analyzer.Driver, checked *analyzer.Checked, result *fixer.Result, entries bool) (*whole, error) {
	w := &whole{changes: slices.Clone(result.Changes)}
	if len(result.Removed) == 0 {
		return w, nil
	}
	env := withoutSecrets(c.environ)
	files, steps := fixer.Tidy(ctx, checked.Found, result.Changes, env)
	w.changes = append(w.changes, files...)
	if entries {
		var gone []registry.ID
		for _, r := range result.Removed {
			gone = append(gone, r.Flag)
		}
		changes, refusals := takeOut(d, gone)
		for _, c := range changes {
			w.entries = append(w.entries, c.File)
		}
		w.changes, w.refusals = append(w.changes, changes...), refusals
		w.takeOutOfFiles(d, result)
	}
	slices.SortFunc(w.changes, func(a, b fixer.Change) int { return strings.Compare(a.File, b.File) })
	say, done := c.progress()
	proof, err := fixer.Prove(ctx, checked.Found, w.changes, fixer.Proving{Verify: d.Config.Fix.Verify, Env: env, Tags: c.tags, Say: say})
	done()
	if err != nil {
		return nil, err
	}
	w.proof = proof
	if w.mentions, err = fixer.Mentions(ctx, checked.Found, result.Removed, w.changes); err != nil {
		return nil, err
	}
	w.steps = slices.Concat(steps, result.Steps, fixer.Steps(checked.Found, result.Removed))
	return w, nil
}

// unproven refuses the flags, since their removal breaks what has worked.
func (w *whole) unproven(removed []fixer.Removal) []fixer.Refusal {
	next := "Make that independent of the flag, then try again."
	if len(removed) > 1 {
		next = "Remove the flags one by one, to see which of them it is; then make that independent of it."
	}
	var out []fixer.Refusal
	for _, r := range removed {
		for _, f := range w.proof.New {
			out = append(out, fixer.Refusal{
				Flag: r.Flag, Reason: fixer.ReasonProof, Core: true, Next: next,
				Message: fmt.Sprintf("cannot remove flag %q: %s: %s", r.Flag.Key, fixer.ReasonProof, f),
			})
		}
	}
	return out
}

// verified says what a proof of a kind has checked, and what it has not.
func verified(how config.Verify) (checked, unchecked []string) {
	checked = []string{"types: every changed package compiles, and every one that imports it, tests included"}
	switch how {
	case config.VerifyTest:
		return checked, nil
	case config.VerifyVet:
		return checked, []string{"go test ./..."}
	default:
		return checked, []string{"go vet ./...", "go test ./..."}
	}
}
