package fixer_test

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"go/format"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/flagdebt/flagdebt/fixer"
	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/fuzz/rewritetest"
	"github.com/flagdebt/flagdebt/internal/program"
)

var (
	update = flag.Bool("update", false, "write what the fixer does into the stories")
	draft  = flag.Bool("draft", false, "show what is about to be verified")
	only   = flag.String("story", "", "play the stories alone whose file name matches `glob`")
)

// TestStories plays testdata/fix/*.txtar. A story's comment says, after its
// title, a word a line:
//
//	flags: key=value ...   the flags to remove
//	refuse: text           a refusal holds this, "file:line:column: message"
//	gone: file             this file is deleted
//	exported: remove       fix.exported
//	asked: folder ...      text may change in these folders alone
//	broken: yes            it does not compile, so it is not run
//	build: GOOS            a build configuration beside the host's; or tag=...
//	definition: stay       what becomes of the definitions; or drop
//
// A file providers.yaml holds ways of asking of the story's own.
// What changes stands under want/. Each story is run before, with the flags at
// their winners, and after; both must print the same. Its tests that passed
// before pass after, save those that a refusal is about. The result must compile,
// vet, be gofmt-clean where it was, and be a fixed point.
func TestStories(t *testing.T) {
	playAll(t, fixer.Plan, compare)
}

// TestStoriesCautiously plays them once more, as they are planned where the first
// attempt does not compile: what is left may differ, what it does may not.
func TestStoriesCautiously(t *testing.T) {
	if testing.Short() || *update {
		t.Skip("what is wanted is looked at by TestStories")
	}
	playAll(t, fixer.PlanCautiously, func(*testing.T, *story, *rewritetest.Outcome) {})
}

// judgement looks at the outcome of a story.
type judgement func(*testing.T, *story, *rewritetest.Outcome)

func playAll(t *testing.T, plan rewritetest.Planner, judge judgement) {
	t.Helper()
	t.Setenv("GOFLAGS", "-trimpath")
	files, err := filepath.Glob("../testdata/fix/" + cmp.Or(*only, "*") + ".txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no stories", err)
	}
	var together []*story
	for _, file := range files {
		s := readStory(t, file)
		if s.isAlone() {
			playStories(t, plan, judge, s.builds, s)
			continue
		}
		together = append(together, s)
	}
	if len(together) > 0 {
		playStories(t, plan, judge, nil, together...)
	}
}

// story is a case and what is wanted of it.
type story struct {
	*rewritetest.Case
	file    string
	archive *txtar.Archive
	title   string
	options []string // lines that -update keeps
	refuse  []string
	gone    []string
	want    map[string]string
	builds  []program.Build
}

func (s *story) isAlone() bool {
	return s.Files["go.mod"] != "" || len(s.builds) > 0 || s.Providers != ""
}

