package fuzz

import (
	"fmt"
	"strings"
)

// This file makes statements.

// maxScopes bounds how deep blocks nest.
const maxScopes = 5

// block makes the statements of a block between braces that stand already.
func (g *gen) block(n int) {
	g.push(false)
	g.stmts(n)
	g.pop()
}

// stmts makes up to n statements.
func (g *gen) stmts(n int) {
	for range 1 + g.IntN(n) {
		g.comment()
		if g.stmt() {
			return
		}
		if g.chance(6) {
			g.out.WriteString("\n")
		}
	}
}

// stmt makes a statement and reports whether nothing may stand behind it.
func (g *gen) stmt() bool {
	if len(g.scopes) < maxScopes && g.chance(50) {
		g.deepStmt()
		return false
	}
	switch g.IntN(17) {
	case 0, 1, 2:
		g.line("trace.T(%d)", g.effect())
	case 3, 4, 5:
		g.declaration()
	case 6:
		g.several()
	case 7, 8, 9:
		g.assignment()
	case 10:
		if len(g.scopes) > 1 && g.chance(50) {
			return g.leave()
		}
		g.callStmt()
	case 11:
		g.callStmt()
	case 12, 13:
		g.tried()
	case 14:
		g.localDecl()
	case 15:
		g.showAll()
	case 16:
		if g.chance(10) {
			g.line("panic(%q)", fmt.Sprint("p", g.effect()))
			return true
		}
		g.assignment()
	}
	return false
}

// deepStmt makes a statement that holds others.
func (g *gen) deepStmt() {
	switch g.IntN(21) {
	case 0, 1, 2, 3, 4, 5:
		g.ifStmt("")
	case 6, 7:
		g.forStmt()
	case 8, 9:
		g.switchStmt()
	case 10:
		g.otherSwitch()
	case 11:
		if g.fun.inDefer {
			g.callStmt()
			return
		}
		g.deferStmt()
	case 12:
		g.line("{")
		g.block(3)
		g.line("}")
	case 13:
		g.gotoStmt()
	default:
		g.rare()
	}
}

var allKinds = []kind{kBool, kBool, kBool, kInt, kInt, kString, kError, kAny, kFunc, kOpts, kPtr, kToggle, kSlice, kMap}

// declaration declares one variable.
func (g *gen) declaration() {
	k := pick(g, allKinds...)
	name := g.newName()
	switch form := g.IntN(10); {
	case form < 5:
		x := g.expr(k, 3)
		if k == kError || k == kAny {
			g.line("var %s %s = %s", name, k, x)
		} else {
			g.line("%s := %s", name, x)
		}
	case form < 7 && k != kFunc && k != kPtr && k != kMap:
		g.line("var %s %s", name, k)
	case form < 8 && k == kBool:
		g.line("%s := %s", name, g.flagBool())
	default:
		g.line("var %s %s = %s", name, k, g.expr(k, 2))
	}
	g.declare(name, k)
}

// several declares or assigns several variables at once.
func (g *gen) several() {
	k, l := pick(g, kBool, kInt, kString), pick(g, kBool, kInt, kString)
	if g.chance(25) {
		g.varGroup(k, l)
		return
	}
	x, y := g.expr(k, 2), g.expr(l, 2)
	switch g.IntN(3) {
	case 0:
		if a, b := g.assignable(k), g.assignable(l); a != nil && b != nil && a != b {
			g.line("%s, %s = %s, %s", a.name, b.name, x, y)
			return
		}
	case 1:
		if a := g.inThisBlock(k); a != nil && !a.keep {
			b := g.newName()
			g.line("%s, %s := %s, %s", a.name, b, x, y)
			g.declare(b, l)
			return
		}
	}
	a := g.newName()
	g.declare(a, k)
	b := g.newName()
	g.line("%s, %s := %s, %s", a, b, x, y)
	g.declare(b, l)
}

