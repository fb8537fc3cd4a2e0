package registry

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// at is a position in a file, on a line.
func at(file string, line int) Position { return Position{File: file, Line: line, Column: 3} }

func TestMergeFillsInWhatTheOtherKnows(t *testing.T) {
	byHand := Set{Flags: []Flag{{ID: ID{Key: "new"}, Owner: "payments", Origin: at("flags.yaml", 3)}}}
	server := Set{Source: "unleash", Flags: []Flag{
		{ID: ID{Key: "new", Project: "shop"}, Kind: "release", Created: date(t, "2026-01-10"), Winner: Winner{Value: NewValue("true")}, Settled: "on for all", Origin: at("unleash.yaml", 9)},
		{ID: ID{Key: "old", Project: "shop"}, Owner: "search", Origin: at("unleash.yaml", 20)},
	}}
	want := []Flag{
		{
			ID: ID{Source: "unleash", Project: "shop", Key: "new"}, Kind: "release", Owner: "payments", Created: date(t, "2026-01-10"),
			Winner: Winner{Value: NewValue("true")}, Settled: "on for all", Origin: at("flags.yaml", 3),
		},
		{ID: ID{Source: "unleash", Project: "shop", Key: "old"}, Owner: "search", Origin: at("unleash.yaml", 20)},
	}
	r := Merge(byHand, server)
	if diff := cmp.Diff(want, r.Flags(), cmp.AllowUnexported(Date{}, Version{}, Value{})); diff != "" {
		t.Error(diff)
	}
	want[0].Origin = at("unleash.yaml", 9)
	if diff := cmp.Diff(want, Merge(server, byHand).Flags(), cmp.AllowUnexported(Date{}, Version{}, Value{})); diff != "" {
		t.Errorf("in the other order:\n%s", diff)
	}
	if c := r.Conflicts(); len(c) > 0 {
		t.Errorf("conflicts: %v", c)
	}
}

func TestMergeTellsDisagreements(t *testing.T) {
	tests := []struct {
		name       string
		one, other Flag
		want       string // field: message
	}{
		{"owners", Flag{Owner: "a"}, Flag{Owner: "b"},
			`owner: flag "f": owner a at one.yaml:1:3, but owner b at two.yaml:2:3`},
		{"days", Flag{Expires: Expiry{Date: date(t, "2026-01-01")}}, Flag{Expires: Expiry{Date: date(t, "2026-01-02")}},
			`expires: flag "f": expires 2026-01-01 at one.yaml:1:3, but expires 2026-01-02 at two.yaml:2:3`},
		{"versions that are equal", Flag{Expires: Expiry{Version: version(t, "1.39")}}, Flag{Expires: Expiry{Version: version(t, "v1.39.0")}}, ""},
		{"a day and a version", Flag{Expires: Expiry{Version: version(t, "1.39")}}, Flag{Expires: Expiry{Date: date(t, "2026-01-01")}}, ""},
		{"winners", Flag{Winner: Winner{Value: NewValue("true")}}, Flag{Winner: Winner{CodeDefault: true}},
			`winner: flag "f": winner true at one.yaml:1:3, but winner the code's default at two.yaml:2:3`},
		{"permanent beside an expiry", Flag{Permanent: true}, Flag{Expires: Expiry{Date: date(t, "2026-01-01")}},
			`permanent: flag "f": permanent at one.yaml:1:3, but expires 2026-01-01 at two.yaml:2:3`},
		{"an expiry beside permanent", Flag{Expires: Expiry{Date: date(t, "2026-01-01")}}, Flag{Permanent: true},
			`permanent: flag "f": expires 2026-01-01 at one.yaml:1:3, but permanent at two.yaml:2:3`},
		{"permanent and served to all", Flag{Permanent: true}, Flag{Winner: Winner{Value: NewValue("true")}}, ""},
		{"nothing against something", Flag{}, Flag{Owner: "b", Expires: Expiry{Date: date(t, "2026-01-02")}}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.one.ID.Key, test.one.Origin = "f", at("one.yaml", 1)
			test.other.ID.Key, test.other.Origin = "f", at("two.yaml", 2)
			var got []string
			r := Merge(Set{Flags: []Flag{test.one}}, Set{Flags: []Flag{test.other}})
			for _, c := range r.Conflicts() {
				got = append(got, c.Field+": "+c.Message)
				if c.Pos != test.other.Origin || c.Other != test.one.Origin {
					t.Errorf("positions %s and %s", c.Pos, c.Other)
				}
			}
			if s := strings.Join(got, "\n"); s != test.want {
				t.Errorf("got\n%s\nwant\n%s", s, test.want)
			}
		})
	}
}

