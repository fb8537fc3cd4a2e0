package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/report"
)

// checking is one run of check.
type checking struct {
	*command
	failOn   string
	since    string // a revision; "" is none
	baseline string // a file; "" is the usual one
	write    bool   // write it
}

func newCheck(c *command) *cobra.Command {
	k := &checking{command: c, failOn: "error"}
	cmd := &cobra.Command{
		Use:   "check [packages]",
		Short: "Report stale, nested, unknown and unused flags",
		Long: `Check judges every place where the repository's code asks for a flag against the
registry, and reports what it finds in the packages (default ./...) and in the
registry. The patterns limit what is told, never what is known: a wrapper in one
package is seen through in all others.

A package that does not compile is listed under "not judged", and does not stop
the rest. "flagdebt explain RULE" says what a rule means.

What is there already can be put aside. --write-baseline lists all findings of the
repository in .flagdebt-baseline.yml, beside the configuration, or in the file that
--baseline names. They are not told any more, by go vet and golangci-lint neither,
until they change: a finding is known by its rule, flag, file and function and by
what was found, not by its line. Entries that match nothing any more are told by the
rule baseline. What fix removes does not depend on it.

--new-from tells only what stands on lines that were added or changed since a
revision of git, or since the working tree's history parted from it; files that git
does not know yet are new.

Exit 0: nothing at or above --fail-on; 1: something; 2: could not do it.`,
		Example: `  flagdebt check
  flagdebt check --fail-on warning ./internal/...
  flagdebt check --format json | jq '.findings[].flag'
  flagdebt check --today 2027-01-01
  flagdebt check --write-baseline
  flagdebt check --new-from origin/main`,
		RunE: k.run,
	}
	cmd.Flags().StringVar(&k.failOn, "fail-on", k.failOn, "exit 1 from this `severity` on: error, warning or never")
	complete(cmd, "fail-on", "error", "warning", "never")
	cmd.Flags().StringVar(&k.since, "new-from", "", "tell only what stands on lines that are new since this `revision` of git")
	cmd.Flags().StringVar(&k.baseline, "baseline", "", "the `file` of the findings that are known (default: .flagdebt-baseline.yml beside the configuration)")
	cmd.Flags().BoolVar(&k.write, "write-baseline", false, "write all findings to the baseline, and tell none")
	return cmd
}

// run judges, and tells.
func (k *checking) run(cmd *cobra.Command, args []string) error {
	switch {
	case k.failOn != "error" && k.failOn != "warning" && k.failOn != "never":
		return fmt.Errorf("--fail-on %q: it is error, warning or never", k.failOn)
	case k.write && (k.since != "" || len(args) > 0):
		return errors.New("--write-baseline: a baseline lists the findings of the whole repository: leave out the packages, and --new-from")
	case k.write:
		return k.writeBaseline(cmd, k.baseline)
	}
	if err := k.checkFormat("text", "json"); err != nil {
		return err
	}
	d, checked, err := k.check(cmd, args, analyzer.Settings{Baseline: k.baseline})
	if err != nil {
		return err
	}
	older, err := k.dropOlder(cmd.Context(), d, checked, k.since)
	if err != nil {
		return err
	}
	in := report.Input{
		Findings: checked.Findings, Sites: checked.Sites, Registry: checked.Registry, Problems: checked.Problems,
		Today: d.Today, Packages: checked.Packages, Next: k.nextCommand(checked, args),
		Known: len(checked.Known), Older: older, Since: k.since,
	}
	if k.format == "json" {
		err = report.JSON(k.stdout, in)
	} else {
		err = report.Text(k.stdout, in, k.textOptions(d))
	}
	switch {
	case err != nil:
		return err
	case fails(checked.Findings, k.failOn):
		return errFound
	case checked.JudgedNothing():
		return errNothingJudged
	}
	return nil
}

// errNothingJudged says that finding nothing would say nothing.
var errNothingJudged = errors.New("no package that may ask for a flag compiles: nothing could be judged")

// check judges the universe.
func (c *command) check(cmd *cobra.Command, args []string, s analyzer.Settings) (*analyzer.Driver, *analyzer.Checked, error) {
	d, err := c.load(s)
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
