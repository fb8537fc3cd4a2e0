package sweep

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/flagdebt/flagdebt/registry"
)

// hostileKeys are what a flag system may hand out.
var hostileKeys = []string{
	"`a`; rm -rf $(touch pwned)", "<!-- -->", "<!-- flagdebt:v1 e30 -->", "\n<!-- flagdebt:v1 e30 -->\n", "@everyone", "../../x", "a\nb\r\nc", "\x00", "-", "--output=/tmp/x",
	"", " ", ".lock", "x.lock", "a..b", "a@{1}", "refs/heads/main", "~^:?*[\\", "ÄÖ-ß", "\xff\xfe", "\u202egnp.exe", "fixes #1", "fixes GH-1", "closes https://github.com/o/r/issues/2",
	"[skip ci]", "***NO_CI***", "```\n# head", "| a | b |", "</details><img src=x onerror=alert(1)>", "Flagdebt-Base: 0", "x\nFlagdebt-Tree: 0\nCo-authored-by: a <b@c>", "%s%d%n", "HEAD", "UPPER", "upper", strings.Repeat("long", 200),
	strings.Repeat("`", 400), "\\", "$HOME", "a\tb", "www.example.com", "``", "` `", "'; DROP TABLE flags; --",
}

func FuzzHostileKeys(f *testing.F) {
	for _, key := range hostileKeys {
		f.Add(key, "true")
		f.Add("x", key)
	}
	f.Fuzz(func(t *testing.T, key, winner string) {
		flag := registry.Flag{ID: registry.ID{Key: key}, Winner: registry.Winner{Value: registry.NewValue(winner)}, Settled: key, Owner: key, Kind: winner}
		checkBranch(t, Config{}.withDefaults().branchName(flag.ID))
		checkTitle(t, title(flag))
		removal := Removal{Changes: []Change{{Path: key}}, Checked: []string{key}, NotChecked: []string{key}, Left: []string{key}, Mentions: []string{winner}}
		checkBody(t, body(flag, removal, key))
		checkMessage(t, commitMessage(flag, removal, key, "base", "tree"))
	})
}

var goodBranch = regexp.MustCompile(`^flagdebt/remove/[a-z0-9_][a-z0-9._-]{0,59}-[0-9a-f]{8}$`)

func checkBranch(t *testing.T, name string) {
	t.Helper()
	if !goodBranch.MatchString(name) || strings.Contains(name, "..") {
		t.Errorf("branch %q", name)
	}
}

// acted matches what GitHub and CIs act on in a title or message.
var acted = regexp.MustCompile(`(?i)@[a-z0-9]|#[0-9]|\bgh-[0-9]|://|\[skip|\*\*\*NO_CI|<!--|\bwww\.`)

func checkTitle(t *testing.T, s string) {
	t.Helper()
	if !utf8.ValidString(s) || len([]rune(s)) > 256 || strings.ContainsFunc(s, unicode.IsControl) || acted.MatchString(s) {
		t.Errorf("title %q", s)
	}
}

func checkMessage(t *testing.T, s string) {
	t.Helper()
	subject, rest, _ := strings.Cut(s, "\n")
	checkTitle(t, subject)
	if acted.MatchString(rest) {
		t.Errorf("message %q", rest)
	}
	if n := strings.Count(s, "\nFlagdebt-"); n != 5 || strings.Contains(s, "\nCo-authored-by") {
		t.Errorf("%d trailers in %q", n, s)
	}
}

// withoutSpans drops code spans, as CommonMark reads them: a run of backticks up
// to the next run of the same length.
func withoutSpans(line string) string {
	var b strings.Builder
	for line != "" {
		i := strings.IndexByte(line, '`')
		if i < 0 {
			break
		}
		b.WriteString(line[:i])
		line = line[i:]
		n := len(line) - len(strings.TrimLeft(line, "`"))
		closing := -1
		for at := n; at < len(line); {
			j := strings.IndexByte(line[at:], '`')
			if j < 0 {
				break
			}
			at += j
			m := len(line[at:]) - len(strings.TrimLeft(line[at:], "`"))
			if m == n {
				closing = at + m
				break
			}
			at += m
		}
		if closing < 0 {
			b.WriteString("UNCLOSED")
			line = line[n:]
			continue
		}
		line = line[closing:]
	}
	return b.String() + line
}

// outside matches what may stand outside of code spans: our own words.
var outside = regexp.MustCompile(`^[A-Za-z0-9 ,.:;()'/-]*$`)

