package fixer

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file runs the changed program: go vet and go test, before and after, in a
// copy of the repository.

// Failure is a test that fails, or what vet has to say.
type Failure struct {
	Package string
	Test    string // "" is the package as a whole, or vet
	Text    string
}

// String tells the failure in a line.
func (f Failure) String() string {
	text := f.Package
	if f.Test != "" {
		text += " " + f.Test
	}
	if f.Text != "" {
		text += ": " + f.Text
	}
	return text
}

// Proof is what running the program before and after the changes has shown.
type Proof struct {
	Ran []string  // what was run, a line each
	New []Failure // what the changes have broken
	Old []Failure // what failed before, and still does
}

// Proving says how changes are proven by running the program.
type Proving struct {
	Verify config.Verify
	Env    []string // the environment of what is run: it must hold no secret
	Tags   []string
	Say    func(string) // hears what is being done
}

// Prove runs go vet, or go vet and the tests, of the changed packages and of those
// that depend on them, before and after the changes. The repository is not
// touched: it works on a copy. With VerifyTypes it does nothing.
func Prove(ctx context.Context, found *analyzer.Found, changes []Change, how Proving) (proof Proof, err error) {
	if how.Verify != config.VerifyVet && how.Verify != config.VerifyTest || len(changes) == 0 {
		return Proof{}, nil
	}
	repo := found.Prog.Repo
	t, err := newTree(repo.Base, changes, how)
	if err != nil {
		return Proof{}, err
	}
	defer func() { err = errors.Join(err, t.remove()) }()
	for _, m := range t.affected(repo, changes) {
		how.Say("vetting " + m.name)
		if err := t.compare(ctx, m, "go vet", t.vet, &proof); err != nil {
			return proof, err
		}
		if how.Verify != config.VerifyTest {
			continue
		}
		how.Say("testing " + m.name + ", before and after")
		if err := t.compare(ctx, m, "go test", t.test, &proof); err != nil {
			return proof, err
		}
	}
	return proof, nil
}

// module is the part of a module that is run.
type module struct {
	name string   // import path
	dir  string   // relative to the root
	pkgs []string // folders relative to dir, as patterns
}

// affected returns the packages that changed and those that depend on them, by
// module.
func (t *tree) affected(repo *program.Repository, changes []Change) []module {
	changed := map[string]bool{}
	for _, c := range changes {
		changed[filepath.Dir(c.Path)] = true
	}
	var dirs []*program.Dir
	for _, d := range repo.Dirs {
		if changed[d.Path] {
			dirs = append(dirs, d)
		}
	}
	byModule := map[*program.Module]*module{}
	for _, d := range repo.Importers(dirs) {
		rel, err := filepath.Rel(d.Module.Dir, d.Path)
		if err != nil || d.Module.Dir == "" {
			continue
		}
		if byModule[d.Module] == nil {
			byModule[d.Module] = &module{name: d.Module.Path, dir: repo.Rel(d.Module.Dir)}
		}
		byModule[d.Module].pkgs = append(byModule[d.Module].pkgs, "./"+filepath.ToSlash(rel))
	}
	var out []module
	for _, m := range byModule {
		slices.Sort(m.pkgs)
		out = append(out, *m)
	}
	slices.SortFunc(out, func(a, b module) int { return cmp.Compare(a.dir, b.dir) })
	return out
}

// compare runs something in the tree as it was and as it will be, and adds what it
// shows.
func (t *tree) compare(ctx context.Context, m module, what string, run func(context.Context, module) ([]Failure, error), proof *Proof) error {
	if err := t.set(false); err != nil {
		return err
	}
	before, err := run(ctx, m)
	if err != nil {
		return fmt.Errorf("running %s before the change in %s: %w", what, m.name, err)
	}
	if err := t.set(true); err != nil {
		return err
	}
	after, err := run(ctx, m)
	if err != nil {
		return fmt.Errorf("running %s after the change in %s: %w", what, m.name, err)
	}
	fresh, old := split(before, after)
	if len(fresh) > 0 { // what fails now and then is nobody's fault
		again, err := run(ctx, m)
		if err != nil {
			return fmt.Errorf("running %s once more in %s: %w", what, m.name, err)
		}
		_, fresh = split(again, fresh)
	}
	proof.New = append(proof.New, fresh...)
	proof.Old = append(proof.Old, old...)
	packages := "1 package"
	if len(m.pkgs) != 1 {
		packages = fmt.Sprintf("%d packages", len(m.pkgs))
	}
	proof.Ran = append(proof.Ran, fmt.Sprintf("%s, before and after: %s of %s", what, packages, m.name))
	return nil
}

