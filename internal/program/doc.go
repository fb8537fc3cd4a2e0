// Package program loads a repository as one universe: every module below its
// root, typed under each build configuration.
//
// Words. A Repository is text: modules, folders, files and who imports whom,
// read once. A world is one module under one build configuration, as one
// `go list` describes it. A Program is the part of the universe that was asked
// for, parsed and type-checked in every world that takes part.
//
// What is asked for is always closed upwards: with a package come all packages
// of the universe that import it, however indirectly. So no package that is
// read from export data refers to one that is checked from source, and the
// objects of a world are one consistent set.
//
// Identity is by source. Each file is parsed once and its syntax is shared by
// all worlds and test variants; the position where an object is declared
// (ID) is therefore the same in all of them.
//
// It is the only package that imports go/packages.
package program
