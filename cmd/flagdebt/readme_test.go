package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/registry/yamlfile"
)

// elided stands in README.md for lines that are left out of an output.
const elided = "[...]"

// consoleBlock matches a block of README.md with a command and its output.
var consoleBlock = regexp.MustCompile("(?ms)^```console\n\\$ ([^\n]*)\n(.*?)^```$")

// TestReadme runs the commands that README.md shows, and compares what they print
// with what it shows. The repository is a copy, as a fresh clone would be.
func TestReadme(t *testing.T) {
	path := filepath.Join(repoRoot(t), "README.md")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	readme := string(data)
	if n := strings.Count(readme, "\n"); n >= 150 {
		t.Errorf("README.md has %d lines; it is to stay under 150", n)
	}
	clone := cloneShop(t)
	blocks := consoleBlock.FindAllStringSubmatch(readme, -1)
	if len(blocks) < 3 {
		t.Errorf("README.md shows %d commands; want check, fix and pr", len(blocks))
	}
	for _, block := range blocks {
		command, shown := block[1], block[2]
		printed := runShown(t, clone, command)
		if isShown(shown, printed) {
			continue
		}
		if !*update || strings.Contains(shown, elided) {
			t.Errorf("$ %s\nprints something else than README.md shows (-shown +printed); -update adapts what has no %s:\n%s", command, elided, cmp.Diff(shown, printed))
			continue
		}
		readme = strings.Replace(readme, block[0], "```console\n$ "+command+"\n"+printed+"```", 1)
	}
	if *update && readme != string(data) {
		if err := os.WriteFile(path, []byte(readme), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// TestReadmeWords checks that README.md tells of every rule, in their order, and
// that the registry file which it shows can be read.
func TestReadmeWords(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(repoRoot(t), "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, file, _ := strings.Cut(string(data), "```yaml\nversion: 1\n")
	file, _, _ = strings.Cut(file, "```")
	if _, err := yamlfile.Parse([]byte("version: 1\n"+file), "README.md"); err != nil {
		t.Error(err)
	}
	var told []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z]+)` \\|").FindAllStringSubmatch(string(data), -1) {
		told = append(told, m[1])
	}
	if diff := cmp.Diff(analyzer.Explained(), told); diff != "" {
		t.Errorf("the rules that README.md tells of (-want +got):\n%s", diff)
	}
}

// cloneShop returns a repository that holds the example service where this one
// does.
func cloneShop(t *testing.T) string {
	t.Helper()
	clone := t.TempDir()
	if err := copyTree(filepath.Join(clone, "testdata", "shop"), os.DirFS(filepath.Join(repoRoot(t), "testdata", "shop"))); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"init", "-q", "-b", "main"}, {"add", "."}, {"commit", "-q", "-m", "sell"}, {"remote", "add", "origin", "https://github.com/example/shop.git"}} {
		cmd := exec.Command("git", args...)
		cmd.Dir, cmd.Env = clone, append(os.Environ(), scriptEnv(t)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	return clone
}

// runShown runs a command of README.md and returns all that it prints.
func runShown(t *testing.T, dir, command string) string {
	t.Helper()
	words := strings.Fields(command)
	if words[0] != "flagdebt" {
		t.Fatalf("README.md shows the command %q, which is none of ours", command)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), scriptEnv(t)...)
	cmd.Env = append(cmd.Env, "GITHUB_TOKEN=", "GH_TOKEN=", "NO_COLOR=")
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) || exit != nil && exit.ExitCode() > 1 {
		t.Fatalf("$ %s: %v\n%s", command, err, out)
	}
	return string(out)
}

// isShown reports whether shown is what was printed, less the lines for which
// there are marks.
func isShown(shown, printed string) bool {
	if !strings.Contains(shown, elided+"\n") {
		return shown == printed
	}
	parts := strings.Split("\n"+shown, "\n"+elided+"\n")
	rest := "\n" + printed
	for i, part := range parts {
		if i > 0 {
			part = "\n" + part
		}
		if i < len(parts)-1 {
			part += "\n"
		}
		at := strings.Index(rest, part)
		switch {
		case at < 0, i == 0 && at > 0:
			return false
		case i == len(parts)-1:
			return strings.HasSuffix(rest, part)
		}
		rest = rest[at+len(part)-1:]
	}
	return true
}
