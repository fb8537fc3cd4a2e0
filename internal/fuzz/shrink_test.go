package fuzz_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/flagdebt/flagdebt/internal/fuzz"
	"github.com/flagdebt/flagdebt/internal/fuzz/rewritetest"
)

var (
	shrink = flag.Bool("shrink", false, "shrink the program of -seed, or of -case, and print it as a story")
	from   = flag.String("case", "", "take the program from a `file` that a long run wrote")
	again  = flag.String("again", "", "play the programs in a `folder` that a long run wrote")
)

// TestAgain plays what a long run wrote.
func TestAgain(t *testing.T) {
	if *again == "" {
		t.Skip("give it -again")
	}
	t.Setenv("GOFLAGS", "-trimpath")
	files, err := filepath.Glob(filepath.Join(*again, "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []*rewritetest.Case
	for _, file := range files {
		cases = append(cases, readCase(t, file))
	}
	check(t.Context(), t, cases).report(t)
}

// TestShrink shrinks one program.
func TestShrink(t *testing.T) {
	if !*shrink {
		t.Skip("give it -shrink and -seed, or -case")
	}
	t.Setenv("GOFLAGS", "-trimpath")
	c := fuzz.Generate(*seed)
	if *from != "" {
		c = readCase(t, *from)
	}
	verdicts, err := prover().Check(t.Context(), t.TempDir(), []*rewritetest.Case{c})
	if err != nil {
		t.Fatal(err)
	}
	v := verdicts[c]
	if v.Err == nil {
		t.Fatal("it does not fail")
	}
	ctx := t.Context()
	if end, ok := t.Deadline(); ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, end.Add(-10*time.Second))
		defer cancel()
	}
	small, err := prover().Shrink(ctx, t.TempDir(), c, v.Err)
	t.Log(err)
	os.Stdout.Write(txtar.Format(small.Archive("Shrunk from " + c.Name + ".")))
}

// readCase reads a program that a long run wrote.
func readCase(t *testing.T, file string) *rewritetest.Case {
	t.Helper()
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c := &rewritetest.Case{Name: strings.TrimSuffix(filepath.Base(file), ".txtar"), Files: map[string]string{}}
	for _, f := range a.Files {
		c.Files[f.Name] = string(f.Data)
	}
	_, flags, _ := strings.Cut(string(a.Comment), "\nflags: ")
	if c.Flags, err = rewritetest.ParseFlags(flags); err != nil {
		t.Fatal(err)
	}
	return c
}
