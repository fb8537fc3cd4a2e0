package checkout

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/launchdarkly/go-server-sdk/v7/testhelpers/ldtestdata"

	"example.com/shop/internal/cart"
	"example.com/shop/internal/flags"
	"example.com/shop/internal/flags/flagstest"
	"example.com/shop/internal/pricing"
)

func service(t *testing.T, td *ldtestdata.TestDataSource) *Service {
	t.Helper()
	client := flagstest.Client(t, td)
	now := time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC)
	return New(flags.New(client), pricing.New(client), func() time.Time { return now })
}

func annsCart(t *testing.T) *cart.Cart {
	t.Helper()
	c := &cart.Cart{Customer: "ann", Country: "NL"}
	if err := c.Add("mug", 2); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestPlace(t *testing.T) {
	td := ldtestdata.DataSource()
	td.Update(td.Flag(flags.KeyNewCheckout).VariationForAll(true))

	order, err := service(t, td).Place(annsCart(t))
	if err != nil {
		t.Fatal(err)
	}
	if want := "20261120-093000-ann"; order.Reference != want {
		t.Errorf("reference %q, want %q", order.Reference, want)
	}
	if want := 2*900 + 490; order.Total != want {
		t.Errorf("total %d, want %d", order.Total, want)
	}
	if want := []string{"review"}; !slices.Equal(order.Steps, want) {
		t.Errorf("steps %q, want %q", order.Steps, want)
	}
}

func TestPlaceOneClick(t *testing.T) {
	td := ldtestdata.DataSource()
	td.Update(td.Flag(flags.KeyNewCheckout).VariationForAll(true))
	td.Update(td.Flag(flags.KeyOneClick).VariationForAll(true))

	order, err := service(t, td).Place(annsCart(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(order.Steps) != 0 {
		t.Errorf("steps %q, want none", order.Steps)
	}
}

func TestPlaceWithWizard(t *testing.T) {
	td := ldtestdata.DataSource()
	td.Update(td.Flag(flags.KeyNewCheckout).VariationForAll(false))

	order, err := service(t, td).Place(annsCart(t))
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"address", "delivery", "payment", "review"}; !slices.Equal(order.Steps, want) {
		t.Errorf("steps %q, want %q", order.Steps, want)
	}
}

func TestPlaceEmpty(t *testing.T) {
	_, err := service(t, ldtestdata.DataSource()).Place(&cart.Cart{Customer: "ann"})
	if !errors.Is(err, ErrEmpty) {
		t.Errorf("error %v, want %v", err, ErrEmpty)
	}
}

func TestNotices(t *testing.T) {
	td := ldtestdata.DataSource()
	td.Update(td.Flag(flags.KeyNewCheckout).VariationForAll(true))
	s := service(t, td)

	c := annsCart(t)
	if got := s.Notices(c); len(got) != 1 {
		t.Errorf("notices for a small order: %q, want 1", got)
	}
	c.Country = "BE"
	if err := c.Add("mug", 20); err != nil {
		t.Fatal(err)
	}
	if got := s.Notices(c); len(got) != 3 {
		t.Errorf("notices for a large order abroad: %q, want 3", got)
	}
}
