package config

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/tools/txtar"

	"github.com/flagdebt/flagdebt/internal/config/document"
	"github.com/flagdebt/flagdebt/internal/config/document/documenttest"
	"github.com/flagdebt/flagdebt/registry"
)

const full = `version: 1
registry:
  - file: flags.yaml
    complete: true
  - {file: ../more.yaml}
environments: [production, eu]
providers:
  - {id: ours, packages: example.com/app/flags, sites: [{names: On, key: 0}]}
build: [{goos: windows}, {goarch: 386, tags: [integration], cgo: false}]
rules: {stale: {severity: error, warn-before: 14d}, nested: {severity: warning, warn-before: 2w}}
fix: {exported: remove, verify: test, tidy: {merge: false}, files: ["deploy/*.yaml"], retire: {kubernetes: {restage: "1.9"}, ours: keep}}
protected: ["auth-*", "pay/?"]
overrides: [{paths: ["legacy/**"], rules: {stale: {severity: off}}}]
pull-request: {max-open: 3, labels: [a, b], base: main, branch-prefix: debt/, draft: true, assignees: me, reviewers: [org/team]}
version-from: {file: versions.yaml, key: module-sets.beta.version}
`

// tree is a repository; its configuration stands in a folder below the root.
const tree = `
-- .git/HEAD --
-- more.yaml --
-- app/flags.yaml --
-- app/versions.yaml --
module-sets:
  beta:
    version: v0.130.0
-- app/VERSION --
1.39.0
`

// repository writes files below a new folder.
func repository(t *testing.T, archive string) string {
	t.Helper()
	root := t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		path := filepath.Join(root, f.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// load loads text as the configuration of the folder app of tree.
func load(t *testing.T, text string) (c *Config, root string, err error) {
	t.Helper()
	root = repository(t, tree)
	path := filepath.Join(root, "app", FileName)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	c, err = Load(path)
	return c, root, err
}

func TestLoadResolvesTheConfiguration(t *testing.T) {
	c, root, err := load(t, full)
	if err != nil {
		t.Fatal(err)
	}
	off, days, weeks := false, 14, 14
	version, _ := registry.ParseVersion("v0.130.0")
	want := &Config{
		File: "app/.flagdebt.yml",
		Registry: []RegistryFile{
			{File: "app/flags.yaml", Path: filepath.Join(root, "app", "flags.yaml"), Complete: true},
			{File: "more.yaml", Path: filepath.Join(root, "more.yaml")},
		},
		Environments: []string{"production", "eu"},
		Providers:    c.Providers,
		Build:        []Build{{GOOS: "windows"}, {GOARCH: "386", Tags: []string{"integration"}, Cgo: &off}},
		Rules: map[string]Rule{
			"stale": {Severity: SeverityError, WarnBefore: &days}, "nested": {Severity: SeverityWarning, WarnBefore: &weeks},
		},
		Fix:       Fix{Exported: ExportedRemove, Verify: VerifyTest, Tidy: Tidy{Zero: true, Scope: true, Inline: true, Else: true, Literal: true}, Files: []Glob{{text: "deploy/*.yaml"}}, Retire: map[string]registry.House{"kubernetes": {Rule: registry.RetireRestage, To: "1.9"}, "ours": {Rule: registry.RetireKeep}}},
		Protected: c.Protected,
		Overrides: []Override{{Paths: c.Overrides[0].Paths, Rules: map[string]Rule{"stale": {Severity: SeverityOff}}}},
		PullRequest: PullRequest{
			MaxOpen: 3, Base: "main", BranchPrefix: "debt/", Draft: true, Labels: []string{"a", "b"},
			Assignees: []string{"me"}, Reviewers: []string{"org/team"},
		},
		Version: version,
	}
	opts := []cmp.Option{cmpopts.IgnoreTypes(registry.Position{}), cmp.AllowUnexported(registry.Version{}), cmp.Comparer(func(a, b Glob) bool { return a.text == b.text })}
	if diff := cmp.Diff(want, c, opts...); diff != "" {
		t.Error(diff)
	}
	if len(c.Providers) != 1 || c.Providers[0].ID != "ours" {
		t.Errorf("providers: %v", c.Providers)
	}
}

func TestRulesAreOverriddenByPath(t *testing.T) {
	c, _, err := load(t, full)
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]Severity{"app/legacy/a/b.go": SeverityOff, "legacy/a.go": SeverityError, "app/a.go": SeverityError} {
		rule := c.Rule("stale", file)
		if rule.Severity != want || *rule.WarnBefore != 14 {
			t.Errorf("%s: got %s", file, rule.Severity)
		}
	}
	if r := c.Rule("unknown", "a.go"); r.Severity != "" || r.WarnBefore != nil {
		t.Errorf("a rule of which nothing is said: %v", r)
	}
	if err := c.CheckRules([]string{"stales", "nested"}); err == nil || err.Error() != `app/.flagdebt.yml:10:9: unknown rule "stale": did you mean "stales"?
app/.flagdebt.yml:13:44: unknown rule "stale": did you mean "stales"?` {
		t.Errorf("got %v", err)
	}
	if err := c.CheckRules([]string{"stale", "nested"}); err != nil {
		t.Error(err)
	}
}

func TestProtectedKeys(t *testing.T) {
	c, _, err := load(t, full)
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]bool{"auth-login": true, "auth-a/b": true, "auth": false, "pay/x": true, "pay/xy": false} {
		if c.IsProtected(key) != want {
			t.Errorf("%s: got %t", key, !want)
		}
	}
}

