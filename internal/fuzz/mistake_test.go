package fuzz_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/flagdebt/flagdebt/internal/fuzz"
	"github.com/flagdebt/flagdebt/internal/fuzz/rewritetest"
)

var prove = flag.Bool("mistakes", false, "put each deliberate mistake into the fixer, and look how many programs it takes to catch it")

// maxPrograms is how many programs a mistake may survive.
const maxPrograms = 3000

// mistake is a deliberate error: one piece of a file's text is another one.
type mistake struct {
	what, file, was, is string
}

// mistakes are errors that people make when they remove flags, or that would be
// easy to make in the code which does.
var mistakes = []mistake{
	{"drop an operand with effects", "fixer/decide_effects.go", "	x = ast.Unparen(x)\n	if !r.with.HasEffects(r.pkg, x) {", "	x = ast.Unparen(x)\n	if true {"},
	{"run audit() of F || audit()", "fixer/decide_effects.go", "case known && left == (b.Op == token.LOR), !r.with.HasEffects(r.pkg, b.Y):", "case known && left && !left, !r.with.HasEffects(r.pkg, b.Y):"},
	{"flatten a block whose names clash", "fixer/blocks.go", "if b.clashes(s, names, brought, list[i+1:]) {", "if b.clashes(s, names, brought, list[i+1:]) && false {"},
	{"flatten a block that a goto jumps over", "fixer/blocks.go", " || hasGoto(b.file, s.Pos())", ""},
	{"declare nothing where the declaration is gone", "fixer/declare.go", "r.define[s] = true", "r.define[s] = false"},
	{"leave := where nothing is new on its left", "fixer/declare.go", "r.assign[s] = true", "r.assign[s] = false"},
	{"fold the questions for other flags", "fixer/plan.go", "if r.Flag.Key == key && (", "if ("},
	{"fold what was constant before", "fixer/decide_expr.go", "	if base.IsKnown() {\n		return nil, false", "	if false {\n		return nil, false"},
	{"lose a fallthrough", "fixer/switch.go", "		if !fallsThrough(clause) {\n			break", "		if true {\n			break"},
	{"take == for !=", "fixer/decide_expr.go", "func (r *reducer) compare(x, operand ast.Expr, same bool) {\n	if same {", "func (r *reducer) compare(x, operand ast.Expr, same bool) {\n	if !same {"},
	{"take && for ||", "fixer/decide_expr.go", "neutral := x.Op == token.LAND", "neutral := x.Op == token.LOR"},
	{"negate one operand of two", "fixer/emit_expr.go", "if needsParens(z, token.UnaryPrec) {", "if false {"},
	{"negate a comparison as itself", "fixer/emit_expr.go", `token.EQL: "!="`, `token.EQL: "=="`},
	{"drop the init statement", "fixer/decide.go", "sp := &splice{init: s.Init, effect:", "sp := &splice{effect:"},
	{"drop the else that stays", "fixer/decide.go", "	case s.Else != nil:\n		sp.body = s.Else", "	case s.Else != nil:"},
	{"keep the code behind a return", "fixer/decide_list.go", "if r.gone[s] || !r.terminates(s) {", "if true {"},
	{"drop a label that is used", "fixer/locals.go", "if used[r.info.Defs[l.Label]] {", "if false {"},
	{"let a break leave another statement", "fixer/breaks.go", "if c.Tok == token.BREAK && isOwn && b.instead[c] == 0 {", "if false {"},
	{"drop the default that stays", "fixer/switch.go", "	case deflt != nil:\n		open = append(open, deflt)", "	case deflt != nil:"},
	{"drop the call whose result nobody reads", "fixer/locals.go", "case len(idle) == len(s.Lhs) && (r.value[s] || !r.anyEffects(s.Rhs)):", "case len(idle) == len(s.Lhs):"},
	{"indent a raw string anew", "fixer/edit/edit.go", " && !r.file.inRaw(start) {", " {"},
	{"lose the type of a literal", "fixer/emit_expr.go", `return e.typeText(t, at) + "(" + text + ")"`, "return text"},
	{"follow captured locals as if they were not", "internal/flow/scan.go", "s.captured[fid] = true", "s.captured[fid] = false"},
	{"follow locals whose address is taken", "internal/flow/scan.go", "s.addressed[id] = true", "s.addressed[id] = false"},
	{"look at one turn of a loop", "internal/flow/loop.go", "if equal(next, entry) {", "if equal(next, next) {"},
	{"forget the fields that a literal leaves zero", "internal/flow/expr.go", "		if _, ok := set[f]; !ok {", "		if false {"},
	{"drop the first of two operands with effects", "fixer/decide_effects.go", "return append(r.effects(b.X), r.effects(b.Y)...)", "return r.effects(b.Y)"},
	{"leave nothing in a struct whose pointers are compared", "fixer/live.go", "if !stays && !p.keepApart(g, out) {", "if !stays {"},
	{"forget that interfaces are compared", "fixer/shape_equal.go", "			if behindOneOf(t, s.equated) {", "			if false {"},
	{"forget the decoder behind a helper", "internal/flow/leak_settle.go", "			for from := range l.into[p] {\n				todo = append(todo, from)\n			}", ""},
	{"forget the zero value of an assertion that fails", "internal/flow/scan.go", "		if n.Type != nil && !s.test {\n			s.makeZero", "		if false {\n			s.makeZero"},
	{"forget that a recovered panic yields zero", "internal/flow/stmt.go", "if fr.f.zeroed {", "if false {"},
}

