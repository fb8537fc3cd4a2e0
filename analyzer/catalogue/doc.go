// Package catalogue is data: for each flag system, how code asks for its flags,
// how code declares them, how tests set them, and what building such a question
// needs. One YAML file describes one system, in the schema of
// internal/config.Provider; the file std.yaml describes no system, but names
// the functions of the standard library that have no effects.
//
// A row names the type or interface that DECLARES a method, as go/types reports
// it for a call: the interface that is embedded, not the one that embeds it.
// Arguments count from 0 and leave the receiver out. Evidence says how a file
// was learnt: src (read in the system's source, and compared with the types of
// the versions that the file's head names), or mem (from memory).
//
// Two kinds of call stand as bulk, though their keys can be read by a person:
// those that take several keys at once, and those that yield another facet of a
// flag than the value that its registry records (a payload, a parameter of a
// dynamic configuration). To fold these on the flag's value would be wrong, to
// leave them out would make a flag that they ask for look unused.
package catalogue
