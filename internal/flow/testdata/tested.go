// What tests write is not taken for granted.
package spec

import "flag"

func is(any)      {}
func here()       {}
func effects(any) {}

var global = flag.On("a")

var untouched = flag.On("a")

var pointed = flag.On("a")

type made struct{ on bool }

type assigned struct{ on, off bool }

func show(on bool) {
	is(on) // ?
}

func main() {
	is(global)                // ?
	is(untouched)             // a | true
	is(pointed)               // ?
	is(made{flag.On("a")}.on) // ?
	s := assigned{on: flag.On("a"), off: flag.On("a")}
	is(s.on)  // ?
	is(s.off) // a | true
	show(flag.On("a"))
}

// linked may be called from assembly.
//
//go:linkname linked example.com/m/other.linked
func linked(on bool) {
	is(on) // ?
}

func calls() { linked(flag.On("a")) }
