package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/flagdebt/flagdebt/analyzer"
)

func newVersion(c *command) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version, and how many flag systems are known",
		Long: `Version prints the version of flagdebt, the Go release that it was built with, and
the size of its catalogue: the flag systems that it knows, and the rows that say
how code asks them.

Exit 0: printed; 2: could not do it.`,
		Example: `  flagdebt version`,
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			if err := c.checkFormat("text"); err != nil {
				return err
			}
			systems, rows, err := catalogueSize()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.stdout, "flagdebt %s\nbuilt with %s for %s/%s\ncatalogue of %d flag systems, %d rows\n",
				buildVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH, systems, rows)
			return err
		},
	}
}

// buildVersion returns the version of this program and, where it was built in a
// checkout, the commit.
func buildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	commit := settings["vcs.revision"]
	if commit == "" {
		return info.Main.Version
	}
	text := info.Main.Version + " (commit " + commit[:min(12, len(commit))]
	if settings["vcs.modified"] == "true" {
		text += ", modified"
	}
	return text + ")"
}

// catalogueSize counts the flag systems that are known from the start, and their
// rows.
func catalogueSize() (systems, rows int, err error) {
	catalogue, err := analyzer.Catalogue()
	if err != nil {
		return 0, 0, err
	}
	for _, p := range catalogue {
		if n := len(p.Sites) + len(p.Declares) + len(p.Overrides); n > 0 {
			systems++
			rows += n
		}
	}
	return systems, rows, nil
}
