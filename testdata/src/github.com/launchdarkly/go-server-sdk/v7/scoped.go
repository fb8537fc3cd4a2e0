package ldclient

import (
	gocontext "context"

	"github.com/launchdarkly/go-sdk-common/v3/ldcontext"
	"github.com/launchdarkly/go-sdk-common/v3/ldmigration"
	"github.com/launchdarkly/go-sdk-common/v3/ldreason"
	"github.com/launchdarkly/go-sdk-common/v3/ldvalue"
	"github.com/launchdarkly/go-server-sdk/v7/interfaces"
)

// LDScopedClient asks for flags on behalf of one context.
type LDScopedClient struct{ client *LDClient }

// NewScopedClient returns a client for one context.
func NewScopedClient(client *LDClient, context ldcontext.Context) *LDScopedClient {
	return &LDScopedClient{client}
}

// GetScopedClient returns the client that ctx carries.
func GetScopedClient(ctx gocontext.Context) (*LDScopedClient, bool) { return nil, false }

// Client returns the client below.
func (c *LDScopedClient) Client() *LDClient { return c.client }

// MigrationVariation asks for a migration's stage.
func (c *LDScopedClient) MigrationVariation(key string, defaultStage ldmigration.Stage) (ldmigration.Stage, interfaces.LDMigrationOpTracker, error) {
	return defaultStage, nil, nil
}

// MigrationVariationCtx asks for a migration's stage.
func (c *LDScopedClient) MigrationVariationCtx(ctx gocontext.Context, key string, defaultStage ldmigration.Stage) (ldmigration.Stage, interfaces.LDMigrationOpTracker, error) {
	return defaultStage, nil, nil
}

// BoolVariation asks for a flag.
func (c *LDScopedClient) BoolVariation(key string, defaultVal bool) (bool, error) {
	return defaultVal, nil
}

// BoolVariationCtx asks for a flag.
func (c *LDScopedClient) BoolVariationCtx(ctx gocontext.Context, key string, defaultVal bool) (bool, error) {
	return defaultVal, nil
}

// BoolVariationDetail asks for a flag.
func (c *LDScopedClient) BoolVariationDetail(key string, defaultVal bool) (bool, ldreason.EvaluationDetail, error) {
	return defaultVal, ldreason.EvaluationDetail{}, nil
}

// BoolVariationDetailCtx asks for a flag.
func (c *LDScopedClient) BoolVariationDetailCtx(ctx gocontext.Context, key string, defaultVal bool) (bool, ldreason.EvaluationDetail, error) {
	return defaultVal, ldreason.EvaluationDetail{}, nil
}

// IntVariation asks for a flag.
func (c *LDScopedClient) IntVariation(key string, defaultVal int) (int, error) {
	return defaultVal, nil
}

// IntVariationCtx asks for a flag.
func (c *LDScopedClient) IntVariationCtx(ctx gocontext.Context, key string, defaultVal int) (int, error) {
	return defaultVal, nil
}

// IntVariationDetail asks for a flag.
func (c *LDScopedClient) IntVariationDetail(key string, defaultVal int) (int, ldreason.EvaluationDetail, error) {
	return defaultVal, ldreason.EvaluationDetail{}, nil
}

// IntVariationDetailCtx asks for a flag.
func (c *LDScopedClient) IntVariationDetailCtx(ctx gocontext.Context, key string, defaultVal int) (int, ldreason.EvaluationDetail, error) {
	return defaultVal, ldreason.EvaluationDetail{}, nil
}

// Float64Variation asks for a flag.
func (c *LDScopedClient) Float64Variation(key string, defaultVal float64) (float64, error) {
	return defaultVal, nil
}

// Float64VariationCtx asks for a flag.
func (c *LDScopedClient) Float64VariationCtx(ctx gocontext.Context, key string, defaultVal float64) (float64, error) {
	return defaultVal, nil
}

// Float64VariationDetail asks for a flag.
func (c *LDScopedClient) Float64VariationDetail(key string, defaultVal float64) (float64, ldreason.EvaluationDetail, error) {
	return defaultVal, ldreason.EvaluationDetail{}, nil
}

// Float64VariationDetailCtx asks for a flag.
func (c *LDScopedClient) Float64VariationDetailCtx(ctx gocontext.Context, key string, defaultVal float64) (float64, ldreason.EvaluationDetail, error) {
	return defaultVal, ldreason.EvaluationDetail{}, nil
}

// StringVariation asks for a flag.
func (c *LDScopedClient) StringVariation(key string, defaultVal string) (string, error) {
	return defaultVal, nil
}

// StringVariationCtx asks for a flag.
func (c *LDScopedClient) StringVariationCtx(ctx gocontext.Context, key string, defaultVal string) (string, error) {
	return defaultVal, nil
}

// StringVariationDetail asks for a flag.
func (c *LDScopedClient) StringVariationDetail(key string, defaultVal string) (string, ldreason.EvaluationDetail, error) {
	return defaultVal, ldreason.EvaluationDetail{}, nil
}

// StringVariationDetailCtx asks for a flag.
func (c *LDScopedClient) StringVariationDetailCtx(ctx gocontext.Context, key string, defaultVal string) (string, ldreason.EvaluationDetail, error) {
	return defaultVal, ldreason.EvaluationDetail{}, nil
}

// JSONVariation asks for a flag.
func (c *LDScopedClient) JSONVariation(key string, defaultVal ldvalue.Value) (ldvalue.Value, error) {
	return defaultVal, nil
}

// JSONVariationCtx asks for a flag.
func (c *LDScopedClient) JSONVariationCtx(ctx gocontext.Context, key string, defaultVal ldvalue.Value) (ldvalue.Value, error) {
	return defaultVal, nil
}

// JSONVariationDetail asks for a flag.
func (c *LDScopedClient) JSONVariationDetail(key string, defaultVal ldvalue.Value) (ldvalue.Value, ldreason.EvaluationDetail, error) {
	return defaultVal, ldreason.EvaluationDetail{}, nil
}

// JSONVariationDetailCtx asks for a flag.
func (c *LDScopedClient) JSONVariationDetailCtx(ctx gocontext.Context, key string, defaultVal ldvalue.Value) (ldvalue.Value, ldreason.EvaluationDetail, error) {
	return defaultVal, ldreason.EvaluationDetail{}, nil
}
