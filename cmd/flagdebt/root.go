package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/registry"
	"github.com/flagdebt/flagdebt/report"
)

// command is what all commands share.
type command struct {
	world
	dir    string
	config string
	day    string
	format string
	tags   []string
	quiet  bool
}

// newRoot returns the command line.
func newRoot(w world) *cobra.Command {
	c := &command{world: w}
	root := &cobra.Command{
		Use:   "flagdebt",
		Short: "Find stale feature flags in Go code, and remove them",
		Long: `Flagdebt finds feature flags in Go code whose time is over, and removes them.

Which flags there are, who owns them and until when they may stay stands in a
registry file (flags.yaml); "flagdebt init" writes one. Whoever starts types

  flagdebt init
  flagdebt check ./...

The whole manual: go doc github.com/flagdebt/flagdebt/cmd/flagdebt`,
		Version:       buildVersion(),
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.CompletionOptions.HiddenDefaultCmd = false
	f := root.PersistentFlags()
	f.StringVarP(&c.dir, "dir", "C", ".", "work in this `folder`")
	f.StringVar(&c.config, "config", "", "configuration `file` (default: .flagdebt.yml, found upwards)")
	f.StringVar(&c.day, "today", "", "judge as of this day, `YYYY-MM-DD` (default: today in UTC)")
	f.StringVar(&c.format, "format", "text", "print in this `form`: text or json")
	f.StringSliceVar(&c.tags, "tags", nil, "build `tags`, with commas between them")
	f.BoolVar(&c.quiet, "quiet", false, "show no progress")
	root.AddCommand(newCheck(c), newList(c), newFix(c), newExplain(c), newInit(c), newVet(c), newVersion(c), newPR(c))
	complete(root, "format", "text", "json")
	arrange(root, w.args)
	return root
}

// checkDir returns an error if there is no folder to work in.
func (c *command) checkDir() error {
	if info, err := os.Stat(c.dir); err != nil || !info.IsDir() {
		return fmt.Errorf("-C %s: no such folder", c.dir)
	}
	return nil
}

// again returns the beginning of a command line that works where this one does.
func (c *command) again() string {
	words := []string{"flagdebt"}
	if c.dir != "." {
		words = append(words, "-C", quoteArg(c.dir))
	}
	if c.config != "" {
		words = append(words, "--config", quoteArg(c.config))
	}
	if len(c.tags) > 0 {
		words = append(words, "--tags", quoteArg(strings.Join(c.tags, ",")))
	}
	return strings.Join(words, " ")
}

// bareArg is the form of an argument that every shell hands on as it is.
var bareArg = regexp.MustCompile(`^[\w@%+=:,./-]+$`)

// quoteArg returns an argument as one types it in a shell.
func quoteArg(s string) string {
	if bareArg.MatchString(s) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// load reads configuration and registry, by settings which the options of every
// command complete.
func (c *command) load(s analyzer.Settings) (*analyzer.Driver, error) {
	if err := c.checkDir(); err != nil {
		return nil, err
	}
	today, err := c.judgedDay()
	if err != nil {
		return nil, err
	}
	s.Dir, s.ConfigPath, s.Today, s.Tags = c.dir, c.config, today, c.tags
	return analyzer.Load(s)
}

// judgedDay returns the day as of which is judged.
func (c *command) judgedDay() (registry.Date, error) {
	if c.day == "" {
		return c.today, nil
	}
	day, err := registry.ParseDate(c.day)
	if err != nil {
		return registry.Date{}, fmt.Errorf("--today: %w", err)
	}
	return day, nil
}

// patterns returns the package patterns of a command line.
func patterns(args []string) []string {
	if len(args) == 0 {
		return []string{"./..."}
	}
	return args
}

// formatIs reports whether --format is one of the given ones.
func (c *command) checkFormat(formats ...string) error {
	for _, f := range formats {
		if c.format == f {
			return nil
		}
	}
	return fmt.Errorf("--format %q: the output of this command can be %s", c.format, strings.Join(formats, " or "))
}

// color reports whether the output may be coloured.
func (c *command) color() bool {
	return c.terminal && c.getenv("NO_COLOR") == "" && c.getenv("TERM") != "dumb"
}

// textOptions says how text is laid out for who reads it.
func (c *command) textOptions(d *analyzer.Driver) report.TextOptions {
	opt := report.TextOptions{Color: c.color()}
	if rel, err := filepath.Rel(d.Base, d.Dir); err == nil && rel != "." {
		opt.Base = filepath.ToSlash(rel)
	}
	return opt
}

// progress returns a function that says on a terminal what is being done, once
// that takes longer than a second, and one that wipes it away.
func (c *command) progress() (say func(string), done func()) {
	if c.quiet || !c.errTerminal {
		return func(string) {}, func() {}
	}
	start := time.Now()
	shown := false
	return func(what string) {
			if time.Since(start) > time.Second {
				shown = true
				fmt.Fprintf(c.stderr, "\r\x1b[K%s ...", what)
			}
		}, func() {
			if shown {
				fmt.Fprint(c.stderr, "\r\x1b[K")
			}
		}
}

// tell prints the error that a command ended with.
func (w world) tell(ctx context.Context, err error) {
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		fmt.Fprintln(w.stderr, "flagdebt: interrupted; nothing was written")
		return
	}
	fmt.Fprintf(w.stderr, "flagdebt: %s\n", err)
}
