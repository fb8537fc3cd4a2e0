package yamlfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/flagdebt/flagdebt/internal/config/document"
	"github.com/flagdebt/flagdebt/internal/config/document/documenttest"
	"github.com/flagdebt/flagdebt/registry"
)

const example = `version: 1
flags:
  # the new flow
  new-checkout: {owner: "@payments", kind: release, created: 2026-01-10, expires: 2026-06-30, winner: true}
  ship-config:  {permanent: true}
  "a: b/c.*#ü":
    owner: search
    expires: 1.40
    source: otel
    project: collector
    description: what it is for
  bare:
  text: {winner: "1"}
  yes: {winner: yes}
  archived: {winner: {code-default: true}, expires: v0.130.0}
`

func TestParseReadsFlags(t *testing.T) {
	set, err := Parse([]byte(example), "flags.yaml")
	if err != nil {
		t.Fatal(err)
	}
	at := func(line int) registry.Position { return registry.Position{File: "flags.yaml", Line: line, Column: 3} }
	day := func(s string) registry.Date { d, _ := registry.ParseDate(s); return d }
	version := func(s string) registry.Version { v, _ := registry.ParseVersion(s); return v }
	winner := func(s string) registry.Winner { return registry.Winner{Value: registry.NewValue(s)} }
	const settled = "flags.yaml names the winner"
	want := registry.Set{Flags: []registry.Flag{
		{
			ID: registry.ID{Key: "new-checkout"}, Owner: "@payments", Kind: "release", Created: day("2026-01-10"),
			Expires: registry.Expiry{Date: day("2026-06-30")}, Winner: winner("true"), Settled: settled, Origin: at(4),
		},
		{ID: registry.ID{Key: "ship-config"}, Permanent: true, Origin: at(5)},
		{
			ID: registry.ID{Key: "a: b/c.*#ü", Source: "otel", Project: "collector"}, Owner: "search",
			Expires: registry.Expiry{Version: version("1.40")}, Description: "what it is for", Origin: at(6),
		},
		{ID: registry.ID{Key: "bare"}, Origin: at(12)},
		{ID: registry.ID{Key: "text"}, Winner: winner("1"), Settled: settled, Origin: at(13)},
		{ID: registry.ID{Key: "yes"}, Winner: winner("yes"), Settled: settled, Origin: at(14)},
		{
			ID: registry.ID{Key: "archived"}, Winner: registry.Winner{CodeDefault: true}, Settled: settled,
			Expires: registry.Expiry{Version: version("v0.130.0")}, Origin: at(15),
		},
	}}
	if diff := cmp.Diff(want, set, cmp.AllowUnexported(registry.Date{}, registry.Version{}, registry.Value{})); diff != "" {
		t.Error(diff)
	}
}

// bad documents, each with all that the parser says. The schema refuses those
// too, save where it cannot know better.
var bad = []struct {
	name, text, want string
	schemaCannot     bool
}{
	{name: "an empty file", text: "", want: `flags.yaml:1:1: the file is empty: begin it with "version: 1"`},
	{name: "no version", text: "flags: {}", want: `flags.yaml:1:1: no version: begin the file with "version: 1"`},
	{name: "no flags", text: "version: 1", want: `flags.yaml:1:1: no flags: list them in a mapping "flags"`},
	{name: "a version to come", text: "version: 2\nflags: {}", want: `flags.yaml:1:10: unknown version 2 (known: 1): a newer flagdebt may read it`},
	{name: "a list of flags", text: "version: 1\nflags: [a]", want: `flags.yaml:2:8: want a mapping (key: value), found a list`},
	{name: "a flag that is a text", text: "version: 1\nflags: {a: true}", want: `flags.yaml:2:12: want a mapping (key: value), found "true"`},
	{name: "an empty key", text: "version: 1\nflags: {\"\": {}}", want: `flags.yaml:2:9: empty key`},
	{name: "flags that stand twice", text: "version: 1\nflags:\n  a: {}\n  a: {}", want: `flags.yaml:4:3: key "a" stands twice: here and on line 3`},
	{
		name: "all mistakes at once", text: "version: 1\nflags:\n  a: {expire: 2026-01-01, created: 2026-1-1}\n  b: {owner: [x]}\n",
		want: `flags.yaml:3:7: unknown key "expire": did you mean "expires"?
flags.yaml:3:36: "2026-1-1" is no date: write 2026-01-01
flags.yaml:4:14: want a text, found a list`,
	},
	{
		name: "an expiry that is neither", text: "version: 1\nflags: {a: {expires: soon}}",
		want: `flags.yaml:2:22: "soon" is no date: write year, month and day as in 2026-01-31; or write a version, as in v1.4.0`,
	},
	{
		name: "an expiry that is a year", text: "version: 1\nflags: {a: {expires: 2026}}", schemaCannot: true,
		want: `flags.yaml:2:22: "2026" is no date: write year, month and day as in 2026-01-31; or write a version, as in v1.4.0`,
	},
	{name: "a day that is none", text: "version: 1\nflags: {a: {created: 2026-13-01}}", want: `flags.yaml:2:22: "2026-13-01" is no date: there is no such day`},
	{name: "permanent is a word", text: "version: 1\nflags: {a: {permanent: yes}}", want: `flags.yaml:2:24: want true or false, found "yes"`},
	{name: "permanent and expiring", text: "version: 1\nflags: {a: {permanent: true, expires: v2}}", want: `flags.yaml:2:9: flag "a" is permanent, but expires: keep one of the two`},
	{name: "permanent with a winner", text: "version: 1\nflags: {a: {permanent: true, winner: on}}", want: `flags.yaml:2:9: flag "a" is permanent, but has a winner: keep one of the two`},
	{
		name: "expiring before it was made", text: "version: 1\nflags: {a: {created: 2026-02-01, expires: 2026-01-01}}", schemaCannot: true,
		want: `flags.yaml:2:9: flag "a" expires on 2026-01-01, before it was created on 2026-02-01`,
	},
	{name: "no winner", text: "version: 1\nflags: {a: {winner: }}", want: `flags.yaml:2:21: want a text, found nothing`},
	{name: "a winner that is no default", text: "version: 1\nflags: {a: {winner: {code-default: false}}}", want: `flags.yaml:2:21: no winner: write its value, or {code-default: true}`},
	{name: "a winner with a typo", text: "version: 1\nflags: {a: {winner: {code_default: true}}}",
		want: "flags.yaml:2:22: unknown key \"code_default\": did you mean \"code-default\"?"},
}

