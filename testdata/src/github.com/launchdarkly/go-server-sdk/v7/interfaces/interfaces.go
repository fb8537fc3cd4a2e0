// Package interfaces is a stub of the interfaces of LaunchDarkly's client.
package interfaces

import (
	"github.com/launchdarkly/go-sdk-common/v3/ldcontext"
	"github.com/launchdarkly/go-sdk-common/v3/ldmigration"
	"github.com/launchdarkly/go-sdk-common/v3/ldreason"
	"github.com/launchdarkly/go-sdk-common/v3/ldvalue"
	"github.com/launchdarkly/go-server-sdk/v7/interfaces/flagstate"
)

// LDMigrationOpTracker follows one step of a migration.
type LDMigrationOpTracker interface {
	TrackConsistency(isConsistent func() bool)
}

// LDClientEvaluations asks for flags.
type LDClientEvaluations interface {
	BoolVariation(key string, context ldcontext.Context, defaultVal bool) (bool, error)
	BoolVariationDetail(key string, context ldcontext.Context, defaultVal bool) (bool, ldreason.EvaluationDetail, error)
	IntVariation(key string, context ldcontext.Context, defaultVal int) (int, error)
	IntVariationDetail(key string, context ldcontext.Context, defaultVal int) (int, ldreason.EvaluationDetail, error)
	Float64Variation(key string, context ldcontext.Context, defaultVal float64) (float64, error)
	Float64VariationDetail(key string, context ldcontext.Context, defaultVal float64) (float64, ldreason.EvaluationDetail, error)
	StringVariation(key string, context ldcontext.Context, defaultVal string) (string, error)
	StringVariationDetail(key string, context ldcontext.Context, defaultVal string) (string, ldreason.EvaluationDetail, error)
	JSONVariation(key string, context ldcontext.Context, defaultVal ldvalue.Value) (ldvalue.Value, error)
	JSONVariationDetail(key string, context ldcontext.Context, defaultVal ldvalue.Value) (ldvalue.Value, ldreason.EvaluationDetail, error)
	MigrationVariation(key string, context ldcontext.Context, defaultStage ldmigration.Stage) (ldmigration.Stage, LDMigrationOpTracker, error)
	AllFlagsState(context ldcontext.Context, options ...flagstate.Option) flagstate.AllFlags
}

// LDClientInterface is all that a client can do.
type LDClientInterface interface {
	LDClientEvaluations
}
