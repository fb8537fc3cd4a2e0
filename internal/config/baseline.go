package config

// This file reads and words the baseline: the findings that were there when somebody
// decided to live with them for now.

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/flagdebt/flagdebt/internal/config/document"
	"github.com/flagdebt/flagdebt/registry"
)

// BaselineName is the name of the baseline file that is read where none is named.
const BaselineName = ".flagdebt-baseline.yml"

// Known is what makes a finding the same one, wherever its lines have moved.
type Known struct {
	File string // relative to the repository's root, with slashes
	In   string // the function or the package-level name that it stands in; "" in YAML
	Rule string
	Flag string
	Fact string // what the rule found, where a rule may find different things
}

// Baseline is a list of findings that are known.
type Baseline struct {
	File    string // as positions name it
	Entries []BaselineEntry
}

// BaselineEntry is a number of findings that are the same but for their lines.
type BaselineEntry struct {
	Known
	Count int
	Pos   registry.Position
}

// LoadBaseline reads a baseline file; display is its name in positions. Its error,
// if any, tells all mistakes, a line each.
func LoadBaseline(path, display string) (*Baseline, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the baseline %s: %w", display, err)
	}
	doc, err := document.Parse(data, display)
	if err != nil {
		return nil, err
	}
	b := &Baseline{File: display}
	version := 0
	root := doc.Root()
	root.Fields(document.Fields{
		"version":  document.Version(&version),
		"findings": b.take,
	})
	if root.IsMapping() && version == 0 {
		root.Errorf("no version: begin the file with \"version: 1\"")
	}
	return b, doc.Err()
}

// take takes the list of findings.
func (b *Baseline) take(n document.Node) {
	seen := map[Known]bool{}
	n.Items(func(n document.Node) {
		e := BaselineEntry{Count: 1, Pos: n.Pos()}
		if !n.Fields(e.fields()) {
			return
		}
		switch {
		case e.Rule == "" || e.File == "":
			n.Errorf("no rule or no file: let \"flagdebt check --write-baseline\" write this file")
		case e.Count < 1:
			n.Errorf("count %d: it is 1 or more", e.Count)
		case seen[e.Known]:
			n.Errorf("this finding is listed twice: add up their counts")
		}
		seen[e.Known] = true
		b.Entries = append(b.Entries, e)
	})
}

// fields describes one entry.
func (e *BaselineEntry) fields() document.Fields {
	return document.Fields{
		"file": document.Text(&e.File), "in": document.Text(&e.In), "rule": document.Text(&e.Rule),
		"flag": document.Text(&e.Flag), "fact": document.Text(&e.Fact), "count": document.Int(&e.Count),
	}
}

// BaselineText returns a baseline file that lists the findings.
func BaselineText(findings []Known) []byte {
	counts := map[Known]int{}
	for _, k := range findings {
		counts[k]++
	}
	var b strings.Builder
	b.WriteString(`# The findings that are known, written by "flagdebt check --write-baseline". They are
# not told, wherever their lines move, until they change.
version: 1
`)
	if len(counts) == 0 {
		b.WriteString("findings: []\n")
		return []byte(b.String())
	}
	b.WriteString("findings:\n")
	for _, k := range slices.SortedFunc(maps.Keys(counts), compareKnown) {
		b.WriteString("  - {" + k.text(counts[k]) + "}\n")
	}
	return []byte(b.String())
}

// text words an entry of the file.
func (k Known) text(count int) string {
	parts := []string{"file: " + quoteYAML(k.File)}
	for _, field := range [][2]string{{"in", k.In}, {"rule", k.Rule}, {"flag", k.Flag}, {"fact", k.Fact}} {
		if field[1] != "" {
			parts = append(parts, field[0]+": "+quoteYAML(field[1]))
		}
	}
	if count > 1 {
		parts = append(parts, "count: "+strconv.Itoa(count))
	}
	return strings.Join(parts, ", ")
}

func compareKnown(a, b Known) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.In, b.In), cmp.Compare(a.Flag, b.Flag), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Fact, b.Fact))
}

// plainYAML is the form of a text that means itself in a flow mapping of YAML.
var plainYAML = regexp.MustCompile(`^[A-Za-z_.][A-Za-z0-9_./-]*[A-Za-z0-9_]$`)

// wordOfYAML matches words that YAML, or an older YAML, takes for no text.
var wordOfYAML = regexp.MustCompile(`(?i)^(yes|no|on|off|true|false|null|[.](nan|inf)|[.][0-9].*)$`)

// quoteYAML returns a text as YAML that reads it back. Precondition: it is UTF-8.
func quoteYAML(s string) string {
	if plainYAML.MatchString(s) && !wordOfYAML.MatchString(s) {
		return s
	}
	return strconv.Quote(s) // YAML knows all escapes of Go
}
