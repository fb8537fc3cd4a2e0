// Package flags asks LaunchDarkly for the shop's feature flags.
package flags

import (
	"log/slog"

	"github.com/launchdarkly/go-sdk-common/v3/ldcontext"
	ld "github.com/launchdarkly/go-server-sdk/v7"
)

// Keys of flags that more than one package asks for.
const (
	KeyGiftWrap    = "gift-wrap"
	KeyNewCheckout = "new-checkout"
	KeyOneClick    = "one-click"
)

// Client asks for flags; one that cannot be told is off.
type Client struct {
	ld *ld.LDClient
}

// New returns a Client that asks through client.
func New(client *ld.LDClient) *Client {
	return &Client{ld: client}
}

// NewCheckout reports whether the user checks out on a single page.
func (c *Client) NewCheckout(user ldcontext.Context) bool {
	return c.On(KeyNewCheckout, user)
}

// On reports whether the flag is on for the user.
func (c *Client) On(key string, user ldcontext.Context) bool {
	on, err := c.ld.BoolVariation(key, user, false)
	if err != nil {
		slog.Warn("asking for a flag", "flag", key, "err", err)
	}
	return on
}
