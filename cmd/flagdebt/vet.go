package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

func newVet(c *command) *cobra.Command {
	return &cobra.Command{
		Use:   "vet [packages] [-- go vet options]",
		Short: "Report the same through go vet, package by package",
		Long: `Vet runs "go vet" on the packages (default ./...) with flagdebt as its vet tool,
and hands it the options that follow "--". Each package is judged by itself and
what it imports, so only the rules that need no more than that take part, and no
finding contradicts those of "flagdebt check". The go command keeps the results:
only packages that changed are judged again, or all of them where the
configuration, the registry or a flag's day says something new. Findings in packages
of the repository that the named ones import may be told as well.

The go command can do without this one:

  go vet -vettool="$(go tool -n flagdebt)" ./...

The environment variable FLAGDEBT_CONFIG then stands for --config, and
FLAGDEBT_TODAY for --today.

Exit 0: nothing found; 1: something, or go vet could not judge a package; 2: could
not start.`,
		Example: `  flagdebt vet
  flagdebt vet ./internal/...
  flagdebt vet ./... -- -json
  flagdebt vet --today 2027-01-01 -- -c=2`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := c.checkFormat("text"); err != nil {
				return err
			}
			order, err := c.vetOrder()
			if err != nil {
				return err
			}
			var rest []string
			if n := cmd.ArgsLenAtDash(); n >= 0 {
				args, rest = args[:n], args[n:]
			}
			return c.goVet(cmd.Context(), order, goVetArgs(c.tags, args, rest))
		},
	}
}

// vetOrder settles what the vet tool is to work with, on which the command line
// has the last word.
func (c *command) vetOrder() (vetOrder, error) {
	if err := c.checkDir(); err != nil {
		return vetOrder{}, err
	}
	order, err := c.orderIn(c.dir)
	if err != nil {
		return vetOrder{}, err
	}
	if c.config != "" {
		order.Config = order.path(c.config)
	}
	if c.day != "" {
		order.Today = c.day
		if _, err := c.judgedDay(); err != nil {
			return vetOrder{}, err
		}
	}
	_, err = order.settle()
	return order, err
}

// goVetArgs returns the arguments of go vet, but for its tool. What followed "--",
// rest, comes before the packages, since it is options; if it ends in something
// else, that may be packages, and none are added.
func goVetArgs(tags, packages, rest []string) []string {
	var args []string
	if len(tags) > 0 {
		args = append(args, "-tags="+strings.Join(tags, ","))
	}
	args = append(args, rest...)
	if len(packages) == 0 && (len(rest) == 0 || strings.HasPrefix(rest[len(rest)-1], "-")) {
		packages = []string{"./..."}
	}
	return append(args, packages...)
}

// goVet runs go vet with this program as its tool.
func (c *command) goVet(ctx context.Context, order vetOrder, args []string) error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding this program: %w", err)
	}
	cmd := exec.CommandContext(ctx, "go", append([]string{"vet", "-vettool=" + self}, args...)...)
	cmd.Dir = c.dir
	cmd.Env = append(c.environ, orderVariable+"="+order.String())
	cmd.Stdout, cmd.Stderr = c.stdout, c.stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	err = cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &exit) && exit.ExitCode() == 1:
		return errFound
	case err != nil:
		return fmt.Errorf("running go vet: %w", err)
	}
	return nil
}
