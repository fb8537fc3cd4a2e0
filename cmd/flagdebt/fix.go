package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/flagdebt/flagdebt/fixer"
	"github.com/flagdebt/flagdebt/registry"
)

func newFix(c *command) *cobra.Command {
	var flags []string
	diff := false
	cmd := &cobra.Command{
		Use:   "fix [packages]",
		Short: "Remove flags from the code",
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := c.load()
			if err != nil {
				return err
			}
			found, _, asked, err := d.Find(cmd.Context(), patterns(args), nil)
			if err != nil {
				return err
			}
			var rs []fixer.Removal
			for _, f := range flags {
				i := len(f) - 1
				for f[i] != '=' {
					i--
				}
				rs = append(rs, fixer.Removal{Flag: registry.ID{Key: f[:i]}, Winner: registry.NewValue(f[i+1:])})
			}
			res, err := fixer.Plan(cmd.Context(), found, rs, asked, d.Config.Fix)
			if err != nil {
				return err
			}
			for _, r := range res.Refusals {
				fmt.Fprintf(c.stderr, "%s: %s\n", r.Pos, r.Message)
			}
			for _, ch := range res.Changes {
				fmt.Fprintln(c.stdout, "===", ch.File)
				c.stdout.Write(ch.After)
			}
			return nil
		},
	}
	cmd.Flags().StringArrayVar(&flags, "flag", nil, "")
	cmd.Flags().BoolVar(&diff, "diff", false, "")
	return cmd
}
