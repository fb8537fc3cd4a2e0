package main

import (
	"github.com/spf13/cobra"

	"github.com/flagdebt/flagdebt/report"
)

func newList(c *command) *cobra.Command {
	return &cobra.Command{
		Use:   "list [packages]",
		Short: "List every place where code asks for a flag",
		Long: `List shows every Site in the packages (default ./...): its flag, place, provider,
role, how its key is known, the wrappers it goes through, and its default.

Exit 0: listed; 2: could not do it.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := c.checkFormat("text", "json"); err != nil {
				return err
			}
			d, checked, err := c.check(cmd, args)
			if err != nil {
				return err
			}
			in := report.Input{Sites: checked.Sites, Registry: checked.Registry, Problems: checked.Problems, Today: d.Today, Packages: checked.Packages}
			if c.format == "json" {
				return report.ListJSON(c.stdout, in)
			}
			return report.List(c.stdout, in, c.textOptions(d))
		},
	}
}
