package fuzz_test

import (
	"flag"
	"os"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/flagdebt/flagdebt/internal/fuzz"
	"github.com/flagdebt/flagdebt/internal/fuzz/rewritetest"
)

var shrink = flag.Bool("shrink", false, "shrink the program of -seed, and print it as a story")

// TestShrink shrinks one program.
func TestShrink(t *testing.T) {
	if !*shrink {
		t.Skip("give it -shrink and -seed")
	}
	t.Setenv("GOFLAGS", "-trimpath")
	c := fuzz.Generate(*seed)
	verdicts, err := prover().Check(t.Context(), t.TempDir(), []*rewritetest.Case{c})
	if err != nil {
		t.Fatal(err)
	}
	v := verdicts[c]
	if v.Err == nil {
		t.Fatal("it does not fail")
	}
	small, err := prover().Shrink(t.Context(), t.TempDir(), c, v.Err)
	t.Log(err)
	os.Stdout.Write(txtar.Format(small.Archive("Shrunk from " + c.Name + ".")))
}
