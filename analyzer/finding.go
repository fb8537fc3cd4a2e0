package analyzer

import (
	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/registry"
)

// Severity says how bad a Finding is.
type Severity = config.Severity

// The severities, from the worst to none.
const (
	SeverityError   = config.SeverityError
	SeverityWarning = config.SeverityWarning
	SeverityNote    = config.SeverityNote
	SeverityOff     = config.SeverityOff
)

// Finding is a judged Site or Flag, under a rule.
type Finding struct {
	Rule     string // stale, nested, unknown, unused, conflict, ...
	Severity Severity
	Flag     registry.ID
	Pos      registry.Position // in Go or in YAML
	End      registry.Position
	Message  string // states a fact, lower case, no stop
	Next     string // what to do, a sentence; "" where the message says it
	Site     *Site  // nil where the Finding is about the registry
	Scope    Scope  // who can tell it; that of the Site, if not less
	// Fact is what was found, where the rule may find different things: words that
	// stay the same from release to release, unlike Message.
	Fact string
}
