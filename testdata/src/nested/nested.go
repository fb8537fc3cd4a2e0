// Package nested asks for flags where other flags decide so.
package nested

import "github.com/Unleash/unleash-client-go/v4"

func inside() {
	if unleash.IsEnabled("new") {
		_ = unleash.IsEnabled("next") // want `^flag "next" is asked only where "new" decides so$`
	} else {
		_ = unleash.IsEnabled("today") // want `^flag "today" is asked only where "new" decides so$`
	}
}

func behind() bool {
	return unleash.IsEnabled("new") && unleash.IsEnabled("next") // want `^flag "next" is asked only where "new" decides so$`
}

func afterReturn() bool {
	if !unleash.IsEnabled("new") {
		return false
	}
	return unleash.IsEnabled("next") // want `^flag "next" is asked only where "new" decides so$`
}

// nope: the one does not hang on the other.
func beside() (bool, bool) {
	return unleash.IsEnabled("new"), unleash.IsEnabled("next")
}

func after() {
	if unleash.IsEnabled("new") {
		println("new")
	}
	if unleash.IsEnabled("next") {
		println("next")
	}
}

func same() bool {
	if unleash.IsEnabled("new") {
		return unleash.IsEnabled("new")
	}
	return false
}

func silenced() bool {
	return unleash.IsEnabled("new") && unleash.IsEnabled("next") //flagdebt:ignore nested both are asked once, at the start
}
