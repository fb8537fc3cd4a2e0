package main

import (
	"encoding/json"
	"io"
	"strings"

	"github.com/flagdebt/flagdebt/fixer"
)

// This file tells programs what fix has done. Within a version fields are added,
// never renamed, never removed.

// wireFix is what fix prints with --format json.
type wireFix struct {
	Version  int           `json:"version"`
	Written  bool          `json:"written"` // the changes were made; never with --diff
	Removed  []wireRemoved `json:"removed"`
	Changes  []wireChange  `json:"changes"`
	Refusals []wireRefusal `json:"refusals"` // what was asked and is left
	Skipped  []wireRefusal `json:"skipped"`  // stale flags that are not to be removed yet
	Problems []wireProblem `json:"problems"` // what could not be judged
	Mentions []struct{}    `json:"mentions"` // places outside of Go code that name the flags
}

// wireRemoved is a flag that is gone.
type wireRemoved struct {
	Flag    string `json:"flag"`
	Source  string `json:"source,omitempty"`
	Project string `json:"project,omitempty"`
	Owner   string `json:"owner,omitempty"`
	Winner  string `json:"winner"`
	Sites   int    `json:"sites"`
}

// wireChange is a changed file; its path is relative to the repository's root.
type wireChange struct {
	File    string `json:"file"`
	Added   int    `json:"added"`
	Removed int    `json:"removed"`
	Deleted bool   `json:"deleted"`
	Diff    string `json:"diff"`
}

// wireRefusal is why something is not done.
type wireRefusal struct {
	Flag    string `json:"flag"`
	Reason  string `json:"reason"`
	Whole   bool   `json:"whole"` // the whole flag is left, not only what was to go with it
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
	Next    string `json:"next,omitempty"`
}

// wireProblem is what could not be judged.
type wireProblem struct {
	Package string `json:"package,omitempty"`
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
}

// fixedJSON writes what was done for programs.
func fixedJSON(w io.Writer, f *fixed) error {
	out := wireFix{
		Version: 1, Written: !f.isDiff && len(f.changes) > 0, Removed: []wireRemoved{}, Changes: []wireChange{}, Problems: []wireProblem{},
		Refusals: wireRefusals(f.refusals), Skipped: wireRefusals(f.skipped), Mentions: []struct{}{},
	}
	for _, r := range f.removed {
		id := r.flag.ID
		out.Removed = append(out.Removed, wireRemoved{id.Key, id.Source, id.Project, r.flag.Owner, r.value.Text(), r.sites})
	}
	for _, c := range f.changes {
		added, gone := c.Lines()
		out.Changes = append(out.Changes, wireChange{c.File, added, gone, c.After == nil, string(c.Diff())})
	}
	for _, p := range f.problems {
		out.Problems = append(out.Problems, wireProblem{p.Package, p.Pos.File, p.Pos.Line, p.Pos.Column, p.Message})
	}
	return writeJSON(w, out)
}

func wireRefusals(list []fixer.Refusal) []wireRefusal {
	out := []wireRefusal{}
	for _, r := range list {
		out = append(out, wireRefusal{r.Flag.Key, string(r.Reason), r.Core, r.Pos.File, r.Pos.Line, r.Pos.Column, r.Message, r.Next})
	}
	return out
}

// writeJSON writes v, indented. A terminal finds nothing to obey in it, but for
// the escape DEL.
func writeJSON(w io.Writer, v any) error {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := io.WriteString(w, strings.ReplaceAll(b.String(), "\x7f", `\u007f`))
	return err
}