func TestPathPatterns(t *testing.T) {
	for _, test := range []struct{ pattern, yes, no string }{
		{"legacy", "legacy legacy/a.go legacy/a/b.go", "legacy2/a.go a/legacy/b.go"},
		{"legacy/", "legacy/a.go", "legacy2/a.go"},
		{"legacy/**", "legacy/a.go legacy/a/b.go", "legacy2/a.go"},
		{"./*.go", "a.go", "a/b.go"},
		{"**/*_gen.go", "a_gen.go a/b/c_gen.go", "a.go"},
		{"a?/b.go", "ax/b.go", "a//b.go a/b.go"},
		{"a+(b", "a+(b", "aab"},
	} {
		g, err := pathGlob(".", test.pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range strings.Fields(test.yes) {
			if !g.Match(path) {
				t.Errorf("%s does not match %s", g, path)
			}
		}
		for _, path := range strings.Fields(test.no) {
			if g.Match(path) {
				t.Errorf("%s matches %s", g, path)
			}
		}
	}
}

func TestVersionFrom(t *testing.T) {
	for in, want := range map[string]string{
		"{file: VERSION}": "1.39.0",
		"{file: versions.yaml, key: [module-sets, beta, version]}": "v0.130.0",
	} {
		c, _, err := load(t, "version: 1\nversion-from: "+in)
		if err != nil || c.Version.String() != want {
			t.Errorf("%s: got %v", in, err)
		}
	}
}

var badConfigs = []struct {
	name, text, want string
	schemaCannot     bool
}{
	{name: "an empty file", text: "# nothing\n", want: `1:1: the file is empty: begin it with "version: 1"`},
	{name: "no version", text: "fix: {}", want: `1:1: no version: begin the file with "version: 1"`},
	{name: "a version to come", text: "version: 2", want: `1:10: unknown version 2 (known: 1): a newer flagdebt may read it`},
	{
		name: "all mistakes at once", text: "version: 1\nrule: {}\nfix: {verify: type}\nprotected: ['']\n",
		want: `2:1: unknown key "rule": did you mean "rules"?
3:15: unknown word "type": did you mean "types"?
4:13: pattern "": empty pattern`,
	},
	{
		name: "a registry file that is absent", text: "version: 1\nregistry: [{file: flag.yaml}]", schemaCannot: true,
		want: `2:19: registry file "flag.yaml" does not exist: create it with a line "version: 1" and a mapping "flags", or take it out of this list`,
	},
	{name: "a registry without a file", text: "version: 1\nregistry: [{complete: true}]", want: `2:12: no file: write the path of a registry file, as in {file: flags.yaml}`},
	{name: "a registry that is a text", text: "version: 1\nregistry: flags.yaml", want: `2:11: want a mapping (key: value), found "flags.yaml"`},
	{name: "a severity", text: "version: 1\nrules: {stale: {severity: warn}}", want: `2:27: unknown word "warn" (known: error, warning, note, off)`},
	{name: "a duration", text: "version: 1\nrules: {stale: {warn-before: 14 days}}", want: `2:30: "14 days" is no number of days: write it as in 14d or 2w`},
	{name: "a duration without a unit", text: "version: 1\nrules: {stale: {warn-before: 14}}", want: `2:30: "14" is no number of days: write it as in 14d or 2w`},
	{name: "an empty build", text: "version: 1\nbuild: [{}]", want: `2:9: an empty build configuration: name a goos, goarch, tags or cgo`},
	{name: "an odd system", text: "version: 1\nbuild: [{goos: Mac OS}]", want: `2:16: "Mac OS" is no system of Go: "go tool dist list" names them all`},
	{name: "an override without paths", text: "version: 1\noverrides: [{rules: {stale: {}}}]", want: `2:13: no paths: say which files the override is for`},
	{name: "an override without rules", text: "version: 1\noverrides: [{paths: a}]", want: `2:13: no rules: say what the override changes`},
	{name: "an absolute path", text: "version: 1\noverrides: [{paths: /a, rules: {b: {}}}]", want: `2:21: pattern "/a": paths are relative to the folder of this file: begin without a slash`},
	{name: "a path that leads out", text: "version: 1\noverrides: [{paths: ../a, rules: {b: {}}}]", schemaCannot: true, want: `2:21: pattern "../a": paths cannot lead out of the folder of this file`},
	{name: "a provider", text: "version: 1\nproviders: [{id: a, packages: b, sites: [{kind: cal}]}]", want: `2:49: unknown word "cal": did you mean "call"?`},
	{name: "a prefix that no branch can have", text: "version: 1\npull-request: {branch-prefix: \"a b/\"}", want: `2:31: no branch's name can begin with "a b/": write it as in flagdebt/`},
	{name: "a negative number", text: "version: 1\npull-request: {max-open: -1}", want: `2:26: want a whole number from 0, found "-1"`},
	{name: "a version from nowhere", text: "version: 1\nversion-from: {key: a}", want: `2:15: no file: name the YAML or JSON file that holds the version`},
	{
		name: "a version that is not there", text: "version: 1\nversion-from: {file: versions.yaml, key: module-sets.alpha.version}", schemaCannot: true,
		want: `2:15: reading the version of the repository: versions.yaml has no text at "module-sets.alpha"`,
	},
}

func TestLoadTellsAllMistakes(t *testing.T) {
	schema := documenttest.Load(t, "flagdebt.schema.json")
	for _, test := range badConfigs {
		t.Run(test.name, func(t *testing.T) {
			_, _, err := load(t, test.text)
			var want []string
			for _, line := range strings.Split(test.want, "\n") {
				want = append(want, "app/.flagdebt.yml:"+line)
			}
			if err == nil || err.Error() != strings.Join(want, "\n") {
				t.Errorf("got\n%v\nwant\n%s", err, strings.Join(want, "\n"))
			}
			if !test.schemaCannot && test.text != "# nothing\n" && schema.Check(t, "", test.text) == nil {
				t.Error("the schema accepts it")
			}
		})
	}
}

func TestSchemaAcceptsWhatLoadAccepts(t *testing.T) {
	schema := documenttest.Load(t, "flagdebt.schema.json")
	for _, text := range []string{
		full, "version: 1", "version: 1\nregistry: {file: flags.yaml}\nprotected: a\nrules: {}\nproviders: []\nbuild: {tags: a}",
		"version: 1\nfix: {}\npull-request: {}\nenvironments: production\nversion-from: {file: VERSION}",
	} {
		if _, _, err := load(t, text); err != nil {
			t.Error(err)
		}
		if err := schema.Check(t, "", text); err != nil {
			t.Errorf("%s\n%v", text, err)
		}
	}
}

func TestSchemaKnowsTheKeysOfTheConfiguration(t *testing.T) {
	schema := documenttest.Load(t, "flagdebt.schema.json")
	r := &reader{}
	for def, fields := range map[string]document.Fields{
		"": r.fields(Default()), "registry-file": r.registryFields(&RegistryFile{}), "build": buildFields(&Build{}), "rule": ruleFields(&Rule{}),
		"fix": r.fixFields(&Fix{}), "rule-override": r.overrideFields(&Override{}), "pull-request": pullRequestFields(&PullRequest{}),
		"version-from": versionFromFields(&versionFrom{}),
	} {
		if got := schema.Keys(t, def); !slices.Equal(got, fields.Keys()) {
			t.Errorf("%q: the schema has %v, the parser %v", def, got, fields.Keys())
		}
	}
}

func TestDigestChangesWithWhatIsSaid(t *testing.T) {
	digest := func(text string) string {
		c, _, err := load(t, text)
		if err != nil {
			t.Fatal(err)
		}
		return c.Digest()
	}
	same := digest(full)
	if same != digest("# a comment\n"+full) || len(same) != 64 {
		t.Error("a comment changes the digest")
	}
	seen := map[string]string{same: "full"}
	for _, change := range [][2]string{
		{"14d", "15d"}, {"auth-*", "auth*"}, {"legacy/**", "legacy/*"}, {"key: 0", "key: 1"}, {"names: On", "names: /On/"},
		{"cgo: false", "cgo: true"}, {"complete: true", "complete: false"}, {"versions.yaml, key: module-sets.beta.version", "VERSION"},
	} {
		d := digest(strings.Replace(full, change[0], change[1], 1))
		if other, ok := seen[d]; ok {
			t.Errorf("%s has the digest of %s", change[1], other)
		}
		seen[d] = change[1]
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(full))
	for _, b := range badConfigs {
		f.Add([]byte(b.text))
	}
	f.Fuzz(func(_ *testing.T, data []byte) {
		if bytes.Contains(data, []byte("version-from")) {
			return // it reads any file
		}
		c, err := parse(data, folder{root: "/nowhere", dir: "/nowhere/app"}, FileName)
		if err == nil {
			c.Digest() // must not panic
		}
	})
}
