// Package sdk has the shapes of Flipt's SDK that the catalogue speaks of.
package sdk

import (
	"context"

	"go.flipt.io/flipt/rpc/flipt/evaluation"
)

type (
	SDK        struct{}
	Flipt      struct{}
	Evaluation struct{}
)

func (SDK) Evaluation() *Evaluation { return nil }
func (SDK) Flipt() *Flipt           { return nil }

func (*Flipt) ListFlags(ctx context.Context, namespace string) ([]string, error) { return nil, nil }

func (*Evaluation) Boolean(ctx context.Context, r *evaluation.EvaluationRequest) (*evaluation.BooleanEvaluationResponse, error) {
	return nil, nil
}

func (*Evaluation) Variant(ctx context.Context, r *evaluation.EvaluationRequest) (*evaluation.VariantEvaluationResponse, error) {
	return nil, nil
}

func (*Evaluation) Batch(ctx context.Context, r *evaluation.BatchEvaluationRequest) (*evaluation.BatchEvaluationResponse, error) {
	return nil, nil
}
