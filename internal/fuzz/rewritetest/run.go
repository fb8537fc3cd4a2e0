package rewritetest

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// Run builds and runs the cases that have an outcome, before and after, and
// returns what is wrong with each: other output, or a result that does not
// compile.
func (b *Bench) Run(ctx context.Context, outcomes map[*Case]*Outcome) (map[*Case]error, error) {
	wrong := map[*Case]error{}
	runs := map[*Case]bool{}
	for c, o := range outcomes {
		if c.Broken || len(o.Changed) == 0 {
			continue
		}
		for tree, files := range map[string]map[string]string{"before": c.Files, "after": o.After} {
			files, ok := c.runTree(files)
			runs[c] = ok
			if err := b.writeTree(tree, c, files); err != nil {
				return nil, err
			}
		}
	}
	if len(runs) == 0 {
		return wrong, nil
	}
	before, err := b.outputs(ctx, "before", runs, wrong)
	if err != nil {
		return nil, err
	}
	after, err := b.outputs(ctx, "after", runs, wrong)
	if err != nil {
		return nil, err
	}
	for c, ok := range runs {
		if ok && wrong[c] == nil && before[c.Name] != after[c.Name] {
			wrong[c] = fmt.Errorf("other output:\n--- before\n%s--- after\n%s", before[c.Name], after[c.Name])
		}
	}
	return wrong, nil
}

// outputs builds one program of the cases in a tree, and returns what each
// prints. Cases that do not compile or that end the process are left out, and
// noted as wrong.
func (b *Bench) outputs(ctx context.Context, tree string, runs map[*Case]bool, wrong map[*Case]error) (map[string]string, error) {
	dir := filepath.Join(b.Dir, tree)
	if err := b.writeModule(tree); err != nil {
		return nil, err
	}
	skip := map[string]bool{}
	for {
		var list []*Case
		for _, c := range b.cases {
			if runs[c] && wrong[c] == nil {
				list = append(list, c)
			}
		}
		if len(list) == 0 {
			return nil, nil
		}
		if err := write(filepath.Join(dir, "driver", "main.go"), driver(list)); err != nil {
			return nil, err
		}
		// Most of the time goes into many short runs of the compiler.
		build := b.command(ctx, dir, "go", "build", "-gcflags=example.com/m/...=-N -l -dwarf=false", "-ldflags=-s -w", "-o", filepath.Join(b.Dir, tree+".exe"), "./driver")
		build.Env = append(build.Env, "GOGC=off")
		out, err := build.CombinedOutput()
		if err == nil {
			return b.execute(ctx, tree, list, skip, wrong)
		}
		if n := b.blame(string(out), tree+" does not compile", wrong); n == 0 {
			return nil, fmt.Errorf("building %s: %s", tree, out)
		}
	}
}

// command makes a command that sees the winners.
func (b *Bench) command(ctx context.Context, dir, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	var force []string
	for _, c := range b.cases {
		force = append(force, c.Name+" "+c.FlagsLine())
	}
	cmd.Env = append(os.Environ(), "FORCE="+strings.Join(force, ";"), "GOWORK=off")
	return cmd
}

// driver returns the program that runs the cases one by one, save those that
// its arguments name.
func driver(list []*Case) []byte {
	var imports, calls strings.Builder
	for _, c := range list {
		fmt.Fprintf(&imports, "\t%s \"example.com/m/%[1]s\"\n", c.Name)
		fmt.Fprintf(&calls, "\trun(%q, %s.Main)\n", c.Name, c.Name)
	}
	return fmt.Appendf(nil, `package main

import (
	"fmt"
	"os"
	"slices"

	"example.com/flag"
	"example.com/flag/trace"
%s)

func run(name string, f func()) {
	if slices.Contains(os.Args[1:], name) {
		return
	}
	fmt.Printf("\n== %%s\n", name)
	flag.Begin(name)
	trace.Reset()
	defer func() {
		switch p := recover(); {
		case p == nil:
		case trace.Spent(p):
			fmt.Println("spent")
		default:
			fmt.Println("panic:", p)
		}
	}()
	f()
}

func main() {
%s}
`, imports.String(), calls.String())
}

// execute runs a tree's program until all cases have run that do not end it.
func (b *Bench) execute(ctx context.Context, tree string, list []*Case, skip map[string]bool, wrong map[*Case]error) (map[string]string, error) {
	for {
		var args []string
		for name := range skip {
			args = append(args, name)
		}
		limit, cancel := context.WithTimeout(ctx, time.Minute)
		cmd := b.command(limit, b.Dir, filepath.Join(b.Dir, tree+".exe"), args...)
		var stdout, stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		err := cmd.Run()
		cancel()
		outputs := map[string]string{}
		last := ""
		for _, part := range strings.Split(stdout.String(), "\n== ")[1:] {
			name, text, _ := strings.Cut(part, "\n")
			outputs[name], last = text, name
		}
		if err == nil {
			return outputs, nil
		}
		found := false
		for _, c := range list {
			if c.Name == last && !skip[last] {
				wrong[c] = fmt.Errorf("%s ends the process: %w\n%s%s", tree, err, outputs[last], stderr.String())
				skip[last] = true
				found = true
			}
		}
		if !found {
			return nil, fmt.Errorf("running %s: %w\n%s", tree, err, stderr.String())
		}
	}
}

// inTree finds what stands before a case's folder: it may be of an earlier run,
// whose messages are in the build cache.
var inTree = regexp.MustCompile(`\S*/(before|after)/`)

var inFile = regexp.MustCompile(`^(?:vet: )?(?:\./)?(\w+)/\S*\.go:\d+`)

var heading = regexp.MustCompile(`(?m)^# \[?(?:[^\s]*example\.com/m/)(\w+)`)

// blame notes messages of the go command as wrong, case by case, and returns
// for how many.
func (b *Bench) blame(out, what string, wrong map[*Case]error) int {
	parts := map[string]string{}
	name := ""
	out = inTree.ReplaceAllString(out, "")
	for _, line := range strings.SplitAfter(out, "\n") {
		if m := heading.FindStringSubmatch(line); m != nil {
			name = m[1]
		} else if m := inFile.FindStringSubmatch(line); m != nil {
			name = m[1]
		}
		parts[name] += line
	}
	n := 0
	for _, c := range b.cases {
		if parts[c.Name] != "" {
			wrong[c] = fmt.Errorf("%s:\n%s", what, parts[c.Name])
			n++
		}
	}
	return n
}
