// Package openfeature is a stub of the OpenFeature SDK.
package openfeature

import "context"

// EvaluationContext is whom a flag is asked for.
type EvaluationContext struct {
	targetingKey string
	attributes   map[string]any
}

// NewEvaluationContext returns a context with a key.
func NewEvaluationContext(targetingKey string, attributes map[string]any) EvaluationContext {
	return EvaluationContext{targetingKey, attributes}
}

// NewTargetlessEvaluationContext returns a context without a key.
func NewTargetlessEvaluationContext(attributes map[string]any) EvaluationContext {
	return NewEvaluationContext("", attributes)
}

// Attribute returns one attribute.
func (e EvaluationContext) Attribute(key string) any { return e.attributes[key] }

// TargetingKey returns the key.
func (e EvaluationContext) TargetingKey() string { return e.targetingKey }

// Option is an option of a question.
type Option func()

// Reason says why a value was served.
type Reason string

// ResolutionDetail says how a value was found.
type ResolutionDetail struct {
	Variant string
	Reason  Reason
}

// EvaluationDetails says how a value was found.
type EvaluationDetails struct {
	FlagKey string
	ResolutionDetail
}

// GenericEvaluationDetails is a value and how it was found.
type GenericEvaluationDetails[T any] struct {
	Value T
	EvaluationDetails
}

// The details of each type.
type (
	BooleanEvaluationDetails   = GenericEvaluationDetails[bool]
	StringEvaluationDetails    = GenericEvaluationDetails[string]
	FloatEvaluationDetails     = GenericEvaluationDetails[float64]
	IntEvaluationDetails       = GenericEvaluationDetails[int64]
	InterfaceEvaluationDetails = GenericEvaluationDetails[any]
)

// Metadata says who a provider is.
type Metadata struct {
	Name string
}

// FeatureProvider answers the questions.
type FeatureProvider interface {
	Metadata() Metadata
}

// SetProvider sets who answers.
func SetProvider(provider FeatureProvider) error { return nil }

// SetProviderAndWait sets who answers, and waits until it can.
func SetProviderAndWait(provider FeatureProvider) error { return nil }

// SetNamedProviderAndWait sets who answers for a domain, and waits until it can.
func SetNamedProviderAndWait(domain string, provider FeatureProvider) error { return nil }

// IClient asks for flags.
type IClient interface {
	Boolean(ctx context.Context, flag string, defaultValue bool, evalCtx EvaluationContext, options ...Option) bool
	BooleanValue(ctx context.Context, flag string, defaultValue bool, evalCtx EvaluationContext, options ...Option) (bool, error)
	BooleanValueDetails(ctx context.Context, flag string, defaultValue bool, evalCtx EvaluationContext, options ...Option) (BooleanEvaluationDetails, error)
	String(ctx context.Context, flag string, defaultValue string, evalCtx EvaluationContext, options ...Option) string
	StringValue(ctx context.Context, flag string, defaultValue string, evalCtx EvaluationContext, options ...Option) (string, error)
	StringValueDetails(ctx context.Context, flag string, defaultValue string, evalCtx EvaluationContext, options ...Option) (StringEvaluationDetails, error)
	Float(ctx context.Context, flag string, defaultValue float64, evalCtx EvaluationContext, options ...Option) float64
	FloatValue(ctx context.Context, flag string, defaultValue float64, evalCtx EvaluationContext, options ...Option) (float64, error)
	FloatValueDetails(ctx context.Context, flag string, defaultValue float64, evalCtx EvaluationContext, options ...Option) (FloatEvaluationDetails, error)
	Int(ctx context.Context, flag string, defaultValue int64, evalCtx EvaluationContext, options ...Option) int64
	IntValue(ctx context.Context, flag string, defaultValue int64, evalCtx EvaluationContext, options ...Option) (int64, error)
	IntValueDetails(ctx context.Context, flag string, defaultValue int64, evalCtx EvaluationContext, options ...Option) (IntEvaluationDetails, error)
	Object(ctx context.Context, flag string, defaultValue any, evalCtx EvaluationContext, options ...Option) any
	ObjectValue(ctx context.Context, flag string, defaultValue any, evalCtx EvaluationContext, options ...Option) (any, error)
	ObjectValueDetails(ctx context.Context, flag string, defaultValue any, evalCtx EvaluationContext, options ...Option) (InterfaceEvaluationDetails, error)
}

