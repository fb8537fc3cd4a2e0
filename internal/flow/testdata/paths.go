// Which code is reached.
package spec

import (
	"flag"
	"log"
	"os"
)

func is(any)      {}
func here()       {}
func effects(any) {}

func branches() {
	if flag.On("a") {
		here() // yes
	} else {
		here() // yes | no
	}
	if x := flag.On("b"); x {
		here() // yes | no
	} else if flag.On("a") {
		here() // yes
	} else {
		here() // yes | no
	}
	if false {
		here() // no
	}
	here() // yes
}

func returns() {
	if flag.On("a") {
		return
	}
	here() // yes | no
}

func ends(n int) {
	switch n {
	case 1:
		panic("x")
		here() // no
	case 2:
		os.Exit(1)
		here() // no
	case 3:
		log.Fatal("x")
		here() // no
	case 4:
		(panic)("x")
		here() // no
	default:
		log.Println("x")
		here() // yes
	}
}

func loops(n int, list []int) {
	for flag.On("b") {
		here() // yes | no
	}
	for {
		if flag.On("a") {
			break
		}
		here() // yes | no
	}
	here() // yes
	for flag.On("a") {
		if n > 0 {
			break
		}
	}
	here() // yes
	for range list {
		if flag.On("a") {
			continue
		}
		here() // yes | no
	}
	for {
		here() // yes
	}
	here() // no
}

func turns(list []bool) {
	x := true
	for _, y := range list {
		is(x) // ?
		is(y) // ?
		x = y
	}
	is(x) // ?
	on := true
	for i := 0; i < 3; i++ {
		is(on) // true
		is(i)  // ?
	}
	is(on) // true
	on = flag.On("a")
	for range 3 {
		is(on) // ? | true
		if !on {
			on = false
		}
	}
	var i int
	for i = range 3 {
		is(i) // ?
	}
	m := map[int]bool{}
	for i, m[0] = range list {
	}
	is(m[0]) // ?
}

func labels(n int) {
	x := true
outer:
	for range n {
		for range n {
			if n > 1 {
				x = false
				continue outer
			}
			if n > 2 {
				break outer
			}
			if flag.On("a") {
				break
			}
			here() // yes | no
		}
		is(x) // ?
	}
	is(x) // ?
done:
	switch {
	case n > 1:
		for {
			break done
		}
		here() // no
	}
	here() // yes
}

func jumps(n int) {
	x := true
again:
	is(x) // ?
	if n > 1 {
		x = false
		goto again
	}
	if flag.On("a") {
		goto end
	}
	here() // yes | no
end:
	is(x) // ?
}

func cases(n int) {
	switch flag.Variant("v") {
	case "blue":
		here() // yes | no
	case "red", "green":
		here() // yes
	default:
		here() // yes | no
	}
	switch {
	case flag.On("b"):
		here() // yes | no
	case n > 1:
		here() // yes
	case flag.On("a"):
		here() // yes
	case n > 2:
		here() // yes | no
	}
	switch x := flag.On("a"); x {
	case true:
		here() // yes
	case false:
		here() // yes | no
	}
	switch flag.Variant("v") {
	case "red":
		here() // yes
		fallthrough
	case "blue":
		here() // yes
	case "green":
		here() // yes | no
	}
	switch flag.Variant("v") {
	case "blue", "green":
		return
	}
	here() // yes
	switch flag.Any("a") {
	case true:
		here() // yes
	case "x":
		here() // yes | no
	}
	switch n {
	case never():
		here() // yes
	default:
		here() // yes
	}
	here() // yes
}

func never() int { panic("x") }

func chooses(c chan int) {
	x := 1
	select {
	case x = <-c:
		is(x) // ?
	case y := <-c:
		is(x) // 1
		is(y) // ?
		break
	case c <- x:
		here() // yes
	}
	is(x) // ?
	select {}
	here() // no
}

func neverEnds() bool {
	for {
	}
}

func waits() {
	x := neverEnds()
	here() // yes
	is(x)  // ?
	if neverEnds() && flag.On("a") {
		here() // yes
	}
}

func shortCircuit(c bool) {
	if flag.On("b") && neverEnds() {
		here() // yes | no
	}
	if c && false {
		here() // no
	}
	if c || true {
		here() // yes
	}
}
