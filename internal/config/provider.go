package config

import (
	"regexp"

	"github.com/flagdebt/flagdebt/registry"
)

// Provider is one way of asking for flags, as data: a flag system of the
// catalogue, or the user's own. Everything about a system that the engine needs
// to know stands here; the engine itself knows kinds only.
type Provider struct {
	ID        string            // the system's name: launchdarkly, env, boulder
	Packages  []string          // import path patterns that its rows speak of; "/v*" matches a major version, "/..." a subtree, "..." all
	Evidence  Evidence          // how the rows were learnt; "" for the user's own
	Sites     []SiteRow         // expressions that yield a flag's value
	Declares  []DeclareRow      // calls that make a flag object, or register a flag
	Literals  []LiteralRow      // struct literals that register a flag
	Fills     []FillRow         // calls that fill structs whose fields are flags
	Overrides []OverrideRow     // calls that set a flag in tests
	Pure      []string          // calls without effects: "pkg.Func", "(*pkg.T).Method", "(pkg.I).Method"; pkg may be a pattern of Packages
	Registers []string          // calls that do nothing but fill a definition, whose address they get; written like Pure
	Retire    registry.House    // what becomes of a flag's definition
	Pos       registry.Position `json:"-"`
}

// Evidence says how the rows of a catalogue file were learnt.
type Evidence string

// The kinds of evidence, from the weakest to the strongest.
const (
	EvidenceMem Evidence = "mem" // from memory
	EvidenceSrc Evidence = "src" // read in the source
	EvidenceRun Evidence = "run" // executed
)

// Kind is the syntactic kind of a Site.
type Kind string

// The kinds of a SiteRow.
const (
	KindCall  Kind = "call"  // a call of a function or method; the default
	KindField Kind = "field" // a read of a struct field
	KindVar   Kind = "var"   // a read of a package-level variable
	KindConst Kind = "const" // a use of a package-level constant
	KindIndex Kind = "index" // a map index expression on a package-level variable
	KindTag   Kind = "tag"   // a read of a field whose struct tag names the flag
)

// SiteRow matches expressions that yield a flag's value.
type SiteRow struct {
	Kind    Kind
	Package []string // narrows Provider.Packages; empty is all of them
	Recv    []string // type names, pointers and values alike; "" is a package-level function; empty is package level
	Type    []string // for field and tag: the struct types; for const: the constant's named type
	Names   Names    // functions, methods, fields, variables or constants
	Key     Key
	Default Operand // what the code gets where the system has no answer; zero is unknown
	Result  Result
	Bulk    bool              // reads many flags at once, so that no key can be told
	Pos     registry.Position `json:"-"`
}

// DeclareRow matches calls that make a flag object or register a flag.
type DeclareRow struct {
	Package []string
	Recv    []string
	Names   Names
	Key     Key
	Default Operand // what the code gets where the system has no answer; zero is unknown
	Meta    Meta
	Pos     registry.Position `json:"-"`
}

// Meta says where a declaration keeps what a registry would know.
type Meta struct {
	Stage   Operand           // the life-cycle stage, a named constant
	Settle  map[string]string // stage constant's name -> the winner that it settles
	Expires Operand           // a version or a date
	Owner   Operand
	// Permanent lists the stages, by the constants' names, of flags that stay.
	Permanent []string
}

// OverrideRow matches calls that set a flag in tests, or set all back, and struct
// literals of one of the types, which set flags wherever they stand.
type OverrideRow struct {
	Package []string
	Recv    []string
	Names   Names    // empty where Type is not
	Type    []string // instead of calls: the types whose literals set flags; the key speaks of the literal then
	Key     Key
	Value   Operand
	Reset   bool              // sets all flags back to what they were; there is no Key then
	Prepare bool              // lets the calls behind it set flags; there is no Key then
	Pos     registry.Position `json:"-"`
}

