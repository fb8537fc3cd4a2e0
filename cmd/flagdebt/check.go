package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/report"
)

func newCheck(c *command) *cobra.Command {
	failOn := "error"
	cmd := &cobra.Command{
		Use:   "check [packages]",
		Short: "Report stale, nested, unknown and unused flags",
		Long: `Check judges every place where the repository's code asks for a flag against the
registry, and reports what it finds in the packages (default ./...) and in the
registry. The patterns limit what is told, never what is known: a wrapper in one
package is seen through in all others.

A package that does not compile is listed under "not judged", and does not stop
the rest. "flagdebt explain RULE" says what a rule means.

Exit 0: nothing at or above --fail-on; 1: something; 2: could not do it.`,
		Example: `  flagdebt check
  flagdebt check --fail-on warning ./internal/...
  flagdebt check --format json | jq '.findings[].flag'
  flagdebt check --today 2027-01-01`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := c.checkFormat("text", "json"); err != nil {
				return err
			}
			if failOn != "error" && failOn != "warning" && failOn != "never" {
				return fmt.Errorf("--fail-on %q: it is error, warning or never", failOn)
			}
			d, checked, err := c.check(cmd, args)
			if err != nil {
				return err
			}
			in := report.Input{
				Findings: checked.Findings, Sites: checked.Sites, Registry: checked.Registry, Problems: checked.Problems,
				Today: d.Today, Packages: checked.Packages, Next: c.nextCommand(checked, args),
			}
			if c.format == "json" {
				err = report.JSON(c.stdout, in)
			} else {
				err = report.Text(c.stdout, in, c.textOptions(d))
			}
			switch {
			case err != nil:
				return err
			case fails(checked.Findings, failOn):
				return errFound
			case checked.JudgedNothing():
				return errors.New("no package that may ask for a flag compiles: nothing could be judged")
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&failOn, "fail-on", failOn, "exit 1 from this `severity` on: error, warning or never")
	complete(cmd, "fail-on", "error", "warning", "never")
	return cmd
}

// check judges the universe. The Go objects that are named are flags, too.
func (c *command) check(cmd *cobra.Command, args []string, symbols ...string) (*analyzer.Driver, *analyzer.Checked, error) {
	d, err := c.load(symbols...)
	if err != nil {
		return nil, nil, err
	}
	say, done := c.progress()
	checked, err := d.Check(cmd.Context(), patterns(args), say)
	done()
	return d, checked, err
}

func fails(findings []analyzer.Finding, failOn string) bool {
	for _, f := range findings {
		if failOn == "warning" && f.Severity == analyzer.SeverityWarning || failOn != "never" && f.Severity == analyzer.SeverityError {
			return true
		}
	}
	return false
}

// nextCommand returns the command to type next.
func (c *command) nextCommand(checked *analyzer.Checked, args []string) string {
	for _, f := range checked.Findings {
		flag, ok := checked.Registry.Lookup(f.Flag)
		if f.Rule == "stale" && ok && !flag.Winner.IsZero() && flag.TooEarly == "" {
			return strings.Join(append([]string{c.again(), "fix --diff"}, patterns(args)...), " ")
		}
	}
	for _, severity := range []analyzer.Severity{analyzer.SeverityError, analyzer.SeverityWarning, analyzer.SeverityNote} {
		for _, f := range checked.Findings {
			if f.Severity == severity {
				return c.again() + " explain " + f.Rule
			}
		}
	}
	return ""
}
