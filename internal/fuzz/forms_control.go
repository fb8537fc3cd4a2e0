package fuzz

import "fmt"

// This file makes the rarer statements that decide what runs.

// goStmt starts a goroutine and waits for it.
func (g *gen) goStmt() {
	done := g.fresh("done")
	if g.chance(40) {
		g.line("%s := make(chan bool, 1)", done)
		g.line("go func(b bool) { %s <- b }(%s)", done, g.condition())
		g.line("trace.V(%d, <-%s)", g.effect(), done)
		return
	}
	g.line("%s := make(chan struct{})", done)
	g.line("go func() {")
	g.line("\tdefer func() {")
	g.line("\t\t_ = recover()")
	g.line("\t\tclose(%s)", done)
	g.line("\t}()")
	g.inLiteral(2)
	g.line("}()")
	g.line("<-%s", done)
}

// inLiteral makes the body of a function literal without results.
func (g *gen) inLiteral(n int) {
	old := g.fun
	g.fun = &frame{outer: old, inDefer: true}
	g.push(true)
	g.stmts(n)
	g.pop()
	g.fun = old
}

// rangeOver makes a loop over each kind of thing.
func (g *gen) rangeOver() {
	l := &loop{isLoop: true}
	if g.chance(25) {
		l.label = g.fresh("over")
	}
	before := g.out.Len()
	g.fun.loops = append(g.fun.loops, l)
	b := g.boolean(1)
	switch g.IntN(8) {
	case 0:
		g.line("for i, v := range [2]bool{%s, %s} {", b, g.condition())
		g.rangeBody("i", kInt, "v", kBool)
	case 1:
		g.line("for _, v := range &[2]bool{%s} {", b)
		g.rangeBody("", "", "v", kBool)
	case 2:
		g.line("for i, r := range %s {", g.text(0))
		g.line("\t_ = r")
		g.rangeBody("i", kInt, "", "")
	case 3:
		g.line("for k, v := range map[string]bool{%q: %s} {", "k", b)
		g.rangeBody("k", kString, "v", kBool)
	case 4:
		c := g.fresh("ch")
		g.line("%s := make(chan bool, 2)", c)
		g.line("%s <- %s", c, b)
		g.line("close(%s)", c)
		before = g.out.Len()
		g.line("for v := range %s {", c)
		g.rangeBody("v", kBool, "", "")
	case 5:
		g.line("for i, v := range upTo(%d) {", g.IntN(4))
		g.rangeBody("i", kInt, "v", kBool)
	case 6:
		if v := g.assignable(kInt); v != nil {
			v.used = true
			g.line("for %s = range []int{%s, 2} {", v.name, g.number(1))
			g.rangeBody("", "", "", "")
			break
		}
		g.line("for range []int{%s, 2} {", g.number(1))
		g.rangeBody("", "", "", "")
	case 7:
		g.line("for i := range choose(%s, 2, 1) {", g.condition())
		g.rangeBody("i", kInt, "", "")
	}
	g.line("}")
	g.fun.loops = g.fun.loops[:len(g.fun.loops)-1]
	g.label(l, before)
}

func (g *gen) rangeBody(a string, ka kind, b string, kb kind) {
	g.head(&variable{name: a, kind: ka}, &variable{name: b, kind: kb})
	g.readingBlock(3)
	g.endHead()
}

// backward makes a goto that leads back.
func (g *gen) backward() {
	turn, label := g.fresh("turn"), g.fresh("again")
	g.line("%s := 0", turn)
	v := g.declare(turn, kInt)
	v.keep, v.used = true, true
	g.out.WriteString(label + ":\n")
	g.line("if %s++; %[1]s < %d && %s {", turn, 2+g.IntN(2), g.operand(1))
	g.block(2)
	g.line("\tgoto %s", label)
	g.line("}")
}

