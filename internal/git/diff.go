package git

import (
	"context"
	"strconv"
	"strings"
)

// Diff returns the unified diff between two commits.
func (r *Repository) Diff(ctx context.Context, from, to string) (string, error) {
	out, err := r.run(ctx, call{doing: "comparing commits", args: []string{
		"diff-tree", "-r", "-p", "--no-renames", "--no-color", "--no-ext-diff", "--no-textconv", "--full-index",
		"--src-prefix=a/", "--dst-prefix=b/", "--end-of-options", from, to, "--",
	}})
	return string(out), err
}

// Rewrite returns what a commit makes of its base: mode, old and new content
// of each file, by name. Two commits with the same Rewrite change the same
// files from the same text to the same text, whatever else their bases hold.
func (r *Repository) Rewrite(ctx context.Context, from, to string) (string, error) {
	out, err := r.run(ctx, call{doing: "comparing commits", args: []string{
		"diff-tree", "-r", "-z", "--no-renames", "--no-abbrev", "--end-of-options", from, to, "--",
	}})
	return string(out), err
}

// Lines is a range of lines, counted from 1, both ends included.
type Lines struct {
	From, To int
}

// everyLine is the range of a file that is new as a whole.
var everyLine = []Lines{{1, int(^uint(0) >> 1)}}

// Changed maps files, relative to the root and with slashes, to the lines that
// were added or changed. A file that only lost lines has none.
type Changed map[string][]Lines

// Has reports whether the line of the file was changed.
func (c Changed) Has(file string, line int) bool {
	for _, l := range c[file] {
		if l.From <= line && line <= l.To {
			return true
		}
	}
	return false
}

// ChangedSince returns what differs in the user's worktree from rev; where rev
// has gone its own way since, from the point where the ways parted. Files that
// git does not know yet, and does not ignore, are new as a whole.
func (r *Repository) ChangedSince(ctx context.Context, rev string) (Changed, error) {
	from, err := r.Resolve(ctx, rev)
	if err != nil {
		return nil, err
	}
	if fork, err := r.line(ctx, call{doing: "finding the merge base", args: []string{"merge-base", from, "HEAD"}}); err == nil && fork != "" {
		from = fork
	}
	out, err := r.run(ctx, call{doing: "comparing with " + strconv.Quote(rev), args: []string{
		"diff", "-U0", "--no-renames", "--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", "--no-relative",
		"--inter-hunk-context=0", "--output-indicator-new=+", "--src-prefix=a/", "--dst-prefix=b/", from, "--",
	}})
	if err != nil {
		return nil, err
	}
	changed := parseChanged(string(out))
	others, err := r.run(ctx, call{doing: "listing new files", args: []string{"ls-files", "-z", "--others", "--exclude-standard", "--full-name"}})
	if err != nil {
		return nil, err
	}
	for _, name := range strings.Split(string(others), "\x00") {
		if name != "" {
			changed[name] = everyLine
		}
	}
	return changed, nil
}

// parseChanged reads a diff without context. Hunks are skipped by their
// counts, since an added line may look like a header.
func parseChanged(diff string) Changed {
	changed := Changed{}
	file, skip := "", 0
	for line := range strings.Lines(diff) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, `\ `): // no newline at the end of the file
		case skip > 0:
			skip--
		case strings.HasPrefix(line, "diff "):
			file = ""
		case strings.HasPrefix(line, "+++ "):
			if file = fileName(line[len("+++ "):]); file != "" {
				changed[file] = nil
			}
		case strings.HasPrefix(line, "@@ "):
			gone, start, count := parseHunk(line)
			skip = gone + count
			if file != "" && count > 0 {
				changed[file] = append(changed[file], Lines{start, start + count - 1})
			}
		}
	}
	return changed
}

// fileName reads the name after "+++ ": "" where the file is deleted. Names
// with odd characters are quoted, names with blanks end in a tab.
func fileName(s string) string {
	s = strings.TrimSuffix(s, "\t")
	if strings.HasPrefix(s, `"`) {
		// Git quotes as C does, with three octal digits; Go reads that.
		unquoted, err := strconv.Unquote(s)
		if err != nil {
			return ""
		}
		s = unquoted
	}
	name, ok := strings.CutPrefix(s, "b/")
	if !ok {
		return ""
	}
	return name
}

// parseHunk reads "@@ -a,b +c,d @@" and returns b, c, d: a count that is not
// there is 1.
func parseHunk(line string) (gone, start, count int) {
	fields := strings.Fields(line)
	if len(fields) < 3 {
		return 0, 0, 0
	}
	read := func(s string) (start, count int) {
		a, b, ok := strings.Cut(strings.TrimLeft(s, "+-"), ",")
		start, _ = strconv.Atoi(a)
		count = 1
		if ok {
			count, _ = strconv.Atoi(b)
		}
		return start, count
	}
	_, gone = read(fields[1])
	start, count = read(fields[2])
	return gone, start, count
}
