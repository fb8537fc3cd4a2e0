// Package unleash is a stub of Unleash's client.
package unleash

import (
	"github.com/Unleash/unleash-client-go/v4/api"
	"github.com/Unleash/unleash-client-go/v4/context"
)

// ConfigOption configures a client.
type ConfigOption func()

// FallbackFunc says what is answered where nothing is known.
type FallbackFunc func(feature string, ctx *context.Context) bool

// FeatureOption is an option of IsEnabled.
type FeatureOption func(*bool)

// VariantOption is an option of GetVariant.
type VariantOption func(*api.Variant)

// WithContext says whom the feature is asked for.
func WithContext(ctx context.Context) FeatureOption { return func(*bool) {} }

// WithFallback says what is answered where nothing is known.
func WithFallback(fallback bool) FeatureOption { return func(*bool) {} }

// WithFallbackFunc says what is answered where nothing is known.
func WithFallbackFunc(fallback FallbackFunc) FeatureOption { return func(*bool) {} }

// WithVariantContext says whom the variant is asked for.
func WithVariantContext(ctx context.Context) VariantOption { return func(*api.Variant) {} }

// WithVariantFallback says what is answered where nothing is known.
func WithVariantFallback(variantFallback *api.Variant) VariantOption {
	return func(*api.Variant) {}
}

// Initialize makes the client of the package-level functions.
func Initialize(options ...ConfigOption) error { return nil }

// IsEnabled asks for a feature.
func IsEnabled(feature string, options ...FeatureOption) bool { return false }

// GetVariant asks for a variant.
func GetVariant(feature string, options ...VariantOption) *api.Variant { return &api.Variant{} }

// Client asks for features.
type Client struct{}

// NewClient returns a client.
func NewClient(options ...ConfigOption) (*Client, error) { return &Client{}, nil }

// IsEnabled asks for a feature.
func (uc *Client) IsEnabled(feature string, options ...FeatureOption) (enabled bool) { return false }

// GetVariant asks for a variant.
func (uc *Client) GetVariant(feature string, options ...VariantOption) *api.Variant {
	return &api.Variant{}
}

// ListFeatures returns every feature.
func (uc *Client) ListFeatures() []api.Feature { return nil }
