package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/flagdebt/flagdebt/registry"
)

func main() {
	w := world{
		stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv, environ: os.Environ(),
		today: registry.DateOf(time.Now()), terminal: isTerminal(os.Stdout), errTerminal: isTerminal(os.Stderr),
	}
	if isVetTool(os.Args[1:]) {
		os.Exit(w.vetTool(os.Args[1:]))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := w.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// world is all that a command has from outside: streams, environment, day.
type world struct {
	args                  []string // the command line, without the program's name
	stdout, stderr        io.Writer
	getenv                func(string) string
	environ               []string
	today                 registry.Date
	terminal, errTerminal bool
}

// run runs the command that args name and returns its exit code.
func (w world) run(ctx context.Context, args []string) int {
	w.args = args
	cmd := newRoot(w)
	cmd.SetArgs(args)
	cmd.SetOut(w.stdout)
	cmd.SetErr(w.stderr)
	err := cmd.ExecuteContext(ctx)
	code, tell := exitCode(err)
	if tell {
		w.tell(ctx, err)
	}
	return code
}

// isTerminal reports whether a stream is a terminal.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && f.Name() != os.DevNull
}
