package shipping_test

import (
	"testing"

	"github.com/open-feature/go-sdk/openfeature"
	"github.com/open-feature/go-sdk/openfeature/memprovider"
	oftesting "github.com/open-feature/go-sdk/openfeature/testing"

	"example.com/shop/internal/cart"
	"example.com/shop/internal/shipping"
)

func TestCarrier(t *testing.T) {
	provider := oftesting.NewTestProvider()
	if err := openfeature.SetNamedProviderAndWait("shipping", provider); err != nil {
		t.Fatal(err)
	}
	service := shipping.New(openfeature.NewClient("shipping"))
	c := &cart.Cart{Customer: "ann", Country: "NL"}
	if err := c.Add("tea", 1); err != nil {
		t.Fatal(err)
	}

	for _, test := range []struct{ config, want string }{
		{"standard", "post"},
		{"express", "courier"},
		{"green", "bicycle"},
	} {
		t.Run(test.config, func(t *testing.T) {
			ctx := provider.UsingFlags(t, map[string]memprovider.InMemoryFlag{
				"ship-config": {
					State:          memprovider.Enabled,
					DefaultVariant: test.config,
					Variants:       map[string]any{test.config: test.config},
				},
			})
			if got := service.Carrier(ctx, c); got != test.want {
				t.Errorf("carrier %q, want %q", got, test.want)
			}
		})
	}
}
