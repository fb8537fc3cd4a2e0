// Package analyzer finds every place where Go code asks for a feature flag, and
// judges it against a registry.
//
// A Site is an expression that yields a flag's value, sets it, declares it, or
// reads many. Sites are found by types, not by text: through constants, locals,
// wrappers, fields and interfaces. A Finding is a judged Site or Flag, under one
// of the rules below. Each rule can be switched off or given another severity
// in .flagdebt.yml, and silenced in one place by a comment on the line or above
// it, with a reason:
//
//	//flagdebt:ignore nested both are asked once at start
//
// What is known already is silenced by a baseline, which "flagdebt check
// --write-baseline" writes.
//
// Code may register a flag itself: by a declaration that a provider knows, or by
//
//	//flagdebt:flag new-checkout owner=@payments expires=2026-06-30
//
// # Rule stale
//
// Code asks for a flag whose time is over: it expired, or it is settled and has
// no expiry.
//
// A stale flag is a branch that never runs again, and a question whose answer
// everybody knows. It costs every reader, doubles the tests, and one day
// somebody turns the key again.
//
//	if flags.NewCheckout(ctx) { // expired on 2026-06-30; the winner is true
//		return pay(cart)
//	}
//	return oldPay(cart)
//
// becomes, by "flagdebt fix":
//
//	return pay(cart)
//
// To keep a flag, record a later expiry, or "permanent: true". It cannot see
// flags whose key the code computes.
//
// # Rule nested
//
// Whether code asks for a flag depends on another flag: inside its branch,
// behind && or ||, after an early return, in a function that is only called there.
// Or it depends on the same flag, which is asked again while its answer holds.
//
// Two flags that depend on each other make four programs, of which at most
// three were ever tested. Remove the outer one first, or ask for both in one
// place. Where the same flag is asked again, use the first answer: between the two it
// may change.
//
// Of other functions it sees those that no other package can call; "flagdebt check"
// sees the exported ones of main and internal packages, too.
//
// # Rule unknown
//
// Code asks for a flag that the registry does not have. It is judged only where
// a registry file says "complete: true".
//
// The key is misspelt, or nobody owns the flag: the code gets its default for
// ever. Correct the key, or register the flag with an owner and an expiry.
//
// # Rule unused
//
// The registry has a flag that no code of the repository asks for. It is judged
// only over the whole repository, and not where a key that the code computes
// could be the flag's, or where a package does not compile.
//
// The code is clean already; archive the flag in its system and take it out of
// the registry. It cannot see other repositories and other languages.
//
// # Rule unread
//
// Code declares a flag that no code of the repository asks for, tests aside. It is
// judged like unused.
//
// The last question is gone and the declaration was forgotten. Take it out, or do
// with it what the house does with gates that users may still name. It cannot see
// other repositories.
//
// # Rule conflict
//
// Two registries disagree about a flag's owner, expiry, permanence or winner. Such
// a flag is not settled and is never rewritten. Make the two agree.
//
// # Rule defaults
//
// Two places that ask for one flag pass different defaults.
//
// While the flag system is away, and once the flag is archived, the program does
// the one thing here and the other thing there. Pass the same default, best
// through one wrapper.
//
// It sees the defaults that are constants.
//
// # Rule dynamic
//
// Code asks for a flag whose key it computes, or for many flags at once.
//
// Such a place may ask for any flag of its system: none of them can be called
// unused, and one whose key it might compute is not removed for certain. Use
// constant keys where there is a choice.
//
// # Rule provider
//
// A row of a provider in .flagdebt.yml matches nothing in the whole repository.
//
// The row is misspelt, or the code that it speaks of is gone. In the first case
// there are flags that nobody sees. Compare its package, receiver and names with
// the code, or take it out; "flagdebt explain FILE:LINE" says how a line is read.
//
// # Rule baseline
//
// An entry of the baseline, the file of the findings that are known, matches nothing
// any more, or fewer findings than it did.
//
// What it spoke of is done, or has changed, and is told then. The next finding of
// that kind in that place would hide behind the entry: write the baseline anew. Of
// the finding's place it knows the file and the function, not the line. It is judged
// only where every package compiles.
package analyzer

import _ "embed"

//go:embed doc.go
var docSource string

// doc is what "go vet -vettool=flagdebt help" says.
const doc = `report feature flags that are stale, nested or unknown

Code is judged against the registry that .flagdebt.yml names. The rules are
described at https://pkg.go.dev/github.com/flagdebt/flagdebt/analyzer.`
