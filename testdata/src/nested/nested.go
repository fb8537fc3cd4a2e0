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

func leftInside(n int) {
	if unleash.IsEnabled("new") {
		if n > 1 {
			return
		}
	}
	_ = unleash.IsEnabled("next") // want `^flag "next" is asked only where "new" decides so$`
}

func switched(n int) int {
	switch {
	case unleash.IsEnabled("new"):
		return 1
	case n > 3:
		_ = unleash.IsEnabled("next") // want `^flag "next" is asked only where "new" decides so$`
	}
	return n
}

func through() {
	if unleash.IsEnabled("new") {
		helper()
		func() { _ = unleash.IsEnabled("next") }() // want `^flag "next" is asked only where "new" decides so$`
	}
}

func helper() { deeper() }

func deeper() { _ = unleash.IsEnabled("next") } // want `^flag "next" is asked only where "new" decides so$`

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

// nope: whatever the flag says, this goes on below.
func brokenOut(n int) {
	switch {
	case unleash.IsEnabled("new"):
		if n > 1 {
			break
		}
		println("new")
	case n > 3:
		break
	}
	_ = unleash.IsEnabled("next")
}

func looped(ns []int) {
	for unleash.IsEnabled("new") {
		println("new")
	}
	for _, n := range ns {
		if unleash.IsEnabled("new") {
			break
		}
		println(n)
	}
	_ = unleash.IsEnabled("next")
}

// nope: it is called elsewhere, too.
func calls() {
	if unleash.IsEnabled("new") {
		shared()
	}
}

func callsToo() { shared() }

func shared() { _ = unleash.IsEnabled("next") }

// nope: the answers are two questions' that nobody knows to be one.
func twice() (bool, bool) {
	return unleash.IsEnabled("new"), unleash.IsEnabled("new")
}

// nope: that it is the same flag is a note, which flagdebt check tells.
func same() bool {
	if unleash.IsEnabled("new") {
		return unleash.IsEnabled("new")
	}
	return false
}

func silenced() bool {
	return unleash.IsEnabled("new") && unleash.IsEnabled("next") //flagdebt:ignore nested both are asked once, at the start
}
