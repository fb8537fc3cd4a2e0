package fuzz

import (
	"fmt"
	"strings"
)

// This file makes the statements that decide what runs.

// condition makes a condition that often depends on a flag.
func (g *gen) condition() string {
	if g.chance(40) {
		return g.flagBool()
	}
	if g.chance(15) {
		return "!" + g.operand(1)
	}
	return g.boolean(3)
}

// ifStmt makes an if statement; lead is "} else " for one of a chain.
func (g *gen) ifStmt(lead string) {
	g.push(false) // the scope of the init statement
	init := ""
	if g.chance(25) {
		init = g.initStmt()
	}
	cond := g.condition()
	if init != "" {
		cond = g.tight(cond)
	}
	g.unindented("%sif %s%s {", lead, init, cond)
	g.inner(4)
	switch {
	case g.chance(50):
	case g.chance(35):
		g.ifStmt("} else ")
		g.closeInit()
		return
	default:
		g.unindented("} else {")
		g.inner(3)
	}
	g.unindented("}")
	g.closeInit()
}

// inner makes the body of an if statement, whose init statement has a scope of
// its own that makes no indentation.
func (g *gen) inner(n int) {
	g.push(false)
	g.stmts(n)
	g.pop()
}

// unindented writes a line of a statement that has an init scope.
func (g *gen) unindented(form string, args ...any) {
	s := g.scopes
	g.scopes = s[:len(s)-1]
	g.line(form, args...)
	g.scopes = s
}

// closeInit drops the scope of an init statement; what nobody used was used by
// initStmt.
func (g *gen) closeInit() { g.scopes = g.scopes[:len(g.scopes)-1] }

// initStmt makes an init statement, with its semicolon. Its variables count as
// used: the condition reads them.
func (g *gen) initStmt() string {
	switch g.IntN(5) {
	case 0:
		f := g.flags[0]
		s := fmt.Sprintf("on, err := flag.Try(%q); err == nil && ", f.Key)
		g.declare("on", kBool).used = true
		g.declare("err", kError).used = true
		return s + pick(g, "on && ", "on == ", "!on || ")
	case 1:
		name := pick(g, "x", "v", "n")
		s := fmt.Sprintf("%s, err := %s; err == nil || %[1]s > %[3]d || ", name, fmt.Sprintf("trace.P(%d)", g.effect()), g.IntN(3))
		g.declare(name, kInt).used = true
		g.declare("err", kError).used = true
		return s
	case 2:
		if v := g.assignable(kBool); v != nil {
			s := fmt.Sprintf("%s = %s; ", v.name, g.boolean(2))
			return s
		}
	case 3:
		return fmt.Sprintf("trace.T(%d); ", g.effect())
	}
	name := pick(g, "a", "b", "on", "ok")
	s := fmt.Sprintf("%s := %s; ", name, g.boolean(2))
	g.declare(name, kBool).used = true
	return s + name + pick(g, " && ", " || ", " == ")
}

// forStmt makes a loop that ends.
func (g *gen) forStmt() {
	l := &loop{isLoop: true}
	if g.chance(35) {
		l.label = g.fresh("loop")
	}
	at := g.out.Len()
	g.fun.loops = append(g.fun.loops, l)
	switch g.IntN(6) {
	case 0:
		i := pick(g, "i", "j", "x")
		g.line("for %s := range %d {", i, g.IntN(4))
		g.loopBody2(i, "_")
	case 1:
		g.line("for range %d {", g.IntN(3))
		g.loopBody("", "")
	case 2:
		i := pick(g, "i", "j", "n")
		g.line("for %s := 0; %[1]s < %d && %s; %[1]s++ {", i, 1+g.IntN(3), g.tight(g.under(i)))
		g.loopBody(i, kInt)
	case 3:
		guard := g.fresh("turn")
		g.line("%s := 0", guard)
		at = g.out.Len()
		g.line("for %s {", g.condition())
		g.line("\tif %s++; %[1]s > %d {", guard, 1+g.IntN(3))
		g.line("\t\tbreak")
		g.line("\t}")
		g.loopBody("", "")
		v := g.declare(guard, kInt)
		v.keep, v.used = true, true
	case 4:
		s := g.expr(kSlice, 1)
		i, x := pick(g, "i", "_"), pick(g, "v", "x")
		g.line("for %s, %s := range %s {", i, x, s)
		g.loopBody2(i, x)
	case 5:
		i := pick(g, "i", "j")
		g.line("for %s := 0; %s; %[1]s++ {", i, g.under(i))
		g.line("\tif %s > %d {", i, 1+g.IntN(2))
		g.line("\t\tbreak")
		g.line("\t}")
		g.loopBody(i, kInt)
	}
	g.line("}")
	g.fun.loops = g.fun.loops[:len(g.fun.loops)-1]
	g.label(l, at)
}

// under makes a condition in the scope of a loop variable.
func (g *gen) under(i string) string {
	g.push(false)
	v := g.declare(i, kInt)
	v.keep, v.used = true, true
	defer func() { g.scopes = g.scopes[:len(g.scopes)-1] }()
	return g.condition()
}

