package sweep

import (
	"fmt"

	"github.com/flagdebt/flagdebt/registry"
)

// Action is what was done for a flag; in a dry run, what would be.
type Action string

// The actions.
const (
	Created     Action = "created"       // a pull request was opened
	Updated     Action = "updated"       // branch or text of the open one were brought up to date
	Unchanged   Action = "unchanged"     // the open one is as it should be
	Closed      Action = "closed"        // the open one was withdrawn: the flag is no longer in the code
	Ignored     Action = "ignored"       // people closed the pull request; that stands
	Deferred    Action = "deferred"      // enough are open, or the forge wants no more calls
	Blocked     Action = "blocked"       // people work on the branch, or stopped it
	NothingToDo Action = "nothing-to-do" // the flag is not in the code
	Refused     Action = "refused"       // the flag cannot be removed
	Failed      Action = "error"         // it went wrong
)

// Outcome is what became of one flag.
type Outcome struct {
	Flag     registry.ID
	Winner   registry.Winner
	Action   Action
	Reason   string // why, where the action does not say it
	Branch   string
	Title    string
	Commit   string // at the head of the branch
	Number   int    // of the pull request; 0 is none
	URL      string
	Refusals []string
	Warnings []string // what went wrong beside the point: a label
	Body     string   // of the pull request, in a dry run
	Diff     string   // in a dry run
}

// String tells the outcome in a line.
func (o Outcome) String() string {
	text := fmt.Sprintf("flag %q: %s", o.Flag.String(), o.Action)
	if o.Number != 0 {
		text += fmt.Sprintf(" #%d %s", o.Number, o.URL)
	}
	if o.Reason != "" {
		text += ": " + o.Reason
	}
	return text
}

// Result is what became of all flags of a run.
type Result struct {
	Repository string // owner/name; "" where no forge was asked
	Base       string // the branch
	BaseCommit string
	DryRun     bool
	Outcomes   []Outcome
}