func TestParseTellsAllMistakes(t *testing.T) {
	schema := documenttest.Load(t, "flags.schema.json")
	for _, test := range bad {
		t.Run(test.name, func(t *testing.T) {
			_, err := Parse([]byte(test.text), "flags.yaml")
			if err == nil || err.Error() != test.want {
				t.Errorf("got\n%v\nwant\n%s", err, test.want)
			}
			if !test.schemaCannot && schema.Check(t, "", test.text) == nil {
				t.Error("the schema accepts it")
			}
		})
	}
}

func TestSchemaAcceptsWhatTheParserAccepts(t *testing.T) {
	schema := documenttest.Load(t, "flags.schema.json")
	for _, text := range []string{
		example, "version: 1\nflags:", "version: 1\nflags: {}", `{"version": 1, "flags": {"a": {"winner": 4.5, "owner": 12, "expires": "v2"}}}`,
		"version: 1\nflags: {a: {permanent: false, winner: '', expires: 1.39.0-rc.1}}", "version: 1\nflags: {null: {}, 1: {}, true: {}}",
	} {
		if _, err := Parse([]byte(text), "flags.yaml"); err != nil {
			t.Error(err)
		}
		if err := schema.Check(t, "", text); err != nil {
			t.Errorf("%s\n%v", text, err)
		}
	}
}

func TestSchemaKnowsTheKeysOfTheParser(t *testing.T) {
	schema := documenttest.Load(t, "flags.schema.json")
	r := &reader{}
	for def, fields := range map[string]document.Fields{"": r.fields(), "flag": r.flagFields(&registry.Flag{})} {
		if got := schema.Keys(t, def); !slices.Equal(got, fields.Keys()) {
			t.Errorf("%q: the schema has %v, the parser %v", def, got, fields.Keys())
		}
	}
}

func TestLoadNamesTheFileAsTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f.yaml")
	if _, err := Load(path, "flags/f.yaml"); err == nil || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	if err := os.WriteFile(path, []byte(example), 0o644); err != nil {
		t.Fatal(err)
	}
	set, err := Load(path, "flags/f.yaml")
	if err != nil || set.Flags[0].Origin.File != "flags/f.yaml" {
		t.Errorf("got %v, %v", set.Flags, err)
	}
}

func TestRemoveKeepsEverythingElse(t *testing.T) {
	got, err := Remove([]byte(example), "new-checkout", "a: b/c.*#ü", "archived")
	if err != nil {
		t.Fatal(err)
	}
	want := `version: 1
flags:
  ship-config:  {permanent: true}
  bare:
  text: {winner: "1"}
  yes: {winner: yes}
`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
	if _, err := Remove([]byte(example), "absent"); err == nil || err.Error() != `the file has no entry "absent" in "flags"` {
		t.Errorf("got %v", err)
	}
}

func TestRemoveOfAllFlagsLeavesAFileThatParses(t *testing.T) {
	set, err := Parse([]byte(example), "flags.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, f := range set.Flags {
		keys = append(keys, f.ID.Key)
	}
	got, err := Remove([]byte(example), keys...)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != "version: 1\nflags: {}\n" {
		t.Errorf("got %q", got)
	}
	if set, err := Parse(got, "flags.yaml"); err != nil || len(set.Flags) > 0 {
		t.Errorf("got %v, %v", set, err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(example))
	for _, b := range bad {
		f.Add([]byte(b.text))
	}
	f.Fuzz(func(_ *testing.T, data []byte) {
		set, err := Parse(data, "flags.yaml")
		if err != nil {
			return
		}
		for _, flag := range set.Flags {
			_, _ = Remove(data, flag.ID.Key) // must not panic
		}
	})
}

// TestRemoveKeyFromStream takes a key out of those documents of a stream that hold
// it; those that do not may be anything.
func TestRemoveKeyFromStream(t *testing.T) {
	const before = `# a deployment
kind: Deployment
args:
  - name: new-ui
    value: "true"
  - name: other
text: |
  not a marker:
   ---
--- # settings
kind: ConfigMap
data:
  other: "1"
  # Shows the new pages.
  new-ui: "true"
---
{{ a template }}
`
	const want = `# a deployment
kind: Deployment
args:
  - name: other
text: |
  not a marker:
   ---
--- # settings
kind: ConfigMap
data:
  other: "1"
---
{{ a template }}
`
	got, err := RemoveKey([]byte(before), "new-ui")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