func readStory(t *testing.T, file string) *story {
	t.Helper()
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	name := strings.TrimSuffix(filepath.Base(file), ".txtar")
	s := &story{Case: &rewritetest.Case{Name: "s_" + name, Files: map[string]string{}}, file: file, archive: a, want: map[string]string{}}
	for line := range strings.Lines(string(a.Comment)) {
		s.line(t, strings.TrimSuffix(line, "\n"))
	}
	crlf := strings.Contains(name, "crlf")
	for _, f := range a.Files {
		text := string(f.Data)
		if crlf {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		if rest, ok := strings.CutPrefix(f.Name, "want/"); ok {
			s.want[rest] = text
		} else if f.Name == "providers.yaml" {
			s.Providers = text
		} else {
			s.Files[f.Name] = text
		}
	}
	if len(s.Flags) == 0 {
		t.Fatalf("%s: no flags: line", file)
	}
	return s
}

// line reads a line of a story's comment.
func (s *story) line(t *testing.T, line string) {
	t.Helper()
	word, rest, _ := strings.Cut(line, ": ")
	switch word {
	case "flags":
		flags, err := rewritetest.ParseFlags(rest)
		if err != nil {
			t.Fatalf("%s: %v", s.file, err)
		}
		s.Flags = flags
	case "refuse":
		s.refuse = append(s.refuse, rest)
		return
	case "gone":
		s.gone = append(s.gone, rest)
		return
	case "asked":
		s.Asked = strings.Fields(rest)
	case "broken":
		s.Broken = rest == "yes"
	case "exported":
		s.Exported = config.Exported(rest)
	case "definition":
		s.Definition = fixer.DefinitionMode(rest)
	case "build":
		if tag, ok := strings.CutPrefix(rest, "tag="); ok {
			s.builds = append(s.builds, program.Build{Tags: []string{tag}})
		} else {
			s.builds = append(s.builds, program.Build{GOOS: rest})
		}
	default:
		if line != "" {
			s.title += line + "\n"
		}
		return
	}
	s.options = append(s.options, line)
}

// playStories plays stories that share a module and build configurations.
func playStories(t *testing.T, plan rewritetest.Planner, judge judgement, builds []program.Build, stories ...*story) {
	t.Helper()
	bench, err := rewritetest.NewBench(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	bench.Builds, bench.Planner = builds, plan
	var cases []*rewritetest.Case
	for _, s := range stories {
		cases = append(cases, s.Case)
	}
	if err := bench.Load(t.Context(), cases); err != nil {
		t.Fatal(err)
	}
	outcomes := map[*rewritetest.Case]*rewritetest.Outcome{}
	planned := map[*story]error{}
	for _, s := range stories {
		if *draft {
			changes, refusals, err := fixer.Draft(bench.Find(s.Case), s.Removals())
			for _, ch := range changes {
				t.Logf("%s:\n%s", ch.File, ch.After)
			}
			t.Log(refusals, err)
		}
		out, err := bench.Plan(t.Context(), s.Case)
		if out != nil {
			outcomes[s.Case] = out
		}
		planned[s] = err
	}
	wrong, err := bench.Run(t.Context(), outcomes)
	if err != nil {
		t.Error(err)
	}
	failed, err := bench.Test(t.Context(), outcomes)
	if err != nil {
		t.Error(err)
	}
	for _, s := range stories {
		t.Run(strings.TrimPrefix(s.Name, "s_"), func(t *testing.T) {
			if err := cmp.Or(planned[s], wrong[s.Case], failed[s.Case]); err != nil {
				t.Error(err)
			}
			if out := outcomes[s.Case]; out != nil && !(*update && t.Failed()) {
				judge(t, s, out)
			}
		})
	}
}

// compare compares a story's outcome with what is wanted.
func compare(t *testing.T, s *story, out *rewritetest.Outcome) {
	t.Helper()
	got, gone := map[string]string{}, []string(nil)
	for name := range out.Changed {
		text, there := out.After[name]
		if !there {
			gone = append(gone, name)
			continue
		}
		got[name] = text
		if isFormatted(s.Files[name]) && !isFormatted(text) {
			t.Errorf("%s is not gofmt-clean any more", name)
		}
	}
	slices.Sort(gone)
	var refusals []string
	for _, r := range out.Refusals {
		pos := strings.TrimPrefix(r.Pos.String(), s.Name+"/")
		refusals = append(refusals, strings.ReplaceAll(pos+": "+r.Message, s.Name+"/", ""))
	}
	if *update {
		s.rewrite(t, got, gone, refusals)
		return
	}
	if diff := gocmp.Diff(s.want, got); diff != "" {
		t.Errorf("the result differs (-want +got):\n%s", diff)
	}
	if diff := gocmp.Diff(s.gone, gone); diff != "" {
		t.Errorf("deleted files differ (-want +got):\n%s", diff)
	}
	for _, r := range refusals {
		if !slices.ContainsFunc(s.refuse, func(want string) bool { return strings.Contains(r, want) }) {
			t.Errorf("refusal: %s", r)
		}
	}
	for _, want := range s.refuse {
		if !slices.ContainsFunc(refusals, func(r string) bool { return strings.Contains(r, want) }) {
			t.Errorf("no refusal with %q", want)
		}
	}
}

func isFormatted(text string) bool {
	out, err := format.Source([]byte(text))
	return err == nil && string(out) == text
}

// rewrite writes an outcome into the story's file.
func (s *story) rewrite(t *testing.T, got map[string]string, gone, refusals []string) {
	t.Helper()
	var comment bytes.Buffer
	comment.WriteString(s.title)
	for _, o := range s.options {
		fmt.Fprintln(&comment, o)
	}
	for _, r := range refusals {
		if i := slices.IndexFunc(s.refuse, func(want string) bool { return strings.Contains(r, want) }); i >= 0 {
			r = s.refuse[i]
		}
		fmt.Fprintln(&comment, "refuse:", r)
	}
	for _, g := range gone {
		fmt.Fprintln(&comment, "gone:", g)
	}
	comment.WriteString("\n")
	a := &txtar.Archive{Comment: comment.Bytes()}
	for _, f := range s.archive.Files {
		if !strings.HasPrefix(f.Name, "want/") {
			a.Files = append(a.Files, f)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		text := strings.ReplaceAll(got[name], "\r\n", "\n")
		a.Files = append(a.Files, txtar.File{Name: "want/" + name, Data: []byte(text)})
	}
	if err := os.WriteFile(s.file, txtar.Format(a), 0o666); err != nil {
		t.Fatal(err)
	}
}
