// Package config reads .flagdebt.yml, one file a repository, and the provider
// schema, in which the catalogue and the user's own ways of asking for flags are
// written.
//
// Find looks for the file, Load reads it and checks all that can be checked
// without Go code: what Load returns needs no further checking, save that rule
// words are checked with CheckRules by the package that knows the rules. All
// mistakes of a file are told at once, each with its position.
//
// Paths in the file are relative to its folder. The JSON Schema for editors
// stands beside this file: flagdebt.schema.json.
package config
