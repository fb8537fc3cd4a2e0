package fuzz_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/flagdebt/flagdebt/fixer"
	"github.com/flagdebt/flagdebt/internal/fuzz"
	"github.com/flagdebt/flagdebt/internal/fuzz/rewritetest"
)

var (
	seed    = flag.Uint64("seed", 1, "the first seed of a long run")
	count   = flag.Uint64("programs", 300, "how many programs a long run makes")
	batch   = flag.Uint64("batch", 300, "how many programs are built into one binary")
	dir     = flag.String("failures", "", "write the programs that fail into this folder")
	verbose = flag.Bool("broken", false, "say which programs do not compile")
	refused = flag.Bool("refused", false, "say what is refused, with its line")
	dry     = flag.Bool("dry", false, "plan, compile and vet in memory, and run nothing")
	strict  = flag.Bool("strict", false, "take a form that is not supported for a failure")
	show    = flag.Bool("show", false, "print the program of the seed, and what becomes of it")
)

// TestSlice proves the removals of a few programs, always the same.
func TestSlice(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds programs")
	}
	t.Setenv("GOFLAGS", "-trimpath")
	r := play(t, 1, 40)
	r.report(t)
}

// TestKinds makes sure that the programs hold every kind of statement and
// expression.
func TestKinds(t *testing.T) {
	count := map[string]int{}
	for s := range uint64(400) {
		fuzz.Kinds(fuzz.Generate(s+1), count)
	}
	for _, k := range fuzz.AllKinds {
		if count[k] == 0 {
			t.Errorf("no program has %s", k)
		}
		t.Logf("%6d %s", count[k], k)
	}
}

// TestLong goes on from a seed. What fails is shrunk afterwards, by TestShrink.
func TestLong(t *testing.T) {
	if !isAsked("programs") && !isAsked("seed") {
		t.Skip("give it -seed and -programs")
	}
	t.Setenv("GOFLAGS", "-trimpath")
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // a batch of programs is small
	total := &result{refused: map[string]int{}}
	for at := *seed; at < *seed+*count; at += *batch {
		r := play(t, at, min(*batch, *seed+*count-at))
		r.report(t)
		total.add(r)
		fmt.Fprintf(os.Stderr, "up to seed %d: %s\n", at+*batch-1, total)
	}
}

func isAsked(name string) bool {
	found := false
	flag.Visit(func(f *flag.Flag) { found = found || f.Name == name })
	return found
}

func prover() fuzz.Prover { return fuzz.Prover{Dry: *dry, Strict: *strict, Now: time.Now} }

// result is what came of some programs.
type result struct {
	programs, broken, changed int
	sites                     int
	slowest                   time.Duration  // to plan one
	refused                   map[string]int // by reason
	failures                  []failure
}

type failure struct {
	c   *rewritetest.Case
	err error
}

func (r *result) add(o *result) {
	r.programs += o.programs
	r.broken += o.broken
	r.changed += o.changed
	r.sites += o.sites
	r.slowest = max(r.slowest, o.slowest)
	r.failures = append(r.failures, o.failures...)
	for k, n := range o.refused {
		r.refused[k] += n
	}
}

func (r *result) String() string {
	s := fmt.Sprintf("%d programs, %d do not compile, %d changed, %d sites, %d failures, %v to plan the slowest", r.programs, r.broken, r.changed, r.sites, len(r.failures), r.slowest.Round(time.Millisecond))
	for _, k := range slices.Sorted(maps.Keys(r.refused)) {
		s += fmt.Sprintf("; %d refused: %s", r.refused[k], k)
	}
	return s
}

// play plans, builds and runs the programs of n seeds.
func play(t *testing.T, from, n uint64) *result {
	t.Helper()
	var cases []*rewritetest.Case
	for s := from; s < from+n; s++ {
		cases = append(cases, fuzz.Generate(s))
	}
	return check(t.Context(), t, cases)
}

// check proves cases, all in one bench.
func check(ctx context.Context, t *testing.T, cases []*rewritetest.Case) *result {
	t.Helper()
	r := &result{refused: map[string]int{}, programs: len(cases)}
	verdicts, err := prover().Check(ctx, t.TempDir(), cases)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		v := verdicts[c]
		r.slowest = max(r.slowest, v.Took)
		if *show {
			t.Logf("%s\n%v", txtar.Format(c.Archive(c.Name)), v.Err)
			if v.Outcome != nil {
				for name := range v.Outcome.Changed {
					t.Logf("%s\n%s", name, v.Outcome.After[name])
				}
				t.Log(v.Outcome.Refusals)
			}
		}
		switch {
		case v.Broken:
			r.broken++
			if *verbose {
				t.Log(c.Name, v.Err)
			}
		case v.Err != nil:
			r.failures = append(r.failures, failure{c, v.Err})
		}
		if o := v.Outcome; o != nil {
			r.sites += o.Sites
			if len(o.Changed) > 0 {
				r.changed++
			}
			for _, f := range o.Refusals {
				r.refused[string(f.Reason)]++
				if *refused {
					t.Logf("%s: %s\n%s", f.Pos, f.Message, lineAt(c, f))
				}
			}
		}
	}
	return r
}

// lineAt returns the line of a case that a refusal names.
func lineAt(c *rewritetest.Case, f fixer.Refusal) string {
	lines := strings.Split(c.Files[strings.TrimPrefix(f.Pos.File, c.Name+"/")], "\n")
	if f.Pos.Line < 1 || f.Pos.Line > len(lines) {
		return ""
	}
	return lines[f.Pos.Line-1]
}

// report tells what failed, and writes it where a folder is given.
func (r *result) report(t *testing.T) {
	t.Helper()
	t.Log(r)
	for _, f := range r.failures {
		t.Errorf("%s: %v", f.c.Name, f.err)
		if *count > *batch {
			fmt.Fprintf(os.Stderr, "%s: %.200s\n", f.c.Name, f.err) // a long run is watched
		}
		if *dir == "" {
			continue
		}
		title := fmt.Sprintf("Made from %s: %s.", f.c.Name, strings.ReplaceAll(strings.SplitN(fmt.Sprint(f.err), "\n", 2)[0], ": ", " "))
		file := filepath.Join(*dir, f.c.Name+".txtar")
		if err := os.WriteFile(file, txtar.Format(f.c.Archive(title)), 0o666); err != nil {
			t.Error(err)
		}
	}
}
