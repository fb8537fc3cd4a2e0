// Package ldtestdata is a stub of LaunchDarkly's flags for tests.
package ldtestdata

import (
	"github.com/launchdarkly/go-sdk-common/v3/ldcontext"
	"github.com/launchdarkly/go-sdk-common/v3/ldvalue"
)

// TestDataSource holds flags for tests.
type TestDataSource struct{}

// DataSource returns a source without flags.
func DataSource() *TestDataSource { return &TestDataSource{} }

// Flag returns a flag to change; Update takes the change over.
func (t *TestDataSource) Flag(key string) *FlagBuilder { return &FlagBuilder{} }

// Update takes over a changed flag.
func (t *TestDataSource) Update(flagBuilder *FlagBuilder) *TestDataSource { return t }

// FlagBuilder changes a flag.
type FlagBuilder struct{}

// BooleanFlag makes the flag serve booleans.
func (f *FlagBuilder) BooleanFlag() *FlagBuilder { return f }

// On switches targeting.
func (f *FlagBuilder) On(on bool) *FlagBuilder { return f }

// FallthroughVariation sets what is served to those whom no rule fits.
func (f *FlagBuilder) FallthroughVariation(variation bool) *FlagBuilder { return f }

// OffVariation sets what is served while targeting is off.
func (f *FlagBuilder) OffVariation(variation bool) *FlagBuilder { return f }

// VariationForAll sets what everybody is served.
func (f *FlagBuilder) VariationForAll(variation bool) *FlagBuilder { return f }

// ValueForAll sets what everybody is served.
func (f *FlagBuilder) ValueForAll(value ldvalue.Value) *FlagBuilder { return f }

// VariationForUser sets what a user is served.
func (f *FlagBuilder) VariationForUser(userKey string, variation bool) *FlagBuilder { return f }

// VariationForKey sets what a context is served.
func (f *FlagBuilder) VariationForKey(contextKind ldcontext.Kind, key string, variation bool) *FlagBuilder {
	return f
}

// Variations sets what the flag can serve.
func (f *FlagBuilder) Variations(values ...ldvalue.Value) *FlagBuilder { return f }
