package fuzz

import (
	"fmt"
	"strings"
)

// This file makes what carries a flag's value: fields, variables, methods,
// hooks, caches, helpers, and a package of settings.

// conf makes the package of settings.
func (g *gen) conf() string {
	g.confs = true
	on, color := `flag.On("fa")`, `"red"`
	if g.hasFlag("fv") {
		color = `flag.Variant("fv")`
	}
	load := pick(g,
		"\treturn Config{On: "+on+", Color: "+color+"}\n",
		"\tvar c Config\n\tif "+on+" {\n\t\tc.On = true\n\t}\n\tc.Color = "+color+"\n\treturn c\n",
		"\tc := &Config{Color: "+color+"}\n\tc.On = "+on+"\n\treturn *c\n",
	)
	return "// Package conf holds settings.\npackage conf\n\nimport \"example.com/flag\"\n\n" +
		"// Config is what is set.\ntype Config struct {\n\tOn    bool // fa\n\tColor string\n\tSize  int\n}\n\n" +
		"// Load asks.\nfunc Load() Config {\n" + load + "}\n\n" +
		"// IsOn is a getter.\nfunc (c Config) IsOn() bool { return c.On }\n\n" +
		"// Asked is for those who do not load.\nfunc Asked() bool { return " + on + " }\n"
}

// helpers are declarations that all programs have.
const helpers = `type shade string

const (
	shadeRed  shade = "red"
	shadeBlue shade = "blue"
)

type gate interface{ isOn() bool }

type box struct {
	opts
	name string
}

type knob struct {
	*opts
	hook func() bool
}

type pair[A, B any] struct {
	a A
	b B
}

func (p pair[A, B]) first() A { return p.a }

func (o *opts) note(n int) { trace.V(n, o.on) }

func choose[T any](on bool, a, b T) T {
	if on {
		return a
	}
	return b
}

func both[A, B any](a A, b B) (A, B) { return a, b }

func ptr[T any](v T) *T { return &v }

func deref[T any](p *T, d T) T {
	if p == nil {
		return d
	}
	return *p
}

func anyOf(bs ...bool) bool {
	for _, b := range bs {
		if b {
			return true
		}
	}
	return false
}

type turn func(i int, even bool) (more bool)

func each(n int, yield turn) {
	for i := range n {
		if !yield(i, i%2 == 0) {
			return
		}
	}
}

func upTo(n int) func(turn) { return func(yield turn) { each(n, yield) } }

func id[T any](v T) T { return v }

`

// carriers makes package variables and methods that hold or hand on a flag, and
// the questions that ask them.
func (g *gen) carriers() string {
	var b strings.Builder
	f := g.flags[0].Key
	on := fmt.Sprintf("flag.On(%q)", f)
	add := func(code, ask string) {
		if g.chance(45) {
			b.WriteString(code)
			g.asks = append(g.asks, ask)
		}
	}
	add("var (\n\tonce   sync.Once\n\tcached bool\n)\n\nfunc onceA() bool {\n\tonce.Do(func() { cached = "+on+" })\n\treturn cached\n}\n\n", "onceA()")
	add("var onceValue = sync.OnceValue(func() bool { return "+on+" })\n\n", "onceValue()")
	add("var initA bool\n\nfunc init() { initA = "+on+" }\n\n", "initA")
	add("var initB bool\n\nfunc init() {\n\tif "+on+" {\n\t\tinitB = true\n\t}\n}\n\n", "initB")
	add("var hookA = isA\n\n", "hookA()")
	add("var hookB func() bool = func() bool { return "+on+" }\n\n", "hookB()")
	add("var gateOf gate = service{}\n\n", "gateOf.isOn()")
	add("var table = map[string]bool{\"on\": "+on+", \"off\": false}\n\n", `table["on"]`)
	add("var boxed = box{opts: opts{on: "+on+"}, name: \"b\"}\n\n", pick(g, "boxed.on", "boxed.isOn()", "boxed.opts.on"))
	add("var turned = &knob{opts: &opts{on: true}, hook: func() bool { return "+on+" }}\n\n", "turned.hook()")
	add("type setup struct {\n\tnewUI bool\n\tcolor string\n}\n\nfunc newSetup() *setup { return &setup{newUI: "+on+", color: \"red\"} }\n\nfunc (s *setup) isNew() bool { return s.newUI }\n\nvar theSetup = newSetup()\n\n", pick(g, "theSetup.newUI", "theSetup.isNew()"))
	add("func withOn(on bool, n int) bool {\n\ttrace.V(9010, n)\n\tif on {\n\t\ttrace.T(9011)\n\t}\n\treturn on\n}\n\n", "withOn("+on+", 1)")
	add("type reader struct{ c *flag.Client }\n\nfunc (r reader) on() bool { return r.c.Bool(keyFA, flag.For(\"r\"), false) }\n\n", "(reader{client}).on()")
	if g.chance(40) {
		add(g.whole(on))
	}
	if g.confs {
		add("var settings = conf.Load()\n\n", pick(g, "settings.On", "settings.IsOn()", `(settings.Color == "red")`))
	}
	return b.String()
}

// roundabout makes a question inside of an expression that hands the answer on.
func (g *gen) roundabout(on string) string {
	return pick(g,
		"*ptr("+on+")",
		"deref(ptr("+on+"), false)",
		"choose("+on+", true, false)",
		"choose[bool]("+on+", true, false)",
		"anyOf("+on+")",
		"anyOf([]bool{"+on+"}...)",
		"service.isOn(service{})",
		"(toggle("+on+") == true)",
		"bool(toggle("+on+"))",
		"func(b bool) bool { return b }("+on+")",
		"[]bool{"+on+"}[0]",
		"[...]bool{1: "+on+"}[1]",
		"map[bool]bool{true: "+on+"}[true]",
		"(struct{ on bool }{"+on+"}).on",
		"(pair[bool, int]{"+on+", 1}).a",
		"(pair[bool, int]{a: "+on+"}).first()",
		"id("+on+")",
		"(opts{on: "+on+"} == opts{on: true})",
		"(any("+on+") == any(true))",
		"(&opts{on: "+on+"}).isOn()",
		"gate(&opts{on: "+on+"}).isOn()",
	)
}

// shadeBool makes a condition on a variant of a defined type.
func (g *gen) shadeBool() string {
	return pick(g,
		`shade(flag.Variant("fv")) == shadeRed`,
		`shade(flag.Variant("fv")) != shadeBlue`,
		`flag.Variant("fv")[0] == 'r'`,
		`flag.Variant("fv")[:1] == "r"`,
		`len(flag.Variant("fv")) > 3`,
		`strings.EqualFold(flag.Variant("fv"), "RED")`,
		`(flag.Variant("fv") < "c")`,
	)
}
