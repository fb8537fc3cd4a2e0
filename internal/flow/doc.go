// Package flow is the one engine for values: what each expression is known to
// be, which code is reached, what has effects.
//
// It is interprocedural conditional constant propagation in the manner of
// Wegman and Zadeck (Constant Propagation with Conditional Branches, TOPLAS
// 1991), flow-sensitive for locals whose address is not taken and that no
// closure captures, with one summary (a cell) for each field, package variable,
// parameter, result and captured local. Values are small terms, so that a
// function's summary may say "the flag whose key is my second parameter".
//
// The package knows no flag system: an Oracle says which expressions ask for a
// flag. It knows no edit either: whoever runs it twice, with the flags unknown
// and with the flags at their winners, reads off what the winners decide.
//
// What it promises: a value that is not Unknown holds in every run of the
// program's non-test code in which the oracle's answers and the given winners
// hold. What it does not see makes a value Unknown, never wrong: addresses
// taken, reflection, callers or writers outside the universe, dynamic calls. What
// reaches a decoder, and be it behind interfaces, helpers and type parameters
// (leak.go), may be written by it.
package flow
