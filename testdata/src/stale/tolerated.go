package stale

import "github.com/Unleash/unleash-client-go/v4"

// nope: the configuration lets this file be.
func tolerated() bool { return unleash.IsEnabled("old") }
