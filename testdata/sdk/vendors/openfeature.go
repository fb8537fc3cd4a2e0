package vendors

import (
	"context"
	"testing"

	"github.com/open-feature/go-sdk/openfeature"
	"github.com/open-feature/go-sdk/openfeature/memprovider"
	oftesting "github.com/open-feature/go-sdk/openfeature/testing"
)

func openFeature(ctx context.Context, c *openfeature.Client, i openfeature.IClient, e openfeature.EvaluationContext) {
	on(c.Boolean(ctx, "plain", false, e))                                                                                        // want read:plain=false
	on(i.String(ctx, "plain", "a", e), i.Int(ctx, "plain", 1, e), i.Float(ctx, "plain", 0.5, e), i.Object(ctx, "plain", nil, e)) // want read:plain=a read:plain=1 read:plain=0.5 read:plain
	a, err := c.BooleanValue(ctx, "value", true, e)                                                                              // want read:value=true
	b, _ := i.StringValue(ctx, "value", "x", e)                                                                                  // want read:value=x
	on(a, err, b)
	d, _ := c.BooleanValueDetails(ctx, "details", false, e) // want read:details=false
	on(d.Value, d.Variant)
}

func openFeatureTests(t *testing.T) {
	p := oftesting.NewTestProvider()
	p.UsingFlags(t, map[string]memprovider.InMemoryFlag{
		"faked": {DefaultVariant: "on", Variants: map[string]any{"on": true}}, // want override:faked=true
	})
	m := memprovider.NewInMemoryProvider(map[string]memprovider.InMemoryFlag{"faked": {}}) // want override:faked
	m.UpdateFlags(map[string]memprovider.InMemoryFlag{"faked": {}})                        // want override:faked
}
