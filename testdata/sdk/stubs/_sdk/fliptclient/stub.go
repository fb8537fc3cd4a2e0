// Package flipt has the shapes of Flipt's client-side engine that the catalogue
// speaks of.
package flipt

import "context"

type (
	Client                    struct{}
	EvaluationRequest         struct{ FlagKey, EntityID string }
	BooleanEvaluationResponse struct{ Enabled bool }
	VariantEvaluationResponse struct{ VariantKey string }
)

func (*Client) EvaluateBoolean(ctx context.Context, r *EvaluationRequest) (*BooleanEvaluationResponse, error) {
	return nil, nil
}

func (*Client) EvaluateVariant(ctx context.Context, r *EvaluationRequest) (*VariantEvaluationResponse, error) {
	return nil, nil
}

func (*Client) EvaluateBatch(ctx context.Context, r []*EvaluationRequest) ([]BooleanEvaluationResponse, error) {
	return nil, nil
}

func (*Client) ListFlags(ctx context.Context) ([]string, error) { return nil, nil }
