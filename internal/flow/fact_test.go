package flow

import (
	"go/constant"
	"strings"
	"testing"
)

// TestFacts makes sure that a summary survives the way through a fact, and that
// one without flags makes none.
func TestFacts(t *testing.T) {
	t.Parallel()
	w := load(t, "testdata/functions.go")
	asks := []*Ask{}
	facts := 0
	for _, f := range w.symbolic.Functions() {
		v := w.symbolic.Results(f)
		fact, err := Encode(v, func(ref any) int {
			asks = append(asks, &Ask{Source: "flag", Ref: ref})
			return len(asks) - 1
		})
		if err != nil {
			t.Fatal(err)
		}
		if fact == nil {
			if s := show(v, true); strings.Contains(s, "a)") {
				t.Errorf("%s: no fact of %s", f.Obj, s)
			}
			continue
		}
		facts++
		back, err := Decode(fact, func(i int) *Ask { return asks[i] })
		if err != nil {
			t.Fatal(err)
		}
		if show(back, true) != show(v, true) {
			t.Errorf("%s: got %s, want %s", f.Obj, show(back, true), show(v, true))
		}
	}
	if facts < 10 {
		t.Errorf("%d facts", facts)
	}
}

// TestFactTerms makes sure that each kind of term comes back.
func TestFactTerms(t *testing.T) {
	t.Parallel()
	ask := &Ask{Source: "flag"}
	flagged := flagTerm(ask, text("a"), []string{"example.com/m.isA"})
	op := func(args ...Value) Value { return make1(term{kind: kOp, op: "op", args: args}) }
	for _, v := range []Value{
		op(flagged, boolean(true)), op(flagged, text("x")), op(flagged, Const(constInt(3))), op(flagged, Nil), op(flagged, param(nil, 2)),
		op(flagged, soft(constText("x"))), tuple([]Value{flagged, Unknown}), make1(term{kind: kObject, ask: ask, args: []Value{text("a")}}),
	} {
		fact, err := Encode(v, func(any) int { return 7 })
		if err != nil {
			t.Fatal(err)
		}
		back, err := Decode(fact, func(i int) *Ask {
			if i == 7 {
				return ask
			}
			return nil
		})
		if err != nil || !Same(back, v) {
			t.Errorf("%s: got %v, %v", v, back, err)
		}
	}
	unseen := op(flagged, make1(term{kind: kFunc, fn: &Function{ID: 1}}), Const(constFloat(0.5)))
	fact, err := Encode(unseen, func(any) int { return 0 })
	if err != nil {
		t.Fatal(err)
	}
	back, err := Decode(fact, func(int) *Ask { return ask })
	if want := op(flagged, Unknown, Unknown); err != nil || !Same(back, want) {
		t.Errorf("a function and a float: got %v, %v, want %v", back, err, want)
	}
}

// TestBadFacts makes sure that a fact of another version is an error.
func TestBadFacts(t *testing.T) {
	t.Parallel()
	for fact, want := range map[string]string{
		"":                         "decoding a summary",
		`{"k":99}`:                 "term of kind 99 is unknown",
		`{"k":4,"ask":5,"a":[{}]}`: "question 5 is unknown",
		`{"k":8,"a":[{"k":99}]}`:   "term of kind 99 is unknown",
		`{"k":4,"ask":0}`:          "question 0 is unknown",
	} {
		_, err := Decode([]byte(fact), func(i int) *Ask {
			if i == 0 {
				return &Ask{}
			}
			return nil
		})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", fact, err, want)
		}
	}
}

func constInt(n int64) constant.Value     { return constant.MakeInt64(n) }
func constText(s string) constant.Value   { return constant.MakeString(s) }
func constFloat(f float64) constant.Value { return constant.MakeFloat64(f) }