// TestMistakes proves that the programs can tell: each mistake, put into the
// fixer, makes one of the first maxPrograms fail. Without -mistakes it makes
// sure that they can still be put in.
func TestMistakes(t *testing.T) {
	t.Setenv("GOFLAGS", "-trimpath")
	sound := &baseline{wrong: map[uint64]bool{}}
	for _, m := range mistakes {
		t.Run(strings.ReplaceAll(m.what, " ", "-"), func(t *testing.T) {
			file, err := filepath.Abs(filepath.Join("..", "..", m.file))
			if err != nil {
				t.Fatal(err)
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(string(text), m.was); n != 1 {
				t.Fatalf("%s holds this %d times, want once; please put the mistake where it belongs now:\n%s", m.file, n, m.was)
			}
			if *prove {
				bin := m.build(t, file, strings.Replace(string(text), m.was, m.is, 1))
				m.catch(t, bin, sound)
			}
		})
	}
}

// build builds this test with the mistake in it.
func (m *mistake) build(t *testing.T, file, text string) string {
	t.Helper()
	dir := t.TempDir()
	wrong := filepath.Join(dir, "wrong.go")
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{file: wrong}})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{wrong: []byte(text), filepath.Join(dir, "overlay.json"): overlay} {
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	bin := filepath.Join(dir, "fuzz.test")
	out, err := exec.CommandContext(t.Context(), "go", "test", "-c", "-overlay", filepath.Join(dir, "overlay.json"), "-o", bin, ".").CombinedOutput()
	if err != nil {
		t.Fatalf("the mistake does not compile: %s", out)
	}
	return bin
}

var failed = regexp.MustCompile(`(?m)^\s*fuzz_test\.go:\d+: p(\d+): (.*)`)

// catch plays programs, few at first, until one fails that the fixer as it is
// gets right.
func (m *mistake) catch(t *testing.T, bin string, sound *baseline) {
	t.Helper()
	for from, n := uint64(1), uint64(20); from <= maxPrograms; from, n = from+n, min(2*n, 200) {
		n = min(n, maxPrograms+1-from)
		cmd := exec.CommandContext(t.Context(), bin, "-test.run=^TestLong$", fmt.Sprint("-seed=", from), fmt.Sprint("-programs=", n), "-test.timeout=10m")
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		if cmd.Run() == nil {
			continue
		}
		if strings.Contains(out.String(), "panic: test timed out") { // on a busy machine that says nothing
			t.Fatalf("%s: programs %d to %d took more than ten minutes", m.what, from, from+n-1)
		}
		list := failed.FindAllStringSubmatch(out.String(), -1)
		if list == nil { // the whole batch
			fmt.Printf("%-55s caught among %d programs: %.80q\n", m.what, from+n-1, out.String())
			return
		}
		for _, f := range list {
			seed, err := strconv.ParseUint(f[1], 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			if !sound.isWrong(t, seed) {
				fmt.Printf("%-55s caught at program %d, %d in its batch of %d: %s\n", m.what, seed, len(list), n, f[2])
				return
			}
		}
	}
	t.Errorf("%s: %d programs do not catch it", m.what, maxPrograms)
}

// baseline is what programs come to without any mistake.
type baseline struct {
	wrong map[uint64]bool
	seen  []uint64
}

// isWrong reports whether a program fails without any mistake.
func (b *baseline) isWrong(t *testing.T, seed uint64) bool {
	t.Helper()
	if !slices.Contains(b.seen, seed) {
		b.seen = append(b.seen, seed)
		c := fuzz.Generate(seed)
		b.wrong[seed] = len(check(t.Context(), t, []*rewritetest.Case{c}).failures) > 0
	}
	return b.wrong[seed]
}
