// What locals hold, along the ways through a function.
package spec

import "flag"

func is(any)      {}
func here()       {}
func effects(any) {}

func lastAssignmentCounts() {
	x := flag.On("a")
	is(x) // a | true
	x = false
	is(x) // false
	x, y := true, x
	is(x) // true
	is(y) // false
	var z bool
	is(z) // false
	var n int
	is(n) // 0
	var s string
	is(s) // ""
	var f float64
	is(f) // ?
	var e error
	is(e) // nil
	var p *int
	is(p) // nil
	var g, h = flag.Try("b")
	is(g) // b | false
	is(h) // (err b) | nil
}

func bothWaysMeet(c bool) {
	x := true
	if c {
		x = flag.On("a")
	}
	is(x) // ? | true
	y := false
	if flag.On("a") {
		y = true
	}
	is(y) // ? | true
	z := 1
	if flag.On("b") {
		z = 2
		is(z) // 2
	} else {
		is(z) // 1
	}
	is(z) // ? | 1
}

func arithmetic(c bool, n int) {
	i := 1
	i++
	is(i) // ?
	i = 3
	i += 2
	is(i) // ?
	s := "a"
	s += "b"
	is(s) // "ab"
	s += flag.Variant("v")
	is(s) // (+ "ab" v) | "abred"
	i -= 1
	is(i)                   // ?
	is(-n)                  // ?
	is(-1)                  // -1
	is(flag.Int("n"))       // n | 3
	is(flag.Int("n") + 1)   // (+ n 1) | ?
	is(-flag.Int("n"))      // (- n) | -3
	is(flag.Int("n") > 2)   // (> n 2) | true
	is(flag.Int("n") <= 2)  // (<= n 2) | false
	is(^flag.Int("n"))      // ?
	is(flag.Ratio("n") < 4) // (< n 4) | true
}

func booleans(c bool) {
	is(!flag.On("a"))                       // (! a) | false
	is(!!flag.On("a"))                      // a | true
	is(flag.On("a") && c)                   // ?
	is(flag.On("b") && c)                   // ? | false
	is(c && flag.On("b"))                   // ? | false
	is(c || flag.On("a"))                   // ? | true
	is(flag.On("a") && flag.On("b"))        // (&& a b) | false
	is(flag.On("a") || false)               // a | true
	is(flag.On("a") && false)               // false
	is(true && flag.On("a"))                // a | true
	is(flag.On("a") == true)                // a | true
	is(flag.On("a") == false)               // (! a) | false
	is(flag.On("a") != true)                // (! a) | false
	is(flag.On("a") == flag.On("b"))        // (== a b) | false
	is(flag.Variant("v") == "red")          // (== v "red") | true
	is(flag.Variant("v")+"!" == "red!")     // (== (+ v "!") "red!") | true
	is("red" != flag.Variant("v"))          // (!= "red" v) | false
	is(any(flag.On("a")) == true)           // a | true
	is(true == any(flag.On("a")))           // a | true
	is(any(flag.Variant("v")) == any(true)) // v | ?
	is((flag.On("a")))                      // a | true
	is([]bool{true}[0])                     // ?
	is(*new(bool))                          // ?
}

func grows() {
	s := flag.Variant("v") + flag.Variant("w") + flag.Variant("x") + flag.Variant("y") + flag.Variant("z")
	s = s + s
	is(s) // ?
	s = s + s
	is(s) // ?
}

func partsOfStructs() {
	d, err := flag.Get("a")
	is(d.Value)  // a | true
	is(d.Reason) // ?
	is(err)      // (err a) | nil
	d.Value = false
	is(d.Value) // ?
	e, _ := flag.Get("a")
	p := &e
	p.Value = false
	is(e.Value)          // ?
	is(flag.Struct("a")) // ?
}

func elements() {
	list := [2]bool{}
	list[0] = flag.On("a")
	is(list[0]) // ?
	m := map[string]bool{"x": flag.On("a")}
	m["x"] = flag.On("a")
	is(m["x"]) // ?
	p := new(bool)
	*p = flag.On("a")
	is(*p)       // ?
	is(list[:1]) // ?
}

func addressTaken() {
	x := flag.On("a")
	p := &x
	is(x) // ?
	is(p) // ?
	a := [1]bool{}
	s := a[:]
	b := flag.On("a")
	q := &a[0]
	is(b) // a | true
	_, _ = s, q
}

func assertions(x any) {
	is(flag.Any("a").(bool)) // a | true
	b, ok := flag.Any("a").(bool)
	is(b)  // a | true
	is(ok) // ? | true
	s, ok := flag.Any("a").(string)
	is(s)                      // a | ?
	is(ok)                     // ?
	is(x.(bool))               // ?
	is(flag.Any("a").(error))  // ?
	is(flag.Any("v").(string)) // v | "red"
	switch y := flag.Any("a").(type) {
	case bool:
		is(y) // ?
	}
	switch flag.Any("a").(type) {
	default:
		here() // yes
	}
	switch z := 1; x.(type) {
	default:
		is(z) // 1
	}
}

func blanks() {
	_ = flag.On("a")
	_, _ = flag.Try("a")
	var _ = flag.On("a")
	x, _ := flag.Try("a")
	is(x) // a | true
}
