package fixer

import (
	"context"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/program"
)

// PlanCautiously is Plan as it goes on where its first attempt does not compile.
func PlanCautiously(ctx context.Context, found *analyzer.Found, removals []Removal, asked map[*program.Dir]bool, opt config.Fix) (*Result, error) {
	return planUntil(ctx, found, removals, asked, opt, true)
}

// Draft returns what Plan would verify, to look at where that fails.
func Draft(found *analyzer.Found, removals []Removal) ([]Change, []Refusal, error) {
	p := newPlanner(found, removals, nil, config.Default().Fix)
	p.base = p.found.Engine.Again(p.found.Oracle, p.mode())
	p.with = p.found.Engine.Again(p.found.Oracle.At(p.winner), p.mode())
	p.findDefinitions()
	p.decideTests()
	p.decide()
	p.tests.dropSkipped()
	p.decideSymbols()
	p.decideMoves()
	p.dropRows()
	p.dropRegistrations()
	p.tests.collapse()
	p.settle()
	p.refuseLeftovers()
	changes, err := p.emit()
	return changes, p.refusals, err
}

// Next returns what a person should do about a refusal.
func Next(r Reason) string { return nexts[r] }
