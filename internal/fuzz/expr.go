package fuzz

import (
	"fmt"
	"strings"
)

// This file makes expressions.

// expr makes an expression of a kind; n bounds how deep it is.
func (g *gen) expr(k kind, n int) string {
	switch k {
	case kBool:
		return g.boolean(n)
	case kInt:
		return g.number(n)
	case kString:
		return g.text(n)
	case kError:
		return g.failure()
	case kAny:
		return g.anything(n)
	case kFunc:
		return g.funcValue(n)
	case kOpts:
		return g.options("")
	case kPtr:
		if v := g.variable(kOpts); v != nil && g.chance(40) {
			return "&" + v.read()
		}
		return g.options("&")
	case kToggle:
		if v := g.read(kToggle, 40); v != "" {
			return v
		}
		return "toggle(" + g.boolean(n-1) + ")"
	case kSlice:
		if v := g.read(kSlice, 40); v != "" {
			return v
		}
		return fmt.Sprintf("[]int{%d, %s}", g.IntN(4), g.number(n-1))
	case kMap:
		return fmt.Sprintf("map[string]bool{%q: %s}", pick(g, "x", "y"), g.boolean(n-1))
	}
	panic("no kind " + k)
}

// read returns a variable of a kind, at times; "" is none.
func (g *gen) read(k kind, chance int) string {
	if v := g.variable(k); v != nil && g.chance(chance) {
		return v.read()
	}
	return ""
}

// flagBool makes a question whose answer is a boolean.
func (g *gen) flagBool() string {
	f := pick(g, g.flags...)
	if g.chance(6) {
		return fmt.Sprintf("flag.On(%q)", "other")
	}
	switch f.Key {
	case "fv":
		return g.variantBool()
	case "fn":
		return fmt.Sprintf("flag.Int(%q) %s %d", "fn", pick(g, "==", ">", "<=", "!="), pick(g, 0, 3))
	}
	forms := []func() string{
		func() string { return fmt.Sprintf("flag.On(%q)", f.Key) },
		func() string { return fmt.Sprintf("flag.On(%q)", f.Key) },
		func() string { return fmt.Sprintf("flag.On(key%s)", strings.ToUpper(f.Key)) },
		func() string { return fmt.Sprintf("client.Bool(%q, flag.For(\"u\"), %t)", f.Key, g.chance(50)) },
		func() string { return fmt.Sprintf("flag.Any(%q).(bool)", f.Key) },
		func() string { return fmt.Sprintf("func() bool { return flag.On(%q) }()", f.Key) },
	}
	if g.chance(20) {
		return g.roundabout(fmt.Sprintf("flag.On(%q)", f.Key))
	}
	if f.Key == "fa" && len(g.asks) > 0 && g.chance(35) {
		return pick(g, g.asks...)
	}
	if f.Key == "fa" {
		forms = append(forms,
			func() string { return "isA()" },
			func() string { return "packA" },
			func() string { return "objA.Enabled()" },
			func() string { return "flag.Enabled(gateA)" },
			func() string { return "(service{}).isOn()" },
		)
	}
	if g.feats {
		forms = append(forms,
			func() string { return fmt.Sprintf("feat.Enabled(%q)", f.Key) },
			func() string { return "feat.Is" + strings.ToUpper(f.Key) + "()" },
		)
	}
	return forms[g.IntN(len(forms))]()
}

func (g *gen) variantBool() string {
	if g.chance(35) {
		return g.tight(g.shadeBool())
	}
	color := pick(g, "red", "blue", "green", "none")
	return pick(g,
		fmt.Sprintf("flag.Variant(%q) %s %q", "fv", pick(g, "==", "!="), color),
		fmt.Sprintf("strings.HasPrefix(flag.Variant(%q), %q)", "fv", pick(g, "r", "b")),
		fmt.Sprintf("(flag.Variant(%q) == colorRed)", "fv"),
	)
}

