// Package document reads the YAML files that people write for flagdebt: strictly,
// with the exact position of everything, and telling all mistakes of a file
// rather than the first one.
//
// A file is described by Fields: a table from each key that may stand in a
// mapping to the function that takes its value. What is not in the table is a
// mistake, and the message suggests the key that was meant. Mistakes are
// collected; Document.Err returns them in the order of the text.
//
// Scalars follow YAML 1.2: yes, on and 010 are no booleans and no octals, and the
// text of a scalar can be had exactly as it was written. Aliases are followed;
// merge keys (<<) and a second document in a file are refused.
//
// It is the only package that knows the YAML library, documenttest aside, which
// holds readers to their JSON Schemas.
package document