// Names matches identifiers: a list, a /regular expression/, or "*".
type Names struct {
	List  []string
	Regex *regexp.Regexp
	All   bool
}

// Match reports whether name is one of the names.
func (n Names) Match(name string) bool {
	if n.All || n.Regex != nil && n.Regex.MatchString(name) {
		return true
	}
	for _, s := range n.List {
		if s == name {
			return true
		}
	}
	return false
}

// Key says where an expression keeps the flag's key. Exactly one of Arg >= 0,
// Recv, Name, Tag and Index holds.
type Key struct {
	Arg     int               // index of the argument, from 0; -1 is none
	Field   string            // of that argument, a struct or a pointer to one: the field that holds the key
	Elems   bool              // of that argument, a slice literal or variadic: each element holds a key
	In      string            // with Elems, MapKeys or Fields: that argument is a struct literal, and this is its field with the slice, map or struct
	MapKeys bool              // of that argument, a map literal: each key is a flag
	Fields  bool              // of that argument, a struct literal: each field named is a flag
	Const   bool              // of that argument or the receiver, a constant: its name is the key, not its value
	Site    bool              // of that argument, a variable or its address: it is a Site, and the flag is the one that it asks for
	Method  string            // of that argument, a call of this method on a flag object: that object's flag
	Recv    bool              // the receiver is a flag object made by a DeclareRow
	Name    bool              // the name of the field, variable, constant or method is the key
	Tag     string            // the struct tag that holds the key
	Index   bool              // the map index is the key
	Param   Operand           // what is asked of a flag that has several values
	Pattern *regexp.Regexp    // only keys that match are flags; a group (?P<key>...) in it is the key; nil is all
	Prefix  string            // cut from the front of the key
	Case    Case              // the case that the key is turned into
	Rename  map[string]string // instead: from the key as code has it to the flag's
}

// Case is a way of writing words as one.
type Case string

// The cases.
const (
	CaseKebab Case = "kebab" // enable-api-fields
	CaseSnake Case = "snake" // enable_api_fields
	CaseUpper Case = "upper" // ENABLE_API_FIELDS
	CaseCamel Case = "camel" // enableAPIFields
)

// Operand names an operand of a call, or stands for a fixed text. The zero
// Operand is none.
type Operand struct {
	Set     bool     // it stands in the code, where the other fields say
	Arg     int      // index of the argument, from 0
	Option  string   // instead: argument Arg of that argument which is a call of this function
	Chain   []string // instead: argument Arg of a method of one of these names, called on the result
	Tag     []string // instead: the struct tag of one of these names, the first that the field has
	Field   string   // instead, of an override's entry, a struct literal: this field
	By      string   // that field is a map: what stands in it under the key that this field holds
	Literal *string  // a fixed text, where the code says nothing; with Set false, always
}

// IsZero reports whether there is no operand.
func (o Operand) IsZero() bool { return !o.Set && o.Literal == nil }

// Result says where the results of a call hold the flag's value. What is left
// out is read from the types: an error in the last place is the error.
type Result struct {
	At      int      // index of the result that holds the value
	Field   []string // the fields and getters of that result, or of what it points to, that yield it; empty is the result itself
	Not     []string // likewise, those that yield its negation
	Form    Form     // how the result holds the value; "" is the value itself
	Error   int      // index of the error; ErrorNone, or ErrorByType
	Present int      // index of a boolean that says that the flag is set; -1 is none
}

// Form is how a result holds a flag's value.
type Form string

// The forms.
const (
	FormOpaque  Form = "opaque"  // more than the value, or another facet of the flag; or the value is written into an argument
	FormGetter  Form = "getter"  // a function that returns the value
	FormPointer Form = "pointer" // a pointer to the value
	FormObject  Form = "object"  // a flag object, of whose parameters code asks
)

// The values of Result.Error that are no index.
const (
	ErrorNone   = -1
	ErrorByType = -2
)