// boolean makes a boolean.
func (g *gen) boolean(n int) string {
	if n <= 0 || g.chance(25) {
		return g.simpleBool()
	}
	switch g.IntN(14) {
	case 12:
		return g.operand(n-1) + " && " + g.operand(n-1) + " || " + g.operand(n-1)
	case 13:
		return g.oddBool(n)
	case 0, 1:
		return "!" + g.operand(n-1)
	case 2, 3, 4:
		return g.operand(n-1) + " && " + g.operand(n-1)
	case 5, 6:
		return "(" + g.operand(n-1) + " || " + g.operand(n-1) + ")"
	case 7:
		return g.operand(n-1) + pick(g, " == ", " != ") + g.operand(n-1)
	case 8:
		return fmt.Sprintf("trace.B(%d, %s)", g.effect(), g.boolean(n-1))
	case 9:
		return g.number(n-1) + pick(g, " > ", " == ", " < ") + g.number(0)
	case 10:
		return g.errorCheck()
	default:
		return g.boolCall(n)
	}
}

// operand makes a boolean that binds tighter than every operator.
func (g *gen) operand(n int) string { return g.tight(g.boolean(n)) }

// tight puts parentheses around s where it is not one operand, or at times.
func (g *gen) tight(s string) string {
	if !isOperand(s) || strings.HasPrefix(s, "!") && g.chance(50) || g.chance(3) {
		return "(" + s + ")"
	}
	return s
}

// isOperand reports whether s has no operator outside of brackets.
func isOperand(s string) bool {
	if strings.HasPrefix(s, "func() bool {") {
		return strings.HasSuffix(s, "}()")
	}
	depth, quote := 0, rune(0)
	for _, r := range s {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '"' || r == '`':
			quote = r
		case strings.ContainsRune("([{", r):
			depth++
		case strings.ContainsRune(")]}", r):
			depth--
		case r == ' ' && depth == 0:
			return false
		}
	}
	return true
}

func (g *gen) simpleBool() string {
	switch g.IntN(10) {
	case 0:
		return pick(g, "true", "false")
	case 1, 2, 3, 4:
		return g.flagBool()
	case 5:
		if v := g.read(kOpts, 100); v != "" {
			return v + pick(g, ".on", ".off")
		}
	case 6:
		if v := g.read(kFunc, 100); v != "" {
			return v + "()"
		}
	case 7:
		if v := g.read(kToggle, 100); v != "" {
			return "bool(" + v + ")"
		}
	}
	if v := g.read(kBool, 90); v != "" {
		return v
	}
	return fmt.Sprintf("trace.B(%d, %t)", g.effect(), g.chance(50))
}

// oddBool makes a boolean of rarer expressions.
func (g *gen) oddBool(n int) string {
	b := g.boolean(n - 1)
	switch g.IntN(9) {
	case 0:
		return "choose(" + b + ", " + g.boolean(0) + ", " + g.boolean(0) + ")"
	case 1:
		return "anyOf(" + b + ", " + g.boolean(0) + ")"
	case 2:
		return "*ptr(" + b + ")"
	case 3:
		return "[2]bool{" + b + ", true}[" + fmt.Sprintf("trace.I(%d)", g.effect()) + "&1]"
	case 4:
		return "(" + g.number(n-1) + ")" + pick(g, "%3", "&1", "<<1", ">>1", "|2", "^1", "&^1", "*2", "/2", "-1") + " > -" + fmt.Sprint(g.IntN(3))
	case 5:
		return "func() (odd bool) { defer func() { odd = odd != " + g.operand(0) + " }(); return " + b + " }()"
	case 6:
		return "any(" + b + ").(bool)"
	case 7:
		return "len(([]int{1, 2, 3})[:2:3]) == +" + fmt.Sprint(g.IntN(3))
	}
	return "(pair[bool, string]{" + b + ", " + g.text(0) + "}).first()"
}

func (g *gen) errorCheck() string {
	if v := g.read(kError, 90); v != "" {
		return v + pick(g, " == nil", " != nil")
	}
	return fmt.Sprintf("trace.E(%d, %s)", g.effect(), g.boolean(0)) + pick(g, " == nil", " != nil")
}

