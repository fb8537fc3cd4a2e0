// A value may come inside of a struct, a function or a pointer; a key may be sent
// inside of a struct.
package spec

import "flag"

func is(any) {}

type holder struct {
	on func(string) bool
	p  *bool
}

func members() {
	d, err := flag.Get("a")
	is(d.Value)      // a | true
	is(d.GetValue()) // a | true
	is(d.Off)        // (! a) | false
	is(d.Reason)     // ?
	is(err)          // (err a) | nil
	if d, err := flag.Get("b"); err == nil {
		is(!d.GetValue()) // (! b) | true
	}
	get := d.GetValue
	is(get()) // a | true
	d.Value = false
	is(d.Value) // ?
}

func getters(h *holder) {
	is(flag.Getter("a")("user")) // a | true
	get := flag.Getter("b")
	is(get("user")) // b | false
	held := holder{on: flag.Getter("a"), p: flag.Pointer("b")}
	is(held.on("user")) // a | true
	is(*held.p)         // b | false
	is(h.on("user"))    // a | true
}

func pointers() {
	p := flag.Pointer("a")
	is(*p)       // a | true
	is(p == nil) // ?
	q := p
	is(*q) // a | true
}

func opaque() {
	w := flag.Whole("a")
	is(w.Value) // ?
	is(w)       // ?
}

func many() {
	is(flag.Each("a", "b")) // ?
}

func parts() {
	f := flag.New("x")
	is(f.Part("a")) // x.a
}

func change(r *flag.Request) { r.Key = "b" }

func keys(outer string, cond bool) {
	is(flag.With(&flag.Request{Key: "a", User: "u"})) // a | true
	r := &flag.Request{Key: "a"}
	is(flag.With(r)) // a | true
	is(flag.With(r)) // a | true
	if cond {
		r.User = outer
	}
	is(flag.With(r)) // ?
	s := &flag.Request{Key: "a"}
	t := s
	t.Key = "b"
	is(flag.With(s)) // ?
	u := &flag.Request{Key: "a"}
	change(u)
	is(flag.With(u)) // ?
	v := flag.Request{Key: "a"}
	is(flag.With(&v)) // ?
	w := &flag.Request{Key: "a"}
	is(w.Key)        // "a"
	is(flag.With(w)) // a | true
	x := &flag.Request{Key: "a"}
	func() { x.Key = "b" }()
	is(flag.With(x)) // ?
}

func forwarding(key string) bool {
	r := &flag.Request{Key: key}
	return flag.With(r)
}

func forwarded() {
	is(forwarding("a")) // a | true
}
