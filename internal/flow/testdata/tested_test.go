package spec

import "unsafe"

var inTest = true

func TestMain() {
	global = false
	p := &pointed
	*p = false
	_ = made{on: false}
	var s assigned
	s.on = false
	show(false)
	is(inTest) // ?
	_ = (*int)(unsafe.Pointer(&s))
	local := true
	is(local)  // true
	is(global) // ?
}