// split parts the failures of a later run into those that an earlier one did not
// have, and those that it had.
func split(before, after []Failure) (fresh, old []Failure) {
	type key struct{ pkg, test, text string }
	name := func(f Failure) key {
		if f.Test != "" {
			return key{f.Package, f.Test, ""} // what a test says differs from run to run
		}
		return key{f.Package, "", f.Text}
	}
	had := map[key]int{}
	for _, f := range before {
		had[name(f)]++
	}
	for _, f := range after {
		if had[name(f)] > 0 {
			had[name(f)]--
			old = append(old, f)
		} else {
			fresh = append(fresh, f)
		}
	}
	return fresh, old
}

// goCommand runs the go command in a module of the tree.
func (t *tree) goCommand(ctx context.Context, m module, args ...string) (stdout, stderr []byte, err error) {
	dir := filepath.Join(t.dir, filepath.FromSlash(m.dir))
	if len(t.how.Tags) > 0 {
		args = slices.Insert(args, 1, "-tags="+strings.Join(t.how.Tags, ","))
	}
	cmd := exec.CommandContext(ctx, "go", append(args, t.there(m)...)...)
	cmd.Dir = dir
	cmd.Env = append(slices.Clone(t.how.Env), "PWD="+dir)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	if cause := context.Cause(ctx); cause != nil {
		return nil, nil, cause
	}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return nil, nil, err
	}
	return out.Bytes(), errs.Bytes(), err
}

// there returns the packages of a module that have Go files, as patterns.
func (t *tree) there(m module) []string {
	var out []string
	for _, p := range m.pkgs {
		files, err := filepath.Glob(filepath.Join(t.dir, filepath.FromSlash(m.dir), filepath.FromSlash(p), "*.go"))
		if err == nil && len(files) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// vetLine matches what vet says of a place, without the place's line.
var vetLine = regexp.MustCompile(`^(?:vet: )?(?:\./)?([^\s:]+\.go):\d+(?::\d+)?: (.*)$`)

// vet runs go vet.
func (t *tree) vet(ctx context.Context, m module) ([]Failure, error) {
	_, errs, err := t.goCommand(ctx, m, "vet")
	var out []Failure
	pkg := m.name
	for line := range strings.Lines(string(errs)) {
		line = strings.TrimRight(line, "\r\n")
		if name, ok := strings.CutPrefix(line, "# "); ok {
			pkg, _, _ = strings.Cut(strings.Trim(name, "[]"), " ")
		} else if part := vetLine.FindStringSubmatch(line); part != nil {
			out = append(out, Failure{pkg, "", part[1] + ": " + part[2]})
		}
	}
	if err != nil && len(out) == 0 {
		return nil, fmt.Errorf("%w: %s", err, firstLines(errs))
	}
	return out, nil
}

// event is a line of go test -json.
type event struct {
	Action     string
	Package    string
	ImportPath string
	Test       string
	Output     string
}

// testName names a test; without one, the package as a whole.
type testName struct{ pkg, test string }

// test runs the tests.
func (t *tree) test(ctx context.Context, m module) ([]Failure, error) {
	out, errs, err := t.goCommand(ctx, m, "test", "-json")
	said := map[testName]string{}
	failed := map[testName]bool{}
	for line := range bytes.Lines(out) {
		var e event
		if json.Unmarshal(line, &e) != nil {
			continue
		}
		n := testName{cmp.Or(e.Package, e.ImportPath), e.Test}
		switch e.Action {
		case "output", "build-output":
			if text := strings.TrimSpace(e.Output); text != "" && !isFrame(text) {
				said[n] = text
			}
		case "fail", "build-fail":
			failed[n] = true
		}
	}
	var list []Failure
	for n := range failed {
		if isLeaf(n, failed) {
			list = append(list, Failure{n.pkg, n.test, said[n]})
		}
	}
	slices.SortFunc(list, func(a, b Failure) int { return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.Test, b.Test)) })
	if err != nil && len(list) == 0 {
		return nil, fmt.Errorf("%w: %s", err, firstLines(errs))
	}
	return list, nil
}

// isLeaf reports whether a test fails by itself, and not for another one inside.
func isLeaf(n testName, failed map[testName]bool) bool {
	for o := range failed {
		if o.pkg == n.pkg && o.test != n.test && (n.test == "" || strings.HasPrefix(o.test, n.test+"/")) {
			return false
		}
	}
	return true
}

// isFrame reports whether a line of a test's output frames others.
func isFrame(text string) bool {
	for _, prefix := range []string{"=== ", "--- ", "FAIL", "PASS", "ok ", "exit status", "coverage:"} {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return false
}

// firstLines returns the beginning of what a command has said.
func firstLines(text []byte) string {
	lines := strings.Fields(string(text[:min(len(text), 400)]))
	return strings.Join(lines, " ")
}
