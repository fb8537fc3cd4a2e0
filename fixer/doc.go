// Package fixer removes flags from code.
//
// # Contract
//
// Given a program P and winners V for a set of flags, the result P' satisfies:
//
//  1. Same behaviour. In every run of P in which each read of the flags yields
//     V, with a nil error, P' makes the same calls with effects, in the same
//     order, and yields the same results. Asking for the flag is no effect, nor
//     is building what only that question needed from operands without effects.
//     A run-time panic of a dropped operand that calls nothing is none either:
//     P' panics only where P does. Packages of which none imports the other any
//     more may start in another order.
//  2. Nothing of the flags is left: no Site, key constant, wrapper, carrier or
//     test set-up that existed for them alone, and nothing that became unused
//     by this removal. What was unused before stays.
//  3. Nothing else is touched. Bytes outside the change are the same, but for
//     alignment in files that were gofmt-clean.
//  4. It compiles, tests included, under every build configuration in which the
//     touched files take part.
//  5. Where the core cannot be had whole, the flag is left whole, with Refusals
//     that say where and why; where a clean-up cannot be proven, it alone is
//     left and told. Applying twice changes nothing more, and the outcome does
//     not depend on any order.
//
// # Refusals
//
// The list is closed. Those that concern the core leave the flag whole:
//
//   - nobody asks for it: no code asks for this key.
//   - code asks for it: only a definition that nobody reads is dropped alone.
//   - winner does not fit the type: code asks for a boolean, and the winner is
//     "red".
//   - package does not compile: it asks for the flag or sets it, and nothing is
//     proven about it.
//   - generated file: it would come back.
//   - file of another build configuration: it holds the key, and no
//     configuration that was loaded takes it.
//   - side effect: asking evaluates operands that do more than to say who asks.
//   - order of initialization: a package variable waits for another only since a
//     branch that would go names it, and who comes first can be noticed.
//   - form not supported: this place cannot be folded.
//   - breaks what has worked: go vet or a test that passed before fails after.
//   - result does not compile, edits conflict: mistakes of the fixer, which
//     change nothing.
//
// The others leave one thing, and are told:
//
//   - outside of the packages asked for: the flag is folded inside of them.
//   - test forces the losing value: not from the start of a test, subtest, row or
//     turn, which could go as a whole; or it hands it to the code itself.
//   - test sets an unknown value: it may be the loser.
//   - definition stays: the Go object that was named is not only read.
//   - import stays: nobody names the package any more, but it does something when
//     the program starts, such as to register itself.
//
// # Method
//
// flow runs twice, with the flags unknown and with the flags at V. What is
// constant in the second run alone is folded; what was constant before is left.
// Decisions (decide*.go) say for each statement and expression what stands for
// it; the residual view of the syntax (residual.go) shows what survives them.
// Tests (tests.go, test_*.go) come first: what sets the flags in them is judged
// pass by pass, where a pass is a test, a subtest, a row of a table, a turn of a
// loop or a call of a helper. Passes that force the loser go, set-up of the winner
// goes, and what tells the passes apart is taken for granted in those that stay.
// Passes go, too, that skip themselves then, and those that touch nothing of the
// code but what has died.
// Locals (locals.go) and declarations (live.go) that no survivor reads go too,
// until nothing more does. Fields stay, and are told, where something looks at
// their structs as a whole: prints, encodes, converts or compares them
// (shape.go), or compares pointers to them and would find nothing inside. Then
// the decisions are written as edits of the original text (emit*.go), and the
// result is type-checked in memory (verify.go). There is no rewriting by pattern.
package fixer
