package main

// This file is flagdebt as the go command's vet tool: see "go doc
// golang.org/x/tools/go/analysis/unitchecker" for what it is asked.

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"go/version"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/flagdebt/flagdebt/analyzer"
)

// isVetTool reports whether the go command runs us as its vet tool. No command
// begins with a dash, and none is called like a .cfg file.
func isVetTool(args []string) bool {
	if len(args) == 0 {
		return false
	}
	last := args[len(args)-1]
	if strings.HasSuffix(last, ".cfg") {
		return len(args) == 1 || strings.HasPrefix(args[0], "-") && args[len(args)-2] != "--config"
	}
	return len(args) == 1 && (last == "-flags" || last == "-V=full")
}

// vetTool answers the go command and returns the exit code. The go command
// forgets whatever comes with an exit code other than 0; so that is how mistakes
// in configuration and registries are told, and never as what is wrong with a
// package. Where all is well, unitchecker ends the process itself.
func (w world) vetTool(args []string) int {
	var err error
	switch last := args[len(args)-1]; last {
	case "-flags":
		unitchecker.Main(idle())
	case "-V=full":
		err = w.vetVersion()
	default:
		err = w.vetUnit(last, slices.Contains(args, "-fix"))
	}
	if err != nil {
		fmt.Fprintf(w.stderr, "flagdebt: %s\n", err)
		return exitFailed
	}
	return exitOK
}

// vetVersion prints the version under which the go command keeps what we say: one
// that changes with this program, with what it reads, and with the place of the
// repository, which stands in findings, but not in the go command's keys where it
// trims paths.
func (w world) vetVersion() error {
	if goVersion := w.getenv("GOVERSION"); version.Compare(version.Lang(goVersion), version.Lang(runtime.Version())) > 0 {
		return fmt.Errorf("built with %s, it cannot read the packages of %s: build it with that, as go vet -vettool=\"$(go tool -n flagdebt)\" does", runtime.Version(), goVersion)
	}
	d, err := w.giveOrder()
	if err != nil {
		return err
	}
	h := sha256.New()
	if err := hashSelf(h); err != nil {
		return err
	}
	fmt.Fprintln(h, d.Digest(), d.Root, d.Base)
	// The go command takes the last word only, if the third is this one.
	_, err = fmt.Fprintf(w.stdout, "flagdebt version devel buildID=%x\n", h.Sum(nil))
	return err
}

// hashSelf writes this program to h.
func hashSelf(h io.Writer) error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding this program: %w", err)
	}
	f, err := os.Open(self)
	if err != nil {
		return fmt.Errorf("reading this program: %w", err)
	}
	defer f.Close()
	if _, err := io.Copy(h, f); err != nil {
		return fmt.Errorf("reading this program: %w", err)
	}
	return nil
}

// vetUnit judges the package that file describes, or fixes it. It does not return
// if all is well.
func (w world) vetUnit(file string, fix bool) error {
	u, err := readUnit(file)
	if err != nil {
		return err
	}
	if u.isStandard(w.getenv("GOROOT")) {
		unitchecker.Main(idle())
	}
	d, err := w.takeOrder()
	if err != nil {
		return err
	}
	if !fix {
		if file, err = u.toldIn(d, file); err != nil {
			return err
		}
		os.Args[len(os.Args)-1] = file // where unitchecker looks for it
	}
	unitchecker.Main(strict(d.Analyzer(), w.stderr))
	return errors.New("unreachable")
}

// idle returns an analyzer with the flags of ours that does nothing.
func idle() *analysis.Analyzer {
	a := new(analyzer.Driver).Analyzer()
	return &analysis.Analyzer{Name: a.Name, Doc: a.Doc, Run: func(*analysis.Pass) (any, error) { return nil, nil }}
}

// strict returns a with all it requires, changed so that an error ends the
// process. The go command would tell it once and take the package for clean from
// then on.
func strict(a *analysis.Analyzer, stderr io.Writer) *analysis.Analyzer {
	run := a.Run
	a.Run = func(pass *analysis.Pass) (any, error) {
		result, err := run(pass)
		if err != nil {
			fmt.Fprintf(stderr, "flagdebt: judging %s: %s\n", pass.Pkg.Path(), err)
			os.Exit(exitFailed)
		}
		return result, nil
	}
	for _, r := range a.Requires {
		strict(r, stderr)
	}
	return a
}
