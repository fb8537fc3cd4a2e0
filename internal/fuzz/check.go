package fuzz

import (
	"context"
	"fmt"
	"go/format"
	"strings"
	"time"

	"github.com/flagdebt/flagdebt/fixer"
	"github.com/flagdebt/flagdebt/internal/fuzz/rewritetest"
)

// Verdict is what is to be said of a case.
type Verdict struct {
	Outcome *rewritetest.Outcome
	Broken  bool  // the program itself does not compile
	Err     error // what is wrong with the removal
	Took    time.Duration
}

// ClassError is an Err with its class, which shrinking keeps.
type ClassError struct {
	Class string
	Text  string
}

func (f *ClassError) Error() string { return f.Class + ": " + f.Text }

func fail(class, format string, args ...any) error {
	return &ClassError{class, fmt.Sprintf(format, args...)}
}

// Prover says how removals are proven.
type Prover struct {
	Dry    bool             // in memory alone: planned, compiled, vetted, but not run
	Strict bool             // a form that is not supported is wrong, too
	Now    func() time.Time // measures, where it is not nil
}

// Check proves the removals of cases, in a folder that is empty.
func (p Prover) Check(ctx context.Context, dir string, cases []*rewritetest.Case) (map[*rewritetest.Case]*Verdict, error) {
	bench, err := rewritetest.NewBench(dir)
	if err != nil {
		return nil, err
	}
	if err := bench.Load(ctx, cases); err != nil {
		return nil, err
	}
	out := map[*rewritetest.Case]*Verdict{}
	outcomes := map[*rewritetest.Case]*rewritetest.Outcome{}
	for _, c := range cases {
		var start time.Time
		if p.Now != nil {
			start = p.Now()
		}
		v := p.plan(ctx, bench, c)
		if p.Now != nil {
			v.Took = p.Now().Sub(start)
		}
		out[c] = v
		if !v.Broken && v.Outcome != nil {
			outcomes[c] = v.Outcome
		}
	}
	if p.Dry {
		return out, nil
	}
	wrong, err := bench.Run(ctx, outcomes)
	if err != nil {
		return nil, err
	}
	for c, err := range wrong {
		if out[c].Err == nil {
			out[c].Err = fail(classOf(err), "%v", err)
		}
	}
	return out, nil
}

func classOf(err error) string {
	word, _, _ := strings.Cut(err.Error(), ":")
	return word
}

// plan removes the flags of one case, and looks at the result as text.
func (p Prover) plan(ctx context.Context, bench *rewritetest.Bench, c *rewritetest.Case) *Verdict {
	o, err := bench.Plan(ctx, c)
	if err != nil {
		if strings.HasPrefix(err.Error(), "the program does not compile") {
			return &Verdict{Broken: true, Err: err}
		}
		return &Verdict{Outcome: o, Err: fail(classOf(err), "%v", err)}
	}
	v := &Verdict{Outcome: o}
	for _, r := range o.Refusals {
		switch r.Reason {
		case fixer.ReasonVerification, fixer.ReasonInternal, fixer.ReasonType, fixer.ReasonCompile:
			v.Err = fail("refused", "%s: %s", r.Pos, r.Message)
		case fixer.ReasonUnsupported:
			if p.Strict {
				v.Err = fail("refused", "%s: %s", r.Pos, r.Message)
			}
		default: // an honest refusal
		}
	}
	for name := range o.Changed {
		text, there := o.After[name]
		if there && isFormatted(c.Files[name]) && !isFormatted(text) {
			v.Err = fail("not formatted", "%s", name)
		}
	}
	return v
}

func isFormatted(text string) bool {
	out, err := format.Source([]byte(text))
	return err == nil && string(out) == text
}
