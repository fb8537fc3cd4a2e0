package vendors

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
)

func accessor(ctx context.Context, e openfeature.EvaluationContext) {
	on(NewCheckout.Value(ctx, e))                // want read:new-checkout
	d, _ := NewCheckout.ValueWithDetails(ctx, e) // want read:new-checkout
	on(d.Value)
}

type shop struct{}

// isOn hands the answer of an accessor on.
func (s *shop) isOn(ctx context.Context, id string) bool {
	return NewCheckout.Value(ctx, openfeature.NewTargetlessEvaluationContext(map[string]any{"id": id})) // want read:new-checkout
}

func (s *shop) buy(ctx context.Context) {
	if s.isOn(ctx, "a") { // want read:new-checkout
		on(1)
	}
}
