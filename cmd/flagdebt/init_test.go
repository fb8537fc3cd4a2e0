package main

import (
	"strings"
	"testing"
	"time"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/registry"
	"github.com/flagdebt/flagdebt/registry/yamlfile"
)

// testDay is the day of the tests.
var testDay = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// hostileKeys are keys that YAML takes for something else if they are not quoted,
// and that a terminal would obey.
var hostileKeys = []string{
	"new-checkout", "a.b/c_d", "FEATURE_X", "true", "No", "null", "~", "<<", "1", "1.5", "2026-01-10", "0x1F", ".inf", "-", "--- ", "?", ": ", "a: b",
	"a #b", "#a", "@owner", "`a`", "%a", "!tag", "&anchor", "*alias", "[a]", "{a: b}", "a,b", "a'b", `a"b`, `a\b`, "a\nb", "a\tb", "a\x00b", "\x1b[31mred",
	"\u202eevil", "\ufeffbom", "\u0085", "\u2028", "é", "日本", "🚩", " a ", "=", "y", "OFF", "|", ">", "a:", strings.Repeat("k", 900),
}

// TestInitParses checks that what init writes can be read, and says the same.
func TestInitParses(t *testing.T) {
	p := proposal{registry: "flags.yaml", module: "example.com/app", today: registry.DateOf(testDay)}
	for i, key := range hostileKeys {
		e := &entry{key: key, providers: []string{"env"}, places: i}
		if i%2 == 1 {
			e.owner, e.created = "@team", "2026-01-10"
		}
		if _, ok := yamlKey(key); !ok {
			t.Errorf("key %q is left out", key)
		}
		p.flags = append(p.flags, e)
	}
	set, err := yamlfile.Parse([]byte(p.registryText()), "flags.yaml")
	if err != nil {
		t.Fatalf("%v in\n%s", err, p.registryText())
	}
	if len(set.Flags) != len(hostileKeys) {
		t.Fatalf("%d flags, want %d", len(set.Flags), len(hostileKeys))
	}
	for i, f := range set.Flags {
		if f.ID.Key != hostileKeys[i] {
			t.Errorf("key %q, want %q", f.ID.Key, hostileKeys[i])
		}
		if i%2 == 1 && (f.Owner != "@team" || f.Created.String() != "2026-01-10") {
			t.Errorf("flag %q: owner %q, created %s", f.ID.Key, f.Owner, f.Created)
		}
		if !f.Expires.IsZero() || !f.Winner.IsZero() || f.Permanent {
			t.Errorf("flag %q: init knows its end: %+v", f.ID.Key, f)
		}
	}
	if strings.ContainsFunc(p.registryText(), func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f || r == '\u202e' }) {
		t.Error("a terminal would obey the file")
	}
	for _, key := range []string{"", "a\xffb", strings.Repeat("k", 2000)} {
		if _, ok := yamlKey(key); ok {
			t.Errorf("key %.20q is written, but YAML cannot hold it", key)
		}
	}
}

// TestInitExample checks that the provider which init shows is one.
func TestInitExample(t *testing.T) {
	p := proposal{module: "example.com/app"}
	if _, err := config.ParseProviders([]byte(p.providerExample()), "example.yaml"); err != nil {
		t.Error(err)
	}
	p.today = registry.DateOf(testDay)
	if _, err := yamlfile.Parse([]byte(p.registryText()), "flags.yaml"); err != nil {
		t.Errorf("a registry without flags: %v", err)
	}
}

// TestOwners checks how CODEOWNERS is read.
func TestOwners(t *testing.T) {
	for _, test := range []struct {
		pattern, path string
		want          bool
	}{
		{"*", "a/b.go", true},
		{"*.go", "a/b.go", true},
		{"*.go", "a/b.txt", false},
		{"/a/", "a/b/c.go", true},
		{"/a/", "x/a/b.go", false},
		{"a/", "x/a/b.go", true},
		{"a", "x/a/b.go", true},
		{"a", "x/ab.go", false},
		{"/a/*", "a/b.go", true},
		{"/a/*", "a/b/c.go", false},
		{"/a/**", "a/b/c.go", true},
		{"a/**/c.go", "a/c.go", true},
		{"a/**/c.go", "a/x/y/c.go", true},
		{"**/c", "x/y/c/d.go", true},
		{"a/b.go", "a/b.go", true},
		{"a/b.go", "x/a/b.go", false},
		{"/a.b", "axb", false},
	} {
		if got := ownedPath(test.pattern).MatchString(test.path); got != test.want {
			t.Errorf("%s owns %s: %t, want %t", test.pattern, test.path, got, test.want)
		}
	}
	for _, pattern := range []string{"!a", `a\ b`, "[ab]"} {
		if ownedPath(pattern) != nil {
			t.Errorf("%q is understood", pattern)
		}
	}
}

// TestInitCollects checks which Sites make an entry.
func TestInitCollects(t *testing.T) {
	site := func(key string, test bool) analyzer.Site {
		return analyzer.Site{Flag: registry.ID{Key: key}, KeyKind: analyzer.KeyConstant, Role: analyzer.RoleRead, Provider: "env", Test: test}
	}
	p := proposal{found: &analyzer.Found{Sites: []analyzer.Site{
		site("b", false), site("a", true), site("b", true), site("a\xff", false),
		{KeyKind: analyzer.KeyDynamic, Role: analyzer.RoleRead}, {KeyKind: analyzer.KeyDynamic, Role: analyzer.RoleBulk}, {KeyKind: analyzer.KeyForwarded},
	}}}
	p.collect()
	if len(p.flags) != 2 || p.flags[0].key != "a" || p.flags[0].places != 0 || p.flags[1].places != 1 || p.foreign != 1 || p.computed != 1 {
		t.Errorf("%d flags, %d foreign, %d computed: %+v", len(p.flags), p.foreign, p.computed, p.flags)
	}
}
