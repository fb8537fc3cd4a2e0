// This file words the commit and the pull request. All that comes from outside
// goes through inert.go.

package sweep

import (
	"fmt"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/internal/git"
	"github.com/flagdebt/flagdebt/registry"
)

// The labels by which people steer; they stand in each body.
const (
	labelStop   = "flagdebt:stop"
	labelKeep   = "flagdebt:keep"
	labelRebase = "flagdebt:rebase"
	labelRetry  = "flagdebt:retry"
)

// title returns the title of the pull request, and the commit's subject.
func title(flag registry.Flag) string {
	return fmt.Sprintf("Remove stale feature flag %s (keep %s)", plain(flag.ID.String()), plain(flag.Winner.String()))
}

// commitMessage returns the message of the commit of a tree on a base. Base and
// tree in it vouch for the commit: who changes one of them changes the other.
func commitMessage(flag registry.Flag, removal Removal, tool, base, tree string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", title(flag))
	fmt.Fprintf(&b, "The flag is settled, so the code need no longer ask for it: %s in %s.\n\n",
		count(removal.Sites, "place"), count(len(removal.Changes), "file"))
	for _, line := range [][2]string{
		{"Flag", trailer(flag.ID.String())}, {"Winner", trailer(flag.Winner.String())}, {"Version", trailer(tool)},
		{"Base", base}, {"Tree", tree},
	} {
		fmt.Fprintf(&b, "Flagdebt-%s: %s\n", line[0], line[1])
	}
	return b.String()
}

// isOurs reports whether a commit is as we made it: one parent, and both it
// and the tree are those that the message vouches for.
func isOurs(c git.CommitInfo) bool {
	message := "\n" + c.Message + "\n"
	return len(c.Parents) == 1 &&
		strings.Contains(message, "\nFlagdebt-Base: "+c.Parents[0]+"\n") &&
		strings.Contains(message, "\nFlagdebt-Tree: "+c.Tree+"\n")
}

// count returns "1 file", "2 files".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// maxList bounds one list of a body; maxBody bounds it whole, below what
// GitHub refuses (65,536 characters).
const (
	maxList = 50
	maxBody = 58_000
)

// body returns the body of the pull request, with its marker. It is the same
// on every day: what it says depends on flag and removal alone.
func body(flag registry.Flag, removal Removal, tool string) string {
	key, winner := code(flag.ID.String()), code(flag.Winner.String())
	var b strings.Builder
	fmt.Fprintf(&b, "## What\n\nThis removes the feature flag %s from the code, and keeps what it does when it serves %s.\n\n", key, winner)
	fmt.Fprintf(&b, "## Why\n\n%s\n", bullets(why(flag)))
	fmt.Fprintf(&b, "## What was rewritten\n\n%s in %s.\n\n%s\n", count(removal.Sites, "place"), count(len(removal.Changes), "file"), bullets(rewritten(removal)))
	fmt.Fprintf(&b, "## What was checked\n\n%s\n", bullets(checked(removal)))
	fmt.Fprintf(&b, "## Left for a person\n\n%s\n", bullets(left(flag, removal)))
	fmt.Fprintf(&b, "## How to stop or retry\n\n%s", bullets([]string{
		"To keep the flag, close this pull request: it stays closed as long as the flag's winner stays the same. With the label `" + labelKeep + "` it stays closed for ever.",
		"To stop updates, add the label `" + labelStop + "`, or push a commit of your own to this branch.",
		"To have the branch written anew, your commits included, add the label `" + labelRebase + "`.",
		"To have a closed one opened again, add the label `" + labelRetry + "` to it.",
	}))
	text := b.String()
	if runes := []rune(text); len(runes) > maxBody {
		text = string(runes[:maxBody]) + "…\n"
	}
	return withMarker(text, marker{
		Flag: flag.ID.String(), Winner: flag.Winner.String(), Tool: tool, Text: textDigest(title(flag), text),
	})
}

// why returns what is known of the flag.
func why(flag registry.Flag) []string {
	var list []string
	add := func(label, value string) {
		if value != "" {
			list = append(list, label+": "+code(value))
		}
	}
	add("Settled", flag.Settled)
	add("Winner", flag.Winner.String())
	add("Expired", flag.Expires.String())
	add("Created", flag.Created.String())
	add("Kind", flag.Kind)
	add("Owner", flag.Owner)
	add("Made for", flag.Description)
	add("Registered in", flag.Origin.String())
	return list
}

// rewritten returns the files.
func rewritten(removal Removal) []string {
	var list []string
	for _, c := range removal.Changes {
		if c.Deleted {
			list = append(list, code(c.Path)+" (deleted)")
		} else {
			list = append(list, code(c.Path))
		}
	}
	return list
}

// checked returns what was verified and what was not.
func checked(removal Removal) []string {
	list := codes("", removal.Checked)
	return append(list, codes("Not checked: ", removal.NotChecked)...)
}

// left returns what a person has to do.
func left(flag registry.Flag, removal Removal) []string {
	list := append(codes("", removal.Left), codes("Also named in ", removal.Mentions)...)
	switch origin := flag.Origin.String(); {
	case len(removal.Entries) > 0:
		list = append(list, "Its entry in the registry goes with this change: "+strings.Join(codes("", removal.Entries), ", ")+".")
	case origin != "" && !slices.ContainsFunc(removal.Changes, func(c Change) bool { return c.Path == flag.Origin.File }):
		list = append(list, "Its entry in the registry stays: take it out at "+code(origin)+".")
	}
	for _, step := range removal.Steps {
		list = append(list, sentence(step))
	}
	return list
}

// codes returns the items as code spans after a prefix.
func codes(prefix string, items []string) []string {
	var list []string
	for _, item := range items {
		list = append(list, prefix+code(item))
	}
	return list
}

// bullets returns a list, cut where it is long.
func bullets(items []string) string {
	if len(items) == 0 {
		return "- nothing\n"
	}
	more := len(items) - maxList
	items = items[:min(len(items), maxList)]
	text := "- " + strings.Join(items, "\n- ") + "\n"
	if more > 0 {
		text += fmt.Sprintf("- and %d more\n", more)
	}
	return text
}
