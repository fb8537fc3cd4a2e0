package rewritetest

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/flagdebt/flagdebt/fixer"
	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/registry"
)

// Case is a program and the flags to remove from it.
type Case struct {
	Name  string            // a folder of its own, and an identifier
	Files map[string]string // by path; imports begin with example.com/m
	Flags []Flag

	Exported   config.Exported // what becomes of exported symbols; "" keeps them
	Definition fixer.DefinitionMode
	Providers  string   // YAML: ways of asking of its own; such a case stands alone
	Asked      []string // the folders in which text may change; nil is all
	Broken     bool     // it does not compile, so it is not run
}

// Flag is a flag and its winner.
type Flag struct{ Key, Value string }

// Removals returns the flags as the fixer takes them.
func (c *Case) Removals() []fixer.Removal {
	var out []fixer.Removal
	for _, f := range c.Flags {
		out = append(out, fixer.Removal{Flag: registry.ID{Key: f.Key}, Winner: registry.NewValue(f.Value), Definition: c.Definition})
	}
	return out
}

// FlagsLine returns the flags as they stand in a story.
func (c *Case) FlagsLine() string {
	var out []string
	for _, f := range c.Flags {
		out = append(out, f.Key+"="+f.Value)
	}
	return strings.Join(out, " ")
}

// ParseFlags reads key=value words.
func ParseFlags(s string) ([]Flag, error) {
	var out []Flag
	for _, w := range strings.Fields(s) {
		k, v, ok := strings.Cut(w, "=")
		if !ok {
			return nil, fmt.Errorf("%q is no key=value", w)
		}
		out = append(out, Flag{k, v})
	}
	return out, nil
}

// isOwnModule reports whether the case brings a module file, and so stands alone.
func (c *Case) isOwnModule() bool {
	_, ok := c.Files["go.mod"]
	return ok
}

// Archive returns the case as a story without its outcome.
func (c *Case) Archive(title string) *txtar.Archive {
	a := &txtar.Archive{Comment: fmt.Appendf(nil, "%s\nflags: %s\n\n", title, c.FlagsLine())}
	for _, name := range slices.Sorted(maps.Keys(c.Files)) {
		a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(c.Files[name])})
	}
	return a
}

// moduleRE finds the import paths of a case. The path of a case gets its name
// between the module and the rest, so that sorted imports stay sorted.
var moduleRE = regexp.MustCompile(`"example\.com/m(["/])`)

// inBench returns a text of the case as it stands in the bench.
func (c *Case) inBench(text string) string {
	return moduleRE.ReplaceAllString(text, `"example.com/m/`+c.Name+`$1`)
}

// fromBench undoes inBench.
func (c *Case) fromBench(text string) string {
	return strings.ReplaceAll(text, `"example.com/m/`+c.Name, `"example.com/m`)
}

var (
	mainClause = regexp.MustCompile(`(?m)^package main\b`)
	mainFunc   = regexp.MustCompile(`(?m)^func main\(\)`)
	runnable   = regexp.MustCompile(`(?m)^func Main\(\)`)
)

// runTree returns the files as they are run: a root package that is main can
// not be imported, so it gets another name there. runs reports whether there is
// anything to run.
func (c *Case) runTree(files map[string]string) (out map[string]string, runs bool) {
	out = map[string]string{}
	if c.isOwnModule() {
		return files, false
	}
	for name, text := range files {
		text = c.inBench(text)
		if path.Dir(name) == "." && strings.HasSuffix(name, ".go") {
			if mainClause.MatchString(text) {
				text = mainFunc.ReplaceAllString(mainClause.ReplaceAllString(text, "package "+c.Name), "func Main()")
			}
			runs = runs || !strings.HasSuffix(name, "_test.go") && runnable.MatchString(text)
		}
		out[name] = text
	}
	return out, runs
}
