// What has effects: everything that may do more than to yield a value. Asking
// for a flag that has a winner has none, nor has a panic of code that calls
// nothing.
package spec

import (
	"flag"
	"strings"
)

func is(any)      {}
func here()       {}
func effects(any) {}

var global int

var hooks []func()

func acts() bool { global++; return true }

func sends(c chan int) bool { c <- 1; return true }

func reads() int { return global }

func local(n int) int {
	x, y := n, 0
	x++
	var z = x
	_ = z
	for i, c := range "abc" {
		y += i + int(c)
	}
	if x > 1 {
		y = 2
	} else if x := y; x > 0 {
		y = 3
	}
	switch x {
	case 1:
		y = 4
	default:
		{

		}
	}
label:
	for range [3]int{} {
		break label
	}
	return y
}

func outer(p *int, m map[int]int) (func(), func(), func(), func()) {
	x := 1
	return func() { x = 2 }, func() { *p = 1 }, func() { m[1] = 2 }, func() { x++ }
}

func loops() bool {
	for {
	}
}

func ranges(c chan int) bool {
	for range c {
	}
	return true
}

func assignsRange() bool {
	for global = range 3 {
	}
	return true
}

func jumps() bool {
again:
	goto again
}

func defers() bool {
	defer acts()
	return true
}

func starts() bool {
	go acts()
	return true
}

func onlyWhen(on bool) bool {
	if on {
		acts()
	}
	return on
}

func elsewhere(on bool) bool {
	if on {
		return true
	} else {
		acts()
	}
	return false
}

func inSwitch(n int) bool {
	switch acts(); {
	}
	switch {
	case n > 0:
		return acts()
	}
	return false
}

func inTag() bool {
	switch acts() {
	}
	return true
}

func inInit() bool {
	if acts(); global > 0 {
	}
	return true
}

func inDecl() bool {
	var x = acts()
	return x
}

func typeSwitch(x any) bool {
	switch x.(type) {
	case bool:
	}
	return true
}

func recursive(n int) int {
	if n == 0 {
		return 0
	}
	return recursive(n - 1)
}

func method(s service, p *service) {
	effects(s.get())                     // no
	effects(service.get(s))              // no
	effects(p.set())                     // yes
	effects((*service).set(p))           // yes
	effects(p.asks("a"))                 // yes | no
	effects((*service).asks(p, "b"))     // yes | no
	effects((*service).asks(p, "other")) // yes
}

type service struct{ on bool }

func (s service) get() bool { return s.on }

func (s *service) set() bool { s.on = true; return true }

func (s *service) asks(k string) bool { return flag.On(k) }

func (s *service) Bool(string, bool) bool { return acts() }

type reader interface{ get() bool }

func generic[T any](x T) T { return x }

func expressions(x, y int, p *int, list []int, m map[int]int, a any, c chan int, f func() int, r reader, s service) {
	effects(x)                                     // no
	effects(x + y/x)                               // no
	effects(*p)                                    // no
	effects(list[9])                               // no
	effects(list[1:x])                             // no
	effects(list[reads():])                        // no
	effects(list[f():])                            // yes
	effects(m[x])                                  // no
	effects(a.(int))                               // no
	effects(-x)                                    // no
	effects(&x)                                    // no
	effects(<-c)                                   // yes
	effects(s.on)                                  // no
	effects((x))                                   // no
	effects(func() { acts() })                     // no
	effects(service{on: true})                     // no
	effects(service{on: acts()})                   // yes
	effects([]int{1, f()})                         // yes
	effects(map[int]int{f(): 1})                   // yes
	effects(map[int]int{1 + x: 1})                 // no
	effects(len(list))                             // no
	effects(append(list, 1))                       // yes
	effects(append([]int{}, 1))                    // no
	effects(copy(list, list))                      // yes
	effects(min(x, y))                             // no
	effects(min(x, f()))                           // yes
	effects(int64(x))                              // no
	effects(float64(f()))                          // yes
	effects(f())                                   // yes
	effects(r.get())                               // yes
	effects(strings.ToLower("x"))                  // yes
	effects(flag.For("x"))                         // no
	effects(flag.For(strings.ToLower("x")))        // yes
	effects(generic(1))                            // no
	effects(generic[int](1))                       // no
	effects(generic[int](f()))                     // yes
	effects(hooks[0])                              // no
	effects(func() int { return 1 }())             // no
	effects(func() int { global = 1; return 1 }()) // yes
}

func questions(k string, f *flag.Flag) {
	effects(flag.On("a"))                       // yes | no
	effects(flag.On("other"))                   // yes
	effects(flag.On(k))                         // yes
	effects(flag.All())                         // yes
	effects(flag.On("a") && acts())             // yes
	effects(flag.On("b") && acts())             // yes | no
	effects(flag.On("a") || acts())             // yes | no
	effects(acts() && flag.On("b"))             // yes
	effects(onlyWhen(flag.On("b")))             // yes | no
	effects(onlyWhen(flag.On("a")))             // yes
	effects(elsewhere(flag.On("a")))            // yes | no
	effects(elsewhere(flag.On("b")))            // yes
	effects(f.Enabled())                        // yes
	effects(flag.New("a").Enabled())            // yes | no
	effects((&flag.Client{}).Bool("a", acts())) // yes
	effects((&flag.Client{}).Bool("a", false))  // yes | no
}

func bodies(c chan int, p *int) {
	effects(reads())        // no
	effects(local(1))       // no
	effects(acts())         // yes
	effects(sends(c))       // yes
	effects(loops())        // yes
	effects(ranges(c))      // yes
	effects(assignsRange()) // yes
	effects(jumps())        // yes
	effects(defers())       // yes
	effects(starts())       // yes
	effects(inSwitch(1))    // yes
	effects(inTag())        // yes
	effects(inInit())       // yes
	effects(inDecl())       // yes
	effects(typeSwitch(1))  // yes
	effects(recursive(3))   // yes
	f, g, h, i := outer(p, nil)
	effects(f) // no
	_, _, _ = g, h, i
	a, b, d := func() bool { *p = 1; return true }, func() bool { f(); return true }, func() bool { return true }
	effects(a()) // yes
	effects(b()) // yes
	effects(d()) // no
}
