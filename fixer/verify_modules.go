package fixer

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file tidies go.mod and go.sum where the changes drop the last import of
// another module.

// Tidy returns the changes of go.mod and go.sum that follow from those of code,
// and what people have to do where that cannot be told here: without the network,
// or where the files were not tidy before.
func Tidy(ctx context.Context, found *analyzer.Found, changes []Change, env []string) (more []Change, steps []string) {
	repo := found.Prog.Repo
	byModule := map[*program.Module][]string{}
	for path, m := range droppedImports(repo, changes) {
		byModule[m] = append(byModule[m], path)
	}
	for _, m := range repo.Modules {
		dropped := byModule[m]
		if len(dropped) == 0 {
			continue
		}
		slices.Sort(dropped)
		lost := fmt.Sprintf("Nothing in %s imports %s any more", folderName(repo, m), strings.Join(dropped, ", "))
		if isVendored(repo, m) {
			// go.mod and vendor/modules.txt must agree, or nothing builds.
			steps = append(steps, lost+": run go mod tidy there, and vendor anew.")
			continue
		}
		files, err := tidyModule(ctx, repo, m, changes, env)
		if err != nil {
			steps = append(steps, fmt.Sprintf("%s: run go mod tidy there (not done: %v).", lost, err))
			continue
		}
		more = append(more, files...)
	}
	return more, steps
}

// isVendored reports whether a module, or the workspace that it is in, keeps
// copies of what it requires.
func isVendored(repo *program.Repository, m *program.Module) bool {
	for _, dir := range []string{m.Dir, repo.Root, repo.Base} {
		if _, err := os.Stat(filepath.Join(dir, "vendor", "modules.txt")); err == nil {
			return true
		}
	}
	return false
}

func folderName(repo *program.Repository, m *program.Module) string {
	if rel := repo.Rel(m.Dir); rel != "" && rel != "." {
		return rel
	}
	return m.Path
}

// droppedImports returns the packages of other modules that nothing in a module
// imports once the changes are made.
func droppedImports(repo *program.Repository, changes []Change) map[string]*program.Module {
	after := map[string]*Change{}
	for i := range changes {
		after[changes[i].Path] = &changes[i]
	}
	home := map[string]*program.Module{}
	for _, d := range repo.Dirs {
		home[d.ImportPath] = d.Module
	}
	before, still := map[string]map[*program.Module]bool{}, map[string]map[*program.Module]bool{}
	add := func(to map[string]map[*program.Module]bool, m *program.Module, data []byte) {
		for _, path := range importsOf(data) {
			if to[path] == nil {
				to[path] = map[*program.Module]bool{}
			}
			to[path][m] = true
		}
	}
	for _, d := range repo.Dirs {
		for _, f := range d.Files {
			if c := after[f.Path]; c != nil {
				add(before, d.Module, c.Before)
				add(still, d.Module, c.After)
			} else {
				add(still, d.Module, f.Data)
			}
		}
	}
	out := map[string]*program.Module{}
	for path, modules := range before {
		first, _, _ := strings.Cut(path, "/")
		for m := range modules {
			if strings.Contains(first, ".") && home[path] != m && !still[path][m] {
				out[path] = m
			}
		}
	}
	return out
}

// importsOf returns what a file imports.
func importsOf(data []byte) []string {
	f, err := parser.ParseFile(token.NewFileSet(), "", data, parser.ImportsOnly)
	if err != nil || len(data) == 0 {
		return nil
	}
	var out []string
	for _, s := range f.Imports {
		if path, err := strconv.Unquote(s.Path.Value); err == nil {
			out = append(out, path)
		}
	}
	return out
}

