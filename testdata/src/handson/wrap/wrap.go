// Package wrap asks for flags on behalf of others.
package wrap

import "github.com/Unleash/unleash-client-go/v4"

func Old() bool { return unleash.IsEnabled("old") } // want Old:"asks for a flag"

func Named(key string) bool { return unleash.IsEnabled(key) } // want Named:"asks for a flag"

func Prefixed(key string) bool { return Named("app." + key) } // want Prefixed:"asks for a flag"

func Not(key string) bool { return !unleash.IsEnabled(key) } // want Not:"asks for a flag"

func Either() bool { return Old() || Named("new") } // want Either:"asks for a flag"

// Client asks, too.
type Client struct{ c *unleash.Client }

func (Client) Old() bool { return Old() } // want Old:"asks for a flag"

func (c *Client) Named(key string) bool { return c.c.IsEnabled(key) } // want Named:"asks for a flag"

// nope: what these return has nothing to do with the flag.
func Negligent(key string) bool {
	_ = unleash.IsEnabled(key)
	return true
}

func Constant() string { return "old" }

func Count() int { return len(Constant()) }
