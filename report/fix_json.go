package report

import (
	"io"

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
	Refusals []wireRefusal `json:"refusals"`      // what was asked and is left
	Skipped  []wireRefusal `json:"skipped"`       // stale flags that are not to be removed yet
	Problems []wireProblem `json:"problems"`      // what could not be judged
	Mentions []wireMention `json:"mentions"`      // places that still name the flags
	Steps    []string      `json:"steps"`         // what people have to do besides
	Checked  []string      `json:"checked"`       // what was run
	Failed   []wireFailure `json:"failed_before"` // what failed before already, and still does
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

// wireFailure is a test, or what vet has said.
type wireFailure struct {
	Package string `json:"package"`
	Test    string `json:"test,omitempty"`
	Message string `json:"message,omitempty"`
}

// FixJSON writes for programs what was done.
func FixJSON(w io.Writer, f Fixed) error {
	out := wireFix{
		Version: 1, Written: !f.IsDiff && len(f.Changes) > 0, Removed: []wireRemoved{}, Changes: []wireChange{}, Problems: []wireProblem{},
		Refusals: wireRefusals(f.Refusals), Skipped: wireRefusals(f.Skipped), Mentions: []wireMention{}, Failed: []wireFailure{},
		Steps: append([]string{}, f.Steps...), Checked: append([]string{}, f.Proof.Ran...),
	}
	for _, r := range f.Removed {
		id := r.Flag.ID
		out.Removed = append(out.Removed, wireRemoved{id.Key, id.Source, id.Project, r.Flag.Owner, r.Value.Text(), r.Sites})
	}
	for _, c := range f.Changes {
		added, gone := c.Lines()
		out.Changes = append(out.Changes, wireChange{c.File, added, gone, c.After == nil, string(c.Diff())})
	}
	for _, p := range f.Problems {
		out.Problems = append(out.Problems, wireProblem{p.Package, p.Pos.File, p.Pos.Line, p.Pos.Column, p.Message})
	}
	for _, m := range f.Mentions {
		out.Mentions = append(out.Mentions, wireMention{shortID(m.Flag), m.Pos.File, m.Pos.Line, m.Pos.Column, m.Text, m.Generated})
	}
	for _, x := range f.Proof.Old {
		out.Failed = append(out.Failed, wireFailure{x.Package, x.Test, x.Text})
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
