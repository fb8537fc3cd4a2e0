package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
)

// linterVariable names a golangci-lint with flagdebt linked in. "bash .ci/run" builds
// one and sets it.
const linterVariable = "FLAGDEBT_LINTER"

// TestVetAgreesWithCheck compares what go vet and check say of the stories of
// testdata/script/agree.
func TestVetAgreesWithCheck(t *testing.T) { runAgreement(t, askVet) }

// TestLinterAgreesWithCheck compares what golangci-lint and check say of them.
func TestLinterAgreesWithCheck(t *testing.T) {
	linter := os.Getenv(linterVariable)
	if linter == "" {
		t.Skipf("no golangci-lint with flagdebt linked in: name one in %s, as \"bash .ci/run\" does", linterVariable)
	}
	runAgreement(t, func(ts *testscript.TestScript, packages []string) []judgement { return askLinter(ts, linter, packages) })
}

// runAgreement runs the stories, in which
//
//	agrees PACKAGE...   compares the driver with check, and prints what both say
//
// Of the rules, defaults alone may say less in the driver: it sees one package.
func runAgreement(t *testing.T, ask func(*testscript.TestScript, []string) []judgement) {
	t.Helper()
	env := scriptEnv(t)
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join(repoRoot(t), "testdata", "script", "agree"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Vars = append(e.Vars, env...)
			home := filepath.Join(e.WorkDir, ".home")
			e.Setenv("HOME", home)
			e.Setenv("FLAGDEBT_TODAY", "2026-11-21")
			e.Setenv("GOLANGCI_LINT_CACHE", filepath.Join(e.WorkDir, ".lint"))
			e.Setenv("GOFLAGS", "")
			e.Setenv("GOWORK", "")
			return os.MkdirAll(home, 0o777)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"proxy": scriptProxy,
			"agrees": func(ts *testscript.TestScript, _ bool, packages []string) {
				checked, open := askCheck(ts, packages)
				asked := slices.DeleteFunc(ask(ts, packages), func(j judgement) bool { return !j.isIn(packages) })
				left := slices.DeleteFunc(slices.Clone(checked), func(j judgement) bool { return open[j] && !slices.Contains(asked, j) })
				if diff := cmp.Diff(left, asked); diff != "" {
					ts.Fatalf("the driver says something else than check (-check +driver):\n%s", diff)
				}
				for _, j := range checked {
					fmt.Fprintln(ts.Stdout(), j)
				}
			},
		},
	})
}

// judgement is a finding as every driver can tell it: a place, a colon and a message.
type judgement string

// isIn reports whether the finding lies in the packages. Go vet may tell of others
// that these import.
func (j judgement) isIn(packages []string) bool {
	return slices.ContainsFunc(packages, func(p string) bool {
		return strings.HasPrefix(string(j), strings.TrimPrefix(strings.TrimSuffix(p, "..."), "./"))
	})
}

// sorted returns the judgements, each once: a package and its test variant tell the
// same.
func sorted(found map[judgement]bool) []judgement { return slices.Sorted(maps.Keys(found)) }

// askCheck returns what check says of local Sites, notes aside, and which of that
// needs more than a package and its imports.
func askCheck(ts *testscript.TestScript, packages []string) (found []judgement, open map[judgement]bool) {
	out := output(ts, 1, nil, "flagdebt", append([]string{"check", "--today", "2026-11-21", "--fail-on", "warning", "--format", "json"}, packages...)...)
	var report struct {
		Findings []struct {
			Rule, Severity, File, Message, Next, Scope string
			Line, Column                               int
			Site                                       *struct{ Scope string }
		}
		Problems []struct{ Message string }
	}
	ts.Check(json.Unmarshal(out, &report))
	for _, p := range report.Problems {
		ts.Fatalf("%s", p.Message)
	}
	all := map[judgement]bool{}
	open = map[judgement]bool{}
	for _, f := range report.Findings {
		if f.Site == nil || f.Site.Scope != "local" || f.Scope == "program" || f.Severity == "note" {
			continue
		}
		j := judgement(fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Column, f.Message))
		if f.Next != "" {
			j += judgement(". " + strings.TrimSuffix(f.Next, "."))
		}
		all[j] = true
		open[j] = f.Rule == "defaults"
	}
	return sorted(all), open
}

