// What a value is at another type.
package spec

import "flag"

func is(any)      {}
func here()       {}
func effects(any) {}

type toggle bool

type level int

type iface interface{ m() }

func numbers() {
	is(flag.Ratio("r") == 0.1) // (== r 3602879701896397/36028797018963968) | true
	is(flag.Ratio("r") > 0.1)  // (> r 3602879701896397/36028797018963968) | false
	is(flag.Int("o"))          // o | 10
}

func widths(n int64, u uint64) {
	is(int8(flag.Num("n")))         // n | 3
	is(int16(flag.Num("n")))        // n | 3
	is(int32(flag.Num("n")))        // n | 3
	is(int64(flag.Num("n")))        // n | 3
	is(uint8(flag.Num("n")))        // n | 3
	is(uint16(flag.Num("n")))       // n | 3
	is(uint32(flag.Num("n")))       // n | 3
	is(uint(flag.Num("n")))         // n | 3
	is(uint64(flag.Num("n")))       // n | 3
	is(level(flag.Int("n")))        // n | 3
	is(flag.Custom("n"))            // n | 3
	is(float64(flag.Int("n")))      // n | ?
	is(float32(flag.Ratio("n")))    // n | ?
	is(float64(flag.Ratio("n")))    // n | 3
	is(string(rune(flag.Int("n")))) // n | ?
	is([]byte(flag.Variant("v")))   // v | ?
	is(toggle(flag.On("a")))        // a | true
	is(bool(toggle(flag.On("a"))))  // a | true
	is(flag.Int("v"))               // v | ?
	is(flag.On("v"))                // v | ?
	is(flag.Ratio("v"))             // v | ?
	x := 300
	is(int8(x))  // ?
	is(uint8(x)) // ?
	is(int64(x)) // 300
	y := -1
	is(uint(y))   // ?
	is(uint64(y)) // ?
	is(uint16(y)) // ?
	is(int16(y))  // -1
	big := int64(1 << 40)
	is(int(big))    // ?
	is(int32(big))  // ?
	is(uint32(big)) // ?
	is(uint64(big)) // 1099511627776
	c := 'x'
	is(complex128(1)) // (1 + 0i)
	is(c)             // 120
}

func interfaces(e error, i iface) {
	is(any(flag.On("a")))          // a | true
	is(any(toggle(flag.On("a"))))  // a | ?
	is(any(flag.Int("n")))         // n | 3
	is(any(flag.Custom("n")))      // n | ?
	is(any(flag.Ratio("n")))       // n | 3
	is(any(flag.Variant("v")))     // v | "red"
	is(any(flag.Any("a")))         // a | true
	is(any(nil))                   // nil
	is(error(nil) == nil)          // true
	is(e == nil)                   // ?
	is(any(1i))                    // ?
	is(any(flag.On("a")).(toggle)) // a | ?
	var x any = flag.On("a")
	var t toggle = true
	is(x == true)   // a | true
	is(x == any(t)) // ?
	var p *int
	var q any = p
	is(q == nil)                // ?
	is(p == nil)                // true
	is(i == nil)                // ?
	is(flag.Variant("v") < "z") // (< v "z") | true
	is(flag.On("a") != false)   // a | true
	is(e != error(nil))         // ?
}

func first[T any, U any](x T, y U) T { return x }

func same[T ~bool](x T) T { return T(x) }

func become[T ~bool](x bool) T { return T(x) }

type box[T any] struct{ v T }

func (b *box[T]) get() T { return b.v }

func zeroOf[T any]() (t T) { return }

func generics() {
	is(first(flag.On("a"), 1))    // ?
	is(first[bool, int](true, 1)) // ?
	f := first[bool, int]
	is(f(true, 1))                   // ?
	is(same(toggle(flag.On("a"))))   // a | true
	is(become[toggle](flag.On("a"))) // ?
	b := box[bool]{flag.On("a")}
	is(b.get())                        // a | true
	is(zeroOf[bool]())                 // ?
	effects(first[bool, int](true, 1)) // no
}

func tuples() (bool, error) { return flag.Try("a") }

func pass(x bool, err error) (bool, error) { return x, err }

func several() (a, b bool, err error) {
	a, err = tuples()
	b, err = pass(tuples())
	return
}

func spread() {
	a, b, err := several()
	is(a)   // a | true
	is(b)   // ?
	is(err) // ?
}

// both hands on two flags.
func both() (bool, bool) { return flag.On("a"), flag.On("b") }

func wide(c bool) {
	x, y := both()
	is(x) // a | true
	is(y) // b | false
	z := x
	if c {
		z, _ = both()
	}
	is(z) // a | true
}

var hook = func() bool { return flag.On("a") }

var other func() bool

func init() { other = func() bool { return flag.On("b") } }

func hooks() {
	is(hook())  // a | true
	is(other()) // ?
}
