// Package vendors asks for flags in each way that the catalogue knows of the flag
// systems whose SDK can be had as a module. A comment
//
//	// want read:new-checkout=false
//
// says what the line's Sites are: role, key, and the default where it is known. A
// key that is not known is ?, of a bulk read *; a ~ behind the key says that what
// the place yields is not followed.
package vendors

// on makes something of values.
func on(...any) {}
