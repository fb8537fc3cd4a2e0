package fuzz

import (
	"fmt"
	"strings"
)

// This file makes structs that carry a flag, and what code does with structs as a
// whole: it compares them and pointers to them, prints and decodes them, makes zero
// values of them, and hands them on behind interfaces.

// wholeHelpers are what the treatments need.
const wholeHelpers = `type holder interface{ held() bool }

func (c cargo) held() bool { return c.On }

func decode(into any) {
	if err := json.Unmarshal([]byte("{\"On\":false}"), into); err != nil {
		trace.V(9020, err)
	}
}

func decodeAll[T any](list ...*T) {
	for _, x := range list {
		decode(x)
	}
}

func setFirst(x any) { reflect.ValueOf(x).Elem().Field(0).SetBool(false) }

func same[T comparable](a, b T) bool { return a == b }

func zero[T any]() (t T) { return }

func find[T any](list []T, is func(T) bool) (found T) {
	for _, x := range list {
		if is(x) {
			return x
		}
	}
	return
}

`

// whole makes a struct that carries the first flag, a function that treats it in some
// ways, and the question that calls it.
func (g *gen) whole(on string) (code, ask string) {
	var b strings.Builder
	field := pick(g, "On", "on") // what decoders may set, and what they may not
	more, rest := "", ""
	if g.chance(50) {
		more, rest = "\tname string\n", `, name: "c"`
	}
	fmt.Fprintf(&b, "type cargo struct {\n\tOn bool\n%s}\n\n", more)
	b.WriteString(wholeHelpers)
	fmt.Fprintf(&b, "func newCargo() *cargo { return &cargo{On: %s%s} }\n\n", on, rest)
	b.WriteString("func haul() bool {\n\tc := newCargo()\n")
	for range 1 + g.IntN(3) {
		t := g.treatment()
		if strings.Contains(t, "setFirst") && field == "on" {
			continue // that panics
		}
		fmt.Fprintf(&b, "%s\n", strings.ReplaceAll(t, "N", fmt.Sprint(g.effect())))
	}
	b.WriteString("\tif c.On {\n\t\ttrace.T(9021)\n\t} else {\n\t\ttrace.T(9022)\n\t}\n\treturn " + pick(g, "c.On", "c.held()", "holder(c).held()", "!c.On") + "\n}\n\n")
	code = b.String()
	if field == "on" {
		code = strings.NewReplacer("flag.On(", "flag.On(", "\tOn bool", "\ton bool", "{On:", "{on:", ".On", ".on").Replace(code)
	}
	return code, "haul()"
}

// treatment is what is done with the struct; N stands for the number of an effect.
func (g *gen) treatment() string {
	return pick(g,
		"\tcounts := map[*cargo]int{}\n\tfor range 3 {\n\t\tcounts[newCargo()]++\n\t}\n\ttrace.V(N, len(counts))",
		"\ttrace.V(N, newCargo() == newCargo(), c == c)",
		"\ttrace.V(N, same(newCargo(), newCargo()), same(c, c))",
		"\ttrace.V(N, holder(newCargo()) == holder(newCargo()))",
		"\ttrace.V(N, *newCargo() == cargo{}, same(*c, cargo{}))",
		"\ttrace.V(N, holder(*c) == holder(cargo{}), len(map[holder]int{*c: 1, cargo{}: 2}))",
		"\ttrace.V(N, len(map[cargo]int{*c: 1, cargo{}: 2}))",
		"\ttrace.V(N, slices.Contains([]cargo{{}}, *c), slices.Index([]holder{cargo{}, *c}, holder(*c)))",
		"\ttrace.V(N, *c)",
		"\ttrace.V(N, fmt.Sprintf(\"%v %+v\", *c, []*cargo{c}[0]))",
		"\tdecode(c)",
		"\tdecodeAll(c)",
		"\tvar into any = c\n\tdecode(into)",
		"\tsetFirst(c)",
		"\tif v, ok := any(1).(cargo); !ok || v.On {\n\t\ttrace.V(N, ok, v.On)\n\t}",
		"\ttrace.V(N, map[string]cargo{\"a\": *c}[\"b\"].On, map[string]*cargo{\"a\": c}[\"a\"].On)",
		"\ttrace.V(N, make([]cargo, 2)[1].On, (&[2]cargo{1: *c})[0].On)",
		"\ttrace.V(N, zero[cargo]().On, new(cargo).On, find([]cargo{*c}, func(x cargo) bool { return !x.On }).On)",
		"\tch := make(chan cargo, 1)\n\tch <- *c\n\tclose(ch)\n\ttrace.V(N, (<-ch).On, (<-ch).On)",
		"\td := *c\n\td.On = !d.On\n\ttrace.V(N, d.On, c.On)",
		"\tp := &c.On\n\t*p = !*p",
		"\t*c = cargo{}",
		"\t*c, c = *newCargo(), newCargo()",
		"\theld := c.held\n\tc.On = false\n\ttrace.V(N, held())",
		"\tfunc(h holder) {\n\t\tif x, ok := h.(*cargo); ok {\n\t\t\tx.On = trace.B(N, false)\n\t\t}\n\t}(c)",
		"\ttrace.V(N, find([]holder{c}, func(h holder) bool { return h.held() }) == nil)",
		"\ttrace.V(N, struct{ cargo }{*c}.On, struct{ cargo }{}.On)",
	)
}