// Client asks for flags.
type Client struct{}

// NewClient returns the client of a domain.
func NewClient(domain string) *Client { return &Client{} }

// NewDefaultClient returns the client of no domain.
func NewDefaultClient() *Client { return &Client{} }

// Boolean asks for a flag.
func (c *Client) Boolean(ctx context.Context, flag string, defaultValue bool, evalCtx EvaluationContext, options ...Option) bool {
	return defaultValue
}

// BooleanValue asks for a flag.
func (c *Client) BooleanValue(ctx context.Context, flag string, defaultValue bool, evalCtx EvaluationContext, options ...Option) (bool, error) {
	return defaultValue, nil
}

// BooleanValueDetails asks for a flag.
func (c *Client) BooleanValueDetails(ctx context.Context, flag string, defaultValue bool, evalCtx EvaluationContext, options ...Option) (BooleanEvaluationDetails, error) {
	return BooleanEvaluationDetails{Value: defaultValue}, nil
}

// String asks for a flag.
func (c *Client) String(ctx context.Context, flag string, defaultValue string, evalCtx EvaluationContext, options ...Option) string {
	return defaultValue
}

// StringValue asks for a flag.
func (c *Client) StringValue(ctx context.Context, flag string, defaultValue string, evalCtx EvaluationContext, options ...Option) (string, error) {
	return defaultValue, nil
}

// StringValueDetails asks for a flag.
func (c *Client) StringValueDetails(ctx context.Context, flag string, defaultValue string, evalCtx EvaluationContext, options ...Option) (StringEvaluationDetails, error) {
	return StringEvaluationDetails{Value: defaultValue}, nil
}

// Float asks for a flag.
func (c *Client) Float(ctx context.Context, flag string, defaultValue float64, evalCtx EvaluationContext, options ...Option) float64 {
	return defaultValue
}

// FloatValue asks for a flag.
func (c *Client) FloatValue(ctx context.Context, flag string, defaultValue float64, evalCtx EvaluationContext, options ...Option) (float64, error) {
	return defaultValue, nil
}

// FloatValueDetails asks for a flag.
func (c *Client) FloatValueDetails(ctx context.Context, flag string, defaultValue float64, evalCtx EvaluationContext, options ...Option) (FloatEvaluationDetails, error) {
	return FloatEvaluationDetails{Value: defaultValue}, nil
}

// Int asks for a flag.
func (c *Client) Int(ctx context.Context, flag string, defaultValue int64, evalCtx EvaluationContext, options ...Option) int64 {
	return defaultValue
}

// IntValue asks for a flag.
func (c *Client) IntValue(ctx context.Context, flag string, defaultValue int64, evalCtx EvaluationContext, options ...Option) (int64, error) {
	return defaultValue, nil
}

// IntValueDetails asks for a flag.
func (c *Client) IntValueDetails(ctx context.Context, flag string, defaultValue int64, evalCtx EvaluationContext, options ...Option) (IntEvaluationDetails, error) {
	return IntEvaluationDetails{Value: defaultValue}, nil
}

// Object asks for a flag.
func (c *Client) Object(ctx context.Context, flag string, defaultValue any, evalCtx EvaluationContext, options ...Option) any {
	return defaultValue
}

// ObjectValue asks for a flag.
func (c *Client) ObjectValue(ctx context.Context, flag string, defaultValue any, evalCtx EvaluationContext, options ...Option) (any, error) {
	return defaultValue, nil
}

// ObjectValueDetails asks for a flag.
func (c *Client) ObjectValueDetails(ctx context.Context, flag string, defaultValue any, evalCtx EvaluationContext, options ...Option) (InterfaceEvaluationDetails, error) {
	return InterfaceEvaluationDetails{Value: defaultValue}, nil
}
