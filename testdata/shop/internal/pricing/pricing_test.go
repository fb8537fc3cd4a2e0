package pricing_test

import (
	"testing"

	"github.com/launchdarkly/go-server-sdk/v7/testhelpers/ldtestdata"

	"example.com/shop/internal/cart"
	"example.com/shop/internal/catalogue"
	"example.com/shop/internal/flags/flagstest"
	"example.com/shop/internal/pricing"
)

func lines() []cart.Line {
	pot, _ := catalogue.Find("pot")
	return []cart.Line{{Item: pot, Quantity: 2}}
}

func TestTotal(t *testing.T) {
	td := ldtestdata.DataSource()
	td.Update(td.Flag("new-checkout").VariationForAll(true))
	td.Update(td.Flag("gift-wrap").VariationForAll(true))
	prices := pricing.New(flagstest.Client(t, td))

	got := prices.Total(&cart.Cart{Customer: "ann", Country: "NL", Gift: true, Lines: lines()})
	if want := 2*3200 + 490 + 250; got != want {
		t.Errorf("total %d, want %d", got, want)
	}
}

func TestDelivery(t *testing.T) {
	td := ldtestdata.DataSource()
	td.Update(td.Flag("new-checkout").BooleanFlag().VariationForAll(true))
	prices := pricing.New(flagstest.Client(t, td))

	for country, want := range map[string]int{"NL": 490, "BE": 1900} {
		if got := prices.Delivery(&cart.Cart{Customer: "ann", Country: country, Lines: lines()}); got != want {
			t.Errorf("delivery to %s costs %d, want %d", country, got, want)
		}
	}
}
