// What tests write and pass says nothing of the code that they test.
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
	is(on) // a | true
}

func main() {
	is(global)                // a | true
	is(untouched)             // a | true
	is(pointed)               // a | true
	is(made{flag.On("a")}.on) // a | true
	s := assigned{on: flag.On("a"), off: flag.On("a")}
	is(s.on)  // a | true
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