// varGroup declares two variables in a group; the second may read the first.
func (g *gen) varGroup(k, l kind) {
	a := g.newName()
	g.line("var (")
	g.line("\t%s %s = %s", a, k, g.expr(k, 2))
	g.declare(a, k)
	b := g.newName()
	g.line("\t%s = %s", b, g.expr(l, 2))
	g.line(")")
	g.declare(b, l)
}

// inThisBlock returns a variable of the innermost block, or nil.
func (g *gen) inThisBlock(k kind) *variable {
	for _, v := range g.scopes[len(g.scopes)-1].vars {
		if v.kind == k && !v.keep {
			return v
		}
	}
	return nil
}

// tried takes a value and an error.
func (g *gen) tried() {
	f := pick(g, g.flags...)
	k, x := kBool, fmt.Sprintf("flag.Try(%q)", f.Key)
	switch g.IntN(6) {
	case 0:
		k, x = kInt, fmt.Sprintf("trace.P(%d)", g.effect())
	case 1:
		k, x = kBool, fmt.Sprintf("client.TryBool(%q, flag.For(%s), false)", f.Key, g.text(0))
	case 2:
		k, x = kBool, "lookup("+g.text(1)+")"
	case 3:
		if g.hasFlag("fv") {
			k, x = kString, fmt.Sprintf("flag.TryVariant(%q)", "fv")
		}
	}
	if f.Key == "fv" || f.Key == "fn" {
		if k == kBool && !strings.HasPrefix(x, "lookup") {
			k, x = kBool, fmt.Sprintf("flag.Try(%q)", g.flags[0].Key)
		}
	}
	v, e := g.inThisBlock(k), g.inThisBlock(kError)
	switch {
	case e != nil && g.chance(60): // the error is re-used
		name := g.newName()
		g.line("%s, %s := %s", name, e.name, x)
		g.declare(name, k)
	case v != nil && g.chance(40):
		if g.isFree("err") {
			g.line("%s, err := %s", v.name, x)
			e = g.declare("err", kError)
		} else if e := g.assignable(kError); e != nil {
			g.line("%s, %s = %s", v.name, e.name, x)
		} else {
			g.line("%s, _ = %s", v.name, x)
		}
	case g.chance(15):
		name := g.newName()
		g.line("%s, _ := %s", name, x)
		g.declare(name, k)
		return
	default:
		if o := g.assignable(kError); o != nil && g.chance(25) {
			g.line("_, %s = %s", o.name, x)
			e = o
			break
		}
		if !g.isFree("err") {
			g.callStmt()
			return
		}
		e = g.declare("err", kError)
		name := g.newName()
		g.line("%s, err := %s", name, x)
		g.declare(name, k)
	}
	if e != nil && g.chance(70) && len(g.scopes) < maxScopes {
		e.used = true
		g.line("if %s != nil {", g.errName(e))
		g.push(false)
		g.line("trace.T(%d)", g.effect())
		if g.chance(60) {
			g.leave()
		}
		g.pop()
		g.line("}")
	}
}

// errName returns a name by which an error is read here.
func (g *gen) errName(e *variable) string {
	for _, v := range g.visible(kError) {
		if v == e {
			return e.name
		}
	}
	return "error(nil)"
}

// assignment changes a variable.
func (g *gen) assignment() {
	switch g.IntN(8) {
	case 0:
		if v := g.assignable(kOpts); v != nil {
			g.line("%s%s = %s", v.name, pick(g, ".on", ".off"), g.boolean(2))
			return
		}
	case 1:
		if v := g.variable(kPtr); v != nil {
			v.used = true
			g.line("%s%s = %s", v.name, pick(g, ".on", ".off"), g.boolean(2))
			return
		}
	case 2:
		if v := g.variable(kMap); v != nil {
			v.used = true
			g.line("%s[%s] = %s", v.name, g.text(0), g.boolean(2))
			return
		}
	case 3:
		if v := g.assignable(kSlice); v != nil {
			v.used = true
			g.line("%s = append(%[1]s, %s)", v.name, g.number(1))
			return
		}
	case 4:
		if v := g.assignable(kInt); v != nil {
			if g.chance(40) {
				g.line("%s += %s", v.name, g.number(1))
			} else {
				g.line("%s%s", v.name, pick(g, "++", "--"))
			}
			return
		}
	case 5:
		if v := g.assignable(kString); v != nil {
			g.line("%s += %s", v.name, g.text(1))
			return
		}
	}
	k := pick(g, kBool, kBool, kInt, kString, kError, kAny, kFunc, kToggle, kOpts)
	if v := g.assignable(k); v != nil {
		g.noFuncs = k == kFunc // or it could come to call itself for ever
		x := g.expr(k, 3)
		g.noFuncs = false
		g.line("%s = %s", v.name, x)
		return
	}
	g.declaration()
}

