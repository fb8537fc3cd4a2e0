// Package defaults asks for one flag in several places.
package defaults

import "github.com/Unleash/unleash-client-go/v4"

func on() bool {
	return unleash.IsEnabled("new", unleash.WithFallback(true)) // want `^flag "new" defaults to true here, to false elsewhere$`
}

func off() bool {
	return unleash.IsEnabled("new", unleash.WithFallback(false)) // want `^flag "new" defaults to false here, to true elsewhere$`
}

// unsaid passes no fallback, which is one, too.
func unsaid() (bool, bool) {
	return unleash.IsEnabled("old"), unleash.IsEnabled("old", unleash.WithFallback(true)) // want `^flag "old" defaults to false here` `^flag "old" defaults to true here` `^flag "old" expired` `^flag "old" expired`
}

// nope: always the same.
func same() (bool, bool) {
	return unleash.IsEnabled("next", unleash.WithFallback(true)), unleash.IsEnabled("next", unleash.WithFallback(true))
}
