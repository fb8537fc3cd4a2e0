// What functions hand on: results, parameters, wrappers.
package spec

import (
	"flag"
	"strconv"
	"strings"
)

func is(any)      {}
func here()       {}
func effects(any) {}

// isA hands on a flag. Summary: (a)
func isA() bool { return flag.On("a") }

// notA hands on what one value cannot tell. Summary: (?)
func notA() bool {
	if flag.On("a") {
		return false
	}
	return true
}

// on asks for any. Summary: ($0)
func on(key string) bool { return flag.On(key) }

// onNew asks for some. Summary: ((+ "new-" $0))
func onNew(name string) bool { return flag.On("new-" + name) }

// tries hands on the error. Summary: (a nil)
func tries() (bool, error) { return flag.Try("a") }

// named has names for its results. Summary: (a nil)
func named() (ok bool, err error) {
	ok, err = flag.Try("a")
	return
}

// wraps leaves the error alone. Summary: (a nil)
func wraps() (bool, error) {
	on, err := flag.Try("a")
	if err != nil {
		return false, err
	}
	return on, nil
}

// either is one of two. Summary: (?)
func either(c bool) bool {
	if c {
		return flag.On("a")
	}
	return flag.On("b")
}

// falls hands on nothing but what it gets. Summary: ($0)
func falls(x bool) bool { return x }

// object makes one. Summary: (object of a)
func object() *flag.Flag { return flag.New("a") }

type service struct{ on bool }

// ask has a receiver. Summary: ($1)
func (s *service) ask(key string) bool { return flag.On(key) }

func calls(c bool) {
	is(isA())        // a | true
	is(notA())       // ? | false
	is(on("a"))      // a | true
	is(on("other"))  // other
	is(onNew("x"))   // new-x
	is(falls(true))  // ? | true
	is(either(c))    // ?
	is(falls(isA())) // ? | true
	x, err := tries()
	is(x)   // a | true
	is(err) // (err a) | nil
	y, err := wraps()
	is(y)   // ? | true
	is(err) // ? | nil
	z, err := named()
	is(z)                               // a | true
	is(err)                             // (err a) | nil
	is((&service{}).ask("b"))           // b | false
	is((*service).ask(&service{}, "b")) // b | false
	is(object().Enabled())              // a | true
	f := isA
	is(f()) // a | true
	g := (&service{}).ask
	is(g("a"))                                // a | true
	is(func() bool { return flag.On("b") }()) // b | false
	h := flag.On
	is(h("a")) // a | true
	k := flag.New("b").Enabled
	is(k()) // b | false
	var unset func() bool
	is(unset()) // ?
}

func keys(k string) {
	const typed = "a"
	is(flag.On(typed))                    // a | true
	is(flag.On("old-a"))                  // a | true
	is(flag.On("not-a-flag"))             // ?
	is(flag.On(k))                        // ?
	is(flag.On(flag.Variant("v")))        // ? | red
	is(flag.Variant(k))                   // ?
	is(flag.Now.A)                        // a | true
	is(flag.Table["b"])                   // b | false
	is(flag.Table[k])                     // ?
	is(flag.New(k).Enabled())             // ?
	is((&flag.Client{}).Bool("a", false)) // a | true
	is(flag.All())                        // ?
}

func withArgument(x bool, n int) {
	is(x) // ? | true
	is(n) // ?
}

func variadic(keys ...string) {
	is(keys) // ?
}

func severalAtOnce(x bool, err error) {
	is(x)   // ?
	is(err) // ?
}

func notCalled(x bool) {
	is(x) // ?
}

func asValue(x bool) {
	is(x) // ?
}

// Exported may be called by others.
func Exported(x bool) {
	is(x) // ?
}

func generic[T any](x T) T {
	is(x) // ? | true
	return x
}

func (s service) isOn(x bool) {
	is(x) // a | true
}

func passes() {
	withArgument(flag.On("a"), 1)
	withArgument(true, 2)
	variadic("a")
	variadic()
	severalAtOnce(tries())
	asValue(flag.On("a"))
	v := asValue
	v(false)
	Exported(flag.On("a"))
	is(generic(flag.On("a"))) // ? | true
	is(generic[bool](true))   // ? | true
	service{}.isOn(flag.On("a"))
	service.isOn(service{}, flag.On("a"))
	if flag.On("b") {
		withArgument(false, 3)
	}
}

type toggle bool

func (t toggle) isKnown() {
	is(t) // a | true
}

func (t toggle) isMixed() {
	is(t) // ?
}

func methods(c bool) {
	toggle(flag.On("a")).isKnown()
	(toggle(flag.On("a")) && true).isKnown()
	toggle(flag.On("a")).isMixed()
	toggle(c).isMixed()
}

func intrinsic(s string) {
	b, err := strconv.ParseBool("true")
	is(b)   // true
	is(err) // nil
	b, err = strconv.ParseBool("maybe")
	is(b)   // false
	is(err) // ?
	b, err = strconv.ParseBool(flag.Variant("a"))
	is(b)   // (strconv.ParseBool a) | true
	is(err) // ? | nil
	n, err := strconv.Atoi("12")
	is(n)   // 12
	is(err) // nil
	n, err = strconv.Atoi("12345678901")
	is(n) // ?
	n, err = strconv.Atoi(flag.Variant("n"))
	is(n)                                          // (strconv.Atoi n) | 3
	is(strconv.Itoa(3))                            // ?
	is(strings.ToLower("A"))                       // "a"
	is(strings.ToUpper(flag.Variant("v")))         // (strings.ToUpper v) | "RED"
	is(strings.HasPrefix(flag.Variant("v"), "re")) // (strings.HasPrefix v "re") | true
	is(strings.EqualFold("x", s))                  // ?
	is(strings.Contains("abc", "b"))               // true
	is(on(strings.ToLower("A")))                   // a | true
	_ = err
}

func recursive(n int) bool {
	if n == 0 {
		return flag.On("a")
	}
	return recursive(n - 1)
}

func deep(key string, n int) bool {
	if n > 0 {
		return deep(key, n-1)
	}
	return flag.On(key)
}

func ends() {
	is(recursive(3))  // a | true
	is(deep("a", 30)) // a | true
}

func defers() (ok bool) {
	defer func() { ok = false }()
	return flag.On("a")
}

func reset(p *bool) { *p = false }

func defersByPointer() (ok bool) {
	defer reset(&ok)
	return flag.On("a")
}

func recovers() bool {
	defer func() { recover() }()
	panic(flag.On("a"))
}

func recoversMaybe() bool {
	defer func() { recover() }()
	return flag.On("a")
}

func handled() { recover() }

func recoversElsewhere() bool {
	defer handled()
	return flag.On("a")
}

func recoversItself() bool {
	defer recover()
	return flag.On("a")
}

func afterwards(cleanup func()) {
	is(defers())            // ?
	is(defersByPointer())   // ?
	is(recovers())          // false
	is(recoversMaybe())     // ?
	is(recoversElsewhere()) // ?
	is(recoversItself())    // ?
}
