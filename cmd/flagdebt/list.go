package main

import (
	"github.com/spf13/cobra"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/report"
)

func newList(c *command) *cobra.Command {
	return &cobra.Command{
		Use:   "list [packages]",
		Short: "List every place where code asks for a flag",
		Long: `List shows every Site in the packages (default ./...), by flag and place: what it
does (read the flag, declare it, override it in a test, read many at once), the
flag system, the default that the code passes, and the wrappers it goes through,
from the outermost inwards.

A Site whose key is not constant is listed as (forwarded), where callers pass the
key, or as (dynamic), where the code computes it.

Under "named elsewhere" stands what else names a flag: other languages, templates,
configuration, documents, and Go files that no build takes. That is text alone.

Exit 0: listed; 2: could not do it.`,
		Example: `  flagdebt list
  flagdebt list ./internal/web
  flagdebt list --format json | jq -r '.sites[].flag' | sort | uniq -c`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := c.checkFormat("text", "json"); err != nil {
				return err
			}
			d, checked, err := c.check(cmd, args, analyzer.Settings{})
			if err != nil {
				return err
			}
			mentions, err := checked.Mentions(cmd.Context(), d)
			if err != nil {
				return err
			}
			in := report.Input{Sites: checked.Sites, Mentions: mentions, Registry: checked.Registry, Problems: checked.Problems, Today: d.Today, Packages: checked.Packages}
			if c.format == "json" {
				return report.ListJSON(c.stdout, in)
			}
			return report.List(c.stdout, in, c.textOptions(d))
		},
	}
}