// askVet returns what go vet says.
func askVet(ts *testscript.TestScript, packages []string) []judgement {
	out := output(ts, 0, func(cmd *exec.Cmd) { cmd.Stderr = cmd.Stdout }, "flagdebt", slices.Concat([]string{"vet"}, packages, []string{"--", "-json"})...)
	all := map[judgement]bool{}
	var lines []string
	for line := range strings.Lines(string(out)) {
		if !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	for d := json.NewDecoder(strings.NewReader(strings.Join(lines, ""))); d.More(); {
		var packages map[string]map[string][]struct{ Posn, Message string }
		ts.Check(d.Decode(&packages))
		for _, analyzers := range packages {
			for _, found := range analyzers {
				for _, f := range found {
					all[judgement(relative(ts, f.Posn)+": "+f.Message)] = true
				}
			}
		}
	}
	return sorted(all)
}

// askLinter returns what golangci-lint says.
func askLinter(ts *testscript.TestScript, linter string, packages []string) []judgement {
	settings := ts.MkAbs(".golangci.yml")
	ts.Check(os.WriteFile(settings, []byte(`version: "2"
linters:
  default: none
  enable: [flagdebt]
  exclusions: {generated: disable}
  settings: {custom: {flagdebt: {type: module, settings: {today: 2026-11-21}}}}
issues: {max-issues-per-linter: 0, max-same-issues: 0, uniq-by-line: false}
run: {relative-path-mode: cfg}
output: {formats: {json: {path: stdout}}}
`), 0o666))
	out := output(ts, 1, nil, linter, append([]string{"run", "--show-stats=false"}, packages...)...)
	var report struct {
		Issues []struct {
			FromLinter, Text string
			Pos              struct {
				Filename     string
				Line, Column int
			}
		}
	}
	ts.Check(json.Unmarshal(out, &report))
	all := map[judgement]bool{}
	for _, i := range report.Issues {
		if i.FromLinter != "flagdebt" {
			ts.Fatalf("%s: %s", i.FromLinter, i.Text)
		}
		place := fmt.Sprintf("%s:%d:%d", ts.MkAbs(i.Pos.Filename), i.Pos.Line, i.Pos.Column)
		all[judgement(relative(ts, place)+": "+i.Text)] = true
	}
	return sorted(all)
}

// relative returns a place as it is seen from the working directory of the story.
func relative(ts *testscript.TestScript, place string) string {
	rel, err := filepath.Rel(ts.MkAbs("."), place)
	ts.Check(err)
	return filepath.ToSlash(rel)
}

// output runs a command in the working directory of the story and returns what it
// prints; it must end with the exit code, or with 0.
func output(ts *testscript.TestScript, code int, prepare func(*exec.Cmd), name string, args ...string) []byte {
	cmd := exec.Command(name, args...)
	cmd.Dir = ts.MkAbs(".")
	for _, v := range []string{"HOME", "PATH", "GOCACHE", "GOMODCACHE", "GOPATH", "GOPROXY", "GOSUMDB", "GONOSUMDB", "GOFLAGS", "GOWORK", "GOTOOLCHAIN", "GOLANGCI_LINT_CACHE", "FLAGDEBT_TODAY", "TMPDIR", "GIT_CONFIG_NOSYSTEM"} {
		cmd.Env = append(cmd.Env, v+"="+ts.Getenv(v))
	}
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if prepare != nil {
		prepare(cmd)
	}
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != code) {
		ts.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, out.Bytes(), complaint.Bytes())
	}
	return out.Bytes()
}
