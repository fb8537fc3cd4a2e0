package main

import (
	"go/doc/comment"
	"go/format"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"

	"github.com/flagdebt/flagdebt/analyzer"
)

// marker ends the part of doc.go that people write. What follows is made from the
// help of the commands.
const marker = "// What follows is what \"flagdebt COMMAND --help\" says.\n"

// TestManual checks that doc.go, the manual, says what the help of the commands
// says: the same words, commands and options.
func TestManual(t *testing.T) {
	data, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	head, _, ok := strings.Cut(string(data), marker)
	if !ok {
		t.Fatalf("doc.go has no line %q", marker)
	}
	var parser comment.Parser
	var printer comment.Printer
	var b strings.Builder
	b.WriteString(head + marker + "//\n")
	for line := range strings.Lines(string(printer.Comment(parser.Parse(manual(newRoot(world{})))))) {
		b.WriteString(strings.TrimRight("// "+strings.TrimPrefix(line, " "), " \n") + "\n")
	}
	b.WriteString("package main\n")
	want, err := format.Source([]byte(strings.ReplaceAll(b.String(), "// \t", "//\t")))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("doc.go", want, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(want), string(data)); diff != "" {
		t.Errorf("the manual differs from --help; to adapt it: go test ./cmd/flagdebt -run TestManual -update\n(-help +doc.go):\n%s", diff)
	}
}

// manual returns the help of all commands as the text of a doc comment.
func manual(root *cobra.Command) string {
	var b strings.Builder
	for _, c := range root.Commands() {
		if c.Name() == "help" || c.Name() == "completion" {
			continue
		}
		b.WriteString("# Command " + c.Name() + "\n\n" + c.Long + "\n\n")
		b.WriteString("\tflagdebt " + c.Use + "\n\n")
		writeCode(&b, "Options:", c.LocalNonPersistentFlags().FlagUsages())
		writeCode(&b, "Examples:", c.Example)
	}
	writeCode(&b, "# Global options\n\nEvery command has them.", root.PersistentFlags().FlagUsages())
	return b.String()
}

// writeCode writes lines as a block of code below a title.
func writeCode(b *strings.Builder, title, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	b.WriteString(title + "\n\n")
	for line := range strings.Lines(strings.Trim(text, "\n")) {
		b.WriteString("\t" + strings.TrimPrefix(strings.TrimRight(line, "\n"), "  ") + "\n")
	}
	b.WriteString("\n")
}

// TestHelp checks that every command helps: what it does, how it exits, examples.
func TestHelp(t *testing.T) {
	for _, c := range newRoot(world{}).Commands() {
		if c.Name() == "completion" {
			continue
		}
		if c.Long == "" || c.Example == "" {
			t.Errorf("flagdebt %s: it has no Long help or no Example", c.Name())
		}
		if c.Name() != "help" && !strings.Contains(c.Long, "Exit 0:") {
			t.Errorf("flagdebt %s: its Long help does not end with its exit codes, as in \"Exit 0: done; 2: could not do it.\"", c.Name())
		}
		for line := range strings.Lines(c.Long + "\n" + c.Example) {
			if n := len([]rune(strings.TrimSuffix(line, "\n"))); n > 85 {
				t.Errorf("flagdebt %s: a line of its help has %d columns: %s", c.Name(), n, line)
			}
		}
	}
}

// TestManualExamples checks that the files which the manual shows can be read.
func TestManualExamples(t *testing.T) {
	data, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module example.com/app\n")
	write("versions.yaml", "app: {version: v1.2.0}\n")
	for i, name := range []string{"flags.yaml", ".flagdebt.yml"} {
		blocks := strings.Split(string(data), "//\tversion: 1\n")
		if len(blocks) != 3 {
			t.Fatalf("doc.go shows %d files, want 2", len(blocks)-1)
		}
		text := "version: 1\n"
		for line := range strings.Lines(blocks[i+1]) {
			code, ok := strings.CutPrefix(line, "//\t")
			if !ok {
				break
			}
			text += code
		}
		write(name, text)
	}
	d, err := analyzer.Load(analyzer.Settings{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(d.Sets); n != 1 || len(d.Sets[0].Flags) != 3 {
		t.Errorf("%d registries, want 1 with 3 flags", n)
	}
	if len(d.Config.Providers) != 1 || d.Config.Version.IsZero() {
		t.Errorf("the configuration was not read: %+v", d.Config)
	}
}
