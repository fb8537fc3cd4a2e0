// This file starts git: with what environment, and what becomes of its errors.

package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// call is one run of git.
type call struct {
	doing   string   // "pushing the branch x", for errors
	dir     string   // "" is the root
	args    []string // the subcommand first
	environ []string // on top of the repository's
	stdin   []byte
	secrets []string // never to be seen in an error
}

// Error is what git said when it failed.
type Error struct {
	Line string // git's last word; secrets are redacted
	Err  error
}

func (e *Error) Error() string {
	if e.Line == "" {
		return "git: " + e.Err.Error()
	}
	return "git: " + e.Line
}

func (e *Error) Unwrap() error { return e.Err }

// settings hold for every call: no hooks, no background work, names as they are.
var settings = []string{
	"-c", "core.hooksPath=/dev/null",
	"-c", "core.fsmonitor=false",
	"-c", "core.quotePath=false",
	"-c", "gc.auto=0",
	"-c", "maintenance.auto=false",
	"-c", "log.showSignature=false",
	"-c", "i18n.commitEncoding=UTF-8",
	"-c", "i18n.logOutputEncoding=UTF-8",
}

// run runs git and returns its output.
func (r *Repository) run(ctx context.Context, c call) ([]byte, error) {
	cmd := r.command(ctx, c)
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	err := cmd.Run()
	if err == nil {
		return out.Bytes(), nil
	}
	if cause := context.Cause(ctx); cause != nil {
		return nil, fmt.Errorf("%s: %w", c.doing, cause)
	}
	return out.Bytes(), fmt.Errorf("%s: %w", c.doing, c.failure(err, complaint.String()))
}

// failure returns err with git's last word. Git's verdict begins with "fatal:"
// or "error:" and may be followed by hints.
func (c call) failure(err error, complaint string) error {
	if errors.Is(err, exec.ErrNotFound) {
		return errors.New("there is no git command. Install git, or put it in PATH")
	}
	last := ""
	for _, line := range strings.Split(complaint, "\n") {
		line = strings.TrimSpace(line)
		isVerdict := strings.HasPrefix(line, "fatal:") || strings.HasPrefix(line, "error:")
		wasVerdict := strings.HasPrefix(last, "fatal:") || strings.HasPrefix(last, "error:")
		if line != "" && (isVerdict || !wasVerdict) {
			last = line
		}
	}
	return &Error{Line: Redact(last, c.secrets...), Err: err}
}

// line runs git and returns the one line that it prints.
func (r *Repository) line(ctx context.Context, c call) (string, error) {
	out, err := r.run(ctx, c)
	return strings.TrimRight(string(out), "\r\n"), err
}

// command returns the prepared command. Git gets a signal to stop before it is
// killed, so that it can remove its lock files and end its helpers.
func (r *Repository) command(ctx context.Context, c call) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "git", append(append([]string(nil), settings...), c.args...)...)
	cmd.Dir = c.dir
	if cmd.Dir == "" {
		cmd.Dir = r.root
	}
	cmd.Env = append(append([]string(nil), r.environ...), c.environ...)
	if c.stdin != nil {
		cmd.Stdin = bytes.NewReader(c.stdin)
	}
	cmd.Cancel = func() error {
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			return cmd.Process.Kill()
		}
		return nil
	}
	cmd.WaitDelay = 5 * time.Second
	return cmd
}

// secretName matches the names of variables that hold what git must not see.
var secretName = regexp.MustCompile(`(?i)(TOKEN|SECRET|PASSW|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|_PAT$)`)

// foreignName matches variables that would point git at another repository,
// make it ask people, or have it write what it does (tokens included) to a log.
var foreignName = regexp.MustCompile(`^(GIT_DIR|GIT_WORK_TREE|GIT_INDEX_FILE|GIT_OBJECT_DIRECTORY|GIT_ALTERNATE_OBJECT_DIRECTORIES|` +
	`GIT_COMMON_DIR|GIT_NAMESPACE|GIT_PREFIX|GIT_QUARANTINE_PATH|GIT_LITERAL_PATHSPECS|GIT_GLOB_PATHSPECS|GIT_NOGLOB_PATHSPECS|` +
	`GIT_ICASE_PATHSPECS|GIT_EXTERNAL_DIFF|GIT_DIFF_OPTS|GIT_AUTHOR_.*|GIT_COMMITTER_.*|GIT_TRACE.*|GIT_CURL_VERBOSE|` +
	`GIT_TERMINAL_PROMPT|GIT_OPTIONAL_LOCKS|GIT_LFS_SKIP_SMUDGE|LC_ALL|LANGUAGE)$`)

// scrub returns the environment for git.
func scrub(environ []string) []string {
	var kept []string
	for _, entry := range environ {
		name, _, _ := strings.Cut(entry, "=")
		if foreignName.MatchString(name) || secretName.MatchString(name) && !strings.HasPrefix(name, "GIT_CONFIG_") {
			continue
		}
		kept = append(kept, entry)
	}
	return append(kept, "LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0",
		"GIT_LITERAL_PATHSPECS=1", "GIT_LFS_SKIP_SMUDGE=1")
}

// userInfo matches the name and password in a URL.
var userInfo = regexp.MustCompile(`://[^/@\s]+@`)

// Redact returns text without the secrets, and without names and passwords in
// URLs.
func Redact(text string, secrets ...string) string {
	for _, s := range secrets {
		if s != "" {
			text = strings.ReplaceAll(text, s, "***")
		}
	}
	return userInfo.ReplaceAllString(text, "://***@")
}
