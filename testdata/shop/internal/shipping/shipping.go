// Package shipping chooses who brings a parcel.
package shipping

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"

	"example.com/shop/internal/cart"
)

// heavy is the weight from which a parcel needs a van, in grams.
const heavy = 10_000

// Service chooses who brings a parcel.
type Service struct {
	flags *openfeature.Client
}

// New returns a Service that asks client for its configuration.
func New(client *openfeature.Client) *Service {
	return &Service{flags: client}
}

// Carrier returns who brings what is in the cart.
func (s *Service) Carrier(ctx context.Context, c *cart.Cart) string {
	user := openfeature.NewEvaluationContext(c.Customer, map[string]any{"country": c.Country})
	switch s.flags.String(ctx, "ship-config", "standard", user) {
	case "green":
		if c.Weight() < heavy {
			return "bicycle"
		}
		return "electric van"
	case "express":
		return "courier"
	default:
		return "post"
	}
}
