// What package variables, fields and captured locals hold: the join of all that
// is written to them, and nothing that is certain where a writer is not seen.
package spec

import (
	"encoding/json"
	"example.com/lib"
	"flag"
	"fmt"
	"sync"
	"unsafe"
)

func is(any)      {}
func here()       {}
func effects(any) {}

var once = flag.On("a")

var twice = flag.On("a")

var later bool

var both, err = flag.Try("a")

var addressed = flag.On("a")

var inStruct = service{on: flag.On("a")}

func init() { twice = len("x") > 1 }

func set(p *bool) { *p = false }

func variables() {
	is(once)  // a | true
	is(twice) // ?
	later = flag.On("a")
	is(later) // ?
	is(both)  // a | true
	is(err)   // (err a) | nil
	set(&addressed)
	is(addressed)   // ?
	is(inStruct.on) // a | true
}

type service struct {
	on   bool
	name string
}

func (s *service) show() {
	is(s.on)   // a | true
	is(s.name) // "x"
}

func fields() {
	s := &service{on: flag.On("a"), name: "x"}
	t := service{flag.On("a"), "y"}
	s.show()
	is(t.on) // a | true
	list := []*service{{on: flag.On("a")}}
	is(list[0].on) // a | true
}

type zero struct{ on bool }

type zeroInside struct{ zero zero }

type zeroByArray struct{ on bool }

type zeroByNew struct{ on bool }

type zeroByResult struct{ on bool }

type zeroByMake struct{ on bool }

type zeroByType struct{ on bool }

type zeroByChannel struct{ on bool }

type zeroByGeneric struct{ on bool }

type unset struct{ on, other bool }

func result() (z zeroByResult) { return }

func zeros() {
	var z zeroInside
	is(zero{on: flag.On("a")}.on) // ?
	var a [2]zeroByArray
	is(zeroByArray{flag.On("a")}.on) // ?
	n := new(zeroByNew)
	is((&zeroByNew{on: flag.On("a")}).on) // ?
	r := result()
	is(zeroByResult{on: flag.On("a")}.on) // ?
	m := make([]zeroByMake, 1)
	is(zeroByMake{on: flag.On("a")}.on) // ?
	k := map[int]zeroByType{}
	is(zeroByType{on: flag.On("a")}.on) // ?
	c := make(chan zeroByChannel)
	is(zeroByChannel{on: flag.On("a")}.on) // ?
	g := lib.Make[zeroByGeneric]()
	is(zeroByGeneric{on: flag.On("a")}.on) // ?
	u := unset{on: flag.On("b")}
	is(u.on)    // b | false
	is(u.other) // false
	_, _, _, _, _, _, _, _ = z, a, n, r, m, k, c, g
}

type decoded struct {
	On     bool
	hidden bool
}

type scanned struct{ On bool }

type handedOut struct{ On bool }

type inBox struct{ On bool }

type inSlice struct{ On bool }

type tagged struct {
	on bool `json:"on"`
}

type converted struct{ on bool }

type twin struct{ on bool }

type byPointer struct{ on bool }

type pointerTwin struct{ on bool }

type raw struct{ in rawInside }

type rawInside struct{ on bool }

type unnamed struct{ first, on bool }

type same unnamed2

type unnamed2 struct{ shared bool }

type fieldAddressed struct{ on, off bool }

type list struct{ ons [2]bool }

type outerStruct struct{ in inner }

type inner struct{ on bool }

type locked struct {
	mu sync.Mutex
	on bool
}

func writers() {
	d := decoded{On: flag.On("a"), hidden: flag.On("a")}
	json.Unmarshal(nil, &d)
	is(d.On)     // ?
	is(d.hidden) // a | true
	s := scanned{flag.On("a")}
	fmt.Sscan("x", &s)
	is(s.On) // ?
	h := handedOut{flag.On("a")}
	lib.Take(&h)
	is(h.On) // ?
	b := inBox{flag.On("a")}
	_ = lib.Box{V: &b}
	is(b.On) // ?
	l := inSlice{flag.On("a")}
	lib.Take(map[string][]*[1]inSlice{})
	is(l.On) // ?
	t := tagged{on: flag.On("a")}
	is(t.on) // ?
	c := converted{on: flag.On("a")}
	_ = twin(c)
	is(c.on) // ?
	p := &byPointer{on: flag.On("a")}
	(*pointerTwin)(p).on = false
	is(p.on) // ?
	r := raw{rawInside{on: flag.On("a")}}
	_ = unsafe.Pointer(&r)
	is(r.in.on) // ?
	u := unnamed{on: flag.On("a")}
	u = struct{ first, on bool }{}
	is(u.on)                      // ?
	is(same{flag.On("a")}.shared) // ?
	f := &fieldAddressed{on: flag.On("a"), off: flag.On("a")}
	set(&f.on)
	is(f.on)          // ?
	is(f.off)         // a | true
	is(list{}.ons[0]) // ?
	o := outerStruct{inner{flag.On("a")}}
	q := &o.in
	is(o.in.on) // a | true
	is(q.on)    // a | true
	m := &locked{on: flag.On("a")}
	m.mu.Lock()
	is(m.on) // a | true
	fmt.Println(o)
	is(o.in.on) // a | true
}

func captured(n int) {
	x := flag.On("a")
	f := func() {
		is(x) // a | true
	}
	f()
	y := flag.On("a")
	is(y) // ?
	g := func() { y = false }
	g()
	is(y) // ?
	for i := range n {
		func() {
			is(i) // ?
		}()
	}
	z := flag.On("a")
	func(z bool) {
		is(z) // ?
	}(z)
	is(z) // a | true
	var w bool
	func() { w = flag.On("b") }()
	is(w) // ? | false
	d, _ := flag.Get("a")
	func() {
		d.Value = false
	}()
	is(d.Value) // ?
}

func receivers() {
	m := sync.Mutex{}
	m.Lock()
	is(m) // ?
}
