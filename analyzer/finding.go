package analyzer

import "github.com/flagdebt/flagdebt/registry"

// Severity says how bad a Finding is.
type Severity string

// The severities, from the worst to none.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
	SeverityNote    Severity = "note"
	SeverityOff     Severity = "off"
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
}
