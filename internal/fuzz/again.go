package fuzz

import "fmt"

// This file makes conditions that are asked for again.

// askedAgain asks for a variable together with a flag, and for it alone once more: in
// the else, behind the statement, and where something may have set it between.
func (g *gen) askedAgain() {
	v := g.variable(kBool)
	if n := g.variable(kInt); n != nil && g.chance(50) {
		v = n
	}
	if v == nil {
		g.declaration()
		return
	}
	v.used = true
	first := g.test(v)
	g.line("if %s %s %s {", first, pick(g, "&&", "||"), g.tight(g.flagBool()))
	g.block(2)
	if g.chance(40) {
		g.line("} else if %s {", g.test(v))
		g.block(2)
	}
	g.line("}")
	if !v.keep && g.chance(40) {
		g.setBetween(v)
	}
	if g.chance(70) {
		g.line("if %s {", g.test(v))
		g.block(2)
		g.line("}")
	}
}

// test makes a condition about a variable, and constants.
func (g *gen) test(v *variable) string {
	if v.kind == kBool {
		return pick(g, "", "!") + v.name
	}
	if g.chance(20) {
		return fmt.Sprintf("1 %s %s", pick(g, "==", "<", ">="), v.name)
	}
	return fmt.Sprintf("%s %s 1", v.name, pick(g, "==", "!=", "<", ">=", ">", "<="))
}

// setBetween sets a variable, in some way.
func (g *gen) setBetween(v *variable) {
	value := g.expr(v.kind, 1)
	switch g.IntN(5) {
	case 0:
		g.line("func() { %s = %s }()", v.name, value)
	case 1:
		p := g.fresh("p")
		g.line("%s := &%s", p, v.name)
		g.line("*%s = %s", p, value)
	case 2:
		g.line("if %s {", g.condition())
		g.line("\t%s = %s", v.name, value)
		g.line("}")
	case 3:
		g.line("for range 2 {")
		g.line("\t%s = %s", v.name, value)
		g.line("}")
	default:
		g.line("%s = %s", v.name, value)
	}
}
