// Package registry knows each flag's owner, expiry and settled winner.
//
// A Flag is identified by {source, project, key, parameter}; where that is
// unambiguous the bare key stands for it. Sources (one package each below this
// folder) produce a Set of flags; Merge joins the sets, in order, into one
// Registry and tells every disagreement as a Conflict. The package reads no
// clock and no network: the day is passed in by whoever asks.
package registry
