// Package ldclient is a stub of LaunchDarkly's server SDK.
package ldclient

import (
	gocontext "context"
	"time"

	"github.com/launchdarkly/go-sdk-common/v3/ldcontext"
	"github.com/launchdarkly/go-sdk-common/v3/ldmigration"
	"github.com/launchdarkly/go-sdk-common/v3/ldreason"
	"github.com/launchdarkly/go-sdk-common/v3/ldvalue"
	"github.com/launchdarkly/go-server-sdk/v7/interfaces"
	"github.com/launchdarkly/go-server-sdk/v7/interfaces/flagstate"
)

// Config configures a client.
type Config struct {
	DataSource any
	Offline    bool
}

// LDClient asks for flags.
type LDClient struct{}

// MakeClient returns a client.
func MakeClient(sdkKey string, waitFor time.Duration) (*LDClient, error) {
	return &LDClient{}, nil
}

// MakeCustomClient returns a client with a configuration.
func MakeCustomClient(sdkKey string, config Config, waitFor time.Duration) (*LDClient, error) {
	return &LDClient{}, nil
}

// Initialized reports whether the client knows the flags.
func (client *LDClient) Initialized() bool { return true }

// Close ends the client.
func (client *LDClient) Close() error { return nil }

// AllFlagsState asks for every flag.
func (client *LDClient) AllFlagsState(context ldcontext.Context, options ...flagstate.Option) flagstate.AllFlags {
	return flagstate.AllFlags{}
}

// MigrationVariation asks for a migration's stage.
func (client *LDClient) MigrationVariation(key string, context ldcontext.Context, defaultStage ldmigration.Stage) (ldmigration.Stage, interfaces.LDMigrationOpTracker, error) {
	return defaultStage, nil, nil
}

// MigrationVariationCtx asks for a migration's stage.
func (client *LDClient) MigrationVariationCtx(ctx gocontext.Context, key string, context ldcontext.Context, defaultStage ldmigration.Stage) (ldmigration.Stage, interfaces.LDMigrationOpTracker, error) {
	return defaultStage, nil, nil
}

// BoolVariation asks for a flag.
func (client *LDClient) BoolVariation(key string, context ldcontext.Context, defaultVal bool) (bool, error) {
	return defaultVal, nil
}

// BoolVariationCtx asks for a flag.
func (client *LDClient) BoolVariationCtx(ctx gocontext.Context, key string, context ldcontext.Context, defaultVal bool) (bool, error) {
	return defaultVal, nil
}

// BoolVariationDetail asks for a flag.
func (client *LDClient) BoolVariationDetail(key string, context ldcontext.Context, defaultVal bool) (bool, ldreason.EvaluationDetail, error) {
	return defaultVal, ldreason.EvaluationDetail{}, nil
}

// BoolVariationDetailCtx asks for a flag.
func (client *LDClient) BoolVariationDetailCtx(ctx gocontext.Context, key string, context ldcontext.Context, defaultVal bool) (bool, ldreason.EvaluationDetail, error) {
	return defaultVal, ldreason.EvaluationDetail{}, nil
}

// IntVariation asks for a flag.
func (client *LDClient) IntVariation(key string, context ldcontext.Context, defaultVal int) (int, error) {
	return defaultVal, nil
}

// IntVariationCtx asks for a flag.
func (client *LDClient) IntVariationCtx(ctx gocontext.Context, key string, context ldcontext.Context, defaultVal int) (int, error) {
	return defaultVal, nil
}

// IntVariationDetail asks for a flag.
func (client *LDClient) IntVariationDetail(key string, context ldcontext.Context, defaultVal int) (int, ldreason.EvaluationDetail, error) {
	return defaultVal, ldreason.EvaluationDetail{}, nil
}

// IntVariationDetailCtx asks for a flag.
func (client *LDClient) IntVariationDetailCtx(ctx gocontext.Context, key string, context ldcontext.Context, defaultVal int) (int, ldreason.EvaluationDetail, error) {
	return defaultVal, ldreason.EvaluationDetail{}, nil
}

// Float64Variation asks for a flag.
func (client *LDClient) Float64Variation(key string, context ldcontext.Context, defaultVal float64) (float64, error) {
	return defaultVal, nil
}

// Float64VariationCtx asks for a flag.
func (client *LDClient) Float64VariationCtx(ctx gocontext.Context, key string, context ldcontext.Context, defaultVal float64) (float64, error) {
	return defaultVal, nil
}

// Float64VariationDetail asks for a flag.
func (client *LDClient) Float64VariationDetail(key string, context ldcontext.Context, defaultVal float64) (float64, ldreason.EvaluationDetail, error) {
	return defaultVal, ldreason.EvaluationDetail{}, nil
}

// Float64VariationDetailCtx asks for a flag.
func (client *LDClient) Float64VariationDetailCtx(ctx gocontext.Context, key string, context ldcontext.Context, defaultVal float64) (float64, ldreason.EvaluationDetail, error) {
	return defaultVal, ldreason.EvaluationDetail{}, nil
}

// StringVariation asks for a flag.
func (client *LDClient) StringVariation(key string, context ldcontext.Context, defaultVal string) (string, error) {
	return defaultVal, nil
}

// StringVariationCtx asks for a flag.
func (client *LDClient) StringVariationCtx(ctx gocontext.Context, key string, context ldcontext.Context, defaultVal string) (string, error) {
	return defaultVal, nil
}

// StringVariationDetail asks for a flag.
func (client *LDClient) StringVariationDetail(key string, context ldcontext.Context, defaultVal string) (string, ldreason.EvaluationDetail, error) {
	return defaultVal, ldreason.EvaluationDetail{}, nil
}

// StringVariationDetailCtx asks for a flag.
func (client *LDClient) StringVariationDetailCtx(ctx gocontext.Context, key string, context ldcontext.Context, defaultVal string) (string, ldreason.EvaluationDetail, error) {
	return defaultVal, ldreason.EvaluationDetail{}, nil
}

// JSONVariation asks for a flag.
func (client *LDClient) JSONVariation(key string, context ldcontext.Context, defaultVal ldvalue.Value) (ldvalue.Value, error) {
	return defaultVal, nil
}

// JSONVariationCtx asks for a flag.
func (client *LDClient) JSONVariationCtx(ctx gocontext.Context, key string, context ldcontext.Context, defaultVal ldvalue.Value) (ldvalue.Value, error) {
	return defaultVal, nil
}

// JSONVariationDetail asks for a flag.
func (client *LDClient) JSONVariationDetail(key string, context ldcontext.Context, defaultVal ldvalue.Value) (ldvalue.Value, ldreason.EvaluationDetail, error) {
	return defaultVal, ldreason.EvaluationDetail{}, nil
}

// JSONVariationDetailCtx asks for a flag.
func (client *LDClient) JSONVariationDetailCtx(ctx gocontext.Context, key string, context ldcontext.Context, defaultVal ldvalue.Value) (ldvalue.Value, ldreason.EvaluationDetail, error) {
	return defaultVal, ldreason.EvaluationDetail{}, nil
}
