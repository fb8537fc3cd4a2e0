// Package pricing says what a cart costs.
package pricing

import (
	"log/slog"
	"math"

	"github.com/launchdarkly/go-sdk-common/v3/ldcontext"
	ld "github.com/launchdarkly/go-server-sdk/v7"

	"example.com/shop/internal/cart"
	"example.com/shop/internal/flags"
)

// Prices and fees in cents.
const (
	giftWrapFee = 250
	abroadFee   = 1900
	flatFee     = 490
	feePerKilo  = 300
)

// Pricer says what carts cost.
type Pricer struct {
	ld *ld.LDClient
}

// New returns a Pricer that asks client for its flags.
func New(client *ld.LDClient) *Pricer {
	return &Pricer{ld: client}
}

// Total returns what the customer pays for the cart, in cents.
func (p *Pricer) Total(c *cart.Cart) int {
	total := c.Subtotal() + p.Delivery(c)
	wrap, err := p.ld.BoolVariation(flags.KeyGiftWrap, ldcontext.New(c.Customer), false)
	if err != nil {
		slog.Warn("asking for a flag", "flag", flags.KeyGiftWrap, "err", err)
	}
	if wrap && c.Gift {
		total += giftWrapFee
	}
	return total
}

// Delivery returns what it costs to send the cart, in cents.
func (p *Pricer) Delivery(c *cart.Cart) int {
	user := ldcontext.NewBuilder(c.Customer).SetString("country", c.Country).Build()
	flat, err := p.ld.BoolVariation("new-checkout", user, false)
	if err != nil {
		slog.Warn("asking for a flag", "flag", "new-checkout", "err", err)
	}
	var fee int
	if c.Country != "NL" {
		fee = abroadFee
	} else if flat {
		// One price for the whole country, so that it can be shown early.
		fee = flatFee
	} else {
		fee = feeByWeight(c.Weight())
	}
	return fee
}

// feeByWeight returns the fee for a parcel, counting each kilogram begun.
func feeByWeight(grams int) int {
	return int(math.Ceil(float64(grams)/1000)) * feePerKilo
}
