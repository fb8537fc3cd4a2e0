// Package checkout turns carts into orders.
package checkout

import (
	"errors"
	"fmt"
	"hash/crc32"
	"time"

	"github.com/launchdarkly/go-sdk-common/v3/ldcontext"

	"example.com/shop/internal/cart"
	"example.com/shop/internal/flags"
	"example.com/shop/internal/pricing"
)

// ErrEmpty says that there is nothing to order.
var ErrEmpty = errors.New("the cart is empty")

// Order is what a customer bought.
type Order struct {
	Reference string   `json:"reference"`
	Customer  string   `json:"customer"`
	Total     int      `json:"total"` // in cents
	Steps     []string `json:"steps"` // pages until it is paid
}

// Service turns carts into orders.
type Service struct {
	flags  *flags.Client
	prices *pricing.Pricer
	now    func() time.Time
}

// New returns a Service that stamps orders with the time that now tells.
func New(client *flags.Client, prices *pricing.Pricer, now func() time.Time) *Service {
	return &Service{flags: client, prices: prices, now: now}
}

// Place orders what is in the cart.
func (s *Service) Place(c *cart.Cart) (*Order, error) {
	if len(c.Lines) == 0 {
		return nil, ErrEmpty
	}
	order := &Order{Customer: c.Customer, Total: s.prices.Total(c)}
	user := ldcontext.New(c.Customer)
	if s.flags.NewCheckout(user) {
		// Everything stands on one page.
		order.Reference = reference(c, s.now())
		order.Steps = []string{"review"}
		if s.flags.On(flags.KeyOneClick, user) {
			order.Steps = nil
		}
	} else {
		w := wizard{gift: c.Gift}
		order.Reference = checksum(c)
		order.Steps = w.steps()
	}
	return order, nil
}

// Notices returns what the customer should know before paying.
func (s *Service) Notices(c *cart.Cart) []string {
	onePage := s.flags.On(flags.KeyNewCheckout, ldcontext.New(c.Customer))
	var notices []string
	if onePage && c.Quantity() > 10 {
		notices = append(notices, "Large orders are sent in several parcels.")
	}
	if !onePage || c.Country != "NL" {
		notices = append(notices, "Delivery is paid at the door.")
	}
	if onePage || len(c.Lines) > 1 {
		notices = append(notices, "You can change the order until it is sent.")
	}
	return notices
}

// reference returns what the customer quotes when writing about the order.
func reference(c *cart.Cart, at time.Time) string {
	return at.UTC().Format("20060102-150405") + "-" + c.Customer
}

// checksum returns a reference from the time when orders had no date.
func checksum(c *cart.Cart) string {
	return fmt.Sprintf("%08x", crc32.ChecksumIEEE([]byte(c.Customer)))
}