func checkBody(t *testing.T, s string) {
	t.Helper()
	if len([]rune(s)) > 65000 || !utf8.ValidString(s) {
		t.Errorf("body of %d characters", len(s))
	}
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	for i, line := range lines {
		isHead := strings.HasPrefix(line, "## ")
		isMarker := i == len(lines)-1 && markerLine.MatchString(line)
		if rest := withoutSpans(strings.TrimPrefix(line, "## ")); !isMarker && !outside.MatchString(rest) && !strings.HasSuffix(rest, "…") {
			t.Errorf("outside of code, %v: %q of %q", isHead, rest, line)
		}
	}
	if n := len(markerLine.FindAllString(s, -1)); n != 1 {
		t.Errorf("%d markers", n)
	}
	m, ok := markerIn(s)
	if !ok || m.Text == "" {
		t.Errorf("marker: %+v, %v", m, ok)
	}
}

func TestBranchNamesAreTold(t *testing.T) {
	seen := map[string]string{}
	for _, key := range hostileKeys {
		name := branch(key)
		if out, err := exec.Command("git", "check-ref-format", "--branch", name).CombinedOutput(); err != nil {
			t.Errorf("%q: %s", name, out)
		}
		if other, ok := seen[name]; ok {
			t.Errorf("%q and %q share %s", key, other, name)
		}
		seen[name] = key
	}
	ours := Config{}.withDefaults().ours()
	for key, want := range map[string]string{
		"new-checkout": "new-checkout", "New Checkout!": "new-checkout", "../../x": "x", "a..b": "a-b", "": "flag", "v1.2_x": "v1.2_x", "-a--b-": "a-b",
	} {
		if got := branch(key); !strings.HasPrefix(got, ours+want+"-") || len(got) != len(ours+want)+9 {
			t.Errorf("%q: got %s", key, got)
		}
	}
	if c := (Config{}); c.branchName(registry.ID{Source: "a", Key: "k"}) == c.branchName(registry.ID{Source: "b", Key: "k"}) {
		t.Error("flags of two sources share a branch")
	}
}

func TestMarkerRoundTrip(t *testing.T) {
	for _, key := range hostileKeys {
		want := marker{Flag: strings.ToValidUTF8(key, "\ufffd"), Winner: "true", Text: "x", Tool: "v", Withdrawn: true}
		text := "words\n\n" + want.String() + "\r\n"
		got, ok := markerIn(text)
		if !ok || got != want {
			t.Errorf("%q: got %+v", key, got)
		}
		if strings.Contains(strings.TrimSuffix(strings.TrimPrefix(want.String(), "<!--"), "-->"), "--") {
			t.Errorf("%q: a comment with two dashes", key)
		}
		if again := withMarker(text, want); strings.Count(again, "<!--") != 1 {
			t.Errorf("%q: %s", key, again)
		}
	}
	for _, bad := range []string{"", "<!-- flagdebt:v1 !!! -->", "<!-- flagdebt:v1 AAAA -->", "<!-- flagdebt:v1 e30", "x <!-- flagdebt:v1 e30 -->"} {
		if m, ok := markerIn(bad); ok {
			t.Errorf("%q: got %+v", bad, m)
		}
	}
}

// TestHostileKeysEndToEnd takes hostile keys through a whole run, twice.
func TestHostileKeysEndToEnd(t *testing.T) {
	w := newWorld(t)
	w.cfg.MaxOpen = -1
	w.cfg.Remove = func(_ context.Context, _ string, flag registry.Flag) (Removal, error) {
		return Removal{Sites: 1, Changes: []Change{{Path: "app.go", Data: []byte("package app\n\n// without " + flag.ID.Key)}}, Left: []string{flag.ID.Key}}, nil
	}
	keys := hostileKeys[:12]
	var actions, again []Action
	for range keys {
		actions, again = append(actions, Created), append(again, Unchanged)
	}
	w.wants(stale(keys...), actions...)
	for _, p := range w.forge.Pulls() {
		checkTitle(t, p.Title)
		checkBody(t, p.Body)
		checkMessage(t, w.forge.Git("log", "-1", "--format=%B", p.Head)+"\n")
	}
	w.forge.Forget()
	w.wants(stale(keys...), again...)
	w.quiet()
	if found, _ := filepath.Glob(filepath.Join(w.dir, "*pwned*")); len(found) > 0 {
		t.Errorf("a key was run: %v", found)
	}
	if _, err := os.Stat("pwned"); err == nil {
		t.Error("a key was run")
	}
}

func TestOutcomesAreOneLine(t *testing.T) {
	w := newWorld(t)
	w.cfg.Remove = func(context.Context, string, registry.Flag) (Removal, error) {
		return Removal{Refusals: []string{"cannot remove flag \"\x1b[2Jx\nerror: all is well\"\u202e"}}, nil
	}
	o := w.wants(stale("a\nb\x1b[2J"), Refused)[0]
	if strings.ContainsFunc(o.String(), func(r rune) bool { return !unicode.IsPrint(r) }) {
		t.Errorf("got %q", o.String())
	}
}
