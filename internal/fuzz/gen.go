package fuzz

import (
	"fmt"
	"go/format"
	"math/rand/v2"
	"path"
	"regexp"
	"strings"

	"github.com/flagdebt/flagdebt/internal/fuzz/rewritetest"
)

// Generate makes the program of a seed.
func Generate(seed uint64) *rewritetest.Case {
	g := &gen{Rand: rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15)), out: &strings.Builder{}}
	return g.program(fmt.Sprintf("p%d", seed))
}

// kind is a type of the generated programs.
type kind string

// The kinds.
const (
	kBool   kind = "bool"
	kInt    kind = "int"
	kString kind = "string"
	kError  kind = "error"
	kAny    kind = "any"
	kFunc   kind = "func() bool"
	kOpts   kind = "opts"
	kPtr    kind = "*opts"
	kToggle kind = "toggle"
	kSlice  kind = "[]int"
	kMap    kind = "map[string]bool"
)

// gen makes one program.
type gen struct {
	*rand.Rand
	out    *strings.Builder
	next   int // number of the next effect
	names  int // number of the next fresh name
	refs   int // number of the next variable
	flags  []rewritetest.Flag
	funcs  []*fn
	feats  bool     // there is a package of wrappers
	confs  bool     // there is a package of settings
	asks   []string // questions to carriers of the first flag
	scopes []*scope
	fun    *frame

	noFuncs bool // no variable that holds a function may be read
}

// fn is a function that may be called.
type fn struct {
	name    string
	params  []kind
	results []kind
}

// scope holds the variables of a block.
type scope struct {
	vars []*variable
	lit  bool // the block is the body of a function literal
	flat bool // the block is that of a statement's head, which has no braces
}

type variable struct {
	name string
	kind kind
	mark string // stands behind the name where it is read, until the program is done
	used bool
	fix  bool // parameters and package variables need no use
	keep bool // loop variables and guards are not assigned
}

// read is the name in an expression. An expression may be made and not be
// written, so what counts as a use is the mark, in the text.
func (v *variable) read() string { return v.name + v.mark }

// marks finds the marks of variables.
var marks = regexp.MustCompile("\x01[0-9]+\x02")

// frame is the function that statements are made for.
type frame struct {
	outer   *frame
	results []kind
	named   []string // named results
	loops   []*loop
	inDefer bool
}

// loop is a statement that break or continue may leave.
type loop struct {
	label  string
	used   bool
	isLoop bool
}

// chance reports whether something of a probability of n percent happens.
func (g *gen) chance(n int) bool { return g.IntN(100) < n }

// pick returns one of a list.
func pick[T any](g *gen, list ...T) T { return list[g.IntN(len(list))] }

func (g *gen) effect() int { g.next++; return g.next }

func (g *gen) fresh(prefix string) string {
	g.names++
	return fmt.Sprint(prefix, g.names)
}

// program makes all files.
func (g *gen) program(name string) *rewritetest.Case {
	c := &rewritetest.Case{Name: name, Files: map[string]string{}}
	values := map[string]string{"fa": pick(g, "true", "false"), "fb": pick(g, "true", "false"), "fv": pick(g, "red", "blue", "green"), "fn": pick(g, "0", "3")}
	keys := []string{"fa"}
	for _, k := range []string{"fb", "fv", "fn"} {
		if g.chance(35) {
			keys = append(keys, k)
		}
	}
	for _, k := range keys {
		g.flags = append(g.flags, rewritetest.Flag{Key: k, Value: values[k]})
	}
	c.Flags = g.flags
	var body strings.Builder
	if g.chance(50) {
		c.Files["internal/feat/feat.go"] = g.feat()
	}
	if g.chance(30) {
		c.Files["internal/conf/conf.go"] = g.conf()
	}
	body.WriteString(helpers)
	body.WriteString(g.packageLevel())
	body.WriteString(g.carriers())
	for range 1 + g.IntN(3) {
		body.WriteString(g.function())
	}
	body.WriteString(g.mainFunction())
	text := "package prog\n\n" + importBlock(body.String()) + marks.ReplaceAllString(body.String(), "")
	c.Files["p.go"] = g.layout(text)
	if g.chance(25) {
		c.Files["p_test.go"] = g.layout(g.testFile())
	}
	return c
}

// layout formats a text, or leaves it as it is, at times.
func (g *gen) layout(text string) string {
	if g.chance(6) {
		return text
	}
	out, err := format.Source([]byte(text))
	if err != nil {
		return text
	}
	if g.chance(4) {
		return strings.ReplaceAll(string(out), "\n", "\r\n")
	}
	return string(out)
}

