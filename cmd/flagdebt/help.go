package main

// This file says what a person reads who types something that is no command, no
// option or no argument of ours: one line, and what to type instead.

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/flagdebt/flagdebt/internal/config"
)

// groups are the commands of the overview, in its order. A command that stands
// in none comes last.
var groups = []struct {
	title    string
	commands []string
}{
	{"See what is there:", []string{"check", "list", "explain", "report"}},
	{"Remove it:", []string{"fix", "pr"}},
	{"Set it up:", []string{"init", "sync", "vet"}},
	{"Other:", []string{"cache", "version", "completion", "help"}},
}

// arrange puts the commands of root in the order of the overview, and makes what
// cobra says our own.
func arrange(root *cobra.Command, args []string) {
	cobra.EnableCommandSorting = false // there is no other way to tell cobra
	root.SetHelpCommand(newHelp())
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			c.Short = "Print what makes your shell complete commands and options"
			c.Args = shellName
			c.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		}
	}
	arrangeGroups(root)
	root.SetUsageTemplate(usageTemplate(root))
	root.Args = func(_ *cobra.Command, args []string) error { return noCommand(root, args) }
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		if cmd == root {
			if err := noCommand(root, firstWord(args)); err != nil {
				return err
			}
		}
		return optionError(cmd, err)
	})
}

// arrangeGroups gives each command its place in the overview.
func arrangeGroups(root *cobra.Command) {
	commands := root.Commands()
	root.RemoveCommand(slices.Clone(commands)...)
	for i, g := range groups {
		group := &cobra.Group{ID: fmt.Sprint(i), Title: g.title}
		for _, name := range g.commands {
			at := slices.IndexFunc(commands, func(c *cobra.Command) bool { return c.Name() == name })
			if at < 0 {
				continue
			}
			if !root.ContainsGroup(group.ID) {
				root.AddGroup(group)
			}
			commands[at].GroupID = group.ID
			root.AddCommand(commands[at])
		}
	}
	for _, c := range commands {
		if c.GroupID == "" {
			root.AddCommand(c)
		}
	}
}

// usageTemplate returns cobra's template in our words: what cobra calls flags are
// options here, since a flag is something else.
func usageTemplate(root *cobra.Command) string {
	root.DisableFlagsInUseLine = true
	for _, c := range root.Commands() {
		c.DisableFlagsInUseLine = true
	}
	return strings.NewReplacer(
		"{{if .Runnable}}", "{{if not .HasAvailableSubCommands}}",
		"{{.UseLine}}", "{{.UseLine}} [options]",
		"{{.CommandPath}} [command]{{end}}", "{{.CommandPath}} COMMAND [options]{{end}}",
		"Global Flags:", "Global options:",
		"Flags:", "Options:",
		`Use "{{.CommandPath}} [command] --help" for more information about a command.`, `"{{.CommandPath}} COMMAND --help" says more about a command.`,
	).Replace(root.UsageTemplate())
}

// firstWord returns the first argument, if it is no option: where the command is
// not known, what follows it may be anything.
func firstWord(args []string) []string {
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		return args[:1]
	}
	return nil
}

// noCommand returns an error if there are arguments, the first of which is taken
// for a command.
func noCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var known []string
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			known = append(known, c.Name())
		}
	}
	return fmt.Errorf("unknown command %q%s", args[0], config.Hint(args[0], known))
}

// optionName matches the names of options in a usage text.
var optionName = regexp.MustCompile(`(?m)^ +(?:-\w, )?(--[\w-]+)`)

// optionError words what is wrong with an option.
func optionError(cmd *cobra.Command, err error) error {
	var missing interface{ GetSpecifiedName() string }
	if strings.HasPrefix(err.Error(), "unknown flag") && errors.As(err, &missing) {
		var known []string
		for _, m := range optionName.FindAllStringSubmatch(cmd.Flags().FlagUsages(), -1) {
			known = append(known, m[1])
		}
		name := "--" + missing.GetSpecifiedName()
		if hint := config.Hint(name, known); strings.HasSuffix(hint, "?") {
			return fmt.Errorf("%s has no option %q%s", cmd.CommandPath(), name, hint)
		}
	}
	message := strings.NewReplacer(
		"unknown flag: ", "unknown option ", "unknown shorthand flag: ", "unknown option ",
		"flag needs an argument: ", "no value for option ", `" flag: `, `": `,
	).Replace(err.Error())
	return fmt.Errorf("%s: run %q for the options", message, cmd.CommandPath()+" --help")
}

// newHelp returns the command that helps with others.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [command]",
		Short: "Say more about a command",
		Long: `Help says what a command does, which options it has and what its exit codes mean.
The whole manual: go doc github.com/flagdebt/flagdebt/cmd/flagdebt`,
		Example: "  flagdebt help check",
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			if of, _, err := cmd.Root().Find(args); err == nil {
				for _, c := range of.Commands() {
					names = append(names, c.Name())
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			of, rest, err := cmd.Root().Find(args)
			switch {
			case err != nil:
				return err
			case len(rest) > 0 && of == cmd.Root():
				return noCommand(of, rest)
			case len(rest) > 0:
				return fmt.Errorf("%s has no command %q: run %q for what it has", of.CommandPath(), rest[0], of.CommandPath()+" --help")
			}
			of.InitDefaultHelpFlag()
			of.InitDefaultVersionFlag()
			return of.Help()
		},
	}
}

// complete tells shells the values of an option. Precondition: the option exists.
func complete(cmd *cobra.Command, option string, values ...string) {
	if err := cmd.RegisterFlagCompletionFunc(option, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err)
	}
}

// shellName is the check of the command that is followed by a shell's name.
func shellName(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var shells []string
	for _, c := range cmd.Commands() {
		shells = append(shells, c.Name())
	}
	return fmt.Errorf("unknown shell %q: it is %s", args[0], strings.Join(shells, ", "))
}

// oneArgument returns the check of a command that takes one argument, which is
// described.
func oneArgument(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) == 0:
			return fmt.Errorf("%s takes %s: run %q for examples", cmd.CommandPath(), what, cmd.CommandPath()+" --help")
		case len(args) > 1:
			return fmt.Errorf("%s takes %s, and nothing else, but there is %q: run %q for examples", cmd.CommandPath(), what, args[1], cmd.CommandPath()+" --help")
		}
		return nil
	}
}

// noArguments is the check of a command that takes no arguments.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%s takes no arguments, but there is %q: run %q for its options", cmd.CommandPath(), args[0], cmd.CommandPath()+" --help")
	}
	return nil
}
