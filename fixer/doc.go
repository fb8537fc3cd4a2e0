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
//     P' panics only where P does.
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
// # Method
//
// flow runs twice, with the flags unknown and with the flags at V. What is
// constant in the second run alone is folded; what was constant before is left.
// Decisions (decide*.go) say for each statement and expression what stands for
// it; the residual view of the syntax (residual.go) shows what survives them.
// Locals (locals.go) and declarations (live.go) that no survivor reads go too,
// until nothing more does. Then the decisions are written as edits of the
// original text (emit*.go), and the result is type-checked in memory
// (verify.go). There is no rewriting by pattern.
package fixer