// boolCall makes a call of something that yields a boolean.
func (g *gen) boolCall(n int) string {
	switch g.IntN(4) {
	case 0:
		if v := g.read(kAny, 100); v != "" {
			return v + pick(g, " == true", " != nil", " == toggle(true)")
		}
	case 1:
		if v := g.read(kMap, 100); v != "" {
			return v + "[" + g.text(0) + "]"
		}
	case 2:
		if v := g.read(kPtr, 100); v != "" {
			return v + pick(g, ".on", ".isOn()")
		}
	}
	if s := g.call(kBool, n); s != "" {
		return s
	}
	return g.simpleBool()
}

// call makes a call of a function with that one result; "" is none.
func (g *gen) call(k kind, n int) string {
	var list []*fn
	for _, f := range g.funcs {
		if len(f.results) == 1 && f.results[0] == k {
			list = append(list, f)
		}
	}
	if len(list) == 0 {
		return ""
	}
	return g.callOf(pick(g, list...), n)
}

func (g *gen) callOf(f *fn, n int) string {
	var args []string
	for _, p := range f.params {
		args = append(args, g.expr(p, n-1))
	}
	return f.name + "(" + strings.Join(args, ", ") + ")"
}

func (g *gen) number(n int) string {
	if v := g.read(kInt, 50); v != "" {
		return v
	}
	switch {
	case n > 0 && g.chance(20):
		return g.number(n-1) + " + " + g.number(n-1)
	case g.chance(20):
		return fmt.Sprintf("trace.I(%d)", g.effect())
	case g.chance(20) && g.hasFlag("fn"):
		return fmt.Sprintf("flag.Int(%q)", "fn")
	case g.chance(15):
		return "len(" + g.text(n-1) + ")"
	case g.chance(15):
		if s := g.call(kInt, n); s != "" {
			return s
		}
	}
	return fmt.Sprint(g.IntN(4))
}

func (g *gen) hasFlag(key string) bool {
	for _, f := range g.flags {
		if f.Key == key {
			return true
		}
	}
	return false
}

func (g *gen) text(n int) string {
	if v := g.read(kString, 50); v != "" {
		return v
	}
	switch {
	case n > 0 && g.chance(20):
		return g.text(n-1) + " + " + g.text(n-1)
	case g.chance(15):
		return fmt.Sprintf("trace.S(%d)", g.effect())
	case g.chance(25) && g.hasFlag("fv"):
		return fmt.Sprintf("flag.Variant(%q)", "fv")
	case g.chance(15):
		if s := g.call(kString, n); s != "" {
			return s
		}
	}
	return pick(g, `"x"`, `"red"`, `"blue"`, "`raw\n\t\ttext`")
}

func (g *gen) failure() string {
	if v := g.read(kError, 40); v != "" {
		return v
	}
	if g.chance(40) {
		return "error(nil)"
	}
	return fmt.Sprintf("trace.E(%d, %s)", g.effect(), g.boolean(0))
}

func (g *gen) anything(n int) string {
	if v := g.read(kAny, 30); v != "" {
		return v
	}
	return "any(" + g.expr(pick(g, kBool, kString, kInt, kToggle), n-1) + ")"
}

// funcValue makes a function that yields a boolean.
func (g *gen) funcValue(n int) string {
	if v := g.read(kFunc, 30); v != "" {
		return v
	}
	if g.chance(20) {
		return "isA"
	}
	if g.chance(15) {
		return pick(g, "(service{}).isOn", "objA.Enabled")
	}
	if n <= 0 || len(g.scopes) > 6 {
		return "func() bool { return " + g.boolean(0) + " }"
	}
	return g.literal([]kind{kBool})
}

func (g *gen) options(prefix string) string {
	switch g.IntN(4) {
	case 0:
		return prefix + "opts{}"
	case 1:
		return fmt.Sprintf("%sopts{%s, %s, %s}", prefix, g.boolean(1), g.boolean(1), g.number(0))
	case 2:
		return fmt.Sprintf("%sopts{on: %s}", prefix, g.boolean(1))
	}
	return fmt.Sprintf("%sopts{on: %s, off: %s, n: %s}", prefix, g.flagBool(), g.boolean(1), g.number(0))
}
