package fuzz

import (
	"fmt"
	"slices"
	"strings"
)

// This file makes the declarations of a program.

// feat makes the package of wrappers.
func (g *gen) feat() string {
	g.feats = true
	form := pick(g,
		"\treturn flag.On(%s)\n",
		"\ton, err := flag.Try(%s)\n\tif err != nil {\n\t\ttrace.T(9001)\n\t\treturn false\n\t}\n\treturn on\n",
		"\tif on, err := flag.Try(%s); err == nil {\n\t\treturn on\n\t}\n\treturn false\n",
		"\tswitch {\n\tcase flag.On(%s):\n\t\treturn true\n\t}\n\treturn false\n",
		"\td, err := flag.Get(%s)\n\treturn err == nil && d.Value\n",
	)
	imports := "\t\"example.com/flag\"\n"
	if strings.Contains(form, "trace") {
		imports += "\t\"example.com/flag/trace\"\n"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "// Package feat asks.\npackage feat\n\nimport (\n%s)\n\n", imports)
	fmt.Fprintf(&b, "// Enabled asks for any.\nfunc Enabled(key string) bool {\n"+form+"}\n", "key")
	for _, f := range []string{"fa", "fb"} {
		fmt.Fprintf(&b, "\n// Is%s asks for %s.\nfunc Is%[1]s() bool {\n", strings.ToUpper(f), f)
		fmt.Fprintf(&b, form+"}\n", `"`+f+`"`)
	}
	b.WriteString("\n// Unused was not used before.\nfunc Unused() bool { return Enabled(\"fz\") }\n")
	return b.String()
}

// packageLevel makes the types, constants and variables that all share.
func (g *gen) packageLevel() string {
	var b strings.Builder
	b.WriteString(`const (
	keyFA = "fa"
	keyFB = "fb"
)

const gateA flag.Gate = "fa"

const (
	colorRed   = "red"
	colorGreen = "green"
)

type toggle bool

type opts struct {
	on  bool
	off bool
	n   int
}

func (o *opts) isOn() bool { return o.on }

type service struct{}

`)
	b.WriteString(pick(g,
		"func (service) isOn() bool { return flag.On(keyFA) }\n\n",
		"func (s service) isOn() bool {\n\tif isA() {\n\t\treturn true\n\t}\n\treturn false\n}\n\n",
	))
	b.WriteString(pick(g,
		"func isA() bool { return flag.On(keyFA) }\n\n",
		"func isA() bool {\n\tif v, err := flag.Try(\"fa\"); err == nil && v {\n\t\treturn true\n\t}\n\treturn false\n}\n\n",
		"func isA() bool {\n\ttrace.T(9002)\n\treturn flag.On(keyFA)\n}\n\n",
		"func isA() bool { return !(!flag.On(keyFA) || false) }\n\n",
	))
	b.WriteString(pick(g,
		"func lookup(s string) (bool, error) {\n\ton, err := flag.Try(keyFA)\n\tif err != nil {\n\t\treturn false, err\n\t}\n\treturn on, nil\n}\n\n",
		"func lookup(s string) (on bool, err error) {\n\ton, err = flag.Try(keyFA)\n\treturn\n}\n\n",
		"func lookup(s string) (bool, error) {\n\tif s == \"red\" {\n\t\treturn false, trace.E(9003, true)\n\t}\n\treturn flag.On(keyFA), nil\n}\n\n",
	))
	b.WriteString("var client = flag.NewClient(\"prog\")\n\nvar objA = flag.New(keyFA)\n\nfunc useObj() bool { return objA.Enabled() }\n\nfunc init() { trace.V(9004, useObj()) }\n\n")
	b.WriteString(pick(g, "var packA = flag.On(\"fa\")\n\n", "var packA, packB = flag.On(\"fa\"), 3\n\n", "var (\n\tpackA = !flag.On(keyFA)\n\tpackB = packA\n)\n\n"))
	b.WriteString("var _ = strings.ToLower\n\nvar theNil error\n\n")
	// Packages that hold no use otherwise would not compile.
	b.WriteString("func init() { trace.T(9000) }\n\n")
	return b.String()
}

