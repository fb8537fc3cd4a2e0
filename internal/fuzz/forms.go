package fuzz

import (
	"fmt"
)

// This file makes the rarer statements.

// rare makes one of them; it has the scopes that it needs.
func (g *gen) rare() {
	forms := []func(){
		g.goStmt, g.rangeOver, g.backward, g.gotoEnd, g.gotoBlock, g.typeCases, g.sendSelect, g.opAssign, g.swap, g.blanks, g.accumulate,
		g.varPair, g.closure, g.deferArgs, g.ifInit, g.pointer, g.element, g.iotaGroup, g.shadeSwitch, g.chain, g.resultsOf, g.localFunc,
		g.nilCheck, g.emptyBodies, g.recursion, g.labelledSwitch, g.forEver, g.opAssign, g.askedAgain, g.askedAgain,
	}
	forms[g.IntN(len(forms))]()
}

// opAssign makes an assignment with an operator.
func (g *gen) opAssign() {
	v := g.assignable(kInt)
	if v == nil {
		name := g.fresh("n")
		g.line("%s := %s", name, g.number(1))
		v = g.declare(name, kInt)
	}
	v.used = true
	switch g.IntN(4) {
	case 0:
		g.line("%s %s %d", v.name, pick(g, "<<=", ">>="), 1+g.IntN(2))
	case 1:
		g.line("%s %s %d", v.name, pick(g, "/=", "%="), 1+g.IntN(3))
	default:
		g.line("%s %s %s", v.name, pick(g, "+=", "-=", "*=", "|=", "&=", "^=", "&^="), g.number(1))
	}
}

// swap assigns several variables at once, whose values depend on each other.
func (g *gen) swap() {
	k := pick(g, kBool, kInt, kString)
	a, b := g.assignable(k), g.assignable(k)
	if a == nil || a == b {
		g.several()
		return
	}
	a.used = true
	if g.chance(50) {
		b.used = true
		g.line("%s, %s = %[2]s, %[1]s", a.name, b.name)
		return
	}
	g.line("%s, %s = %s, %[1]s", a.name, b.name, g.expr(k, 2))
}

// blanks assigns to nothing.
func (g *gen) blanks() {
	switch g.IntN(6) {
	case 0:
		g.line("_ = %s", g.flagBool())
	case 1:
		g.line("_, _ = flag.Try(%q)", g.flags[0].Key)
	case 2:
		g.line("_, _ = %s, trace.I(%d)", g.flagBool(), g.effect())
	case 3:
		g.line("var _ = %s", g.flagBool())
	case 4:
		g.line("var _ bool = %s", g.condition())
	default:
		g.line("_, _ = both(%s, trace.I(%d))", g.flagBool(), g.effect())
	}
}

// accumulate makes a variable that ifs set, one after the other.
func (g *gen) accumulate() {
	name := g.newName()
	k := pick(g, kBool, kInt, kString)
	zero := map[kind]string{kBool: "false", kInt: "0", kString: `""`}[k]
	other := map[kind]string{kBool: "true", kInt: "1", kString: `"x"`}[k]
	if g.chance(50) {
		g.line("%s := %s", name, zero)
	} else {
		g.line("var %s %s", name, k)
	}
	v := g.declare(name, k)
	g.line("if %s {", g.flagBool())
	g.line("\t%s = %s", name, other)
	if g.chance(40) {
		g.block(2)
	}
	if g.chance(30) {
		g.line("} else {")
		g.line("\t%s = %s", name, g.expr(k, 1))
	}
	g.line("}")
	if k == kBool {
		v.used = true
		cond := pick(g, name, "!"+name)
		if g.chance(30) {
			cond += " && " + g.operand(1)
		}
		g.line("if %s {", cond)
		g.block(2)
		g.line("}")
	}
}

// varPair declares several variables at once.
func (g *gen) varPair() {
	a, b := g.fresh("u"), g.fresh("w")
	switch g.IntN(4) {
	case 0:
		g.line("var %s, %s bool", a, b)
		g.declare(a, kBool)
		g.declare(b, kBool)
	case 1:
		g.line("var %s, %s = flag.Try(%q)", a, b, g.flags[0].Key)
		g.declare(a, kBool)
		g.declare(b, kError)
	case 2:
		g.line("%s, %s := both(%s, %s)", a, b, g.flagBool(), g.number(1))
		g.declare(a, kBool)
		g.declare(b, kInt)
	default:
		g.line("var %s, %s = %s, %s", a, b, g.condition(), g.text(1))
		g.declare(a, kBool)
		g.declare(b, kString)
	}
}

// closure makes a function literal with parameters, and calls it.
func (g *gen) closure() {
	f := g.fresh("fn")
	g.line("%s := func(b bool, n int) (out bool) {", f)
	old := g.fun
	g.fun = &frame{outer: old, results: []kind{kBool}, named: []string{"out"}, inDefer: true}
	g.push(true)
	g.declare("b", kBool).fix = true
	g.declare("n", kInt).fix = true
	g.declare("out", kBool).fix = true
	g.stmts(3)
	g.pop0()
	g.fun = old
	g.line("}")
	for range 1 + g.IntN(2) {
		g.line("trace.V(%d, %s(%s, %s))", g.effect(), f, g.condition(), g.number(0))
	}
}