// importBlock imports what a text names.
func importBlock(text string) string {
	var b strings.Builder
	b.WriteString("import (\n")
	for _, p := range []string{"encoding/json", "fmt", "reflect", "slices", "strings", "sync", "", "example.com/flag", "example.com/flag/trace", "example.com/m/internal/conf", "example.com/m/internal/feat"} {
		switch {
		case p == "":
			b.WriteString("\n")
		case strings.Contains(text, path.Base(p)+"."):
			fmt.Fprintf(&b, "\t%q\n", p)
		}
	}
	b.WriteString(")\n\n")
	return b.String()
}

// line writes a line of the body that is being made.
func (g *gen) line(form string, args ...any) {
	for _, s := range g.scopes {
		if !s.flat {
			g.out.WriteString("\t")
		}
	}
	fmt.Fprintf(g.out, form, args...)
	g.out.WriteString("\n")
}

// comment writes a comment, at times.
func (g *gen) comment() {
	switch {
	case g.chance(4):
		g.line("// Comment %d.", g.effect())
	case g.chance(2):
		g.line("// The flag fa decides %d.", g.effect())
	case g.chance(1):
		g.line("/* Comment %d\n   of two lines. */", g.effect())
	}
}

func (g *gen) push(lit bool) { g.scopes = append(g.scopes, &scope{lit: lit}) }

// head opens the block of a statement's head, in which variables are declared
// that its body may hide.
func (g *gen) head(vars ...*variable) {
	s := &scope{flat: true}
	g.scopes = append(g.scopes, s)
	for _, v := range vars {
		if v.name != "" && v.name != "_" {
			g.declare(v.name, v.kind).keep = v.keep
		}
	}
}

// endHead closes the block of a statement's head.
func (g *gen) endHead() { g.scopes = g.scopes[:len(g.scopes)-1] }

// pop closes a block: what nobody has used is used.
func (g *gen) pop() {
	g.useAll()
	g.scopes = g.scopes[:len(g.scopes)-1]
}

// useAll uses what nobody has used of the innermost block.
func (g *gen) useAll() {
	for _, v := range g.scopes[len(g.scopes)-1].vars {
		if !v.used && !v.fix && !strings.Contains(g.out.String(), v.mark) {
			g.use(v)
		}
	}
}

// use reads a variable, at times under a flag alone.
func (g *gen) use(v *variable) {
	v.used = true
	read := fmt.Sprintf("trace.V(%d, %s)", g.effect(), v.name)
	switch {
	case v.kind == kFunc:
		read = fmt.Sprintf("trace.V(%d, %s())", g.effect(), v.name)
	case v.kind == kPtr:
		read = fmt.Sprintf("trace.V(%d, %s.n)", g.effect(), v.name)
	case g.chance(15):
		read = "_ = " + v.name
	}
	if g.chance(35) {
		g.line("if %s {", g.flagBool())
		g.line("\t%s", read)
		g.line("}")
		return
	}
	g.line("%s", read)
}

// declare adds a variable to the innermost block.
func (g *gen) declare(name string, k kind) *variable {
	g.refs++
	v := &variable{name: name, kind: k, mark: fmt.Sprintf("\x01%d\x02", g.refs)}
	s := g.scopes[len(g.scopes)-1]
	s.vars = append(s.vars, v)
	return v
}

// newName returns a name that is not declared in the innermost block, and is
// apt to shadow others.
func (g *gen) newName() string {
	for range 8 {
		name := pick(g, "a", "b", "c", "x", "y", "on", "ok", "err", "n", "s")
		if g.isFree(name) {
			return name
		}
	}
	return g.fresh("z")
}

func (g *gen) isFree(name string) bool {
	for _, v := range g.scopes[len(g.scopes)-1].vars {
		if v.name == name {
			return false
		}
	}
	return true
}

// visible returns the variables of a kind that a name reaches here.
func (g *gen) visible(k kind) []*variable {
	var out []*variable
	hidden := map[string]bool{}
	for i := len(g.scopes) - 1; i >= 0; i-- {
		for j := len(g.scopes[i].vars) - 1; j >= 0; j-- {
			v := g.scopes[i].vars[j]
			if !hidden[v.name] && v.kind == k && !(g.noFuncs && k == kFunc) {
				out = append(out, v)
			}
			hidden[v.name] = true
		}
	}
	return out
}

// variable returns one of a kind, or nil.
func (g *gen) variable(k kind) *variable {
	if list := g.visible(k); len(list) > 0 {
		return pick(g, list...)
	}
	return nil
}

// assignable returns a variable of a kind that may be assigned to, or nil.
func (g *gen) assignable(k kind) *variable {
	var out []*variable
	for _, v := range g.visible(k) {
		if !v.keep {
			out = append(out, v)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return pick(g, out...)
}
