package analyzer

import (
	"go/token"

	"github.com/flagdebt/flagdebt/registry"
)

// Role is what a Site does with the flag.
type Role string

// The roles.
const (
	RoleRead     Role = "read"     // yields the flag's value
	RoleOverride Role = "override" // sets it, in tests
	RoleDeclare  Role = "declare"  // registers it, or makes a flag object
	RoleBulk     Role = "bulk"     // reads many flags at once
)

// KeyKind says how a Site's key is known.
type KeyKind string

// The kinds of key.
const (
	KeyConstant  KeyKind = "constant"  // known
	KeyForwarded KeyKind = "forwarded" // a parameter of a wrapper
	KeyDynamic   KeyKind = "dynamic"   // not known
)

// Scope says who can see a Site.
type Scope string

// The scopes.
const (
	ScopeLocal   Scope = "local"   // known from its package and its imports: every driver sees it
	ScopeProgram Scope = "program" // needs the whole program
)

// Site is an expression that yields a flag's value, sets it, declares it, or
// reads many.
type Site struct {
	Flag     registry.ID // Key is "" unless KeyKind is KeyConstant
	KeyKind  KeyKind
	Role     Role
	Provider string // the system
	Scope    Scope
	Test     bool           // in a _test.go file
	Via      []string       // wrappers, from the outermost inwards: "example.com/app/flags.NewCheckout"
	Default  registry.Value // what the code gets where the system has no answer
	Pos      registry.Position
	End      registry.Position
	Package  string // import path
	In       string // the function, or else the package-level name, in whose declaration it stands: "Server.Checkout"
	// Nested names the flags on whose value it depends whether this Site is
	// reached: inside a branch, behind && or ||, after an early return, in a function
	// that is only called so.
	Nested []registry.ID
	// Around names those that do so, maybe this flag among them, as only who sees the
	// whole program can tell: around all calls of an exported function.
	Around []registry.ID
	// Again says that this Site is only reached where the same flag was asked for, and
	// the answer still holds.
	Again bool
	// Listed says that a wrapper is asked for this flag and for others, one in each turn
	// of a loop over their keys.
	Listed bool

	pos      token.Pos
	within   string   // the function that forwards any key, of which few are flags
	silenced []string // rules that a directive silences here
}

// Problem is what could not be judged: a package that does not compile, a file
// that cannot be read. It does not stop the rest.
type Problem struct {
	Pos     registry.Position // File may be "" where only the package is known
	Package string
	Message string
}
