package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestMain lets the tests run this very binary as golangci-lint.
func TestMain(m *testing.M) {
	if os.Getenv(asLinter) != "" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const asLinter = "FLAGDEBT_TEST_AS_LINTER"

// TestNothingStale changes one by one what findings hang on: the day, the registry,
// the configuration, a wrapper in another package. golangci-lint keeps the findings
// of packages and knows of the last of these alone; yet each shows in the very next
// run.
func TestNothingStale(t *testing.T) {
	r := newRepository(t, map[string]string{
		"go.mod":        "module example.com/app\n\ngo 1.26\n",
		"sdk/sdk.go":    "// Package sdk is the flag system.\npackage sdk\n\nfunc On(key string) bool { return false }\n",
		"wrap/wrap.go":  wrap("old"),
		"app/app.go":    "package app\n\nimport \"example.com/app/wrap\"\n\nfunc A() bool { return wrap.Flag() }\n",
		".golangci.yml": linter("2026-06-30"),
		".flagdebt.yml": flagdebt("On", ""),
		"flags.yaml":    registry("2026-06-30"),
	})
	r.wants(t, 0)
	r.wants(t, 0)

	r.write(t, ".golangci.yml", linter("2026-07-01"))
	expired := []string{
		`app/app.go:5:24: flag "old" expired on 2026-06-30`,
		`wrap/wrap.go:5:27: flag "old" expired on 2026-06-30`,
	}
	r.wants(t, 1, expired...)
	r.wants(t, 1, expired...)

	r.write(t, "flags.yaml", registry("2027-06-30"))
	r.wants(t, 0)
	r.write(t, "flags.yaml", registry("2026-01-31"))
	r.wants(t, 1, `app/app.go:5:24: flag "old" expired on 2026-01-31`, `wrap/wrap.go:5:27: flag "old" expired on 2026-01-31`)
	r.write(t, "flags.yaml", registry("2026-06-30"))
	r.wants(t, 1, expired...)

	r.write(t, ".flagdebt.yml", flagdebt("On", "rules: {stale: {severity: off}}\n"))
	r.wants(t, 0)
	r.write(t, ".flagdebt.yml", flagdebt("On", "overrides: [{paths: [wrap], rules: {stale: {severity: off}}}]\n"))
	r.wants(t, 1, expired[0])
	r.write(t, ".flagdebt.yml", flagdebt("On", ""))
	r.wants(t, 1, expired...)

	r.write(t, ".flagdebt.yml", flagdebt("Off", ""))
	r.wants(t, 0)
	r.write(t, ".flagdebt.yml", flagdebt("On", ""))
	r.wants(t, 1, expired...)

	r.write(t, "wrap/wrap.go", wrap("new"))
	r.wants(t, 0)
	r.write(t, "wrap/wrap.go", wrap("old"))
	r.wants(t, 1, expired...)
}

// TestMistakes checks that a mistake in the registry stops every run until it is
// mended.
func TestMistakes(t *testing.T) {
	r := newRepository(t, map[string]string{
		"go.mod":        "module example.com/app\n\ngo 1.26\n",
		"sdk/sdk.go":    "package sdk\n\nfunc On(key string) bool { return false }\n",
		"wrap/wrap.go":  wrap("old"),
		".golangci.yml": linter("2026-07-01"),
		".flagdebt.yml": flagdebt("On", ""),
		"flags.yaml":    registry("2026-06-31"),
	})
	for range 2 {
		code, out := r.run(t)
		if code < 2 || !strings.Contains(out, `flags.yaml:3:18: "2026-06-31" is no date`) {
			t.Errorf("exit code %d, and\n%s", code, out)
		}
	}
	r.write(t, "flags.yaml", registry("2026-06-30"))
	r.wants(t, 1, `wrap/wrap.go:5:27: flag "old" expired on 2026-06-30`)
}

// wrap is a package that asks for a flag.
func wrap(key string) string {
	return "package wrap\n\nimport \"example.com/app/sdk\"\n\nfunc Flag() bool { return sdk.On(\"" + key + "\") }\n"
}

// registry is a registry file with a flag that expires on a day.
func registry(day string) string {
	return "version: 1\nflags:\n  old: {expires: " + day + "}\n"
}

// flagdebt is a .flagdebt.yml by which a function asks for flags, with some more
// lines.
func flagdebt(function, more string) string {
	return `version: 1
registry: [{file: flags.yaml}]
providers: [{id: ours, packages: example.com/app/sdk, sites: [{names: ` + function + `, key: 0}]}]
` + more
}

// linter is a .golangci.yml in which a day is set.
func linter(day string) string {
	return `version: "2"
linters:
  default: none
  enable: [flagdebt]
  settings:
    custom:
      flagdebt: {type: module, settings: {today: ` + day + `}}
`
}

// repository is code to lint, with a cache of its own.
type repository struct{ dir, cache string }

// newRepository writes files to a new folder.
func newRepository(t *testing.T, files map[string]string) repository {
	t.Helper()
	r := repository{dir: t.TempDir(), cache: t.TempDir()}
	for name, text := range files {
		r.write(t, name, text)
	}
	return r
}

// write writes a file.
func (r repository) write(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join(r.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// run lints, from a folder below the configuration, and returns the exit code and
// all that was printed.
func (r repository) run(t *testing.T) (code int, out string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "run", "--output.text.colors=false", "--show-stats=false", "../...")
	cmd.Dir = filepath.Join(r.dir, "wrap")
	cmd.Env = append(os.Environ(), asLinter+"=1", "GOLANGCI_LINT_CACHE="+r.cache, "GOWORK=off", "GOFLAGS=")
	data, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(data)
}

// place matches the lines of the output that tell a finding.
var place = regexp.MustCompile(`(?m)^(?:\.\./)?(\S+\.go:\d+:\d+: .*)`)

// wants lints and compares the exit code and the findings, each of which must begin
// as told.
func (r repository) wants(t *testing.T, code int, findings ...string) {
	t.Helper()
	got, out := r.run(t)
	found := place.FindAllStringSubmatch(out, -1)
	ok := got == code && len(found) == len(findings)
	for i := range findings {
		ok = ok && strings.HasPrefix(found[i][1], findings[i])
	}
	if !ok {
		t.Errorf("exit code %d, and\n%s\nwant %d and\n%s", got, out, code, strings.Join(findings, "\n"))
	}
}
