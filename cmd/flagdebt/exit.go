package main

import "errors"

// The exit codes, the same for every command and format.
const (
	exitOK     = 0 // nothing found; all that was asked is done
	exitFound  = 1 // findings at or above --fail-on; something is left for a person
	exitFailed = 2 // could not do it; nothing was written
)

// errFound ends a command with exitFound after it has said everything.
var errFound = errors.New("found something")

// exitCode returns the exit code for what a command returned, and whether its
// error still has to be told.
func exitCode(err error) (code int, tell bool) {
	switch {
	case err == nil:
		return exitOK, false
	case errors.Is(err, errFound):
		return exitFound, false
	}
	return exitFailed, true
}
