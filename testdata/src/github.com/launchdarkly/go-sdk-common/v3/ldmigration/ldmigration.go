// Package ldmigration is a stub of LaunchDarkly's migration stages.
package ldmigration

// Stage is how far a migration has come.
type Stage string

// The stages, in order.
const (
	Off       Stage = "off"
	DualWrite Stage = "dualwrite"
	Shadow    Stage = "shadow"
	Live      Stage = "live"
	RampDown  Stage = "rampdown"
	Complete  Stage = "complete"
)
