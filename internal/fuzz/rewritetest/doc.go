// Package rewritetest proves removals by running programs: with the flags
// forced to their winners before, and without the flags after.
//
// A Case is a program of one or several packages and the flags to remove from
// it. A Bench holds many Cases at once, in one module, since one go list and
// one go build for all of them is what makes it fast. Stories
// (fixer/story_test.go) and generated programs (internal/fuzz) are Cases.
//
// Cases ask for flags through module example.com/flag, the prelude, which lies
// outside of the universe as the SDK of a vendor does. Its package trace is for
// effects. The module of a Case is example.com/m; its root package has a
// function main or Main, which is run.
package rewritetest