func TestADisputedWinnerIsNoWinner(t *testing.T) {
	on, off := Winner{Value: NewValue("true")}, Winner{Value: NewValue("false")}
	r := Merge(Set{Flags: []Flag{{ID: ID{Key: "f"}, Winner: on, Settled: "one"}}}, Set{Flags: []Flag{{ID: ID{Key: "f"}, Winner: off}}},
		Set{Flags: []Flag{{ID: ID{Key: "f"}, Winner: on}}})
	if f, _ := r.Lookup(ID{Key: "f"}); !f.Winner.IsZero() || f.Settled != "" {
		t.Errorf("the winner is %s: %s", f.Winner, f.Settled)
	}
}

func TestABareKeyThatFitsTwoFlagsIsAConflict(t *testing.T) {
	byHand := Set{Flags: []Flag{{ID: ID{Key: "f"}, Owner: "x", Origin: at("flags.yaml", 3)}}}
	sets := []Set{byHand, {Source: "env", Flags: []Flag{{ID: ID{Key: "f"}}}}, {Source: "unleash", Flags: []Flag{{ID: ID{Key: "f"}}}}}
	r := Merge(sets...)
	want := `flag "f" at flags.yaml:3:3 can be env/f or unleash/f: name its source and project`
	if c := r.Conflicts(); len(c) != 1 || c[0].Message != want || c[0].Field != "source" {
		t.Errorf("got %v", c)
	}
	if len(r.Flags()) != 3 {
		t.Errorf("flags: %v", r.Flags())
	}
}

func TestLookup(t *testing.T) {
	r := Merge(Set{Flags: []Flag{
		{ID: ID{Key: "bare"}},
		{ID: ID{Source: "env", Key: "both"}},
		{ID: ID{Source: "unleash", Key: "both"}},
		{ID: ID{Source: "unleash", Project: "a", Key: "projects"}},
		{ID: ID{Source: "unleash", Project: "b", Key: "projects"}},
		{ID: ID{Source: "statsig", Key: "config"}},
		{ID: ID{Source: "statsig", Key: "config", Param: "color"}},
		{ID: ID{Source: "statsig", Key: "layer", Param: "size"}},
	}})
	for _, test := range []struct {
		id   ID
		want string
	}{
		{ID{Key: "bare"}, "bare"},
		{ID{Source: "env", Key: "bare"}, "bare"},
		{ID{Key: "both"}, ""},
		{ID{Source: "env", Key: "both"}, "env/both"},
		{ID{Source: "split", Key: "both"}, ""},
		{ID{Source: "unleash", Key: "projects"}, ""},
		{ID{Source: "unleash", Project: "b", Key: "projects"}, "unleash/b/projects"},
		{ID{Key: "config"}, "statsig/config"},
		{ID{Key: "config", Param: "color"}, "statsig/config.color"},
		{ID{Key: "config", Param: "shape"}, "statsig/config"},
		{ID{Key: "layer"}, "statsig/layer.size"},
		{ID{Key: "none"}, ""},
	} {
		f, ok := r.Lookup(test.id)
		if got := f.ID.String(); got != test.want || ok != (test.want != "") {
			t.Errorf("%s: got %q, want %q", test.id, got, test.want)
		}
	}
}

func TestCompleteness(t *testing.T) {
	r := Merge(Set{}, Set{Source: "unleash", Complete: true})
	if r.Complete() || !r.Covers("unleash") || r.Covers("env") {
		t.Error("a complete source covers itself alone")
	}
	if r := Merge(Set{Complete: true}); !r.Complete() || !r.Covers("env") {
		t.Error("a complete file without a source covers all")
	}
}

func TestPositionsLeaveOutWhatIsUnknown(t *testing.T) {
	for want, p := range map[string]Position{
		"f:1:2": {"f", 1, 2}, "f:1": {"f", 1, 0}, "f": {"f", 0, 0}, "1:2": {"", 1, 2}, "": {},
	} {
		if got := p.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