// gotoEnd makes a goto to the end of a block, where an empty statement stands.
func (g *gen) gotoEnd() {
	label := g.fresh("end")
	g.line("{")
	g.line("\tif %s {", g.condition())
	g.line("\t\tgoto %s", label)
	g.line("\t}")
	g.line("\t{")
	g.push(false)
	g.block(2)
	g.scopes = g.scopes[:len(g.scopes)-1]
	g.line("\t}")
	g.line("%s:", label)
	g.line("}")
}

// gotoBlock makes a goto to a labelled block, at times unconditionally.
func (g *gen) gotoBlock() {
	label := g.fresh("to")
	if g.chance(70) {
		g.line("if %s {", g.condition())
		g.line("\tgoto %s", label)
		g.line("}")
	} else {
		g.line("goto %s", label)
	}
	g.line("trace.T(%d)", g.effect())
	g.out.WriteString(label + ":\n")
	g.line("{")
	g.block(2)
	g.line("}")
}

// typeCases makes a type switch with all kinds of clauses.
func (g *gen) typeCases() {
	l := &loop{label: g.fresh("types")}
	before := g.out.Len()
	g.fun.loops = append(g.fun.loops, l)
	x := g.anything(1)
	head := pick(g, "switch "+x+".(type) {", fmt.Sprintf("switch trace.T(%d); v%[1]d := %s.(type) {", g.next+1, x), "switch x0 := "+x+"; x0.(type) {")
	g.line("%s", head)
	g.line("case int, string:")
	if n := g.effect(); head[7:10] == "tra" {
		g.line("\ttrace.V(%d, v%[1]d)", n)
	}
	g.clauseBody(false)
	g.line("case nil, error:")
	g.clauseBody(false)
	if g.chance(70) {
		g.line("case bool:")
		g.clauseBody(false)
	}
	if g.chance(50) {
		g.line("default:")
		g.clauseBody(false)
	}
	g.line("}")
	g.fun.loops = g.fun.loops[:len(g.fun.loops)-1]
	g.label(l, before)
}

// sendSelect makes a select that sends, and receives into what is there.
func (g *gen) sendSelect() {
	c := g.fresh("ch")
	g.line("%s := make(chan bool, 1)", c)
	g.fun.loops = append(g.fun.loops, &loop{})
	g.line("select {")
	g.line("case %s <- %s:", c, g.condition())
	g.clauseBody(false)
	if g.chance(40) {
		g.line("default:")
		g.clauseBody(false)
	}
	g.line("}")
	switch v := g.assignable(kBool); {
	case v != nil && g.chance(50):
		g.line("select {")
		g.line("case %s = <-%s:", v.name, c)
		g.clauseBody(false)
		g.line("}")
	default:
		g.line("select {")
		g.line("case v, ok := <-%s:", c)
		g.line("\ttrace.V(%d, v, ok)", g.effect())
		g.line("}")
	}
	g.fun.loops = g.fun.loops[:len(g.fun.loops)-1]
}

// shadeSwitch makes a switch over a defined type, a number or a call.
func (g *gen) shadeSwitch() {
	g.fun.loops = append(g.fun.loops, &loop{})
	switch {
	case g.hasFlag("fv") && g.chance(60):
		g.line("switch shade(flag.Variant(%q)) {", "fv")
		g.clauses([]string{"shadeRed", "shadeBlue, \"green\""})
	case g.hasFlag("fn"):
		g.line("switch n := flag.Int(%q); n {", "fn")
		g.head(&variable{name: "n", kind: kInt, keep: true})
		g.clauses([]string{"0, 1", "3", fmt.Sprintf("trace.I(%d)", g.effect())})
		g.endHead()
	default:
		g.line("switch choose(%s, 1, 2) {", g.flagBool())
		g.clauses([]string{"1", fmt.Sprintf("trace.I(%d), 2", g.effect())})
	}
	g.line("}")
	g.fun.loops = g.fun.loops[:len(g.fun.loops)-1]
}

