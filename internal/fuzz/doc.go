// Package fuzz makes random Go programs that ask for flags, to prove removals.
//
// A program is made from its seed alone. It asks for its flags in every form
// that the rewriter knows, amid effects (calls of package trace), shadowing,
// closures, defers, labels and tests, and ends on its own. It is a
// rewritetest.Case: run before, with the flags at their winners, and after the
// removal, it must print the same.
//
//	go test ./internal/fuzz                          a small slice, always the same
//	go test ./internal/fuzz -run Long -seed 1000 -programs 3000 -timeout 0 -failures /tmp/failures
//	go test ./internal/fuzz -run Shrink -shrink -case /tmp/failures/p1017.txtar
//
// A long run goes on from the seed that it printed last. A program that fails is
// shrunk to a story afterwards.
package fuzz
