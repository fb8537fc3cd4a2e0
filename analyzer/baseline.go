package analyzer

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"path/filepath"
	"strings"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/program"
	"github.com/flagdebt/flagdebt/registry"
)

// This file decides which findings are known: those that the baseline lists. A
// finding is the same one while rule, flag, file, function and fact are the same;
// its lines do not matter, nor does how it is worded.

// baselineRule is the rule of entries of the baseline that match nothing. Judge
// knows nothing of it.
const baselineRule = "baseline"

// readBaseline reads the baseline that is named, or else the one that stands beside
// the configuration, if there is one.
func (d *Driver) readBaseline(s Settings) error {
	if s.NoBaseline {
		return nil
	}
	path := d.BaselinePath(s.Baseline)
	if s.Baseline == "" && !isFile(path) {
		return nil
	}
	var err error
	if d.Baseline, err = config.LoadBaseline(path, d.display(path)); err != nil {
		return d.seen(err, d.display(path))
	}
	return nil
}

// BaselinePath returns the path of the baseline file: the one that name has from the
// working directory; the usual one where name is "".
func (d *Driver) BaselinePath(name string) string {
	switch {
	case name == "":
		return filepath.Join(d.Root, config.BaselineName)
	case filepath.IsAbs(name):
		return name
	}
	return filepath.Join(d.Dir, name)
}

// display returns a path as positions tell it.
func (d *Driver) display(path string) string {
	if rel, err := filepath.Rel(d.Base, path); err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(path)
}

// identity returns what makes a finding the same one.
func identity(f Finding) config.Known {
	text := func(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }
	k := config.Known{
		File: text(f.Pos.File), Rule: f.Rule, Fact: text(f.Fact),
		Flag: text(registry.ID{Key: f.Flag.Key, Param: f.Flag.Param}.String()),
	}
	if f.Site != nil {
		k.In = f.Site.In
	}
	return k
}

// Baseline returns the text of a baseline file that lists all that was found,
// wherever it lies, and how many findings that are.
func (c *Checked) Baseline() (text []byte, n int) {
	known := make([]config.Known, 0, len(c.all))
	for _, f := range c.all {
		known = append(known, identity(f))
	}
	return config.BaselineText(known), len(known)
}

// split parts the findings into those that are told and those that the baseline
// knows. Where there are more of one identity than it knows, all of them are told:
// nobody can say which one is new.
func (d *Driver) split(findings []Finding) (told, known []Finding) {
	if d.Baseline == nil {
		return findings, nil
	}
	counts := countIdentities(findings)
	allowed := map[config.Known]int{}
	for _, e := range d.Baseline.Entries {
		allowed[e.Known] = e.Count
	}
	for _, f := range findings {
		if k := identity(f); counts[k] <= allowed[k] {
			known = append(known, f)
		} else {
			told = append(told, f)
		}
	}
	return told, known
}

func countIdentities(findings []Finding) map[config.Known]int {
	counts := map[config.Known]int{}
	for _, f := range findings {
		counts[identity(f)]++
	}
	return counts
}

// outlived tells the entries of the baseline that match nothing any more, or less
// than they did: the next finding of that kind would hide behind them.
func (d *Driver) outlived(findings []Finding) []Finding {
	if d.Baseline == nil {
		return nil
	}
	severity := cmp.Or(d.Config.Rule(baselineRule, d.Baseline.File).Severity, SeverityWarning)
	if severity == SeverityOff {
		return nil
	}
	counts := countIdentities(findings)
	var out []Finding
	for _, e := range d.Baseline.Entries {
		n := counts[e.Known]
		if n >= e.Count {
			continue
		}
		message := fmt.Sprintf("no %s is left", wordKnown(e.Known))
		if n > 0 {
			message = fmt.Sprintf("of %d times %s, %d are left", e.Count, wordKnown(e.Known), n)
		}
		out = append(out, Finding{
			Rule: baselineRule, Severity: severity, Pos: e.Pos, End: e.Pos, Message: message,
			Next: "To have the baseline say what is left, write it anew: flagdebt check --write-baseline.",
		})
	}
	return out
}

// wordKnown words what a finding was about.
func wordKnown(k config.Known) string {
	words := fmt.Sprintf("%q", k.Rule)
	if k.Flag != "" {
		words += fmt.Sprintf(" on flag %q", k.Flag)
	}
	words += " in " + k.File
	if k.In != "" {
		words += " (" + k.In + ")"
	}
	return words
}

// enclosing returns the name of the function, or of the package-level variable,
// constant or type, whose declaration holds a place.
func enclosing(file *ast.File, pos token.Pos) string {
	for _, decl := range file.Decls {
		if pos < decl.Pos() || decl.End() <= pos {
			continue
		}
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil || len(decl.Recv.List) == 0 {
				return decl.Name.Name
			}
			return program.ReceiverName(decl.Recv.List[0].Type) + "." + decl.Name.Name
		case *ast.GenDecl:
			return declaredName(decl, pos)
		}
	}
	return ""
}

// declaredName returns the first name of the specification that holds a place.
func declaredName(decl *ast.GenDecl, pos token.Pos) string {
	for _, spec := range decl.Specs {
		if pos < spec.Pos() || spec.End() <= pos {
			continue
		}
		switch spec := spec.(type) {
		case *ast.ValueSpec:
			return spec.Names[0].Name
		case *ast.TypeSpec:
			return spec.Name.Name
		}
	}
	return ""
}