// callStmt calls a function for its effects.
func (g *gen) callStmt() {
	if len(g.funcs) == 0 || g.chance(20) {
		g.line("trace.T(%d)", g.effect())
		return
	}
	f := pick(g, g.funcs...)
	x := g.callOf(f, 2)
	if len(f.results) == 1 && g.chance(30) {
		g.line("trace.V(%d, %s)", g.effect(), x)
		return
	}
	g.line("%s", x)
}

// showAll shows what the variables hold.
func (g *gen) showAll() {
	var names []string
	for _, k := range []kind{kBool, kInt, kString, kError, kAny, kOpts, kToggle, kSlice, kMap} {
		for _, v := range g.visible(k) {
			if g.chance(40) {
				names = append(names, v.read())
			}
		}
	}
	g.line("trace.V(%s)", strings.Join(append([]string{fmt.Sprint(g.effect())}, names...), ", "))
}

// localDecl declares a constant or a type.
func (g *gen) localDecl() {
	name := g.fresh("local")
	if g.chance(50) {
		g.line("const %s = %d", name, g.IntN(5))
		g.line("trace.V(%d, %s)", g.effect(), name)
		return
	}
	g.line("type %s struct{ n int }", name)
	if g.chance(50) {
		g.line("if %s {", g.flagBool())
		g.line("\t%s", fmt.Sprintf("trace.V(%d, %s{%d})", g.effect(), name, g.IntN(5)))
		g.line("}")
	}
}

// deferStmt defers a call.
func (g *gen) deferStmt() {
	if g.chance(40) {
		g.line("defer %s", fmt.Sprintf("trace.V(%d, %s)", g.effect(), g.expr(pick(g, kBool, kInt, kString), 1)))
		return
	}
	g.line("defer func() {")
	old := g.fun
	g.fun = &frame{outer: old, inDefer: true}
	g.push(true)
	if g.chance(30) {
		g.line("trace.V(%d, recover())", g.effect())
	}
	g.stmts(3)
	g.pop()
	g.fun = old
	g.line("}()")
}

// leave ends the way.
func (g *gen) leave() bool {
	if n := len(g.fun.loops); n > 0 && g.chance(60) {
		l := g.fun.loops[g.IntN(n)]
		inner := l == g.fun.loops[n-1]
		word := "break"
		if l.isLoop && g.chance(50) {
			word = "continue"
		}
		switch {
		case inner && g.chance(60) || l.label == "" && inner:
			g.line("%s", word)
			return true
		case l.label != "":
			l.used = true
			g.line("%s %s", word, l.label)
			return true
		}
	}
	g.returnStmt()
	return true
}

// returnStmt returns.
func (g *gen) returnStmt() {
	if len(g.fun.named) > 0 && g.chance(40) && g.namedVisible() {
		g.line("return")
		return
	}
	var xs []string
	for _, k := range g.fun.results {
		xs = append(xs, g.expr(k, 2))
	}
	g.line("return %s", strings.Join(xs, ", "))
}

// namedVisible reports whether a bare return means what it says: no result is
// hidden.
func (g *gen) namedVisible() bool {
	for _, name := range g.fun.named {
		for i := len(g.scopes) - 1; i >= 0; i-- {
			hidden := false
			for _, v := range g.scopes[i].vars {
				if v.name == name {
					if !v.fix {
						return false
					}
					hidden = true
				}
			}
			if hidden || g.scopes[i].lit {
				break
			}
		}
	}
	return true
}
