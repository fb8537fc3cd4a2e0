package git

import (
	"bufio"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// CommitInfo is one commit of history.
type CommitInfo struct {
	SHA, Tree string
	Parents   []string
	Author    Identity
	Committer Identity
	Message   string
}

// infoFormat prints a CommitInfo, a field a line; the message is last.
const infoFormat = "--format=tformat:%H%n%T%n%P%n%an%n%ae%n%cn%n%ce%n%B"

// Info returns one commit.
func (r *Repository) Info(ctx context.Context, commit string) (CommitInfo, error) {
	list, err := r.log(ctx, "-1", "--end-of-options", commit, "--")
	if err != nil {
		return CommitInfo{}, err
	}
	if len(list) == 0 {
		return CommitInfo{}, fmt.Errorf("reading the commit %q: no such commit", commit)
	}
	return list[0], nil
}

// Commits returns what head has and base has not, the newest first, at most
// limit. In a shallow repository that may be more than was added.
func (r *Repository) Commits(ctx context.Context, base, head string, limit int) ([]CommitInfo, error) {
	return r.log(ctx, "-"+strconv.Itoa(limit), "--end-of-options", head, "^"+base, "--")
}

func (r *Repository) log(ctx context.Context, args ...string) ([]CommitInfo, error) {
	out, err := r.run(ctx, call{
		doing: "reading commits",
		args:  append([]string{"log", "-z", "--no-color", "--no-notes", infoFormat}, args...),
	})
	if err != nil {
		return nil, err
	}
	var list []CommitInfo
	for _, record := range strings.Split(string(out), "\x00") {
		f := strings.SplitN(record, "\n", 8)
		if len(f) < 8 {
			continue
		}
		list = append(list, CommitInfo{
			SHA: f[0], Tree: f[1], Parents: strings.Fields(f[2]),
			Author: Identity{f[3], f[4]}, Committer: Identity{f[5], f[6]}, Message: f[7],
		})
	}
	return list, nil
}

// worktrees returns the folders of all worktrees.
func (r *Repository) worktrees(ctx context.Context) ([]string, error) {
	out, err := r.run(ctx, call{doing: "listing worktrees", args: []string{"worktree", "list", "--porcelain"}})
	if err != nil {
		return nil, err
	}
	var dirs []string
	for line := range strings.Lines(string(out)) {
		if dir, ok := strings.CutPrefix(strings.TrimSpace(line), "worktree "); ok {
			dirs = append(dirs, dir)
		}
	}
	return dirs, nil
}

// firstSeenLimit is how long the search for one key may take: it reads every
// version of the files.
const firstSeenLimit = 30 * time.Second

// FirstSeen returns the day, as 2006-01-02, of the commit that first brought
// the text into the files below the paths (all files where there are none). It
// is not ok where history does not tell: the text is new, history is cut off,
// or the search took too long.
func (r *Repository) FirstSeen(ctx context.Context, key string, paths ...string) (date string, ok bool) {
	if key == "" || strings.Contains(key, "\x00") || r.IsShallow(ctx) {
		return "", false
	}
	ctx, cancel := context.WithTimeout(ctx, firstSeenLimit)
	defer cancel()
	// The key is glued to its option, and so is never one itself.
	args := []string{"log", "-S" + key, "--reverse", "--format=%cs", "--no-color", "--no-textconv", "--no-ext-diff", "--no-renames", "--"}
	cmd := r.command(ctx, call{args: append(args, paths...)})
	out, err := cmd.StdoutPipe()
	if err != nil || cmd.Start() != nil {
		return "", false
	}
	line, _ := bufio.NewReader(out).ReadString('\n')
	cancel() // the first line is all that is asked
	_ = cmd.Wait()
	line = strings.TrimSpace(line)
	return line, len(line) == len(time.DateOnly)
}