// deferArgs defers a call whose arguments are evaluated at once.
func (g *gen) deferArgs() {
	if g.fun.inDefer {
		g.callStmt()
		return
	}
	switch g.IntN(3) {
	case 0:
		g.line("defer func(b bool) { trace.V(%d, b) }(%s)", g.effect(), g.condition())
	case 1:
		g.line("defer (&opts{on: %s}).note(%d)", g.condition(), g.effect())
	default:
		g.line("if %s {", g.flagBool())
		g.line("\tdefer trace.T(%d)", g.effect())
		g.line("}")
	}
}

// ifInit makes an if statement whose init statement is of a rare kind.
func (g *gen) ifInit() {
	var init string
	switch g.IntN(5) {
	case 0:
		f := g.fresh("on")
		init = fmt.Sprintf("%s := func() bool { return %s }; %[1]s()", f, g.flagBool())
	case 1:
		if v := g.assignable(kInt); v != nil {
			v.used = true
			init = fmt.Sprintf("%s++; %s", v.name, g.tight(g.condition()))
			break
		}
		fallthrough
	case 2:
		c := g.fresh("ch")
		g.line("%s := make(chan bool, 1)", c)
		init = fmt.Sprintf("%s <- %s; <-%[1]s", c, g.condition())
	case 3:
		a, b := g.fresh("u"), g.fresh("w")
		init = fmt.Sprintf("%s, %s := %s, trace.I(%d); %[1]s && %[2]s > 0", a, b, g.flagBool(), g.effect())
	default:
		a := g.fresh("u")
		init = fmt.Sprintf("%s, %[1]sok := any(%s).(bool); %[1]sok && %[1]s", a, g.flagBool())
	}
	g.line("if %s {", init)
	g.block(2)
	if g.chance(50) {
		g.line("} else {")
		g.block(2)
	}
	g.line("}")
}

// pointer writes a variable through its address.
func (g *gen) pointer() {
	v := g.assignable(kBool)
	if v == nil {
		g.declaration()
		return
	}
	v.used = true
	p := g.fresh("p")
	g.line("%s := &%s", p, v.name)
	g.line("*%s = %s", p, g.condition())
	if g.chance(50) {
		g.line("trace.V(%d, *%s, %s)", g.effect(), p, v.name)
	}
}

// element writes elements of arrays, slices and maps.
func (g *gen) element() {
	a := g.fresh("arr")
	switch g.IntN(4) {
	case 0:
		g.line("%s := [3]int{%s}", a, g.number(0))
		g.line("%s[%s&1] = %s", a, "("+g.number(1)+")", g.number(1))
		g.line("%s[1]++", a)
		g.line("trace.V(%d, %s, %[2]s[:2:3])", g.effect(), a)
	case 1:
		g.line("%s := map[bool]string{%s: %s}", a, g.condition(), g.text(0))
		g.line("delete(%s, %s)", a, g.condition())
		g.line("trace.V(%d, len(%s))", g.effect(), a)
	case 2:
		g.line("%s := append([]int{}, []int{%s, 2}...)", a, g.number(1))
		g.line("copy(%s, []int{%s})", a, g.number(1))
		g.line("trace.V(%d, %s[1:])", g.effect(), a)
	default:
		g.line("%s := []opts{{on: %s}, {%s, false, 1}}", a, g.condition(), g.boolean(1))
		g.line("%s[0].n++", a)
		g.line("if %s[0].on {", a)
		g.block(2)
		g.line("}")
		g.line("trace.V(%d, %s)", g.effect(), a)
	}
}

// iotaGroup declares constants that count.
func (g *gen) iotaGroup() {
	a, b := g.fresh("one"), g.fresh("two")
	g.line("const (")
	g.line("\t%s = iota + %d", a, g.IntN(3))
	g.line("\t%s", b)
	g.line(")")
	if g.chance(50) {
		g.line("if %s {", g.flagBool())
		g.line("\ttrace.V(%d, %s)", g.effect(), a)
		g.line("}")
	}
	g.line("trace.V(%d, %s)", g.effect(), b)
}

// resultsOf takes what a function with several results yields.
func (g *gen) resultsOf() {
	for _, f := range g.funcs {
		if len(f.results) != 2 {
			continue
		}
		a, b := g.fresh("u"), g.fresh("w")
		g.line("%s, %s := %s", a, b, g.callOf(f, 1))
		g.declare(a, f.results[0])
		g.declare(b, f.results[1])
		return
	}
	g.tried()
}

// localFunc calls a literal at once.
func (g *gen) localFunc() {
	g.line("func() {")
	g.inLiteral(3)
	g.line("}()")
}

// nilCheck compares pointers, functions and interfaces with nil.
func (g *gen) nilCheck() {
	for _, k := range []kind{kPtr, kFunc, kError, kAny} {
		if v := g.variable(k); v != nil {
			v.used = true
			g.line("if %s%s {", v.name+pick(g, " != nil", " == nil"), pick(g, "", " && "+g.flagBool(), " || "+g.flagBool()))
			g.block(2)
			g.line("}")
			return
		}
	}
	g.line("if %s == nil {", pick(g, "theNil", "error(nil)"))
	g.block(2)
	g.line("}")
}