// tidyModule returns what go mod tidy makes of a module's files. It writes none,
// and asks no network.
func tidyModule(ctx context.Context, repo *program.Repository, m *program.Module, changes []Change, env []string) ([]Change, error) {
	before, err := tidyDiff(ctx, m, "", env)
	if err != nil {
		return nil, err
	}
	if len(before) > 0 {
		return nil, errors.New("go.mod was not tidy before")
	}
	dir, err := os.MkdirTemp("", "flagdebt-tidy-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what stays is in the system's folder for that
	overlay, err := writeOverlay(dir, changes)
	if err != nil {
		return nil, err
	}
	text, err := tidyDiff(ctx, m, overlay, env)
	if err != nil {
		return nil, err
	}
	return applyTidy(repo, m, text)
}

// writeOverlay writes the changes down for the go command.
func writeOverlay(dir string, changes []Change) (string, error) {
	replace := map[string]string{}
	for i, c := range changes {
		if replace[c.Path] = ""; c.After == nil {
			continue
		}
		name := filepath.Join(dir, strconv.Itoa(i))
		if err := os.WriteFile(name, c.After, 0o600); err != nil {
			return "", err
		}
		replace[c.Path] = name
	}
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	name := filepath.Join(dir, "overlay.json")
	return name, os.WriteFile(name, data, 0o600)
}

// tidyDiff returns what go mod tidy would change, as a unified diff.
func tidyDiff(ctx context.Context, m *program.Module, overlay string, env []string) ([]byte, error) {
	flags := "-mod=mod"
	if overlay != "" {
		flags += " '-overlay=" + overlay + "'"
	}
	cmd := exec.CommandContext(ctx, "go", "mod", "tidy", "-diff")
	cmd.Dir = m.Dir
	cmd.Env = append(slices.Clone(env), "PWD="+m.Dir, "GOPROXY=off", "GOWORK=off", "GOFLAGS="+flags)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if cause := context.Cause(ctx); cause != nil {
		return nil, cause
	}
	if err != nil && out.Len() == 0 {
		return nil, errors.New("it cannot be told without the network")
	}
	return out.Bytes(), nil
}

// applyTidy applies a diff of go.mod and go.sum.
func applyTidy(repo *program.Repository, m *program.Module, text []byte) ([]Change, error) {
	var out []Change
	for part := range strings.SplitSeq("\n"+string(text), "\ndiff current/") {
		name, body, ok := strings.Cut(part, " ")
		if !ok || name != "go.mod" && name != "go.sum" {
			continue
		}
		path := filepath.Join(m.Dir, name)
		before, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		after, err := patched(before, body)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		c := Change{Path: path, File: repo.Rel(path), Before: before, After: after}
		if len(after) == 0 && name == "go.sum" {
			c.After = nil // as go mod tidy leaves it: a file that sums nothing
		}
		out = append(out, c)
	}
	return out, nil
}

var errPatch = errors.New("what go mod tidy says cannot be followed")

// patched applies the hunks of a unified diff to a text.
func patched(text []byte, diff string) ([]byte, error) {
	lines := strings.SplitAfter(string(text), "\n")
	var out strings.Builder
	at := 0
	inHunk := false
	for line := range strings.Lines(diff) {
		if strings.HasPrefix(line, "@@ -") {
			start, _, _ := strings.Cut(strings.TrimPrefix(line, "@@ -"), " ")
			first, size, hasSize := strings.Cut(start, ",")
			n, err := strconv.Atoi(first)
			if err != nil || n > len(lines) {
				return nil, errPatch
			}
			if hasSize && size == "0" {
				n++ // an empty range stands behind its line
			}
			for ; at < n-1; at++ {
				out.WriteString(lines[at])
			}
			inHunk = true
			continue
		}
		switch {
		case !inHunk || strings.TrimSpace(line) == "" && line == "\n":
		case line[0] == '+':
			out.WriteString(line[1:])
		case line[0] == '-', line[0] == ' ':
			if at >= len(lines) || strings.TrimSuffix(lines[at], "\n") != strings.TrimSuffix(line[1:], "\n") {
				return nil, errPatch
			}
			if line[0] == ' ' {
				out.WriteString(lines[at])
			}
			at++
		}
	}
	for ; at < len(lines); at++ {
		out.WriteString(lines[at])
	}
	return []byte(out.String()), nil
}