// function makes a function that later ones may call.
func (g *gen) function() string {
	f := &fn{name: g.fresh("f")}
	g.out = &strings.Builder{}
	g.fun = &frame{}
	g.push(false)
	var params, results []string
	for range g.IntN(4) {
		k := pick(g, kBool, kBool, kInt, kString, kOpts, kPtr, kAny, kFunc, kError)
		name := g.newName()
		v := g.declare(name, k)
		v.fix = true
		f.params = append(f.params, k)
		params = append(params, name+" "+string(k))
	}
	named := g.chance(30)
	for range pick(g, 0, 1, 1, 1, 2) {
		k := pick(g, kBool, kBool, kInt, kString, kError)
		if len(f.results) == 1 {
			k = kError
		}
		f.results = append(f.results, k)
		if named {
			name := g.newName()
			g.declare(name, k).fix = true
			g.fun.named = append(g.fun.named, name)
			results = append(results, name+" "+string(k))
		} else {
			results = append(results, string(k))
		}
	}
	g.fun.results = f.results
	g.stmts(5)
	g.pop0()
	head := fmt.Sprintf("func %s(%s) (%s) {\n", f.name, strings.Join(params, ", "), strings.Join(results, ", "))
	if g.chance(30) {
		head = fmt.Sprintf("// %s does something.\n", f.name) + head
	}
	if len(f.results) == 2 && f.results[1] != kError {
		f.results[1] = kError
	}
	g.funcs = append(g.funcs, f)
	text := head + g.out.String() + "}\n\n"
	if g.chance(15) {
		g.funcs = append(g.funcs, f) // more often
	}
	return text
}

// pop0 closes the body of a function: it returns, and uses what nobody did.
func (g *gen) pop0() {
	g.useAll()
	if len(g.fun.results) > 0 || g.chance(10) {
		switch {
		case g.chance(20) && len(g.fun.results) > 0:
			g.line("if %s {", g.condition())
			g.push(false)
			g.returnStmt()
			g.popSilently()
			g.line("} else {")
			g.push(false)
			g.returnStmt()
			g.popSilently()
			g.line("}")
		case g.chance(10) && len(g.fun.results) > 0:
			g.line("switch {")
			g.line("case %s:", g.condition())
			g.push(false)
			g.returnStmt()
			g.popSilently()
			g.line("default:")
			g.push(false)
			g.returnStmt()
			g.popSilently()
			g.line("}")
		default:
			g.returnStmt()
		}
	}
	g.scopes = g.scopes[:len(g.scopes)-1]
}

func (g *gen) popSilently() { g.scopes = g.scopes[:len(g.scopes)-1] }

// literal makes a function literal with these results and no parameters.
func (g *gen) literal(results []kind) string {
	out, fun := g.out, g.fun
	g.out = &strings.Builder{}
	g.fun = &frame{outer: fun, results: results, inDefer: true}
	g.push(true)
	g.stmts(2)
	g.pop0()
	var rs []string
	for _, k := range results {
		rs = append(rs, string(k))
	}
	text := "func() " + strings.Join(rs, ", ") + " {\n" + g.out.String() + strings.Repeat("\t", len(g.scopes)) + "}"
	g.out, g.fun = out, fun
	return text
}

// mainFunction makes Main, which calls every function.
func (g *gen) mainFunction() string {
	g.out = &strings.Builder{}
	g.fun = &frame{}
	g.push(false)
	funcs := g.funcs
	for i, f := range funcs {
		g.line("trace.T(%d)", 8000+i)
		if len(f.results) == 1 {
			g.line("trace.V(%d, %s)", g.effect(), g.callOf(f, 2))
		} else {
			g.line("%s", g.callOf(f, 2))
		}
		if g.chance(40) {
			g.stmts(2)
		}
	}
	g.stmts(4)
	if slices.Contains(g.asks, "haul()") {
		g.line("trace.V(%d, haul())", g.effect())
	}
	g.pop()
	return "// Main runs it.\nfunc Main() {\n" + g.out.String() + "}\n"
}

// testFile makes tests that set the flags.
func (g *gen) testFile() string {
	var b strings.Builder
	b.WriteString("package prog\n\nimport (\n\t\"testing\"\n\n\t\"example.com/flag\"\n\t\"example.com/flag/flagtest\"\n)\n\n")
	b.WriteString("func TestAll(t *testing.T) {\n\tMain()\n\t_ = flag.On(\"other\")\n}\n\n")
	for range 1 + g.IntN(3) {
		f := pick(g, g.flags...)
		if f.Key == "fv" || f.Key == "fn" {
			continue
		}
		v := f.Value
		if g.chance(40) {
			v = pick(g, "true", "false")
		}
		set := fmt.Sprintf("flagtest.Set(t, %q, %s)", f.Key, v)
		if g.chance(30) {
			set = fmt.Sprintf("defer flagtest.Force(%q, %s)()", f.Key, v)
		}
		body := pick(g, "\tMain()\n", "\tif !isA() {\n\t\tt.Log(\"off\")\n\t}\n", "\tt.Log(lookup(\"x\"))\n", "\tt.Run(\"sub\", func(t *testing.T) {\n\t\tMain()\n\t})\n")
		fmt.Fprintf(&b, "func Test%s(t *testing.T) {\n\t%s\n%s}\n\n", g.fresh("T"), set, body)
	}
	b.WriteString("var _ = flagtest.Set\n")
	return b.String()
}
