// Package stale asks for flags whose time is over, and for others.
package stale

import (
	"github.com/Unleash/unleash-client-go/v4"

	"handson/wrap"
)

const old = "old"

func asked(c *unleash.Client) {
	_ = unleash.IsEnabled("old")      // want `^flag "old" expired on 2026-06-30 \(owner @payments\)\. Record its winner, or a later expiry, where the flag is registered$`
	_ = unleash.IsEnabled(old)        // want `^flag "old" expired`
	_ = unleash.IsEnabled("o" + "ld") // want `^flag "old" expired`
	_ = unleash.IsEnabled("won")      // want `^flag "won" expired on 2026-01-31 \(owner @payments\)$`
	_ = unleash.IsEnabled("settled")  // want `^flag "settled" is settled: the code's default$`
	_ = unleash.IsEnabled("shipped")  // want `^flag "shipped" was to be gone in version v2.0.0\. Record`

	key := "old"
	_ = c.IsEnabled(key, unleash.WithFallback(false)) // want `^flag "old" expired`

	ask := c.IsEnabled
	_ = ask("old") // want `^flag "old" expired`
}

func askedThroughOthers() {
	_ = wrap.Old()          // want `^flag "old" expired`
	_ = wrap.Named("old")   // want `^flag "old" expired`
	_ = wrap.Client{}.Old() // want `^flag "old" expired`
	_ = named("old")        // want `^flag "old" expired`
}

// named is a wrapper of a wrapper.
func named(key string) bool { return wrap.Named(key) }

// nope: these have time.
func inTime(c *unleash.Client) {
	_ = unleash.IsEnabled("new")
	_ = unleash.IsEnabled("next")
	_ = unleash.IsEnabled("today")
	_ = unleash.IsEnabled("kept")
	_ = wrap.Named("new")
}

// nope: that it expires soon is a note, which flagdebt check tells.
func soon() { _ = unleash.IsEnabled("soon") }

// nope: these are no questions.
func IsEnabled(key string) bool { return key == "old" }

func others() {
	_ = IsEnabled("old")
	_ = wrap.Negligent("old")
	_ = "old"
}

// nope: silenced, with a reason.
func silenced() {
	//flagdebt:ignore stale until the phone app of last year is gone
	_ = unleash.IsEnabled("old")
}