// chain makes a switch whose clauses fall through, one into the other.
func (g *gen) chain() {
	g.fun.loops = append(g.fun.loops, &loop{})
	head := "switch {"
	cases := []string{g.condition(), g.condition(), g.condition()}
	if g.chance(40) && g.hasFlag("fv") {
		head = `switch flag.Variant("fv") {`
		cases = []string{`"red"`, `"green"`, `"blue"`}
	}
	g.line("%s", head)
	deflt := g.IntN(5)
	for i, c := range cases {
		if i == deflt {
			g.line("default:")
			g.clauseBody(g.chance(40))
		}
		g.line("case %s:", c)
		g.clauseBody((i < 2 || deflt == 3) && g.chance(50))
	}
	if deflt == 3 {
		g.line("default:")
		g.clauseBody(false)
	}
	g.line("}")
	g.fun.loops = g.fun.loops[:len(g.fun.loops)-1]
}

// emptyBodies makes statements with nothing inside.
func (g *gen) emptyBodies() {
	switch g.IntN(5) {
	case 0:
		g.line("if %s {", g.condition())
		g.line("}")
	case 1:
		g.line("if %s {", g.condition())
		g.line("\t// Nothing.")
		g.line("} else {")
		g.block(2)
		g.line("}")
	case 2:
		g.line("for %s && false {", g.operand(1))
		g.line("}")
	case 3:
		g.line("switch %s {", g.condition())
		g.line("}")
	default:
		g.line(";")
	}
}

// recursion makes a literal that calls itself.
func (g *gen) recursion() {
	f := g.fresh("rec")
	g.line("var %s func(n0 int, on0 bool) int", f)
	g.line("%s = func(n0 int, on0 bool) int {", f)
	g.line("\tif n0 <= 0 || %s {", g.flagBool())
	g.line("\t\treturn n0")
	g.line("\t}")
	g.line("\tif on0 {")
	g.line("\t\ttrace.V(%d, n0)", g.effect())
	g.line("\t}")
	g.line("\treturn %s(n0-1, %s)", f, g.condition())
	g.line("}")
	g.line("trace.V(%d, %s(%d, %s))", g.effect(), f, 1+g.IntN(3), g.flagBool())
}

// labelledSwitch makes a switch inside of a loop, left by labels.
func (g *gen) labelledSwitch() {
	outer := g.fresh("out")
	i := g.fresh("i")
	g.out.WriteString(outer + ":\n")
	g.line("for %s := range 3 {", i)
	g.line("\tswitch {")
	g.line("\tcase %s:", g.condition())
	g.line("\t\ttrace.V(%d, %s)", g.effect(), i)
	g.line("\t\t%s", pick(g, "break", "continue", "break "+outer, "continue "+outer))
	g.line("\tcase %s:", g.condition())
	g.line("\t\tif %s {", g.condition())
	g.line("\t\t\t%s %s", pick(g, "break", "continue"), outer)
	g.line("\t\t}")
	g.line("\t\ttrace.T(%d)", g.effect())
	g.line("\tdefault:")
	g.line("\t\t%s %s", pick(g, "break", "continue"), outer)
	g.line("\t}")
	g.line("\ttrace.T(%d)", g.effect())
	g.line("}")
}

// forEver makes a loop that only a break ends.
func (g *gen) forEver() {
	turn := g.fresh("turn")
	g.line("%s := 0", turn)
	v := g.declare(turn, kInt)
	v.keep, v.used = true, true
	l := &loop{isLoop: true}
	g.fun.loops = append(g.fun.loops, l)
	g.line("for {")
	g.line("\tif %s++; %[1]s > %d || %s {", turn, 1+g.IntN(2), g.condition())
	g.line("\t\tbreak")
	g.line("\t}")
	g.block(3)
	g.line("}")
	g.fun.loops = g.fun.loops[:len(g.fun.loops)-1]
}
