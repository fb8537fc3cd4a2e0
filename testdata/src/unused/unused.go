// Package unused does not ask for most flags of the registry. Nope: who knows one
// package does not know what others ask for.
package unused