// label puts a loop's label in front of it, where somebody names it.
func (g *gen) label(l *loop, at int) {
	if !l.used {
		return
	}
	text := g.out.String()
	g.out.Reset()
	g.out.WriteString(text[:at] + l.label + ":\n" + text[at:])
}

func (g *gen) loopBody(i string, k kind) {
	g.head(&variable{name: i, kind: k, keep: true})
	g.block(4)
	g.endHead()
}

// loopBody2 makes a body that reads what the head declares.
func (g *gen) loopBody2(i, x string) {
	g.head(&variable{name: i, kind: kInt}, &variable{name: x, kind: kInt})
	g.readingBlock(4)
	g.endHead()
}

// readingBlock makes a block that uses what the head around it declares.
func (g *gen) readingBlock(n int) {
	at := g.out.Len()
	g.push(false)
	g.stmts(n)
	for _, v := range g.scopes[len(g.scopes)-2].vars {
		switch {
		case strings.Contains(g.out.String(), v.mark):
		case g.isFree(v.name):
			g.use(v)
		default: // hidden by now
			text := g.out.String()
			g.out.Reset()
			g.out.WriteString(text[:at] + "_ = " + v.name + "\n" + text[at:])
		}
	}
	g.pop()
}

// switchStmt makes a switch with or without a tag.
func (g *gen) switchStmt() {
	l := &loop{}
	if g.chance(20) {
		l.label = g.fresh("sw")
	}
	at := g.out.Len()
	g.fun.loops = append(g.fun.loops, l)
	var cases []string
	init := ""
	if g.chance(15) {
		init = fmt.Sprintf("trace.T(%d); ", g.effect())
	}
	switch g.IntN(5) {
	case 0:
		g.line("switch %s%s {", init, g.text(1))
		cases = []string{`"red"`, `"blue", "x"`, fmt.Sprintf("trace.S(%d)", g.effect()), "colorGreen"}
	case 1:
		if g.hasFlag("fv") {
			g.line("switch %s%s {", init, fmt.Sprintf("flag.Variant(%q)", "fv"))
			cases = []string{`"red"`, `"blue", "x"`, "colorGreen"}
			break
		}
		fallthrough
	case 2:
		g.line("switch %s%s {", init, g.boolean(2))
		cases = []string{pick(g, "true", g.flagBool()), pick(g, "false", g.operand(1))}
	default:
		g.line("switch %s{", init)
		for range 1 + g.IntN(4) {
			c := g.condition()
			if g.chance(25) {
				c += ", " + g.condition()
			}
			cases = append(cases, c)
		}
	}
	g.clauses(cases)
	g.line("}")
	g.fun.loops = g.fun.loops[:len(g.fun.loops)-1]
	g.label(l, at)
}

// clauses makes the clauses of a switch, with a default somewhere, at times.
func (g *gen) clauses(cases []string) {
	g.Shuffle(len(cases), func(i, j int) { cases[i], cases[j] = cases[j], cases[i] })
	if len(cases) > 1 && g.chance(30) {
		cases = cases[:len(cases)-1]
	}
	deflt := -1
	if g.chance(60) {
		deflt = g.IntN(len(cases) + 1)
	}
	for i := range len(cases) + 1 {
		if i == deflt {
			g.line("default:")
			g.clauseBody(false)
		}
		if i < len(cases) {
			g.line("case %s:", cases[i])
			g.clauseBody(i < len(cases)-1 && g.chance(8))
		}
	}
}

func (g *gen) clauseBody(through bool) {
	if !through && g.chance(10) {
		return
	}
	g.push(false)
	if through {
		g.line("trace.T(%d)", g.effect())
		g.pop()
		g.line("\tfallthrough")
		return
	}
	g.stmts(3)
	g.pop()
}

// otherSwitch makes a type switch or a select.
func (g *gen) otherSwitch() {
	g.fun.loops = append(g.fun.loops, &loop{})
	if g.chance(50) {
		x := g.anything(1)
		g.line("switch v := %s.(type) {", x)
		g.line("case bool:")
		g.typeClause(kBool)
		g.line("case string:")
		g.typeClause(kString)
		g.line("default:")
		g.typeClause(kAny)
	} else {
		c := g.fresh("ch")
		g.line("%s := make(chan bool, 1)", c)
		if g.chance(60) {
			g.line("%s <- %s", c, g.boolean(1))
		}
		g.line("select {")
		g.line("case v := <-%s:", c)
		g.typeClause(kBool)
		g.line("default:")
		g.clauseBody(false)
	}
	g.line("}")
	g.fun.loops = g.fun.loops[:len(g.fun.loops)-1]
}

// typeClause makes a clause in which v is a variable, and used.
func (g *gen) typeClause(k kind) {
	g.push(false)
	v := g.declare("v", k)
	g.use(v)
	g.stmts(2)
	g.pop()
}

// gotoStmt makes a goto that skips a block.
func (g *gen) gotoStmt() {
	label := g.fresh("skip")
	g.line("if %s {", g.condition())
	g.line("\tgoto %s", label)
	g.line("}")
	g.line("{")
	g.block(3)
	g.line("}")
	text := g.out.String()
	g.out.Reset()
	g.out.WriteString(text + label + ":\n")
	g.line("trace.T(%d)", g.effect())
}
