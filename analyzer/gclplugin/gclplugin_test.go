package gclplugin_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/flagdebt/flagdebt/analyzer/gclplugin"
)

// TestRegistered checks that golangci-lint finds the plugin under its name.
func TestRegistered(t *testing.T) {
	if _, err := register.GetPlugin("flagdebt"); err != nil {
		t.Fatal(err)
	}
}

// TestSettings checks that settings which cannot be meant are refused.
func TestSettings(t *testing.T) {
	for name, raw := range map[string]any{
		"unknown name": map[string]any{"cofnig": "x.yml"},
		"no date":      map[string]any{"today": "tomorrow"},
		"no file":      map[string]any{"config": "absent.yml"},
	} {
		p, err := gclplugin.New(raw)
		if err == nil {
			_, err = p.BuildAnalyzers()
		}
		if err == nil {
			t.Errorf("%s: %v is accepted", name, raw)
		}
	}
}

// TestSalt checks that the names of the analyzers, which are all that
// golangci-lint's cache knows of the registry, change with it.
func TestSalt(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "go.mod", "module example.com/shop\n\ngo 1.26\n")
	write(t, ".flagdebt.yml", "version: 1\nregistry:\n  - file: flags.yaml\n")
	write(t, "flags.yaml", "version: 1\nflags:\n  new-checkout: {owner: \"@a\", expires: 2026-06-30}\n")
	today := map[string]any{"today": "2026-06-30"}

	first := names(t, today)
	if again := names(t, today); again != first {
		t.Errorf("nothing changed, but the analyzers did: %s, then %s", first, again)
	}
	if again := names(t, map[string]any{"today": "2026-06-30T00:00:00Z"}); again != first { // as YAML reads 2026-06-30
		t.Errorf("the day is the same, but the analyzers are not: %s, then %s", first, again)
	}
	write(t, "flags.yaml", "version: 1\nflags:\n  new-checkout: {owner: \"@a\", expires: 2026-06-29}\n")
	if changed := names(t, today); changed == first {
		t.Errorf("the registry changed, but the analyzers are still %s", first)
	}
}

// names returns the names of the plugin's analyzers, which must be valid ones.
func names(t *testing.T, settings any) string {
	t.Helper()
	p, err := gclplugin.New(settings)
	if err != nil {
		t.Fatal(err)
	}
	analyzers, err := p.BuildAnalyzers()
	if err != nil {
		t.Fatal(err)
	}
	if err := analysis.Validate(analyzers); err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, a := range analyzers {
		all = append(all, a.Name)
	}
	return strings.Join(all, " ")
}

// write writes a file of the repository that is looked at.
func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.FromSlash(name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
