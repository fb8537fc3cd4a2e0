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
